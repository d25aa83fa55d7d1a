"""Value added in the place for each pound of it in construction: Type I, and with homes Type II.

As statistical offices tell it of a nation (Miller and Blair 2009, chapters 2 and 6), here on the
money that flowed between the trades and homes of a place. Value added is pay with its taxes, profit
before tax, interest and rates. For Type II all that homes spend in the place is laid on the pay of
those who live there, as in published Type II tables; pay of those who live elsewhere leaks out.
Rents of homes are left out, since they go to landlords and to no trade.
"""

import numpy as np

from scenarios.tables import sector_code
from scenarios.vocabulary import Institution, Kind
from simulation.accounting.grouping import among, totals
from simulation.measures.by_month import SALES
from simulation.measures.measure import FOCUS, Measure, Undefined
from simulation.measures.view import Bool, View

TRADE = "construction"
SOLD = (*SALES, Kind.COMMERCIAL_RENT)
INPUTS = (Kind.INTERMEDIATE, Kind.COMMERCIAL_RENT)
ADDED = (
    Kind.WAGES, Kind.PAYE, Kind.PENSION_CONTRIBUTION, Kind.CORPORATION_TAX, Kind.INTEREST,
    Kind.BUSINESS_RATES,
)  # fmt: skip


def multiplier(view: View, tier: str, *, homes: bool) -> float:
    """Return value added in all trades of the place per pound of it in its construction.

    Parameters
    ----------
    view : View
        Books that cover `flows` and `dues`.
    tier : str
    homes : bool
        Whether homes spend what they are paid.

    Raises
    ------
    Undefined
        When nobody builds in the place.
    """
    classes, pairs, n = view.classes, view.pairs, view.classes.area.size
    inside = view.focus(tier)[classes.area]
    sold = _sums(view, SOLD, payee=True)
    firms = np.flatnonzero(inside & (classes.institution == Institution.FIRM) & (sold > 0))
    builds = classes.sector[firms] == sector_code()[TRADE]
    if not builds.any():
        raise Undefined("nobody builds in the place")
    k = firms.size
    place = np.full(n, -1, dtype=np.int64)
    place[firms] = np.arange(k)
    live: Bool = inside & (classes.institution == Institution.HOUSEHOLD)
    place[live] = k if homes else -1
    paid = among(pairs.kind, INPUTS) & (place[pairs.payer] < k) & (place[pairs.payee] < k)
    paid |= (pairs.kind == Kind.WAGES) & (place[pairs.payer] < k) & (place[pairs.payee] == k)
    paid |= (pairs.kind == Kind.CONSUMPTION) & (place[pairs.payer] == k) & (place[pairs.payee] < k)
    paid &= (place[pairs.payer] >= 0) & (place[pairs.payee] >= 0)
    flows = np.zeros((k + 1, k + 1))
    np.add.at(flows, (place[pairs.payee[paid]], place[pairs.payer[paid]]), pairs.pence[paid])
    earned = (pairs.kind == Kind.WAGES) & live[pairs.payee]
    made = np.append(sold[firms], max(int(pairs.pence[earned].sum()), 1)).astype(np.float64)
    added = np.append(_value_added(view)[firms], 0.0) / made
    first = np.append(np.where(builds, sold[firms], 0), 0) / sold[firms][builds].sum()
    output = np.linalg.solve(np.eye(k + 1) - flows / made, first)
    return float(added @ output / (added @ first))


def _value_added(view: View) -> np.ndarray:
    rows = view.table("dues")
    profit = rows["kind"] == Kind.DIVIDEND
    due = totals(rows["klass"][profit], rows["pence"][profit], view.classes.area.size)
    return _sums(view, ADDED, payee=False) + due


def _sums(view: View, kinds: tuple[Kind, ...], *, payee: bool) -> np.ndarray:
    pairs = view.pairs
    told = among(pairs.kind, kinds)
    side = pairs.payee if payee else pairs.payer
    return totals(side[told], pairs.pence[told], view.classes.area.size)


def _measure(name: str, what: str, *, homes: bool) -> Measure:
    return Measure(
        name=name,
        unit="GBP per GBP",
        direction="none",
        nature="flow",
        what=what,
        source="Miller and Blair (2009)",
        tiers=FOCUS,
        of_run=lambda view, tier: multiplier(view, tier, homes=homes),
    )


MEASURES = (
    _measure(
        "construction_gva_type1",
        "Value added in the place per pound of it in construction, firms buying from firms.",
        homes=False,
    ),
    _measure(
        "construction_gva_type2",
        "Value added in the place per pound of it in construction, homes spending their pay too.",
        homes=True,
    ),
)
