"""Pictures on assumptions: the ranking, a tornado for each measure, the value of knowing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.figures.bars import Bar, bars_figure
from experiments.figures.svg import Drawing, to_svg
from experiments.figures.tornado import Blow, Span, tornado_figure
from experiments.paper.influence_screened import EFFECTS, MATTER, MEASURES, RANKING
from experiments.paper.influence_twelve import KNOWING, SWINGS, WANTS
from experiments.paper.stored import Table
from experiments.report import words
from experiments.report.glossary import term
from experiments.store.aside import write_aside

SHOWN = 20
"""Assumptions in the picture of the ranking."""
DRAWN = 8
"""Assumptions in a panel of a tornado, the longest bars."""

Row = Mapping[str, Any]


def draw(tables: Mapping[str, Table], folder: Path) -> None:
    """Draw all pictures into a folder."""
    _write(folder, "influence-ranking", _ranking(tables[RANKING].rows),
           "Which assumptions the answers hang on most",
           "Bars: each assumption's mean part of all effects in the screening, the largest first.",
           )  # fmt: skip
    for measure in measures_in(tables[SWINGS]):
        title = term(measure).title
        _write(folder, f"influence-tornado-{measure}", tornado(tables[SWINGS].rows, measure),
               f"What moves the gap in: {title}",
               "For each way of buying, bars from the expected difference from price and quality "
               "at the low end of an assumption (hollow) to that at its high end (filled).",
               )  # fmt: skip
    for measure in measures_in(tables[EFFECTS]):
        title = term(measure).title
        _write(folder, f"influence-screening-{measure}",
               screening_tornado(tables[EFFECTS].rows, measure),
               f"What moves the gap in: {title}, all assumptions screened",
               "For each way of buying, the mean change from the low to the high end of each "
               "assumption's grid, the largest effects first.",
               )  # fmt: skip
    _write(folder, "influence-knowing", _knowing(tables[KNOWING].rows),
           "What knowing one assumption before the choice would be worth",
           "Bars: value of perfect information on each assumption, in pence for each pound spent.",
           )  # fmt: skip


def measures_in(table: Table) -> list[str]:
    """Measures that a table tells of, in the order of the main questions."""
    return [one for one in MEASURES if one in set(table.columns["measure"])]


def label_of(name: str) -> str:
    """Write a name of the register as words: its family, then what it is."""
    family, _, rest = name.partition(".")
    return f"{family}: {rest}".replace("_", " ").replace(".", " ")


def way_of(policy: str) -> str:
    """Write a policy's name as words."""
    return policy.replace("_", " ").capitalize()


def _write(folder: Path, name: str, drawing: Drawing, title: str, description: str) -> None:
    write_aside(folder / f"{name}.svg", to_svg(drawing, name, title, description).encode())


def _ranking(rows: Sequence[Row]) -> Drawing:
    return bars_figure([
        Bar(f"{row['rank']}. {label_of(row['assumption'])}", row["part"],
            f"{100 * row['part']:.1f}%")
        for row in rows[:SHOWN]
    ])  # fmt: skip


def _knowing(rows: Sequence[Row]) -> Drawing:
    mine = [row for row in rows if row["gain"] == WANTS[0].measure]
    return bars_figure([
        Bar(label_of(row["assumption"]), row["value"], f"{100 * row['value']:.2f}p",
            (row["low"], row["high"]))
        for row in mine[:MATTER]
    ])  # fmt: skip


def tornado(rows: Sequence[Row], measure: str) -> Drawing:
    """Draw swings: a capped line reaches from the low end as far as the length may be."""
    blows = []
    for policy, mine in _by_way(rows, measure).items():
        longest = sorted(mine, key=lambda row: -abs(row["at_high"] - row["at_low"]))[:DRAWN]
        spans = [
            Span(label_of(row["assumption"]), row["at_low"], row["at_high"],
                 (row["at_low"] + row["low"], row["at_low"] + row["high"]))
            for row in longest
        ]  # fmt: skip
        blows.append(Blow(way_of(policy), mine[0]["middle"], spans))
    return tornado_figure(blows, _writer(rows, measure))


def screening_tornado(rows: Sequence[Row], measure: str) -> Drawing:
    """Draw signed mean effects from no change at all, a capped line around the end of each."""
    blows = []
    for policy, mine in _by_way(rows, measure).items():
        largest = sorted(mine, key=lambda row: -abs(row["mu"]))[:DRAWN]
        spans = [
            Span(label_of(row["assumption"]), 0.0, row["mu"],
                 (row["mu"] - row["mu_star_conf"], row["mu"] + row["mu_star_conf"]))
            for row in largest
        ]  # fmt: skip
        blows.append(Blow(way_of(policy), 0.0, spans))
    return tornado_figure(blows, _writer(rows, measure))


def _by_way(rows: Sequence[Row], measure: str) -> dict[str, list[Row]]:
    told: dict[str, list[Row]] = {}
    for row in rows:
        if row["measure"] == measure:
            told.setdefault(row["policy"], []).append(row)
    return told


def _writer(rows: Sequence[Row], measure: str) -> Any:
    unit = next(row["unit"] for row in rows if row["measure"] == measure)
    style = term(measure).style
    return lambda value, step: words.change(value, unit, style, step)
