"""The answer on a terminal: each way of buying beside the others, with how sure we are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.cli import screen
from experiments.cli.wording import HOLE, estimate, futures, pounds
from experiments.library.swept import NARROWEST_FIRST
from experiments.report.displaced import OWNERS, SIDES, TENTHS, places, tiers_told
from experiments.report.tables import in_groups
from experiments.report.treated import own_awards, treated_told
from scenarios.tables import HOME, Country, country

if TYPE_CHECKING:
    from experiments.report.swept import Answer
    from experiments.report.tables import Grid

HEADLINES = (
    "local_income_multiplier",
    "lm3_council",
    "retention_mean_months",
    "unit_cost_premium",
    "unmet_need",
    "quality",
    "net_local_income",
    "jobs",
    "resilience_income_drop",
    "resilience_services_drop",
)

Cell = Callable[[Mapping[str, Any]], str]
Line = tuple[str, str]
"""A measure and the place for which it is told."""


def print_comparison(
    summary: Mapping[str, Any], notes: Iterable[str], nation: Country = country(HOME)
) -> None:
    """Print outcomes, differences, shares of futures best, and what a reader has to know."""
    regimes = summary["regimes"]
    others = [regime for regime in regimes if regime != summary["baseline"]]
    console = screen.stdout()
    levels, base = summary["outcomes"], summary["baseline"]
    told = [("What each came to (mean, 95 % interval)", levels, regimes, _level, _headlines)]
    if others:
        gaps, best = summary["differences"], summary["best"]
        told += [
            (f"Difference from {base}", gaps, others, _change, _headlines),
            (f"There, lost outside it, and left: difference from {base}", gaps, others, _change,
             _by_place),
            (f"By tenth of incomes and owner: difference from {base}", gaps, others, _change,
             _by_group),
            ("Share of futures in which best", best, regimes, _share, _headlines),
        ]  # fmt: skip
    for title, rows, names, cell, choose in told:
        lines = choose(rows)
        for part in _parts(console, title, rows, names, cell, lines, nation) if lines else ():
            console.print(part)
    before = (*_treated(summary, nation), *_reach(summary), *_at_risk(summary, nation))
    notes = (*before, *_local_preference(summary), *notes)
    for note in notes:
        print_point(note)


def _parts(
    console: Console,
    title: str,
    rows: Sequence[Mapping[str, Any]],
    regimes: Sequence[str],
    cell: Cell,
    lines: Sequence[Line],
    nation: Country,
) -> list[Table]:
    """Set out a table in as few parts as the screen is wide for, so that no number is cut."""
    tables: list[Table] = []
    for many in range(1, len(regimes) + 1):
        groups = in_groups(range(len(regimes)), -(-len(regimes) // many))
        of = f" (part {{}} of {len(groups)})" if len(groups) > 1 else ""
        tables = [
            _table(title + of.format(k), rows, [regimes[at] for at in group], cell, lines, nation)
            for k, group in enumerate(groups, start=1)
        ]
        if not any(_cut(console, table) for table in tables):
            break
    return tables


def _cut(console: Console, table: Table) -> bool:
    """Say whether the screen is too narrow for a word of the table."""
    return any("…" in one.text for line in console.render_lines(table) for one in line)


def _table(
    title: str,
    rows: Sequence[Mapping[str, Any]],
    regimes: Sequence[str],
    cell: Cell,
    lines: Sequence[Line],
    nation: Country,
) -> Table:
    table = Table(title=title, title_justify="left", show_lines=False)
    table.add_column("measure")
    for regime in regimes:
        table.add_column(regime.replace("_", " "), justify="right")
    found: dict[Line, dict[str, Mapping[str, Any]]] = {line: {} for line in lines}
    for row in rows:
        if (row["measure"], row["tier"]) in found:
            found[row["measure"], row["tier"]][row["regime"]] = row
    for (measure, tier), by in found.items():
        place = f"\n{nation.tier(tier)}" if tier != "all" else ""
        cells = [cell(by[name]) if name in by else HOLE for name in regimes]
        table.add_row(measure.replace("_", " ") + place, *cells)
    return table


def _narrowest(rows: Sequence[Mapping[str, Any]], measures: Iterable[str]) -> list[Line]:
    """Choose measures that are told, each for the narrowest place."""
    told, lines = tiers_told(rows), []
    for measure in measures:
        tiers = told.get(measure, ())
        lines += [(measure, tier) for tier in NARROWEST_FIRST if tier in tiers][:1]
    return lines


def _headlines(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    return _narrowest(rows, HEADLINES)


def _by_place(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Choose gains, losses elsewhere and their net, each for every place from the smallest."""
    told = tiers_told(rows)
    return [(measure, tier) for measure in SIDES for tier in places(told, measure)]


