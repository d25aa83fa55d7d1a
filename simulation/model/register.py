"""The public register of one run: tenders, bids and arrangements, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.model.joint import Due
from simulation.model.journal import Journal
from simulation.model.rows import Rows
from simulation.procurement.commissioning import Commission
from simulation.procurement.delivery import Delivery
from simulation.procurement.interface import Arrangement, Bids, Thread
from simulation.procurement.places import Places

Int64 = NDArray[np.int64]
PPM = 1_000_000
NO_TENDER = -1
"""Stands where the procedure that led to an arrangement is not on the books."""


@dataclass(slots=True)
class ArrangementRegister:
    """Rows of `tenders`, `bids` and `arrangements`, and the texts that they point to by code.

    `let` finds the tenders noted last: number by the need's own number and month.
    """

    tenders: Rows = field(default_factory=lambda: Rows("tenders"))
    bids: Rows = field(default_factory=lambda: Rows("bids"))
    texts: list[str] = field(default_factory=list)
    codes: dict[str, int] = field(default_factory=dict)
    regimes: list[str] = field(default_factory=list)
    let: dict[tuple[int, int], int] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    value: Int64 = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    before: Int64 = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))
    count: int = 0

    def text(self, words: str) -> int:
        """Return the code of a text, adding it where it is new."""
        code = self.codes.setdefault(words, len(self.texts))
        if code == len(self.texts):
            self.texts.append(words)
        return code

    def way(self, regime: str) -> int:
        """Return the code of a way of buying, adding it where it is new."""
        if regime not in self.regimes:
            self.regimes.append(regime)
        return self.regimes.index(regime)

    def note_tenders(
        self,
        town: Town,
        signings: Sequence[tuple[Due, Commission]],
        policies: Sequence[int],
        journal: Journal | None,
    ) -> None:
        """Write tenders and their bids, each under its policy code; prices are for the whole term.

        There is at least one.
        """
        first, party = self.count, town.now.party
        self.count += len(signings)
        self.let = {
            (part.need.tender, part.need.month): number
            for number, (due, _) in enumerate(signings, start=first)
            for part in due.parts
        }
        rows, whole = [], []
        for number, (due, result) in enumerate(signings, start=first):
            outcome, award, need = result.outcome, result.outcome.award, due.need
            worth = PENCE_A_UNIT * need.units_month * need.months
            whole.append((worth, need.months, outcome.bids.size))
            winner, price = -1, 0.0
            if award.made and award.rows.size:
                winner = int(party[outcome.bids.supplier[award.rows[0]]])
                price = float(award.unit_prices[0])
            rows.append(
                (number, need.buyer, need.category, need.area, need.months, need.value_pence,
                 outcome.eligible, outcome.bids.size, winner, _pence(price * worth),
                 _pence(outcome.lowest * worth), _pence(outcome.cheapest_cost * worth),
                 result.buyer_cost_pence, result.bidder_cost_pence, outcome.challenged)
            )  # fmt: skip
            if journal is not None:
                journal.note(
                    town.month, "award", tender=number, regime=result.regime.name, winner=winner,
                    bids=outcome.bids.size, criterion=result.thread.criterion,
                    result=result.thread.result, power=result.thread.power,
                )  # fmt: skip
        columns = np.array(rows, dtype=np.int64).T
        self.tenders.add(
            tender=columns[0],
            month=town.month,
            buyer=party[columns[1]],
            category=columns[2],
            policy=np.array(policies, dtype=np.int64),
            area=columns[3],
            months=columns[4],
            value_pence=columns[5],
            eligible=columns[6],
            bids=columns[7],
            winner=columns[8],
            price_pence=columns[9],
            lowest_pence=columns[10],
            true_cost_pence=columns[11],
            buyer_cost_pence=columns[12],
            bidder_cost_pence=columns[13],
            challenged=columns[14],
        )
        self._note_bids(town, first, [result.outcome.bids for _, result in signings], whole)

    def _note_bids(
        self, town: Town, first: int, bids: list[Bids], whole: list[tuple[float, int, int]]
    ) -> None:
        """Write the bids of tenders from a number on, each with its worth, months and bids."""
        supplier = np.concatenate([one.supplier for one in bids])
        if not supplier.size:
            return
        worth, months, many = np.array(whole).T
        sizes = many.astype(np.int64)
        owner = np.repeat(np.arange(sizes.size), sizes)
        names = ("price", "cost", "quality", "claim_month", "score")
        numbers = np.concatenate([getattr(one, name) for name in names for one in bids])
        each = np.full((len(names), supplier.size), float(PPM))
        each[:2], each[3] = worth[owner], months[owner]
        price_pence, cost_pence, quality_ppm, claimed_pence, score_ppm = np.rint(
            numbers.reshape(each.shape) * each
        ).astype(np.int64)
        self.bids.add(
            tender=first + owner,
            supplier=town.now.party[supplier],
            price_pence=price_pence,
            cost_pence=cost_pence,
            quality_ppm=quality_ppm,
            claimed_pence=claimed_pence,
            score_ppm=score_ppm,
            won=np.concatenate([one.won for one in bids]).astype(np.int8),
        )

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
                **{name: self.text(words) for name, words in thread._asdict().items()},
                "tender": self.let.get((need.tender, need.month), NO_TENDER),
                "regime": self.way(arrangement.regime),
            }
        )
        return number

    def carry_over(self, old: "ArrangementRegister", number: int) -> int:
        """Enter an arrangement of an earlier register here, its value counted from now."""
        line = dict(old.lines[number])
        for name in Thread._fields:
            line[name] = self.text(old.texts[line[name]])
        line["arrangement"] = len(self.lines)
        line["tender"] = NO_TENDER
        line["regime"] = self.way(old.regimes[line["regime"]])
        self.lines.append(line)
        return len(self.lines) - 1

    def enlarge(self, number: int, value_pence: int) -> None:
        """Note what an arrangement is worth now that it serves more."""
        self.lines[number]["value_pence"] = value_pence

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
        self._lengthen()
        entry = numbers[places.arrangement[some]]
        columns = (delivery.claimed, delivery.verified, delivery.delivered)
        for column, pence in enumerate(columns):
            np.add.at(self.value[:, column], entry, pence[some])

    def note_own(self, entry: int, pence: int) -> None:
        """Add the month's social value of a service by the buyer's own staff, who claim none."""
        self._lengthen()
        self.value[entry, 2] += pence

    def _lengthen(self) -> None:
        """Make room for the social value of entries that have had none."""
        new = np.zeros((len(self.lines) - self.value.shape[0], 3), dtype=np.int64)
        self.value = np.concatenate([self.value, new])

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
