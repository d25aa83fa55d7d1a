"""Money arrives: grants to public buyers, pensions and benefits to households, taxes to councils.

Benefits follow need: a means-tested payment falls by the taper with each pound earned, so a new
wage adds less to a household than its size; it is a first-order leak of any local multiplier.
"""

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels.homes import Claims, Taper
from simulation.kernels.scales import CUM_ONE


def open_public_income(town: Town) -> None:
    """Pay grants, pensions and benefits; collect council tax and business rates.

    Public buyers only receive here, so that one close of the phase does for all. Where there is a
    thread to spare, homes are paid and taxed while others go on, who may look at neither homes nor
    public buyers before `close_public_income`.
    """
    pay_grants(town)
    collect_business_rates(town)
    pay_benefits_and_tax_homes(town)


def close_public_income(town: Town) -> None:
    """Let public buyers have what they have received."""
    town.ledger.settle(Kind.COUNCIL_TAX)


def pay_grants(town: Town) -> None:
    """Pay each public buyer its monthly grant."""
    buyers = town.economy.buyers
    payer = np.full(buyers.row.size, town.economy.government, dtype=np.int32)
    town.ledger.listed(Kind.GRANT, payer, buyers.row, buyers.grant_month + town.now.extra_grant)


def pay_benefits_and_tax_homes(town: Town) -> None:
    """Pay pensions, and benefits tapered by last month's earnings; then take council tax."""
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
        round(a["government.benefit_taper"] * CUM_ONE),
        round(a["government.jobseeker_pence"]),
    )
    payers = economy.government, economy.pension_fund
    town.ledger.receive_and_be_taxed(
        claims, taper, town.links.council_tax, town.now.old_money, payers, aside=True
    )


def collect_business_rates(town: Town) -> None:
    """Take business rates from firms, as far as they can pay."""
    firms, paid = town.economy.firms, town.now.rates_paid
    np.multiply(firms.rates_pence, firms.alive, out=paid)
    np.minimum(paid, town.ledger.deposits[: town.n_firms], out=paid)
    town.ledger.along(town.links.rates, paid)
    town.now.duties += paid
