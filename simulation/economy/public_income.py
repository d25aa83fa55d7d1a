"""Money arrives: grants to public buyers, pensions and benefits to households, taxes to councils.

Benefits follow need: a means-tested payment falls by the taper with each pound earned, so a new
wage adds less to a household than its size; it is a first-order leak of any local multiplier.
"""

from collections.abc import Callable

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels.homes import Claims, Taper


def receive_public_income(town: Town) -> Callable[[], None]:
    """Pay grants, pensions and benefits; collect council tax and business rates.

    Public buyers only receive here, so that one close of the phase does for all. Homes are paid and
    taxed while others go on, where there is a thread to spare: till then nobody else may pay or be
    paid, or look at what homes and public buyers have.

    Returns
    -------
    callable
        Waits for the homes, and closes the phase.
    """
    pay_grants(town)
    collect_business_rates(town)
    write_down = pay_benefits_and_tax_homes(town)

    def close() -> None:
        write_down()
        town.ledger.settle(Kind.COUNCIL_TAX)

    return close


def pay_grants(town: Town) -> None:
    """Pay each public buyer its monthly grant."""
    buyers = town.economy.buyers
    payer = np.full(buyers.row.size, town.economy.government, dtype=np.int32)
    town.ledger.listed(Kind.GRANT, payer, buyers.row, buyers.grant_month + town.now.extra_grant)


def pay_benefits_and_tax_homes(town: Town) -> Callable[[], None]:
    """Pay pensions, and benefits tapered by last month's earnings; then take council tax.

    Returns
    -------
    callable
        See `HomeLedger.receiving`.
    """
    economy, homes, a = town.economy, town.economy.households, town.a
    claims = Claims(
        other=homes.other_benefit_pence,
        earned=town.now.earned,
        pension=homes.pension_pence,
        occupational=homes.occupational_pence,
        council_tax=homes.council_tax_pence,
        in_row=homes.households_in_row,
        seekers=town.now.roll.seekers,
    )
    taper = Taper(
        round(a["government.work_allowance_pence"]),
        round(a["government.benefit_taper"] * 65536),
        round(a["government.jobseeker_pence"]),
    )
    payers = economy.government, economy.pension_fund
    return town.ledger.receiving(
        claims, taper, town.links.council_tax, town.now.old_money, payers, aside=True
    )


def collect_business_rates(town: Town) -> None:
    """Take business rates from firms, as far as they can pay."""
    firms, paid = town.economy.firms, town.now.rates_paid
    np.multiply(firms.rates_pence, firms.alive, out=paid)
    np.minimum(paid, town.ledger.deposits[: town.n_firms], out=paid)
    town.ledger.along(town.links.rates, paid)
    town.now.duties += paid
