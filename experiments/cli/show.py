"""`poundflow show`: a scenario in a page, and its built start state beside the published one."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from experiments.cli import question, screen
from experiments.cli.look import loaded_code
from experiments.cli.wording import futures, number
from experiments.runner.room import GIB, room_of_worker
from experiments.runner.start_state import build_start_state
from scenarios.errors import ExitCode
from scenarios.spec import Scenario

LARGE = 4 * GIB
"""A place that needs more memory than this is not built only to be looked at."""


def show_command(name_or_path: str, sets: Sequence[str]) -> int:
    """Show a scenario, build its start state, and compare it with what is published.

    Raises
    ------
    ScenarioError
        With every fault found.
    """
    scenario = question.read_question(name_or_path, sets)
    console = screen.stdout()
    console.print(f"{scenario.name}: {scenario.title}", markup=False)
    for line in _description(scenario):
        console.print(line, markup=False)
    for line in loaded_code(scenario):
        console.print(line, markup=False, soft_wrap=True)
    console.print(_policies(scenario))
    room = room_of_worker(scenario)
    if room > LARGE:
        console.print(
            f"Its start state is not built here: that takes some {room / GIB:.0f} GiB of memory "
            f"and minutes. Keep it with poundflow build {scenario.name} --out FILE.",
            markup=False,
        )
        return ExitCode.DONE
    screen.stderr().print("building the start state ...")
    console.print(_start_state(build_start_state(scenario)))
    return ExitCode.DONE


def _description(scenario: Scenario) -> list[str]:
    leaves = scenario.leaves()
    people = sum(area.population or 0 for area in leaves)
    yearly = sum(sum(buyer.budget.values()) for buyer in scenario.buyers)
    said = [
        f"From {scenario.start.year}-{scenario.start.month:02d}, in {scenario.currency}; focus "
        f"{scenario.focus}, neighbours {', '.join(scenario.neighbours) or 'none'}.",
        f"{len(leaves)} areas with {people:,.0f} people; {len(scenario.buyers)} buyers spend "
        f"{number(yearly, scenario.currency)} a year.",
        f"Savings: {scenario.closure.savings}; need "
        + ("fixed." if scenario.closure.need_fixed else "gives way to the budget."),
    ]
    if scenario.counterfactual:
        said.append("Counterfactual: ways of buying may run outside their law and date.")
    weighed = zip(scenario.objectives, scenario.objective_weights(), strict=True)
    said += [f"Objective ({100 * weight:.0f}%): {one.text}" for one, weight in weighed]
    if scenario.say:
        heard = ", ".join(f"{voice} {100 * share:.0f}%" for voice, share in scenario.say.items())
        said.append(f"Say in these weights besides the council's: {heard}.")
    if scenario.assumptions:
        held: Mapping[str, float] = scenario.assumptions
        said.append("Held by the scenario: " + ", ".join(f"{k} = {v:g}" for k, v in held.items()))
    return said


def _policies(scenario: Scenario) -> Table:
    compare = scenario.compare
    table = Table("policy", "way of buying", "parameters", "exceptions")
    table.title = (
        f"Compared over {compare.months} months in {futures(compare.replicates)}; "
        f"baseline {compare.baseline}"
    )
    for name in compare.regimes:
        policy = scenario.policies.get(name)
        if policy is None:
            table.add_row(name, name, "", "")
            continue
        chosen = ", ".join(f"{key} = {value}" for key, value in policy.parameters.items())
        rules = "; ".join(f"{rule.regime} for {', '.join(rule.categories) or 'all'}"
                          for rule in policy.rules)  # fmt: skip
        beside = ", ".join(one.regime for one in policy.options)
        way = f"{policy.regime}, assessed beside {beside}" if beside else policy.regime
        table.add_row(name, way, chosen, rules)
    return table


def _start_state(lines: Sequence[Mapping[str, Any]]) -> Table:
    table = Table("what", "area", "published", "built", "apart")
    table.title = "Start state, after burn-in"
    for line in lines:
        published, built, unit = line["published"], line["built"], line["unit"]
        apart = None if built is None or published is None else built - published
        table.add_row(
            line["what"],
            line["area"],
            number(published, unit),
            number(built, unit),
            number(apart, unit, signed=True),
        )
    return table
