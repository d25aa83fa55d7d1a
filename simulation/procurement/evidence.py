"""What councils have on record of each way of buying, and what they had expected of it.

A record is kept by buyer, spending category and way of buying: what was paid for how much, how well
it was done, what social value was found when somebody looked. It is all that a later assessment
learns from.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from simulation.kernels.scales import PENCE_A_UNIT

Where = tuple[int, int]
"""Index of the buyer, and category."""


class Record(NamedTuple):
    """Sums over time; money in pence, quality 1.0 usual.

    `months` are months of the whole need: a month in which half of it was served is half a month.
    """

    months: float = 0.0
    units: float = 0.0
    pence: float = 0.0
    quality_units: float = 0.0
    social_pence: float = 0.0

    def plus(self, other: "Record") -> "Record":
        """Return both together."""
        return Record(*(one + more for one, more in zip(self, other, strict=True)))

    def less(self, other: "Record") -> "Record":
        """Return what has come since another."""
        return Record(*(one - more for one, more in zip(self, other, strict=True)))

    @property
    def unit_cost(self) -> float:
        """What a unit cost, 1.0 at the opening price."""
        return self.pence / (PENCE_A_UNIT * self.units) if self.units > 0.0 else 0.0

    @property
    def quality(self) -> float:
        """How well the mean unit was done."""
        return self.quality_units / self.units if self.units > 0.0 else 0.0

    @property
    def social(self) -> float:
        """Social value found [pence a unit]."""
        return self.social_pence / self.units if self.units > 0.0 else 0.0


NOTHING = Record()
"""No record at all."""


@dataclass(slots=True)
class Evidence:
    """The records of all councils, by buyer and category, then by way of buying."""

    records: dict[Where, dict[str, Record]] = field(default_factory=dict)

    def note(self, where: Where, way: str, month: Record) -> None:
        """Add what one way of buying came to in a month."""
        kept = self.records.setdefault(where, {})
        kept[way] = kept.get(way, NOTHING).plus(month)

    def own(self, where: Where, way: str) -> Record:
        """Return a council's own record of a way of buying in a category."""
        return self.records.get(where, {}).get(way, NOTHING)

    def peers(self, where: Where, way: str) -> Record:
        """Return what all other councils have on record of it in the same category."""
        buyer, category = where
        found = NOTHING
        for (other, bought), kept in sorted(self.records.items()):
            if other != buyer and bought == category and way in kept:
                found = found.plus(kept[way])
        return found
