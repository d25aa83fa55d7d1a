"""Where public money goes next: what each supplier does with a pound that it is paid.

A supplier's own payments in the window are divided by what they are for and where they go. Where
the books do not follow a supplier, its class stands in for it (the flows of its sector, area and
owners); where they show neither, its spending is unknown.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import RETAINED
from simulation.accounting.grouping import among, sum_by, totals
from simulation.measures.circulation import NOT_PAID, Circulation
from simulation.measures.measure import Undefined
from simulation.measures.view import Place, View

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
Bool = NDArray[np.bool_]


class Role(IntEnum):
    """What a supplier's payment is for, in the words of a council's report."""

    PAY = 0
    SUPPLIES = 1
    PROFIT = 2
    GROUP = 3
    PUBLIC = 4
    FINANCE = 5
    KEPT = 6
    RETAINED = 7


_ROLES: dict[int, Role] = {
    RETAINED: Role.RETAINED,
    Kind.WAGES: Role.PAY,
    Kind.REDUNDANCY: Role.PAY,
    Kind.DIVIDEND: Role.PROFIT,
    Kind.SOCIAL_FUND: Role.PROFIT,
    Kind.GROUP_TRANSFER: Role.GROUP,
    Kind.PAYE: Role.PUBLIC,
    Kind.VAT: Role.PUBLIC,
    Kind.CORPORATION_TAX: Role.PUBLIC,
    Kind.BUSINESS_RATES: Role.PUBLIC,
    Kind.COUNCIL_TAX: Role.PUBLIC,
    Kind.PENSION_CONTRIBUTION: Role.PUBLIC,
    Kind.REMEDY: Role.PUBLIC,
    Kind.GAIN_SHARE: Role.PUBLIC,
    Kind.REFUND: Role.PUBLIC,
    Kind.PATRONAGE: Role.PUBLIC,
    Kind.INTEREST: Role.FINANCE,
    Kind.MORTGAGE_INTEREST: Role.FINANCE,
    Kind.LOAN_REPAID: Role.KEPT,
    Kind.SAVING: Role.KEPT,
    Kind.COMMUNITY_LOAN: Role.KEPT,
    Kind.COMMUNITY_LOAN_REPAID: Role.KEPT,
    Kind.CAPITAL: Role.KEPT,
    Kind.CAPITAL_REPAID: Role.KEPT,
}
ROLE_OF_KIND: NDArray[np.int8] = np.array(
    [_ROLES.get(code, Role.SUPPLIES) for code in range(int(max(Kind)) + 1)], dtype=np.int8
)
"""Role of each kind of payment, by code; what is not listed buys supplies."""

LEVERS = (Kind.SUBSIDY, Kind.ASSET_PURCHASE, Kind.CAPITAL_TRANSFER)
"""What councils spend on the other pillars."""

BESIDE_PRICES = (Kind.GAIN_SHARE, Kind.MEMBER_CONTRIBUTION)
"""What buyers pay for a service beside prices: gain shared with providers, fees to a club."""

RESPENT = (Role.PAY, Role.SUPPLIES, Role.PROFIT)
"""Payments to third parties who may spend again where they are."""
CARRIED = (*RESPENT, Role.GROUP)
"""Payments by which money reaches another private account."""


HOMEWARD = (Role.PAY, Role.PROFIT)
"""Payments that households receive, unless the flows show otherwise."""


@dataclass(frozen=True, slots=True)
class Suppliers:
    """Everyone that sold to a buyer in the window, and how they spend.

    Attributes
    ----------
    party, area, klass, institution : int64[k]
        Row and place of each supplier; -1 for a whole class of them.
    known : bool[k]
        Whether the books show its spending, its own or its class's.
    shares : sparse float64[k, n_roles * (n_areas + 1)]
        Share of the supplier's outlays and retained profit that has a role and goes to an area,
        role by role; rows of known suppliers sum to 1. The last area stands for the unknown.
    """

    party: Int64
    area: Int64
    klass: Int64
    institution: Int64
    known: Bool
    shares: Any

    def share_to(self, areas: Bool, roles: tuple[Role, ...]) -> Float64:
        """Share of each supplier's spending in given roles that goes to a place, float64[k]."""
        wanted = np.isin(np.arange(len(Role)), roles)
        share: Float64 = self.shares @ np.outer(wanted, areas).ravel().astype(np.float64)
        return share

    def most_to(self, place: Place, roles: tuple[Role, ...]) -> Float64:
        """Largest share of it that may go there: all of it, where nothing is known, float64[k]."""
        return np.where(self.known, self.share_to(place.may, roles), 1.0)


