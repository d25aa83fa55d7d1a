"""What is told of one supplier's spending: its answers, and a range for what it was not asked.

An answer takes the place of the range of its part and its place. Answers for a smaller place are
the least, and those for a larger one the most, of what goes to the places between. So to know more
never widens what is told.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from experiments.analysis.lm3_ranges import Range, Rings
from scenarios.sources.lm3_survey import PARTS


def within_answers(
    ranges: Sequence[Range], answers: Sequence[float | None], most: float = 1.0
) -> list[Range]:
    """Hold the ranges of one part against what was answered.

    Parameters
    ----------
    ranges : sequence of (float, float)
        By tier, smallest first; they never fall.
    answers : sequence of float or None
        By tier; they never fall.
    most : float
        Largest share that there may be.

    Returns
    -------
    list of (float, float)
        By tier; none wider than its range.
    """
    found: list[Range] = []
    below = 0.0
    for (low, high), answer in zip(ranges, answers, strict=True):
        if answer is not None:
            below = answer
            found.append((answer, answer))
        else:
            above = high if high >= below else below + high - low
            found.append((max(low, below), above))
    cap = most
    for k in reversed(range(len(found))):
        low, high = found[k]
        cap = min(cap, high)
        found[k] = min(low, cap), cap
    return found


def told_shares(
    ranges: Mapping[str, Sequence[Range]], answers: Mapping[tuple[str, str], float],
    tiers: Sequence[str],
) -> dict[str, list[Range]]:  # fmt: skip
    """Say how much of a supplier's sales goes where, by part.

    Parameters
    ----------
    ranges : mapping of str to sequence of (float, float)
        As of `Ranges.of`.
    answers : mapping of (str, str) to float
        As of `Answers.shares`.
    tiers : sequence of str
        The places, smallest first.

    Returns
    -------
    dict of str to list of (float, float)
        Part -> by tier; together no more than all sales.
    """
    given = {part: [answers.get((part, tier)) for tier in tiers] for part in PARTS}
    before = _capped(ranges, dict.fromkeys(PARTS, 0.0))
    found = {part: within_answers(before[part], given[part]) for part in PARTS}
    fixed = {part: max((a for a in given[part] if a is not None), default=0.0) for part in PARTS}
    return _capped(found, fixed)


def _capped(
    ranges: Mapping[str, Sequence[Range]], fixed: Mapping[str, float]
) -> dict[str, list[Range]]:
    """Cut the most of each part, but for what is fixed, until all parts are no more than sales."""
    free = {part: ranges[part][-1][1] - fixed[part] for part in PARTS}
    left, wanted = 1.0 - sum(fixed.values()), sum(free.values())
    rate = max(left, 0.0) / wanted if wanted > left else 1.0
    caps = {part: fixed[part] + rate * free[part] for part in PARTS}
    return {
        part: [(min(low, caps[part]), min(high, caps[part])) for low, high in ranges[part]]
        for part in PARTS
    }


def parted(ranges: Sequence[Range]) -> dict[Rings, float]:
    """Part what goes to nested places into amounts that lie between two rings.

    Parameters
    ----------
    ranges : sequence of (float, float)
        By tier, smallest first: least and most that goes there; neither ever falls.

    Returns
    -------
    dict of (int, int) to float
        Rings between which an amount lies -> amount. The amounts that lie in a place for sure add
        up to its least, those that may lie in it to its most.
    """
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    edges = sorted({0.0, *lows, *highs})
    found: dict[Rings, float] = {}
    for below, edge in pairwise(edges):
        first = next((k for k, high in enumerate(highs) if high >= edge), len(highs))
        last = next((k for k, low in enumerate(lows) if low >= edge), len(lows))
        found[first, last] = found.get((first, last), 0.0) + edge - below
    return found
