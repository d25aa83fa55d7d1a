"""Three providers and the council as one party; every figure can be checked by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.procurement.alliance import Alliance
from simulation.procurement.alliance_month import TOO_FEW
from simulation.procurement.alliance_rules import agreed, effort, parts_of_pool, shared, split_pence
from simulation.procurement.arrangements import Settlement
from simulation.procurement.commissioning import arrange, choose_option
from simulation.procurement.interface import Arrangement, Live, Need
from simulation.procurement.law import LegalRisk
from simulation.procurement.learning import Memory
from simulation.procurement.portfolio import Portfolio, Suppliers
from simulation.procurement.price_quality import PriceQuality
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stories import BARE, COSTS, THREAD, live_of

PRICES = [0.954, 1.06, 1.166]
"""Shown cost of 90, 100 and 110 pence and the agreed 6 %."""
HOUR = 4_000
"""Pence of an hour, on either side."""


def folding(**changes: Any) -> Need:
    """Give a lot of 10,000 pounds a month, the first of four that are to be folded into one."""
    return need(prospect_units=40_000.0, **changes)


def signed(
    regime: Alliance, a: Assumptions | None = None, asked: Need | None = None
) -> Arrangement:
    """Found an alliance of three providers that differ in cost only."""
    terms = plain(**BARE) if a is None else a
    lot = folding() if asked is None else asked
    outcome = regime.procure(lot, market(unit_cost=COSTS), terms, SteadyLuck())
    assert outcome.award.made, outcome.award.reason
    return arrange(lot, regime, outcome, THREAD, terms)


def month_of(alliance: Arrangement, age: int, **columns: Any) -> Live:
    """Give an alliance's month in which everybody served a third, some columns replaced."""
    live = live_of(alliance, month=alliance.start + age - 1)
    return replace(live, **{name: np.asarray(column) for name, column in columns.items()})


def pence_of(answer: Settlement, kind: Kind, reason: str = "") -> list[tuple[int, int, int]]:
    """List payments of a kind (and reason): payer, payee, pence."""
    return [
        (one.payer, one.payee, one.pence)
        for one in answer.instructions
        if one.kind is kind and (not reason or one.reason == reason)
    ]


class Refusing:
    """Luck in which the first provider refuses whatever is proposed, and nobody else."""

    def uniform(self, purpose: int, uids: Any) -> Any:
        """Draw nearly nothing for the first, one half for the others."""
        return np.where(np.arange(np.size(uids)) == 0, 0.01, 0.5)

    def shared(self, purpose: int) -> float:
        """Draw one half."""
        return 0.5


def test_four_contracts_become_one_negotiated_alliance() -> None:
    """Three providers are chosen for the whole of 40,000 pounds a month, at cost plus 6 %."""
    a, regime, lot = plain(**BARE), Alliance(), folding()

    outcome = regime.procure(lot, market(unit_cost=COSTS), a, SteadyLuck())

    assert regime.whole(lot).value_pence == 40_000 * 60 * 100
    assert regime.places_for(lot) == 6  # 2.4 million pounds over the first term, 0.4 a place
    by_firm = np.argsort(outcome.bids.supplier[outcome.award.rows])
    assert outcome.award.unit_prices[by_firm] == pytest.approx(PRICES)
    assert outcome.award.shares == pytest.approx(np.full(3, 1 / 3))
    assert outcome.award.reason == "3 providers chosen on record and marks"
    assert outcome.award.criterion == (
        "price 70%, quality 30%; record at least 0.45; record 50% of the ranking; "
        "open book, margin 6.0%; 50% of pain and gain to providers"
    )
    tender = PriceQuality({"quality_weight": 0.3}).procure(
        lot, market(unit_cost=COSTS), a, SteadyLuck()
    )
    assert outcome.buyer_cost_pence - tender.buyer_cost_pence == 200 * HOUR
    days = (outcome.bids.cost_of_bidding - tender.bids.cost_of_bidding) / (480 * 100 * 0.8)
    assert days == pytest.approx(np.full(3, 6.0))


def test_all_lots_are_meant_where_the_term_is_the_usual_one_too() -> None:
    """Four lots of 10,000 pounds a month for three years, as each alone would be let for."""
    whole = Alliance({"term_months": 36.0}).whole(folding())

    assert (whole.units_month, whole.months) == (40_000.0, 36)
    assert whole.value_pence == 40_000 * 36 * 100


def test_going_alone_would_cost_a_sealed_bid_and_the_hours_of_the_tender() -> None:
    """A mark-up of 6.4 %, and 144 hours at 40 pounds over 360,000 pounds of work: 1.6 pence."""
    alliance = signed(Alliance())

    by_firm = np.argsort(alliance.suppliers)
    assert alliance.state.alone[by_firm] == pytest.approx([0.9736, 1.08, 1.1864])


