"""The thread of one award, from mission to decision, as an auditor would follow it in the books.

Objective, power in law, criterion and result; who buys what from whom, for how long and for how
much; what was bid, paid, claimed, verified and delivered. After the stages of the National Audit
Office's *Successful commissioning* guidance (2010).
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.course import course_of
from scenarios.errors import InputError

if TYPE_CHECKING:
    from simulation.accounting.books import Books, Table

SCHEMA_VERSION = 1
TABLES = ("areas", "parties", "purchases", "tenders", "bids", "arrangements")
"""Tables of Books that a thread is read from."""


class UnknownAwardError(InputError):
    """Raised for an award that the books do not hold."""

    def __init__(self, award: int, count: int) -> None:
        there = f"a number from 0 to {count - 1}" if count else "books that hold an award"
        super().__init__(
            f"found the award {award}; wanted {there}: the column `arrangement` of the table "
            "`arrangements`."
        )
        self.award = award
        self.count = count


def thread_of(
    books: "Books",
    manifest: Mapping[str, Any],
    award: int,
    journal: Iterable[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Follow one award through the books of a run.

    Parameters
    ----------
    books : Books
        At least `TABLES`.
    manifest : mapping
        Label of the run's folder: it says what firms are called.
    award : int
        Number in the table `arrangements`.
    journal : iterable of mapping, optional
        Decisions of the run's journal, where one was kept.

    Returns
    -------
    dict
        A document for JSON; money in pence, months as counted in the books and by the calendar.

    Raises
    ------
    UnknownAwardError
        With the numbers that there are.
    """
    rows = books.tables["arrangements"]
    at = np.flatnonzero(rows["arrangement"] == award)
    if not at.size:
        raise UnknownAwardError(award, int(rows["arrangement"].size))
    return _followed(books, Parties(books, manifest), int(at[0]), journal)


