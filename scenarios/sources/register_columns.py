"""What each column of a contracts register is: by its heading, and by what stands below it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from scenarios.sources.by_hand import set_by_hand
from scenarios.sources.columns import NOT_A_FIELD, Found
from scenarios.sources.dates import read_dates
from scenarios.sources.notice_values import postcode
from scenarios.sources.register_values import FLAGS, value_of
from scenarios.sources.sheet import Column, Sheet

DEEPEST = 60
"""Rows looked at for headings."""

LEAST_FIELDS = 3
"""So many fields make a row one of headings, if a title, a supplier or a value is among them."""

TELLING = frozenset({"title", "description", "supplier", "total_value", "annual_value"})
LONGEST = 120
SURE_ENOUGH = 0.3
UNFIT = 0.1
"""What is left of a heading's word where hardly a cell below is of its kind."""

LOOKED_AT = 500
"""Distinct cells of a column that are looked at."""

BESIDE = 3
"""Columns after the supplier's among which a postcode is taken to be the supplier's."""

_OF_SUPPLIER = re.compile(r"supplier|vendor|contractor|provider|company", re.IGNORECASE)
_CURRENT = re.compile(r"current|revised", re.IGNORECASE)
_MARKS = re.compile(r"[^a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Rule:
    """How a field is recognised by its heading."""

    what: str
    kind: str
    never: re.Pattern[str]
    patterns: Sequence[tuple[re.Pattern[str], float]]


@cache
def rules() -> Mapping[str, Rule]:
    """Field -> its rule, in the order of register_fields.toml."""
    text = (files("scenarios.sources") / "register_fields.toml").read_text("utf-8")
    return {
        name: Rule(
            told["what"],
            told["kind"],
            re.compile(told["never"]),
            [(re.compile(pattern), float(sure)) for pattern, sure in told["patterns"]],
        )
        for name, told in tomllib.loads(text).items()
    }


def known_fields() -> list[str]:
    """What a column may be set to by hand."""
    return [*rules(), NOT_A_FIELD]


@lru_cache(4096)
def heading_weights(heading: str) -> Mapping[str, float]:
    """Field -> how sure a heading makes us, 0 to 1; fields that it does not name are left out."""
    if len(heading) > LONGEST:
        return {}
    text = _HUMP.sub(" ", heading).lower().replace("£", " gbp ")
    plain = " ".join(_MARKS.sub(" ", text.replace("’", "").replace("'", "")).split())
    found = {}
    for name, rule in rules().items():
        if not rule.never.search(plain):
            sure = next((sure for pattern, sure in rule.patterns if pattern.search(plain)), 0.0)
            if sure:
                found[name] = sure
    return found


def fields_named(cells: Sequence[str]) -> int:
    """Count the different fields that a row of cells names."""
    named = set()
    for cell in cells:
        weights = heading_weights(cell.strip()) if cell else {}
        if weights:
            named.add(max(weights, key=lambda name: weights[name]))
    return len(named) if named & TELLING else 0


def heading_row(sheet: Sheet, by_hand: Sequence[str] = ()) -> int:
    """Find the headings.

    Parameters
    ----------
    sheet : Sheet
        A table of cells.
    by_hand : sequence of str
        Settings; the first row that has all headings that they name is it.

    Returns
    -------
    int
        From 0: that row, else the one that names the most fields, the first among equals; -1 where
        none does.
    """
    named_by_hand = [setting for setting in by_hand if not setting.startswith("#")]
    for row in range(min(sheet.rows, DEEPEST) if named_by_hand else 0):
        if len(set_by_hand(named_by_hand, sheet.row(row))) == len(named_by_hand):
            return row
    best, at = LEAST_FIELDS - 1, -1
    for row in range(min(sheet.rows, DEEPEST)):
        if (named := fields_named(sheet.row(row))) > best:
            best, at = named, row
    return at


def find_columns(
    columns: Sequence[Column], names: Sequence[str], by_hand: Mapping[int, str]
) -> list[Found]:
    """Say what each column is, each field at most once, the surest first.

    Parameters
    ----------
    columns : sequence of Column
        Below the headings.
    names : sequence of str
        Their headings.
    by_hand : mapping of int to str
        Position from 0 -> field, or `ignore`.
    """
    taken = {
        at: Found(at + 1, names[at], "" if field == NOT_A_FIELD else field, 1.0, "set by hand")
        for at, field in by_hand.items()
    }
    pairs = []
    for at, column in enumerate(columns):
        if at in taken or not column.filled.any():
            continue
        for field, sure in heading_weights(names[at]).items():
            fits = _fits(rules()[field].kind, column)
            pairs.append((-sure * max(fits, UNFIT), at, field, fits))
    done = {found.field for found in taken.values()}
    for sure, at, field, fits in sorted(pairs):
        if at not in taken and field not in done and -sure >= SURE_ENOUGH:
            why = f"heading “{names[at][:40]}”; {fits:.0%} of its cells fit"
            taken[at] = Found(at + 1, names[at], field, round(-sure, 2), why)
            done.add(field)
    _drop_far_postcode(taken)
    _end_as_it_stands(taken)
    nothing = [at for at, column in enumerate(columns) if at not in taken and column.filled.any()]
    taken.update({at: Found(at + 1, names[at], "", 0.0, "none of ours") for at in nothing})
    return [taken[at] for at in sorted(taken)]


def _drop_far_postcode(taken: dict[int, Found]) -> None:
    """Let go of a postcode that may be a site's: one not said to be, nor beside, the supplier's."""
    at = {found.field: position for position, found in taken.items()}
    mine, supplier = at.get("supplier_postcode"), at.get("supplier", -BESIDE - 1)
    if mine is None or taken[mine].confidence == 1.0 or _OF_SUPPLIER.search(taken[mine].heading):
        return
    if not 0 < mine - supplier <= BESIDE:
        del taken[mine]


def _end_as_it_stands(taken: dict[int, Found]) -> None:
    """Take the current end for the end, where no other end is told."""
    at = {found.field: position for position, found in taken.items()}
    current = at.get("extension_end")
    if current is not None and "end" not in at and _CURRENT.search(taken[current].heading):
        taken[current] = replace(taken[current], field="end")


def _fits(kind: str, column: Column) -> float:
    """Give the share of the different cells that are of a kind, or say that they are unknown."""
    cells = list(column.counts)[:LOOKED_AT]
    if not cells or kind == "text":
        return 1.0
    if kind == "date":
        days = read_dates({cell: column.counts[cell] for cell in cells}).days
        good = sum(cell in days or not any(mark.isdigit() for mark in cell) for cell in cells)
        return good / len(cells) if days else 0.0
    if kind == "flag":
        known = {"various", "n/a", "unknown", "tbc"} | set(FLAGS)
        good = sum(cell.casefold().strip(" .") in known for cell in cells)
        often = sum(column.counts[cell] for cell in cells) / len(cells)
        return max(good / len(cells), 0.7 if often > LEAST_FIELDS else 0.0)
    if kind == "postcode":
        return sum(postcode(cell) is not None for cell in cells) / len(cells)
    return sum(value_of(cell).kind != "unreadable" for cell in cells) / len(cells)
