"""How long council pounds stay: the share of the dyed money still in the place, month by month.

Read as a survival curve (Kaplan and Meier 1958; the restricted mean of Irwin 1949). Months count
from the dyeing: the close of the last dyed month is month 1.
"""

from collections.abc import Mapping

import numpy as np

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import DyeRecord
from simulation.measures.measure import Measure, Undefined, ratio
from simulation.measures.traced import dyed, in_place
from simulation.measures.view import PRIVATE, View

SOURCE = "this project, after Kaplan and Meier (1958)"


def retention_curve(view: View, tier: str) -> tuple[list[int], list[float]]:
    """Share of the dyed money in the place at each close, from the last dyed month on.

    Returns
    -------
    months : list of int
        Months since dyeing, 1, 2, ...
    shares : list of float
        Units held by firms, households and clubs of the place, per unit dyed.

    Raises
    ------
    Undefined
        When nothing was dyed.
    """
    return view.keep(("retention", tier), lambda: _retention_curve(view, tier))


def _retention_curve(view: View, tier: str) -> tuple[list[int], list[float]]:
    rows, injected = dyed(view)
    dye_month = int(rows["month"][rows["record"] == DyeRecord.INJECTED].max())
    held = (rows["record"] == DyeRecord.HELD) & in_place(view, rows, tier)
    held &= rows["month"] >= dye_month
    since = rows["month"][held].astype(np.int64) - dye_month
    length = view.meta.months - dye_month + 1
    units = np.bincount(since, weights=rows["units"][held], minlength=length)
    shares = (units / injected).tolist()
    return list(range(1, len(shares) + 1)), shares


def retained_share(view: View, tier: str) -> float:
    """Return the share of the dyed money in the place at the end of the run."""
    return retention_curve(view, tier)[1][-1]


def retained_by_month(view: View, tier: str) -> Mapping[int, float]:
    """Return the retention curve by months since dyeing."""
    return dict(zip(*retention_curve(view, tier), strict=True))


def retention_mean_months(view: View, tier: str) -> float:
    """Return the mean number of month-ends that a dyed pound is in the place, within the run.

    The sum of the curve: a mean restricted to the months that were lived, so runs of another
    length do not compare.
    """
    return float(sum(retention_curve(view, tier)[1]))


def retention_half_life(view: View, tier: str) -> float:
    """Return after how many months half of what first came to the place has left it.

    Counted from the close of the dyeing month, a straight line between closes.

    Raises
    ------
    Undefined
        When nothing came to the place, or more than half is still there at the end (censored).
    """
    months, shares = retention_curve(view, tier)
    half = shares[0] / 2
    if half == 0:
        raise Undefined("no dyed money was in the place at the close of the dyeing month")
    for at in range(1, len(shares)):
        if shares[at] <= half:
            before = shares[at - 1]
            return months[at - 1] - months[0] + (before - half) / (before - shares[at])
    raise Undefined("more than half was still in the place at the end of the run")


def idle_share(view: View, tier: str) -> float:
    """Return the share of dyed money in the place that lies in savings, mean over the closes."""
    rows, _ = dyed(view)
    mine = in_place(view, rows, tier)
    held = rows["units"][mine & (rows["record"] == DyeRecord.HELD)].sum()
    idle = rows["units"][mine & (rows["record"] == DyeRecord.IDLE)].sum()
    return ratio(idle, held, "no dyed money was in the place")


def whereabouts(view: View, tier: str) -> dict[str, float]:
    """Say where the dyed money is at the end of the run, shares that sum to 1.

    Returns
    -------
    dict
        `in_place` and `elsewhere` (held by firms and households here and in other areas), `repaid`
        (loans), `tax` (national government), `imports` (outside the country), `other` (councils,
        banks, pension funds).
    """
    return view.keep(("whereabouts", tier), lambda: _whereabouts(view, tier))


def _whereabouts(view: View, tier: str) -> dict[str, float]:
    rows, injected = dyed(view)
    units = rows["units"].astype(np.float64)
    end = (rows["record"] == DyeRecord.HELD) & (rows["month"] == view.meta.months)
    sunk = rows["record"] == DyeRecord.SUNK
    repaid = sunk & (rows["kind"] == Kind.LOAN_REPAID)
    private = np.isin(rows["group"], PRIVATE)
    here = in_place(view, rows, tier)
    government = rows["group"] == Institution.GOVERNMENT
    world = rows["group"] == Institution.WORLD
    parts = {
        "in_place": end & here,
        "elsewhere": end & private & ~here,
        "repaid": repaid,
        "tax": (sunk & ~repaid | end) & government,
        "imports": (sunk & ~repaid | end) & world,
        "other": (sunk & ~repaid | end) & ~government & ~world & ~(end & private),
    }
    return {name: float(units[told].sum()) / injected for name, told in parts.items()}


def _left_to(part: str, what: str) -> Measure:
    return Measure(
        name=f"dyed_{part}",
        unit="share",
        direction="none",
        nature="flow",
        what=what,
        source=SOURCE,
        of_run=lambda view, tier: whereabouts(view, tier)[part],
    )


MEASURES = (
    Measure(
        name="retention_mean_months",
        unit="months",
        direction="up",
        nature="flow",
        what="Mean number of month-ends at which a dyed pound is in the place, within the run.",
        source=SOURCE,
        of_run=retention_mean_months,
    ),
    Measure(
        name="retention_half_life",
        unit="months",
        direction="up",
        nature="flow",
        what="Months until half of the dyed money that first came to the place has left it.",
        source=SOURCE,
        of_run=retention_half_life,
    ),
    Measure(
        name="retained_share",
        unit="share",
        direction="up",
        nature="stock",
        what="Share of the dyed money still in the place; by month, months since dyeing.",
        source=SOURCE,
        of_run=retained_share,
        by_month=retained_by_month,
    ),
    Measure(
        name="idle_share",
        unit="share",
        direction="none",
        nature="flow",
        what="Share of the dyed money in the place that lies in savings.",
        source=SOURCE,
        of_run=idle_share,
    ),
    _left_to("elsewhere", "Share of the dyed money held in other areas at the end of the run."),
    _left_to("tax", "Share of the dyed money that went to national government."),
    _left_to("imports", "Share of the dyed money that left the country."),
    _left_to("repaid", "Share of the dyed money that repaid loans."),
    _left_to("other", "Share of the dyed money that went to councils, banks and pension funds."),
)
