"""Whatever is let, nobody takes on more than it can carry, and nothing that was learned is lost."""

from typing import Any

import numpy as np
import pytest

from scenarios.read import read_scenario
from simulation.model import letting
from simulation.model.lots import VACANT
from simulation.model.market import public_part
from simulation.model.run import Prepared
from tests.model.opening import open_place, whole_register

MIXED = (
    'policies.mixed.regime="social_value"',
    'policies.mixed.rules=[{regime="lowest_price", categories=["building_maintenance"]},'
    ' {regime="cooperative_membership", categories=["food_supplies"]}]',
    'compare.regimes=["price_quality", "mixed"]',
    'compare.baseline="price_quality"',
)
"""A policy of three ways of buying, so that a month's lots stand on three dockets."""
CAPACITY = 3_500.0
"""What a firm can carry: some of the lots, but not all that it would win [units a month]."""


def tight_village(seed: int, policy: str) -> Prepared:
    """Open the village with all lots vacant, and firms that can carry few of them."""
    scenario = read_scenario("village", MIXED)
    place = open_place(scenario, whole_register(scenario, {}), seed)
    stewardship, town = place.stewardship, place.town
    stewardship.policy = place.policies[policy]
    firms = town.economy.firms
    firms.capacity_pence[:] = np.where(
        firms.capacity_pence > 0, round(CAPACITY * 100.0 / town.a["market.public_share"]), 0
    )
    stewardship.portfolio.close(list(stewardship.portfolio.standing))
    for lot in stewardship.lots:
        lot.arrangement, lot.ends = VACANT, town.month
    stewardship.docket = list(stewardship.lots)
    return place


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("policy", ["mixed", "price_quality"])
@pytest.mark.parametrize("telling", [True, False])
def test_nobody_takes_on_more_than_it_can_carry(telling: bool, policy: str, seed: int) -> None:
    """All lots at once, in the story and in the years before it, where draws may be replaced."""
    place = tight_village(seed, policy)
    place.stewardship.telling = telling

    place.stewardship.let_docket(place.town)

    committed, firms = place.stewardship.committed(place.town), place.town.economy.firms
    carries = np.where(firms.alive, firms.capacity_pence * public_part(place.town.a), 0.0)
    assert np.count_nonzero(committed) > 1
    assert (committed <= carries * (1.0 + 1e-9)).all()


def test_every_lesson_of_a_month_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who bids twice in a month learns twice: each lesson starts from the one before."""
    place = tight_village(1, "mixed")
    place.stewardship.telling = True
    skill, heard = place.town.economy.firms.claim_skill, []
    teach = letting.learn_to_claim

    def note(*asked: Any) -> Any:
        """Teach, and keep who was taught from what to what."""
        lesson = teach(*asked)
        at = lesson.suppliers
        heard.append((at.tolist(), skill[at].tolist(), lesson.claim_skill.tolist()))
        return lesson

    monkeypatch.setattr(letting, "learn_to_claim", note)
    place.stewardship.let_docket(place.town)

    known: dict[int, float] = {}
    taught = [one for lesson in heard for one in zip(*lesson, strict=True)]
    for firm, before, after in taught:
        assert before == known.get(firm, before)
        assert after > before
        known[firm] = after
    assert len(taught) > len(known)
    assert all(skill[firm] == after for firm, after in known.items())
