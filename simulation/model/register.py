"""The public register of one run: tenders, bids and arrangements, each with its reason."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.model.journal import Journal
from simulation.model.lots import Lot
from simulation.model.recorder import Rows
from simulation.procurement.commissioning import Commission
from simulation.procurement.delivery import Delivery
from simulation.procurement.interface import Arrangement, Need
from simulation.procurement.places import Places

Int64 = NDArray[np.int64]
PPM = 1_000_000


@dataclass(slots=True)
class ArrangementRegister:
    """Rows of `tenders`, `bids` and `arrangements`, and the texts that they point to."""

    tenders: Rows = field(default_factory=lambda: Rows("tenders"))
    bids: Rows = field(default_factory=lambda: Rows("bids"))
    texts: list[str] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    value: Int64 = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    count: int = 0

    def text(self, words: str) -> int:
        """Return the code of a text, adding it where it is new."""
        if words not in self.texts:
            self.texts.append(words)
        return self.texts.index(words)

    def note_tender(
        self,
        town: Town,
        lot: Lot,
        need: Need,
        result: Commission,
        policy: int,
        journal: Journal | None,
    ) -> None:
        """Write a tender and its bids; prices are for the whole term."""
        outcome, number = result.outcome, self.count
        self.count += 1
        whole = 100.0 * need.units_month * need.months
        bids, party = outcome.bids, town.now.party
        winner = int(party[bids.supplier[outcome.award.rows[0]]]) if outcome.award.made else -1
        price = float(outcome.award.unit_prices[0]) if outcome.award.made else 0.0
        self.tenders.one(
            tender=number,
            month=town.month,
            buyer=int(party[need.buyer]),
            category=lot.category,
            policy=policy,
            area=lot.area,
            months=need.months,
            value_pence=need.value_pence,
            eligible=outcome.eligible,
            bids=bids.size,
            winner=winner,
            price_pence=_pence(price * whole),
            lowest_pence=_pence(outcome.lowest * whole),
            true_cost_pence=_pence(outcome.cheapest_cost * whole),
            buyer_cost_pence=result.buyer_cost_pence,
            bidder_cost_pence=result.bidder_cost_pence,
            challenged=int(outcome.challenged),
        )
        if bids.size:
            self.bids.add(
                tender=number,
                supplier=party[bids.supplier],
                price_pence=np.rint(bids.price * whole).astype(np.int64),
                cost_pence=np.rint(bids.cost * whole).astype(np.int64),
                quality_ppm=np.rint(bids.quality * PPM).astype(np.int64),
                claimed_pence=np.rint(bids.claim_month * need.months).astype(np.int64),
                score_ppm=np.rint(bids.score * PPM).astype(np.int64),
                won=bids.won.astype(np.int8),
            )
        if journal is not None:
            journal.note(
                town.month, "award", tender=number, regime=result.regime.name, winner=winner,
                bids=bids.size, criterion=result.thread.criterion, result=result.thread.result,
                power=result.thread.power,
            )  # fmt: skip

    def open(self, town: Town, arrangement: Arrangement, policy: int) -> int:
        """Enter an arrangement and return its number."""
        thread, need = arrangement.thread, arrangement.need
        first = arrangement.suppliers[0] if arrangement.suppliers.size else -1
        number = len(self.lines)
        self.lines.append(
            {
                "arrangement": number,
                "form": int(arrangement.form),
                "buyer": int(town.now.party[need.buyer]),
                "category": need.category,
                "policy": policy,
                "supplier": int(town.now.party[first]) if first >= 0 else -1,
                "start": arrangement.start,
                "end": arrangement.end - 1,
                "value_pence": need.value_pence,
                "objective": self.text(thread.objective),
                "power": self.text(thread.power),
                "criterion": self.text(thread.criterion),
                "result": self.text(thread.result),
            }
        )
        return number

    def carry_over(self, old: "ArrangementRegister", number: int) -> int:
        """Enter an arrangement of an earlier register here, its value counted from now."""
        line = dict(old.lines[number])
        for name in ("objective", "power", "criterion", "result"):
            line[name] = self.text(old.texts[line[name]])
        line["arrangement"] = len(self.lines)
        self.lines.append(line)
        return len(self.lines) - 1

    def turn_back(self, number: int, months: int) -> None:
        """Move the dates of an entry back."""
        self.lines[number]["start"] -= months
        self.lines[number]["end"] -= months

    def close(self, number: int, month: int, reason: str) -> None:
        """Note that an arrangement ended before its time, and why."""
        self.lines[number]["end"] = min(self.lines[number]["end"], month)
        if reason:
            words = f"{self.texts[self.lines[number]['result']]}; ended: {reason}"
            self.lines[number]["result"] = self.text(words)

    def note_delivery(self, places: Places, delivery: Delivery, numbers: Int64) -> None:
        """Add the month's social value to its arrangements; `numbers` are their entries here."""
        some = np.flatnonzero(delivery.claimed + delivery.verified + delivery.delivered)
        if not some.size:
            return
        new = np.zeros((len(self.lines) - self.value.shape[0], 3), dtype=np.int64)
        self.value = np.concatenate([self.value, new])
        entry = numbers[places.arrangement[some]]
        columns = (delivery.claimed, delivery.verified, delivery.delivered)
        for column, pence in enumerate(columns):
            np.add.at(self.value[:, column], entry, pence[some])

    def arrangements(self) -> Rows:
        """Return the rows of the table `arrangements`."""
        rows = Rows("arrangements")
        missing = len(self.lines) - self.value.shape[0]
        values = np.pad(self.value, ((0, missing), (0, 0))).tolist()
        for line, (claimed, verified, delivered) in zip(self.lines, values, strict=True):
            rows.one(
                **line,
                claimed_pence=claimed,
                verified_pence=verified,
                delivered_pence=delivered,
            )
        return rows


def _pence(amount: float) -> int:
    return 0 if amount != amount else round(amount)
