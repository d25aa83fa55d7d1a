"""A council founds an enterprise: its part of the work, its price, and the way back to a tender."""

from typing import Any

import numpy as np
import pytest

from simulation.procurement import registry
from simulation.procurement.commissioning import arrange
from simulation.procurement.docket import docket_of
from simulation.procurement.enterprising import Anchored
from simulation.procurement.founding import (
    Stack,
    capped_pay,
    ramp,
    sources_of,
    taper,
)
from simulation.procurement.incubated_coop import IncubatedCoop
from simulation.procurement.interface import Arrangement, Form, Intent, Live, Thread, Volumes
from simulation.procurement.joint_venture import JointVenture
from simulation.procurement.law import legality
from simulation.procurement.luck import luck_of
from simulation.procurement.price_quality import PriceQuality
from simulation.procurement.public_commons import PublicCommons, decided
from simulation.procurement.rolls import roll_of_one
from tests.procurement.markets import SteadyLuck, market, need, plain, varied_market
from tests.procurement.test_nulls import same
from tests.procurement.test_stories import BARE

THREAD = Thread("", "", "", "")
STEADY = {"ramp_months": 1.0, "quality_weight": 0.0, "margin": 0.05}
STACK = Stack(3.0, 0.5, 1.0, 0.0, 0.0, 0.3, 31_500_000, 0.4, 0.04, 120.0)


def bought(
    age_months: int = 0, costs: tuple[float, ...] = (0.9, 1.0, 1.1), **values: float
) -> tuple[Any, Arrangement]:
    """Let a lot where two firms bid and the third candidate is the enterprise."""
    a, regime = plain(**BARE), IncubatedCoop({**STEADY, **values})
    firms = market(unit_cost=costs, member=[False, False, True])
    asked = need(month=40, founded=40 - age_months)
    outcome = regime.procure(asked, firms, a, SteadyLuck())
    return outcome, arrange(asked, regime, outcome, THREAD, a)


def test_the_enterprise_has_its_part_and_the_best_bid_the_rest() -> None:
    """Half is guaranteed at shown cost plus 5 %, held to 10 % above the 95.76 pence of the best."""
    outcome, signed = bought()

    assert outcome.bids.supplier.tolist() == [2, 0, 1]
    assert signed.form is Form.ENTERPRISE
    assert signed.suppliers.tolist() == [2, 0]
    assert signed.shares.tolist() == [0.5, 0.5]
    assert signed.unit_prices == pytest.approx([0.9576 * 1.1, 0.9576])
    assert signed.thread is THREAD
    assert "50% guaranteed to the enterprise for 3.0 years" in outcome.award.criterion


def test_a_cheap_enterprise_is_paid_its_cost_and_margin() -> None:
    """At a cost of 80 pence it asks 84 and not what the tender found."""
    _, signed = bought(costs=(0.9, 1.0, 0.8))

    assert signed.unit_prices == pytest.approx([0.84, 0.9576])


def test_where_nobody_else_bids_the_enterprise_serves_alone() -> None:
    """With one candidate, itself, the lot is not left unserved."""
    a, regime = plain(**BARE), IncubatedCoop(STEADY)
    asked = need(month=40, founded=40)

    outcome = regime.procure(asked, market(1, member=[True]), a, SteadyLuck())

    assert outcome.award.shares.tolist() == [1.0]
    assert outcome.bids.supplier.tolist() == [0]
    signed = arrange(asked, regime, outcome, THREAD, a)
    assert shares_in(signed, 40 + 60, regime) == [1.0]


def shares_in(signed: Arrangement, month: int, regime: IncubatedCoop) -> list[float]:
    """Divide one month's volume."""
    roll = roll_of_one(signed, regime, -1)
    k = signed.suppliers.size
    ones = np.ones(k)
    volumes = Volumes(
        month=month, units=ones * 1e4, share=signed.shares, unit_price=signed.unit_prices,
        cost=signed.costs, capacity=ones * 1e5, quality=signed.qualities, record=ones,
        uid=signed.uid,
    )  # fmt: skip
    return regime.divide_all(roll, volumes, plain(), SteadyLuck()).tolist()


