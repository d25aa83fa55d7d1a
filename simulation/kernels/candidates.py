"""Who could serve a need: candidates read off the columns of a town, and who hears of it."""

import numpy as np
from numba import njit


@njit(cache=True)
def _is_among(row, some):
    for k in range(some.size):
        if some[k] == row:
            return True
    return False


@njit(cache=True)
def commit(supplier, units_month, share, kept, newcomer, new_units, served):
    """Add up the units a month that trading rows serve, in the places kept and then the new ones.

    Parameters
    ----------
    supplier : int32[m]
    units_month, share : float64[m]
        Units of the arrangement; the place's share of them.
    kept : bool[m]
    newcomer : int32[k]
        Suppliers of the arrangements that no table of places holds yet.
    new_units : float64[k]
        Units a month that each of them serves there.
    served : float64, by row, written
    """
    served[:] = 0.0
    for place in range(supplier.size):
        if kept[place]:
            served[supplier[place]] += units_month[place] * share[place]
    for place in range(newcomer.size):
        served[newcomer[place]] += new_units[place]


@njit(cache=True)
def read_candidates(
    rows,
    incumbents,
    members,
    distances,
    tiers_delivery,
    tiers_buyer,
    alive,
    uids,
    based,
    owner_kind,
    owner_area,
    size_band,
    deposits,
    sales_expected,
    capacity_pence,
    committed,
    jobs,
    wage_pence,
    unit_cost,
    price,
    overdraft_months,
    public_part,
    living_wage,
    days_per_job,
    days_least,
    cost_level,
    quality,
    bid_skill,
    claim_skill,
    honesty,
    employ_local,
    buy_local,
    supplier,
    uid,
    codes,
    marks,
    means,
    traits,
):
    """Read the living candidates for a need off the columns of a town.

    Parameters
    ----------
    rows : int32[n]
        Trading rows that may serve such a need.
    incumbents, members : int32[k]
        Rows that serve the need now; rows in the buyer's club.
    distances : float64[n_areas]
        From each area to the place of delivery.
    tiers_delivery, tiers_buyer : int8[n_areas]
        Tier that each area shares with the place of delivery, with the buyer's area.
    alive, uids, based, owner_kind, owner_area, size_band : bool or integers, by row
    deposits, sales_expected, capacity_pence, wage_pence : int64, by row
    committed : float64, by row
        Units a month under arrangements.
    jobs : int32, by row
    unit_cost, price : float64, by row
    overdraft_months, public_part, living_wage, days_per_job, days_least, cost_level : float
        Overdraft in months of sales; units for public buyers per penny of capacity; pay of a
        month at the Real Living Wage; days for paper; worth of a cost index in units.
    quality, bid_skill, claim_skill, honesty, employ_local, buy_local : float64, by row
    supplier, uid : integers[n], written
        Rows and identities of those alive.
    codes : int8[5, n], written
        Size band, kind of owner, then tiers: place of delivery, buyer, and owner from the buyer.
    marks : bool[2, n], written
        Incumbent, member.
    means : float64[6, n], written
        Cost per unit, free capacity, wage ratio, slack, utilisation, days for paper.
    traits : float64[7, n], written
        Distance, then quality, skills, honesty and shares kept local, in the order above.

    Returns
    -------
    int
        How many are alive; the rest of each column is not written.
    """
    n = 0
    for row in rows:
        if not alive[row]:
            continue
        supplier[n] = row
        uid[n] = uids[row]
        codes[0, n] = size_band[row]
        codes[1, n] = owner_kind[row]
        codes[2, n] = tiers_delivery[based[row]]
        codes[3, n] = tiers_buyer[based[row]]
        codes[4, n] = tiers_buyer[owner_area[row]]
        marks[0, n] = _is_among(row, incumbents)
        marks[1, n] = _is_among(row, members)
        means[0, n] = unit_cost[row] * price[row] * cost_level
        means[1, n] = max(capacity_pence[row] * public_part - committed[row], 0.0)
        means[2, n] = wage_pence[row] / living_wage
        means[3, n] = deposits[row] + sales_expected[row] * overdraft_months
        means[4, n] = min(sales_expected[row] / max(capacity_pence[row], 1), 1.0)
        means[5, n] = jobs[row] * days_per_job + days_least
        traits[0, n] = distances[based[row]]
        traits[1, n] = quality[row]
        traits[2, n] = bid_skill[row]
        traits[3, n] = claim_skill[row]
        traits[4, n] = honesty[row]
        traits[5, n] = employ_local[row]
        traits[6, n] = buy_local[row]
        n += 1
    return n


