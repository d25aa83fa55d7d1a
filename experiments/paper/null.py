"""The honest null as a chapter: does preferring local gain, and do pillars combine.

Claims, null, test and power stand in `docs/honest_null.md`, which was written first.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.unseen import unseen_boxes
from experiments.analysis.values import Float64
from experiments.figures.palette import look
from experiments.figures.region import Cases, Side, region_figure
from experiments.figures.strips import Strip, strip_figure
from experiments.figures.svg import to_svg
from experiments.paper.null_answers import answer
from experiments.paper.null_read import (
    MORE_LOCAL,
    NET,
    PREMIUM,
    SERVICES,
    VIEWS,
    Drawn,
    Sizes,
    above_sum,
    read_drawn,
    read_effects,
    read_sizes,
)
from experiments.paper.null_told import (
    CITY,
    PILLARS,
    PREFERENCE,
    TITLES,
    Rows,
    blocks,
    by_plan,
    policies_of,
    region_name,
    strip_name,
    subject_of,
)
from experiments.paper.stored import Table, columns_of, swept_table
from experiments.report.words import change
from experiments.store.aside import write_aside

LUCK = "null-luck"
PLANS: tuple[str, ...] = (PREFERENCE, CITY, LUCK, PILLARS)
TOGETHER, ABOVE_SUM = "together", "above the sum"
FUTURES, LUCKS, REGIONS, WAYS, CASES = (
    "null-futures", "null-lucks", "null-regions", "null-ways", "null-cases",
)  # fmt: skip
MONEY = "GBP a year"


def tables(sweeps: Path) -> dict[str, Table]:
    """Read the sweeps: effects by future, by luck, and the regions that nothing gain.

    Parameters
    ----------
    sweeps : Path
        Folder with a folder for each plan.

    Raises
    ------
    NoSweepError, StoredTableError, AnalyseError
        When a sweep is missing, unfinished or of another plan.
    """
    preference, city, pillars, lucks = (sweeps / name for name in (PREFERENCE, CITY, PILLARS, LUCK))
    by_luck = _lucks(lucks)
    futures: list[dict[str, Any]] = []
    nets: list[tuple[str, Float64, Path]] = []
    asked = (preference, city, pillars)
    for folder in asked:
        effects, sizes = read_effects(folder), read_sizes(folder)
        for row, policy in enumerate(effects.policies):
            told = {name: values[row, 0] for name, values in effects.value.items()}
            futures += _rows(folder.name, policy, told, sizes)
            if folder is not pillars:
                nets.append((subject_of(folder.name, policy), told[NET], folder))
        if folder is pillars:
            told = {view: values[0] for view, values in above_sum(effects, TOGETHER).items()}
            futures += _rows(folder.name, ABOVE_SUM, told, sizes)
            nets.append((ABOVE_SUM, told[NET], folder))
    found: dict[str, list[dict[str, Any]]] = {REGIONS: [], WAYS: [], CASES: []}
    for subject, net, folder in nets:
        for name, rows in regions(subject, net, read_drawn(folder, net.size)).items():
            found[name] += rows
    return {
        FUTURES: swept_table(columns_of(futures), *asked),
        LUCKS: swept_table(columns_of(by_luck), lucks),
        **{name: swept_table(columns_of(rows), *asked) for name, rows in found.items()},
    }


def figures(tables: Mapping[str, Table], folder: Path) -> None:
    """Draw effects over futures, and the regions in which nothing is gained."""
    preference, city, pillars = by_plan(tables[FUTURES].rows)
    *levers, contrast = policies_of(pillars)
    for plan, mine, alone in (
        (PREFERENCE, preference, policies_of(preference)), (CITY, city, policies_of(city)),
        (PILLARS, pillars, [contrast]),
    ):  # fmt: skip
        for policy in alone:
            _strip(folder, strip_name(plan, policy), mine, [(policy, view) for view in VIEWS])
    _strip(folder, PILLARS, pillars, [(policy, NET) for policy in levers])
    for subject in dict.fromkeys(row["subject"] for row in tables[CASES].rows):
        _box(folder, subject, tables)


def page(tables: Mapping[str, Table]) -> dict[str, str]:
    """Write the marked blocks of `docs/honest_null.md`."""
    return blocks(
        tables[FUTURES].rows, tables[LUCKS].rows, tables[REGIONS].rows, ABOVE_SUM,
    )  # fmt: skip


def _rows(
    plan: str, policy: str, told: Mapping[str, Float64], sizes: Sizes
) -> list[dict[str, Any]]:
    """A row for each future; what is not known is left empty."""
    kept = (*VIEWS, SERVICES, MORE_LOCAL, PREMIUM)
    many = next(iter(told.values())).size
    return [
        {
            "plan": plan, "policy": policy, "future": k,
            **{name: _known(told[name][k]) if name in told else None for name in kept},
            "spent": sizes.spent, "output": sizes.output,
        }
        for k in range(many)
    ]  # fmt: skip


def _lucks(folder: Path) -> list[dict[str, Any]]:
    effects = read_effects(folder)
    _, futures, lucks = effects.value[NET].shape
    return [
        {
            "policy": policy, "future": future, "luck": luck,
            **{view: _known(effects.value[view][row, future, luck]) for view in VIEWS},
        }
        for row, policy in enumerate(effects.policies)
        for future in range(futures)
        for luck in range(lucks)
    ]  # fmt: skip


def regions(subject: str, net: Float64, drawn: Drawn) -> dict[str, list[dict[str, Any]]]:
    """Find boxes of the futures that gain nothing, the way to the surest and the cases over it.

    Parameters
    ----------
    subject : str
        A policy, or the contrast.
    net : float64[n_futures]
        Its effect [GBP a year]; nan where it is not known.
    drawn : Drawn
        What the same futures drew.

    Returns
    -------
    dict of str to list of dict
        Rows of the tables of regions, ways and cases; none where no box was found.
    """
    known = np.isfinite(net)
    points, nothing = drawn.points[known], net[known] <= 0.0
    boxes = unseen_boxes(points, nothing, drawn.names)
    rows = [
        {
            "subject": subject, "box": number, "way": one["way"], "factor": limit["factor"],
            "low": limit["low"], "high": limit["high"], "from": float(entry.low),
            "to": float(entry.high), "unit": entry.unit, "coverage": one["coverage"],
            "density": one["density"], "mass": one["mass"], "seen": one["seen"],
            "unseen": one["unseen"], "hits": one["hits"], "usual": one["usual"],
            "chance": one["chance"], "counts": int(one["counts"]),
        }
        for number, one in enumerate(boxes, start=1)
        for limit in one["limits"]
        for entry in [drawn.entries[drawn.names.index(limit["factor"])]]
    ]  # fmt: skip
    drawn_box = min(enumerate(boxes, start=1), key=lambda one: one[1]["chance"], default=None)
    ways: list[dict[str, Any]] = []
    cases: list[dict[str, Any]] = []
    if drawn_box is not None:
        number, box = drawn_box
        steps = box["trajectory"] or [
            {"coverage": 1.0, "density": float(nothing[: nothing.size // 2].mean())}
        ]
        ways = [
            {"subject": subject, "coverage": step["coverage"], "density": step["density"]}
            for step in steps
        ]
        cases = _cases(subject, number, box["limits"], points, nothing, drawn.names)
    return {REGIONS: rows, WAYS: ways, CASES: cases}


def _cases(
    subject: str, number: int, limits: Sequence[Mapping[str, Any]], points: Float64,
    nothing: NDArray[np.bool_], names: list[str],
) -> list[dict[str, Any]]:  # fmt: skip
    """All futures over the two first limits of the box that is drawn."""
    at = [names.index(limit["factor"]) for limit in limits][:2]
    return [
        {
            "subject": subject, "box": number, "future": k, "x": float(points[k, at[0]]),
            "y": float(points[k, at[1]]) if len(at) > 1 else None, "nothing": int(nothing[k]),
        }
        for k in range(nothing.size)
    ]  # fmt: skip


def _known(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def _strip(folder: Path, name: str, rows: Rows, shown: list[tuple[str, str]]) -> None:
    strips, told = [], []
    order = list(dict.fromkeys(policy for policy, _ in shown))
    for policy, view in shown:
        mine = [row[view] for row in rows if row["policy"] == policy]
        known = [value for value in mine if value is not None]
        one = answer(known)
        title = f"{TITLES[policy]}: {view}"
        strips.append(
            Strip(title, look(order.index(policy)), known, one.mean, one.low, one.high, None)
        )
        share = f"{one.nothing.hits} of {one.n} futures gain nothing"
        told.append(f"{title}: mean {change(one.mean, MONEY)}, {share}")
    drawn = strip_figure(strips, lambda at, step: change(at, MONEY, step=step), baseline=0.0)
    text = to_svg(drawn, name, "Effects over the futures tried", "; ".join(told))
    write_aside(folder / f"{name}.svg", text.encode())


def _box(folder: Path, subject: str, tables: Mapping[str, Table]) -> None:
    rows = [row for row in tables[CASES].rows if row["subject"] == subject]
    at = subject, rows[0]["box"]
    limits = [row for row in tables[REGIONS].rows if (row["subject"], row["box"]) == at]
    sides = [
        Side(f"{row['factor']} [{row['unit']}]", (row["from"], row["to"]), row["low"], row["high"])
        for row in limits
    ]
    way = [
        (row["coverage"], row["density"]) for row in tables[WAYS].rows if row["subject"] == subject
    ]
    cases = None
    if len(sides) > 1:
        cases = Cases(
            [row["x"] for row in rows], [row["y"] for row in rows],
            [bool(row["nothing"]) for row in rows],
        )  # fmt: skip
    taken = (limits[0]["coverage"], limits[0]["density"])
    name = region_name(subject)
    told = "; ".join(
        f"{side.name} from {side.inside[0]:.3g} to {side.inside[1]:.3g}" for side in sides
    )
    text = to_svg(
        region_figure(way, taken, sides, cases), name,
        f"Where {TITLES[subject]} gains nothing, on the half where the box was found", told,
    )  # fmt: skip
    write_aside(folder / f"{name}.svg", text.encode())
