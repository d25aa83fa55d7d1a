"""A row of a contracts register as a contract: what its cells say, and nothing that they do not."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import numpy as np

from scenarios.sources.contract_schema import NONE, RANGE, STATED, UP_TO
from scenarios.sources.masking import Masks, judge
from scenarios.sources.notice_values import (
    count,
    outward,
    postcode,
    text,
)
from scenarios.sources.register_values import (
    FLAGS,
    SME_WORDS,
    UNREADABLE,
    VCSE_WORDS,
    Value,
    flag_of,
    value_of,
)
from scenarios.sources.sheet import Column
from scenarios.sources.supplier_names import without_persons
from scenarios.sources.supplier_numbers import charity_number, company_number

DESCRIPTION_LETTERS = 1_000

FLAGGED: Mapping[str, Mapping[str, bool | None]] = {
    "sme": SME_WORDS,
    "vcse": VCSE_WORDS,
    "above_threshold": {},
}
"""Fields that are yes or no -> the words that say so beside these."""

_CONTACT = re.compile(
    r"\b(?:contact|e-?mail|tel|telephone|phone|enquir\w+|queries)\b|@", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
Row = dict[str, Any]


def registered_suppliers(fields: Mapping[str, Column]) -> frozenset[str]:
    """Names that stand beside a number of a company or a charity in any row."""
    if "supplier" not in fields:
        return frozenset()
    supplier, found = fields["supplier"], set()
    for name, reading in (("company_number", company_number), ("charity_number", charity_number)):
        if name in fields:
            column = fields[name]
            good = [k for k, cell in enumerate(column.texts) if reading(cell)]
            found |= set(supplier.codes[np.isin(column.codes, good)].tolist())
    return frozenset(supplier.texts[code] for code in found)


def contract_row(
    cells: Mapping[str, str], days: Mapping[str, Mapping[str, date]], unreadable: Counter[str],
    masks: Masks, registered: Collection[str],
) -> Row:  # fmt: skip
    """Read one row.

    Parameters
    ----------
    cells : mapping of str to str
        Field -> cell.
    days : mapping of str to mapping of str to date
        Field of a date -> cell -> its date, in the format of the column.
    unreadable : Counter, updated
        Field -> cells that say something which cannot be read.
    masks : Masks
        Numbers persons.
    registered : collection of str
        Suppliers that stand beside a number of a register in any row.

    Returns
    -------
    dict
        As of `contract_schema.CONTRACTS`.
    """
    numbers = {
        "company_number": company_number(cells.get("company_number", "")),
        "charity_number": charity_number(cells.get("charity_number", "")),
    }
    name = text(cells.get("supplier", "")) or ""
    payee = judge(name, registered=cells.get("supplier") in registered, kept=masks.kept)
    person = payee.kind == "person"
    supplier = masks.show(name).shown if person else payee.shown
    supplier_named = bool(name) or "supplier" not in cells
    code = postcode(cells.get("supplier_postcode", ""))
    found: Row = {name: days[name].get(cells[name]) for name in days}
    for name in days:
        _count_unread(unreadable, name, cells[name], found[name])
    flagged = cells if supplier_named else {**cells, "sme": "", "vcse": ""}
    for name, words in FLAGGED.items():
        cell = flagged.get(name, "")
        found[name] = flag_of(cell, words)
        if cell.casefold().strip(" .") not in words:
            _count_unread(unreadable, name, cell, found[name])
    return {
        "source": "register",
        "reference": _shown(cells, "reference"),
        "title": _shown(cells, "title") or _shown(cells, "description"),
        "description": _description(cells),
        "status": _shown(cells, "status"),
        "buyer": _shown(cells, "buyer"),
        "department": _shown(cells, "department"),
        "supplier": supplier if name else None,
        "supplier_is_person": person,
        "supplier_postcode": outward(code) if person else code,
        **(dict.fromkeys(numbers) if person else numbers),
        **found,
        **_worth(cells, unreadable),
        "currency": "GBP",
        "route": _shown(cells, "route"),
        **_category(cells),
        "bids_low": count(cells.get("bids", "")),
        "bids_high": count(cells.get("bids", "")),
    }


def _shown(cells: Mapping[str, str], name: str, longest: int = 300) -> str | None:
    line = text(cells.get(name, ""), longest)
    return without_persons(line) if line else None


def _description(cells: Mapping[str, str]) -> str | None:
    """Give a description without the sentences that say whom to ask."""
    line = _shown(cells, "description", DESCRIPTION_LETTERS)
    kept = [each for each in _SENTENCE.split(line or "") if not _CONTACT.search(each)]
    return " ".join(kept) or None


def _count_unread(unreadable: Counter[str], name: str, cell: str, fact: Any) -> None:
    """Count a cell that says something which was not understood; "various" is no such thing."""
    if fact is None and cell and value_of(cell).kind != NONE and cell.casefold() not in FLAGS:
        unreadable[name] += 1


def _worth(cells: Mapping[str, str], unreadable: Counter[str]) -> Row:
    """Read the values: a total is never made from a year's, nor a year's from a total."""
    read = {}
    for name in ("total_value", "annual_value", "value_low", "value_high"):
        read[name] = value_of(cells.get(name, ""))
        unreadable[name] += read[name].kind == UNREADABLE
    total, annual = read["total_value"], read["annual_value"]
    if total.yearly:
        annual = annual if annual.kind == STATED else total
        total = Value(NONE)
    low, high = total.low, total.high
    kind = NONE if total.kind == UNREADABLE else total.kind
    if low is None and high is None and (read["value_low"].low or read["value_high"].high):
        low, high = read["value_low"].low, read["value_high"].high
        kind = STATED if low == high else UP_TO if low is None else RANGE
    return {
        "annual_value_pence": annual.low if annual.kind == STATED else None,
        "total_value_pence": low if kind == STATED else None,
        "value_low_pence": low,
        "value_high_pence": high,
        "value_kind": kind,
    }


def _category(cells: Mapping[str, str]) -> Row:
    """Tell the scheme of a category's code by its digits: eight are CPV, six are ProClass."""
    code = text(cells.get("category", ""), 40)
    digits = (code or "").split("-")[0].strip()
    scheme = {8: "CPV", 6: "ProClass"}.get(len(digits)) if digits.isdecimal() else None
    named = _shown(cells, "category_name")
    if scheme is None and named is None:
        return {
            "category_scheme": None,
            "category": None,
            "category_name": _shown(cells, "category"),
        }
    return {
        "category_scheme": scheme,
        "category": digits if scheme else code,
        "category_name": named,
    }
