"""A grant by the law of its date: to whom, how much, on what terms, and by what power."""

from math import isnan

import pytest

from scenarios.tables import subsidy_law
from scenarios.tables.subsidy_law import NO_LIMIT
from scenarios.vocabulary import OwnerKind
from simulation.procurement.commissioning import arrange
from simulation.procurement.grant import NOBODY_APPLIED, Grant
from simulation.procurement.interface import Form, Intent, Market, Need, Thread
from simulation.procurement.law import legality
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_dockets import let_together
from tests.procurement.test_stories import BARE

SMALL = 31_500_000
"""Minimal financial assistance since 2023 [pence]."""


def charities(n: int = 3, **columns: object) -> Market:
    """Give like voluntary bodies."""
    return market(n, owner_kind=[OwnerKind.VCSE] * n, **columns)


def of_2024(**changes: object) -> Need:
    """Give a need of 5,000 pounds a month for three years, under the Act of 2022."""
    return need(**{"year": 2024, "units_month": 5_000.0, "value_pence": 18_000_000, **changes})


def test_a_grant_goes_to_the_best_voluntary_body_and_not_to_the_cheapest() -> None:
    """A firm is cheaper and a charity dearer; the charity of the best record has the sum."""
    a = plain(**BARE)
    firms = market(unit_cost=[0.8, 1.0, 1.1], owner_kind=[1, OwnerKind.VCSE, OwnerKind.VCSE],
                   reputation=[0.9, 0.4, 0.8])  # fmt: skip

    outcome = Grant().procure(of_2024(), firms, a, SteadyLuck())

    assert outcome.bids.supplier.tolist() == [1, 2]
    assert outcome.bids.won.tolist() == [False, True]
    assert "price" not in outcome.award.criterion.split(";")[0]


def test_the_sum_is_cost_without_margin_less_what_volunteers_bring() -> None:
    """A cost of 1.00 and a match of a tenth make 0.90; nothing is added for profit."""
    a = plain(**BARE)
    firms = charities(1)
    bare = Grant({"match": 0.0}).procure(of_2024(), firms, a, SteadyLuck())

    matched = Grant({"match": 0.1}).procure(of_2024(), firms, a, SteadyLuck())

    assert bare.award.unit_prices == pytest.approx(bare.bids.cost[bare.award.rows])
    assert matched.award.unit_prices == pytest.approx(0.9 * bare.award.unit_prices)


def test_an_application_costs_a_body_days_of_work_and_less_with_a_bid_team() -> None:
    """Four days at 480 pounds; up to two fifths are saved by those who know how to write one."""
    bodies = charities(bid_skill=[0.0, 0.5, 1.0])

    outcome = Grant().procure(of_2024(), bodies, plain(**BARE), SteadyLuck())

    assert outcome.bids.cost_of_bidding.tolist() == [192_000, 153_600, 115_200]
    assert outcome.bidder_cost_pence == 192_000 + 153_600 + 115_200


def test_it_is_paid_in_advance_and_answered_for_by_a_report() -> None:
    """No waiting for money, fewer checks, a fixed sum; the form is no contract."""
    a = plain(**BARE)
    asked = of_2024(monitoring=0.4)
    outcome = Grant().procure(asked, charities(), a, SteadyLuck())

    signed = arrange(asked, Grant(), outcome, Thread("", "", "", ""), a)

    assert signed.form is Form.GRANT
    assert signed.terms.payment_days == 0.0
    assert signed.terms.monitoring == pytest.approx(0.4 * 0.3)
    assert signed.terms.price_review == 0.0


@pytest.mark.parametrize(
    ("date", "article", "pounds"),
    [
        ((2012, 4), "1998/2006", 162_000),
        ((2020, 12), "1407/2013", 168_000),
        ((2021, 1), "Trade and Cooperation", 344_500),
        ((2022, 12), "Trade and Cooperation", 344_500),
        ((2023, 1), "Subsidy Control Act 2022", 315_000),
    ],
)
def test_the_date_says_how_much_is_small(date: tuple[int, int], article: str, pounds: int) -> None:
    """State aid to the end of 2020, the Agreement for two years, the Act from January 2023."""
    law = subsidy_law(*date)

    assert article in law.law
    assert law.small_pence == pounds * 100


