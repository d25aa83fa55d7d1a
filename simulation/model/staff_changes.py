"""Who was hired, who left, whose pay changed and what firms ask, for the journal of a run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.model.journal import Journal

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class StaffBefore:
    """Employer and pay of every worker, and prices of trading rows, before the adjustment."""

    employer: Int32
    wage_pence: Int64
    prices: NDArray[np.float64]


def staff_of(town: Town) -> StaffBefore:
    """Copy what the adjustment of a month may change."""
    workers = town.economy.workers
    return StaffBefore(
        workers.employer.copy(), workers.wage_pence.copy(), town.economy.firms.price.copy()
    )


def note_changes(journal: Journal, town: Town, before: StaffBefore) -> None:
    """Write a line for each hire, leaver and change of pay, and one with all price indices.

    Parameters
    ----------
    journal : Journal, updated
    town : Town
        After the adjustment.
    before : StaffBefore
        From `staff_of`.
    """
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
