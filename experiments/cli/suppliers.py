"""`poundflow suppliers`: who was paid, once more, from an imported folder and what is given."""

from dataclasses import dataclass
from pathlib import Path

from experiments.cli import screen
from experiments.cli.imported import PAGE, aside_without, older_told, profile_page, told_of
from experiments.cli.resolving import Sources, own_review, resolve_import, said_of
from experiments.store.imported import LABEL, write_import
from scenarios.errors import ExitCode
from scenarios.sources.resolved import read_imported
from scenarios.sources.supplier_persons import files_with_names


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
    """Resolve the suppliers of an imported folder again.

    Its payments stay as they are, but for the names of persons whom the review list has marked.

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
    found = resolve_import(
        options.folder, imported.payments, label["council"], label["area"], sources
    )
    label = told_of(label, found)
    csv_tables = {**found.csv_tables, **aside_without(options.folder, found.masked)}
    written = [*found.tables, *csv_tables, *found.texts, PAGE, LABEL]
    label["written"] = list(dict.fromkeys([*label.get("written", ()), *written]))
    page = profile_page(label, found)
    texts = {PAGE: page, **found.texts}
    write_import(options.folder, found.tables, csv_tables, texts, label)
    older = files_with_names(options.folder, found.masked, written)
    if options.as_json:
        document = {"schema_version": 1, **found.told, "older_files_with_names": older}
        screen.print_document(document)
    else:
        for line in (
            *said_of(found.told),
            *older_told(older),
            f"Written to {options.folder}: {', '.join(written)}.",
        ):
            screen.stdout().print(line, markup=False, soft_wrap=True)
    return ExitCode.DONE
