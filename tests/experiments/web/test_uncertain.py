"""The page of what is uncertain: what matters most is asked, and only what is changed is kept."""

import pytest

from experiments.runner.replicate import all_entries
from experiments.web.case import Case
from experiments.web.chosen import Said, Uncertain
from experiments.web.influence import higher, influences, matter_most, table_of
from experiments.web.pages.uncertain import MOST
from experiments.web.question import question_of
from tests.experiments.web.asking import Asking
from tests.experiments.web.placed import placed


@pytest.fixture
def preston(client: Asking, case: Case) -> Case:
    """A case about Preston in 2012, with social value beside as now."""
    placed(case, "preston-2012")
    client.post(f"/cases/{case.name}/policies", data={"ready": "social_value"})
    return case


def _at(case: Case, path: str = "") -> str:
    return f"/cases/{case.name}/uncertain{path}"


def _first() -> str:
    return matter_most(["social_value", "price_quality"], all_entries(), 1)[0]


def _fields(name: str, low: str, central: str, high: str) -> dict[str, str]:
    ends = {"low": low, "central": central, "high": high}
    return {"shown": name, **{f"{name}-{end}": text for end, text in ends.items()}}


def _kept(case: Case) -> dict[str, Said]:
    found = case.read(Uncertain)
    assert found is not None
    return found.ranges


def test_without_a_place_the_page_leads_to_the_place(client: Asking, case: Case) -> None:
    """There is nothing to choose yet."""
    assert "First choose your place" in client.get(_at(case)).text


def test_a_handful_is_asked_with_unit_grade_and_source(client: Asking, preston: Case) -> None:
    """Each with what a higher value did."""
    text = client.get(_at(preston)).text

    assert text.count('class="assumption"') == MOST
    assert text.count("In our tests a higher value") == MOST
    assert "This comes from" in text
    assert all_entries()[_first()].source[:20] in text


def test_what_nobody_touched_is_not_kept(client: Asking, preston: Case) -> None:
    """The page sent back as it was is the register's own future, to the byte."""
    before = question_of(preston)
    text = client.get(_at(preston)).text
    form = {"shown": []}
    for field in text.split("<input")[1:]:
        words = dict(part.split('="', 1) for part in field.split('" ') if '="' in part)
        name = words.get(" name") or words.get("name")
        if name == "shown":
            form["shown"].append(words["value"].partition('"')[0])
        elif name and name != "token":
            form[name] = words["value"].partition('"')[0]

    answer = client.post(_at(preston), data=form)

    assert answer.headers["location"].endswith("/run")
    assert len(form["shown"]) == MOST
    assert _kept(preston) == {}
    assert question_of(preston) == before


def test_a_range_is_changed_and_taken_back(client: Asking, preston: Case) -> None:
    """The page says that it was changed."""
    name = _first()
    entry = all_entries()[name]
    form = _fields(name, "1", "2", "3")

    client.post(_at(preston), data=form)
    changed = _kept(preston)
    text = client.get(_at(preston)).text
    client.post(_at(preston), data={**form, "reset": name})

    assert list(changed) == [name]
    assert changed[name].low in (1.0, 0.01)
    assert "You have changed it." in text
    assert _kept(preston) == {}
    assert entry.name == name


def test_every_fault_is_told_at_its_field(client: Asking, preston: Case) -> None:
    """Not a number, out of order, not allowed by the unit; what was typed stands there still."""
    share = next(
        one.name for one in all_entries().values()
        if one.unit == "share" and one.distribution == "uniform" and one.name.startswith("firms.")
    )  # fmt: skip

    wrong = client.post(_at(preston), data=_fields(share, "some", "30", "20"))
    beyond = client.post(_at(preston), data=_fields(share, "10", "30", "200"))

    assert wrong.status_code == beyond.status_code == 422
    assert f'id="{share}-low-fault"' in wrong.text
    assert f'id="{share}-high-fault"' in wrong.text
    assert 'value="some"' in wrong.text
    assert "We need a number from 0 to 100." in beyond.text
    assert f'id="{share}-high-fault"' in beyond.text
    assert preston.read(Uncertain) is None


def test_all_that_is_uncertain_is_listed_and_searched(client: Asking, preston: Case) -> None:
    """One found there is asked about, too."""
    everything = client.get(_at(preston, "/all")).text
    found = client.get(_at(preston, "/all"), params={"word": "REMEDY"}).text
    asked = client.get(_at(preston), params={"also": ["social_value.remedy_rate", "none.such"]})

    assert everything.count("?also=") > 100
    assert found.count("?also=") == 1
    assert 'id="social_value.remedy_rate"' in asked.text
    assert "none.such" not in asked.text


def test_settings_that_a_policy_sets_are_not_uncertain(client: Asking, preston: Case) -> None:
    """A decision is not drawn."""
    client.post(
        f"/cases/{preston.name}/policies/social-value-weighting/way",
        data={"category": "homecare", "way": "social_value", "s-remedy_rate": "77"},
    )

    assert "?also=social_value.remedy_rate" not in client.get(_at(preston, "/all")).text


def test_what_the_place_holds_says_so_and_can_be_opened(client: Asking, case: Case) -> None:
    """A range then stands in place of what the file holds."""
    placed(case, "plymouth")
    name = "build.unemployment"

    text = client.get(_at(case), params={"also": name}).text
    client.post(f"/cases/{case.name}/policies", data={"ready": "social_value"})
    client.post(_at(case), data=_fields(name, "3", "3.9", "5"))

    assert "The file of your place sets this number" in text
    assert _kept(case)[name] == Said(low=0.03, central=0.039, high=0.05)
    assert "[ranges]" in question_of(case)


def test_the_table_of_influence_names_what_the_register_has() -> None:
    """A name that the register lost would be asked about in vain."""
    known = all_entries()

    assert {one.assumption for one in influences()} <= set(known)
    assert all(abs(one.mu) <= one.mu_star * 1.01 for one in influences())


def test_the_table_is_made_of_the_answer_of_the_sweep() -> None:
    """What moves nothing is left out."""
    factors = [
        {"factor": "a.b", "mu": -0.5, "mu_star": 1.0},
        {"factor": "a.c", "mu": 0, "mu_star": 0},
    ]
    answer = {"sensitivity": [{"policy": "grant", "measure": "quality", "factors": factors}]}

    assert table_of(answer).splitlines()[1:] == ["grant,quality,a.b,-0.5,1"]


def test_a_higher_value_is_told_where_it_matters_most() -> None:
    """Each of those asked about has its sentence."""
    for one in matter_most(["social_value"], all_entries(), MOST):
        assert higher(one, ["social_value"]).startswith("In our tests a higher value")
    assert higher("none.such", ["social_value"]) == ""
