"""The file of a technology: one table that a spreadsheet opens, in GBP million a year.

Rows sell, columns buy, as in the table that Leontief drew: sectors and then final buyers; below
the sectors stand the other inputs, output and jobs. Each row says in `mark` whether it is
`published`, `derived`, `inherited` from another table, or `given` by whoever made it. Lines that
begin with # tell where it all comes from. Plain Python, so that checking a scenario loads no
numerical library.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, isfinite
from typing import NamedTuple

from scenarios.named_files import NamedFile

SUFFIX = ".csv"
"""A scenario whose `technology` ends so names a file."""

PARTS = (
    "imports",
    "imports_nation",
    "taxes_products",
    "taxes_production",
    "compensation",
    "surplus",
)
"""Inputs of a sector besides those of other sectors; imports from the rest of the nation apart."""

BUYERS = (
    "household",
    "npish",
    "government",
    "capital_formation",
    "inventories_valuables",
    "exports",
)
BESIDES = ("imports", "imports_nation", "taxes_products")
"""What households pay besides domestic products."""

MARKS = ("published", "derived", "inherited", "given")
OUTPUT, JOBS = "output", "jobs"
TOLERANCE = 0.002
"""Rows and columns sum to output within this share of it, or within `FLOOR`."""

FLOOR = 0.01
"""GBP million; figures have six significant digits."""

DIGITS = 6


class Wrong(NamedTuple):
    """A fault of a technology file: line from 1, what was found, what was wanted."""

    line: int
    found: str
    wanted: str


@dataclass(frozen=True, eq=False)
class TechnologyTable:
    """Flows of an economy by sector, in GBP million a year; what is left out is zero.

    Attributes
    ----------
    flows : mapping of seller to mapping of buyer to float
        Domestic inputs.
    parts : mapping of str to mapping of sector to float
        Items of `PARTS`.
    final : mapping of str to mapping of sector to float
        Domestic product bought by each of `BUYERS`.
    household : mapping of str to float
        Items of `BESIDES` that households pay.
    output : mapping of sector to float
    jobs : mapping of sector to float
        Number of jobs.
    """

    flows: Mapping[str, Mapping[str, float]]
    parts: Mapping[str, Mapping[str, float]]
    final: Mapping[str, Mapping[str, float]]
    household: Mapping[str, float]
    output: Mapping[str, float]
    jobs: Mapping[str, float]

    def whole(self, sector: str) -> float:
        """Sum of a sector's column, without output and jobs."""
        inputs = [row.get(sector, 0.0) for row in self.flows.values()]
        return fsum([*inputs, *(part.get(sector, 0.0) for part in self.parts.values())])


@dataclass(frozen=True, slots=True)
class TechnologyFile(NamedFile):
    """A technology that a scenario names as a file.

    Attributes
    ----------
    table : TechnologyTable
        What the text says.
    """

    table: TechnologyTable = field(compare=False, repr=False)


def write_technology(
    table: TechnologyTable,
    sectors: Sequence[str],
    told: Iterable[str],
    marks: Mapping[str, str],
) -> str:
    """Write a technology as text.

    Parameters
    ----------
    table : TechnologyTable
    sectors : sequence of str
        Ids, in order of code.
    told : iterable of str
        Where it comes from, a line each.
    marks : mapping of str to str
        Row -> mark; `derived` where left out.

    Returns
    -------
    str
        Lines end with a newline.
    """
    out = io.StringIO()
    for line in told:
        out.write(f"# {' '.join(line.split())}\n")
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(["row", "mark", *sectors, *BUYERS, OUTPUT])

    def add(name: str, left: Iterable[float | None], right: Iterable[float | None]) -> None:
        cells = ["" if value is None else _figure(value) for value in (*left, *right)]
        sheet.writerow([name, marks.get(name, "derived"), *cells])

    nobody = [None] * (len(BUYERS) - 1)
    for seller in sectors:
        row = table.flows.get(seller, {})
        bought = [table.final.get(buyer, {}).get(seller, 0.0) for buyer in BUYERS]
        made = table.output.get(seller, 0.0)
        add(seller, (row.get(buyer, 0.0) for buyer in sectors), [*bought, made])
    for part in PARTS:
        values = table.parts.get(part, {})
        paid = table.household.get(part) if part in BESIDES else None
        add(part, (values.get(buyer, 0.0) for buyer in sectors), [paid, *nobody, None])
    for name, values in ((OUTPUT, table.output), (JOBS, table.jobs)):
        add(name, (values.get(buyer, 0.0) for buyer in sectors), [None, *nobody, None])
    return out.getvalue()


def _figure(value: float) -> str:
    return f"{value:.{DIGITS}g}" if abs(value) < 10**DIGITS else f"{value:.0f}"


