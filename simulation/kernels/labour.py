"""Pays every worker: gross pay by what the employer can afford, tax by the bands of the year."""

from numba import njit

from simulation.kernels.payments import share_of


@njit(cache=True)
def band_tax(pence, floors, rates):
    """Return the tax on one month's pay under marginal bands.

    Parameters
    ----------
    pence : int
        Gross pay of the month.
    floors : int64[n_bands]
        Where each band begins [pence a month], rising.
    rates : int64[n_bands]
        Marginal rate in each band [1/65536].
    """
    tax = 0
    for b in range(floors.size):
        if pence <= floors[b]:
            break
        top = pence if b + 1 == floors.size else min(pence, floors[b + 1])
        tax += share_of(top - floors[b], rates[b])
    return tax


@njit(cache=True)
def payroll_due(employer, wage, status, due, heads):
    """Sum what each employer owes its workers.

    Parameters
    ----------
    employer : int32[n_workers]
        Employing row, -1 where none.
    wage : int64[n_workers]
        Gross pay a month [pence].
    status : int8[n_workers]
        2 where employed.
    due, heads : int64[n_rows], updated
        Gross pay owed [pence] and workers employed.
    """
    for w in range(wage.size):
        if status[w] == 2:
            due[employer[w]] += wage[w]
            heads[employer[w]] += 1


@njit(cache=True)
def net_pay(employer, wage, status, ratio, floors, rates, gross, tax):
    """Work out this month's gross pay and tax of each worker.

    Parameters
    ----------
    ratio : int64[n_rows]
        Share of the payroll that each employer can pay [1/65536].
    floors, rates : int64[n_bands]
        Income tax and employee's National Insurance, added, by band.
    gross, tax : int64[n_workers], written
        Gross pay and what is withheld [pence].
    """
    for w in range(wage.size):
        if status[w] != 2:
            gross[w] = 0
            tax[w] = 0
            continue
        pay = share_of(wage[w], ratio[employer[w]])
        gross[w] = pay
        tax[w] = band_tax(pay, floors, rates)


@njit(cache=True)
def pay_workers(employer, payee, gross, tax, klass, balance, inbox, net_by_row, net_sums, tax_sums):
    """Pay every worker's household and withhold the tax.

    Parameters
    ----------
    employer, payee : int32[n_workers]
        Employing row (-1 where none) and the household's row.
    gross, tax : int64[n_workers]
        From `net_pay`.
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
    withheld = 0
    for w in range(gross.size):
        if gross[w] == 0:
            continue
        row = employer[w]
        net = gross[w] - tax[w]
        balance[row] -= gross[w]
        inbox[payee[w]] += net
        net_by_row[row] += net
        c = klass[row]
        net_sums[c, 0] += net
        net_sums[c, 1] += 1
        if tax[w] > 0:
            tax_sums[c, 0] += tax[w]
            tax_sums[c, 1] += 1
            withheld += tax[w]
    return withheld


@njit(cache=True)
def tax_on_average(each, heads, floors, rates, tax):
    """Withhold tax from pay that is known only as an average and a number of people.

    Parameters
    ----------
    each, heads : int64[n_rows]
        Average gross pay of the month [pence] and people paid it.
    floors, rates : int64[n_bands]
        As in `net_pay`.
    tax : int64[n_rows], written
        Tax withheld from all of them [pence].
    """
    for row in range(each.size):
        tax[row] = band_tax(each[row], floors, rates) * heads[row]
