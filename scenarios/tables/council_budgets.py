"""What each English council plans to spend on its services in a year, as councils return it.

Net of what services earn; how much of it is bought from suppliers the returns do not say. Publisher
and step are in districts.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from scenarios.tables.reading import rows


@dataclass(frozen=True, slots=True)
class CouncilBudget:
    """Net service budget of one council.

    Attributes
    ----------
    code : str
        ONS code of a district or of a county council.
    services : mapping of str to int
        Service -> amount [GBP 1,000 a year]; one that the council does not report is left out, and
        one that earns more than it costs, as parking may, is negative.
    """

    code: str
    services: Mapping[str, int]

    @property
    def net_thousand(self) -> int:
        """All services together [GBP 1,000 a year]."""
        return sum(self.services.values())

    @property
    def outlay_thousand(self) -> int:
        """Services that cost more than they earn [GBP 1,000 a year]."""
        return sum(amount for amount in self.services.values() if amount > 0)


@cache
def council_budgets() -> Mapping[str, CouncilBudget]:
    """Net service budgets of the 296 lower-tier councils and the 21 county councils.

    Returns
    -------
    mapping of str to CouncilBudget
        By ONS code, districts first.
    """
    return MappingProxyType({row["code"]: _budget(row) for row in rows("districts_budgets")})


def _budget(row: dict[str, str]) -> CouncilBudget:
    services = {name: int(text) for name, text in row.items() if name != "code" and text}
    return CouncilBudget(code=row["code"], services=MappingProxyType(services))
