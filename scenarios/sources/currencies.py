"""Amounts in another currency among pounds, where a column names the currency of each row.

They are no pounds, and nobody has said what they came to in pounds: they are set aside, and told.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.sources.cell_words import is_pounds
from scenarios.sources.columns import BY_HAND, Found, Meaning
from scenarios.sources.fields import plain
from scenarios.sources.masking import safe_text
from scenarios.sources.sheet import Column

BEFORE = frozenset({"original", "foreign", "source", "merchant"})
"""Words for what a purchase abroad was billed in; what the council paid for it is in pounds."""

_OF_PURCHASE = BEFORE | {"transaction", "trans", "document", "doc", "local"}
_HOME = re.compile(r"\b(?:gbp|pounds?|sterling|billing|billed)\b")
_NOTHING = re.compile(
    r"[-–—./?*\s\d_]*|n/?a|nil|none|null|unknown|not (?:known|stated|applicable)", re.I
)
SHOWN = 5
NAMED = 24


def other_currencies(columns: Sequence[Column], meaning: Meaning) -> NDArray[np.bool_]:
    """Say where the amount that is summed is in another currency.

    Parameters
    ----------
    columns : sequence of Column
        All rows.
    meaning : Meaning
        What the columns are; one of them is summed.

    Returns
    -------
    bool[rows]
        Nowhere, where no column names currencies, or the one that does speaks of another amount.
    """
    found = _of(meaning)
    if found is None or not _speaks_of_sum(found, meaning):
        return np.zeros(columns[0].codes.size, bool)
    return _other(columns[found.position - 1])


def currency_note(
    columns: Sequence[Column], meaning: Meaning, aside: NDArray[np.bool_], used: NDArray[np.bool_]
) -> str:
    """Tell of amounts that another currency stands beside; empty where none does.

    Parameters
    ----------
    columns, meaning
        As of `other_currencies`.
    aside, used : bool[rows]
        Where rows were set aside for their currency, and where they are payments.
    """
    found = _of(meaning)
    if found is None:
        return ""
    column = columns[found.position - 1]
    rows = aside if aside.any() else used & _other(column)
    if not rows.any():
        return ""
    said = f"“{safe_text(found.heading)}” says {named(column, rows)}"
    told = f"{said} beside {int(rows.sum()):,} of the amounts"
    if aside.any():
        return f"{told}: they are no pounds, and were set aside"
    return f"{told}; what is summed was taken for what they came to in pounds"


def named(column: Column, rows: NDArray[np.bool_]) -> str:
    """Name the currencies that stand in some rows, the most frequent first."""
    often = np.bincount(column.codes[rows], minlength=1)
    codes = [int(code) for code in np.argsort(-often, kind="stable") if often[code]]
    told = [safe_text(column.texts[code])[:NAMED] for code in codes[:SHOWN]]
    return ", ".join(told) + (" and others" if len(codes) > SHOWN else "")


def _of(meaning: Meaning) -> Found | None:
    return next((one for one in meaning.columns if one.field == "currency"), None)


def _speaks_of_sum(found: Found, meaning: Meaning) -> bool:
    """Say whether currencies are those of the amounts summed.

    Not where they are those of a purchase and another column holds what it was billed at.
    """
    if found.reason == BY_HAND:
        return True
    words = set(plain(found.heading).split())
    if words & BEFORE:
        return False
    summed = next(one for one in meaning.columns if one.field == meaning.used)
    in_pounds = bool(words & _OF_PURCHASE) or bool(_HOME.search(plain(summed.heading)))
    return not (in_pounds and meaning.unused)


def _other(column: Column) -> NDArray[np.bool_]:
    """Where a cell says something, and no word for pounds."""
    other = np.array(
        [not _NOTHING.fullmatch(text) and not is_pounds(text) for text in column.texts]
    )
    return np.asarray(other[column.codes], bool)
