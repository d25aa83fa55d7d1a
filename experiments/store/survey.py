"""What the parts of a sweep hold together: each run once, whatever became of the processes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from experiments.store.aside import ASIDE
from experiments.store.errors import TornPartError
from experiments.store.parts import read_table
from experiments.store.sweep_tables import (
    ORDER,
    RESULTS,
    RESULTS_FOLDER,
    ROW_ORDER,
    RUNS,
    RUNS_FOLDER,
    file_stems,
    joined,
    part_names,
    read_runs,
    results_path,
)

PART = pa.field("part", pa.string())
WITH_PART = RUNS.append(PART)
PARTS_IN_MEMORY = 64


@dataclass(frozen=True, slots=True)
class Survey:
    """The parts of a folder, read at one moment.

    Attributes
    ----------
    folder : Path
    parts : list of str
        Those that are whole.
    runs : pyarrow.Table
        `RUNS` and the `part` that each is read from: each run once, in the order of the plan.
    copies : pyarrow.Table
        Runs that another part holds as well, in the same columns; these copies are not read.
    torn : list of TornPartError
        Parts that are not what was written.
    leftovers : list of Path
        Files that no part counts on: outcomes without their commit, files half written.
    """

    folder: Path
    parts: list[str]
    runs: pa.Table
    copies: pa.Table
    torn: list[TornPartError]
    leftovers: list[Path]


def survey(folder: Path, *, hashed: bool = False) -> Survey:
    """Read what runs a folder holds.

    Parameters
    ----------
    folder : Path
        Of a sweep.
    hashed : bool
        Whether to read every file through, and compare hashes.

    Raises
    ------
    NewerFormatError
        When a later version wrote a part.
    """
    whole, tables, torn = [], [], []
    committed = part_names(folder)
    for part in committed:
        try:
            table = read_runs(folder, part, hashed=hashed).cast(RUNS)
        except TornPartError as fault:
            torn.append(fault)
        except (pa.ArrowInvalid, ValueError) as fault:
            torn.append(TornPartError(folder / RUNS_FOLDER / f"{part}.parquet", str(fault)))
        else:
            whole.append(part)
            tables.append(table.append_column(PART, pa.repeat(part, table.num_rows)))
    every = joined(tables, WITH_PART).sort_by([*ORDER, ("part", "ascending")])
    first = first_of_each(every.column("run"))
    return Survey(
        folder=folder,
        parts=whole,
        runs=every.filter(pa.array(first)),
        copies=every.filter(pa.array(~first)),
        torn=torn,
        leftovers=_leftovers(folder, set(committed)),
    )


def first_of_each(runs: pa.ChunkedArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say of each run, in an order in which the same stand together, whether it is the first."""
    first = np.ones(len(runs), dtype=bool)
    if len(runs) > 1:
        named = runs.combine_chunks()
        first[1:] = pc.not_equal(named.slice(1), named.slice(0, len(named) - 1)).to_numpy(False)
    return first


def _leftovers(folder: Path, committed: set[str]) -> list[Path]:
    alone = [
        results_path(folder, part)
        for part in file_stems(folder / RESULTS_FOLDER, ".parquet")
        if part not in committed
    ]
    places = (folder, folder / RUNS_FOLDER, folder / RESULTS_FOLDER)
    return [*alone, *(path for place in places for path in sorted(place.glob(f".*{ASIDE}")))]


class Outcomes:
    """Reads the outcomes of runs from the parts that they stand in; parts just read are at hand."""

    def __init__(self, found: Survey) -> None:
        self._read = lru_cache(maxsize=PARTS_IN_MEMORY)(
            lambda part: read_results(found.folder, part)
        )

    def of(self, runs: pa.Table) -> pa.Table:
        """The outcomes of some of the survey's runs, in the columns and the order of `RESULTS`."""
        tables = [
            _of_runs(
                self._read(part), runs.filter(pc.equal(runs.column("part"), part)).column("run")
            )
            for part in runs.column("part").unique().to_pylist()
        ]
        return joined(tables, RESULTS).sort_by(ROW_ORDER)


def in_lots(runs: pa.Table, size: int) -> Iterator[pa.Table]:
    """Rows of a table in its order, `size` at a time."""
    for start in range(0, runs.num_rows, size):
        yield runs.slice(start, size)


def read_results(folder: Path, part: str) -> pa.Table:
    """The outcomes of a part, in the columns of `RESULTS`."""
    return read_table(results_path(folder, part))[0].cast(RESULTS)


def _of_runs(results: pa.Table, runs: pa.ChunkedArray) -> pa.Table:
    return results.filter(pc.is_in(results.column("run"), value_set=runs.combine_chunks()))


def copies_that_differ(found: Survey) -> list[tuple[str, str, str]]:
    """Runs that were lived twice and came to different numbers.

    Returns
    -------
    list of (run, part, part)
        The part that is read first, then that of the copy that differs.
    """
    told = []
    kept = dict(
        zip(*(found.runs.column(name).to_pylist() for name in ("run", "part")), strict=True)
    )
    for row in found.copies.to_pylist():
        run, other = row["run"], row["part"]
        if not _same(found, run, kept[run], other):
            told.append((run, kept[run], other))
    return told


def _same(found: Survey, run: str, part: str, other: str) -> bool:
    one = pa.array([run])
    rows = [
        found.runs.filter(pc.equal(found.runs.column("run"), run)),
        found.copies.filter(
            pc.and_(
                pc.equal(found.copies.column("run"), run),
                pc.equal(found.copies.column("part"), other),
            )
        ),
    ]
    records = [row.drop_columns("part").to_pylist() for row in rows]
    outcomes = [
        _of_runs(read_results(found.folder, name), pa.chunked_array([one])).sort_by(ROW_ORDER)
        for name in (part, other)
    ]
    return bool(records[0] == records[1] and outcomes[0].equals(outcomes[1]))
