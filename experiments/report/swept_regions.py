"""The answer to `discovery`: in which region of the assumptions something happens, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.discovery import CHANCE
from experiments.analysis.futures import Left
from experiments.figures.region import Cases, Side, region_figure
from experiments.report.pictures import Picture, absent, picture
from experiments.report.swept import (
    Answer,
    Known,
    factors_grid,
    limit_told,
    plain,
    share_told,
    told_left,
)
from experiments.report.tables import Grid
from experiments.report.words import listed

Box = Mapping[str, Any]
MOST_CASES = 400
"""Futures drawn as marks, evenly spaced ones of more."""


def regions_answer(
    what: str,
    boxes: Sequence[Box],
    leaves: Sequence[Box],
    names: Sequence[str],
    points: NDArray[np.float64],
    found: NDArray[np.bool_],
    known: Mapping[str, Known],
    left: Left,
) -> Answer:
    """Put boxes and leaves in words, tables and pictures.

    Parameters
    ----------
    what : str
        What is looked for, as a clause: "“social_value” does worse than ...".
    boxes, leaves : sequence of dict
        What `prim` and `tree_boxes` told.
    names : sequence of str
        Factors, the columns of `points`.
    points : float64[n, n_factors]
        Of the futures.
    found : bool[n]
        Where it happens.
    known : mapping of str to Known
        What the factors are.
    left : Left
        What was left out.
    """
    named = dict.fromkeys(one["factor"] for box in (*boxes, *leaves) for one in box["limits"])
    return Answer(
        title=f"Where {what}",
        paragraph=_said(what, boxes, found, known),
        grids=[
            *[_grid(box, k, known) for k, box in enumerate(boxes)],
            _leaves(leaves, known),
            factors_grid(named, known),
        ],
        pictures=[
            _picture(box, k, names, points, found, known) for k, box in enumerate(boxes)
        ] or [absent("box-1", "The box", "there is no box to draw")],
        method=[
            "Boxes by the patient rule induction of Friedman and Fisher (1999), own code, as "
            "scenario discovery uses it (Bryant and Lempert 2010): coverage is the part of all "
            "that is found which lies in the box, density the part of the box where it happens. "
            "Of the boxes on the way inwards the one with the highest harmonic mean of both is "
            "taken, then what was peeled too much is pasted back.",
            "A quasi-p-value is the chance that so many would lie in the box if the limits on that "
            "factor did nothing. The box was chosen to look good, so it is a screen and no test: "
            f"above {CHANCE:g} a limit may be chance. Leaves are those of a tree by scikit-learn "
            "(CART; Breiman and others 1984).",
        ],
        left=told_left(left, whole=True),
    )  # fmt: skip


def _said(
    what: str, boxes: Sequence[Box], found: NDArray[np.bool_], known: Mapping[str, Known]
) -> list[str]:
    many, hits = found.size, int(found.sum())
    said = [f"In {hits:,} of {many:,} futures {what}."]
    if not boxes:
        said.append(
            "No box of assumptions holds more of these than the rest."
            if 0 < hits < many
            else "There is nothing to tell apart."
        )
    for k, box in enumerate(boxes):
        sure = [one for one in box["limits"] if one["quasi_p"] <= CHANCE] or box["limits"]
        limits = listed([limit_told(x["factor"], x["low"], x["high"], known) for x in sure])
        doubt = len(box["limits"]) - len(sure)
        more = f" ({doubt} more in the table, which may be chance)" if doubt else ""
        where = "It happens above all with" if k == 0 else "Of what is left, above all with"
        said.append(
            f"{where} {limits}{more}: {share_told(box['density'])} of the {box['cases']:,} futures "
            f"there (density), and {share_told(box['coverage'])} of all such futures (coverage)."
        )
    return said


def _grid(box: Box, position: int, known: Mapping[str, Known]) -> Grid:
    rows = [
        [
            one["factor"],
            "–" if one["low"] is None else plain(one["low"]),
            "–" if one["high"] is None else plain(one["high"]),
            known[one["factor"]].unit if one["factor"] in known else "",
            f"{one['quasi_p']:.2g}" + (" (may be chance)" if one["quasi_p"] > CHANCE else ""),
        ]
        for one in box["limits"]
    ]
    caption = (
        f"Box {position + 1}: density {share_told(box['density'])}, coverage "
        f"{share_told(box['coverage'])}, mass {share_told(box['mass'])}"
    )
    return Grid(caption, ["Assumption", "Above", "Below", "Unit", "Quasi-p-value"], rows)


def _leaves(leaves: Sequence[Box], known: Mapping[str, Known]) -> Grid:
    rows = [
        [
            "; ".join(limit_told(x["factor"], x["low"], x["high"], known) for x in leaf["limits"]),
            share_told(leaf["density"]),
            share_told(leaf["coverage"]),
            f"{leaf['cases']:,}",
        ]
        for leaf in leaves
    ]
    return Grid(
        "Leaves of the tree in which it happens more often",
        ["Leaf", "Density", "Coverage", "Futures"],
        rows,
    )


def _picture(
    box: Box,
    position: int,
    names: Sequence[str],
    points: NDArray[np.float64],
    found: NDArray[np.bool_],
    known: Mapping[str, Known],
) -> Picture:
    columns = [list(names).index(one["factor"]) for one in box["limits"]]
    sides = [
        Side(
            limit_told(one["factor"], one["low"], one["high"], known),
            (float(points[:, k].min()), float(points[:, k].max())),
            one["low"],
            one["high"],
        )
        for one, k in zip(box["limits"], columns, strict=True)
    ]
    shown = np.arange(found.size)
    if shown.size > MOST_CASES:
        shown = np.linspace(0, found.size - 1, MOST_CASES).round().astype(int)
    cases = None
    if len(sides) > 1:
        across, up = points[shown, columns[0]], points[shown, columns[1]]
        cases = Cases(across.tolist(), up.tolist(), found[shown].tolist())
    way = [(step["coverage"], step["density"]) for step in box["trajectory"]]
    grid = _grid(box, position, known)
    return picture(
        f"box-{position + 1}",
        f"Box {position + 1}",
        f"{grid.caption}. {'; '.join(side.name for side in sides)}.",
        region_figure(way, (box["coverage"], box["density"]), sides, cases),
        grid,
        "Squares are futures in which it happens, rings those in which it does not."
        if cases
        else "",
    )
