"""The tail of firm sizes: whether it stays heavy while firms hire, close and open."""

import numpy as np

from experiments.patterns.pattern import (
    ISLES,
    NO_CHANCE_CLOSURES,
    Figure,
    Lives,
    Measured,
    Pattern,
    Published,
)
from experiments.patterns.reading import Int64, less
from experiments.patterns.trail import Census

LEAST_JOBS = 5
"""Where the tail begins; a place of a thousand homes has few larger firms."""
BPE = "Business Population Estimates 2025, Department for Business and Trade"


def tail(jobs: Int64) -> float | None:
    """Estimate the exponent of a power law of sizes from `LEAST_JOBS` on.

    The maximum-likelihood exponent of Hill (1975) for whole numbers, taken half a job below the
    least (Clauset, Shalizi and Newman 2009, eq. 3.7); None for fewer than five firms.

    Parameters
    ----------
    jobs : int64[n]
        Of firms that trade.
    """
    large = jobs[jobs >= LEAST_JOBS].astype(np.float64)
    if large.size < 5:
        return None
    return float(large.size / np.log(large / (LEAST_JOBS - 0.5)).sum())


def measure(lives: Lives) -> Measured:
    """Read sizes off the built state and the end of the run."""
    trail = lives["usual"].trail
    assert trail is not None
    first, last = trail.months[0], trail.months[-1]
    begun, ended = (tail(one.staff[one.alive & one.here]) for one in (first, last))
    return {
        "built": begun,
        "lived": ended,
        "drift": less(ended, begun),
        "top_tenth": top_tenth(last),
        "grown_small": growth(first, last, small=True),
        "grown_large": growth(first, last, small=False),
    }


def top_tenth(census: Census) -> float | None:
    """Return the share of jobs in the largest tenth of firms."""
    jobs = np.sort(census.staff[census.alive & census.here & (census.staff > 0)])[::-1]
    return float(jobs[: max(1, jobs.size // 10)].sum() / jobs.sum()) if jobs.size else None


def growth(first: Census, last: Census, *, small: bool) -> float | None:
    """Return the mean log growth of firms that lived on, below or from `LEAST_JOBS` up."""
    same = first.alive & last.alive & first.here & (first.uid == last.uid)
    same &= (first.staff > 0) & (last.staff > 0) & ((first.staff < LEAST_JOBS) == small)
    if not same.any():
        return None
    return float(np.log(last.staff[same] / first.staff[same]).mean())


PATTERN = Pattern(
    name="sizes",
    question="Does the tail of firm sizes stay heavy while firms hire, close and open?",
    known="Counts of firms by size fall nearly as a power law: between 10 and 250 jobs the counts "
    "of the United Kingdom in 2025 give an exponent of 1.08 (log of 266,855 over 8,335 firms, over "
    "the log of 25).",
    source=BPE,
    place=ISLES,
    months=60,
    seconds=3.0,
    figures=(
        Figure("built", "Exponent of the tail in the built state, which is put in", "exponent",
               Published(1.08, 1.08, "1.08, from counts of firms with 10 and 250 jobs", BPE, True)),
        Figure("lived", "Exponent of the tail after five years", "exponent",
               Published(1.08, 1.08, "1.08, from counts of firms with 10 and 250 jobs", BPE)),
        Figure("drift", "The later less the earlier", "exponent"),
        Figure("top_tenth", "Jobs in the largest tenth of firms after five years", "share"),
        Figure("grown_small", "Growth of firms of fewer than 5 jobs that lived on, over five years",
               "log"),
        Figure("grown_large", "The same of firms of 5 jobs or more", "log"),
    ),
    measure=measure,
    ablations=(
        NO_CHANCE_CLOSURES,
    ),
    watched=True,
)  # fmt: skip
