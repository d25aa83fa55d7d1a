"""Where profit and rent go: who owns each firm, which group it belongs to, who lets its premises.

Two kinds of local are kept apart: where a firm is based and where its profit goes. Local firms
belong to households of the place, better-off ones first; outsiders are households elsewhere in
the country or owners abroad; a branch sends its cash to the head office of its group.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import OwnerKind, SizeBand, Tier
from simulation import streams
from simulation.economy.columns import Float64, Int16, Int32, Int64
from simulation.economy.firms import TradingRows
from simulation.economy.grouped import Grouped
from simulation.economy.people import DECILES, People
from simulation.economy.place import Place
from simulation.economy.ranking import ranked

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each kind of party row begins."""

    n_trading: int
    government: int
    world: int
    outside_demand: int
    bank: int
    pension_fund: int
    buyers: int
    households: int

    @classmethod
    def after(cls, n_trading: int, n_buyers: int) -> "Rows":
        """Lay out the rows: trading, institutions, buyers, households."""
        first = n_trading
        return cls(n_trading, first, first + 1, first + 2, first + 3, first + 4, first + 5,
                   first + 5 + n_buyers)  # fmt: skip


class Homes:
    """Finds household rows by place and standing, for owners and landlords."""

    def __init__(self, place: Place, people: People, rows: Rows) -> None:
        self.first = rows.households
        self.world = rows.world
        self.ranked: dict[int, Int64] = {}
        self.accounts: dict[int, int] = {}
        single = Grouped(people.area[: people.n_agents])
        for area in np.flatnonzero(place.agents):
            here = single.rows(int(area))
            self.ranked[int(area)] = here[ranked(-people.luck[here], people.uid[here])]
        for row in range(people.n_agents, people.n, DECILES):
            self.accounts[int(people.area[row])] = row
        national = np.flatnonzero(place.areas.leaf & (place.areas.tier == Tier.UK))
        self.nation = [int(area) for area in national] or [NOBODY]
        self.national = self.nation[0] if len(self.nation) == 1 else NOBODY

    def standing(self, area: int, fraction: Float64) -> Int32:
        """Return household party rows of an area, `fraction` of the way down from the best off."""
        if area in self.ranked and self.ranked[area].size:
            ladder = self.ranked[area]
            step = np.minimum((fraction * ladder.size).astype(np.int64), ladder.size - 1)
            return (self.first + ladder[step]).astype(np.int32)
        if area in self.accounts:
            step = np.minimum((fraction * DECILES).astype(np.int64), DECILES - 1)
            return (self.first + self.accounts[area] + DECILES - 1 - step).astype(np.int32)
        return np.full(fraction.size, self.world, dtype=np.int32)

    def elsewhere(self, fraction: Float64, abroad: np.ndarray) -> Int32:
        """Return owners outside the place: national households, or the world where `abroad`.

        Where the nation is several accounts, what is left of `fraction` within a step of the
        ladder chooses among them.
        """
        here = self.standing(self.nation[0], fraction)
        among = (fraction * DECILES % 1.0 * len(self.nation)).astype(np.int64)
        for k, area in enumerate(self.nation[1:], 1):
            here = np.where(among == k, self.standing(area, fraction), here).astype(np.int32)
        return np.where(abroad, self.world, here).astype(np.int32)


def biased(u: Float64, bias: float) -> Float64:
    """Bend uniform draws towards the top of the ladder: u (1 - bias + bias u)."""
    return u * (1.0 - bias + bias * u)


def find_owners(place: Place, rows: TradingRows, homes: Homes, a: Assumptions, seed: int) -> Int32:
    """Find who receives each row's dividends.

    Parameters
    ----------
    place : Place
    rows : TradingRows
    homes : Homes
    a : Assumptions
        `firms.owner_wealth_bias`, `firms.foreign_share`.
    seed : int

    Returns
    -------
    int32[n]
        A household row, an account row or the world; a co-op has the account row of the nearest
        area for its members from there; -1 for VCSEs and public units.
    """
    u = streams.uniform(seed, "build.owner", rows.uid)
    fraction = biased(u, a["firms.owner_wealth_bias"])
    abroad = streams.uniform(seed, "build.foreign", rows.uid) < a["firms.foreign_share"]
    abroad |= rows.area == homes.national
    owner = np.full(rows.n, NOBODY, dtype=np.int32)
    by_area = Grouped(rows.area)
    for area in by_area.codes:
        every = by_area.rows(area)
        here = every[rows.owner_kind[every] == OwnerKind.LOCAL]
        owner[here] = homes.standing(area, fraction[here])
        coops = every[rows.owner_kind[every] == OwnerKind.COOP]
        owner[coops] = _commuters_account(place, homes, area)
    outside = rows.owner_kind == OwnerKind.OUTSIDE
    owner[outside] = homes.elsewhere(fraction[outside], abroad[outside])
    return owner