def read_technology(text: str, sectors: Sequence[str]) -> tuple[TechnologyTable, list[Wrong]]:
    """Read a technology, and say everything that is wrong with it.

    Parameters
    ----------
    text : str
        Content of the file, line ends as newlines.
    sectors : sequence of str
        Ids that may stand in it; a file may leave sectors out.

    Returns
    -------
    table : TechnologyTable
        What could be read.
    wrong : list of Wrong
        In order of line; empty where the table can be used.
    """
    lines = [
        (number, line)
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.lstrip('"').startswith("#")
    ]
    if not lines:
        return _table({}), [Wrong(1, "no table", "a technology file")]
    try:
        rows = [(number, next(csv.reader([line]))) for number, line in lines]
    except csv.Error as error:
        return _table({}), [Wrong(lines[0][0], f"no CSV ({error})", "a technology file")]
    (first, heading), body = rows[0], rows[1:]
    wrong = list(_wrong_heading(first, heading, sectors))
    cells: dict[str, dict[str, float]] = {}
    known = {*sectors, *PARTS, OUTPUT, JOBS}
    for number, row in body:
        name = row[0].strip()
        if name not in known or name in cells:
            found = f'"{name}" a second time' if name in cells else f'the row "{name}"'
            wrong.append(Wrong(number, found, "each sector, part, output and jobs once"))
            continue
        cells[name] = {}
        if (mark := row[1].strip() if len(row) > 1 else "") not in MARKS:
            wrong.append(Wrong(number, f'the mark "{mark}"', ", ".join(MARKS)))
        for column, value in zip(heading, row, strict=False):
            if column in ("row", "mark") or not value.strip():
                continue
            figure = _number(value)
            if figure is None:
                wrong.append(Wrong(number, f'"{value}" under {column}', "a figure, or nothing"))
            else:
                cells[name][column] = figure
    table = _table(cells)
    if not wrong:
        wrong = list(_wrong_sums(table, {row[0].strip(): number for number, row in body}))
    return table, wrong


def _wrong_heading(line: int, heading: list[str], sectors: Sequence[str]) -> Iterator[Wrong]:
    known = {"row", "mark", *sectors, *BUYERS, OUTPUT}
    if heading[:2] != ["row", "mark"]:
        yield Wrong(line, f"a heading that begins {','.join(heading[:2])}", "row,mark,...")
    for name in dict.fromkeys(heading):
        if name not in known:
            yield Wrong(line, f'the column "{name}"', "a sector id, a final buyer or output")
        elif heading.count(name) > 1:
            yield Wrong(line, f'the column "{name}" more than once', "each column once")


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _table(cells: Mapping[str, Mapping[str, float]]) -> TechnologyTable:
    """Sort the cells of a file by what they say."""
    others = {*PARTS, OUTPUT, JOBS}
    sellers = [name for name in cells if name not in others]

    def sector_part(row: Mapping[str, float]) -> dict[str, float]:
        return {name: value for name, value in row.items() if name not in (*BUYERS, OUTPUT)}

    return TechnologyTable(
        flows={name: sector_part(cells[name]) for name in sellers},
        parts={name: sector_part(cells.get(name, {})) for name in PARTS},
        final={buyer: {name: cells[name].get(buyer, 0.0) for name in sellers} for buyer in BUYERS},
        household={name: cells.get(name, {}).get("household", 0.0) for name in BESIDES},
        output=sector_part(cells.get(OUTPUT, {})),
        jobs=sector_part(cells.get(JOBS, {})),
    )


def _wrong_sums(table: TechnologyTable, at: Mapping[str, int]) -> Iterator[Wrong]:
    """What a technology must be besides readable: whole, not negative, and in balance."""
    for name in (OUTPUT, JOBS, "compensation"):
        if name not in at:
            yield Wrong(1, f"no row {name}", "one")
    if not any(made > 0.0 for made in table.output.values()):
        yield Wrong(at.get(OUTPUT, 1), "no output", "the output of each sector")
    if not fsum(table.final["household"].values()) > 0.0:
        yield Wrong(1, "nothing that households buy", "a column household")
    for seller, row in table.flows.items():
        for buyer, value in row.items():
            if value < 0.0:
                wanted = "an input of zero or more"
                yield Wrong(at[seller], f"{value:g} sold to {buyer}", wanted)
    for sector, made in table.output.items():
        spent = table.whole(sector)
        if abs(spent - made) > max(TOLERANCE * abs(made), FLOOR):
            found = f"inputs of {sector} that sum to {spent:g}"
            yield Wrong(at[OUTPUT], found, f"its output, {made:g}")
        sold = [*table.flows.get(sector, {}).values()]
        sold += [table.final[buyer].get(sector, 0.0) for buyer in BUYERS]
        if abs(fsum(sold) - made) > max(TOLERANCE * abs(made), FLOOR):
            found = f"sales of {sector} that sum to {fsum(sold):g}"
            yield Wrong(at.get(sector, at[OUTPUT]), found, f"its output, {made:g}")
        if made > 0.0 and not table.jobs.get(sector, 0.0) > 0.0:
            yield Wrong(at.get(JOBS, 1), f"no jobs in {sector}", "jobs where there is output")
