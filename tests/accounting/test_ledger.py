"""The ledger pays, lends, saves and files: what each door moves and how it is written down."""

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.accounting.diary import Diary
from simulation.accounting.faults import LedgerError
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import build_network
from simulation.kernels.accounts import LARGEST_PAYMENT
from simulation.kernels.labour import Law
from tests.accounting.little_ledger import (
    BANK,
    DOORS,
    FIRM_CLASS,
    GOVERNMENT,
    HOME,
    HOME_CLASS,
    HOMES,
    KLASS,
    MILL,
    MILL_CLASS,
    SHOP,
    WORLD,
    along,
    ledger_for,
    listed,
    one_link,
    open_home_ledger,
    open_ledger,
    pay,
    pounds,
    rows,
    staff,
)


def told(ledger: Ledger) -> list[tuple[Kind, int, int, int, int]]:
    """Every flow filed: kind, payer class, payee class, pence, payments."""
    return [
        (piece.kind, *(int(column[k]) for column in columns))
        for piece in ledger.flows
        for columns in [(piece.payer, piece.payee, piece.pence, piece.count)]
        for k in range(piece.pence.size)
    ]


@pytest.mark.parametrize(("kind", "door"), DOORS)
def test_an_honest_month_closes(kind, door):
    """A payment of any kind through any of its doors leaves both residuals at zero."""
    ledger = ledger_for(door)

    door(ledger, kind)
    ledger.settle(kind)
    ledger.close_month()

    assert ledger.residual_pence == 0
    assert kind in {piece.kind for piece in ledger.flows}


@pytest.mark.parametrize("door", [along, listed])
def test_a_payment_moves_from_payer_to_payee_when_the_phase_closes(door):
    """The payer is poorer at once; the payee can spend only after the phase."""
    ledger = open_ledger()

    door(ledger, Kind.PURCHASE)
    before = ledger.deposits[[SHOP, MILL]].tolist()
    ledger.settle(Kind.PURCHASE)
    ledger.close_month()

    assert before == [93_000, 100_000]
    assert ledger.deposits[[SHOP, MILL]].tolist() == [93_000, 107_000]
    assert told(ledger) == [(Kind.PURCHASE, FIRM_CLASS, MILL_CLASS, 7_000, 1)]
    assert (ledger.payments, ledger.pence_moved) == (1, 7_000)


def test_a_list_of_nobody_is_no_payment():
    """An empty list files no flow."""
    ledger = open_ledger()

    ledger.listed(Kind.REFUND, rows(), rows(), pounds())
    ledger.close_month()

    assert ledger.flows == []


def test_wages_part_into_net_pay_and_tax():
    """Homes have net pay at once, the government the tax later; each payslip is counted."""
    ledger = open_home_ledger()
    law = Law(*np.array([[0, 4_000], [0, 32_768], [0, 0]], dtype=np.int64))

    earned, net = pay(ledger, staff((SHOP, 0, 50), (MILL, 1, 40), (-1, 2, 60)), law)
    at_once = ledger.deposits[[HOME, HOME + 1, HOME + 2, GOVERNMENT]].tolist()
    ledger.settle(Kind.WAGES)
    ledger.close_month()

    assert ledger.deposits[[SHOP, MILL]].tolist() == [95_000, 96_000]
    assert at_once == [104_500, 104_000, 100_000, 0]
    assert ledger.deposits[GOVERNMENT] == 500
    assert (earned[:3].tolist(), net[[SHOP, MILL]].tolist()) == ([4_500, 4_000, 0], [4_500, 4_000])
    assert told(ledger) == [
        (Kind.WAGES, FIRM_CLASS, HOME_CLASS, 4_500, 1),
        (Kind.WAGES, MILL_CLASS, HOME_CLASS, 4_000, 1),
        (Kind.PAYE, FIRM_CLASS, KLASS[GOVERNMENT], 500, 1),
    ]


def test_nobody_at_work_is_no_payroll():
    """A place without workers pays no wages and does not stop."""
    ledger = open_home_ledger()

    pay(ledger, staff())
    ledger.close_month()

    assert ledger.flows == []


@pytest.mark.parametrize("desks", [1, 3])
@pytest.mark.parametrize("in_order", [True, False])
def test_wages_are_filed_by_class_of_employer_and_of_home(desks, in_order):
    """Homes of several classes, at one desk or more, workers in any order: the same books."""
    klass = KLASS.copy()
    klass[-2:] += 1
    ledger = open_home_ledger(klass=klass)
    ledger.share_out(desks)
    jobs = [(SHOP, 0, 20), (MILL, 3, 10), (-1, 5, 9), (SHOP, HOMES - 2, 5), (MILL, HOMES - 1, 40)]

    earned, net = pay(ledger, staff(*(jobs if in_order else jobs[::-1])))
    ledger.settle(Kind.WAGES)
    ledger.close_month()

    assert earned[[0, 3, 5, HOMES - 2, HOMES - 1]].tolist() == [2_000, 1_000, 0, 500, 3_500]
    assert net[[SHOP, MILL]].tolist() == [2_500, 4_500]
    assert told(ledger) == [
        (Kind.WAGES, FIRM_CLASS, HOME_CLASS, 2_000, 1),
        (Kind.WAGES, FIRM_CLASS, HOME_CLASS + 1, 500, 1),
        (Kind.WAGES, MILL_CLASS, HOME_CLASS, 1_000, 1),
        (Kind.WAGES, MILL_CLASS, HOME_CLASS + 1, 3_500, 1),
        (Kind.PAYE, MILL_CLASS, KLASS[GOVERNMENT], 500, 1),
    ]