def threads_of(books: "Books", manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Follow every award through the books of a run, without its journal; see `thread_of`."""
    who = Parties(books, manifest)
    many: int = books.tables["arrangements"]["arrangement"].size
    return [_followed(books, who, at) for at in range(many)]


def _followed(
    books: "Books",
    who: "Parties",
    at: int,
    journal: Iterable[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Follow the award in a row of the table `arrangements`."""
    from simulation.accounting.books import Form

    row, meta = _row(books.tables["arrangements"], at), books.meta
    award = row["arrangement"]
    tender = tender_of(books, who, row["tender"])
    paid = list(_paid(books.tables["purchases"], who, award))
    signed = [one["bidder"] for one in tender["bids"] if one["won"]] if tender else []
    known = {one["party"] for one in signed} | {one["supplier"]["party"] for one in paid}
    if row["supplier"] >= 0 and row["supplier"] not in known:
        signed.append(who.of(row["supplier"]))
    return {
        "schema_version": SCHEMA_VERSION,
        "award": award,
        "thread": {
            key: meta.texts[row[key]] for key in ("objective", "power", "criterion", "result")
        },
        "policy": meta.policy_names[row["policy"]],
        "treated": bool(row["policy"]),
        "regime": meta.regime_names[row["regime"]],
        "form": Form(row["form"]).name.lower(),
        "buyer": who.of(row["buyer"]),
        "category": meta.category_ids[row["category"]],
        "suppliers": signed,
        "term": {
            "first_month": row["start"],
            "last_month": row["end"],
            "first": calendar(books, row["start"]),
            "last": calendar(books, row["end"]),
            "months": row["end"] - row["start"] + 1,
        },
        "value_pence": row["value_pence"],
        "appraisal": next((one for one in meta.appraisals if award in one["awards"]), None),
        "tender": tender,
        "paid": paid,
        "paid_pence": sum(one["pence"] for one in paid),
        "social_value_pence": {
            word: row[f"{word}_pence"] for word in ("claimed", "verified", "delivered")
        },
        "course": None if journal is None else _course(books, who, row, journal),
        "told_until": calendar(books, meta.months),
        "currency": meta.currency,
    }


def _course(
    books: "Books", who: "Parties", row: Mapping[str, int], journal: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Tell what the journal holds of an award, its parties as the books know them."""
    rows = books.tables["parties"]
    party = dict(zip(rows["uid"].tolist(), rows["party"].tolist(), strict=True))
    uid = int(rows["uid"][who.at[row["buyer"]]])
    return course_of(
        journal,
        row["arrangement"],
        uid,
        lambda one: who.of(party[one]),
        lambda month: calendar(books, month),
    )


def _row(table: "Table", at: int) -> dict[str, int]:
    return {name: int(column[at]) for name, column in table.items()}


def calendar(books: "Books", month: int) -> str:
    """Write a month of the books by the calendar: month 1 is the scenario's start."""
    year, number = divmod(books.meta.start_year * 12 + books.meta.start_month - 2 + month, 12)
    return f"{year}-{number + 1:02d}"


def tender_of(books: "Books", who: "Parties", number: int) -> dict[str, Any] | None:
    """Tell a procedure and its bids, the winners first; None where it is not on the books.

    Parameters
    ----------
    books : Books
        With `tenders` and `bids`.
    who : Parties
    number : int
        In the table `tenders`; below 0 for none.
    """
    tenders, bids = books.tables["tenders"], books.tables["bids"]
    at = np.flatnonzero(tenders["tender"] == number)
    if number < 0 or not at.size:
        return None
    row = _row(tenders, int(at[0]))
    made = [_row(bids, int(k)) for k in np.flatnonzero(bids["tender"] == number)]
    made.sort(key=lambda one: (-one["won"], -one["score_ppm"], one["price_pence"], one["supplier"]))
    priced = row["bids"] > 0
    return {
        "tender": number,
        "led_by": who.of(row["buyer"]),
        "month": row["month"],
        "date": calendar(books, row["month"]),
        "area": books.meta.area_names[row["area"]],
        "months": row["months"],
        "value_pence": row["value_pence"],
        "could_serve": row["eligible"],
        "price_pence": row["price_pence"] if row["winner"] >= 0 else None,
        "lowest_pence": row["lowest_pence"] if priced else None,
        "cheapest_true_cost_pence": row["true_cost_pence"] if row["eligible"] else None,
        "buyer_cost_pence": row["buyer_cost_pence"],
        "bidder_cost_pence": row["bidder_cost_pence"],
        "challenged": bool(row["challenged"]),
        "bids": [
            {
                "bidder": who.of(one["supplier"]),
                "price_pence": one["price_pence"],
                "quality": one["quality_ppm"] / 1e6,
                "claimed_pence": one["claimed_pence"],
                "marks": one["score_ppm"] / 1e6,
                "won": bool(one["won"]),
            }
            for one in made
        ],
    }


def _paid(purchases: "Table", who: "Parties", award: int) -> Iterator[dict[str, Any]]:
    """Tell what each supplier was paid for an award, and in how many months, most first."""
    mine = purchases["arrangement"] == award
    supplier, pence = purchases["supplier"][mine], purchases["pence"][mine]
    month = purchases["month"][mine]
    sums = {int(one): int(pence[supplier == one].sum()) for one in np.unique(supplier)}
    for party, total in sorted(sums.items(), key=lambda one: (-one[1], one[0])):
        months = np.unique(month[supplier == party])
        yield {
            "supplier": who.of(party),
            "pence": total,
            "months": int(months.size),
            "first": calendar(who.books, int(months[0])),
            "last": calendar(who.books, int(months[-1])),
        }


class Parties:
    """Who stands behind the numbers of the table `parties`."""

    def __init__(self, books: "Books", manifest: Mapping[str, Any]) -> None:
        self.books, self.meta, self.rows = books, books.meta, books.tables["parties"]
        self.at = {int(party): k for k, party in enumerate(self.rows["party"])}
        self.names = dict(_names(manifest))

    def of(self, party: int) -> dict[str, Any]:
        """Describe an organisation: name where it has one, trade, size, owner, place."""
        from scenarios.vocabulary import Institution, OwnerKind, SizeBand

        row = _row(self.rows, self.at[party])
        buyer = party in self.meta.buyer_rows
        name = self.names.get(row["uid"])
        if name is None and buyer:
            name = self.meta.buyer_ids[self.meta.buyer_rows.index(party)]
        sector = self.meta.sector_ids[row["sector"]] if row["sector"] >= 0 and not buyer else None
        return {
            "party": party,
            "name": name,
            "institution": Institution(row["institution"]).name.lower(),
            "sector": sector,
            "size": SizeBand(row["size_band"]).name.lower(),
            "owner": OwnerKind(row["owner_kind"]).name.lower(),
            "owner_in": self.meta.area_names[row["owner_area"]],
            "based_in": self.meta.area_names[row["area"]],
        }


def _names(manifest: Mapping[str, Any]) -> Iterable[tuple[int, str]]:
    """Find what a scenario calls its buyers and firms; those made from figures have no name."""
    from simulation import streams

    try:
        written = tomllib.loads(str(manifest.get("scenario_text", "")))
    except tomllib.TOMLDecodeError:
        return
    for part, kind in (("firms", "firm"), ("buyers", "buyer")):
        for one in written.get(part, ()):
            yield streams.uid(one["area"], kind, streams.key(kind, one["id"])), str(one["name"])
