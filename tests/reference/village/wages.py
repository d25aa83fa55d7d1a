"""Staff are paid as far as their employer can, and tax, insurance and pensions are withheld."""

from collections import Counter

from scenarios.vocabulary import Kind
from tests.reference.village.accounts import WHOLE, parts_of
from tests.reference.village.ledger import Village


def pay_wages(village: Village) -> None:
    """Pay who is counted alone, then commuters, then the state and the pension fund."""
    place, accounts = village.place, village.accounts
    for row, payroll in village.payrolls.items():
        held = max(village.has(row), 0)
        payroll.share = held * WHOLE // payroll.whole if payroll.whole > held else WHOLE
    village.earned = [0] * len(place.homes)
    injected: list[tuple[int, int, int]] = []
    withheld = Counter[int]()
    for one in village.told.workers:
        if one.employer is None:
            continue
        gross = one.pay * village.payrolls[one.employer].share // WHOLE
        tax = village.law.withheld(gross)
        home = village.home_row(one.home)
        accounts.pay(Kind.WAGES, one.employer, home, gross - tax)
        accounts.pay(Kind.PAYE, one.employer, place.government, tax)
        village.earned[one.home] += gross - tax
        withheld[one.employer] += tax
        injected.append((one.employer, home, gross - tax))
    for row in village.payrolls:
        net, taxes = _commuters(village, row)
        shares = village.told.commuting.get(row, ())
        accounts.split(Kind.WAGES, row, shares, net)
        injected += [(row, to, pence) for to, pence in parts_of(net, shares)]
        accounts.pay(Kind.PAYE, row, place.government, taxes)
        pension = _afforded(village, row, village.payrolls[row].pension)
        accounts.pay(Kind.PENSION_CONTRIBUTION, row, place.fund, pension)
        injected.append((row, place.government, withheld[row] + taxes))
        injected.append((row, place.fund, pension))
    if village.told.dyes:
        for payer, payee, pence in injected:
            if payer in place.dyed:
                accounts.dye.inject(payer, payee, pence)
    accounts.end_act()


def _afforded(village: Village, row: int, pence: int) -> int:
    return pence * village.payrolls[row].share // WHOLE


def _commuters(village: Village, row: int) -> tuple[int, int]:
    """Return the commuters' net pay, and their tax with the insurance on all staff."""
    insurance = _afforded(village, row, village.payrolls[row].insurance)
    some = village.told.commuters.get(row)
    closed = row in village.rows() and not village.firm(row).open
    if some is None or closed or some.jobs == 0:
        return 0, insurance
    gross = _afforded(village, row, some.pay)
    tax = village.law.withheld(gross // some.jobs) * some.jobs
    return gross - tax, tax + insurance
