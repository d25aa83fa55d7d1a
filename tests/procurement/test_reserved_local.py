"""Three suppliers and a small contract that a council keeps for those who are based near."""

from collections.abc import Sequence

import numpy as np
import pytest

from scenarios.vocabulary import OwnerKind, SizeBand, Tier
from simulation.procurement.commissioning import choose_option, conclude
from simulation.procurement.errors import UnlawfulRouteError
from simulation.procurement.interface import Market, Need, Outcome
from simulation.procurement.law import LegalRisk, power_for
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.reserved_local import ReservedLocal
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stories import BARE

PRICE_ALONE = {"quality_weight": 0.0, "least_suppliers": 1.0}
NATION, REGION, COUNTY = 1.0, 2.0, 3.0


def small(**changes: object) -> Need:
    """A contract of 120,000 pounds in June 2026: below every threshold, and the order in force."""
    values = {"year": 2026, "month_of_year": 6, "value_pence": 12_000_000, "above_threshold": False}
    return need(**{**values, **changes})


def three(**columns: object) -> Market:
    """An outsider at 90 pence a unit, a neighbour at 100, and one of the next county at 110."""
    based = [Tier.UK, Tier.DISTRICT, Tier.REGION]
    return market(unit_cost=[0.9, 1.0, 1.1], tier_buyer=based, **columns)


def held(firms: Market, asked: Need | None = None, **levers: float) -> Outcome:
    """Hold the competition with nothing in costs and prices but what is written."""
    regime = ReservedLocal({**PRICE_ALONE, **levers})
    return regime.procure(asked or small(), firms, plain(**BARE), SteadyLuck())


def bidders(outcome: Outcome) -> list[int]:
    """Rows of those who bid."""
    suppliers: list[int] = outcome.bids.supplier.tolist()
    return suppliers


@pytest.mark.parametrize(
    ("kind", "who"),
    [("district_council", [0]), ("unitary_council", [0]), ("county_council", [0, 1])],
)
def test_an_area_of_one_s_own_is_the_district_or_for_a_county_the_county(
    kind: str, who: Sequence[int]
) -> None:
    """A firm of the district and one of its county: the order's own area is the authority's."""
    firms = three()._replace(tier_buyer=np.array([Tier.DISTRICT, Tier.COUNTY, Tier.REGION]))

    outcome = held(firms, small(buyer_kind=kind), area=4.0)

    assert bidders(outcome) == who
    assert "buyer's own area" in outcome.award.criterion


@pytest.mark.parametrize(
    ("area", "who"), [(0.0, [0, 1, 2]), (NATION, [0, 1, 2]), (REGION, [1, 2]), (COUNTY, [1])]
)
def test_the_cheap_outsider_may_not_bid_where_the_contract_is_kept_near(
    area: float, who: Sequence[int]
) -> None:
    """The narrower the area, the fewer may bid; the cheapest of those who may wins."""
    outcome = held(three(), area=area)

    assert bidders(outcome) == who
    assert outcome.eligible == len(who)
    assert outcome.bids.supplier[outcome.award.rows].tolist() == who[:1]
    assert outcome.award.unit_prices == pytest.approx([1.064 * (0.9 if who[0] == 0 else 1.0)])


def test_the_notice_says_for_whom_the_contract_is_reserved() -> None:
    """The criterion names weights, place and kinds of supplier."""
    outcome = held(three(), area=COUNTY, sme_only=1.0, vcse_only=1.0)

    words = "price 100%; reserved for suppliers based in the county, SMEs or VCSEs"
    assert outcome.award.criterion == words


def test_a_firm_of_another_country_may_not_bid_for_what_is_kept_for_the_kingdom() -> None:
    """United Kingdom-wide still shuts out a supplier based abroad."""
    firms = three()._replace(tier_buyer=np.array([Tier.WORLD, 0, 2], dtype=np.int8))

    assert bidders(held(firms, area=NATION)) == [1, 2]


def test_the_price_of_a_reservation_is_seen_against_those_it_shuts_out() -> None:
    """The outsider who may not bid is still the cheapest who could have served."""
    outcome = held(three(), area=COUNTY)

    assert outcome.cheapest_cost == pytest.approx(0.9)
    assert outcome.lowest == pytest.approx(1.064)
    assert outcome.eligible == 1


def test_where_a_firm_is_based_counts_and_not_who_owns_it() -> None:
    """A branch next door of an owner abroad may bid; a distant firm owned here may not."""
    firms = three(tier_owner=[Tier.DISTRICT, Tier.WORLD, Tier.DISTRICT])

    assert bidders(held(firms, area=COUNTY)) == [1]


@pytest.mark.parametrize(
    ("sme", "vcse", "who"), [(1.0, 0.0, [0]), (0.0, 1.0, [1]), (1.0, 1.0, [0, 1])]
)
def test_small_firms_and_voluntary_bodies_can_be_preferred(
    sme: float, vcse: float, who: Sequence[int]
) -> None:
    """A small firm, a large charity and a large company: each switch lets its own kind in."""
    firms = market(
        size_band=[SizeBand.SMALL, SizeBand.LARGE, SizeBand.LARGE],
        owner_kind=[OwnerKind.LOCAL, OwnerKind.VCSE, OwnerKind.OUTSIDE],
    )

    assert bidders(held(firms, area=0.0, sme_only=sme, vcse_only=vcse)) == who


