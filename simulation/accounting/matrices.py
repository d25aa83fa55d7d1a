"""The whole economy on one sheet: who paid whom for what, and who owns and owes what.

The transactions-flow matrix and the financial balance sheet of stock-flow consistent accounting
(Godley and Lavoie 2007, chapter 2), in whole pence. Every row and every column of the first sums
to zero with the change in deposits, every financial row of the second does; what does not is the
residual, an exact integer.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Instrument, Kind, OwnerKind
from simulation.accounting.books import Books, BooksError, Table
from simulation.accounting.flows import Pairs, summed_flows

Int64 = NDArray[np.int64]
Split = Literal["institution", "owner_kind", "area"]
NO_DEPOSITS = frozenset({Kind.WRITE_OFF})
"""Kinds that move no deposits: they stand in the matrix of revaluations."""


@dataclass(frozen=True, slots=True)
class TransactionsMatrix:
    """Net receipts by kind of payment and column (institution, owner kind or area).

    Attributes
    ----------
    rows : tuple of str
        Kinds of payment that occur.
    columns : tuple of str
        Names of the columns.
    pence : int64[n_rows, n_columns]
        Receipts less payments [pence].
    change_in_deposits : int64[n_columns]
        Closing less opening transaction deposits [pence].
    write_offs : int64[n_columns]
        Claims lost (negative) and debts forgiven (positive) [pence], a matrix of their own.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    pence: Int64
    change_in_deposits: Int64
    write_offs: Int64

    @property
    def row_residual(self) -> Int64:
        """What each kind of payment fails to balance by, int64[n_rows] [pence]."""
        sums: Int64 = self.pence.sum(axis=1)
        return sums

    @property
    def column_residual(self) -> Int64:
        """Net receipts less the change in deposits, int64[n_columns] [pence]."""
        sums: Int64 = self.pence.sum(axis=0) - self.change_in_deposits
        return sums

    @property
    def residual_pence(self) -> int:
        """Sum of all absolute residuals [pence]; zero when no penny is lost."""
        rows, columns = np.abs(self.row_residual).sum(), np.abs(self.column_residual).sum()
        return int(rows) + int(columns)


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """What each column owns (positive) and owes (negative) at a month's close.

    Attributes
    ----------
    instruments, columns : tuple of str
        Names of rows and columns.
    pence : int64[n_instruments, n_columns]
        Assets less liabilities [pence].
    """

    instruments: tuple[str, ...]
    columns: tuple[str, ...]
    pence: Int64

    @property
    def row_residual(self) -> Int64:
        """Sum of each financial instrument, int64[n_instruments] [pence]; tangibles are 0."""
        sums: Int64 = self.pence.sum(axis=1)
        sums[[name == Instrument.TANGIBLES.name for name in self.instruments]] = 0
        return sums

    @property
    def residual_pence(self) -> int:
        """Sum of absolute residuals of the financial instruments [pence]."""
        return int(np.abs(self.row_residual).sum())

    @property
    def net_worth(self) -> Int64:
        """Net worth of each column, tangibles included, int64[n_columns] [pence]."""
        worth: Int64 = self.pence.sum(axis=0)
        return worth


def transactions_matrix(books: Books, by: Split = "institution") -> TransactionsMatrix:
    """Sum the whole run's payments by kind and column, with the change in deposits.

    Parameters
    ----------
    books : Books
        With `flows`, `stocks` (month 0 and the last) and `classes`.
    by : {"institution", "owner_kind", "area"}
        What the columns are.

    Raises
    ------
    BooksError
        When one of the three tables is missing.
    """
    stocks, classes = required(books, "stocks"), required(books, "classes")
    names, column_of = _columns(books, classes, by)
    flows = lived_flows(books)
    kinds = np.unique(flows.kind)
    pence = np.zeros((int(kinds.max(initial=0)) + 1, len(names)), dtype=np.int64)
    np.add.at(pence, (flows.kind, column_of[flows.payee]), flows.pence)
    np.subtract.at(pence, (flows.kind, column_of[flows.payer]), flows.pence)
    moved = [int(code) for code in kinds if Kind(int(code)) not in NO_DEPOSITS]
    lost = [int(code) for code in kinds if Kind(int(code)) in NO_DEPOSITS]
    change = np.zeros(len(names), dtype=np.int64)
    deposits = stocks["instrument"] == Instrument.DEPOSITS
    for month, sign in ((0, -1), (books.meta.months, 1)):
        now = deposits & (stocks["month"] == month)
        np.add.at(change, column_of[stocks["klass"][now]], sign * stocks["pence"][now])
    return TransactionsMatrix(
        tuple(Kind(code).name for code in moved), names, pence[moved], change, pence[lost].sum(0)
    )


def balance_sheet(books: Books, month: int, by: Split = "institution") -> BalanceSheet:
    """Sum what is owned and owed at the close of `month` by instrument and column.

    Raises
    ------
    BooksError
        When `stocks` or `classes` is missing or `stocks` has no row of that month.
    """
    stocks, classes = required(books, "stocks"), required(books, "classes")
    names, column_of = _columns(books, classes, by)
    now = stocks["month"] == month
    if not now.any():
        raise BooksError("stocks", f"no row of month {month}", "balances of that month")
    pence = np.zeros((len(Instrument), len(names)), dtype=np.int64)
    np.add.at(
        pence, (stocks["instrument"][now], column_of[stocks["klass"][now]]), stocks["pence"][now]
    )
    return BalanceSheet(tuple(one.name for one in Instrument), names, pence)


def lived_flows(books: Books) -> Pairs:
    """Payments of the whole run by kind, payer and payee; the built state's are left out."""
    required(books, "flows")
    return summed_flows(books, 1, books.meta.months)


def required(books: Books, name: str) -> Table:
    """Return a table or say that the source cannot see it."""
    if not books.covers(name):
        raise BooksError(name, "no such table in these books", "a source that covers it")
    return books.tables[name]


def _columns(books: Books, classes: Table, by: Split) -> tuple[tuple[str, ...], Int64]:
    codes: dict[str, tuple[str, ...]] = {
        "institution": _names(Institution),
        "owner_kind": _names(OwnerKind),
        "area": books.meta.area_ids,
    }
    column_of = np.zeros(int(classes["klass"].max(initial=-1)) + 1, dtype=np.int64)
    column_of[classes["klass"]] = classes[by]
    return codes[by], column_of


def _names(codes: type[IntEnum]) -> tuple[str, ...]:
    return tuple(one.name for one in codes)
