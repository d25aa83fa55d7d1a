"""`poundflow lm3`: a folder of payments in, rounds and ranges out."""

import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
from rich.table import Table

from experiments.analysis.lm3 import Found, Gap, Lm3, Placed, lm3_of
from experiments.analysis.lm3_books import Payroll, Spend, asked_first, named, ring_name, spend_of
from experiments.analysis.lm3_ranges import used
from experiments.cli import screen
from experiments.cli.told import SCHEMA_VERSION, tell, tell_document
from experiments.report.lm3 import (
    cover_grid,
    gaps_grid,
    largest_grid,
    left_told,
    lm3_answer,
    lm3_facts,
    places_grid,
    rounds_grid,
)
from experiments.report.swept import answer_page
from experiments.report.tables import Grid
from experiments.store.aside import make_folder, write_aside
from experiments.store.imported import formula_safe
from scenarios.errors import ExitCode, Fault, FaultsError, InputError
from scenarios.from_tables.around import Around, around
from scenarios.sources.amounts import read_amount
from scenarios.sources.lm3_survey import BASED, PAID, SUPPLIER, form_columns, read_survey
from scenarios.sources.resolved import read_resolved

PAGE, DOCUMENT = "lm3.html", "lm3.json"
PART_OF_A_PENNY = re.compile(r"\.[0-9]{3,}")


class Lm3Error(FaultsError):
    """Raised when options do not fit the payments; holds every fault."""

    remedy = "Nothing was written. Correct the options."


@dataclass(frozen=True)
class Lm3Options:
    """What was asked for; the fields are the options of `lm3`."""

    folder: Path
    survey: Path | None
    area: str | None
    payroll: str | None
    form: Path | None
    out: Path
    as_json: bool


def lm3_command(options: Lm3Options) -> int:
    """Measure LM3 of an import, or write a blank form for its suppliers.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    NotResolvedError
        Where the folder holds no import whose suppliers are resolved.
    Lm3Error or SurveyError
        With everything that is wrong; then nothing has been written.
    """
    resolved = read_resolved(options.folder)
    place, payroll = _checked(options, resolved.area)
    spend = spend_of(resolved, place, {}, payroll)
    if not spend.suppliers:
        hint = "Is the list of payments whole?"
        raise Lm3Error([Fault(str(options.folder), None, None, "", "no purchases", "some", hint)])
    if options.form is not None:
        return _write_form(options, options.form, spend)
    if options.survey is not None:
        unplaced = {one.number for one in spend.suppliers if one.based[0] < one.based[1]}
        answers = read_survey(options.survey, named(spend.suppliers), spend.tiers, unplaced)
        spend = spend_of(resolved, place, answers, payroll)
    lm3 = lm3_of(spend)
    told = {"council": resolved.council, **document(lm3)}
    make_folder(options.out)
    page = answer_page(lm3_answer(lm3, resolved.council), lm3_facts(lm3, resolved.council))
    write_aside(options.out / PAGE, page.encode())
    text = json.dumps({"schema_version": SCHEMA_VERSION, **told}, indent=2, allow_nan=False)
    write_aside(options.out / DOCUMENT, (text + "\n").encode())
    if options.as_json:
        return tell_document(told)
    _print(options, lm3)
    return ExitCode.DONE


def _checked(options: Lm3Options, imported: str | None) -> tuple[Around, Payroll | None]:
    """Read the area and the pay bill, or say all that is wrong with them."""
    faults: list[Fault] = []
    place, code = None, options.area or imported
    if code is None:
        hint = "Give --area CODE, for example E07000123."
        faults.append(_fault("--area", "no area, here or at the import", "an ONS code", hint))
    else:
        try:
            place = around(code)
        except InputError as error:
            faults.append(_fault("--area", f"`{code}`", "an ONS code", str(error)))
    payroll = None if options.payroll is None else _payroll(options.payroll)
    if options.payroll is not None and payroll is None:
        hint = "For example 31,000,000 or 31000000:62%."
        wanted = "pounds with whole pence, and perhaps a colon and per cent"
        faults.append(_fault("--payroll", f"`{options.payroll}`", wanted, hint))
    if faults or place is None:
        raise Lm3Error(faults)
    return place, payroll


def _payroll(text: str) -> Payroll | None:
    """Read `POUNDS` or `POUNDS:SHARE%`; None where it is neither."""
    pounds, colon, part = text.partition(":")
    amount = read_amount(pounds.strip())
    if amount is None or amount.pence <= 0 or PART_OF_A_PENNY.search(pounds):
        return None
    if not colon:
        return Payroll(amount.pence, None)
    share = read_amount(part.strip().removesuffix("%"))
    if share is None or not part.strip().endswith("%") or not 0 <= share.pence <= 100_00:
        return None
    return Payroll(amount.pence, share.pence / 100_00)


