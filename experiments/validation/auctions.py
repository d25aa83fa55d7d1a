"""Bids against auction theory: the test mode must be the theory, the everyday habit is measured.

Krishna (2010, chapter 2), mirrored from values to costs: with n bidders whose costs are
independent and uniform up to h, b(c) = c + (h - c) / n is the symmetric equilibrium of a
first-price sealed-bid auction, with h as the reserve price. As n grows it tends to cost (Bertrand
1883). The model's everyday bids are a habit, not this equilibrium: how far they are from it stands
under its own heading.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.validation.figure import Check, Figure, Sort, equals, gap, none_of, within
from experiments.validation.little_market import SteadyLuck, market, need, plain
from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.procurement.costs import estimate_costs
from simulation.procurement.interface import Outcome
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.luck import luck_of
from simulation.procurement.pricing import (
    EquilibriumDistance,
    distance_from_equilibrium,
    equilibrium_price,
)
from simulation.procurement.scoring import score, weights_of

Float64 = NDArray[np.float64]

QUIET = {
    "bid__quality_choice": 0.0,
    "bid__contract_overhead_pence": 0.0,
    "bid__scale_per_band": 0.0,
    "bid__own_spread": 0.0,
    "bid__common_spread": 0.0,
    "tender__days_base": 0.0,
}
"""No uncertainty, no size, no paper work: what is left of a bid is cost and mark-up."""
THEORY = {**QUIET, "bid__equilibrium": 1.0}

LOW, HIGH, RESERVE = 0.8, 1.2, 1.3
"""Ends of the costs that are tried, and what the test mode takes for the highest cost there is."""
FLOATS = 1e-12
GRID = 4001
CROWD = 1_000_000
TENDERS, DRAWN = 20_000, 4
CURSED = 8
ERRORS = 4.0
"""Standard errors of the mean that luck is allowed; beyond lies one mean in 16,000."""
MEAN_OFF, BID_OFF = 0.03, 0.08
"""How near the habit is meant to be to theory: its mean, and its worst single bid."""


def bids_asked(bidders: int, expected: float, rules: dict[str, float]) -> tuple[Float64, Float64]:
    """Let some firms bid under lowest price; return their costs and prices: float64[n] each."""
    cost = np.linspace(LOW, HIGH, bidders)
    outcome = _let(cost, expected, rules)
    return cost, outcome.bids.price


def _let(cost: Float64, expected: float, rules: dict[str, float]) -> Outcome:
    firms = market(cost.size, unit_cost=cost)
    return LowestPrice().procure(need(expected_bids=expected), firms, plain(**rules), SteadyLuck())


def gap_to_equilibrium(bidders: int) -> float:
    """Return the largest relative gap of the test mode's bids to b(c) = c + (1.3 - c) / n."""
    cost, price = bids_asked(bidders, float(bidders), THEORY)
    return float(np.abs(price / (cost + (RESERVE - cost) / bidders) - 1.0).max())


def best_reply(bidders: int, cost: float) -> tuple[float, float]:
    """Return the best bid on a fine grid against equilibrium rivals, and the equilibrium bid."""
    own = float(equilibrium_price(np.array([cost]), HIGH, bidders)[0])
    grid = np.linspace(cost, HIGH, GRID)
    rival_cost = np.clip((grid - HIGH / bidders) * bidders / (bidders - 1), LOW, HIGH)
    wins = ((HIGH - rival_cost) / (HIGH - LOW)) ** (bidders - 1)
    return float(grid[np.argmax((grid - cost) * wins)]), own


def _equilibrium(bidders: int) -> Figure:
    return gap(gap_to_equilibrium(bidders), FLOATS, "share of bid", "floating point")


def _nobody_gains() -> Figure:
    found, own = best_reply(4, 0.95)
    step = (HIGH - 0.95) / (GRID - 1)
    return equals(found, own, step, "price per unit", "a step of the grid")


def _crowd(rules: dict[str, float]) -> Figure:
    cost, price = bids_asked(3, float(CROWD), rules)
    return gap(float(np.abs(price / cost - 1.0).max()), 1e-6, "share of cost", f"n = {CROWD:,}")


def _alone_at_the_reserve() -> Figure:
    _, price = bids_asked(1, 1.0, THEORY)
    return equals(float(price[0]), RESERVE, FLOATS, "price per unit", "floating point")


def misjudged_prices() -> int:
    """Count prices on a grid round the ceiling that stand above it, or fall at or below it."""
    a = plain()
    price = np.linspace(0.5, 2.5, 2001)
    begins, ones = np.array([0, price.size]), np.ones(price.size)
    stands, _ = score(price, ones, ones, begins, weights_of(0.0, 0.0), a)
    return int((stands != (price <= a["award.price_ceiling"])).sum())


def _too_dear_alone() -> Figure:
    """A lone bidder who asks more than the ceiling goes without the work; the unit is awards."""
    return none_of(float(_let(np.array([1.5]), 1.0, QUIET).award.made), "awards")


def winning_prices(seed: int) -> Float64:
    """Return the lowest equilibrium bid of many tenders whose costs are drawn: float64[20000]."""
    drawn = streams.uniform(seed, "validation", np.arange(TENDERS * DRAWN))
    cost = LOW + (HIGH - LOW) * drawn.reshape(TENDERS, DRAWN)
    return equilibrium_price(cost.min(axis=1), HIGH, DRAWN)


