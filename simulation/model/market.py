"""The suppliers that could serve a need, as frozen columns read off the economy.

Candidates of a category are found once; a tender only takes their columns. They stand in the
order of their uids, so that the order of rows can decide nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.tables import tendering_sectors
from simulation.accounting.desks import serve
from simulation.accounting.grouping import totals
from simulation.economy.apportion import row_totals
from simulation.economy.areas import distances_km
from simulation.economy.columns import Areas, Economy
from simulation.economy.inputs import overdraft_months
from simulation.economy.town import Town
from simulation.kernels import candidates, canvassing
from simulation.kernels.candidates import NEARBY, Means, Search, Trades
from simulation.kernels.canvassing import Found
from simulation.kernels.keyed import wrapping
from simulation.kernels.scales import CUM_ONE
from simulation.model.portraits import living_wage_month
from simulation.procurement.awareness import notices_of
from simulation.procurement.costs import cost_rules, costs_asked
from simulation.procurement.docket import Docket, Others
from simulation.procurement.interface import Market, Regime
from simulation.procurement.rolls import laid_end_to_end
from simulation.streams import Purpose

if TYPE_CHECKING:
    from simulation.model.letting import Office

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
Supply = tuple[Int64, Int32, Int64]


MANY = 200_000
"""Candidates from which on notices are sent round at another desk: a millisecond of work."""
OFTEN = 4
"""Looks at each candidate from which on it pays to lay their columns out in order first."""


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
    staff_near, inputs_near : float64[n_areas, n_areas]
        By area of a buyer and of a firm, what of the firm's staff and inputs is of the buyer's
        county; see `Trades`.
    labour_share, usual_wage_ratio : float64[n_categories]
        Share of cost that is pay, and pay over the Real Living Wage: the median of suppliers that
        have any capacity.
    """

    rows: Int32
    begins: Int64
    tier_between: Int8
    distance_km: Float64
    buy_local: Float64
    staff_near: Float64
    inputs_near: Float64
    labour_share: Float64
    usual_wage_ratio: Float64


