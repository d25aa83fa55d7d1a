"""What the calibrated set comes to, and which values of its numbers keep targets in their bands.

One plan lives the frozen set on many lucks. The other's first point is the frozen set again; at
each other one number stands elsewhere in its range. So a range told here is that of one number
while all others stay, and no joint range. The frozen set is judged as every other is. A figure that
is undefined in a seed is counted out of the seeds.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.values import Float64
from experiments.paper.stored import Table, columns_of, no_figures, open_finished, swept_table
from experiments.validation.targets import MONTH_OF, Target, placed, read_targets

if TYPE_CHECKING:
    import pandas as pd

FROZEN, MOVED = "calibration-frozen", "calibration-values"
PLANS: tuple[str, ...] = (FROZEN, MOVED)
TARGETS, VALUES = "calibration-targets", MOVED
LEAST_ROWS = 6
"""Of the seven rows of targets; a set that holds as many is accepted."""

STARTS_AND_WINDOWS = f"month IN ({', '.join(map(str, MONTH_OF.values()))})"

figures = no_figures


def tables(sweeps: Path) -> dict[str, Table]:
    """Hold the frozen set, and every point near it, against every target.

    Parameters
    ----------
    sweeps : Path
        Folder of folders, each named as its plan.

    Returns
    -------
    dict of str to Table
        What the frozen set comes to on the seeds of its own plan [mean over seeds and its standard
        error, each target in its unit]; and how many rows of targets hold on those of the other
        plan in the frozen set (the row without a number) and at each value tried.

    Raises
    ------
    NoSweepError, StoredTableError
        When a sweep is missing or unfinished.
    """
    told = read_targets()
    targets = [placed(one, told.scaling) for one in told.targets if one.measure]
    lived, near = sweeps / FROZEN, sweeps / MOVED
    with open_finished(lived) as store:
        frozen = reached(targets, store.frame("results", STARTS_AND_WINDOWS))
    with open_finished(near) as store:
        design = store.frame("design").pivot(index="point", columns="name", values="value")
        values = accepted(targets, store.frame("results", STARTS_AND_WINDOWS), design)
    return {
        TARGETS: swept_table(columns_of(frozen), lived),
        VALUES: swept_table(columns_of(values), near),
    }


def reached(targets: Sequence[Target], results: "pd.DataFrame") -> list[dict[str, object]]:
    """Say what the first point comes to: a row for each target.

    Parameters
    ----------
    targets : sequence of Target
        Such as something can be held against.
    results : DataFrame
        Rows of a sweep's results, those of the start and of the whole window.
    """
    return [_line(one, _came_to(one, results)[0]) for one in targets]


def accepted(
    targets: Sequence[Target], results: "pd.DataFrame", design: "pd.DataFrame"
) -> list[dict[str, object]]:
    """Say which rows of targets hold: a row for each point, of which the first has no number.

    Parameters
    ----------
    targets, results
        As in `reached`.
    design : DataFrame
        A row for each point, a column for each number; at each but the first one is moved.
    """
    came = [(one, _came_to(one, results)) for one in targets]
    return [
        {**moved, **_rows_held([(one, by[point]) for one, by in came])}
        for point, moved in _moved(design)
    ]


def _came_to(target: Target, results: "pd.DataFrame") -> dict[int, Float64]:
    """What each point comes to, by seed: float64[replicates] in the unit of the target, or nan."""
    its = results[
        (results["measure"] == target.measure)
        & (results["tier"] == (target.tier or "all"))
        & (results["month"] == MONTH_OF[target.when])
    ]
    return {
        int(str(point)): rows["value"].to_numpy(dtype=np.float64, na_value=np.nan)
        for point, rows in its.sort_values(["point", "replicate"]).groupby("point")
    }


def _moved(design: "pd.DataFrame") -> Iterator[tuple[int, dict[str, object]]]:
    """Say for each point which number was moved, from where to where; none at the first."""
    frozen = design.iloc[0]
    yield 0, {"number": None, "frozen": None, "value": None}
    for point, row in design.iloc[1:].iterrows():
        (name,) = (one for one in design.columns if row[one] != frozen[one])
        its, now = float(frozen[name]), float(row[name])
        yield int(str(point)), {"number": name, "frozen": its, "value": now}


def _known(came: Float64) -> Float64:
    """Leave out seeds in which the figure is undefined."""
    return came[np.isfinite(came)]


def _holds(target: Target, came: Float64) -> bool:
    known = _known(came)
    return bool(known.size and target.low <= known.mean() <= target.high)


def _rows_held(lines: Sequence[tuple[Target, Float64]]) -> dict[str, object]:
    """Count rows all of whose targets hold, and name the others."""
    rows = dict.fromkeys(target.row for target, _ in lines)
    undefined = [target.id for target, came in lines if _known(came).size < came.size]
    missed = [
        row for row in rows
        if not all(_holds(target, came) for target, came in lines if target.row == row)
    ]  # fmt: skip
    held = len(rows) - len(missed)
    return {
        "held": held, "rows": len(rows), "missed": " ".join(missed),
        "accepted": int(held >= LEAST_ROWS), "undefined": ", ".join(undefined),
    }  # fmt: skip


def _line(target: Target, came: Float64) -> dict[str, object]:
    known = _known(came)
    inside = (target.low <= known) & (known <= target.high)
    spread = float(known.std(ddof=1)) if known.size > 1 else None
    return {
        "row": target.row, "target": target.id, "unit": target.unit, "published": target.value,
        "low": target.low, "high": target.high,
        "mean": float(known.mean()) if known.size else None,
        "error": None if spread is None else spread / math.sqrt(known.size),
        "inside": int(inside.sum()), "seeds": int(known.size),
        "undefined": int(came.size - known.size), "holds": int(_holds(target, came)),
    }  # fmt: skip


def page(stored: Mapping[str, Table]) -> dict[str, str]:
    """Write what was reached on these seeds, and for each number which values are accepted."""
    frozen, *values = stored[VALUES].rows
    numbers = dict.fromkeys(row["number"] for row in values)
    return {
        TARGETS: "\n".join(
            [
                "| row | target | published | band | reached | error | seeds inside | verdict |",
                "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |",
                *map(_target_row, stored[TARGETS].rows),
            ]
        ),
        VALUES: "\n".join(
            [
                _frozen_told(frozen),
                "",
                "| number | frozen | accepted values | tried and not accepted (rows missed) |",
                "| --- | ---: | --- | --- |",
                *(
                    _value_row([row for row in values if row["number"] == one], frozen)
                    for one in numbers
                ),
                *_undefined_told([frozen, *values]),
            ]
        ),
    }


def _frozen_told(row: Mapping[str, Any]) -> str:
    """Say whether the frozen set itself is accepted."""
    but = f", all but {row['missed']}" if row["missed"] else ""
    return (
        f"The frozen set itself is {'' if row['accepted'] else '**not** '}accepted on these seeds: "
        f"{row['held']} of {row['rows']} rows hold{but}."
    )


def _undefined_told(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Name what was undefined somewhere, where anything was."""
    found = [f"{_point(row)} ({row['undefined']})" for row in rows if row["undefined"]]
    if found:
        yield ""
        yield f"Figures undefined in a seed or more, and counted out: {'; '.join(found)}."


