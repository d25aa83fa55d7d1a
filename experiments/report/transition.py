"""What changes hands, and when: contracts that end, work that goes to others, tenders in vain.

Risk is told as what happened in the runs, by year, and never as a score: pounds that go to a
supplier who did not have such work before, tenders that nobody won, contracts that ended early, and
need that went unmet while things changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from experiments.figures.bars import Bar, bars_figure
from experiments.report.folder import Estimate, Policy, Results
from experiments.report.pictures import Picture, absent, picture
from experiments.report.saved import ESTIMATE, Numbers, estimated
from experiments.report.tables import Grid
from experiments.report.told import NOT_TOLD, Facts, story_year, summed
from experiments.report.words import count, estimate, estimate_gap, not_known, pounds, quantity
from scenarios.tables import categories

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
                cells.append(_cell(value, line.write))
                numbers.append([policy.title, line.words, year, when, value.unit,
                                *estimated(value), *estimated(gap)])  # fmt: skip
            rows.append([line.words, when, *cells])
    head = ["What", "When", *(policy.title for policy in results.policies)]
    columns = ("policy", "what", "year", "months", "unit", *ESTIMATE,
               *(f"difference_{name}" for name in ESTIMATE))  # fmt: skip
    return Grid(caption, head, rows, names=2, numbers=Numbers(columns, numbers))


def _cell(value: Estimate, write: Write) -> str:
    return estimate(value, write)


def moved_table(results: Results) -> Grid:
    """Say for each policy which part of the money moved to new suppliers, and when most of it did.

    Also what happened in the first twelve months against the years after: unmet need and tenders
    in vain.
    """
    facts = Facts(results)
    years = facts.years("spent_new")
    rows = []
    for policy in results.policies if years else ():
        spent = [facts.value(("spent", "", year), policy) for year in years]
        moved = [facts.value(("spent_new", "", year), policy) for year in years]
        whole = summed(spent)
        shares = [
            f"{quantity((new.mean or 0.0) / (all_.mean or 1.0), 'share')} in year {year}"
            for year, new, all_ in zip(years, moved, spent, strict=True)
        ]
        rows.append([
            policy.title,
            quantity(summed(moved) / whole, "share") if whole else not_known("nothing was paid"),
            "; ".join(shares),
            _then(facts, policy, years),
        ])  # fmt: skip
    head = ["Way of buying", "Paid to suppliers new to such work, of all", "By year of the story",
            "Unmet need, first 12 months and after"]  # fmt: skip
    return Grid("How much moves to other suppliers, and what it does to the service", head, rows)


def _then(facts: Facts, policy: Policy, years: Sequence[int]) -> str:
    write = partial(quantity, unit="share")
    first = facts.value(("unmet", "", years[0]), policy)
    later = [facts.value(("unmet", "", year), policy) for year in years[1:]]
    means = [one.mean for one in later if one.mean is not None]
    after = write(sum(means) / len(means)) if means else "no later year was run"
    return f"{estimate(first, write)}; after: {after}"


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
    keys = facts.keys("expiring")
    names = {one.id: one.name for one in categories()}
    treated = {row["id"] for row in (results.summary.get("treated") or {}).get("categories", ())}
    rows, numbers, bars = [], [], []
    for year in years:
        when = _ends_in(results, year, years[-1])
        whole = summed(facts.value(("expiring", key, year), base) for key in keys)
        many = summed(facts.value(("expiring_contracts", key, year), base) for key in keys)
        bars.append(Bar(f"{when}: {count(many)} contracts", whole, f"{pounds(whole)} a year"))
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
        "Contracts in force at the start, by when they end: worth in a year",
        ["Spending on", "Ends in", "Bought", "Contracts", "Worth a year (95% interval)"],
        rows,
        numbers=Numbers(("spending_on", "ends_in", "bought", "contracts", *ESTIMATE), numbers),
    )
    told = "; ".join(f"{bar.label}, {bar.said}" for bar in bars)
    note = "Averages over the futures, at the prices of the start"
    heading = "Worth of contracts that end, by year"
    return picture("expiring", heading, f"{told}.", bars_figure(bars), data, note)


def _ends_in(results: Results, year: int, last: int) -> str:
    from experiments.analysis.facts import LAST_YEAR

    if year == last == LAST_YEAR + 1:
        return f"After month {12 * LAST_YEAR}"
    return story_year(results, year)
