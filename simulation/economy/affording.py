"""What an employer can pay those whom it takes on: what its sales leave after all else.

A post is a whole person here, with that person's pay, however little the firm sells. So a firm asks
before it hires a resident whether the sales that it expects bear the pay; a vacancy that they do
not bear for this person stays open for another. Commuters are a number and no persons: of them it
asks nothing. Public buyers' posts are in their budgets, and they never ask.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.economy.oncosts import labour_cost
from simulation.economy.town import Town

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


def room_for_pay(town: Town, rows: Int32) -> Float64:
    """Return what employers' expected sales leave for more staff.

    Parameters
    ----------
    town : Town
    rows : int32[m]
        Employing rows.

    Returns
    -------
    float64[m]
        Expected sales less VAT, inputs, rent, rates and what the staff of now costs [pence a
        month], below zero where the staff costs more already; infinite for public buyers.
    """
    room = np.full(rows.size, np.inf)
    trading = np.flatnonzero(rows < town.n_firms)
    firms, roll, at = town.economy.firms, town.now.roll, rows[trading]
    net = (1.0 - firms.vat_share[at]) * (1.0 - firms.intermediate_share[at])
    rent = np.where(firms.landlord[at] >= 0, firms.rent_pence[at], 0)
    pay = roll.pay[at] + firms.aggregate_payroll[at]
    heads = roll.heads[at] + firms.aggregate_jobs[at]
    staff = labour_cost(pay, heads, town.tax, town.a["labour.pension_rate"])
    room[trading] = firms.sales_expected[at] * net - rent - firms.rates_pence[at] - staff
    return room


def affordable(town: Town, pay: Int64, room: Float64) -> Bool:
    """Say which of some pay, with the employer's insurance and pension, is within some room.

    Parameters
    ----------
    town : Town
    pay : int64[m]
        Gross pay of one person each [pence a month].
    room : float64[m]
        What there is for each [pence a month].
    """
    one = np.ones(pay.size, dtype=np.int64)
    cost: Float64 = labour_cost(pay, one, town.tax, town.a["labour.pension_rate"])
    within: Bool = cost <= room
    return within
