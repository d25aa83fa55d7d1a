"""One replicate, one file: its outcomes as a table, its records beside them in the file's header.

Because a part is one file that is renamed into place, a replicate is kept whole or not at all.
"""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.store.errors import BrokenFileError, NewerFormatError
from experiments.store.records import (
    BudgetRow,
    OutcomeRow,
    Part,
    ReplicateResult,
    RunRecord,
    run_name,
)

SCHEMA_VERSION = 1
HEADER = b"poundflow"

OUTCOME = [
    ("month", pa.int32()),
    ("measure", pa.string()),
    ("tier", pa.string()),
    ("value", pa.float64()),
    ("unit", pa.string()),
    ("why", pa.string()),
]
"""Columns of one measured number, whatever run it is of."""

RESULTS = pa.schema(
    [("run", pa.string()), ("regime", pa.string()), ("replicate", pa.int32()), *OUTCOME]
)

DRAWS = pa.schema([("replicate", pa.int32()), ("name", pa.string()), ("value", pa.float64())])


def part_bytes(result: ReplicateResult) -> bytes:
    """One replicate as the bytes of a Parquet file."""
    header = {
        "part": result.part,
        "replicate": result.replicate,
        "seed": result.seed,
        "runs": [run.as_dict() for run in result.runs],
        "draws": dict(result.draws),
        "budget": [astuple(row) for row in result.budget],
    }
    return table_bytes(results_table(result), header)


def results_table(result: ReplicateResult) -> pa.Table:
    """The outcomes of one replicate in the columns of `results.parquet`."""
    rows = result.rows
    names = {
        regime: run_name(result.part, regime, result.replicate)
        for regime in {row.regime for row in rows}
    }
    columns = {
        "run": [names[row.regime] for row in rows],
        "regime": [row.regime for row in rows],
        "replicate": [result.replicate] * len(rows),
        "month": [row.month for row in rows],
        "measure": [row.measure for row in rows],
        "tier": [row.tier for row in rows],
        "value": [row.value for row in rows],
        "unit": [row.unit for row in rows],
        "why": [row.why for row in rows],
    }
    return pa.table(columns, schema=RESULTS)


def draws_table(results: Iterable[ReplicateResult]) -> pa.Table:
    """What each future drew from the register, in the order of replicates and names."""
    drawn = [
        (result.replicate, name, result.draws[name])
        for result in results
        for name in sorted(result.draws)
    ]
    columns = {
        "replicate": [replicate for replicate, _, _ in drawn],
        "name": [name for _, name, _ in drawn],
        "value": [value for _, _, value in drawn],
    }
    return pa.table(columns, schema=DRAWS)


def table_bytes(
    table: pa.Table, header: dict[str, Any] | None = None, compression: str = "snappy"
) -> bytes:
    """A table as Parquet bytes, with the format's version in its header."""
    text = json.dumps({"schema_version": SCHEMA_VERSION, **(header or {})}, allow_nan=False)
    sink = io.BytesIO()
    labelled = table.replace_schema_metadata({HEADER: text.encode()})
    pq.write_table(labelled, sink, compression=compression)
    return sink.getvalue()


def read_table(path: Path, columns: Sequence[str] | None = None) -> tuple[pa.Table, dict[str, Any]]:
    """A table that `table_bytes` wrote, or some columns of it, and its header.

    Raises
    ------
    NewerFormatError
        When a later version wrote it.
    BrokenFileError
        When it is not such a file.
    """
    try:
        table = pq.ParquetFile(io.BytesIO(path.read_bytes())).read(columns=columns)
        header = json.loads((table.schema.metadata or {})[HEADER])
        version = header["schema_version"]
    except (OSError, pa.ArrowException, KeyError, ValueError) as fault:
        raise BrokenFileError(path, str(fault)) from fault
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise NewerFormatError(path, version, SCHEMA_VERSION)
    return table, header


def kept_rows(path: Path, replicate: int) -> list[dict[str, Any]] | None:
    """The outcomes of one replicate in `results.parquet` or its like; None where it is not there.

    Raises
    ------
    NewerFormatError, BrokenFileError
        As of `read_table`.
    """
    if not path.is_file():
        return None
    table, _ = read_table(path)
    rows: list[dict[str, Any]] = table.filter(pc.field("replicate") == replicate).to_pylist()
    return rows


def read_part(path: Path) -> ReplicateResult:
    """The replicate that `part_bytes` wrote.

    Raises
    ------
    NewerFormatError
        When a later version wrote it.
    BrokenFileError
        When it is not such a file.
    """
    table, header = read_table(path)
    names = ("regime", "month", "measure", "tier", "value", "unit", "why")
    try:
        columns = [table.column(name).to_pylist() for name in names]
        return ReplicateResult(
            part=Part(header["part"]),
            replicate=header["replicate"],
            seed=header["seed"],
            runs=tuple(RunRecord.from_dict(run) for run in header["runs"]),
            rows=tuple(OutcomeRow(*row) for row in zip(*columns, strict=True)),
            draws=header["draws"],
            budget=tuple(BudgetRow(*row) for row in header["budget"]),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise BrokenFileError(path, str(fault)) from fault
