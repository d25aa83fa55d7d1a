"""What the candidates of tenders reckon, which of them bid, and what marks they get.

Tenders stand end to end: tender i has the candidates, or the bids, `begins[i] : begins[i + 1]`.
"""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.compiling import kernel, part


class CostRules(NamedTuple):
    """What costs follow from, the same for every tender.

    `quality_from_pay`, `floor`, `choice`, `linear`, `rise`: quality within reach by pay; the least;
    how far the best-paying one is chosen; its marginal cost at the floor and the rise of that.
    `scale_per_band`, `per_km`, `farthest`, `least`: saving per size band, cost of distance and
    where it stops to rise, lowest cost. `spread`: width of own errors.
    """

    quality_from_pay: float
    floor: float
    choice: float
    linear: float
    rise: float
    scale_per_band: float
    per_km: float
    farthest: float
    least: float
    spread: float


class CostOfNeed(NamedTuple):
    """What costs follow from, by tender: float64[m] each.

    `usual_wage_ratio`, `cost_of_pay`, `overhead`: usual pay, weight of own pay in cost, cost of one
    more contract. `surprise`, `caution`: common surprise, correction for the winner's curse at full
    skill. `best`: the quality that the award makes it pay to promise.
    """

    usual_wage_ratio: Any
    cost_of_pay: Any
    overhead: Any
    surprise: Any
    caution: Any
    best: Any


@part
def _extra_of(quality, floor, linear, rise):
    above = max(quality - floor, 0.0)
    return above * (linear + 0.5 * rise * above)


@part
def reach_of(quality, wage_ratio, usual_pay, rules):
    """Return the best quality within a firm's reach."""
    return max(quality * (1.0 + rules.quality_from_pay * (wage_ratio - usual_pay)), 0.0)


@part
def promise_of(reach, best, rules):
    """Return the quality that a firm promises where some quality pays best."""
    return reach + rules.choice * (min(reach, best) - reach)


@part
def own_cost(unit_cost, borne_ratio, size_band, km, reach, rules, asked, i):
    """Return what a unit costs a firm before any surprise; see `procurement.costs`."""
    above_floor = 1.0 - rules.floor
    usual = above_floor * (rules.linear + 0.5 * rules.rise * above_floor)
    pay = borne_ratio / asked.usual_wage_ratio[i] - 1.0
    promised = promise_of(reach, asked.best[i], rules)
    bands = max(np.float64(size_band) - 1.0, 0.0)
    extra = _extra_of(promised, rules.floor, rules.linear, rules.rise)
    private = (
        unit_cost * (1.0 + asked.cost_of_pay[i] * pay) * (1.0 - rules.scale_per_band * bands)
        + rules.per_km * np.minimum(km, rules.farthest)
        + asked.overhead[i]
        + rules.choice * (extra - usual)
    )
    return np.maximum(private, rules.least)


@kernel
def reckon_costs(market, begins, draws, rules, asked, out):
    """Reckon each candidate's true and believed cost per unit, and the quality it would promise.

    Parameters
    ----------
    market : Market
        `n` candidates in columns.
    begins : int64[m + 1]
    draws : float64[n]
        In (0, 1): own errors.
    rules : CostRules
    asked : CostOfNeed
    out : float64[4, n], written
        True cost, believed cost, quality promised, quality within reach.
    """
    for i in range(begins.size - 1):
        usual_pay, surprise = asked.usual_wage_ratio[i], asked.surprise[i]
        caution = asked.caution[i]
        for k in range(begins[i], begins[i + 1]):
            reach = reach_of(market.quality[k], market.wage_ratio[k], usual_pay, rules)
            private = own_cost(
                market.unit_cost[k], market.borne_ratio[k], market.size_band[k],
                market.distance_km[k], reach, rules, asked, i,
            )  # fmt: skip
            error = rules.spread * (2.0 * draws[k] - 1.0)
            out[0, k] = private * (1.0 + surprise)
            out[1, k] = private * (1.0 + surprise + error + caution * market.bid_skill[k])
            out[2, k] = promise_of(reach, asked.best[i], rules)
            out[3, k] = reach


