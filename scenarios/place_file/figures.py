"""Every figure of a place with what it is: published, derived, inherited, or a judgement.

The first three come from the marks of the tables; a list of payments and a register of contracts
add their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.from_tables.marks import Mark

PUBLISHED, DERIVED, INHERITED = "published", "derived", "inherited"
DISTANCE, JUDGEMENT, PAYMENTS, REGISTER = "distance", "judgement", "payments", "register"

COUNTS = ("population", "households")
PEOPLE = ("jobs", "workers", "coops", "vcse")
GROUPS = ("enterprises", "income", "tenure", "sector_mix")
BANDS = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the file.

    Attributes
    ----------
    key : str
        Path, as `--set` writes it.
    value : int, float, str or tuple of str
        As it stands in the file.
    mark : str
        What it is, one of the words at the head of the file.
    source : str
        Publisher, table, year, licence and step.
    beside : str
        What a list of payments or a register tells of it, in short.
    """

    key: str
    value: int | float | str | tuple[str, ...]
    mark: str
    source: str
    beside: str = ""

    @property
    def told(self) -> str:
        """Where it comes from, in full."""
        return "; ".join(part for part in (self.source, self.beside) if part)


def source_of(mark: Mark) -> str:
    """Write publisher, table, year, licence and step in one line."""
    year = f", {mark.year}" if mark.year and mark.year not in mark.source else ""
    return f"{mark.source}{year} ({mark.licence}): {mark.step}"


def suppliers_told(many: int) -> str:
    """Write how many suppliers there are."""
    return "1 supplier" if many == 1 else f"{many:,} suppliers"


def area_figures(row: Mapping[str, Any], marks: Mapping[str, Mark]) -> Iterator[Figure]:
    """List the figures of a row of [[areas]].

    Parameters
    ----------
    row : mapping
        As it is made from the tables.
    marks : mapping of str to Mark
        As `figure_marks` gives them.

    Yields
    ------
    Figure
        In the order of the row.
    """
    at = f"areas.{row['id']}"
    for key, value in row.items():
        if key in GROUPS:
            for part, number in value.items():
                yield _figure(f"{at}.{key}.{part}", number, marks[_mark(key, part)])
        elif key in marks:
            yield _figure(f"{at}.{key}", value, marks[key])


def by_key(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Find figures by the path that they stand at."""
    return {one.key: one for one in figures}


def _mark(key: str, part: str) -> str:
    if key == "enterprises":
        return "enterprises.bands" if part in BANDS else key
    return f"{key}.{part}" if key == "income" else key


def _figure(key: str, value: Any, mark: Mark) -> Figure:
    return Figure(key, value, mark.status, source_of(mark))
