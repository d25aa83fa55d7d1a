"""Firms that open and close, and what leaks out of care by whom it belongs to.

Births and deaths are told as the Office for National Statistics tells them: of all that traded at
any time in a year. Leakage is told as the Centre for Health and the Public Interest tells it: rent,
interest and profit before tax, of all that comes in. Directors' pay, which it adds, is part of
profit here, since owners of the model draw no wage.
"""

from collections.abc import Callable

from scenarios.tables import sector_code
from scenarios.vocabulary import Institution, Kind, OwnerKind
from simulation.accounting.grouping import among, totals
from simulation.measures.by_month import SALES
from simulation.measures.measure import FOCUS, Measure, ratio
from simulation.measures.view import Bool, View

ONS = "Office for National Statistics, Business Demography"
CHPI = "Centre for Health and the Public Interest 2019, Plugging the leaks"
CARE = "social_care"
OWNERS = {
    "local": (OwnerKind.LOCAL, "whose owners are here"),
    "outside": (OwnerKind.OUTSIDE, "whose owners are elsewhere"),
    "vcse": (OwnerKind.VCSE, "that divide no profit"),
}


def rate_of(column: str) -> Callable[[View, str], float]:
    """Make the measure of firms that opened or closed in a year, of those that traded in it."""

    def answer(view: View, tier: str) -> float:
        rows = view.table("firms")
        here = view.focus(tier)[rows["area"]]
        months = view.last - view.first + 1
        trading = float(rows["trading"][here].sum()) / months
        opened = float(rows["opened"][here].sum()) / view.years
        counted = float(rows[column][here].sum()) / view.years
        return 100.0 * ratio(counted, trading + opened, "no firm traded in the place")

    return answer


def care_leakage(owner: OwnerKind) -> Callable[[View, str], float]:
    """Make the measure of rent, interest and profit before tax of care firms, of their sales."""

    def answer(view: View, tier: str) -> float:
        classes, pairs, n = view.classes, view.pairs, view.classes.area.size
        mine: Bool = (classes.institution == Institution.FIRM) & (classes.owner_kind == owner)
        mine = mine & (classes.sector == sector_code()[CARE])
        mine = mine & view.focus(tier)[classes.area]
        rows = view.table("dues")
        due = among(rows["kind"], (Kind.DIVIDEND, Kind.RENT))
        leaks = totals(rows["klass"][due], rows["pence"][due], n)
        paid = among(pairs.kind, (Kind.INTEREST, Kind.CORPORATION_TAX))
        leaks = leaks + totals(pairs.payer[paid], pairs.pence[paid], n)
        sold = among(pairs.kind, SALES)
        sales = totals(pairs.payee[sold], pairs.pence[sold], n)
        return ratio(leaks[mine].sum(), sales[mine].sum(), "no such firm sold care in the place")

    return answer


MEASURES = (
    *(
        Measure(
            name=f"firm_{name}",
            unit="% a year",
            direction="none",
            nature="flow",
            what=f"Firms that {verb} in a year, of all that traded at any time in it.",
            source=ONS,
            tiers=FOCUS,
            of_run=rate_of(column),
        )
        for name, verb, column in (("births", "opened", "opened"), ("deaths", "closed", "closed"))
    ),
    *(
        Measure(
            name=f"care_leakage_{name}",
            unit="share",
            direction="none",
            nature="flow",
            what=f"Rent, interest and profit before tax of care firms {whose}, of what they sold.",
            source=CHPI,
            tiers=FOCUS,
            of_run=care_leakage(owner),
        )
        for name, (owner, whose) in OWNERS.items()
    ),
)