def test_another_nation_is_not_bound_by_the_acts_of_the_uk() -> None:
    """Neither European nor British subsidy control limits what is given in Ohio."""
    asked = of_2024(units_month=10_000_000.0, nation="us", appetite=0.0)

    assert subsidy_law(2019, 4, "us").small_pence == NO_LIMIT
    assert Grant({"above_small": 0.0}).places_for(asked) == 1


def test_a_need_too_large_for_one_small_grant_is_divided() -> None:
    """360,000 pounds in three years are two grants of 180,000 each, to two bodies."""
    a, asked = plain(**BARE), of_2024(units_month=10_000.0)
    alone = Grant({"most_grants": 1.0, "above_small": 0.0})

    outcome = Grant().procure(asked, charities(), a, SteadyLuck())

    assert outcome.award.shares.tolist() == [0.5, 0.5]
    assert not alone.suits(asked)
    assert Grant({"most_grants": 1.0, "above_small": 1.0}).suits(asked)


def test_a_part_for_which_nobody_is_found_is_not_given_to_another() -> None:
    """Two parts and one body: it has its half, which is small; the other half waits."""
    asked = of_2024(units_month=10_000.0)

    outcome = Grant().procure(asked, charities(1), plain(**BARE), SteadyLuck())

    assert outcome.award.shares.tolist() == [0.5]
    assert outcome.award.reason.endswith("grants 1 of 2, applied 1")


def test_what_a_body_was_given_before_counts() -> None:
    """Of three bodies one has had all that is small already; the sum goes to another."""
    a, firms = plain(**BARE), charities(reputation=[0.9, 0.5, 0.4])
    asked = of_2024(aid=((int(firms.uid[0]), SMALL - 100),))

    outcome = Grant({"above_small": 0.0}).procure(asked, firms, a, SteadyLuck())

    assert outcome.award.positions.tolist() == [1]


def test_who_lost_in_court_has_no_more_than_is_small() -> None:
    """The best body is barred: a willing council gives the large grant to the next."""
    a, firms = plain(**BARE), charities(reputation=[0.9, 0.5, 0.4])
    asked = of_2024(units_month=10_000.0, barred=(int(firms.uid[0]),))

    outcome = Grant({"most_grants": 1.0}).procure(asked, firms, a, SteadyLuck())

    assert outcome.award.positions.tolist() == [1]


def test_grants_of_one_month_count_together() -> None:
    """Two needs of 180,000 pounds: no body is given both."""
    a, firms = plain(**BARE), charities(2, capacity=[50_000.0] * 2)
    needs = [of_2024(tender=k) for k in (1, 2)]

    outcomes = Grant({"above_small": 0.0}).procure_all(
        let_together(needs, [firms, firms], [SteadyLuck(), SteadyLuck()]), a
    )

    given = [one.bids.uid[one.award.rows].tolist() for one in outcomes]
    assert len(given[0]) == len(given[1]) == 1
    assert given[0] != given[1]


def test_without_voluntary_bodies_nothing_is_given() -> None:
    """The award says why, and the round has cost the council its hours."""
    outcome = Grant().procure(of_2024(), market(), plain(**BARE), SteadyLuck())

    assert not outcome.award.made
    assert outcome.award.reason == NOBODY_APPLIED
    assert outcome.buyer_cost_pence == 60 * 4_000
    assert outcome.eligible == 0
    assert isnan(outcome.cheapest_cost)


@pytest.mark.parametrize(
    ("category", "group", "date", "power", "contested"),
    [
        ("homecare", "light_touch", (2010, 6), "Local Government Act 2000, s. 2", False),
        ("homecare", "light_touch", (2012, 3), "Localism Act 2011, s. 1", False),
        ("homecare", "light_touch", (2024, 6), "s. 36", False),
        ("food_supplies", "goods_services", (2024, 6), "Localism Act 2011, s. 1", True),
    ],
)
def test_by_what_power_it_is_given(
    category: str, group: str, date: tuple[int, int], power: str, contested: bool
) -> None:
    """Well-being, then general competence; a grant for what is bought is contested."""
    found = legality(Grant, category, group, True, *date)

    assert found.lawful
    assert power in found.power
    assert found.contested is contested


