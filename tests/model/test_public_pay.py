"""What public buyers pay: commuters hired where there was none, and the yearly review of pay."""

import numpy as np
import pytest

from simulation.economy.hiring import move_posts, review_wages
from simulation.economy.roll import unemployment
from tests.model.opening import open_place, whole_register
from tests.model.three_districts import three_districts

APRIL = 2025 * 12 + 3


@pytest.fixture
def town():
    """Three districts on their first day."""
    scenario = three_districts()
    return open_place(scenario, whole_register(scenario, {})).town


def test_a_first_commuter_is_hired_at_the_buyers_own_pay(town):
    """A buyer that has no commuter, and no residents at the start, pays each of its first."""
    buyers, now = town.economy.buyers, town.now
    buyers.aggregate_jobs[:] = 0
    buyers.aggregate_payroll[:] = 0
    now.resident_share[town.n_firms :] = 0.0
    now.posts[town.n_firms :] = now.roll.heads[buyers.row] + 5

    move_posts(town)

    assert (buyers.aggregate_jobs > 0).all()
    assert (buyers.aggregate_payroll == buyers.aggregate_jobs * buyers.wage_pence).all()
    assert (buyers.wage_pence > 10_000).all()


def test_pay_of_a_buyer_follows_the_labour_market_of_its_own_area(town):
    """Newcomers' rate and commuters' pay move as the pay of residents on its staff does."""
    economy, now = town.economy, town.now
    buyers, area = economy.buyers, economy.parties.area
    buyers.aggregate_jobs[:] = 3
    buyers.aggregate_payroll[:] = 3 * buyers.wage_pence
    wage, payroll = buyers.wage_pence.copy(), buyers.aggregate_payroll.copy()
    staff = now.roll.pay[buyers.row].copy()
    now.base_unemployment[:] = unemployment(town) * [0.8, 1.5, 3.0]
    town.calendar = APRIL

    review_wages(town)

    factor = now.wage_level[now.markets.number[area[buyers.row]]]
    assert np.unique(factor).size == 3
    assert (buyers.wage_pence == (wage * factor).astype(np.int64)).all()
    assert (buyers.aggregate_payroll == (payroll * factor).astype(np.int64)).all()
    np.testing.assert_allclose(now.roll.pay[buyers.row], staff * factor, rtol=1e-4)
