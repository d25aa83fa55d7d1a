"""The commands that only look: check, scenarios, regimes, assumptions."""

from collections.abc import Sequence

from rich.table import Table

from experiments.cli import question, screen
from experiments.runner.replicate import all_entries
from scenarios import shelf
from scenarios.assumptions import Entry, UnknownAssumptionError
from scenarios.checks.unlikely import unlikely
from scenarios.errors import ExitCode
from scenarios.spec import Scenario


def check_command(name_or_path: str, sets: Sequence[str]) -> int:
    """Check a scenario; every fault is raised at once; idle rules and unlikely figures are told.

    Raises
    ------
    ScenarioError
        With every fault found.
    """
    from simulation.model.idle_rules import idle_rules

    scenario = question.read_question(name_or_path, sets)
    compare = scenario.compare
    for line in loaded_code(scenario):
        screen.stdout().print(line, markup=False, soft_wrap=True)
    for problem in (*idle_rules(scenario), *unlikely(scenario)):
        told = f"note: {scenario.origin.fault(*problem)}"
        screen.stdout().print(told, markup=False, soft_wrap=True)
    screen.stdout().print(
        f"{scenario.name}: nothing wrong found. {len(scenario.areas)} areas, "
        f"{len(scenario.buyers)} buyers, {len(compare.regimes)} policies to compare.",
        markup=False,
    )
    return ExitCode.DONE


def loaded_code(scenario: Scenario) -> list[str]:
    """Say which files of code a scenario names: whoever reads the scenario has run them."""
    return [
        f"{file.path} was run: code that this scenario names (sha256 {file.digest[:12]}). "
        "Use a scenario of somebody else's only if you trust its code."
        for file in scenario.code
    ]


def scenarios_command() -> int:
    """List the shelf."""
    table = Table("name", "what it is about")
    for entry in shelf.names():
        table.add_row(entry.name, entry.title)
    screen.stdout().print(table)
    return ExitCode.DONE


def regimes_command(name: str | None) -> int:
    """List the ways of buying, or describe one.

    Raises
    ------
    UnknownRegimeError
        When nobody registered a way of buying of that name.
    """
    from simulation.procurement.registry import get, names, packaged

    console = screen.stdout()
    if name is None:
        table = Table("name", "way of buying", "what it changes")
        for known in names():
            regime = get(known)
            table.add_row(known, regime.title, regime.summary)
        console.print(table)
        for broken, misfits in packaged().misfits.items():
            said = f"{broken}, which {packaged().origins[broken]} offers, cannot be used:"
            console.print(said, *misfits, markup=False, soft_wrap=True)
        return ExitCode.DONE
    regime = get(name)
    console.print(f"{regime.name}: {regime.title}", markup=False)
    console.print(regime.summary, markup=False)
    console.print(
        f"Categories: {', '.join(regime.categories) if regime.categories else 'all'}", markup=False
    )
    for route in dict.fromkeys((*regime.lawful, *regime().routes)):
        until = f" until {_date(route.until)}" if route.until else ""
        contested = " (contested)" if route.contested else ""
        whom = f" for {', '.join(route.buyers).replace('_', ' ')}" if route.buyers else ""
        console.print(
            f"In law from {_date(route.since)}{until}{contested}{whom}: {route.power}. "
            f"{route.note}",
            markup=False,
        )
    if regime.parameters:
        console.print(_entries_table(regime.parameters))
    return ExitCode.DONE


def assumptions_command(name: str | None) -> int:
    """List the register, one entry in full, or all entries whose name begins with `name` and a dot.

    Raises
    ------
    UnknownAssumptionError
        When the register has no such name.
    """
    entries = all_entries()
    console = screen.stdout()
    if name in entries:
        entry = entries[name]
        for key in ("name", "what", "value", "unit", "low", "high", "distribution", "null"):
            console.print(f"{key:>12}  {getattr(entry, key)}", markup=False)
        for key in ("source", "grade", "role"):
            console.print(f"{key:>12}  {getattr(entry, key)}", markup=False)
        return ExitCode.DONE
    group = "" if name is None else f"{name.rstrip('.')}."
    chosen = [e for e in entries.values() if e.name.startswith(group)]
    if not chosen:
        groups = {one.partition(".")[0] for one in entries}
        raise UnknownAssumptionError(name, [*entries, *sorted(groups)])
    console.print(_entries_table(chosen))
    console.print(f"{len(chosen)} entries.")
    return ExitCode.DONE


def _entries_table(entries: Sequence[Entry]) -> Table:
    table = Table()
    table.add_column("name", no_wrap=True)
    for column in ("value", "low", "high"):
        table.add_column(column, no_wrap=True, justify="right")
    for column in ("unit", "grade", "what it does"):
        table.add_column(column)
    for entry in sorted(entries, key=lambda entry: entry.name):
        numbers = (f"{number:g}" for number in (entry.value, entry.low, entry.high))
        table.add_row(entry.name, *numbers, entry.unit, entry.grade, entry.what)
    return table


def _date(month: tuple[int, int]) -> str:
    return f"{month[0]}-{month[1]:02d}"
