"""From kept rows to tables: means with their intervals, paired differences, shares of futures."""

from collections.abc import Sequence

import numpy as np
import pytest

from experiments.analysis.best import best, best_shares
from experiments.analysis.bootstrap import DRAWS, mean_interval, resamples
from experiments.analysis.budget import LEVER, budget_rows, budget_table, capital_by_year
from experiments.analysis.local_preference import local_preference
from experiments.analysis.outcomes import differences, outcomes
from experiments.analysis.summary import summarise
from experiments.analysis.uncertainty import uncertainty
from experiments.analysis.values import Measured, measured_values
from tests.experiments.made_up import PLAN, REGIMES, outcome, result

HOLE = float("nan")
CAPITAL = {
    "month": np.array([2, 3, 4]),
    "buyer": np.array([9, 9, 9]),
    "category": np.array([0, 0, 0]),
    "lent_pence": np.array([600, 0, 0]),
    "shares_pence": np.array([400, 0, 0]),
    "repaid_pence": np.array([0, 100, 50]),
    "returned_pence": np.array([0, 0, 30]),
    "lost_pence": np.array([0, 0, 820]),
}
"""Ten pounds at risk in the second month, one repaid in the third, and failure in the fourth."""


def table(
    measure: str, *rows: Sequence[float], tier: str = "all"
) -> dict[tuple[str, str], Measured]:
    """One measure, policies by futures."""
    return {(measure, tier): Measured(measure, tier, "share", np.array(rows, dtype=float))}


def test_the_interval_is_the_percentile_bootstrap_of_the_mean() -> None:
    """2,000 keyed draws; for 30 normal numbers close to the textbook interval."""
    values = np.random.default_rng(3).normal(10.0, 2.0, 30)

    mean, low, high = mean_interval(values)

    half = 1.96 * values.std(ddof=1) / np.sqrt(30)
    assert resamples(30).shape == (DRAWS, 30)
    assert mean == pytest.approx(values.mean())
    # The bootstrap of 30 numbers is about 2 % narrower; 2,000 draws leave some 5 % of noise.
    assert low == pytest.approx(mean - half, abs=0.1 * half)
    assert high == pytest.approx(mean + half, abs=0.1 * half)
    assert mean_interval(values) == (mean, low, high)


def test_one_future_shows_no_spread() -> None:
    """With one number the interval is that number."""
    assert mean_interval(np.array([0.3])) == (0.3, 0.3, 0.3)


def test_undefined_numbers_are_left_out_and_said() -> None:
    """A measure without bids is null with its reason; n counts the futures that have a number."""
    results = [
        result(0, (outcome("lowest_price", "bids", 2.0), outcome("social_value", "bids", None))),
        result(1, (outcome("lowest_price", "bids", None), outcome("social_value", "bids", None))),
    ]

    rows = outcomes(measured_values(results, REGIMES), REGIMES)

    assert rows == [
        {"regime": "lowest_price", "measure": "bids", "tier": "all", "unit": "share",
         "mean": 2.0, "low": 2.0, "high": 2.0, "n": 1, "why": None},
        {"regime": "social_value", "measure": "bids", "tier": "all", "unit": "share",
         "mean": None, "low": None, "high": None, "n": 0, "why": "no bids"},
    ]  # fmt: skip


def test_only_the_whole_window_counts() -> None:
    """Single months and the built state are series, not outcomes."""
    rows = (outcome("lowest_price", "x", 5.0, month=-1), outcome("lowest_price", "x", 6.0, month=3))

    assert measured_values([result(0, rows)], REGIMES) == {}


def test_shared_luck_cancels_in_a_paired_difference() -> None:
    """Two policies that differ by 1 in every future differ by exactly 1, however wild the luck."""
    wild = [3.0, -40.0, 1000.0, 7.0]
    one = table("x", wild, [value + 1 for value in wild])

    [row] = differences(one, REGIMES, "lowest_price")

    assert (row["regime"], row["baseline"], row["paired"]) == ("social_value", "lowest_price", True)
    assert (row["mean"], row["low"], row["high"], row["n"]) == (1.0, 1.0, 1.0, 4)


def test_a_difference_needs_both_numbers_of_a_future() -> None:
    """A future in which one of the two is undefined has no difference."""
    [row] = differences(table("x", [1, HOLE, 3], [2, 2, HOLE]), REGIMES, "lowest_price")

    assert (row["mean"], row["n"]) == (1.0, 1)


def test_best_follows_the_direction_and_splits_ties() -> None:
    """Shares sum to 1, zero is told, ties are split, and lone numbers have nobody to beat."""
    score = np.array([[1, 5, 2, HOLE], [3, 1, 2, 9]], dtype=float)

    shares = best_shares(score)
    up = best(table("x", *score), REGIMES, {"x": "up"})
    down = best(table("x", *score), REGIMES, {"x": "down"})
    neither = best(table("x", *score), REGIMES, {"x": "none"})

    assert shares is not None
    assert shares.tolist() == [0.5, 0.5]
    assert [row["share"] for row in up] == [0.5, 0.5]
    assert [row["share"] for row in down] == [0.5, 0.5]
    assert best(table("x", [1, 2], [3, 4]), REGIMES, {"x": "up"})[0]["share"] == 0.0
    assert neither == []


