"""A sweep as tables to ask questions of: DuckDB relations, and pandas frames.

Outcomes stay on the disk until asked for; DuckDB reads the columns and rows that a question needs.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from experiments.store.attempts import read_attempts
from experiments.store.parts import read_table
from experiments.store.survey import Survey, survey
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import DESIGN_FILE, RESULTS, results_path

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

TABLES = ("runs", "results", "attempts", "design")


class Store:
    """The finished part of a sweep, as it was when opened.

    Parameters
    ----------
    path : Path
        The folder of a sweep.

    Attributes
    ----------
    label : dict
        What was asked: `manifest.json`.
    connection : duckdb.DuckDBPyConnection
        Holds the views `runs`, `results`, `attempts` and `design`.
    missing : int
        Runs of the plan that are not finished.

    Raises
    ------
    NoSweepError, NewerFormatError, BrokenLabelError
        As of `SweepStore.open`.
    """

    def __init__(self, path: Path) -> None:
        import duckdb

        store = SweepStore.open(path)
        self.label = store.label
        self.path = path
        self.connection = duckdb.connect()
        self.connection.execute("SET parquet_metadata_cache = true")
        found = survey(path)
        self.missing = store.planned - found.runs.num_rows
        self._own("runs", found.runs.drop_columns("part"))
        self._own("attempts", read_attempts(path))
        self._own("design", read_table(path / DESIGN_FILE)[0])
        self._results(found)

    @property
    def runs(self) -> "duckdb.DuckDBPyRelation":
        """Finished runs, a row each: identity, seed, digest and accounts."""
        return self.connection.table("runs")

    @property
    def results(self) -> "duckdb.DuckDBPyRelation":
        """Outcomes, a row each: run, month, measure, tier, value.

        Month 0 is the whole window, month -1 the start state.
        """
        return self.connection.table("results")

    @property
    def attempts(self) -> "duckdb.DuckDBPyRelation":
        """Tries, a row each, failed ones too."""
        return self.connection.table("attempts")

    @property
    def design(self) -> "duckdb.DuckDBPyRelation":
        """Values of the assumptions, a row for each point and name."""
        return self.connection.table("design")

    def sql(self, question: str) -> "duckdb.DuckDBPyRelation":
        """Ask in SQL, of the tables `runs`, `results`, `attempts` and `design`."""
        return self.connection.sql(question)

    def frame(self, name: str, where: str | None = None) -> "pd.DataFrame":
        """One of the tables, or some rows of it, as a pandas frame.

        Parameters
        ----------
        name : str
            `runs`, `results`, `attempts` or `design`.
        where : str, optional
            A condition in SQL, such as "month = 0 and measure = 'quality'".

        Raises
        ------
        ValueError
            When there is no such table.
        """
        if name not in TABLES:
            raise ValueError(f"found the table {name!r}; wanted one of {', '.join(TABLES)}")
        table = self.connection.table(name)
        return (table.filter(where) if where else table).to_arrow_table().to_pandas()

    def close(self) -> None:
        """Let go of the files."""
        self.connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _own(self, name: str, table: pa.Table) -> None:
        """Keep a small table in memory under a name."""
        self.connection.register(name, table.replace_schema_metadata(None))

    def _results(self, found: Survey) -> None:
        files = [str(results_path(self.path, part)) for part in found.parts]
        if not files:
            self._own("results", RESULTS.empty_table())
            return
        self.connection.read_parquet(files, filename=True).create_view("every_result")
        copies = found.copies
        columns = ", ".join(f'"{name}"' for name in RESULTS.names)
        question = f"SELECT {columns} FROM every_result"
        if copies.num_rows:
            again = [str(results_path(self.path, part)) for part in copies["part"].to_pylist()]
            twice = pa.table({"run": copies["run"], "filename": again})
            self._own("copies", twice)
            question += " ANTI JOIN copies USING (run, filename)"
        self.connection.execute(f"CREATE VIEW results AS {question}")


def open_store(path: Path | str) -> Store:
    """Open the folder of a sweep to ask questions of it.

    Parameters
    ----------
    path : Path or str
        The folder that `poundflow sweep` fills; the sweep may still be under way.

    Returns
    -------
    Store

    Raises
    ------
    NoSweepError
        When the folder holds no sweep.
    NewerFormatError, BrokenLabelError
        When it cannot be read.
    """
    return Store(Path(path))
