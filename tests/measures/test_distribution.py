"""Shares, medians and the Gini coefficient of vectors with known answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.validation.little_town import REST, TOWN, little_books, rows
from simulation.measures.distribution import gini, held_between, median
from simulation.measures.measure import Undefined
from simulation.measures.people import income_decile
from simulation.measures.view import View
from simulation.measures.wealth import wealth_share


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [([5, 5, 5, 5], 0.0), ([0, 0, 0, 8], 0.75), ([4, 3, 2, 1], 0.25), ([1, 3], 0.25)],
)
def test_gini_of_known_vectors(amounts, expected):
    """Equal shares give 0, one of four that has all gives 3/4, 1 to 4 give 1/4."""
    one_each = np.ones(len(amounts), dtype=np.int64)

    assert gini(one_each, np.array(amounts)) == pytest.approx(expected)


amounts = st.lists(st.integers(0, 10**12), min_size=1, max_size=60).filter(any)


@given(amounts, st.integers(1, 5), st.integers(2, 9))
def test_gini_depends_on_shares_only(pence, copies, factor):
    """Neither richer money nor more of the same households move it, and it lies in [0, 1)."""
    once = gini(np.ones(len(pence), dtype=np.int64), np.array(pence))

    many = gini(np.full(len(pence), copies), np.array(pence) * copies * factor)

    assert 0 <= once + 1e-12 < 1 + 1e-12
    assert many == pytest.approx(once, abs=1e-9)


@given(amounts, st.floats(0.05, 0.95))
def test_parts_make_the_whole(pence, cut):
    """What is below a quantile and what is above it is everything, households and money."""
    homes = np.full(len(pence), 3)

    low, high = (
        held_between(homes, np.array(pence), 0, cut),
        held_between(homes, np.array(pence), cut, 1),
    )

    assert low[0] + high[0] == pytest.approx(homes.sum())
    assert low[1] + high[1] == pytest.approx(sum(pence))
    assert low[1] / low[0] <= high[1] / high[0] * (1 + 1e-9)


def test_the_median_is_the_middle_household():
    """Of bins of 3, 1 and 1 households the third one stands in the first bin."""
    assert median(np.array([1, 3, 1]), np.array([90, 30, 40])) == 10.0


def test_nothing_to_share_is_not_equality():
    """Zero in all is undefined, and so is a place without homes."""
    with pytest.raises(Undefined, match="nothing to share"):
        gini(np.array([2]), np.array([0]))
    with pytest.raises(Undefined, match="no households"):
        gini(np.array([0]), np.array([0]))


def test_wealth_is_read_in_the_last_month_and_in_its_place():
    """The poorer half of the town holds a quarter at the end; debts elsewhere do not enter."""
    books = little_books(
        months=2,
        wealth=rows(
            "wealth",
            (0, TOWN, 0, 10, 500),
            (0, TOWN, 1, 10, 500),
            (2, TOWN, 0, 10, 100),
            (2, TOWN, 1, 10, 300),
            (2, REST, 0, 10, -900),
        ),
    )

    share = wealth_share(0.0, 0.5)

    assert share(View(books), "district") == pytest.approx(0.25)
    assert share(View(books, 0, 0), "district") == pytest.approx(0.5)
    with pytest.raises(Undefined, match="own nothing"):
        share(View(books), "county")


def test_tenths_cut_through_bins():
    """With five bins of two tenths each, the third tenth has the mean of the second bin."""
    books = little_books(
        people=rows("people", *((TOWN, k, 2, 2 * 100 * (k + 1)) for k in range(5)))
    )

    assert income_decile(3)(View(books), "district") == pytest.approx(2.0)