def test_the_guarantee_tapers_and_the_other_supplier_takes_over() -> None:
    """Whole for three years, half of it gone a year later, nothing left after two years more."""
    _, signed = bought()
    regime = IncubatedCoop(STEADY)

    assert shares_in(signed, 40, regime) == pytest.approx([0.5, 0.5])
    assert shares_in(signed, 40 + 35, regime) == pytest.approx([0.5, 0.5])
    assert shares_in(signed, 40 + 47, regime) == pytest.approx([0.25, 0.75])
    assert shares_in(signed, 40 + 60, regime) == pytest.approx([0.0, 1.0])


@pytest.mark.parametrize("state", [Anchored(-1), None], ids=["gone", "none"])
def test_where_no_enterprise_stands_the_shares_of_the_award_do(state: Anchored | None) -> None:
    """Four years on a quarter would be left of the guarantee; but there is nobody to have it."""
    _, signed = bought()

    shares = shares_in(signed._replace(state=state), 40 + 47, IncubatedCoop(STEADY))

    assert shares == signed.shares.tolist() == [0.5, 0.5]


def test_a_young_enterprise_serves_what_it_has_capacity_for() -> None:
    """With a ramp of twelve months it serves a twelfth of its half in the first."""
    _, signed = bought(ramp_months=12.0)
    regime = IncubatedCoop({**STEADY, "ramp_months": 12.0})

    assert shares_in(signed, 40, regime) == pytest.approx([0.5 / 12.0, 1.0 - 0.5 / 12.0])
    assert shares_in(signed, 51, regime) == pytest.approx([0.5, 0.5])


def test_in_the_taper_a_cheap_enterprise_wins_the_whole() -> None:
    """Four years old and the cheapest: the lot is its own at its bid, by a contract like others."""
    outcome, signed = bought(age_months=48, costs=(0.9, 1.0, 0.8))

    assert signed.form is Form.CONTRACT
    assert signed.suppliers.tolist() == [2]
    assert signed.unit_prices == pytest.approx([0.8 * 1.064])
    assert outcome.award.criterion == "price 100%"
    assert shares_in(signed, 45, IncubatedCoop(STEADY)) == [1.0]


def test_in_the_taper_a_dear_enterprise_falls_back_on_its_part() -> None:
    """It loses its bid, which gives way to what is left of the guarantee: 11 of 24 months."""
    outcome, signed = bought(age_months=48)

    assert outcome.bids.supplier.tolist() == [2, 0, 1]
    assert outcome.bids.won.tolist() == [True, True, False]
    assert signed.suppliers.tolist() == [2, 0]
    assert signed.shares == pytest.approx([0.5 * 11 / 24, 1.0 - 0.5 * 11 / 24])
    assert outcome.bidder_cost_pence > int(outcome.bids.cost_of_bidding.sum())


def test_after_the_guarantee_the_enterprise_bids_like_anybody() -> None:
    """At five years of age it stands in the tender, and loses to the cheaper firm."""
    outcome, signed = bought(age_months=60)

    assert signed.form is Form.CONTRACT
    assert outcome.bids.supplier.tolist() == [0, 1, 2]
    assert signed.suppliers.tolist() == [0]


@pytest.mark.parametrize("tender", range(6))
def test_without_an_enterprise_it_is_a_tender_at_price_and_quality(tender: int) -> None:
    """Nobody founded, or a guarantee that has run out: the same bids, award and costs."""
    a, luck, firms = plain(), luck_of(5, tender, 3), varied_market(40, seed=tender)
    asked = need(tender=tender, month=100)

    plainly = PriceQuality().procure(asked, firms, a, luck)

    assert same(IncubatedCoop().procure(asked, firms, a, luck), plainly)
    late = asked._replace(founded=1)
    assert same(IncubatedCoop().procure(late, firms, a, luck), plainly)


def live(signed: Arrangement) -> Live:
    """A month in which all was served."""
    k = signed.suppliers.size
    ones = np.ones(k)
    return Live(
        month=41, units=ones, paid_pence=np.ones(k, dtype=np.int64), unit_price=ones, cost=ones,
        utilisation=ones, capacity=ones, uid=signed.uid, supplier=signed.suppliers, honesty=ones,
        padding=ones, share=signed.shares, chance=ones, record=ones,
    )  # fmt: skip


