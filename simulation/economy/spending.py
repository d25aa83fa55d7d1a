"""Households pay for their homes, then spend, then save: out of income first, then wealth.

Consumption follows regular income by a propensity near one and wealth by a small monthly share
(Ando and Modigliani 1963); the propensity out of windfalls is not used for wages. Money above a
buffer moves to savings, and savings are drawn on when the month falls short.
"""

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels.homes import Purse


def spend_household_income(town: Town) -> None:
    """Let every household pay for housing, shop near and far, and put aside the rest.

    What landlords receive in this act counts as next month's income.
    """
    town.ledger.count_income(town.now.old_money, town.now.income)
    pay_for_homes(town)
    town.ledger.settle(Kind.RENT)
    shop_and_save(town)
    town.settle_sales(Kind.CONSUMPTION)


def pay_for_homes(town: Town) -> None:
    """Pay rent and mortgages, as far as the account reaches; each household has but one link."""
    due = town.now.housing
    town.ledger.can_pay(town.economy.households.housing_pence, due)
    town.ledger.pay_for_homes(town.links.rent, due)
    town.ledger.pay_for_homes(town.links.mortgage, due)


def shop_and_save(town: Town) -> None:
    """Spend in shops what each household wants and can, drawing on savings where it must.

    The formula is propensity x (income - housing - council tax) + wealth share x wealth above
    the buffer, never negative; money above the buffer is put aside.
    """
    homes, now = town.economy.households, town.now
    purse = Purse(
        housing=homes.housing_pence,
        council_tax=homes.council_tax_pence,
        income=now.income,
        propensity=homes.propensity,
        buffer=homes.buffer_months,
        savings=town.ledger.savings[town.household_rows()],
        old_money=now.old_money,
        income_year=now.income_year,
    )
    monthly = town.a["households.wealth_propensity"] / 12.0
    town.ledger.spend_and_save(purse, monthly, town.links.shopping, town.economy.bank)
