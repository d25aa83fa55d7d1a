"""Who may buy how: a council and the anchors beside it, by what act, and how contested."""

from typing import get_args

import pytest

from scenarios.spec.organisations import BuyerKind
from simulation.procurement import registry
from simulation.procurement.interface import Regime
from simulation.procurement.law import Legality, legality_of, power_for
from simulation.procurement.routes import BEST_VALUE, COUNCILS, NO_COUNCILS, UNBOUND
from tests.procurement.markets import SteadyLuck, market, need, plain

UNIVERSITY, TRUST, LANDLORD, POLICE = "university", "nhs_trust", "housing_association", "police"
GOODS = {"category_id": "food_supplies", "threshold_class": "goods_services"}
COUNCILS_ACTS = ("Localism Act", "Local Government Act 1972", "Local Government Act 2000")


def regime(name: str, **levers: float) -> Regime:
    """Make a way of buying with some levers set."""
    return registry.get(name)(levers)


def verdict(name: str, buyer: str, date: tuple[int, int], **levers: float) -> Legality:
    """Ask for home care, below the threshold, at a date."""
    asked = need(buyer_kind=buyer, year=date[0], month_of_year=date[1], above_threshold=False)
    return legality_of(regime(name, **levers), asked)


def test_each_sort_of_buyer_is_a_council_or_not_and_bound_or_not() -> None:
    """No sort is forgotten, and none is on both sides."""
    kinds = sorted(get_args(BuyerKind))

    assert sorted((*COUNCILS, *NO_COUNCILS)) == kinds
    assert sorted((*BEST_VALUE, *UNBOUND)) == kinds


@pytest.mark.parametrize(
    "name", ["incubated_coop", "public_commons", "joint_venture", "insourcing", "grant"]
)
@pytest.mark.parametrize("buyer", [UNIVERSITY, TRUST, LANDLORD, POLICE])
@pytest.mark.parametrize("date", [(2012, 4), (2018, 4), (2026, 4)])
def test_an_anchor_acts_by_its_own_powers_and_not_by_a_council_s(
    name: str, buyer: str, date: tuple[int, int]
) -> None:
    """General competence and the acts on local government are for councils."""
    council, anchor = (verdict(name, kind, date) for kind in (COUNCILS[0], buyer))

    assert council.power.startswith((*COUNCILS_ACTS, "Procurement Act 2023, s. 33"))
    assert anchor.lawful
    assert anchor.power.startswith("The body's own powers")
    assert not any(act in anchor.power for act in COUNCILS_ACTS)


def test_own_staff_need_no_power_but_the_body_s_own_and_gifts_are_contested() -> None:
    """Nobody disputes that a university may employ; that it may give money away, somebody may."""
    assert not verdict("insourcing", UNIVERSITY, (2018, 4)).contested
    assert verdict("grant", UNIVERSITY, (2018, 4)).contested
    assert not verdict("grant", COUNCILS[0], (2018, 4)).contested


def test_membership_says_whose_power_it_rests_on() -> None:
    """One route for all, contested, whose text keeps a council's power apart from others'."""
    assert "or of a body that is no council its own powers" in (
        verdict("cooperative_membership", TRUST, (2018, 4)).power
    )


@pytest.mark.parametrize("name", ["cooperative_membership", "public_commons"])
def test_a_society_is_under_the_act_of_its_date(name: str) -> None:
    """The act of 2014 came into force on 1 August 2014, in place of that of 1965."""
    before, after = (verdict(name, COUNCILS[0], (2014, month)) for month in (7, 8))

    assert "Industrial and Provident Societies Act 1965" in before.power
    assert "2014" not in before.power
    assert "Co-operative and Community Benefit Societies Act 2014" in after.power
    assert before.contested
    assert after.contested


def test_the_order_sets_a_bar_aside_and_is_no_part_of_the_procurement_act() -> None:
    """SI 2026/94 is made under the act of 1999, and lets off those whom that of 1988 binds."""
    council, police, trust = (
        verdict("reserved_local", kind, (2026, 4)) for kind in (COUNCILS[0], POLICE, TRUST)
    )

    assert council.power == police.power
    assert "Local Government Act 1999, s. 19" in council.power
    assert "Local Government Act 1988, s. 17(5)(e)" in council.power
    assert "Procurement Act" not in council.power
    assert not council.contested
    assert "SI 2026/94" not in trust.power
    assert trust.contested


def test_a_council_is_not_let_off_by_what_another_body_may_do() -> None:
    """In 2025 a trust may try, a council may not yet; a counterfactual council may."""
    asked = need(year=2025, month_of_year=6, above_threshold=False)
    ours = regime("reserved_local")

    assert legality_of(ours, asked._replace(buyer_kind=TRUST)).lawful
    refused = legality_of(ours, asked)
    assert not refused.lawful
    assert not refused.beyond
    assert "2026-02" in refused.reason
    assert power_for(ours, asked._replace(counterfactual=True)).power == "counterfactual"


@pytest.mark.parametrize("name", ["ethical_framework", "alliance"])
@pytest.mark.parametrize("date", [(2012, 4), (2018, 4), (2026, 4)])
def test_marks_for_where_staff_live_are_contested_for_a_council(
    name: str, date: tuple[int, int]
) -> None:
    """Section 17(5)(e) binds councils; without the priority, or without a record, nothing is."""
    ours = verdict(name, COUNCILS[0], date)

    assert ours.contested
    assert "s. 17(5)(e)" in ours.reason
    assert not verdict(name, COUNCILS[0], date, priority_place=0.0).contested
    assert not verdict(name, COUNCILS[0], date, gate=0.0, record_weight=0.0).contested
    assert not verdict(name, UNIVERSITY, date).contested


@pytest.mark.parametrize(("months", "section"), [(12.0, "s. 49"), (0.0, "s. 45")])
def test_a_framework_is_open_only_where_it_is_reopened(months: float, section: str) -> None:
    """A framework for goods that nobody joins during its term is a closed one."""
    ours = regime("ethical_framework", reopening_months=months, priority_place=0.0)

    found = legality_of(ours, need(**GOODS, year=2026))

    assert f"Procurement Act 2023, {section}" in found.power
    assert not found.contested


@pytest.mark.parametrize(
    ("asked", "levers", "months"),
    [
        ({**GOODS, "year": 2018}, {}, 48),
        ({**GOODS, "year": 2026}, {"reopening_months": 0.0}, 48),
        ({**GOODS, "year": 2026}, {}, 60),
        ({"year": 2026}, {"reopening_months": 0.0}, 60),
        ({**GOODS, "year": 2018, "nation": "us"}, {}, 60),
    ],
)
def test_a_closed_framework_for_goods_ends_after_four_years(
    asked: dict[str, object], levers: dict[str, float], months: int
) -> None:
    """Section 47 and reg. 33 cut a term of five years; services to people are not held to them."""
    ours = regime("ethical_framework", **levers)
    award = ours.procure(need(), market(), plain(), SteadyLuck()).award

    assert ours.terms(need(**asked, months=60), award, plain()).months == months


def test_an_alliance_for_works_is_contested_at_every_date() -> None:
    """Newcomers during the term are a modification, before s. 74 as under it."""
    works = {"category_id": "building_maintenance", "threshold_class": "works"}

    for year in (2012, 2018, 2026):
        found = legality_of(regime("alliance", priority_place=0.0), need(**works, year=year))
        assert found.contested
        assert "members during the term" in found.reason
