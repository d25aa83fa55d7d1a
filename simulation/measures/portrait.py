"""Where a service pound goes in its first two rounds, in eight parts that sum to one.

First to the buyer's own staff and to suppliers, then on from the suppliers, wherever these are
based. Profit is told where its owners are, paid out or not, and where the organisation is based if
nobody owns it; loans repaid and own savings are kept. Pension contributions and money handed back
to the public purse stand with tax. A supplier whose own spending nobody can see is counted where
it is based, as a supplier.
"""

from collections.abc import Callable

from simulation.measures.measure import Measure, ratio
from simulation.measures.spending import Role, bought, payroll, suppliers
from simulation.measures.view import Place, View

LOCAL_OR_NOT = {
    "pay": (Role.PAY,),
    "suppliers": (Role.SUPPLIES, Role.FINANCE),
    "profit": (Role.PROFIT, Role.GROUP, Role.RETAINED),
}
WHATEVER_PLACE = {"tax": (Role.PUBLIC,), "kept": (Role.KEPT,)}
PARTS = {
    "residents_pay": "take-home pay of residents",
    "local_suppliers": "suppliers and landlords in the place",
    "local_profit": "owners in the place",
    "outside_pay": "take-home pay of people living elsewhere",
    "outside_suppliers": "suppliers, landlords and lenders elsewhere",
    "outside_profit": "owners and head offices elsewhere",
    "tax": "taxes, pension contributions and the public purse",
    "kept": "loans repaid and money put by",
}


def portrait(view: View, tier: str) -> dict[str, float]:
    """Divide a pound of service outlay into the eight parts, which sum to one.

    Raises
    ------
    Undefined
        When purchases or payroll are not covered, or nothing was spent.
    """
    return view.keep(("portrait", tier), lambda: _portrait(view, tier))


def _portrait(view: View, tier: str) -> dict[str, float]:
    pence = dict.fromkeys(PARTS, 0.0)
    for place in view.places(tier):
        _staff(view, place, pence)
        _bought(view, place, pence)
    total = sum(pence.values())
    return {
        part: ratio(amount, total, "no service outlay in the window")
        for part, amount in pence.items()
    }


def _staff(view: View, place: Place, pence: dict[str, float]) -> None:
    gross, home = payroll(view, place)
    here = float(home[place.areas[view.classes.area]].sum())
    taken = float(home.sum())
    pence["residents_pay"] += here
    pence["outside_pay"] += taken - here
    pence["tax"] += gross - taken


def _bought(view: View, place: Place, pence: dict[str, float]) -> None:
    firms, paid = suppliers(view), bought(view, place)
    for word, roles in LOCAL_OR_NOT.items():
        local = "residents_pay" if word == "pay" else f"local_{word}"
        pence[local] += float((paid * firms.share_to(place.areas, roles)).sum())
        pence[f"outside_{word}"] += float((paid * firms.share_to(~place.areas, roles)).sum())
    for word, roles in WHATEVER_PLACE.items():
        anywhere = place.areas | True
        pence[word] += float((paid * firms.share_to(anywhere, roles)).sum())
    here = place.areas[firms.area]
    pence["local_suppliers"] += float(paid[here & ~firms.known].sum())
    pence["outside_suppliers"] += float(paid[~here & ~firms.known].sum())


def _part(part: str) -> Callable[[View, str], float]:
    return lambda view, tier: portrait(view, tier)[part]


MEASURES = tuple(
    Measure(
        name=f"pound_to_{part}",
        unit="share",
        direction="none",
        nature="flow",
        what=f"Share of a service pound that its first two rounds bring to: {words}.",
        source="this project, after the New Economics Foundation's plugging the leaks",
        of_run=_part(part),
    )
    for part, words in PARTS.items()
)
