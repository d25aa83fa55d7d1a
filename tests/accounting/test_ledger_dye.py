"""Dyed pounds in the ledger: put in once, followed, never lost, never more than the money."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.vocabulary import NO_HOP, Kind
from simulation.accounting.dyed_accounts import HELD, IDLE, INJECTED, RECEIVED, SUNK
from simulation.accounting.faults import LedgerError
from simulation.accounting.ledger import Ledger
from tests.accounting.little_ledger import (
    BANK,
    BUYERS,
    CELL,
    GOVERNMENT,
    HOME,
    HOMES,
    KLASS,
    MILL,
    PENSION_FUND,
    SHOP,
    WORLD,
    along,
    listed,
    one_link,
    open_home_ledger,
    open_ledger,
    pay,
    pounds,
    rows,
    staff,
)
from tests.accounting.random_town import RandomTown

TAGS = 4
PENNY = 1024
UNITS_A_PAYMENT = 2 * TAGS
"""Each payment rounds down once a tag; what rounding leaves behind is paid on a little later."""


def units(ledger: Ledger, record: int, kind: Kind | None = None) -> np.ndarray:
    """All units of one record by cell and tag."""
    mine = [p for p in ledger.dye_pieces if p.record == record and kind in (None, p.kind)]
    return sum((p.units for p in mine), np.zeros_like(ledger.dye_received))


def buy(ledger: Ledger, payee: int = SHOP, amount: int = 100) -> None:
    """The council pays a supplier, and what it pays is dyed."""
    what = Kind.PURCHASE, rows(BUYERS[0]), rows(payee), pounds(amount)
    ledger.listed(*what)
    ledger.inject(*what)
    ledger.settle(Kind.PURCHASE)


def fill(ledger: Ledger, row: int) -> None:
    """Dye an account through and through: it held nothing, and gets only dyed pounds."""
    ledger.listed(Kind.REFUND, rows(row), rows(BANK), ledger.deposits[row : row + 1].copy())
    ledger.settle(Kind.REFUND)
    buy(ledger, row)


def test_every_penny_of_a_dyed_outlay_arrives_dyed():
    """100 pounds give 100 x 100 x 1024 units, on the supplier's account, with the first tag."""
    ledger = open_ledger(TAGS)

    buy(ledger)
    ledger.close_month()

    assert ledger.dye[SHOP].tolist() == [10_000 * PENNY, 0, 0, 0]
    assert ledger.dye_injected == 10_000 * PENNY
    assert units(ledger, INJECTED)[CELL[SHOP]].tolist() == [10_000 * PENNY, 0, 0, 0]
    assert units(ledger, RECEIVED).sum() == 10_000 * PENNY
    assert units(ledger, HELD).sum() == 10_000 * PENNY


def test_an_empty_council_that_pays_nothing_is_dyed_without_a_warning():
    """A buyer whose account and bill are both nothing puts nothing in."""
    ledger = open_ledger(TAGS)
    ledger.listed(Kind.REFUND, rows(BUYERS[0]), rows(SHOP), ledger.deposits[10:11].copy())
    ledger.settle(Kind.REFUND)

    buy(ledger, amount=0)

    assert ledger.dye_injected == 0


def test_dye_that_returns_to_a_council_is_not_dyed_anew():
    """A buyer that holds dye passes it on as it is; only the undyed rest is put in."""
    ledger = open_ledger(TAGS)
    fill(ledger, BUYERS[1])

    what = Kind.PURCHASE, rows(BUYERS[1]), rows(SHOP), pounds(40)
    ledger.listed(*what)
    ledger.inject(*what)
    ledger.settle(Kind.PURCHASE)
    ledger.close_month()

    assert ledger.dye[SHOP].sum() == 4_000 * PENNY
    assert 0 <= ledger.dye_injected - 10_000 * PENNY <= TAGS
    assert ledger.dye[SHOP, 1] >= 4_000 * PENNY - TAGS


@pytest.mark.parametrize("door", [along, listed])
@pytest.mark.parametrize("kind", [Kind.INTERMEDIATE, Kind.RENT, Kind.GROUP_TRANSFER, Kind.VAT])
def test_dye_goes_with_its_share_of_the_payers_account(door, kind):
    """Of 1,100 pounds, 100 dyed, 70 are paid: a fourteenth part goes, one hop on or none."""
    ledger = open_ledger(TAGS)
    buy(ledger)

    door(ledger, kind)
    ledger.settle(kind)
    ledger.close_month()

    hop = 0 if kind in NO_HOP else 1
    share = 10_000 * PENNY * 7_000 // 110_000
    assert ledger.dye[MILL, hop] in (share, share - 1)
    assert ledger.dye[MILL].sum() == ledger.dye[MILL, hop]
    assert ledger.dye[SHOP, 0] == 10_000 * PENNY - ledger.dye[MILL, hop]
    assert units(ledger, RECEIVED, kind).sum() == hop * ledger.dye[MILL, hop]


