"""Each household in one pass: what the state pays it, what it wants to spend and to save.

Amounts are whole pence; a product with a share is cut to whole pence once, at the end of its
formula, so that a pass over columns and a household alone come to the same penny.
"""

from numba import njit


@njit(cache=True)
def count_where(status, wanted, household, out):
    """Count, for each household, its members of one status.

    Parameters
    ----------
    status : int8[n_workers]
        Status of each worker.
    wanted : int
        The status counted.
    household : int32[n_workers]
        Household of each worker.
    out : int64[n_households], updated
        Members of that status.
    """
    for w in range(status.size):
        if status[w] == wanted:
            out[household[w]] += 1


@njit(cache=True)
def benefits(other, earned, in_row, seekers, disregard, taper, allowance, out):
    """Work out means-tested benefits, tapered by last month's earnings, and jobseekers' pay.

    Parameters
    ----------
    other : int64[n_households]
        Benefit without earnings [pence a month].
    earned : int64[n_households]
        Net earnings of last month [pence].
    in_row : int[n_households]
        Households in the row; the benefits of an account of many are not tapered.
    seekers : int64[n_households]
        Members who look for work.
    disregard : int
        Earnings left out of the taper [pence].
    taper : int
        Benefit lost for each pound earned [1/65536].
    allowance : int
        Paid to each jobseeker [pence a month].
    out : int64[n_households], written
        Benefits of the month [pence].
    """
    for h in range(out.size):
        due = other[h]
        if in_row[h] <= 1:
            due = max(due - ((max(earned[h] - disregard, 0) * taper) >> 16), 0)
        out[h] = due + allowance * seekers[h]


@njit(cache=True)
def wanted_consumption(
    income, housing, council_tax, propensity, buffer, share, deposits, savings, wanted, drawn
):  # fmt: skip
    """Work out what each household wants to spend in shops, and draws from savings for it.

    Parameters
    ----------
    income, housing, council_tax : int64[n_households]
        The month's income and what is spent before shopping [pence].
    propensity, buffer : float64[n_households]
        Share of free income spent; months of it kept before wealth counts as spare.
    share : float
        Share of spare wealth spent in a month.
    deposits, savings : int64[n_households]
        Money held [pence].
    wanted, drawn : int64[n_households], written
        Wanted consumption, and savings drawn where the account does not reach it [pence].
    """
    for h in range(wanted.size):
        free = max(income[h] - housing[h] - council_tax[h], 0)
        wealth = deposits[h] + savings[h] - free
        spare = max(wealth - int(free * buffer[h]), 0)
        wanted[h] = int(free * propensity[h] + spare * share)
        drawn[h] = min(max(wanted[h] - deposits[h], 0), savings[h])


@njit(cache=True)
def above_buffer(income, buffer, deposits, out):
    """Work out what each household has above its buffer.

    Parameters
    ----------
    income, deposits : int64[n_households]
        The month's income, and money held [pence].
    buffer : float64[n_households]
        Months of income kept at hand.
    out : int64[n_households], written
        What can be put aside [pence].
    """
    for h in range(out.size):
        out[h] = max(deposits[h] - int(income[h] * buffer[h]), 0)
