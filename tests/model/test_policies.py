"""A policy is a mix: its rules, who adopts it, and a baseline that may be a mix itself."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from scenarios import shelf
from scenarios.errors import Fault
from scenarios.read import draft_from_text
from scenarios.spec import Scenario
from simulation.model.check import registry_faults
from simulation.model.policies import Asked, ResolvedPolicy, all_categories, resolve
from tests.model.opening import open_place, whole_register
from tests.model.three_districts import three_districts

PAGE = Path(__file__).resolve().parents[2] / "docs" / "mixes.md"
MONTH = 2024 * 12 + 5
DISTRICTS = ("north-council", "middle-council", "south-council", "county-council")
"""Buyers of the three districts in the order of the file; the county sits in the middle."""


def of_policies(*sets: str) -> Scenario:
    """Read the three districts with policies of one's own."""
    return draft_from_text(three_districts().source, "three.toml", sets).require()


def resolved(scenario: Scenario, name: str, baseline: str = "price_quality") -> ResolvedPolicy:
    """Make one policy ready beside the baseline."""
    return resolve(scenario, [name], baseline, whole_register(scenario, {}))[name]


def ways(policy: ResolvedPolicy, category: str, value: float = 1e6) -> list[str]:
    """Name the way in which each buyer buys a category."""
    return [
        policy.fitting_for(Asked(buyer, category, value, MONTH)).regime.name
        for buyer in range(len(DISTRICTS))
    ]


def faults(sets: Iterable[str], regimes: Sequence[str] | None = None) -> tuple[Fault, ...]:
    """Collect what is wrong with policies, in the file's list and the registry's."""
    draft = draft_from_text(three_districts().source, "three.toml", tuple(sets))
    return (*draft.faults, *registry_faults(draft, regimes))


def test_a_rule_may_be_meant_for_some_buyers_alone() -> None:
    """Two councils buy waste services at the lowest price, the others as the policy says."""
    scenario = of_policies(
        'policies.mix.regime="social_value"',
        'policies.mix.rules=[{regime="lowest_price", categories=["waste_services"],'
        ' buyers=["north-council", "county-council"]}]',
    )

    policy = resolved(scenario, "mix")

    assert ways(policy, "waste_services") == [
        "lowest_price", "social_value", "social_value", "lowest_price",
    ]  # fmt: skip
    assert ways(policy, "ict") == ["social_value"] * 4


@pytest.mark.parametrize(
    ("adopters", "adopted"),
    [("one", "nyny"), ("neighbours", "yyyy"), ("all", "yyyy")],
)
def test_a_policy_reaches_those_who_adopt_it(adopters: str, adopted: str) -> None:
    """One: the councils seated in the focus, the county's among them; the others stay as usual."""
    sets = ('policies.mix.regime="lowest_price"', f'policies.mix.adopters="{adopters}"')

    found = ways(resolved(of_policies(*sets), "mix"), "ict")

    expected = {"y": "lowest_price", "n": "price_quality"}
    assert found == [expected[one] for one in adopted]


def test_only_named_neighbours_adopt_with_the_focus() -> None:
    """A council of a district that is no neighbour stays on the baseline."""
    sets = (
        'policies.mix.regime="lowest_price"', 'policies.mix.adopters="neighbours"',
        'neighbours=["north"]',
    )  # fmt: skip

    found = ways(resolved(of_policies(*sets), "mix"), "ict")

    assert found == ["lowest_price", "lowest_price", "price_quality", "lowest_price"]


def test_a_baseline_may_be_a_mix() -> None:
    """Who adopts nothing buys by the baseline's own rules, and so is what no policy treats."""
    scenario = of_policies(
        'policies.usual.regime="price_quality"',
        'policies.usual.rules=[{regime="ethical_framework", categories=["homecare"]},'
        ' {regime="lowest_price", to_value=50000}]',
        'policies.mix.regime="social_value"',
        'policies.mix.adopters="one"',
    )

    policy = resolved(scenario, "mix", "usual")

    assert ways(policy, "homecare") == [
        "ethical_framework", "social_value", "ethical_framework", "social_value",
    ]  # fmt: skip
    assert ways(policy, "ict", 40_000.0)[0] == "lowest_price"
    assert ways(policy, "ict", 60_000.0)[0] == "price_quality"
    small = Asked(1, "ict", 40_000.0, MONTH)
    assert policy.usual_for(small).regime.name == "lowest_price"


