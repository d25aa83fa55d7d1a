"""The place of a case is chosen anew: what was chosen for the old one is told, kept or let go."""

import pytest

from experiments.web.case import Case
from experiments.web.chosen import Choice, Made, Policies, Said, Uncertain
from experiments.web.moved import Moved
from experiments.web.place_here import PlaceHere, place_here
from experiments.web.question import faults_of, question_of
from experiments.web.ready_made import start_with
from experiments.web.runs.begin import NotReadyError, question_text
from experiments.web.runs.view import place_changed
from scenarios.shelf import find
from tests.experiments.web.asking import Asking
from tests.experiments.web.placed import placed

RANGES = Uncertain(ranges={"market.contract_months": Said(low=24, central=36, high=48)})


def _here(case: Case) -> PlaceHere:
    here = place_here(case)
    assert here is not None
    return here


@pytest.fixture
def moved(client: Asking, case: Case, at: str) -> Case:
    """Policies of Tameside, and then a place in Ohio."""
    here = _here(placed(case, "tameside"))
    now = start_with(here)
    care = {**now.choices, "homecare": Choice(way="social_value"),
            "adult_education": Choice(way="social_value")}  # fmt: skip
    marks = Made(key="marks", name="Marks", choices=care, pillars={"inclusive_finance": 1000.0})
    case.write(Policies(policies=(now, marks), baseline=now.key))
    case.write(RANGES)
    case.question_file.write_text(question_of(case), "utf-8")
    client.post(f"{at}/shelf", data={"name": "cleveland"})
    return case


@pytest.mark.parametrize("step", ["place", "policies", "uncertain", "run"])
def test_every_page_says_at_once_that_the_place_is_another(
    client: Asking, moved: Case, step: str
) -> None:
    """With what does not fit by name, and both ways out of it."""
    text = client.get(f"/cases/{moved.name}/{step}").text

    assert "You chose the place anew" in text
    assert "“Tameside" in text
    assert "The new place does not have:" in text
    assert "Keep what fits" in text
    assert "Begin anew" in text
    if step == "run":
        assert "Say first what becomes of your policies and ranges." in text


def test_nothing_is_asked_before_it_is_said_what_becomes_of_them(moved: Case) -> None:
    """A comparison of another place's policies would answer a question that nobody put."""
    with pytest.raises(NotReadyError, match="chose the place anew"):
        question_text(moved)


def test_what_fits_is_kept(client: Asking, moved: Case) -> None:
    """Home care still has its marks, each kind of spending a way, as now is that of the place."""
    here = _here(moved)
    client.post(f"/cases/{moved.name}/policies/place/keep")

    kept = moved.read(Policies)
    assert kept is not None
    assert kept.base.choices == here.as_now()
    marks = kept.policies[1]
    assert marks.choices["homecare"].way == "social_value"
    assert set(marks.choices) == set(here.spent)
    assert moved.read(Uncertain) == RANGES
    assert faults_of(here, kept, RANGES) == []
    assert "You chose the place anew" not in client.get(f"/cases/{moved.name}/policies").text
    assert "Ohio" in question_text(moved)


def test_all_of_it_can_be_let_go(client: Asking, moved: Case) -> None:
    """Then the case begins with the new place as now."""
    client.post(f"/cases/{moved.name}/policies/place/anew")

    assert [moved.read(model) for model in (Policies, Uncertain, Moved)] == [None] * 3
    assert "You chose the place anew" not in client.get(f"/cases/{moved.name}/policies").text


def test_going_back_to_the_same_place_asks_nothing(client: Asking, moved: Case, at: str) -> None:
    """The first place left is the one that counts."""
    client.post(f"{at}/shelf", data={"name": "village"})
    assert "“Tameside" in client.get(f"/cases/{moved.name}/policies").text

    moved.place_file.write_text(find("tameside").read_text("utf-8"), "utf-8")
    assert "You chose the place anew" not in client.get(f"/cases/{moved.name}/policies").text


def test_answers_of_the_old_place_are_marked(moved: Case) -> None:
    """Also while the new place is still being made; policies and ranges alone are no new place."""
    assert place_changed(moved)
    moved.place_file.unlink()
    assert place_changed(moved)

    moved.place_file.write_text(find("tameside").read_text("utf-8"), "utf-8")
    assert not place_changed(moved)


def test_a_case_without_policies_is_asked_nothing(client: Asking, case: Case, at: str) -> None:
    """There is nothing to keep."""
    placed(case, "village")
    client.post(f"{at}/shelf", data={"name": "tameside"})

    assert case.read(Moved) is None
    assert client.post(f"/cases/{case.name}/policies/place/keep").status_code == 303
