"""A full factorial of the pillars: every lever on or off, each cell at the same cost to councils.

The yearly sum is taken from what services have, so all cells spend the same in all; a cell without
a lever spends its part on services. After Box, Hunter and Hunter (2005), two-level designs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import Any

import tomlkit
from tomlkit.items import InlineTable

from scenarios.spec import Scenario

BUYING = "buying"
"""The factor that is the way of buying itself: as the policy, else as the baseline."""
LEVERS = {
    "pay": "fair_employment",
    "land": "land_assets",
    "finance": "inclusive_finance",
    "ownership": "plural_ownership",
}
"""The other factors, by the keys of `[policies.NAME.pillars]`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination: which factors are on, and the name of the policy that lives it."""

    name: str
    on: frozenset[str]


def levers_sum(scenario: Scenario, share: float) -> float:
    """Return a share of what the buyers seated in the focus spend a year [GBP]."""
    budgets = (buyer.budget for buyer in scenario.buyers if buyer.area == scenario.focus)
    return round(fsum(fsum(budget.values()) for budget in budgets) * share, 2)


def cells(baseline: str, factors: Sequence[str]) -> tuple[Cell, ...]:
    """Return all combinations: nothing first, which is the baseline itself, everything last."""
    named = [Cell(baseline, frozenset())]
    for many in range(1, len(factors) + 1):
        named += [
            Cell("with-" + "-".join(some), frozenset(some)) for some in combinations(factors, many)
        ]
    return tuple(named)


def overrides(
    some: Sequence[Cell],
    policies: Mapping[str, Mapping[str, Any]],
    buying: str,
    baseline: str,
    pounds_each: float,
) -> list[str]:
    """Write the policies of the cells as `--set` takes them.

    Parameters
    ----------
    some : sequence of Cell
    policies : mapping
        `[policies]` of the scenario as plain data.
    buying, baseline : str
        Policy or way of buying where the factor is on, and where it is off.
    pounds_each : float
        Yearly sum of each lever that is on [GBP].

    Returns
    -------
    list of str
    """
    written = []
    for cell in some:
        if not cell.on:
            continue
        name = buying if BUYING in cell.on else baseline
        policy = dict(policies.get(name, {"regime": name}))
        policy["pillars"] = {
            key: pounds_each for factor, key in LEVERS.items() if factor in cell.on
        }
        written.append(f"policies.{cell.name}={_inline(policy).as_string()}")
    return [*written, "compare.luck_replicates=0", "compare.twin_replicates=0"]


def _inline(value: Mapping[str, Any]) -> InlineTable:
    """Write a table of plain data on one line."""
    table = tomlkit.inline_table()
    for key, inner in value.items():
        table[key] = _written(inner)
    return table


def _written(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        array.extend(_written(one) for one in value)
        return array
    return value
