"""Who could serve which need: candidates read off the columns of a town, and who hears of it.

Needs stand end to end: need i has the candidates `begins[i] : begins[i + 1]`.
"""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.compiling import kernel, part


class Search(NamedTuple):
    """Where the candidates of each need are looked for.

    Attributes
    ----------
    first, last : int64[m]
        The category's part of `rows`.
    rows : int32[k]
        Trading rows that may serve each category, by identity.
    area, home : int64[m]
        Place of delivery, and the buyer's own area.
    cost_level : float64[m]
        Worth of a cost index in units.
    incumbent, member : int64[m + 1]
        Where the rows that serve each need now begin in `incumbents`, and those of the buyer's club
        in `members`, int32[..] each.
    """

    first: Any
    last: Any
    rows: Any
    area: Any
    home: Any
    cost_level: Any
    incumbent: Any
    incumbents: Any
    member: Any
    members: Any


PAIRS = ("tier", "staff_near", "inputs_near", "distance")
"""Fields of `Trades` that are of two areas, and not of a row."""

NEARBY = 1
"""Widest tier that two areas share where each is near by for the other: the county."""


class Trades(NamedTuple):
    """Columns of the trading rows that a buyer can see, one row each; areas by pair.

    Attributes
    ----------
    alive : bool[n_firms]
        Rows that trade.
    uid : int64[n_rows]
        Identity.
    based, owner_area : int16[n_rows]
        Area where a row is, and where its profit goes.
    owner_kind : int8[n_rows]
        As `OwnerKind`.
    size_band : int8[n_firms]
        As `SizeBand`.
    deposits : int64[n_rows]
        Money held [pence].
    sales_expected, capacity_pence : int64[n_firms]
        Sales looked for, and the most that can be made [pence a month].
    committed : float64[n_firms]
        Served under arrangements [units a month].
    jobs : int32[n_firms]
        People at work.
    wage_pence, borne_pence : int64[n_firms]
        Pay of a job, and the part of it that the row bears itself [pence a month].
    unit_cost, price : float64[n_firms]
        Cost index and price index of a row [1.0 as built].
    quality, bid_skill, claim_skill, honesty : float64[n_firms]
        Traits that bids and promises are made with [0 to 1].
    employ_local, buy_local : float64[n_firms]
        Share of staff who live in the row's own area, and of inputs from its county or nearer.
    tier : int8[n_areas, n_areas]
        The smallest tier that two areas share, 0 the district .. 4 the world.
    staff_near, inputs_near : float64[n_areas, n_areas]
        By area of a buyer and of a row: share of the row's staff who live in the buyer's county or
        nearer, and of inputs from there. Where the row itself is there, `staff_near` is of those
        who live outside the row's own area, and `inputs_near` is not read.
    distance : float64[n_areas, n_areas]
        How far apart two areas lie [km].
    """

    alive: Any
    uid: Any
    based: Any
    owner_kind: Any
    owner_area: Any
    size_band: Any
    deposits: Any
    sales_expected: Any
    capacity_pence: Any
    committed: Any
    jobs: Any
    wage_pence: Any
    borne_pence: Any
    unit_cost: Any
    price: Any
    quality: Any
    bid_skill: Any
    claim_skill: Any
    honesty: Any
    employ_local: Any
    buy_local: Any
    tier: Any
    staff_near: Any
    inputs_near: Any
    distance: Any

    def taken(self, rows):
        """Return the same columns with some rows alone, one after the other; areas by pair stay."""
        pairs = {name: getattr(self, name) for name in PAIRS}
        every = self._asdict().items()
        columns = {name: column[rows] for name, column in every if name not in pairs}
        return Trades(**columns, **pairs)


class Means(NamedTuple):
    """What a supplier's means are reckoned by.

    Overdraft in months of sales, float64[n_owner_kinds]; units for public buyers per penny of
    capacity; pay of a month at the Real Living Wage; days for paper by job, and at least.
    """

    overdraft_months: Any
    public_part: float
    living_wage: float
    days_per_job: float
    days_least: float


@part
def _is_among(row, some, begin, end):
    for k in range(begin, end):
        if some[k] == row:
            return True
    return False


@part
def room_of(row, trades, means):
    """Return the units a month that a trading row can still serve for public buyers."""
    return max(trades.capacity_pence[row] * means.public_part - trades.committed[row], 0.0)


@part
def staff_from_here(row, home, trades):
    """Return the share of a row's staff who live in the county of a buyer, or nearer to it."""
    based, own = trades.based[row], trades.employ_local[row]
    near = trades.staff_near[home, based]
    return own + (1.0 - own) * near if trades.tier[home, based] <= NEARBY else near


