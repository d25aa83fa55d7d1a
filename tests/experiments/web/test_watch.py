"""Watching a run: what is chosen, how it stands, what a month shows, and what is refused."""

import csv
import io
import json
import time

import pytest

from experiments.analysis.months import TABLES
from experiments.report.watched import money
from experiments.web.case import Case
from experiments.web.watched import WatchedRun, WatchedRuns
from experiments.web.workroom import Workroom
from scenarios import shelf
from simulation.accounting.books_io import read_books
from tests.experiments.pressed import SLOWEST
from tests.experiments.web.asking import Asking
from tests.experiments.web.prose import prose
from tests.experiments.web.watched_run import MONTHS, NAME, OneJob, Stands, lived, read, watched_run
from tests.reading_age import reading_age

pytestmark = pytest.mark.compiled


@pytest.fixture
def jobs(client: Asking) -> OneJob:
    """A queue that starts nothing."""
    queue = OneJob()
    client.app.state.jobs = queue  # type: ignore[attr-defined]
    return queue


@pytest.fixture
def new(workroom: Workroom, jobs: OneJob) -> WatchedRun:
    """A run that has been lived and was never looked at."""
    return watched_run(workroom.settings.results, of=lived())


@pytest.fixture
def run(workroom: Workroom, jobs: OneJob) -> WatchedRun:
    """A run whose months have been read."""
    return watched_run(workroom.settings.results, of=read())


def looked_at(client: Asking, run: WatchedRun, month: int = 1) -> str:
    """The page of a month."""
    answer = client.get(f"/watched/{run.name}/{month}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_run_of_the_shelf_is_asked_for_as_a_command(client: Asking, jobs: OneJob) -> None:
    """What is chosen becomes one `poundflow run`, its journal kept, in a folder made by us."""
    form = client.get("/watch?place=village").text
    chosen = {"place": "village", "policy": "social_value", "future": "3", "months": "6"}

    answer = client.post("/watch", data=chosen)

    assert "Social value" in form
    assert answer.status_code == 303
    name = answer.headers["location"].rpartition("/")[2]
    folder = client.app.state.settings.results / "watched" / name / "run"  # type: ignore[attr-defined]
    assert jobs.asked == [
        ("run", "village", "--regime", "social_value", "--replicate", "3", "--months", "6",
         "--journal", "--json", "--out", str(folder.resolve())),
    ]  # fmt: skip
    assert f"/watched/{name}" in client.get("/watch").text


def test_a_run_of_a_case_is_of_its_own_place(client: Asking, jobs: OneJob, case: Case) -> None:
    """Without a place it is said; with one, the file of the case is what is lived."""
    assert "has no place yet" in client.get(f"/cases/{case.name}/watch").text
    case.place_file.write_bytes(shelf.find("village").read_bytes())

    chosen = {"policy": "lowest_price", "future": "0", "months": "2"}
    answer = client.post(f"/cases/{case.name}/watch", data=chosen)

    assert answer.status_code == 303
    assert jobs.asked[0][1] == str(case.place_file.resolve())
    assert str(case.folder) not in client.get(f"/cases/{case.name}/watch").text


def test_a_place_that_cannot_be_read_is_said_without_our_paths(
    client: Asking, jobs: OneJob, case: Case
) -> None:
    """The fault of the scenario, and nothing of the server."""
    case.place_file.write_text("name = 3", encoding="utf-8")

    said = client.get(f"/cases/{case.name}/watch").text

    assert "place.toml" in said
    assert str(case.folder) not in said


def test_a_whole_country_is_too_much(client: Asking, jobs: OneJob) -> None:
    """It is said why, and nothing is asked of the queue."""
    chosen = {"place": "england", "policy": "lowest_price", "future": "0", "months": "2"}

    answer = client.post("/watch", data=chosen)

    assert answer.status_code == 422
    assert "whole country" in answer.text
    assert jobs.asked == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("policy", "nonsense"), ("policy", "--out=/etc"), ("policy", ""), ("future", "-1"),
        ("future", "1000"), ("future", "１"), ("months", "0"), ("months", "37"),
        ("months", "1e3"), ("months", "<script>"),
    ],
)  # fmt: skip
def test_what_cannot_be_lived_is_refused_at_its_field(
    client: Asking, jobs: OneJob, field: str, text: str
) -> None:
    """The fault stands at the top and at the field; what was typed is kept and escaped."""
    chosen = {"place": "village", "policy": "social_value", "future": "0", "months": "6"}

    answer = client.post("/watch", data={**chosen, field: text})

    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert "<script>" not in answer.text.partition("<main")[2]
    assert jobs.asked == []


