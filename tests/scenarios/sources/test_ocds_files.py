"""The same notices in every wrapping give the same tables; what is none is set aside by reason."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenarios.sources import ocds_files
from scenarios.sources.ocds_files import NoticesError
from scenarios.sources.ocds_import import import_notices
from tests.scenarios.sources.made_up_notices import OCID, purchase, table, write_lines

TABLES = ("tenders", "lots", "awards", "suppliers", "contracts")


def package(releases: list[Any]) -> dict[str, Any]:
    """A release package, with a label that names an extension."""
    return {
        "uri": "https://portal.example/1",
        "version": "1.1",
        "extensions": ["https://portal.example/ocds_lots_extension/v1/extension.json"],
        "releases": releases,
        "links": {"next": "https://portal.example/2"},
    }


def record(releases: list[Any]) -> dict[str, Any]:
    """A record package with one record."""
    return {"version": "1.1", "records": [{"ocid": OCID, "releases": releases}]}


def as_lines(values: list[Any]) -> str:
    """JSON lines."""
    return "".join(json.dumps(value) + "\n" for value in values)


WRAPPINGS: dict[str, Callable[[list[Any]], bytes]] = {
    "lines": lambda of: as_lines(of).encode(),
    "package": lambda of: json.dumps(package(of)).encode(),
    "package printed": lambda of: json.dumps(package(of), indent=2).encode(),
    "record": lambda of: json.dumps(record(of), indent=1).encode(),
    "list": lambda of: json.dumps(of).encode(),
    "one after another": lambda of: "\n".join(json.dumps(x, indent=1) for x in of).encode(),
    "a package a line": lambda of: as_lines([package([x]) for x in of]).encode(),
    "packed": lambda of: gzip.compress(json.dumps(package(of)).encode()),
    "packed lines": lambda of: gzip.compress(as_lines(of).encode()),
    "with a mark": lambda of: b"\xef\xbb\xbf" + as_lines(of).encode(),
    "utf-16": lambda of: json.dumps(package(of), indent=2).encode("utf-16"),
    "windows lines": lambda of: as_lines(of).replace("\n", "\r\n").encode(),
}


def rows_without_file(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """All tables but for the name of the file."""
    kept = {}
    for name in TABLES:
        rows = table(folder, name)
        for row in rows:
            row.pop("file", None)
            row.pop("files", None)
        kept[name] = rows
    return kept


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_every_wrapping_gives_the_same_tables(wrapping: str, tmp_path: Path) -> None:
    """A package, a record, a list, lines, packed or in UTF-16: the notices are the same."""
    plain, wrapped = tmp_path / "plain", tmp_path / "wrapped"
    plain.mkdir()
    wrapped.mkdir()
    import_notices([write_lines(tmp_path / "plain.jsonl", purchase())], plain)
    file = tmp_path / "wrapped.json"
    file.write_bytes(WRAPPINGS[wrapping](purchase()))

    told = import_notices([file], wrapped).as_dict()

    assert told["totals"]["used"] == told["totals"]["releases"] == 6
    assert rows_without_file(wrapped) == rows_without_file(plain)


def test_releases_come_in_any_order_and_in_any_file(tmp_path: Path) -> None:
    """The date says which word is the last, not the place in a file."""
    plain, mixed = tmp_path / "plain", tmp_path / "mixed"
    plain.mkdir()
    mixed.mkdir()
    first, *others = purchase()
    import_notices([write_lines(tmp_path / "all.jsonl", [first, *others])], plain)
    one = write_lines(tmp_path / "late.jsonl", list(reversed(others)))
    two = write_lines(tmp_path / "early.jsonl", [first])

    import_notices([one, two], mixed)

    assert rows_without_file(mixed) == rows_without_file(plain)


def test_what_is_no_release_is_set_aside_with_its_line_and_the_reason(tmp_path: Path) -> None:
    """Rows in are rows used and rows set aside; the list says which, and why."""
    good = [json.dumps(each) for each in purchase()]
    lines = [
        good[0],
        '{"ocid": "ocds-made01-0001", "tender": {',
        "",
        "[1]",
        '{"title": "no ocid"}',
        '{"ocid": "ocds-made01-0009"}',
        "Dear reader",
        good[1],
        good[1],
    ]
    file = tmp_path / "=notices.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")

    [told] = import_notices([file], tmp_path).as_dict()["files"]

    assert told["releases"] == 8
    assert told["used"] == 2
    assert told["set_aside"] == {
        ocds_files.BROKEN_LINE: 2,
        ocds_files.NOT_OBJECT: 1,
        ocds_files.NO_OCID: 1,
        ocds_files.NO_DATA: 1,
        "same release again": 1,
    }
    with (tmp_path / "set_aside.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    places = ["line 2", "line 4", "line 5", "line 6", "line 7", "line 9"]
    assert [row["place"] for row in rows] == places


def test_a_formula_in_the_name_of_a_file_is_none_in_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spreadsheet that opens the list is given text alone."""
    monkeypatch.chdir(tmp_path)
    file = Path("=cmd.jsonl")
    file.write_text(json.dumps(purchase()[0]) + "\nbroken\n", encoding="utf-8")

    import_notices([file], tmp_path)

    lines = (tmp_path / "set_aside.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("'=cmd.jsonl,line 2,")


def test_a_compiled_release_counts_only_where_its_releases_are_not_there(tmp_path: Path) -> None:
    """A record says the same twice: its releases and their sum. Links are no releases."""
    compiled = {**purchase()[1], "id": "compiled", "tag": ["compiled"]}
    link = {"url": "https://portal.example/r1", "date": "2026-01-01T00:00:00Z", "tag": ["tender"]}
    alone = {**compiled, "ocid": OCID + "b"}
    records = [
        {"ocid": OCID, "releases": purchase(), "compiledRelease": compiled},
        {"ocid": OCID + "b", "releases": [link], "compiledRelease": alone},
        {"ocid": OCID + "c", "releases": [link]},
    ]
    file = tmp_path / "records.json"
    file.write_text(json.dumps({"records": records}), encoding="utf-8")

    [told] = import_notices([file], tmp_path).as_dict()["files"]

    assert told["used"] == 7
    assert told["set_aside"] == {
        ocds_files.COMPILED_COPY: 1,
        ocds_files.LINKED: 2,
        ocds_files.NOTHING_IN_IT: 1,
    }


@pytest.mark.parametrize("cut", [0.4, 0.7, 0.99])
def test_a_package_that_breaks_off_gives_what_stands_before(cut: float, tmp_path: Path) -> None:
    """The rest is set aside as one, with the place and the reason."""
    whole = json.dumps(package(purchase()), indent=1)
    file = tmp_path / "cut.json"
    file.write_text(whole[: int(len(whole) * cut)], encoding="utf-8")

    [told] = import_notices([file], tmp_path).as_dict()["files"]

    assert 0 < told["used"] <= 6
    assert told["set_aside"] == {ocds_files.BROKEN_REST: 1}


def test_a_broken_packing_gives_what_stands_before(tmp_path: Path) -> None:
    """A download that broke off is no reason to lose its beginning, nor to hide the break."""
    many = [{**each, "ocid": f"{OCID}-{k}"} for k in range(400) for each in purchase()]
    packed = gzip.compress(as_lines(many).encode())
    file = tmp_path / "cut.jsonl.gz"
    file.write_bytes(packed[: len(packed) // 2])

    [told] = import_notices([file], tmp_path).as_dict()["files"]

    assert 0 < told["used"] < 2400
    assert told["set_aside"][ocds_files.BROKEN_REST] == 1


def test_all_files_without_notices_are_refused_at_once_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    """The refusal tells each file by the names of its members, never by their content."""
    out = tmp_path / "out"
    out.mkdir()
    good = write_lines(tmp_path / "good.jsonl", purchase())
    register = tmp_path / "register.json"
    register.write_text(json.dumps({"meta": {"of": "Ann Example"}, "contracts": [{"a": 1}]}))
    prose = tmp_path / "letter.txt"
    prose.write_text("Dear Ann Example, find enclosed ...")
    missing = tmp_path / "missing.json"
    empty = tmp_path / "empty.json"
    empty.write_text("")

    with pytest.raises(NoticesError) as refused:
        import_notices([good, register, prose, missing, empty], out)

    said = str(refused.value)
    assert [Path(fault.file).name for fault in refused.value.faults] == [
        "register.json",
        "letter.txt",
        "missing.json",
        "empty.json",
    ]
    assert "an object with meta, contracts" in said
    assert "no JSON" in said
    assert "Ann Example" not in said
    assert list(out.iterdir()) == []


def test_an_empty_package_is_no_fault(tmp_path: Path) -> None:
    """A portal that had nothing to say on a day said so."""
    file = tmp_path / "empty.json"
    file.write_text(json.dumps(package([]), indent=1), encoding="utf-8")

    told = import_notices([file], tmp_path).as_dict()

    assert told["totals"]["releases"] == 0
    assert told["extensions"] == {"lots": 1}
    assert table(tmp_path, "contracts") == []


def test_bytes_that_are_no_utf_8_are_read_as_windows_1252_and_counted(tmp_path: Path) -> None:
    """A pound sign of an old export is a pound sign."""
    notice = {**purchase()[0], "tender": {"title": "Meals at £3 – cooked"}}
    file = tmp_path / "old.jsonl"
    file.write_bytes(json.dumps(notice, ensure_ascii=False).encode("cp1252") + b"\n")

    [told] = import_notices([file], tmp_path).as_dict()["files"]

    assert told["mended_bytes"] == 2
    assert table(tmp_path, "tenders")[0]["title"] == "Meals at £3 – cooked"


def test_a_bomb_of_packed_blanks_is_refused_before_it_fills_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What unpacks to more than any file of notices holds is refused by its size."""
    monkeypatch.setattr(ocds_files, "INFLATED", 1 << 20)
    file = tmp_path / "bomb.json.gz"
    file.write_bytes(gzip.compress(b" " * (1 << 22)))

    with pytest.raises(NoticesError, match="once unpacked"):
        import_notices([file], tmp_path)


def test_members_whose_names_were_torn_by_blanks_are_whole_again(tmp_path: Path) -> None:
    """Text that was broken into lines on its way keeps its meaning, and hides no contact point."""
    notice = purchase()[1]
    notice["ten    der"] = notice.pop("tender")
    notice["ten    der"]["contactP    oint"] = {"name": "Ann Example"}
    notice["ten    der"]["lo ts"] = notice["ten    der"].pop("lots")

    import_notices([write_lines(tmp_path / "torn.jsonl", [notice])], tmp_path)

    [tender] = table(tmp_path, "tenders")
    assert (tender["title"], tender["lots"]) == ("School meals", 2)
    assert "Ann Example" not in str(table(tmp_path, "tenders"))
