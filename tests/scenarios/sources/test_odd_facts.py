"""Portals and councils write the same thing in many ways: each is read, or said to be unknown."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scenarios.sources import io_tables_grid
from scenarios.sources import notice_values as read
from scenarios.sources.by_hand import faults_of_settings, set_by_hand
from scenarios.sources.dialect import LONGEST_CELL
from scenarios.sources.encoding import decode
from scenarios.sources.io_tables_grid import read_columns, read_sheets
from scenarios.sources.io_tables_read import IoTableError
from scenarios.sources.ocds_release import MOST_PARTS, kept
from scenarios.sources.postcodes import PlaceError, read_places
from scenarios.sources.supplier_clean import clean_name
from scenarios.sources.workbook_child import told
from tests.scenarios.sources.books import book


@pytest.mark.parametrize(
    ("fact", "stated", "found"),
    [
        (read.names, "planning", ["planning"]),
        (read.names, ["award", None], ["award"]),
        (read.names, 7, None),
        (read.flag, " Yes ", True),
        (read.flag, "false", False),
        (read.flag, "perhaps", None),
        (read.flag, 1, None),
        (read.count, " 12 ", 12),
        (read.count, Decimal("2.5"), None),
        (read.count, True, None),
        (read.money, "100", None),
        (read.money, {"amount": "100", "currency": "GBP"}, {"pence": 10_000, "currency": "GBP"}),
        (read.money, {"currency": "GBP"}, None),
        (read.period, "2026", None),
        (read.percent, "40 %", 40.0),
        (read.percent, "most", None),
    ],
)
def test_a_fact_is_read_in_any_writing_or_unknown(fact: Any, stated: Any, found: Any) -> None:
    """Words for numbers, one for a list, text for a flag; what says nothing is None."""
    assert fact(stated) == found


def test_a_release_whose_parts_are_of_other_kinds_keeps_what_can_be_read() -> None:
    """What cannot be read is counted by its member; the rest of the notice stands."""
    unread: Counter[str] = Counter()

    found = kept(
        {
            "ocid": "ocds-abc-1", "title": "School meals", "buyer": "the council",
            "parties": 3, "awards": {"id": "a1"}, "contracts": ["c1", {"id": "c2"}],
            "bids": {"details": [{"status": "valid"}, {"status": "withdrawn"}]},
        },
        unread,
    )  # fmt: skip

    assert found["tender"] == {"title": "School meals"}
    assert [one["id"] for one in found["awards"]] == ["a1"]
    assert [one["id"] for one in found["contracts"]] == ["c2"]
    assert [(one["measure"], one["low"]) for one in found["bids"]] == [("details", 1)]
    assert unread == {"buyer": 1, "parties": 1, "contracts": 1}


def test_a_tender_says_how_many_came_and_what_else_it_is_for() -> None:
    """Further classes are kept once each, in order; a list without end is cut off and counted."""
    unread: Counter[str] = Counter()
    cpv = {"scheme": "CPV", "id": "55524000-9"}
    more = [{"scheme": "CPV", "id": "15000000-8"}, {"scheme": "CPV", "id": "15000000-8"}, "x"]

    found = kept(
        {
            "ocid": "ocds-abc-2",
            "tender": {
                "id": "t", "numberOfTenderers": "4", "classification": cpv,
                "additionalClassifications": more,
            },
            "awards": [{"id": str(k)} for k in range(MOST_PARTS + 2)],
        },
        unread,
    )  # fmt: skip

    assert found["tender"]["cpv"] == "55524000"
    assert found["tender"]["cpv_more"] == ["15000000"]
    assert [(one["measure"], one["high"]) for one in found["bids"]] == [("tenderers", 4)]
    assert len(found["awards"]) == MOST_PARTS
    assert unread["awards"] == 2


def test_an_organisation_is_known_by_its_numbers_alone() -> None:
    """A scheme without a number is no identifier; an id of a register's own form is one."""
    [party] = kept(
        {
            "parties": [
                {
                    "id": "GB-COH-01234567",
                    "name": "Alder Ltd",
                    "additionalIdentifiers": [{"scheme": "XI", "id": "none"}, "x"],
                }
            ]
        },
        Counter(),
    )["parties"]

    assert party["identifiers"] == ["GB-COH:01234567"]


HEADINGS = [["Paid to", "Amount", "Amount"], ["Supplier"]]


@pytest.mark.parametrize(
    ("setting", "found", "hint"),
    [
        ("Paid to=payer", "`payer`", "`payee`"),
        ("=payee", "`payee`", "`payee`"),
        ("Paid to=zzz", "`zzz`", "Known here: amount, payee."),
        ("Paid by=payee", "no such column in any file", "`Paid to`"),
        ("Amount=amount", "a heading that stands twice", "--map #2=amount or #3=amount."),
        ("#9=payee", "no such column in any file", "Amount, Paid to, Supplier."),
    ],
)
def test_a_column_set_by_hand_must_be_there_once(setting: str, found: str, hint: str) -> None:
    """Each fault names the setting, and what it may have meant."""
    [fault] = faults_of_settings([setting], ["payee", "amount"], HEADINGS)

    assert fault.file == f"--map {setting}"
    assert found in fault.found
    assert hint in fault.hint


