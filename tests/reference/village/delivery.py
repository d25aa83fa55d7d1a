"""Suppliers are paid for their work, and ways of buying settle."""

from collections import Counter
from itertools import groupby
from math import floor

from scenarios.vocabulary import Kind
from tests.reference.village.accounts import WHOLE, parts_of
from tests.reference.village.founded import pay_in
from tests.reference.village.income import reckon
from tests.reference.village.ledger import Village, cut
from tests.reference.village.told import BUILDER, LENDER, OWN_STAFF, Asked, Invoice

DAYS = 30


def deliver(village: Village) -> None:
    """Pay capital in, pay off staff, pay what is due, claim back, carry out what is asked."""
    pay_in(village)
    _move_staff(village)
    _send(village)
    _pay_due(village)
    _claim_back(village)
    _give_back(village)
    into = Kind.MEMBER_CONTRIBUTION.name
    asked = village.told.asked
    for part in (
        [one for one in asked if one.kind == into],
        [one for one in asked if one.kind != into],
    ):
        if part:
            _carry_out(village, part)


def _move_staff(village: Village) -> None:
    """Pay off whom a buyer dismisses; reckon payroll anew, with pensions of its own services."""
    uid = village.told.uid
    for gone in village.told.dismissed:
        due = [(village.home_row(home), cut(pay, gone.months)) for home, pay in gone.homes]
        due += parts_of(cut(gone.away, gone.months), gone.shares)
        left = max(village.has(gone.row), 0)
        for payee, pence in sorted(due, key=lambda one: (uid[one[0]], one[1])):
            paid = min(pence, left)
            left -= paid
            village.accounts.pay(Kind.REDUNDANCY, gone.row, payee, paid)
        village.accounts.end_act()
    if village.told.moved is None:
        return
    village.told.workers = village.told.moved.workers
    village.told.commuters = village.told.moved.commuters
    reckon(village)
    for staff in village.told.own_staff:
        pension = cut(staff.gross, staff.pension)
        village.payrolls[staff.row].pension += pension
        village.payrolls[staff.row].whole += pension


def _send(village: Village) -> None:
    """Book work done; half a month counts as one."""
    for one in village.told.invoices:
        months = floor(one.days / DAYS + 0.5)
        village.payable[one.buyer] += one.pence
        village.receivable[one.supplier] += one.pence
        village.due.setdefault(village.told.month + months, []).append(one)


def _pay_due(village: Village) -> None:
    """Pay what is due, but for what a buyer keeps back for its staff; the rest waits a month."""
    due = village.due.pop(village.told.month, [])
    asked = Counter[int]()
    for one in due:
        asked[one.buyer] += one.pence
    free = {row: max(village.has(row) - village.payrolls[row].whole, 0) for row in asked}
    paid = []
    for one in due:
        owed, held = asked[one.buyer], free[one.buyer]
        share = held * WHOLE // max(owed, 1) if owed > held else WHOLE
        pence = one.pence * share // WHOLE
        village.payable[one.buyer] -= pence
        village.receivable[one.supplier] -= pence
        paid.append((one, pence))
        if pence < one.pence:
            late = Invoice(one.buyer, one.supplier, one.pence - pence, one.days)
            village.due.setdefault(village.told.month + 1, []).append(late)
    for one, pence in paid:
        village.accounts.pay(Kind.PURCHASE, one.buyer, one.supplier, pence)
        supplier = village.firm(one.supplier)
        village.bought[supplier.uid, supplier.area] += pence
    for one, pence in paid:
        if village.told.dyes and one.buyer in village.place.dyed:
            village.accounts.dye.inject(one.buyer, one.supplier, pence)
    village.end_sales()


def _claim_back(village: Village) -> None:
    uid = village.told.uid
    claims = [one for one in village.told.remedies if one[2] > 0]
    claims.sort(key=lambda one: (uid[one[0]], uid[one[1]]))
    for payer, group in groupby(claims, key=lambda one: one[0]):
        left = max(village.has(payer), 0)
        for _, payee, pence in group:
            paid = min(pence, left)
            left -= paid
            village.accounts.pay(Kind.REMEDY, payer, payee, paid)
    village.accounts.end_act()


def _give_back(village: Village) -> None:
    """Return savings to homes of the areas that a buyer serves, in proportion to council tax."""
    serves = {one.row: one.serves for one in village.place.buyers}
    for row, wanted in village.told.given_back:
        pence = min(wanted, village.has(row) - village.payrolls[row].whole)
        due = [one.council_tax if one.area in serves[row] else 0 for one in village.place.homes]
        total, upto, before = sum(due), 0, 0
        for home, its in enumerate(due if pence > 0 else ()):
            upto += its
            reached = upto * pence // max(total, 1)
            village.accounts.pay(Kind.REFUND, row, village.home_row(home), reached - before)
            before = reached
    village.accounts.end_act()


def _carry_out(village: Village, asked: list[Asked]) -> None:
    """Pay in the order of payers, kinds and payees, each as far as the payer's account reaches."""
    uid = village.told.uid
    named = [(one.payer, Kind[one.kind], _meant(village, one), one.pence) for one in asked]
    named.sort(key=lambda one: (uid[one[0]], one[1], uid[one[2]]))
    built = any(one.payee == BUILDER for one in asked)
    sells = {Kind.PROCESS_COST, Kind.INTERMEDIATE} if built else {Kind.PROCESS_COST}
    left = {payer: max(village.has(payer), 0) for payer, *_ in named}
    for payer, kind, payee, pence in named:
        paid = min(pence, left[payer])
        left[payer] -= paid
        village.accounts.pay(kind, payer, payee, paid)
        if kind in sells and payee in village.rows():
            village.sold[payee] += paid
        if kind is Kind.GAIN_SHARE:
            _count_as_profit(village, payer, paid)
            _count_as_profit(village, payee, -paid)
    village.accounts.end_act()


def _count_as_profit(village: Village, row: int, pence: int) -> None:
    if row in village.rows():
        village.duties[row] += pence


def _meant(village: Village, one: Asked) -> int:
    """Say which row is meant by a word; who would pay himself pays the state."""
    place = village.place
    area = place.area[one.payer]
    if one.payee == OWN_STAFF:
        row = place.advisers[area]
    elif one.payee == LENDER:
        row = place.bank
    elif one.payee == BUILDER:
        row = _largest_builder(village, area)
    else:
        row = int(one.payee)
    return place.government if row == one.payer else row


def _largest_builder(village: Village, area: int) -> int:
    firms = village.told.firms
    found = [
        (-firms[row].jobs, firms[row].uid, row)
        for row in village.rows()
        if firms[row].open
        and firms[row].sector == village.place.builders
        and firms[row].area == area
    ]
    return min(found)[2] if found else village.place.government
