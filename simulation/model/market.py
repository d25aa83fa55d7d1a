"""The suppliers that could serve a need, as frozen columns read off the economy.

Candidates of a category are found once; a tender only takes their columns. They stand in the
order of their uids, so that the order of rows can decide nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.tables import category_sectors
from simulation.economy.areas import distances_km
from simulation.economy.columns import Areas, Economy
from simulation.economy.town import Town
from simulation.kernels import candidates
from simulation.model.portraits import living_wage_month
from simulation.procurement.interface import Market
from simulation.procurement.learning import Memory

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


@dataclass(slots=True)
class Directory:
    """What is known of suppliers before any tender: who is in which trade, and how far away.

    Attributes
    ----------
    of_category : tuple of int32
        Trading rows that may bid in each category, by uid.
    tier_between : int8[n_areas, n_areas]
        0 same district, 1 same county, 2 same region, 3 same nation, 4 the world.
    distance_km : float64[n_areas, n_areas]
        Centre to centre.
    buy_local : float64[n_firms]
        Share of inputs bought in the firm's own county or nearer.
    labour_share, usual_wage_ratio : float64[n_categories]
        Share of cost that is pay, and pay over the Real Living Wage: the median of suppliers that
        have any capacity.
    """

    of_category: tuple[Int32, ...]
    tier_between: Int8
    distance_km: Float64
    buy_local: Float64
    labour_share: Float64
    usual_wage_ratio: Float64


def build_directory(town: Town) -> Directory:
    """Find candidates, distances and standing links once for a run."""
    economy = town.economy
    shares = category_sectors()
    parties, agents = economy.parties, economy.firms.n_agents
    may = economy.firms.bidder[:agents]
    sector = parties.sector[:agents]
    of_category = []
    for category in range(shares.shape[0]):
        rows = np.flatnonzero(may & (shares[category, np.maximum(sector, 0)] > 0.0))
        of_category.append(rows[np.argsort(parties.uid[rows], kind="stable")].astype(np.int32))
    tiers = tiers_between(economy.areas)
    wages = economy.firms.wage_pence / float(living_wage_month(town))
    serving = [rows[economy.firms.capacity_pence[rows] > 0] for rows in of_category]
    return Directory(
        of_category=tuple(of_category),
        tier_between=tiers,
        distance_km=distances_km(economy.areas, town.a),
        buy_local=_buy_local(economy, tiers),
        labour_share=_medians(_labour_share(town), serving),
        usual_wage_ratio=_medians(wages, serving),
    )


def _medians(values: Float64, of_category: list[Int32]) -> Float64:
    """Return the upper median of each category's suppliers, 1 where it has none."""
    middles = [
        np.sort(values[rows], kind="stable")[rows.size // 2] if rows.size else 1.0
        for rows in of_category
    ]
    return np.array(middles, dtype=np.float64)


def tiers_between(areas: Areas) -> Int8:
    """Return the smallest tier that two areas share: int8[n_areas, n_areas]."""
    n = len(areas.ids)
    tiers = np.full((n, n), 4, dtype=np.int8)
    for tier in range(areas.ancestor.shape[1] - 1, -1, -1):
        over = areas.ancestor[:, tier]
        same = (over[:, None] == over[None, :]) & (over[:, None] >= 0)
        tiers[same] = np.minimum(tiers[same], tier)
    tiers[np.arange(n), np.arange(n)] = 0
    return tiers


def _buy_local(economy: Economy, tiers: Int8) -> Float64:
    links = economy.supply
    n = economy.firms.jobs.size
    counts = np.diff(links.start)[:n]
    payer = np.repeat(np.arange(n), counts)
    edges = slice(0, int(links.start[n]))
    cum = links.cum[edges].astype(np.int64)
    opens = np.arange(cum.size) == links.start[payer]
    steps = cum - np.where(opens, 0, np.roll(cum, 1))
    near = tiers[economy.parties.area[payer], economy.parties.area[links.payee[edges]]] <= 1
    sums = np.zeros(n, dtype=np.int64)
    np.add.at(sums, payer, np.where(near, steps, 0))
    return sums / 65536.0


def _labour_share(town: Town) -> Float64:
    firms = town.economy.firms
    payroll = firms.jobs * firms.wage_pence
    return np.minimum(payroll / np.maximum(firms.sales_expected, 1), 0.95)


def public_capacity(town: Town) -> Float64:
    """Return the units a month that each trading row can serve for public buyers in all."""
    firms = town.economy.firms
    units = firms.capacity_pence * _public_part(town.a)
    return np.where(firms.alive, units, 0.0)


def _public_part(a: Assumptions) -> float:
    """Return the units that a penny of capacity is worth to public buyers."""
    return a["market.public_share"] / 100.0


def market_for(
    town: Town,
    directory: Directory,
    memory: Memory,
    family: str,
    buyer: int,
    category: int,
    area: int,
    incumbents: Int32,
    members: Int32,
    committed: Float64,
    cost_level: float,
    a: Assumptions,
) -> Market:
    """Take the columns of everyone who could serve a need.

    Parameters
    ----------
    town : Town
    directory : Directory
    memory : Memory
        Chances and records learned so far.
    family : str
        Family of the way of buying, for learned chances.
    buyer, category, area : int
        Buyer's index, spending category, area of delivery.
    incumbents, members : int32[k]
        Rows that serve the need now; rows in the buyer's club.
    committed : float64[n_firms]
        Units a month that each trading row serves under arrangements.
    cost_level : float
        What a firm's own cost index is worth in this category's units; see `model.rebase`.
    a : Assumptions

    Returns
    -------
    Market
        Living candidates in the order of their uids; nobody has heard yet but the incumbents.
    """
    economy, parties, firms = town.economy, town.economy.parties, town.economy.firms
    rows = directory.of_category[category]
    home = parties.area[economy.buyers.row[buyer]]
    supplier, uid = np.empty(rows.size, dtype=np.int32), np.empty(rows.size, dtype=np.int64)
    codes = np.empty((5, rows.size), dtype=np.int8)
    marks = np.empty((2, rows.size), dtype=np.bool_)
    means, traits = np.empty((6, rows.size)), np.empty((7, rows.size))
    n = candidates.read_candidates(
        rows, incumbents, members, directory.distance_km[area], directory.tier_between[area],
        directory.tier_between[home], firms.alive, parties.uid, parties.area, parties.owner_kind,
        parties.owner_area, firms.size_band, town.ledger.deposits, firms.sales_expected,
        firms.capacity_pence, committed, firms.jobs, firms.wage_pence, firms.unit_cost,
        firms.price, a["finance.overdraft_months"], _public_part(a),
        float(living_wage_month(town)), a["market.paper_days_per_job"],
        a["market.paper_days_least"], cost_level, firms.quality, firms.bid_skill,
        firms.claim_skill, firms.honesty, firms.employ_local, directory.buy_local,
        supplier, uid, codes, marks, means, traits,
    )  # fmt: skip
    supplier, uid = supplier[:n], uid[:n]
    size_band, owner_kind, tier_delivery, tier_buyer, tier_owner = codes[:, :n]
    incumbent, member = marks[:, :n]
    unit_cost, capacity, wage_ratio, slack, utilisation, paper_days = means[:, :n]
    distance_km, quality, bid_skill, claim_skill, honesty, employ_local, buy_local = traits[:, :n]
    wins, losses = memory.chances(family, buyer, supplier)
    return Market(
        supplier=supplier,
        uid=uid,
        distance_km=distance_km,
        unit_cost=unit_cost,
        capacity=capacity,
        size_band=size_band,
        owner_kind=owner_kind,
        tier_delivery=tier_delivery,
        tier_buyer=tier_buyer,
        tier_owner=tier_owner,
        quality=quality,
        bid_skill=bid_skill,
        claim_skill=claim_skill,
        honesty=honesty,
        wage_ratio=wage_ratio,
        employ_local=employ_local,
        buy_local=buy_local,
        incumbent=incumbent,
        reputation=memory.reputation(buyer, supplier),
        wins=wins,
        losses=losses,
        knows=incumbent,
        slack=slack,
        member=member,
        utilisation=utilisation,
        paper_days=paper_days,
    )
