"""Which assumption parts the futures in which one policy is ahead: found, not found, not said."""

import numpy as np
import pytest

from experiments.analysis.separating import CHANCE, FEWEST, separating


def _drawn(futures: int, names: int) -> dict[str, list[float]]:
    rng = np.random.default_rng(11)
    return {f"made.up_{k}": rng.uniform(size=futures).tolist() for k in range(names)}


def test_the_assumption_that_decides_is_named_first() -> None:
    """The gap grows with one assumption of a hundred, and luck adds a little."""
    draws = _drawn(40, 100)
    luck = np.random.default_rng(12).normal(0.0, 0.05, 40)
    gap = np.array(draws["made.up_7"]) - 0.5 + luck

    first, second, *_ = separating(gap, draws)

    assert first.name == "made.up_7"
    assert first.low < first.correlation < first.high
    assert first.correlation > 0.9
    assert first.chance <= CHANCE < second.chance


def test_noise_names_nobody() -> None:
    """With a hundred assumptions and twelve futures the strongest always looks strong."""
    draws = _drawn(12, 100)
    gap = np.random.default_rng(13).normal(size=12)

    found = separating(gap, draws)

    assert abs(found[0].correlation) > 0.6
    assert all(one.chance > CHANCE for one in found)


def test_the_rule_errs_as_seldom_as_it_says() -> None:
    """Of 60 gaps made of noise alone at most a few name an assumption: 1 in 20 is 3 of 60."""
    rng = np.random.default_rng(14)
    draws = _drawn(20, 30)

    named = sum(separating(rng.normal(size=20), draws)[0].chance <= CHANCE for _ in range(60))

    assert named <= 8


@pytest.mark.parametrize("futures", [1, FEWEST - 1])
def test_too_few_futures_say_nothing(futures: int) -> None:
    """However well an assumption goes with the gap."""
    draws = _drawn(futures, 5)

    assert separating(np.array(draws["made.up_0"]), draws) == []


def test_a_gap_that_never_differs_is_parted_by_nothing() -> None:
    """Nor does an assumption that was held part anything."""
    draws = _drawn(20, 3)

    assert separating(np.zeros(20), draws) == []
    assert separating(np.arange(20.0), {"held": [1.0] * 20}) == []
