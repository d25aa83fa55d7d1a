"""What firms and buyers learn: chances of winning, rivals to expect, records, claiming.

Chances are Beta counts by firm, kind of way of buying and buyer (Bayes with a Beta prior), and
old news fades. Records are running means of promises seen kept. The skill of claiming grows by
doing, and is bought where it pays: who already wins by claims has most to gain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.kernels import candidates
from simulation.kernels.canvassing import Records
from simulation.procurement.interface import (
    OWN_STAFF,
    Bids,
    Bool,
    Float64,
    Instruction,
    Int32,
    Int64,
    Market,
    Need,
    Regime,
)
from simulation.procurement.waiting import Contracts


def _keys(group: int | Int64, buyer_index: Int64, suppliers: NDArray[Any]) -> Int64:
    keys: Int64 = (buyer_index << 32) + (group << 52) + suppliers
    return keys


@dataclass(slots=True)
class Notes:
    """Pairs of numbers by (group, buyer, supplier), kept only where something happened.

    Changes wait until `settle`, so all decisions of a month read the opening state.
    """

    keys: Int64 = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    values: Float64 = field(default_factory=lambda: np.zeros((0, 2)))
    waiting: list[tuple[Int64, Float64]] = field(default_factory=list)

    def read(self, keys: Int64, priors: tuple[float, float]) -> Float64:
        """Return the numbers at keys, on priors: float64[2, n]."""
        found = np.empty((2, keys.size))
        candidates.look_up(self.keys, self.values, keys, priors, found)
        return found

    def note(self, keys: Int64, values: Float64) -> None:
        """Add to the numbers at keys when the month is settled."""
        self.waiting.append((keys, values))

    def settle(self, fade: float) -> None:
        """Let old numbers fade by a share and add what was noted, in order of keys."""
        if not self.waiting:
            self.values = self.values * (1.0 - fade)
            return
        new_keys = np.concatenate([keys for keys, _ in self.waiting])
        new_values = np.concatenate([values for _, values in self.waiting])
        order = np.argsort(new_keys, kind="stable")
        size = self.keys.size + new_keys.size
        keys, values = np.empty(size, dtype=np.int64), np.empty((size, 2))
        n = candidates.add_to_table(
            self.keys, self.values, 1.0 - fade, new_keys[order], new_values[order], keys, values
        )
        self.keys, self.values, self.waiting = keys[:n].copy(), values[:n].copy(), []


class Memory:
    """All that procurement remembers from month to month.

    Parameters
    ----------
    n_buyers, n_categories : int
    a : Assumptions
    """

    def __init__(self, n_buyers: int, n_categories: int, a: Assumptions) -> None:
        self._a = a
        self._groups: dict[str, int] = {}
        self._tenders = Notes()
        self._records = Notes()
        self._awards: list[tuple[int, Int32, Bool]] = []
        self._seen: dict[tuple[int, int], list[int]] = {}
        self.contracts = Contracts()
        self.expected_bids = np.full((n_buyers, n_categories), a["learn.expected_bids"])

    def _group(self, family: str) -> int:
        return self._groups.setdefault(family, len(self._groups))

    @property
    def _prior_chance(self) -> tuple[float, float]:
        return self._a["learn.prior_wins"], self._a["learn.prior_losses"]

    @property
    def _prior_record(self) -> tuple[float, float]:
        weight = self._a["learn.record_weight"]
        return self._a["learn.prior_record"] * weight, weight

    def chances(
        self, family: str, buyer_index: Int64, suppliers: Int64 | Int32
    ) -> tuple[Float64, Float64]:
        """Return Beta counts of wins and losses, prior included: float64[n] each."""
        keys = _keys(self._group(family), buyer_index, suppliers)
        wins, losses = self._tenders.read(keys, self._prior_chance)
        return wins, losses

    def reputation(self, buyer_index: Int64, suppliers: Int64 | Int32) -> Float64:
        """Return each supplier's record with a buyer, 0 to 1; the prior where it is unknown."""
        kept, seen = self._records.read(_keys(0, buyer_index, suppliers), self._prior_record)
        believed: Float64 = kept / seen
        return believed

    def of_needs(
        self, families: Sequence[str], buyers: Int64, begins: Int64, suppliers: Int64 | Int32
    ) -> tuple[Float64, Float64, Float64]:
        """Return wins, losses and records at the suppliers of many needs: float64[n] each.

        Parameters
        ----------
        families : sequence of str
            Kind of way of buying of each need.
        buyers : int64[m]
            Index of each need's buyer.
        begins : int64[m + 1]
            Need i has the suppliers `begins[i] : begins[i + 1]`.
        suppliers : int32[n]
        """
        heads = buyers << 32
        groups = np.array([self._group(family) for family in families], dtype=np.int64)
        tenders = Records(
            self._tenders.keys, self._tenders.values, self._prior_chance, heads | (groups << 52)
        )
        out = np.empty((3, suppliers.size))
        candidates.recall(tenders, self.records_of(buyers), begins, suppliers, out)
        wins, losses, records = out
        return wins, losses, records

    def records_of(self, buyers: Int64) -> Records:
        """Return what is remembered of suppliers by the buyers of some needs: int64[m]."""
        notes = self._records
        return Records(notes.keys, notes.values, self._prior_record, buyers << 32)

    def learn_award(self, regime: Regime, need: Need, bids: Bids) -> None:
        """Take note of a procedure's result: wins, losses, and how many came to compete."""
        group = self._group(regime.family)
        head = (group << 52) | (need.buyer_index << 32)
        self._awards.append((head, bids.supplier, bids.won))
        if regime.competes:
            self._seen.setdefault((need.buyer_index, need.category), []).append(max(bids.size, 1))

    def learn_delivery(self, buyer_index: Int64, suppliers: Int64, signal: Float64) -> None:
        """Take note of promises seen kept (1) or broken (0); nan where nobody looked."""
        looked = ~np.isnan(signal)
        if looked.any():
            keys = _keys(0, buyer_index[looked], suppliers[looked])
            kept = signal[looked]
            self._records.note(keys, np.column_stack([kept, np.ones(kept.size)]))

    def settle(self) -> None:
        """Close the month: let old news fade, take in the new."""
        for here, bids in self._seen.items():
            step = self._a["learn.bids_step"]
            self.expected_bids[here] += step * (sum(bids) / len(bids) - self.expected_bids[here])
        self._seen = {}
        if self._awards:
            heads, suppliers, results = zip(*self._awards, strict=True)
            head = np.repeat(np.array(heads, dtype=np.int64), [rows.size for rows in suppliers])
            won = np.concatenate(results)
            self._tenders.note(
                head | np.concatenate(suppliers), np.column_stack([won, ~won]).astype(np.float64)
            )
            self._awards = []
        self._tenders.settle(1.0 / self._a["learn.memory_months"])
        self._records.settle(1.0 / self._a["learn.memory_months"])


