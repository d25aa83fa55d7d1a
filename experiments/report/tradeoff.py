"""Local income against what it costs, and against unmet need: what is gained and what is given up.

Differences from the baseline within each future, so that what all policies share cancels; the
baseline stands where the axes cross. The front holds the policies whose averages no other one beats
on both counts (Pareto 1906); where crosses overlap, the order of two policies may be luck.
"""

from functools import partial

import numpy as np

from experiments.analysis.pareto import dominates
from experiments.figures.palette import look
from experiments.figures.tradeoff import Mark, Side, tradeoff_figure
from experiments.report.folder import Estimate, Policy, Results
from experiments.report.gains import bare, headed
from experiments.report.glossary import Term, term
from experiments.report.pictures import Picture, absent, picture
from experiments.report.saved import ESTIMATE, Numbers, estimated
from experiments.report.tables import Grid
from experiments.report.words import change, estimate_gap, quoted

INCOME = "local_income_multiplier"
AGAINST = ("cost_per_delivered_unit", "unmet_need")


def tradeoff_pictures(results: Results) -> list[Picture]:
    """Draw local income against cost and against unmet need.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of Picture
        One for each measure that income is held against.
    """
    return [_tradeoff(results, measure) for measure in AGAINST]


def _ends(value: Estimate) -> tuple[float, float, float]:
    mean = value.mean or 0.0
    low, high = (mean if end is None else end for end in (value.low, value.high))
    return mean, low, high


def _gap(results: Results, measure: str, policy: Policy) -> Estimate:
    """Give the difference from the baseline, whose own is nought."""
    if policy != results.baseline:
        return results.change(measure, policy)
    unit = results.outcome(measure, policy).unit
    return Estimate(unit, 0.0, 0.0, 0.0, results.replicates, "")


def _front(words: tuple[Term, Term], found: list[tuple[Estimate, Estimate]]) -> list[bool]:
    """Say whose averages nobody beats on both counts."""
    signs = [1.0 if one.better == "higher" else -1.0 for one in words]
    score = np.array(
        [[sign * (pair[k].mean or 0.0) for pair in found] for k, sign in enumerate(signs)]
    )
    over = dominates(score)
    return [not over[:, k].any() for k in range(len(found))]


def _side(words: Term, unit: str) -> Side:
    better = "further up" if words.measure == INCOME else "further left"
    write = partial(change, unit=unit, style=words.style)
    return Side(headed(words.title, write, unit), f"{better} is better", bare(write))


def _tradeoff(results: Results, measure: str) -> Picture:
    words = term(measure), term(INCOME)
    name = f"tradeoff-{measure.replace('_', '-')}"
    heading = f"{words[1].title} against {words[0].title[0].lower()}{words[0].title[1:]}"
    every = [(p, (_gap(results, measure, p), _gap(results, INCOME, p))) for p in results.policies]
    known = [(p, pair) for p, pair in every if None not in (pair[0].mean, pair[1].mean)]
    if len(known) < 2:
        why = next((one.why for _, pair in every for one in pair if one.why), "one way alone")
        return absent(name, heading, why)
    front = _front(words, [pair for _, pair in known])
    marks, rows, numbers = [], [], []
    for (policy, pair), best in zip(known, front, strict=True):
        across, up = _ends(pair[0]), _ends(pair[1])
        marks.append(Mark(policy.title, look(policy.position), across, up, best))
        gaps = [estimate_gap(one, word.style) for one, word in zip(pair, words, strict=True)]
        if policy == results.baseline:
            gaps = ["the baseline", "the baseline"]
        rows.append([policy.title, gaps[1], gaps[0], "yes" if best else "no"])
        numbers.append([policy.title, *estimated(pair[1]), *estimated(pair[0]), rows[-1][-1]])
    columns = [f"{word}_difference_{end}" for word in (INCOME, measure) for end in ESTIMATE]
    data = Grid(
        f"{heading}: differences from {quoted(results.baseline.title)} (95% interval)",
        ["Way of buying", words[1].title, words[0].title, "On the front"],
        rows,
        numbers=Numbers(("policy", *columns, "on_the_front"), numbers),
    )
    told = f"On the front: {', '.join(mark.label for mark in marks if mark.front)}"
    units = [next((pair[k].unit for _, pair in known if pair[k].unit), "") for k in (0, 1)]
    drawing = tradeoff_figure(marks, _side(words[0], units[0]), _side(words[1], units[1]))
    return picture(name, heading, f"{told}.", drawing, data, told)
