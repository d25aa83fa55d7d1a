"""A ledger of twenty accounts, and one way to make each kind of payment through its own door."""

from collections.abc import Callable

import numpy as np

from scenarios.vocabulary import Kind
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import Network, build_network

GOVERNMENT, WORLD, OUTSIDE, BANK, PENSION_FUND = 5, 6, 7, 8, 9
SHOP, MILL = 0, 3
BUYERS = (10, 11)
HOME, HOMES = 12, 8
FIRM_CLASS, MILL_CLASS, HOME_CLASS = 0, 1, 9
KLASS = np.array([0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, *[9] * HOMES], dtype=np.int32)
CELL = np.array([0, 0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 7, *[8] * 4, *[9] * 4], dtype=np.int32)
UNLIMITED = (GOVERNMENT, WORLD, OUTSIDE, PENSION_FUND)


def rows(*numbers: int) -> np.ndarray:
    """Row numbers as the ledger takes them."""
    return np.array(numbers, dtype=np.int32)


def pounds(*amounts: int) -> np.ndarray:
    """Amounts in pence."""
    return np.array(amounts, dtype=np.int64) * 100


def open_ledger(tags: int = 0, deposit: int = 100_000) -> Ledger:
    """Open the twenty accounts with the same deposits and half as much in savings [pence]."""
    deposits = np.full(KLASS.size, deposit, dtype=np.int64)
    savings = deposits // 2
    deposits[list(UNLIMITED)] = 0
    savings[:HOME] = 0
    ledger = Ledger(deposits, savings, KLASS, CELL, UNLIMITED, UNLIMITED)
    ledger.month = 1
    if tags:
        ledger.start_dye(tags)
    return ledger


def one_link(kind: Kind, payer: int, payee: int) -> Network:
    """Let one row pay one other."""
    start, cum = rows(0, 1), np.array([65536], dtype=np.int32)
    return build_network(kind, payer, start, rows(payee), cum, KLASS)


Door = Callable[[Ledger, Kind], None]


def along(ledger: Ledger, kind: Kind) -> None:
    """The shop pays the mill 70 pounds along a standing link."""
    ledger.along(one_link(kind, SHOP, MILL), pounds(70))


def listed(ledger: Ledger, kind: Kind) -> None:
    """The shop pays the mill 70 pounds by a list."""
    ledger.listed(kind, rows(SHOP), rows(MILL), pounds(70))


def from_one(ledger: Ledger, kind: Kind) -> None:
    """The government pays the mill 70 pounds and its neighbour nothing."""
    ledger.from_one(kind, GOVERNMENT, MILL, pounds(70, 0))


def wages(ledger: Ledger, kind: Kind) -> None:
    """The shop pays two workers 90 pounds and remits 20 of them in tax."""
    net = np.zeros(KLASS.size, dtype=np.int64)
    employer, payee = rows(SHOP, SHOP), rows(HOME, HOME + 1)
    ledger.wages(employer, payee, pounds(50, 40), pounds(15, 5), GOVERNMENT, net)


def lend(ledger: Ledger, kind: Kind) -> None:
    """The bank lends the mill 70 pounds."""
    ledger.lend(BANK, rows(MILL), pounds(70))


def repay(ledger: Ledger, kind: Kind) -> None:
    """The shop repays 70 pounds of a loan."""
    ledger.repay(BANK, rows(SHOP), pounds(70))


def write_off(ledger: Ledger, kind: Kind) -> None:
    """The bank gives up 70 pounds that the shop owes."""
    ledger.write_off(BANK, rows(SHOP), pounds(70))


def save(ledger: Ledger, kind: Kind) -> None:
    """A household puts 70 pounds aside."""
    ledger.save(BANK, HOME, pounds(70))


def draw(ledger: Ledger, kind: Kind) -> None:
    """A household draws 70 pounds from its savings."""
    ledger.save(BANK, HOME, pounds(-70))


OWN_DOORS: dict[Kind, tuple[Door, ...]] = {
    Kind.WAGES: (wages, along),
    Kind.PAYE: (wages, along),
    Kind.LOAN_DRAWN: (lend,),
    Kind.LOAN_REPAID: (repay,),
    Kind.WRITE_OFF: (write_off,),
    Kind.SAVING: (save,),
    Kind.DISSAVING: (draw,),
}
"""Kinds that only their own door may make; every other kind may go along, listed or from one."""
DOORS = [(kind, door) for kind in Kind for door in OWN_DOORS.get(kind, (along, listed, from_one))]


def too_much_along(ledger: Ledger) -> None:
    """A link that asks a penny more than there is."""
    ledger.along(one_link(Kind.INTERMEDIATE, SHOP, MILL), ledger.deposits[SHOP : SHOP + 1] + 1)


def too_much_listed(ledger: Ledger) -> None:
    """A list that asks a penny more than there is."""
    ledger.listed(Kind.RENT, rows(SHOP), rows(MILL), ledger.deposits[SHOP : SHOP + 1] + 1)


def too_much_in_two_lists(ledger: Ledger) -> None:
    """Two lists, each within the balance, not both."""
    listed(ledger, Kind.RENT)
    ledger.listed(Kind.INTEREST, rows(SHOP), rows(BANK), ledger.deposits[SHOP : SHOP + 1] + 1)


def too_much_in_wages(ledger: Ledger) -> None:
    """A payroll that the employer cannot meet."""
    net = np.zeros(KLASS.size, dtype=np.int64)
    ledger.wages(rows(SHOP), rows(HOME), pounds(1_001), pounds(200), GOVERNMENT, net)


def too_much_from_one(ledger: Ledger) -> None:
    """A pension paid by a row that must not owe."""
    ledger.from_one(Kind.BENEFIT, BANK, HOME, pounds(1_001))


def too_much_repaid(ledger: Ledger) -> None:
    """More repaid than there is."""
    ledger.repay(BANK, rows(SHOP), pounds(1_001))


def too_much_saved(ledger: Ledger) -> None:
    """More put aside than there is."""
    ledger.save(BANK, HOME, pounds(1_001))


OVERDRAFTS = (
    too_much_along, too_much_listed, too_much_in_two_lists, too_much_in_wages,
    too_much_from_one, too_much_repaid, too_much_saved,
)  # fmt: skip
"""One way through each door to pay more than there is."""
