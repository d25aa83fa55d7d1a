"""Insourcing as a procurement lawyer could read it: decision, price, nulls, market test."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simulation.procurement.commissioning import arrange, welcome
from simulation.procurement.in_house import InHouse
from simulation.procurement.insourcing import Insourcing
from simulation.procurement.interface import OWN_STAFF, Arrangement, Form, Live, Thread
from simulation.procurement.law import legality
from tests.procurement.markets import SteadyLuck, commissioned, market, need, plain

BARE = {
    "bid__quality_choice": 0.0,
    "bid__contract_overhead_pence": 0.0,
    "bid__scale_per_band": 0.0,
    "bid__curse_awareness": 0.0,
    "bid__busy": 0.0,
    "bid__experience": 0.0,
}
"""Only cost and an even mark-up: 0.16 / (1 + 0.5 x 3) = 6.4 % with four bids expected."""
COSTS = [0.9, 1.0, 1.1]
OFF = {
    "premium": 0.0, "harmonise": 0.0, "pension": 0.0, "overhead": 0.0, "setup_cost": 0.0,
    "setup_months": 0.0, "appraisal_hours": 0.0, "learning": 0.0, "soft_budget": 0.0,
    "review_months": 0.0, "redundancy_months": 0.0,
}  # fmt: skip
"""Every mechanism absent but the transfer of staff."""
NO_TIME = np.zeros(0)


def decided(parameters: dict[str, float] | None = None, **columns: Any) -> tuple[Any, Arrangement]:
    """Decide on a need that the second of three firms serves, and sign nothing."""
    regime, a = Insourcing(parameters), plain(**BARE)
    firms = market(**{"unit_cost": COSTS, "incumbent": [False, True, False], **columns})
    done = commissioned(need(engagement=0.0), firms, regime, a, SteadyLuck())
    assert done.arrangement is not None
    return done, done.arrangement


def nobody(month: int) -> Live:
    """Give a month of an arrangement in which only own staff serve."""
    whole, rows = NO_TIME.astype(np.int64), NO_TIME.astype(np.int32)
    return Live(
        month, NO_TIME, whole, NO_TIME, NO_TIME, NO_TIME, NO_TIME, whole, rows, NO_TIME, NO_TIME,
        NO_TIME, NO_TIME, NO_TIME,
    )  # fmt: skip


def test_the_council_takes_over_the_methods_of_the_firm_that_serves_now() -> None:
    """Of a cost of 100 pence 60 are pay, 40 all else, and 5 the council's own overhead."""
    done, signed = decided()

    state: InHouse = signed.state
    assert (state.pay, state.other) == pytest.approx((0.6, 0.45))
    assert state.like == 1
    assert state.believed == pytest.approx(0.9 * 1.064)
    assert signed.form is Form.DIRECT_PROVISION
    assert signed.suppliers.size == 0
    assert signed.start == 1 + 3
    assert done.outcome.bids.size == 0
    assert done.thread.power.startswith("Localism Act 2011, s. 1")
    assert done.thread.result == "the council's own staff take the work"


def test_the_case_and_the_set_up_are_the_buyers_cost() -> None:
    """120 hours at 40 pounds, and 3 % of a year at 10,000 units a month and 105 pence."""
    done, _ = decided()

    pence = {one.reason: one.pence for one in done.instructions}
    assert pence == {"business case": 480_000, "set-up": 378_000}
    assert {one.payee for one in done.instructions} == {OWN_STAFF}
    assert done.buyer_cost_pence == 480_000 + 378_000
    assert done.bidder_cost_pence == 0


def test_with_every_switch_off_a_unit_costs_what_it_costs_the_supplier_without_margin() -> None:
    """100 pence, where the supplier would ask 106.4: pay and inputs, in every month alike."""
    done, signed = decided(OFF)
    state: InHouse = signed.state

    for age in (0, 7, 60):
        pay = state.staff_needed(10_000.0, age, 160_000.0) * 160_000.0
        bought = state.bought_in(10_000.0, age, on_costs=0.0)

        assert pay + bought == pytest.approx(100.0 * 10_000.0 * 1.0)
    assert signed.start == 1
    assert done.instructions == ()


@pytest.mark.parametrize("on_costs", [0.0, 0.08, 0.2])
def test_what_an_employer_pays_on_top_of_pay_is_counted_once(on_costs: float) -> None:
    """Insurance and pension go with own staff's pay, so they are no part of what is bought in."""
    _, signed = decided(OFF)
    state: InHouse = signed.state

    pay = state.staff_needed(10_000.0, 0, 160_000.0) * 160_000.0

    whole = pay * (1.0 + on_costs) + state.bought_in(10_000.0, 0, on_costs)
    assert whole == pytest.approx(1_000_000.0)


def test_own_staff_learn_and_then_drift() -> None:
    """A tenth more staff at first, half of that at nine months; a hundredth more each year."""
    _, signed = decided({"learning": 0.1, "learning_months": 18.0, "soft_budget": 0.01})
    state: InHouse = signed.state

    assert [state.learning(age) for age in (0, 9, 18, 90)] == pytest.approx([1.1, 1.05, 1.0, 1.0])
    assert [state.drift(age) for age in (0, 12, 60)] == pytest.approx([1.0, 1.01, 1.05])
    bare = 100.0 * 0.6 * 10_000.0 / 160_000.0
    assert state.staff_needed(10_000.0, 9, 160_000.0) == pytest.approx(bare * 1.05 * 1.0075)


