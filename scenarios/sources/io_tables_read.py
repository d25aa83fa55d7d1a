"""From a file to an input-output table: the sheet, the block, its items, and whether it balances.

Sums that the table writes out (total use, gross value added) are known by their words, or by being
the sum of the columns beside them, and are left out. A table of total use is brought to domestic
use by the share of imports in the supply of each product (import proportionality, Eurostat Manual
of Supply, Use and Input-Output Tables, 2008, ch. 8).
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import Fault
from scenarios.sources.io_tables import BALANCE, Float64, IoTable, summed
from scenarios.sources.io_tables_find import BadCellsError, Block, find_block
from scenarios.sources.io_tables_grid import IoTableError, Sheet, read_sheets, text_of
from scenarios.sources.io_tables_labels import (
    FINAL,
    column_item,
    key_of,
    kind_of,
    row_item,
    unit_of,
)

YEAR = re.compile(r"\b(19[5-9]\d|20\d\d)\b")
TITLES = 12
"""Rows at the top of a sheet that may say what it is."""

NO_BLOCK = "no block of flows"
MOST_SHOWN = 5
"""Industries named in one fault."""

ADJACENT = 8
"""A sum stands within so many columns of its parts."""

INDUSTRIES = "industry by industry"


@dataclass
class _Rows:
    """Rows of a block by what they hold."""

    items: dict[str, list[int]] = field(default_factory=dict)
    imported: list[int] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def read_io_table(path: Path, sheet: str | None = None) -> tuple[IoTable, tuple[str, ...]]:
    """Read the table of a file.

    Parameters
    ----------
    path : Path
        CSV or XLSX.
    sheet : str, optional
        Name of the sheet. Without it, the first sheet with a table that balances, and of these
        one by industries where there is one.

    Returns
    -------
    table : IoTable
        Of domestic use.
    others : tuple of str
        Other sheets with a table that balances.

    Raises
    ------
    IoTableError
        Where no table is found, or none balances; with every reason.
    """
    sheets = read_sheets(path)
    if sheet is not None:
        sheets = tuple(one for one in sheets if one.name == sheet) or _no_sheet(path, sheet, sheets)
    found: list[IoTable] = []
    faults: list[Fault] = []
    for one in sheets:
        table, wrong = _read_sheet(path, one)
        faults += wrong
        if table is not None:
            found.append(table)
    if not found:
        telling = [fault for fault in faults if fault.found != NO_BLOCK]
        raise IoTableError(telling or faults)
    by_industry = [table for table in found if table.kind == INDUSTRIES]
    chosen = (by_industry or found)[0]
    return chosen, tuple(table.sheet for table in found if table is not chosen)


def _no_sheet(path: Path, sheet: str, sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    names = ", ".join(f'"{one.name}"' for one in sheets)
    raise IoTableError([Fault(str(path), None, None, "", f'no sheet "{sheet}"', f"one of {names}")])


def _read_sheet(path: Path, sheet: Sheet) -> tuple[IoTable | None, list[Fault]]:
    """Read one sheet, or say why it holds no table."""
    place = f"{path}, {sheet.name}" if sheet.name != path.name else str(path)
    block = find_block(sheet)
    if block is None:
        wanted = "a row of headings and a column of labels that name the same industries"
        return None, [Fault(place, None, None, "", NO_BLOCK, wanted)]
    try:
        table = _table_of(block)
    except BadCellsError as error:
        return None, [
            Fault(place, row + 1, column + 1, "", f'"{text}"', "a figure, or an empty cell")
            for row, column, text in error.cells[:MOST_SHOWN]
        ]
    if isinstance(table, str):
        return None, [Fault(place, None, None, "", *table.split(" | "))]
    faults = list(_faults_of_balance(place, table))
    return (None, faults) if faults else (table, [])


def _faults_of_balance(place: str, table: IoTable) -> list[Fault]:
    """What does not sum to output, and whatever is negative that cannot be."""
    faults = []
    if (table.output < 0.0).any():
        found = f"negative output of {_listed(table, table.output < 0.0)}"
        faults.append(Fault(place, None, None, "", found, "output of zero or more"))
    for side, gaps in (("columns", table.column_gaps()), ("rows", table.row_gaps())):
        wrong = table.unbalanced(gaps)
        if wrong.any():
            found = f"{side} that do not sum to output: {_listed(table, wrong, gaps)}"
            wanted = f"sums within {BALANCE:.1%} of output"
            hint = " ".join([n for n in table.notes if n.startswith("Left out")][:MOST_SHOWN])
            faults.append(Fault(place, None, None, "", found, wanted, hint))
    return faults


def _listed(table: IoTable, wrong: NDArray[np.bool_], gaps: Float64 | None = None) -> str:
    at = np.flatnonzero(wrong)
    told = [
        table.codes[k] + ("" if gaps is None else f" ({gaps[k]:+,.1f} of {table.output[k]:,.1f})")
        for k in at[:MOST_SHOWN]
    ]
    more = f" and {at.size - MOST_SHOWN} more" if at.size > MOST_SHOWN else ""
    return ", ".join(told) + more


def _table_of(block: Block) -> IoTable | str:
    """Take a block apart; a text "found | wanted" where it is no input-output table."""
    rows = _rows_below(block)
    if "output" not in rows.items and not block.beside:
        return "neither total output nor final use | a table with both"
    columns = block.columns
    flows = np.array([block.figures(row, columns) for row in block.rows])
    final, imported, totals, odd = _final_use(block, flows)
    primary = {
        item: _without_sum([block.figures(row, columns) for row in at])
        for item, at in rows.items.items()
        if item not in ("output", "total")
    }
    if rows.imported and "imports" not in primary:
        primary["imports"] = sum(
            (block.figures(row, columns) for row in rows.imported), np.zeros(len(columns))
        )
    if "compensation" in primary or "surplus" in primary:
        primary.pop("value_added", None)
    output = _output(block, rows, totals)
    if output is None:
        return "no row and no column of total output | one"
    notes = [f"Left out, as no word of it is known: row {text}." for text in rows.unknown]
    notes += [f"Taken as sold outside, as no word of it is known: column {text}." for text in odd]
    texts = _titles(block.sheet)
    currency, millions = unit_of([*texts, *(text for _, text in _headings(block))])
    scale = 1.0 if np.isnan(millions) else millions
    table = IoTable(
        codes=block.codes,
        names=block.names,
        flows=flows * scale,
        primary={item: values * scale for item, values in primary.items()},
        final={item: values * scale for item, values in final.items()},
        household={k: v * scale for k, v in _bought_besides(block, rows).items()},
        output=output * scale,
        currency="" if np.isnan(millions) else currency,
        kind=kind_of([block.sheet.name, *texts]),
        sheet=block.sheet.name,
        title=_title(texts),
        year=_year(block, texts),
        notes=tuple(notes),
    )
    return _domestic(table, imported * scale) if imported.any() else table


def _rows_below(block: Block) -> _Rows:
    """Sort the rows after the industries by their labels, until output."""
    known = {key_of(code) for code in block.codes}
    out = _Rows()
    for row in block.below:
        labels = block.row_labels(row)
        if not labels or block.is_empty(row):
            continue
        if key_of(block.cell_text(row, block.label)) in known:
            out.imported.append(row)
            continue
        item = row_item(labels)
        if item is None:
            out.unknown.append(f'"{" ".join(labels)}"')
        else:
            out.items.setdefault(item, []).append(row)
        if item == "output":
            break
    return out


def _headings(block: Block) -> list[tuple[int, str]]:
    return [(column, block.heading(column)[0]) for column in block.beside]


def _final_use(
    block: Block, flows: Float64
) -> tuple[dict[str, Float64], Float64, list[int], list[str]]:
    """Sort the columns beside the industries: final use, imports, sums, and what no word fits."""
    values = {
        column: np.array([block.figures(row, [column])[0] for row in block.rows])
        for column in block.beside
    }
    items = {column: column_item(*block.heading(column)) for column in values}
    sums = _sums(values, items, flows.sum(axis=1))
    final: dict[str, Float64] = {}
    imported, odd = np.zeros(len(block.rows)), []
    for column, item in items.items():
        if column in sums:
            continue
        if item == "imports":
            imported = imported + np.abs(values[column])
            continue
        if item is None and values[column].any():
            odd.append(f'"{block.heading(column)[0]}"')
        name = item or "exports"
        final[name] = final.get(name, 0.0) + values[column]
    return {name: final[name] for name in FINAL if name in final}, imported, sorted(sums), odd


def _sums(values: dict[int, Float64], items: dict[int, str | None], sold: Float64) -> set[int]:
    """Columns that are sums: by their words, or as the sum of columns next to them."""
    out = {column for column, item in items.items() if item == "total"}
    columns = list(values)
    for k, column in enumerate(columns):
        if column in out or not values[column].any():
            continue
        near = (columns[k + 1 : k + 1 + n] for n in range(2, ADJACENT))
        before = (columns[max(k - n, 0) : k] for n in range(2, ADJACENT))
        for parts in (*near, *before):
            told = [part for part in parts if part not in out]
            if len(told) > 1 and _same(summed([values[part] for part in told]), values[column]):
                out.add(column)
                break
        if _same(sold, values[column]):
            out.add(column)
    return out


def _same(one: Float64, other: Float64) -> bool:
    return bool(np.allclose(one, other, rtol=1e-6, atol=1e-6 * float(np.abs(other).max())))


def _without_sum(rows: list[Float64]) -> Float64:
    """Add the rows of one item up; one that is the sum of all others is not counted again."""
    whole = summed(rows)
    if len(rows) > 2 and any(_same(whole - row, row) for row in rows):
        return whole / 2.0
    return whole


def _output(block: Block, rows: _Rows, totals: list[int]) -> Float64 | None:
    """Total output from its row; where there is none, from the last sum beside the industries."""
    if "output" in rows.items:
        return block.figures(rows.items["output"][0], block.columns)
    if totals:
        return np.array([block.figures(row, totals[-1:])[0] for row in block.rows])
    return None


def _bought_besides(block: Block, rows: _Rows) -> dict[str, float]:
    """Imports and taxes on products in the columns of households."""
    columns = [
        column for column in block.beside if column_item(*block.heading(column)) == "household"
    ]
    out = {}
    for item in ("imports", "imports_nation", "taxes_products"):
        at = rows.items.get(item, rows.imported if item == "imports" else [])
        out[item] = float(sum(block.figures(row, columns).sum() for row in at))
    return out


def _domestic(table: IoTable, imported: Float64) -> IoTable:
    """Part the imports from a table of total use: each buyer imports the same share of a product.

    With m the imports over output and imports less exports, (1 - m) of every use but exports is
    domestic; rows and columns balance as before.
    """
    exports = table.final.get("exports", np.zeros_like(imported))
    supply = table.output + imported - exports
    abroad = np.clip(imported / np.where(supply > 0.0, supply, 1.0), 0.0, 1.0)
    home = (1.0 - abroad)[:, None]
    final = {
        item: values if item == "exports" else values * home[:, 0]
        for item, values in table.final.items()
    }
    bought = table.final.get("household", np.zeros_like(imported))
    came = table.primary.get("imports", 0.0) + (table.flows * (1.0 - home)).sum(axis=0)
    return replace(
        table,
        flows=table.flows * home,
        primary={**table.primary, "imports": came},
        final=final,
        household={**table.household, "imports": float(bought @ abroad)},
        use="total",
        notes=(*table.notes, "Domestic use is derived: every buyer of a product imports alike."),
    )


def _titles(sheet: Sheet) -> list[str]:
    return [text for row in sheet.rows[:TITLES] for cell in row[:4] if (text := text_of(cell))]


def _title(texts: list[str]) -> str:
    """The text that speaks of such a table, or else the first of several words."""
    named = [text for text in texts if re.search(r"input.?output|industry by", text, re.IGNORECASE)]
    return next((text for text in (*named, *texts) if len(text.split()) > 1), "")


def _year(block: Block, texts: list[str]) -> str:
    """The year that stands by itself, or else in the title."""
    texts = [*block.row_labels(block.rows[0]), *texts]
    found = [match for text in texts if (match := YEAR.search(text))]
    alone = [match for match in found if match.group() == match.string]
    return next((match.group() for match in (*alone, *found)), "")
