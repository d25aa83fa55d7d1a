"""Households pay for their homes, then spend, then save: out of income first, then wealth.

Consumption follows regular income by a propensity near one and wealth by a small monthly share
(Ando and Modigliani 1963); the propensity out of windfalls is not used for wages. Money above a
buffer moves to savings, and savings are drawn on when the month falls short.
"""

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels import households


def spend_household_income(town: Town) -> None:
    """Let every household pay for housing, shop near and far, and put aside the rest.

    What landlords receive in this act counts as next month's income.
    """
    rows = town.household_rows()
    counted = town.ledger.received[rows].copy()
    np.add(counted, town.now.late_income, out=town.now.income)
    pay_for_homes(town)
    town.ledger.settle(Kind.RENT)
    shop(town)
    town.settle_sales(Kind.CONSUMPTION)
    np.subtract(town.ledger.received[rows], counted, out=town.now.late_income)
    put_savings(town)


def pay_for_homes(town: Town) -> None:
    """Pay rent and mortgages, as far as the account reaches; each household has but one link."""
    homes = town.economy.households
    due = np.minimum(homes.housing_pence, town.ledger.deposits[town.household_rows()])
    town.ledger.along(town.links.rent, due)
    town.ledger.along(town.links.mortgage, due)


def shop(town: Town) -> None:
    """Spend in shops what each household wants and can, drawing on savings where it must.

    The formula is propensity x (income - housing - council tax) + wealth share x wealth above
    the buffer, never negative.
    """
    homes, now, ledger = town.economy.households, town.now, town.ledger
    rows = town.household_rows()
    wanted, drawn = np.empty((2, homes.scale.size), dtype=np.int64)
    households.wanted_consumption(
        now.income, homes.housing_pence, homes.council_tax_pence, homes.propensity,
        homes.buffer_months, town.a["households.wealth_propensity"] / 12.0,
        ledger.deposits[rows], ledger.savings[rows], wanted, drawn,
    )  # fmt: skip
    ledger.save(town.economy.bank, rows.start, -drawn)
    ledger.along(town.links.shopping, np.minimum(wanted, ledger.deposits[rows]))


def put_savings(town: Town) -> None:
    """Move money above the buffer to savings."""
    homes, rows = town.economy.households, town.household_rows()
    above = np.empty(homes.scale.size, dtype=np.int64)
    households.above_buffer(town.now.income, homes.buffer_months, town.ledger.deposits[rows], above)
    town.ledger.save(town.economy.bank, rows.start, above)
