"""Each measure of a pattern, on made-up books and censuses whose answer is known by hand."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.patterns import (
    bids,
    claims,
    concentration,
    coops,
    framework,
    hazard,
    losers,
    preference,
    preston,
    ramp,
    respend,
    set_asides,
    sizes,
    turnover,
)
from experiments.patterns.pattern import ISLES, Life
from experiments.patterns.trail import Trail
from experiments.runner.reading import read_question
from scenarios.read import read_scenario
from scenarios.vocabulary import Kind, OwnerKind, SizeBand
from simulation.accounting.books import Form, Table
from tests.experiments.patterns.made_books import (
    ELSEWHERE,
    HERE,
    MONTHS,
    books,
    census,
    parties,
    rows,
    seen,
)


def test_bids_are_counted_and_their_spread_held_against_chance() -> None:
    """Tenders with 0, 1, 1 and 6 bids: 8 for the three that drew any, two of them with one bid.

    A tender of the built state is left out. One of two needs never drew any.
    """
    tenders = rows("tenders", 5, tender=range(5), month=[0, 1, 2, 3, 4], bids=[9, 0, 1, 1, 6],
                   category=[3, 2, 1, 1, 1])  # fmt: skip

    told = bids.measure({"usual": Life(books(tenders=tenders))})

    assert told["mean"] == 8 / 3
    assert told["single"] == pytest.approx(2 / 3)
    assert told["none"] == 0.25
    assert told["needs"] == 0.5
    assert told["dispersion"] == pytest.approx((4 + 1 + 1 + 16) / 4 / 2)


def test_concentration_of_two_suppliers_and_of_the_last_year() -> None:
    """Shares of 3 and 1 quarters give an index of 0.625; in the last year one supplier has all."""
    paid = rows("purchases", 3, month=[1, 2, MONTHS], supplier=[1, 2, 1], pence=[50, 25, 25],
                arrangement=[0, 1, 2])  # fmt: skip

    told = concentration.measure({"usual": Life(books(parties=parties(), purchases=paid))})

    assert told["hhi"] == pytest.approx(0.625)
    assert told["hhi_last"] == 1.0
    assert told["alike"] == pytest.approx(1.6)
    assert told["suppliers"] == 2.0
    assert told["top_five"] == 1.0


def test_where_needs_are_even_the_council_spends_what_it_spent() -> None:
    """The whole budget to the last pounds, as much on each of its kinds of need."""
    was, even = (
        read_question(one.scenario, one.sets).buyers[0].budget
        for one in (ISLES, concentration.EVEN_NEEDS)
    )

    assert set(even) == set(was)
    assert set(even.values()) == {concentration.POUNDS}
    assert sum(even.values()) == pytest.approx(sum(was.values()), abs=len(was))


def test_losers_are_fewer_over_three_years_than_over_one() -> None:
    """Three bid in year one and one wins; one of the losers wins in year two."""
    tenders = rows("tenders", 2, tender=[0, 1], month=[3, 20], bids=[3, 1],
                   bidder_cost_pence=[300, 100])  # fmt: skip
    made = rows("bids", 4, tender=[0, 0, 0, 1], supplier=[1, 2, 3, 2], won=[1, 0, 0, 1])

    told = losers.measure({"usual": Life(books(tenders=tenders, bids=made))})

    assert told["one"] == pytest.approx(2 / 3)
    assert told["three"] == pytest.approx(1 / 3)
    assert told["cost_one"] == pytest.approx(2 / 3)
    assert told["cost_three"] == pytest.approx(100 / 400)


def test_the_tail_of_sizes_that_follow_a_power_law_is_found() -> None:
    """Quantiles of a Pareto of exponent 1.1 give it back; too few firms give no answer."""
    chance = (np.arange(4000) + 0.5) / 4000
    jobs = np.floor((sizes.LEAST_JOBS - 0.5) * chance ** (-1 / 1.1) + 0.5).astype(np.int64)

    found = sizes.tail(jobs)

    assert found == pytest.approx(1.1, abs=0.03)
    assert sizes.tail(jobs[:4]) is None


def test_growth_is_of_firms_that_lived_on() -> None:
    """One small firm doubles; the large one closed; one elsewhere does not count."""
    here = [True, True, False]
    first = census(3, staff=[2, 50, 2], here=here)
    last = census(3, staff=[4, 0, 40], here=here, alive=[True, False, True])

    told = sizes.measure(seen(first, last))

    assert told["grown_small"] == pytest.approx(np.log(2.0))
    assert told["grown_large"] is None
    assert told["top_tenth"] == 1.0


def test_closures_are_counted_by_age() -> None:
    """Of two young firms one closes, of two old ones one is replaced; one elsewhere counts not."""
    first = census(5, age=[3, 3, 90, 90, 3], here=[True, True, True, True, False])
    last = census(5, uid=[0, 1, 2, 9, 4], alive=[True, False, True, True, False])

    exposed, closed = hazard.closings(Trail([first, last]))

    assert exposed.tolist() == [2, 0, 0, 0, 0, 2]
    assert closed.tolist() == [1, 0, 0, 0, 0, 1]
    told = hazard.measure(seen(first, last))
    assert told["all"] == 6.0
    assert told["ratio"] == 1.0
    assert told["five_years"] is None


def test_five_years_are_lived_through_one_after_the_other() -> None:
    """A tenth closes each month in each of the five years: 0.9 to the power of sixty live."""
    ages = np.repeat([5, 17, 29, 41, 53], 10)
    gone = np.tile(np.arange(10) == 0, 5)

    told = hazard.measure(seen(census(50, age=ages), census(50, alive=~gone)))

    assert told["five_years"] == pytest.approx(0.9**60)


def test_co_ops_are_held_against_companies_of_their_size_and_age() -> None:
    """Of two small companies one closes, the large one stays; of four co-ops one is small.

    At the co-ops' sizes a quarter of the companies would be small, so an eighth would close.
    """
    band = [SizeBand.MICRO, SizeBand.MICRO, SizeBand.LARGE, SizeBand.MICRO, *[SizeBand.LARGE] * 3]
    owner = [OwnerKind.LOCAL] * 3 + [OwnerKind.COOP] * 4
    first = census(7, band=band, owner=owner)
    last = replace(first, alive=np.arange(7) > 0)

    told = coops.measure(seen(first, last))

    assert told["months"] == 4.0
    assert told["coops"] == 0.0
    assert told["companies"] == pytest.approx(12 / 3)
    assert told["companies_equal"] == pytest.approx(12 / 8)
    assert told["gap"] == pytest.approx(-4.0)
    assert told["gap_equal"] == pytest.approx(-1.5)


def test_who_is_paid_less_leaves_more_often() -> None:
    """Both of two badly paid workers leave in a month, neither of two well paid ones."""
    first = census(employer=[0, 0, 1, 1], wage=[100, 100, 200, 200], skill=[1.0] * 4)
    last = replace(first, employer=np.array([1, -1, 1, 1]))

    told = turnover.measure(seen(first, last))

    assert told["all"] == 6.0
    assert told["low"] == 12.0
    assert told["high"] == 0.0
    assert told["slope"] == pytest.approx(-12.0 * np.log(1.1) / np.log(2.0))


def test_a_closed_employer_is_nobodys_choice() -> None:
    """Who lost a job because the firm closed did not leave for pay."""
    first = census(employer=[0, 1], wage=[100, 100], skill=[1.0, 1.0])
    last = census(alive=[False, True, True, True], employer=[-1, 1], wage=[0, 100],
                  skill=[1.0, 1.0])  # fmt: skip

    pay, left = turnover.leaving(Trail([first, last]))

    assert pay.size == 1
    assert not left.any()


def test_what_suppliers_pay_on_is_weighed_by_what_they_were_paid() -> None:
    """Here half of one supplier's and none of another's payments stay; elsewhere a tenth."""
    paid = rows("purchases", 3, month=[1, 1, 1], supplier=[0, 1, 2], pence=[300, 100, 100],
                arrangement=[0, 1, 2])  # fmt: skip
    out = rows("outflows", 6, month=[1] * 6, supplier=[0, 0, 1, 2, 2, 2],
               kind=[Kind.WAGES, Kind.INTERMEDIATE, Kind.WAGES, Kind.WAGES, Kind.WAGES, Kind.PAYE],
               area=[HERE, ELSEWHERE, ELSEWHERE, HERE, ELSEWHERE, HERE],
               pence=[50, 50, 80, 10, 50, 40])  # fmt: skip

    told = respend.measure({"usual": Life(books(parties=parties(), purchases=paid, outflows=out))})

    assert told["local"] == pytest.approx((300 * 0.5 + 100 * 0.0) / 400)
    assert told["outside"] == pytest.approx(0.1)
    assert told["small"] == pytest.approx((300 * 0.5 + 100 * 0.1) / 400)
    assert told["large"] == 0.0
    assert told["gap"] == pytest.approx(0.375 - 0.1)


def delivered(units: int = 1000, pence: int = 100) -> Table:
    """A month's need, met at a price a unit."""
    return rows("needs", 1, month=[1], need_milli=[units * 1000], delivered_milli=[units * 1000],
                quality_ppm=[1_000_000], outlay_pence=[units * pence])  # fmt: skip


