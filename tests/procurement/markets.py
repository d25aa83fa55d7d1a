"""Markets to try ways of buying on: the small one that anyone can follow, and varied ones."""

from copy import deepcopy

import numpy as np

from experiments.validation.little_market import SteadyLuck, market, need, plain
from scenarios.assumptions import Assumptions
from scenarios.vocabulary import OwnerKind
from simulation.procurement.commissioning import Commission, conclude
from simulation.procurement.interface import Luck, Market, Need, Regime
from simulation.procurement.law import power_for
from simulation.procurement.places import Places

__all__ = [
    "SteadyLuck",
    "changed",
    "commissioned",
    "market",
    "need",
    "plain",
    "varied_market",
]


def varied_market(n: int, seed: int = 1) -> Market:
    """Give `n` firms that differ in everything that matters; every other is a voluntary body."""
    draw = np.random.default_rng(seed)
    return market(
        n,
        distance_km=draw.uniform(0, 120, n),
        unit_cost=draw.uniform(0.8, 1.2, n),
        capacity=draw.uniform(1_000, 40_000, n),
        size_band=draw.integers(1, 5, n),
        owner_kind=np.where(np.arange(n) % 2, OwnerKind.LOCAL, OwnerKind.VCSE),
        quality=draw.uniform(0.7, 1.4, n),
        bid_skill=draw.uniform(0, 1, n),
        claim_skill=draw.uniform(0, 1, n),
        honesty=draw.uniform(0, 1, n),
        wage_ratio=draw.uniform(0.85, 1.2, n),
        employ_local=draw.uniform(0, 1, n),
        buy_local=draw.uniform(0, 1, n),
        reputation=draw.uniform(0.2, 0.9, n),
        utilisation=draw.uniform(0.5, 1.0, n),
        knows=draw.uniform(0, 1, n) < 0.7,
    )


def commissioned(
    asked: Need, firms: Market, regime: Regime, a: Assumptions, luck: Luck
) -> Commission:
    """Go once round the cycle for one need, its way of buying chosen before."""
    verdict = power_for(regime, asked)
    return conclude(asked, regime, verdict, regime.procure(asked, firms, a, luck), a, luck)


def changed(places: Places, **columns: float) -> Places:
    """Copy a table of places, some of its columns being one number."""
    twin = deepcopy(places)
    for name, value in columns.items():
        getattr(twin, name)[:] = value
    return twin
