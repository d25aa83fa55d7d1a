"""The page of today: what payments say, with every doubt told and every table to download."""

import csv
import io
import re

import pytest

from experiments.web.case import Case
from tests.experiments.web.asking import Asking
from tests.experiments.web.little_jobs import LittleJobs
from tests.experiments.web.little_lists import FORMULA, ROWS, SCRIPT, as_csv, hand_in, paid


@pytest.fixture
def now(case: Case) -> str:
    """Address of the page."""
    return f"/cases/{case.name}/today"


def known(client: Asking, at: str, now: str, *rows: tuple[str, ...]) -> str:
    """Hand in payments, confirm them, and have them looked at."""
    hand_in(client, at, ("april.csv", as_csv([*ROWS, *rows])))
    client.post(f"{at}/columns")
    client.post(now)
    return client.get(now).text


def test_without_a_place_the_page_says_what_to_do_first(
    client: Asking, jobs: LittleJobs, now: str
) -> None:
    """Choose a place; nothing is worked out."""
    assert "choose a place" in client.get(now).text
    client.post(now)
    assert jobs.asked == []


def test_payments_are_told_by_category_month_supplier_and_kind(
    client: Asking, jobs: LittleJobs, at: str, now: str
) -> None:
    """Each part has its sentence; LM3 and what stays here are ranges; grants stand apart."""
    text = known(client, at, now)

    for heading in ("How much was paid", "What was bought", "When it was bought", "Who was paid",
                    "What kinds of supplier", "How much goes to suppliers here",
                    "What becomes of the money: LM3", "Grants and transfers, told apart",
                    "What a person should look at", "People, jobs and firms"):  # fmt: skip
        assert heading in text, heading
    assert re.search(r"LM3 of what its suppliers are paid is \d\.\d\d to \d\.\d\d", text)
    assert re.search(r"Suppliers based here got between [\d.]+% and [\d.]+% of purchases", text)
    assert "in grants" in text
    assert "person 1" in text
    assert "Thistlewood" not in text


@pytest.mark.long
def test_no_picture_and_no_page_has_a_style_of_its_own(
    client: Asking, jobs: LittleJobs, at: str, now: str
) -> None:
    """The content policy would not let it pass."""
    text = known(client, at, now)

    assert text.count("<svg") >= 5
    assert "style=" not in text
    assert "<style" not in text
    assert "var(--stays)" in text


def test_every_picture_and_table_can_be_downloaded(
    client: Asking, jobs: LittleJobs, at: str, now: str
) -> None:
    """As CSV, with no cell that a spreadsheet would run."""
    text = known(client, at, now, *paid(SCRIPT, FORMULA))
    found = re.findall(rf'href="({re.escape(now)}/tables/[a-z0-9-]+\.csv)"', text)

    assert len(found) == len(set(found)) >= 12
    cells = []
    for address in found:
        answer = client.get(address)
        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]
        cells += [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    assert f"'{FORMULA}" in cells
    assert FORMULA not in cells
    assert "<script>alert" not in text


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fplace", "by-month.csv", "%00"])
def test_a_table_that_is_not_there_is_not_found(
    client: Asking, jobs: LittleJobs, now: str, name: str
) -> None:
    """No name leads to a file."""
    assert client.get(f"{now}/tables/{name}.csv").status_code == 404


@pytest.mark.long
def test_a_place_without_payments_tells_what_its_file_holds(
    client: Asking, jobs: LittleJobs, at: str, now: str
) -> None:
    """People, what is bought, contracts; and the start built beside the published one."""
    client.post(f"{at}/shelf", data={"name": "village"})
    client.post(now)
    text = client.get(now).text

    assert "The village has 64 people and 35 jobs." in text
    assert "£300,000 a year" in text
    assert "LM3" not in text

    client.post(f"{now}/start")
    text = client.get(now).text
    assert "Is the built place the published one?" in text
    assert "Build it and compare" not in text


@pytest.mark.parametrize(("hold", "said"), [
    ("queued", "2 before it"), ("running", "being worked out"),
    ("failed", "Out of memory"), ("died", "Out of memory"),
])  # fmt: skip
def test_how_far_it_is_is_said_when_the_page_is_opened_again(
    client: Asking, jobs: LittleJobs, at: str, now: str, hold: str, said: str
) -> None:
    """And after a failure it can be tried again."""
    client.post(f"{at}/shelf", data={"name": "village"})
    jobs.hold, jobs.message = hold, "out of memory"
    client.post(now)

    assert said in client.get(now).text
    jobs.hold = ""
    client.post(f"{now}/stop")
    client.post(now)
    assert "The village has 64 people" in client.get(now).text


@pytest.mark.long
def test_the_list_of_doubtful_names_goes_out_and_comes_back(
    client: Asking, jobs: LittleJobs, at: str, now: str
) -> None:
    """What a person answers is taken up, and all is confirmed and worked out anew."""
    known(client, at, now, *paid("Ashcombe Care Services Ltd", "Ashcombe Care Service North"))
    listed = client.get(f"{now}/review.csv")

    answer = client.post(f"{now}/review", files={"review": ("mine.csv", listed.content)})

    assert answer.headers["location"] == at
    assert jobs.asked[-1][0] == "suppliers"
    assert "Is this what your files say?" in client.get(at).text
    client.post(f"{at}/columns")
    client.post(now)
    assert "Who was paid" in client.get(now).text


@pytest.mark.long
def test_a_list_that_is_none_is_told_and_the_payments_stay(
    client: Asking, jobs: LittleJobs, at: str, now: str
) -> None:
    """The fault is said beside what was read before."""
    known(client, at, now)
    client.post(f"{now}/review", files={"review": ("mine.csv", b"a,b\r\n1,2\r\n")})
    text = client.get(at).text

    assert "What you handed in about suppliers could not be used" in text
    assert "Is this what your files say?" in text


@pytest.mark.parametrize(("name", "data"), [("x.xlsx", b"PK"), ("x.csv", b""), ("", b"")])
def test_no_list_is_told_at_its_field(
    client: Asking, jobs: LittleJobs, at: str, now: str, name: str, data: bytes
) -> None:
    """Nothing is started."""
    known(client, at, now)
    before = len(jobs.asked)

    answer = client.post(f"{now}/review", files={"review": (name, data)} if name else {})

    assert answer.status_code == 422
    assert 'href="#review"' in answer.text
    assert len(jobs.asked) == before


def test_a_damaged_document_is_made_anew(
    client: Asking, jobs: LittleJobs, case: Case, at: str, now: str
) -> None:
    """Half a file on the disk is no server fault."""
    client.post(f"{at}/shelf", data={"name": "village"})
    client.post(now)
    (case.folder / "today.json").write_text('{"schema_version": 1}')

    assert "Work it out" in client.get(now).text
    client.post(now)
    assert "The village has 64 people" in client.get(now).text
