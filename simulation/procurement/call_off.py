"""Giving out a month's work among the suppliers of a framework, none of whom was promised any.

By direct award (merit, tilted by favour where discretion goes unchecked), by mini-competition
(the cheapest first), or by rota (turns of equal size). Who is full, or busy and unwilling,
refuses; what is refused is offered once more to those with room.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import runs
from simulation.procurement.interface import (
    CallOff,
    Draws,
    Float64,
    Int64,
    Luck,
    Terms,
    Volume,
    Volumes,
)
from simulation.streams import Purpose


def room_for(volume: Volume | Volumes, refusal: float, luck: Draws) -> Float64:
    """Return the share of the month's units that each supplier can and will take.

    A supplier refuses with probability `refusal` x the share of its free capacity that the whole
    need would fill.
    """
    units = np.maximum(volume.units, 1e-9)
    room = np.minimum(volume.capacity / units, 1.0)
    if refusal > 0.0:
        strain = 1.0 / (1.0 + volume.capacity / units)
        room = room * (luck.uniform(Purpose.CALL_OFF, volume.uid) >= refusal * strain)
    return np.maximum(room, 0.0)


def merit(volume: Volume | Volumes, discretion: Float64, a: Assumptions, luck: Draws) -> Float64:
    """Return shares by record and value for money, tilted by favour under discretion.

    wish = (1 - discretion x favouritism) x record x quality / price + discretion x favouritism x
    tie, with the tie of a supplier to an officer drawn once and worth nothing to anybody else.
    """
    value = volume.record * volume.quality / volume.unit_price
    favour = discretion * a["delivery.favouritism"]
    if (favour > 0.0).any():
        value = value + favour * (luck.uniform(Purpose.FAVOUR, volume.uid) - value)
    return np.maximum(value, 1e-9)


def fill_in_order(order_by: Float64, room: Float64, uid: Int64, begins: Int64) -> Float64:
    """Give each supplier all it has room for, from the lowest `order_by` up, until none is left.

    Parameters
    ----------
    order_by, room : float64[n]
        Suppliers of one need or of several, and the share of the need that each can take.
    uid : int64[n]
        Decides between equals.
    begins : int64[n_needs + 1]
        First row of each need.
    """
    need = np.repeat(np.arange(begins.size - 1), np.diff(begins))
    shares = np.zeros(room.size)
    runs.fill_runs(np.lexsort((uid, order_by, need)), room, begins, shares)
    return shares


def fill_by_wish(wish: Float64, room: Float64, begins: Int64) -> Float64:
    """Share out in proportion to `wish`, capped by room; offer what is refused once more.

    Parameters
    ----------
    wish, room : float64[n]
        Positive weights, and shares of the need that each can take.
    begins : int64[n_needs + 1]
        First row of each need.

    Returns
    -------
    float64[n]
        Shares, at most `room` each and 1 in sum over a need.
    """
    spare, shares = np.empty((2, wish.size))
    runs.fill_by_wish(wish, room, begins, spare, shares)
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
    begins, k = np.array([0, volume.share.size]), volume.share.size
    ways, discretion = np.full(k, int(terms.call_off)), np.full(k, terms.discretion)
    return call_off_all(volume, begins, ways, discretion, refusal, a, luck)


def call_off_all(
    volume: Volume | Volumes,
    begins: Int64,
    ways: Int64,
    discretion: Float64,
    refusal: float,
    a: Assumptions,
    luck: Draws,
) -> Float64:
    """Divide the month's needs of many frameworks, each among its own suppliers.

    Parameters
    ----------
    volume : Volume or Volumes
        The `n` places of all of them.
    begins : int64[n_frameworks + 1]
        First place of each.
    ways : int64[n]
        Way of calling off, by place: a `CallOff`.
    discretion : float64[n]
        By place.
    refusal, a, luck
        See `call_off`.

    Returns
    -------
    float64[n]
        Shares of the need of each place's framework.
    """
    room = room_for(volume, refusal, luck)
    cheapest = ways == CallOff.MINI_COMPETITION
    if cheapest.all():
        return fill_in_order(volume.unit_price, room, volume.uid, begins)
    wish = np.where(ways == CallOff.ROTA, 1.0, merit(volume, discretion, a, luck))
    shares = fill_by_wish(wish, room, begins)
    if cheapest.any():
        first = fill_in_order(volume.unit_price, room, volume.uid, begins)
        shares = np.where(cheapest, first, shares)
    return shares
