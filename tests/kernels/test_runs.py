"""Each arrangement's suppliers are reckoned together, and alone they would come out the same."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import runs

SIZES = st.lists(st.integers(0, 300), min_size=1, max_size=6)


def begins_of(sizes: list[int]) -> np.ndarray:
    """Say where each run begins, and where the last one ends."""
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


@given(sizes=SIZES, seed=st.integers(0, 99))
def test_a_run_sums_to_the_last_bit_as_it_would_alone(sizes: list[int], seed: int) -> None:
    """Sums are those of numpy, whatever stands before or behind a run."""
    begins = begins_of(sizes)
    values = np.random.default_rng(seed).lognormal(0.0, 4.0, int(begins[-1]))
    sums = np.empty(len(sizes))

    runs.sum_runs(values, begins, sums)

    alone = [values[i:j].sum() for i, j in pairwise(begins)]
    assert sums.tolist() == alone


def test_turns_are_taken_until_the_whole_is_given_out() -> None:
    """The second run starts anew: its first in turn gets all it has room for."""
    room = np.array([0.7, 0.6, 0.2, 0.5])
    shares = np.empty(4)

    runs.fill_runs(np.array([1, 0, 2, 3]), room, np.array([0, 2, 4]), shares)

    assert np.allclose(shares, [0.4, 0.6, 0.2, 0.5])


@given(sizes=SIZES, seed=st.integers(0, 99))
def test_no_penny_is_lost_in_sharing_out(sizes: list[int], seed: int) -> None:
    """Parts add up to the whole of their run, none is negative, and nothing is paid by nothing."""
    begins, draw = begins_of(sizes), np.random.default_rng(seed)
    whole = draw.integers(0, 10**6, len(sizes))
    by = draw.uniform(0.1, 9.0, int(begins[-1]))
    sums, parts = np.empty(len(sizes)), np.empty(by.size, dtype=np.int64)

    runs.sum_runs(by, begins, sums)
    runs.pay_runs(whole, by, sums, begins, parts)

    assert (parts >= 0).all()
    for pence, i, j in zip(whole, begins, begins[1:], strict=False):
        assert parts[i:j].sum() == (pence if j > i else 0)


def test_what_a_run_has_no_room_for_is_offered_once_more() -> None:
    """Equal wishes: who is full takes what it can, the others the rest, each run on its own."""
    room = np.array([0.1, 1.0, 1.0, 0.2, 0.3])
    spare, shares = np.empty((2, 5))

    runs.fill_by_wish(np.ones(5), room, np.array([0, 3, 3, 5]), spare, shares)

    assert shares[:3] == pytest.approx([0.1, 0.45, 0.45])
    assert shares[3:] == pytest.approx([0.2, 0.3])
