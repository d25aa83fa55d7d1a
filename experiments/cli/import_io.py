"""`poundflow import io`: an input-output table read, checked, and written as a technology file."""

import csv
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table

from experiments.cli import screen
from scenarios.assumptions import register
from scenarios.errors import ExitCode, InputError
from scenarios.sources.io_tables import BALANCE, Float64, IoTable, income_made, type_one, type_two
from scenarios.sources.io_tables_jobs import Jobs, read_jobs, shipped_jobs
from scenarios.sources.io_tables_read import read_io_table
from scenarios.sources.io_tables_sectors import (
    default_shares,
    national_jobs,
    read_shares,
    shares_matrix,
    to_sectors,
    with_value_added_parted,
    without_own_homes,
)
from scenarios.sources.io_tables_technology import OWN_MONEY, technology_of, technology_text
from scenarios.sources.regionalise import Method, quotients, regional_table, size_weight
from scenarios.tables import sector_code
from scenarios.technology_file import SUFFIX, read_technology

SCHEMA_VERSION = 1


class OptionsError(InputError):
    """Raised when options do not go together, or one is out of range."""


@dataclass(frozen=True, slots=True)
class IoOptions:
    """What was typed."""

    file: Path
    sheet: str | None
    aggregate: Path | None
    region: str | None
    employment: Path | None
    method: str
    delta: float | None
    household_income: float | None
    pounds: float | None
    out: Path | None
    as_json: bool


@dataclass(frozen=True, eq=False)
class _Sectors:
    """The table by sectors, as it is written."""

    nation: IoTable
    table: IoTable
    jobs: Float64
    jobs_mark: str
    told: tuple[str, ...]
    parted: bool
    split: tuple[str, ...]
    region: dict[str, Any] | None


def io_command(options: IoOptions) -> int:
    """Read a table, say what was found, and write a technology file where one is asked for.

    Raises
    ------
    PoundflowError
        When the file, or what goes with it, cannot be used.
    """
    _require_sound(options)
    table, others = read_io_table(options.file, options.sheet)
    made = _by_sectors(options, table)
    told = _told(options, table, others, made)
    if options.out is not None:
        told["out"] = _written(options, options.out, table, made)
    if options.as_json:
        screen.print_document(told)
    else:
        _print(told)
    return ExitCode.DONE


def _require_sound(options: IoOptions) -> None:
    """Refuse options that contradict each other, all at once."""
    wrong = []
    if options.region is not None and options.employment is not None:
        wrong.append("found --region and --employment; wanted one of them.")
    if options.delta is not None and not 0.0 <= options.delta < 1.0:
        wrong.append(f"--delta is {options.delta:g}; wanted 0 or more, and below 1.")
    for name in ("household_income", "pounds"):
        value = getattr(options, name)
        if value is not None and not 0.0 < value < float("inf"):
            wrong.append(f"--{name.replace('_', '-')} is {value:g}; wanted more than 0.")
    if options.out is not None and options.out.suffix != SUFFIX:
        wrong.append(f"--out is {options.out}; wanted a name that ends in {SUFFIX}.")
    if wrong:
        raise OptionsError("\n".join(wrong))


def _by_sectors(options: IoOptions, table: IoTable) -> _Sectors:
    """Bring the table to sectors, and to a region where one is named."""
    plain = without_own_homes(table)
    if options.aggregate is not None:
        shares = read_shares(options.aggregate, plain)
        split: list[str] = []
    else:
        shares, split = default_shares(plain, str(options.file))
    told = [_source(options, table)]
    if split:
        told.append(f"Split among sectors by their output in uk_2019: {', '.join(split)}.")
    parted = "value_added" in plain.primary
    nation = with_value_added_parted(to_sectors(plain, shares))
    if options.region is None and options.employment is None:
        jobs = national_jobs(nation)
        told.append("Jobs at the output per job of uk_2019.")
        return _Sectors(nation, nation, jobs, "inherited", tuple(told), parted, tuple(split), None)
    delta = register()["build.flq_delta"].value if options.delta is None else options.delta
    method = Method(options.method)
    fine = _jobs_by_industry(options, plain)
    found = fine or _jobs(options, nation)
    regional = (
        with_value_added_parted(
            to_sectors(regional_table(plain, fine.region, fine.nation, method, delta), shares)
        )
        if fine
        else regional_table(nation, found.region, found.nation, method, delta)
    )
    jobs = shares_matrix(plain, shares) @ found.region if fine else found.region
    size = float(found.region.sum() / found.nation.sum())
    used = quotients(found.region, found.nation, method, delta)
    region = {
        "place": found.place,
        "jobs_from": found.source,
        "method": str(method),
        "delta": delta if method in (Method.FLQ, Method.AFLQ) else None,
        "share_of_jobs": size,
        "lambda": size_weight(found.region, found.nation, delta),
        "quotient_mean": float(used.mean()),
        "inputs_kept": float(regional.flows.sum() / (nation.coefficients * regional.output).sum()),
    }
    told.append(
        f"Brought to {found.place} by {str(method).upper()}"
        + (f" with delta {delta:g}" if region["delta"] is not None else "")
        + f"; {size:.4%} of the nation's jobs. Jobs: {found.source}."
    )
    mark = "given" if options.employment is not None else "derived"
    return _Sectors(nation, regional, jobs, mark, tuple(told), parted, tuple(split), region)


def _jobs_by_industry(options: IoOptions, plain: IoTable) -> Jobs | None:
    """Jobs of a file that has the table's own industries; None where it has the tool's sectors."""
    if options.employment is None or _names_sectors(options.employment):
        return None
    return read_jobs(options.employment, plain.codes)


