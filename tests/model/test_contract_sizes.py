"""A scenario may say how large and how long contracts of a category are; the others stay usual."""

import pytest

from scenarios.errors import ScenarioError
from scenarios.read import draft_from_text, read_scenario
from scenarios.spec import Scenario
from simulation.model.idle_rules import idle_rules
from simulation.model.letting import asked_of, need_of
from simulation.model.run import Prepared
from tests.model.opening import open_place, whole_register
from tests.model.three_districts import three_districts

USUAL_MONTHS = 36


def stated(*sets: str) -> Scenario:
    """The three districts with what is stated of contracts."""
    return draft_from_text(three_districts().source, "three.toml", sets).require()


def opened(*sets: str) -> Prepared:
    """These on their first day."""
    scenario = stated(*sets)
    return open_place(scenario, whole_register(scenario, {}))


def lots_by_category(place: Prepared) -> dict[str, int]:
    """How many lots each category is cut into."""
    ids = place.stewardship.office.category_ids
    out: dict[str, int] = {}
    for lot in place.stewardship.lots:
        out[ids[lot.category]] = out.get(ids[lot.category], 0) + 1
    return out


@pytest.mark.compiled
def test_a_budget_is_cut_into_contracts_of_the_size_that_is_stated() -> None:
    """As many as the budget holds of them; another category is cut as before."""
    before = lots_by_category(opened())
    (category, *others) = list(before)
    budget = sum(one.budget.get(category, 0.0) for one in three_districts().buyers)

    after = lots_by_category(opened(f"contracts.lot_pounds.{category}={budget / 20:.0f}"))

    assert after[category] == pytest.approx(20, abs=len(three_districts().buyers))
    assert after[category] != before[category]
    assert {name: after[name] for name in others} == {name: before[name] for name in others}


@pytest.mark.compiled
def test_contracts_are_let_for_the_months_that_are_stated() -> None:
    """The need and the value by which rules judge it have that length, and the first day too."""
    category = next(iter(lots_by_category(opened())))
    place = opened(f"contracts.months.{category}=12")
    office, town = place.stewardship.office, place.town

    for lot in place.stewardship.lots:
        months = 12 if office.category_ids[lot.category] == category else USUAL_MONTHS
        assert need_of(town, office, lot, lot.units_month).months == months
        assert asked_of(town, office, lot).value_pounds == lot.units_month * months
        if months == 12:
            assert lot.ends <= 12


def test_what_is_stated_of_no_category_is_refused() -> None:
    """With the name that was probably meant."""
    with pytest.raises(ScenarioError, match="homecare") as refused:
        stated("contracts.lot_pounds.home_care=1000", "contracts.months.home_care=12")

    assert len(refused.value.faults) == 2


def test_a_rule_for_more_than_a_longer_contract_comes_to_is_still_idle() -> None:
    """A rule from a value that only the stated length reaches is no idle one."""
    rule = 'policies.x.rules=[{regime="lowest_price", categories=["homecare"], from_value=%d}]'
    budget = read_scenario("village").buyers[0].budget["homecare"]
    sets = ('policies.x.regime="price_quality"', rule % round(budget * 4))

    usual = list(idle_rules(read_scenario("village", sets)))
    longer = list(idle_rules(read_scenario("village", (*sets, "contracts.months.homecare=60"))))

    assert ["more than any contract" in one.found for one in usual] == [True]
    assert longer == []
