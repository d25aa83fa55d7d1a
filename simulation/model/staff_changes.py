"""Who was hired, who left, which firms closed or opened and what they ask, for the journal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.model.journal import Journal

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StaffBefore:
    """Employer and pay of every worker, and of rows that trade price and name, as they were."""

    employer: Int32
    wage_pence: Int64
    prices: NDArray[np.float64]
    firms: Int64
    trading: NDArray[np.bool_]


def staff_of(town: Town) -> StaffBefore:
    """Copy what the adjustment of a month may change."""
    workers, firms = town.economy.workers, town.economy.firms
    return StaffBefore(
        workers.employer.copy(), workers.wage_pence.copy(), firms.price.copy(), _firms(town),
        firms.alive.copy(),
    )  # fmt: skip


def _firms(town: Town) -> Int64:
    """Copy who stands behind each trading row."""
    uids: Int64 = town.economy.parties.uid[: town.economy.firms.alive.size].copy()
    return uids


def note_changes(journal: Journal, town: Town, before: StaffBefore) -> None:
    """Write a line for each firm that closed or opened, each hire, leaver, change of pay and price.

    A row that closed and was taken over within the month is two firms: one closed, one opened.

    Parameters
    ----------
    journal : Journal, updated
    town : Town
        After the adjustment.
    before : StaffBefore
        From `staff_of`.
    """
    _note_firms(journal, town, before)
    workers, uid = town.economy.workers, town.economy.parties.uid
    moved = workers.employer != before.employer
    for w in np.flatnonzero(moved).tolist():
        worker, row = int(workers.uid[w]), int(workers.employer[w])
        if row < 0:
            journal.note(town.month, "leave", worker=worker)
            continue
        pay = int(workers.wage_pence[w])
        journal.note(town.month, "hire", worker=worker, employer=int(uid[row]), wage_pence=pay)
    for w in np.flatnonzero(~moved & (workers.wage_pence != before.wage_pence)).tolist():
        pay = int(workers.wage_pence[w])
        journal.note(town.month, "wage", worker=int(workers.uid[w]), wage_pence=pay)
    firms = town.economy.firms
    for row in np.flatnonzero(firms.price != before.prices).tolist():
        journal.note(town.month, "price", firm=int(uid[row]), index=float(firms.price[row]))


def _note_firms(journal: Journal, town: Town, before: StaffBefore) -> None:
    now, trading = _firms(town), town.economy.firms.alive
    other = now != before.firms
    for row in np.flatnonzero(before.trading & (~trading | other)).tolist():
        journal.note(town.month, "close", firm=int(before.firms[row]))
    for row in np.flatnonzero(trading & (~before.trading | other)).tolist():
        journal.note(town.month, "open", firm=int(now[row]))
