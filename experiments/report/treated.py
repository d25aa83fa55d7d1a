"""What is treated, how far each way reached, and councils' money at risk: tables of a report."""

from collections.abc import Mapping
from typing import Any

from experiments.report.folder import Results
from experiments.report.place import year_told
from experiments.report.tables import Grid
from experiments.report.words import count, listed, pounds, quantity, quoted

CONVERTED = "converted"
"""What `capital` calls firms that staff bought with a council's loan."""

OWN = "own"
"""Reason in `reach` of what a way bought itself."""


def treated_told(summary: Mapping[str, Any]) -> str:
    """Write the pounds a year that a comparison treats differently; empty where not known."""
    found = summary.get("treated") or {}
    if not found.get("pounds_a_year"):
        return ""
    return f"{pounds(found['pounds_a_year'])} a year, {quantity(found['share'], 'share')} of buying"


def own_awards(row: Mapping[str, Any]) -> str:
    """Write how many awards of treated spending a way made itself, of how many."""
    return f"{count(row['awards_own'])} of {count(row['awards'])}"


def treated_table(results: Results) -> Grid:
    """List the treated kinds of spending with pounds a year and their part of all spending."""
    found = results.summary.get("treated") or {}
    rows = [_treated_row(str(one["name"]), one) for one in found.get("categories", ())]
    if len(rows) > 1:
        rows.append(_treated_row("All that is treated", found))
    head = ["Spending on", "A year, all buyers", "Part of what buyers spend outside"]
    return Grid("What is treated, by the budgets of the start", head, rows)


def _treated_row(name: str, one: Mapping[str, Any]) -> list[str]:
    return [name, pounds(float(one["pounds_a_year"])), quantity(float(one["share"]), "share")]


def reach_table(results: Results) -> Grid:
    """Say for each way which part of treated spending it acted on, and why not on the rest."""
    titles = {policy.name: policy.title for policy in results.policies}
    rows = [
        _reach_row(titles[row["regime"]], row)
        for row in results.summary.get("reach", ())
        if row["regime"] in titles and row["parts"]
    ]
    head = [
        "Way of buying",
        "Awards in its own way",
        "Work in its own way",
        "What was bought otherwise, and why",
    ]
    return Grid("What each way acted on, of what is treated", head, rows)


def _reach_row(title: str, row: Mapping[str, Any]) -> list[str]:
    whole = float(row["pounds"]) or 1.0
    rest = [
        f"{_awards(part)}{pounds(part['pounds'])} of work: {part['why']}"
        for part in row["parts"]
        if part["reason"] != OWN
    ]
    return [
        title,
        own_awards(row),
        f"{pounds(row['pounds_own'])} of {pounds(row['pounds'])} "
        f"({quantity(row['pounds_own'] / whole, 'share')})",
        "; ".join(rest) or "nothing",
    ]


def _awards(part: Mapping[str, Any]) -> str:
    """Write the awards of a part; contracts from before the story are no awards of it."""
    many = count(part["awards"])
    return f"{many} {'award' if many == '1' else 'awards'}, " if part["awards"] else ""


def capital_table(results: Results) -> Grid:
    """Set out councils' loans to enterprises and shares in them, by way and financial year."""
    titles = {policy.name: policy.title for policy in results.policies}
    names = ("paid_out", "repaid", "written_off", "outstanding")
    rows = [
        [
            f"{titles[row['regime']]}{_whose(row)}, "
            f"{year_told(results, str(row['financial_year']))}",
            *(pounds(row[name]) for name in names),
        ]
        for row in results.summary.get("capital", ())
        if row["regime"] in titles
    ]
    head = ["Way of buying, financial year", "Paid out", "Repaid", "Written off",
            "Outstanding at the end"]  # fmt: skip
    return Grid("Loans and shares: average over the futures", head, rows)


def _whose(row: Mapping[str, Any]) -> str:
    return ", firms that staff bought" if row.get("firms") == CONVERTED else ""


def capital_note(results: Results) -> str:
    """Say what this money is and whose ways put any at risk."""
    told = results.summary.get("capital")
    if told is None:
        return "not known: this comparison does not report it"
    ways = {row["regime"] for row in told}
    named = [quoted(policy.title) for policy in results.policies if policy.name in ways]
    if not named:
        return (
            "Under none of these ways do councils lend to enterprises that they found or to firms "
            "that staff buy, or hold shares in them."
        )
    return (
        f"Under {listed(named)} councils lend to enterprises that they found or to firms that "
        "staff buy, or hold shares in them. That is no cost of the service and not in the table "
        "above: it is cash that is away, found in the year’s budget and at risk until it comes "
        "back. What is written off is lost. "
        "Grants are a cost and are counted above; interest and dividends are income. Money in "
        "firms that staff bought comes from the ownership lever’s yearly sum, and what is repaid "
        "is lent again; it has rows of its own."
    )