def test_claims_rise_with_weight_and_deliveries_need_not() -> None:
    """Claims double between the least and the most weight; what is delivered stays."""

    def life(claimed: int) -> Life:
        made = rows("arrangements", 1, start=[1], end=[MONTHS], claimed_pence=[claimed],
                    delivered_pence=[20_000])  # fmt: skip
        return Life(books(arrangements=made, needs=delivered()))

    lives = {arm.name: life(40_000) for arm in claims.PATTERN.arms}
    lives[claims.PATTERN.arms[-1].name] = life(80_000)

    told = claims.measure(lives)

    assert told["claimed_low"] == pytest.approx(0.4)
    assert told["claimed_rise"] == pytest.approx(0.4)
    assert told["delivered_rise"] == 0.0
    assert told["ratio_low"] == pytest.approx(0.5)
    assert told["ratio_high"] == pytest.approx(0.25)


def test_providers_are_counted_of_the_needs_that_the_framework_let() -> None:
    """Three before, one after, two where all is let as ever; another need does not count."""
    made = rows("arrangements", 1, buyer=[0], category=[1], start=[1], end=[36], regime=[1])
    paid = rows("purchases", 5, month=[0, -3, -3, MONTHS, MONTHS], supplier=[1, 2, 3, 1, 2],
                category=[1, 1, 1, 1, 2], arrangement=range(5), pence=[1] * 5)  # fmt: skip
    beside = rows("purchases", 2, month=[MONTHS, MONTHS], supplier=[1, 2], category=[1, 1],
                  arrangement=[0, 1], pence=[1, 1])  # fmt: skip

    told = framework.measure({
        "framework": Life(books(arrangements=made, purchases=paid)),
        "usual": Life(books(purchases=beside)),
    })  # fmt: skip

    assert (told["needs"], told["before"], told["after"], told["beside"]) == (1.0, 3.0, 1.0, 2.0)
    assert told["change"] == pytest.approx(1 / 3)
    assert told["against"] == 0.5


