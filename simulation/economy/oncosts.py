"""What a job costs the employer and what the worker is paid: two views of one sum.

The technology tables know compensation of employees, which holds employer's National Insurance
and pension contributions (ESA 2010, D.1); the payroll pays gross wages. One follows from the
other by the rates of the year, exactly as the monthly payroll reckons them.
"""

import numpy as np
from numpy.typing import ArrayLike

from simulation.economy.columns import Float64
from simulation.economy.taxes import TaxYear


def gross_pay(cost_pence: ArrayLike, tax: TaxYear, pension_rate: float) -> Float64:
    """Return the gross pay that a cost to the employer leaves.

    Parameters
    ----------
    cost_pence : float64[...]
        Cost of one job [pence a month].
    tax : TaxYear
        Employer's National Insurance: rate above a floor.
    pension_rate : float
        Contribution on all gross pay [share].

    Returns
    -------
    float64[...]
        g with g + rate max(g - floor, 0) + pension_rate g = cost.
    """
    cost = np.asarray(cost_pence, dtype=np.float64)
    above = (cost + tax.employer_rate * tax.employer_floor) / (
        1.0 + tax.employer_rate + pension_rate
    )
    below = cost / (1.0 + pension_rate)
    return np.where(above > tax.employer_floor, above, below)


def labour_cost(
    gross_pence: ArrayLike, jobs: ArrayLike, tax: TaxYear, pension_rate: float
) -> Float64:
    """Return what a payroll costs its employer.

    Parameters
    ----------
    gross_pence : int64[n]
        Gross pay of all jobs of a row [pence a month].
    jobs : int64[n]
        How many they are.
    tax : TaxYear
    pension_rate : float

    Returns
    -------
    float64[n]
        Gross pay, National Insurance on the part above the floor a head, and pensions [pence].
    """
    gross = np.asarray(gross_pence, dtype=np.float64)
    heads = np.asarray(jobs, dtype=np.float64)
    taxed = np.maximum(gross - heads * tax.employer_floor, 0.0)
    return gross * (1.0 + pension_rate) + taxed * tax.employer_rate
