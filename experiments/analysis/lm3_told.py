"""What is told of one supplier's spending: its answers, and a range for what it was not asked.

An answer takes the place of the range of its part and its place. Answers for a smaller place are
the least, and those for a larger one the most, of what goes to the places between. So to know more
never widens what is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from experiments.analysis.lm3_ranges import Range, Rings
from scenarios.sources.lm3_survey import PARTS

_, SUPPLIES, _ = PARTS


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


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of a supplier's sales goes where.

    Attributes
    ----------
    parts : mapping of str to sequence of (float, float)
        Part -> by tier; the most of all parts together are no more than all sales.
    joint : bool
        Whether the doubt is one sum of money, whatever part it belongs to. It stands with the
        supplies then, and may be spent again as much as that of any part.
    """

    parts: Mapping[str, Sequence[Range]]
    joint: bool


def told_shares(
    ranges: Mapping[str, Sequence[Range]], answers: Mapping[tuple[str, str], float],
    tiers: Sequence[str],
) -> Shares:  # fmt: skip
    """Say how much of a supplier's sales goes where, by part.

    Whatever parts lie in their ranges, are as answered and come to no more than all sales, lie in
    what is told: nothing is cut but what all parts together cannot be.

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
    Shares
    """
    given = {part: [answers.get((part, tier)) for tier in tiers] for part in PARTS}
    found = {part: within_answers(ranges[part], given[part]) for part in PARTS}
    fixed = {part: max((a for a in given[part] if a is not None), default=0.0) for part in PARTS}
    unspent = sum(  # was sure to be spent, and is not: nothing else takes its place
        max(max(was[0] - now[0], 0.0) for was, now in zip(ranges[part], found[part], strict=True))
        for part in PARTS
    )
    whole = max(1.0 - unspent, sum(fixed.values()))
    if sum(found[part][-1][0] for part in PARTS) > whole:
        return Shares(_capped(found, fixed, whole), joint=False)
    if sum(found[part][-1][1] for part in PARTS) <= whole:
        return Shares(found, joint=False)
    return Shares(_joined(found, whole), joint=True)


def _joined(ranges: Mapping[str, Sequence[Range]], whole: float) -> dict[str, list[Range]]:
    """Make one doubt of the doubts of all parts, where not all of them can have their most.

    Of each part so much is sure as it is the least of in the country; it may lie in a place as far
    as the part may. All else is one sum. What is sure to be spent, and cannot be in a place, takes
    its room from what all parts may come to there.
    """
    least = {part: ranges[part][-1][0] for part in PARTS}
    found: dict[str, list[Range]] = {part: [] for part in PARTS}
    for k in range(len(ranges[SUPPLIES])):
        sure = {part: min(ranges[part][k][1], least[part]) for part in PARTS}
        room = whole - sum(least[part] - sure[part] for part in PARTS)
        most = min(room, sum(ranges[part][k][1] for part in PARTS))
        for part in PARTS:
            beside = sum(sure[other] for other in PARTS if other != part)
            high = most - beside if part == SUPPLIES else sure[part]
            low, before = ranges[part][k][0], found[part][-1][1] if k else 0.0
            found[part].append((low, max(high, low, before)))  # but for the last digit, they are
    return found


def _capped(
    ranges: Mapping[str, Sequence[Range]], fixed: Mapping[str, float], whole: float
) -> dict[str, list[Range]]:
    """Cut each part, but for what is fixed, where answers leave no room for the least of others."""
    free = {part: ranges[part][-1][1] - fixed[part] for part in PARTS}
    left, wanted = whole - sum(fixed.values()), sum(free.values())
    rate = max(left, 0.0) / wanted if wanted > max(left, 0.0) else 1.0
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