def test_a_preference_is_read_off_prices_and_who_bids() -> None:
    """A tenth dearer; one large bidder from elsewhere stays away, one small one here comes."""
    tender = rows("tenders", 2, tender=[0, 1], month=[1, 0], bids=[2, 1])

    def life(pence: int, who: list[int]) -> Life:
        made = rows("bids", len(who) + 1, tender=[0] * len(who) + [1], supplier=[*who, 1])
        need = delivered(pence=pence)
        return Life(books(parties=parties(), tenders=tender, bids=made, needs=need))

    told = preference.measure({"preferred": life(110, [0, 2]), "usual": life(100, [2, 3])})

    assert told["price"] == pytest.approx(0.1)
    assert told["bids"] == 0.0
    assert told["bids_small"] == 1.0
    assert told["bids_large"] == -1.0
    assert told["bids_local"] == 1.0
    assert told["premium"] is None


def test_set_asides_end_in_their_last_month_and_are_read_before_and_after() -> None:
    """All is bought near while they last, half in the end, none in the run beside."""
    paid = rows("purchases", 3, month=[24, 72, 72], supplier=[0, 0, 2], arrangement=[0, 1, 2],
                pence=[100, 50, 50])  # fmt: skip
    beside = rows("purchases", 2, month=[24, 72], supplier=[2, 2], arrangement=[0, 1],
                  pence=[100, 100])  # fmt: skip
    scenario = read_scenario("village")

    told = set_asides.measure({
        "ended": Life(books(parties=parties(), purchases=paid)),
        "usual": Life(books(parties=parties(), purchases=beside)),
    })  # fmt: skip
    (rule,) = set_asides.ended(scenario).rules

    assert told["share_while"] == 1.0
    assert told["share_after"] == 0.5
    assert rule.until is not None
    assert rule.until.serial - scenario.start.serial == set_asides.LAST_RESERVED - 1


