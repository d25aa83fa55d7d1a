"""What a shock does to a place: how far it falls, how long until it is back, and who bears it.

Told of the first shock, and by month of each where there are several; see `measures.episode`.
"""

from collections.abc import Callable, Mapping

from simulation.measures.by_month import (
    government_by_month,
    lenders_by_month,
    pay_by_month,
    profit_by_month,
    reserves_by_month,
    sales_by_month,
    units_by_month,
)
from simulation.measures.episode import (
    Episode,
    drop_of,
    episode_of,
    loss_of,
    recovery_of,
    shock_months,
)
from simulation.measures.measure import EVERYWHERE, TIERS, Measure, Undefined
from simulation.measures.view import View

SOURCE = "Bruneau et al. (2003), the resilience triangle; this project"

Series = Callable[[View, str], Mapping[int, float]]
Asked = Callable[[View, Episode], float]


def _measure(
    name: str, unit: str, what: str, series: Series, of: Asked, tiers: tuple[str, ...]
) -> Measure:
    """Make a measure that asks one thing of one series around the first shock, or around each."""

    def told(view: View, tier: str, month: int) -> float:
        values = view.keep(("by month", series, tier), lambda: series(view, tier))
        return of(view, episode_of(view, values, month))

    def first(view: View, tier: str) -> float:
        months = shock_months(view)
        if not months:
            raise Undefined("no shock was set")
        return told(view, tier, months[0])

    def each(view: View, tier: str) -> Mapping[int, float]:
        values = {}
        months = shock_months(view)
        for month in months if len(months) > 1 else ():
            try:
                values[month] = told(view, tier, month)
            except Undefined:
                continue
        return values

    return Measure(
        name=name,
        unit=unit,
        direction="down",
        nature="flow",
        what=what,
        source=SOURCE,
        tiers=tiers,
        of_run=first,
        by_month=each,
        applies=lambda view: bool(view.meta.shock_months),
    )


def _drop(view: View, episode: Episode) -> float:
    return drop_of(episode)


def _recovery(view: View, episode: Episode) -> float:
    return recovery_of(episode, view.meta.recovered_within)


def _loss(view: View, episode: Episode) -> float:
    return loss_of(episode)


WATCHED: tuple[tuple[str, str, Series, tuple[str, ...]], ...] = (
    ("income", "residents' take-home pay", pay_by_month, TIERS),
    ("services", "units of service delivered", units_by_month, EVERYWHERE),
    ("sales", "sales of the place's firms", sales_by_month, TIERS),
)
BEARERS: tuple[tuple[str, str, Series, tuple[str, ...]], ...] = (
    ("pay", "residents, in take-home pay", pay_by_month, TIERS),
    ("owners", "owners in the place, in post-tax profit due", profit_by_month, TIERS),
    ("services", "those who need services, in units not delivered", units_by_month, EVERYWHERE),
    ("reserves", "public buyers of the place, in their reserves", reserves_by_month, TIERS),
    ("lenders", "lenders, in loans to the place written off", lenders_by_month, TIERS),
    ("government", "national government, in what it takes from the place less what it pays there",
     government_by_month, TIERS),
)  # fmt: skip

ASKED: tuple[tuple[str, str, str, Asked], ...] = (
    ("drop", "share", "Largest shortfall within two years of the first shock in {}, against the "
     "mean of the twelve months before.", _drop),
    ("recovery", "months", "Months from the first shock until {} are back at the level before it "
     "for three months.", _recovery),
)  # fmt: skip

MEASURES = (
    *(
        _measure(f"resilience_{name}_{end}", unit, what.format(words), series, of, tiers)
        for name, words, series, tiers in WATCHED
        for end, unit, what, of in ASKED
    ),
    *(
        _measure(
            f"shock_borne_by_{name}", "GBP",
            f"What the first shock costs {words}, over twelve months, against the twelve before.",
            series, _loss, tiers,
        )
        for name, words, series, tiers in BEARERS
    ),
)  # fmt: skip
"""None is told where the books know of no shock."""
