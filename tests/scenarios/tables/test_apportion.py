"""A total is shared among places to the last unit, the same on every machine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.tables.derive.apportion import WeightlessError, apportion


@given(
    total=st.integers(0, 10**9),
    weights=st.dictionaries(st.text(min_size=1), st.integers(0, 10**9), min_size=1),
)
def test_shares_sum_to_the_total(total, weights):
    """Nothing is lost in sharing, and no share is a whole unit away from proportion."""
    if sum(weights.values()) == 0:
        weights = dict.fromkeys(weights, 1)

    shares = apportion(total, weights)

    assert sum(shares.values()) == total
    for name, weight in weights.items():
        exact = total * weight
        assert abs(shares[name] * sum(weights.values()) - exact) < sum(weights.values())


def test_equal_fractions_go_by_name():
    """The same shares on every machine, whatever the order of the weights."""
    assert apportion(1, {"b": 1, "a": 1}) == {"b": 0, "a": 1}


def test_nothing_is_shared_among_the_weightless():
    """A total needs somebody to go to."""
    assert apportion(0, {"a": 0}) == {"a": 0}
    with pytest.raises(WeightlessError, match="another weight"):
        apportion(5, {"a": 0})
