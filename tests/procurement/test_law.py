"""The law of a date decides what may be bought how, and says by what power."""

import pickle

import numpy as np
import pytest

from simulation.procurement import registry
from simulation.procurement.commissioning import choose_option
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.errors import (
    UnknownParameterError,
    UnknownRegimeError,
    UnlawfulRouteError,
)
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.interface import Regime
from simulation.procurement.law import LegalRisk, law_in_force, legality, power_for
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.price_quality import PriceQuality
from simulation.procurement.social_value import SocialValue
from tests.procurement.markets import need, plain


@pytest.mark.parametrize(
    ("date", "law"),
    [
        ((2012, 4), "Public Contracts Regulations 2006"),
        ((2015, 2), "Public Contracts Regulations 2006"),
        ((2015, 3), "Public Contracts Regulations 2015"),
        ((2025, 2), "Public Contracts Regulations 2015"),
        ((2025, 3), "Procurement Act 2023"),
        ((2026, 2), "Procurement Act 2023, and SI 2026/94 below the threshold"),
    ],
)
def test_each_month_has_its_law(date: tuple[int, int], law: str) -> None:
    """The law in force follows the date of the decision."""
    assert law_in_force(*date) == law


@pytest.mark.parametrize("name", ["lowest_price", "price_quality", "social_value"])
@pytest.mark.parametrize("date", [(2012, 4), (2018, 1), (2024, 12), (2026, 6)])
def test_a_tender_has_one_route_at_every_date(name: str, date: tuple[int, int]) -> None:
    """There is neither a gap between laws nor an overlap of them."""
    regime = registry.get(name)
    open_routes = [
        route
        for route in regime.lawful
        if route.since <= date and (route.until is None or date < route.until)
    ]

    assert len(open_routes) == 1
    assert legality(regime, "ict", "goods_services", True, *date).lawful


def test_scoring_social_value_before_the_act_is_contested() -> None:
    """Until January 2013 the route stands on criteria linked to the contract, and is contested."""
    before = legality(SocialValue, "ict", "goods_services", True, 2012, 12)
    after = legality(SocialValue, "ict", "goods_services", True, 2013, 1)

    assert before.contested
    assert not after.contested
    assert "Social Value" in after.power


def test_a_framework_is_plain_for_care_and_contested_for_goods() -> None:
    """The light-touch regime carries the gate; a closed framework for goods does not."""
    care = legality(EthicalFramework, "homecare", "light_touch", True, 2018, 4)
    food = legality(EthicalFramework, "food_supplies", "goods_services", True, 2018, 4)

    assert not care.contested
    assert food.contested
    assert not legality(EthicalFramework, "ict", "goods_services", True, 2018, 4).lawful


def test_membership_is_refused_before_general_competence_and_contested_after() -> None:
    """The general power of competence opens the route; private members leave it contested."""
    asked = need(year=2011, month_of_year=6)

    with pytest.raises(UnlawfulRouteError, match="counterfactual = true"):
        power_for(CooperativeMembership(), asked)

    assert power_for(CooperativeMembership(), asked._replace(counterfactual=True)).contested
    assert power_for(CooperativeMembership(), asked._replace(year=2013)).contested


def test_a_cautious_council_falls_back_until_precedent_reassures_it() -> None:
    """Advice says 30 %; after forty quiet awards the believed risk is below a tenth."""
    a, risk = plain(), LegalRisk()
    asked = need(appetite=0.1)
    club, fallback = CooperativeMembership(), LowestPrice()

    first, why = choose_option(asked, club, fallback, risk, a)
    for _ in range(40):
        risk.learn(False)
    later, _ = choose_option(asked, club, fallback, risk, a)

    assert first is fallback
    assert why.power.endswith(f"({club.title}: more risk in law than the buyer would run)")
    assert later is club


def test_an_unknown_way_of_buying_is_answered_with_the_likely_one() -> None:
    """A slip of the pen is met with the name that was meant."""
    with pytest.raises(UnknownRegimeError, match="`social_value`"):
        registry.get("social_valeu")
    with pytest.raises(UnknownParameterError, match="`quality_weight`"):
        PriceQuality({"qualty_weight": 0.5})


def test_errors_travel_between_processes() -> None:
    """An error raised in a worker arrives with its facts."""
    for error in (
        UnknownRegimeError("x", ["a"]),
        UnknownParameterError("r", "p", ["q"]),
        UnlawfulRouteError("r", "c", "why"),
    ):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_an_outside_package_adds_its_own_way_of_buying() -> None:
    """A registered class is found by name; a taken name is refused."""

    class Lottery(PriceQuality):
        name = "lottery_for_tests"
        parameters = ()

    registry.register(Lottery)

    assert registry.get("lottery_for_tests") is Lottery
    assert registry.names()[: len(registry.BUILT_IN)] == tuple(registry.BUILT_IN)
    with pytest.raises(ValueError, match="not taken"):
        registry.register(Lottery)
    registry._added.clear()


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_every_way_of_buying_says_what_it_is(name: str) -> None:
    """Two sentences, a route, and parameters named after it."""
    regime: type[Regime] = registry.get(name)

    assert regime.name == name
    assert regime.summary.count(". ") + regime.summary.count(".") >= 2
    assert regime.lawful
    assert all(entry.name.startswith(f"{name}.") for entry in regime.parameters)
    assert set(regime().values) == {entry.name.split(".")[1] for entry in regime.parameters}


def test_all_built_in_share_categories_that_a_comparison_can_treat() -> None:
    """The sets that each declares have something in common."""
    declared = [set(registry.get(name).categories) for name in registry.BUILT_IN]
    limited = [categories for categories in declared if categories]

    assert len(set.intersection(*limited)) >= 3
    assert np.all([len(categories) > 0 for categories in limited])