@pytest.mark.parametrize("address", ["/watch?place=../village", "/watch?place=nowhere"])
def test_a_place_is_one_of_the_shelf(client: Asking, jobs: OneJob, address: str) -> None:
    """Nothing that is typed becomes a path."""
    assert client.get(address).status_code == 404
    assert client.post("/watch", data={"place": "/etc/passwd"}).status_code == 404


def test_a_run_under_way_says_how_it_stands(
    client: Asking, jobs: OneJob, workroom: Workroom
) -> None:
    """It can be looked at again and stopped; one that failed says why and can be lived again."""
    watched_run(workroom.settings.results)
    jobs.stands = Stands("running", "It is under way.")
    said = client.get(f"/watched/{NAME}").text
    assert "It is under way." in said
    assert "Look again" in said
    assert client.post(f"/watched/{NAME}/stop").status_code == 303

    jobs.stands = Stands("failed", "The disk is full.")
    said = client.get(f"/watched/{NAME}/3").text
    assert "The disk is full." in said
    assert "Look again" not in said
    assert client.post(f"/watched/{NAME}/again").status_code == 303

    assert jobs.told == ["stop", "resume"]


def test_a_job_that_is_no_longer_kept_is_said(client: Asking, workroom: Workroom) -> None:
    """Its run is listed; its page says so; nothing breaks by stopping it."""
    watched_run(workroom.settings.results)
    (watched_run(workroom.settings.results, name="3" * 16).folder / "watched.json").write_bytes(
        b"{"
    )

    listed = client.get("/watch").text
    stopped = (
        client.post(f"/watched/{NAME}/stop").status_code,
        client.post(f"/watched/{NAME}/again"),
    )

    assert "(gone)" in listed
    assert "3" * 16 not in listed
    assert "no job" in client.get(f"/watched/{NAME}").text
    assert (stopped[0], stopped[1].status_code) == (303, 303)


def test_a_month_shows_what_the_books_hold(client: Asking, run: WatchedRun) -> None:
    """Each price of each bid, each balance and each reason, to the penny."""
    month = first_tender()

    said = looked_at(client, run, month)

    here = run.month(month)
    assert here is not None
    assert "Every penny is there: nothing is missing." in said
    for one in here["balances"]:
        assert money(one["closed"], "GBP") in said
    for one in here["tenders"]["listed"]:
        assert one["reason"] in said
        for bid in one["bids"]:
            assert money(bid["price_pence"], "GBP") in said
    assert 'style="' not in said.partition("<main")[2]


def test_a_full_month_stays_short(client: Asking, run: WatchedRun) -> None:
    """Ten of a long list are seen, the rest unfolds; many tenders have links; one file a table."""
    here, first = run.month(2), run.month(first_tender())
    assert here is not None
    assert first is not None
    [tender, *_] = first["tenders"]["listed"]
    firm = {"employer": tender["led_by"], "hired": 3}
    here["staff"] = {"hired": 2029, "left": 1514, "by": {"count": 891, "listed": [firm] * 60}}
    here["tenders"] = {"count": 4, "listed": [{**tender, "tender": k} for k in range(4)]}
    (run.months / "002.json").write_text(json.dumps(here))

    said = looked_at(client, run, 2)

    seen, _, folded = said.partition('<summary>Show 50 more<span class="unseen">: who hired')
    assert seen.count(" hired 3.") == 10
    assert folded.partition("</details>")[0].count(" hired 3.") == 50
    assert "Only the first 60 of 891 are shown here." in folded
    assert "2,029 people were hired; 1,514 left" in said
    for k in range(4):
        assert f'<a href="#tender-{k}">' in said
        assert f'<h3 id="tender-{k}">' in said
    assert said.count('balances.csv"') == 1
    assert said.count('money.csv"') == 1


def first_tender() -> int:
    """A month in which a tender was decided."""
    months = read_books(lived(), TABLES).tables["tenders"]["month"]
    return int(months[months > 0][0])


def test_a_table_of_a_month_can_be_downloaded(client: Asking, run: WatchedRun) -> None:
    """Whole pence, as the books have them."""
    answer = client.get(f"/watched/{run.name}/2/balances.csv")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    here = run.month(2)
    assert here is not None
    assert [[int(cell) for cell in row[1:]] for row in rows[1:]] == [
        [one["opened"], one["received"], one["paid"], one["closed"]] for one in here["balances"]
    ]
    assert "attachment" in answer.headers["content-disposition"]


def test_months_are_read_once(client: Asking, new: WatchedRun) -> None:
    """Who looks first is told that they are being read; later the books are no longer asked."""
    for _ in range(100):
        answer = client.get(f"/watched/{new.name}")
        if answer.status_code == 303:
            break
        assert "Its months are being read." in answer.text
    assert answer.headers["location"] == f"/watched/{new.name}/1"
    for file in (new.run / "books").iterdir():
        file.unlink()

    assert "Month 5 of 7" in client.get(f"/watched/{new.name}/5").text


