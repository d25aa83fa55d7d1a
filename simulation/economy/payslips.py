"""The payslips of a month: who is paid by whom, how much, and what is withheld."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.economy.columns import Workers
from simulation.economy.taxes import TaxYear
from simulation.kernels import labour

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Payslips:
    """One row per worker in employment, in the order of workers.

    Attributes
    ----------
    employer, payee : int32[n_slips]
        Employing row and household row.
    gross, tax : int64[n_slips]
        Pay of the month and what is withheld of it [pence].
    """

    employer: Int32
    payee: Int32
    gross: Int64
    tax: Int64


def no_payslips() -> Payslips:
    """Return the payslips of a month in which nobody was paid."""
    nobody, nothing = np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    return Payslips(nobody, nobody, nothing, nothing)


def write_payslips(workers: Workers, first: int, paid_share: Int64, law: TaxYear) -> Payslips:
    """Write the payslip of everyone in employment.

    Parameters
    ----------
    workers : Workers
        Who works where for what pay.
    first : int
        Row of the first household.
    paid_share : int64[n_rows]
        Share of its payroll that each employer can pay [1/65536].
    law : TaxYear
        Bands in force.

    Returns
    -------
    Payslips
    """
    n = workers.uid.size
    employer, payee = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32)
    gross = np.empty(n, dtype=np.int64)
    slips = labour.gross_pay(
        workers.employer, workers.household, workers.wage_pence, workers.status, first,
        paid_share, employer, payee, gross,
    )  # fmt: skip
    gross = gross[:slips]
    tax = np.empty_like(gross)
    labour.band_tax(gross, law.floors, law.rates, tax)
    return Payslips(employer[:slips], payee[:slips], gross, tax)
