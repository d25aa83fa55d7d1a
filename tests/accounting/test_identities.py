"""The matrices sum to zero when no penny is lost, and each check finds the penny that is."""

import numpy as np
import pytest

from experiments.validation.little_town import (
    BANK,
    COUNCIL,
    GOVERNMENT,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    A,
    bought,
    flows,
    little_books,
    rows,
)
from scenarios.vocabulary import Instrument, Kind
from simulation.accounting.books import Books, BooksError, DyeRecord
from simulation.accounting.identities import (
    CHECKS,
    check_books,
    deposits_follow_payments,
    dye_is_conserved,
    dye_is_never_negative,
    flow_matrix_sums_to_zero,
    instruments_sum_to_zero,
    lm3_lies_between_one_and_three,
    loans_follow_payments,
    no_payment_is_negative,
    purchases_are_flows,
)
from simulation.accounting.matrices import balance_sheet, transactions_matrix

DEPOSITS, LOANS, SAVINGS = Instrument.DEPOSITS, Instrument.LOANS, Instrument.SAVINGS


def sound_books() -> Books:
    """A month in which a grant is spent, wages are paid and saved, and a loan is drawn and written
    down: every balance agrees with it.
    """
    return little_books(
        flows=flows(
            (Kind.GRANT, GOVERNMENT, COUNCIL, 100),
            (Kind.PURCHASE, COUNCIL, TOWN_FIRMS, 90),
            (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 60),
            (Kind.SAVING, TOWN_HOMES, BANK, 5),
            (Kind.LOAN_DRAWN, BANK, TOWN_FIRMS, 40),
            (Kind.LOAN_REPAID, TOWN_FIRMS, BANK, 10),
            (Kind.WRITE_OFF, BANK, TOWN_FIRMS, 7),
        ),
        stocks=rows(
            "stocks",
            (0, GOVERNMENT, DEPOSITS, -50),
            (0, COUNCIL, DEPOSITS, 20),
            (0, TOWN_FIRMS, DEPOSITS, 50),
            (0, BANK, DEPOSITS, -20),
            (0, TOWN_FIRMS, LOANS, -30),
            (0, BANK, LOANS, 30),
            (0, TOWN_HOMES, Instrument.TANGIBLES, 999),
            (1, GOVERNMENT, DEPOSITS, -150),
            (1, COUNCIL, DEPOSITS, 30),
            (1, TOWN_FIRMS, DEPOSITS, 110),
            (1, TOWN_HOMES, DEPOSITS, 55),
            (1, BANK, DEPOSITS, -45),
            (1, TOWN_HOMES, SAVINGS, 5),
            (1, BANK, SAVINGS, -5),
            (1, TOWN_FIRMS, LOANS, -53),
            (1, BANK, LOANS, 53),
        ),
        purchases=bought((A, 90)),
        dye=rows(
            "dye",
            (1, DyeRecord.INJECTED, TOWN, 6, 0, Kind.PURCHASE, 90),
            (1, DyeRecord.HELD, TOWN, 7, 0, 0, 80),
            (1, DyeRecord.SUNK, TOWN, 0, 0, Kind.PAYE, 10),
        ),
    )


def test_sound_books_pass_every_check():
    """All eight identities hold to the penny."""
    found = check_books(sound_books())

    assert len(found) == len(CHECKS)
    assert [(one.name, one.residual, one.where) for one in found if not one.holds] == []


@pytest.mark.parametrize("by", ["institution", "owner_kind", "area"])
def test_the_flow_matrix_sums_to_zero_however_it_is_split(by):
    """By institution, by kind of owner and by area: rows, columns and the residual."""
    matrix = transactions_matrix(sound_books(), by)

    assert matrix.residual_pence == 0
    assert not matrix.row_residual.any()
    assert not matrix.column_residual.any()
    assert "WRITE_OFF" not in matrix.rows
    assert matrix.write_offs.sum() == 0