def _revenue(seeds: int) -> Figure:
    """Hold the mean winning price against the expected second lowest cost; worst of the seeds."""
    wanted = LOW + (HIGH - LOW) * 2 / (DRAWN + 1)
    worst, off = wanted, 0.0
    for seed in range(1, seeds + 1):
        price = winning_prices(seed)
        error = ERRORS * float(price.std(ddof=1)) / TENDERS**0.5
        if abs(price.mean() - wanted) >= abs(worst - wanted):
            worst, off = float(price.mean()), error
    return equals(worst, wanted, off, "price per unit", f"{ERRORS:g} standard errors")


def errors_of_winners(a: Assumptions, tenders: int) -> Float64:
    """Return by how much of its true cost the lowest of eight estimates errs: float64[tenders]."""
    firms = market(CURSED, bid_skill=np.ones(CURSED))
    asked, errors = need(expected_bids=float(CURSED)), np.empty(tenders)
    for tender in range(tenders):
        costs = estimate_costs(asked, firms, 0.0, a, luck_of(9, tender, 1))
        best = int(np.argmin(costs.expected))
        errors[tender] = costs.expected[best] / costs.true[best] - 1.0
    return errors


def _curse(tenders: int) -> Figure:
    """Nobody corrects, and no surprise is common: what is left is the lowest of eight draws."""
    a = plain(bid__curse_awareness=0.0, bid__common_spread=0.0)
    errors = errors_of_winners(a, tenders)
    wanted = -a["bid.own_spread"] * (CURSED - 1) / (CURSED + 1)
    off = ERRORS * float(errors.std(ddof=1)) / tenders**0.5
    return equals(float(errors.mean()), wanted, off, "share of cost", f"{ERRORS:g} standard errors")


def _distance(bidders: int) -> EquilibriumDistance:
    return distance_from_equilibrium(bidders, LOW, HIGH, plain())


def _mean_distance() -> Figure:
    found = max((_distance(n).mean for n in range(2, 7)), key=abs)
    return within(
        found, -MEAN_OFF, MEAN_OFF, "share of bid", "judgement: 3 % either way", reference=0.0
    )


def _worst_distance(bidders: int) -> Figure:
    worst = _distance(bidders).worst
    return within(worst, 0.0, BID_OFF, "share of bid", "judgement: 8 %", reference=0.0)


def _closed(name: str, what: str, source: str, run: Any) -> Check:
    return Check(name, Sort.CLOSED_FORM, what, source, run)


def _habit(name: str, what: str, run: Any) -> Check:
    return Check(name, Sort.HABIT, what, KRISHNA, run)


KRISHNA = "Krishna 2010, ch. 2"
BERTRAND = "Bertrand 1883"


def checks(full: bool) -> tuple[Check, ...]:
    """Return the checks; those of luck go over one seed, in full over twenty."""
    seeds = 20 if full else 1
    found = [
        _closed(
            f"first-price equilibrium, {bidders} bidders",
            "Bids of a tender in the test mode against c + (1.3 - c) / n; largest relative gap.",
            KRISHNA,
            lambda bidders=bidders: _equilibrium(bidders),
        )
        for bidders in (2, 3, 6)
    ]
    found += [
        _closed(
            "nobody gains by leaving the equilibrium",
            "The best of 4,001 bids against three rivals in equilibrium, at a cost of .95.",
            KRISHNA,
            _nobody_gains,
        ),
        _closed(
            f"revenue equivalence, worst of {seeds} seed{'s' if full else ''}",
            f"Mean winning price of {TENDERS:,} tenders of {DRAWN}: the expected second lowest "
            "cost, l + (h - l) 2 / (n + 1).",
            "Vickrey 1961; Krishna 2010",
            lambda: _revenue(seeds),
        ),
        _closed(
            "the winner's curse",
            "Mean error of the lowest of eight estimates, not corrected: -s (n - 1) / (n + 1).",
            "Milgrom and Weber 1982",
            lambda: _curse(4_000 if full else 400),
        ),
        _closed(
            "Bertrand limit of the equilibrium",
            "Largest mark-up where a million bidders are expected.",
            BERTRAND,
            lambda: _crowd(THEORY),
        ),
        _closed(
            "Bertrand limit of the everyday habit",
            "The same without the test mode.",
            BERTRAND,
            lambda: _crowd(QUIET),
        ),
        _closed(
            "one bidder asks the reserve price",
            "A lone bidder of the test mode, whose cost is .8.",
            KRISHNA,
            _alone_at_the_reserve,
        ),
        _closed(
            "no bid above the ceiling stands",
            "Of 2,001 prices from .5 to 2.5, those that are judged wrongly.",
            "award.price_ceiling in the register",
            lambda: none_of(misjudged_prices(), "prices"),
        ),
        _closed(
            "one bidder above the ceiling wins nothing",
            "Its cost is 1.5, the habit adds .16 of it, the ceiling is 1.6.",
            "award.price_ceiling in the register",
            _too_dear_alone,
        ),
        _habit(
            "everyday bids, mean distance",
            "Over costs from .8 to 1.2, the largest mean of 2 to 6 bidders.",
            _mean_distance,
        ),
    ]
    found += [
        _habit(
            f"everyday bids, worst of {bidders} bidder{'s' if bidders > 1 else ''}",
            "The single bid that is furthest from the equilibrium with the same costs.",
            lambda bidders=bidders: _worst_distance(bidders),
        )
        for bidders in (1, 2, 3, 4, 6)
    ]
    return tuple(found)
