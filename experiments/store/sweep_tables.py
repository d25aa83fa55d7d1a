"""The tables of a sweep and their files: about a hundred runs a part, two files each.

The `results` file is written first, the `runs` file last: it is the commit, and holds the size and
the hash of the other. A part whose `results` file is not that size is torn and not read.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from experiments.store.aside import settle_folder, write_aside
from experiments.store.errors import BrokenFileError, TornPartError
from experiments.store.parts import OUTCOME, read_table, table_bytes
from experiments.store.records import RunResult

RUNS_FOLDER, RESULTS_FOLDER, ATTEMPTS_FOLDER = "runs", "results", "attempts"
DESIGN_FILE, PLAN_FILE, ATTEMPTS_FILE = "design.parquet", "plan.toml", "attempts.parquet"
COMPRESSION = "zstd"

_WHICH = [
    ("run", pa.string()),
    ("index", pa.int64()),
    ("place", pa.string()),
    ("point", pa.int32()),
    ("replicate", pa.int32()),
    ("policy", pa.string()),
]

RUNS = pa.schema(
    [
        *_WHICH,
        ("seed", pa.int64()),
        ("digest", pa.string()),
        ("payments", pa.int64()),
        ("pence_moved", pa.int64()),
        ("residual_pence", pa.int64()),
        ("dye_residual", pa.int64()),
        ("treated_pence", pa.int64()),
    ]
)

RESULTS = pa.schema([*_WHICH, *OUTCOME])

DESIGN = pa.schema([("point", pa.int32()), ("name", pa.string()), ("value", pa.float64())])

ORDER = [("index", "ascending"), ("run", "ascending")]
ROW_ORDER = [*ORDER, *((name, "ascending") for name in ("month", "measure", "tier"))]


def design_table(names: Sequence[str], values: npt.NDArray[np.float64]) -> pa.Table:
    """Points of a design as a long table.

    Parameters
    ----------
    names : sequence of str
        Register names, n of them.
    values : float64[n_points, n]
        A row a point.
    """
    points = values.shape[0]
    columns = {
        "point": np.repeat(np.arange(points, dtype=np.int32), len(names)),
        "name": list(names) * points,
        "value": np.ascontiguousarray(values, dtype=np.float64).ravel(),
    }
    return pa.table(columns, schema=DESIGN)


def run_table(result: RunResult) -> pa.Table:
    """One finished run as a row of `runs`."""
    accounts = result.accounts
    row = {
        **_which(result),
        "seed": result.seed,
        "digest": result.digest,
        "payments": accounts.payments,
        "pence_moved": accounts.pence_moved,
        "residual_pence": accounts.residual_pence,
        "dye_residual": accounts.dye_residual,
        "treated_pence": result.treated_pence,
    }
    return pa.Table.from_pylist([row], schema=RUNS)


def rows_table(result: RunResult) -> pa.Table:
    """The outcomes of one run, in order of month, measure and tier."""
    rows = sorted(result.rows, key=lambda row: (row.month, row.measure, row.tier))
    repeated = {
        name: pa.repeat(pa.scalar(value, RESULTS.field(name).type), len(rows))
        for name, value in _which(result).items()
    }
    columns = {
        **repeated,
        **{
            name: pa.array([getattr(row, name) for row in rows], RESULTS.field(name).type)
            for name in ("month", "measure", "tier", "value", "unit", "why")
        },
    }
    return pa.table(columns, schema=RESULTS)


def _which(result: RunResult) -> dict[str, Any]:
    return {name: getattr(result, name) for name, _ in _WHICH}


def part_names(folder: Path) -> list[str]:
    """Names of the parts that are committed, in the order of their first runs."""
    return file_stems(folder / RUNS_FOLDER, ".parquet")


def file_stems(folder: Path, ending: str) -> list[str]:
    """Names, without their ending, of the files of a folder that are not being written."""
    return sorted(
        path.name.removesuffix(ending)
        for path in folder.glob(f"*{ending}")
        if not path.name.startswith(".")
    )


def runs_path(folder: Path, part: str) -> Path:
    """The file that commits a part."""
    return folder / RUNS_FOLDER / f"{part}.parquet"


def results_path(folder: Path, part: str) -> Path:
    """The file with the outcomes of a part."""
    return folder / RESULTS_FOLDER / f"{part}.parquet"


def write_part(folder: Path, part: str, runs: pa.Table, results: pa.Table) -> None:
    """Write both files of a part, the outcomes first.

    Raises
    ------
    DiskFullError, FolderUnwritableError
        As of `write_aside`; the part is then not committed.
    """
    outcomes = table_bytes(results, compression=COMPRESSION)
    write_aside(results_path(folder, part), outcomes)
    settle_folder(folder / RESULTS_FOLDER)
    header = {"results_bytes": len(outcomes), "results_blake2b": blake2b(outcomes).hexdigest()}
    write_aside(runs_path(folder, part), table_bytes(runs, header, COMPRESSION))
    settle_folder(folder / RUNS_FOLDER)


def read_runs(
    folder: Path, part: str, columns: Sequence[str] | None = None, *, hashed: bool = False
) -> pa.Table:
    """The runs of a part, once its outcomes are found to be whole.

    Parameters
    ----------
    folder : Path
    part : str
    columns : sequence of str, optional
        All by default.
    hashed : bool
        Whether to read the outcomes through and compare their hash, not their size alone.

    Raises
    ------
    TornPartError
        When either file is not what was written.
    NewerFormatError
        When a later version wrote it.
    """
    path, outcomes = runs_path(folder, part), results_path(folder, part)
    try:
        table, header = read_table(path, columns)
        size, digest = header["results_bytes"], header["results_blake2b"]
        found = outcomes.stat().st_size if outcomes.exists() else None
        same = found == size and (
            not hashed or blake2b(outcomes.read_bytes()).hexdigest() == digest
        )
    except KeyError as fault:
        raise TornPartError(path, f"its header lacks {fault}") from fault
    except BrokenFileError as fault:
        raise TornPartError(path, fault.reason) from fault
    if found is None:
        raise TornPartError(outcomes, "it is not there, though its runs are")
    if not same:
        what = "other bytes" if found == size else f"{found:,} bytes where {size:,} were written"
        raise TornPartError(outcomes, f"it holds {what}")
    return table


def joined(tables: Iterable[pa.Table], schema: pa.Schema) -> pa.Table:
    """Tables one below the other, without the headers of their files."""
    listed = [table.replace_schema_metadata(None) for table in tables]
    return pa.concat_tables(listed) if listed else schema.empty_table()