@njit(cache=True)
def look_up(keys, values, head, suppliers, priors, out):
    """Find each supplier's two numbers in a sorted table and add the priors.

    The head's part of the table is laid out by row first. Rows that it does not name hold
    anything at all there, so what is found counts only where the table names the row in turn.

    Parameters
    ----------
    keys : int64[m]
        In rising order, no two alike.
    values : float64[m, 2]
    head : int
        A key is this and the supplier's row.
    suppliers : int32[n]
    priors : two floats
    out : float64[2, n], written
    """
    first, last = np.searchsorted(keys, head), np.searchsorted(keys, head + (1 << 32))
    end = suppliers.max() + 1 if suppliers.size else 0
    place_of = np.empty(end, dtype=np.int64)
    for place in range(first, last):
        row = keys[place] - head
        if row < end:
            place_of[row] = place
    for k in range(suppliers.size):
        row = np.int64(suppliers[k])
        place = place_of[row]
        found = first <= place and place < last and keys[place] == head + row
        for column in range(2):
            known = values[place, column] if found else 0.0
            out[column, k] = known + priors[column]


@njit(cache=True)
def add_to_table(keys, values, kept, new_keys, new_values, keys_out, values_out):
    """Let a sorted table's pairs of numbers fade and add new ones, in the order of keys.

    Parameters
    ----------
    keys : int64[m]
        In rising order, no two alike.
    values : float64[m, 2]
    kept : float
        What is left of each old number.
    new_keys : int64[k]
        In rising order; those alike are added in turn.
    new_values : float64[k, 2]
    keys_out : int64[m + k], written
    values_out : float64[m + k, 2], written

    Returns
    -------
    int
        Length of the new table; the rest is not written.
    """
    n, old, new = 0, 0, 0
    while old < keys.size or new < new_keys.size:
        if new == new_keys.size or (old < keys.size and keys[old] <= new_keys[new]):
            here = keys[old]
            for column in range(2):
                values_out[n, column] = values[old, column] * kept
            old += 1
        else:
            here = new_keys[new]
            for column in range(2):
                values_out[n, column] = 0.0
        while new < new_keys.size and new_keys[new] == here:
            for column in range(2):
                values_out[n, column] += new_values[new, column]
            new += 1
        keys_out[n] = here
        n += 1
    return n


@njit(cache=True)
def hear(tier, bid_skill, incumbent, able, draws, near, distant, by_skill, reach, knows):
    """Say who hears of a tender: P = reach x weight / sum of weights; incumbents always do.

    Parameters
    ----------
    tier : int8[n]
        Where a firm is based as seen from the buyer, 0 same district .. 4 world.
    bid_skill : float64[n]
    incumbent, able : bool[n]
    draws : float64[n]
        In (0, 1).
    near, distant, by_skill, reach : float
        Weights of the nearest and the farthest, of skill; firms reached on average.
    knows : bool[n], written
    """
    whole = 0.0
    weights = np.zeros(tier.size)
    for k in range(tier.size):
        if able[k]:
            far = min(np.float64(tier[k]), 3.0) / 3.0
            weights[k] = near + far * (distant - near) + by_skill * bid_skill[k]
            whole += weights[k]
    whole = max(whole, 1e-12)
    for k in range(tier.size):
        knows[k] = incumbent[k] or draws[k] < reach * weights[k] / whole
