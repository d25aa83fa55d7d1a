"""A month of service in all places of all arrangements, one pass each over the table of places.

The table is two blocks of columns, whole numbers and others; a place is the same column of both.
"""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.compiling import kernel, part
from simulation.kernels.keyed import unit_draw
from simulation.kernels.scales import PENCE_A_UNIT

NUMBER, SERIAL, SUPPLIER, UID, TENDER, BUYER, BUYER_INDEX, CATEGORY, POLICY, START = range(10)
"""Rows of the block of whole numbers: int64[10, n_room]."""
WHOLE_ROWS = START + 1
(
    UNITS, SHARE, PRICE, COST, QUALITY, CLAIM, DELIVERABLE, PADDING, MONITORING, RELATIONSHIP,
    REMEDY_RATE, DISCRETION, DIALOGUE, PAYMENT_DAYS, WORK,
) = range(15)  # fmt: skip
"""Rows of the other block: float64[15, n_room]."""
PART_ROWS = WORK + 1
PAID, CLAIMED, VERIFIED, DELIVERED, REMEDY, BUYER_PROCESS, SUPPLIER_PROCESS = range(7)
"""Rows of what a month came to: int64[7, n]."""


class ServiceRules(NamedTuple):
    """What a month of service follows from; see `procurement.delivery`.

    `floor`: quality that is checked. `saves`, `favouritism`, `patience`: what shirking saves, how
    far favour blinds the eye, months looked ahead. `by_dialogue`: quality from dialogue. `hour`:
    pence of an hour. `looking`, `talking`, `reporting`: hours of monitoring, dialogue, reporting.
    """

    floor: float
    saves: float
    favouritism: float
    patience: float
    by_dialogue: float
    hour: float
    looking: float
    talking: float
    reporting: float


@kernel
def close_up(whole, others, kept, size, first):
    """Move the places that are kept together, in their order.

    Parameters
    ----------
    whole : int64[10, n_room], updated
    others : float64[15, n_room], updated
    kept : bool[n_room], updated
        All true after.
    size : int
        Number of places.
    first : int64[n_numbers], updated
        First place of each arrangement.

    Returns
    -------
    int
        Number of places kept.
    """
    n = 0
    for place in range(size):
        if not kept[place]:
            kept[place] = True
            continue
        if n < place:
            for row in range(WHOLE_ROWS):
                whole[row, n] = whole[row, place]
            for row in range(PART_ROWS):
                others[row, n] = others[row, place]
        if whole[SERIAL, n] == 0:
            first[whole[NUMBER, n]] = n
        n += 1
    return n


@kernel
def commit(whole, others, kept, size, served):
    """Add up the work a month that trading rows do, in the places kept.

    Parameters
    ----------
    whole, others, kept, size
        See `close_up`.
    served : float64[n_rows], written
        Units a month by trading row, each counted as the work that it takes.
    """
    served[:] = 0.0
    for place in range(size):
        if kept[place]:
            units = others[UNITS, place] * others[SHARE, place]
            served[whole[SUPPLIER, place]] += units * others[WORK, place]


@kernel
def commit_some(whole, others, kept, size, rows, mark, served):
    """Add up anew what some trading rows serve, as `commit` does for all.

    Parameters
    ----------
    whole, others, kept, size
        See `close_up`.
    rows : int64[k]
        Trading rows, some more than once.
    mark : bool[n_rows]
        Room to work in: false, and left so.
    served : float64[n_rows], updated
    """
    for row in rows:
        mark[row] = True
        served[row] = 0.0
    for place in range(size):
        row = whole[SUPPLIER, place]
        if kept[place] and mark[row]:
            served[row] += others[UNITS, place] * others[SHARE, place] * others[WORK, place]
    for row in rows:
        mark[row] = False