@pytest.mark.parametrize(("kept", "ends"), [([False, True], True), ([True, False], False)])
def test_the_council_lets_the_work_again_when_the_enterprise_is_gone(
    kept: list[bool], ends: bool
) -> None:
    """If the other supplier fails the enterprise goes on; if it fails itself, the lot is let."""
    _, signed = bought()
    regime = IncubatedCoop(STEADY)
    stays = np.array(kept)
    left = signed._replace(
        suppliers=signed.suppliers[stays], uid=signed.uid[stays], shares=signed.shares[stays],
        state=regime.keep(signed.state, stays),
    )  # fmt: skip

    answer = regime.settle_all(roll_of_one(left, regime, -1), live(left), plain(), SteadyLuck())

    assert answer.ends.tolist() == [ends]
    assert bool(answer.reasons[0]) is ends


def test_a_docket_notes_what_the_enterprise_has_taken_on() -> None:
    """Its part of the first lot is room that it no longer has."""
    a, regime = plain(**BARE), IncubatedCoop(STEADY)
    asked = need(month=40, founded=40)
    docket = docket_of(asked, market(member=[False, False, True]), SteadyLuck())

    regime.procure_all(docket, a)

    assert docket.won[2] == pytest.approx(5_000.0)


@pytest.mark.parametrize("whole", [0, 1, 99, 100_003, 250_000_001])
@pytest.mark.parametrize("fund", [0, 7, 10**9])
def test_no_source_of_capital_is_asked_for_more_than_the_whole(whole: int, fund: int) -> None:
    """Fund, grant and loan add up to the whole at most; the bank completes it to the penny."""
    asked = sources_of(STACK, whole, fund)

    assert 0 <= asked.total <= whole
    assert asked.fund == min(whole, fund)
    assert asked.grant <= 0.3 * (whole - asked.fund)
    assert whole == asked.total + (whole - asked.total)


def test_a_grant_above_the_limit_is_lent() -> None:
    """Of 2,000,000 pounds, 30 % would be given; 315,000 pounds are, and 285,000 are lent too."""
    asked = sources_of(STACK, 200_000_000, 0)

    assert asked.grant == 31_500_000
    assert asked.loan == 80_000_000 + 28_500_000


def test_a_pay_cap_saves_pay_and_costs_quality_only_where_it_binds() -> None:
    """Half of usual differences with managers on a tenth of pay: 5 % saved, 5 % of quality lost."""
    assert capped_pay(5.0, 10.0, 0.1, 0.1) == pytest.approx((0.95, 0.95))
    assert capped_pay(20.0, 10.0, 0.1, 0.1) == (1.0, 1.0)


def test_ramp_and_taper_end_where_they_should() -> None:
    """Capacity is whole after the ramp, and the guarantee gone after the taper."""
    assert [ramp(age, 4.0) for age in range(5)] == [0.25, 0.5, 0.75, 1.0, 1.0]
    assert [taper(age, 2.0, 2.0) for age in range(5)] == [1.0, 1.0, 0.5, 0.0, 0.0]


def test_a_charter_names_what_the_policy_chose() -> None:
    """Guarantee, capital, membership and the rule on surplus stand in the founding document."""
    charter = IncubatedCoop({"anchor_share": 0.3, "buy_in": 0.0}).charter(need(), plain())

    assert charter is not None
    assert charter.share == 0.3
    assert charter.buy_in == 0.0
    assert charter.split.individual + charter.split.social + charter.split.fund < 1.0
    assert charter.pay == pytest.approx(0.95 * 1.05)


@pytest.mark.parametrize(
    ("name", "date", "lawful", "contested"),
    [
        ("incubated_coop", (2012, 2), False, False),
        ("incubated_coop", (2014, 4), True, True),
        ("incubated_coop", (2018, 4), True, True),
        ("incubated_coop", (2026, 1), True, False),
        ("public_commons", (2018, 4), True, True),
        ("joint_venture", (2018, 4), True, True),
    ],
)
def test_the_law_of_the_date_says_whether_care_may_be_given_to_an_enterprise(
    name: str, date: tuple[int, int], lawful: bool, contested: bool
) -> None:
    """A reserved contract carries a mutual in care; shared ownership is contested at every date."""
    verdict = legality(registry.get(name)(), "homecare", "light_touch", True, *date)

    assert (verdict.lawful, verdict.contested) == (lawful, contested)


