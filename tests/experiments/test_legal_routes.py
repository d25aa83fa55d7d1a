"""The legal route of each policy over the months compared, as a lawyer would check it."""

from pathlib import Path
from typing import Any

import pytest

from experiments.design.plan import plan_comparison
from experiments.runner.beside import beside
from experiments.runner.reading import read_question
from experiments.runner.replicate import assumptions_of


def told(
    name: str, *regimes: str, months: int = 48, sets: tuple[str, ...] = (), away: str = ""
) -> dict[str, Any]:
    """What stands beside a comparison of a place on the shelf, one buyer moved next door."""
    asked = list(regimes) or None
    baseline = regimes[0] if regimes else None
    scenario = read_question(name, sets, regimes=asked, baseline=baseline)
    seated = [
        one.model_copy(update={"area": scenario.neighbours[0]}) if one.id == away else one
        for one in scenario.buyers
    ]
    scenario = scenario.model_copy(update={"buyers": tuple(seated)})
    plan = plan_comparison(
        scenario, regimes=asked, baseline=baseline, months=months, replicates=1, seed=1, fixed=True
    )
    return beside(scenario, plan, assumptions_of(scenario, {}))


@pytest.fixture(scope="module")
def preston() -> dict[str, Any]:
    """Preston from April 2012 for four years: the regulations change in February 2015."""
    return told("preston-2012", "price_quality", "social_value", "reserved_local")


def _of(found: dict[str, Any], **wanted: object) -> list[dict[str, Any]]:
    return [row for row in found["law"] if all(row[key] == value for key, value in wanted.items())]


def test_a_tender_on_price_and_quality_changes_its_law_and_not_its_lawfulness(
    preston: dict[str, Any],
) -> None:
    """Under the 2006 regulations until February 2015, under those of 2015 from then on."""
    first, second = _of(preston, regime="price_quality", category="homecare", side="above")

    assert (first["from"], first["until"]) == ("2012-04", "2015-02")
    assert (second["from"], second["until"]) == ("2015-03", "2016-03")
    assert "2006" in first["power"]
    assert "2015" in second["power"]
    assert first["lawful"]
    assert second["lawful"]


def test_social_value_is_contested_until_the_act_is_in_force(preston: dict[str, Any]) -> None:
    """The Public Services (Social Value) Act 2012 opens the door in January 2013."""
    first, second, *_ = _of(preston, regime="social_value", category="homecare", side="below")

    assert (first["until"], first["contested"]) == ("2012-12", True)
    assert (second["from"], second["contested"]) == ("2013-01", False)
    assert "Social Value" in second["power"]


def test_reserving_for_local_firms_has_no_route_at_that_date(preston: dict[str, Any]) -> None:
    """Below the threshold a later law allows it; from the threshold on none ever does."""
    below = _of(preston, regime="reserved_local", category="homecare", side="below")
    above = _of(preston, regime="reserved_local", category="homecare", side="above")

    assert not any(row["lawful"] or row["beyond"] for row in below)
    assert {(row["from"], row["until"]) for row in below} == {("2012-04", "2016-03")}
    assert all(row["beyond"] for row in above)


def test_thresholds_are_those_of_the_date(preston: dict[str, Any]) -> None:
    """£173,934 for goods from 2012, £172,514 from 2014; £625,050 for care from 2015."""
    limits = {(row["threshold_class"], row["from"]): row["pounds"] for row in preston["limits"]}

    assert limits["goods_services", "2012-04"] == 173_934
    assert limits["goods_services", "2014-01"] == 172_514
    assert limits["light_touch", "2015-02"] == 625_050


def test_a_rule_for_some_kinds_of_spending_is_told_for_them_alone() -> None:
    """In Tameside networks are bought by membership; the rest of the policy buys none of them."""
    rows = _of(told("tameside", months=12), regime="networks_membership")

    assert {row["category"] for row in rows} == {"digital_networks", "ict"}
    assert {row["way"] for row in rows} == {"cooperative_membership"}


def test_buyers_whom_a_rule_leaves_are_told_apart() -> None:
    """In Cleveland three private anchors found co-operatives; city and county go on tendering."""
    rows = _of(told("cleveland", months=12), regime="anchor_coops",
               category="building_maintenance")  # fmt: skip

    kinds = {row["way"]: set(row["kinds"]) for row in rows}
    assert kinds["incubated_coop"] == {"private_hospital", "private_university"}
    assert kinds["price_quality"] == {"county_council", "district_council"}