def _point(row: Mapping[str, Any]) -> str:
    return f"`{row['number']}` at {row['value']:g}" if row["number"] else "the frozen set"


def _target_row(row: Mapping[str, Any]) -> str:
    known, mean, error = (
        "" if row[name] is None else f"{row[name]:.{digits}g}"
        for name, digits in (("published", 3), ("mean", 3), ("error", 2))
    )
    verdict = "holds" if row["holds"] else "**missed**"
    without = f" ({row['undefined']} undefined)" if row["undefined"] else ""
    return (
        f"| {row['row']} | {row['target']} | {known} | {row['low']:.3g} to {row['high']:.3g} | "
        f"{mean} | {error} | {row['inside']} of {row['seeds']}{without} | {verdict} |"
    )


def _value_row(rows: Sequence[Mapping[str, Any]], frozen: Mapping[str, Any]) -> str:
    """The frozen value stands among those accepted where the frozen set is."""
    its = rows[0]["frozen"]
    taken = [row["value"] for row in rows if row["accepted"]]
    others = [f"{row['value']:g} ({row['missed']})" for row in rows if not row["accepted"]]
    if not taken:
        said = "none but it" if frozen["accepted"] else "nothing, nor the frozen value"
    else:
        span = sorted([its, *taken]) if frozen["accepted"] else sorted(taken)
        said = ", ".join(f"{one:g}" for one in span)
    return f"| `{rows[0]['number']}` | {its:g} | {said} | {', '.join(others)} |"