def test_a_ramp_is_read_against_the_second_and_third_year() -> None:
    """Half of the level is paid from the fourth month, all from the thirteenth, a quarter late."""
    start = 2
    made = rows("arrangements", 1, form=[Form.ENTERPRISE], supplier=[3], start=[start], end=[99])
    months = np.arange(start, MONTHS + 1)
    since = months - start
    pence = np.select([since < 3, since < 12, since < 36], [0, 50, 100], 25)
    paid = rows("purchases", months.size, month=months.tolist(), supplier=[3] * months.size,
                arrangement=months.tolist(), pence=pence.tolist())  # fmt: skip

    told = ramp.measure({"incubated": Life(books(arrangements=made, purchases=paid))})

    assert told["founded"] == 1.0
    assert told["half"] == 3.0
    assert told["year_one"] == pytest.approx(9 * 50 / 12 / 100)
    assert told["later"] == pytest.approx(0.25)


def test_preston_is_read_before_after_and_beside() -> None:
    """A tenth was bought here in the year before, half in the last, and nothing where all stays."""
    paid = rows("purchases", 4, month=[0, -3, MONTHS, MONTHS], supplier=[0, 2, 0, 2],
                arrangement=range(4), pence=[10, 90, 50, 50])  # fmt: skip
    beside = rows("purchases", 1, month=[MONTHS], supplier=[2], arrangement=[0], pence=[100])

    told = preston.measure({
        "clauses": Life(books(parties=parties(), purchases=paid)),
        "usual": Life(books(parties=parties(), purchases=beside)),
    })  # fmt: skip

    for tier in ("district", "county"):
        assert told[f"start_{tier}"] == pytest.approx(0.1)
        assert told[f"last_{tier}"] == 0.5
        assert told[f"rise_{tier}"] == pytest.approx(0.4)
        assert told[f"against_{tier}"] == 0.5


def test_where_nothing_happened_there_is_no_answer_and_no_zero() -> None:
    """Empty books have no bids, no losers, no suppliers, no ramp."""
    nothing = {name: Life(books()) for name in ("usual", "incubated")}

    assert bids.measure(nothing)["mean"] is None
    assert losers.measure(nothing)["one"] is None
    assert concentration.measure(nothing)["hhi"] is None
    assert ramp.measure(nothing)["half"] is None
