"""The legal route of each way of buying: by what power, for what, from when, and how safe it is."""

from collections.abc import Mapping
from typing import Any

from experiments.report.folder import Results
from experiments.report.saved import Numbers
from experiments.report.tables import Grid
from experiments.report.words import listed, pounds

CLASSES = {
    "goods_services": "goods and services",
    "works": "works",
    "light_touch": "care, education and like services",
}
SIDES = {"below": "below the threshold", "above": "from the threshold on"}
_COLUMNS = ("regime", "name", "threshold_class", "title", "when", "kinds", "side", "from", "until",
            "lawful", "contested", "beyond", "power", "reason")  # fmt: skip

Row = Mapping[str, Any]


def law_table(results: Results) -> Grid:
    """Set out the legal route of each policy; what has the same route stands together.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Grid
        A row for each policy, way of buying, route and stretch of months; its file has every kind
        of spending apart.
    """
    titles = {policy.name: policy.title for policy in results.policies}
    found: dict[tuple[str, ...], list[Row]] = {}
    every = [row for row in results.summary.get("law", ()) if row["regime"] in titles]
    for row in every:
        found.setdefault(_alike(results, titles, row), []).append(row)
    rows = [
        [policy, _what(some, every), whom, when, standing, power]
        for (policy, whom, when, standing, power), some in found.items()
    ]
    head = ["Way of buying", "For", "By", "From and until", "Standing", "Power, and what to know"]
    return Grid(
        "The legal route of each way, over the months compared", head, rows,
        numbers=Numbers(_COLUMNS, [[_plain(row[name]) for name in _COLUMNS] for row in every]),
    )  # fmt: skip


def adopters_table(results: Results) -> Grid:
    """Say which buyers take each policy up; no row where every buyer takes up every policy.

    Parameters
    ----------
    results : Results
        A comparison.
    """
    titles = {policy.name: policy.title for policy in results.policies}
    every = [row for row in results.summary.get("adopters", ()) if row["regime"] in titles]
    partly = any(row["others"] for row in every)
    rows = [
        [
            titles[row["regime"]],
            listed(row["buyers"]) if row["others"] else "all buyers",
            f"{row['from']}, as contracts run out",
            listed(row["others"]) or "nobody",
        ]
        for row in every
        if partly
    ]
    head = ["Policy", "Taken up by", "From", "Go on as under the baseline"]
    return Grid("Who takes each policy up", head, rows)


def _alike(results: Results, titles: Mapping[str, str], row: Row) -> tuple[str, ...]:
    """Name what must be the same for two rows to stand as one."""
    what_if = bool(results.manifest.get("counterfactual")) and not row["beyond"]
    policy = titles[row["regime"]]
    way = "" if row["title"] == policy else f", by “{row['title']}”"
    when = f", {row['when']}" if row["when"] else ""
    kinds = listed([str(kind).replace("_", " ") for kind in row["kinds"]])
    note = row["reason"] if row["reason"] != "a route in force" else ""
    if row["beyond"]:
        note = "The law knows no such route for this kind of contract and value"
    power = ". ".join(part.rstrip(".") for part in (row["power"], note) if part)
    dates = f"{row['from']} to {row['until']}"
    return f"{policy}{way}{when}", kinds, dates, _standing(row, what_if=what_if), power


def _standing(row: Row, *, what_if: bool) -> str:
    if not row["lawful"]:
        return "no route: tried as a what-if" if what_if else "no route: bought as the baseline"
    return "in force, but contested" if row["contested"] else "in force"


def _what(rows: list[Row], every: list[Row]) -> str:
    """Say for what a route is: classes of contract and sides of the threshold.

    Kinds of spending are named where the route is not for all that is treated in a class.
    """
    if {(row["name"], row["side"]) for row in rows} == {(r["name"], r["side"]) for r in every}:
        return "all that is treated, of any value"
    told = []
    for kind, words in CLASSES.items():
        sides = {row["side"] for row in rows if row["threshold_class"] == kind}
        if sides:
            side = "of any value" if len(sides) > 1 else SIDES[sides.pop()]
            names = dict.fromkeys(row["name"] for row in rows if row["threshold_class"] == kind)
            whole = {row["name"] for row in every if row["threshold_class"] == kind}
            only = f" ({', '.join(names)})" if set(names) != whole else ""
            told.append(f"{words} {side}{only}")
    return "; ".join(told)


def _plain(value: Any) -> str | float | int | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else str(value)


def limits_table(results: Results) -> Grid:
    """List the thresholds in force over the months compared."""
    rows = [
        [
            CLASSES.get(row["threshold_class"], str(row["threshold_class"])).capitalize(),
            f"{row['from']} to {row['until']}",
            pounds(float(row["pounds"]), 1.0),
            str(row["law"]),
            str(row["source"]),
        ]
        for row in results.summary.get("limits", ())
    ]
    head = ["Kind of contract", "From and until", "Threshold, no VAT", "Law", "Source"]
    return Grid("Thresholds from which a contract must be tendered openly", head, rows)