@kernel
def add_for_place(market, begins, by_pay, by_purchase, by_premium, pence, out):
    """Write the social value that each firm would deliver; see `procurement.claims`.

    Parameters
    ----------
    market : Market
        `n` firms in columns.
    begins : int64[m + 1]
    by_pay, by_purchase, by_premium : float64[m]
        Worth of local pay, local purchases and good pay, per pound of the need.
    pence : float64[m]
        The need a month [pence].
    out : float64[n], written
    """
    for i in range(begins.size - 1):
        for k in range(begins[i], begins[i + 1]):
            premium = by_premium[i] * max(market.wage_ratio[k] - 1.0, 0.0)
            local = by_pay[i] * market.employ_local[k] + by_purchase[i] * market.buy_local[k]
            out[k] = pence[i] * (local + premium)


class Weights(NamedTuple):
    """Weights of the award criteria, with quality at no marks and at full marks."""

    price: float
    quality: float
    social: float
    floor: float
    full: float


@kernel
def mark(bids, begins, weights, ceiling, stands, marks):
    """Say which bids stand, good enough and not too dear, and mark those; see `scoring.score`.

    Parameters
    ----------
    bids : float64[3, n]
        Price, quality and claim of each bid.
    begins : int64[m + 1]
    weights : Weights
    ceiling : float
        Highest price.
    stands : bool[n], written
    marks : float64[n], written
        0 for a bid that does not stand.
    """
    for i in range(begins.size - 1):
        lowest, highest = np.inf, 1.0
        for k in range(begins[i], begins[i + 1]):
            stands[k] = bids[0, k] <= ceiling and bids[1, k] >= weights.floor
            if stands[k]:
                lowest, highest = min(lowest, bids[0, k]), max(highest, bids[2, k])
        for k in range(begins[i], begins[i + 1]):
            marks[k] = 0.0
            if not stands[k]:
                continue
            marks[k] = weights.price * (lowest / bids[0, k])
            if weights.quality > 0.0:
                above = (bids[1, k] - weights.floor) / (weights.full - weights.floor)
                marks[k] = marks[k] + weights.quality * min(max(above, 0.0), 1.0)
            if weights.social > 0.0:
                marks[k] = marks[k] + weights.social * bids[2, k] / highest


class MarkUps(NamedTuple):
    """What mark-ups follow from.

    `base`, `fair`, float64[m], by tender: mark-up of a usual firm; one in n. `by_use`, `usual_use`,
    `by_experience`: how far use above the usual, and luck above one in n, move it.
    """

    base: Any
    fair: Any
    by_use: float
    usual_use: float
    by_experience: float


@part
def _added(utilisation, chance, rules, i):
    """Return the share that a firm adds to its cost in tender i."""
    busy = rules.by_use * (utilisation - rules.usual_use)
    luck = rules.by_experience * (chance - rules.fair[i])
    return rules.base[i] * max(1.0 + busy + luck, 0.0)


@kernel
def mark_up(utilisation, chance, begins, rules, out):
    """Write the share that each firm adds to its cost; see `procurement.pricing.markup`.

    Parameters
    ----------
    utilisation, chance : float64[n]
    begins : int64[m + 1]
    rules : MarkUps
    out : float64[n], written
    """
    for i in range(begins.size - 1):
        for k in range(begins[i], begins[i + 1]):
            out[k] = _added(utilisation[k], chance[k], rules, i)


@kernel
def seal(market, begins, cost, rules, out):
    """Write the price that each candidate asks: its cost, and what its own past lets it add.

    Parameters
    ----------
    market : Market
        `n` candidates in columns.
    begins : int64[m + 1]
    cost : float64[n]
        What each believes a unit costs it.
    rules : MarkUps
    out : float64[n], written
    """
    for i in range(begins.size - 1):
        for k in range(begins[i], begins[i + 1]):
            chance = market.wins[k] / (market.wins[k] + market.losses[k])
            out[k] = cost[k] * (1.0 + _added(market.utilisation[k], chance, rules, i))


class Entry(NamedTuple):
    """What it takes to bid, by tender: float64[m] each.

    `carry`: units a month that a bidder must carry. `days`, `full_paper`: days of paper, and what
    they cost the unskilled [pence]. `more_wins`: wins added by further places. `cash`: working
    capital asked [pence]. `worth`: pounds' worth of the whole term [pence].
    """

    carry: Any
    days: Any
    full_paper: Any
    more_wins: Any
    cash: Any
    worth: Any


