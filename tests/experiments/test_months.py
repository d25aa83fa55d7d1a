"""A run month by month: what is told is what the books hold, to the penny."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.analysis.money_by_month import HERE, BooksDisagreeError, money_of
from experiments.analysis.months import TABLES, watched
from experiments.report.watched import balances_grid, fate_of, month_picture, pairs_rows, why
from scenarios.vocabulary import Institution, Instrument, Kind
from simulation.accounting.books import Books
from simulation.accounting.books_io import read_books
from tests.experiments.web.watched_run import MONTHS, lived

pytestmark = pytest.mark.compiled


def told(books: Books | None = None, *, journal: bool = True) -> tuple[dict[str, Any], list[Any]]:
    """The head and the months of the run."""
    folder = lived()
    lines = [json.loads(line) for line in _journal(folder)] if journal else None
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    head, months = watched(books or read_books(folder, TABLES), manifest, lines)
    return head, list(months)


def _journal(folder: Path) -> list[str]:
    return (folder / "journal" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()


def test_every_month_adds_up_and_goes_on_where_the_last_one_ended() -> None:
    """Opened, received, paid and closed make nothing missing, by group and over all groups."""
    _, months = told()

    assert len(months) == MONTHS
    held: dict[str, int] = {}
    for month in months:
        for one in month["balances"]:
            assert one["opened"] + one["received"] - one["paid"] == one["closed"]
            assert held.get(one["group"], one["opened"]) == one["opened"]
            held[one["group"]] = one["closed"]
        assert sum(one["received"] - one["paid"] for one in month["balances"]) == 0
        assert sum(one["closed"] for one in month["balances"]) == 0


def test_what_councils_hold_and_pay_is_what_the_books_say() -> None:
    """Summed anew from the tables, by whoever does not know the groups."""
    books = read_books(lived(), TABLES)
    classes, flows, stocks = (books.tables[name] for name in ("classes", "flows", "stocks"))
    buyers = classes["klass"][classes["institution"] == Institution.BUYER]
    _, months = told()

    for month in months:
        mine = (flows["month"] == month["month"]) & np.isin(flows["payer"], buyers)
        mine &= flows["kind"] != Kind.WRITE_OFF
        paid = sum(one["pence"] for one in month["pairs"] if one["payer"] == "councils")
        assert paid == int(flows["pence"][mine].sum())
    ends = (stocks["month"] == MONTHS) & (stocks["instrument"] == Instrument.DEPOSITS)
    ends &= np.isin(stocks["klass"], buyers)
    closed = [one["closed"] for one in months[-1]["balances"] if one["group"] == "councils"]
    assert closed == [int(stocks["pence"][ends].sum())]


def test_a_penny_that_is_missing_is_found() -> None:
    """Books in which one payment is a penny larger are refused, with the group."""
    books = read_books(lived(), TABLES)
    flows = dict(books.tables["flows"])
    flows["pence"] = flows["pence"].copy()
    row = int(np.flatnonzero((flows["month"] == 2) & (flows["kind"] == Kind.GRANT))[0])
    flows["pence"][row] += 1
    damaged = replace(books, tables={**books.tables, "flows": flows}, kept={})

    with pytest.raises(BooksDisagreeError, match="1 pence") as fault:
        money_of(damaged)

    assert fault.value.group in ("councils", "government")


def test_tenders_are_those_of_the_books_each_with_its_reason_on_record() -> None:
    """Prices, scores and winners as bid; the reason as the journal has it."""
    books = read_books(lived(), TABLES)
    lines = [json.loads(line) for line in _journal(lived())]
    awards = {one["tender"]: one for one in lines if one["what"] == "award"}
    head, months = told()
    found = [one for month in months for one in month["tenders"]["listed"]]

    tenders = books.tables["tenders"]
    since = tenders["tender"][tenders["month"] > 0]
    assert [one["tender"] for one in found] == since.tolist()
    assert sum(head["tenders"]) == len(found) > 2
    for one in found:
        assert one["reason"] == awards[one["tender"]]["result"]
        assert one["power"] == awards[one["tender"]]["power"]
        rows = np.flatnonzero(books.tables["bids"]["tender"] == one["tender"])
        assert sorted(bid["price_pence"] for bid in one["bids"]) == sorted(
            books.tables["bids"]["price_pence"][rows].tolist()
        )


def test_why_a_winner_won_is_said_in_the_numbers_of_the_bids() -> None:
    """The cheaper of two bids that are equally good wins."""
    _, months = told()
    contested = next(
        one for month in months for one in month["tenders"]["listed"] if len(one["bids"]) == 2
    )

    said = " ".join(why(contested, "GBP"))

    assert "Reason on record: highest score." in said
    gap = contested["bids"][1]["price_pence"] - contested["bids"][0]["price_pence"]
    assert f"The winner asked £{gap // 100:,}.{gap % 100:02d} less" in said
    assert "Its quality was that of the next best bid" in said


def test_a_supplier_that_closes_is_told_with_its_contract() -> None:
    """Larkfield Care closes as a month ends; next month its contract ends early, and says why.

    A month later a new firm that nobody named fares alike.
    """
    _, months = told()
    ended = [(month, one) for month in months for one in month["ended"]["listed"] if one["early"]]

    assert [one["early"] for _, one in ended] == ["the supplier closed"] * 2
    month, contract = ended[0]
    assert contract["supplier"]["name"] == "Larkfield Care"
    before = months[month["month"] - 2]["firms"]["close"]
    assert before["count"] == 1
    assert [one["name"] for one in before["listed"]] == ["Larkfield Care"]
    assert month["firms"]["open"]["count"] == 1


def test_hires_are_counted_as_the_journal_has_them() -> None:
    """By month, and by employer."""
    lines = [json.loads(line) for line in _journal(lived())]
    _, months = told()

    for month in months:
        hired = [x for x in lines if x["what"] == "hire" and x["month"] == month["month"]]
        assert month["staff"]["hired"] == len(hired)
        assert sum(one["hired"] for one in month["staff"]["by"]["listed"]) == len(hired)


def test_without_a_journal_what_is_not_known_is_none() -> None:
    """Money and tenders are told all the same, reasons too; firms and staff are unknown, not 0."""
    _, months = told(journal=False)
    _, with_it = told()

    for month, known in zip(months, with_it, strict=True):
        assert month["firms"] is None
        assert month["staff"] is None
        assert month["pairs"] == known["pairs"]
    won = [one for month in months for one in month["tenders"]["listed"] if any(
        bid["won"] for bid in one["bids"])]  # fmt: skip
    assert {one["reason"] for one in won} == {"highest score", "the only bid that stood"}


def test_every_band_of_the_picture_is_a_row_of_its_table() -> None:
    """The largest month fills the scale; what stays, comes in and leaves is told in words."""
    head, months = told()
    sums = [sum(one["pence"] for one in month["pairs"]) for month in months]

    assert max(sums) == head["largest_pence"]
    drawn = month_picture(head, months[0])
    assert drawn.data is not None
    assert len(drawn.data.rows) == len(months[0]["pairs"]) == len(pairs_rows(months[0])) - 1
    assert "style=" not in drawn.inline
    for one in months[0]["pairs"]:
        wanted = {(True, True): "stays", (False, True): "waits", (True, False): "leaves"}
        assert fate_of(one) == wanted[one["payer"] in HERE, one["payee"] in HERE]
    assert balances_grid(head, months[0]).rows[-1][1] == "£0.00"
