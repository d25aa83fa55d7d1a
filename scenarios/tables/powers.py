"""By what power councils may use the levers beside buying, by nation and date.

A power is read for the lever itself, or for a setting of the register that asks for one of its own
where it is above nothing. A nation without rows is not judged. General competence of England
began on 18 February 2012, here in March, since the calendar is monthly; other parts of the United
Kingdom have powers of their own, which are not in the table. A model's reading, not advice.
"""

from dataclasses import dataclass
from functools import cache

from scenarios.tables.reading import month_of, rows

YearMonth = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Power:
    """A power that a lever rests on: the article, first month in force, first month no longer.

    `setting` is the register entry that needs it where above nothing, "" for the lever itself.
    """

    lever: str
    setting: str
    text: str
    since: YearMonth
    until: YearMonth | None

    def open_in(self, date: YearMonth) -> bool:
        """Say whether it is in force in a month."""
        return self.since <= date and (self.until is None or date < self.until)


@cache
def powers(nation: str) -> tuple[Power, ...]:
    """Read a nation's powers, those of one lever from the oldest on."""
    return tuple(
        Power(
            row["lever"],
            row["setting"],
            row["power"],
            month_of(row["since"]),
            month_of(row["until"]) if row["until"] else None,
        )
        for row in rows("powers")
        if row["nation"] == nation
    )