def test_a_column_set_by_hand_is_found_by_heading_or_place() -> None:
    """What stands twice or nowhere sets nothing."""
    settings = ["paid TO=payee", "#2=amount", "Amount=amount", "Else=detail"]

    assert faults_of_settings(settings[:2], ["payee", "amount"], HEADINGS) == []
    assert set_by_hand(settings, HEADINGS[0]) == {0: "payee", 1: "amount"}


@pytest.mark.parametrize(
    ("raw", "encoding", "note"),
    [
        ("Payee,Pence\n".encode("utf-32-le"), "utf-32-le", ""),
        ("Payee,Pence\n".encode("utf-32-be"), "utf-32-be", ""),
        ("Payee,Pence\n".encode("utf-16-le"), "utf-16-le", ""),
        ("Payee,Pence\n".encode("utf-16-be") + b"\xd8\x00", "utf-16-be", "some bytes are no"),
    ],
)
def test_wide_letters_without_a_mark_are_read(raw: bytes, encoding: str, note: str) -> None:
    """Zero bytes show the width; what is no letter stands as a sign for that."""
    told = decode(raw)

    assert told.text.startswith("Payee,Pence\n")
    assert told.encoding == encoding
    assert any(one.startswith(note) for one in told.notes) or not note


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Alder Trust, The", "alder trust"),
        ("The Alder Trust", "alder trust"),
        ("Alder Brothers and Company", "alder brothers"),
        ("The", "the"),
    ],
)
def test_words_that_say_nothing_are_left_out_of_a_name(name: str, words: str) -> None:
    """At either end; a name of nothing else stays."""
    assert clean_name(name).core == words


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,\x00,b\n", "bytes that are no text"),
        (b'"' + b"x" * (LONGEST_CELL + 1) + b'",1\n', "a line that is no CSV"),
        (None, "a folder"),
    ],
)
def test_what_is_no_table_of_inputs_is_refused(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    """Zeros, a cell without end, a folder."""
    path = tmp_path / "table.csv"
    path.mkdir() if content is None else path.write_bytes(content)

    with pytest.raises(IoTableError) as told:
        read_sheets(path)

    assert said in str(told.value)


def test_a_list_beside_a_table_has_its_columns(tmp_path: Path) -> None:
    """Others are named, a file that is not there too."""
    path = tmp_path / "jobs.csv"
    path.write_text("sector,people\nretail,3\n", "utf-8")

    assert list(read_columns(path, ("sector", "people"), ("sector", "people"))) == [
        (2, {"sector": "retail", "people": "3"})
    ]
    with pytest.raises(IoTableError, match="the columns sector, people"):
        read_columns(path, ("sector", "jobs"), ("sector", "jobs"))
    with pytest.raises(IoTableError, match="no file that can be read"):
        read_columns(tmp_path / "none.csv", ("sector",), ("sector",))


def test_a_table_too_large_or_without_its_reader_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By bytes before it is opened, by cells as it is read; a workbook wants its package."""
    path, workbook = tmp_path / "table.csv", tmp_path / "table.xlsx"
    path.write_text("a,b\n1,2\n", "utf-8")
    workbook.write_bytes(book({"Table": [["a", "b"]]}))

    with monkeypatch.context() as patch:
        patch.setattr(io_tables_grid, "MOST_BYTES", 7)
        with pytest.raises(IoTableError, match="8 bytes"):
            read_sheets(path)
    with monkeypatch.context() as patch:
        patch.setattr(io_tables_grid, "MOST_CELLS", 3)
        with pytest.raises(IoTableError, match=r"more than 3 cells in table\.csv"):
            read_sheets(path)
    monkeypatch.setattr(io_tables_grid, "find_spec", lambda name: None)
    with pytest.raises(IoTableError, match=r"poundflow\[import\]"):
        read_sheets(workbook)


def test_a_table_of_postcodes_may_be_parquet(tmp_path: Path) -> None:
    """Lines without a district are passed over; where no district is known, it is refused."""
    path = tmp_path / "places.parquet"
    codes = ["E07000123", "E07000123", "E08000001", ""]
    postcodes = ["PR1 2RL", "PR1 8JN", "BL1 1RU", "BL1 1AA"]
    pq.write_table(pa.table({"pcds": postcodes, "oslaua": codes}), path)

    assert read_places(path, ["PR1 2RL"]).districts("PR1 2RL")[0] == ["E07000123"]
    pq.write_table(pa.table({"pcds": postcodes[:3], "oslaua": ["E99999999"] * 3}), path)
    with pytest.raises(PlaceError):
        read_places(path, ["PR1 2RL"])


@pytest.mark.parametrize(
    ("cell", "text"),
    [(True, "TRUE"), (3.0, "3"), (0.5, "0.5"), (timedelta(hours=1), "1:00:00"), ("x", "x")],
)
def test_a_cell_is_told_as_the_workbook_shows_it(cell: Any, text: str) -> None:
    """Yes and no, whole numbers and lengths of time."""
    assert told(cell).casefold() == text.casefold()


def test_a_name_and_its_trading_name_are_kept_apart() -> None:
    """The one with a form of law is the name."""
    first, second = clean_name("Alder Ltd trading as Beech"), clean_name("Beech t/a Alder Ltd")

    assert (first.core, first.trade) == ("alder", "beech")
    assert (second.core, second.trade) == ("alder", "beech")
