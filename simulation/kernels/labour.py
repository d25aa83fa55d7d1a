"""Pays every worker: gross pay by what the employer can afford, tax by the bands of the year."""

import numpy as np
from numba import njit

from simulation.kernels.payments import INDEX, share_of

NO_TOP = 1 << 62
"""Above any pay: the width of the highest band."""


@njit(cache=True)
def band_tax(pay, floors, rates, tax):
    """Work out the tax on each month's pay under marginal bands.

    All pay passes one band after the other, without a branch, which the compiler turns into four
    or eight people at a time.

    Parameters
    ----------
    pay : int64[n]
        Gross pay of the month [pence].
    floors : int64[n_bands]
        Where each band begins [pence a month], rising.
    rates : int64[n_bands]
        Marginal rate in each band [1/65536].
    tax : int64[n], written
        Each band's slice of the pay at its rate, rounded down [pence].
    """
    tax[:] = 0
    for b in range(floors.size):
        floor, rate = floors[b], rates[b]
        width = floors[b + 1] - floor if b + 1 < floors.size else NO_TOP
        for k in range(pay.size):
            tax[k] += share_of(min(max(pay[k] - floor, 0), width), rate)


@njit(cache=True)
def payroll_due(employer, wage, status, due, heads):
    """Sum what each employer owes its workers.

    Half of a status is 1 for the employed alone; a test for it, which no processor can foresee
    a third of the time, takes three times as long.

    Parameters
    ----------
    employer : int32[n_workers]
        Employing row, -1 where none.
    wage : int64[n_workers]
        Gross pay a month [pence].
    status : int8[n_workers]
        2 where employed, else 0 or 1.
    due, heads : int64[n_rows], updated
        Gross pay owed [pence] and workers employed.
    """
    for w in range(wage.size):
        row, employed = INDEX(max(employer[w], 0)), np.int64(status[w]) >> 1
        due[row] += wage[w] * employed
        heads[row] += employed


@njit(cache=True)
def gross_pay(employer, home, wage, status, first, ratio, payer, payee, gross):
    """Write down the gross pay of all who are employed, without a branch for who is not.

    Parameters
    ----------
    employer, home : int32[n_workers]
        Employing row (-1 where none) and number of the household.
    wage : int64[n_workers]
        Gross pay a month [pence].
    status : int8[n_workers]
        2 where employed.
    first : int
        Row of the first household.
    ratio : int64[n_rows]
        Share of the payroll that each employer can pay [1/65536].
    payer, payee : int32[n_workers], written
        Employing row and household row of each payslip.
    gross : int64[n_workers], written
        Gross pay of each payslip [pence].

    Returns
    -------
    int
        Payslips written; what lies beyond them in the columns means nothing.
    """
    slips = INDEX(0)
    for w in range(wage.size):
        payer[slips] = employer[w]
        payee[slips] = first + home[w]
        gross[slips] = share_of(wage[w], ratio[INDEX(max(employer[w], 0))])
        slips += INDEX(status[w] == 2)
    return slips


@njit(cache=True)
def pay_workers(employer, payee, gross, tax, klass, balance, inbox, net_by_row, net_sums, tax_sums):
    """Pay every worker's household and withhold the tax.

    Payslips are added up by employer first, as a class has many employers and an employer many
    workers.

    Parameters
    ----------
    employer, payee : int32[n_workers]
        Employing row (-1 where none) and the household's row.
    gross, tax : int64[n_workers]
        Pay of the month and what is withheld [pence]; 0 without an employer.
    klass : int32[n_rows]
        Class of each row.
    balance, inbox : int64[n_rows], updated
        Money held and received [pence].
    net_by_row : int64[n_rows], updated
        Net pay paid by each employer [pence].
    net_sums, tax_sums : int64[n_classes, 2], updated
        Net pay and tax, pence and payments, by class of the employer.

    Returns
    -------
    int
        All tax withheld [pence]; the caller credits the government.
    """
    employers = 0
    for w in range(employer.size):
        employers = max(employers, employer[w] + 1)
    slips = np.zeros((employers, 4), dtype=np.int64)
    for w in range(gross.size):
        pay = gross[w]
        if pay == 0:
            continue
        who = INDEX(employer[w])
        inbox[INDEX(payee[w])] += pay - tax[w]
        slips[who, 0] += pay
        slips[who, 1] += 1
        slips[who, 2] += tax[w]
        slips[who, 3] += tax[w] > 0
    withheld = 0
    for row in range(employers):
        pay, slipped, off, taxed = slips[row, 0], slips[row, 1], slips[row, 2], slips[row, 3]
        balance[row] -= pay
        net_by_row[row] += pay - off
        c = klass[row]
        net_sums[c, 0] += pay - off
        net_sums[c, 1] += slipped
        tax_sums[c, 0] += off
        tax_sums[c, 1] += taxed
        withheld += off
    return withheld


@njit(cache=True)
def tax_on_average(each, heads, floors, rates, tax):
    """Withhold tax from pay that is known only as an average and a number of people.

    Parameters
    ----------
    each, heads : int64[n_rows]
        Average gross pay of the month [pence] and people paid it.
    floors, rates : int64[n_bands]
        As in `band_tax`.
    tax : int64[n_rows], written
        Tax withheld from all of them [pence].
    """
    band_tax(each, floors, rates, tax)
    for row in range(each.size):
        tax[row] *= heads[row]
