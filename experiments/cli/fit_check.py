"""`poundflow fit-check`: a scenario's built economy held against the data that it came from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from experiments.analysis.fit_paid import NothingBoughtError, paid_side, read_contracts
from experiments.analysis.fit_place import rings
from experiments.analysis.fit_rows import DIFFERS, FitRow, as_document, counted
from experiments.analysis.fit_whole import Sides, compare_sides
from experiments.cli import question, screen
from experiments.report.fit_page import GROUPS, Check, cells, fit_answer, fit_facts, summary
from experiments.report.swept import answer_page
from experiments.runner.fit_built import buyers_paid, live_built
from experiments.store.aside import make_folder, write_aside
from experiments.store.imported import claim_folder
from scenarios.errors import ExitCode
from scenarios.sources.resolved import read_resolved
from scenarios.tables.classifications import categories

PAGE, DOCUMENT = "fit.html", "fit.json"
SCHEMA_VERSION = 1
LONG = ("contracts by category", "concentration by category")
"""Groups of too many lines for a terminal; they are on the page and in the document."""


@dataclass(frozen=True)
class FitOptions:
    """What was asked for; the fields are the options of `fit-check`."""

    scenario: str
    folder: Path
    register: Path | None
    buyer: str | None
    out: Path
    seed: int
    sets: tuple[str, ...]
    strict: bool
    as_json: bool


def fit_check_command(options: FitOptions) -> int:
    """Build, live, compare, and say what differs.

    Returns
    -------
    int
        0, whatever differs; with `--strict` 1 where anything does.

    Raises
    ------
    ScenarioError, InputError
        With what is wrong with the scenario or the folders; nothing has been written.
    """
    scenario = question.read_question(options.scenario, options.sets)
    claim_folder(options.out, DOCUMENT)
    resolved = read_resolved(options.folder)
    register = None if options.register is None else read_contracts(options.register)
    around, ids = rings(scenario), [one.id for one in categories()]
    buyers, note = buyers_paid(scenario, resolved.area, options.buyer)
    paid = paid_side(resolved, ids, around)
    if paid.side.pence.sum() <= 0:
        raise NothingBoughtError(options.folder)
    months = len(paid.months) or 12
    if not options.as_json:
        screen.stderr().print(f"building {scenario.name} and living {months} months ...")
    lived = live_built(scenario, options.seed, months, buyers, around, floored=paid.floored)
    sides = Sides(
        paid=paid, register=register, built=lived.side, built_contracts=lived.contracts,
        place=lived.place, around=around,
        start=scenario.start.year + (scenario.start.month - 1) / 12, seed=options.seed,
    )  # fmt: skip
    rows = compare_sides(sides)
    facts = {
        "payments of": resolved.council or resolved.area or "not named",
        "months": f"{paid.months[0]} to {paid.months[-1]}" if paid.months else "not known",
        "register": "none" if register is None else f"{register.months.size:,} contracts",
        "scenario": scenario.name,
        "buyers": ", ".join(buyers),
        "focus": scenario.focus,
        "seed": str(options.seed),
    }
    notes = [f"{one[0].upper()}{one[1:]}." for one in (*([note] if note else []), *paid.notes)]
    check = Check(scenario.name, facts, sides, rows, notes)
    document = _document(check)
    make_folder(options.out)
    write_aside(options.out / PAGE, answer_page(fit_answer(check), fit_facts(check)).encode())
    write_aside(options.out / DOCUMENT, (json.dumps(document, indent=2) + "\n").encode())
    if options.as_json:
        screen.print_document(document)
    else:
        _print(check, options.out)
    return _code(rows, strict=options.strict)


def _code(rows: Sequence[FitRow], *, strict: bool) -> int:
    """0 unless it was asked to be strict: what was wished for was not reached."""
    return 1 if strict and counted(rows)[DIFFERS] else ExitCode.DONE


def _document(check: Check) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": check.scenario,
        **{name.replace(" ", "_"): fact for name, fact in check.facts.items()},
        "notes": list(check.notes),
        "verdicts": counted(check.rows),
        "summary": summary(check),
        "rows": as_document(check.rows),
    }


def _print(check: Check, out: Path) -> None:
    console = screen.stdout()
    for group, heading in GROUPS.items():
        rows = [row for row in check.rows if row.group == group]
        if not rows or group in LONG:
            continue
        table = Table("figure", "data", "built", "apart", "no difference up to", "verdict")
        table.title = heading
        for row in rows:
            table.add_row(*cells(row)[:-1])
        console.print(table, markup=False)
    lines = [*summary(check), *(f"· {note}" for note in check.notes)]
    lines.append(f"Written to {out}: {PAGE}, {DOCUMENT}; reasons and categories are there.")
    screen.print_lines(lines)
