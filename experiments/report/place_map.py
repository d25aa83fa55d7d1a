"""Who gains and who loses on the map: the place and the areas around it, a tile each.

Nothing is fetched: areas are tiles laid out by their centres. Large areas far off, such as the rest
of a region, are no neighbours on a map, so they stand in the table and not among the tiles.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from math import hypot
from typing import Any

from experiments.figures.tiles import Tile, tiles_figure
from experiments.report.folder import Estimate, Policy, Results
from experiments.report.pictures import Picture, absent, picture
from experiments.report.place import period
from experiments.report.saved import Numbers, estimated
from experiments.report.size import TINY_OF_PLACE
from experiments.report.tables import Grid
from experiments.report.told import NOT_TOLD, Facts
from experiments.report.words import change, estimate_gap, quoted, two_digits

MOST = 20
"""Tiles that a picture has room for: the place, its neighbours, then the nearest."""

Area = Mapping[str, Any]


def areas_of(results: Results) -> list[Area]:
    """Give the areas that hold people, the place first, then its neighbours, then by distance."""
    areas: list[Area] = [row for row in results.summary.get("areas", ()) if row.get("population")]
    focus = next((row for row in areas if row["role"] == "focus"), None)
    rank = {"focus": 0, "neighbour": 1, "other": 2}
    return sorted(areas, key=lambda row: (rank[row["role"]], _apart(row, focus)))


def _apart(row: Area, focus: Area | None) -> float:
    here, there = _centre(row), _centre(focus) if focus else None
    return hypot(here[0] - there[0], here[1] - there[1]) if here and there else float("inf")


def _centre(row: Area) -> tuple[float, float] | None:
    east, north = row["east_km"], row["north_km"]
    return None if east is None or north is None else (float(east), float(north))


def on_tiles(areas: Sequence[Area]) -> list[Area]:
    """Choose the areas that are drawn: districts, the place and its neighbours first."""
    near = [row for row in areas if row["tier"] == "district" or row["role"] != "other"]
    return near[:MOST]


def _per_head(gap: Estimate, area: Area) -> Estimate:
    """Divide a difference in income by those who live there [GBP a year a head]."""
    if gap.mean is None or gap.low is None or gap.high is None:
        return gap
    people = float(area["population"])
    return Estimate("GBP a year", gap.mean / people, gap.low / people, gap.high / people, gap.n, "")


def _matters(facts: Facts, results: Results, policy: Policy, area: Area) -> bool:
    """Say whether a difference is clear and not tiny, by the rule of the report."""
    fact = ("income", area["id"], 0)
    gap, base = facts.gap(fact, policy), facts.value(fact, results.baseline).mean or 0.0
    return gap.verdict in ("up", "down") and abs(gap.mean or 0.0) >= TINY_OF_PLACE * abs(base)


def map_pictures(results: Results) -> list[Picture]:
    """Draw the change in yearly income a head of each area against the baseline.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of Picture
        One for each policy but the baseline.
    """
    facts, areas = Facts(results), areas_of(results)
    if not areas or not facts.keys("income"):
        return [absent("map-none", "Income by area", NOT_TOLD)]
    return [_map(results, facts, areas, policy) for policy in results.others]


def _map(results: Results, facts: Facts, areas: Sequence[Area], policy: Policy) -> Picture:
    drawn, rows, numbers = on_tiles(areas), [], []
    placed = all(_centre(row) for row in drawn)
    for area in areas:
        gap = _per_head(facts.gap(("income", area["id"], 0), policy), area)
        matters = _matters(facts, results, policy, area)
        said = "clear" if matters else "hardly any" if gap.verdict in ("up", "down") else "no clear"
        what = {"focus": " (the place)", "neighbour": " (a neighbour)"}.get(area["role"], "")
        rows.append([f"{area['name']}{what}", f"{area['population']:,}",
                     estimate_gap(gap), f"{said} difference"])  # fmt: skip
        numbers.append([policy.title, area["name"], area["role"], area["population"],
                        *estimated(gap)])  # fmt: skip
    tiles = [_tile(facts, results, policy, area, placed=placed) for area in drawn]
    months = period(results)
    when = f", average over {months}" if months else ""
    data = Grid(
        f"Income a head in a year under {policy.title}, against "
        f"{quoted(results.baseline.title)}{when}",
        ["Area", "People", "Difference a head (95% interval)", "Reading"],
        rows,
        numbers=Numbers(
            ("policy", "area", "role", "people", "difference_a_head_mean",
             "interval_low", "interval_high", "futures"), numbers,
        ),
    )  # fmt: skip
    left = len(areas) - len(drawn)
    note = "Tiles lie about as the areas do on a map" if placed else (
        "The areas have no centres on file, so the tiles stand in order and not by where they lie"
    )  # fmt: skip
    more = f"; {left} larger or farther areas are in the table alone" if left else ""
    told = "; ".join(f"{tile.label}: {tile.said}" for tile in tiles)
    figure = tiles_figure(tiles, "more income than under the baseline", "less income")
    name = f"map-{policy.position + 1}"
    return picture(name, policy.title, f"{told}.", figure, data, f"{note}{more}")


def _tile(
    facts: Facts, results: Results, policy: Policy, area: Area, *, placed: bool
) -> Tile:  # fmt: skip
    gap = _per_head(facts.gap(("income", area["id"], 0), policy), area)
    said = "not known"
    if gap.mean is not None:
        said = partial(change, unit=gap.unit, step=two_digits(gap))(gap.mean)
    return Tile(
        area["name"], said, gap.mean, _matters(facts, results, policy, area),
        _centre(area) if placed else None, area["role"] == "focus",
    )  # fmt: skip
