"""Rules that never decide are told, with the options beside a rule counted as what it may buy."""

import pytest

from scenarios.errors import Problem
from scenarios.read import read_scenario
from simulation.model.idle_rules import idle_rules

MUTUALS = 'regime="reserved_mutual"'
FOOD = '{regime="lowest_price", categories=["food_supplies"]}'


@pytest.mark.parametrize(
    ("regime", "category"),
    [("incubated_coop", "construction_works"), ("reserved_mutual", "building_maintenance")],
)
def test_a_rule_for_what_its_way_may_never_buy_is_told(regime: str, category: str) -> None:
    """Nobody founds a co-op for construction; what else the rule names is still bought so."""
    found, *_ = told(f'regime="{regime}", categories=["{category}", "homecare"]')

    assert f"a rule for {category}, which `{regime}` may never buy" in found.found
    assert told(f'regime="{regime}", categories=["homecare"]') == []


def told(first: str) -> list[Problem]:
    """Say what is idle in the village where a rule stands before one for food."""
    sets = ['policies.x.regime="price_quality"', f"policies.x.rules=[{{{first}}}, {FOOD}]"]
    return list(idle_rules(read_scenario("village", tuple(sets))))


def test_a_rule_takes_what_its_options_may_buy() -> None:
    """Mutuals are no way to buy food, but the tender assessed beside them is."""
    assert told(MUTUALS) == []

    (found,) = told(MUTUALS + ', options=[{regime="price_quality"}]')

    assert found.path == ("policies", "x", "rules", 1)
    assert "goes by rules.0 above it" in found.found