def test_tags_stop_at_the_last():
    """After more hops than tags the dye keeps the last tag."""
    ledger = open_ledger(2)
    buy(ledger)

    for payer, payee in [(SHOP, MILL), (MILL, SHOP), (SHOP, MILL)]:
        ledger.listed(Kind.INTERMEDIATE, rows(payer), rows(payee), ledger.deposits[[payer]])
        ledger.settle(Kind.INTERMEDIATE)
    ledger.close_month()

    assert ledger.dye[MILL, 0] == 0
    assert 0 <= 10_000 * PENNY - ledger.dye[MILL, 1] <= 3


def test_wages_carry_dye_to_households_and_the_tax_to_the_government():
    """Net pay is a hop; tax remitted is none, and stops at the government."""
    ledger = open_home_ledger(TAGS)
    fill(ledger, SHOP)

    pay(ledger, staff((SHOP, 0, 50)))
    at_once = int(ledger.dye[HOME, 1])
    ledger.settle(Kind.WAGES)
    ledger.close_month()

    assert 4_000 * PENNY - 1 <= at_once <= 4_000 * PENNY
    assert ledger.dye[HOME, 1] == units(ledger, RECEIVED, Kind.WAGES).sum() == at_once
    assert abs(units(ledger, SUNK)[CELL[GOVERNMENT], 0] - 1_000 * PENNY) <= 1
    assert units(ledger, RECEIVED, Kind.PAYE).sum() == 0


@pytest.mark.parametrize("sink", [GOVERNMENT, WORLD, PENSION_FUND])
@pytest.mark.parametrize("owing", [False, True])
def test_dye_stops_where_it_leaves_and_is_told_there(sink, owing):
    """Imports sink in the world and taxes at the government, even where that account is owing."""
    ledger = open_ledger(TAGS)
    if owing:
        ledger.from_one(Kind.BENEFIT, sink, HOME, pounds(900))
        ledger.settle(Kind.BENEFIT)
    fill(ledger, SHOP)

    ledger.listed(Kind.IMPORT, rows(SHOP), rows(sink), pounds(100))
    ledger.settle(Kind.IMPORT)
    ledger.close_month()

    sunk = units(ledger, SUNK)
    assert ledger.dye.sum() == 0
    assert sunk[CELL[sink]].sum() >= 10_000 * PENNY - 1
    assert sunk.sum() == ledger.dye_gone == 10_000 * PENNY


def test_loans_repaid_take_their_dye_to_a_sink():
    """A deposit that ends takes its share of the dye along; the kind tells that it was repaid."""
    ledger = open_ledger(TAGS)
    buy(ledger)

    ledger.repay(BANK, rows(SHOP), pounds(110))
    ledger.settle(Kind.LOAN_REPAID)
    ledger.close_month()

    assert 1_000 * PENNY - 1 <= units(ledger, SUNK, Kind.LOAN_REPAID).sum() <= 1_000 * PENNY
    assert units(ledger, RECEIVED, Kind.LOAN_REPAID).sum() == 0


def test_money_that_the_bank_creates_is_not_dyed():
    """A loan drawn dilutes the account and adds no dye."""
    ledger = open_ledger(TAGS)
    fill(ledger, SHOP)

    ledger.lend(BANK, rows(SHOP), pounds(100))
    ledger.settle(Kind.LOAN_DRAWN)
    ledger.listed(Kind.RENT, rows(SHOP), rows(MILL), pounds(100))
    ledger.settle(Kind.RENT)
    ledger.close_month()

    assert 5_000 * PENNY - 1 <= ledger.dye[MILL, 1] <= 5_000 * PENNY


def test_savings_keep_their_dye_aside_and_give_it_back():
    """Dye put aside is held and idle, cannot be spent, and returns with its tag when drawn."""
    ledger = open_ledger(TAGS)
    buy(ledger, HOME)

    ledger.save(BANK, HOME, ledger.deposits[[HOME]])
    ledger.close_month()
    aside = ledger.savings_dye[HOME].tolist()
    ledger.month = 2
    ledger.save(BANK, HOME, -ledger.savings[[HOME]])
    ledger.close_month()

    assert aside == [10_000 * PENNY, 0, 0, 0]
    assert ledger.dye[HOME].tolist() == aside
    assert [p.units.sum() for p in ledger.dye_pieces if p.record == IDLE] == [10_000 * PENNY, 0]
    assert [p.units.sum() for p in ledger.dye_pieces if p.record == HELD] == [10_000 * PENNY] * 2


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6))
def test_saving_as_the_last_act_of_a_month_keeps_dye_below_both_balances(amounts):
    """An account dyed through and through may be parted anywhere, and the month closes."""
    ledger = open_ledger(TAGS)
    ledger.opening_by_class[KLASS[HOME], 1] -= ledger.savings[HOME]
    ledger.savings[HOME] = 0
    fill(ledger, SHOP)
    ledger.listed(Kind.RENT, rows(HOME), rows(BANK), ledger.deposits[[HOME]])
    ledger.settle(Kind.RENT)
    ledger.along(one_link(Kind.DIVIDEND, SHOP, HOME), ledger.deposits[[SHOP]])
    ledger.settle(Kind.DIVIDEND)

    for month, amount in enumerate(amounts):
        ledger.month = month
        sign = 1 if month % 2 == 0 else -1
        most = ledger.deposits[HOME] if sign > 0 else ledger.savings[HOME]
        ledger.save(BANK, HOME, np.array([sign * min(amount, int(most))]))
        ledger.close_month()

    assert ledger.dye_residual == 0
    assert ledger.dye[HOME].sum() <= PENNY * ledger.deposits[HOME]
    assert ledger.savings_dye[HOME].sum() <= PENNY * ledger.savings[HOME]