def all_outlay_followed(view: View) -> None:
    """Refuse where councils also spent on levers beside buying, which no round of money follows.

    What the levers took is in no purchase and no payroll, so a figure per pound of these would
    rise by arithmetic alone.

    Raises
    ------
    Undefined
        With the reason.
    """
    if not view.covers("flows"):
        return
    pairs = view.pairs
    if pairs.pence[among(pairs.kind, LEVERS)].any():
        raise Undefined("the policy spends on other levers too, which this figure does not follow")


def suppliers(view: View) -> Suppliers:
    """Return the public suppliers of the window; raises Undefined where purchases are unknown."""
    return view.keep("suppliers", lambda: _suppliers(view))


def bought(view: View, place: Place) -> Float64:
    """Purchases of a place's buyers from each of `suppliers(view)`, float64[k] [pence]."""
    return view.keep(("bought", place.buyers), lambda: _bought(view, place))


def paid_for_services(view: View, place: Place) -> list[tuple[Suppliers, Float64]]:
    """Return all whom a place's buyers pay for services, their own staff apart.

    Returns
    -------
    list of (Suppliers, float64[k])
        Suppliers with what they were paid in prices; classes of firms and clubs with what they
        were paid beside prices (`BESIDE_PRICES`) [pence]. What is paid back (pain shared,
        patronage) is spending of those who pay it.
    """
    prices = suppliers(view), bought(view, place)
    return [prices, view.keep(("beside", place.buyers), lambda: _beside_prices(view, place))]


def paid_beside_prices(view: View) -> float:
    """Return what all buyers paid for services beside prices in the window [pence]."""
    nowhere = np.zeros(0, dtype=np.bool_)
    place = Place(tuple(view.meta.buyer_rows), nowhere, nowhere)
    return float(_beside_prices(view, place)[1].sum())


def payroll(view: View, place: Place) -> tuple[float, Float64]:
    """Pay of a place's buyers: gross pay, and take-home by household class [pence].

    Raises
    ------
    Undefined
        When the source does not cover payroll.
    """
    rows = view.of_buyers(view.table("payroll"), place)
    n = view.classes.area.size
    home = totals(rows["klass"], rows["pence"], n)
    return float(rows["gross_pence"].sum()), home


def arrivals(
    view: View,
    firms: Suppliers,
    paid: Float64,
    place: Circulation,
    areas: Bool,
    roles: tuple[Role, ...] = CARRIED,
) -> Float64:
    """Money that suppliers' spending brings to each private class of a place, float64[n].

    Outflows tell the area and role of a payment; within an area it is spread over the classes as
    their receipts in that role from firms and clubs are; evenly, where there were none, over
    households for pay and profit and over firms for the rest.

    Parameters
    ----------
    firms : Suppliers
        `k` of them.
    paid : float64[k]
        What each was paid.
    place : Circulation
        The circulation of `areas`.
    roles : tuple of Role
        Which of the suppliers' payments are followed.
    """
    n_areas = areas.size  # the last stands for the unknown area, -1
    money = (firms.shares.T @ paid).reshape(len(Role), n_areas) * areas
    receipts = _receipts(view)
    area_of = view.classes.area[place.members] % n_areas
    homes = view.classes.institution[place.members] == Institution.HOUSEHOLD
    out = np.zeros(place.members.size)
    for role in roles:
        here = money[role]
        if not here.any():
            continue
        suited = homes if role in HOMEWARD else ~homes
        weight = receipts[role, place.members]
        total = totals(area_of, weight, n_areas)
        weight = np.where(total[area_of] > 0, weight, suited)
        total = totals(area_of, weight, n_areas)
        rate = np.divide(here, total, out=np.zeros(n_areas), where=total > 0)
        out += weight * rate[area_of]
    return out


def _receipts(view: View) -> Float64:
    def make() -> Float64:
        pairs, n = view.pairs, view.classes.area.size
        payer = view.classes.institution[pairs.payer]
        trades = among(payer, (Institution.FIRM, Institution.CLUB))
        paid = trades & ~among(pairs.kind, NOT_PAID)
        cell = ROLE_OF_KIND[pairs.kind[paid]].astype(np.int64) * n + pairs.payee[paid]
        return totals(cell, pairs.pence[paid], len(Role) * n).reshape(len(Role), n)

    return view.keep("receipts", make)


