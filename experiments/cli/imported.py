"""`poundflow import payments`: files in, a folder out, and what was understood on the terminal."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.csv as pa_csv
from rich.table import Table

from experiments.analysis.spending import largest_masked
from experiments.cli import screen
from experiments.cli.resolving import Outcome, Sources, own_review, resolve_import, said_of
from experiments.cli.wording import HOME_MONEY, money
from experiments.design.extras import need
from experiments.report.payments import Profile, fates, payments_answer, payments_facts
from experiments.report.swept import answer_page
from experiments.store.imported import LABEL, claim_folder, write_import
from scenarios.errors import ExitCode, Fault
from scenarios.nearest import near_names
from scenarios.sources.by_hand import faults_of_settings
from scenarios.sources.masking import Masks
from scenarios.sources.payments import PaymentFile, known_fields, read_payments
from scenarios.sources.refusals import PaymentsError, RefusedError, faults_of_repeats
from scenarios.sources.resolved import PAYMENTS
from scenarios.sources.samples import samples_of
from scenarios.sources.supplier_persons import files_with_names, hide
from scenarios.sources.tidy import (
    ASIDE_SCHEMA,
    aside_table,
    doubles,
    registered_payees,
    tidy_table,
)
from scenarios.sources.workbook import is_workbook
from scenarios.tables import (
    FormerDistrictError,
    NotADistrictError,
    UnknownRowError,
    parents,
    uk_district,
    uk_districts,
)
from scenarios.text import read_text

AREA = re.compile(r"[EWSNK][0-9]{8}|TL[A-Z][0-9]")
EXTRA = "import"
"""Of the packages that open workbooks and merge notices."""

Read = TypeVar("Read")

ASIDE, PAGE = "set_aside.csv", "profile.html"
ASIDE_CELLS = ("payee", "amount", "date")
"""Columns of rows set aside in which a name may stand."""


@dataclass(frozen=True)
class ImportOptions:
    """What was asked for; the fields are the options of `import payments`."""

    files: tuple[Path, ...]
    out: Path
    council: str | None
    area: str | None
    maps: tuple[str, ...]
    keep: Path | None
    as_json: bool


def import_payments_command(options: ImportOptions) -> int:
    """Read all files, or say everything that keeps any of them from being read.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    PaymentsError
        With every fault of the options and of all files; then nothing has been written.
    FolderError
        When the folder cannot take what was read.
    """
    claim_folder(options.out)
    kept = kept_names(options.keep)
    faults = list(_faults_of_options(options))
    files, refused = read_each(options.files, lambda path: read_payments(path, options.maps))
    faults += refused
    headings = [sheet.headings.names for file in files for sheet in file.sheets]
    known = [] if faults and not headings else headings
    faults += faults_of_settings(options.maps, known_fields(), known)
    if faults:
        raise PaymentsError(faults)
    masks = Masks(kept, registered_payees(files))
    payments, aside = tidy_table(files, masks), aside_table(files, masks)
    label = _label(options, files, masks, doubles(payments))
    label["masked_largest"] = largest_masked(payments)
    sources = Sources(review=own_review(options.out))
    found = resolve_import(options.out, payments, options.council, options.area, sources)
    label = told_of(label, found)
    tables = {PAYMENTS: payments, **found.tables}
    csv_tables = {ASIDE: hide(aside, ASIDE_CELLS, found.masked), **found.csv_tables}
    label["written"] = [*tables, *csv_tables, *found.texts, PAGE, LABEL]
    texts = {PAGE: profile_page(label, found), **found.texts}
    write_import(options.out, tables, csv_tables, texts, label)
    if options.as_json:
        screen.print_document(label)
    else:
        _print(options, label)
        screen.print_lines(
            older_told(files_with_names(options.out, found.masked, label["written"]))
        )
    return ExitCode.DONE


def aside_without(folder: Path, names: Mapping[str, str]) -> dict[str, pa.Table]:
    """Give the rows that an import set aside without names that are masked now.

    Returns
    -------
    dict of str to pyarrow.Table
        Nothing where no name is masked, or none stood there.
    """
    path = folder / ASIDE
    if not names or not path.is_file():
        return {}
    table = pa_csv.read_csv(
        path,
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(column_types=ASIDE_SCHEMA),
    )
    hidden = hide(table, ASIDE_CELLS, names)
    return {} if hidden.equals(table) else {ASIDE: hidden}


def told_of(label: Mapping[str, Any], found: Outcome) -> dict[str, Any]:
    """Give what import.json says once suppliers are resolved.

    Where the review list has marked a person, no cell of a list is shown as a sample any more: the
    name may stand in any column, whole or in part.
    """
    files = label["files"]
    if found.told["persons_marked"]:
        files = [
            {**file, "columns": [{**one, "samples": []} for one in file.get("columns", ())]}
            for file in files
        ]
    return {**label, "files": files, "suppliers": found.told}


def older_told(older: Sequence[str]) -> list[str]:
    """Say which files of earlier commands still hold a name that is masked now."""
    if not older:
        return []
    told = f"A name that is masked now still stands in {', '.join(older)} of the same folder"
    return [f"{told}: give the commands that wrote them again, or take them away."]


def profile_page(label: Mapping[str, Any], found: Outcome) -> str:
    """Write the page about an import and its suppliers."""
    profile = Profile(label, found.payments)
    return answer_page(payments_answer(profile), payments_facts(profile))


def _faults_of_options(options: ImportOptions) -> list[Fault]:
    faults = []
    if options.area is not None and not AREA.fullmatch(options.area):
        hint = "ONS codes begin with E, W, S or N: poundflow show lists those of a scenario."
        faults.append(
            Fault("--area", None, None, "", f"`{options.area}`", "a letter and eight digits", hint)
        )
    elif options.area is not None and not _is_area(options.area):
        found, wanted = f"`{options.area}`, which no table knows", "the code of an area"
        known = {one.code: one.name for one in (*uk_districts().values(), *parents().values())}
        near = [f"{code} ({known[code]})" for code in near_names(options.area, known)]
        hint = f"Near it are {', '.join(near)}." if near else "No code is like it."
        faults.append(Fault("--area", None, None, "", found, wanted, hint))
    return faults + faults_of_repeats(options.files)


def _is_area(code: str) -> bool:
    """Say whether a code is that of a district, now or before, or of an area that holds some."""
    try:
        uk_district(code)
    except UnknownRowError:
        return False
    except (FormerDistrictError, NotADistrictError):
        return True
    return True


def kept_names(path: Path | None) -> list[str]:
    """Read the names that `--keep` gives, one a line; none where it is not given.

    Raises
    ------
    PaymentsError
        When it cannot be read as text.
    """
    return [] if path is None else read_text(path, PaymentsError).splitlines()


def read_each(
    files: Sequence[Path], read: Callable[[Path], Read]
) -> tuple[list[Read], list[Fault]]:
    """Read every file, each once, and gather why some are refused.

    Raises
    ------
    MissingExtraError
        Where one is a workbook and the packages that open one are not installed.
    """
    found, faults = [], []
    for path in dict.fromkeys(files):
        try:
            if _begins_as_workbook(path):
                need("python_calamine", EXTRA)
            found.append(read(path))
        except RefusedError as refused:
            faults.append(refused.fault)
    return found, faults


def _begins_as_workbook(path: Path) -> bool:
    """Say whether a file is a workbook by its first bytes; one that cannot be read is none."""
    try:
        with path.open("rb") as file:
            return is_workbook(file.read(4))
    except OSError:
        return False  # the reader says so


def _label(
    options: ImportOptions, files: Sequence[PaymentFile], masks: Masks, copies: Sequence[Any]
) -> dict[str, Any]:
    """What `--json` prints and import.json keeps."""
    return {
        "schema_version": 1,
        "council": options.council,
        "area": options.area,
        "files": [
            _file_told(file, samples_of(file, registered_payees(files), masks.kept))
            for file in files
        ],
        "used_columns": [
            {"path": file.path, "sheet": one.sheet.name, "field": one.meaning.used,
             "why": one.meaning.why, "dates": one.dates.format}
            for file in files
            for one in file.sheets
        ],
        "encodings": [{"path": file.path, "encoding": file.encoding} for file in files],
        "notes": [{"path": file.path, "note": note} for file in files for note in file.notes],
        "duplicates": [
            {"where": list(one.where), "payments": one.payments, "pence": one.pence}
            for one in copies
        ],
        "persons_masked": masks.persons,
    }  # fmt: skip


def _file_told(file: PaymentFile, samples: Mapping[tuple[str, int], list[str]]) -> dict[str, Any]:
    return {
        "path": file.path,
        "rows": file.rows,
        "used": file.used,
        "set_aside": dict(file.set_aside),
        "pence_in": file.pence_in,
        "pence_used": file.pence_used,
        "pence_set_aside": file.pence_in - file.pence_used,
        "columns": [
            {
                **({"sheet": sheet} if sheet else {}),
                "position": one.position,
                "heading": one.heading,
                "field": one.field,
                "confidence": one.confidence,
                "reason": one.reason,
                "samples": samples[sheet, one.position],
            }
            for sheet, one in file.columns
        ],
    }


def _print(options: ImportOptions, label: Mapping[str, Any]) -> None:
    console = screen.stdout()
    for file in label["files"]:
        console.print(columns_table(file), markup=False)
    for used in label["used_columns"]:
        name = " ".join(part for part in (used["path"], used["sheet"]) if part)
        console.print(f"· {name}: summed is {used['field']}, {used['why']}.", markup=False,
                      soft_wrap=True)  # fmt: skip
    for note in label["notes"]:
        console.print(f"· {note['path']}: {note['note']}.", markup=False, soft_wrap=True)
    for one in label["duplicates"]:
        told = f"{one['payments']:,} payments ({money(one['pence'], HOME_MONEY)})"
        console.print(f"· {told} stand in each of {', '.join(one['where'])}; they were kept.",
                      markup=False, soft_wrap=True)  # fmt: skip
    console.print(_files(label))
    if label["persons_masked"]:
        told = f"{label['persons_masked']:,} payees look like persons and were masked"
        console.print(f"· {told}; --keep names those that are none.", markup=False, soft_wrap=True)
    for one in label["masked_largest"]:
        place = " ".join(str(part) for part in (one["file"], one["sheet"]) if part)
        told = f"{one['payee']} received {money(one['pence'], HOME_MONEY)}"
        console.print(f"· {told}: is it one? See {place}, row {one['row']}.", markup=False,
                      soft_wrap=True)  # fmt: skip
    for line in said_of(label["suppliers"]):
        console.print(f"· {line}", markup=False, soft_wrap=True)
    console.print(f"Written to {options.out}: {', '.join(label['written'])}.", markup=False,
                  soft_wrap=True)  # fmt: skip


def columns_table(file: Mapping[str, Any]) -> Table:
    """Tell what each column of a file is taken for, how sure that is, and why."""
    table = Table("#", "heading", "taken for", "sure", "why", title_justify="left")
    table.title = file["path"]
    for one in file["columns"]:
        sure = f"{one['confidence']:.0%}" if one["field"] else ""
        table.add_row(
            str(one["position"]), one["heading"], one["field"] or "–", sure, one["reason"]
        )
    return table


def _files(label: Mapping[str, Any]) -> Table:
    table = Table("file", title_justify="left")
    for name in ("rows", "used", "set aside"):
        table.add_column(name, justify="right" if name != "set aside" else "left")
    for name in ("sum of the column", "used", "set aside"):
        table.add_column(name, justify="right")
    for file in label["files"]:
        sums = [
            money(file[key], HOME_MONEY) for key in ("pence_in", "pence_used", "pence_set_aside")
        ]
        table.add_row(
            file["path"], f"{file['rows']:,}", f"{file['used']:,}", fates(file["set_aside"]), *sums
        )
    return table