def test_it_is_signed_for_five_years_and_five_more() -> None:
    """The longest term is written down; whether the second half comes is decided at a review."""
    alliance = signed(Alliance())

    assert alliance.end - alliance.start == 120
    assert alliance.terms.open_book
    assert not alliance.terms.volume_guaranteed
    assert alliance.need.units_month == 10_000.0
    assert alliance.state.cohort.people == 10.0  # of 1,000 pounds a month each


def test_what_an_alliance_does_for_people_is_that_of_the_lot_let_until_others_join() -> None:
    """A quarter of the work does a quarter of the social value; the other lots bring theirs."""
    firms, lot = market(unit_cost=COSTS, reputation=[0.5, 0.5, 0.5]), folding()
    whole = lot._replace(units_month=lot.prospect_units)
    part = Alliance().procure(lot, firms, plain(**BARE), SteadyLuck()).bids.deliverable_month
    full = Alliance().procure(whole, firms, plain(**BARE), SteadyLuck()).bids.deliverable_month

    assert full.sum() > 0.0
    assert part == pytest.approx(full * lot.units_month / lot.prospect_units)


def test_a_poor_record_is_shut_out_and_too_few_make_no_alliance() -> None:
    """Two of three have no record here; an alliance needs two providers, so there is none."""
    firms = market(unit_cost=COSTS, reputation=[0.5, 0.0, 0.0])

    outcome = Alliance().procure(folding(), firms, plain(**BARE), SteadyLuck())

    assert outcome.bids.supplier.tolist() == [0]
    assert not outcome.award.made
    assert outcome.award.reason == "fewer providers came than the alliance needs"
    assert not outcome.bids.won.any()
    assert outcome.state is None


def test_a_need_without_room_for_two_is_bought_by_contract() -> None:
    """600,000 pounds over five years are less than two places of 400,000: no meetings for that."""
    alliance, contract, risk = Alliance(), PriceQuality(), LegalRisk()

    small, _ = choose_option(need(), alliance, contract, risk, plain())
    large, _ = choose_option(folding(), alliance, contract, risk, plain())

    assert small is contract
    assert large is alliance


def test_what_is_saved_against_the_target_is_shared_and_what_is_overspent_too() -> None:
    """Of 600 pounds saved in a month the three gain 100 each; overspent, they bear as much."""
    alliance, regime, a = signed(Alliance()), Alliance(), plain(**BARE)
    paid = np.rint(month_of(alliance, 1).paid_pence)

    saved = regime.settle(alliance, month_of(alliance, 1, paid_pence=paid - 20_000), a, Refusing())
    over = regime.settle(alliance, month_of(alliance, 1, paid_pence=paid + 20_000), a, Refusing())

    firms = alliance.suppliers.tolist()
    assert pence_of(saved, Kind.GAIN_SHARE) == [(100, firm, 10_000) for firm in firms]
    assert pence_of(over, Kind.GAIN_SHARE) == [(firm, 100, 10_000) for firm in firms]


def test_pain_stops_at_the_cap_and_no_penny_is_lost() -> None:
    """Half of a fifth overspent is a tenth of the target; the cap is 6 %, split three ways."""
    rules = Alliance().values

    pot = shared(rules, 1_000_000.0, 1_200_000.0)
    parts = split_pence(pot - 1, parts_of_pool(np.array([1.0, 2.0, 3.0]), 0.0))

    assert pot == -60_000
    assert parts.tolist() == [-20_000, -20_001, -20_000]
    assert shared(rules, 1_000_000.0, 500_000.0) == 100_000


def test_pain_and_gain_can_follow_the_work_instead() -> None:
    """Split by work, who serves half of all has half of the result; who serves nothing, nothing."""
    work = np.array([500.0, 300.0, 200.0, 0.0])

    assert parts_of_pool(work, 1.0) == pytest.approx([0.5, 0.3, 0.2, 0.0])
    assert parts_of_pool(work, 0.0) == pytest.approx([0.25] * 4)
    assert parts_of_pool(np.zeros(2), 1.0) == pytest.approx([0.5, 0.5])


def test_each_of_more_providers_makes_less_effort_and_the_cost_rises() -> None:
    """Half of a saving is shared: three keep a sixth each, six a twelfth; slack is 6 % of cost."""
    regime, a = Alliance(), plain(**BARE)
    alliance = signed(regime)

    three = effort(regime.values, parts_of_pool(np.ones(3), 0.0))
    six = effort(regime.values, parts_of_pool(np.ones(6), 0.0))
    answer = regime.settle(alliance, month_of(alliance, 1), a, Refusing())

    assert three == pytest.approx([1 / 6] * 3)
    assert six == pytest.approx([1 / 12] * 6)
    rises = 1.0 + 0.06 * (1.0 - 1 / 6)
    assert answer.unit_prices == pytest.approx(alliance.unit_prices * rises)
    assert answer.unit_costs == pytest.approx(alliance.costs * rises)


