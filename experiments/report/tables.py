"""Tables of a report: rows of text that a template sets out, one function a table."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import isclose

from experiments.figures.palette import look
from experiments.report.folder import Policy, Results
from experiments.report.glossary import GROUPS, Term, glossary, term
from experiments.report.place import nation_of, tier_names, year_name, year_told
from experiments.report.saved import Numbers
from experiments.report.size import CLEAR, reading
from experiments.report.words import (
    apart,
    estimate,
    not_known,
    of_ten,
    pounds,
    quantity,
    span,
    spread,
    two_digits,
)

REST = ("dyed_elsewhere", "dyed_tax", "dyed_imports", "dyed_repaid", "dyed_other")


@dataclass(frozen=True)
class Cell:
    """One policy's entry for one measure.

    Parameters
    ----------
    value, interval, change, note : str
        Average, its interval, the difference from the baseline, and a mark of the best; empty
        where there is none.
    """

    value: str
    interval: str = ""
    change: str = ""
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One measure: its words and a cell for each policy."""

    words: Term
    where: str
    cells: Sequence[Cell]
    clear: bool


@dataclass(frozen=True)
class Group:
    """Measures under one heading."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Grid:
    """A plain table.

    Parameters
    ----------
    caption : str
        What it holds.
    head : sequence of str
        Names of the columns.
    rows : sequence of sequence of str
        The first entry of each names the row.
    names : int
        Columns that name the row, which come again in each part of a wide table.
    numbers : Numbers or None
        The plain numbers that a spreadsheet gets in place of the cells.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    names: int = 1
    numbers: Numbers | None = None

    @property
    def parts(self) -> "list[Grid]":
        """The table in parts of few enough columns for a page, one below the other."""
        first = list(range(self.names))
        groups = in_groups(range(self.names, len(self.head)), MOST_COLUMNS)
        if len(groups) < 2:
            return [self]
        return [
            Grid(
                f"{self.caption} (part {k} of {len(groups)})",
                [self.head[at] for at in (*first, *group)],
                [[row[at] for at in (*first, *group)] for row in self.rows],
                self.names,
            )
            for k, group in enumerate(groups, start=1)
        ]


MOST_COLUMNS = 7
"""Columns beside the names that a page is wide enough for."""


