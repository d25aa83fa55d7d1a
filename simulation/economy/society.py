"""A secondary co-operative's account and members, where a future has one."""

from dataclasses import dataclass, field

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.clubs import add_mutuals
from simulation.economy.columns import Economy


@dataclass(slots=True)
class Society:
    """The secondary co-operative.

    Attributes
    ----------
    row : int
        Its account.
    members : dict of int to float
        By trading row, the inputs per pound of sales that each had before it joined.
    paid : dict of int to int
        What each has paid since surplus was last returned, by trading row [pence].
    """

    row: int
    members: dict[int, float] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)


def add_society(economy: Economy, a: Assumptions) -> Society | None:
    """Append the account of a secondary co-op of the focus; None where it charges nothing."""
    if a["coop.shared_charge"] == 0.0:
        return None
    focus = economy.areas.focus
    uid = streams.key("secondary", economy.areas.ids[focus])
    (row,) = add_mutuals(economy, [uid], np.array([focus], dtype=np.int16))
    return Society(row)