def _keep_what_stands(path: Path, form: bytes) -> None:
    """Refuse a form that would take the place of another file, which may be a filled one."""
    if path.suffix.lower() != ".csv":
        raise Lm3Error([_fault("--form", f"`{path}`", "a name that ends in .csv", "Name another.")])
    if not path.parent.is_dir():
        found = f"`{path}`, and no folder {path.parent}"
        hint = "Make it, or name a file elsewhere."
        raise Lm3Error([_fault("--form", found, "a file in a folder that is there", hint)])
    if path.exists() and not (path.is_file() and path.read_bytes() == form):
        hint = "Name another file, or take this one away."
        raise Lm3Error([_fault("--form", f"{path}, which is there already", "a new file", hint)])


def _fault(where: str, found: str, wanted: str, hint: str) -> Fault:
    return Fault(where, None, None, "", found, wanted, hint)


def _write_form(options: Lm3Options, path: Path, spend: Spend) -> int:
    """Write the form with the largest suppliers that are, or may be, in the place."""
    first, names = asked_first(spend), {n: name for name, n in named(spend.suppliers).items()}
    blank = pa.nulls(len(first), pa.string()).fill_null("")
    columns: dict[str, pa.Array] = dict.fromkeys(form_columns(spend.tiers), blank)
    columns[SUPPLIER] = pa.array([names[one.number] for one in first], pa.string())
    columns[PAID] = pa.array([f"{one.pence / 100:.2f}" for one in first], pa.string())
    columns[BASED] = pa.array([ring_name(spend.around, one.based) for one in first], pa.string())
    buffer = io.BytesIO()
    pa_csv.write_csv(formula_safe(pa.table(columns)), buffer)
    _keep_what_stands(path, buffer.getvalue())
    write_aside(path, buffer.getvalue())
    pence = sum(one.pence for one in first)
    if options.as_json:
        return tell_document({"form": str(path), "suppliers": len(first), "pence": pence})
    return tell(
        [
            f"Written to {path}: {len(first):,} suppliers that are or may be in "
            f"{spend.around.levels[0].name}, {pence / spend.pence:.0%} of purchases.",
            "docs/lm3.md says what to ask. Give it back with --survey.",
        ]
    )


def document(lm3: Lm3) -> dict[str, Any]:
    """Say all that was found, as `--json` does.

    Returns
    -------
    dict
        `r2_pence` and `r3_pence` are what is known to be in the place, the least; sums of `gaps`
        are widths of the range in the council's own place.
    """
    spend = lm3.spend
    pay = spend.payroll
    return {
        "area": spend.around.levels[0].code,
        "places": [
            {"tier": one.tier.name.lower(), "code": one.code, "name": one.name}
            for one in spend.around.levels
        ],
        "coverage": {
            "purchases_pence": spend.pence,
            "suppliers": len(spend.suppliers),
            "left_out_pence": dict(sorted(spend.left_out.items())),
            "net_credits_pence": spend.credits_pence,
            "net_credit_suppliers": spend.credit_suppliers,
            "payroll": None if pay is None else {"pence": pay.pence, "share": pay.share},
            "answered_pence": lm3.answered_pence,
            "uncategorised_pence": lm3.uncategorised_pence,
            "based": [_placed(one) for one in lm3.based],
            "owned": [_placed(one) for one in lm3.owned],
            "not_covered": left_told(lm3),
        },
        "lm3": [_found(one) for one in lm3.found],
        "gaps": [_gap(one) for one in lm3.gaps],
        "would_narrow_most": [_gap(one) for one in lm3.largest],
        "assumptions": [
            {"name": one.name, "low": one.low, "high": one.high, "unit": one.unit}
            for one in used(spend.around)
        ],
    }


def _found(one: Found) -> dict[str, Any]:
    rounds = one.rounds
    return {
        "variant": one.variant,
        "tier": one.tier,
        "r1_pence": round(rounds.r1),
        "r2_pence": round(rounds.r2_low),
        "r3_pence": round(rounds.r3_low),
        "low": one.low,
        "high": one.high,
        "r2_high_pence": round(rounds.r2_high),
        "r3_high_pence": round(rounds.r3_high),
    }


def _placed(one: Placed) -> dict[str, Any]:
    return {
        "tier": one.tier,
        "here_pence": one.here,
        "elsewhere_pence": one.elsewhere,
        "unknown_pence": one.unknown,
    }


def _gap(one: Gap) -> dict[str, Any]:
    return {
        "what": one.what,
        "pence": one.pence,
        "suppliers": one.suppliers,
        "lm3_council": one.council,
        "lm3_contract": one.contract,
    }


def _print(options: Lm3Options, lm3: Lm3) -> None:
    console = screen.stdout()
    for grid in (
        rounds_grid(lm3.found), cover_grid(lm3), places_grid(lm3), gaps_grid(lm3),
        largest_grid(lm3),
    ):  # fmt: skip
        if grid.rows:
            console.print(_table(grid), markup=False)
    said = [f"· {one}" for one in left_told(lm3)]
    screen.print_lines([*said, f"Written to {options.out}: {PAGE}, {DOCUMENT}."])


def _table(grid: Grid) -> Table:
    table = Table(*grid.head, title=grid.caption, title_justify="left")
    for row in grid.rows:
        table.add_row(*row)
    return table
