"""The gain that is left when everyone else's loss is counted.

Paired with the baseline on the same luck. A gain here may be a loss next door: displacement is
what households elsewhere in the country lose, and private orders that the place's firms no longer
serve. It is taken around the focus; where the place is everywhere, nobody is elsewhere.
"""

from collections.abc import Callable

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.grouping import among
from simulation.measures.cost import delivered_units
from simulation.measures.local_income import (
    PENCE,
    disposable_income_pence,
    local_income_pence,
    received_by,
)
from simulation.measures.measure import Measure, Pair
from simulation.measures.view import Bool, View

PRIVATE_ORDERS = (Kind.CONSUMPTION, Kind.INTERMEDIATE, Kind.EXPORT)


def displacement(pair: Pair, tier: str) -> float:
    """Return what others lose against the baseline [GBP a year].

    The fall in gross disposable income of households elsewhere, plus the fall (a rise is no loss
    and counts as none) in private orders served by the place's firms.
    """
    inside = pair.run.focus(tier)
    elsewhere = ~inside
    lost = _change(pair, elsewhere, disposable_income_pence)
    forgone = min(0.0, _change(pair, inside, private_orders_pence))
    return -(lost + forgone) / PENCE / pair.run.years


def net_local_income(pair: Pair, tier: str) -> float:
    """Return the gain in residents' income less displacement [GBP a year].

    Residents' income is take-home pay, profit, rent and rates due, as in the headline.
    """
    gain = _change(pair, pair.run.focus(tier), local_income_pence) / PENCE / pair.run.years
    return gain - displacement(pair, tier)


def net_gain_after_cost(pair: Pair, tier: str) -> float:
    """Return net local income plus the change in services delivered [GBP a year].

    Quality-adjusted units, each a pound's worth at the built state's price: what the same budget
    buys less of is a cost that residents bear in kind.
    """
    units = delivered_units(pair.run) - delivered_units(pair.baseline)
    return net_local_income(pair, tier) + units / pair.run.years


def private_orders_pence(view: View, areas: Bool) -> float:
    """Private orders served by a place's firms over the window [pence]."""
    classes = view.classes
    trades = among(classes.institution, (Institution.FIRM, Institution.CLUB))
    firms = trades & areas[classes.area]
    return float(received_by(view, PRIVATE_ORDERS)[firms].sum())


def _change(pair: Pair, areas: Bool, of: Callable[[View, Bool], float]) -> float:
    return of(pair.run, areas) - of(pair.baseline, areas)


MEASURES = (
    Measure(
        name="displacement",
        unit="GBP a year",
        direction="down",
        nature="paired",
        what="Disposable income lost by households elsewhere, and private orders forgone by the "
        "place's firms, against the baseline.",
        source="HM Treasury Green Book, displacement; this project",
        of_pair=displacement,
    ),
    Measure(
        name="net_local_income",
        unit="GBP a year",
        direction="up",
        nature="paired",
        what="Gain in residents' income against the baseline, less displacement.",
        source="HM Treasury Green Book, additionality; this project",
        of_pair=net_local_income,
    ),
    Measure(
        name="net_gain_after_cost",
        unit="GBP a year",
        direction="up",
        nature="paired",
        what="Net local income plus the change in services delivered, valued at the built "
        "state's price.",
        source="this project",
        of_pair=net_gain_after_cost,
    ),
)
