"""The suppliers that could serve a need, as frozen columns read off the economy.

Candidates of a category are found once; a tender only takes their columns. They stand in the
order of their uids, so that the order of rows can decide nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.tables import category_sectors
from simulation.economy.areas import distances_km
from simulation.economy.columns import Areas, Economy
from simulation.economy.town import Town
from simulation.kernels import candidates
from simulation.kernels.candidates import Means, Search, Trades
from simulation.model.portraits import living_wage_month
from simulation.procurement.interface import Market, Need
from simulation.procurement.learning import Memory
from simulation.procurement.rolls import laid_end_to_end

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


@dataclass(slots=True)
class Directory:
    """What is known of suppliers before any tender: who is in which trade, and how far away.

    Attributes
    ----------
    rows : int32[k]
        Trading rows that may bid, category by category, by uid.
    begins : int64[n_categories + 1]
        Category c has the rows `begins[c] : begins[c + 1]`.
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

    rows: Int32
    begins: Int64
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
        rows=np.concatenate(of_category),
        begins=laid_end_to_end([rows.size for rows in of_category])[0],
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


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A need for which candidates are looked for.

    `family` is that of the way of buying, for learned chances; `incumbents` the rows that serve the
    need now, `members` those in the buyer's club.
    """

    need: Need
    family: str
    incumbents: Int32
    members: Int32


def market_for(
    town: Town,
    directory: Directory,
    memory: Memory,
    enquiries: Sequence[Enquiry],
    committed: Float64,
    cost_level: Float64,
) -> tuple[Market, Int64]:
    """Take the columns of everyone who could serve each of some needs.

    Parameters
    ----------
    town : Town
    directory : Directory
    memory : Memory
        Chances and records learned so far.
    enquiries : sequence of Enquiry
        `m` of them.
    committed : float64[n_firms]
        Units a month that each trading row serves under arrangements.
    cost_level : float64[n_categories]
        What a firm's own cost index is worth in the category's units; see `model.rebase`.

    Returns
    -------
    Market
        Living candidates, need by need, in the order of their uids; nobody has heard yet but the
        incumbents.
    int64[m + 1]
        Need i has the candidates from the i-th number to the next.
    """
    search = _search(town, directory, enquiries, cost_level)
    market, begins = (
        _room(int((search.last - search.first).sum())),
        np.empty(len(enquiries) + 1, np.int64),
    )
    n = candidates.read_candidates(
        search, _trades(town, directory, committed), _means(town), market, begins
    )
    market = market.part(slice(n))
    buyers = np.array([one.need.buyer_index for one in enquiries], dtype=np.int64)
    families = [one.family for one in enquiries]
    wins, losses, record = memory.of_needs(families, buyers, begins, market.supplier)
    market = market._replace(
        wins=wins, losses=losses, reputation=record, knows=market.incumbent.copy()
    )
    return market, begins


def _search(
    town: Town, directory: Directory, enquiries: Sequence[Enquiry], cost_level: Float64
) -> Search:
    """Write down where the candidates of each need are looked for."""
    category = np.array([one.need.category for one in enquiries], dtype=np.int64)
    incumbents = [one.incumbents for one in enquiries]
    members = [one.members for one in enquiries]
    nobody = np.zeros(0, dtype=np.int32)
    return Search(
        first=directory.begins[category],
        last=directory.begins[category + 1],
        rows=directory.rows,
        area=np.array([one.need.area for one in enquiries], dtype=np.int64),
        home=town.economy.parties.area[[one.need.buyer for one in enquiries]].astype(np.int64),
        cost_level=cost_level[category],
        incumbent=laid_end_to_end([rows.size for rows in incumbents])[0],
        incumbents=np.concatenate([nobody, *incumbents]),
        member=laid_end_to_end([rows.size for rows in members])[0],
        members=np.concatenate([nobody, *members]),
    )


def _trades(town: Town, directory: Directory, committed: Float64) -> Trades:
    parties, firms = town.economy.parties, town.economy.firms
    return Trades(
        alive=firms.alive, uid=parties.uid, based=parties.area, owner_kind=parties.owner_kind,
        owner_area=parties.owner_area, size_band=firms.size_band, deposits=town.ledger.deposits,
        sales_expected=firms.sales_expected, capacity_pence=firms.capacity_pence,
        committed=committed, jobs=firms.jobs, wage_pence=firms.wage_pence,
        unit_cost=firms.unit_cost, price=firms.price, quality=firms.quality,
        bid_skill=firms.bid_skill, claim_skill=firms.claim_skill, honesty=firms.honesty,
        employ_local=firms.employ_local, buy_local=directory.buy_local,
        tier=directory.tier_between, distance=directory.distance_km,
    )  # fmt: skip


def _means(town: Town) -> Means:
    a = town.a
    return Means(
        a["finance.overdraft_months"], _public_part(a), float(living_wage_month(town)),
        a["market.paper_days_per_job"], a["market.paper_days_least"],
    )  # fmt: skip


_CODES = frozenset({"size_band", "owner_kind", "tier_delivery", "tier_buyer", "tier_owner"})
_MARKS = frozenset({"incumbent", "knows", "member"})


def _room(n: int) -> Market:
    """Make room for the columns of `n` candidates."""
    types: dict[str, type[np.generic]] = dict.fromkeys(_CODES, np.int8)
    types |= dict.fromkeys(_MARKS, np.bool_) | {"supplier": np.int32, "uid": np.int64}
    columns: list[Any] = [np.empty(n, types.get(name, np.float64)) for name in Market._fields]
    return Market._make(columns)
