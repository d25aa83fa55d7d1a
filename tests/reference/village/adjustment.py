"""Firms close and pay back what they can; others open with a loan; a new month of sales begins."""

from scenarios.vocabulary import Kind
from tests.reference.village.founded import sell_shares, wind_up
from tests.reference.village.ledger import Village, as_written, cut
from tests.reference.village.measures import note_close


def adjust(village: Village) -> None:
    """Remember the month's sales, wind up who closes, lend to who opens."""
    village.sold_before, village.sold = village.sold, [0] * village.place.firms
    wind_up_firms(village, village.told.closes)
    for row in village.told.opens:
        village.loss[row] = 0
        begins = village.firm(row).began_with * as_written(village.number("firms.entry_scale"))
        loan = cut(begins, village.number("finance.start_up_months"))
        village.accounts.lend(village.place.bank, row, loan)
    village.accounts.end_act()
    note_close(village)


def wind_up_firms(village: Village, rows: list[int]) -> None:
    """Take out reserves, repay the bank, write off what it lost, pay owners what is left."""
    place, accounts = village.place, village.accounts
    sell_shares(village, rows)
    for row in rows:
        accounts.save(place.bank, row, -accounts.savings[row])
    for row in rows:
        accounts.repay(place.bank, row, min(accounts.loans[row], village.has(row)))
    accounts.end_act()
    for row in rows:
        accounts.write_off(place.bank, row, accounts.loans[row])
    wind_up(village, rows)
    for row in rows:
        owner = village.firm(row).owner
        payee = place.government if owner is None else owner
        accounts.pay(Kind.DIVIDEND, row, payee, village.has(row))
    accounts.end_act()
