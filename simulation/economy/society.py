"""A secondary co-operative's account and members, where a future has one."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.clubs import add_mutuals
from simulation.economy.columns import Economy, Firms
from simulation.economy.input_terms import InputTerms


class SharedRules(NamedTuple):
    """What stands for a year: the charge per pound of sales, and the part of surplus paid back."""

    charge: float
    back: float


@dataclass(slots=True)
class Society:
    """The secondary co-operative.

    Attributes
    ----------
    row : int
        Its account; what is in its savings is the reserve, and nobody's.
    rules : SharedRules
        As they stand, or as members last voted.
    members : dict of int to int
        Trading row of each by identity: another may be founded in a member's row, and is no
        member by that.
    paid : dict of int to int
        What each has paid since surplus was last returned, by identity [pence].
    """

    row: int
    rules: SharedRules
    members: dict[int, int] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)

    def part_with(self, uid: int, firms: Firms, terms: InputTerms, a: Assumptions) -> None:
        """Let a member be as it was before it joined; whoever is none is left alone."""
        row = self.members.pop(uid, None)
        if row is not None:
            terms.spare(firms, row, 0.0)
            firms.bid_skill[row] -= a["coop.shared_skill"]
            self.paid.pop(uid, None)


def add_society(economy: Economy, a: Assumptions) -> Society | None:
    """Append the account of a secondary co-op of the focus; None where it charges nothing."""
    if a["coop.shared_charge"] == 0.0:
        return None
    focus = economy.areas.focus
    uid = streams.key("secondary", economy.areas.ids[focus])
    (row,) = add_mutuals(economy, [uid], np.array([focus], dtype=np.int16))
    return Society(row, SharedRules(a["coop.shared_charge"], 1.0 - a["coop.shared_reserve"]))
