"""What a run shows month by month and its books do not keep: each firm's age and staff.

Only read; the economy that is watched comes to the same books as one that is not.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simulation.economy.town import Town

Bool = NDArray[np.bool_]
Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Census:
    """Single firms, and the workers of the place, at the close of a month.

    Attributes
    ----------
    uid, age, staff, band, owner : int64[n]
        Of each firm's row: who stands there, its age [months], jobs, size band, kind of owner.
    alive, here : bool[n]
        Whether it trades, and whether it is in the focus.
    employer : int64[w]
        uid of each worker's employer in a trading row, -1 for public buyers and who has no job.
    wage : int64[w]
        What each worker is paid [pence a month].
    skill : float64[w]
        What each worker's pay is multiplied by in every job.
    """

    uid: Int64
    age: Int64
    staff: Int64
    band: Int64
    owner: Int64
    alive: Bool
    here: Bool
    employer: Int64
    wage: Int64
    skill: Float64


@dataclass(slots=True)
class Trail:
    """The censuses of a run, the built state first."""

    months: list[Census] = field(default_factory=list)

    def __call__(self, town: "Town") -> None:
        """Take a census."""
        firms, parties, workers = town.economy.firms, town.economy.parties, town.economy.workers
        n = firms.n_agents
        staff = town.now.roll.heads[:n].astype(np.int64) + firms.aggregate_jobs[:n]
        trading = (workers.employer >= 0) & (workers.employer < town.n_firms)
        row = np.where(trading, workers.employer, 0)
        self.months.append(
            Census(
                uid=parties.uid[:n].copy(),
                age=firms.age_months[:n].astype(np.int64),
                staff=staff,
                band=firms.size_band[:n].astype(np.int64),
                owner=parties.owner_kind[:n].astype(np.int64),
                alive=firms.alive[:n].copy(),
                here=parties.area[:n] == town.economy.areas.focus,
                employer=np.where(trading, parties.uid[row], -1).astype(np.int64),
                wage=workers.wage_pence.astype(np.int64),
                skill=workers.skill.astype(np.float64),
            )
        )
