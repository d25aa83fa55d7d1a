"""What public money may be given to an enterprise without more ado, by nation and date.

State aid of the European Union to the end of 2020, the Trade and Cooperation Agreement until the
Subsidy Control Act 2022 came into force on 4 January 2023. Sums in another currency stand beside a
mean rate of their years. A nation without such a law has no limit. This is a model's reading of the
law, not advice.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from scenarios.tables.countries import HOME
from scenarios.tables.reading import in_force, month_of, rows

PENCE = 100
NO_LIMIT: Final = 10**15
"""More than anybody is given [pence]."""


@dataclass(frozen=True, slots=True)
class SubsidyLaw:
    """Subsidy control of a date.

    Attributes
    ----------
    year, month : int
        From when it applies.
    law : str
        The article.
    small_pence : int
        What one enterprise may be given in all within `months` without an assessment [pence];
        NO_LIMIT where nothing limits it.
    services_pence : int
        The same where the enterprise is entrusted with a service of public economic interest, all
        that it is given counted [pence]; as `small_pence` where the law knows no such sum.
    months : int
        The time over which that is counted; a fiscal year is taken to have no edges.
    exempts : bool
        Whether more may be given after an assessment: a block exemption under state aid, the
        principles (Schedule 1) and streamlined routes since 2021.
    source : str
        Where the figure stands.
    """

    year: int
    month: int
    law: str
    small_pence: int
    services_pence: int
    months: int
    exempts: bool
    source: str

    def for_services(self) -> "SubsidyLaw":
        """Return the law of gifts for services of public economic interest: more is small."""
        return replace(self, small_pence=self.services_pence)


@cache
def subsidy_laws(nation: str = HOME) -> tuple[SubsidyLaw, ...]:
    """Read a nation's subsidy control of all dates, from the oldest on."""
    out = []
    for row in rows("subsidy_law"):
        if row["nation"] != nation:
            continue
        year, month = month_of(row["from"])
        small, rate = row["small"], float(row["pounds"])
        pence = round(float(small) * rate * PENCE) if small else NO_LIMIT
        services = round(float(row["services"]) * rate * PENCE) if row["services"] else pence
        out.append(
            SubsidyLaw(
                year, month, row["law"], pence, services, int(row["months"]),
                row["exempts"] == "yes", row["source"],
            )
        )  # fmt: skip
    return tuple(out)


@cache
def subsidy_law(year: int, month: int = 1, nation: str = HOME) -> SubsidyLaw:
    """Find the subsidy control in force in a month; before the first row, the first row.

    Parameters
    ----------
    year, month : int
        Calendar month; where the law changed within it, the new one counts.
    nation : str
        As in countries.csv.

    Returns
    -------
    SubsidyLaw
    """
    return in_force(subsidy_laws(nation), year, month)
