"""The question of a case: what any form that is taken leads to can be compared."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.runner.label import policies
from experiments.runner.reading import read_question, text_with_ways
from experiments.web.case import Case
from experiments.web.chosen import Choice, Made, Policies, Said, Uncertain, key_for
from experiments.web.numbers import NotANumberError, shown, typed_value
from experiments.web.place_here import place_here
from experiments.web.question import NotAskedError, compose, question_of
from experiments.web.ready_made import ready_made, start_with
from experiments.web.ways import does, settings_of
from scenarios.assumptions import register
from simulation.procurement.registry import names
from tests.experiments.web.asking import Asking
from tests.experiments.web.placed import placed

CATEGORIES = ("homecare", "catering", "ict", "construction_works")


def _asked(case: Case, *policies: Made, **more) -> str:
    first = start_with(place_here(case))
    case.write(Policies(policies=(first, *policies), baseline=first.key, **more))
    return question_of(case)


def test_what_is_written_is_what_was_chosen(case: Case) -> None:
    """Rules by kind of spending, until they begin as now; levers, adopters and ranges beside."""
    here = place_here(placed(case, "plymouth"))
    now = here.as_now()
    later = Choice(way="social_value", settings={"weight": 0.2}, begins=15)
    made = Made(
        key="local-care",
        name="Local care",
        choices={**now, "homecare": later, "complex_needs": Choice(way="alliance")},
        pillars={"fair_employment": 1000.0, "land_assets": 0.0},
        adopters="one",
    )
    case.write(Uncertain(ranges={"build.unemployment": Said(low=0.02, central=0.04, high=0.06)}))

    text = _asked(case, made)

    case.question_file.write_text(text, "utf-8")
    scenario = read_question(str(case.question_file), ())
    policy = scenario.policies["local-care"]
    assert text == case.question_file.read_text("utf-8")
    assert [(rule.categories, rule.regime) for rule in policy.rules] == [
        (("homecare",), "social_value"),
        (("complex_needs",), "alliance"),
    ]
    begins = policy.rules[0].from_month
    assert begins is not None
    assert (begins.year, begins.month) == (2025, 7)
    assert policy.rules[0].parameters == {"weight": 0.2}
    assert (policy.pillars.total, policy.adopters) == (1000.0, "one")
    assert scenario.compare.regimes == ("as-now", "local-care")
    assert scenario.compare.baseline == "as-now"
    assert scenario.ranges["build.unemployment"].high == 0.06
    assert "build.unemployment" not in scenario.assumptions
    assert scenario.assumptions["build.lot_pounds"] == 250_000


def test_comments_and_all_else_of_the_place_stay(case: Case) -> None:
    """Policies, what is compared, and ranges are written; the rest is the place's word by word."""
    here = place_here(placed(case, "plymouth"))

    text = compose(here, Policies(policies=(start_with(here),), baseline="as-now"))

    head = here.text.partition("[policies]")[0]
    assert text.startswith(head)
    assert "# complex needs stand in 25 contracts" in text


def test_what_begins_later_is_bought_as_under_the_baseline_until_then(case: Case) -> None:
    """The baseline may itself buy that kind of spending in another way than the rest."""
    here = place_here(placed(case, "plymouth"))
    base = {**here.as_now(), "homecare": Choice(way="lowest_price")}
    later = {**base, "homecare": Choice(way="social_value", begins=6)}
    policies = Policies(
        policies=(
            Made(key="base", name="Base", choices=base),
            Made(key="later", name="Later", choices=later),
        ),
        baseline="base",
    )
    case.write(policies)

    case.question_file.write_text(question_of(case), "utf-8")

    rules = read_question(str(case.question_file), ()).policies["later"].rules
    assert [(rule.regime, rule.from_month is None) for rule in rules] == [
        ("social_value", False),
        ("lowest_price", True),
    ]


@pytest.mark.parametrize("place", ["village", "preston-2012", "plymouth", "cleveland"])
def test_every_ready_made_policy_can_be_asked_about(case: Case, place: str) -> None:
    """On the shelf's places, in two nations and by the law of two dates."""
    here = place_here(placed(case, place, lawful=True))

    for ready in ready_made(here):
        made = Made(key="other", name=ready.title, choices=ready.choices)
        _asked(case, made, what_if=ready.what_if)


