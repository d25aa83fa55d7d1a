"""What is said of an import of notices or of a register, on a terminal or as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from rich.table import Table

from experiments.cli import screen
from experiments.cli.imported import EXTRA, columns_table, kept_names, read_each
from experiments.cli.told import tell, tell_document
from experiments.design.extras import need
from experiments.report.contracts_page import write_contracts_page
from experiments.report.swept import many
from experiments.store.aside import make_folder
from experiments.store.imported import claim_folder, write_import
from scenarios.sources.by_hand import faults_of_settings
from scenarios.sources.contract_profile import profile
from scenarios.sources.contract_schema import CONTRACTS
from scenarios.sources.contracts_register import RegisterFile, read_register
from scenarios.sources.masking import Masks
from scenarios.sources.ocds_import import import_notices
from scenarios.sources.refusals import PaymentsError, faults_of_repeats
from scenarios.sources.register_columns import known_fields
from scenarios.sources.tidy_tables import SET_ASIDE

WRITTEN = ["contracts.parquet", SET_ASIDE, "import.json", "profile.html"]
"""What an import of a register leaves in its folder."""


def ocds_command(files: Sequence[Path], out: Path, keep: Path | None, *, as_json: bool) -> int:
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
    names = kept_names(keep)
    make_folder(out)
    told = import_notices(files, out, names).as_dict()
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
        return tell_document({**told, "written": written})
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
    return tell(lines)


def register_command(
    files: Sequence[Path], out: Path, maps: Sequence[str], keep: Path | None, *, as_json: bool
) -> int:
    """Import contracts registers.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    PaymentsError
        With every fault of the options and of all files; then nothing is written.
    FolderError
        When the folder cannot take what was read.
    """
    claim_folder(out)
    masks = Masks(kept_names(keep))
    read, faults = read_each(files, lambda path: read_register(path, maps, masks))
    faults += faults_of_repeats(files)
    told, rows = [of for of, _ in read], [row for _, found in read for row in found]
    headings = [names for of in told for names in of.names]
    if headings or not faults:
        faults += faults_of_settings(maps, known_fields(), headings)
    if faults:
        raise PaymentsError(faults)
    document = {"schema_version": 1, **registers_told(told, masks.persons), "written": WRITTEN}
    aside = pa.Table.from_pylist(
        [{"file": of.path, "place": place, "reason": reason}
         for of in told for place, reason in of.aside],
        schema=pa.schema([(name, pa.string()) for name in ("file", "place", "reason")]),
    )  # fmt: skip
    contracts = pa.Table.from_pylist(rows, schema=CONTRACTS)
    write_import(out, {"contracts.parquet": contracts}, {SET_ASIDE: aside}, {}, document)
    facts = [
        ("What", "contracts registers" if len(told) > 1 else "a contracts register"),
        ("Rows", f"{document['totals']['used']:,} used of {document['totals']['rows']:,}"),
    ]
    write_contracts_page(profile(out), facts, left_told(document, "row"), out)
    if as_json:
        return tell_document(document)
    for of in document["files"]:
        screen.stdout().print(columns_table(of), markup=False)
    print_files("Contracts registers", "rows", document["files"])
    return tell([*left_told(document, "row"), f"Written to {out}: {', '.join(WRITTEN)}."])


def registers_told(told: Sequence[RegisterFile], persons: int) -> dict[str, Any]:
    """Put together what `--json` prints and import.json keeps of registers."""
    files = [of.as_dict() for of in told]
    reasons: Counter[str] = Counter()
    unreadable: Counter[str] = Counter()
    for of in told:
        reasons += of.set_aside
        unreadable += of.unreadable
    return {
        "files": files,
        "totals": {
            "rows": sum(each["rows"] for each in files),
            "used": sum(each["used"] for each in files),
            "set_aside": dict(sorted(reasons.items())),
            "unreadable": dict(sorted(unreadable.items())),
            "same_reference": sum(of.again for of in told),
            "persons_masked": persons,
        },
    }


def left_told(told: Mapping[str, Any], what: str) -> list[str]:
    """Say in sentences what was set aside, and what could not be read of what was used."""
    said = [
        f"{many(count, what)} set aside: {reason}."
        for reason, count in told["totals"]["set_aside"].items()
    ]
    unreadable = told["totals"].get("unreadable", {})
    if unreadable:
        fields = [f"{name.replace('_', ' ')} {count:,}" for name, count in unreadable.items()]
        said.append(f"Cells that could not be read, and are unknown: {', '.join(fields)}.")
    if again := told["totals"].get("same_reference"):
        said.append(f"{many(again, 'row')} with a reference that an earlier one has; all are kept.")
    masked = told["totals"]["persons_masked"]
    if masked:
        hint = "--keep names those that are none"
        said.append(f"{many(masked, 'supplier')} masked, which may be persons; {hint}.")
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
