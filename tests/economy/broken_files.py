"""Files of an economy that are wrong on purpose, sealed as if they were right."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from simulation.economy.economy_io import FIRST, open_economy
from simulation.economy.sealed_archive import read_archive, write_archive

Columns = dict[str, np.ndarray]
Text = dict[str, Any]


def retold(path: Path, change: Callable[[Columns, Text], object], *, describe: bool = True) -> Path:
    """Write a file beside `path` after a change to its columns and its description.

    With `describe` the description follows the columns, as another writer's would.
    """
    archive = read_archive(path, FIRST)
    columns, text = archive.columns(), json.loads(archive.text or b"")
    change(columns, text)
    if describe:
        text["columns"] = {
            name: {"dtype": str(column.dtype), "shape": list(column.shape)}
            for name, column in columns.items()
        }
    changed = path.with_name(f"changed-{path.name}")
    changed.unlink(missing_ok=True)
    with changed.open("w+b") as file:
        write_archive(file, FIRST, json.dumps(text).encode(), columns)
    return changed


def place_of(path: Path, column: str) -> int:
    """Where in the file the numbers of a column begin."""
    return open_economy(path)._archive.stored[column].at


def flip(path: Path, at: int, bits: int = 1) -> Path:
    """Write a file beside `path` with one byte changed."""
    content = bytearray(path.read_bytes())
    content[at] ^= bits
    changed = path.with_name(f"flipped-{path.name}")
    changed.unlink(missing_ok=True)
    changed.write_bytes(bytes(content))
    return changed
