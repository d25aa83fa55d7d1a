"""The answer to `sensitivity`: which assumptions it hangs on, and whether that has settled."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.figures.influence import Course, Factor, influence_figure
from experiments.report.glossary import term
from experiments.report.pictures import Picture, absent, picture
from experiments.report.swept import Answer, Known, factors_grid, many, plain, share_told
from experiments.report.tables import Grid
from experiments.report.words import listed

MOST_DRAWN = 12
MOSTLY_LUCK = 0.5
"""Share of luck in the variance over points above which a reader is warned."""
MARKS = {
    "sobol": ("all that it does, with others (ST)", "what it does alone (S1)"),
    "morris": ("mean size of its effect (μ*)", "how uneven its effect is (σ)"),
}
KEYS = {
    "sobol": ("st", "st_conf", "s1", "s1_conf"),
    "morris": ("mu_star", "mu_star_conf", "sigma", ""),
}
GROUPS = {"sobol": "Saltelli group", "morris": "walk"}

Told = Mapping[str, Any]


def indices_answer(found: Sequence[Told], known: Mapping[str, Known]) -> Answer:
    """Put indices in words, tables and pictures.

    Parameters
    ----------
    found : sequence of dict
        What `sensitivity` told, each with `measure`, `tier`, `unit`, `of` (whose answer it is, in
        words) and `place`.
    known : mapping of str to Known
        The factors.
    """
    names = dict.fromkeys(one["factor"] for told in found for one in told["factors"])
    kind = found[0]["kind"]
    return Answer(
        title="Which assumptions the answer hangs on",
        paragraph=[_said(told) for told in found],
        grids=[
            *[_grid(told) for told in found if told["factors"]],
            *[_pairs(told) for told in found if told["pairs"]],
            _luck(found),
            factors_grid(names, known),
        ],
        pictures=[_picture(told, k) for k, told in enumerate(found)],
        method=[_METHOD[kind], _LUCK],
        left=list(dict.fromkeys(line for told in found for line in _left(told))),
    )


_METHOD = {
    "sobol": "Sobol’ indices by SALib, estimators of Saltelli and others (2010): S1 is the part of "
    "the variance over points that a factor explains alone, ST with all its interactions. Both are "
    "taken over the ranges of the plan.",
    "morris": "Elementary effects by SALib (Morris 1991; Campolongo, Cariboni and Saltelli 2007): "
    "μ* is the mean size of the effect of moving a factor over its whole range, σ how much that "
    "effect differs from place to place, by curvature or by other factors. A walk is a trajectory "
    "that moves each factor once.",
}
_LUCK = (
    "All is told of means over replicates. Luck that a replicate brings to all points alike moves "
    "no index; what is left of it in the means (a two-way layout; Scheffé 1959) counts as variance "
    "that no factor explains, and its share stands in the table. SALib returns zeros for one "
    "missing number without a word, so groups of points that are not whole are dropped before."
)


def _head(told: Told) -> str:
    return f"{term(told['measure']).title} ({told['tier']}), {told['of']}, {told['place']}"


def _said(told: Told) -> str:
    if told["why"]:
        return f"{_head(told)}: no index can be told: {told['why']}."
    key = KEYS[told["kind"]][0]
    first = [one for one in told["factors"] if one[key] > one[f"{key}_conf"]][:3]
    names = listed([f"{one['factor']} ({plain(one[key])})" for one in first])
    most = f"most hangs on {names}" if first else "no factor’s index keeps clear of zero"
    settled = {
        True: "Half of the design tells the same: the indices have settled.",
        False: "Half of the design tells otherwise: more points are needed before these are used.",
        None: "The design is too small to see whether the indices have settled.",
    }[told["settled"]]
    share = told["luck"]["share"]
    luck = (
        "One replicate a point: how much of this is luck cannot be told."
        if share is None
        else f"Luck makes {share_told(share)} of the variance over points."
    )
    if share is not None and share > MOSTLY_LUCK:
        luck += " These indices tell of luck more than of assumptions: more replicates are needed."
    return f"{_head(told)}: {most}. {settled} {luck}"


def _left(told: Told) -> list[str]:
    if not told["groups_dropped"]:
        return []
    return [
        f"{told['place']}: {many(told['points_dropped'], 'point')} without all runs or numbers; "
        f"{many(told['groups_dropped'], GROUPS[told['kind']])} dropped whole for it, "
        f"{told['groups']:,} counted."
    ]


def _grid(told: Told) -> Grid:
    if told["kind"] == "morris":
        head = ["Assumption", "μ*", "± 95%", "σ", "μ"]
        keys = ["mu_star", "mu_star_conf", "sigma", "mu"]
    else:
        head = ["Assumption", "ST", "± 95%", "S1", "± 95% of S1"]
        keys = ["st", "st_conf", "s1", "s1_conf"]
    rows = [[one["factor"], *[plain(one[key]) for key in keys]] for one in told["factors"]]
    return Grid(_head(told), head, rows)


def _pairs(told: Told) -> Grid:
    rows = [
        [" × ".join(one["factors"]), plain(one["s2"]), plain(one["s2_conf"])]
        for one in told["pairs"][:MOST_DRAWN]
    ]
    return Grid(f"{_head(told)}: pairs", ["Pair", "S2", "± 95%"], rows)


def _luck(found: Sequence[Told]) -> Grid:
    keys = ("variance_of_run", "variance_unshared", "variance_of_mean", "variance_over_points")
    rows = []
    for told in found:
        luck = told["luck"]
        numbers = ["–" if luck[key] is None else f"{luck[key]:.3g}" for key in keys]
        rows.append([_head(told), *numbers, share_told(luck["share"])])
    head = [
        "Answer",
        "Of one run",
        "Not shared",
        "Left in the mean",
        "Over points",
        "Share of luck",
    ]
    return Grid("Variance: luck beside the design", head, rows)


def _picture(told: Told, position: int) -> Picture:
    name = f"indices-{position + 1}"
    if told["why"]:
        return absent(name, _head(told), told["why"])
    main, half, other, other_half = KEYS[told["kind"]]
    drawn = told["factors"][:MOST_DRAWN]
    factors = [
        Factor(
            one["factor"], one[main], one[half], one[other], one[other_half] if other_half else None
        )
        for one in drawn
    ]
    groups = [step["groups"] for step in told["convergence"]]
    courses = [
        Course(groups, [step["values"][one["factor"]] for step in told["convergence"]])
        for one in drawn
    ]
    return picture(
        name,
        _head(told),
        _said(told),
        influence_figure(factors, *MARKS[told["kind"]], courses),
        _grid(told),
        "" if len(told["factors"]) <= MOST_DRAWN else f"The {MOST_DRAWN} largest are drawn.",
    )
