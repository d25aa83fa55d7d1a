"""Blocks, not runs, are compared: what is not whole is left out, and luck stays apart."""

import math

import numpy as np
import pytest
from scipy.stats import t, ttest_ind

from experiments.analysis.futures import gather, whole_futures
from experiments.analysis.paired import over_luck, paired
from experiments.analysis.spread import Spread, own_spread, shared_spread
from tests.experiments.swept import BASELINE, POLICIES, shape, tables

LUCK = (0.0, 2.0, -1.0, 3.0)
GAP = {"price_quality": 0.0, "lowest_price": -1.0, "social_value": 2.0}
HOLE = float("nan")


def level(place: str, policy: str, point: int, replicate: int) -> float:
    """Luck and the future move every policy alike; `social_value` gains more in later futures."""
    return LUCK[replicate] + 10.0 * point + GAP[policy] * (1 + point * (policy == "social_value"))


def test_shared_luck_and_shared_futures_cancel() -> None:
    """Levels swing by tens; the gap of a policy that is always one lower is one, without spread."""
    rows, runs = tables(shape(3, 4), level)

    told = {one["policy"]: one for one in paired(gather(rows, runs, shape(3, 4)), BASELINE, "up")}

    lowest, social = told["lowest_price"], told["social_value"]
    assert lowest["mean"] == pytest.approx(-1.0)
    assert lowest["luck"]["half_width"] == pytest.approx(0.0, abs=1e-12)
    assert social["mean"] == pytest.approx(np.mean([2.0, 4.0, 6.0]))
    assert social["luck"]["half_width"] == pytest.approx(0.0, abs=1e-12)
    assert social["futures"]["high"] - social["futures"]["low"] == pytest.approx(0.95 * 4.0)
    assert (social["better_share"], social["best_share"]) == (1.0, 1.0)
    assert (lowest["better_share"], lowest["best_share"]) == (0.0, 0.0)
    assert told[BASELINE]["mean"] == 0.0


def test_a_block_without_one_of_its_runs_is_left_out_for_all() -> None:
    """The run of one policy is missing: the others of its block do not count either."""
    rows, runs = tables(shape(2, 2), level)
    gone = (
        (rows["policy"] == "lowest_price") & (rows["point"] == 1) & (rows["replicate"] == 0)
    ).to_numpy()

    found = gather(rows[~gone], runs[~gone], shape(2, 2))

    assert np.isnan(found.value[:, 1, 0]).all()
    assert found.blocks == 3
    assert (found.left.unlived, found.left.undefined) == (1, 0)
    kept = whole_futures(found)
    assert kept.at.tolist() == [0]
    assert kept.left.futures == 1


def test_an_undefined_number_leaves_its_block_out_and_a_policy_without_any_is_named() -> None:
    """Undefined once: that block. Undefined always: that policy, with the reason, and no block."""

    def came(place: str, policy: str, point: int, replicate: int) -> float | None:
        if policy == "social_value" or (policy == "lowest_price" and replicate == 1):
            return None
        return level(place, policy, point, replicate)

    rows, runs = tables(shape(2, 3), came)

    found = gather(rows, runs, shape(2, 3))

    assert found.policies == POLICIES[:2]
    assert dict(found.left.policies) == {"social_value": "nothing was delivered"}
    assert (found.left.unlived, found.left.undefined) == (0, 2)
    assert found.blocks == 4


def test_futures_of_two_places_stand_side_by_side() -> None:
    """Places times points are the columns, in the plan's order."""
    asked = shape(2, 1, ("oxford", "village"))
    rows, runs = tables(asked, lambda place, *_: 5.0 if place == "oxford" else 7.0)

    found = gather(rows.sample(frac=1.0, random_state=1), runs, asked)

    assert found.at.tolist() == [0, 1, 2, 3]
    assert found.means[0].tolist() == [5.0, 5.0, 7.0, 7.0]


def test_a_replicate_that_missed_a_good_future_does_not_look_a_bad_one() -> None:
    """Future 2 is ten better; replicate 1 lacks it, and still differs by its own luck alone."""
    gap = np.array([[1.0, 1.5], [11.0, HOLE]])

    values = over_luck(gap)

    # Future means 1.25 and 11; distances -0.25 and 0 of replicate 0, 0.25 of replicate 1.
    assert values == pytest.approx([6.125 - 0.125, 6.125 + 0.25])
    whole = np.array([[1.0, 2.0], [11.0, 13.0]])
    assert over_luck(whole) == pytest.approx(whole.mean(axis=0))


