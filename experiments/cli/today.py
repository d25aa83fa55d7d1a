"""`poundflow today`: what is known of a place before anything is simulated, as one document."""

import json
from dataclasses import dataclass
from pathlib import Path

from experiments.analysis.lm3 import Lm3, lm3_of
from experiments.analysis.lm3_books import spend_of
from experiments.analysis.resolved_spending import under_one_name
from experiments.cli import question
from experiments.cli.told import tell, tell_document
from experiments.report.payments import Profile
from experiments.report.today import Part, Today, today_document
from experiments.report.today_payments import payments_facts, payments_parts
from experiments.report.today_place import focus_of, place_parts, start_part
from experiments.runner.start_state import build_start_state
from experiments.store.aside import make_folder, write_aside
from scenarios.from_tables.around import around
from scenarios.sources.resolved import read_imported, read_resolved


@dataclass(frozen=True, slots=True)
class TodayOptions:
    """What was typed."""

    place: str
    payments: Path | None
    out: Path
    start: bool
    as_json: bool


def today_command(options: TodayOptions) -> int:
    """Work out what is known of a place, and write it.

    Raises
    ------
    PoundflowError or FolderError
        When the place or the payments cannot be used, or the disk gives out.
    """
    scenario = question.read_question(options.place, ())
    facts, parts = [("Place", focus_of(scenario).name)], place_parts(scenario)
    if options.payments is not None:
        said, found = _paid(options.payments)
        facts, parts = [*facts, *said], [*found, *parts]
    if options.start:
        parts.append(start_part(scenario, build_start_state(scenario)))
    told = today_document(Today(scenario.title, facts, parts))
    make_folder(options.out.parent)
    write_aside(options.out, (json.dumps(told, ensure_ascii=False) + "\n").encode())
    if options.as_json:
        return tell_document({"file": str(options.out), "parts": [one.name for one in parts]})
    return tell([*(said for one in parts for said in one.said), f"Written to {options.out}."])


def _paid(folder: Path) -> tuple[list[tuple[str, str]], list[Part]]:
    imported, resolved = read_imported(folder), read_resolved(folder)
    payments = under_one_name(imported.payments, resolved.payments, resolved.suppliers)
    profile = Profile(imported.label, payments)
    lm3: Lm3 | None = None
    if resolved.area is not None:
        spend = spend_of(resolved, around(resolved.area), {}, None)
        lm3 = lm3_of(spend) if spend.suppliers else None
    return payments_facts(profile), payments_parts(profile, lm3)
