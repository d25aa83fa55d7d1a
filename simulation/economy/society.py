"""A secondary co-operative's account and members, where a future has one."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.clubs import add_mutuals
from simulation.economy.columns import Economy, Firms


class Joined(NamedTuple):
    """What a member was as it joined: its trading row, and its inputs per pound of sales."""

    row: int
    inputs: float


@dataclass(slots=True)
class Society:
    """The secondary co-operative.

    Attributes
    ----------
    row : int
        Its account.
    members : dict of int to Joined
        By identity: another may be founded in a member's row, and is no member by that.
    paid : dict of int to int
        What each has paid since surplus was last returned, by identity [pence].
    """

    row: int
    members: dict[int, Joined] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)

    def part_with(self, uid: int, firms: Firms, a: Assumptions) -> None:
        """Let a member be as it was before it joined; whoever is none is left alone."""
        was = self.members.pop(uid, None)
        if was is not None:
            firms.intermediate_share[was.row] = was.inputs
            firms.bid_skill[was.row] -= a["coop.shared_skill"]
            self.paid.pop(uid, None)


def add_society(economy: Economy, a: Assumptions) -> Society | None:
    """Append the account of a secondary co-op of the focus; None where it charges nothing."""
    if a["coop.shared_charge"] == 0.0:
        return None
    focus = economy.areas.focus
    uid = streams.key("secondary", economy.areas.ids[focus])
    (row,) = add_mutuals(economy, [uid], np.array([focus], dtype=np.int16))
    return Society(row)
