"""Who trades: every enterprise of some areas, the suppliers around them, accounts for the rest.

In areas that are agents each enterprise is a row. In the districts around them a share of firms in
the trades that public bodies buy from are rows, and the rest of each sector is an account row for
locally owned, outside-owned and publicly run units. Further away stand national suppliers and
accounts. Counts follow the Business Population Estimates and each area's own figures.
"""

from dataclasses import dataclass

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Firm
from scenarios.vocabulary import OwnerKind, SizeBand, Tier
from simulation import streams
from simulation.economy import sizes
from simulation.economy.apportion import largest_remainder, ranks
from simulation.economy.columns import Bool, Float64, Int8, Int16, Int32, Int64
from simulation.economy.grouped import Grouped
from simulation.economy.place import Place

MISSION_SECTORS = ("education", "health", "social_care", "leisure", "membership")
"""Where voluntary, community and social enterprises work (NCVO Almanac's main activities)."""

SUPPLIER_SHARES = (
    "build.supplier_share.micro",
    "build.supplier_share.small",
    "build.supplier_share.medium",
    "build.supplier_share.large",
)
BIDDER_SHARES = (
    "build.bidder_share.micro",
    "build.bidder_share.small",
    "build.bidder_share.medium",
    "build.bidder_share.large",
)
SERIALS_PER_CELL = 10_000_000


@dataclass(slots=True)
class TradingRows:
    """Trading rows as they are made; single firms first, sorted by area, sector and uid.

    `chain` is the position of the chain a branch or head office belongs to, -1 for the rest;
    `is_head` marks head offices, `national` the large suppliers of wider tiers.
    """

    n_agents: int
    uid: Int64
    area: Int16
    sector: Int16
    band: Int8
    jobs: Int64
    firms_in_row: Int64
    owner_kind: Int8
    bidder: Bool
    chain: Int32
    is_head: Bool
    national: Bool
    shortfall: int

    @property
    def n(self) -> int:
        """Number of rows."""
        return self.uid.size


Block = dict[str, Int64]


def make_firms(place: Place, located_buyer_jobs: Int64, a: Assumptions, seed: int) -> TradingRows:
    """Make every trading row from the figures of its area.

    Parameters
    ----------
    place : Place
    located_buyer_jobs : int64[A, S]
        Jobs of the public buyers that have rows of their own, by area and sector.
    a : Assumptions
        Entries of `firms.*` and `build.*`.
    seed : int
        The replicate's seed.

    Returns
    -------
    TradingRows
        Jobs by area and sector add up to the area's figures, but for `shortfall`: jobs of sectors
        whose enterprises, in areas that are agents, have no room for them within their size bands.
    """
    private = place.jobs - place.public_jobs
    spent = spending_by_sector(place)
    agents: list[Block] = [_chain_rows(place, private, a)]
    accounts: list[Block] = []
    shortfall = 0
    for area in np.flatnonzero(place.agents | place.suppliers | place.accounts):
        counts = sizes.share_out(place.enterprises[area], private[area])
        outside = sizes.outside_share(counts, a)
        branches = _jobs_by_sector(agents[0], int(area), private.shape[1])
        left = np.maximum(private[area] - branches, 0)
        if place.agents[area] and place.scenario.firms:
            block = listed_firms(place, int(area))
            left = np.zeros_like(left)
        elif place.agents[area]:
            block = _firms_of(place, int(area), counts, a, seed)
            block["jobs"] = sizes.fit_sizes(
                block["jobs"],
                block["band"].astype(np.int8),
                block["sector"].astype(np.int16),
                left,
            )
            made = _jobs_by_sector(block, int(area), left.size)
            shortfall += int(np.maximum(left - made, 0).sum())
            left = np.zeros_like(left)
        else:
            chosen = _chosen_counts(place, int(area), counts, spent, a)
            block = _firms_of(place, int(area), chosen, a, seed)
            block = _within(block, (left * 0.7).astype(np.int64))
            block["bidder"][:] = 1
            block["national"][:] = int(place.accounts[area])
            left = left - _jobs_by_sector(block, int(area), left.size)
            counts = np.maximum(counts - chosen, 0)
        agents.append(block)
        public = np.maximum(place.public_jobs[area] - located_buyer_jobs[area], 0)
        accounts += _account_rows(place, int(area), left, outside, public, counts)
    firms = _joined(agents)
    _set_owner_kinds(place, firms, a, seed)
    _set_bidders(place, firms, spent, a, seed)
    return _as_rows(firms, _joined(accounts), shortfall)