def test_swapping_names_swaps_results_and_nothing_else() -> None:
    """No policy is favoured by its name or its place in the list."""
    rows = (outcome("lowest_price", "x", 1.0), outcome("social_value", "x", 2.0))
    swapped = (outcome("social_value", "x", 1.0), outcome("lowest_price", "x", 2.0))

    one = summarise("s", PLAN, [result(0, rows)], [], {"x": "up"})
    other = summarise("s", PLAN, [result(0, swapped)], [], {"x": "up"})

    def by_name(summary: dict, name: str) -> list:
        keep = ("mean", "low", "high", "share")
        listed = [*summary["outcomes"], *summary["best"]]
        return [{k: r[k] for k in keep if k in r} for r in listed if r["regime"] == name]

    assert by_name(one, "lowest_price") == by_name(other, "social_value")
    assert by_name(one, "social_value") == by_name(other, "lowest_price")


def test_luck_and_ignorance_are_told_apart() -> None:
    """What the spread over futures has beyond luck is ignorance; held futures show luck alone."""
    luck = table("x", [1.0, 1.2, 0.8], [1.0, 1.0, 1.0])
    futures = table("x", [1.0, 3.0, -1.0], [1.0, 1.2, 0.8])

    apart = uncertainty(futures, luck, REGIMES, fixed=False)
    held = uncertainty(futures, {}, REGIMES, fixed=True)

    assert apart[0]["luck"]["sd"] == pytest.approx(0.2)
    assert apart[0]["futures"]["sd"] == pytest.approx(2.0)
    assert apart[0]["ignorance_share"] == pytest.approx(0.99)
    assert apart[1]["ignorance_share"] == 1.0
    assert held[0]["luck"]["sd"] == pytest.approx(2.0)
    assert held[0]["futures"]["n"] == 0
    assert held[0]["ignorance_share"] is None


