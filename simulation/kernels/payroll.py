"""What employers owe their staff and the state, and how much of it they can pay.

Some staff are workers of their own, on the employer's roll; others, commuters, are known only as a
number of people and what they are paid in all.
"""

from typing import Any, NamedTuple

from simulation.kernels.compiling import kernel, part
from simulation.kernels.labour import tax_of
from simulation.kernels.scales import CUM_ONE


class Commuters(NamedTuple):
    """People who are not individual workers, by employer: firms stand first, buyers among others.

    Attributes
    ----------
    alive : bool[n_firms]
        Rows that trade; the others pay nobody.
    jobs, pay : int32[n_firms] and int64[n_firms]
        People, and their gross pay a month [pence].
    buyers : int32[n_buyers]
        Rows of public buyers.
    buyer_jobs, buyer_pay : int64[n_buyers]
        The same of public buyers.
    """

    alive: Any
    jobs: Any
    pay: Any
    buyers: Any
    buyer_jobs: Any
    buyer_pay: Any


class Rates(NamedTuple):
    """What employers owe beyond pay.

    `floor` is the pay a head above which National Insurance is due [pence a month]; `insurance`
    and `pension` are rates [share].
    """

    floor: int
    insurance: float
    pension: float


class Owed(NamedTuple):
    """What each employer owes for the month, int64[n_employers] each [pence].

    `residents` is the gross pay of individual workers, `heads` how many they are; `insurance` and
    `pension` go with all gross pay; `whole` is all that is owed.
    """

    residents: Any
    heads: Any
    insurance: Any
    pension: Any
    whole: Any


@kernel
def reckon(pay, heads, commuters, rates, owed):
    """Work out what each employer owes: gross pay, National Insurance and pension.

    Parameters
    ----------
    pay, heads : int64[n_employers]
        Gross pay of individual workers [pence], and how many they are.
    commuters : Commuters
    rates : Rates
    owed : Owed, written
    """
    for row in range(pay.size):
        jobs, more = _commuters(row, commuters)
        _owe(row, pay[row], heads[row], more, jobs, rates, owed)
    for b in range(commuters.buyers.size):
        row = commuters.buyers[b]
        jobs, more = commuters.buyer_jobs[b], commuters.buyer_pay[b]
        _owe(row, pay[row], heads[row], more, jobs, rates, owed)


@part
def _commuters(row, commuters):
    """Return how many commuters a row that is no public buyer has, and their pay."""
    jobs, pay = 0, 0
    if row < commuters.jobs.size:
        jobs += commuters.jobs[row]
        if commuters.alive[row]:
            pay += commuters.pay[row]
    return jobs, pay


@part
def _owe(row, residents, heads, more, jobs, rates, owed):
    """Write what an employer owes."""
    gross = residents + more
    taxed = max(gross - (heads + jobs) * rates.floor, 0)
    owed.residents[row] = residents
    owed.heads[row] = heads
    owed.insurance[row] = int(taxed * rates.insurance)
    owed.pension[row] = int(gross * rates.pension)
    owed.whole[row] = gross + owed.insurance[row] + owed.pension[row]


class Afforded(NamedTuple):
    """What each employer can pay, int64[n_employers] each.

    `share` is the part of what it owes [1/65536]; `net` the commuters' take-home pay, `remitted`
    their tax with National Insurance, `pension` its contributions [pence].
    """

    share: Any
    net: Any
    remitted: Any
    pension: Any


@kernel
def afford(deposits, owed, commuters, law, afforded):
    """Work out what share of its payroll each employer can pay, and so what it pays for commuters.

    Parameters
    ----------
    deposits : int64[n_rows]
        Money held [pence]; employers stand first.
    owed : Owed
    commuters : Commuters
    law : Law
        Taxes the average pay of commuters.
    afforded : Afforded, written
    """
    for row in range(owed.whole.size):
        due, held = owed.whole[row], max(deposits[row], 0)
        share = CUM_ONE
        if due > held:
            share = held * CUM_ONE // due
        afforded.share[row] = share
        jobs, pay = _commuters(row, commuters)
        _pay_for(row, jobs, pay, share, owed, law, afforded)
    for b in range(commuters.buyers.size):
        row = commuters.buyers[b]
        jobs, pay = commuters.buyer_jobs[b], commuters.buyer_pay[b]
        _pay_for(row, jobs, pay, afforded.share[row], owed, law, afforded)


@part
def _pay_for(row, jobs, pay, share, owed, law, afforded):
    """Write what an employer pays for its commuters, and remits for all its staff."""
    gross = (pay * share) >> 16
    tax = tax_of(gross // jobs, law) * jobs if jobs > 0 else 0
    afforded.net[row] = gross - tax
    afforded.remitted[row] = tax + ((owed.insurance[row] * share) >> 16)
    afforded.pension[row] = (owed.pension[row] * share) >> 16
