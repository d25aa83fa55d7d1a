"""What must not get through the page of the place: names, markup, formulas, bombs, sizes."""

import re

import pytest

from experiments.web.case import Case
from tests.experiments.web.asking import Asking
from tests.experiments.web.little_jobs import LittleJobs
from tests.experiments.web.little_lists import FORMULA, SCRIPT, as_csv, hand_in, paid
from tests.scenarios.sources.books import trap


@pytest.mark.parametrize("name", [
    "../../../etc/passwd.csv", "..\\..\\boot.csv", "a\x00b\r\nSet-Cookie: x.csv",
    "<img src=x onerror=alert(1)>.csv", "--map=x.csv", "x" * 300 + ".csv", "‮vsc.csv",
])  # fmt: skip
def test_a_hostile_file_name_is_only_shown(
    client: Asking, jobs: LittleJobs, case: Case, at: str, name: str
) -> None:
    """Files lie under names that we made, whatever they were called."""
    hand_in(client, at, (name, as_csv()))
    text = client.get(at).text

    kept = [path.name for path in case.uploads.iterdir()]
    assert all(re.fullmatch(r"[0-9a-f]{16}\.csv", one) for one in kept)
    assert len(kept) == 1
    assert "<img src=x" not in text
    assert "Is this what your files say?" in text


def test_script_and_formula_in_a_suppliers_name_are_text(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """On the page they are escaped."""
    hand_in(client, at, ("april.csv", as_csv(paid(SCRIPT, FORMULA, "Plain Ltd"))))
    text = client.get(at).text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize(("name", "data", "said"), [
    ("list.pdf", b"%PDF-1.7", "no CSV file and no workbook"),
    ("list.exe", b"MZ", "no CSV file and no workbook"),
    ("list.csv", b"", "is empty"),
])  # fmt: skip
def test_what_is_no_list_is_refused_at_its_field(
    client: Asking, jobs: LittleJobs, case: Case, at: str, name: str, data: bytes, said: str
) -> None:
    """Nothing is kept of it."""
    answer = hand_in(client, at, (name, data))

    assert answer.status_code == 422
    assert said in answer.text
    assert 'href="#payments"' in answer.text
    assert not case.uploads.exists()
    assert jobs.asked == []


def test_no_file_at_all_is_told(client: Asking, jobs: LittleJobs, at: str) -> None:
    """What was typed stays."""
    answer = client.post(f"{at}/payments", data={"council": "Wigan"})

    assert answer.status_code == 422
    assert "Choose at least one file" in answer.text
    assert 'value="Wigan"' in answer.text


def test_files_that_are_too_large_are_refused(
    client: Asking, jobs: LittleJobs, case: Case, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One by one, together, and in number."""
    monkeypatch.setattr("experiments.web.places.uploads.MOST_BYTES", 100)
    assert "at most 0 can be read" in hand_in(client, at, ("april.csv", as_csv())).text

    monkeypatch.setattr("experiments.web.places.uploads.MOST_BYTES", 2**20)
    monkeypatch.setattr("experiments.web.places.uploads.MOST_TOGETHER", 500)
    assert "together" in hand_in(client, at, ("a.csv", as_csv()), ("b.csv", as_csv())).text

    monkeypatch.setattr("experiments.web.places.uploads.MOST_FILES", 1)
    assert "at most 1" in hand_in(client, at, ("a.csv", as_csv()), ("b.csv", as_csv())).text
    assert not case.uploads.exists()


@pytest.mark.parametrize("kind", ["lying", "steep"])
def test_a_zip_bomb_is_refused_by_the_importer(
    client: Asking, jobs: LittleJobs, at: str, kind: str
) -> None:
    """The page says so in the importer's words, and offers to choose again."""
    hand_in(client, at, ("april.xlsx", trap(kind)))
    text = client.get(at).text

    assert "Your files could not be read" in text
    assert "april.xlsx" in text
