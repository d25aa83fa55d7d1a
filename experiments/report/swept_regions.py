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
    named,
    number_told,
    share_told,
    told_left,
)
from experiments.report.tables import Grid
from experiments.report.units import reading_of
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
    factors = dict.fromkeys(one["factor"] for box in (*boxes, *leaves) for one in box["limits"])
    return Answer(
        title=f"Where {what}",
        paragraph=_said(what, boxes, found, known),
        grids=[
            *[_grid(box, k, known) for k, box in enumerate(boxes)],
            _leaves(leaves, known),
            factors_grid(factors, known),
        ],
        pictures=[
            _picture(box, k, names, points, found, known) for k, box in enumerate(boxes)
        ] or [absent("box-1", "The box", "there is no box to draw")],
        method=[
            "A box is a set of ranges of assumptions. We begin with all futures and peel off thin "
            "slices, so that it happens more and more often in what is left. This is the patient "
            "rule induction method (PRIM) of Friedman and Fisher (1999), own code. Bryant and "
            "Lempert (2010) first used it so.",
            "Coverage is the part of all that is found which lies in the box. Density is the part "
            "of the box where it happens. We take the box in which both are high (by their "
            "harmonic mean). Then we paste back what was peeled too much.",
            "The last column of a box is the chance that so many would lie in it if that limit "
            "did nothing (a quasi-p-value). The box was chosen to look good, so it is a hint and "
            f"no test: above {CHANCE:g} a limit may be luck. A tree splits the futures in two, "
            "again and again; its ends are its leaves (CART by scikit-learn; Breiman and others "
            "1984).",
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
            named(one["factor"], known),
            "–" if one["low"] is None else number_told(one["factor"], one["low"], known),
            "–" if one["high"] is None else number_told(one["factor"], one["high"], known),
            f"{one['quasi_p']:.2g}" + (" (may be chance)" if one["quasi_p"] > CHANCE else ""),
        ]
        for one in box["limits"]
    ]
    caption = (
        f"Box {position + 1}: {share_told(box['density'])} of its futures (density), "
        f"{share_told(box['coverage'])} of all such futures (coverage), "
        f"{share_told(box['mass'])} of all futures (mass)"
    )
    return Grid(caption, ["Assumption", "Above", "Below", "Chance that it is luck"], rows)


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
    told = [limit_told(one["factor"], one["low"], one["high"], known) for one in box["limits"]]
    reads = [reading_of(known[name].unit if name in known else "") for name in names]
    points = points * [read.factor for read in reads]
    sides = [
        Side(
            f"{one['factor']}{f' [{reads[k].words}]' if reads[k].words else ''}",
            (float(points[:, k].min()), float(points[:, k].max())),
            None if one["low"] is None else one["low"] * reads[k].factor,
            None if one["high"] is None else one["high"] * reads[k].factor,
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
        f"{grid.caption}. {'; '.join(told)}.",
        region_figure(way, (box["coverage"], box["density"]), sides, cases),
        grid,
        "Squares are futures in which it happens, rings those in which it does not."
        if cases
        else "",
    )
