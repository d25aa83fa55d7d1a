"""The page run: what a run takes, how far it is, what came of it; commands here live nothing."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from experiments.design.plan import plan_comparison
from experiments.runner.jobs import Jobs
from experiments.runner.label import label
from experiments.runner.reading import read_question
from experiments.store.manifest import read_manifest, write_manifest
from experiments.web.case import Case
from experiments.web.chosen import Uncertain
from experiments.web.runs.begin import put_aside
from experiments.web.runs.choice import RunChoice
from experiments.web.runs.words import about, between
from tests.experiments.web import run_made
from tests.experiments.web.asking import Asking
from tests.experiments.web.prose import prose
from tests.experiments.web.run_made import awaited, finish, give_place, hold, label_folder
from tests.reading_age import reading_age

OWN = {"effort": "own", "futures": "4", "months": "12"}


@pytest.fixture(autouse=True)
def jobs(monkeypatch: pytest.MonkeyPatch, case: Case) -> Iterator[Jobs]:
    """The queue as another server would see it; no command lives anything, none outlives a test."""
    run_made.little_commands(monkeypatch)
    queue = Jobs(case.folder.parents[1] / "jobs")
    yield queue
    for one in queue.of_case(case.name):
        queue.stop(one.job)


@pytest.fixture
def here(case: Case) -> str:
    """The page of a case whose place is chosen."""
    give_place(case)
    return f"/cases/{case.name}/run"


def test_a_case_without_a_place_has_nothing_to_run(client: Asking, case: Case) -> None:
    """The page says what to do first, and a post begins nothing."""
    address = f"/cases/{case.name}/run"

    assert "Choose a place first" in client.get(address).text
    assert client.post(address, data=OWN).status_code == 422
    assert not case.question_file.exists()


def test_a_place_that_cannot_be_read_is_told(client: Asking, case: Case) -> None:
    """Its own fault, in place of a page that breaks."""
    case.place_file.write_text("name = 3", "utf-8")

    assert "The place of this case cannot be read" in client.get(f"/cases/{case.name}/run").text


def test_before_a_run_one_sees_what_it_takes(client: Asking, here: str) -> None:
    """Policies, months, memory, and how long each size takes."""
    text = client.get(here).text

    for told in ("Policies compared</dt><dd>2<", "15 months", " GB of ", "20 futures, "):
        assert told in text
    assert len(re.findall(r"futures, (?:less than|about|\d+ to \d+)", text)) == 3


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, ["Choose how large the run is to be."]),
        ({"effort": "huge"}, ["Choose how large the run is to be."]),
        ({"effort": "own"}, ["number of futures", "number of months", "the field is empty"]),
        ({**OWN, "futures": "1"}, ["number of futures as a whole number from 2 to 500: not “1”."]),
        ({**OWN, "months": "241"}, ["number of months as a whole number from 6 to 240"]),
        ({**OWN, "months": "٣٦"}, ["number of months"]),
        ({**OWN, "futures": "<b>4</b>", "months": "-12"}, ["not “&lt;b&gt;4", "not “-12”"]),
    ],
)
def test_what_is_typed_wrong_is_told_at_once(
    client: Asking, here: str, case: Case, typed: dict[str, str], told: list[str]
) -> None:
    """At the top and at the field; nothing begins."""
    answer = client.post(here, data=typed)

    assert answer.status_code == 422
    assert all(answer.text.count(one) >= 2 for one in told)
    assert not case.question_file.exists()


def test_a_run_is_one_command_on_the_question_as_it_stood(
    client: Asking, here: str, case: Case, jobs: Jobs
) -> None:
    """The question is frozen; a second press begins no second run; the case knows its job."""
    held = hold(case)

    answer = client.post(here, data=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    client.post(here, data=OWN)

    [state] = jobs.of_case(case.name)
    assert state.arguments[:6] == (
        "compare", str(case.question_file.resolve()), "--months", "12", "--replicates", "4",
    )  # fmt: skip
    assert case.question_file.read_bytes() == case.place_file.read_bytes()
    assert case.read(RunChoice) == RunChoice(effort="own", futures=4, months=12, job=state.job)
    assert "Your run is under way" in client.get(here).text
    held.unlink()
    awaited(jobs, case, lambda state: state.status == "finished")
    assert "Your run is finished" in client.get(here).text
    assert f'href="/cases/{case.name}/answers"' in client.get(here).text


def test_a_named_size_takes_the_months_of_the_question(
    client: Asking, here: str, case: Case, jobs: Jobs
) -> None:
    """So that a larger run goes on from a smaller one."""
    client.post(here, data={"effort": "quick"})

    [state] = jobs.of_case(case.name)
    assert state.arguments[2:6] == ("--months", "15", "--replicates", "5")


def test_while_it_runs_one_sees_what_has_come_out(
    client: Asking, here: str, case: Case, jobs: Jobs
) -> None:
    """Averages so far with their interval, how many futures, that it is not final, what failed."""
    held = hold(case)
    client.post(here, data=OWN)
    label_folder(case, 4)
    assert "0 of 4 futures are finished" in client.get(here).text

    finish(case, 0)
    finish(case, 1)
    finish(case, 2, {"lowest_price": "ValueError: <script>no bids</script>"})
    text = client.get(here).text

    assert "3 of 4 futures are finished" in text
    assert "The rest takes less than a minute" in text
    assert "So far, and not final" in text
    assert "<td>40p" in text, "the average of 0.40 and 0.41 by lowest price"
    assert "51p" in text
    assert re.search(r"<td>£1.21 <span[^>]*>\(£1.20 to £1.22\)", text)
    assert "1 run of Lowest price: ValueError: &lt;script&gt;no bids" in text
    held.unlink()


def test_stopped_it_says_what_is_kept_and_goes_on(
    client: Asking, here: str, case: Case, jobs: Jobs
) -> None:
    """The same job, its next try."""
    hold(case)
    client.post(here, data=OWN)
    awaited(jobs, case, lambda state: state.status == "running")
    label_folder(case, 4)
    finish(case, 0)

    assert client.post(f"{here}/stop").status_code == 303
    awaited(jobs, case, lambda state: state.status == "stopped")
    text = client.get(here).text
    assert "You stopped it. 1 of 4 futures are kept; press “Go on” for the rest." in text
    assert "So far, and not final" in text

    assert client.post(f"{here}/go-on").status_code == 303
    state = awaited(jobs, case, lambda state: state.status == "running")
    assert state.attempt == 2
    client.post(f"{here}/stop")


def test_a_run_that_failed_says_why(client: Asking, here: str, case: Case, jobs: Jobs) -> None:
    """In the program's words, escaped, without paths of the machine."""
    (case.folder / "refuse").write_text(f"<i>no</i> {case.folder.resolve()}/question.toml")
    client.post(here, data=OWN)
    awaited(jobs, case, lambda state: state.status == "failed")

    text = client.get(here).text

    assert "Your run failed" in text
    assert "&lt;i&gt;no&lt;/i&gt; question.toml" in text
    assert str(case.folder) not in text


