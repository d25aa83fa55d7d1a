"""Goes through a sweep's folder and says everything in it that is not as it must be."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from experiments.store.attempts import torn_lines
from experiments.store.errors import BrokenFileError
from experiments.store.parts import read_table
from experiments.store.survey import Survey, copies_that_differ, survey
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import (
    ATTEMPTS_FOLDER,
    DESIGN,
    DESIGN_FILE,
    RESULTS,
    results_path,
    runs_path,
)

NAMED = 3
"""Runs that are named of those at fault in one way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file or a folder that a reader has to know.

    Attributes
    ----------
    grave : bool
        Whether numbers are wrong or lost by it; what a killed process leaves behind is not.
    where, what : str
    """

    grave: bool
    where: str
    what: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for a JSON document."""
        return asdict(self)


def verify(folder: Path, identity: Callable[[int], str] | None = None) -> list[Finding]:
    """Read a sweep through; nothing is changed.

    Parameters
    ----------
    folder : Path
    identity : callable, optional
        The identity that the plan gives to the run of an index; what disagrees is told.

    Returns
    -------
    list of Finding
        The grave ones first.

    Raises
    ------
    NoSweepError, NewerFormatError, BrokenLabelError
        As of `SweepStore.open`.
    """
    store = SweepStore.open(folder)
    found = survey(folder, hashed=True)
    findings = [
        *(Finding(True, str(torn.path), torn.reason) for torn in found.torn),
        *_copies(found),
        *_books(found),
        *_plan(found, store.label, identity),
        *_outcomes(found),
        *_remains(found),
    ]
    return sorted(findings, key=lambda one: not one.grave)


def _copies(found: Survey) -> Iterator[Finding]:
    differ = copies_that_differ(found)
    for run, part, other in differ:
        where = str(runs_path(found.folder, other))
        yield Finding(True, where, f"its run {run} is not what part {part} holds of it")
    same = found.copies.num_rows - len(differ)
    if same:
        told = f"holds {same} second copies of runs, equal to the first; each is read once"
        yield Finding(False, str(found.folder), told)


def _books(found: Survey) -> Iterator[Finding]:
    """Runs whose books do not balance."""
    for name in ("residual_pence", "dye_residual"):
        yield from _at_fault(
            found,
            pc.not_equal(found.runs.column(name), 0),
            f"books that do not balance ({name} is not 0)",
        )


def _plan(
    found: Survey, label: Mapping[str, Any], identity: Callable[[int], str] | None
) -> Iterator[Finding]:
    """Runs that the plan does not have."""
    runs = found.runs
    for column, key in (("place", "places"), ("policy", "policies")):
        if key in label:
            known = pc.is_in(runs.column(column), value_set=pa.array(label[key], pa.string()))
            yield from _at_fault(found, pc.invert(known), f"a {column} that the plan has not")
    if "replicates" in label:
        beyond = pc.greater_equal(runs.column("replicate"), label["replicates"])
        yield from _at_fault(found, beyond, f"a replicate beyond the plan's {label['replicates']}")
    try:
        points = read_table(found.folder / DESIGN_FILE)[0].cast(DESIGN).column("point")
    except (BrokenFileError, pa.ArrowInvalid, ValueError) as fault:
        yield Finding(True, str(found.folder / DESIGN_FILE), f"cannot be read: {fault}")
    else:
        if len(points):
            known = pc.is_in(runs.column("point"), value_set=points.unique())
            yield from _at_fault(found, pc.invert(known), "a point that the design has not")
    if identity is not None:
        wanted = [identity(index) for index in runs.column("index").to_pylist()]
        other = pc.not_equal(runs.column("run"), pa.array(wanted, pa.string()))
        yield from _at_fault(found, other, "another identity than the plan gives them")


def _at_fault(found: Survey, mask: Any, what: str) -> Iterator[Finding]:
    """One finding for all runs that a mask holds, with the first few named."""
    rows = found.runs.filter(mask)
    if rows.num_rows:
        named = ", ".join(rows.column("run").to_pylist()[:NAMED])
        more = ", ..." if rows.num_rows > NAMED else ""
        where = str(runs_path(found.folder, rows.column("part")[0].as_py()))
        yield Finding(True, where, f"runs with {what}: {rows.num_rows} ({named}{more})")


def _outcomes(found: Survey) -> Iterator[Finding]:
    """Parts whose outcomes are not those of their runs, or are no numbers."""
    for part in found.parts:
        path = results_path(found.folder, part)
        try:
            results = read_table(path)[0]
            if not results.schema.remove_metadata().equals(RESULTS):
                results = results.cast(RESULTS)
                yield Finding(True, str(path), "its columns are not those of this version")
        except (BrokenFileError, pa.ArrowInvalid, ValueError) as fault:
            yield Finding(True, str(path), f"cannot be read: {fault}")
            continue
        yield from _rows_of(found, part, path, results)


def _rows_of(found: Survey, part: str, path: Path, results: pa.Table) -> Iterator[Finding]:
    mine = [
        table.filter(pc.equal(table.column("part"), part)).column("run")
        for table in (found.runs, found.copies)
    ]
    wanted = {run for runs in mine for run in runs.to_pylist()}
    there = set(results.column("run").unique().to_pylist())
    if wanted - there:
        yield Finding(True, str(path), f"has no outcomes of {len(wanted - there)} of its runs")
    if there - wanted:
        yield Finding(True, str(path), f"has outcomes of {len(there - wanted)} runs not its own")
    value = results.column("value")
    unreal = pc.sum(pc.invert(pc.is_finite(value.drop_null()))).as_py() or 0
    if unreal:
        yield Finding(True, str(path), f"holds {unreal} values that are no finite numbers")
    silent = pc.and_(pc.is_null(value), pc.is_null(results.column("why")))
    unsaid = pc.sum(silent).as_py() or 0
    if unsaid:
        yield Finding(True, str(path), f"holds {unsaid} missing values without a reason")


def _remains(found: Survey) -> Iterator[Finding]:
    """What killed processes have left behind."""
    for path in found.leftovers:
        yield Finding(False, str(path), "was never committed; `poundflow compact` removes it")
    torn = torn_lines(found.folder)
    if torn:
        where = str(found.folder / ATTEMPTS_FOLDER)
        yield Finding(False, where, f"{torn} lines were cut short when a process ended")