def in_groups(of: Sequence[int], most: int) -> list[list[int]]:
    """Cut a list into groups of nearly equal size, none larger than `most`."""
    many = max(-(-len(of) // most), 1)
    size = -(-len(of) // many)
    return [list(of[at : at + size]) for at in range(0, len(of), max(size, 1))]


def blocks(results: Results) -> list[list[int]]:
    """Say which policies stand side by side in the main table: all, or the baseline with some.

    Returns
    -------
    list of list of int
        Positions among the policies; where there are too many for one table, each begins with the
        baseline's.
    """
    everyone = list(range(len(results.policies)))
    if len(everyone) <= MOST_COLUMNS:
        return [everyone]
    base = results.policies.index(results.baseline)
    others = [at for at in everyone if at != base]
    return [[base, *group] for group in in_groups(others, MOST_COLUMNS - 1)]


def symbol(policy: Policy) -> str:
    """Give the character that stands for a policy in tables and keys."""
    return look(policy.position).symbol


def _best(results: Results, words: Term, tier: str) -> frozenset[str]:
    """Name the policy with the best average, or all that share it, if set apart by the numbers.

    Each differs clearly and more than tinily from the baseline; or it is the baseline, and all
    others differ so. Those that do and whose averages are written alike share it.
    """
    said = {p.name: reading(results, words.measure, p, tier) for p in results.others}
    if not words.better:
        return frozenset()
    known = [(o.mean, p.name) for p in results.policies
             if (o := results.outcome(words.measure, p, tier)).mean is not None]  # fmt: skip
    choose = max if words.better == "higher" else min
    if not known or len({mean for mean, _ in known}) == 1:
        return frozenset()
    top = choose(mean or 0.0 for mean, _ in known)
    names = frozenset(name for mean, name in known if isclose(mean or 0.0, top, rel_tol=1e-9))
    rivals = list(said.values()) if names - set(said) else [said[name] for name in names]
    if not rivals or any(verdict not in CLEAR for verdict in rivals):
        return frozenset()
    unit = results.outcome(words.measure, results.baseline, tier).unit
    write = words.writes(unit, fineness(results, words.measure, tier))
    alike = {name for mean, name in known if write(mean or 0.0) == write(top)}
    return names | frozenset(name for name in alike & set(said) if said[name] in CLEAR)


def fineness(results: Results, measure: str, tier: str | None = None) -> float:
    """Give the step that shows how far averages lie apart, and the smallest that is a finding."""
    values = [results.outcome(measure, policy, tier).mean for policy in results.policies]
    found = [
        abs(results.change(measure, policy, tier).mean or 0.0)
        for policy in results.others
        if reading(results, measure, policy, tier) in CLEAR
    ]
    return min([apart([value for value in values if value is not None]), *found])


def _how_often(share: float | None, results: Results) -> str:
    """Say in how many runs the policy with the best average is itself the best."""
    if share is None or results.replicates < 2:
        return ""
    runs = "futures" if results.drawn else "runs"
    count = round(share * results.replicates)
    if count == 0:
        return f", though not the best of any of the {results.replicates} {runs}"
    return f", best in {of_ten(count, results.replicates)} {runs}"


def _cell(results: Results, words: Term, tier: str, policy: Policy, best: frozenset[str]) -> Cell:
    value = results.outcome(words.measure, policy, tier)
    if value.mean is None:
        return Cell(not_known(value.why))
    step = fineness(results, words.measure, tier)
    write, note, change = words.writes(value.unit, step), "", ""
    if policy.name in best:
        share = results.best.get((words.measure, tier, policy.name))
        note = f"★ {'shared ' if len(best) > 1 else ''}best average" + _how_often(share, results)
    if policy != results.baseline:
        gap = results.change(words.measure, policy, tier)
        write_change = words.writes_change(gap.unit, two_digits(gap))
        written = "" if gap.mean is None else write_change(gap.mean)
        change = {
            "up": f"▲ {written}",
            "down": f"▼ {written}",
            "hardly_up": f"≈ hardly any difference ({written})",
            "hardly_down": f"≈ hardly any difference ({written})",
            "unclear": "≈ no clear difference" if gap.mean or gap.low or gap.high else "= the same",
        }.get(reading(results, words.measure, policy, tier), "")
    interval = spread(value.low, value.high, write)
    if 0 < value.n < results.replicates:
        interval = f"{interval} ({value.n} of {results.replicates} runs)".strip()
    return Cell(words.says(value.unit, step)(value.mean), interval, change, note)


def measure_row(results: Results, measure: str, tier: str | None = None) -> Row:
    """Set out one measure for all policies.

    Parameters
    ----------
    results : Results
        A comparison.
    measure : str
        Name of the measure.
    tier : str, optional
        Tier; the report's own choice when absent.

    Returns
    -------
    Row
        With the best average marked only where it is set apart (see `_best`).
    """
    words, tier = term(measure), tier or results.tier_of(measure)
    best = _best(results, words, tier)
    cells = [_cell(results, words, tier, policy, best) for policy in results.policies]
    clear = any(reading(results, measure, p, tier) in CLEAR for p in results.others)
    return Row(words, tier_names(results).get(tier, tier), cells, clear)


def main_table(results: Results) -> list[Group]:
    """Set out the key measures, by group, each at one tier."""
    reported = {measure for measure, _, _ in results.outcomes}
    groups = []
    for name, title in GROUPS.items():
        rows = [
            measure_row(results, measure)
            for measure in sorted(reported, key=_order)
            if term(measure).group == name and term(measure).key
        ]
        if rows:
            groups.append(Group(title, rows))
    return groups


def _order(measure: str) -> tuple[int, str]:
    names = list(glossary())
    return (names.index(measure) if measure in names else len(names), measure)


def every_measure(results: Results) -> Grid:
    """List every measure at every tier, with averages and intervals."""
    tiers = [*results.summary.get("tiers", []), "all"]
    keys = {(measure, tier) for measure, tier, _ in results.outcomes}

    def place(key: tuple[str, str]) -> tuple[tuple[int, str], int, str]:
        return (_order(key[0]), tiers.index(key[1]) if key[1] in tiers else len(tiers), key[1])

    names = tier_names(results)
    rows = []
    for measure, tier in sorted(keys, key=place):
        words = term(measure)
        cells = []
        for policy in results.policies:
            value = results.outcome(measure, policy, tier)
            step = fineness(results, measure, tier)
            write, say = words.writes(value.unit, step), words.says(value.unit, step)
            cells.append(estimate(value, write, say))
        rows.append([f"{words.title}, {names.get(tier, tier)} ({measure})", *cells])
    head = ["Measure and place", *(policy.title for policy in results.policies)]
    return Grid("Every measure: average and 95% interval", head, rows)


def budget_table(results: Results) -> Grid:
    """Set out spending by financial year: average, lowest and highest over futures."""
    tier = results.series_tier("budget_year")
    by_policy = [results.series.get(("budget_year", tier, p.name), {}) for p in results.policies]
    months = sorted({month for series in by_policy for month in series})
    if not months:
        return _budget_from_lines(results)
    rows = []
    for month in months:
        means = [sum(s[month]) / len(s[month]) for s in by_policy if s.get(month)]
        write = partial(pounds, step=apart(means))
        row = [year_told(results, year_name(results, month))]
        for series in by_policy:
            values = series.get(month, [])
            if not values:
                row.append(not_known("no run reached this year"))
                continue
            mean = sum(values) / len(values)
            among = span(values, write)
            row.append(f"{write(mean)} ({among})" if len(values) > 1 else among)
        rows.append(row)
    head = ["Financial year", *(policy.title for policy in results.policies)]
    return Grid("Spending by financial year: average (lowest to highest future)", head, rows)


def _budget_from_lines(results: Results) -> Grid:
    """Add up the lines of budget.csv, whose averages may be added (their intervals may not)."""
    totals: dict[tuple[str, str], float] = {}
    for line in csv.DictReader(io.StringIO(results.budget.decode("utf-8"))):
        if line.get("total_mean"):
            key = (str(line.get("financial_year")), str(line.get("regime")))
            totals[key] = totals.get(key, 0.0) + float(line["total_mean"])
    rows = []
    for year in sorted({year for year, _ in totals}):
        named = f"{year}/{(int(year) + 1) % 100:02d}" if year.isdigit() else year
        cells = [totals.get((year, policy.name)) for policy in results.policies]
        rows.append(
            [
                year_told(results, named),
                *(not_known("no line") if c is None else pounds(c) for c in cells),
            ]
        )
    head = ["Financial year", *(policy.title for policy in results.policies)]
    return Grid("Spending by financial year: average over the futures", head, rows)


def rest_table(results: Results) -> Grid:
    """Say where marked money was at the end of the run, for each policy."""
    rows = []
    reported = {name for name, _, _ in results.outcomes}
    here = "dyed_in_place" if "dyed_in_place" in reported else "retained_share"
    for measure in (here, *REST):
        if measure in reported:
            words = term(measure)
            values = [results.outcome(measure, policy) for policy in results.policies]
            step = fineness(results, measure)
            rows.append([words.title, *(estimate(v, words.writes(v.unit, step)) for v in values)])
    head = ["Where it is", *(policy.title for policy in results.policies)]
    return Grid("Where the marked money is at the end: average (95% interval)", head, rows)


def assumptions_table(results: Results) -> Grid:
    """List the assumptions with their ranges, grades and sources."""
    rows, say = [], nation_of(results).say
    for entry in results.manifest.get("assumptions", []):
        value, low, high = entry.get("value"), entry.get("low"), entry.get("high")
        span = "held fixed" if low == high else f"{_raw(low)} to {_raw(high)}"
        rows.append([
            str(entry.get("name", "")), say(str(entry.get("what", ""))),
            say(f"{_raw(value)} {entry.get('unit', '')}".strip()), span,
            str(entry.get("grade", "")).replace("_", " "), str(entry.get("source", "")),
        ])  # fmt: skip
    head = ["Name", "What it does", "Value", "Range tried", "Grade", "Source"]
    return Grid("Assumptions: every number that is not data", head, rows)


def _raw(value: object) -> str:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:,.10g}"
    return "not known" if value is None else str(value)


def grades(results: Results) -> list[tuple[str, int]]:
    """Count the assumptions by the grade of their source, strongest first."""
    order = ["official", "peer_reviewed", "survey", "vendor", "judgement"]
    found = [str(entry.get("grade", "")) for entry in results.manifest.get("assumptions", [])]
    names = [*order, *sorted(set(found) - set(order))]
    return [(g.replace("_", " ") or "none", found.count(g)) for g in names if g in found]


def start_table(results: Results) -> Grid:
    """Set the built start states, their mean and their range, beside what was published."""
    names = tier_names(results)
    rows = []
    for entry in results.manifest.get("start_state", []):
        unit = str(entry.get("unit") or "share")
        tier = str(entry.get("tier") or "all")
        cells = [str(entry.get("what", "")), names.get(tier, tier)]
        for name in ("published", "built", "least", "most"):
            value = entry.get(name)
            known = isinstance(value, int | float)
            cells.append(quantity(value, unit) if known else not_known("no figure"))
        rows.append(cells)
    head = ["What", "Where", "Published", "Built, mean", "least", "most of all futures"]
    return Grid("The start, built and published", head, rows)