@settings(max_examples=25)
@given(st.integers(0, 2**31), st.integers(1, 5), st.booleans(), st.booleans(), st.booleans())
def test_over_months_what_was_put_in_is_held_or_has_left(seed, tags, full, own_doors, first_exit):
    """Each month: injected = held + sunk, and 0 <= dye <= 1024 x balance on every account."""
    town = RandomTown(
        seed, tags=tags, full=full, own_doors=own_doors, first_exit=first_exit
    )  # fmt: skip
    ledger = town.ledger
    injected = sunk = 0

    for month in range(1, 6):
        filed = len(ledger.dye_pieces)
        town.live(month, dyed=month in (1, 3))
        new = ledger.dye_pieces[filed:]
        injected += sum(int(p.units.sum()) for p in new if p.record == INJECTED)
        sunk += sum(int(p.units.sum()) for p in new if p.record == SUNK)
        held = sum(int(p.units.sum()) for p in new if p.record == HELD)
        assert injected == held + sunk
        for dye, money in ((ledger.dye, ledger.deposits), (ledger.savings_dye, ledger.savings)):
            assert dye.min() >= 0
            assert np.all(dye.sum(axis=1) <= PENNY * np.maximum(money, 0))
    assert (injected > 0, ledger.dye_residual) == (True, 0)


@settings(max_examples=12)
@given(st.integers(0, 2**31), st.booleans())
def test_the_number_of_tags_splits_the_dye_and_moves_no_more_of_it(seed, own_doors):
    """One tag or four: the same pounds arrive, but for a few units a payment."""
    one, four = (RandomTown(seed, tags=tags, own_doors=own_doors) for tags in (1, 4))

    for town in (one, four):
        for month in range(1, 4):
            town.live(month, dyed=month == 1)

    received = [int(units(town.ledger, RECEIVED).sum()) for town in (one, four)]
    payments = one.ledger.payments
    assert abs(received[0] - received[1]) <= UNITS_A_PAYMENT * payments
    assert received[0] > 1000 * payments


FAULTS = {
    "a unit lost": lambda ledger: np.subtract.at(ledger.dye, (SHOP, 0), 1),
    "a unit made up": lambda ledger: np.add.at(ledger.dye, (SHOP, 0), 1),
    "a unit made up in savings": lambda ledger: np.add.at(ledger.savings_dye, (HOME, 0), 1),
    "an injection not counted": lambda ledger: setattr(ledger, "dye_injected", 0),
    "a sunk unit counted twice": lambda ledger: setattr(ledger, "dye_gone", 1),
    "more dye than money": lambda ledger: np.add.at(
        ledger.dye, ([SHOP, GOVERNMENT], [0, 0]), [-1, 1]
    ),
    "more dye than savings": lambda ledger: (
        np.subtract.at(ledger.dye, (SHOP, 0), 1),
        np.add.at(ledger.savings_dye, (SHOP, 0), 1),
    ),
    "less than no dye": lambda ledger: np.add.at(ledger.dye, ([MILL, SHOP], [0, 0]), [-1, 1]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_lost_unit_of_dye_stops_the_month(fault):
    """Dye is checked as money is: a single unit lost, made up or out of place does not pass."""
    ledger = open_ledger(TAGS)
    buy(ledger)

    FAULTS[fault](ledger)

    with pytest.raises(LedgerError, match="Dye is not accounted for"):
        ledger.close_month()


def test_households_far_apart_are_told_apart():
    """Held dye is told by cell: area and institution."""
    ledger = open_ledger(TAGS)
    buy(ledger, HOME, 10)
    buy(ledger, HOME + HOMES - 1, 20)
    ledger.close_month()

    held = units(ledger, HELD)
    assert held[CELL[HOME], 0] == 1_000 * PENNY
    assert held[CELL[HOME + HOMES - 1], 0] == 2_000 * PENNY
