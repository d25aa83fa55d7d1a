"""Homes pay for where they live, shop near and far, and put aside the rest."""

from scenarios.vocabulary import Kind
from tests.reference import homes as habits
from tests.reference.village.accounts import WHOLE
from tests.reference.village.ledger import Village


def households(village: Village) -> None:
    """Rent and mortgages for all, then shopping and saving for all."""
    place, accounts = village.place, village.accounts
    incomes = [
        village.has(village.home_row(home)) - village.counted[home]
        for home in range(len(place.homes))
    ]
    for home in range(len(place.homes)):
        _pay_for_home(village, home)
    accounts.end_act()
    begins = not any(village.year)
    for home, income in enumerate(incomes):
        _shop_and_save(village, home, income, begins)
    village.end_sales()


def _pay_for_home(village: Village, home: int) -> None:
    one, row = village.place.homes[home], village.home_row(home)
    if one.landlord is None:
        return
    kind = Kind.MORTGAGE_INTEREST if one.mortgaged else Kind.RENT
    had = village.has(row)
    due = min(one.housing, had)
    village.accounts.from_home(kind, row, [(one.landlord, WHOLE)], due, had)


def _shop_and_save(village: Village, home: int, income: int, begins: bool) -> None:
    """Take in rent, decide what to spend, draw on savings for it, spend, put aside the rest."""
    place, accounts = village.place, village.accounts
    one, row = place.homes[home], village.home_row(home)
    late, accounts.inbox[row] = accounts.inbox[row], 0
    accounts.deposits[row] += late
    had, saved = village.has(row), accounts.savings[row]
    accounts.dye.take_in(row, had)
    free = habits.free_income(income, one.housing, one.council_tax)
    part = village.number("households.wealth_propensity") / 12.0
    wanted = habits.wanted(free, one.propensity, one.buffer, part, had, saved)
    drawn = habits.drawn(wanted, had, saved)
    accounts.save(place.bank, row, -drawn)
    had += drawn
    shares = place.shopping.get(home, ())
    accounts.from_home(Kind.CONSUMPTION, row, shares, min(wanted, had), had)
    accounts.dye.trim(row, village.has(row))
    accounts.save(place.bank, row, habits.above_buffer(income, one.buffer, village.has(row)))
    village.counted[home] = village.has(row) - late
    village.year[home] = habits.year_of(income, village.year[home], begins)
