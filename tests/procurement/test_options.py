"""Before anything is let: what is expected of each option, what best value leaves, who wins."""

from typing import Any

import pytest

from simulation.procurement import registry
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.evidence import NOTHING, Evidence, Record
from simulation.procurement.grant import Grant
from simulation.procurement.insourcing import Insourcing
from simulation.procurement.interface import Regime
from simulation.procurement.law import LegalRisk
from simulation.procurement.options import (
    OPTIONS,
    Estimate,
    Usual,
    appraised,
    best_of,
    estimated,
    refusal,
    shortfall,
)
from simulation.procurement.price_quality import PriceQuality
from tests.procurement.markets import need, plain

USUAL = Usual(1.0, 1.0, 10.0, frozenset({"price_quality"}))
SURE = {"option__optimism": 0.0, "option__error": 0.0}
MIDDLE = (0.5, 0.5)
FRESH = (NOTHING, NOTHING)


def estimate(regime: Regime, **changes: Any) -> Estimate:
    """Estimate one option for a need of 10,000 pounds a month, without hope or error."""
    a = plain(**{**SURE, **changes})
    return estimated(need(), regime, USUAL, FRESH, 0.0, MIDDLE, a)


def told(way: str, cost: float = 1.0, quality: float = 1.0, **more: Any) -> Estimate:
    """Write an estimate by hand."""
    return Estimate(way, "buy", cost, quality, whole_cost=cost, **more)


def test_every_way_of_buying_is_one_of_the_options() -> None:
    """Buy, grant, join, make and form are all there."""
    found = {registry.get(name).option for name in registry.BUILT_IN}

    assert found == set(OPTIONS)


def test_what_is_done_now_is_known_and_costs_nothing_to_begin() -> None:
    """A contract in force is expected to cost what it costs."""
    kept = estimate(PriceQuality(), option__optimism=0.3, option__error=0.2)

    assert (kept.unit_cost, kept.whole_cost, kept.setup_pence) == (1.0, 1.0, 0)


def test_the_case_for_own_staff_is_no_margin_but_overhead() -> None:
    """With four bids expected a price holds 6.4 %; own staff cost 1.05 / 1.064 of it."""
    made = estimate(Insourcing())

    assert made.unit_cost == pytest.approx(1.05 / 1.064)
    assert made.setup_months == 3.0
    assert made.setup_pence == round(120 * 4_000 + 0.03 * 12_000_000 * 1.05 / 1.064)


def test_the_case_for_a_grant_is_what_volunteers_bring() -> None:
    """No margin, and a tenth of the cost in kind."""
    assert estimate(Grant()).unit_cost == pytest.approx(0.9 / 1.064)


def test_hope_makes_the_untried_cheaper_and_a_record_takes_it_back() -> None:
    """A fifth of hope; after two years of record at 1.3 most of the estimate is the record."""
    a = plain(option__optimism=0.2, option__error=0.0)
    seen = Record(24.0, 24.0, 24.0 * 130.0, 24.0, 0.0)

    hoped = estimated(need(), Insourcing(), USUAL, FRESH, 0.0, MIDDLE, a)
    learned = estimated(need(), Insourcing(), USUAL, (seen, NOTHING), 0.0, MIDDLE, a)

    case = 0.8 * 1.05 / 1.064
    assert hoped.unit_cost == pytest.approx(case)
    assert learned.unit_cost == pytest.approx((12.0 * case + 24.0 * 1.3) / 36.0)


def test_an_option_that_fell_out_before_it_was_reckoned_has_no_figures() -> None:
    """What the law does not allow is not costed; nothing of it is told but the reason."""
    fallen = Estimate("grant", "grant", refused="no legal route")._asdict()

    assert not Estimate(**fallen).stands
    assert {value for name, value in fallen.items() if isinstance(value, int | float)} == {0}


@pytest.mark.parametrize("months", [0.5, 12.0, 36.0])
def test_without_a_record_the_case_is_all_there_is(months: float) -> None:
    """However many months of record it counts as, nothing is there to weigh it against."""
    made = estimate(Insourcing(), option__case_months=months)

    assert made.unit_cost == pytest.approx(1.05 / 1.064)
    assert made.quality == pytest.approx(1.0)


def test_others_records_count_in_part() -> None:
    """What a neighbour has on record weighs three tenths."""
    a, book = plain(**SURE), Evidence()
    book.note((1, 0), "insourcing", Record(10.0, 10.0, 1_300.0, 9.0, 0.0))
    seen = book.own((0, 0), "insourcing"), book.peers((0, 0), "insourcing")

    made = estimated(need(), Insourcing(), USUAL, seen, 0.0, MIDDLE, a)

    assert seen[0] == NOTHING
    assert made.unit_cost == pytest.approx((12.0 * 1.05 / 1.064 + 3.0 * 1.3) / 15.0)
    assert made.quality == pytest.approx((12.0 + 3.0 * 0.9) / 15.0)


