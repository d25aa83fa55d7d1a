"""A series around a shock: how far it falls, how long until it is back, and what is missing.

The resilience triangle of Bruneau and others (2003). Books of one run know no twin without the
shock, so the level is the mean of the twelve months before it: what would have happened anyway is
in the numbers. Differences between policies are free of most of that, since all meet the same shock
on the same luck.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.measures.measure import Undefined, ratio
from simulation.measures.view import View

LEVEL_MONTHS = 12
"""The level is the mean of so many months before a shock, or of those that are known."""
TROUGH_MONTHS = 24
"""The lowest month is sought in so many months from the shock on."""
STEADY_MONTHS = 3
"""So many months on end within reach of the level are a recovery."""
BORNE_MONTHS = 12
"""Who bears it is told for so many months from the shock on."""


@dataclass(frozen=True, slots=True)
class Episode:
    """A series around one shock.

    Attributes
    ----------
    level : float
        Mean of the months before.
    after : float64[n]
        The months from the shock to the next one, or to the end of the run.
    """

    level: float
    after: NDArray[np.float64]


def drop_of(episode: Episode) -> float:
    """Return the largest shortfall within two years, as a share of the level; 0 where none."""
    lowest = float(episode.after[:TROUGH_MONTHS].min())
    return max(ratio(episode.level - lowest, episode.level, "nothing before the shock"), 0.0)


def recovery_of(episode: Episode, within: float) -> int:
    """Return after how many months the series is back: 0 where it never fell out of reach.

    Back is the first of three months on end, none before the lowest, that lie no further below the
    level than a share `within` of it.

    Raises
    ------
    Undefined
        When it is not back by the end of the run or the next shock (censored).
    """
    after = episode.after
    reached = after >= episode.level * (1.0 - within)
    trough = int(after[:TROUGH_MONTHS].argmin())
    if reached[trough]:
        return 0
    for month in range(trough, after.size - STEADY_MONTHS + 1):
        if reached[month : month + STEADY_MONTHS].all():
            return month
    raise Undefined("not back when the run ended or the next shock came")


def loss_of(episode: Episode) -> float:
    """Return what is missing over twelve months from the shock on, against the level.

    Raises
    ------
    Undefined
        When fewer months were lived before the end of the run or the next shock.
    """
    if episode.after.size < BORNE_MONTHS:
        raise Undefined(f"fewer than {BORNE_MONTHS} months were lived between the shock and the "
                        "end of the run or the next shock")  # fmt: skip
    return episode.level * BORNE_MONTHS - float(episode.after[:BORNE_MONTHS].sum())


def shock_months(view: View) -> list[int]:
    """Months in which shocks began, rising, each once."""
    return sorted(set(view.meta.shock_months))


def episode_of(view: View, series: Mapping[int, float], month: int) -> Episode:
    """Cut a series at a shock.

    Raises
    ------
    Undefined
        When no month before it is known, or it comes after the window.
    """
    if month > view.last:
        raise Undefined("the shock came after these months")
    before = [series[m] for m in range(month - LEVEL_MONTHS, month) if m in series]
    if not before:
        raise Undefined("no month before the shock is known")
    later = [m for m in shock_months(view) if m > month]
    end = later[0] if later else view.meta.months + 1
    return Episode(
        float(np.mean(before)), np.array([series.get(m, 0.0) for m in range(month, end)])
    )