def test_lending_creates_deposits_and_repaying_ends_them():
    """Loans drawn add to all deposits, loans repaid take from them; nobody else pays."""
    ledger = open_ledger()
    before = int(ledger.deposits.sum())

    ledger.lend(BANK, rows(MILL, SHOP, MILL), pounds(70, 0, 30))
    ledger.settle(Kind.LOAN_DRAWN)
    drawn, created = int(ledger.deposits.sum()), ledger.created
    ledger.repay(BANK, rows(SHOP, MILL), pounds(25, 0))
    ledger.settle(Kind.LOAN_REPAID)
    ledger.close_month()

    assert (drawn - before, created) == (10_000, 10_000)
    assert int(ledger.deposits.sum()) == before + 7_500
    assert ledger.deposits[[SHOP, MILL, BANK]].tolist() == [97_500, 110_000, 100_000]
    assert told(ledger) == [
        (Kind.LOAN_DRAWN, KLASS[BANK], MILL_CLASS, 10_000, 2),
        (Kind.LOAN_REPAID, FIRM_CLASS, KLASS[BANK], 2_500, 1),
    ]


def test_saving_and_drawing_move_own_money_at_once():
    """Deposits become savings and back, with no phase between; the sum of both stays."""
    ledger = open_ledger()

    ledger.save(BANK, HOME, pounds(30, -20, 0))
    ledger.close_month()

    assert ledger.deposits[HOME : HOME + 3].tolist() == [97_000, 102_000, 100_000]
    assert ledger.savings[HOME : HOME + 3].tolist() == [53_000, 48_000, 50_000]
    assert told(ledger) == [
        (Kind.SAVING, HOME_CLASS, KLASS[BANK], 3_000, 1),
        (Kind.DISSAVING, KLASS[BANK], HOME_CLASS, 2_000, 1),
    ]


def test_a_write_off_moves_no_deposit():
    """A loan given up is recorded between bank and debtor, and no account changes."""
    ledger = open_ledger()
    before = ledger.deposits.copy()

    ledger.write_off(BANK, rows(SHOP, MILL), pounds(70, 0))
    ledger.close_month()

    np.testing.assert_array_equal(ledger.deposits, before)
    assert told(ledger) == [(Kind.WRITE_OFF, KLASS[BANK], FIRM_CLASS, 7_000, 1)]
    assert ledger.payments == 0


def test_each_month_starts_from_the_last():
    """Created money and opening balances are carried, nothing waits in an inbox."""
    ledger = open_ledger()
    ledger.lend(BANK, rows(MILL), pounds(70))
    ledger.settle(Kind.LOAN_DRAWN)
    ledger.close_month()

    ledger.month = 2
    ledger.listed(Kind.PURCHASE, rows(MILL), rows(WORLD), pounds(1_070))
    ledger.settle(Kind.PURCHASE)
    ledger.close_month()

    assert not ledger.inbox.any()
    assert ledger.created == 0
    assert ledger.deposits[MILL] == 0
    assert [piece.month for piece in ledger.flows] == [1, 2]


def test_a_budget_too_large_to_split_is_refused():
    """From 2**46 pence on the ledger says so before a penny has moved."""
    ledger = open_ledger()
    before = ledger.deposits.copy()

    with pytest.raises(LedgerError, match="2\\*\\*46"):
        ledger.along(one_link(Kind.PURCHASE, SHOP, MILL), np.array([LARGEST_PAYMENT]))

    np.testing.assert_array_equal(ledger.deposits, before)


def test_the_largest_budget_is_split_to_the_penny():
    """One penny below 2**46, shares still add up."""
    ledger = open_ledger(deposit=LARGEST_PAYMENT - 1)

    ledger.along(one_link(Kind.PURCHASE, SHOP, MILL), np.array([LARGEST_PAYMENT - 1]))
    ledger.settle(Kind.PURCHASE)
    ledger.close_month()

    assert ledger.deposits[[SHOP, MILL]].tolist() == [0, 2 * (LARGEST_PAYMENT - 1)]


def test_a_month_is_filed_as_the_table_of_books_has_it():
    """The columns of a month say what its pieces say."""
    ledger = open_ledger()
    along(ledger, Kind.PURCHASE)
    listed(ledger, Kind.RENT)
    ledger.settle(Kind.RENT)
    ledger.close_month()
    [filed] = ledger.filed
    names = ("kind", "payer", "payee", "pence", "count")

    rows_told = zip(*(filed.columns()[name].tolist() for name in names), strict=True)

    assert list(rows_told) == told(ledger)
    assert len(told(ledger)) == 2


def test_a_home_that_is_paid_beside_a_firm_has_the_money_at_once():
    """The shop parts 70 pounds between the mill and a home: the mill's half waits for the close."""
    ledger = open_home_ledger()
    halves = np.array([1 << 15, 1 << 16], dtype=np.int32)
    dividends = build_network(Kind.DIVIDEND, SHOP, rows(0, 2), rows(MILL, HOME), halves, KLASS)

    ledger.along(dividends, pounds(70))

    assert ledger.deposits[[SHOP, MILL, HOME]].tolist() == [93_000, 100_000, 103_500]
    assert ledger.inbox[[MILL, HOME]].tolist() == [3_500, 0]


def test_the_diary_tells_savings_put_aside_from_savings_drawn():
    """One home puts 70 pounds aside, its neighbour draws 30: each is written down once."""
    ledger = open_ledger()
    ledger.diary = Diary()

    ledger.save(BANK, HOME, pounds(70, -30))

    pages = [(page.kind, page.payer, page.payee, page.pence) for page in ledger.diary.pages]
    assert [(kind, *(column.tolist() for column in columns)) for kind, *columns in pages] == [
        (Kind.SAVING, [HOME], [BANK], [7_000]),
        (Kind.DISSAVING, [BANK], [HOME + 1], [3_000]),
    ]
