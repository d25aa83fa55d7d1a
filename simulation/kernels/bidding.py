"""What the candidates of a tender reckon, which of them bid, and what marks they get."""

import numpy as np
from numba import njit


@njit(cache=True)
def _extra_of(quality, floor, linear, rise):
    above = max(quality - floor, 0.0)
    return above * (linear + 0.5 * rise * above)


@njit(cache=True)
def reckon_costs(
    unit_cost,
    wage_ratio,
    size_band,
    distance_km,
    quality,
    bid_skill,
    draws,
    usual_wage_ratio,
    quality_from_pay,
    floor,
    best,
    choice,
    linear,
    rise,
    cost_of_pay,
    scale_per_band,
    per_km,
    farthest,
    overhead,
    least,
    surprise,
    spread,
    caution,
    out,
):
    """Reckon each candidate's true and believed cost per unit, and the quality it would promise.

    Parameters
    ----------
    unit_cost, wage_ratio, distance_km, quality, bid_skill : float64[n]
    size_band : int8[n]
    draws : float64[n]
        In (0, 1): own errors.
    usual_wage_ratio, quality_from_pay, floor, best, choice, linear, rise : float
        Quality within reach by pay; the least, and what the award makes it pay to promise; how
        far it is chosen; its marginal cost at the floor and the rise of that.
    cost_of_pay, scale_per_band, per_km, farthest, overhead, least : float
        Weight of own pay in cost, saving per size band, cost of distance and where it stops to
        rise, cost of one more contract, lowest cost.
    surprise, spread, caution : float
        Common surprise, width of own errors, correction for the winner's curse at full skill.
    out : float64[4, n], written
        True cost, believed cost, quality promised, quality within reach.
    """
    above_floor = 1.0 - floor
    usual = above_floor * (linear + 0.5 * rise * above_floor)
    for k in range(unit_cost.size):
        premium = wage_ratio[k] - usual_wage_ratio
        reach = max(quality[k] * (1.0 + quality_from_pay * premium), 0.0)
        promised = reach + choice * (min(reach, best) - reach)
        pay = wage_ratio[k] / usual_wage_ratio - 1.0
        bands = max(np.float64(size_band[k]) - 1.0, 0.0)
        private = (
            unit_cost[k] * (1.0 + cost_of_pay * pay) * (1.0 - scale_per_band * bands)
            + per_km * np.minimum(distance_km[k], farthest)
            + overhead
            + choice * (_extra_of(promised, floor, linear, rise) - usual)
        )
        private = np.maximum(private, least)
        error = spread * (2.0 * draws[k] - 1.0)
        out[0, k] = private * (1.0 + surprise)
        out[1, k] = private * (1.0 + surprise + error + caution * bid_skill[k])
        out[2, k] = promised
        out[3, k] = reach


@njit(cache=True)
def add_for_place(employ_local, buy_local, wage_ratio, by_pay, by_purchase, by_premium, pence, out):
    """Write the social value that each firm would deliver; see `procurement.claims`.

    Parameters
    ----------
    employ_local, buy_local, wage_ratio : float64[n]
    by_pay, by_purchase, by_premium : float
        Worth of local pay, local purchases and good pay, per pound of the need.
    pence : float
        The need a month [pence].
    out : float64[n], written
    """
    for k in range(employ_local.size):
        premium = by_premium * max(wage_ratio[k] - 1.0, 0.0)
        out[k] = pence * (by_pay * employ_local[k] + by_purchase * buy_local[k] + premium)


@njit(cache=True)
def stand(price, quality, floor, ceiling, stands):
    """Say which bids stand: good enough and not too dear.

    Parameters
    ----------
    price, quality : float64[n]
    floor, ceiling : float
        Least quality, highest price.
    stands : bool[n], written

    Returns
    -------
    int
        How many stand.
    """
    n = 0
    for k in range(price.size):
        stands[k] = price[k] <= ceiling and quality[k] >= floor
        n += stands[k]
    return n


@njit(cache=True)
def mark(price, quality, claim, by_price, by_quality, by_social, floor, full, marks):
    """Mark the bids that stand; see `procurement.scoring.score`.

    Parameters
    ----------
    price, quality, claim : float64[n]
    by_price, by_quality, by_social : float
        Weights.
    floor, full : float
        Quality at no marks and at full marks.
    marks : float64[n], written
    """
    lowest, highest = price.min(), max(claim.max(), 1.0)
    for k in range(price.size):
        marks[k] = by_price * (lowest / price[k])
        if by_quality > 0.0:
            good = min(max((quality[k] - floor) / (full - floor), 0.0), 1.0)
            marks[k] = marks[k] + by_quality * good
        if by_social > 0.0:
            marks[k] = marks[k] + by_social * claim[k] / highest


@njit(cache=True)
def mark_up(utilisation, chance, base, by_use, usual_use, by_experience, fair, out):
    """Write the share that each firm adds to its cost; see `procurement.pricing.markup`.

    Parameters
    ----------
    utilisation, chance : float64[n]
    base, by_use, usual_use, by_experience, fair : float
        Mark-up of a usual firm; how far use above the usual, and luck above one in n, move it.
    out : float64[n], written
    """
    for k in range(utilisation.size):
        busy = by_use * (utilisation[k] - usual_use)
        luck = by_experience * (chance[k] - fair)
        out[k] = base * max(1.0 + busy + luck, 0.0)


@njit(cache=True)
def enter(
    invited,
    knows,
    capacity,
    reach,
    bid_skill,
    wins,
    losses,
    slack,
    paper_days,
    price,
    expected,
    true,
    carry,
    floor,
    days,
    full_paper,
    skill_saves,
    more_wins,
    cash,
    units,
    position,
    paper,
):
    """Say which candidates bid: the able who know, for whom the chance is worth the paper.

    Parameters
    ----------
    invited, knows : bool[n]
    capacity, reach, bid_skill, wins, losses, slack, paper_days : float64[n]
    price, expected, true : float64[n]
        Price asked, cost believed and true cost per unit.
    carry, floor, days, full_paper, skill_saves, more_wins, cash, units : float
        Units a month that a bidder must carry, least quality, days of paper and what they cost
        the unskilled [pence], part that skill saves, wins added by further places, working
        capital asked [pence], pounds' worth of the whole term [pence].
    position : int64[n], written
        Who bids, in the order of the candidates.
    paper : int64[n], written
        What each of them pays for its bid [pence].

    Returns
    -------
    bidders, eligible : int
        How many bid; how many could have served.
    cheapest : float
        Lowest true cost of those that could have served: infinite where nobody could, not a
        number where one of them has none.
    """
    bidders, eligible, cheapest = 0, 0, np.inf
    for k in range(invited.size):
        if not (invited[k] and capacity[k] >= carry and reach[k] >= floor):
            continue
        eligible += 1
        cheapest = np.minimum(cheapest, true[k])
        if not (knows[k] and days <= paper_days[k] and slack[k] >= cash):
            continue
        cost = full_paper * (1.0 - skill_saves * bid_skill[k])
        won = wins[k] + more_wins
        chance = won / (won + losses[k])
        if chance * (price[k] - expected[k]) * units > cost:
            position[bidders] = k
            paper[bidders] = np.int64(np.rint(cost))
            bidders += 1
    return bidders, eligible, cheapest
