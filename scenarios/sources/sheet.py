"""A sheet in columns: each cell a code into the column's own list of texts.

Lists of payments repeat themselves: a million rows hold a few thousand payees and a few hundred
dates. So each distinct text is kept once, and whatever has to be read, is read once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, zip_longest
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

CHUNK = 20_000
"""Rows that stand in memory as rows at one time."""

MOST_CELLS = 512
"""A row with more cells is no row of payments."""

Rows = TypeVar("Rows", int, NDArray[np.int64])
"""One row, or many."""


class WideRowError(Exception):
    """Raised when a row has more than `MOST_CELLS` cells; holds its number, from 1."""

    def __init__(self, row: int, cells: int) -> None:
        super().__init__(f"row {row} has {cells} cells")
        self.row = row
        self.cells = cells


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes
    ----------
    texts : sequence of str
        Distinct cells, without space around them; the first is always the blank one.
    codes : int32[rows]
        Which of them stands in each row.
    """

    texts: Sequence[str]
    codes: NDArray[np.int32]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How often each text that is not blank stands in the column."""
        many = np.bincount(self.codes, minlength=len(self.texts))
        return {self.texts[k]: int(many[k]) for k in range(1, len(self.texts)) if many[k]}

    @property
    def filled(self) -> NDArray[np.bool_]:
        """bool[rows]: where the column is not blank."""
        return np.not_equal(self.codes, 0)

    def cell(self, row: int) -> str:
        """The text in a row."""
        return self.texts[int(self.codes[row])]

    def below(self, first: int) -> "Column":
        """The column from a row on."""
        return Column(self.texts, self.codes[first:])


@dataclass(frozen=True)
class Sheet:
    """One table of cells.

    Attributes
    ----------
    name : str
        Of the sheet of a workbook; empty for a text file.
    columns : sequence of Column
        All of one length.
    rows : int
        Records; lines without any cell are none.
    delimiter : str
        What parts the cells of a text file; empty for a workbook.
    notes : sequence of str
        What a reader has to know of how it was read.
    hidden : bool
        Whether the workbook does not show it.
    above : int
        Lines of the file that stand above its first record and are no cells, as `sep=;`.
    """

    name: str
    columns: Sequence[Column]
    rows: int
    delimiter: str = ""
    notes: Sequence[str] = field(default_factory=tuple)
    hidden: bool = False
    above: int = 0

    def row(self, number: int) -> list[str]:
        """The cells of one row, without space around them."""
        return [column.cell(number) for column in self.columns]

    def line(self, rows: Rows) -> Rows:
        """The rows as a reader of the file counts them: from 1, lines above counted."""
        return rows + 1 + self.above


def sheet_of(
    name: str, rows: Iterable[Sequence[str]], delimiter: str = "", notes: Sequence[str] = ()
) -> Sheet:
    """Turn rows into columns, a chunk at a time.

    Parameters
    ----------
    name, delimiter, notes
        As of `Sheet`.
    rows : iterable of sequence of str
        May differ in length.

    Returns
    -------
    Sheet
        With as many columns as the longest row has.

    Raises
    ------
    WideRowError
        When a row has too many cells.
    """
    kept: list[list[pa.Array | None]] = []
    sizes: list[int] = []
    for chunk in _chunks(rows):
        _check_width(chunk, sum(sizes))
        columns = [_encoded(cells) for cells in zip_longest(*chunk, fillvalue="")]
        while len(kept) < len(columns):
            kept.append([None] * len(sizes))
        for k, parts in enumerate(kept):
            parts.append(columns[k] if k < len(columns) else None)
        sizes.append(len(chunk))
    total = sum(sizes)
    return Sheet(name, [_joined(parts, sizes) for parts in kept], total, delimiter, tuple(notes))


def _chunks(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _check_width(chunk: Sequence[Sequence[str]], before: int) -> None:
    for k, row in enumerate(chunk):
        if len(row) > MOST_CELLS:
            raise WideRowError(before + k + 1, len(row))


def _encoded(cells: Sequence[str]) -> pa.Array | None:
    """Keep each distinct text once; None where all are blank."""
    column = pa.array(cells, pa.large_string()).dictionary_encode()
    return None if len(column.dictionary) == 1 and not cells[0].strip() else column


def _joined(parts: Sequence[pa.Array | None], sizes: Sequence[int]) -> Column:
    """Put chunks together under one list of texts, without space around them."""
    known: dict[str, int] = {"": 0}
    codes = np.zeros(sum(sizes), np.int32)
    first = 0
    for part, size in zip(parts, sizes, strict=True):
        if part is not None:
            new = [known.setdefault(_clean(t), len(known)) for t in part.dictionary.to_pylist()]
            codes[first : first + size] = np.array(new, np.int32)[part.indices.to_numpy()]
        first += size
    return Column(list(known), codes)


def _clean(text: str) -> str:
    """Take space of any kind off both ends, and line breaks and broken letters out."""
    if not text.isalnum():
        text = " ".join(text.split())
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
