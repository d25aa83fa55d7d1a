"""The profile of imported payments as a page: what was read, what it is, and to whom it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from experiments.analysis import spending
from experiments.analysis.spending import Line
from experiments.figures.bars import Bar, bars_figure
from experiments.report.pictures import Picture, picture
from experiments.report.suppliers import supplier_grids, supplier_method, supplier_sentences
from experiments.report.swept import Answer, many
from experiments.report.tables import Grid
from experiments.report.words import exact, listed, pounds, share

SHOWN = 20
"""Lines of a table by name."""

DRAWN = 12
CONCENTRATED = ((1_000, "low"), (1_800, "moderate"))
"""Bands of the index below which markets are called so in merger guidelines (US, 2023)."""

FATES = {
    "blank": "nothing stands in it",
    "heading": "the headings, once more or on a second line",
    "preamble": "it stands above the headings",
    "total": "a total of rows above",
    "pivot": "a line of a pivot table, without date and number",
    "no_payee_or_date": "an amount without payee and date",
    "other_currency": "an amount in another currency",
    "too_many_cells": "more cells than headings, so that its columns are not sure",
    "no_amount": "its amount is blank",
    "unreadable_amount": "its amount cannot be read; it counts as nothing in the sums",
    "note": "a remark in a single cell",
    "other_sheet": "its sheet holds no payments",
}
"""Reason for which a row is set aside -> what it means."""


@dataclass(frozen=True)
class Profile:
    """What the page is written from.

    Parameters
    ----------
    label : mapping
        As `import.json` holds it.
    payments : pyarrow.Table
        All payments, each supplier under one name.
    """

    label: Mapping[str, Any]
    payments: pa.Table


def lines_grid(caption: str, what: str, lines: Sequence[Line], shown: int = SHOWN) -> Grid:
    """Set out lines with their share of the sum; those beyond `shown` are one line."""
    total = sum(line.pence for line in lines)
    rest = lines[shown:]
    if rest:
        others = Line(
            f"{len(rest):,} others", sum(r.payments for r in rest), sum(r.pence for r in rest)
        )
        lines = [*lines[:shown], others]
    rows = [
        [line.name, f"{line.payments:,}", exact(line.pence), share(line.pence, total)]
        for line in lines
    ]
    rows.append(["all", f"{sum(line.payments for line in lines):,}", exact(total), ""])
    return Grid(caption, [what, "Payments", "Sum", "Share"], rows)


def lines_picture(name: str, heading: str, grid: Grid, lines: Sequence[Line]) -> Picture:
    """Draw the first lines as bars, with their table."""
    drawn = lines[:DRAWN]
    bars = [Bar(line.name, line.pence / 100, pounds(line.pence / 100)) for line in drawn]
    return picture(name, heading, f"One bar each; {grid.caption}.", bars_figure(bars), grid)


def payments_answer(profile: Profile) -> Answer:
    """Put together what the page says.

    Parameters
    ----------
    profile : Profile
        What was imported.

    Returns
    -------
    Answer
        For `write_answer` and its template.
    """
    payments, bought = profile.payments, spending.purchases(profile.payments)
    kinds = spending.lines_by(payments, "kind")
    suppliers = spending.suppliers(bought)
    categories = spending.lines_by(bought, "detail", "category", "procurement_category")
    months = spending.months(bought)
    bands = spending.bands(bought)
    tables = {
        "months": lines_grid("Purchases net of refunds, by month", "Month", months, 240),
        "categories": lines_grid("Purchases net of refunds, by the ledger’s category", "Category",
                            categories),
        "suppliers": lines_grid("Purchases net of refunds, by supplier", "Supplier", suppliers),
        "sizes": lines_grid("Purchases and refunds, by size of the payment", "Size", bands),
    }  # fmt: skip
    drawn = {
        "months": months[-DRAWN:],
        "categories": categories,
        "suppliers": suppliers,
        "sizes": bands,
    }
    headings = {
        "months": "When it was bought",
        "categories": "What was bought",
        "suppliers": "From whom it was bought",
        "sizes": "In what sizes",
    }
    pictures = [
        lines_picture(name, headings[name], tables[name], lines)
        for name, lines in drawn.items()
        if lines
    ]
    kinds_grid = lines_grid("All payments, by kind", "Kind", kinds)
    services = lines_grid(
        "All payments, by service", "Service", spending.lines_by(payments, "service")
    )
    grids = [
        _files(profile.label),
        kinds_grid,
        *supplier_grids(profile.label["suppliers"]),
        *handed_on(payments),
        services,
        *(tables[name] for name in tables if tables[name].rows),
        _columns(profile.label),
    ]
    title = f"Payments of {profile.label['council']}" if profile.label["council"] else "Payments"
    return Answer(
        title=title,
        paragraph=[
            *_said(profile, kinds, bought),
            *supplier_sentences(profile.label["suppliers"]),
        ],
        left=_left(profile.label),
        grids=grids,
        pictures=pictures,
        method=_method(),
    )


def payments_facts(profile: Profile) -> list[tuple[str, str]]:
    """What was imported, in a few words each."""
    files, months = profile.label["files"], profile.payments["month"]
    first, last = pc.min(months).as_py(), pc.max(months).as_py()
    aside = sum(file["rows"] - file["used"] for file in files)
    facts = [
        ("Council", profile.label["council"] or "not named"),
        ("Area", profile.label["area"] or "not given"),
        ("Files", f"{len(files):,}"),
        ("Payments", f"{profile.payments.num_rows:,}"),
        ("Rows set aside", f"{aside:,}"),
        ("Sum", pounds(sum(file["pence_used"] for file in files) / 100)),
        (
            "Months",
            "unknown" if first is None else first if first == last else f"{first} to {last}",
        ),
        ("Persons masked", f"{_persons(profile.label):,}"),
    ]
    return [(name, fact) for name, fact in facts if fact]


def _persons(label: Mapping[str, Any]) -> int:
    """Payees masked by the rule, and those that the review list says are persons."""
    return int(label["persons_masked"]) + int(label["suppliers"]["persons_marked"])


def _said(profile: Profile, kinds: Sequence[Line], bought: pa.Table) -> list[str]:
    by_kind = {line.name: line.pence for line in kinds}
    net = sum(by_kind.get(kind, 0) for kind in spending.BOUGHT)
    refunds = by_kind.get("refund", 0)
    said = [
        f"Purchases came to {exact(net)}, net of {exact(-refunds)} refunded or credited."
        if refunds
        else f"Purchases came to {exact(net)}; nothing was refunded."
    ]
    apart = [f"{exact(line.pence)} {_NAMES[line.name]}" for line in kinds if line.name in _NAMES]
    if apart:
        said.append(f"Not bought but handed on: {listed(apart)}.")
    found = spending.concentration(bought)
    if found.hhi is not None:
        shares = listed(
            [
                f"the {n} largest had {s:.0%}" if n > 1 else f"the largest had {s:.0%}"
                for n, s in found.top
            ]
        )
        word = next((name for edge, name in CONCENTRATED if found.hhi < edge), "high")
        said.append(
            f"Purchases went to {many(found.suppliers, 'supplier')} by name"
            + (f"; {shares}" if shares else "")
            + f". The Herfindahl-Hirschman index is {found.hhi:,.0f} of 10,000: concentration over "
            f"all categories together is {word}."
        )
    if found.unnamed > 0:
        said.append(f"Of purchases, {found.unnamed:.1%} went to payees that are not named.")
    return said


_NAMES = {
    "grant": "in grants",
    "transfer": "in transfers",
    "tax": "in tax",
    "pay": "in pay and pensions",
    "finance": "in loans, interest and investments",
}


def handed_on(payments: pa.Table) -> list[Grid]:
    """Tables of grants and of transfers by payee, where there are any."""
    grids = []
    for kind in ("grant", "transfer"):
        rows = payments.filter(pc.equal(payments["kind"], kind))
        if rows.num_rows:
            lines = spending.lines_by(rows, "payee")
            grids.append(lines_grid(f"{kind.capitalize()}s, by payee", "Payee", lines))
    return grids


def _files(label: Mapping[str, Any]) -> Grid:
    rows = [
        [
            file["path"], f"{file['rows']:,}", f"{file['used']:,}", fates(file["set_aside"]),
            exact(file["pence_in"]), exact(file["pence_used"]), exact(file["pence_set_aside"]),
        ]
        for file in label["files"]
    ]  # fmt: skip
    head = ["File", "Rows", "Used", "Set aside", "Sum of the column", "Used", "Set aside"]
    return Grid("What was read: rows and pounds, used and set aside", head, rows)


def fates(set_aside: Mapping[str, int]) -> str:
    """Write how many rows were set aside for what."""
    told = [f"{count:,} {reason.replace('_', ' ')}" for reason, count in set_aside.items()]
    return ", ".join(told) or "none"


def _columns(label: Mapping[str, Any]) -> Grid:
    rows = [
        [
            file["path"], f"#{one['position']} {one['heading']}".strip(), one["field"] or "–",
            f"{one['confidence']:.0%}" if one["field"] else "", one["reason"],
        ]
        for file in label["files"]
        for one in file["columns"]
    ]  # fmt: skip
    head = ["File", "Column", "Taken for", "Confidence", "Why"]
    return Grid("What each column was taken for", head, rows)


def _left(label: Mapping[str, Any]) -> list[str]:
    where: dict[str, list[str]] = {}
    for one in label["notes"]:
        where.setdefault(one["note"], []).append(one["path"])
    said = [f"{listed(paths)}: {note}." for note, paths in where.items()]
    for one in label["duplicates"]:
        said.append(
            f"{many(one['payments'], 'payment')} ({exact(one['pence'])}) stand in each of "
            f"{listed(one['where'])}. They were kept; import one of these alone if they are copies."
        )
    return said


def _method() -> list[str]:
    reasons = "; ".join(f"{name.replace('_', ' ')}: {what}" for name, what in FATES.items())
    return [
        "The sum of the column is that of every row with a readable amount, totals among them, as "
        "a spreadsheet would add it up. What is used and what is set aside add up to it.",
        f"Reasons to set a row aside: {reasons}.",
        "A payment is a grant, a transfer, tax, pay or finance where the ledger’s own words or the "
        "payee say so; the column `reason` of payments.parquet has the word. All others are "
        "purchases, and negative purchases are refunds. A list above a threshold of £250, £500 or "
        "£25,000 leaves out what is below it.",
        "Payees that look like persons are shown by numbers; docs/importing.md has the rule. "
        "Free words, such as a purpose, are not kept.",
        *supplier_method(),
    ]
