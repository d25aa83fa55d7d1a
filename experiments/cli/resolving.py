"""Suppliers resolved for an import: what was given is read, all its faults are told at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from experiments.analysis import resolved_spending
from scenarios.errors import Fault, FaultsError
from scenarios.sources.postcodes import PlaceError, Places, read_places
from scenarios.sources.resolved import CATEGORIES, REVIEW, SUPPLIERS, joined
from scenarios.sources.supplier_lists import (
    COMPANIES,
    COOPS,
    Listed,
    ListError,
    read_companies,
    read_register_folder,
)
from scenarios.sources.supplier_numbers import company_number
from scenarios.sources.supplier_places import Council
from scenarios.sources.supplier_questions import questions
from scenarios.sources.supplier_review import PAIR, Review, ReviewError, read_review
from scenarios.sources.suppliers import Given, cleaned_names, resolve

Read = TypeVar("Read")


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
    payments : pyarrow.Table
        Those of the import, each supplier under one name.
    told : mapping
        What import.json says of it.
    """

    tables: Mapping[str, pa.Table]
    csv_tables: Mapping[str, pa.Table]
    payments: pa.Table
    told: Mapping[str, Any]


def own_review(folder: Path) -> Path | None:
    """The review list that stands in a folder: it is read unless another is given."""
    path = folder / REVIEW
    return path if path.is_file() else None


def resolve_import(
    payments: pa.Table, council: str | None, area: str | None, sources: Sources
) -> Outcome:
    """Resolve the suppliers of an import.

    Parameters
    ----------
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
    given = _read(payments, Council(council, area), sources)
    found = resolve(payments, given)
    resolved = joined(payments, found.suppliers, found.categories)
    asked = questions(found, given.review)
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
        "questions": asked["question"].to_pylist().count(PAIR),
        "pence": sum(found.suppliers["pence"].to_pylist()),
        "kinds": resolved_spending.kinds(found.suppliers),
        **{
            column: resolved_spending.places(found.suppliers, column, given.council.districts)
            for column in ("based", "owned")
        },
        "categories": resolved_spending.categories(resolved),
    }
    return Outcome(
        {SUPPLIERS: found.suppliers, CATEGORIES: found.categories},
        {REVIEW: asked},
        resolved_spending.under_one_name(payments, resolved, found.suppliers),
        told,
    )


def _name(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _read(payments: pa.Table, council: Council, sources: Sources) -> Given:
    """Read whatever was given."""
    faults: list[Fault] = []

    def tried(read: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return read()
        except ReviewError as wrong:
            faults.extend(wrong.faults)
        except (ListError, PlaceError) as wrong:
            faults.append(wrong.fault)
        return otherwise

    review = Review()
    if sources.review is not None:
        review = tried(partial(read_review, sources.review), review)
    listed: list[Listed] = []
    for folder in sources.registers:
        listed += tried(partial(read_register_folder, folder), [])
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
    return Given(council, listed, places, review)


def said_of(told: Mapping[str, Any]) -> Sequence[str]:
    """Say in lines what became of the suppliers."""
    total = told["pence"] or 1
    kinds = {one["kind"]: one["pence"] for one in told["kinds"]}
    known = sum(one["pence"] for one in told["categories"] if one["category"])
    named = sum(pence for kind, pence in kinds.items() if kind != resolved_spending.UNKNOWN)
    lines = [
        f"{told['spellings']:,} spellings are {told['suppliers']:,} suppliers; "
        f"{told['questions']:,} pairs to look at in {REVIEW}.",
        f"Of purchases, {named / total:.0%} went to suppliers of a known kind, {known / total:.0%} "
        "have a category.",
    ]
    if told["postcodes_found"] != Places().found:
        lines.append(f"Postcodes: {told['postcodes_found']}.")
    for column, word in (("based", "Based"), ("owned", "Owned")):
        if not told["area"]:
            continue
        low, high = resolved_spending.range_of(told[column])
        lines.append(f"{word} here: {low / total:.0%} to {high / total:.0%} of purchases.")
    if not told["area"]:
        lines.append("No --area was given at the import: what is here cannot be told.")
    return lines