def _names_sectors(path: Path) -> bool:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return True
    return any(row.get("sector", "") in sector_code() for row in csv.DictReader(lines))


def _jobs(options: IoOptions, nation: IoTable) -> Jobs:
    if options.employment is not None:
        return read_jobs(options.employment, nation.codes)
    return shipped_jobs(options.region or "")


def _source(options: IoOptions, table: IoTable) -> str:
    digest = sha256(options.file.read_bytes()).hexdigest()
    return (
        f"Made by poundflow import io from {options.file.name}, sheet {table.sheet}: "
        f"{table.title}; {table.kind}, {table.use} use, year {table.year or 'not stated'}; "
        f"SHA-256 {digest}."
    )


def _written(options: IoOptions, out: Path, table: IoTable, made: _Sectors) -> str:
    """Write the technology file, and read it again before it is told."""
    rate = options.pounds
    if rate is None:
        if table.currency != OWN_MONEY:
            found = table.currency or "a table that does not say its money"
            raise OptionsError(
                f"found {found}; wanted pounds. Say how many pounds one is with --pounds RATE."
            )
        rate = 1.0
    money = f"Money: {table.currency or 'not stated'}, {rate:g} pounds each."
    text = technology_text(
        technology_of(made.table, made.jobs, rate),
        made.table,
        (*made.told, *([money] if options.pounds is not None else [])),
        regional=made.region is not None,
        parted=made.parted,
        jobs_mark=made.jobs_mark,
    )
    _, wrong = read_technology(text, made.table.codes)
    if wrong:
        listed = "\n".join(f"line {one.line}: {one.found}; wanted {one.wanted}." for one in wrong)
        raise OptionsError(f"The table makes no technology that a scenario can use:\n{listed}")
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OptionsError(f"{out} cannot be written: {error.strerror}.") from None
    return str(out)


def _told(
    options: IoOptions, table: IoTable, others: tuple[str, ...], made: _Sectors
) -> dict[str, Any]:
    """Everything that is told, as plain data."""
    income = options.household_income
    first, second = type_one(table), type_two(table, income)
    by_sector = zip(made.table.codes, type_one(made.nation), type_one(made.table), strict=True)
    return {
        "schema_version": SCHEMA_VERSION,
        "file": str(options.file),
        "sheet": table.sheet,
        "other_sheets": list(others),
        "title": table.title,
        "year": table.year,
        "kind": table.kind,
        "use": table.use,
        "money": table.currency or None,
        "balance": {
            "tolerance": BALANCE,
            "columns_largest_gap": _largest(table.column_gaps(), table.output),
            "rows_largest_gap": _largest(table.row_gaps(), table.output),
        },
        "household_income": income or (income_made(table) if second is not None else None),
        "multipliers": [
            {
                "code": code,
                "name": name,
                "output": float(table.output[k]),
                "type_1": float(first[k]),
                "type_2": None if second is None else float(second[k]),
            }
            for k, (code, name) in enumerate(zip(table.codes, table.names, strict=True))
        ],
        "sectors": [
            {"sector": code, "type_1_nation": float(one), "type_1": float(here)}
            for code, one, here in by_sector
        ],
        "split": list(made.split),
        "region": made.region,
        "notes": list(made.table.notes),
        "out": None,
    }


def _largest(gaps: Float64, output: Float64) -> float:
    return float(np.max(np.abs(gaps) / np.where(output > 0.0, output, 1.0)))


def _print(told: dict[str, Any]) -> None:
    console = screen.stdout()
    table = Table("code", "industry", "output", "Type I", "Type II", title_justify="left")
    table.title = f"{told['title']}, {told['year']}: output multipliers"
    for column in table.columns[2:]:
        column.justify = "right"
    for row in told["multipliers"]:
        second = "" if row["type_2"] is None else f"{row['type_2']:.3f}"
        table.add_row(
            row["code"], row["name"][:44], f"{row['output']:,.0f}", f"{row['type_1']:.3f}", second
        )
    console.print(table)
    sectors = Table("sector", "Type I, nation", title="By sector", title_justify="left")
    region = told["region"]
    if region is not None:
        sectors.add_column(f"Type I, {region['place']}")
    for row in told["sectors"]:
        cells = [f"{row['type_1_nation']:.3f}"]
        cells += [f"{row['type_1']:.3f}"] if region is not None else []
        sectors.add_row(row["sector"], *cells)
    console.print(sectors)
    for line in _words(told):
        console.print(line, markup=False, soft_wrap=True)


def _words(told: dict[str, Any]) -> list[str]:
    """What a reader has to know besides the figures."""
    balance = told["balance"]
    lines = [
        f"Sheet {told['sheet']}: {told['kind']}, {told['use']} use, "
        f"{len(told['multipliers'])} industries, millions of {told['money'] or 'unknown money'}.",
        f"Columns and rows sum to output within {balance['columns_largest_gap']:.2g} and "
        f"{balance['rows_largest_gap']:.2g} of it (wanted {balance['tolerance']:g}).",
    ]
    if told["other_sheets"]:
        lines.append(
            f"Tables that balance stand in other sheets too: {', '.join(told['other_sheets'])}."
        )
    region = told["region"]
    if region is not None:
        delta = "" if region["delta"] is None else f", delta {region['delta']:g}"
        lines.append(
            f"{region['place']} has {region['share_of_jobs']:.3%} of the jobs; by "
            f"{region['method'].upper()}{delta} it keeps {region['inputs_kept']:.1%} of the inputs "
            "that its nation buys at home."
        )
    lines += told["notes"]
    if told["out"]:
        lines.append(f'Written to {told["out"]}. In a scenario: technology = "{told["out"]}"')
    return lines