def test_contracts_from_before_are_contracts_whatever_the_baseline() -> None:
    """Where the baseline is a membership, who served before did so under a plain contract."""
    scenario = of_policies(
        'policies.usual.regime="price_quality"',
        'policies.usual.rules=[{regime="cooperative_membership", categories=["ict"]}]',
        'compare.baseline="usual"',
        'compare.regimes=["price_quality"]',
    )

    place = open_place(scenario, whole_register(scenario, {}))

    standing = [s.arrangement for s in place.stewardship.portfolio.standing.values()]
    assert standing
    assert {one.form.name for one in standing} == {"CONTRACT"}
    assert not any(one.terms.reopening_months for one in standing)


def test_a_baseline_must_buy_everything_that_is_bought() -> None:
    """What is not offered for a budget line cannot be what all else falls back to."""
    found = faults(('compare.baseline="ethical_framework"',))

    (fault,) = [one for one in found if "without a way of buying" in one.found]
    assert fault.path == "compare.baseline"
    assert "construction_works, highways, waste_services, ict" in fault.found
    assert "as in buyers.county-council.budget.construction_works" in fault.found


def test_rules_may_cover_what_a_baseline_is_not_offered_for() -> None:
    """A rule without bounds fills the gap; one with bounds leaves the rest of it open."""
    gaps = '"construction_works", "highways", "waste_services", "ict"'
    usual = 'policies.usual.regime="ethical_framework"', 'compare.baseline="usual"'
    rule = f'{{regime="price_quality", categories=[{gaps}]'

    whole = faults((*usual, f"policies.usual.rules=[{rule}}}]"))
    partly = faults((*usual, f"policies.usual.rules=[{rule}, to_value=100000}}]"))

    assert not [one for one in whole if "without a way of buying" in one.found]
    assert [one for one in partly if "without a way of buying" in one.found]


def test_a_rule_for_nobody_known_and_a_strange_reach_are_told_together() -> None:
    """All faults at once, with the names that were probably meant."""
    found = faults(
        (
            'policies.mix.regime="social_value"',
            'policies.mix.adopters="some"',
            'policies.mix.rules=[{regime="lowest_price", buyers=["nort-council"]}]',
        )
    )

    said = {one.path: one for one in found}
    assert "'one', 'neighbours' or 'all'" in said["policies.mix.adopters"].wanted
    assert "north-council" in said["policies.mix.rules.0.buyers.0"].hint


def test_what_the_page_on_mixes_shows_can_be_read() -> None:
    """Its examples are policies of Preston without a fault."""
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    preston = shelf.find("preston-2012").read_text("utf-8")

    draft = draft_from_text("\n".join([preston, *blocks]), "preston.toml")

    asked = ["local-mix", "alone", "together"]
    assert len(blocks) == 2
    assert not draft.faults
    assert not registry_faults(draft, asked)


def test_only_what_some_policy_buys_in_another_way_is_treated() -> None:
    """A policy that changes one service alone is compared on that service."""
    scenario = of_policies(
        'policies.mix.regime="price_quality"',
        'policies.mix.rules=[{regime="ethical_framework", categories=["homecare"]}]',
    )

    assert resolved(scenario, "mix").treated == {"homecare"}
    assert resolved(scenario, "lowest_price").treated == set(all_categories())


def test_policies_that_differ_in_adopters_alone_treat_all_that_they_share() -> None:
    """Nothing is bought in another way, and still the reach is compared."""
    scenario = of_policies('policies.few.regime="price_quality"', 'policies.few.adopters="one"')

    assert resolved(scenario, "few").treated == set(all_categories())
