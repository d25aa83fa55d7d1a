"""What the number of a company says: where it was registered and as what.

Numbers of companies of England and Wales are eight digits; two letters before six digits say which
other register of Companies House holds it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from scenarios.tables.reading import rows


@dataclass(frozen=True, slots=True)
class CompanyPrefix:
    """Letters at the head of a company's number.

    Attributes
    ----------
    prefix, nation, form : str
        The letters; EW, S or NI, empty where they do not say; what is registered so.
    kind : str
        Kind of supplier that the form makes likely; empty where it makes none so.
    chance : float
        How likely, 0 to 1. Grade: judgement.
    abroad : bool
        Whether it was incorporated outside the United Kingdom.
    """

    prefix: str
    nation: str
    form: str
    kind: str
    chance: float
    abroad: bool


@cache
def company_prefixes() -> Mapping[str, CompanyPrefix]:
    """All of them, by their letters."""
    return MappingProxyType(
        {
            row["prefix"]: CompanyPrefix(
                row["prefix"], row["nation"], row["form"], row["kind"],
                float(row["chance"] or 0.0), row["abroad"] == "yes",
            )
            for row in rows("company_prefixes")
        }
    )  # fmt: skip
