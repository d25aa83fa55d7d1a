"""`poundflow pillars`: every lever on and off at equal cost, and whether they do more together."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from experiments.analysis.factorial import FEWEST, Interval, Joint, joint_effect
from experiments.analysis.values import Measured, measured_values
from experiments.cli import question, screen
from experiments.cli.compare import say_failures, say_stopped
from experiments.cli.wording import estimate, number
from experiments.design.factorial import (
    BUYING,
    LEVERS,
    Cell,
    cells,
    levers_sum,
    overrides,
)
from experiments.design.plan import PlanError, plan_comparison
from experiments.library.comparisons import conduct
from experiments.report.words import NO_SALE
from experiments.runner.comparison import Comparison
from experiments.runner.label import label
from experiments.runner.room import workers_with_room
from experiments.store.folder import ResultFolder
from experiments.store.records import Part
from scenarios.assumptions import register
from scenarios.errors import ExitCode
from scenarios.spec import Scenario
from simulation.model.check import levers_refused

MEASURES = {
    "disposable_income": "Income of residents after tax",
    "net_local_income": "Income of residents, less what others lose",
    "net_gain_after_cost": "The same, with services gained or lost",
}
"""What the factorial is read on, with titles."""
TIER = "district"
OWNERSHIP, SOLD_AWAY = "ownership", "ownership.sold_away"
VERDICTS = {
    "more": "together they do more than apart",
    "less": "together they do less than apart",
    "unclear": "together and apart cannot be told apart",
}


Values = Mapping[tuple[str, str], Measured]
"""What each cell came to, by measure and tier."""


@dataclass(frozen=True, slots=True)
class PillarsOptions:
    """What was typed."""

    scenario: str
    regime: str | None
    levers: str | None
    spend: float | None
    months: int | None
    replicates: int | None
    seed: int
    fixed: bool
    sets: tuple[str, ...]
    workers: int | None
    out: Path
    as_json: bool


def pillars_command(options: PillarsOptions) -> int:
    """Live every combination of levers and say whether the whole exceeds its parts.

    Returns
    -------
    int
        0 done; 3 some runs failed; 130 stopped, what was finished is kept.

    Raises
    ------
    PoundflowError or FolderError
        When the input is wrong, before anything is lived, or the disk gives out.
    """
    workers = question.side_by_side("--workers", options.workers)
    first = question.read_question(
        options.scenario, options.sets, also=(options.regime,) if options.regime else ()
    )
    baseline = first.compare.baseline
    buying = options.regime or next(
        (name for name in first.compare.regimes if name != baseline), baseline
    )
    if first.closure.need_fixed:
        raise PlanError(
            "the scenario has need_fixed = true, so that budgets give way and no two cells cost "
            "the same; wanted fixed budgets: --set closure.need_fixed=false."
        )
    if buying == baseline:
        raise PlanError(
            f"the way of buying is {buying}, the baseline itself; wanted another with --regime."
        )
    _require_no_levers(first, (buying, baseline))
    levers, left_out = _levers(options.levers, first)
    factors = (BUYING, *levers)
    some, each = cells(baseline, factors), _pounds_each(first, options.spend, len(levers))
    for lived in (some[-1:], some):
        policies = first.origin.data.get("policies", {})
        written = overrides(lived, policies, buying, baseline, each)
        names = tuple(cell.name for cell in lived)
        scenario = question.read_question(
            options.scenario, (*options.sets, *written), regimes=names, baseline=baseline
        )
    plan = plan_comparison(
        scenario, regimes=names, baseline=baseline, months=options.months,
        replicates=options.replicates, seed=options.seed, fixed=options.fixed,
    )  # fmt: skip
    workers = workers_with_room(scenario, workers, screen.stderr().print)
    manifest = label("pillars", scenario, plan, workers, status="under way")
    comparison = Comparison(scenario, plan, ResultFolder(options.out, manifest))
    try:
        with screen.progress(scenario.name, quiet=options.as_json) as told:
            summary, _ = conduct(comparison, workers, told)
    except KeyboardInterrupt:
        say_stopped(comparison)
        return ExitCode.STOPPED
    kept = comparison.folder.kept(Part.FUTURE, range(plan.replicates))
    values = measured_values(kept, names)
    document = _document(scenario, buying, each, _effects(values, some, factors), factors)
    document["spent_pounds_a_year"] = _spent(values, some, factors)
    document["left_out"] = left_out
    document["note"] = _note(scenario, factors)
    comparison.folder.write_json("pillars.json", document)
    if options.as_json:
        screen.print_document(document)
    else:
        _tell(document)
        screen.stdout().print(f"All cells, run by run: {options.out}", markup=False)
    return say_failures(summary)


def _require_no_levers(scenario: Scenario, names: tuple[str, ...]) -> None:
    """Refuse policies with levers of their own: no cell would be without them.

    Raises
    ------
    PlanError
        Naming each.
    """
    with_levers = [
        name
        for name in names
        if name in scenario.policies and scenario.policies[name].pillars.total > 0.0
    ]
    if with_levers:
        keys = ", ".join(f"policies.{name}.pillars" for name in with_levers)
        each = " ".join(f"--set policies.{name}.pillars={{}}" for name in with_levers)
        raise PlanError(
            f"{keys}: found sums for levers; wanted a policy without any, since the factorial "
            f"switches each lever on and off itself, and an effect of buying would hold theirs. "
            f"Take them out with {each}, and give the sum of each lever that is on by --spend."
        )


def _note(scenario: Scenario, factors: tuple[str, ...]) -> str:
    """Say that the lever on ownership prevents no sale, where nobody sells; else nothing."""
    sold_away = scenario.assumptions.get(SOLD_AWAY, register()[SOLD_AWAY].value)
    return NO_SALE if OWNERSHIP in factors and sold_away == 0.0 else ""


def _pounds_each(scenario: Scenario, typed: float | None, many: int) -> float:
    """Return what each lever that is on has a year: as typed, else a share of the budgets [GBP].

    Raises
    ------
    PlanError
        Where all levers together would have more than the budgets.
    """
    if typed is None:
        return levers_sum(scenario, register()["pillars.spend_share"].value)
    income, money = levers_sum(scenario, 1.0), scenario.currency
    if typed * many > income:
        raise PlanError(
            f"--spend {typed:,.2f} for each of {many} levers is {money} {typed * many:,.2f} a year "
            f"where all are on; wanted at most {money} {income:,.2f}, what the buyers seated in "
            f"{scenario.focus} have: --spend {income // many:.0f} or less."
        )
    return typed


def _levers(typed: str | None, scenario: Scenario) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the levers that are factors, and why others are not: those typed, else all it may use.

    Raises
    ------
    PlanError
        For a lever that there is not, one named twice, or one typed that the place cannot use.
    """
    if typed is not None and not typed.strip():
        raise PlanError(
            f"--levers is empty; wanted some of {', '.join(LEVERS)}, with commas between. Leave it "
            "out for all."
        )
    named = question.comma_list("--levers", typed)
    some = tuple(LEVERS) if named is None else named
    if not set(some) <= set(LEVERS) or len(set(some)) < len(some):
        raise PlanError(
            f"--levers {typed!r}; wanted some of {', '.join(LEVERS)}, each once, with commas "
            "between."
        )
    refused = levers_refused(scenario.origin.data)
    why = {name: refused[LEVERS[name]] for name in some if LEVERS[name] in refused}
    left = tuple(name for name in some if name not in why)
    if why and (named is not None or not left):
        others = ",".join(left)
        raise PlanError(
            " ".join(
                f"--levers {name}: found {one.found}; wanted {one.wanted}. {one.hint}"
                for name, one in why.items()
            )
            + (f" Without it: --levers {others}." if others else "")
        )
    return left, {name: f"found {one.found}; wanted {one.wanted}" for name, one in why.items()}


