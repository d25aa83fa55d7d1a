"""Which uncertain assumptions matter most: a stored screening, read for the ways in use.

Method of Morris (Technometrics 33, 1991) with the mean of absolute effects (Campolongo, Cariboni
and Saltelli, Environmental Modelling and Software 22, 2007). `influence.csv` is made by:

    poundflow sweep docs/examples/village-screening.toml --out screening
    poundflow analyse screening sensitivity --json --measure local_income_multiplier \
        --measure unit_cost_premium --measure quality --measure unmet_need > screening.json
    python -m experiments.web.influence < screening.json > influence.csv

Four trajectories with one luck rank roughly: the intervals of most means are as wide as the means.
"""

import csv
import io
import json
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

ONE_WAY = 0.8
"""Part of all effects that must go one way for a higher value to be said to raise or lower."""

MEASURES = {
    "local_income_multiplier": "income here for each pound spent",
    "unit_cost_premium": "the cost of each piece of work",
    "quality": "the quality of the work",
    "unmet_need": "the need that nobody meets",
}
"""Measures of the screening, as an officer reads them."""

COLUMNS = ("way", "measure", "assumption", "mu", "mu_star")


@dataclass(frozen=True, slots=True)
class Influence:
    """How far an assumption moves the gap between a way and price and quality, in one measure.

    `part` is its part of the effects of all assumptions on that measure; `mu` and `mu_star` are the
    means of its effects, signed and absolute.
    """

    way: str
    measure: str
    assumption: str
    mu: float
    mu_star: float
    part: float


def table_of(answer: Mapping[str, Any]) -> str:
    """Turn the answer of `poundflow analyse DIR sensitivity --json` into the table, as CSV text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in answer["sensitivity"]:
        for factor in one["factors"]:
            if factor["mu_star"] > 0.0:
                numbers = (f"{factor['mu']:.3g}", f"{factor['mu_star']:.3g}")
                writer.writerow((one["policy"], one["measure"], factor["factor"], *numbers))
    return out.getvalue()


@cache
def influences() -> tuple[Influence, ...]:
    """Read the table."""
    text = files("experiments.web").joinpath("influence.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    whole: dict[tuple[str, str], float] = {}
    for row in rows:
        key = row["way"], row["measure"]
        whole[key] = whole.get(key, 0.0) + float(row["mu_star"])
    return tuple(
        Influence(
            row["way"], row["measure"], row["assumption"], float(row["mu"]), float(row["mu_star"]),
            float(row["mu_star"]) / whole[row["way"], row["measure"]],
        )
        for row in rows
    )  # fmt: skip


def screened() -> frozenset[str]:
    """Ways of buying that the table knows."""
    return frozenset(one.way for one in influences())


def matter_most(ways: Collection[str], allowed: Collection[str], most: int) -> list[str]:
    """Rank assumptions by their mean part of the effects on the ways in use.

    Parameters
    ----------
    ways : collection of str
        In use; where the table knows none of them, all that it knows are taken.
    allowed : collection of str
        Assumptions that may be asked about.
    most : int
        How many to give.

    Returns
    -------
    list of str
        Names, the one that matters most first.
    """
    about = screened() & set(ways) or screened()
    sums: dict[str, float] = {}
    for one in influences():
        if one.way in about and one.assumption in allowed:
            sums[one.assumption] = sums.get(one.assumption, 0.0) + one.part
    return sorted(sums, key=lambda name: (-sums[name], name))[:most]


def higher(assumption: str, ways: Collection[str]) -> str:
    """Say what a higher value did in the screening, where it mattered most; empty if unknown."""
    about = screened() & set(ways) or screened()
    mine = [one for one in influences() if one.assumption == assumption and one.way in about]
    if not mine:
        return ""
    found = max(mine, key=lambda one: (one.part, one.way))
    does = "moved, up or down,"
    if abs(found.mu) >= ONE_WAY * found.mu_star:
        does = "raised" if found.mu > 0.0 else "lowered"
    return f"In our tests a higher value {does} {MEASURES[found.measure]}."


if __name__ == "__main__":
    sys.stdout.write(table_of(json.load(sys.stdin)))
