"""What the twin keeps of an enterprise that a public buyer founded."""

from dataclasses import dataclass, field

from tests.reference.village.told import Founded


@dataclass
class Member:
    """What one who works there has in the enterprise, and has still to pay in [pence]."""

    home: int
    due: int
    stake: int = 0
    credit: int = 0


@dataclass
class Enterprise:
    """What the twin knows of one: what each paid in, what it owes, what is undivided or locked."""

    told: Founded
    equity: int = 0
    partner: int = 0
    loan: int = 0
    instalment: int = 0
    earned: int = 0
    locked: int = 0
    bought_out: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    leaving: dict[int, int] = field(default_factory=dict)

    @property
    def owed(self) -> int:
        """All that members and leavers have there."""
        return sum(one.stake + one.credit for one in self.members.values()) + sum(
            self.leaving.values()
        )
