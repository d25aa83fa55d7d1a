"""Each switch of the alliance at its null equals the mechanism's absence, through the same code."""

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.procurement.alliance import Alliance
from simulation.procurement.alliance_rules import effort, learned, parts_of_pool
from simulation.procurement.commissioning import arrange
from simulation.procurement.interface import Outcome
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.luck import luck_of
from simulation.procurement.people import Cohort
from tests.procurement.markets import SteadyLuck, market, need, plain, varied_market
from tests.procurement.test_alliance import Refusing, month_of, pence_of, signed
from tests.procurement.test_nulls import same
from tests.procurement.test_stories import BARE, THREAD

OFF = {
    entry.name.partition(".")[2]: entry.null
    for entry in Alliance.parameters
    if entry.null is not None
}
"""Every switch of the alliance at its null."""
EAGER = SteadyLuck(0.0)
"""Luck in which everybody refuses who may."""


@pytest.mark.parametrize("tender", range(8))
def test_with_all_switches_off_an_alliance_is_lowest_price(tender: int) -> None:
    """Bids, award, terms and costs are equal, in markets where everything differs."""
    a, luck = plain(), luck_of(5, tender, 3)
    asked, firms, regime = need(tender=tender), varied_market(40, tender), Alliance(OFF)

    other = regime.procure(asked, firms, a, luck)
    base = LowestPrice().procure(asked, firms, a, luck)

    assert base.award.made
    assert same(other, base)
    assert regime.suits(asked)
    assert regime.terms(asked, other.award, a) == LowestPrice().terms(asked, base.award, a)


def test_with_all_switches_off_a_month_changes_nothing_and_costs_nothing() -> None:
    """No payment, the same price to the last bit, and an end only when the term is over."""
    a, regime = plain(**BARE), Alliance(OFF)
    outcome: Outcome = regime.procure(need(), market(), a, SteadyLuck())
    contract = arrange(need(), regime, outcome, THREAD, a)

    months = [
        regime.settle(contract, month_of(contract, age, paid_pence=[1]), a, EAGER)
        for age in (1, 12, 24, 35)
    ]
    last = regime.settle(contract, month_of(contract, 36), a, EAGER)

    for answer in months:
        assert answer.instructions == ()
        assert answer.unit_prices is not None
        assert answer.unit_prices.tolist() == contract.unit_prices.tolist()
        assert (answer.work, answer.ends, answer.reopen) == (1.0, False, False)
        assert answer.state.cohort == contract.state.cohort
    assert (last.ends, last.again) == (True, True)


@pytest.mark.parametrize(("share", "pays"), [(0.0, False), (0.5, True)])
def test_without_a_share_nobody_pays_for_pain_or_is_paid_for_gain(share: float, pays: bool) -> None:
    """Whatever was saved is the council's alone."""
    regime, a = Alliance({"share": share}), plain(**BARE)
    alliance = signed(regime)

    answer = regime.settle(alliance, month_of(alliance, 1, paid_pence=[1] * 3), a, EAGER)

    assert bool(pence_of(answer, Kind.GAIN_SHARE)) is pays


@pytest.mark.parametrize(("slack", "rises"), [(0.0, False), (0.06, True)])
def test_without_slack_effort_and_sharing_change_no_price(slack: float, rises: bool) -> None:
    """Price stays cost plus margin to the last bit, whatever is shared and with however many."""
    regime, a = Alliance({"slack": slack, "learning": 0.0}), plain(**BARE)
    alliance = signed(regime)

    answer = regime.settle(alliance, month_of(alliance, 1), a, EAGER)

    assert answer.unit_prices is not None
    assert bool((answer.unit_prices > alliance.unit_prices).all()) is rises
    assert (answer.unit_prices.tolist() == alliance.unit_prices.tolist()) is not rises


@pytest.mark.parametrize(("rides", "falls"), [(0.0, False), (1.0, True)])
def test_without_free_riding_effort_is_the_same_with_however_many(
    rides: float, falls: bool
) -> None:
    """Two or ten: each acts as though the whole of what providers share were its own."""
    rules = Alliance({"free_riding": rides}).values

    two, ten = (float(effort(rules, parts_of_pool(np.ones(k), 0.0))[0]) for k in (2, 10))

    assert (two > ten) is falls
    assert (two == ten == rules["share"]) is not falls