def test_a_review_turns_failure_demand_seen_into_rules_that_lower_it() -> None:
    """35 % come back; 0.3 of that x the 0.4 that is avoidable: recurrence falls by 4.2 %."""
    regime, a = Alliance(), plain(**BARE)
    alliance = signed(regime)

    before = regime.settle(alliance, month_of(alliance, 5), a, SteadyLuck())
    review = regime.settle(alliance, month_of(alliance, 6), a, SteadyLuck())

    assert before.state.cohort == alliance.state.cohort
    assert review.state.cohort.kept == pytest.approx(1.0 - 0.3 * 0.35 * 0.4)
    spent = {reason: pence_of(review, Kind.PROCESS_COST, reason) for reason in
             ("board", "review", "change of rules", "meetings on refusals")}  # fmt: skip
    assert [len(spent[reason]) for reason in spent] == [4, 4, 4, 0]
    assert {pence for _, _, pence in spent["change of rules"]} == {40 * HOUR}


def test_years_of_learning_meet_the_need_with_less_service_at_a_lower_price() -> None:
    """Three years on fewer come back, so a unit of need takes less and costs less."""
    regime, a = Alliance({"exit": 0.0}), plain(**BARE)
    alliance = founded = signed(regime)

    for age in range(1, 37):
        answer = regime.settle(alliance, month_of(alliance, age), a, SteadyLuck())
        alliance = alliance._replace(
            state=answer.state, work=answer.work, unit_prices=answer.unit_prices,
            costs=answer.unit_costs,
        )  # fmt: skip

    first = regime.settle(founded, month_of(founded, 1), a, SteadyLuck())
    assert alliance.work == alliance.state.cohort.in_service
    assert 0.9 < alliance.work < 0.99
    assert answer.unit_prices == pytest.approx(first.unit_prices * alliance.work)
    assert pence_of(answer, Kind.GAIN_SHARE)


def test_one_refusal_holds_out_and_costs_everybody_a_meeting() -> None:
    """Unanimity: the first provider's no leaves the rules as they are; two thirds would do less."""
    regime, a = Alliance(), plain(**BARE)
    alliance = signed(regime)

    held = regime.settle(alliance, month_of(alliance, 6), a, Refusing())
    carried = Alliance({"consent": 0.6}).settle(alliance, month_of(alliance, 6), a, Refusing())

    meetings = pence_of(held, Kind.PROCESS_COST, "meetings on refusals")
    assert held.state.cohort == alliance.state.cohort
    assert [pence for _, _, pence in meetings] == [6 * HOUR] * 4
    assert not pence_of(held, Kind.PROCESS_COST, "change of rules")
    assert carried.state.cohort.kept < 1.0


def test_the_more_must_consent_the_likelier_one_holds_out() -> None:
    """With a tenth refusing, three consent in 0.9 ^ 3 of all cases and ten in 0.9 ^ 10."""
    draws = np.random.default_rng(5).uniform(size=(4_000, 10))
    rules, within = Alliance().values, 0.03

    three = np.mean([agreed(rules, row[:3] < 0.1) for row in draws])
    ten = np.mean([agreed(rules, row < 0.1) for row in draws])

    assert three == pytest.approx(0.9**3, abs=within)
    assert ten == pytest.approx(0.9**10, abs=within)


def test_a_provider_that_expects_more_elsewhere_leaves_at_a_review_and_it_costs_both() -> None:
    """The first is sure of work elsewhere: it hands over for 80 hours, and the council as many."""
    regime, a = Alliance(), plain(**BARE)
    alliance = signed(regime)
    sought = [0.95, 0.05, 0.05]

    early = regime.settle(alliance, month_of(alliance, 5, chance=sought), a, SteadyLuck())
    answer = regime.settle(alliance, month_of(alliance, 6, chance=sought), a, SteadyLuck())

    assert early.stays is not None
    assert early.stays.all()
    assert answer.stays is not None
    assert answer.stays.tolist() == [False, True, True]
    first = int(alliance.suppliers[0])
    assert sorted(pence_of(answer, Kind.PROCESS_COST, "handover")) == sorted(
        [(100, -1, 80 * HOUR), (first, -1, 80 * HOUR)]
    )
    assert not answer.ends
    assert answer.state.agreed.tolist() == alliance.state.agreed[1:].tolist()
    keep_more = effort(regime.values, parts_of_pool(np.ones(2), 0.0))
    assert answer.state.raised == pytest.approx(1.0 + 0.06 * (1.0 - keep_more))


