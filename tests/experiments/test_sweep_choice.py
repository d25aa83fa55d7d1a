"""Rules of choice and what is not dominated, each held against a case worked by hand."""

from typing import Any

import numpy as np
import pytest

from experiments.analysis.pareto import dominates, pareto
from experiments.analysis.robustness import (
    cvar,
    cvar_flips,
    hurwicz,
    hurwicz_flips,
    regrets,
    robustness,
    satisficing,
)

POLICIES = ("plain", "bold", "careful")
VALUE = np.array([
    [5.0, 5.0, 5.0, 5.0],
    [9.0, 8.0, 1.0, 4.0],
    [6.0, 4.0, 4.0, 5.0],
])  # fmt: skip
"""Three policies in four futures; more is better. The best of each future: 9, 8, 5, 5."""


def test_regret_is_what_each_falls_short_of_the_best_of_its_future() -> None:
    """The table of Savage, worked by hand."""
    assert regrets(VALUE).tolist() == [[4, 3, 0, 0], [0, 0, 4, 1], [3, 4, 1, 0]]


def test_every_rule_by_hand() -> None:
    """Means 5, 5.5, 4.75; worst 5, 1, 4; greatest regret 4 for all; the rules disagree."""
    told = robustness(VALUE, POLICIES, "plain", "up", alpha=0.25, level=0.5)

    plain, bold, careful = told["policies"]
    assert (plain["laplace"], bold["laplace"], careful["laplace"]) == (5.0, 5.5, 4.75)
    assert (plain["maximin"], bold["maximin"], careful["maximin"]) == (5.0, 1.0, 4.0)
    assert (plain["regret"], bold["regret"], careful["regret"]) == (4.0, 4.0, 4.0)
    assert (plain["mean_regret"], bold["mean_regret"], careful["mean_regret"]) == (1.75, 1.25, 2.0)
    assert (plain["hurwicz"], bold["hurwicz"], careful["hurwicz"]) == (5.0, 3.0, 4.5)
    assert (plain["cvar"], bold["cvar"], careful["cvar"]) == (5.0, 2.5, 4.0)
    assert (plain["satisficing"], bold["satisficing"], careful["satisficing"]) == (None, 0.5, 0.25)
    assert told["leaders"]["laplace"] == ["bold"]
    assert told["leaders"]["maximin"] == ["plain"]
    assert told["leaders"]["regret"] == list(POLICIES)
    assert careful["rank"]["maximin"] == 2.0
    assert told["agree"] == []
    assert {"policy": "bold", "other": "plain", "share": 0.5} in told["beats"]


def test_nobody_leads_who_is_good_enough_nowhere() -> None:
    """A policy that never beats the baseline has no place by that rule, and does not part them."""
    told = robustness(np.array([[5.0, 5.0], [4.0, 3.0]]), ("plain", "poor"), "plain", "up")

    _, poor = told["policies"]
    assert (poor["satisficing"], poor["rank"]["satisficing"]) == (0.0, None)
    assert told["leaders"]["satisficing"] == []
    assert told["agree"] == ["plain"]


def test_good_enough_does_not_part_rules_that_all_take_the_baseline() -> None:
    """It gives the baseline no place: better in one future of four, and worse by every rule."""
    value = np.array([[5.0, 5.0, 5.0, 5.0], [5.5, 1.0, 1.0, 1.0]])

    told = robustness(value, ("plain", "poor"), "plain", "up")

    assert told["leaders"]["satisficing"] == ["poor"]
    assert told["agree"] == ["plain"]
    assert robustness(value, ("plain", "poor"), "plain", "up", threshold=5.2)["agree"] == []


def test_where_less_is_better_everything_turns_round() -> None:
    """A cost: the worst future is the dearest, and the numbers stay in pounds."""
    told = robustness(-VALUE, POLICIES, "plain", "down", level=0.5, threshold=-5.0)

    plain, bold, _ = told["policies"]
    assert (plain["maximin"], bold["maximin"]) == (-5.0, -1.0)
    assert (plain["cvar"], bold["cvar"]) == (-5.0, -2.5)
    assert (plain["satisficing"], bold["satisficing"]) == (1.0, 0.5)
    assert told["leaders"]["laplace"] == ["bold"]


def test_cvar_counts_a_part_of_a_future() -> None:
    """The worst 37.5 % of four futures: the worst one, and half of the next: (1 + 4 / 2) / 1.5."""
    assert cvar(VALUE, 0.625)[1] == pytest.approx(2.0)
    assert cvar(VALUE, 0.0) == pytest.approx(VALUE.mean(axis=1))
    assert cvar(VALUE, 0.99) == pytest.approx(VALUE.min(axis=1))


