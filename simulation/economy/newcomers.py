"""A row is given to somebody else, whom the Books know as another party."""

import numpy as np
from numpy.typing import NDArray

from simulation import streams
from simulation.economy.town import Town

Int32 = NDArray[np.int32]


def take_over(town: Town, rows: Int32) -> None:
    """Give closed rows to newcomers, who are somebody else."""
    uid = town.economy.parties.uid
    change_hands(town, rows)
    uid[rows] = streams.keys(("birth",), uid[rows], town.calendar)


def change_hands(town: Town, rows: Int32) -> None:
    """Let the Books know rows from now on as other parties; who they were is kept for them."""
    now = town.now
    now.departed.append(_as_parties(town, rows))
    now.party[rows] = now.parties_ever + np.arange(rows.size, dtype=np.int32)
    now.parties_ever += rows.size


def _as_parties(town: Town, rows: Int32) -> dict[str, NDArray[np.int64]]:
    """Copy the identity of rows that are about to be taken over, for the Books."""
    parties = town.economy.parties
    names = ("uid", "institution", "klass", "area", "sector", "owner_kind", "owner_area")
    columns = {name: getattr(parties, name)[rows] for name in names}
    columns["party"] = town.now.party[rows]
    columns["size_band"] = town.economy.firms.size_band[rows]
    return columns
