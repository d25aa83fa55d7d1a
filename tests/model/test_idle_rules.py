"""Rules that never decide are told, with the options beside a rule counted as what it may buy."""

from scenarios.errors import Problem
from scenarios.read import read_scenario
from simulation.model.idle_rules import idle_rules

MUTUALS = 'regime="reserved_mutual"'
FOOD = '{regime="lowest_price", categories=["food_supplies"]}'


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
