"""A case as a whole: renamed, copied, deleted."""

import pytest

from experiments.runner.jobs import Jobs
from experiments.web.case import About, Case
from experiments.web.workroom import Workroom
from tests.experiments.web.asking import Asking


def test_a_case_gets_another_name(client: Asking, case: Case) -> None:
    """Blanks at its ends and lines in it are put right; when it was begun stays."""
    begun = case.about.begun

    answer = client.post(f"/cases/{case.name}/rename", data={"title": "  Cleaning\n in 2028 "})

    assert answer.status_code == 303
    assert case.about == About(title="Cleaning in 2028", begun=begun)


@pytest.mark.parametrize("title", ["", "  ", "x" * 121])
def test_a_bad_name_is_refused_and_what_was_typed_is_kept(
    client: Asking, case: Case, title: str
) -> None:
    """The old one stays."""
    answer = client.post(f"/cases/{case.name}/rename", data={"title": title})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{title.strip()}"' in answer.text
    assert case.about.title == "School meals"


def test_a_copy_holds_what_was_chosen_and_no_answer(
    client: Asking, workroom: Workroom, case: Case
) -> None:
    """What if: place and policies go along, the run and its answers do not."""
    (case.folder / "place.toml").write_text("here", "utf-8")
    case.imported.mkdir()
    (case.imported / "payments.parquet").write_bytes(b"paid")
    case.answers.mkdir()
    (case.answers / "summary.json").write_text("{}", "utf-8")
    (case.folder / "run.json").write_text("{}", "utf-8")

    answer = client.post(f"/cases/{case.name}/copy")

    made = workroom.find(answer.headers["location"].split("/")[2])
    kept = {str(path.relative_to(made.folder)) for path in made.folder.rglob("*")}
    assert kept == {"case.json", "place.toml", "import", "import/payments.parquet"}
    assert made.about.title == "What if: School meals"
    assert case.about.title == "School meals"


def test_a_case_is_deleted_whole_once_it_is_meant(
    client: Asking, workroom: Workroom, case: Case
) -> None:
    """Not by one press alone, and then with all its files."""
    asked = client.post(f"/cases/{case.name}/delete")
    assert asked.status_code == 422
    assert case.folder.exists()

    client.post(f"/cases/{case.name}/delete", data={"sure": "yes"})

    assert list(workroom.settings.cases.iterdir()) == []
    assert client.get(f"/cases/{case.name}/keep").status_code == 404


@pytest.fixture
def waiting(client: Asking) -> Jobs:
    """A queue that lets nothing begin, so that what is asked for waits for ever."""
    jobs: Jobs = client.app.state.jobs  # type: ignore[attr-defined]
    jobs.at_once = 0
    return jobs


def test_a_case_at_work_is_deleted_once_the_work_is_stopped(
    client: Asking, waiting: Jobs, workroom: Workroom, case: Case
) -> None:
    """A command that still writes there would bring half of it back; a button stops it."""
    waiting.submit("compare", ["compare", "village"], case=case.name, label="School meals")

    answer = client.post(f"/cases/{case.name}/delete", data={"sure": "yes"})
    assert answer.status_code == 422
    assert "Stop it first" in answer.text
    assert 'href="#stop"' in answer.text
    assert "School meals: it waits for its turn." in answer.text
    assert f'action="/cases/{case.name}/delete"' not in answer.text
    assert case.folder.exists()

    stopped = client.post(f"/cases/{case.name}/stop")
    assert stopped.headers["location"] == f"/cases/{case.name}/keep#delete"
    assert f'action="/cases/{case.name}/delete"' in client.get(f"/cases/{case.name}/keep").text
    client.post(f"/cases/{case.name}/delete", data={"sure": "yes"})
    assert workroom.all() == []


def test_a_case_whose_place_is_being_made_is_not_copied(
    client: Asking, waiting: Jobs, workroom: Workroom, case: Case
) -> None:
    """Both would have one job: the copy would wait for what is written elsewhere."""
    client.post(f"/cases/{case.name}/place/district", data={"code": "E08000008"})

    answer = client.post(f"/cases/{case.name}/copy")

    assert answer.status_code == 422
    assert "still being made" in answer.text
    assert 'id="copy-fault"' in answer.text
    assert [one.name for one in workroom.all()] == [case.name]


def test_a_copy_does_not_share_the_run(
    client: Asking, waiting: Jobs, workroom: Workroom, case: Case
) -> None:
    """It goes on in the one, and the other can be deleted meanwhile."""
    run = waiting.submit("compare", ["compare", "village"], case=case.name, label="School meals")
    made = client.post(f"/cases/{case.name}/copy").headers["location"].split("/")[2]

    client.post(f"/cases/{made}/stop")
    assert waiting.state(run).status == "queued"
    client.post(f"/cases/{made}/delete", data={"sure": "yes"})

    assert [one.name for one in workroom.all()] == [case.name]


def test_what_a_killed_server_left_half_done_is_taken_away(workroom: Workroom, case: Case) -> None:
    """Half a copy and half a deletion are no cases, and do not stay for ever."""
    half = workroom.settings.cases / ".0123456789abcdef.aside"
    half.mkdir()
    (half / "place.toml").write_text("here", "utf-8")

    workroom.tidy()

    assert [path.name for path in workroom.settings.cases.iterdir()] == [case.name]
