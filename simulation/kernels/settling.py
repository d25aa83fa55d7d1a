"""Closes a phase: receipts become balances, dye follows, what reached a sink is told."""

from typing import Any, NamedTuple

from simulation.kernels.accounts import INDEX
from simulation.kernels.compiling import kernel
from simulation.kernels.dye import settle_dye
from simulation.kernels.payments import fold


class Sinks(NamedTuple):
    """Where dye stops, and what has stopped.

    Attributes
    ----------
    ends, home_ends : int32[m]
        Rows at which dye ends, and those of them that are homes.
    cell : int
        Where what rounding lets go is counted.
    sunk : int64[n_cells, n_tags]
        Dye that has left the circuit in this phase, by the cell of where it ended.
    lost : int64[n_tags]
        Dye let go so that no account holds more dye than money.
    """

    ends: Any
    home_ends: Any
    cell: int
    sunk: Any
    lost: Any


@kernel
def settle(accounts, opening, unlimited, marks, dye, sinks):
    """Close a phase; see `payments.fold` and `dye.settle_dye`.

    Parameters
    ----------
    accounts, opening, unlimited
        See `payments.fold`.
    marks : Marks, updated
    dye : Dye or None, updated
        None where nobody holds any.
    sinks : Sinks or None, updated
        None where there is no dye.

    Returns
    -------
    overdrawn : int
        Rows that have paid more than they held.
    arrived, gone : bool
        Whether any dye has arrived in this phase, and whether any has sunk or been let go.
    """
    overdrawn = fold(accounts, opening, unlimited, marks.bits, marks.touched)
    arrived, gone = False, False
    if dye is not None:
        arrived, gone = settle_dye(
            accounts, dye, sinks.ends, sinks.home_ends, sinks.sunk, sinks.lost, marks.bits,
            marks.left, marks.came,
        )  # fmt: skip
    return overdrawn, arrived, gone


@kernel
def tell_sunk(sinks, told):
    """Tell what has sunk, what was let go with it, and begin a new phase.

    Parameters
    ----------
    sinks : Sinks, emptied
    told : int64[n_cells, n_tags], written
        Dye that has left the circuit.

    Returns
    -------
    int
        All of it.
    """
    tags, total = told.shape[1], 0
    for t in range(tags):
        sinks.sunk[sinks.cell, t] += sinks.lost[t]
        sinks.lost[t] = 0
    for cell in range(told.shape[0]):
        for t in range(tags):
            told[cell, t] = sinks.sunk[cell, t]
            total += told[cell, t]
            sinks.sunk[cell, t] = 0
    return total


@kernel
def take_room(room, target, begin, end):
    """Add what lies in some rows of a room to where it belongs, and leave them empty.

    Parameters
    ----------
    room : int64[n, n_columns], emptied
    target : int64[n, n_columns] or more rows, updated
    begin, end : int
        Rows `begin .. end - 1`. Most of them have nothing, and are only looked at.
    """
    for row in range(INDEX(begin), INDEX(end)):
        some = 0
        for column in range(room.shape[1]):
            some |= room[row, column]
        if some != 0:
            for column in range(room.shape[1]):
                target[row, column] += room[row, column]
                room[row, column] = 0