@pytest.mark.parametrize(
    "end",
    ["/0", f"/{MONTHS + 1}", "/37", "/-1", "/x", "/1/passwd.csv", "/1/..%2fhead.csv", "/99999999"],
)
def test_a_month_that_is_not_there_is_not_found(client: Asking, run: WatchedRun, end: str) -> None:
    """Nor a table that is none."""
    assert client.get(f"/watched/{run.name}{end}").status_code == 404


@pytest.mark.parametrize("name", ["0" * 16, "..%2f..%2fetc", "x", NAME.upper()])
def test_a_run_that_is_not_here_is_not_found(client: Asking, jobs: OneJob, name: str) -> None:
    """Only names that we made are looked up."""
    assert client.get(f"/watched/{name}").status_code == 404


def test_damaged_books_are_said_to_be(client: Asking, new: WatchedRun) -> None:
    """The file is named; what to do stands there; nothing of the server's paths."""
    (new.run / "books" / "flows.parquet").write_bytes(b"no table")

    for _ in range(20):
        answer = client.get(f"/watched/{new.name}/1")
        if answer.status_code == 409:
            break

    assert answer.status_code == 409
    assert "flows.parquet" in answer.text
    assert str(new.folder) not in answer.text


def test_a_run_that_is_not_whole_is_not_shown(client: Asking, new: WatchedRun) -> None:
    """Its job ended well, but its label says that it is under way."""
    path = new.run / "manifest.json"
    label = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**label, "status": "stopped"}), encoding="utf-8")

    for _ in range(20):
        answer = client.get(f"/watched/{new.name}")
        if answer.status_code == 409:
            break

    assert "not whole" in answer.text


def test_a_name_from_a_file_is_never_markup(client: Asking, run: WatchedRun) -> None:
    """A title that holds script is shown as text."""
    run.write(run.asked.model_copy(update={"title": "<script>alert(1)</script>"}))

    assert "<script>alert" not in looked_at(client, run)


def test_runs_are_listed_by_case(workroom: Workroom, jobs: OneJob) -> None:
    """Those of another case are not shown."""
    results = workroom.settings.results
    watched_run(results, name="1" * 16, case="a" * 16)
    watched_run(results, name="2" * 16)

    watched = WatchedRuns(results, jobs)

    assert [one.name for one in watched.of_case("a" * 16)] == ["1" * 16]
    assert [one.name for one in watched.of_case("")] == ["2" * 16]
    assert watched.find("1" * 16).folder.parents[1].name == "a" * 16


def test_runs_of_a_case_go_with_it(
    client: Asking, jobs: OneJob, workroom: Workroom, case: Case
) -> None:
    """A copy of the case has none of them; deleting it takes them away."""
    watched_run(workroom.settings.results, case=case.name)
    jobs.stands = Stands("running", "It is under way.")
    copy = workroom.copy(case, "Another")
    assert not (copy.folder / "watched").exists()
    assert client.get(f"/watched/{NAME}").status_code == 200

    workroom.delete(case)

    assert client.get(f"/watched/{NAME}").status_code == 404


@pytest.mark.long
def test_a_run_of_the_village_goes_through_the_real_queue(client: Asking) -> None:
    """From the form to its last month: lived in a process of its own, read by the server."""
    chosen = {"place": "village", "policy": "lowest_price", "future": "2", "months": "3"}
    address = client.post("/watch", data=chosen).headers["location"]

    until = time.monotonic() + SLOWEST * 5
    while (answer := client.get(address)).status_code == 200:
        assert "data-again" in answer.text, answer.text
        assert time.monotonic() < until
        time.sleep(0.2)

    assert answer.headers["location"] == f"{address}/1"
    for month in (1, 2, 3):
        text = client.get(f"{address}/{month}").text
        assert f"Lowest price, future no. 2. Month {month} of 3." in text
        assert "Every penny is there: nothing is missing." in text
        assert f'<a href="{address}/{month}" aria-current="page"' in text
    assert client.get(f"{address}/4").status_code == 404
    assert client.get(f"{address}/3/money.csv").text.count("\n") > 5
    assert f'<a href="{address}">' in client.get("/watch?place=village").text


@pytest.mark.parametrize("month", [1, MONTHS])
def test_a_month_can_be_read_at_fourteen(client: Asking, run: WatchedRun, month: int) -> None:
    """What is said of it, without the tables, by the Automated Readability Index."""
    text = prose(looked_at(client, run, month))

    assert len(text.split()) > 60
    assert reading_age(text) <= 14.0
