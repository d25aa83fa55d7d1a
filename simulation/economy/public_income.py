"""Money arrives: grants to public buyers, pensions and benefits to households, taxes to councils.

Benefits follow need: a means-tested payment falls by the taper with each pound earned, so a new
wage adds less to a household than its size; it is a first-order leak of any local multiplier.
"""

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels import households


def receive_public_income(town: Town) -> None:
    """Pay grants, pensions and benefits; collect council tax and business rates."""
    pay_grants(town)
    pay_benefits(town)
    town.ledger.settle(Kind.BENEFIT)
    collect_local_taxes(town)
    town.ledger.settle(Kind.COUNCIL_TAX)


def pay_grants(town: Town) -> None:
    """Pay each public buyer its monthly grant."""
    buyers = town.economy.buyers
    payer = np.full(buyers.row.size, town.economy.government, dtype=np.int32)
    town.ledger.listed(Kind.GRANT, payer, buyers.row, buyers.grant_month + town.now.extra_grant)


def pay_benefits(town: Town) -> None:
    """Pay pensions, and benefits tapered by what the household earned last month."""
    economy, homes, a = town.economy, town.economy.households, town.a
    first = homes.first
    seekers, due = np.zeros((2, homes.scale.size), dtype=np.int64)
    households.count_where(economy.workers.status, 1, economy.workers.household, seekers)
    households.benefits(
        homes.other_benefit_pence, town.now.earned, homes.households_in_row, seekers,
        round(a["government.work_allowance_pence"]), round(a["government.benefit_taper"] * 65536),
        round(a["government.jobseeker_pence"]), due,
    )  # fmt: skip
    town.ledger.from_one(Kind.BENEFIT, economy.government, first, due)
    town.ledger.from_one(Kind.STATE_PENSION, economy.government, first, homes.pension_pence)
    town.ledger.from_one(
        Kind.OCCUPATIONAL_PENSION, economy.pension_fund, first, homes.occupational_pence
    )


def collect_local_taxes(town: Town) -> None:
    """Take council tax from households and business rates from firms, as far as they can pay."""
    homes, firms = town.economy.households, town.economy.firms
    deposits = town.ledger.deposits
    rows = town.household_rows()
    town.ledger.along(town.links.council_tax, np.minimum(homes.council_tax_pence, deposits[rows]))
    due = np.where(firms.alive, firms.rates_pence, 0)
    paid = np.minimum(due, deposits[: town.n_firms])
    town.ledger.along(town.links.rates, paid)
    town.now.duties += paid
    town.now.rates_paid[:] = paid
