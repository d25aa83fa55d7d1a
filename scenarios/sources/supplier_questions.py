"""What a person is asked about suppliers: doubtful pairs, then every organisation by pounds."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from scenarios.sources.supplier_kind import UNKNOWN
from scenarios.sources.supplier_merge import HIDDEN, Speakers, Spelling
from scenarios.sources.supplier_review import ANSWERS, PAIR, SUPPLIER, Review, Row, review_table
from scenarios.sources.suppliers import ORGANISATION, PERSON, Given, Resolution


class Asked(NamedTuple):
    """The review list, and which answers no supplier is here for.

    Attributes
    ----------
    table : pyarrow.Table
        Texts, to be written as CSV.
    unmatched : list of Row
        In the order of the list.
    """

    table: pa.Table
    unmatched: list[Row]


def questions(found: Resolution, given: Given) -> Asked:
    """Write the review list.

    Parameters
    ----------
    found : Resolution
        Suppliers as they are now.
    given : Given
        With the answers so far: each is kept, those about suppliers who are not here at the end.

    Returns
    -------
    Asked
        Payees that are not named are not in it, nor persons but those whom answers speak of.
    """
    review = given.review
    suppliers = found.suppliers.to_pylist()
    speakers = Speakers(found.spellings if review.rows else (), given.marker)
    pairs, answered = _pairs(found, review, suppliers, speakers)
    about: dict[int, list[Row]] = {}
    for row in review.rows:
        if not row.other:
            for k in speakers.of(row.key):
                about.setdefault(found.order[found.merged.group[k]], []).append(row)
                answered.add(row.line)
    rows = [
        _about(supplier, about.get(at, ()))
        for at, supplier in enumerate(suppliers)
        if supplier["names"][0]["payee_kind"] == ORGANISATION or _marked(supplier)
    ]
    unmatched = [row for row in review.rows if row.line not in answered]
    left = [
        {**{name: str(value) for name, value in row.cells.items()}, "key": row.key,
         "other_key": row.other, "payments": "0", "pounds": "0.00"}
        for row in unmatched
    ]  # fmt: skip
    left.sort(key=lambda cells: (cells["key"], cells["other_key"]))
    return Asked(review_table([*pairs, *rows, *left]), unmatched)


def _marked(supplier: Mapping[str, Any]) -> bool:
    """Say whether a person is one whom a review list has marked."""
    return str(supplier["key"]).startswith(HIDDEN)


def _pairs(
    found: Resolution, review: Review, suppliers: Sequence[Mapping[str, Any]], speakers: Speakers
) -> tuple[list[dict[str, str]], set[int]]:
    """Rows about pairs, the most pounds first, and which lines of the list are in them."""
    rows: list[tuple[int, dict[str, str]]] = []
    lines: set[int] = set()
    told: set[tuple[str, ...]] = set()
    for row in review.rows:
        if row.other:
            told.add(tuple(sorted((row.key, row.other))))
            one, other = speakers.of(row.key), speakers.of(row.other)
            if one and other:
                lines.add(row.line)
                now = _pair(found, suppliers, one[0], other[0], row.cells.get("reason", ""))
                rows.append(
                    (now[0], {**now[1], **_answers([row]), "key": row.key, "other_key": row.other})
                )
    for doubt in found.merged.doubts:
        a, b = (found.spellings[k] for k in (doubt.one, doubt.other))
        keys = tuple(sorted((_key(a), _key(b))))
        if keys not in told and keys[0] != keys[1]:
            told.add(keys)
            state = "merged" if doubt.merged else "apart"
            rows.append(_pair(found, suppliers, doubt.one, doubt.other, f"{state}: {doubt.reason}"))
    rows.sort(key=lambda one: (-one[0], one[1]["key"], one[1]["other_key"]))
    return [cells for _, cells in rows], lines


def _key(spelling: Spelling) -> str:
    return spelling.keys[0]


def _pair(
    found: Resolution, suppliers: Sequence[Mapping[str, Any]], one: int, other: int, reason: str
) -> tuple[int, dict[str, str]]:
    """Pence of both, and the row."""
    held = {found.order[found.merged.group[k]] for k in (one, other)}
    pence = sum(suppliers[at]["pence"] for at in held)
    a, b = sorted(
        (found.spellings[k] for k in (one, other)),
        key=lambda spelling: (_key(spelling), spelling.name),
    )
    return pence, {
        "question": PAIR, "key": _key(a), "name": a.name, "other_key": _key(b),
        "other_name": b.name,
        "payments": str(sum(suppliers[at]["payments"] for at in held)), "pounds": _pounds(pence),
        "reason": reason,
    }  # fmt: skip


def _about(supplier: Mapping[str, Any], answers: Sequence[Row]) -> dict[str, str]:
    reasons = (
        f"kind: {supplier['kind_reason']}", f"based: {supplier['based_reason']}",
        f"owned: {supplier['owned_reason']}", f"category by itself: {supplier['category_reason']}",
        *(f"merged: {why}" for why in supplier["merged_because"]),
    )  # fmt: skip
    told = _answers(answers)
    if _marked(supplier):  # to be masked in a later import, too
        told["kind"] = told["kind"] or PERSON
    return {
        "question": SUPPLIER, "key": supplier["key"], "name": supplier["name"],
        "payments": str(supplier["payments"]), "pounds": _pounds(supplier["pence"]),
        "now_kind": supplier["kind"], "now_based": _codes(supplier["based"]),
        "now_owned": _codes(supplier["owned"]), "now_category": supplier["category"] or UNKNOWN,
        "reason": "; ".join(reasons), **told,
    }  # fmt: skip


def _answers(rows: Sequence[Row]) -> dict[str, str]:
    """Cells of the answers; of several rows about one supplier, the first that fills a cell."""
    cells = {}
    for name in ANSWERS:
        cells[name] = next((row.cells[name] for row in rows if row.cells.get(name)), "")
    return cells


def _codes(codes: Sequence[str] | None) -> str:
    return ";".join(codes) if codes else UNKNOWN


def _pounds(pence: int) -> str:
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"
