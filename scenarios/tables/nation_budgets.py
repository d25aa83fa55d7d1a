"""What councils of Wales, Scotland and Northern Ireland spend, by a rule: no return was at hand.

Each service costs, per resident, what it costs England's unitary councils on the mean; a service
that councils of the nation do not run (nations_services.csv) costs nothing.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from scenarios.tables.council_budgets import CouncilBudget, council_budgets
from scenarios.tables.districts import districts
from scenarios.tables.nation_districts import nation_districts
from scenarios.tables.reading import rows

LIKE = "unitary"
"""Kind of English council that runs every service by itself, in town and country."""


@cache
def services_run() -> Mapping[str, tuple[str, ...]]:
    """Services that councils of each nation run.

    Returns
    -------
    mapping of str to tuple of str
        Id of the nation -> services, in order of the table.
    """
    out: dict[str, tuple[str, ...]] = {}
    for row in rows("nations_services"):
        run = (row["service"],) if row["runs"] == "yes" else ()
        out[row["nation"]] = (*out.get(row["nation"], ()), *run)
    return MappingProxyType(out)


@cache
def per_resident() -> Mapping[str, float]:
    """Net spending of England's unitary councils on each service [GBP 1,000 per resident]."""
    councils = [one for one in districts().values() if one.kind == LIKE]
    people = sum(one.population_2024 for one in councils)
    total: dict[str, int] = {}
    for one in councils:
        for service, amount in council_budgets()[one.code].services.items():
            total[service] = total.get(service, 0) + amount
    return MappingProxyType({service: amount / people for service, amount in total.items()})


@cache
def nation_budgets() -> Mapping[str, CouncilBudget]:
    """Net service budgets of the 65 councils, by the rule.

    Returns
    -------
    mapping of str to CouncilBudget
        By ONS code.
    """
    cost, run = per_resident(), services_run()
    return MappingProxyType(
        {
            code: CouncilBudget(
                code=code,
                services=MappingProxyType(
                    {name: round(cost[name] * one.population) for name in run[one.nation]}
                ),
            )
            for code, one in nation_districts().items()
        }
    )
