"""What stands beside a comparison's outcomes: areas, who adopts, legal routes, thresholds."""

from typing import TYPE_CHECKING, Any

from experiments.analysis.facts import Asked
from experiments.design.plan import Plan
from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Scenario

if TYPE_CHECKING:
    from scenarios.spec import Area


def what_is_asked(
    scenario: Scenario, assumptions: Assumptions, treated: frozenset[str], *, expiring: bool
) -> Asked:
    """Say what the books of a run are asked for beside the measures; see `fact_rows`."""
    usual = assumptions["market.contract_months"]
    return Asked(
        treated=treated,
        areas=tuple(area.id for area in _peopled(scenario)),
        terms={
            one.id: float(scenario.contracts.months_of(one.id, usual))
            for one in tables.categories()
        },
        hour_pence=assumptions["tender.buyer_hour_pence"],
        day_pence=assumptions["tender.day_rate_pence"],
        expiring=expiring,
    )


def areas_told(scenario: Scenario) -> list[dict[str, Any]]:
    """List the areas that hold people: where they are, how many live there, what they are here.

    Returns
    -------
    list of dict
        `{id, name, tier, parent, east_km, north_km, population, role}`; `role` is "focus",
        "neighbour" or "other", centres are null where the scenario gives none.
    """
    return [
        {
            "id": area.id,
            "name": area.name,
            "tier": str(area.tier),
            "parent": area.parent,
            "east_km": area.easting_km,
            "north_km": area.northing_km,
            "population": area.population,
            "role": _role(scenario, area),
        }
        for area in _peopled(scenario)
    ]


def _peopled(scenario: Scenario) -> list["Area"]:
    """The areas that hold people; the rest of the world is an account."""
    return [area for area in scenario.leaves() if area.tier != "world"]


def _role(scenario: Scenario, area: "Area") -> str:
    if area.id == scenario.focus:
        return "focus"
    return "neighbour" if area.id in scenario.neighbours else "other"


def beside(scenario: Scenario, plan: Plan, assumptions: Assumptions) -> dict[str, Any]:
    """Put together what `summary.json` says of the place and the law."""
    from experiments.runner.legal import adopters_told, legal_routes, limits_told

    return {
        "areas": areas_told(scenario),
        "adopters": adopters_told(scenario, plan),
        "law": legal_routes(scenario, plan, assumptions),
        "limits": limits_told(scenario, plan),
    }
