"""Bids are ranked as a sort by standing, marks and identity would rank them."""

import math

import numpy as np

from simulation.kernels import bidding


def test_bids_of_each_tender_are_ranked_as_a_plain_sort_ranks_them() -> None:
    """None, one and many bids; marks that tie; more places than bids that stand."""
    draw = np.random.default_rng(3)
    begins, places = np.array([0, 0, 1, 13, 20]), np.array([1, 2, 3, 9])
    n = int(begins[-1])
    price, uids = draw.uniform(0.8, 1.2, n), draw.permutation(n).astype(np.int64)
    marks, stands = draw.integers(0, 3, n) / 3.0, draw.uniform(0, 1, n) < 0.7
    order, rows = np.empty((2, n), dtype=np.int64)
    stood, taken = np.empty((2, 4), dtype=np.int64)
    lowest, won = np.empty(4), np.zeros(n, dtype=np.bool_)
    ranking = bidding.Ranking(order, rows, stood, taken, lowest, won)

    bidding.rank(price, stands, marks, uids, begins, places, ranking)

    for i, (begin, end) in enumerate(zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True)):
        wanted = sorted(range(begin, end), key=lambda k: (not stands[k], -marks[k], uids[k]))
        standing = int(stands[begin:end].sum())
        awarded = min(standing, int(places[i]))
        assert order[begin:end].tolist() == wanted
        assert rows[begin:end].tolist() == [k - begin for k in wanted]
        assert (stood[i], taken[i]) == (standing, awarded)
        assert np.flatnonzero(won[begin:end]).tolist() == sorted(rows[begin : begin + awarded])
        cheapest = min(price[begin:end].tolist(), default=math.nan)
        assert lowest[i] == cheapest or (math.isnan(cheapest) and math.isnan(lowest[i]))
