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
    before: Int64 = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
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
            columns = (bids.price, bids.cost, bids.quality, bids.claim_month, bids.score)
            each = np.array([[whole], [whole], [PPM], [need.months], [PPM]])
            written = np.rint(np.array(columns) * each).astype(np.int64)
            price_pence, cost_pence, quality_ppm, claimed_pence, score_ppm = written
            self.bids.add(
                tender=number,
                supplier=party[bids.supplier],
                price_pence=price_pence,
                cost_pence=cost_pence,
                quality_ppm=quality_ppm,
                claimed_pence=claimed_pence,
                score_ppm=score_ppm,
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

    def open_story(self) -> None:
        """Note the social value so far as that of the time before the story: month 0 has closed."""
        self.before = self.value.copy()

    def arrangements(self) -> Rows:
        """Return the rows of the table `arrangements`."""
        rows = Rows("arrangements")
        n = len(self.lines)
        for line, now, before in zip(
            self.lines, _lengthened(self.value, n), _lengthened(self.before, n), strict=True
        ):
            rows.one(
                **line,
                claimed_pence=now[0],
                verified_pence=now[1],
                delivered_pence=now[2],
                claimed_before_pence=before[0],
                verified_before_pence=before[1],
                delivered_before_pence=before[2],
            )
        return rows


def _lengthened(values: Int64, n: int) -> list[list[int]]:
    """Rows of social value for n entries; those without any have zeros."""
    rows: list[list[int]] = np.pad(values, ((0, n - values.shape[0]), (0, 0))).tolist()
    return rows


def _pence(amount: float) -> int:
    return 0 if amount != amount else round(amount)
