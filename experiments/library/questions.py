"""The five questions that one may put to a sweep: from its tables to an answer in words."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from experiments.library.options import Question
from experiments.library.swept import AnalyseError, Swept, with_baseline

if TYPE_CHECKING:
    from experiments.analysis.futures import Futures
    from experiments.report.swept import Answer, Known

HEADLINES = (
    "local_income_multiplier",
    "net_local_income",
    "cost_per_delivered_unit",
    "unmet_need",
    "quality",
)
"""Measures that `compare` tells of where none is named; the others tell of the first one."""


Found = tuple["Answer", dict[str, Any]]


def _measures(swept: Swept, question: Question) -> tuple[str, ...]:
    """The measures named, else the headlines that the sweep keeps."""
    if question.measures:
        return question.measures
    kept = swept.tiers
    return tuple(name for name in HEADLINES if name in kept) or tuple(kept)[:1]


def _direction(measure: str, typed: str | None) -> str:
    """Which way is better: as typed, else as the glossary has it."""
    from experiments.report.glossary import term

    return typed or {"higher": "up", "lower": "down"}.get(term(measure).better, "none")


def _way(measure: str, typed: str | None) -> str:
    """Which way is better, where the question has no answer without."""
    direction = _direction(measure, typed)
    if direction == "none":
        raise AnalyseError(
            f"--measure {measure}: neither more nor less of it is better by itself. Say which you "
            "want with --better up or --better down."
        )
    return direction


def _whole(swept: Swept, futures: "Futures") -> "Futures":
    """Keep whole futures, and refuse to answer without any."""
    from experiments.analysis.futures import whole_futures

    kept = whole_futures(with_baseline(swept, futures))
    if not kept.at.size:
        raise AnalyseError(
            f"{futures.measure}: no future is whole yet: each needs every policy in all "
            f"{swept.shape.replicates:,} replicates. Go on with `poundflow sweep`."
        )
    return kept


def compare_asked(swept: Swept, question: Question) -> Found:
    """Paired differences from the baseline, the headlines where no measure is named.

    Where none is, gains and losses by place, tenth of incomes and owner stand beside them.
    """
    from experiments.analysis.paired import paired
    from experiments.report.swept_beside import beside_grid
    from experiments.report.swept_paired import paired_answer

    asked = [swept.futures(measure, question.tier) for measure in _measures(swept, question)]
    silent: list[Futures] = []
    if not question.measures and any(swept.baseline in one.policies for one in asked):
        silent = [one for one in asked if swept.baseline not in one.policies]
        asked = [one for one in asked if swept.baseline in one.policies]
    if question.half_width is not None and not question.measures:
        asked = asked[:1]  # a half-width is in the unit of one measure
    found = []
    for futures in asked:
        direction = _direction(with_baseline(swept, futures).measure, question.better)
        rows = paired(futures, swept.baseline, direction, question.half_width, shared=swept.paired)
        found.append((futures, rows))
    answer = paired_answer(
        found, swept.baseline, swept.order, question.half_width, shared=swept.paired
    )
    around = [] if question.measures else _beside(swept, question)
    if around:
        answer = replace(answer, grids=[*answer.grids, beside_grid(around, swept.baseline)])
    left = [
        f"{one.measure} is left out: {swept.baseline} has no number of it "
        f"({one.left.policies[swept.baseline]})."
        for one in silent
    ]
    return replace(answer, left=[*left, *answer.left]), {
        "half_width": question.half_width,
        "differences": [row for _, rows in found for row in rows],
        "beside": around,
    }


def _beside(swept: Swept, question: Question) -> list[dict[str, Any]]:
    """Differences by place and group, of what the sweep keeps for its baseline."""
    from experiments.analysis.paired import paired
    from experiments.report.swept_beside import beside

    rows: list[dict[str, Any]] = []
    for measure, tier in beside(swept.tiers):
        try:
            futures = swept.futures(measure, tier)
        except AnalyseError:
            continue  # in two moneys, which no table can hold
        if question.tier in (None, tier) and swept.baseline in futures.policies:
            direction = _direction(measure, question.better)
            rows += paired(futures, swept.baseline, direction, None, shared=swept.paired)
    return rows


def sensitivity_asked(swept: Swept, question: Question) -> Found:
    """Indices of each factor, by place and policy, on differences from the baseline."""
    import numpy as np

    from experiments.analysis.sensitivity import sensitivity
    from experiments.design.extras import need
    from experiments.report.swept_indices import indices_answer

    kind = swept.design.kind
    if kind not in ("morris", "sobol"):
        raise AnalyseError(
            f"{swept.name}: its design is `{kind}`; sensitivity needs `morris` or `sobol`. "
            "`discovery` tells from any design where a policy fails."
        )
    if swept.narrowed:
        raise AnalyseError(
            "sensitivity needs every point of its design, which was laid out as a whole. Take the "
            "ranges of assumptions away."
        )
    need("SALib", "analysis")
    shape = swept.shape
    told = []
    for measure in _measures(swept, question)[: len(question.measures) or 1]:
        futures = with_baseline(swept, swept.futures(measure, question.tier))
        value = np.full((len(futures.policies), shape.futures, shape.replicates), np.nan)
        value[:, futures.at] = futures.value
        for k, place in enumerate(shape.places):
            here = value[:, k * shape.points : (k + 1) * shape.points]
            for policy in _asked(swept, futures, question):
                base = here[futures.policies.index(swept.baseline)]
                mine = here[futures.policies.index(policy)]
                level = policy == swept.baseline
                indices = sensitivity(
                    kind,
                    swept.factors,
                    swept.points,
                    mine if level else mine - base,
                    levels=swept.design.levels,
                    second_order=swept.design.second_order,
                )
                of = f"level of {policy}" if level else f"{policy} against {swept.baseline}"
                about = {"measure": measure, "tier": futures.tier, "unit": futures.unit}
                told.append({**about, "place": place, "policy": policy, "of": of, **indices})
    return indices_answer(told, known()), {"sensitivity": told}


def _asked(swept: Swept, futures: "Futures", question: Question) -> Sequence[str]:
    """The policy named, else all but the baseline; the baseline where it is alone."""
    if question.policy is None:
        others = [policy for policy in futures.policies if policy != swept.baseline]
        return others or [swept.baseline]
    if question.policy not in futures.policies:
        raise AnalyseError(
            f"--policy {question.policy}: no such policy with a number. There is "
            f"{', '.join(futures.policies)}."
        )
    return [question.policy]


def robustness_asked(swept: Swept, question: Question) -> Found:
    """Each rule of choice, on one measure."""
    from experiments.analysis.robustness import robustness
    from experiments.report.swept_choice import choice_answer

    measure = _measures(swept, question)[0]
    direction = _way(measure, question.better)
    futures = _whole(swept, swept.futures(measure, question.tier))
    told = robustness(
        futures.means,
        futures.policies,
        swept.baseline,
        direction,
        alpha=question.alpha,
        level=question.level,
        threshold=question.threshold,
    )
    about = {"measure": measure, "tier": futures.tier, "unit": futures.unit}
    return choice_answer(futures, told, swept.baseline, swept.order), {
        **about,
        "left": asdict(futures.left),
        "robustness": told,
    }


def discovery_asked(swept: Swept, question: Question) -> Found:
    """Where one policy does worse, or better, than the baseline or a threshold."""
    import numpy as np

    from experiments.analysis.discovery import prim
    from experiments.analysis.rules import tree_boxes
    from experiments.design.extras import need
    from experiments.report.glossary import term
    from experiments.report.swept_regions import regions_answer

    need("sklearn", "analysis")
    moving = np.flatnonzero(np.ptp(swept.points, axis=0) > 0.0) if swept.factors else np.empty(0)
    if not moving.size:
        raise AnalyseError(
            f"{swept.name}: its design varies no assumption, so there is no region to find."
        )
    measure = _measures(swept, question)[0]
    sign = 1.0 if _way(measure, question.better) == "up" else -1.0
    futures = _whole(swept, swept.futures(measure, question.tier))
    policy = _asked(swept, futures, question)[0]
    if policy == swept.baseline and question.threshold is None:
        raise AnalyseError(
            f"--policy {policy}: the baseline is never better or worse than itself. Give a "
            "--threshold, or another policy."
        )
    means = futures.means
    mine = means[futures.policies.index(policy)]
    other = (
        means[futures.policies.index(swept.baseline)]
        if question.threshold is None
        else np.asarray(question.threshold)
    )
    worse = question.find == "worse"
    found = sign * mine < sign * other if worse else sign * mine > sign * other
    names = [swept.factors[int(k)] for k in moving]
    points = swept.points[futures.at % swept.shape.points][:, moving]
    boxes, leaves = prim(points, found, names), tree_boxes(points, found, names)
    words = term(measure)
    beside = (
        swept.baseline
        if question.threshold is None
        else words.writes(futures.unit)(question.threshold)
    )
    what = f"{policy} does {question.find} than {beside} on {words.title.lower()} ({futures.tier})"
    answer = regions_answer(what, boxes, leaves, names, points, found, known(), futures.left)
    return answer, {
        "measure": measure,
        "tier": futures.tier,
        "policy": policy,
        "find": question.find,
        "threshold": question.threshold,
        "futures": int(found.size),
        "found": int(found.sum()),
        "left": asdict(futures.left),
        "boxes": boxes,
        "leaves": leaves,
    }


def pareto_asked(swept: Swept, question: Question) -> Found:
    """Which policies are not dominated."""
    from functools import reduce

    import numpy as np

    from experiments.analysis.pareto import OBJECTIVES, pareto
    from experiments.report.swept_front import front_answer

    kept = swept.tiers
    names = question.measures or tuple(name for name in OBJECTIVES if name in kept)
    if len(names) < 2:
        found = (
            f"found {names[0]}"
            if question.measures
            else f"of {', '.join(OBJECTIVES)} the sweep keeps {', '.join(names) or 'none'}"
        )
        raise AnalyseError(
            f"{swept.name}: pareto needs two measures at least; {found}. Name some with --measure."
        )
    ups = {
        name: _way(name, question.better if question.measures else None) == "up" for name in names
    }
    columns = {name: _whole(swept, swept.futures(name, question.tier)) for name in names}
    policies = [
        policy
        for policy in swept.shape.policies
        if all(policy in column.policies for column in columns.values())
    ]
    at = reduce(np.intersect1d, (column.at for column in columns.values()))
    if not at.size:
        raise AnalyseError("no future is whole on every measure asked for; leave some out.")
    value = np.stack(
        [
            column.value[[column.policies.index(policy) for policy in policies]][
                :, np.isin(column.at, at)
            ]
            for column in columns.values()
        ]
    )
    sign = np.array([1.0 if ups[name] else -1.0 for name in names])
    score = sign[:, None, None, None] * value
    told = pareto(score, sign, policies, names, shared=swept.paired)
    first = columns[names[0]].left
    left = replace(
        first,
        policies={k: why for column in columns.values() for k, why in column.left.policies.items()},
        undefined=max(column.left.undefined for column in columns.values()),
        futures=int(swept.kept.sum()) * len(swept.shape.places) - int(at.size),
    )
    units = {name: column.unit for name, column in columns.items()}
    answer = front_answer(told, units, ups, swept.order, left)
    return answer, {"left": asdict(left), "units": units, "pareto": told}


def known() -> "dict[str, Known]":
    """What each assumption of the register is, and its unit."""
    from experiments.report.swept import Known
    from experiments.runner.replicate import all_entries

    return {name: Known(entry.what, entry.unit) for name, entry in all_entries().items()}