@kernel
def look_at_suppliers(whole, size, firms, public_part, room, utilisation, honesty):
    """Write what stewardship sees of each trading row that serves; other rows are left alone.

    Parameters
    ----------
    whole, size
        See `close_up`.
    firms : tuple of bool[n_rows], int64[n_rows], int64[n_rows], float64[n_rows]
        Who trades, capacity and expected sales [pence a month], honesty.
    public_part : float
        Units for public buyers per penny of capacity.
    room, utilisation, honesty : float64[n_rows], written
        Units a month in all, 0 for who has failed; share of capacity in use; 0 to 1.
    """
    alive, capacity, sales, honest = firms
    for place in range(size):
        row = whole[SUPPLIER, place]
        room[row] = capacity[row] * public_part if alive[row] else 0.0
        utilisation[row] = min(sales[row] / max(capacity[row], 1), 1.0)
        honesty[row] = honest[row]


@kernel
def plan(whole, others, size, pence_a_unit, cost, served):
    """Add up, by buyer and category, what all places serve when whole: units, and their price.

    Parameters
    ----------
    whole, others, size
        See `close_up`.
    pence_a_unit : float
        Worth of a unit at a price of 1.0.
    cost, served : float64[n_buyers, n_categories], updated
        Pence and units a month.
    """
    for place in range(size):
        buyer, category = whole[BUYER_INDEX, place], whole[CATEGORY, place]
        units = others[UNITS, place] * others[SHARE, place]
        cost[buyer, category] += units * others[PRICE, place] * pence_a_unit
        served[buyer, category] += units


@kernel
def promise(whole, others, size, scale, fixed, promised):
    """Add up the work that suppliers have been promised this month.

    Parameters
    ----------
    whole, others, size
        See `close_up`.
    scale : float64[n_buyers, n_categories]
        What budgets let be bought, as a part of the units needed.
    fixed : bool[n]
        Places whose share is promised.
    promised : float64[n_rows], updated
        Units by trading row.
    """
    for place in range(size):
        if fixed[place]:
            part = scale[whole[BUYER_INDEX, place], whole[CATEGORY, place]]
            units = others[UNITS, place] * part * others[SHARE, place]
            promised[whole[SUPPLIER, place]] += units * others[WORK, place]


@kernel
def want(whole, others, size, scale, month, units):
    """Write the units wanted of each place this month; nothing before an arrangement starts.

    Parameters
    ----------
    whole, others, size
        See `close_up`.
    scale
        See `promise`.
    month : int
    units : float64[n], written
    """
    for place in range(size):
        units[place] = 0.0
        if whole[START, place] <= month:
            part = scale[whole[BUYER_INDEX, place], whole[CATEGORY, place]]
            units[place] = others[UNITS, place] * part * others[SHARE, place]


@kernel
def cut_to_room(whole, others, size, room, units, asked):
    """Scale down what is wanted of a supplier that cannot do it all.

    Parameters
    ----------
    whole, others, size
        See `close_up`.
    room : float64[n_rows]
        Units a month that each trading row can serve where each takes a unit of work.
    units : float64[n], updated
        Units by place; each supplier's are cut by the same part.
    asked : float64[n_rows]
        Room to work in: zero, and left so.
    """
    for place in range(size):
        asked[whole[SUPPLIER, place]] += units[place] * others[WORK, place]
    for place in range(size):
        row = whole[SUPPLIER, place]
        able = min(room[row] / max(asked[row], 1e-9), 1.0)
        units[place] *= max(able, 0.0)
    for place in range(size):
        asked[whole[SUPPLIER, place]] = 0.0


@part
def _seen(others, place, rules):
    """Return the chance that a buyer sees what a supplier does; favour blinds the eye."""
    blind = rules.favouritism * others[DISCRETION, place]
    return others[MONITORING, place] * (1.0 - blind)


@part
def _shirks(others, place, units, honesty, rules):
    """Say whether a supplier lets quality fall; see `procurement.delivery.shirks`."""
    above = max(others[QUALITY, place] - rules.floor, 0.0)
    gain = rules.saves * above * (1.0 - honesty) * units
    profit = max(others[PRICE, place] - others[COST, place], 0.0) * units
    seen = _seen(others, place, rules)
    return gain > others[RELATIONSHIP, place] * seen * profit * rules.patience


