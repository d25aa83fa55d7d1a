"""The list in which a person settles what is doubtful: read with all its faults, written stably.

A row asks whether two names are one supplier, or says what is known of one; the answers stand in
the last columns. They are found again by keys (a number, else the cleaned name), so that they hold
for a later import as well, and a row whose supplier is not there is kept.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import networkx as nx
import pyarrow as pa

from scenarios.errors import Fault, FaultsError
from scenarios.nearest import did_you_mean, near_names
from scenarios.sources.dialect import without_told_separator
from scenarios.sources.encoding import decode
from scenarios.sources.postcodes import district_now, districts_named
from scenarios.sources.resolved import KINDS
from scenarios.sources.supplier_clean import clean_name
from scenarios.sources.supplier_kind import UNKNOWN
from scenarios.tables import uk_districts
from scenarios.tables.classifications import categories
from scenarios.vocabulary import ABROAD

PAIR, SUPPLIER = "one supplier?", "supplier"
MERGE, APART = "merge", "apart"
ANSWERS = ("decision", "kind", "based", "owned", "category", "note")
COLUMNS = (
    "question", "key", "name", "other_key", "other_name", "payments", "pounds", "now_kind",
    "now_based", "now_owned", "now_category", "reason", *ANSWERS,
)  # fmt: skip
_NEEDED = ("question", "key", *ANSWERS[:-1])
_KIND_CHOICES = (*KINDS, UNKNOWN)


class ReviewError(FaultsError):
    """Raised when a review list cannot be used; holds every fault of it."""

    remedy = "Nothing was written. Correct the rows, and give the command again."


@dataclass(frozen=True, slots=True)
class Row:
    """A row that a person has answered.

    Attributes
    ----------
    line : int
        As a spreadsheet counts it, the headings being 1.
    key, other : str
        Whom it speaks of; the second of a pair.
    cells : mapping of str to str
        As they stood.
    decision : str
        merge, apart or nothing.
    kind : str
        One of the kinds or unknown; empty where nothing was set.
    based, owned : tuple of str or None
        ONS codes or `abroad`; empty for unknown; None where nothing was set.
    category : str
        An id, or unknown; empty where nothing was set.
    """

    line: int
    key: str
    other: str
    cells: Mapping[str, str]
    decision: str = ""
    kind: str = ""
    based: tuple[str, ...] | None = None
    owned: tuple[str, ...] | None = None
    category: str = ""

    @property
    def values(self) -> dict[str, object]:
        """What it sets about a supplier."""
        told = {"kind": self.kind or None, "based": self.based, "owned": self.owned,
                "category": self.category or None}  # fmt: skip
        return {name: value for name, value in told.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Review:
    """What persons have settled.

    Attributes
    ----------
    path : str
        Of the list.
    rows : sequence of Row
        Those with an answer.
    """

    path: str = ""
    rows: Sequence[Row] = field(default_factory=tuple)

    def pairs(self, decision: str) -> list[tuple[str, str]]:
        """Pairs of keys with a decision, in a fixed order."""
        return sorted((row.key, row.other) for row in self.rows if row.decision == decision)


def read_review(path: Path) -> Review:
    """Read a review list.

    Parameters
    ----------
    path : Path
        CSV, as it was written or as a spreadsheet has saved it.

    Returns
    -------
    Review

    Raises
    ------
    ReviewError
        With every fault of every row.
    """
    name = str(path)
    try:
        text = decode(path.read_bytes()).text.removeprefix("\ufeff")
    except OSError as error:
        found = (error.strerror or "an error of the system").lower()
        raise ReviewError([Fault(name, None, None, "", found, "a file that can be read")]) from None
    text, told = without_told_separator(text)
    head = text.split("\n", 1)[0]
    mark = told or max(",;\t", key=head.count)
    lines = _lines(name, text, mark)
    names = [cell.strip().lower() for cell in lines[0]] if lines else []
    lacking = [one for one in _NEEDED if one not in names]
    if lacking:
        hint = "Keep the first row of suppliers_review.csv as it was written."
        found = f"no column {', '.join(lacking)}"
        raise ReviewError([Fault(name, 1, None, "", found, "the columns of a review list", hint)])
    faults: list[Fault] = []
    rows: list[Row] = []
    for number, line in enumerate(lines[1:], 3 if told else 2):
        if any(cell.strip() for cell in line[len(names) :]):
            faults.append(
                Fault(name, number, None, "", "more cells than columns", "a cell a column")
            )
        cells = {one: cell.strip() for one, cell in zip(names, line, strict=False) if one}
        if any(cells.get(one) for one in ANSWERS):
            row, wrong = _row(name, number, cells)
            faults += wrong
            rows.append(row)
    faults += _contradictions(name, rows)
    if faults:
        raise ReviewError(sorted(faults, key=lambda one: (one.line or 0, one.path)))
    return Review(name, rows)


def _lines(path: str, text: str, mark: str) -> list[list[str]]:
    """Part a list into rows and cells; a quotation mark left open would swallow answers."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    lines: list[list[str]] = []
    try:
        lines += rows
    except csv.Error as error:
        hint = "A quotation mark may be open: close it, or take it away."
        fault = Fault(path, rows.line_num, None, "", str(error), "cells as a spreadsheet", hint)
        raise ReviewError([fault]) from None
    return lines


