"""Households pay for their homes, then spend, then save: out of income first, then wealth.

Consumption follows regular income by a propensity near one and wealth by a small monthly share
(Ando and Modigliani 1963); the propensity out of windfalls is not used for wages. Money above a
buffer moves to savings, and savings are drawn on when the month falls short.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import MORTGAGED, Town

Int64 = NDArray[np.int64]


def spend_household_income(town: Town) -> None:
    """Let every household pay for housing, shop near and far, and put aside the rest.

    What landlords receive in this act counts as next month's income.
    """
    rows = town.household_rows()
    counted = town.ledger.received[rows].copy()
    town.now.income[:] = counted + town.now.late_income
    pay_for_homes(town)
    town.ledger.settle(Kind.RENT)
    wanted = wanted_consumption(town)
    draw_savings(town, wanted)
    spent = np.minimum(wanted, town.ledger.deposits[rows])
    town.ledger.along(town.links.shopping, spent)
    town.settle_sales(Kind.CONSUMPTION)
    town.now.late_income[:] = town.ledger.received[rows] - counted
    put_savings(town)


def pay_for_homes(town: Town) -> None:
    """Pay rent and mortgages, as far as the account reaches."""
    homes = town.economy.households
    due = np.minimum(homes.housing_pence, town.ledger.deposits[town.household_rows()])
    mortgaged = homes.tenure == MORTGAGED
    town.ledger.along(town.links.rent, np.where(mortgaged, 0, due))
    town.ledger.along(town.links.mortgage, np.where(mortgaged, due, 0))


def wanted_consumption(town: Town) -> Int64:
    """Return what each household wants to spend in shops this month [pence].

    The formula is propensity x (income - housing - council tax) + wealth share x wealth above
    the buffer, never negative.
    """
    homes, now = town.economy.households, town.now
    rows = town.household_rows()
    free = np.maximum(now.income - homes.housing_pence - homes.council_tax_pence, 0)
    wealth = town.ledger.deposits[rows] + town.ledger.savings[rows] - free
    spare = np.maximum(wealth - (free * homes.buffer_months).astype(np.int64), 0)
    from_wealth = spare * (town.a["households.wealth_propensity"] / 12.0)
    wanted: Int64 = (free * homes.propensity + from_wealth).astype(np.int64)
    return wanted


def draw_savings(town: Town, wanted: Int64) -> None:
    """Draw on savings where the account does not reach what is wanted."""
    rows = town.household_rows()
    short = np.maximum(wanted - town.ledger.deposits[rows], 0)
    drawn = np.minimum(short, town.ledger.savings[rows])
    town.ledger.save(town.economy.bank, rows.start, -drawn)


def put_savings(town: Town) -> None:
    """Move money above the buffer to savings."""
    homes = town.economy.households
    rows = town.household_rows()
    keep = (town.now.income * homes.buffer_months).astype(np.int64)
    town.ledger.save(
        town.economy.bank, rows.start, np.maximum(town.ledger.deposits[rows] - keep, 0)
    )