def test_at_its_nulls_a_grant_is_a_choice_on_quality_at_cost() -> None:
    """No record, no match, no advance, no report: cost, the usual days and the usual checks."""
    a, asked = plain(**BARE), of_2024()
    nulls = {entry.name.split(".")[1]: entry.null for entry in Grant.parameters}
    bare = Grant({name: null for name, null in nulls.items() if null is not None})

    outcome = bare.procure(asked, market(quality=[1.0, 1.0, 1.2]), a, SteadyLuck())
    terms = bare.terms(asked, outcome.award, a)

    assert outcome.buyer_cost_pence == outcome.bidder_cost_pence == 0
    assert outcome.award.unit_prices == pytest.approx(outcome.bids.cost[outcome.award.rows])
    assert (terms.payment_days, terms.monitoring) == (asked.payment_days, asked.monitoring)


def test_what_can_never_be_a_small_grant_is_refused_with_the_section() -> None:
    """A rule for contracts of five million pounds: six small sums do not reach it."""
    limits = {"homecare": 663_540.0}

    (found,) = Grant.problems(Intent({"above_small": 0.0}, 5_000_000.0, limits))

    assert found.path == ("from_value",)
    assert "Subsidy Control Act 2022, s. 36" in str(found)
    assert not list(Grant.problems(Intent({}, 5_000_000.0, limits)))
    assert not list(Grant.problems(Intent({"above_small": 0.0}, 100_000.0, limits)))


def test_what_is_above_small_is_given_by_a_council_that_assesses() -> None:
    """One grant of 360,000 pounds: a willing council gives it, a cautious one cannot."""
    a, grant = plain(**BARE), Grant({"most_grants": 1.0})
    asked = of_2024(units_month=10_000.0)

    willing = grant.procure(asked, charities(), a, SteadyLuck())
    cautious = grant.procure(asked._replace(appetite=0.05), charities(), a, SteadyLuck())

    assert willing.award.shares.tolist() == [1.0]
    assert not cautious.award.made


def test_a_service_of_public_economic_interest_may_be_given_more_before_an_assessment() -> None:
    """360,000 pounds of care are one small grant under s. 38, and two under s. 36."""
    asked = of_2024(units_month=10_000.0)
    goods = asked._replace(threshold_class="goods_services")

    assert Grant({"entrusted": 1.0}).places_for(asked) == 1
    assert Grant().places_for(asked) == 2
    assert Grant({"entrusted": 1.0}).places_for(goods) == 2


def test_a_cautious_council_gives_an_entrusted_service_what_s_36_would_not_let_it() -> None:
    """A cautious council that may make one grant gives it under s. 38, and none under s. 36."""
    a, asked = plain(**BARE), of_2024(units_month=10_000.0, appetite=0.0)

    found = {
        entrusted: Grant({"most_grants": 1.0, "entrusted": entrusted}).procure(
            asked, charities(), a, SteadyLuck()
        )
        for entrusted in (0.0, 1.0)
    }

    assert not found[0.0].award.made
    assert found[1.0].award.made
    assert Grant({"entrusted": 1.0}).terms(asked, found[1.0].award, a).entrusted


@pytest.mark.parametrize(
    ("date", "pounds"),
    [
        ((2012, 3), 162_000), ((2012, 4), 405_000), ((2018, 1), 420_000), ((2022, 1), 795_000),
        ((2024, 6), 725_000),
    ],
)  # fmt: skip
def test_the_larger_sum_for_services_follows_the_date(date: tuple[int, int], pounds: int) -> None:
    """Euro until 2020, special drawing rights to 2022, pounds by s. 38 of the Act since."""
    assert subsidy_law(*date).for_services().small_pence == pounds * 100


def test_in_ohio_services_are_bounded_by_nothing_either() -> None:
    """No statute counts what one enterprise is given, for whatever service."""
    assert subsidy_law(2019, 4, "us").for_services().small_pence == NO_LIMIT


def test_what_can_never_be_a_small_grant_for_a_service_is_refused_with_s_38() -> None:
    """Three million pounds are six entrusted grants at most, and none of s. 36's size."""
    limits = {"homecare": 663_540.0}
    small, entrusted = {"above_small": 0.0}, {"above_small": 0.0, "entrusted": 1.0}

    assert list(Grant.problems(Intent(small, 3_000_000.0, limits)))
    assert not list(Grant.problems(Intent(entrusted, 3_000_000.0, limits)))
    (found,) = Grant.problems(Intent(entrusted, 5_000_000.0, limits))
    assert "s. 38" in str(found)
