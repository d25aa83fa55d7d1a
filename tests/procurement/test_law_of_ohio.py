"""Buying under American law: who must take the lowest and best bid, and who buys as it likes."""

import pytest

from simulation.procurement import registry
from simulation.procurement.commissioning import choose_option
from simulation.procurement.errors import UnlawfulRouteError
from simulation.procurement.interface import Need, Regime
from simulation.procurement.law import LegalRisk, legality_of, power_for
from simulation.procurement.reserved_local import ReservedLocal
from tests.procurement.markets import need, plain

CITY, COUNTY, HOSPITAL = "district_council", "county_council", "private_hospital"


def american(buyer_kind: str, **changes: object) -> Need:
    """Return a need of cleaning in Cleveland in April 2019."""
    place = {"nation": "us", "buyer_kind": buyer_kind, "year": 2019, "month_of_year": 4}
    asked = {"category_id": "facilities_management", "threshold_class": "goods_services"}
    return need(**{**asked, **place, **changes})


def regime(name: str) -> Regime:
    """Make a way of buying with its usual parameters."""
    return registry.get(name)()


@pytest.mark.parametrize("name", ["lowest_price", "price_quality"])
@pytest.mark.parametrize("buyer", [CITY, COUNTY, HOSPITAL])
def test_everybody_may_tender(name: str, buyer: str) -> None:
    """The city by Ohio Revised Code 735.05, the county by 307.86, the hospital as it likes."""
    verdict = power_for(regime(name), american(buyer))

    assert verdict.lawful
    assert ("Freedom of contract" if buyer == HOSPITAL else "Ohio Revised Code") in verdict.power


@pytest.mark.parametrize("name", registry.names())
def test_a_private_hospital_buys_in_any_way(name: str) -> None:
    """No statute on public purchasing binds it; British acts neither bind it nor help it."""
    one = registry.get(name)
    asked = {"category_id": one.categories[0]} if one.categories else {}

    verdict = power_for(one(), american(HOSPITAL, **asked))

    assert verdict.lawful
    assert "Act" not in verdict.power


def test_a_city_may_not_reserve_work_for_its_own() -> None:
    """It is not for that city to choose who may bid, and the refusal names the law of Ohio."""
    verdict = legality_of(ReservedLocal(), american(CITY, above_threshold=False))

    assert not verdict.lawful
    assert "Ohio Revised Code 307.86 and 735.05" in verdict.reason
    assert "the US" in verdict.reason


def test_what_the_city_may_not_do_it_tenders() -> None:
    """Where anchors found co-operatives, the city beside them goes on as under the baseline."""
    usual = regime("price_quality")

    chosen, verdict = choose_option(
        american(CITY), regime("incubated_coop"), usual, LegalRisk(), plain()
    )

    assert chosen is usual
    assert verdict.lawful


def test_british_powers_do_not_run_in_ohio() -> None:
    """A way of buying whose file names British acts only is refused to an American council."""
    with pytest.raises(UnlawfulRouteError, match="Ohio Revised Code"):
        power_for(regime("reserved_mutual"), american(CITY))


def test_american_powers_do_not_run_in_england() -> None:
    """What a hospital in Cleveland may do, one of the national health service may not."""
    english = need(year=2012, month_of_year=4, buyer_kind=HOSPITAL)

    assert "Ohio" not in power_for(regime("price_quality"), english).power


def test_human_services_of_the_county_need_no_bids() -> None:
    """Ohio Revised Code 307.86 frees them: a framework of providers; a pool is contested."""
    asked = {"category_id": "homecare", "threshold_class": "light_touch"}

    framework = power_for(regime("ethical_framework"), american(COUNTY, **asked))
    pool = power_for(regime("alliance"), american(COUNTY, **asked))

    assert framework.lawful
    assert not framework.contested
    assert pool.contested
