"""Payees that the review list says are persons: masked as the import masks, and found again.

Their names leave every table. What stays is a mark, made of the cleaned name with a secret key
(HMAC, RFC 2104), by which the answer finds the same payee in a later import. The key stands in a
file of its own: without it nobody can try out which name a mark is of.
"""

import hmac
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scenarios.errors import Fault, InputError
from scenarios.sources.masking import MASKED_TEXT
from scenarios.sources.resolved import IDENTITY, distinct
from scenarios.sources.supplier_kind import reviewed
from scenarios.sources.supplier_merge import HIDDEN, Speakers, squeezed
from scenarios.sources.supplier_review import Review, Row
from scenarios.sources.suppliers import ORGANISATION, PERSON, PERSONS, Resolution, marked_payees
from scenarios.sources.tidy import NUMBERS, TEXTS

KEY_FILE = "persons.key"
KEY = re.compile(r"[0-9a-f]{64}")
_LONG = 16
"""Figures of a mark: no two of a million names share one, but for one chance in 37 million."""

_NUMBERED = re.compile(r"person (\d+)")
_TOLD = 5
"""Letters; a shorter name is hidden where it is all that a cell holds."""

_OUTPUTS = frozenset({".html", ".json", ".csv", ".toml", ".txt", ".md"})


@dataclass(frozen=True, slots=True)
class Marker:
    """Makes marks of keys of the review list.

    Parameters
    ----------
    secret : str
        64 hexadecimal figures.
    """

    secret: str

    def __call__(self, key: str) -> str:
        """Give the mark of a key: equal for names that are one name to `supplier_merge`."""
        told = f"name {squeezed(key.removeprefix('name '))}" if key.startswith("name ") else key
        return hmac.digest(bytes.fromhex(self.secret), told.encode(), "sha256").hex()[:_LONG]


@dataclass(frozen=True)
class Masked:
    """Payments and answers without the names of those who were marked.

    Attributes
    ----------
    payments : pyarrow.Table
        Their payees are `person 12` and of kind `person`; their numbers are gone.
    review : Review
        The same answers, under keys that hold no name.
    names : mapping of str to str
        Name that was masked now, in lower case -> what is shown of it.
    """

    payments: pa.Table
    review: Review
    names: Mapping[str, str]


def wants_marks(review: Review) -> bool:
    """Say whether a list has an answer about a person."""
    return any(row.kind == PERSON or row.key.startswith(HIDDEN) for row in review.rows)


def read_key(path: Path) -> str | None:
    """Read the key of marks; None where there is no such file.

    Raises
    ------
    KeyFileError
        Where it is there and is none.
    """
    if not path.is_file():
        return None
    told = path.read_text("utf-8", "replace").strip()
    if not KEY.fullmatch(told):
        raise KeyFileError(path)
    return told


class KeyFileError(InputError):
    """Raised when the file of the key of marks holds something else."""

    def __init__(self, path: Path) -> None:
        self.fault = Fault(
            str(path), None, None, "", "something else", "64 hexadecimal figures",
            "Put back the file that `poundflow suppliers` wrote.",
        )  # fmt: skip
        super().__init__(str(self.fault))


def mask_marked(
    payments: pa.Table, found: Resolution, review: Review, marker: Callable[[str], str]
) -> Masked:
    """Mask whom the review list says to be a person.

    Parameters
    ----------
    payments : pyarrow.Table
        As an import writes it.
    found : Resolution
        Of these payments with these answers.
    review : Review
    marker : callable
        A `Marker`.

    Returns
    -------
    Masked
        The payments say in their metadata by which marks the new persons are known.
    """
    speakers = Speakers(found.spellings, marker)
    members: dict[int, set[int]] = {}
    for k, group in enumerate(found.merged.group):
        members.setdefault(found.order[group], set()).add(k)
    suppliers = found.suppliers.to_pylist()
    groups = _groups(suppliers, found, review, speakers)
    code, identities = distinct(payments, IDENTITY)
    first = np.unique(code, return_index=True)[1]
    known = {identity: k for k, identity in enumerate(identities)}
    at = {
        head: [known[tuple(name[field] for field in IDENTITY)]
               for supplier in group for name in suppliers[supplier]["names"]]
        for head, group in groups.items()
    }  # fmt: skip
    marked = marked_payees(payments)
    number = max((int(hit[1]) for name in payments["payee"].unique().to_pylist()
                  if (hit := _NUMBERED.fullmatch(name))), default=0)  # fmt: skip
    who = np.full(len(identities), -1)
    shown: list[str] = []
    person_of: dict[int, str] = {}
    names: dict[str, str] = {}
    for head in sorted(groups, key=lambda one: min(first[at[one]])):
        own = set().union(*(members[supplier] for supplier in groups[head]))
        who[at[head]] = len(shown)
        shown.append(f"person {number + len(shown) + 1}")
        marks = {
            marker(key) for k in own for key in found.spellings[k].keys
            if set(speakers.of(key)) <= own
        }  # fmt: skip
        for row in review.rows:
            if not row.other and own & set(speakers.of(row.key)):
                marks.update(_marks_of(row.key, marker))
        marked[shown[-1]] = tuple(sorted(marks))
        person_of |= dict.fromkeys(own, shown[-1])
        names |= {found.spellings[k].name.casefold(): shown[-1] for k in own}
    rows = _rows(review.rows, speakers, person_of, marked, marker, names)
    if shown:
        payments = _masked(payments, who[code], shown)
        payments = hide(payments, TEXTS, names)
        payments = payments.replace_schema_metadata({PERSONS: json.dumps(marked).encode()})
    return Masked(payments, replace(review, rows=rows), names)


