"""What would change the ranking: which assumption decides who is ahead, and what a choice may cost.

A ranking on averages hides the futures in which it turns round. Two questions are put to the
futures tried: which of the assumptions drawn goes with being ahead, and by how much each way falls
short of the best one of the same future (its regret; Savage 1951).
"""

from collections.abc import Mapping

import numpy as np

from experiments.analysis.robustness import regrets
from experiments.analysis.separating import CHANCE, FEWEST, Separated, separating
from experiments.report.findings import INCOME
from experiments.report.folder import Policy, Results
from experiments.report.glossary import Term, term
from experiments.report.saved import Numbers, Value
from experiments.report.tables import Grid
from experiments.report.words import apart, quoted

REGRETTED = (INCOME, "cost_per_delivered_unit", "unmet_need")
SHOWN = 3
"""Assumptions that are told of one pair of policies."""


def decides_table(results: Results) -> Grid:
    """Say what parts the futures in which one policy beats another from those in which it does not.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Grid
        On local income from each £1: a row for each policy against the baseline, and one for the
        two that are best on average where neither is the baseline.
    """
    what = {str(entry.get("name")): str(entry.get("what", ""))
            for entry in results.manifest.get("assumptions", ())}  # fmt: skip
    rows: list[list[str]] = []
    numbers: list[list[Value]] = []
    for policy, other in _pairs(results):
        mine, theirs = _values(results, policy), _values(results, other)
        futures = sorted(mine.keys() & theirs.keys())
        gap = np.array([mine[one] - theirs[one] for one in futures])
        if not gap.size:
            continue
        draws = {name: [values[one] for one in futures] for name, values in results.draws.items()
                 if all(one in values for one in futures)}  # fmt: skip
        found = separating(gap, draws)
        ahead = int((gap > 0).sum())
        runs = "futures" if results.drawn else "runs"
        rows.append([
            f"{policy.title}, against {quoted(other.title)}",
            f"{ahead} of {gap.size} {runs}",
            _verdict(results, found, gap, what),
        ])  # fmt: skip
        numbers += [
            [policy.title, other.title, one.name, what.get(one.name, ""), one.correlation, one.low,
             one.high, one.chance, int(gap.size)]
            for one in found
        ]  # fmt: skip
    head = ["Which way, against which", "Ahead in", "What goes with being ahead"]
    columns = ("policy", "against", "assumption", "what_it_does", "rank_correlation",
               "interval_low", "interval_high", "chance_of_one_as_strong", "futures")  # fmt: skip
    caption = f"{term(INCOME).title}: what goes with one way being ahead of another"
    return Grid(caption, head, rows, numbers=Numbers(columns, numbers) if numbers else None)


def _pairs(results: Results) -> list[tuple[Policy, Policy]]:
    """Each policy with the baseline, and the two that are best on average with one another."""
    pairs = [(policy, results.baseline) for policy in results.others]
    known = [one for one in results.policies if results.outcome(INCOME, one).mean is not None]
    best = sorted(known, key=lambda one: -(results.outcome(INCOME, one).mean or 0.0))[:2]
    return pairs if len(best) < 2 or results.baseline in best else [*pairs, (best[0], best[1])]


def _values(results: Results, policy: Policy) -> Mapping[int, float]:
    """Give the income that a policy leaves from each £1, by future."""
    return results.futures.get((INCOME, results.tier_of(INCOME), policy.name), {})


def _verdict(
    results: Results, found: list[Separated], gap: np.ndarray, what: Mapping[str, str]
) -> str:
    if not results.drawn:
        return "cannot say: every assumption was held at its central value"
    if gap.size < FEWEST:
        return (
            f"cannot say with {gap.size} futures: at least {FEWEST} are needed, and some 50 to "
            "name more than the strongest"
        )
    clear = [one for one in found if one.chance <= CHANCE]
    if not clear:
        return (
            f"cannot say with {gap.size} futures: of {len(results.draws)} assumptions none goes "
            "with it more strongly than chance alone would show"
        )
    return "; ".join(_told(one, what) for one in clear[:SHOWN])


def _told(one: Separated, what: Mapping[str, str]) -> str:
    way = "higher" if one.correlation > 0 else "lower"
    words = what.get(one.name, "").rstrip(".")
    meaning = f" ({words[0].lower()}{words[1:]})" if words else ""
    return (
        f"the gain is larger where {one.name}{meaning} is {way}: rank correlation "
        f"{one.correlation:.2f} ({one.low:.2f} to {one.high:.2f})"
    )


def regret_table(results: Results) -> Grid:
    """Say how far each policy falls short of the best of the same future, on average and at worst.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Grid
        A row for each policy, two columns for each measure of `REGRETTED`.
    """
    columns = [one for one in (_regrets(results, term(name)) for name in REGRETTED) if one]
    rows = []
    for k, policy in enumerate(results.policies):
        row = [policy.title]
        for words, unit, short in columns:
            write = words.writes(unit, apart([float(v) for v in short.mean(axis=1)]) / 10)
            mean, most = float(short[k].mean()), float(short[k].max())
            row.append(f"{write(mean)} on average, {write(most)} at worst" if most else "none")
        rows.append(row)
    numbers = [
        [policy.title, words.title, unit, float(short[k].mean()), float(short[k].max()),
         short.shape[1]]
        for words, unit, short in columns
        for k, policy in enumerate(results.policies)
    ]  # fmt: skip
    head = ["Way of buying", *(words.title for words, _, _ in columns)]
    return Grid(
        "Regret: how far each way falls short of the best one of the same future",
        head,
        rows if columns else [],
        numbers=Numbers(("policy", "measure", "unit", "mean_regret", "worst_regret", "futures"),
                        numbers),
    )  # fmt: skip


def _regrets(results: Results, words: Term) -> tuple[Term, str, np.ndarray] | None:
    """Give the shortfall of every policy in every future that all share; None where none is."""
    tier = results.tier_of(words.measure)
    every = [results.futures.get((words.measure, tier, p.name), {}) for p in results.policies]
    futures = sorted(set.intersection(*(set(one) for one in every)))
    if not futures or len(every) < 2:
        return None
    sign = 1.0 if words.better == "higher" else -1.0
    score = sign * np.array([[one[future] for future in futures] for one in every])
    return words, results.outcome(words.measure, results.baseline).unit, regrets(score)
