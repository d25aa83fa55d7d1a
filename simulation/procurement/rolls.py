"""All arrangements of one way of buying, month by month, in columns instead of one by one.

A way of buying answers for one arrangement (`divide_volume`, `settle`); one that stands in many
arrangements at once can answer for its whole roll (`divide_all`, `settle_all`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import runs
from simulation.procurement.arrangements import (
    Arrangement,
    Bool,
    Float64,
    Int64,
    Live,
    Settlement,
    Volume,
)
from simulation.procurement.payments import Payments, joined, written

if TYPE_CHECKING:
    from simulation.procurement.interface import Regime, RollLuck


@dataclass(slots=True)
class Standing:
    """One arrangement in force; `club` is the party row of its account, -1 without one."""

    number: int
    arrangement: Arrangement
    regime: "Regime"
    policy: int
    club: int = -1


@dataclass(frozen=True, slots=True)
class Roll:
    """Arrangements of one way of buying: `m` of them, with `n` places in all.

    Arrangement i has rows `begins[i] : begins[i + 1]` of every column of places, and `owner` is
    the arrangement of each row. `expected_bids` and the units needed are those of the signing.
    """

    standing: tuple[Standing, ...]
    number: Int64
    begins: Int64
    owner: Int64
    start: Int64
    buyer: Int64
    buyer_index: Int64
    category: Int64
    club: Int64
    units_month: Float64
    expected_bids: Float64
    guaranteed: Bool
    open_book: Bool
    reopening_months: Int64
    call_off: Int64
    discretion: Float64

    @property
    def regime(self) -> "Regime":
        """The way of buying that they share."""
        return self.standing[0].regime

    @property
    def arrangements(self) -> list[Arrangement]:
        """The arrangements as they stand now."""
        return [s.arrangement for s in self.standing]

    def at(self, index: int) -> slice:
        """Return the rows of one arrangement."""
        return slice(int(self.begins[index]), int(self.begins[index + 1]))

    def each(self, column: Any) -> Any:
        """Spread a column of arrangements over their places."""
        return column[self.owner]

    def count(self, mask: Bool) -> Int64:
        """Count the places at a mask, by arrangement."""
        return np.bincount(self.owner[mask], minlength=len(self.standing))

    def only(self, some: Bool) -> "Roll":
        """Return the roll of some of the arrangements: bool[m]."""
        standing = [s for s, here in zip(self.standing, some.tolist(), strict=True) if here]
        begins, owner = laid_end_to_end(np.diff(self.begins)[some])
        columns = {
            name: getattr(self, name)[some] for name in self.__slots__ if name not in _PLACED
        }
        return Roll(tuple(standing), begins=begins, owner=owner, **columns)


_PLACED = ("standing", "begins", "owner")


def laid_end_to_end(sizes: Sequence[int] | Int64) -> tuple[Int64, Int64]:
    """Lay groups of rows one behind the other.

    Parameters
    ----------
    sizes : int64[m]
        Rows of each group.

    Returns
    -------
    begins : int64[m + 1]
        Rows `begins[k] : begins[k + 1]` are those of group k.
    owner : int64[n_rows]
        The group of each row.
    """
    begins = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=begins[1:])
    return begins, np.repeat(np.arange(len(sizes)), sizes)


def _whole_of(number: int, arrangement: Arrangement, club: int) -> tuple[int, ...]:
    """Write what a roll holds of an arrangement in whole numbers."""
    need, terms = arrangement.need, arrangement.terms
    return (
        number, arrangement.start, need.buyer, need.buyer_index, need.category, club,
        terms.reopening_months, int(terms.call_off), terms.volume_guaranteed, terms.open_book,
    )  # fmt: skip


def _part_of(arrangement: Arrangement) -> tuple[float, ...]:
    need = arrangement.need
    return need.units_month, need.expected_bids, arrangement.terms.discretion


def _roll(
    standing: Sequence[Standing], sizes: Sequence[int] | Int64, whole: Int64, part: Float64
) -> Roll:
    number, start, buyer, buyer_index, category, club, reopening, ways, promised, books = whole
    begins, owner = laid_end_to_end(sizes)
    return Roll(
        standing=tuple(standing),
        number=number,
        begins=begins,
        owner=owner,
        start=start,
        buyer=buyer,
        buyer_index=buyer_index,
        category=category,
        club=club,
        units_month=part[0],
        expected_bids=part[1],
        guaranteed=promised != 0,
        open_book=books != 0,
        reopening_months=reopening,
        call_off=ways,
        discretion=part[2],
    )


class Signed:
    """What rolls hold of arrangements, in columns by number."""

    def __init__(self) -> None:
        self._whole: Int64 = np.zeros((10, 64), dtype=np.int64)
        self._part: Float64 = np.zeros((3, 64))
        self._free: Int64 = np.zeros(64, dtype=np.int64)

    def write(self, entries: Sequence[Standing]) -> None:
        """Write arrangements anew, at least one."""
        numbers = [s.number for s in entries]
        while max(numbers) >= self._part.shape[1]:
            self._whole = np.concatenate([self._whole, np.zeros_like(self._whole)], axis=1)
            self._part = np.concatenate([self._part, np.zeros_like(self._part)], axis=1)
            self._free = np.concatenate([self._free, np.zeros_like(self._free)])
        whole = [_whole_of(s.number, s.arrangement, s.club) for s in entries]
        self._whole[:, numbers] = np.array(whole, dtype=np.int64).T
        self._part[:, numbers] = np.array([_part_of(s.arrangement) for s in entries]).T
        self._free[numbers] = [
            s.regime.places_for(s.arrangement.need) - s.arrangement.suppliers.size for s in entries
        ]

    def with_room(self, numbers: Sequence[int]) -> list[int]:
        """Return those of some arrangements that have room for another supplier."""
        some = np.array(numbers, dtype=np.int64)
        free: list[int] = some[self._free[some] > 0].tolist()
        return free

    def roll(self, standing: Sequence[Standing], sizes: Int64) -> Roll:
        """Enter arrangements in a roll, each with so many places: int64[m]."""
        numbers = [s.number for s in standing]
        return _roll(standing, sizes, self._whole[:, numbers], self._part[:, numbers])


def roll_of_one(arrangement: Arrangement, regime: "Regime", club: int) -> Roll:
    """Enter a single arrangement."""
    whole = np.array([_whole_of(0, arrangement, club)], dtype=np.int64).T
    standing = [Standing(0, arrangement, regime, 0, club)]
    return _roll(standing, [arrangement.suppliers.size], whole, np.array([_part_of(arrangement)]).T)


@dataclass(frozen=True, slots=True)
class Volumes:
    """What a way of buying sees when it gives out a month's work: a roll's places.

    Columns as in `Volume`; `units` are those of the place's arrangement as a whole.
    """

    month: int
    units: Float64
    share: Float64
    unit_price: Float64
    cost: Float64
    capacity: Float64
    quality: Float64
    record: Float64
    uid: Int64

    def part(self, at: slice, uid: Int64) -> Volume:
        """Return what one arrangement sees, its suppliers' identities being `uid`."""
        return Volume(
            self.month, float(self.units[at.start]), self.share[at], self.unit_price[at],
            self.cost[at], self.capacity[at], self.quality[at], self.record[at], uid,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answers:
    """What a roll's arrangements answer at a month's close; see `Settlement`.

    By arrangement: `ends`, `reasons`, `reopen`; `states`, `work` (None: unchanged), `again` (None:
    never). By place: `unit_prices`, `unit_costs` (None: unchanged), `stays`, `found`. By payment:
    `payments` and `asked_by`, the arrangement that each belongs to, rising.
    """

    payments: Payments
    asked_by: Int64
    stays: Bool
    found: Bool
    ends: Bool
    reasons: Sequence[str]
    reopen: Bool
    unit_prices: Float64 | None = None
    states: Sequence[Any] | None = None
    again: Bool | None = None
    unit_costs: Float64 | None = None
    work: Float64 | None = None

    def only(self) -> Settlement:
        """Return the answer of a roll of one."""
        stays = None if self.stays.all() else self.stays

        def of_stayers(column: Float64 | None) -> Float64 | None:
            return column if column is None or stays is None else column[stays]

        return Settlement(
            instructions=self.payments.instructions(),
            unit_prices=of_stayers(self.unit_prices),
            stays=stays,
            ends=bool(self.ends[0]),
            reason=self.reasons[0],
            found=self.found,
            reopen=bool(self.reopen[0]),
            state=None if self.states is None else self.states[0],
            again=self.again is not None and bool(self.again[0]),
            unit_costs=of_stayers(self.unit_costs),
            work=None if self.work is None else float(self.work[0]),
        )


def add_up(values: Float64, begins: Int64) -> Float64:
    """Add up the rows of each run, run i being `begins[i] : begins[i + 1]`."""
    sums = np.empty(begins.size - 1)
    runs.sum_runs(values, begins, sums)
    return sums


def in_turn(parts: Sequence[tuple[Int64, Payments]]) -> tuple[Int64, Payments]:
    """Put what arrangements pay in their order; each keeps the order of the parts.

    Parameters
    ----------
    parts : sequence of (int64[k], Payments)
        Payments with the arrangement that each belongs to.
    """
    asked_by = np.concatenate([owner for owner, _ in parts])
    some = np.concatenate([payments.pence for _, payments in parts]) > 0
    turn = np.argsort(asked_by, kind="stable")
    turn = turn[some[turn]]
    return asked_by[turn], joined([payments for _, payments in parts]).take(turn)


def divide_each(
    regime: "Regime", roll: Roll, volumes: Volumes, a: Assumptions, luck: "RollLuck"
) -> Float64:
    """Give out each arrangement's work in turn, by its regime's `divide_volume`."""
    shares = volumes.share.copy()
    for index, arrangement in enumerate(roll.arrangements):
        at = roll.at(index)
        if roll.guaranteed[index] or at.start == at.stop:
            continue
        own = luck.of(arrangement.need.tender, at)
        one = volumes.part(at, own.uid)
        shares[at] = regime.divide_volume(one, arrangement.terms, a, own)
    return shares


def settle_each(
    regime: "Regime", roll: Roll, live: Live, a: Assumptions, luck: "RollLuck"
) -> Answers:
    """Close each arrangement's month in turn, by its regime's `settle`."""
    stays = np.ones(roll.owner.size, dtype=np.bool_)
    found = np.zeros(roll.owner.size, dtype=np.bool_)
    prices, costs = live.unit_price.copy(), live.cost.copy()
    work = np.array([arrangement.work for arrangement in roll.arrangements])
    answers = []
    for index, s in enumerate(roll.standing):
        at = roll.at(index)
        own = luck.of(s.arrangement.need.tender, at)
        answer = regime.settle(s.arrangement, live.part(at, own.uid, s.club), a, own)
        if answer.stays is not None:
            stays[at] = answer.stays
        if answer.found is not None:
            found[at] = answer.found
        if answer.unit_prices is not None:
            prices[np.flatnonzero(stays[at]) + at.start] = answer.unit_prices
        if answer.unit_costs is not None:
            costs[np.flatnonzero(stays[at]) + at.start] = answer.unit_costs
        if answer.work is not None:
            work[index] = answer.work
        answers.append(answer)
    counts = [len(answer.instructions) for answer in answers]
    return Answers(
        payments=written(one for answer in answers for one in answer.instructions),
        asked_by=np.repeat(np.arange(len(counts)), counts),
        stays=stays,
        found=found,
        ends=np.array([answer.ends for answer in answers], dtype=np.bool_),
        reasons=[answer.reason for answer in answers],
        reopen=np.array([answer.reopen for answer in answers], dtype=np.bool_),
        unit_prices=prices,
        states=[answer.state for answer in answers],
        again=np.array([answer.again for answer in answers], dtype=np.bool_),
        unit_costs=costs,
        work=work,
    )
