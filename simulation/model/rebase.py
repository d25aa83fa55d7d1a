"""Makes one unit of need one pound's worth at the built state's price, category by category.

Standing contracts open at a price of 1.0 that nobody tendered. When the burn-in has let them all
again, prices have found their level under the baseline; units are then counted anew so that this
level is 1.0. Nothing real changes: quantities, prices per unit and costs per unit are rescaled
together.
"""

from dataclasses import replace

import numpy as np

from simulation.model.stewardship import Stewardship


def rebase(stewardship: Stewardship) -> None:
    """Rescale units so that the mean price of each category is 1.0.

    Parameters
    ----------
    stewardship : Stewardship, updated
        Lots, arrangements in force and the cost level of each category.
    """
    portfolio, office = stewardship.portfolio, stewardship.office
    places = portfolio.places
    units = places.units_month * places.share
    n = office.cost_level.size
    bought = np.bincount(places.category, weights=units, minlength=n)
    cost = np.bincount(places.category, weights=units * places.unit_price, minlength=n)
    level = np.where(bought > 0.0, cost / np.maximum(bought, 1e-9), 1.0)
    office.cost_level /= level
    for lot in stewardship.lots:
        lot.units_month *= float(level[lot.category])
    stewardship.count_needs()
    for number, standing in list(portfolio.standing.items()):
        old = standing.arrangement
        factor = float(level[old.need.category])
        need = replace(old.need, units_month=old.need.units_month * factor)
        scaled = replace(
            old, need=need, unit_prices=old.unit_prices / factor, costs=old.costs / factor
        )
        portfolio.rewrite(number, scaled)