def spending_by_sector(place: Place) -> Float64:
    """Return all buyers' budgets by supplying sector [GBP a year], float64[S]."""
    ids = tuple(category.id for category in tables.categories())
    budget = np.zeros(len(ids))
    for buyer in place.scenario.buyers:
        for name in sorted(buyer.budget):
            budget[ids.index(name)] += buyer.budget[name]
    weights = np.asarray(tables.category_sectors(), dtype=np.float64)
    out: Float64 = np.cumsum(weights * budget[:, None], axis=0)[-1]
    return out


def listed_firms(place: Place, area: int) -> Block:
    """Make the rows of firms that the scenario names one by one."""
    firms = [firm for firm in place.scenario.firms if firm.area == place.ids[area]]
    uid = [streams.uid(firm.area, "firm", streams.key("firm", firm.id)) for firm in firms]
    jobs = np.array([firm.jobs for firm in firms], dtype=np.int64)
    band = np.searchsorted(sizes.FLOOR, np.maximum(jobs, 1), side="right").astype(np.int64)
    sector = np.array([place.sector(firm.sector) for firm in firms], dtype=np.int64)
    block = _block(area, sector, band, jobs, np.array(uid, dtype=np.int64))
    block["owner_kind"] = np.array(
        [OwnerKind[firm.owner_kind.upper()] for firm in firms], dtype=np.int64
    )
    block["bidder"] = np.array([int(firm.bidder) for firm in firms], dtype=np.int64)
    block["chain"] = np.array([_chain_of(place, firm) for firm in firms], dtype=np.int64)
    block["listed"][:] = 1
    return block


def _chain_of(place: Place, firm: Firm) -> int:
    """Return the chain whose head office and sector a named branch has, -1 where none."""
    for number, chain in enumerate(place.scenario.chains):
        if firm.head == chain.head and firm.sector == chain.sector:
            return number
    return -1


def _block(area: int, sector: Int64, band: Int64, jobs: Int64, uid: Int64) -> Block:
    n = sector.size
    fixed = {
        "firms_in_row": 1,
        "owner_kind": OwnerKind.LOCAL,
        "bidder": 0,
        "chain": -1,
        "is_head": 0,
        "national": 0,
        "listed": 0,
    }
    block = {name: np.full(n, value, dtype=np.int64) for name, value in fixed.items()}
    block["area"] = np.full(n, area, dtype=np.int64)
    block.update(sector=sector, band=band, jobs=jobs, uid=uid)
    return block


def _joined(blocks: list[Block]) -> Block:
    empty = _block(0, *(np.zeros(0, dtype=np.int64) for _ in range(4)))
    blocks = [empty, *blocks]
    return {name: np.concatenate([block[name] for block in blocks]) for name in empty}


def _jobs_by_sector(block: Block, area: int, n_sectors: int) -> Int64:
    here = block["area"] == area
    counts = np.bincount(block["sector"][here], weights=block["jobs"][here], minlength=n_sectors)
    return counts.astype(np.int64)