def test_engagement_makes_an_estimate_surer() -> None:
    """The same draw errs half as far at half engagement, and not at all at full."""
    a = plain(option__optimism=0.0, option__error=0.1)

    def error(engagement: float) -> float:
        asked = need(engagement=engagement)
        made = estimated(asked, Insourcing(), USUAL, FRESH, 0.0, (0.9, 0.5), a)
        return made.unit_cost / (1.05 / 1.064) - 1.0

    assert error(0.0) == pytest.approx(0.1 * 3**0.5 * 0.8)
    assert error(0.5) == pytest.approx(error(0.0) / 2.0)
    assert error(1.0) == pytest.approx(0.0)


def test_the_danger_of_a_challenge_is_part_of_the_cost() -> None:
    """A believed chance of a half of a cost of 30,000 pounds, over 360,000 pounds of work."""
    made = estimated(need(), Insourcing({"appraisal_hours": 0.0, "setup_cost": 0.0}), USUAL, FRESH,
                     0.5, MIDDLE, plain(**SURE))  # fmt: skip

    assert made.whole_cost - made.unit_cost == pytest.approx(0.5 * 30_000 / 360_000)


@pytest.mark.parametrize(
    ("regime", "changes", "why"),
    [
        (Insourcing(), {"category_id": "insurance"}, "not offered"),
        (Grant({"above_small": 0.0}), {"units_month": 1e6}, "does not suit"),
        (CooperativeMembership(), {"year": 2010}, "no legal route"),
        (CooperativeMembership(), {"appetite": 0.1}, "above the appetite"),
        (PriceQuality(), {}, ""),
    ],
)
def test_why_an_option_cannot_be_used(regime: Regime, changes: dict[str, Any], why: str) -> None:
    """By what is bought, by its size, by the date, by the appetite for risk."""
    found, _ = refusal(need(**changes), regime, LegalRisk(), plain())

    assert why in found
    assert bool(found) is bool(why)


def test_best_value_is_a_floor_whatever_the_objectives_say() -> None:
    """Too dear, too dear for its quality, too poor: all fall out, though they are liked."""
    asked = need(
        objectives=("local",), objective_weights=(1.0,), objective_ways=(("dear", "lean", "poor"),)
    )
    every = [told("dear", 1.3), told("lean", 1.2, 0.9), told("poor", 0.9, 0.7), told("fair")]

    found = appraised(asked, every, plain())

    assert [one.stands for one in found] == [False, False, False, True]
    assert "cheapest" in found[0].refused
    assert "for its quality" in found[1].refused
    assert "floor" in found[2].refused
    assert best_of(found) == 3


@pytest.mark.parametrize(("money", "winner"), [(0.9, "cheap"), (0.1, "kind")])
def test_objectives_choose_by_their_weights(money: float, winner: str) -> None:
    """Money and social value: who is heard decides which option is best."""
    asked = need(
        objectives=("money goes far", "people gain"),
        objective_weights=(money, 1.0 - money),
        objective_criteria=("cost", "social_value"),
    )
    every = [told("cheap", 0.9, social=5.0), told("kind", 1.0, social=10.0)]

    found = appraised(asked, every, plain())

    best = best_of(found)
    assert best is not None
    assert found[best].regime == winner


def test_objectives_without_weights_count_alike() -> None:
    """Cost and social value: (1.0 + 0.5) / 2 for the cheap, (0.9 + 1.0) / 2 for the kind."""
    asked = need(
        objectives=("money goes far", "people gain"),
        objective_weights=(),
        objective_criteria=("cost", "social_value"),
    )
    every = [told("cheap", 0.9, social=5.0), told("kind", 1.0, social=10.0)]

    found = appraised(asked, every, plain())

    assert [one.score for one in found] == pytest.approx([0.75, 0.95])


def test_an_objective_without_a_criterion_is_served_by_the_ways_meant_for_it() -> None:
    """Of two that cost the same the way named wins; where none is named the cheaper does."""
    meant = need(objectives=("x",), objective_weights=(1.0,), objective_ways=(("b",),))
    silent = need(objectives=("x",), objective_weights=(1.0,))

    assert best_of(appraised(meant, [told("a", 0.9), told("b")], plain())) == 1
    assert best_of(appraised(silent, [told("b"), told("a", 0.9)], plain())) == 1


def test_where_nothing_stands_nothing_is_chosen() -> None:
    """The council then buys as the policy's own way says, or the baseline's."""
    assert best_of(appraised(need(), [told("a", refused="no route")], plain())) is None


def test_a_review_names_what_missed() -> None:
    """Price a fifth above and quality a fifth below what was expected, at a tolerance of 15 %."""
    found = Record(12.0, 100.0, 12_000.0, 80.0, 0.0)

    assert shortfall(told("a"), found, 0.15) == (
        "a unit cost 1.200, 1.000 was expected; quality 0.800, 1.000 was expected"
    )
    assert shortfall(told("a"), found, 0.25) == ""
