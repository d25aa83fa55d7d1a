"""A sweep as CSV, for a spreadsheet or for whoever reads no Parquet."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from experiments.store.aside import make_folder, opened_aside
from experiments.store.attempts import ATTEMPTS, read_attempts
from experiments.store.part_writer import RUNS_A_PART
from experiments.store.parts import read_table
from experiments.store.survey import Outcomes, in_lots, survey
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import DESIGN, DESIGN_FILE, RESULTS, RUNS


def export_csv(folder: Path, out: Path) -> list[Path]:
    """Write the four tables of a sweep as CSV, runs in the order of the plan.

    Parameters
    ----------
    folder : Path
        Of a sweep.
    out : Path
        A folder, made where it is missing.

    Returns
    -------
    list of Path
        The files; null is an empty cell.

    Raises
    ------
    DiskFullError, FolderUnwritableError
        When a file cannot be written; those before it stand.
    """
    SweepStore.open(folder)
    found = survey(folder)
    make_folder(out)
    outcomes = Outcomes(found)
    tables: dict[str, tuple[pa.Schema, Callable[[], Iterator[pa.Table]]]] = {
        "runs": (RUNS, lambda: iter([found.runs.drop_columns("part")])),
        "results": (
            RESULTS,
            lambda: (outcomes.of(runs) for runs in in_lots(found.runs, RUNS_A_PART)),
        ),
        "attempts": (ATTEMPTS, lambda: iter([read_attempts(folder)])),
        "design": (DESIGN, lambda: iter([read_table(folder / DESIGN_FILE)[0].cast(DESIGN)])),
    }
    written = []
    for name, (schema, lots) in tables.items():
        written.append(out / f"{name}.csv")
        _write_csv(written[-1], schema, lots())
    return written


def _write_csv(path: Path, schema: pa.Schema, lots: Iterator[pa.Table]) -> None:
    from pyarrow import csv

    how = csv.WriteOptions(quoting_style="needed")
    with opened_aside(path) as file, csv.CSVWriter(file, schema, write_options=how) as writer:
        for lot in lots:
            writer.write_table(lot)
