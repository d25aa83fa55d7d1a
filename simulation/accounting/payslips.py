"""What each worker is paid this month and what is withheld of it, one slip each."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.kernels import labour
from simulation.kernels.labour import Law, Staff

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class Payslips(NamedTuple):
    """One row per worker in employment, in the order of workers.

    Attributes
    ----------
    employer, household : int32[n_slips]
        Employing row and number of the home.
    gross, tax : int64[n_slips]
        Pay of the month and what is withheld of it [pence].
    """

    employer: Int32
    household: Int32
    gross: Int64
    tax: Int64


def payslips_of(staff: Staff, law: Law, ratio: Int64) -> Payslips:
    """Return the payslips of everyone in employment, as `pay_workers` reckons them.

    Parameters
    ----------
    staff : Staff
    law : Law
    ratio : int64[n_rows]
        Share of the payroll that each employer can pay [1/65536].

    Returns
    -------
    Payslips
    """
    gross, tax = np.empty((2, staff.wage.size), dtype=np.int64)
    labour.write_slips(staff, law, ratio, gross, tax)
    paid = np.flatnonzero(staff.status == labour.EMPLOYED)
    return Payslips(staff.employer[paid], staff.household[paid], gross[paid], tax[paid])