def test_it_ends_when_too_few_remain() -> None:
    """Two leave; one cannot be an alliance, and the baseline buys what it served."""
    regime, alliance = Alliance(), signed(Alliance())

    month = month_of(alliance, 6, chance=[0.95, 0.95, 0.05])
    answer = regime.settle(alliance, month, plain(**BARE), SteadyLuck())

    assert answer.ends
    assert not answer.again
    assert answer.reason == TOO_FEW


def test_another_lot_brings_people_who_were_helped_by_the_old_rules() -> None:
    """A need that doubles: the part of recurrence left stays, the stock moves half way back."""
    regime, alliance = Alliance(), signed(Alliance())
    learned = replace(alliance.state.cohort, in_service=0.8, to_return=0.6, kept=0.5)

    state = regime.scale(replace(alliance.state, cohort=learned), 2.0)

    assert state is not None
    assert state.grown
    assert (state.cohort.people, state.cohort.kept) == (20.0, 0.5)
    assert (state.cohort.in_service, state.cohort.to_return) == pytest.approx((0.9, 0.8))


def test_it_calls_for_others_when_its_members_cannot_carry_the_need() -> None:
    """After lots have joined, members with room for 3,000 of 10,000 units ask others in."""
    regime, a = Alliance(), plain(**BARE)
    alliance = signed(regime)
    state = replace(alliance.state, grown=True)
    grown = alliance._replace(state=state)

    narrow = regime.settle(grown, month_of(alliance, 2, capacity=[1e3] * 3), a, SteadyLuck())
    wide = regime.settle(grown, month_of(alliance, 2), a, SteadyLuck())
    quiet = regime.settle(alliance, month_of(alliance, 2, capacity=[1e3] * 3), a, SteadyLuck())

    assert (narrow.reopen, wide.reopen, quiet.reopen) == (True, False, False)
    assert not narrow.state.grown


def test_newcomers_are_let_in_at_the_prices_agreed_with_them() -> None:
    """Two who join stand behind the others, with the targets of their own bids."""
    regime, alliance = Alliance(), signed(Alliance())
    joining = signed(Alliance()).state

    state = regime.join(alliance.state, joining)

    assert state is not None
    assert state.agreed.tolist() == [*alliance.state.agreed, *joining.agreed]
    kept = regime.keep(state, np.array([True, False, True, False, False, True]))
    assert kept is not None
    assert kept.raised.size == kept.alone.size == kept.agreed.size == 3


def test_what_takes_half_the_service_takes_half_the_room() -> None:
    """Three providers with room for 5,000 units meet 10,000 at half of each."""
    a, firms = plain(**BARE), market(unit_cost=COSTS)
    memory, alliance = Memory(1, 24, a), signed(Alliance())
    trade = Suppliers(np.full(3, 5_000.0 / 3.0), firms.utilisation, firms.honesty, np.zeros(3))

    served, committed = [], []
    for work in (1.0, 0.5):
        book = Portfolio(4)
        book.enter([(alliance._replace(work=work), Alliance(), 1, -1)])
        served.append(book.divide(alliance.start, np.ones((1, 24)), trade, memory, a).sum())
        committed.append(book.committed(3).sum())

    assert served == pytest.approx([5_000.0, 10_000.0])
    assert committed[1] == pytest.approx(5_000.0)


def test_a_portfolio_carries_out_what_an_alliance_answers() -> None:
    """Price, cost and service per unit of the next month stand in the table and the arrangement."""
    a, firms, regime = plain(**BARE), market(unit_cost=COSTS), Alliance({"exit": 0.0})
    memory, alliance, book = Memory(1, 24, a), signed(regime), Portfolio(4)
    taught = replace(alliance.state.cohort, kept=0.6, to_return=0.5)
    alliance = alliance._replace(state=replace(alliance.state, cohort=taught))
    (number,) = book.enter([(alliance, regime, 1, -1)])
    trade = Suppliers(firms.capacity, firms.utilisation, firms.honesty, np.zeros(3))
    units = book.divide(alliance.start, np.ones((1, 24)), trade, memory, a)
    done = book.deliver(alliance.start, units, trade, memory, a)

    settled = book.settle(alliance.start, done, trade, memory, a)

    after, places = book.standing[number].arrangement, book.places
    assert after.work < 1.0
    assert places.work.tolist() == [after.work] * 3
    assert places.unit_price.tolist() == after.unit_prices.tolist()
    assert places.cost.tolist() == after.costs.tolist()
    assert after.costs == pytest.approx(alliance.costs * after.state.raised)
    assert (settled.ended, settled.again) == ({}, frozenset())