class Entered(NamedTuple):
    """Who bids: in the order of the candidates, tender by tender.

    `position`, `spent`, int64[n], written: candidates who bid, and what each pays for its bid
    [pence]. `many`, `eligible`, int64[m], written: bidders, and firms that could have served.
    `cheapest`, float64[m], written: lowest true cost of those that could have served: infinite
    where nobody could, not a number where one of them has none.
    """

    position: Any
    spent: Any
    many: Any
    eligible: Any
    cheapest: Any


@kernel
def enter(market, begins, invited, costs, price, entry, floor, skill_saves, entered):
    """Say which candidates bid: the able who know, for whom the chance is worth the paper.

    Parameters
    ----------
    market : Market
        `n` candidates in columns.
    begins : int64[m + 1]
    invited : bool[n]
    costs : float64[4, n]
        From `reckon_costs`.
    price : float64[n]
        Price asked per unit.
    entry : Entry
    floor, skill_saves : float
        Least quality; part of the paper that skill saves.
    entered : Entered, written

    Returns
    -------
    int
        How many bid in all.
    """
    bidders = 0
    for i in range(begins.size - 1):
        before, eligible, cheapest = bidders, 0, np.inf
        for k in range(begins[i], begins[i + 1]):
            able = market.capacity[k] >= entry.carry[i] and costs[3, k] >= floor
            if not (invited[k] and able):
                continue
            eligible += 1
            cheapest = np.minimum(cheapest, costs[0, k])
            rich = market.slack[k] >= entry.cash[i]
            if not (market.knows[k] and entry.days[i] <= market.paper_days[k] and rich):
                continue
            cost = entry.full_paper[i] * (1.0 - skill_saves * market.bid_skill[k])
            won = market.wins[k] + entry.more_wins[i]
            chance = won / (won + market.losses[k])
            if chance * (price[k] - costs[1, k]) * entry.worth[i] > cost:
                entered.position[bidders] = k
                entered.spent[bidders] = np.int64(np.rint(cost))
                bidders += 1
        entered.many[i] = bidders - before
        entered.eligible[i] = eligible
        entered.cheapest[i] = cheapest
    return bidders


class Ranking(NamedTuple):
    """Bids of each tender from the best down, those that do not stand last.

    Attributes
    ----------
    order, rows : int64[n], written
        Their positions in all bids, and in the tender's own.
    stood, taken : int64[m], written
        How many bids stand, and how many are awarded work.
    lowest : float64[m], written
        The lowest price bid, not a number where nobody bid.
    won : bool[n], updated
        True of the bids that are awarded work.
    """

    order: Any
    rows: Any
    stood: Any
    taken: Any
    lowest: Any
    won: Any


@part
def _is_better(one, other, stands, marks, uids):
    """Say whether a bid comes before another: it stands, has more marks, or the lower identity."""
    if stands[one] != stands[other]:
        return stands[one]
    if marks[one] != marks[other]:
        return marks[one] > marks[other]
    return uids[one] < uids[other]


@kernel
def rank(price, stands, marks, uids, begins, places, ranking):
    """Rank the bids of each tender and say who is awarded work; ties are broken by identity.

    Parameters
    ----------
    price, stands, marks, uids : float64[n], bool[n], float64[n], int64[n]
    begins : int64[m + 1]
    places : int64[m]
        Suppliers that each tender has room for.
    ranking : Ranking, written
    """
    order = ranking.order
    for i in range(places.size):
        begin, end, stood, lowest = begins[i], begins[i + 1], 0, np.nan
        for k in range(begin, end):
            stood += stands[k]
            lowest = price[k] if k == begin else min(lowest, price[k])
            at = k
            while at > begin and _is_better(k, order[at - 1], stands, marks, uids):
                order[at] = order[at - 1]
                at -= 1
            order[at] = k
        ranking.stood[i] = stood
        ranking.taken[i] = min(stood, places[i])
        ranking.lowest[i] = lowest
        for at in range(begin, end):
            ranking.rows[at] = order[at] - begin
            if at < begin + ranking.taken[i]:
                ranking.won[order[at]] = True