def _by_group(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    return _narrowest(rows, (*TENTHS, *OWNERS))


def _level(row: Mapping[str, Any]) -> str:
    return "\n".join(estimate(row["mean"], row["low"], row["high"], row["unit"])).rstrip()


def _change(row: Mapping[str, Any]) -> str:
    told = estimate(row["mean"], row["low"], row["high"], row["unit"], signed=True)
    return "\n".join(told).rstrip()


def _share(row: Mapping[str, Any]) -> str:
    return HOLE if row["share"] is None else f"{100 * row['share']:.0f}%"


def _treated(summary: Mapping[str, Any], nation: Country) -> list[str]:
    """Say what is treated, and what of it was let anew in the runs, in the report's own words."""
    told = treated_told(summary)
    said = [nation.say(f"Spending treated: {told}.")] if told else []
    anew = {name: pence for name, pence in summary["treated_pence"].items() if pence is not None}
    if anew:
        sums = {name: pounds(pence, nation.currency) for name, pence in anew.items()}
        each = ", ".join(f"{name} {worth}" for name, worth in sums.items())
        same = f"{next(iter(sums.values()))} in each run"
        said.append(f"Let anew, of that: {same if len(set(sums.values())) == 1 else each}.")
    return said


def _reach(summary: Mapping[str, Any]) -> list[str]:
    """Say in a line how many awards of treated spending each policy's own way made."""
    told = [
        f"{row['regime']} {own_awards(row)}"
        for row in summary.get("reach", ())
        if row["regime"] != summary["baseline"] and row["parts"]
    ]
    said = "Of awards for treated spending each policy's own way made"
    return [f"{said}: {', '.join(told)}."] if told else []


AT_RISK = {
    "founded": "enterprises that councils founded",
    "converted": "firms that staff bought",
}


def _at_risk(summary: Mapping[str, Any], nation: Country) -> list[str]:
    """Say in a line for each sort of firm what of councils' loans and shares came back."""
    rows, lines = summary.get("capital", ()), []
    for firms, whose in AT_RISK.items():
        said = []
        for regime in summary["regimes"]:
            mine = [row for row in rows if (row["regime"], row["firms"]) == (regime, firms)]
            out, back, lost = (
                pounds(100.0 * sum(row[name] for row in mine), nation.currency)
                for name in ("paid_out", "repaid", "written_off")
            )
            if mine:
                said.append(f"{regime} {out}, of which {back} came back and {lost} was lost")
        if said:
            lines.append(f"Lent to {whose}, or paid for shares in them: {'; '.join(said)}.")
    return lines


PLACES = {
    "district": "in the district",
    "county": "in the county",
    "region": "in the region",
    "neighbours": "in the neighbouring areas",
    "uk": "in the country",
    "all": "anywhere",
}


def _local_preference(summary: Mapping[str, Any]) -> list[str]:
    """Say in how many futures buying more locally paid, in counts that a reader can check."""
    rows = [row for row in summary["local_preference"] if row["regime"] is None]
    tier = next((t for t in NARROWEST_FIRST if t in {row["tier"] for row in rows}), None)
    row = next((row for row in rows if row["tier"] == tier), None)
    if row is None:
        return []
    more = f"a larger share of the spending with suppliers {PLACES[row['tier']]}"
    if row["gains_nothing"] is None:
        none = f"in none of {futures(row['n'])} did a way of buying place"
        why = f"{none} {more} than {summary['baseline']}"
        if not row["n"]:
            why = "it is undefined in every future"
        return [f"Does buying more locally pay? Not to be told: {why}."]
    tried = round(row["prefers_local"] * row["n"])
    nothing = round(row["gains_nothing"] * tried)
    return [
        f"Does buying more locally pay? In {tried} of {futures(row['n'])} some way of buying "
        f"placed {more} than {summary['baseline']}. With what neighbours lose and what services "
        f"cost counted, residents were better off by one of these in {tried - nothing} of the "
        f"{tried}, by none in {nothing}."
    ]


def print_answer(answer: "Answer", page: Path, say: Callable[[str], str]) -> None:
    """Print the sentences of an answer, the tables, and where its page is."""
    print_sentences(answer, say)
    for grid in answer.grids:
        if grid.rows:
            _print_grid(screen.stdout(), grid, say)
    print_where(page)


def print_sentences(answer: "Answer", say: Callable[[str], str]) -> None:
    """Print the title of an answer, its paragraph, and what was left out."""
    screen.stdout().print(say(answer.title), markup=False, style="bold")
    for sentence in (*answer.paragraph, *answer.left):
        print_point(say(sentence))


def print_point(sentence: str) -> None:
    """Print one point of a list."""
    console = screen.stdout()
    console.print(f"· {sentence}", markup=False, soft_wrap=not console.is_terminal)


def print_where(page: Path) -> None:
    """Print where the page is."""
    screen.stdout().print(f"Read {page}", markup=False, soft_wrap=True)


def _print_grid(console: Any, grid: "Grid", say: Callable[[str], str]) -> None:
    table = Table(title=say(grid.caption), title_justify="left")
    for name in grid.head:
        table.add_column(Text(say(name)))
    for row in grid.rows:
        table.add_row(*(Text(say(cell)) for cell in row))
    console.print(table)