def _groups(
    suppliers: Sequence[Mapping[str, object]], found: Resolution, review: Review,
    speakers: Speakers,
) -> dict[int, list[int]]:  # fmt: skip
    """Suppliers that are to be masked now, together where one mark of an earlier time has them."""
    said = reviewed(PERSON).reason
    head = {
        at: at for at, one in enumerate(suppliers)
        if one["kind"] == PERSON and one["kind_reason"] == said
        and one["names"][0]["payee_kind"] == ORGANISATION  # type: ignore[index]
    }  # fmt: skip
    for row in review.rows:
        if row.key.startswith(HIDDEN):
            spoken = {found.order[found.merged.group[k]] for k in speakers.of(row.key)}
            heads = {head[at] for at in spoken if at in head}
            head = {at: min(heads) if one in heads else one for at, one in head.items()}
    groups: dict[int, list[int]] = {}
    for at, one in head.items():
        groups.setdefault(one, []).append(at)
    return groups


def _marks_of(key: str, marker: Callable[[str], str]) -> Sequence[str]:
    return key.removeprefix(HIDDEN).split("+") if key.startswith(HIDDEN) else (marker(key),)


def _rows(
    rows: Iterable[Row], speakers: Speakers, person_of: Mapping[int, str],
    marked: Mapping[str, Collection[str]], marker: Callable[[str], str], names: Mapping[str, str],
) -> tuple[Row, ...]:  # fmt: skip
    """Write answers without the names of persons; whether they are merged is in their marks."""
    rows = list(rows)
    persons = {mark for marks in marked.values() for mark in marks}
    for row in rows:
        if row.kind == PERSON or row.key.startswith(HIDDEN):
            persons.update(_marks_of(row.key, marker))
    kept = []
    for row in rows:
        here = [speakers.of(key) for key in (row.key, row.other) if key]
        shown = {person_of.get(k) for spoken in here for k in spoken}
        of_persons = {mark for key in (row.key, row.other) if key
                      for mark in _marks_of(key, marker)} & persons  # fmt: skip
        if row.other:
            if not (shown - {None} or of_persons):
                kept.append(row)
            continue
        cells, key = dict(row.cells), row.key
        if shown and None not in shown:
            name = min(one for one in shown if one)
            key, cells["name"] = HIDDEN + "+".join(marked[name]), name
        elif key.startswith(HIDDEN) and not shown:
            cells["name"] = PERSON
        elif row.kind == PERSON and not shown:
            key, cells["name"] = HIDDEN + marker(key), PERSON
        if key != row.key:
            old = {row.cells.get("name", "").casefold(): MASKED_TEXT, **names}
            cells |= {"reason": "", "note": _hidden(cells.get("note", ""), old)}
        kept.append(replace(row, key=key, cells=cells))
    return tuple(kept)


def _masked(payments: pa.Table, who: np.ndarray, shown: Sequence[str]) -> pa.Table:
    hidden = pa.array(who >= 0)
    names = pa.array(shown, pa.string()).take(pa.array(np.maximum(who, 0)))
    put = {"payee": names, "payee_kind": pa.scalar(PERSON), **dict.fromkeys(NUMBERS)}
    for field, value in put.items():
        if field in payments.schema.names:
            at = payments.schema.get_field_index(field)
            value = pa.scalar(None, pa.string()) if value is None else value
            column = pc.if_else(hidden, value, payments[field])
            payments = payments.set_column(at, payments.schema.field(at), column)
    return payments


def hide(table: pa.Table, columns: Iterable[str], names: Mapping[str, str]) -> pa.Table:
    """Take names out of columns of text.

    Parameters
    ----------
    table : pyarrow.Table
    columns : iterable of str
        Which; those that are not there are passed over.
    names : mapping of str to str
        Name in lower case -> what is shown of it, where it is all that a cell holds. A cell that
        holds it among other words is shown as `masked`.

    Returns
    -------
    pyarrow.Table
    """
    for field in columns:
        if not names or field not in table.schema.names:
            continue
        coded = table[field].combine_chunks().dictionary_encode()
        texts = pa.array(
            [_hidden(text, names) for text in coded.dictionary.to_pylist()], pa.string()
        )
        at = table.schema.get_field_index(field)
        table = table.set_column(at, table.schema.field(at), texts.take(coded.indices))
    return table


def _hidden(text: str, names: Mapping[str, str]) -> str:
    told = text.casefold().strip()
    return names.get(told) or (MASKED_TEXT if holds_name(told, names) else text)


def holds_name(text: str, names: Iterable[str]) -> bool:
    """Say whether a text in lower case holds one of some names, not as a part of a longer word."""
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        for name in names
        if name in text and sum(letter.isalpha() for letter in name) >= _TOLD
    )


def files_with_names(folder: Path, names: Iterable[str], but: Collection[str]) -> list[str]:
    """Name the files of a folder, other than some, in which one of some names stands.

    Parameters
    ----------
    folder : Path
    names : iterable of str
        In lower case.
    but : collection of str
        Files that are written anew.
    """
    wanted = sorted({told for name in names for told in (name, name.replace("&", "&amp;"))})
    if not wanted or not folder.is_dir():
        return []
    return [
        path.name
        for path in sorted(folder.iterdir())
        if path.suffix in _OUTPUTS and path.is_file() and path.name not in but
        and holds_name(path.read_text("utf-8", "replace").casefold(), wanted)
    ]  # fmt: skip