def _row(path: str, line: int, cells: Mapping[str, str]) -> tuple[Row, list[Fault]]:
    faults: list[Fault] = []

    def wrong(column: str, wanted: str, hint: str = "") -> None:
        faults.append(Fault(path, line, None, column, f"“{cells[column]}”", wanted, hint))

    keys = []
    for column, named in (("key", "name"), ("other_key", "other_name")):
        told = cells.get(column) or ""
        if not told and cells.get(named):
            told = clean_name(cells[named]).key
        keys.append(told)
    pair = cells.get("question", "") == PAIR or bool(keys[1])
    decision = _plain(cells.get("decision", ""))
    if decision not in ("", MERGE, APART):
        hint = did_you_mean(decision, (MERGE, APART))
        wrong("decision", f"{MERGE}, {APART} or nothing", hint)
    if not keys[0]:
        faults.append(Fault(path, line, None, "key", "nothing", "a key or a name"))
    if pair and not keys[1]:
        faults.append(Fault(path, line, None, "other_key", "nothing", "a key or a name"))
    if decision and not pair:
        wrong("decision", "nothing in a row about one supplier")
    kind = _plain(cells.get("kind", "")).replace(" ", "_")
    if kind and kind not in _KIND_CHOICES:
        wrong("kind", f"one of {', '.join(_KIND_CHOICES)}", did_you_mean(kind, _KIND_CHOICES))
    category = _category(cells.get("category", ""))
    if category is None:
        near = near_names(cells["category"], [one.name for one in categories()])
        hint = f"Did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else ""
        wrong("category", "an id or a name of scenarios/tables/categories.csv, or unknown", hint)
    places = {}
    for column in ("based", "owned"):
        places[column], unread = _places(cells.get(column, ""))
        if unread:
            wanted = f"ONS codes or names of districts parted by ;, abroad, or unknown ({unread})"
            several = [uk_districts()[code].name for code in districts_named(unread)]
            hint = f"Did you mean {' or '.join(several)}?" if several else ""
            wrong(column, wanted, hint or did_you_mean(unread, _district_names()))
    if pair and (kind or category or any(places.values())):
        faults.append(
            Fault(path, line, None, "question", "kind, place or category in a row about a pair",
                  "a decision alone")
        )  # fmt: skip
    row = Row(
        line,
        keys[0],
        keys[1],
        cells,
        decision,
        kind,
        places["based"],
        places["owned"],
        category or "",
    )
    return row, faults


def _plain(text: str) -> str:
    """Write words in small letters, with single blanks between them and nothing else."""
    told = re.sub(r"['’]", "", text.casefold()).replace("&", " and ")
    return " ".join(re.sub(r"[\W_]+", " ", told).split())


def _category(text: str) -> str | None:
    """The id of a category, unknown, or nothing; None where it is none."""
    told = _plain(text)
    if told in ("", UNKNOWN):
        return told
    named = {_plain(name): one.id for one in categories() for name in (one.id, one.name)}
    return named.get(told)


def _district_names() -> list[str]:
    return [one.name for one in uk_districts().values()]


def _places(text: str) -> tuple[tuple[str, ...] | None, str]:
    """Codes of districts, and a part that is none."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not parts:
        return None, ""
    if [part.lower() for part in parts] == [UNKNOWN]:
        return (), ""
    codes = set()
    for part in parts:
        code = ABROAD if part.lower() == ABROAD else _district(part)
        if code is None:
            return None, part
        codes.add(code)
    return tuple(sorted(codes)), ""


def _district(text: str) -> str | None:
    code = district_now(text.upper())
    if code in uk_districts():
        return code
    found = districts_named(text)
    return found[0] if len(found) == 1 else None


def _contradictions(path: str, rows: Iterable[Row]) -> list[Fault]:
    """Rows that answer the same question in two ways."""
    faults: list[Fault] = []
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        about = tuple(sorted((row.key, row.other))) if row.other else (row.key,)
        earlier = first.setdefault(about, row)
        if (earlier.decision, earlier.values) != (row.decision, row.values):
            faults.append(contradiction(path, earlier, row))
    merged = nx.Graph()
    merged.add_edges_from((row.key, row.other) for row in rows if row.decision == MERGE)
    for row in rows:
        whole = {row.key, row.other} <= merged.nodes and row.decision == APART
        if whole and row.key != row.other and nx.has_path(merged, row.key, row.other):
            found = f"{APART}, where other rows merge both, by way of others"
            faults.append(Fault(path, row.line, None, "decision", found, "one answer"))
        if row.decision and row.key == row.other:
            faults.append(Fault(path, row.line, None, "other_key", "itself", "another supplier"))
    return faults


def contradiction(path: str, one: Row, other: Row) -> Fault:
    """Make the fault of two rows that do not agree about one supplier."""
    found = f"another answer than row {one.line} gives for the same supplier"
    return Fault(path, other.line, None, other.key, found, "one answer", "Clear one of them.")


def review_table(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    """Put rows into a table to be written as CSV."""
    return pa.table(
        {name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in COLUMNS}
    )