@part
def inputs_from_here(row, home, trades):
    """Return the share of a row's inputs that come from the county of a buyer, or nearer to it."""
    based = trades.based[row]
    if trades.tier[home, based] <= NEARBY:
        return trades.buy_local[row]
    return trades.inputs_near[home, based]


@part
def serves(row, search, i):
    """Say whether a trading row serves a need now."""
    return _is_among(row, search.incumbents, search.incumbent[i], search.incumbent[i + 1])


@kernel
def read_candidates(search, trades, means, begins, market):
    """Read the candidates of each need off the columns of a town.

    Parameters
    ----------
    search : Search
    trades : Trades
    means : Means
    begins : int64[m + 1]
        Need i has the candidates `begins[i] : begins[i + 1]`.
    market : Market, written
        Who they are stands in `supplier`; all else but records, chances and news is written.
    """
    for i in range(begins.size - 1):
        area, home, level = search.area[i], search.home[i], search.cost_level[i]
        for n in range(begins[i], begins[i + 1]):
            row = market.supplier[n]
            based, sales = trades.based[row], trades.sales_expected[row]
            market.uid[n] = trades.uid[row]
            market.size_band[n] = trades.size_band[row]
            market.owner_kind[n] = trades.owner_kind[row]
            market.tier_delivery[n] = trades.tier[area, based]
            market.tier_buyer[n] = trades.tier[home, based]
            market.tier_owner[n] = trades.tier[home, trades.owner_area[row]]
            market.incumbent[n] = serves(row, search, i)
            market.member[n] = _is_among(
                row, search.members, search.member[i], search.member[i + 1]
            )
            market.unit_cost[n] = trades.unit_cost[row] * trades.price[row] * level
            market.capacity[n] = room_of(row, trades, means)
            market.wage_ratio[n] = trades.wage_pence[row] / means.living_wage
            market.borne_ratio[n] = trades.borne_pence[row] / means.living_wage
            overdraft = sales * means.overdraft_months[trades.owner_kind[row]]
            market.slack[n] = trades.deposits[row] + overdraft
            market.utilisation[n] = min(sales / max(trades.capacity_pence[row], 1), 1.0)
            market.paper_days[n] = trades.jobs[row] * means.days_per_job + means.days_least
            market.distance_km[n] = trades.distance[area, based]
            market.quality[n] = trades.quality[row]
            market.bid_skill[n] = trades.bid_skill[row]
            market.claim_skill[n] = trades.claim_skill[row]
            market.honesty[n] = trades.honesty[row]
            market.employ_local[n] = staff_from_here(row, home, trades)
            market.buy_local[n] = inputs_from_here(row, home, trades)


@kernel
def look_up(keys, values, wanted, priors, out):
    """Find two numbers for each key in a sorted table, and add the priors.

    Parameters
    ----------
    keys : int64[m]
        In rising order, no two alike.
    values : float64[m, 2]
    wanted : int64[n]
        Keys; those that the table does not have are given the priors.
    priors : two floats
    out : float64[2, n], written
    """
    for k in range(wanted.size):
        place = first_from(keys, wanted[k])
        found = place < keys.size and keys[place] == wanted[k]
        for column in range(2):
            known = values[place, column] if found else 0.0
            out[column, k] = known + priors[column]


@kernel
def recall(tenders, records, begins, suppliers, out):
    """Find what buyers remember of the suppliers of many needs.

    Parameters
    ----------
    tenders, records : canvassing.Records
        Wins and losses; promises kept and looked at.
    begins : int64[m + 1]
        Need i has the suppliers `begins[i] : begins[i + 1]`.
    suppliers : int32[n]
    out : float64[3, n], written
        Wins, losses, and the share of promises kept.
    """
    for i in range(begins.size - 1):
        for k in range(begins[i], begins[i + 1]):
            out[0, k], out[1, k] = remembered(tenders, i, suppliers[k])
            kept, seen = remembered(records, i, suppliers[k])
            out[2, k] = kept / seen


@part
def remembered(known, i, row):
    """Return two numbers that a need's buyer remembers of a row; the priors where it is unknown."""
    key = known.heads[i] + np.int64(row)
    place = first_from(known.keys, key)
    one, other = 0.0, 0.0
    if place < known.keys.size and known.keys[place] == key:
        one, other = known.values[place, 0], known.values[place, 1]
    return one + known.priors[0], other + known.priors[1]


@part
def first_from(keys, key):
    """Return the first place in rising keys that is not below a key."""
    low, high = 0, keys.size
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@kernel
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
