"""Makes one unit of need one pound's worth at the built state's price, category by category.

Standing contracts open at a price of 1.0 that nobody tendered. When the burn-in has let them all
again, prices have found their level under the baseline, and budgets buy more or less than was
needed at the opening price. A council needs what its budget buys as the story opens: prices and
costs per unit are rescaled so that this level is 1.0, and the number of units stays.
"""

import numpy as np

from simulation.model.stewardship import Stewardship


def rebase(stewardship: Stewardship) -> None:
    """Rescale prices and costs per unit so that the mean price of each category is 1.0.

    Parameters
    ----------
    stewardship : Stewardship, updated
        Arrangements in force and the cost level of each category.
    """
    portfolio, office = stewardship.portfolio, stewardship.office
    places = portfolio.places
    units = places.units_month * places.share
    n = office.cost_level.size
    bought = np.bincount(places.category, weights=units, minlength=n)
    cost = np.bincount(places.category, weights=units * places.unit_price, minlength=n)
    level = np.where(bought > 0.0, cost / np.maximum(bought, 1e-9), 1.0)
    office.cost_level /= level
    for number, standing in list(portfolio.standing.items()):
        old = standing.arrangement
        factor = float(level[old.need.category])
        scaled = old._replace(unit_prices=old.unit_prices / factor, costs=old.costs / factor)
        portfolio.rewrite(number, scaled)