def test_a_question_changed_since_is_told(
    client: Asking, here: str, case: Case, jobs: Jobs
) -> None:
    """Before anyone reads old answers as if they were of the new question."""
    client.post(here, data=OWN)
    awaited(jobs, case, lambda state: state.status == "finished")
    assert "What is finished is kept and added to" in client.get(here).text

    with case.place_file.open("a") as file:
        file.write("# changed\n")

    assert "The question was changed after this run had begun" in client.get(here).text


def test_results_of_another_question_are_put_aside(case: Case, here: str) -> None:
    """More futures of the same question are added to; other months, and nothing of it is lost."""
    scenario = read_question(str(case.place_file), ())
    plan = plan_comparison(scenario, replicates=5)
    assert put_aside(case.answers, scenario, plan) is None
    case.answers.mkdir()
    write_manifest(case.answers, label("compare", scenario, plan, 2))

    assert put_aside(case.answers, scenario, plan_comparison(scenario, replicates=50)) is None
    aside = put_aside(case.answers, scenario, plan_comparison(scenario, months=24))

    assert aside == case.folder / "answers-before-1"
    assert read_manifest(aside) is not None
    assert not case.answers.exists()
    case.answers.mkdir()
    (case.answers / "torn").touch()
    assert put_aside(case.answers, scenario, plan) == case.folder / "answers-before-2"


