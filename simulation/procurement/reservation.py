"""A competition kept for some: the law says for whom, and the others may not bid.

What a reserved contract adds to an ordinary competition: who qualifies, the proof of it, lots, and
the opening to all where too few could come. Procurement Act 2023, ss. 32 and 33, and SI 2026/94.
"""

from abc import abstractmethod
from functools import cached_property
from typing import ClassVar, Final

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.docket import Docket
from simulation.procurement.interface import (
    Award,
    Bids,
    Bool,
    Float64,
    Need,
    Outcome,
    Paperwork,
    Route,
)
from simulation.procurement.judging import equal_shares
from simulation.procurement.price_quality import MOST_ADVANTAGEOUS
from simulation.procurement.tender import Tendered, run_tenders

OPENED: Final = "opened"
COULD_COME: Final = "could come"


class Reserved(Tendered):
    """A competition in which only those may bid for whom the contract is reserved.

    Where fewer of them could carry a need than `least_suppliers` asks, and others could, it is held
    open to all on the same criteria.
    """

    opened_routes: ClassVar[tuple[Route, ...]] = MOST_ADVANTAGEOUS

    @property
    def places(self) -> int:
        """Lots, each with room for one supplier."""
        return max(int(self["lots"]), 1)

    def minimum_share(self, need: Need) -> float:
        """Return a lot's part of the volume."""
        return 1.0 / self.places

    @property
    @abstractmethod
    def reserved_for(self) -> str:
        """For whom, as a notice would print it; empty where for all."""

    @abstractmethod
    def qualifies(self, docket: Docket) -> Bool:
        """Say for whom of a docket the contracts may be reserved: bool[n]."""

    def screen(self, docket: Docket, a: Assumptions) -> None:
        """Look at all candidates, since the law's test stands in no screen."""

    def admits(self, docket: Docket, a: Assumptions) -> Bool:
        """Admit those who qualify; all, where a competition is opened."""
        admitted: Bool = self.qualifies(docket) | (self.opened(docket) > 0.0)[docket.of]
        return admitted

    def opened(self, docket: Docket) -> Float64:
        """Return 1 for each need whose competition is opened to all: float64[m]."""
        return docket.kept((OPENED, COULD_COME), lambda: self._count(docket))[0]

    def could_come(self, docket: Docket) -> Float64:
        """Return how many that qualify could carry each need: float64[m]."""
        return docket.kept((OPENED, COULD_COME), lambda: self._count(docket))[1]

    def _count(self, docket: Docket) -> tuple[Float64, Float64]:
        """Count who could carry each need, of those who qualify and of all."""
        able = docket.market.capacity >= self.carry(docket)[docket.of]
        m = len(docket.needs)
        everyone = np.bincount(docket.of[able], minlength=m)
        some = np.bincount(docket.of[able & self.qualifies(docket)], minlength=m)
        opened = (some < self["least_suppliers"]) & (some < everyone)
        return opened.astype(np.float64), some.astype(np.float64)

    @cached_property
    def criterion(self) -> str:
        """The weights, and for whom the contract is reserved."""
        kept = self.reserved_for
        return f"{self.weights.text}; reserved for {kept}" if kept else self.weights.text

    def paperwork(self, above_threshold: bool, a: Assumptions) -> Paperwork:
        """Add the proof that a bidder qualifies, and the buyer's look at the market."""
        base = super().paperwork(above_threshold, a)
        if not self.reserved_for:
            return base
        return Paperwork(
            base.bidder_days + self["proof_days"],
            base.buyer_hours + self["market_hours"],
            base.buyer_hours_per_bid,
        )

    def shares(self, docket: Docket, index: int, winners: Bids) -> Float64:
        """Give each winner a lot, and those left over, best first, to winners that can carry more.

        What nobody can carry is not let, and the shares sum to less than 1.
        """
        lots, need = self.places, docket.needs[index]
        if winners.size in (0, lots):
            return equal_shares(winners.size)
        market = docket.market.take(docket.begins[index] + winners.position)
        room = docket.room(market) / need.units_month
        held = np.ones(winners.size, dtype=np.int64)
        for _ in range(lots - winners.size):
            able = (held + 1) / lots <= room * (1.0 + 1e-12)
            if not able.any():
                break
            fewest = held[able].min()
            held[np.flatnonzero(able & (held == fewest))[0]] += 1
        return held / lots

    def reason(self, admitted: int, stood: int) -> str:
        """Say how many lots found a supplier of their own."""
        best = super().reason(admitted, stood)
        return best if self.places == 1 else f"{best}; suppliers {admitted}, lots {self.places}"

    def procure_all(self, docket: Docket, a: Assumptions) -> list[Outcome]:
        """Run the competitions of a docket; lots not let and openings stand in the reason."""
        outcomes = run_tenders(docket, self, a)
        opened, some = self.opened(docket).tolist(), self.could_come(docket).tolist()
        return [
            one._replace(award=self._told(one.award, more > 0.0, round(many)))
            for one, more, many in zip(outcomes, opened, some, strict=True)
        ]

    def _told(self, award: Award, opened: bool, many: int) -> Award:
        """Say of an award which lots nobody took, and that the competition was opened, and why."""
        left = round((1.0 - float(award.shares.sum())) * self.places)
        if award.made and left:
            award = award._replace(reason=f"{award.reason}; {left} not let")
        if not opened:
            return award
        least = self["least_suppliers"]
        why = f"opened to all: {many} could come for whom it may be reserved, wanted {least:.0f}"
        return award._replace(
            criterion=self.weights.text, reason=f"{award.reason}; {why}", opened=True
        )
