"""By what power councils may use the levers beside buying, by nation and date.

A power is read for the lever itself (its setting is ""), or for a setting of the register that asks
for one of its own where it is above nothing. A nation without rows is not judged. General
competence of England began on 18 February 2012, here in March, since the calendar is monthly; other
parts of the United Kingdom have powers of their own, which are not in the table. A model's reading,
not advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from scenarios.tables.reading import month_of, rows

YearMonth = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Power:
    """A power that a lever rests on: the article, first month in force, first month no longer."""

    text: str
    since: YearMonth
    until: YearMonth | None

    def open_in(self, date: YearMonth) -> bool:
        """Say whether it is in force in a month."""
        return self.since <= date and (self.until is None or date < self.until)


@cache
def powers(nation: str) -> Mapping[tuple[str, str], list[Power]]:
    """Read a nation's powers by lever and setting, each from the oldest on."""
    out: dict[tuple[str, str], list[Power]] = {}
    for row in rows("powers"):
        if row["nation"] == nation:
            until = month_of(row["until"]) if row["until"] else None
            power = Power(row["power"], month_of(row["since"]), until)
            out.setdefault((row["lever"], row["setting"]), []).append(power)
    return out
