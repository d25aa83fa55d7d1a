"""The chance that a firm closes, by its age."""

import numpy as np

from experiments.patterns.pattern import (
    ISLES,
    NO_CHANCE_CLOSURES,
    Ablation,
    Figure,
    Lives,
    Measured,
    Pattern,
    Published,
)
from experiments.patterns.reading import Int64, over
from experiments.patterns.trail import Trail

YEAR, YOUNG_YEARS = 12, 5
ONS = "ONS Business Demography 2023"
BORN_2009 = "ONS (via enterprisenation.com)"


def closings(trail: Trail) -> tuple[Int64, Int64]:
    """Count months lived and closures of firms of the place by age in years.

    Returns
    -------
    exposed, closed : int64[YOUNG_YEARS + 1]
        The last entry is of all ages from five years on. A firm is exposed in each month that it
        begins; it closed where it no longer trades at the
        month's end or another stands in its row.
    """
    exposed, closed = np.zeros((2, YOUNG_YEARS + 1), dtype=np.int64)
    for before, after in zip(trail.months[:-1], trail.months[1:], strict=True):
        age = np.minimum(before.age // YEAR, YOUNG_YEARS)
        lived = before.alive & before.here
        gone = lived & (~after.alive | (after.uid != before.uid))
        exposed += np.bincount(age[lived], minlength=exposed.size)
        closed += np.bincount(age[gone], minlength=exposed.size)
    return exposed, closed


def measure(lives: Lives) -> Measured:
    """Read the chance of closing off the censuses."""
    trail = lives["usual"].trail
    assert trail is not None
    exposed, closed = closings(trail)
    young = over(closed[:-1].sum() * YEAR, exposed[:-1].sum())
    old = over(closed[-1] * YEAR, exposed[-1])
    rates = [over(c, e) for c, e in zip(closed[:-1], exposed[:-1], strict=True)]
    known = [one for one in rates if one is not None]
    lived = float(np.prod([(1.0 - one) ** YEAR for one in known]))
    return {
        "all": over(closed.sum() * YEAR, exposed.sum()),
        "young": young,
        "old": old,
        "ratio": None if young is None or not old else young / old,
        "five_years": lived if len(known) == YOUNG_YEARS else None,
    }


PATTERN = Pattern(
    name="hazard",
    question="How does the chance that a firm closes change with its age?",
    known="10.8 % of enterprises closed in 2023; of those born in 2009, 51.8 % in health and "
    "33.4 % in hospitality lived for five years. Young firms close more often than old ones.",
    source=f"{ONS}; {BORN_2009}",
    place=ISLES,
    months=60,
    seconds=3.0,
    figures=(
        Figure("all", "Firms that close in a year", "share",
               Published(0.108, 0.108, "10.8 % of enterprises in 2023", ONS, True)),
        Figure("young", "The same of firms younger than five years", "share"),
        Figure("old", "The same of older firms", "share"),
        Figure("ratio", "Chance of the young over that of the old", "ratio"),
        Figure("five_years", "Firms that live through their first five years", "share",
               Published(0.334, 0.518, "33.4 % (hospitality) to 51.8 % (health), born 2009",
                         BORN_2009)),
    ),
    measure=measure,
    ablations=(
        Ablation(("firms.closure_young",), "age has no part in closing"),
        NO_CHANCE_CLOSURES,
    ),
    watched=True,
)  # fmt: skip