def test_a_rule_for_large_contracts_leaves_the_small_ones(tmp_path: Path) -> None:
    """Above £50,000 social value counts; below it the policy buys as it says itself."""
    own = (
        'policies={ large = { regime = "price_quality", rules = [{ regime = "social_value", '
        "from_value = 50000 }] } }"
    )
    rows = _of(
        told("village", "price_quality", "large", months=12, sets=(own,)), regime="large",
        category="homecare", side="below",
    )  # fmt: skip

    assert [(row["way"], row["when"]) for row in rows] == [
        ("social_value", "of £50,000 and more"), ("price_quality", "")
    ]  # fmt: skip


MIXED = (
    'policies={ mixed = { regime = "price_quality", adopters = "one", rules = ['
    '{ categories = ["building_maintenance"], regime = "social_value", '
    'options = [{ regime = "lowest_price" }], from = { year = 2019, month = 10 } }, '
    '{ categories = ["homecare"], regime = "social_value" }] } }'
)
"""Maintenance by whichever of two ways is assessed best, from October on; home care at once."""


@pytest.fixture(scope="module")
def mixed() -> dict[str, Any]:
    """Cleveland, where the county is seated next door and does not take the mixed policy up."""
    return told("cleveland", "price_quality", "mixed", months=12, sets=(MIXED,),
                away="cuyahoga-county")  # fmt: skip


def test_every_option_of_a_rule_has_its_route_within_the_months_of_the_rule(
    mixed: dict[str, Any],
) -> None:
    """Two ways may be chosen from October 2019; until then the policy buys as it says itself."""
    rows = _of(mixed, regime="mixed", category="building_maintenance", side="below")
    taking = [row for row in rows if "do not" not in row["when"]]

    who = "for 4 of 5 buyers, which take it up"
    option = f"{who}, from 2019-10, one of 2 options, assessed each time"
    assert {(row["way"], row["from"], row["until"], row["when"]) for row in taking} == {
        ("social_value", "2019-10", "2020-03", option),
        ("lowest_price", "2019-10", "2020-03", option),
        ("price_quality", "2019-04", "2020-03", who),
    }
    assert not any("county_council" in row["kinds"] for row in taking)


def test_who_does_not_take_a_policy_up_has_the_routes_of_the_baseline(
    mixed: dict[str, Any],
) -> None:
    """The county goes on tendering on price and quality, from the first month on."""
    (row,) = [
        row for row in _of(mixed, regime="mixed", category="building_maintenance", side="below")
        if "do not" in row["when"]
    ]  # fmt: skip
    (care,) = _of(mixed, regime="mixed", category="homecare", side="below")

    assert (row["way"], row["kinds"]) == ("price_quality", ["county_council"])
    assert row["when"] == "for 1 of 5 buyers, which do not take it up, as under the baseline"
    assert (care["way"], care["when"]) == (
        "price_quality", "for 1 of 1 buyers, which do not take it up, as under the baseline"
    )  # fmt: skip


def test_it_is_told_who_takes_a_policy_up_and_from_when(mixed: dict[str, Any]) -> None:
    """By name; the baseline is everybody's."""
    base, other = mixed["adopters"]

    assert (base["regime"], base["others"]) == ("price_quality", [])
    assert other["others"] == ["Cuyahoga County"]
    assert (other["adopters"], other["from"], len(other["buyers"])) == ("one", "2019-04", 4)


def test_what_a_policy_does_not_reach_is_bought_as_under_the_baseline() -> None:
    """Mutuals are for services to people: small works go to nobody but the baseline's tender."""
    own = (
        'policies={ large = { regime = "reserved_mutual", rules = [{ regime = "social_value", '
        'categories = ["building_maintenance"], from_value = 50000 }] } }'
    )
    found = told("cleveland", "price_quality", "large", months=12, sets=(own,))
    rows = _of(found, regime="large", category="building_maintenance", side="below")

    assert list(dict.fromkeys((row["way"], row["when"]) for row in rows)) == [
        ("social_value", "of £50,000 and more"),
        ("price_quality", "for what the policy does not reach, as under the baseline"),
    ]


def test_areas_say_where_they_lie_and_who_lives_there() -> None:
    """The place and its neighbour by their part; the rest of the world is no area with people."""
    areas = {row["id"]: row for row in told("village", months=12)["areas"]}

    assert areas["village"]["role"] == "focus"
    assert areas["town"]["role"] == "neighbour"
    assert areas["rest-of-uk"]["role"] == "other"
    assert (areas["town"]["east_km"], areas["town"]["population"]) == (360.0, 2000)
    assert "world" not in areas
