"""A firm takes on nobody whose pay its sales cannot bear, and waits for whom it can pay."""

import numpy as np
import pytest
from numpy.typing import NDArray

from scenarios.read import read_scenario
from simulation.economy.affording import affordable, room_for_pay
from simulation.economy.hiring import match
from simulation.economy.roll import let_go, staff_of
from simulation.economy.town import Town
from tests.model.opening import QUIET, open_place, whole_register


def village() -> Town:
    """The village on its first day, where nobody moves by lot."""
    scenario = read_scenario("village")
    return open_place(scenario, whole_register(scenario, QUIET)).town


def one_vacancy(town: Town) -> tuple[int, NDArray[np.int64]]:
    """Empty one post of the firm whose staff of residents is least, and open it for anyone."""
    heads = town.now.roll.heads[: town.economy.firms.n_agents]
    row = int(np.argmin(np.where(heads > 0, heads, heads.max() + 1)))
    let_go(town, staff_of(town, np.array([row], dtype=np.int32))[:1])
    hires = np.zeros(town.now.posts.size, dtype=np.int64)
    hires[row] = 1
    return row, hires


@pytest.mark.parametrize("dear", [True, False])
def test_a_vacancy_stays_open_for_whoever_would_be_paid_too_much(dear: bool) -> None:
    """All who look for work are worth nine times the usual pay, or a tenth of it."""
    town = village()
    row, hires = one_vacancy(town)
    town.economy.workers.skill[:] = 9.0 if dear else 0.1
    before = int(town.now.roll.heads[row])

    match(town, hires)

    assert int(town.now.roll.heads[row]) - before == (0 if dear else 1)


def test_public_buyers_do_not_ask_what_a_post_costs() -> None:
    """Their posts are in their budgets: room without end for any pay."""
    town = village()
    rows = town.economy.buyers.row

    room = room_for_pay(town, rows)

    assert np.isinf(room).all()
    assert affordable(town, np.full(rows.size, 10**9), room).all()


def test_room_is_what_a_firm_earns_once_it_has_paid_all() -> None:
    """On the first day it is the margin: above nothing, and less than what is sold."""
    town = village()
    firms, n = town.economy.firms, town.economy.firms.n_agents
    rows = np.arange(n, dtype=np.int32)

    room = room_for_pay(town, rows)

    assert (room < firms.sales_expected[:n]).all()
    assert np.median(room) > 0
