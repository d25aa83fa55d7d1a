"""Who won a contract that another may not follow at once: the memory of a rule on repeats.

Procurement Act 2023, s. 33: a mutual that was awarded a comparable contract by the same authority
in the three years before may not be awarded another under this power. Exact in months.
"""

from dataclasses import dataclass, field

from simulation.procurement.interface import Need, Regime


@dataclass(slots=True)
class Contracts:
    """The month of each supplier's last contract, by kind of way of buying, buyer and category.

    Contracts of one buyer in one category are taken to be comparable.
    """

    last: dict[tuple[str, int, int], dict[int, int]] = field(default_factory=dict)

    def note(self, regime: Regime, need: Need, uids: list[int]) -> None:
        """Take note of who was awarded a contract, where the way of buying makes winners wait."""
        if regime.waiting_months:
            kept = self.last.setdefault((regime.family, need.buyer_index, need.category), {})
            kept.update(dict.fromkeys(uids, need.month))

    def before(self, regime: Regime, need: Need) -> tuple[tuple[int, int], ...]:
        """Return who won comparable contracts, and when, and must still wait: (uid, month)."""
        kept = self.last.get((regime.family, need.buyer_index, need.category), {})
        since = need.month - regime.waiting_months
        return tuple((uid, month) for uid, month in sorted(kept.items()) if month > since)

    def turn_back(self, months: int) -> None:
        """Move all months back by a number of months."""
        for kept in self.last.values():
            kept.update({uid: month - months for uid, month in kept.items()})
