"""A contract that is reserved for nobody is bought as any other, to the last figure."""

import numpy as np
import pytest

from simulation.procurement.interface import Outcome, Regime
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.luck import luck_of
from simulation.procurement.price_quality import PriceQuality
from simulation.procurement.reserved_local import ReservedLocal
from simulation.procurement.reserved_mutual import ReservedMutual
from tests.procurement.markets import need, plain, varied_market
from tests.procurement.test_nulls import same

FREE = {"area": 0.0, "sme_only": 0.0, "vcse_only": 0.0, "lots": 1.0}
FAR = 3


def held(regime: Regime, tender: int) -> Outcome:
    """Hold one competition of a market in which everything differs, abroad included."""
    firms = varied_market(40, tender)
    based = np.random.default_rng(tender).integers(0, 5, 40).astype(np.int8)
    owned = np.random.default_rng(tender).integers(1, 5, 40).astype(np.int8)
    firms = firms._replace(tier_buyer=based, owner_kind=owned)
    return regime.procure(need(tender=tender), firms, plain(), luck_of(5, tender, 3))


@pytest.mark.parametrize("weight", [0.0, 0.4])
@pytest.mark.parametrize(
    "regime",
    [ReservedLocal, ReservedMutual],
    ids=lambda one: one.name,
)
@pytest.mark.parametrize("tender", range(8))
def test_reserved_for_nobody_is_a_plain_competition(
    regime: type[Regime], weight: float, tender: int
) -> None:
    """Bids, award, terms and costs are those of price and quality, or of the lowest price."""
    free = FREE if regime is ReservedLocal else {"reserved": 0.0}
    plainly = PriceQuality({"quality_weight": weight}) if weight else LowestPrice()
    kept = regime({**free, "quality_weight": weight, "least_suppliers": 99.0})

    one, base = held(kept, tender), held(plainly, tender)

    asked = need(tender=tender)
    assert base.award.made
    assert same(one, base)
    assert kept.terms(asked, one.award, plain()) == plainly.terms(asked, base.award, plain())


@pytest.mark.parametrize("tender", range(8))
def test_kept_for_the_kingdom_where_nobody_is_based_abroad_changes_no_bid(tender: int) -> None:
    """Only the notice differs, where the proof of it costs nothing."""
    firms, a = varied_market(40, tender), plain()
    levers = {"area": 1.0, "quality_weight": 0.0, "proof_days": 0.0, "market_hours": 0.0}
    asked, luck = need(tender=tender), luck_of(5, tender, 3)

    kept = ReservedLocal(levers).procure(asked, firms, a, luck)
    base = LowestPrice().procure(asked, firms, a, luck)

    assert same(kept._replace(award=kept.award._replace(criterion="price 100%")), base)


def test_a_reservation_changes_who_wins_somewhere() -> None:
    """The comparisons above could fail: kept for the county, other firms win."""
    near = ReservedLocal({"area": 3.0, "quality_weight": 0.0, "least_suppliers": 0.0})

    pairs = [(held(near, tender), held(LowestPrice(), tender)) for tender in range(8)]

    assert any(
        one.award.positions.tolist() != other.award.positions.tolist() for one, other in pairs
    )
    assert all((one.seen.tier_buyer <= 1).all() for one, _ in pairs)


def test_without_a_least_number_of_suppliers_nothing_is_opened() -> None:
    """At the null the reservation stands, though nobody can come."""
    firms = varied_market(40)._replace(tier_buyer=np.full(40, FAR, dtype=np.int8))
    kept = ReservedLocal({"area": 3.0, "least_suppliers": 0.0})

    outcome = kept.procure(need(), firms, plain(), luck_of(5, 77, 3))

    assert not outcome.award.made
    assert not outcome.award.opened
