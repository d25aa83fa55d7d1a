"""The month of all ways of buying has each of them in it, and is held against a plain month."""

import pytest

from experiments.bench.ways import POLICY, shared_out, ways_row, with_every_way
from scenarios.read import read_scenario
from scenarios.spec import Scenario
from simulation.procurement import registry


@pytest.fixture(scope="module")
def city() -> Scenario:
    """The place of the bench, in which every way buys something."""
    return with_every_way(read_scenario("preston-2012"))


def test_every_way_of_buying_has_something_to_buy(city: Scenario) -> None:
    """Each built-in way has a rule of its own; none buys what it may not."""
    rules = {rule.regime: rule.categories for rule in city.policies[POLICY].rules}

    assert set(rules) == set(registry.BUILT_IN)
    for way, some in rules.items():
        may = registry.get(way).eligible({})
        assert some
        assert not may or set(some) <= set(may)


def test_every_category_is_bought_in_one_way(city: Scenario) -> None:
    """None is left out, and none has two rules."""
    bought = sorted(one for rule in city.policies[POLICY].rules for one in rule.categories)

    assert bought == sorted({one for buyer in city.buyers for one in buyer.budget})


def test_what_few_may_buy_is_not_taken_by_those_who_may_buy_all() -> None:
    """The ways with the fewest have what they may, though others could take it too."""
    bought = shared_out(["agency_staff", "energy_utilities", "homecare", "public_health"])

    assert bought["reserved_mutual"] == ["homecare"]
    assert bought["alliance"] == ["public_health"]
    assert bought["lowest_price"] == []


def test_a_place_with_few_categories_has_rules_for_those_alone() -> None:
    """A rule without categories would buy whatever its way may."""
    village = with_every_way(read_scenario("village"))

    rules = village.policies[POLICY].rules
    assert 0 < len(rules) < len(registry.BUILT_IN)
    assert all(rule.categories for rule in rules)


@pytest.mark.long
@pytest.mark.compiled
def test_the_month_is_held_against_a_plain_one() -> None:
    """The line says whose month the reference is, and how many ways are in the other."""
    row = ways_row("village", 20)

    assert f"all {len(registry.BUILT_IN)} ways" in row.name
    assert "price_quality" in row.why
    assert row.value > 0
    assert row.reference > 0
    assert str(row.bar) == "ratio <= 2"
