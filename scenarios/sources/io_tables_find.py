"""Where an input-output table stands in a sheet: found by its labels, proved by its sums.

A row of headings and a column of labels name the same industries; where they cross lie the
flows. Rows below are what industries pay besides, columns beside are who else buys. No address of
a cell and no publisher is assumed: a block is taken where its columns and its rows sum to output.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.sources.io_tables import Float64
from scenarios.sources.io_tables_grid import Cell, Sheet, number_of, says_nothing, text_of
from scenarios.sources.io_tables_labels import SUBJECT, is_total, key_of

FEWEST = 3
"""Industries of a table; fewer could be met by chance."""

HEADS = 40
"""Rows of headings and columns of labels are looked for in so many first ones."""


@dataclass(frozen=True)
class Block:
    """Where a table lies in its sheet.

    Attributes
    ----------
    sheet : Sheet
    head, label : int
        Row of the headings and column of the labels that name the industries.
    columns, rows : tuple of int
        Of the industries, in the order of the headings.
    """

    sheet: Sheet
    head: int
    label: int
    columns: tuple[int, ...]
    rows: tuple[int, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Labels of the rows up to a colon, as the table writes them."""
        return tuple(_short(self.cell_text(row, self.label)) for row in self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The longest label of each row."""
        return tuple(max(_parts(self.row_labels(row)), key=len) for row in self.rows)

    @property
    def below(self) -> range:
        """Rows after the industries."""
        return range(max(self.rows) + 1, len(self.sheet.rows))

    @property
    def beside(self) -> tuple[int, ...]:
        """Columns after the industries that have a heading."""
        width = max(len(row) for row in self.sheet.rows)
        after = range(max(self.columns) + 1, width)
        return tuple(column for column in after if self.heading(column)[0])

    def cell_text(self, row: int, column: int) -> str:
        """Text of a cell, empty outside the sheet."""
        values = self.sheet.rows[row] if 0 <= row < len(self.sheet.rows) else ()
        return text_of(values[column]) if column < len(values) else ""

    def row_labels(self, row: int) -> list[str]:
        """All texts of a row before its first figure of an industry."""
        before = self.sheet.rows[row][: min(self.columns)]
        return [text_of(cell) for cell in before if isinstance(cell, str)]

    def heading(self, column: int) -> tuple[str, str]:
        """Heading of a column, and the one that spans it from further left."""
        rows = [row for row in range(self.head - 2, min(self.rows)) if row >= 0]
        own = " ".join(text for row in rows if (text := self.cell_text(row, column)))
        left = range(column - 1, max(self.columns), -1)
        for row in rows:
            spans = (text for k in left if (text := self.cell_text(row, k)))
            if not self.cell_text(row, column) and (group := next(spans, "")):
                return own, group
        return own, ""

    def figures(self, row: int, columns: Sequence[int]) -> Float64:
        """Figures of a row in some columns; nothing counts as zero.

        Raises
        ------
        BadCellsError
            Where a cell holds a text in place of a figure.
        """
        values = self.sheet.rows[row]
        out = np.zeros(len(columns))
        bad = []
        for k, column in enumerate(columns):
            cell = values[column] if column < len(values) else None
            if says_nothing(cell):
                continue
            number = number_of(cell)
            if number is None:
                bad.append((row, column, text_of(cell)))
            else:
                out[k] = number
        if bad:
            raise BadCellsError(bad)
        return out

    def is_empty(self, row: int) -> bool:
        """Whether a row has no figure under the industries."""
        values = self.sheet.rows[row]
        return not any(
            column < len(values) and number_of(values[column]) is not None
            for column in self.columns
        )


class BadCellsError(ValueError):
    """Raised for texts in place of figures; holds (row, column, text) of each, from 0."""

    def __init__(self, cells: list[tuple[int, int, str]]) -> None:
        super().__init__(f"{len(cells)} cells")
        self.cells = cells


def find_block(sheet: Sheet) -> Block | None:
    """Find the row of headings and the column of labels that share most industries.

    Parameters
    ----------
    sheet : Sheet

    Returns
    -------
    Block or None
        None where no row and no column share three labels or more.
    """
    width = max((len(row) for row in sheet.rows), default=0)
    figured = [(k, row) for k, row in enumerate(sheet.rows) if _has_figures(row)]
    heads = [_first_places(enumerate(row)) for row in sheet.rows[:HEADS]]
    best: Block | None = None
    for label in range(min(width, HEADS)):
        below = _first_places((k, row[label]) for k, row in figured if label < len(row))
        for head, found in enumerate(heads):
            block = _shared(sheet, head, label, found, below)
            if block and (best is None or len(block.rows) > len(best.rows)):
                best = block
    return best


def _has_figures(row: Sequence[Cell]) -> bool:
    return sum(isinstance(cell, float) for cell in row) >= FEWEST


def _first_places(cells: Iterable[tuple[int, Cell]]) -> dict[str, int]:
    """Key of each label -> where it stands first; sums are no industries."""
    out: dict[str, int] = {}
    for place, cell in cells:
        text = text_of(cell)
        if text and not is_total(text) and (key := key_of(text)):
            out.setdefault(key, place)
    return out


def _shared(
    sheet: Sheet, head: int, label: int, found: dict[str, int], below: dict[str, int]
) -> Block | None:
    """Make a block of what a row of headings and a column of labels share."""
    both = [
        (column, below[key])
        for key, column in found.items()
        if column > label and below.get(key, -1) > head
    ]
    if len(both) < FEWEST:
        return None
    columns, rows = zip(*sorted(both), strict=True)
    return Block(sheet, head, label, columns, rows)


def _short(label: str) -> str:
    return SUBJECT.sub("", label.partition(":")[0].strip())


def _parts(labels: list[str]) -> list[str]:
    """Labels, or what they say after a colon."""
    return [label.partition(":")[2].strip() or label for label in labels] or [""]