def _spent(values: Values, some: tuple[Cell, ...], factors: tuple[str, ...]) -> dict[str, float]:
    """Return what each lever could spend a year when it was the only one [GBP], on average."""
    column = values.get(("pillar_spending", "all"))
    spent = dict.fromkeys((factor for factor in factors if factor != BUYING), 0.0)
    for row, cell in enumerate(some):
        if column is not None and len(cell.on) == 1 and cell.on <= spent.keys():
            told = column.value[row]
            if np.isfinite(told).any():
                spent[next(iter(cell.on))] = float(np.nanmean(told))
    return spent


def _effects(
    values: Values, some: tuple[Cell, ...], factors: tuple[str, ...]
) -> dict[str, tuple[Joint, str]]:
    """Return the joint effect on each measure that is known, with its unit."""
    found = {}
    for measure in MEASURES:
        column = values.get((measure, TIER))
        if column is None:
            continue
        joint = joint_effect(_levels(column, some), factors)
        if joint is not None:
            found[measure] = joint, column.unit
    return found


def _levels(column: Measured, some: tuple[Cell, ...]) -> dict[frozenset[str], NDArray[np.float64]]:
    """Give the values by combination; a measure that is a difference is nothing at the baseline."""
    levels = {cell.on: column.value[row] for row, cell in enumerate(some)}
    if not np.isfinite(levels[frozenset()]).any():
        levels[frozenset()] = np.zeros(column.value.shape[1])
    return levels


