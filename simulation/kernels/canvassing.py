"""Sends notices round: who of all candidates hears of each need, and who else could have served it.

Candidates are read off the columns of a town once for each need; whoever hears is written down and
looked at closely elsewhere, the others are only counted.
"""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.bidding import own_cost, reach_of
from simulation.kernels.candidates import (
    inputs_from_here,
    remembered,
    room_of,
    serves,
    staff_from_here,
)
from simulation.kernels.compiling import kernel, part
from simulation.kernels.keyed import seed_head, unit_draw


class Gate(NamedTuple):
    """Weights of the observed record, and how much of it is required; see `record_of`.

    `least` is minus infinity where everybody may come.
    """

    least: Any
    place: Any
    employment: Any
    reputation: Any


OPEN_GATE = Gate(-np.inf, 0.0, 0.0, 1.0)


class Notices(NamedTuple):
    """How far each notice goes, and what keeps the able apart from the others.

    Attributes
    ----------
    reach : float64[m]
        Firms reached on average.
    near, distant, by_skill : float
        Weights of the nearest and the farthest, of skill.
    seeds : uint64[m]
        Key of each need's luck.
    purpose, month : uint64
        Of the draws.
    carry : float64[m]
        Units a month that a candidate must be able to carry.
    floor : float
        Quality that it must be able to reach.
    gate : Gate
        By need: float64[m] each.
    screens : bool[m]
        Whether only the able are written down; else all who live are, and nobody is counted.
    outside : bool
        Whether those who serve a need now are passed over.
    """

    reach: Any
    near: float
    distant: float
    by_skill: float
    seeds: Any
    purpose: Any
    month: Any
    carry: Any
    floor: float
    gate: Gate
    screens: Any
    outside: bool


class Records(NamedTuple):
    """What buyers remember of suppliers: keys of buyer and row, int64[k], rising; sums; priors.

    `heads`, int64[m]: the part of a key that is each need's buyer.
    """

    keys: Any
    values: Any
    priors: Any
    heads: Any


class Found(NamedTuple):
    """Who was written down, and how many others could have served.

    Attributes
    ----------
    rows : int32[n], written
        Trading rows, need by need.
    knows : bool[n], written
        Whether each has heard.
    begins : int64[m + 1], written
        Need i has the rows `begins[i] : begins[i + 1]`; the last is written by the caller.
    others : int64[m], written
        The able that have not been written down.
    cheapest : float64[m], written
        The lowest true cost among them, infinite where there is nobody.
    """

    rows: Any
    knows: Any
    begins: Any
    others: Any
    cheapest: Any


@part
def record_of(employ_local, buy_local, wage_ratio, reputation, gate):
    """Return an observed record, 0 to 1, by the weights of a gate."""
    place = 0.5 * (employ_local + buy_local)
    pay = min(max((wage_ratio - 0.8) / 0.4, 0.0), 1.0)
    whole = max(gate.place + gate.employment + gate.reputation, 1e-9)
    return (gate.place * place + gate.employment * pay + gate.reputation * reputation) / whole


@kernel
def records(market, gate, out):
    """Write the observed record of each firm of a market: float64[n]."""
    for k in range(out.size):
        out[k] = record_of(
            market.employ_local[k], market.buy_local[k], market.wage_ratio[k],
            market.reputation[k], gate,
        )  # fmt: skip


@part
def _reputation(row, i, known):
    """Return a row's record with a need's buyer; the prior where it is unknown."""
    kept, seen = remembered(known, i, row)
    return kept / seen


@part
def _weigh(search, at_row, trades, means, notices, i, weights):
    """Write how readily the candidates of a need hear of it; return the sum.

    The same for needs of one category and home.
    """
    whole = 0.0
    for at in range(search.first[i], search.last[i]):
        row, weight = at_row[at], 0.0
        if trades.alive[row] and room_of(row, trades, means) > 0.0:
            tier = trades.tier[search.home[i], trades.based[row]]
            far = min(np.float64(tier), 3.0) / 3.0
            weight = (
                notices.near
                + far * (notices.distant - notices.near)
                + notices.by_skill * trades.bid_skill[row]
            )
            whole += weight
        weights[at - search.first[i]] = weight
    return max(whole, 1e-12)


@kernel
def canvass(
    first, last, search, at_row, trades, means, notices, rules, asked, known, weights, found, n
):
    """Say who hears of some needs: P = reach x weight / sum of weights; incumbents always do.

    Parameters
    ----------
    first, last : int
        Needs `first .. last - 1`.
    search : Search
    at_row : int32[k]
        Where `trades` has each of the search's candidates: their rows, or their own order.
    trades : Trades
    means : Means
    notices : Notices
    rules, asked : CostRules, CostOfNeed
        What costs follow from.
    known : Records
    weights : float64[k]
        Room to work in, for the candidates of one need.
    found : Found, written
    n : int
        Where the first row is written.

    Returns
    -------
    int
        Where the next row would be.
    """
    whole, gates = 1.0, notices.gate
    for i in range(first, last):
        found.begins[i] = n
        alike = i > first and search.first[i] == search.first[i - 1]
        alike = alike and search.last[i] == search.last[i - 1]
        if not (alike and search.home[i] == search.home[i - 1]):
            whole = _weigh(search, at_row, trades, means, notices, i, weights)
        head, usual_pay = seed_head(notices.seeds[i], notices.purpose), asked.usual_wage_ratio[i]
        screens, others, cheapest = notices.screens[i], 0, np.inf
        gate = Gate(gates.least[i], gates.place[i], gates.employment[i], gates.reputation[i])
        for at in range(search.first[i], search.last[i]):
            row = at_row[at]
            if not trades.alive[row]:
                continue
            incumbent = serves(search.rows[at], search, i)
            if incumbent and notices.outside:
                continue
            wage_ratio = trades.wage_pence[row] / means.living_wage
            reach = reach_of(trades.quality[row], wage_ratio, usual_pay, rules)
            if screens:
                room = room_of(row, trades, means)
                if not (room >= notices.carry[i] and reach >= notices.floor):
                    continue
                if gate.least > -np.inf:
                    reputation = _reputation(search.rows[at], i, known)
                    local = staff_from_here(row, search.home[i], trades)
                    buys = inputs_from_here(row, search.home[i], trades)
                    if not record_of(local, buys, wage_ratio, reputation, gate) >= gate.least:
                        continue
            chance = notices.reach[i] * weights[at - search.first[i]] / whole
            knows = incumbent or unit_draw(head, notices.month, np.uint64(trades.uid[row])) < chance
            if screens and not knows:
                others += 1
                cost = own_cost(
                    trades.unit_cost[row] * trades.price[row] * search.cost_level[i],
                    trades.borne_pence[row] / means.living_wage, trades.size_band[row],
                    trades.distance[search.area[i], trades.based[row]], reach, rules, asked, i,
                )  # fmt: skip
                cheapest = np.minimum(cheapest, cost * (1.0 + asked.surprise[i]))
                continue
            found.rows[n] = search.rows[at]
            found.knows[n] = knows
            n += 1
        found.others[i] = others
        found.cheapest[i] = cheapest
    return n