def _bought(view: View, place: Place) -> Float64:
    rows = view.of_buyers(view.table("purchases"), place)
    firms = suppliers(view)
    return totals(rows["supplier"], rows["pence"], view.parties["area"].size)[firms.party]


def _suppliers(view: View) -> Suppliers:
    columns = view.parties
    sells = np.zeros(columns["area"].size, dtype=np.bool_)
    sells[view.table("purchases")["supplier"]] = True
    party = np.flatnonzero(sells)
    area, klass = columns["area"][party], columns["klass"][party]
    institution = columns["institution"][party]
    return _spending_of(view, party, area, klass, institution)


def _beside_prices(view: View, place: Place) -> tuple[Suppliers, Float64]:
    """Return the classes that a place's buyers pay beside prices, and what each is paid."""
    klass, pence = np.empty(0, dtype=np.int64), np.empty(0)
    if view.covers("flows") and view.covers("classes"):
        pairs, payers = view.pairs, view.parties["klass"][list(place.buyers)]
        mine = among(pairs.kind, BESIDE_PRICES) & among(pairs.payer, payers.tolist())
        (klass,), sums = sum_by(pairs.pence[mine], pairs.payee[mine])
        pence = sums.astype(np.float64)
    area, institution = np.empty((2, klass.size), dtype=np.int64)
    if klass.size:
        area, institution = view.classes.area[klass], view.classes.institution[klass]
    nobody = np.full(klass.size, -1, dtype=np.int64)
    return _spending_of(view, nobody, area, klass.astype(np.int64), institution), pence


def _spending_of(
    view: View, party: Int64, area: Int64, klass: Int64, institution: Int64
) -> Suppliers:
    """Say how suppliers spend, each by its own payments where the books follow it."""
    own = _own_spending(view, party[party >= 0])
    followed = np.zeros(party.size, dtype=np.bool_)
    followed[own[0]] = True
    stand_in = _class_spending(view, klass, institution, ~followed)
    at, role, where, pence = (np.concatenate(both) for both in zip(own, stand_in, strict=True))
    total = totals(at, pence, party.size)
    n_areas = len(view.meta.area_ids) + 1
    shares = sparse.csr_array(
        (pence / total[at], (at, role * n_areas + where % n_areas)),
        shape=(party.size, len(Role) * n_areas),
    )
    return Suppliers(party, area, klass, institution, total > 0, shares)


def _own_spending(view: View, party: Int64) -> tuple[Int64, Int64, Int64, Float64]:
    if not view.covers("outflows") or party.size == 0:
        return _nothing()
    rows = view.table("outflows")
    position = np.full(view.parties["area"].size, -1, dtype=np.int32)
    position[party] = np.arange(party.size)
    at, role = position[rows["supplier"]], ROLE_OF_KIND[rows["kind"]]
    codes, pence = sum_by(rows["pence"], at, role, rows["area"])
    codes, pence = [code[codes[0] >= 0] for code in codes], pence[codes[0] >= 0]
    return _positive(codes[0], codes[1], codes[2], pence)


def _class_spending(
    view: View, klass: Int64, institution: Int64, wanted: Bool
) -> tuple[Int64, Int64, Int64, Float64]:
    trades = np.isin(institution, (Institution.FIRM, Institution.CLUB))
    asked = np.flatnonzero(wanted & trades & (klass >= 0))
    if asked.size == 0 or not (view.covers("flows") and view.covers("classes")):
        return _nothing()
    pairs = view.pairs
    mine = among(pairs.payer, klass[asked].tolist()) & ~among(pairs.kind, NOT_PAID)
    codes, pence = sum_by(
        pairs.pence[mine],
        pairs.payer[mine],
        ROLE_OF_KIND[pairs.kind[mine]],
        view.classes.area[pairs.payee[mine]],
    )
    start = np.searchsorted(codes[0], klass[asked], side="left")
    stop = np.searchsorted(codes[0], klass[asked], side="right")
    count = stop - start
    row = np.repeat(start - np.cumsum(count) + count, count) + np.arange(count.sum())
    return _positive(np.repeat(asked, count), codes[1][row], codes[2][row], pence[row])


def _positive(
    at: Int64, role: Int64, where: Int64, pence: NDArray[Any]
) -> tuple[Int64, Int64, Int64, Float64]:
    told = pence > 0
    return at[told], role[told], where[told], pence[told].astype(np.float64)


def _nothing() -> tuple[Int64, Int64, Int64, Float64]:
    none = np.empty(0, dtype=np.int64)
    return none, none, none, np.empty(0)