def _document(
    scenario: Scenario,
    buying: str,
    each: float,
    found: Mapping[str, tuple[Joint, str]],
    factors: tuple[str, ...],
) -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "buying": buying,
        "baseline": scenario.compare.baseline,
        "currency": scenario.currency,
        "pounds_a_year_each_lever": each,
        "levers": {factor: LEVERS[factor] for factor in factors if factor != BUYING},
        "measures": {
            measure: {
                "title": MEASURES[measure],
                "unit": unit,
                "replicates": joint.replicates,
                "effects": {
                    " + ".join(factor for factor in factors if factor in on): _plain(one)
                    for on, one in joint.effects.items()
                },
                "together": _plain(joint.together),
                "sum_of_parts": _plain(joint.sum_of_parts),
                "above_sum": _judged(joint.above_sum),
                "above_product": None
                if joint.above_product is None
                else _judged(joint.above_product),
            }
            for measure, (joint, unit) in found.items()
        },
    }


def _plain(one: Interval) -> dict[str, Any]:
    return {"mean": one.mean, "low": one.low, "high": one.high, "verdict": one.verdict}


def _judged(one: Interval) -> dict[str, Any]:
    """Tell an interval, and what it would take to decide where it does not."""
    told = {"replicates": one.replicates, "replicates_wanted": one.replicates_wanted}
    return _plain(one) | told | {"advice": _advice(one)}


def _advice(one: Interval) -> str:
    """Say what is to be done about an interval that decides nothing; empty where it does."""
    have, wanted = one.replicates, one.replicates_wanted
    if one.verdict != "unclear":
        return ""
    if have < FEWEST:
        few = "1 replicate has no spread" if have == 1 else f"{have} replicates are too few"
        return f"{few}, whatever they show: at least {wanted:,} are wanted (--replicates)"
    if wanted is None:
        return f"none of {have} replicates shows a difference, and more will hardly show one"
    return (
        f"the interval of {have} replicates holds 0; if the difference is what it looks like, some "
        f"{wanted:,} would tell it (--replicates)"
    )


def _tell(document: Mapping[str, Any]) -> None:
    """Print each lever alone, all together, and the difference from sum and product."""
    console = screen.stdout()
    for found in document["measures"].values():
        each = found["unit"].partition(" ")[2]
        table = Table(
            title=f"{found['title']}, {each} (against the baseline)", title_justify="left"
        )
        for name in ("levers", "effect", "95 % interval"):
            table.add_column(name, justify="left" if name == "levers" else "right")
        alone = {name: one for name, one in found["effects"].items() if " + " not in name}
        lines = {
            **{f"{name} alone": one for name, one in alone.items()},
            "all together": found["together"],
            "sum of each alone": found["sum_of_parts"],
            "together above the sum": found["above_sum"],
        }
        for name, one in lines.items():
            table.add_row(name, *_cells(one, found["unit"]))
        if found["above_product"]:
            table.add_row(
                "together above the product", *_cells(found["above_product"], found["unit"])
            )
        console.print(table)
        for scale, key in (("additive", "above_sum"), ("ratio", "above_product")):
            one = found[key]
            if one:
                advice = f": {one['advice']}" if one["advice"] else ""
                said = f"· On the {scale} scale {VERDICTS[one['verdict']]}{advice}."
                console.print(said, markup=False, soft_wrap=True)
    if not document["measures"]:
        console.print("· No replicate knows any of the measures in every combination.")
    each = number(document["pounds_a_year_each_lever"], document["currency"])
    spent = document["spent_pounds_a_year"].items()
    told = ", ".join(f"{lever} {number(pounds, document['currency'])}" for lever, pounds in spent)
    console.print(f"· Of {each} a year each lever by itself could spend: {told}.", markup=False)
    console.print(
        f"· Buying: {document['buying']} against {document['baseline']}. Each lever that is on "
        f"takes {each} a year out of the services' budgets, so every cell costs the same.",
        markup=False,
    )
    for lever, why in document["left_out"].items():
        said = f"· The lever {lever} is left out of every cell: {why}."
        console.print(said, markup=False, soft_wrap=True)
    if document["note"]:
        console.print(f"· {document['note']}", markup=False, soft_wrap=True)


def _cells(one: Mapping[str, Any], unit: str) -> tuple[str, str]:
    return estimate(one["mean"], one["low"], one["high"], unit, signed=True)
