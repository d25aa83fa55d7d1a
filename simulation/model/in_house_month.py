"""What services in house take of a month's budgets, and what a month of theirs comes to."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.kernels import serving
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.model.direct_provision import invoices_of
from simulation.model.own_work import note_used
from simulation.model.service import OwnMonth

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship

Float64 = NDArray[np.float64]


def afforded(stewardship: "Stewardship", town: Town) -> tuple[Float64, Float64]:
    """Return what budgets buy this month, as a part of the needs.

    Vacant lots stand at the built state's price; services in house are borne first.

    Parameters
    ----------
    stewardship : Stewardship
        Its budget bears process costs.
    town : Town

    Returns
    -------
    bought, whole : float64[n_buyers, n_categories]
        Of what is bought; and of everything, own staff and all.
    """
    budget, places = stewardship.budget, stewardship.portfolio.places
    in_house, committed, own = stewardship.own.plan(town)
    cost, served = np.zeros((2, *budget.owed.shape))
    serving.plan(places.whole, places.part, places.size, PENCE_A_UNIT, cost, served)
    cost += np.maximum(stewardship.need_units() - served - in_house, 0.0) * PENCE_A_UNIT
    bought = budget.volume(town, cost, committed)
    if not in_house.any():
        return bought, bought
    return bought, budget.part_of(town, cost + own, budget.left)


def serve_in_house(stewardship: "Stewardship", town: Town, whole: Float64) -> list[OwnMonth]:
    """Let own staff serve, enter what they did, and send the invoices for what they used.

    Parameters
    ----------
    stewardship : Stewardship, updated
    town : Town
    whole : float64[n_buyers, n_categories]
        See `afforded`.

    Returns
    -------
    list of OwnMonth
        What each service came to.
    """
    months = stewardship.own.serve(town, whole, stewardship.portfolio)
    for one in months:
        stewardship.accruals.serve_in_house(one)
        entry = int(stewardship.numbers[one.service.number])
        stewardship.register.note_own(entry, round(one.service.state.social * one.units))
    if months:
        invoices, days = invoices_of(town, months)
        note_used(stewardship.journal, town, invoices, days)
        stewardship.payables.add(town, invoices, days)
    return months