@kernel
def say_who_shirks(others, units, honesty, rules, low):
    """Say of each place whether its supplier lets quality fall: bool[n], written."""
    for place in range(units.size):
        low[place] = _shirks(others, place, units[place], honesty[place], rules)


@kernel
def serve(whole, others, units, honesty, rules, head, month, money, quality, signal, shirked):
    """Let every place serve one month; see `procurement.delivery.deliver`.

    Parameters
    ----------
    whole, others
        See `close_up`.
    units : float64[n]
        Units that each place serves.
    honesty : float64[n_rows]
        Of each trading row.
    rules : ServiceRules
    head, month : uint64
        Key the buyers' looking.
    money : int64[7, n], written
        What it came to [pence].
    quality, signal : float64[n], written
        Quality; what the buyer saw of promises kept, nan where it did not look.
    shirked : bool[n], written
    """
    for place in range(units.size):
        mine, monitoring = units[place], others[MONITORING, place]
        low = _shirks(others, place, mine, honesty[whole[SUPPLIER, place]], rules)
        kept = min(others[QUALITY, place], rules.floor) if low else others[QUALITY, place]
        quality[place] = kept * (1.0 + rules.by_dialogue * others[DIALOGUE, place])
        done = mine / max(others[UNITS, place], 1e-9)
        claimed, in_truth = others[CLAIM, place] * done, others[DELIVERABLE, place] * done
        gap = max(claimed - in_truth, 0.0)
        remedy = others[REMEDY_RATE, place] * monitoring * gap
        active = mine > 0.0
        hour = rules.hour if active else 0.0
        effort = rules.looking * monitoring + rules.talking * others[DIALOGUE, place]
        money[PAID, place] = np.int64(np.rint(PENCE_A_UNIT * mine * others[PRICE, place]))
        money[CLAIMED, place] = np.int64(np.rint(claimed))
        money[VERIFIED, place] = np.int64(np.rint(monitoring * min(claimed, in_truth)))
        money[DELIVERED, place] = np.int64(np.rint(in_truth + remedy))
        money[REMEDY, place] = np.int64(np.rint(remedy))
        money[BUYER_PROCESS, place] = np.int64(np.rint(effort * hour))
        money[SUPPLIER_PROCESS, place] = np.int64(np.rint(rules.reporting * monitoring * hour))
        shirked[place] = low and active
        who = np.uint64(whole[UID, place] ^ whole[TENDER, place])
        signal[place] = np.nan
        if active and unit_draw(head, month, who) < _seen(others, place, rules):
            signal[place] = 0.0 if low else 1.0


class Sums(NamedTuple):
    """Sums of the month's service by cell of buyer, category and policy, and by trading row.

    Attributes
    ----------
    open : bool[n_cells], updated
        Cells where something is served.
    units, quality : float64[n_cells], updated
        Units, and units times quality.
    outlay, buyer_process, supplier_process : int64[n_cells], updated
        Price and costs of checking [pence].
    """

    open: Any
    units: Any
    quality: Any
    outlay: Any
    buyer_process: Any
    supplier_process: Any


@kernel
def add_up_service(whole, units, quality, money, n_categories, n_policies, sums):
    """Add the month's work of all places to the sums.

    Parameters
    ----------
    whole
        See `close_up`.
    units, quality : float64[n]
    money : int64[7, n]
        See `serve`.
    n_categories, n_policies : int
    sums : Sums, updated
    """
    for place in range(units.size):
        cell = whole[BUYER_INDEX, place] * n_categories + whole[CATEGORY, place]
        cell = cell * n_policies + whole[POLICY, place]
        sums.open[cell] = True
        sums.units[cell] += units[place]
        sums.quality[cell] += units[place] * quality[place]
        sums.outlay[cell] += money[PAID, place]
        sums.buyer_process[cell] += money[BUYER_PROCESS, place]
        sums.supplier_process[cell] += money[SUPPLIER_PROCESS, place]
