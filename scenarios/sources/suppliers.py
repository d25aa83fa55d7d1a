"""Suppliers of an import resolved: who is one, what they are, what they sell, where they are.

Everything is done on distinct spellings and distinct sets of words, never on payments one by one.
The same payments, lists and answers give the same tables, whatever the order of the rows.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scenarios.sources.masking import NOT_STATED
from scenarios.sources.postcodes import Places
from scenarios.sources.resolved import (
    BOUGHT,
    CATEGORIES_SCHEMA,
    DIGEST,
    IDENTITY,
    KINDS,
    SUPPLIERS_SCHEMA,
    WORDS,
    digest_of,
    distinct,
)
from scenarios.sources.spend_categories import NOTHING, Read, read_supplier, read_words
from scenarios.sources.supplier_clean import Clean, clean_name
from scenarios.sources.supplier_kind import UNKNOWN, Evidence, chances, kind_of, reviewed
from scenarios.sources.supplier_lists import COMPANIES, COOPS, REGISTER, Known, Listed
from scenarios.sources.supplier_merge import Merged, Speakers, Spelling, merge
from scenarios.sources.supplier_numbers import charity_number, company_number
from scenarios.sources.supplier_places import (
    NO_OWNER,
    NO_POSTCODE,
    Council,
    Where,
    authority,
    based_of,
    owned_of,
)
from scenarios.sources.supplier_review import APART, MERGE, Review, ReviewError, Row, contradiction

REVIEWED = "set in the review list"
ORGANISATION, PERSON = "organisation", "person"
PERSONS = b"poundflow.persons"
"""Metadata of payments: payee -> marks, of persons whom a review list has marked."""


@dataclass(frozen=True)
class Given:
    """What the user gives beside the payments.

    Attributes
    ----------
    council : Council
    listed : sequence of Listed
        Of registers, companies and co-operatives.
    places : Places
        A table of postcodes; empty where none was given.
    review : Review
        Answers of persons.
    marker : callable or None
        Makes marks of names (`supplier_persons`), where an answer needs them.
    """

    council: Council
    listed: Sequence[Listed] = ()
    places: Places = field(default_factory=Places)
    review: Review = field(default_factory=Review)
    marker: Callable[[str], str] | None = None


@dataclass(frozen=True)
class Resolution:
    """What came of it.

    Attributes
    ----------
    suppliers, categories : pyarrow.Table
        As of `SUPPLIERS_SCHEMA` and `CATEGORIES_SCHEMA`.
    spellings : sequence of Spelling
    merged : Merged
        The same spellings in groups; group i is supplier `order[i]`.
    order : sequence of int
    """

    suppliers: pa.Table
    categories: pa.Table
    spellings: Sequence[Spelling]
    merged: Merged
    order: Sequence[int]


@dataclass(frozen=True)
class _Seen:
    """Spellings with what their payments say, in one order for every order of rows."""

    spellings: list[Spelling]
    identities: list[tuple[str | None, ...]]
    payments: NDArray[np.int64]
    pence: NDArray[np.int64]
    sic: list[str | None]


def cleaned_names(payments: pa.Table) -> list[Clean]:
    """Cleaned names of the organisations that were paid.

    Parameters
    ----------
    payments : pyarrow.Table
        As an import writes it.

    Returns
    -------
    list of Clean
        Each once.
    """
    named = payments.filter(pc.equal(payments["payee_kind"], ORGANISATION))
    return list(dict.fromkeys(clean_name(name) for name in named["payee"].unique().to_pylist()))


def resolve(payments: pa.Table, given: Given) -> Resolution:
    """Resolve the suppliers of payments.

    Parameters
    ----------
    payments : pyarrow.Table
        As an import writes it.
    given : Given
        Whatever else is known.

    Returns
    -------
    Resolution

    Raises
    ------
    ReviewError
        Where two answers of the review list do not agree about one supplier.
    """
    known = Known(given.listed)
    seen = _seen(payments, known)
    review = given.review
    merged = merge(seen.spellings, review.pairs(MERGE), review.pairs(APART))
    members: list[list[int]] = [[] for _ in merged.because]
    for k, group in enumerate(merged.group):
        members[group].append(k)
    answers = _answers(seen.spellings, merged, given)
    rows: list[dict[str, Any]] = [
        _supplier(seen, group, merged.because[at], known, given, answers.get(at))
        for at, group in enumerate(members)
    ]
    places = sorted(
        range(len(rows)), key=lambda at: (-rows[at]["pence"], rows[at]["key"], rows[at]["name"])
    )
    order = [0] * len(rows)
    for supplier, at in enumerate(places):
        rows[at]["supplier"], order[at] = supplier, supplier
    mark = {DIGEST: digest_of(payments)}
    suppliers = pa.Table.from_pylist([rows[at] for at in places], SUPPLIERS_SCHEMA)
    return Resolution(
        suppliers.replace_schema_metadata(mark),
        _categories(payments).replace_schema_metadata(mark),
        seen.spellings, merged, order,
    )  # fmt: skip


def _seen(payments: pa.Table, known: Known) -> _Seen:
    code, identities = distinct(payments, IDENTITY)
    many = len(identities)
    bought = pc.is_in(payments["kind"], pa.array(BOUGHT)).to_numpy(zero_copy_only=False)
    pence = np.zeros(many, np.int64)
    np.add.at(pence, code[bought], payments["pence"].to_numpy()[bought])
    count = np.bincount(code, minlength=many)
    ids = _beside(payments, code, many, "supplier_id")
    sics = _beside(payments, code, many, "sic")
    marked = marked_payees(payments)
    told = [
        _spelling(one, ids[k], known, marked.get(one[0] or "", ()))
        for k, one in enumerate(identities)
    ]
    order = sorted(
        range(many),
        key=lambda k: (told[k].clean.key, told[k].company or "", told[k].charity or "",
                       *(text or "" for text in identities[k])),
    )  # fmt: skip
    return _Seen(
        [told[k] for k in order],
        [identities[k] for k in order],
        count[order],
        pence[order],
        [max(sorted(sics[k]), key=lambda sic: sics[k][sic], default=None) for k in order],
    )


def _beside(
    payments: pa.Table, code: NDArray[np.int64], many: int, name: str
) -> list[Counter[str]]:
    """How often each text of a column stands beside each spelling."""
    found: list[Counter[str]] = [Counter() for _ in range(many)]
    if name not in payments.schema.names or payments[name].null_count == payments.num_rows:
        return found
    pairs, texts = distinct(payments, (name,))
    both, often = np.unique(code * len(texts) + pairs, return_counts=True)
    for pair, times in zip(both.tolist(), often.tolist(), strict=True):
        text = texts[pair % len(texts)][0]
        if text:
            found[pair // len(texts)][text] += times
    return found


def marked_payees(payments: pa.Table) -> dict[str, tuple[str, ...]]:
    """Give the persons whom a review list has marked, by how they are shown, with their marks."""
    told = json.loads((payments.schema.metadata or {}).get(PERSONS, b"{}"))
    return {name: tuple(marks) for name, marks in told.items()}


def _spelling(
    identity: tuple[str | None, ...], ids: Counter[str], known: Known, marks: tuple[str, ...]
) -> Spelling:
    """A spelling, with numbers that a list knows where the payments have none."""
    name, kind = identity[0] or NOT_STATED, identity[1]
    if kind != ORGANISATION:
        return Spelling(name, Clean(name, ""), None, None, mergeable=False, marks=marks)
    clean, company, charity = (
        clean_name(name),
        company_number(identity[2]),
        charity_number(identity[3]),
    )
    listed = known.of(clean, company, charity)
    company = company or _only({one.company for one in listed})
    charity = charity or _only({one.charity for one in listed})
    return Spelling(name, clean, company, charity, frozenset(ids))


def _only(found: set[str | None]) -> str | None:
    told = found - {None}
    return told.pop() if len(told) == 1 else None


def _answers(
    spellings: Sequence[Spelling], merged: Merged, given: Given
) -> dict[int, dict[str, Any]]:
    """Group -> what persons have set about it."""
    review = given.review
    speakers = Speakers(spellings if review.rows else (), given.marker)
    faults, found, by = [], dict[int, dict[str, Any]](), dict[tuple[int, str], Row]()
    for row in review.rows:
        for group in (
            sorted({merged.group[k] for k in speakers.of(row.key)}) if not row.other else ()
        ):
            for name, value in row.values.items():
                held = found.setdefault(group, {})
                if held.setdefault(name, value) != value:
                    faults.append(contradiction(review.path, by[group, name], row))
                by.setdefault((group, name), row)
    if faults:
        raise ReviewError(dict.fromkeys(faults))
    return found


def _supplier(
    seen: _Seen, members: Sequence[int], because: Sequence[str], known: Known, given: Given,
    answers: Mapping[str, Any] | None,
) -> dict[str, Any]:  # fmt: skip
    """One row of suppliers.parquet."""
    said = answers or {}
    spellings = [seen.spellings[k] for k in members]
    main = max(members, key=lambda k: (seen.payments[k], seen.pence[k], seen.spellings[k].name))
    company = min((one.company for one in spellings if one.company), default=None)
    charity = min((one.charity for one in spellings if one.charity), default=None)
    cores, forms = [one.clean.core for one in spellings], [one.clean.form for one in spellings]
    payee_kind = seen.identities[main][1] or NOT_STATED
    named = payee_kind == ORGANISATION
    listed = list(
        dict.fromkeys(x for one in spellings for x in known.of(one.clean, one.company, one.charity))
    ) if named else []  # fmt: skip
    council = authority(cores, given.council) if named else None
    kind = kind_of(
        Evidence(payee_kind, cores if named else (), forms, company, charity,
                 _flag(listed, "sme"), _flag(listed, "vcse"),
                 any(one.source == COOPS for one in listed), council is not None)
    )  # fmt: skip
    kind = reviewed(said["kind"]) if "kind" in said else kind
    postcodes = _postcodes(listed)
    based = based_of(postcodes, forms, company, given.places) if named else NO_POSTCODE
    if council and kind.kind == "public_body":
        based = council[0]
    based = _reviewed_place(said, "based", based)
    owned = owned_of(kind.kind, cores, company, forms, based) if named else NO_OWNER
    if council and kind.kind == "public_body":
        owned = council[1]
    owned = _reviewed_place(said, "owned", owned)
    sics = [seen.sic[k] for k in members if seen.sic[k]] + [one.sic for one in listed if one.sic]
    read = read_supplier(sics[0] if sics else None, cores) if named else NOTHING
    if "category" in said:
        told = said["category"]
        read = Read(None if told == UNKNOWN else told, 1.0, REVIEWED)
    key = f"company {company}" if company else f"charity {charity}" if charity else None
    return {
        "key": key or seen.spellings[main].keys[0],
        "name": seen.spellings[main].name,
        "payments": int(sum(seen.payments[k] for k in members)),
        "pence": int(sum(seen.pence[k] for k in members)),
        "company_number": company,
        "charity_number": charity,
        "postcode": postcodes[0] if len(postcodes) == 1 else None,
        "sic": sics[0] if sics else None,
        **{f"p_{name}": chance for name, chance in zip(KINDS, chances(kind), strict=True)},
        "kind": kind.kind,
        "kind_reason": kind.reason,
        "based": based.codes,
        "based_reason": based.reason,
        "owned": owned.codes,
        "owned_reason": owned.reason,
        "category": read.category,
        "category_confidence": read.confidence,
        "category_reason": read.reason,
        "names": [dict(zip(IDENTITY, seen.identities[k], strict=True)) for k in members],
        "merged_because": list(because),
    }


def _flag(listed: Sequence[Listed], name: str) -> bool | None:
    """What the registers say with one voice."""
    said = {getattr(one, name) for one in listed if one.source == REGISTER} - {None}
    return said.pop() if len(said) == 1 else None


def _postcodes(listed: Sequence[Listed]) -> list[str]:
    """Postcodes of a supplier: of the registered office if a list has it, else of registers."""
    for sources in ((COMPANIES, COOPS), (REGISTER,)):
        found = sorted({one.postcode for one in listed if one.postcode and one.source in sources})
        if found:
            return found
    return []


def _reviewed_place(said: Mapping[str, Any], name: str, found: Where) -> Where:
    if name not in said:
        return found
    return Where(list(said[name]) or None, REVIEWED)


def _categories(payments: pa.Table) -> pa.Table:
    """Read each distinct set of words of purchases once."""
    bought = payments.filter(pc.is_in(payments["kind"], pa.array(BOUGHT)))
    code, wordings = distinct(bought, WORDS)
    count = np.bincount(code, minlength=len(wordings))
    pence = np.zeros(len(wordings), np.int64)
    np.add.at(pence, code, bought["pence"].to_numpy())
    rows: list[dict[str, Any]] = []
    for k, texts in enumerate(wordings):
        words = dict(zip(WORDS, texts, strict=True))
        read = read_words(words)
        rows.append(
            {**words, "read_as": read.category, "confidence": read.confidence,
             "reason": read.reason, "payments": int(count[k]), "pence": int(pence[k])}
        )  # fmt: skip
    rows.sort(key=lambda row: (-row["pence"], *(row[name] or "" for name in WORDS)))
    return pa.Table.from_pylist(rows, CATEGORIES_SCHEMA)
