"""What is said of an import of notices or of a register, on a terminal or as JSON."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from experiments.cli import screen
from experiments.design.extras import need
from experiments.report.contracts_page import write_contracts_page
from experiments.report.swept import many
from experiments.store.aside import make_folder
from experiments.store.imported import claim_folder
from scenarios.errors import ExitCode
from scenarios.sources.contract_profile import profile
from scenarios.sources.ocds_import import import_notices

EXTRA = "import"


def ocds_command(files: Sequence[Path], out: Path, *, as_json: bool) -> int:
    """Import notices.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    InputError
        When a package is missing, the folder cannot be written to, or a file is refused; then
        nothing is written.
    """
    need("ocdsmerge", EXTRA)
    claim_folder(out)
    make_folder(out)
    told = import_notices(files, out).as_dict()
    rows = told["totals"]["rows"]
    facts = [
        ("What", "notices of the Open Contracting Data Standard"),
        ("Releases", f"{told['totals']['used']:,} used of {told['totals']['releases']:,}"),
        ("Processes", f"{told['totals']['processes']:,}"),
        *((name.capitalize(), f"{count:,}") for name, count in rows.items()),
    ]
    page = write_contracts_page(profile(out), facts, left_told(told, "release"), out)
    written = [*(f"{name}.parquet" for name in rows), "set_aside.csv", "import.json", page.name]
    if as_json:
        return print_document({**told, "written": written})
    print_files("Notices", "releases", told["files"])
    alone = told["totals"]["processes"] == 1
    lines = [
        f"{told['totals']['processes']:,} {'process' if alone else 'processes'}, "
        f"{many(told['totals']['amendments'], 'amendment')}; "
        + ", ".join(many(count, name.removesuffix("s")) for name, count in rows.items())
        + ".",
        *left_told(told, "release"),
        f"Written to {out}: {', '.join(written)}.",
    ]
    return say(lines)


def left_told(told: Mapping[str, Any], what: str) -> list[str]:
    """Say in sentences what was set aside, and what could not be read of what was used."""
    said = [
        f"{many(count, what)} set aside: {reason}."
        for reason, count in told["totals"]["set_aside"].items()
    ]
    masked = told["totals"]["persons_masked"]
    if masked:
        said.append(f"{many(masked, 'supplier')} masked, whose name looks like a person's.")
    return said


def print_files(title: str, unit: str, files: Sequence[Mapping[str, Any]]) -> None:
    """Print a line for each file, and how it adds up."""
    table = Table(title=title, title_justify="left")
    for name in ("file", unit, "used", "set aside", "why"):
        table.add_column(name, justify="left" if name in ("file", "why") else "right")
    for told in files:
        aside = told["set_aside"]
        why = ", ".join(f"{count:,} {reason}" for reason, count in aside.items())
        counts = (told[unit], told["used"], sum(aside.values()))
        table.add_row(told["path"], *(f"{count:,}" for count in counts), why)
    screen.stdout().print(table)


def print_document(told: Mapping[str, Any]) -> int:
    """Print one JSON document."""
    text = json.dumps({"schema_version": 1, **told}, indent=2, allow_nan=False)
    screen.stdout().file.write(text + "\n")
    return ExitCode.DONE


def say(lines: Sequence[str]) -> int:
    """Print lines as they are."""
    console = screen.stdout()
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)
    return ExitCode.DONE