@pytest.mark.parametrize(
    ("date", "months", "contested"),
    [((2018, 4), 12, False), ((2018, 4), 13, True), ((2026, 4), 36, False), ((2026, 4), 37, True)],
)
def test_a_guarantee_longer_than_a_reserved_contract_is_contested(
    date: tuple[int, int], months: float, contested: bool
) -> None:
    """With a taper of two years: three years under reg. 77, five under s. 33, else no route."""
    regime = IncubatedCoop({"anchor_months": months, "taper_months": 24.0})

    verdict = legality(regime, "homecare", "light_touch", True, *date)

    assert verdict.contested == contested
    assert ("direct award" in verdict.power) == contested


def test_a_guarantee_that_no_reserved_contract_allows_is_named_before_the_run() -> None:
    """61 months with the taper: reg. 77 gave three years, s. 33 gives five; 60 fit one of them."""
    care, roads = {"homecare": 663_540.0}, {"highways": 663_540.0}
    long = Intent({"anchor_months": 37.0, "taper_months": 24.0}, 0.0, care, date=(2018, 4))
    fits = long._replace(parameters={"anchor_months": 36.0, "taper_months": 24.0})

    (before,) = IncubatedCoop.problems(long)
    (after,) = IncubatedCoop.problems(long._replace(date=(2026, 4)))

    assert before.path == after.path == ("parameters", "anchor_months")
    assert "61 months" in before.found
    assert (before.wanted, after.wanted) == ("36 months at most", "60 months at most")
    unreserved = long._replace(limits=roads), long._replace(date=(2014, 4))
    for other in (fits, long._replace(counterfactual=True), *unreserved):
        assert not list(IncubatedCoop.problems(other))


def test_work_outside_care_is_contested_for_a_co_op() -> None:
    """No reservation covers cleaning."""
    verdict = legality(IncubatedCoop, "facilities_management", "goods_services", True, 2018, 4)

    assert verdict.lawful
    assert verdict.contested


@pytest.mark.parametrize(
    ("votes", "proportional", "parts"),
    [
        ((1.0, 2.0, 1.0), 1.0, (0.25, 0.5, 0.25)),
        ((1.0, 2.0, 1.0), 0.0, (0.0, 1.0, 0.0)),
        ((0.0, 0.0, 0.0), 1.0, (0.0, 0.0, 0.0)),
    ],
)
def test_sides_decide_by_their_votes(
    votes: tuple[float, ...], proportional: float, parts: tuple[float, ...]
) -> None:
    """Each on its part, or the side with most on all of it."""
    assert decided(votes, proportional) == parts


def test_a_commons_divides_what_is_left_after_its_reserve() -> None:
    """30 % stays; of 70 % half is the association's, 70 % of it for the next commons."""
    split = PublicCommons().split()

    assert split.fund == pytest.approx(0.7 * 0.5 * 0.7)
    assert split.social == pytest.approx(0.7 * 0.5 * 0.3)
    assert split.council == pytest.approx(0.175)
    assert split.workers == pytest.approx(0.175)


def test_control_moves_the_margin_of_a_joint_venture() -> None:
    """The council would add 5 %, the partner 12 %; with equal control they add 8.5 %."""
    assert JointVenture().margin() == pytest.approx(0.085)
    assert JointVenture({"control": 1.0}).margin() == pytest.approx(0.05)


def test_owners_of_a_joint_venture_pay_by_their_shares() -> None:
    """Of 60 % of the capital the council pays a third where it has a third of the shares."""
    stack = JointVenture({"council_shares": 1.0 / 3.0}).stack()
    asked = sources_of(stack, 30_000, 0)

    assert (asked.equity, asked.partner) == pytest.approx((6_000, 12_000), abs=1)
    assert asked.grant == asked.fund == 0
