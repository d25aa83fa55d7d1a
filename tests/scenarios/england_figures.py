"""England as read, and sums of its parts, for the tests that hold it against the tables."""

from collections.abc import Callable

from scenarios.spec import Area, Scenario


def districts_of(scenario: Scenario) -> list[Area]:
    """Areas of tier district."""
    return [area for area in scenario.areas if area.tier == "district"]


def region_of(scenario: Scenario) -> dict[str, str]:
    """Id of a district -> ONS code of its region."""
    by_id = {area.id: area for area in scenario.areas}
    return {
        area.id: by_id[by_id[area.parent or ""].parent or ""].code or ""
        for area in districts_of(scenario)
    }


def by_region(scenario: Scenario, figure: Callable[[Area], float]) -> dict[str, float]:
    """Sum a figure of the districts over each region."""
    regions = region_of(scenario)
    out: dict[str, float] = {}
    for area in districts_of(scenario):
        out[regions[area.id]] = out.get(regions[area.id], 0.0) + figure(area)
    return out


def firms_of(area: Area) -> float:
    """Enterprises of all sizes."""
    sizes = area.enterprises
    assert sizes is not None
    return sizes.micro + sizes.small + sizes.medium + sizes.large
