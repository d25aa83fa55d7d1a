"""The answer to `pareto`: which policies no other one beats on every count at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.analysis.factorial import FEWEST
from experiments.analysis.futures import Left
from experiments.figures.front import Count, Way, front_figure
from experiments.figures.palette import look
from experiments.report.glossary import term
from experiments.report.pictures import picture
from experiments.report.swept import Answer, both, share_told, told_left
from experiments.report.tables import Grid
from experiments.report.words import listed, quoted

Told = Mapping[str, Any]


def front_answer(
    told: Told, units: Mapping[str, str], ups: Mapping[str, bool], order: Sequence[str], left: Left
) -> Answer:
    """Put the policies that are not dominated in words, a table and a picture.

    Parameters
    ----------
    told : dict
        What `pareto` told.
    units : mapping of str to str
        Unit of each objective.
    ups : mapping of str to bool
        Whether more of it is better.
    order : sequence of str
        Policies in the plan's order, which gives each its look.
    left : Left
        What was left out.
    """
    grid = _grid(told, units)
    said = _said(told)
    return Answer(
        title="Which policies no other one beats on every count",
        paragraph=said,
        grids=[grid, _dominated(told)],
        pictures=[
            picture(
                "front",
                "What each policy comes to on average",
                " ".join(said),
                front_figure(*_drawn(told, units, ups, order)),
                grid,
                "Better is up on every axis. A full line is a policy that none dominates on "
                "average by more than luck, with the share of futures in which none does on the "
                "means over luck.",
            )
        ],
        method=[
            "A policy is dominated in a future where another is at least as good on every count "
            "and better on one (Pareto 1906), on means over luck. Counts are not weighed against "
            "each other: the choice among policies that are not dominated is one for people.",
            "On average it is called dominated only where on no count the 95% interval of luck of "
            f"their difference reaches to the other side, over {FEWEST} replicates or more (a "
            "claim that every count has to bear: intersection-union test, Berger 1982). In a "
            "single future a difference of a penny counts as one, and luck may have made it.",
        ],
        left=told_left(left, whole=True),
    )


def _said(told: Told) -> list[str]:
    free = [one["policy"] for one in told["policies"] if one["on_average"]]
    counts = listed([term(name).title.lower() for name in told["objectives"]])
    said = [f"On {counts}, no other policy dominates {both(free)} on average."]
    for one in told["policies"]:
        if not one["on_average"]:
            said.append(f"{quoted(one['policy'])} is dominated by {both(one['on_average_by'])}.")
        elif one["unclear_by"]:
            said.append(
                f"On the means {both(one['unclear_by'])} would dominate {quoted(one['policy'])}, "
                "which luck alone could make."
            )
    if told["replicates"] < FEWEST:
        said.append(
            f"Fewer than {FEWEST} replicates: that one dominates another on average cannot be told "
            "from luck yet."
        )
    always = [one["policy"] for one in told["policies"] if one["share"] == 1.0]
    if always:
        said.append(f"In all {told['futures']:,} futures nothing dominates {both(always)}.")
    return said


def _step(told: Told, name: str) -> float:
    values = [one["means"][name] for one in told["policies"]]
    return float(max(values) - min(values)) / 20


def _grid(told: Told, units: Mapping[str, str]) -> Grid:
    names = told["objectives"]
    rows = [
        [
            one["policy"],
            *[term(n).writes(units[n], _step(told, n))(one["means"][n]) for n in names],
            share_told(one["share"]),
            _verdict(one),
        ]
        for one in told["policies"]
    ]
    head = ["Policy", *[term(n).title for n in names], "Not dominated in", "Dominated on average"]
    return Grid(f"Means over {told['futures']:,} futures", head, rows)


def _verdict(one: Told) -> str:
    if not one["on_average"]:
        return "yes"
    return "not clear of luck" if one["unclear_by"] else "no"


def _dominated(told: Told) -> Grid:
    names = [one["policy"] for one in told["policies"]]
    rows = [
        [one["policy"], *[share_told(one["dominated_by"].get(other, 0.0)) for other in names]]
        for one in told["policies"]
    ]
    caption = "Share of futures in which the row is dominated by the column, on means over luck"
    return Grid(caption, ["Policy", *names], rows)


def _drawn(
    told: Told, units: Mapping[str, str], ups: Mapping[str, bool], order: Sequence[str]
) -> tuple[list[Count], list[Way]]:
    counts, ends = [], {}
    for name in told["objectives"]:
        values = [one["means"][name] for one in told["policies"]]
        worst, best = (min(values), max(values)) if ups[name] else (max(values), min(values))
        write = term(name).writes(units[name], abs(best - worst) / 20)
        ends[name] = worst, best
        counts.append(Count(term(name).title, write(worst), write(best)))
    ways = [
        Way(
            one["policy"],
            f"not dominated in {share_told(one['share'])}",
            look(order.index(one["policy"])),
            [_height(one["means"][name], *ends[name]) for name in told["objectives"]],
            one["on_average"],
        )
        for one in told["policies"]
    ]
    return counts, ways


def _height(value: float, worst: float, best: float) -> float:
    return 0.5 if best == worst else (value - worst) / (best - worst)
