"""The headline: what residents gain of a pound spent on services, over all rounds.

Residents' take-home pay, post-tax profit due to local owners, rent to local owners and business
rates kept, per pound of service outlay. Round 1 is the buyer's own payroll, round 2 what suppliers
do with what they are paid, wherever they are based; from then on money circulates among the
private classes of the place as it did in the window, (I - P)^-1, and everyone else absorbs.
Council tax is paid out of these incomes and is not added.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.grouping import among, whole_totals
from simulation.measures.circulation import Brings, circulation, dues_to, outlays
from simulation.measures.measure import Measure, ratio
from simulation.measures.spending import (
    Role,
    all_outlay_followed,
    arrivals,
    paid_for_services,
    payroll,
)
from simulation.measures.view import View

Bool = NDArray[np.bool_]
Int64 = NDArray[np.int64]

PENCE = 100
RECEIVED = (
    Kind.WAGES,
    Kind.REDUNDANCY,
    Kind.DIVIDEND,
    Kind.RENT,
    Kind.COMMERCIAL_RENT,
    Kind.INTEREST,
    Kind.BENEFIT,
    Kind.STATE_PENSION,
    Kind.OCCUPATIONAL_PENSION,
    Kind.SOCIAL_FUND,
    Kind.GRANT,
)
TAKEN = (
    Kind.PAYE,
    Kind.COUNCIL_TAX,
    Kind.PENSION_CONTRIBUTION,
    Kind.MORTGAGE_INTEREST,
    Kind.INTEREST,
)


def local_income_multiplier(view: View, tier: str) -> float:
    """Return residents' income over all rounds per pound of service outlay.

    Parameters
    ----------
    view : View
        Books that cover purchases, payroll, flows and dues; outflows where they are kept, else a
        supplier spends as its class does.
    tier : str
        The place, around each buyer's own area.

    Raises
    ------
    Undefined
        When a table is missing, nothing was spent or nothing leaks.
    """
    all_outlay_followed(view)
    view.table("dues")
    spent = outlays(view)
    income = outlay = 0.0
    for place in view.places(tier):
        gross, home = payroll(view, place)
        ring = circulation(view, place.areas)
        due = dues_to(view, place.areas)
        rate = np.divide(due, spent, out=np.zeros(spent.size), where=spent > 0)
        pay = ring.gathered(home)
        income += float(pay.sum())
        for firms, paid in paid_for_services(view, place):
            profit = np.where(firms.klass < 0, 0.0, rate[np.maximum(firms.klass, 0)])
            income += float((paid * (firms.share_to(place.areas, (Role.PAY,)) + profit)).sum())
            pay = pay + arrivals(view, firms, paid, ring, place.areas)
            outlay += float(paid.sum())
        income += ring.brought(pay, Brings.INCOME)
        outlay += gross
    return ratio(income, outlay, "no service outlay in the window")


def local_income_pence(view: View, areas: Bool) -> float:
    """Residents' take-home pay, profit, rent and rates due in a place over the window [pence].

    Parameters
    ----------
    areas : bool[n_areas + 1]
        The place.
    """
    view.table("dues")
    pay = received_by(view, (Kind.WAGES,))[_living(view, areas)]
    return float(pay.sum()) + float(dues_to(view, areas).sum())


def disposable_income_pence(view: View, areas: Bool) -> float:
    """Gross disposable income of a place's households over the window [pence].

    Pay net of tax, property income and transfers received, less interest, council tax and other
    contributions paid (European System of Accounts 2010, B.6g, without imputed rent).
    """
    living = _living(view, areas)
    received = received_by(view, RECEIVED)[living]
    taken = view.keep("taken", lambda: _taken(view))[living]
    return float(received.sum()) - float(taken.sum())


def received_by(view: View, kinds: Iterable[Kind]) -> Int64:
    """What each class received in payments of some kinds, int64[n_classes] [pence]."""
    wanted = tuple(kinds)

    def make() -> Int64:
        pairs = view.pairs
        told = among(pairs.kind, wanted)
        return whole_totals(pairs.payee[told], pairs.pence[told], view.classes.area.size)

    return view.keep(("received", wanted), make)


def _taken(view: View) -> Int64:
    pairs = view.pairs
    told = among(pairs.kind, TAKEN)
    return whole_totals(pairs.payer[told], pairs.pence[told], view.classes.area.size)


def _living(view: View, areas: Bool) -> Bool:
    """Classes of households in a place, bool[n_classes]."""
    classes = view.classes
    living: Bool = (classes.institution == Institution.HOUSEHOLD) & areas[classes.area]
    return living


def disposable_income(view: View, tier: str) -> float:
    """Return gross disposable income of the households around the focus [GBP a year]."""
    return disposable_income_pence(view, view.focus(tier)) / PENCE / view.years


MEASURES = (
    Measure(
        name="local_income_multiplier",
        unit="GBP per GBP",
        direction="up",
        nature="flow",
        what="Residents' take-home pay, post-tax profit due to local owners, rent to local owners "
        "and business rates kept, over all rounds, per pound of service outlay.",
        source="this project, after the regional multiplier of Archibald (1967)",
        of_run=local_income_multiplier,
    ),
    Measure(
        name="disposable_income",
        unit="GBP a year",
        direction="up",
        nature="flow",
        what="Gross disposable income of the place's households.",
        source="European System of Accounts 2010, B.6g, without imputed rent",
        of_run=disposable_income,
    ),
)
