"""`poundflow validate`: every check in one table, each with its figure, its band and a verdict."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from experiments.cli import screen
from experiments.cli.wording import HOLE
from experiments.runner.label import machine, versions
from experiments.store.aside import refusal, write_aside
from experiments.validation.figure import Figure, Sort, Verdict
from experiments.validation.patterns import due
from experiments.validation.registry import Found, all_checks, counted, document, run_all
from scenarios.errors import ExitCode, InputError
from scenarios.nearest import nearest

SHOWN = {
    Verdict.HOLDS: "holds",
    Verdict.MISS: "MISS",
    Verdict.MEASURED: "measured",
    Verdict.OPEN: "open",
}
NAME_WIDTH, FIGURE_WIDTH, WIDE = 20, 7, 120
NARROW = (
    f"In a window of {WIDE} columns, or with --json, also: how exact each is, why it is open, "
    "whose it is."
)
STYLE = {
    Verdict.HOLDS: "green",
    Verdict.MISS: "bold red",
    Verdict.MEASURED: "cyan",
    Verdict.OPEN: "yellow",
}


class UnknownKindError(InputError):
    """Raised when a kind of check is asked for that there is not. The message names them all."""


def validate_command(
    *, full: bool, kinds: Sequence[str], kept: Path, out: Path | None, as_json: bool
) -> int:
    """Run the checks, print the table or the document, and write the document where asked.

    Parameters
    ----------
    full : bool
        Whether the slow checks are run, too.
    kinds : sequence of str
        Sorts as typed; all where it is empty.
    kept : Path
        Folder in which seeds of patterns are kept.
    out : Path, optional
    as_json : bool

    Returns
    -------
    int
        0 where nothing is missed, 1 where anything is. A line that is open, or measured with
        nothing to hold it against, is no miss.

    Raises
    ------
    UnknownKindError
        For a kind that there is not.
    FolderError
        When the file cannot be written.
    """
    sorts = chosen(kinds)
    if out is not None:
        _prepare(out)
    told = screen.stderr()
    checks = all_checks(full, sorts, kept)
    if full and Sort.PATTERN in sorts:
        told.print(beforehand(kept), markup=False)
    found = run_all(checks, lambda name: told.print(f"checking {name}", markup=False))
    whole = document(found, machine(), versions(), full=full)
    if out is not None:
        write_aside(out, (json.dumps(whole, indent=2, allow_nan=False) + "\n").encode())
    if as_json:
        screen.print_document(whole)
    else:
        console = screen.stdout()
        wide = console.width >= WIDE
        for table in tables(found, sorts, wide=wide):
            console.print(table)
        told_too = [] if wide else [NARROW]
        screen.print_lines([summary(found), *told_too, *([f"Figures in {out}"] if out else [])])
    missed = counted(found)[Verdict.MISS]
    return ExitCode.NOT_REACHED if missed else ExitCode.DONE


def beforehand(kept: Path) -> str:
    """Say how long the patterns will take, and which are left to a command of their own."""
    seconds, left = due(kept)
    told = f"patterns: seeds in {kept} are read; the rest takes about {seconds / 60.0:.0f} minutes"
    also = f"; too long for this and left open: {', '.join(left)}" if left else ""
    return f"{told} of one core{also}"


def _prepare(out: Path) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise refusal(fault, out, 0) from fault


def chosen(kinds: Sequence[str]) -> list[Sort]:
    """Read kinds as typed, with dashes or blanks; all of them where none is named.

    Raises
    ------
    UnknownKindError
        With every kind that there is not.
    """
    by_name = {typed(sort): sort for sort in Sort}
    unknown = [kind for kind in kinds if kind.strip().lower().replace(" ", "-") not in by_name]
    if unknown:
        meant = next((near for kind in unknown if (near := nearest(kind, by_name))), None)
        hint = f" Did you mean `{meant}`?" if meant else ""
        raise UnknownKindError(
            f"--kind names {', '.join(f'`{kind}`' for kind in unknown)}; wanted one of "
            f"{', '.join(by_name)}.{hint}"
        )
    wanted = {by_name[kind.strip().lower().replace(" ", "-")] for kind in kinds}
    return [sort for sort in Sort if sort in wanted or not kinds]


def typed(sort: Sort) -> str:
    """Write a sort as one types it."""
    return sort.value.replace(" ", "-")


def tables(found: Iterable[Found], sorts: Iterable[Sort], *, wide: bool) -> list[Table]:
    """Return a table for each sort, that of a sort without checks saying so.

    A narrow one is without how exact a figure is, why it is open, and the source.
    """
    rows = list(found)
    return [_table(sort, [one for one in rows if one.check.kind is sort], wide) for sort in sorts]


def _table(sort: Sort, rows: Sequence[Found], wide: bool) -> Table:
    shown = Table(title=sort.value.capitalize(), title_justify="left", box=SIMPLE_HEAD)
    shown.add_column("check", min_width=NAME_WIDTH)
    for column in ("value", "wanted", "band"):
        shown.add_column(column, justify="right", min_width=FIGURE_WIDTH)
    shown.add_column("unit")
    shown.add_column("verdict", no_wrap=True)
    if wide:
        shown.add_column("exact to, or why open; source")
    for one in rows:
        figure = one.figure
        shown.add_row(
            Text(one.check.name),
            number(figure.value),
            number(figure.reference),
            band(figure),
            Text(figure.unit),
            Text(SHOWN[figure.verdict], style=STYLE[figure.verdict]),
            *([Text(f"{figure.rounding}; {one.check.source}")] if wide else []),
        )
    if not rows:
        shown.add_row("with --full" if all_checks(full=True, sorts=[sort]) else "none yet")
    return shown


def number(value: float | None) -> str:
    """Write a figure with six digits that count, or a hole for none."""
    return HOLE if value is None else f"{value:.6g}"


def band(figure: Figure) -> str:
    """Write a band: from-to, or what it is off by at most; a hole where it has none."""
    if figure.band is None:
        return HOLE
    low, high = figure.band
    middle = figure.reference
    if low == high:
        return "exact"
    if middle is not None and middle and (high - low) < 1e-3 * abs(middle):
        return f"+-{(high - low) / 2:.1g}"
    return f"{low:.6g} to {high:.6g}"


def summary(found: Iterable[Found]) -> str:
    """Say in a line how many hold, miss and are open."""
    many = counted(found)
    return (
        f"{many[Verdict.HOLDS]} hold, {many[Verdict.MISS]} missed, {many[Verdict.MEASURED]} "
        f"measured (nothing published), {many[Verdict.OPEN]} open (no figure: its line says why)."
    )