@pytest.mark.parametrize(
    ("name", "null", "what"),
    [
        ("learning", 0.0, lambda state: state.learning(0)),
        ("soft_budget", 0.0, lambda state: state.drift(60)),
        ("overhead", 0.0, lambda state: state.pay + state.other),
    ],
)
def test_a_mechanism_is_absent_at_its_null(name: str, null: float, what: Any) -> None:
    """It adds something at its value and nothing at its null."""
    with_it, without = decided()[1].state, decided({name: null})[1].state

    assert what(with_it) > 1.0 + 1e-9
    assert what(without) == pytest.approx(1.0)


@pytest.mark.parametrize("met", [0.0, 0.5, 1.0])
def test_drift_is_met_in_the_part_that_the_council_lets_pass(met: float) -> None:
    """Of 105 pence spent after five years, 5 are drift; a hard budget meets none of it."""
    state = decided({"overspend_met": met})[1].state

    assert 1.05 * state.overspend_met(60) == pytest.approx(0.05 * met)


def test_a_tender_is_believed_to_cost_the_least_that_whoever_could_do_it_all_asks() -> None:
    """The cheapest cannot carry the whole; with nobody about, no tender is believed to work."""
    small = decided(capacity=[5_000.0, 20_000.0, 20_000.0])[1].state
    alone = decided(capacity=[0.0, 0.0, 0.0])[1].state

    assert small.believed == pytest.approx(1.0 * 1.064)
    assert alone.believed == float("inf")
    assert (alone.like, alone.pay_ratio) == (-1, 1.0)


def test_whoever_serves_until_own_staff_begin_leaves_the_month_before() -> None:
    """Kept on from month 1, with own staff from month 4: the last month of the firm is month 3."""
    regime, a = Insourcing(), plain(**BARE)
    _, signed = decided()
    kept = signed._replace(start=1, state=replace(signed.state, wait=3))
    one = np.ones(1)
    stays = [
        regime.settle(
            kept, replace(nobody(month), units=one), a, SteadyLuck()
        ).stays
        for month in (1, 2, 3)
    ]  # fmt: skip

    assert stays[:2] == [None, None]
    assert stays[2] is not None
    assert not stays[2].any()


@pytest.mark.parametrize(("tolerance", "ends"), [(0.0, True), (0.1, True), (0.12, False)])
def test_a_service_goes_back_where_a_test_says_that_it_costs_too_much(
    tolerance: float, ends: bool
) -> None:
    """A unit has cost 107 pence; a tender is believed to find 95.76: 11.7 % less."""
    regime, a = Insourcing({"tolerance": tolerance}), plain(**BARE)
    _, signed = decided()
    signed = signed._replace(state=signed.state.done(10_000.0, 1_070_000.0))
    month = signed.start + 36

    asks = regime.settle(signed, nobody(month), a, SteadyLuck())
    asked = need(month=month)
    outcome = regime.admit(signed, asked, market(unit_cost=COSTS), a, SteadyLuck())
    tested = welcome(signed, regime, asked, outcome, a)
    answer = regime.settle(tested, nobody(month + 1), a, SteadyLuck())

    assert asks.reopen
    assert not asks.ends
    assert outcome.buyer_cost_pence == 60 * 4_000
    assert not outcome.award.made
    assert tested.state.tested == 36
    assert answer.ends is ends
    assert answer.reason.startswith("a unit cost 1.070 in house and 0.958 by tender") is ends
    assert answer.state.units == 0.0


def test_without_reviews_no_service_goes_back() -> None:
    """At the null the market is never asked, whatever a unit has cost."""
    regime, a = Insourcing({"review_months": 0.0}), plain(**BARE)
    signed = arrange(
        need(), regime, regime.procure(need(), market(), a, SteadyLuck()), Thread("", "", "", ""), a
    )
    dear = signed._replace(state=signed.state.done(1.0, 1_000_000.0))

    answers = [
        regime.settle(dear, nobody(dear.start + age), a, SteadyLuck()) for age in range(1, 130)
    ]

    assert not any(answer.reopen or answer.ends for answer in answers)


@pytest.mark.parametrize(
    ("year", "power"),
    [(2005, "Local Government Act 1972, s. 111"), (2012, "Localism Act 2011"), (2025, "Localism")],
)
def test_no_procurement_law_applies_to_own_staff(year: int, power: str) -> None:
    """A council may always employ: by its subsidiary powers, since 2012 by its general one."""
    verdict = legality(Insourcing, "homecare", "light_touch", True, year, 4)

    assert verdict.lawful
    assert not verdict.contested
    assert verdict.power.startswith(power)


def test_goods_are_not_a_service_to_run() -> None:
    """Supplies of pure goods are refused, with the reason."""
    verdict = legality(Insourcing, "food_supplies", "goods_services", True, 2018, 4)

    assert not verdict.lawful
    assert "not offered for food_supplies" in verdict.reason