@pytest.mark.parametrize("half_width", [0.2, 1.0, 5.0])
def test_replicates_needed_are_the_least_that_do(half_width: float) -> None:
    """The half-width t * s / sqrt(n) is within the wish at n, and not at n - 1."""
    values = np.random.default_rng(5).normal(3.0, 2.0, 12)

    spread = shared_spread(values)

    assert spread is not None
    needed = spread.replicates_needed(half_width)
    assert needed is not None

    def half(n: int) -> float:
        return float(t.ppf(0.975, n - 1)) * values.std(ddof=1) / math.sqrt(n)

    assert half(needed) <= half_width
    assert needed == 2 or half(needed - 1) > half_width


def needed_of(spread: Spread | None, half_width: float) -> int | None:
    """Replicates that a spread asks for."""
    assert spread is not None
    return spread.replicates_needed(half_width)


def test_one_replicate_cannot_tell_how_many_are_needed() -> None:
    """Nor is a spread ever made up, nor a number named that no machine could live."""
    assert shared_spread(np.array([1.0])) is None
    assert needed_of(shared_spread(np.array([1.0, 1.0, 1.0])), 0.1) == 2
    assert needed_of(shared_spread(np.array([0.0, 1e9])), 1e-3) is None
    rows, runs = tables(shape(2, 1), level)
    (one,) = [
        row
        for row in paired(gather(rows, runs, shape(2, 1)), BASELINE, "up", half_width=0.1)
        if row["policy"] == "social_value"
    ]
    assert one["luck"] == {"low": None, "high": None, "half_width": None, "n": 1}
    assert one["replicates_needed"] is None
    assert one["futures"]["n"] == 2


def test_nothing_whole_is_no_crash() -> None:
    """A sweep without one whole block tells holes."""
    rows, runs = tables(shape(1, 1), level)

    told = paired(gather(rows[:1], runs[:1], shape(1, 1)), BASELINE, "up")

    assert [row["mean"] for row in told] == [None] * 3


def test_luck_of_their_own_is_told_by_welch() -> None:
    """Samples of spread 1 and 3, n = 8: the interval of `scipy.stats.ttest_ind`, unequal variances.

    The bootstrap of differences taken run by run would pair what has nothing to do with each other.
    """
    luck = np.random.default_rng(11).normal(0.0, 1.0, (2, 8)) * [[1.0], [3.0]]
    asked = shape(1, 8)
    rows, runs = tables(
        asked,
        lambda place, policy, point, replicate: (
            float(luck[int(policy == BASELINE), replicate]) + GAP[policy]
        ),
    )

    told = {
        one["policy"]: one
        for one in paired(gather(rows, runs, asked), BASELINE, "up", 0.5, shared=False)
    }

    social = told["social_value"]
    wanted = ttest_ind(luck[0] + 2.0, luck[1], equal_var=False).confidence_interval(0.95)
    assert social["mean"] == pytest.approx(luck[0].mean() + 2.0 - luck[1].mean())
    assert (social["luck"]["low"], social["luck"]["high"]) == pytest.approx(tuple(wanted))
    assert told[BASELINE]["luck"] == {"low": 0.0, "high": 0.0, "half_width": 0.0, "n": 8}
    needed = social["replicates_needed"]
    spread = own_spread(luck[0], luck[1])
    assert spread is not None
    assert spread.half_width(needed) <= 0.5 < spread.half_width(needed - 1)


def test_two_that_spread_alike_have_twice_the_freedom() -> None:
    """By hand: variances 1 and 1, so s = sqrt 2, and n = 2 gives two degrees of freedom, t 4.303.

    A policy that does not spread adds nothing: then it is the spread and the freedom of the other.
    """
    alike = own_spread(np.array([0.0, math.sqrt(2.0)]), np.array([math.sqrt(2.0), 0.0]))
    still = own_spread(np.array([0.0, math.sqrt(2.0)]), np.array([5.0, 5.0]))

    assert alike is not None
    assert (alike.one, alike.freedom) == pytest.approx((math.sqrt(2.0), 2.0))
    assert alike.half_width(2) == pytest.approx(4.30265, abs=1e-4)
    assert still is not None
    assert (still.one, still.freedom) == pytest.approx((1.0, 1.0))
    assert own_spread(np.array([1.0]), np.array([2.0])) is None
    assert own_spread(np.array([1.0, 1.0]), np.array([2.0, 2.0])) == Spread(0.0)
