"""Figures that a scenario may hold, and that no place has: told by `check`, never refused."""

from collections.abc import Iterator

from scenarios.errors import Problem
from scenarios.spec import Scenario

MOST_IN_A_HOME = 6.0
"""People per household of an area. The United Kingdom has 2.4 (census of 2021), and no district
above 3.1. Grade: judgement."""

FEWEST_IN_A_HOME = 1.0

SMALLEST_LOT_POUNDS = 100.0
"""Contracts smaller than this are purchases by card. Unit: GBP a year. Grade: judgement."""


def unlikely(scenario: Scenario) -> Iterator[Problem]:
    """Find figures that are probably a slip of the pen.

    Parameters
    ----------
    scenario : Scenario
        Without a fault.

    Yields
    ------
    Problem
        With the path of the figure.
    """
    for k, area in enumerate(scenario.areas):
        if area.population is None or not area.households:
            continue
        each = area.population / area.households
        if not FEWEST_IN_A_HOME <= each <= MOST_IN_A_HOME:
            yield Problem(
                ("areas", k, "households"),
                f"{area.households:,} households for {area.population:,} people, {each:,.1f} each",
                "about 2.4 people in each, as in the United Kingdom",
                "Is a figure missing some digits?",
            )
    for category, pounds in scenario.contracts.lot_pounds.items():
        if pounds < SMALLEST_LOT_POUNDS:
            yield Problem(
                ("contracts", "lot_pounds", category),
                f"contracts of GBP {pounds:g} a year",
                f"GBP {SMALLEST_LOT_POUNDS:g} a year or more",
                "A budget would be cut into as many contracts as it holds such sums.",
            )
