"""What stands in a built economy, to be held against what was published of the place."""

from collections.abc import Mapping

import numpy as np

from scenarios.assumptions import register
from simulation.economy.columns import Economy

NEAR = 0.01
"""A built place agrees with what was published within this."""


def built_totals(economy: Economy) -> dict[str, int]:
    """Count people, households, enterprises and jobs of the focus.

    People are those of the household rows over the share of residents who live in households;
    nobody in a home, a barracks or a hall of residence is in a row.
    """
    focus, homes, firms = economy.areas.focus, economy.households, economy.firms
    lives = economy.parties.area[homes.first : homes.first + homes.n] == focus
    rows = firms.jobs.size
    trades = economy.parties.area[:rows] == focus
    single = trades & (np.arange(rows) < firms.n_agents)
    size = np.bincount(firms.size_band[single], minlength=5)
    in_offices = economy.buyers.jobs_in[:, focus].sum()
    people = (homes.adults.astype(np.int64) + homes.children) * homes.households_in_row
    in_households = register()["households.in_households"].value
    return {
        "population": round(people[lives].sum() / in_households),
        "households": int(homes.households_in_row[lives].sum()),
        "enterprises": int(size[1:].sum()),
        "enterprises10": int(size[2:].sum()),
        "jobs": int(firms.jobs[trades].sum() + in_offices),
    }


def far_off(built: Mapping[str, int], published: Mapping[str, int]) -> dict[str, float]:
    """What differs from what was published by more than a hundredth, and by how much."""
    gaps = {name: built[name] / total - 1.0 for name, total in published.items()}
    return {name: gap for name, gap in gaps.items() if abs(gap) > NEAR}