@pytest.mark.parametrize(("refusing", "changes"), [(0.0, True), (0.1, False)])
def test_without_hold_out_every_change_is_made(refusing: float, changes: bool) -> None:
    """Luck in which all who may refuse do so stops nothing where nobody may."""
    regime, a = Alliance({"hold_out": refusing}), plain(**BARE)
    alliance = signed(regime)

    answer = regime.settle(alliance, month_of(alliance, 6), a, EAGER)

    assert (answer.state.cohort.kept < 1.0) is changes
    assert bool(pence_of(answer, Kind.PROCESS_COST, "meetings on refusals")) is not changes


@pytest.mark.parametrize("name", ["learning", "avoidable", "recurrence"])
def test_without_learning_the_need_takes_what_it_took(name: str) -> None:
    """Ten years of reviews: the same people in service to the last bit, and no rule is changed."""
    regime, a = Alliance({name: 0.0, "hold_out": 0.0, "exit": 0.0}), plain(**BARE)
    alliance = signed(regime)

    for age in range(1, 60):
        answer = regime.settle(alliance, month_of(alliance, age), a, SteadyLuck())
        alliance = alliance._replace(state=answer.state)
        assert answer.work == 1.0
        assert not pence_of(answer, Kind.PROCESS_COST, "change of rules")

    assert learned(regime.values, Cohort(5.0)).kept == 1.0


@pytest.mark.parametrize(("leaves", "stay"), [(0.0, 3), (1.0, 0)])
def test_without_exit_nobody_leaves_however_well_it_would_do_elsewhere(
    leaves: float, stay: int
) -> None:
    """All three would do better alone; where exit is off they stay and nothing is handed over."""
    regime, a = Alliance({"exit": leaves}), plain(**BARE)
    alliance = signed(regime)

    answer = regime.settle(alliance, month_of(alliance, 6, chance=[0.99] * 3), a, SteadyLuck())

    assert answer.stays is not None
    assert int(answer.stays.sum()) == stay
    assert bool(pence_of(answer, Kind.PROCESS_COST, "handover")) is (stay == 0)


def test_without_a_break_clause_or_an_extension_it_runs_for_its_first_term() -> None:
    """Dear as it is it goes on to the end of the first term, and is then let the same way."""
    regime, a = Alliance({"break_clause": 0.0, "extension_months": 0.0, "exit": 0.0}), plain(**BARE)
    alliance = signed(regime)
    dear = month_of(alliance, 1).paid_pence * 2

    ends = [
        regime.settle(alliance, month_of(alliance, age, paid_pence=dear), a, SteadyLuck())
        for age in (24, 36, 59, 60)
    ]

    assert [one.ends for one in ends] == [False, False, False, True]
    assert ends[-1].again
    assert alliance.end - alliance.start == 60


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("board_hours", "board"),
        ("review_hours", "review"),
        ("change_hours", "change of rules"),
        ("meeting_hours", "meetings on refusals"),
        ("exit_hours", "handover"),
    ],
)
def test_hours_at_nothing_are_not_paid_for(name: str, reason: str) -> None:
    """Each kind of meeting and work costs its own hours, and none where they are set to none."""
    regime, a = Alliance({"consent": 0.5}), plain(**BARE)
    alliance = signed(regime)
    month = month_of(alliance, 6, chance=[0.99, 0.05, 0.05])
    luck = Refusing()

    costs = [
        pence_of(Alliance(rules).settle(alliance, month, a, luck), Kind.PROCESS_COST, reason)
        for rules in ({"consent": 0.5}, {"consent": 0.5, name: 0.0})
    ]

    assert costs[0]
    assert not costs[1]


def test_an_alliance_in_force_before_the_story_runs_out_and_is_let_anew() -> None:
    """A contract that was there when the story opens has no purse; its term ends it."""
    regime, a = Alliance(), plain(**BARE)
    inherited = signed(regime)._replace(state=None)

    going = regime.settle(inherited, month_of(inherited, 59), a, SteadyLuck())
    over = regime.settle(inherited, month_of(inherited, 60), a, SteadyLuck())

    assert (going.ends, going.instructions) == (False, ())
    assert (over.ends, over.again) == (True, True)
    assert regime.keep(None, np.array([True])) is None
    assert regime.join(None, None) is None
    assert regime.scale(None, 2.0) is None
