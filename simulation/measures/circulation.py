"""Money going round in one place: who re-spends with whom, and what of it is residents' income.

The realised flow matrix of the window. Inside are the private classes (firms, households, clubs)
of the place; councils, government, banks, pension funds and everywhere else absorb.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scenarios.vocabulary import NO_HOP, Institution, Kind
from simulation.accounting.flows import Pairs
from simulation.accounting.grouping import among, sum_by, totals
from simulation.measures.series import Worth, worth
from simulation.measures.view import View

Float64 = NDArray[np.float64]
Bool = NDArray[np.bool_]


class Brings(IntEnum):
    """What a pound that circulates is counted by."""

    INCOME = 0
    SALES = 1
    RECEIPTS = 2


OWN_MONEY = (Kind.SAVING, Kind.DISSAVING)
PRINCIPAL = (
    Kind.COMMUNITY_LOAN, Kind.COMMUNITY_LOAN_REPAID, Kind.CAPITAL, Kind.CAPITAL_REPAID
)  # fmt: skip
NOT_PAID = (*OWN_MONEY, *PRINCIPAL, Kind.WRITE_OFF)


@dataclass(frozen=True)
class Circulation:
    """Re-spending among the private classes of a place.

    Attributes
    ----------
    members : int64[n]
        Class codes of the private classes inside, in rising order.
    shares : sparse float64[n, n]
        P: share of a class's outlays paid to another inside, through any kind of payment.
    respent : float64[n]
        Share of a class's outlays paid to third parties inside: own transfers are left out.
    income : float64[n]
        Residents' income per pound of outlays: take-home pay to the place's households, and
        profit, rent and business rates due to owners and councils of the place.
    trades : bool[n]
        Firms and clubs; the others are households.
    """

    members: NDArray[np.int64]
    shares: Any
    respent: Float64
    income: Float64
    trades: Bool

    @cached_property
    def worth(self) -> Worth:
        """What a pound received by a member brings, a column for each of `Brings`."""
        return worth(self.shares, np.column_stack([self.income, self.trades]))

    def brought(self, start: Float64, what: Brings) -> float:
        """Return what first receipts of each member set off over all rounds.

        Parameters
        ----------
        start : float64[n]
            First receipts [any unit].
        what : Brings
            What is counted.

        Raises
        ------
        Undefined
            When nothing leaks.
        """
        return self.worth.of(start, what)

    def gathered(self, by_class: NDArray[Any]) -> Float64:
        """Pick the members' values out of an array by class code, float64[n]."""
        picked: Float64 = by_class[self.members].astype(np.float64)
        return picked


def outlays(view: View) -> Float64:
    """Outlays of every class in the window, float64[n_classes] [pence].

    All payments but moves of a class's own money; what it saves more than it draws down is an
    outlay too, since it leaves the stream.
    """
    return view.keep("outlays", lambda: _outlays(view))


def _outlays(view: View) -> Float64:
    pairs, n = view.pairs, view.classes.area.size
    paid = ~among(pairs.kind, NOT_PAID)
    out = totals(pairs.payer[paid], pairs.pence[paid], n)
    put, drawn = pairs.kind == Kind.SAVING, pairs.kind == Kind.DISSAVING
    saved = totals(pairs.payer[put], pairs.pence[put], n)
    saved -= totals(pairs.payee[drawn], pairs.pence[drawn], n)
    out += np.maximum(saved, 0)
    return out


def circulation(view: View, areas: Bool) -> Circulation:
    """Return the circulation of a place, made once for each set of areas.

    Parameters
    ----------
    view : View
        Books that cover `flows` and `classes`.
    areas : bool[n_areas + 1]
        The place.
    """
    return view.keep(("circulation", areas.tobytes()), lambda: _circulation(view, areas))


def _circulation(view: View, areas: Bool) -> Circulation:
    classes, pairs = view.classes, view.keep("private payments", lambda: _private(view))
    inside = classes.private & areas[classes.area]
    members = np.flatnonzero(inside)
    n = members.size
    position = np.full(inside.size, -1, dtype=np.int64)
    position[members] = np.arange(n)
    spent = outlays(view)[members]
    per_pound = np.divide(1.0, spent, out=np.zeros(n), where=spent > 0)

    local = inside[pairs.payer] & inside[pairs.payee]
    payer, payee = position[pairs.payer[local]], position[pairs.payee[local]]
    share = pairs.pence[local] * per_pound[payer]
    kind = pairs.kind[local]
    third = ~among(kind, NO_HOP)
    pay = (kind == Kind.WAGES) & (classes.institution[members][payee] == Institution.HOUSEHOLD)
    respent = totals(payer[third], share[third], n)
    income = totals(payer[pay], share[pay], n)
    income += dues_to(view, areas)[members] * per_pound
    matrix = sparse.csr_array((share, (payer, payee)), shape=(n, n))
    trades = classes.institution[members] != Institution.HOUSEHOLD
    return Circulation(members, matrix, respent, income, trades)


def _private(view: View) -> Pairs:
    """Payments of the window between private classes, own moves left out."""
    pairs, private = view.pairs, view.classes.private
    told = private[pairs.payer] & private[pairs.payee] & ~among(pairs.kind, NOT_PAID)
    return Pairs(pairs.kind[told], pairs.payer[told], pairs.payee[told], pairs.pence[told])


def dues_to(view: View, areas: Bool) -> Float64:
    """Profit, rent and rates due to owners in a place by the class that owes, float64[n_classes].

    Zero for all where the source covers no dues.
    """
    n = view.classes.area.size
    if not view.covers("dues"):
        return np.zeros(n)
    klass, owner_area, pence = view.keep("dues", lambda: _dues(view))
    mine = areas[owner_area]
    return totals(klass[mine], pence[mine], n)


def _dues(view: View) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    rows = view.table("dues")
    codes, pence = sum_by(rows["pence"], rows["klass"], rows["owner_area"])
    return codes[0], codes[1], pence
