"""Firms sell outside, borrow for the month's bills, buy what they need and pay what is due."""

from scenarios.vocabulary import Kind
from tests.reference.village.accounts import WHOLE
from tests.reference.village.ledger import Bills, Village, cut


def trade(village: Village) -> None:
    """Sales outside, overdrafts, inputs, premises, VAT, interest."""
    for row in village.rows():
        firm = village.firm(row)
        orders = firm.exports if firm.open else 0
        village.accounts.pay(Kind.EXPORT, village.place.outside, row, orders)
    village.end_sales()
    village.bills = [_billed(village, row) for row in village.rows()]
    _borrow(village)
    _buy(village)
    _premises_and_vat(village)


def _billed(village: Village, row: int) -> Bills:
    """Say what a row means to buy and owes; who has closed owes interest alone."""
    firm = village.firm(row)
    interest = cut(village.accounts.loans[row], village.number("finance.loan_rate") / 12.0)
    if not firm.open:
        return Bills(interest=interest)
    return Bills(
        inputs=cut(firm.expects, firm.inputs * (1.0 - firm.vat)) + village.mission[row],
        rent=firm.rent if firm.landlord is not None else 0,
        vat=cut(village.sold_before[row], firm.vat),
        interest=interest,
    )


def _borrow(village: Village) -> None:
    """Lend to who cannot meet this month's bills, up to some months of expected sales."""
    for row in village.rows():
        firm, bills = village.firm(row), village.bills[row]
        months = village.number("finance.overdraft_months")
        if firm.owner_kind == "COOP":
            months *= 1.0 - village.number("finance.coop_rationing")
        due = bills.inputs + bills.rent + bills.vat + bills.interest
        short = due + village.payrolls[row].whole - village.has(row)
        room = max(cut(firm.expects, months) - village.accounts.loans[row], 0)
        if firm.open and short > 0:
            village.accounts.lend(village.place.bank, row, min(short, room))
    village.accounts.end_act()


def _buy(village: Village) -> None:
    """Pay suppliers along the supply links, as far as the account reaches."""
    for row in village.rows():
        bills = village.bills[row]
        bills.inputs = min(bills.inputs, village.has(row))
        village.mission[row] = 0
        shares = village.place.supply.get(row, ())
        village.accounts.split(Kind.INTERMEDIATE, row, shares, bills.inputs)
    village.end_sales()


def _premises_and_vat(village: Village) -> None:
    place = village.place
    for row in village.rows():
        bills, landlord = village.bills[row], village.firm(row).landlord
        bills.rent = min(bills.rent, village.has(row))
        if landlord is not None:
            shares = [(landlord, WHOLE)]
            village.accounts.split(Kind.COMMERCIAL_RENT, row, shares, bills.rent)
    for row in village.rows():
        bills = village.bills[row]
        bills.vat = min(bills.vat, village.has(row))
        village.accounts.pay(Kind.VAT, row, place.government, bills.vat)
        bills.interest = min(bills.interest, village.has(row))
        village.accounts.pay(Kind.INTEREST, row, place.bank, bills.interest)
        village.duties[row] += bills.rent + bills.vat + bills.interest
    village.accounts.end_act()