def test_too_little_competition_opens_the_contract_to_all() -> None:
    """One supplier in the county, two wanted: all may bid, and the record says why and by what."""
    a, asked = plain(**BARE), small()
    regime = ReservedLocal({**PRICE_ALONE, "area": COUNTY, "least_suppliers": 2.0})
    outcome = regime.procure(asked, three(), a, SteadyLuck())

    signed = conclude(asked, regime, power_for(regime, asked), outcome, a, SteadyLuck())

    assert bidders(outcome) == [0, 1, 2]
    assert signed.thread.criterion == "price 100%"
    assert signed.thread.result == (
        "highest score; opened to all: 1 could come for whom it may be reserved, wanted 2"
    )
    assert signed.thread.power == "Procurement Act 2023, s. 19 and s. 23: most advantageous tender"


def test_enough_competition_keeps_it_reserved_by_the_order_of_2026() -> None:
    """Two in the region, two wanted: the outsider stays out, and the power is the order's."""
    a, asked = plain(**BARE), small()
    regime = ReservedLocal({**PRICE_ALONE, "area": REGION, "least_suppliers": 2.0})
    outcome = regime.procure(asked, three(), a, SteadyLuck())

    signed = conclude(asked, regime, power_for(regime, asked), outcome, a, SteadyLuck())

    assert bidders(outcome) == [1, 2]
    assert "SI 2026/94" in signed.thread.power


def test_proof_of_being_local_costs_both_sides() -> None:
    """Half a day more for a bidder (480 pounds x 0.8 a day) and eight hours for the buyer."""
    kept, free = held(three(), area=COUNTY), held(three(), area=0.0)

    assert kept.bids.cost_of_bidding[0] - free.bids.cost_of_bidding[1] == 19_200
    assert kept.buyer_cost_pence - free.buyer_cost_pence == 8 * 4_000 - 2 * round(
        plain()["tender.quotation_share"] * 6 * 4_000
    )


def test_lots_let_small_suppliers_bid_for_what_none_could_carry() -> None:
    """Each can carry 4,000 of 10,000 units: nobody for the whole, three for lots of a third."""
    firms = market(capacity=[4_000.0] * 3)

    whole, parted = held(firms, area=0.0), held(firms, area=0.0, lots=3.0)

    assert not whole.award.made
    assert parted.award.shares == pytest.approx([1 / 3] * 3)
    assert parted.award.reason == "highest score; suppliers 3, lots 3"
    terms = ReservedLocal({"lots": 3.0}).terms(small(), parted.award, plain())
    assert terms.volume_guaranteed


def test_a_lot_left_over_goes_to_the_best_who_can_carry_it() -> None:
    """Two firms, three lots: the cheaper carries one only, so the dearer gets the second."""
    firms = market(2, unit_cost=[0.9, 1.0], capacity=[4_000.0, 7_000.0])

    outcome = held(firms, area=0.0, lots=3.0)

    assert outcome.award.shares == pytest.approx([1 / 3, 2 / 3])


def test_a_lot_that_nobody_can_carry_is_not_let() -> None:
    """Two firms with room for one lot each leave the third unserved, and the record says so."""
    firms = market(2, capacity=[4_000.0, 4_000.0])

    outcome = held(firms, area=0.0, lots=3.0)

    assert outcome.award.shares == pytest.approx([1 / 3, 1 / 3])
    assert outcome.award.reason == "highest score; suppliers 2, lots 3; 1 not let"


@pytest.mark.parametrize("counterfactual", [False, True])
def test_lots_do_not_bring_a_contract_below_the_threshold(counterfactual: bool) -> None:
    """Schedule 3: the lots' values count together; above, the council buys as it did before."""
    regime, usual = ReservedLocal({"lots": 6.0}), LowestPrice()
    asked = small(value_pence=90_000_000, above_threshold=True, counterfactual=counterfactual)

    chosen, verdict = choose_option(asked, regime, usual, LegalRisk(), plain())

    assert chosen is usual
    assert verdict.power == (
        "Procurement Act 2023, s. 19: most advantageous tender on a price criterion (Reserved for "
        "local suppliers: no route for light_touch above the threshold)"
    )


def test_before_the_order_location_was_barred() -> None:
    """In January 2026 the refusal names the order to come and the act that bars it until then."""
    asked = small(month_of_year=1)

    with pytest.raises(UnlawfulRouteError, match=r"SI 2026/94.*s\. 17\(5\)\(e\)"):
        power_for(ReservedLocal(), asked)

    assert power_for(ReservedLocal(), small(month_of_year=2)).lawful
    assert power_for(ReservedLocal(), asked._replace(counterfactual=True)).contested


def test_no_declaration_makes_it_lawful_above_the_threshold() -> None:
    """A counterfactual scenario may use it before its date, and still below the threshold only."""
    asked = small(year=2012, above_threshold=True, counterfactual=True)

    with pytest.raises(UnlawfulRouteError, match="above the threshold"):
        power_for(ReservedLocal(), asked)
