"""A table that is published: numbers in columns, and which plan and which code they come from.

It is kept as CSV with a head of comments, so that a spreadsheet opens it and a referee can follow
it to its plan. Written and read again it is the same to the last digit.
"""

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.store.aside import make_folder, write_aside
from experiments.store.relations import Store, open_store
from experiments.store.sweep_store import SweepStore
from scenarios.errors import InputError

ENDING = ".csv"
PARTED = ", "
"""Between the plans, and the hashes, of a table that was made from several sweeps."""

KINDS: Mapping[str, type] = {"text": str, "whole": int, "number": float}
"""What a column holds, as the head of a file names it; any cell may be empty."""

HEAD = "# "
COLUMNS = "columns"


class StoredTableError(InputError):
    """Raised when a stored table is missing or is not one. The message says what to do."""


@dataclass(frozen=True)
class Table:
    """Columns of equal length, and where they come from.

    Attributes
    ----------
    columns : dict of str to list
        Text, whole numbers or numbers; None where nothing is known. One kind in a column.
    plan : str
        Name of the plan in `docs/paper/plans`, or the command; of several, parted by commas.
    plan_sha256 : str
        The hash on the label of the sweep: all that decides which runs there are.
    code : str
        Fingerprint of the program that lived the runs, as on the label.
    made : str
        Day on which the sweep ended, as on its label.
    runs : int
        Runs behind the table.
    commit : str
        Of the repository when the table was written.
    """

    columns: dict[str, list[Any]]
    plan: str
    plan_sha256: str = ""
    code: str = ""
    made: str = ""
    runs: int = 0
    commit: str = "unknown"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The same, row by row."""
        cells = zip(*self.columns.values(), strict=True)
        return [dict(zip(self.columns, row, strict=True)) for row in cells]


class MissingTableError(StoredTableError):
    """Raised when a table is asked for that was not measured yet. The message says what to do."""


class StoredTables(dict[str, Table]):
    """Stored tables by name; asking for one that is not there says how to make it."""

    def __missing__(self, name: str) -> Table:
        """Refuse.

        Raises
        ------
        MissingTableError
        """
        raise MissingTableError(
            f"no stored table is called {name}; there are: {', '.join(sorted(self)) or 'none'}. "
            "`make paper-sweeps` makes all from the plans."
        )


def no_figures(_: Mapping[str, Table], __: Path) -> None:
    """Draw nothing: what a chapter of tables alone has for `figures`."""


def columns_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Turn rows of the same names into columns; none where there are no rows."""
    known = list(rows)
    return {name: [row[name] for row in known] for name in (known[0] if known else ())}


def titled(titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, list[Any]]:
    """Turn rows without names into columns of these titles."""
    return columns_of(dict(zip(titles, row, strict=True)) for row in rows)


def swept_table(columns: dict[str, list[Any]], *sweeps: Path) -> Table:
    """Make a table of what finished sweeps told.

    Parameters
    ----------
    columns : dict of str to list
    *sweeps : Path
        Folders of the sweeps it was made from, each named as its plan.

    Returns
    -------
    Table
        With the provenance that the labels tell; `commit` is left to whoever writes it.

    Raises
    ------
    NoSweepError
        When a folder holds no sweep.
    StoredTableError
        When its sweep is not finished.
    """
    labels = [_finished(SweepStore.open(folder)) for folder in sweeps]
    return Table(
        columns,
        plan=PARTED.join(folder.name for folder in sweeps),
        plan_sha256=PARTED.join(label["plan_sha256"] for label in labels),
        code=PARTED.join(dict.fromkeys(label["code"] for label in labels)),
        made=max(label["finished"] for label in labels)[: len("2026-01-01")],
        runs=sum(label["runs"] for label in labels),
    )


@contextmanager
def open_finished(folder: Path) -> Iterator[Store]:
    """Open a finished sweep to be read.

    Raises
    ------
    NoSweepError
        When the folder holds no sweep.
    StoredTableError
        When its sweep is not finished.
    """
    _finished(SweepStore.open(folder))
    with open_store(folder) as store:
        yield store


def _finished(store: SweepStore) -> Mapping[str, Any]:
    done = len(store.done())
    if done < store.planned or "finished" not in store.label:
        raise StoredTableError(
            f"the sweep in {store.path} is not finished: {done} of its {store.planned} runs are "
            "done. Give the same `poundflow sweep` command again; it goes on from there."
        )
    return store.label


def table_text(table: Table) -> str:
    """Write a table as CSV with its head of provenance.

    Raises
    ------
    ValueError
        When columns are not of one length or one kind, or hold a number that is none.
    """
    kinds = {name: _kind(name, cells) for name, cells in table.columns.items()}
    told = {
        "plan": table.plan,
        "plan_sha256": table.plan_sha256,
        "code": table.code,
        "made": table.made,
        "runs": table.runs,
        "commit": table.commit,
        COLUMNS: " ".join(kinds.values()),
    }
    out = io.StringIO()
    out.writelines(f"{HEAD}{name}: {said}\n" for name, said in told.items())
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in zip(*table.columns.values(), strict=True):
        writer.writerow("" if cell is None else cell for cell in row)
    return out.getvalue()


def _kind(name: str, cells: Iterable[Any]) -> str:
    known = [cell for cell in cells if cell is not None]
    if any(isinstance(cell, float) and not math.isfinite(cell) for cell in known):
        raise ValueError(f"column {name} holds a number that is none; write None for it.")
    for kind, meant in KINDS.items():
        if all(type(cell) is meant for cell in known):
            return kind
    kinds = sorted({type(cell).__name__ for cell in known})
    raise ValueError(
        f"column {name} holds {' and '.join(kinds)}; wanted str, int or float, and one of them."
    )


def read_text(text: str, name: str) -> Table:
    """Read what `table_text` wrote.

    Parameters
    ----------
    text : str
    name : str
        For the message.

    Raises
    ------
    StoredTableError
        When it is no such text.
    """
    lines = text.splitlines()
    head = [line for line in lines if line.startswith(HEAD)]
    told = dict(line.removeprefix(HEAD).partition(": ")[::2] for line in head)
    rows = list(csv.reader(lines[len(head) :]))
    try:
        kinds = told.pop(COLUMNS).split()
        columns = {
            title: [_cell(row[place], KINDS[kind]) for row in rows[1:]]
            for place, (title, kind) in enumerate(zip(rows[0], kinds, strict=True))
        }
        return Table(columns, **{**told, "runs": int(told["runs"])})  # type: ignore[arg-type]
    except (IndexError, KeyError, TypeError, ValueError) as fault:
        raise StoredTableError(
            f"{name} is no stored table: {fault}. `make paper-sweeps` makes it anew."
        ) from fault


def _cell(text: str, meant: type) -> Any:
    return None if not text else meant(text)


def write_tables(tables: Mapping[str, Table], folder: Path) -> list[Path]:
    """Write tables, each to a file of its name.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    DiskFullError, FolderUnwritableError
    """
    make_folder(folder)
    written = []
    for name, table in tables.items():
        written.append(folder / f"{name}{ENDING}")
        write_aside(written[-1], table_text(table).encode())
    return written


def read_tables(folder: Path) -> StoredTables:
    """Read all tables of a folder, by name.

    Raises
    ------
    StoredTableError
        When a file is no stored table.
    """
    files: Sequence[Path] = sorted(folder.glob(f"*{ENDING}"))
    return StoredTables({one.stem: read_text(one.read_text("utf-8"), one.name) for one in files})
