"""`poundflow suppliers`: who was paid, once more, from an imported folder and what is given."""

from dataclasses import dataclass
from pathlib import Path

from experiments.cli import screen
from experiments.cli.imported import PAGE, profile_page
from experiments.cli.resolving import Sources, own_review, resolve_import, said_of
from experiments.store.imported import LABEL, write_import
from scenarios.errors import ExitCode
from scenarios.sources.resolved import read_imported


@dataclass(frozen=True)
class SuppliersOptions:
    """What was asked for; the fields are the options of `suppliers`."""

    folder: Path
    review: Path | None
    postcodes: Path | None
    registers: tuple[Path, ...]
    companies: Path | None
    coops: Path | None
    as_json: bool


def suppliers_command(options: SuppliersOptions) -> int:
    """Resolve the suppliers of an imported folder again; its payments stay as they are.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    NotResolvedError
        When the folder holds no import, or half of one.
    FaultsError
        With every fault of what was given; then nothing has been written.
    """
    imported = read_imported(options.folder)
    sources = Sources(
        options.review or own_review(options.folder),
        options.postcodes, options.registers, options.companies, options.coops,
    )  # fmt: skip
    label = dict(imported.label)
    found = resolve_import(imported.payments, label["council"], label["area"], sources)
    label["suppliers"] = found.told
    written = [*found.tables, *found.csv_tables, PAGE, LABEL]
    label["written"] = list(dict.fromkeys([*label.get("written", ()), *written]))
    page = profile_page(label, found)
    write_import(options.folder, found.tables, found.csv_tables, {PAGE: page}, label)
    if options.as_json:
        screen.print_document({"schema_version": 1, **found.told})
    else:
        for line in (*said_of(found.told), f"Written to {options.folder}: {', '.join(written)}."):
            screen.stdout().print(line, markup=False, soft_wrap=True)
    return ExitCode.DONE
