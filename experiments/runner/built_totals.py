"""What stands in a built economy, to be held against what was published of the place."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scenarios.assumptions import Assumptions
    from simulation.economy.columns import Economy


def built_totals(economy: "Economy", assumptions: "Assumptions") -> dict[str, int]:
    """Count people, households, enterprises and jobs of the focus on the first day.

    Parameters
    ----------
    economy : Economy
    assumptions : Assumptions
        It was built by; `households.in_households` is read.

    Returns
    -------
    dict of str to int
        `population` is the people of the household rows over the share of residents who live in
        households: nobody in a home, a barracks or a hall of residence is in a row. `enterprises`
        are those with a band of size, `enterprises10` those with ten staff or more.
    """
    focus, homes, firms = economy.areas.focus, economy.households, economy.firms
    lives = economy.parties.area[homes.first : homes.first + homes.n] == focus
    rows = firms.jobs.size
    trades = economy.parties.area[:rows] == focus
    single = trades & (np.arange(rows) < firms.n_agents)
    size = np.bincount(firms.size_band[single], minlength=5)
    in_offices = economy.buyers.jobs_in[:, focus].sum()
    people = (homes.adults.astype(np.int64) + homes.children) * homes.households_in_row
    return {
        "population": round(people[lives].sum() / assumptions["households.in_households"]),
        "households": int(homes.households_in_row[lives].sum()),
        "enterprises": int(size[1:].sum()),
        "enterprises10": int(size[2:].sum()),
        "jobs": int(firms.jobs[trades].sum() + in_offices),
    }
