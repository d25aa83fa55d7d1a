"""Writes the month's orders in the journal, where one is kept."""

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.model.journal import Journal
from simulation.procurement.delivery import Delivery
from simulation.procurement.places import Places

Int64 = NDArray[np.int64]


def note_orders(
    journal: Journal | None, town: Town, places: Places, done: Delivery, numbers: Int64
) -> None:
    """Write what each place did this month, for how much, when due, and what is claimed back.

    Parameters
    ----------
    journal : Journal or None
        Nothing is written where there is none.
    town : Town
    places : Places
    done : Delivery
    numbers : int64[n]
        Entry of each arrangement in the register.
    """
    if journal is None:
        return
    for row in np.flatnonzero(done.units > 0.0).tolist():
        journal.note(
            town.month,
            "order",
            arrangement=int(numbers[places.arrangement[row]]),
            buyer=int(town.now.party[places.buyer[row]]),
            supplier=int(places.uid[row]),
            units=float(done.units[row]),
            price=float(places.unit_price[row]),
            pence=int(done.paid[row]),
            days=float(places.payment_days[row]),
            remedy_pence=int(done.remedy[row]),
        )
