"""After the burn-in a unit of need costs a pound, and a council needs what its budget buys."""

import numpy as np
import pytest

from scenarios.read import read_scenario
from simulation.model.rebase import rebase
from tests.model.opening import open_place, whole_register


@pytest.fixture(scope="module")
def village():
    """The village on its first day, its standing contracts a fifth below the opening price."""
    scenario = read_scenario("village")
    place = open_place(scenario, whole_register(scenario, {}))
    portfolio = place.stewardship.portfolio
    for number, standing in list(portfolio.standing.items()):
        old = standing.arrangement
        portfolio.rewrite(number, old._replace(unit_prices=old.unit_prices * 0.8))
    return place.stewardship


def test_the_mean_price_of_each_category_is_one_and_need_stays(village):
    """Prices and costs per unit rise together; the units that a budget of a pound buys stay."""
    need, level = village.need_units().copy(), village.office.cost_level.copy()
    before = [s.arrangement for s in village.portfolio.standing.values()]

    rebase(village)

    after = [s.arrangement for s in village.portfolio.standing.values()]
    bought = sorted({arrangement.need.category for arrangement in after})
    assert bought
    for old, new in zip(before, after, strict=True):
        np.testing.assert_allclose(new.unit_prices, 1.0, rtol=1e-12)
        np.testing.assert_allclose(new.costs, old.costs / 0.8, rtol=1e-12)
        assert new.need == old.need
    np.testing.assert_allclose(village.office.cost_level[bought], level[bought] / 0.8, rtol=1e-12)
    np.testing.assert_array_equal(village.need_units(), need)
