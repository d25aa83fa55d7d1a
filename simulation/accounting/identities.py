"""Checks that every set of books must pass, one named function each.

A check returns what it is off by as an exact integer and where; nothing is rounded away. After
PyPSA's consistency checks: one fault, one name, one function.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from scenarios.vocabulary import Institution, Instrument, Kind
from simulation.accounting.books import Books, DyeRecord
from simulation.accounting.grouping import among, whole_totals
from simulation.accounting.matrices import (
    NO_DEPOSITS,
    balance_sheet,
    lived_flows,
    required,
    transactions_matrix,
)


@dataclass(frozen=True, slots=True)
class Check:
    """One identity: what it is off by, and where it is worst.

    Attributes
    ----------
    name : str
        The identity, as a sentence.
    residual : int
        Sum of absolute deviations [pence, or units of dye]; 0 where it holds.
    where : str
        The first place where it fails; empty where it holds.
    """

    name: str
    residual: int
    where: str = ""

    @property
    def holds(self) -> bool:
        """Whether the identity holds exactly."""
        return self.residual == 0


def deposits_follow_payments(books: Books) -> Check:
    """Closing deposits of every class are its opening ones plus received less paid."""
    flows, stocks = lived_flows(books), required(books, "stocks")
    klass = required(books, "classes")["klass"]
    off = np.zeros(int(klass.max(initial=-1)) + 1, dtype=np.int64)
    told = ~among(flows.kind, NO_DEPOSITS)
    off += whole_totals(flows.payee[told], flows.pence[told], off.size)
    off -= whole_totals(flows.payer[told], flows.pence[told], off.size)
    deposits = stocks["instrument"] == Instrument.DEPOSITS
    for month, sign in ((0, 1), (books.meta.months, -1)):
        now = deposits & (stocks["month"] == month)
        np.add.at(off, stocks["klass"][now], sign * stocks["pence"][now])
    return _check("closing deposits = opening + received - paid", off, "class")


def loans_follow_payments(books: Books) -> Check:
    """Debts of every class but the bank change by what is drawn, repaid and written off only."""
    flows, stocks = lived_flows(books), required(books, "stocks")
    classes = required(books, "classes")
    off = np.zeros(int(classes["klass"].max(initial=-1)) + 1, dtype=np.int64)
    for kind, side, sign in (
        (Kind.LOAN_DRAWN, flows.payee, -1),
        (Kind.LOAN_REPAID, flows.payer, 1),
        (Kind.COMMUNITY_LOAN, flows.payee, -1),
        (Kind.COMMUNITY_LOAN, flows.payer, 1),
        (Kind.COMMUNITY_LOAN_REPAID, flows.payer, 1),
        (Kind.COMMUNITY_LOAN_REPAID, flows.payee, -1),
        (Kind.WRITE_OFF, flows.payee, 1),
        (Kind.WRITE_OFF, flows.payer, -1),
    ):
        now = flows.kind == kind
        np.add.at(off, side[now], sign * flows.pence[now])
    loans = stocks["instrument"] == Instrument.LOANS
    for month, sign in ((0, 1), (books.meta.months, -1)):
        now = loans & (stocks["month"] == month)
        np.add.at(off, stocks["klass"][now], sign * stocks["pence"][now])
    off[classes["klass"][classes["institution"] == Institution.BANK]] = 0
    return _check("debt changes by loans drawn, repaid and written off", off, "class")


def instruments_sum_to_zero(books: Books) -> Check:
    """Each financial instrument is somebody's asset and somebody's debt, opening and closing."""
    off = [balance_sheet(books, month).row_residual for month in (0, books.meta.months)]
    return _check("each instrument sums to zero", np.concatenate(off), "instrument")


def flow_matrix_sums_to_zero(books: Books) -> Check:
    """Rows and columns of the transactions-flow matrix sum to zero."""
    return Check("the flow matrix sums to zero", transactions_matrix(books).residual_pence)


def no_payment_is_negative(books: Books) -> Check:
    """A payment moves money from its payer to its payee, never back."""
    pence = required(books, "flows")["pence"]
    if int(pence.min(initial=0)) == 0:
        return Check("no payment is negative", 0)
    return _check("no payment is negative", np.minimum(pence, 0), "row of flows")


def purchases_are_flows(books: Books) -> Check:
    """What buyers bought, supplier by supplier, is what they paid for purchases, each month."""
    purchases, flows = required(books, "purchases"), required(books, "flows")
    classes = required(books, "classes")
    buyers = classes["klass"][classes["institution"] == Institution.BUYER]
    off = np.zeros(books.meta.months + 1, dtype=np.int64)
    told = purchases["month"] > 0
    np.add.at(off, purchases["month"][told], purchases["pence"][told])
    paid = np.flatnonzero(flows["kind"] == Kind.PURCHASE)
    paid = paid[(flows["month"][paid] > 0) & np.isin(flows["payer"][paid], buyers)]
    np.subtract.at(off, flows["month"][paid], flows["pence"][paid])
    return _check("purchases = payments for purchases by buyers", off, "month")


def dye_is_conserved(books: Books) -> Check:
    """At every close the dye injected so far is held somewhere or has sunk."""
    dye = required(books, "dye")
    months = int(dye["month"].max(initial=0)) + 1
    sums = np.zeros((len(DyeRecord), months), dtype=np.int64)
    np.add.at(sums, (dye["record"], np.maximum(dye["month"], 0)), dye["units"])
    injected, sunk = (np.cumsum(sums[one]) for one in (DyeRecord.INJECTED, DyeRecord.SUNK))
    return _check("dye injected = held + sunk", injected - sunk - sums[DyeRecord.HELD], "month")


def dye_is_never_negative(books: Books) -> Check:
    """No account holds less than no dye."""
    units = required(books, "dye")["units"]
    return _check("no dye is negative", np.minimum(units, 0), "row of dye")


def lm3_lies_between_one_and_three(values: Iterable[float]) -> Check:
    """The three rounds of LM3 are each at most the one before: 1 <= LM3 <= 3 (NEF 2002)."""
    outside = [value for value in values if not 1.0 <= value <= 3.0]
    where = f"LM3 of {outside[0]}" if outside else ""
    return Check("LM3 lies in [1, 3]", len(outside), where)


CHECKS: tuple[tuple[Callable[[Books], Check], tuple[str, ...]], ...] = (
    (deposits_follow_payments, ("flows", "stocks", "classes")),
    (loans_follow_payments, ("flows", "stocks", "classes")),
    (instruments_sum_to_zero, ("stocks", "classes")),
    (flow_matrix_sums_to_zero, ("flows", "stocks", "classes")),
    (no_payment_is_negative, ("flows",)),
    (purchases_are_flows, ("purchases", "flows", "classes")),
    (dye_is_conserved, ("dye",)),
    (dye_is_never_negative, ("dye",)),
)
"""Every check of books with the tables that it needs."""


def check_books(books: Books) -> list[Check]:
    """Run every check whose tables the source covers, in a fixed order."""
    return [check(books) for check, needed in CHECKS if all(books.covers(name) for name in needed)]


def _check(name: str, off: np.ndarray, what: str) -> Check:
    wrong = np.flatnonzero(off)
    if wrong.size == 0:
        return Check(name, 0)
    where = f"{what} {wrong[0]} is off by {int(off[wrong[0]])}"
    return Check(name, int(np.abs(off).sum()), where)
