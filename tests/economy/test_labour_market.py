"""Labour markets: who lives where, and which market each vacancy goes to."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import streams
from simulation.economy.labour_market import Markets, WorkersOutOfOrderError
from tests.model.opening import open_place, whole_register
from tests.model.three_districts import three_districts

SHARES = st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any)
EMPLOYERS = st.lists(
    st.tuples(st.integers(0, 2**40), st.integers(0, 3), st.integers(0, 7)), min_size=1, max_size=8
)
"""Uid, workplace and vacancies."""


def homes_by_hand(markets: Markets, uid: int, place: int, many: int) -> list[int]:
    """Spread the vacancies of one employer evenly, from a lot on, over its rising shares."""
    lot = streams.uniform(5, "labour.home", np.array([uid]), 9)[0]
    whole = markets.share[place].sum()
    found = []
    for rank in range(many):
        point, reached, market = (rank + lot) / many, 0.0, 0
        for one, share in enumerate(markets.share[place] / whole):
            reached += share
            market = one
            if point < reached:
                break
        found.append(market)
    return found


@given(st.lists(SHARES, min_size=4, max_size=4), EMPLOYERS)
def test_vacancies_are_spread_as_the_staff_lived(shares, employers):
    """Each employer's vacancies go to markets by its workplace's shares, as by hand."""
    share = np.array(shares) / np.array(shares).sum(axis=1, keepdims=True)
    markets = Markets(np.arange(3), np.arange(3), np.arange(4), share)
    uid, place, many = (np.array(column) for column in zip(*employers, strict=True))

    found = markets.homes_of(5, 9, uid, place, many)

    expected = [homes_by_hand(markets, *one) for one in employers]
    assert found.tolist() == [market for one in expected for market in one]


def test_one_market_takes_every_vacancy():
    """Nothing is drawn where there is nothing to choose."""
    markets = Markets(np.arange(1), np.arange(1), np.arange(2), np.ones((2, 1)))

    found = markets.homes_of(5, 9, np.array([4, 8]), np.array([0, 1]), np.array([2, 1]))

    assert found.tolist() == [0, 0, 0]


def test_workers_out_of_order_are_refused():
    """Markets hold workers from one row to another, so they must stand by area."""
    scenario = three_districts()
    economy = open_place(scenario, whole_register(scenario, {})).town.economy
    turned = replace(economy, workers=replace(economy.workers, area=economy.workers.area[::-1]))

    with pytest.raises(WorkersOutOfOrderError, match="order of their areas") as caught:
        Markets.of(turned)

    first = int(np.flatnonzero(np.diff(turned.workers.area) < 0)[0]) + 1
    assert caught.value.worker == first
    assert pickle.loads(pickle.dumps(caught.value)).worker == first
