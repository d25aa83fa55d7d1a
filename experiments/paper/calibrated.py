"""Which values of the calibrated numbers keep the district's targets inside their bands.

The plan's first point is the frozen set; at each other one number stands elsewhere in its range. So
a range told here is that of one number while all others stay, and no joint range.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.paper.stored import Table, swept_table
from experiments.store.relations import open_store
from experiments.validation.targets import MONTH_OF, Target, placed, read_targets

if TYPE_CHECKING:
    import pandas as pd

NAME = "calibration-values"
PLANS: tuple[str, ...] = (NAME,)
TARGETS, VALUES = "calibration-targets", NAME
LEAST_ROWS = 6
"""Of the seven rows of targets; a set that holds as many is accepted."""


def tables(sweeps: Path) -> dict[str, Table]:
    """Hold every point of the sweep against every target.

    Parameters
    ----------
    sweeps : Path
        Folder of folders, each named as its plan.

    Returns
    -------
    dict of str to Table
        What the frozen set comes to on the seeds of this sweep [mean over seeds and its standard
        error, each target in its unit]; and for each value tried how many rows of targets hold.

    Raises
    ------
    NoSweepError, StoredTableError
        When the sweep is missing or unfinished.
    """
    folder = sweeps / NAME
    with open_store(folder) as store:
        results = store.frame("results", f"month IN ({', '.join(map(str, MONTH_OF.values()))})")
        design = store.frame("design").pivot(index="point", columns="name", values="value")
    told = read_targets()
    reached, values = held([placed(one, told.scaling) for one in told.targets], results, design)
    return {
        TARGETS: swept_table(columns_of(reached), folder),
        VALUES: swept_table(columns_of(values), folder),
    }


def held(
    targets: Sequence[Target], results: "pd.DataFrame", design: "pd.DataFrame"
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Hold points against targets; targets that nothing can be held against are left out.

    Parameters
    ----------
    targets : sequence of Target
    results : DataFrame
        Rows of the sweep's results, those of the start and of the whole window.
    design : DataFrame
        A row for each point, a column for each number; at each but the first one is moved.

    Returns
    -------
    reached, values : list of dict
        A row for each target at the first point, and one for each other point.
    """
    known = [one for one in targets if one.measure]
    came = [list(_reached(one, results)) for one in known]
    values = [
        {**moved, **_rows_held([(one, by[point]) for one, by in zip(known, came, strict=True)])}
        for point, moved in _moved(design)
    ]
    return [_line(one, by[0]) for one, by in zip(known, came, strict=True)], values


def _reached(target: Target, results: "pd.DataFrame") -> Iterator[np.ndarray]:
    """What each point comes to, by seed: float64[replicates] in the unit of the target."""
    its = results[
        (results["measure"] == target.measure)
        & (results["tier"] == (target.tier or "all"))
        & (results["month"] == MONTH_OF[target.when])
    ]
    for _, rows in its.sort_values(["point", "replicate"]).groupby("point"):
        yield rows["value"].to_numpy(dtype=np.float64)


def _moved(design: "pd.DataFrame") -> Iterator[tuple[int, dict[str, object]]]:
    """Say for each point but the first which number was moved, from where to where."""
    frozen = design.iloc[0]
    for point, row in design.iloc[1:].iterrows():
        (name,) = (one for one in design.columns if row[one] != frozen[one])
        yield int(str(point)), {"number": name, "frozen": frozen[name], "value": row[name]}


def _holds(target: Target, came: np.ndarray) -> bool:
    return bool(target.low <= came.mean() <= target.high)


def _rows_held(reached: Sequence[tuple[Target, np.ndarray]]) -> dict[str, object]:
    """Count rows all of whose targets hold, and name the others."""
    rows = dict.fromkeys(target.row for target, _ in reached)
    missed = [
        row for row in rows
        if not all(_holds(target, came) for target, came in reached if target.row == row)
    ]  # fmt: skip
    held = len(rows) - len(missed)
    return {"held": held, "missed": " ".join(missed), "accepted": int(held >= LEAST_ROWS)}


def _line(target: Target, came: np.ndarray) -> dict[str, object]:
    inside = (target.low <= came) & (came <= target.high)
    return {
        "row": target.row, "target": target.id, "unit": target.unit, "published": target.value,
        "low": target.low, "high": target.high, "mean": float(came.mean()),
        "error": float(came.std(ddof=1) / np.sqrt(came.size)), "inside": int(inside.sum()),
        "seeds": int(came.size), "holds": int(_holds(target, came)),
    }  # fmt: skip


def columns_of(rows: Sequence[Mapping[str, object]]) -> dict[str, list[object]]:
    """Turn rows of the same names into columns."""
    return {name: [row[name] for row in rows] for name in rows[0]}


def figures(_: Mapping[str, Table], __: Path) -> None:
    """Draw nothing: these are tables alone."""


def page(stored: Mapping[str, Table]) -> dict[str, str]:
    """Write what was reached on these seeds, and for each number which values are accepted."""
    values = stored[VALUES].rows
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
                "| number | frozen | accepted values | tried and not accepted (rows missed) |",
                "| --- | ---: | --- | --- |",
                *(_value_row([row for row in values if row["number"] == one]) for one in numbers),
            ]
        ),
    }


def _target_row(row: Mapping[str, Any]) -> str:
    known = "" if row["published"] is None else f"{row['published']:.3g}"
    verdict = "holds" if row["holds"] else "**missed**"
    return (
        f"| {row['row']} | {row['target']} | {known} | {row['low']:.3g} to {row['high']:.3g} | "
        f"{row['mean']:.3g} | {row['error']:.2g} | {row['inside']} of {row['seeds']} | {verdict} |"
    )


def _value_row(rows: Sequence[Mapping[str, Any]]) -> str:
    frozen = rows[0]["frozen"]
    taken = [row["value"] for row in rows if row["accepted"]]
    others = [f"{row['value']:g} ({row['missed']})" for row in rows if not row["accepted"]]
    span = sorted([frozen, *taken])
    said = "none but it" if not taken else ", ".join(f"{one:g}" for one in span)
    return f"| `{rows[0]['number']}` | {frozen:g} | {said} | {', '.join(others)} |"
