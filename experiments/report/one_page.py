"""A comparison on one sheet of paper: question, answer, one table, one picture, the limits.

Whoever has five minutes reads this; everything behind it stands in the report. What would not fit
is left out by a rule that knows no name: the ways that the three sentences are about come first.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from experiments.figures.svg import shorten
from experiments.report.findings import INCOME, leader, most_local
from experiments.report.folder import Policy, Results
from experiments.report.pictures import spread_pictures
from experiments.report.tables import measure_row, symbol

MEASURES = (INCOME, "net_local_income", "cost_per_delivered_unit", "unmet_need", "quality")
"""What the table holds: what a way brings here and beside losses elsewhere, and what it costs."""

MOST_WAYS = 6
MOST_LIMITS = 4
LONGEST_TITLE = 60
LONGEST_SENTENCE = 420


def summary_context(results: Results, whole: Mapping[str, Any]) -> dict[str, Any]:
    """Choose what stands on the sheet.

    Parameters
    ----------
    results : Results
        A comparison.
    whole : mapping
        What the report shows.

    Returns
    -------
    dict
        What the template of the sheet wants.
    """
    chosen = _chosen(results)
    rows = [measure_row(results, measure) for measure in MEASURES]
    drawn = next(
        one for one in spread_pictures(replace(results, policies=chosen))
        if one.name == f"spread-{INCOME.replace('_', '-')}"
    )  # fmt: skip
    return {
        **whole,
        "heads": [row.words.title for row in rows],
        "ways": [
            (symbol(policy), shorten(policy.title, LONGEST_TITLE), policy == results.baseline,
             [row.cells[results.policies.index(policy)] for row in rows])
            for policy in chosen
        ],
        "left_out": len(results.policies) - len(chosen),
        "picture": drawn,
        "said": [shorten(one.text, LONGEST_SENTENCE) for one in whole["sentences"]],
        "shown_limits": whole["limits"][:MOST_LIMITS],
    }  # fmt: skip


def _chosen(results: Results) -> tuple[Policy, ...]:
    """Take the baseline, those that the answer is about, then the others, as many as fit."""
    told = [results.baseline, leader(results), most_local(results), *results.policies]
    first = list(dict.fromkeys(one for one in told if one))[:MOST_WAYS]
    return tuple(policy for policy in results.policies if policy in first)