def test_preferring_local_can_gain_nothing() -> None:
    """Only futures with more local spending than the baseline count, and those without a gain."""
    one = {
        **table("local_share_based", [0.1, 0.1, 0.1, 0.2], [0.3, 0.3, 0.3, 0.1], tier="district"),
        **table("net_gain_after_cost", [0, 0, 0, 0], [50, -100, 0, 900], tier="district"),
    }

    of_policy, of_all = local_preference(one, REGIMES, "lowest_price")

    assert of_policy["prefers_local"] == 0.75
    assert of_policy["gains_nothing"] == pytest.approx(2 / 3)
    assert of_policy["mean_gain"] == pytest.approx(-50 / 3)
    assert of_all["regime"] is None
    assert of_all["gains_nothing"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(("gain", "nothing"), [(50.0, 0.0), (0.0, 1.0), (-1.0, 1.0)])
def test_that_preferring_local_always_or_never_gains_is_told(gain: float, nothing: float) -> None:
    """A share of nought or of all is a number like any other; a gain of nothing is no gain."""
    one = {
        **table("local_share_based", [0.1, 0.1], [0.3, 0.3], tier="district"),
        **table("net_gain_after_cost", [0, 0], [gain, gain], tier="district"),
    }

    told = local_preference(one, REGIMES, "lowest_price")

    assert [row["gains_nothing"] for row in told] == [nothing, nothing]
    assert [row["prefers_local"] for row in told] == [1.0, 1.0]
    assert [row["why"] for row in told] == [None, None]


def test_a_policy_that_is_never_best_is_listed_with_nought() -> None:
    """For every measure that has a better way, every policy has a line, and they sum to one."""
    three = ("lowest_price", "social_value", "never")
    one = table("x", [1, 9], [2, 3], [0, 0]) | table("y", [1, 1], [0, 0], [5, HOLE])

    told = best(one, three, {"x": "up", "y": "down"})

    assert {(row["measure"], row["regime"]): row["share"] for row in told} == {
        ("x", "lowest_price"): 0.5, ("x", "social_value"): 0.5, ("x", "never"): 0.0,
        ("y", "lowest_price"): 0.0, ("y", "social_value"): 1.0, ("y", "never"): 0.0,
    }  # fmt: skip


def test_a_policy_whose_measure_is_never_known_has_no_share() -> None:
    """Nought of the futures is not what is said of what nobody could see."""
    three = ("lowest_price", "social_value", "levers")

    told = best(table("x", [1, 9], [2, 3], [HOLE, HOLE]), three, {"x": "up"})

    assert [row["share"] for row in told] == [0.5, 0.5, None]


def test_where_nobody_prefers_local_there_is_nothing_to_gain() -> None:
    """The share is null with its reason, not zero."""
    one = {
        **table("local_share_based", [0.5, HOLE], [0.5, 0.6], tier="district"),
        **table("net_gain_after_cost", [0, 0], [0, 5], tier="district"),
    }

    row = local_preference(one, REGIMES, "lowest_price")[0]

    assert (row["prefers_local"], row["n"]) == (0.0, 1)
    assert row["gains_nothing"] is None
    assert row["why"] == "no future in which it preferred local"


def test_budget_lines_follow_the_financial_year() -> None:
    """January to March belong to the year that began in April; pence become pounds."""
    needs = {
        "month": np.array([1, 3, 4]),
        "buyer": np.array([9, 9, 9]),
        "category": np.array([0, 0, 0]),
        "need_milli": np.array([1000, 1000, 2000]),
        "delivered_milli": np.array([1000, 500, 2000]),
        "outlay_pence": np.array([100, 250, 999]),
        "payroll_pence": np.array([0, 0, 1]),
        "buyer_process_pence": np.array([0, 50, 0]),
    }

    rows = budget_rows(needs, CAPITAL, "lowest_price", (2012, 1), {9: "council"}, ("homecare",))

    assert [(row.year, row.outlay, row.delivered, row.process) for row in rows] == [
        (2011, 3.5, 1.5, 0.5),
        (2012, 9.99, 2.0, 0.0),
    ]
    [first, _] = budget_table([result(0, budget=tuple(rows))], REGIMES, "lowest_price")
    assert (first["financial_year"], first["outlay_mean"], first["n"]) == ("2011/12", 3.5, 1)
    assert (first["total_mean"], first["total_difference_mean"]) == (4.0, 0.0)


def test_capital_is_no_cost_but_told_year_by_year() -> None:
    """Paid out and repaid before April: £9 outstanding; in the new year the rest comes or is lost.

    The total of the budget is the same with it and without.
    """
    needs = {
        "month": np.array([1, 4]), "buyer": np.array([9, 9]), "category": np.array([0, 0]),
        **{name: np.array([100, 100]) for name in
           ("need_milli", "delivered_milli", "outlay_pence", "payroll_pence",
            "buyer_process_pence")},
    }  # fmt: skip
    rows = budget_rows(needs, CAPITAL, "lowest_price", (2012, 1), {9: "council"}, ("homecare",))

    told = [(r.capital_out, r.capital_back, r.capital_lost, r.capital_held) for r in rows]
    table = capital_by_year([result(0, budget=tuple(rows)), result(1)], REGIMES)

    assert told == [(10.0, 1.0, 0.0, 9.0), (0.0, 0.8, 8.2, 0.0)]
    assert [row.total for row in rows] == [3.0, 3.0]
    assert table == [
        {"regime": "lowest_price", "firms": "founded", "financial_year": "2011/12",
         "paid_out": 10.0, "repaid": 1.0, "written_off": 0.0, "outstanding": 9.0},
        {"regime": "lowest_price", "firms": "founded", "financial_year": "2012/13",
         "paid_out": 0.0, "repaid": 0.8, "written_off": 8.2, "outstanding": 0.0},
    ]  # fmt: skip


def test_money_in_firms_that_staff_bought_has_a_line_of_its_own() -> None:
    """It is no service's: a line beside home care, in each year, that costs the budget nothing."""
    needs = {
        "month": np.array([1, 4]), "buyer": np.array([9, 9]), "category": np.array([0, 0]),
        **{name: np.array([100, 100]) for name in
           ("need_milli", "delivered_milli", "outlay_pence", "payroll_pence",
            "buyer_process_pence")},
    }  # fmt: skip
    lent = {**CAPITAL, "category": np.array([-1, -1, -1])}
    rows = budget_rows(needs, lent, "lowest_price", (2012, 1), {9: "council"}, ("homecare",))

    told = [(r.year, r.capital_out, r.capital_held, r.total) for r in rows if r.category == LEVER]
    table = capital_by_year([result(0, budget=tuple(rows))], REGIMES)

    assert told == [(2011, 10.0, 9.0, 0.0), (2012, 0.0, 0.0, 0.0)]
    assert [(r.year, r.capital_out, r.total) for r in rows if r.category == "homecare"] == [
        (2011, 0.0, 3.0), (2012, 0.0, 3.0),
    ]  # fmt: skip
    assert [(row["firms"], row["paid_out"], row["outstanding"]) for row in table] == [
        ("converted", 10.0, 9.0), ("converted", 0.0, 0.0),
    ]  # fmt: skip


def test_the_summary_holds_what_later_work_relies_on() -> None:
    """Keys as the issue fixes them; accounts add up over runs; seeds and digests are listed."""
    futures = [result(r, (outcome("lowest_price", "x", 1.0 * r),)) for r in range(3)]

    summary = summarise("village", PLAN, futures, [], {"x": "up"})

    assert {"schema_version", "scenario", "seed", "months", "replicates", "tiers", "outcomes",
            "differences", "best", "accounts", "runs", "failures"} <= set(summary)  # fmt: skip
    assert summary["accounts"] == {
        "payments": 60, "pence_moved": 6000, "residual_pence": 0, "dye_residual": 0,
    }  # fmt: skip
    assert [set(run) for run in summary["runs"]] == [
        {"run", "regime", "replicate", "seed", "status", "digest"}
    ] * 6
    assert summary["failures"] == []