def test_a_case_without_place_or_policies_is_no_question(case: Case) -> None:
    """Each thing that is missing names the page to go to."""
    with pytest.raises(NotAskedError) as error:
        question_of(case)

    assert [one.step for one in error.value.faults] == ["place", "policies"]


def test_a_fault_names_the_page_the_policy_and_the_spending(case: Case) -> None:
    """What the law does not know, what is unknown, and what a lever may not have: all at once."""
    here = place_here(placed(case, "preston-2012", lawful=True))
    outside = {**here.as_now(), "homecare": Choice(way="reserved_mutual")}
    greedy = Made(key="greedy", name="Greedy", choices=here.as_now(), pillars={"land_assets": 1e11})

    with pytest.raises(NotAskedError) as error:
        _asked(case, Made(key="mutuals", name="Mutuals", choices=outside), greedy)

    told = {one.policy: one for one in error.value.faults}
    assert told["mutuals"].categories == ("homecare",)
    assert told["mutuals"].outside
    assert told["mutuals"].text.startswith("Mutuals, home care: “Reserved for mutuals” is outside")
    assert told["greedy"].text.startswith("Greedy: We found levers of GBP")
    assert all(one.step == "policies" for one in error.value.faults)


FORMS = st.fixed_dictionaries(
    {
        "category": st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True),
        "way": st.sampled_from(names()),
        "begins": st.sampled_from(["", "0", "7", "59", "60", "-1", "soon"]),
        "what_if": st.sampled_from(["", "yes"]),
    }
)


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(form=FORMS, data=st.data())
def test_any_form_that_is_taken_can_be_compared(
    client: Asking, case: Case, form: dict, data: st.DataObject
) -> None:
    """Whatever ways, settings and months are typed: it is refused with a fault, or can be asked."""
    placed(case, "preston-2012", lawful=data.draw(st.booleans()))
    here = place_here(case)
    made = Made(key="other", name="Other", choices=here.as_now())
    case.write(Policies(policies=(start_with(here), made), baseline="as-now"))
    entries = settings_of(form["way"])
    for short in data.draw(st.lists(st.sampled_from([*entries, "none"]), max_size=3)):
        if short in entries:
            entry = entries[short]
            ends = [shown(entry, one) for one in (entry.low, entry.value, entry.high)]
            form[f"s-{short}"] = data.draw(st.sampled_from([*ends, "", "nan", "1e99", "-5", "37"]))

    answer = client.post(f"/cases/{case.name}/policies/other/way", data=form)

    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        case.question_file.write_text(question_of(case), "utf-8")
        read_question(str(case.question_file), ())
    else:
        assert "Something has to be put right" in answer.text


def test_keys_are_short_words_that_nothing_else_has() -> None:
    """Whatever a policy is called, its key can stand in a scenario."""
    assert key_for("Local care!", (), ()) == "local-care"
    assert key_for("Grant", ["grant"], ()) == "our-grant"
    assert key_for("Local care", (), ["local-care"]) == "local-care-2"
    assert key_for("—", (), ()) == "policy"


@given(
    entry=st.sampled_from(list(register().values())),
    share=st.floats(min_value=0.0, max_value=1.0),
)
def test_a_number_is_typed_as_it_is_shown(entry, share: float) -> None:
    """What the page shows and takes back is the same, to ten digits; or the unit has whole ones."""
    value = entry.low + share * (entry.high - entry.low)
    try:
        found = typed_value(entry, shown(entry, value))
    except NotANumberError:
        assert value != round(value)
    else:
        assert found == pytest.approx(value, rel=1e-9, abs=1e-12)


def test_each_way_of_ours_is_told_in_two_sentences() -> None:
    """No more and no fewer."""
    for name in names():
        assert does(name).rstrip(".").count(". ") == 1, name


def test_reports_call_a_policy_what_the_officer_called_it(case: Case) -> None:
    """Its key is made of short words; its title is the name as typed."""
    here = place_here(placed(case, "plymouth"))
    name = "As now, Déjà vu & more"
    first = start_with(here).model_copy(update={"name": name})
    other = Made(key="grant-2", name="Grants", choices=first.choices)

    text = compose(here, Policies(policies=(first, other), baseline=first.key))

    scenario = text_with_ways(text, here.scenario.file).require()
    listed = policies(scenario, scenario.compare.regimes)
    assert [one["title"] for one in listed] == [name, "Grants"]
