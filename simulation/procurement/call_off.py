"""Giving out a month's work among the suppliers of a framework, none of whom was promised any.

By direct award (merit, tilted by favour where discretion goes unchecked), by mini-competition
(the cheapest first), or by rota (turns of equal size). Who is full, or busy and unwilling,
refuses; what is refused is offered once more to those with room.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.interface import CallOff, Float64, Luck, Terms, Volume
from simulation.streams import Purpose


def room_for(volume: Volume, refusal: float, luck: Luck) -> Float64:
    """Return the share of the month's units that each supplier can and will take.

    A supplier refuses with probability `refusal` x the share of its free capacity that the whole
    need would fill.
    """
    units = max(volume.units, 1e-9)
    room = np.minimum(volume.capacity / units, 1.0)
    if refusal > 0.0:
        strain = 1.0 / (1.0 + volume.capacity / units)
        room = room * (luck.uniform(Purpose.CALL_OFF, volume.uid) >= refusal * strain)
    return np.maximum(room, 0.0)


def merit(volume: Volume, terms: Terms, a: Assumptions, luck: Luck) -> Float64:
    """Return shares by record and value for money, tilted by favour under discretion.

    wish = (1 - discretion x favouritism) x record x quality / price + discretion x favouritism x
    tie, with the tie of a supplier to an officer drawn once and worth nothing to anybody else.
    """
    value = volume.record * volume.quality / volume.unit_price
    favour = terms.discretion * a["delivery.favouritism"]
    if favour > 0.0:
        value = value + favour * (luck.uniform(Purpose.FAVOUR, volume.uid) - value)
    return np.maximum(value, 1e-9)


def fill_in_order(order_by: Float64, room: Float64, volume: Volume) -> Float64:
    """Give each supplier all it has room for, from the lowest `order_by` up, until none is left."""
    order = np.lexsort((volume.uid, order_by))
    before = np.cumsum(room[order]) - room[order]
    shares = np.zeros(room.size)
    shares[order] = np.minimum(room[order], np.maximum(1.0 - before, 0.0))
    return shares


def fill_by_wish(wish: Float64, room: Float64) -> Float64:
    """Share out in proportion to `wish`, capped by room; offer what is refused once more.

    Parameters
    ----------
    wish, room : float64[k]
        Positive weights, and shares of the need that each can take.

    Returns
    -------
    float64[k]
        Shares, at most `room` each and 1 in sum.
    """
    total = wish.sum()
    if total <= 0.0:
        return np.zeros(wish.size)
    shares: Float64 = np.minimum(wish / total, room)
    spare = room - shares
    left, able = max(1.0 - shares.sum(), 0.0), spare.sum()
    if left > 0.0 and able > 0.0:
        shares = shares + spare * min(left / able, 1.0)
    return shares


def call_off(volume: Volume, terms: Terms, refusal: float, a: Assumptions, luck: Luck) -> Float64:
    """Divide one month's need among the suppliers of a framework.

    Parameters
    ----------
    volume : Volume
        The places of the arrangement this month.
    terms : Terms
        Names the way of calling off.
    refusal : float
        Readiness of busy suppliers to refuse (null 0).
    a : Assumptions
    luck : Luck

    Returns
    -------
    float64[k]
        Shares of the need, at most 1 in sum; the rest goes unmet this month.
    """
    room = room_for(volume, refusal, luck)
    if terms.call_off == CallOff.MINI_COMPETITION:
        return fill_in_order(volume.unit_price, room, volume)
    if terms.call_off == CallOff.ROTA:
        return fill_by_wish(np.ones(room.size), room)
    return fill_by_wish(merit(volume, terms, a, luck), room)