def build_directory(town: Town) -> Directory:
    """Find candidates, distances and standing links once for a run."""
    economy = town.economy
    trades = tendering_sectors()
    parties, agents = economy.parties, economy.firms.n_agents
    may = economy.firms.bidder[:agents]
    sector = parties.sector[:agents]
    of_category = []
    for category in range(trades.shape[0]):
        rows = np.flatnonzero(may & trades[category, np.maximum(sector, 0)])
        of_category.append(rows[np.argsort(parties.uid[rows], kind="stable")].astype(np.int32))
    tiers, supply = tiers_between(economy.areas), _supply(economy)
    wages = economy.firms.wage_pence / float(living_wage_month(town))
    serving = [rows[economy.firms.capacity_pence[rows] > 0] for rows in of_category]
    return Directory(
        rows=np.concatenate(of_category),
        begins=laid_end_to_end([rows.size for rows in of_category])[0],
        tier_between=tiers,
        distance_km=distances_km(economy.areas, town.a),
        buy_local=_buy_local(economy, tiers, supply),
        staff_near=staff_near(economy.areas.commuting, tiers),
        inputs_near=_inputs_near(economy, tiers, supply),
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


def staff_near(commuting: Float64, tiers: Int8) -> Float64:
    """Return which part of the staff of an area lives in the county of a buyer, or nearer.

    Parameters
    ----------
    commuting : float64[n_areas, n_areas]
        By area of home and of work.
    tiers : int8[n_areas, n_areas]
        As `tiers_between`.

    Returns
    -------
    float64[n_areas, n_areas]
        By area of the buyer and of work. Where work is in the county itself it is of those alone
        who live outside the area of work, since what a firm has of the others is known by firm.
    """
    whole, own = _within(tiers, commuting), np.diagonal(commuting)
    others = np.maximum(whole - own, 0.0) / np.maximum(1.0 - own, 1e-9)
    return np.where(tiers <= NEARBY, np.minimum(others, 1.0), whole)


def _within(tiers: Int8, shares: Float64) -> Float64:
    """Add up shares over the areas of a buyer's county: [buyer, column]."""
    return np.array([row_totals(shares[near].T) for near in tiers <= NEARBY])


def _inputs_near(economy: Economy, tiers: Int8, supply: Supply) -> Float64:
    """Return the part of inputs that an area's firms buy in a buyer's county: [buyer, firm]."""
    payer, payee, steps = supply
    n, area = tiers.shape[0], economy.parties.area
    bought = steps * economy.firms.sales_expected[payer].astype(np.float64)
    pairs = area[payee].astype(np.int64) * n + area[payer]
    by_area = totals(pairs, bought, n * n).reshape(n, n)
    return _within(tiers, by_area / np.maximum(row_totals(by_area.T), 1.0))


def _buy_local(economy: Economy, tiers: Int8, supply: Supply) -> Float64:
    payer, payee, steps = supply
    area = economy.parties.area
    near = tiers[area[payer], area[payee]] <= NEARBY
    sums = np.zeros(economy.firms.jobs.size, dtype=np.int64)
    np.add.at(sums, payer, np.where(near, steps, 0))
    return sums / CUM_ONE


def _supply(economy: Economy) -> Supply:
    """List who buys inputs, of whom, and which part of all that it buys [parts of `CUM_ONE`]."""
    links = economy.supply
    n = economy.firms.jobs.size
    payer = np.repeat(np.arange(n), np.diff(links.start)[:n])
    edges = slice(0, int(links.start[n]))
    cum = links.cum[edges].astype(np.int64)
    opens = np.arange(cum.size) == links.start[payer]
    return payer, links.payee[edges], cum - np.where(opens, 0, np.roll(cum, 1))


def _labour_share(town: Town) -> Float64:
    firms = town.economy.firms
    payroll = firms.jobs * firms.wage_pence
    return np.minimum(payroll / np.maximum(firms.sales_expected, 1), 0.95)


def public_part(a: Assumptions) -> float:
    """Return the units that a penny of capacity is worth to public buyers."""
    return a["market.public_share"] / 100.0


def market_for(
    town: Town,
    office: "Office",
    docket: Docket,
    ways: Sequence[tuple[Regime, int]],
    incumbents: Sequence[Int32],
    members: Sequence[Int32],
    committed: Float64,
    *,
    outside: bool = False,
) -> list[Docket]:
    """Send the notices of a docket round, and take the columns of everyone whom it then holds.

    Parameters
    ----------
    town : Town
    office : Office
        Knows the market and remembers who won and how they served.
    docket : Docket
        `m` needs, without candidates.
    ways : sequence of (Regime, int)
        Ways of buying of how many needs in turn. Each says whether only those who could serve, and
        have heard, are wanted.
    incumbents, members : sequence of int32[k]
        The rows that serve each need now; those in the buyer's club.
    committed : float64[n_firms]
        Units a month that each trading row serves under arrangements.
    outside : bool
        Whether incumbents are passed over.

    Returns
    -------
    list of Docket
        One for each way of buying: living candidates, need by need, in the order of their uids.
    """
    a, directory = town.a, office.directory
    search = _search(town, office, docket, incumbents, members)
    trades, means = _trades(town, directory, committed), _means(town)
    docket.draw((Purpose.REACH, Purpose.BID_COST_COMMON, Purpose.CHALLENGE))
    rules, asked = cost_rules(a), costs_asked(docket, np.zeros(len(docket.needs)), a)
    ends = np.cumsum([0, *(many for _, many in ways)]).tolist()
    parts = [docket.section(slice(*bounds)) for bounds in pairwise(ends)]
    screens = [
        (regime.screen(part, a), many) for (regime, many), part in zip(ways, parts, strict=True)
    ]
    notices, best = notices_of(docket, screens, a, outside=outside)
    buyers = np.array([need.buyer_index for need in docket.needs], dtype=np.int64)
    known = office.memory.records_of(buyers)
    asked = asked._replace(best=best)
    found = _canvass(town, search, (trades, means, notices, rules, asked, known))
    market = _room(found.rows, found.knows)
    candidates.read_candidates(search, trades, means, found.begins, market)
    families = [regime.family for regime, many in ways for _ in range(many)]
    wins, losses, record = office.memory.of_needs(families, buyers, found.begins, market.supplier)
    market = market._replace(wins=wins, losses=losses, reputation=record)
    return [
        _section(part, market, found, slice(*bounds), counted=screen is not None)
        for part, bounds, (screen, _) in zip(parts, pairwise(ends), screens, strict=True)
    ]


def _canvass(town: Town, search: Search, told: tuple[Any, ...]) -> Found:
    """Send notices round, side by side where there are many candidates and desks to spare."""
    sizes, m = search.last - search.first, search.area.size
    upto = np.concatenate([[0], np.cumsum(sizes)])
    whole = int(upto[-1])
    found = Found(
        np.empty(whole, np.int32), np.empty(whole, np.bool_), np.empty(m + 1, np.int64),
        np.empty(m, np.int64), np.empty(m),
    )  # fmt: skip
    trades, *others = told
    at_row = search.rows
    if whole > OFTEN * at_row.size:
        at_row = np.arange(at_row.size, dtype=np.int32)
        trades = trades.taken(search.rows)
    desks = min(town.ledger.desks, max(whole // MANY, 1))
    shares = whole * np.arange(1, desks) / desks
    cuts = [0, *np.searchsorted(upto, shares).tolist(), m]

    def work(part: tuple[int, int]) -> int:
        room = np.empty(int(sizes.max(initial=0)))
        with wrapping():
            end = canvassing.canvass(
                *part, search, at_row, trades, *others, room, found, int(upto[part[0]])
            )
        return int(end)

    parts = list(pairwise(cuts))
    n = 0
    for (first, last), end in zip(parts, serve(parts, work), strict=True):
        begin = int(upto[first])
        for column in (found.rows, found.knows):
            column[n : n + end - begin] = column[begin:end]
        found.begins[first:last] += n - begin
        n += end - begin
    found.begins[m] = n
    return found._replace(rows=found.rows[:n], knows=found.knows[:n])


def _section(part: Docket, market: Market, found: Found, needs: slice, *, counted: bool) -> Docket:
    """Give some needs of a docket the candidates that have been found for them."""
    begins = found.begins[needs.start : needs.stop + 1]
    mine = market.part(slice(int(begins[0]), int(begins[-1])))
    others = Others(found.others[needs], found.cheapest[needs]) if counted else None
    return part.met_by(mine, begins - begins[0], others)


def _search(
    town: Town,
    office: "Office",
    docket: Docket,
    incumbents: Sequence[Int32],
    members: Sequence[Int32],
) -> Search:
    """Write down where the candidates of each need are looked for."""
    directory = office.directory
    begins, ends, based = directory.begins, directory.begins[1:], town.economy.parties.area
    places = [
        (begins[need.category], ends[need.category], need.area, based[need.buyer], need.category)
        for need in docket.needs
    ]
    first, last, area, home, category = np.array([*zip(*places, strict=True)], dtype=np.int64)
    return Search(
        first, last, directory.rows, area, home, office.cost_level[category],
        *_end_to_end(incumbents), *_end_to_end(members),
    )  # fmt: skip


def _end_to_end(groups: Sequence[Int32]) -> tuple[Int64, Int32]:
    """Lay groups of rows one behind the other; say where each begins, and the last ends."""
    begins = np.array([0, *accumulate([rows.size for rows in groups])], dtype=np.int64)
    return begins, np.concatenate(groups) if begins[-1] else np.zeros(0, dtype=np.int32)


def _trades(town: Town, directory: Directory, committed: Float64) -> Trades:
    parties, firms = town.economy.parties, town.economy.firms
    borne = firms.wage_pence if town.support is None else firms.wage_pence - town.support
    return Trades(
        alive=firms.alive, uid=parties.uid, based=parties.area, owner_kind=parties.owner_kind,
        owner_area=parties.owner_area, size_band=firms.size_band, deposits=town.ledger.deposits,
        sales_expected=firms.sales_expected, capacity_pence=firms.capacity_pence,
        committed=committed, jobs=firms.jobs, wage_pence=firms.wage_pence, borne_pence=borne,
        unit_cost=firms.unit_cost, price=firms.price, quality=firms.quality,
        bid_skill=firms.bid_skill, claim_skill=firms.claim_skill, honesty=firms.honesty,
        employ_local=firms.employ_local, buy_local=directory.buy_local,
        tier=directory.tier_between, staff_near=directory.staff_near,
        inputs_near=directory.inputs_near, distance=directory.distance_km,
    )  # fmt: skip


def _means(town: Town) -> Means:
    a = town.a
    return Means(
        overdraft_months(a), public_part(a), float(living_wage_month(town)),
        a["market.paper_days_per_job"], a["market.paper_days_least"],
    )  # fmt: skip


_CODES = ("size_band", "owner_kind", "tier_delivery", "tier_buyer", "tier_owner")
_MARKS = ("incumbent", "member")
_OTHERS = {"supplier", "uid", "knows", *_CODES, *_MARKS}
_NUMBERS = tuple(name for name in Market._fields if name not in _OTHERS)
"""Columns of candidates by their types: int8, bool, float64."""


def _room(rows: Int32, knows: NDArray[np.bool_]) -> Market:
    """Make room for the columns of candidates."""
    columns: dict[str, Any] = {"supplier": rows, "uid": np.empty(rows.size, np.int64)}
    for names, kind in ((_CODES, np.int8), (_MARKS, np.bool_), (_NUMBERS, np.float64)):
        columns |= zip(names, np.empty((len(names), rows.size), kind), strict=True)
    return Market(**columns, knows=knows)