def test_the_flow_matrix_tells_who_was_paid_for_what():
    """Firms received 90 for purchases and paid 60 in wages."""
    matrix = transactions_matrix(sound_books())
    firm = matrix.columns.index("FIRM")

    assert matrix.pence[matrix.rows.index("PURCHASE"), firm] == 90
    assert matrix.pence[matrix.rows.index("WAGES"), firm] == -60
    assert matrix.change_in_deposits[firm] == 60
    assert matrix.write_offs[firm] == 7


def test_the_balance_sheet_leaves_tangibles_out_of_its_residual():
    """A house is nobody's debt, and part of net worth all the same."""
    sheet = balance_sheet(sound_books(), 0)

    assert sheet.residual_pence == 0
    assert sheet.net_worth[sheet.columns.index("HOUSEHOLD")] == 999
    assert sheet.net_worth[sheet.columns.index("FIRM")] == 20


def test_a_month_without_balances_has_no_sheet():
    """Only the opening and the close are kept."""
    with pytest.raises(BooksError, match="no row of month 7"):
        balance_sheet(sound_books(), 7)


@pytest.mark.parametrize("kind", [Kind.GRANT, Kind.PURCHASE, Kind.WAGES, Kind.SAVING,
                                  Kind.LOAN_DRAWN, Kind.LOAN_REPAID])  # fmt: skip
def test_a_lost_penny_is_found_whatever_it_was_paid_for(kind):
    """One penny less in any kind of payment shows on both its sides."""
    books = sound_books()
    books.tables["flows"]["pence"][books.tables["flows"]["kind"] == kind] -= 1

    assert deposits_follow_payments(books).residual == 2
    assert flow_matrix_sums_to_zero(books).residual == 2


def spoil(table: str, column: str, row: int, by: int) -> Books:
    """Sound books with one number changed."""
    books = sound_books()
    books.tables[table][column][row] += np.int64(by)
    return books


@pytest.mark.parametrize(
    ("check", "books", "residual", "where"),
    [
        (instruments_sum_to_zero, spoil("stocks", "pence", 4, 3), 3, "instrument 2"),
        (loans_follow_payments, spoil("stocks", "pence", 14, -4), 4, "class 4"),
        (no_payment_is_negative, spoil("flows", "pence", 0, -101), 1, "row of flows 0"),
        (purchases_are_flows, spoil("purchases", "pence", 0, 6), 6, "month 1"),
        (dye_is_conserved, spoil("dye", "units", 1, -80), 80, "month 1"),
        (dye_is_never_negative, spoil("dye", "units", 2, -12), 2, "row of dye 2"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_check_finds_its_own_fault_and_says_where(check, books, residual, where):
    """The residual is exact and the place is named."""
    found = check(books)

    assert (found.residual, found.holds) == (residual, False)
    assert where in found.where


def test_lm3_outside_its_bounds_is_found():
    """Three rounds of a pound are a pound at least and three at most."""
    assert lm3_lies_between_one_and_three([1.0, 2.2, 3.0]).holds
    assert "3.1" in lm3_lies_between_one_and_three([1.0, 3.1]).where
    assert lm3_lies_between_one_and_three([1.0, 3.1, 0.5]).where == "LM3 of 3.1"


def test_a_check_names_the_first_of_several_faults_and_what_it_is_off_by():
    """The first row that is wrong, with its own difference; the residual is that of all."""
    books = sound_books()
    books.tables["dye"]["units"][:] = [-3, 80, -12]

    found = dye_is_never_negative(books)

    assert (found.residual, found.where) == (15, "row of dye 0 is off by -3")


def test_checks_that_lack_a_table_are_left_out():
    """A payments list passes no check on deposits; it is not asked."""
    assert [one.name for one in check_books(little_books(dye=rows("dye")))] == [
        "dye injected = held + sunk",
        "no dye is negative",
    ]