@dataclass(frozen=True, slots=True)
class Lesson:
    """New claiming skill of some suppliers, and what they paid for it."""

    suppliers: Int32
    claim_skill: Float64
    payments: tuple[Instruction, ...]


def learn_to_claim(
    need: Need, seen: Market, skill: Float64, bids: Bids, social_weight: float, a: Assumptions
) -> Lesson:
    """Let bidders learn to claim: all a little by doing, losers more where a course pays.

    A loser buys when weight x step of skill x value x usual margin x patience of a year exceeds
    the price, and it has the cash.

    Parameters
    ----------
    need : Need
    seen : Market
        Columns of those who bid.
    skill : float64[n]
        Their skill by now, with what they have learned in other tenders of the month.
    bids : Bids
    social_weight : float
        Weight of claims in the award; at 0 nothing is learned.
    a : Assumptions

    Returns
    -------
    Lesson
    """
    if social_weight <= 0.0 or not bids.size:
        return Lesson(bids.supplier[:0], np.zeros(0), ())
    to_learn = 1.0 - skill
    price = a["learn.claim_course_pence"]
    step = a["learn.claim_course"] * to_learn
    worth = social_weight * step * need.value_pence * a["bid.markup_alone"]
    buys = ~bids.won & (worth > price) & (seen.slack >= price) & (step > 0.0)
    skill = skill + a["learn.claim_by_doing"] * to_learn + step * buys
    payments = tuple(
        Instruction(supplier, OWN_STAFF, round(price), Kind.PROCESS_COST, "claims advice")
        for supplier in bids.supplier[buys].tolist()
        if round(price) > 0
    )
    return Lesson(bids.supplier, np.minimum(skill, 1.0), payments)