def test_the_run_is_told_live_until_its_end(
    client: Asking, here: str, case: Case, jobs: Jobs
) -> None:
    """Each change as an event that holds the part of the page; then that it ended."""
    assert client.get(f"{here}/live").text.splitlines()[0] == "event: ended"
    held = hold(case)
    client.post(here, data=OWN)
    label_folder(case, 4)
    finish(case, 0)

    with client.stream("GET", f"{here}/live") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines) == "event: stands"
        held.unlink()
        text = "\n".join(lines)

    assert "1 of 4 futures are finished" in text
    assert text.rstrip().endswith("event: ended\ndata: ended")


def test_a_run_waits_for_its_turn(client: Asking, here: str, case: Case, jobs: Jobs) -> None:
    """The page says that others come before it, and one can leave the queue."""
    first = jobs.submit("compare", ["sleep", str(case.folder / "mark")], case="other", label="x")
    assert "one job comes before yours" in client.get(here).text

    client.post(here, data=OWN)

    text = client.get(here).text
    assert "Your run waits" in text
    assert "Leave the queue" in text
    client.post(f"{here}/stop")
    assert "You stopped it." in client.get(here).text
    jobs.stop(first)


def test_the_page_reads_at_fourteen(client: Asking, here: str, case: Case, jobs: Jobs) -> None:
    """Before a run, while it goes on, and after it was stopped."""
    before = prose(client.get(here).text)
    hold(case)
    client.post(here, data=OWN)
    label_folder(case, 4)
    for future in range(4):
        finish(case, future)
    during = prose(client.get(here).text)
    client.post(f"{here}/stop")
    awaited(jobs, case, lambda state: state.status == "stopped")
    after = prose(client.get(here).text)

    for text in (before, during, after):
        assert len(text) > 500
        assert reading_age(text) <= 14.0


def test_times_are_said_as_people_say_them() -> None:
    """No finer than anyone needs."""
    assert [about(one) for one in (3, 60, 700, 5000, 20000, 200000)] == [
        "less than a minute", "about 1 minute", "about 12 minutes", "about 83 minutes",
        "about 6 hours", "about 2 days",
    ]  # fmt: skip
    assert [between(*one) for one in ((5, 50), (40, 300), (4000, 9000), (100, 110))] == [
        "less than 2 minutes", "1 to 5 minutes", "1 to 2 hours", "about 2 minutes",
    ]  # fmt: skip


def test_the_page_asks_as_the_scenario_does(here: str, case: Case) -> None:
    """The made-up place is what these tests take it for."""
    asked = tomllib.loads(Path(case.place_file).read_text("utf-8"))["compare"]

    assert (asked["months"], asked["regimes"]) == (15, ["lowest_price", "price_quality"])


def test_what_is_run_is_what_the_pages_before_chose(
    client: Asking, here: str, case: Case, jobs: Jobs
) -> None:
    """Policies of one's own are in the question that is frozen, and in what the page says of it."""
    policies = f"/cases/{case.name}/policies"
    client.post(policies, data={"ready": "social_value"})
    client.post(policies, data={"ready": "lowest_price"})

    text = client.get(here).text
    client.post(here, data=OWN)

    asked = tomllib.loads(case.question_file.read_text("utf-8"))
    assert asked["compare"]["regimes"] == list(asked["policies"])
    assert len(asked["policies"]) == 3
    assert "<dd>3</dd>" in text


def test_policies_that_make_no_question_lead_back_to_their_page(
    client: Asking, here: str, case: Case
) -> None:
    """What is missing is said, with a link, and nothing is begun."""
    case.write(Uncertain(ranges={}))

    text = client.get(here).text

    assert "Say which policies to compare first." in text
    assert f'href="/cases/{case.name}/policies"' in text
    assert client.post(here, data=OWN).status_code == 422
    assert not case.question_file.exists()
