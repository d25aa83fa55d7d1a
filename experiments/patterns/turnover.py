"""Whether staff leave employers that pay less more often."""

import numpy as np

from experiments.patterns.pattern import ISLES, Ablation, Figure, Lives, Measured, Pattern
from experiments.patterns.reading import less, over
from experiments.patterns.trail import Trail

YEAR = 12
TENTH = np.log(1.1)


def leaving(trail: Trail) -> tuple[np.ndarray, np.ndarray]:
    """Say of each month of work at a firm what it paid, and whether it was the last there.

    Pay is that of the post, what a worker of skill one would get, in logs less the month's mean.
    Months in which the employer closed are left out.

    Returns
    -------
    pay : float64[m]
    left : bool[m]
    """
    pays, leaves = [], []
    for before, after in zip(trail.months[:-1], trail.months[1:], strict=True):
        going = after.uid[after.alive]
        at = (before.employer >= 0) & (before.wage > 0) & (before.skill > 0)
        at &= np.isin(before.employer, going)
        if not at.any():
            continue
        pay = np.log(before.wage[at] / before.skill[at])
        pays.append(pay - pay.mean())
        leaves.append(after.employer[at] != before.employer[at])
    if not pays:
        return np.zeros(0), np.zeros(0, dtype=np.bool_)
    return np.concatenate(pays), np.concatenate(leaves)


def measure(lives: Lives) -> Measured:
    """Read yearly turnover, and its slope against pay by least squares."""
    trail = lives["usual"].trail
    assert trail is not None
    pay, left = leaving(trail)
    if not pay.size:
        return dict.fromkeys(("all", "low", "high", "gap", "slope"))
    low, high = np.quantile(pay, [0.25, 0.75])
    lowest = over(left[pay <= low].sum() * YEAR, (pay <= low).sum())
    highest = over(left[pay >= high].sum() * YEAR, (pay >= high).sum())
    slope = over(float((pay * left).sum()), float((pay * pay).sum()))
    return {
        "all": float(left.mean() * YEAR),
        "low": lowest,
        "high": highest,
        "gap": less(lowest, highest),
        "slope": None if slope is None else float(slope * YEAR * TENTH),
    }


PATTERN = Pattern(
    name="turnover",
    question="Do staff leave employers that pay less more often?",
    known="Staff of employers that pay more are known to leave less often; no published figure was "
    "found for a place like these.",
    source="none found",
    place=ISLES,
    months=60,
    seconds=3.0,
    figures=(
        Figure("all", "Residents who leave a firm in a year, of those it employs", "share"),
        Figure("low", "The same in the quarter of posts paid least", "share"),
        Figure("high", "The same in the quarter of posts paid most", "share"),
        Figure("gap", "The former less the latter", "share"),
        Figure("slope", "Change of yearly turnover for a tenth more pay", "share"),
    ),
    measure=measure,
    ablations=(Ablation(("labour.search_on_the_job",), "nobody in work looks for a better job"),),
    watched=True,
)
