"""Which way of buying to choose when nobody can say how likely each future is.

Each rule looks at the same table of policies by futures, oriented so that more is better, and puts
one number on a policy: the greatest regret against the best alternative of each future (Savage
1951), the worst future (Wald 1950), the plain mean (Laplace), a mix of the best and the worst
(Hurwicz 1951), the mean of the worst futures (CVaR; Rockafellar and Uryasev 2002), and the share of
futures that are good enough (Simon 1956; Lempert, Groves and others 2006). Rules can disagree; that
is told, not settled.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.analysis.values import Float64

RULES = ("laplace", "maximin", "regret", "hurwicz", "cvar", "satisficing")
"""The rules, in the order in which they are told."""
TIE = 1e-12


def regrets(score: Float64) -> Float64:
    """What each policy falls short of the best one of the same future; zero for the best.

    Parameters
    ----------
    score : float64[n_policies, n_futures]
        More is better; none nan.

    Returns
    -------
    float64[n_policies, n_futures]
        None below zero.
    """
    short: Float64 = score.max(axis=0) - score
    return short


def hurwicz(score: Float64, alpha: float) -> Float64:
    """Mix the best future, by alpha in [0, 1], with the worst, by 1 - alpha: alpha is optimism."""
    mixed: Float64 = alpha * score.max(axis=1) + (1 - alpha) * score.min(axis=1)
    return mixed


def cvar(score: Float64, level: float) -> Float64:
    """Mean of the worst 1 - level of the futures, each as likely as any other.

    Where that is no whole number of futures, the last one counts with the part that is left.

    Parameters
    ----------
    score : float64[n_policies, n_futures]
        More is better.
    level : float
        In [0, 1): 0 is the mean of all, near 1 the worst future alone.

    Returns
    -------
    float64[n_policies]
        One number a policy.
    """
    ordered = np.sort(score, axis=1)
    tail = max((1.0 - level) * score.shape[1], TIE)
    weight = np.clip(tail - np.arange(score.shape[1]), 0.0, 1.0)
    mean: Float64 = ordered @ weight / weight.sum()
    return mean


def satisficing(score: Float64, least: Float64, *, strict: bool) -> Float64:
    """Share of futures in which each policy reaches what is good enough there.

    Parameters
    ----------
    score : float64[n_policies, n_futures]
        More is better.
    least : float64[n_futures] or float64[]
        What is good enough, oriented likewise.
    strict : bool
        Whether it has to be passed and not only reached.

    Returns
    -------
    float64[n_policies]
        Shares.
    """
    good = score > least if strict else score >= least
    share: Float64 = good.mean(axis=1)
    return share


def robustness(
    value: Float64,
    policies: Sequence[str],
    baseline: str,
    direction: str,
    *,
    alpha: float = 0.5,
    level: float = 0.9,
    threshold: float | None = None,
) -> dict[str, Any]:
    """Judge every policy by every rule.

    Parameters
    ----------
    value : float64[n_policies, n_futures]
        Mean over luck of a measure; none nan, at least one future.
    policies : sequence of str
        Rows of `value`.
    baseline : str
        What satisficing is held against without a threshold.
    direction : {"up", "down"}
        Which way is better.
    alpha, level : float
        Of Hurwicz and of CVaR.
    threshold : float, optional
        What is good enough, in the unit of the measure; without it, being better than the baseline
        in the same future, which says nothing of the baseline itself.

    Returns
    -------
    dict
        `futures`, `policies` (by policy: the number of each rule in the unit of the measure,
        `mean_regret`, `rank` by rule), `leaders` (by rule, all that share the first place),
        `flips` (see `hurwicz_flips`, `cvar_flips`), `agree` (who leads by every rule that gives it
        a place) and `beats` (by pair, the share of futures in which the first is better).
    """
    sign = 1.0 if direction == "up" else -1.0
    score = sign * value
    base = list(policies).index(baseline)
    short = regrets(score)
    if threshold is None:
        enough = satisficing(score, score[base], strict=True)
        enough[base] = np.nan
    else:
        enough = satisficing(score, np.asarray(sign * threshold), strict=False)
    merit = {
        "laplace": score.mean(axis=1),
        "maximin": score.min(axis=1),
        "regret": -short.max(axis=1),
        "hurwicz": hurwicz(score, alpha),
        "cvar": cvar(score, level),
        "satisficing": enough,
    }
    placed = {**merit, "satisficing": np.where(enough > 0.0, enough, np.nan)}  # good enough never
    rank = {rule: ranks(one) for rule, one in placed.items()}
    lead = {
        rule: [policies[int(k)] for k in np.flatnonzero(one == 1.0)] for rule, one in rank.items()
    }
    shown = {
        rule: sign * one if rule not in ("regret", "satisficing") else np.abs(one)
        for rule, one in merit.items()
    }
    leading = {rule: set(some) for rule, some in lead.items() if some}
    common = set.intersection(*leading.values())
    if not common and threshold is None:  # then satisficing says nothing of the baseline
        leading["satisficing"] = {baseline}
        common = set.intersection(*leading.values())
    return {
        "futures": int(score.shape[1]),
        "alpha": alpha,
        "level": level,
        "threshold": threshold,
        "policies": [
            {
                "policy": policy,
                **{rule: _plain(shown[rule][k]) for rule in RULES},
                "mean_regret": float(short[k].mean()),
                "rank": {rule: _plain(rank[rule][k]) for rule in RULES},
            }
            for k, policy in enumerate(policies)
        ],
        "leaders": lead,
        "agree": sorted(common, key=list(policies).index),
        "flips": {
            "hurwicz": hurwicz_flips(score, policies),
            "cvar": cvar_flips(score, policies),
        },
        "beats": [
            {"policy": first, "other": other, "share": float((score[j] > score[k]).mean())}
            for j, first in enumerate(policies)
            for k, other in enumerate(policies)
            if j != k
        ],
    }


def ranks(merit: Float64) -> Float64:
    """Places from 1, the most first; equals share the better place, nan has none.

    Parameters
    ----------
    merit : float64[n]
        More is better.

    Returns
    -------
    float64[n]
        1 + how many are better by more than a rounding.
    """
    slack = TIE * max(float(np.nanmax(np.abs(merit), initial=0.0)), 1e-300)
    above = (merit[None, :] > merit[:, None] + slack).sum(axis=1)
    return np.where(np.isnan(merit), np.nan, 1.0 + above)


def hurwicz_flips(score: Float64, policies: Sequence[str]) -> list[dict[str, Any]]:
    """From which optimism on each policy leads under Hurwicz' rule.

    The merit of a policy is a straight line in alpha, so leaders change only where two lines cross.

    Returns
    -------
    list of dict
        `{alpha, policy}`, the first at alpha 0; one alone where the choice of alpha does not
        matter. Of equals the one that leads from there on, then the first in the list.
    """
    worst, best = score.min(axis=1), score.max(axis=1)
    slope = best - worst
    told: list[dict[str, Any]] = []
    alpha, now = 0.0, max(range(len(policies)), key=lambda k: (worst[k], slope[k], -k))
    while True:
        told.append({"alpha": float(alpha), "policy": policies[now]})
        nexts = [
            ((worst[now] - worst[k]) / (slope[k] - slope[now]), -slope[k], k)
            for k in range(len(policies))
            if slope[k] > slope[now]
        ]
        later = [one for one in nexts if one[0] <= 1.0]
        if not later:
            return told
        alpha, _, now = min(later)


def cvar_flips(score: Float64, policies: Sequence[str]) -> list[dict[str, Any]]:
    """Who leads when the worst 1, 2, 3 ... futures are averaged, to all of them.

    Returns
    -------
    list of dict
        `{worst, policy}`: how many of the worst futures count from where this policy leads; the
        first is the worst one alone. Of equals the one that led before, then the first in the list.
    """
    counted = np.arange(1, score.shape[1] + 1)
    means = np.sort(score, axis=1).cumsum(axis=1) / counted
    told: list[dict[str, Any]] = []
    now = -1
    for k, column in enumerate(means.T):
        first = np.flatnonzero(ranks(column) == 1.0)
        if now not in first:
            now = int(first[0])
            told.append({"worst": k + 1, "policy": policies[now]})
    return told


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
