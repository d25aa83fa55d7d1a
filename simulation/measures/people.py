"""Jobs where they are and for whom, what they pay, and how incomes are shared."""

from collections.abc import Callable

import numpy as np

from simulation.measures.distribution import gini, held_between
from simulation.measures.measure import FOCUS, Measure, ratio
from simulation.measures.view import View

PENCE = 100
NO_JOBS = "nobody works in the place"


def jobs(view: View, tier: str) -> float:
    """Return jobs at workplaces of the place in the last month."""
    rows = view.latest("jobs")
    return float(rows["jobs"][view.focus(tier)[rows["work_area"]]].sum())


def resident_jobs(view: View, tier: str) -> float:
    """Return jobs held by residents of the place in the last month, wherever they work."""
    rows = view.latest("jobs")
    return float(rows["jobs"][view.focus(tier)[rows["home_area"]]].sum())


def living_wage_share(view: View, tier: str) -> float:
    """Return the share of the place's jobs that pay a Real Living Wage, in the last month."""
    rows = view.latest("jobs")
    here = view.focus(tier)[rows["work_area"]]
    return ratio(rows["living_wage_jobs"][here].sum(), rows["jobs"][here].sum(), NO_JOBS)


def gini_income(view: View, tier: str) -> float:
    """Return the Gini coefficient of equivalised disposable income in the last month."""
    return gini(*_bins(view, tier))


def income_decile(tenth: int) -> Callable[[View, str], float]:
    """Make the measure of a tenth's mean equivalised disposable income [GBP a month]."""

    def answer(view: View, tier: str) -> float:
        households, pence = _bins(view, tier)
        n, sums = held_between(households, pence, (tenth - 1) / 10, tenth / 10)
        return sums / n / PENCE

    return answer


def _bins(view: View, tier: str) -> tuple[np.ndarray, np.ndarray]:
    rows = view.latest("people")
    mine = view.focus(tier)[rows["area"]]
    return rows["households"][mine], rows["income_pence"][mine]


MEASURES = (
    Measure(
        name="jobs",
        unit="jobs",
        direction="up",
        nature="stock",
        what="Jobs at workplaces of the place.",
        source="Office for National Statistics, workplace jobs",
        of_run=jobs,
    ),
    Measure(
        name="resident_jobs",
        unit="jobs",
        direction="up",
        nature="stock",
        what="Jobs held by residents of the place, wherever they work.",
        source="Office for National Statistics, residents in employment",
        of_run=resident_jobs,
    ),
    Measure(
        name="living_wage_share",
        unit="share",
        direction="up",
        nature="stock",
        what="Share of the place's jobs that pay at least the Real Living Wage.",
        source="Living Wage Foundation",
        of_run=living_wage_share,
    ),
    Measure(
        name="gini_income",
        unit="index",
        direction="down",
        nature="stock",
        what="Gini coefficient of households' equivalised disposable income.",
        source="Gini (1912); Office for National Statistics, effects of taxes and benefits",
        of_run=gini_income,
    ),
    *(
        Measure(
            name=f"income_decile_{tenth}",
            unit="GBP a month",
            direction="up",
            nature="stock",
            what=f"Mean equivalised disposable income of the focus's tenth {tenth} of households, "
            "counted from the poorest.",
            source="Office for National Statistics, effects of taxes and benefits",
            tiers=FOCUS,
            of_run=income_decile(tenth),
        )
        for tenth in range(1, 11)
    ),
)