def test_good_enough_is_reached_or_passed() -> None:
    """At a threshold, reaching is enough; against the baseline, being the same is not better."""
    assert satisficing(VALUE, np.asarray(5.0), strict=False).tolist() == [1.0, 0.5, 0.5]
    assert satisficing(VALUE, VALUE[0], strict=True).tolist() == [0.0, 0.5, 0.25]


def test_the_leader_flips_where_two_lines_cross() -> None:
    """`plain` is 5 throughout, `bold` 1 + 8 alpha: they cross at a half."""
    assert hurwicz_flips(VALUE, POLICIES) == [
        {"alpha": 0.0, "policy": "plain"},
        {"alpha": 0.5, "policy": "bold"},
    ]
    just_before, just_after = hurwicz(VALUE, 0.49), hurwicz(VALUE, 0.51)
    assert (just_before.argmax(), just_after.argmax()) == (0, 1)


def test_the_leader_flips_as_more_of_the_worst_futures_count() -> None:
    """Worst one to four of `plain`: 5; of `bold`: 1, 2.5, 13/3, 5.5."""
    assert cvar_flips(VALUE, POLICIES) == [
        {"worst": 1, "policy": "plain"},
        {"worst": 4, "policy": "bold"},
    ]


def test_only_what_is_worse_somewhere_and_better_nowhere_is_dominated() -> None:
    """Two objectives: (1, 1) falls to (2, 1) and (2, 2); (3, 0) falls to none; equals stand."""
    score = np.array([[1.0, 2.0, 2.0, 3.0, 3.0], [1.0, 1.0, 2.0, 0.0, 0.0]])

    over = dominates(score)

    assert over.any(axis=0).tolist() == [True, True, False, False, False]
    assert over[1, 0]
    assert not over[0, 1]


def test_shares_of_futures_not_dominated() -> None:
    """`b` dominates `a` in one future of two; on average each has its merit."""
    score = np.array([[[1.0, 4.0], [2.0, 1.0]], [[1.0, 1.0], [2.0, 2.0]]])[..., None]

    told = pareto(score, np.array([1.0, -1.0]), ("a", "b"), ("income", "cost"))

    a, b = told["policies"]
    assert (a["share"], b["share"]) == (0.5, 1.0)
    assert (a["on_average"], b["on_average"]) == (True, True)
    assert a["dominated_by"] == {"b": 0.5}
    assert b["means"] == {"income": 1.5, "cost": -2.0}


def fronted(income: list[float], cost: list[float], *, shared: bool = True) -> Any:
    """One future: how far `b` is before `a` on income and on cost, by replicate; luck moves both.

    Returns what is told of `a`.
    """
    luck = np.linspace(-50.0, 50.0, len(income))
    score = np.array([[[luck], [luck + income]], [[-luck], [-luck + cost]]])
    told = pareto(score, np.array([1.0, -1.0]), ("a", "b"), ("income", "cost"), shared=shared)
    return told["policies"][0]


def test_who_dominates_by_luck_alone_is_not_said_to_dominate() -> None:
    """By hand: `b` earns 1 more in each of six replicates. Its cost is lower by 1 in each: it
    dominates. Lower by 9 in one and dearer by 1 in five: on the mean cheaper, by one lucky draw,
    and a draw without it is dearer, so it is not said. The same to the penny: it dominates.
    """
    same = [1.0] * 6

    clear, lucky, even = (fronted(same, cost) for cost in (same, [9.0, *[-1.0] * 5], [0.0] * 6))

    assert (clear["on_average"], clear["on_average_by"], clear["unclear_by"]) == (False, ["b"], [])
    assert (lucky["on_average"], lucky["on_average_by"], lucky["unclear_by"]) == (True, [], ["b"])
    assert lucky["dominated_by"] == {"b": 1.0}
    assert (even["on_average"], even["unclear_by"]) == (False, [])


def test_few_replicates_and_luck_of_their_own_leave_it_open() -> None:
    """Five that all point one way are no proof; nor is a gap of 1 amid luck of 50 that is not
    shared, where the same numbers by pairs were one.
    """
    few = fronted([1.0] * 5, [1.0] * 5)
    own = fronted([1.0] * 6, [1.0] * 6, shared=False)

    assert (few["on_average"], few["unclear_by"]) == (True, ["b"])
    assert (own["on_average"], own["unclear_by"]) == (True, ["b"])
