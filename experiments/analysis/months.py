"""A run month by month: money, tenders with why each winner won, contracts, firms and hires.

For teaching and for trust: all of it is read off the books and the journal of the run, and nothing
is computed that they do not hold.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.money_by_month import Money, money_of, month_of_money
from experiments.analysis.thread import Parties, calendar, tender_of

if TYPE_CHECKING:
    from simulation.accounting.books import Books

SCHEMA_VERSION = 1
TABLES = (
    "areas", "parties", "classes", "stocks", "flows", "purchases", "tenders", "bids",
    "arrangements",
)  # fmt: skip
"""Tables of Books that months are read from."""
TOLD = frozenset({"award", "founding", "collapse", "close", "open", "hire", "leave", "shock"})
"""Lines of a journal that months are read from."""
MOST_LISTED = 60
"""Tenders, contracts or firms of one kind that a month names one by one; the rest are counted."""

Line = Mapping[str, Any]


def watched(
    books: "Books", manifest: Line, journal: Iterable[Line] | None
) -> tuple[dict[str, Any], Iterator[dict[str, Any]]]:
    """Tell a run month by month.

    Parameters
    ----------
    books : Books
        At least `TABLES`.
    manifest : mapping
        Label of the run's folder: it says what firms are called.
    journal : iterable of mapping, optional
        Decisions of the run's journal, where one was kept; without it there are no firms that
        opened or closed, and nobody hired.

    Returns
    -------
    tuple of (dict, iterator of dict)
        What the run is and how much each month holds; then each month, the first one first.
        Documents for JSON, money in pence.

    Raises
    ------
    BooksDisagreeError
        Where a penny is missing.
    """
    money = money_of(books)
    head = _head(books, manifest, money, journal=journal is not None)
    return head, _months(books, manifest, money, journal)


def _head(books: "Books", manifest: Line, money: Money, *, journal: bool) -> dict[str, Any]:
    meta = books.meta
    return {
        "schema_version": SCHEMA_VERSION,
        "title": meta.title,
        "regime": str(manifest.get("regime", "")),
        "replicate": int(manifest.get("replicate", 0)),
        "seed": int(manifest.get("seed", 0)),
        "place": meta.area_names[meta.focus_area],
        "months": meta.months,
        "dates": [calendar(books, month) for month in range(1, meta.months + 1)],
        "currency": meta.currency,
        "largest_pence": money.largest,
        "journal": journal,
        "tenders": _by_month(books, "tenders", "month"),
        "ended": _by_month(books, "arrangements", "end"),
    }


def _months(
    books: "Books", manifest: Line, money: Money, journal: Iterable[Line] | None
) -> Iterator[dict[str, Any]]:
    who = Parties(books, manifest)
    rows = books.tables["parties"]
    party = dict(zip(rows["uid"].tolist(), rows["party"].tolist(), strict=True))
    lines: dict[int, list[Line]] = {}
    for one in journal or ():
        if one["what"] in TOLD:
            lines.setdefault(one["month"], []).append(one)
    reasons = {one["tender"]: one for some in lines.values() for one in some if "tender" in one}
    for month in range(1, books.meta.months + 1):
        here = lines.get(month, [])
        begun = books.tables["arrangements"]["start"] == month
        ended = books.tables["arrangements"]["end"] == month
        yield {
            "schema_version": SCHEMA_VERSION,
            "month": month,
            "date": calendar(books, month),
            **month_of_money(money, month),
            "tenders": _bounded(_tenders(books, who, month, reasons)),
            "begun": _bounded(_arrangements(books, who, begun)),
            "ended": _bounded(_arrangements(books, who, ended)),
            "firms": None if journal is None else _firms(here, who, party),
            "staff": None if journal is None else _staff(here, who, party),
            "shocks": [one["kind"] for one in here if one["what"] == "shock"],
        }


def _by_month(books: "Books", table: str, column: str) -> list[int]:
    found = books.tables[table][column]
    return [int((found == month).sum()) for month in range(1, books.meta.months + 1)]


def _bounded(some: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    every = list(some)
    return {"count": len(every), "listed": every[:MOST_LISTED]}


def _tenders(
    books: "Books", who: Parties, month: int, reasons: Mapping[int, Line]
) -> Iterator[dict[str, Any]]:
    tenders, made = books.tables["tenders"], books.tables["arrangements"]
    for at in np.flatnonzero(tenders["month"] == month).tolist():
        number = int(tenders["tender"][at])
        told = tender_of(books, who, number)
        assert told is not None
        line = reasons.get(number)
        if line is None:
            lets = np.flatnonzero(made["tender"] == number)
            line = _thread(books, int(lets[0])) if lets.size else {}
        yield {
            **told,
            "category": books.meta.category_ids[tenders["category"][at]],
            "regime": line.get("regime", ""),
            "criterion": line.get("criterion", ""),
            "power": line.get("power", ""),
            "reason": _reason(str(line.get("result", ""))),
        }


def _thread(books: "Books", at: int) -> dict[str, str]:
    made, meta = books.tables["arrangements"], books.meta
    told = {name: meta.texts[made[name][at]] for name in ("criterion", "power", "result")}
    return {**told, "regime": meta.regime_names[made["regime"][at]]}


def _reason(result: str) -> str:
    """The reason of an award without what became of it later."""
    return result.split("; ended: ")[0]


def _arrangements(books: "Books", who: Parties, at: Any) -> Iterator[dict[str, Any]]:
    """Tell the listed rows of `arrangements`; an early end stands behind its reason."""
    from simulation.accounting.books import Form

    made, meta = books.tables["arrangements"], books.meta
    for row in np.flatnonzero(at).tolist():
        thread = _thread(books, row)
        supplier = int(made["supplier"][row])
        yield {
            **thread,
            "result": _reason(thread["result"]),
            "early": "; ".join(thread["result"].split("; ended: ")[1:]),
            "award": int(made["arrangement"][row]),
            "tender": int(made["tender"][row]),
            "form": Form(int(made["form"][row])).name.lower(),
            "buyer": who.of(int(made["buyer"][row])),
            "supplier": who.of(supplier) if supplier >= 0 else None,
            "category": meta.category_ids[made["category"][row]],
            "value_pence": int(made["value_pence"][row]),
            "first": calendar(books, int(made["start"][row])),
            "last": calendar(books, int(made["end"][row])),
        }


def _firms(
    lines: Iterable[Line], who: Parties, party: Mapping[int, int]
) -> dict[str, dict[str, Any]]:
    """Firms that closed, opened, were founded by a council or failed in a shock, by name."""
    found: dict[str, list[dict[str, Any]]] = {"close": [], "open": [], "founding": []}
    failed = {one["firm"] for one in lines if one["what"] == "collapse"}
    for one in lines:
        if one["what"] in found:
            uid = one.get("firm", one.get("supplier"))
            if uid in party:
                found[one["what"]].append({**who.of(party[uid]), "shock": uid in failed})
    return {name: _bounded(some) for name, some in found.items()}


def _staff(lines: Iterable[Line], who: Parties, party: Mapping[int, int]) -> dict[str, Any]:
    """How many people were hired, by whom, and how many left."""
    hired = Counter(one["employer"] for one in lines if one["what"] == "hire")
    by = [
        {"employer": who.of(party[uid]), "hired": many}
        for uid, many in sorted(hired.items(), key=lambda one: (-one[1], one[0]))
        if uid in party
    ]
    left = sum(one["what"] == "leave" for one in lines)
    return {"hired": sum(hired.values()), "left": left, "by": _bounded(by)}
