"""What changes hands, and when: contracts that end, work that goes to others, tenders in vain.

Risk is told as what happened in the runs, by year, and never as a score: pounds that go to a
supplier who did not have such work before, tenders that nobody won, contracts that ended early, and
need that went unmet while things changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from experiments.analysis.facts import LAST_YEAR, LATER
from experiments.figures.bars import Bar, bars_figure
from experiments.report.folder import Results
from experiments.report.glossary import term
from experiments.report.pictures import Picture, absent, picture
from experiments.report.saved import ESTIMATE, Numbers, estimated
from experiments.report.tables import Grid
from experiments.report.told import NOT_TOLD, Facts, story_year
from experiments.report.words import count, estimate, estimate_gap, pounds, quantity
from scenarios.tables import category_names

Write = Callable[[float], str]


@dataclass(frozen=True)
class Line:
    """One kind of fact as a table tells it: its name, its words, how its numbers are written."""

    what: str
    words: str
    write: Write


HANDS = (
    Line("spent", "Paid to suppliers for treated services", pounds),
    Line("spent_new", "of it, to suppliers who had no such work before", pounds),
    Line("own_staff", "Pay of own staff who do such work", pounds),
    Line("suppliers_new", "Suppliers paid for the first time", count),
    Line("tenders", "Tenders", count),
    Line("tenders_in_vain", "Tenders that nobody won", count),
    Line("ended_early", "Contracts that ended before their time", count),
    Line("ended_closed", "of them, because the supplier closed", count),
    Line("unmet", "Unmet need", partial(quantity, unit="share")),
)
DAYS = (
    Line("days_buyers", "Buyers’ staff", count),
    Line("days_bidders", "Those who bid", count),
)


def hands_table(results: Results) -> Grid:
    """Set out by year and policy what changes hands.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Grid
        A row for each kind of fact and year of the story, a column for each policy.
    """
    caption = "What changes hands, year by year: average (95% interval)"
    return _by_year(results, HANDS, caption)


def days_table(results: Results) -> Grid:
    """Set out the working days that buying takes, on both sides, by year and policy."""
    caption = "Working days that buying takes: average (95% interval)"
    return _by_year(results, DAYS, caption)


def _by_year(results: Results, lines: Sequence[Line], caption: str) -> Grid:
    facts, rows, numbers = Facts(results), [], []
    for line in lines:
        for year in facts.years(line.what):
            fact, when = (line.what, "", year), story_year(results, year)
            cells = []
            for policy in results.policies:
                value, gap = facts.value(fact, policy), facts.gap(fact, policy)
                cells.append(estimate(value, line.write, _unmet(line.what)))
                numbers.append([policy.title, line.words, year, when, value.unit,
                                *estimated(value), *estimated(gap)])  # fmt: skip
            rows.append([line.words, when, *cells])
    head = ["What", "When", *(policy.title for policy in results.policies)]
    columns = ("policy", "what", "year", "months", "unit", *ESTIMATE,
               *(f"difference_{name}" for name in ESTIMATE))  # fmt: skip
    return Grid(caption, head, rows, names=2, numbers=Numbers(columns, numbers))


def moved_table(results: Results) -> Grid:
    """Say for each policy which part of the money moves to new suppliers, year by year.

    Beside it stands unmet need in the first twelve months and after, since that is when work
    changes hands.
    """
    facts = Facts(results)
    years = [year for year in facts.years("moved") if year]
    columns = [
        ("Moves to new suppliers, of all paid", ("moved", "", 0)),
        *((f"Moves, {_lower(story_year(results, year))}", ("moved", "", year)) for year in years),
        ("Unmet need, first 12 months", ("unmet", "", 1)),
        ("Unmet need, after", ("unmet", LATER, 2)),
    ]
    rows, numbers = [], []
    for policy in results.policies if facts.years("moved") else ():
        row = [policy.title]
        for words, fact in columns:
            value = facts.value(fact, policy)
            row.append(estimate(value, partial(quantity, unit="share"), _unmet(fact[0])))
            numbers.append([policy.title, words, fact[2], *estimated(value),
                            *estimated(facts.gap(fact, policy))])  # fmt: skip
        rows.append(row)
    return Grid(
        "How much moves to other suppliers, and unmet need: average (95% interval)",
        ["Way of buying", *(words for words, _ in columns)],
        rows,
        numbers=Numbers(
            ("policy", "what", "year", *ESTIMATE, *(f"difference_{name}" for name in ESTIMATE)),
            numbers,
        ),
    )


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _unmet(what: str) -> Write | None:
    """Give the writer that says a need met beyond what was needed in words."""
    return term("unmet_need").says("share") if what == "unmet" else None


def days_gap_table(results: Results) -> Grid:
    """Say how many more or fewer days a year each policy takes than the baseline."""
    facts, rows = Facts(results), []
    for policy in results.others:
        for line in DAYS:
            for year in facts.years(line.what):
                gap = facts.gap((line.what, "", year), policy)
                rows.append([policy.title, line.words, story_year(results, year),
                             estimate_gap(gap)])  # fmt: skip
    head = ["Way of buying", "Whose days", "When", "Difference (95% interval)"]
    return Grid(f"Days more or fewer than under “{results.baseline.title}”", head, rows, names=3)


def expiry_picture(results: Results) -> Picture:
    """Draw the worth of the contracts that end in each year of the story.

    They stand at the start and are the same under every policy. The table beside it has the kinds
    of spending apart.
    """
    facts, base = Facts(results), results.baseline
    years = facts.years("expiring")
    if not years:
        return absent("expiring", "Contracts that end", NOT_TOLD)
    keys = [key for key in facts.keys("expiring") if key]
    names = category_names()
    treated = {row["id"] for row in (results.summary.get("treated") or {}).get("categories", ())}
    rows, numbers, bars = [], [], []
    for year in years:
        when = _ends_in(results, year, years[-1])
        whole = facts.value(("expiring", "", year), base)
        many = facts.value(("expiring_contracts", "", year), base).mean or 0.0
        mean = whole.mean or 0.0
        ends = None if whole.low is None or whole.high is None else (whole.low, whole.high)
        bars.append(Bar(f"{when}: {count(many)} contracts", mean, pounds(mean), ends))
        numbers.append(["all", when, "", many, *estimated(whole)])
        for key in keys:
            value = facts.value(("expiring", key, year), base)
            if not value.mean:
                continue
            number = facts.value(("expiring_contracts", key, year), base)
            kind = "treated" if key in treated else "as the baseline"
            rows.append([names.get(key, key), when, kind, count(number.mean or 0.0),
                         estimate(value, pounds)])  # fmt: skip
            numbers.append([names.get(key, key), when, kind, number.mean, *estimated(value)])
    rows.sort(key=lambda row: (row[2] != "treated", row[0]))
    data = Grid(
        "Contracts in force at the start, by when they end: pounds a year",
        ["Spending on", "Ends in", "Bought", "Contracts", "Worth a year (95% interval)"],
        rows,
        numbers=Numbers(("spending_on", "ends_in", "bought", "contracts", *ESTIMATE), numbers),
    )
    told = "; ".join(f"{bar.label}, {bar.said}" for bar in bars)
    note = "Averages over the futures at the prices of the start, with the 95% interval as a line"
    heading = "Contracts that end, by what they are worth a year"
    return picture("expiring", heading, f"{told}.", bars_figure(bars), data, note)


def _ends_in(results: Results, year: int, last: int) -> str:
    if year == last == LAST_YEAR + 1:
        return f"After month {12 * LAST_YEAR}"
    return story_year(results, year)
