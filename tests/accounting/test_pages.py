"""Only accounts that a phase has touched are balanced when it closes, and nobody can tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.vocabulary import Kind
from simulation.accounting import pages
from simulation.accounting.faults import LedgerError
from simulation.accounting.pages import Pages
from tests.accounting.little_ledger import (
    BUYERS,
    DOORS,
    GOVERNMENT,
    HOME,
    MILL,
    OVERDRAFTS,
    SHOP,
    ledger_for,
    open_home_ledger,
    open_ledger,
    pay,
    pounds,
    rows,
    staff,
    too_much_listed,
)
from tests.accounting.random_town import RandomTown

SIZES = st.integers(0, 4)


@given(st.sets(st.integers(0, 40)), st.integers(41, 50), SIZES, st.sampled_from([0, 1, 2]))
def test_a_touched_row_marks_its_page_and_no_other(touched, n_rows, bits, door):
    """However rows are touched, the pages marked are those they lie on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "BITS", bits)
        book = Pages(n_rows)
        if door == 0:
            book.touch(np.array(sorted(touched), dtype=np.int32))
        elif door == 1:
            for row in touched:
                book.marks[row >> book.bits] = True
        else:
            for row in sorted(touched):
                book.touch_block(row, 1)
        held = [row for row in range(n_rows) if book.marks[row >> book.bits]]

    expected = {row for row in range(n_rows) if row >> bits in {t >> bits for t in touched}}
    assert held == sorted(expected)


@given(st.integers(0, 30), st.integers(0, 10), SIZES)
def test_a_block_touches_every_page_that_it_meets(first, size, bits):
    """From its first row to its last; a block of nobody touches nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "BITS", bits)
        book = Pages(41)
        book.touch_block(first, size)
        taken = [row for row in range(41) if book.marks[row >> book.bits]]

    met = {row >> bits for row in range(first, first + size)}
    assert taken == [row for row in range(41) if row >> bits in met]


@pytest.mark.parametrize("bits", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("own_doors", [False, True])
@pytest.mark.parametrize("first_exit", [False, True])
def test_the_size_of_a_page_changes_nothing(monkeypatch, bits, seed, own_doors, first_exit):
    """Pages of one row or of everybody: the same books, to the byte, with dye and overdrafts.

    Where homes have doors of their own, a page may be all homes or shared with others.
    """
    town = {"tags": 4, "full": True, "own_doors": own_doors, "first_exit": first_exit}
    whole = RandomTown(seed, **town)
    monkeypatch.setattr(pages, "BITS", bits)
    parted = RandomTown(seed, **town)

    for month in range(1, 4):
        parted.live(month, dyed=month == 1)
    monkeypatch.undo()
    for month in range(1, 4):
        whole.live(month, dyed=month == 1)

    assert parted.digest() == whole.digest()


@pytest.mark.parametrize("overdraw", OVERDRAFTS)
def test_an_overdraft_is_caught_on_a_page_that_receives_nothing(monkeypatch, overdraw):
    """Every door touches the page of who pays, not only of who is paid."""
    monkeypatch.setattr(pages, "BITS", 0)
    ledger = ledger_for(overdraw)

    overdraw(ledger)

    with pytest.raises(LedgerError, match="more than it held"):
        ledger.settle(Kind.RENT)


def test_an_owing_government_elsewhere_hides_no_overdraft(monkeypatch):
    """Who may owe is passed over only on the pages that are looked at."""
    monkeypatch.setattr(pages, "BITS", 0)
    ledger = open_ledger()
    ledger.from_one(Kind.BENEFIT, GOVERNMENT, HOME, pounds(10))
    ledger.settle(Kind.BENEFIT)

    too_much_listed(ledger)

    with pytest.raises(LedgerError, match="more than it held"):
        ledger.settle(Kind.RENT)


def test_tax_that_is_withheld_for_an_office_with_an_account_brings_its_dye(monkeypatch):
    """The page of who receives the tax is touched, though the government's dye ends at once."""
    monkeypatch.setattr(pages, "BITS", 0)
    ledger = open_home_ledger(tags=4)
    bought = Kind.PURCHASE, rows(BUYERS[0]), rows(SHOP), pounds(300)
    ledger.listed(*bought)
    ledger.inject(*bought)
    ledger.settle(Kind.PURCHASE)

    pay(ledger, staff((SHOP, 0, 50)), office=MILL)
    ledger.settle(Kind.WAGES)
    ledger.close_month()

    assert ledger.deposits[MILL] == 101_000
    assert ledger.dye[MILL, 0] > 0


def twice(door, kind, bits: int) -> tuple[list[int], list[int]]:
    """Pay the same through one door in two phases, from dyed accounts; return who holds what."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "BITS", bits)
        ledger = ledger_for(door, tags=2)
        payer = np.full(2, BUYERS[0], dtype=np.int32)
        bought = Kind.PURCHASE, payer, rows(SHOP, HOME), pounds(300, 300)
        ledger.listed(*bought)
        ledger.inject(*bought)
        ledger.settle(Kind.PURCHASE)
        for _ in range(2):
            door(ledger, kind)
            ledger.settle(kind)
        ledger.close_month()
    return ledger.deposits.tolist(), ledger.dye.tolist()


@pytest.mark.parametrize(("kind", "door"), DOORS)
def test_a_second_payment_starts_from_the_balance_that_the_first_left(kind, door):
    """Whichever door was used, the payer's account and dye are brought up to date in between."""
    assert twice(door, kind, bits=0) == twice(door, kind, bits=10)
