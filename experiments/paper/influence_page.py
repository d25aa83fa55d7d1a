"""Blocks of docs/uncertainty.md, from stored tables alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.paper.influence_figures import label_of, measures_in, way_of
from experiments.paper.influence_screened import (
    EFFECTS,
    LEFT_OUT,
    MATTER,
    RANKING,
    SCREENED,
)
from experiments.paper.influence_twelve import ASKED, CHOICE, INDICES, KNOWING, SWINGS, WANTS
from experiments.paper.stored import Table
from experiments.report.glossary import term
from experiments.report.words import MINUS, listed
from experiments.runner.replicate import all_entries

WORTH = 5
"""How many assumptions are named as most worth measuring."""

Row = Mapping[str, Any]


def blocks(tables: Mapping[str, Table]) -> dict[str, str]:
    """Write every block of the chapter.

    Parameters
    ----------
    tables : mapping of str to Table
        Of the chapter.

    Returns
    -------
    dict of str to str
        Markdown by name of the block.
    """
    return {
        "influence-made": _made(tables),
        "influence-left-out": _left_out(tables[LEFT_OUT].rows),
        "influence-screened": _luck(tables[SCREENED].rows),
        "influence-ranking": _ranking(tables[RANKING].rows),
        "influence-screening": _pictures(tables[EFFECTS], "influence-screening"),
        "influence-asked": _luck(tables[ASKED].rows),
        "influence-indices": _indices(tables[INDICES].rows),
        "influence-tornados": _pictures(tables[SWINGS], "influence-tornado"),
        "influence-choice": _choice(tables[CHOICE].rows),
        "influence-knowing": _knowing(tables[KNOWING].rows, tables[CHOICE].rows),
    }


def grid(titles: Sequence[str], rows: Sequence[Sequence[str]], numbers_from: int) -> str:
    """Write a table of Markdown; columns from `numbers_from` on stand to the right."""
    rule = ["---" if place < numbers_from else "---:" for place in range(len(titles))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [titles, rule, *rows])


def _made(tables: Mapping[str, Table]) -> str:
    told = [
        f"`{table.plan}`: {table.runs:,} runs, lived on {table.made}, tables written at commit "
        f"`{table.commit}`"
        for table in (tables[EFFECTS], tables[INDICES])
    ]
    return "Made from " + listed(told) + "."


def _left_out(rows: Sequence[Row]) -> str:
    lines = [(f"`{row['family']}`", str(row["entries"]), row["why"], row["names"]) for row in rows]
    return grid(("family", "entries", "left out, since they are", "which"), lines, 4)


def _luck(rows: Sequence[Row]) -> str:
    lines = [
        (term(row["measure"]).title, way_of(row["policy"]), str(row["groups"]),
         str(row["dropped"]),
         "not told" if row["luck_share"] is None else f"{100 * row['luck_share']:.0f}%",
         row["why"] or row["settled"] or "not told")
        for row in rows
    ]  # fmt: skip
    titles = ("measure", "way", "groups", "dropped", "share of luck", "settled")
    return grid(titles, lines, 2)


def _ranking(rows: Sequence[Row]) -> str:
    entries = all_entries()
    lines = [
        (str(row["rank"]), f"`{row['assumption']}`", f"{100 * row['part']:.1f}%",
         _range(row["assumption"]), entries[row["assumption"]].grade, _question(row["first_for"]))
        for row in rows[:MATTER]
    ]  # fmt: skip
    titles = ("rank", "assumption", "part", "range", "grade", "most in")
    rest = sum(row["part"] for row in rows[MATTER:])
    nothing = sum(row["part"] == 0.0 for row in rows)
    return (
        f"![Ranking of assumptions](paper/figures/influence-ranking.svg)\n\n"
        f"{grid(titles, lines, 6)}\n\n"
        f"The other {len(rows) - MATTER} share {100 * rest:.0f}% of the effects; {nothing} of them "
        "moved nothing at all."
    )


def _question(first_for: str | None) -> str:
    if first_for is None:
        return "none"
    measure, _, policy = first_for.partition(" under ")
    return f"{term(measure).title}, {way_of(policy).lower()}"


def _range(name: str) -> str:
    entry = all_entries()[name]
    return f"{entry.low:g} to {entry.high:g} {entry.unit}".replace("-", MINUS)


def _pictures(table: Table, name: str) -> str:
    return "\n\n".join(
        f"**{term(measure).title}** (`{measure}`)\n\n"
        f"![{term(measure).title}](paper/figures/{name}-{measure}.svg)"
        for measure in measures_in(table)
    )


def _indices(rows: Sequence[Row]) -> str:
    lines = []
    for measure in dict.fromkeys(row["measure"] for row in rows):
        mine = [row for row in rows if row["measure"] == measure]
        for policy in dict.fromkeys(row["policy"] for row in mine):
            first = [row for row in mine if row["policy"] == policy][:3]
            told = "; ".join(
                f"`{row['assumption']}` {_index(row['st'], row['st_conf'])} "
                f"(alone {_index(row['s1'], row['s1_conf'])})"
                for row in first
            )
            lines.append((term(measure).title, way_of(policy), told))
    return grid(("measure", "way", "the three largest: all that it does, and alone"), lines, 3)


def _index(value: float, half: float) -> str:
    return f"{value:.2f} ± {half:.2f}".replace("-", MINUS)


def _pence(value: float) -> str:
    return f"{100 * value:.2f}p".replace("-", MINUS)


def _between(row: Row) -> str:
    """Write an interval, or that no resample of groups saw the assumption change the choice."""
    if row["high"] == 0.0:
        return "not seen to change it"
    return f"{_pence(row['low'])} to {_pence(row['high'])}"


def _choice(rows: Sequence[Row]) -> str:
    told = []
    for want in WANTS:
        mine = [row for row in rows if row["gain"] == want.measure]
        ways = [way_of(row["policy"]) for row in mine]
        cells = [
            term(want.measure).title,
            *(f"**{_pence(row['expected'])}**" if row["best"] == "yes" else _pence(row["expected"])
              for row in mine),
            _pence(mine[0]["perfect"]),
            "not told" if mine[0]["perfect_by_luck"] is None
            else _pence(mine[0]["perfect_by_luck"]),
            _pence(mine[0]["chance"]),
        ]  # fmt: skip
        told.append(cells)
    titles = ("what is wanted", *ways, "all twelve known", "the same, luck taken out", "chance")
    return grid(titles, told, 1)


def _knowing(rows: Sequence[Row], choices: Sequence[Row]) -> str:
    said = ["![Value of knowing](paper/figures/influence-knowing.svg)"]
    for want in WANTS:
        mine = [row for row in rows if row["gain"] == want.measure]
        chance = next(row["chance"] for row in choices if row["gain"] == want.measure)
        above = [row for row in mine if row["value"] > chance]
        lines = [
            (f"`{row['assumption']}`", _pence(row["value"]),
             _between(row), f"{100 * row['changes']:.0f}%",
             "yes" if row["value"] > chance else "no")
            for row in mine[: WORTH if want is not WANTS[0] else MATTER]
        ]  # fmt: skip
        titles = ("assumption", "worth knowing", "95 %", "changes the choice at", "above chance")
        named = listed([label_of(row["assumption"]) for row in above[:WORTH]]) or "none"
        said.append(
            f"**{term(want.measure).title}.** Worth more than chance would show: {named}.\n\n"
            f"{grid(titles, lines, 1)}"
        )
    return "\n\n".join(said)
