"""What the sweep over the twelve tells: Sobol' indices, swings, and the value of knowing.

The loss is stated: who chooses a way of buying wants the highest average of a gain for each pound
that the baseline spends in the same future. Three gains are told, since councils want different
things; the first counts what others lose, and what the service loses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.conditional import swings
from experiments.analysis.futures import Futures, gains_of, whole_futures
from experiments.analysis.knowing import Knowing, value_of_knowing
from experiments.design.layouts import group_size
from experiments.library.analyses import analyse
from experiments.library.swept import Swept, read_swept
from experiments.paper.influence_screened import MEASURES, questions_of
from experiments.paper.stored import Table, open_finished, swept_table, titled

INDICES = "influence-indices"
ASKED = "influence-asked"
SWINGS = "influence-swings"
CHOICE = "influence-choice"
KNOWING = "influence-knowing"

SPENT = "budget_year"


@dataclass(frozen=True, slots=True)
class Want:
    """A gain that a choice may be made by.

    Attributes
    ----------
    measure : str
        Of the catalogue; its difference from the baseline is the gain.
    per_pound : bool
        Whether it is parted by what the baseline spends a year, as money a year is.
    """

    measure: str
    per_pound: bool


WANTS = (
    Want("net_gain_after_cost", per_pound=True),
    Want("net_local_income", per_pound=True),
    Want("local_income_multiplier", per_pound=False),
)
"""All in GBP for each GBP spent; the first is the main one."""


def twelve(folder: Path) -> dict[str, Table]:
    """Read a finished sweep over few assumptions, laid out for Sobol' indices.

    Parameters
    ----------
    folder : Path
        Of the sweep.

    Returns
    -------
    dict of str to Table
        Indices, questions with their share of luck, swings, choices, and values of knowing.
    """
    with open_finished(folder) as store:
        told = analyse(store, "sensitivity", measures=MEASURES).found["sensitivity"]
        swept = read_swept(store)
        swung = swings_of(swept)
        found = {want.measure: _known(swept, want) for want in WANTS}
    return {
        INDICES: swept_table(_indices(told), folder),
        ASKED: swept_table(questions_of(told), folder),
        SWINGS: swept_table(swung, folder),
        CHOICE: swept_table(_choice(found), folder),
        KNOWING: swept_table(_knowing(found), folder),
    }


def swings_of(swept: Swept) -> dict[str, list[Any]]:
    """A row for each question and assumption: the expected answer near both ends of its range."""
    rows = []
    for measure in MEASURES:
        futures = whole_futures(swept.futures(measure, None))
        answers = gains_of(futures, swept.baseline).mean(axis=2)
        groups = _groups(swept, futures)
        for policy, answer in zip(futures.policies, answers, strict=True):
            if policy == swept.baseline:
                continue
            rows += [
                (measure, futures.unit, policy, one.factor, float(answer.mean()), one.at_low,
                 one.at_high, one.low, one.high, one.degree)
                for one in swings(swept.factors, swept.points[futures.at], answer, groups)
            ]  # fmt: skip
    titles = ("measure", "unit", "policy", "assumption", "middle", "at_low", "at_high", "low",
              "high", "degree")  # fmt: skip
    return titled(titles, rows)


def _groups(swept: Swept, futures: Futures) -> NDArray[np.int64]:
    """Group of each point, numbered anew where some were left out."""
    size = group_size(swept.design.kind, len(swept.factors),
                      second_order=swept.design.second_order)  # fmt: skip
    return np.unique(futures.at // size, return_inverse=True)[1].astype(np.int64)


def _known(swept: Swept, want: Want) -> tuple[tuple[str, ...], Knowing]:
    futures = whole_futures(swept.futures(want.measure, None))
    gains = gains_of(futures, swept.baseline)
    if want.per_pound:
        spent = whole_futures(swept.futures(SPENT, None))
        both = np.intersect1d(futures.at, spent.at)
        base = spent.value[spent.policies.index(swept.baseline)]
        gains = gains[:, np.isin(futures.at, both)] / base[np.isin(spent.at, both)]
        futures = replace(futures, at=both)
    groups = _groups(swept, futures)
    known = value_of_knowing(swept.factors, swept.points[futures.at], gains, groups)
    return futures.policies, known


def _indices(told: list[Mapping[str, Any]]) -> dict[str, list[Any]]:
    names = ("s1", "s1_conf", "st", "st_conf")
    rows = [
        (one["measure"], one["policy"], factor["factor"], *(float(factor[name]) for name in names))
        for one in told
        for factor in one["factors"]
    ]
    return titled(("measure", "policy", "assumption", *names), rows)


def _choice(found: Mapping[str, tuple[tuple[str, ...], Knowing]]) -> dict[str, list[Any]]:
    rows = [
        (gain, policy, worth, "yes" if place == known.best else "no", known.perfect,
         None if np.isnan(known.perfect_by_luck) else known.perfect_by_luck, known.chance)
        for gain, (policies, known) in found.items()
        for place, (policy, worth) in enumerate(zip(policies, known.expected, strict=True))
    ]  # fmt: skip
    titles = ("gain", "policy", "expected", "best", "perfect", "perfect_by_luck", "chance")
    return titled(titles, rows)


def _knowing(found: Mapping[str, tuple[tuple[str, ...], Knowing]]) -> dict[str, list[Any]]:
    rows = [
        (gain, one.factor, one.value, one.low, one.high, one.changes)
        for gain, (_, known) in found.items()
        for one in known.factors
    ]
    return titled(("gain", "assumption", "value", "low", "high", "changes"), rows)
