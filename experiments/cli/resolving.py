"""Suppliers resolved for an import: what was given is read, all its faults are told at once."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from experiments.analysis import resolved_spending
from experiments.report.suppliers import unmatched_told
from scenarios.errors import Fault, FaultsError, InputError
from scenarios.sources.postcodes import PlaceError, Places, read_places
from scenarios.sources.resolved import CATEGORIES, PAYMENTS, REVIEW, SUPPLIERS, joined, net_of
from scenarios.sources.supplier_lists import (
    COMPANIES,
    COOPS,
    Listed,
    ListError,
    read_companies,
    read_register_folder,
)
from scenarios.sources.supplier_merge import HIDDEN
from scenarios.sources.supplier_numbers import company_number
from scenarios.sources.supplier_persons import (
    KEY_FILE,
    KeyFileError,
    Marker,
    mask_marked,
    read_key,
    wants_marks,
)
from scenarios.sources.supplier_places import Council
from scenarios.sources.supplier_questions import questions
from scenarios.sources.supplier_review import PAIR, Review, ReviewError, Row, read_review
from scenarios.sources.suppliers import Given, cleaned_names, marked_payees, resolve

Read = TypeVar("Read")

FIRST = 5
"""Answers that match nobody are named up to so many."""


class GivenError(FaultsError):
    """Raised when what was given to resolve suppliers cannot be used; holds every fault."""

    remedy = "Nothing was written. Correct them, and give the command again."


@dataclass(frozen=True)
class Sources:
    """Files and folders that tell more of suppliers.

    Attributes
    ----------
    review, postcodes, companies, coops : Path or None
    registers : tuple of Path
        Folders.
    """

    review: Path | None = None
    postcodes: Path | None = None
    registers: tuple[Path, ...] = ()
    companies: Path | None = None
    coops: Path | None = None


@dataclass(frozen=True)
class Outcome:
    """What an import gains.

    Attributes
    ----------
    tables, csv_tables : mapping of str to pyarrow.Table
        Name of a file -> what goes into it.
    texts : mapping of str to str
        The same of other files.
    payments : pyarrow.Table
        Those of the import, each supplier under one name.
    told : mapping
        What import.json says of it.
    masked : mapping of str to str
        Name in lower case that the review list has masked now -> what is shown of it.
    """

    tables: Mapping[str, pa.Table]
    csv_tables: Mapping[str, pa.Table]
    texts: Mapping[str, str]
    payments: pa.Table
    told: Mapping[str, Any]
    masked: Mapping[str, str]


def own_review(folder: Path) -> Path | None:
    """The review list that stands in a folder: it is read unless another is given."""
    path = folder / REVIEW
    return path if path.is_file() else None


def resolve_import(
    folder: Path, payments: pa.Table, council: str | None, area: str | None, sources: Sources
) -> Outcome:
    """Resolve the suppliers of an import.

    Parameters
    ----------
    folder : Path
        Where the import is, or is to be.
    payments : pyarrow.Table
        As an import writes it.
    council, area : str or None
        As given at the import.
    sources : Sources
        What else was given.

    Returns
    -------
    Outcome

    Raises
    ------
    FaultsError
        With every fault of every file that was given.
    """
    given, secret = _read(folder, payments, Council(council, area), sources)
    found = resolve(payments, given)
    names: Mapping[str, str] = {}
    if given.marker is not None:
        masked = mask_marked(payments, found, given.review, given.marker)
        payments, names, given = masked.payments, masked.names, replace(given, review=masked.review)
        found = resolve(payments, given) if names else found
    net = net_of(found.suppliers["pence"].to_numpy())
    resolved = joined(payments, found.suppliers, found.categories)
    asked = questions(found, given)
    told = {
        "given": {
            "review": _name(sources.review),
            "postcodes": _name(sources.postcodes),
            "registers": [str(path) for path in sources.registers],
            "companies": _name(sources.companies),
            "coops": _name(sources.coops),
        },
        "postcodes_found": given.places.found,
        "area": area,
        "spellings": len(found.spellings),
        "suppliers": found.suppliers.num_rows,
        "merged": len(found.spellings) - found.suppliers.num_rows,
        "doubtful": sum(not doubt.merged for doubt in found.merged.doubts),
        "answered": len(given.review.rows),
        "answers_unmatched": len(asked.unmatched),
        "answers_unmatched_first": [_about(row) for row in asked.unmatched[:FIRST]],
        "persons_marked": len(marked_payees(payments)),
        "questions": asked.table["question"].to_pylist().count(PAIR),
        "pence": sum(found.suppliers["pence"].to_pylist()),
        "paid_pence": int(net.paid.sum()),
        "net_credits_pence": net.credits_pence,
        "net_credit_suppliers": net.creditors,
        "kinds": resolved_spending.kinds(found.suppliers),
        **{
            column: resolved_spending.places(found.suppliers, column, given.council.districts)
            for column in ("based", "owned")
        },
        "categories": resolved_spending.categories(resolved),
    }
    return Outcome(
        {**({PAYMENTS: payments} if names else {}), SUPPLIERS: found.suppliers,
         CATEGORIES: found.categories},
        {REVIEW: asked.table},
        {} if secret is None else {KEY_FILE: f"{secret}\n"},
        resolved_spending.under_one_name(payments, resolved, found.suppliers),
        told,
        names,
    )  # fmt: skip


def _about(row: Row) -> str:
    """Say whom an answer speaks of, in a few words."""
    names = [row.cells.get(name, "") or key for name, key in
             (("name", row.key), ("other_name", row.other)) if key]  # fmt: skip
    return " and ".join(names)


def _name(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _read(
    folder: Path, payments: pa.Table, council: Council, sources: Sources
) -> tuple[Given, str | None]:
    """Read whatever was given, and the key by which masked persons are known."""
    faults: list[Fault] = []

    def tried(read: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return read()
        except ReviewError as wrong:
            faults.extend(wrong.faults)
        except (ListError, PlaceError, KeyFileError, _NoKeyError) as wrong:
            faults.append(wrong.fault)
        return otherwise

    review = Review()
    if sources.review is not None:
        review = tried(partial(read_review, sources.review), review)
    secret = tried(partial(_secret, folder, payments, sources.review, review), None)
    listed: list[Listed] = []
    for register in sources.registers:
        listed += tried(partial(read_register_folder, register), [])
    wanted = cleaned_names(payments)
    stated = payments["company_number"].unique().to_pylist()
    numbers = {number for one in stated if (number := company_number(one))}
    for path, source in ((sources.companies, COMPANIES), (sources.coops, COOPS)):
        if path is not None:
            listed += tried(partial(read_companies, path, source, wanted, numbers), [])
    places = Places()
    if sources.postcodes is not None:
        asked = [one.postcode for one in listed if one.postcode]
        places = tried(partial(read_places, sources.postcodes, asked), places)
    if faults:
        raise GivenError(faults)
    marker = None if secret is None else Marker(secret)
    return Given(council, listed, places, review, marker), secret


class _NoKeyError(InputError):
    """Raised when marks of persons are there, and not the key that made them."""

    def __init__(self, path: Path, found: str, wanted: str) -> None:
        hint = "Put the file back, or clear these rows and import the lists again."
        self.fault = Fault(str(path), None, None, "", found, wanted, hint)
        super().__init__(str(self.fault))


def _secret(folder: Path, payments: pa.Table, path: Path | None, review: Review) -> str | None:
    """Give the key of marks: that beside the list, that of the folder, or a new one.

    The same folder has the same key for ever, so the same files still give the same bytes.
    """
    own = folder / KEY_FILE
    beside = own if path is None else path.parent / KEY_FILE
    ours, theirs = read_key(own), read_key(beside)
    marked = bool(marked_payees(payments))
    in_list = any(row.key.startswith(HIDDEN) for row in review.rows)
    if (marked and ours is None) or (in_list and theirs is None):
        missing = own if marked and ours is None else beside
        raise _NoKeyError(missing, "no such file", "the key by which masked persons are known")
    if marked and in_list and ours != theirs:
        raise _NoKeyError(beside, "another key than that of the import", f"that of {own}")
    if in_list:
        return theirs
    if ours is None and wants_marks(review):
        return secrets.token_hex(32)
    return ours


def said_of(told: Mapping[str, Any]) -> Sequence[str]:
    """Say in lines what became of the suppliers."""
    total, paid = told["pence"] or 1, told["paid_pence"] or 1
    kinds = {one["kind"]: one["pence"] for one in told["kinds"]}
    known = sum(one["pence"] for one in told["categories"] if one["category"])
    named = sum(pence for kind, pence in kinds.items() if kind != resolved_spending.UNKNOWN)
    lines = [
        f"{told['spellings']:,} spellings are {told['suppliers']:,} suppliers; "
        f"{told['questions']:,} pairs to look at in {REVIEW}.",
        f"Of purchases, {named / paid:.0%} went to suppliers of a known kind, {known / total:.0%} "
        "have a category.",
    ]
    lines += unmatched_told(told)
    if told["postcodes_found"] != Places().found:
        lines.append(f"Postcodes: {told['postcodes_found']}.")
    for column, word in (("based", "Based"), ("owned", "Owned")):
        if not told["area"]:
            continue
        low, high = resolved_spending.range_of(told[column])
        lines.append(f"{word} here: {low / paid:.0%} to {high / paid:.0%} of purchases.")
    if not told["area"]:
        lines.append("No --area was given at the import: what is here cannot be told.")
    return lines
