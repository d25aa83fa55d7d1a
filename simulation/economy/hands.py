"""A firm changes hands: it keeps its row, staff, customers and debts, and belongs to others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.economy.handed import Owners
from simulation.economy.newcomers import change_hands
from simulation.economy.town import Town, owners_of

Int32 = NDArray[np.int32]


def put_in_hands(town: Town, row: int, new: Owners) -> None:
    """Let a firm belong to others, whom the Books know as another party from now on."""
    handed, firms, parties = town.handed, town.economy.firms, town.economy.parties
    old = Owners(int(firms.owner[row]), int(parties.owner_kind[row]), int(parties.owner_area[row]))
    handed.founders.setdefault(row, old)
    change_hands(town, np.array([row], dtype=np.int32))
    _write(town, [row], [new])
    handed.klass[row] = _class_of(town, row)


def back_to_founders(town: Town, rows: Int32) -> None:
    """Let newcomers in rows that had changed hands be owned as the first firm there was."""
    founders = town.handed.founders
    again = [row for row in rows.tolist() if row in founders]
    if again:
        _write(town, again, [founders.pop(row) for row in again])
        for row in again:
            del town.handed.klass[row]


def _write(town: Town, rows: Sequence[int], owners: Sequence[Owners]) -> None:
    """Write down new owners; a new column of areas says that they have changed."""
    firms, parties = town.economy.firms, town.economy.parties
    parties.owner_area = parties.owner_area.copy()
    for row, new in zip(rows, owners, strict=True):
        firms.owner[row], parties.owner_kind[row] = new.owner, new.kind
        parties.owner_area[row] = new.area
    town.handed.stale = True


def lay_links(town: Town) -> None:
    """Lay the links to owners anew where they have changed; none has been paid by this month."""
    if town.handed.stale:
        town.links.owners = owners_of(town.economy)
        town.handed.stale = False


def _class_of(town: Town, row: int) -> int:
    """Return the class for the profit of a firm: of its area and owners, and its trade if any."""
    classes, parties = town.economy.classes, town.economy.parties
    area, kind = parties.area[row], parties.owner_kind[row]
    like = np.flatnonzero((classes.area == area) & (classes.owner_kind == kind))
    same = like[classes.sector[like] == classes.sector[parties.klass[row]]]
    fitting = same if same.size else like
    return int(fitting[0]) if fitting.size else int(parties.klass[row])
