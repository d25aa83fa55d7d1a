"""The folder that an import fills: all of its files appear together, each of them whole.

Every file is written aside first; only when the last is whole do they take their names, the one
that says what the others are at the very end.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from experiments.store.aside import make_folder, opened_aside, settle_folder, sweep_leftovers
from experiments.store.errors import FolderTakenError

LABEL = "import.json"
"""The file that makes a folder one of ours."""

_FORMULA = "^[=+\\-@\t\r]"
_NUMBER = r"^[+-]?[0-9][0-9,]*(\.[0-9]+)?$"


def claim_folder(folder: Path, label: str = LABEL) -> None:
    """Find out, before long work, whether an import may be put into a folder.

    Parameters
    ----------
    folder : Path
        Where it is to go.
    label : str
        The file by which such a folder is known.

    Raises
    ------
    FolderError
        When the folder holds something else, or cannot be written to.
    """
    if folder.exists() and not folder.is_dir():
        raise FolderTakenError(folder, "is a file")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / label).exists():
        raise FolderTakenError(folder, f"holds no {label} of an earlier time")


def formula_safe(table: pa.Table) -> pa.Table:
    """Put an apostrophe before each text that a spreadsheet would run as a formula.

    Parameters
    ----------
    table : pyarrow.Table
        Texts and numbers.

    Returns
    -------
    pyarrow.Table
        The same; texts that are numbers stay as they are.
    """
    for at, field in enumerate(table.schema):
        if not pa.types.is_string(field.type):
            continue
        column = table.column(at)
        runs = pc.match_substring_regex(column, _FORMULA)
        bad = pc.and_(runs, pc.invert(pc.match_substring_regex(column, _NUMBER)))
        safe = pc.if_else(bad, pc.binary_join_element_wise("'", column, ""), column)
        table = table.set_column(at, field, safe)
    return table


def write_import(
    folder: Path,
    tables: Mapping[str, pa.Table],
    csv_tables: Mapping[str, pa.Table],
    texts: Mapping[str, str],
    label: Mapping[str, Any],
) -> None:
    """Write all files of an import.

    Parameters
    ----------
    folder : Path
        As of `claim_folder`.
    tables, csv_tables : mapping of str to pyarrow.Table
        Name of a file -> what goes into it, as Parquet and as CSV.
    texts : mapping of str to str
        Name of a file -> its text.
    label : mapping
        What `import.json` says.

    Raises
    ------
    FolderError
        When the disk is full or the folder refuses a file; then none of the files has changed.
    """
    make_folder(folder)
    sweep_leftovers(folder)
    with contextlib.ExitStack() as files:
        told = files.enter_context(opened_aside(folder / LABEL))  # the first in is the last out
        names = (*tables, *csv_tables, *texts)
        opened = {name: files.enter_context(opened_aside(folder / name)) for name in names}
        for name, table in tables.items():
            pq.write_table(table, opened[name])
        for name, table in csv_tables.items():
            pa_csv.write_csv(formula_safe(table), opened[name])
        for name, text in texts.items():
            opened[name].write(text.encode())
        told.write((json.dumps(label, indent=2, ensure_ascii=False) + "\n").encode())
        for file in (told, *opened.values()):  # a full disk says so before a file takes its name
            file.flush()
            os.fsync(file.fileno())
    settle_folder(folder)