def _firms_of(place: Place, area: int, counts: Int64, a: Assumptions, seed: int) -> Block:
    """Make one row a firm: counts by sector and band become rows with drawn sizes."""
    flat = counts.ravel()
    cell = np.repeat(np.arange(flat.size), flat)
    serial = cell * SERIALS_PER_CELL + ranks(flat)
    uid = streams.uids(place.ids[area], "firm", serial)
    band = cell % 4 + SizeBand.MICRO
    drawn = streams.uniform(seed, streams.Purpose.FIRM_SIZE, uid)
    jobs = sizes.draw_sizes(drawn, band.astype(np.int8), a)
    return _block(area, cell // 4, band, jobs, uid)


def _chosen_counts(place: Place, area: int, counts: Int64, spent: Float64, a: Assumptions) -> Int64:
    """Return how many firms of a district or wider tier stand as rows; none beside named firms."""
    bought = spent > 0.0
    if place.scenario.firms:
        return np.zeros_like(counts)
    if place.suppliers[area]:
        shares = [a[entry] for entry in SUPPLIER_SHARES]
        some: Float64 = counts * np.array(shares)[None, :] * bought[:, None]
        return np.rint(some).astype(np.int64)
    chosen = np.zeros_like(counts)
    tier = int(place.areas.tier[area])
    if tier in (Tier.REGION, Tier.UK) and place.jobs[area].any():
        name = "build.regional_bidders" if tier == Tier.REGION else "build.national_bidders"
        whole = round(a[name])
        weights = np.where(place.jobs[area] > 0, spent, 0.0)
        medium = round(whole * a["build.medium_among_national"])
        chosen[:, 2] = largest_remainder(medium, weights)
        chosen[:, 3] = largest_remainder(whole - medium, weights) + (weights > 0.0)
    return chosen


def _within(block: Block, limit: Int64) -> Block:
    """Keep the firms of each sector that fit within a limit of jobs."""
    running = np.cumsum(block["jobs"])
    first = np.searchsorted(block["sector"], block["sector"], side="left")
    before = np.where(first > 0, running[first - 1], 0)
    keep = running - before <= limit[block["sector"]]
    return {name: column[keep] for name, column in block.items()}


def _chain_rows(place: Place, private: Int64, a: Assumptions) -> Block:
    """Make each chain's branches in areas that are agents, and its head office where that lies."""
    rows: list[tuple[int, int, int, int, int, int]] = []
    for number, chain in enumerate(place.scenario.chains):
        sector = place.sector(chain.sector)
        head = place.ids.index(chain.head)
        size = chain.jobs if chain.jobs is not None else round(a["firms.branch_jobs"])
        name = streams.key("chain", chain.id)
        rows.append((head, sector, round(a["firms.head_office_jobs"]), 1, number, name))
        rivals = sum(other.sector == chain.sector for other in place.scenario.chains)
        for branch in chain.branches:
            area = place.ids.index(branch)
            if place.agents[area] and not place.scenario.firms:
                most = int(private[area, sector] * a["firms.branch_most"]) // rivals
                rows.append((area, sector, max(min(size, most), 1), 0, number, name))
    table = np.array(rows, dtype=np.int64).reshape(-1, 6)
    size_of = table[:, 2].copy()
    uid = np.array(
        [streams.uid(place.ids[row[0]], "head" if row[3] else "branch", row[5]) for row in rows],
        dtype=np.int64,
    )
    block = _block(0, table[:, 1], np.full_like(size_of, SizeBand.LARGE), size_of, uid)
    block.update({"area": table[:, 0], "chain": table[:, 4], "is_head": table[:, 3]})
    block["owner_kind"][:] = OwnerKind.OUTSIDE
    block["bidder"] = block["is_head"].copy()
    return block


def _account_rows(
    place: Place, area: int, left: Int64, outside: Float64, public: Int64, counts: Int64
) -> list[Block]:
    """Make the account rows of one area: the jobs that no single row holds, by who owns them."""
    elsewhere = np.minimum(np.rint(left * outside).astype(np.int64), left)
    blocks = []
    for owner, jobs in (
        (OwnerKind.LOCAL, left - elsewhere),
        (OwnerKind.OUTSIDE, elsewhere),
        (OwnerKind.PUBLIC, public),
    ):
        sector = np.flatnonzero(jobs > 0)
        uid = streams.uids(place.ids[area], "account", sector * 64 + owner)
        block = _block(area, sector, np.zeros_like(sector), jobs[sector], uid)
        block["owner_kind"][:] = owner
        many = counts.sum(axis=1)[sector] if owner == OwnerKind.LOCAL else jobs[sector] // 50
        block["firms_in_row"] = np.maximum(many, 2)
        blocks.append(block)
    return blocks


def _set_owner_kinds(place: Place, firms: Block, a: Assumptions, seed: int) -> None:
    """Draw who owns each firm: outsiders by size, co-ops and VCSEs by published count.

    Of suppliers from farther away, which no count tells, a share of those in the trades of VCSEs is
    one (`firms.vcse_among_national`).
    """
    u = streams.uniform(seed, streams.Purpose.FIRM_OWNER, firms["uid"])
    chance = sizes.outside_chance(a)[np.maximum(firms["band"] - SizeBand.MICRO, 0)]
    outside = (u < chance) | (firms["national"] == 1) | (firms["chain"] >= 0)
    drawn = np.where(outside, OwnerKind.OUTSIDE, OwnerKind.LOCAL).astype(np.int64)
    mission = np.isin(firms["sector"], [place.sector(name) for name in MISSION_SECTORS])
    charity = (firms["national"] == 1) & mission & (u < a["firms.vcse_among_national"])
    drawn[charity] = OwnerKind.VCSE
    firms["owner_kind"] = np.where(firms["listed"] == 1, firms["owner_kind"], drawn)
    outside |= firms["listed"] == 1
    by_area = Grouped(firms["area"])
    for row in np.flatnonzero(place.agents | place.suppliers).tolist():
        here = by_area.rows(row)
        scale = 1.0
        if not place.agents[row]:
            scale = here.size / max(int(place.enterprises[row].sum()), 1)
        here = here[~outside[here]]
        here = here[np.argsort(u[here], kind="stable")[::-1]]
        vcse = here[mission[here]][: round(place.rows[row].vcse * scale)]
        firms["owner_kind"][vcse] = OwnerKind.VCSE
        rest = here[firms["owner_kind"][here] != OwnerKind.VCSE]
        coops = rest[: round(place.rows[row].coops * scale)]
        firms["owner_kind"][coops] = OwnerKind.COOP


def _set_bidders(place: Place, firms: Block, spent: Float64, a: Assumptions, seed: int) -> None:
    """Draw who may tender: a chance by size, in the sectors that public bodies buy from."""
    chances = [a[entry] for entry in BIDDER_SHARES]
    chance = np.array(chances)[np.maximum(firms["band"] - SizeBand.MICRO, 0)]
    shared = (firms["owner_kind"] == OwnerKind.VCSE) | (firms["owner_kind"] == OwnerKind.COOP)
    chance = np.where(shared, np.maximum(chance, a["build.bidder_share.vcse"]), chance)
    u = streams.uniform(seed, streams.Purpose.FIRM_BIDDER, firms["uid"])
    may = (u < chance) & place.agents[firms["area"]] & (firms["chain"] < 0)
    may &= firms["listed"] == 0
    firms["bidder"] = ((firms["bidder"] == 1) | may).astype(np.int64)
    buys = (spent > 0.0)[firms["sector"]] | (firms["listed"] == 1)
    firms["bidder"] = firms["bidder"] * buys


def _as_rows(firms: Block, accounts: Block, shortfall: int) -> TradingRows:
    order = np.lexsort((firms["uid"], firms["sector"], firms["area"]))
    firms = {name: column[order] for name, column in firms.items()}
    order = np.lexsort((accounts["owner_kind"], accounts["sector"], accounts["area"]))
    accounts = {name: column[order] for name, column in accounts.items()}
    both = {name: np.concatenate((firms[name], accounts[name])) for name in firms}
    return TradingRows(
        n_agents=firms["uid"].size,
        uid=both["uid"],
        area=both["area"].astype(np.int16),
        sector=both["sector"].astype(np.int16),
        band=both["band"].astype(np.int8),
        jobs=both["jobs"],
        firms_in_row=both["firms_in_row"],
        owner_kind=both["owner_kind"].astype(np.int8),
        bidder=both["bidder"].astype(np.bool_),
        chain=both["chain"].astype(np.int32),
        is_head=both["is_head"].astype(np.bool_),
        national=both["national"].astype(np.bool_),
        shortfall=shortfall,
    )
