"""The luck of one tender: the same firm meets the same luck under every way of buying.

Draws are keyed by (seed, tender, purpose, firm, month); see `simulation.streams`.
"""

from dataclasses import dataclass

from simulation import streams
from simulation.procurement.interface import Float64, Int64


@dataclass(frozen=True, slots=True)
class KeyedLuck:
    """Counter-based draws of one tender or arrangement in one month; make it with `luck_of`."""

    key: int
    tender: int
    month: int

    def uniform(self, purpose: int, uids: Int64) -> Float64:
        """Draw one number in (0, 1) for each uid."""
        return streams.uniform(self.key, purpose, uids, self.month)

    def shared(self, purpose: int) -> float:
        """Draw one number in (0, 1) for the tender as a whole."""
        return streams.one(self.key, purpose, self.tender, self.month)


def luck_of(seed: int, tender: int, month: int) -> KeyedLuck:
    """Give a tender its luck in a month.

    Parameters
    ----------
    seed : int
        The replicate's seed.
    tender : int
        The stable number of the need (made without the regime).
    month : int
        Month of the story.

    Returns
    -------
    KeyedLuck
    """
    return KeyedLuck(streams.key(seed, "tender", tender), tender, month)