def _commuters_account(place: Place, homes: Homes, area: int) -> int:
    """Return the middle account row of the nearest area that has accounts."""
    if not homes.accounts:
        return NOBODY
    nearest = min(homes.accounts, key=lambda other: (place.distance_km[area, other], other))
    return homes.first + homes.accounts[nearest] + DECILES // 2


def find_heads(rows: TradingRows, owner: Int32, a: Assumptions, seed: int) -> Int32:
    """Find the head office of each row, its own row where it has none.

    Parameters
    ----------
    rows : TradingRows
    owner : int32[n], updated
        A branch has the owner of its head office.
    a : Assumptions
        `firms.group_share`: share of outside-owned firms in rows of their own, chains and national
        suppliers left out, that are branches of a national supplier of their sector.
    seed : int

    Returns
    -------
    int32[n]
    """
    head = np.arange(rows.n, dtype=np.int32)
    for chain in np.unique(rows.chain[rows.chain >= 0]):
        of_chain = np.flatnonzero(rows.chain == chain)
        office = of_chain[rows.is_head[of_chain]]
        head[of_chain] = office[0]
    single = np.arange(rows.n) < rows.n_agents
    free = single & (rows.owner_kind == OwnerKind.OUTSIDE) & (rows.chain < 0) & ~rows.national
    joins = streams.uniform(seed, "build.group", rows.uid) < a["firms.group_share"]
    pick = streams.uniform(seed, "build.group_head", rows.uid)
    for sector in np.unique(rows.sector[free]):
        offices = np.flatnonzero(
            rows.national & (rows.sector == sector) & (rows.owner_kind == OwnerKind.OUTSIDE)
        )
        if offices.size == 0:
            continue
        offices = offices[np.argsort(rows.uid[offices], kind="stable")]
        branch = np.flatnonzero(free & joins & (rows.sector == sector))
        step = np.minimum((pick[branch] * offices.size).astype(np.int64), offices.size - 1)
        head[branch] = offices[step]
    branch = np.flatnonzero(head != np.arange(rows.n))
    owner[branch] = owner[head[branch]]
    return head


def owner_areas(owner: Int32, own: Int16, areas: Int16) -> Int16:
    """Return the area that each row's profit goes to.

    Parameters
    ----------
    owner : int32[n]
    own : int16[n]
        Area of each row, kept where nobody owns it.
    areas : int16[n_parties]
        Area of every party row.

    Returns
    -------
    int16[n]
    """
    return np.where(owner >= 0, areas[np.maximum(owner, 0)], own).astype(np.int16)


def find_premises(
    place: Place, rows: TradingRows, weight: Int64, at: Rows, a: Assumptions, seed: int
) -> Int32:
    """Find who lets each row its premises: property firms near, property firms away, or funds.

    Parameters
    ----------
    place : Place
    rows : TradingRows
    weight : int64[n]
        Size of each row as a landlord, its sales.
    at : Rows
    a : Assumptions
        `firms.premises_near`, `firms.premises_fund`.
    seed : int

    Returns
    -------
    int32[n]
        Party rows, never the firm itself.
    """
    u = streams.uniform(seed, "build.premises", rows.uid)
    pick = streams.uniform(seed, "build.premises_who", rows.uid)
    near, fund = a["firms.premises_near"], a["firms.premises_fund"]
    estate = np.flatnonzero(rows.sector == place.sector("real_estate"))
    estate = estate[np.lexsort((rows.uid[estate], rows.area[estate]))]
    national = np.flatnonzero(place.areas.leaf & (place.areas.tier == Tier.UK))
    away = _by_size(estate[np.isin(rows.area[estate], national)], weight, pick, at.world)
    landlord = np.where(u < near + fund, at.pension_fund, away).astype(np.int32)
    by_area = Grouped(rows.area)
    for area in by_area.codes:
        here = by_area.rows(area)
        here = here[u[here] < near]
        large = estate[(rows.area[estate] == area) & (rows.band[estate] != SizeBand.MICRO)]
        landlord[here] = _by_size(large, weight, pick[here], at.pension_fund)
    itself = landlord == np.arange(rows.n)
    landlord[itself] = at.pension_fund
    return landlord


def _by_size(candidates: Int64, weight: Int64, u: Float64, otherwise: int) -> Int32:
    if candidates.size == 0 or not weight[candidates].any():
        return np.full(u.size, otherwise, dtype=np.int32)
    cum = np.cumsum(weight[candidates])
    point = (u * cum[-1]).astype(np.int64)
    found: Int64 = candidates[np.searchsorted(cum, point, side="right")]
    return found.astype(np.int32)
