"""The register of contracts on the first day: who supplies what, to whom, and for how much longer.

Each budget is cut into lots of about the usual size, spread by population over the areas that the
buyer serves. Suppliers are drawn among firms that may tender, by trade, distance, size and free
capacity, and so that the published shares of spending by where the supplier is based hold. These
shares are data about the first day; no later award is bent towards them.
"""

from dataclasses import dataclass

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.apportion import largest_remainder, total
from simulation.economy.columns import Bool, Float64, InitialContract, Int32, Int64
from simulation.economy.firms import TradingRows
from simulation.economy.institutions import PublicBuyers
from simulation.economy.place import Place
from simulation.kernels import maths


@dataclass(slots=True)
class Lots:
    """Lots before they have a supplier; L lots in order of buyer, category, area."""

    uid: Int64
    buyer: Int64
    category: Int64
    area: Int64
    pence: Int64


def cut_lots(place: Place, buyers: PublicBuyers, a: Assumptions, seed: int) -> Lots:
    """Cut every budget into lots.

    Parameters
    ----------
    place : Place
    buyers : PublicBuyers
    a : Assumptions
        `build.lot_pounds`, the usual yearly value of a contract at the prices of the
        technology's year, where the scenario states none for a category.
    seed : int

    Returns
    -------
    Lots
        Values vary about the usual by a factor of about two either way. The lots of a buyer and
        category add up to its monthly budget to the penny.
    """
    anywhere = a["build.lot_pounds"] * place.year_level
    own = place.scenario.contracts.lot_pounds
    usual = [own.get(one.id, anywhere) * 100.0 / 12.0 for one in tables.categories()]
    parts: list[Lots] = []
    for b in range(buyers.budget.shape[0]):
        areas = np.array(buyers.serves[b], dtype=np.int64)
        people = np.maximum(place.population[areas], 1).astype(np.float64)
        for category in np.flatnonzero(buyers.budget[b]):
            budget = int(buyers.budget[b, category])
            per_area = largest_remainder(max(1, round(budget / usual[category])), people)
            area = np.repeat(areas, per_area)
            kind = f"lot/{buyers.rows[b].id}/{category}"
            uid = np.array(
                [streams.uid(place.ids[where], kind, k) for k, where in enumerate(area)],
                dtype=np.int64,
            )
            size = 1.0 / (0.2 + streams.uniform(seed, streams.Purpose.CONTRACT_SIZE, uid))
            pence = largest_remainder(budget, size)
            owner, kind_of = np.full_like(area, b), np.full_like(area, category)
            parts.append(Lots(uid, owner, kind_of, area, pence))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Lots(none, none, none, none, none)
    return Lots(*(np.concatenate([getattr(x, name) for x in parts]) for name in Lots.__slots__))


def place_contracts(
    place: Place,
    buyers: PublicBuyers,
    rows: TradingRows,
    net_sales: Int64,
    a: Assumptions,
    seed: int,
) -> list[InitialContract]:
    """Give every lot a supplier.

    Parameters
    ----------
    place : Place
    buyers : PublicBuyers
    rows : TradingRows
    net_sales : int64[n]
        Sales of each trading row [pence a month].
    a : Assumptions
        `build.contract_dependence`, `build.contract_months`, `network.supply_decay_km`.
    seed : int

    Returns
    -------
    list of InitialContract
        In order of buyer, category, area. Largest lots choose first; within the ring of areas
        that a lot falls to, a firm's chance is the root of its size times its nearness times
        the share of its trade in the category, as long as its public work stays within a part
        of its sales.
    """
    lots = cut_lots(place, buyers, a, seed)
    work = _Work(place, rows, net_sales, a)
    ring = _rings(place, lots, work, seed)
    order = np.lexsort((lots.uid, -lots.pence))
    u = streams.uniform(seed, streams.Purpose.CONTRACT_SUPPLIER, lots.uid)
    supplier = np.full(lots.uid.size, -1, dtype=np.int32)
    for lot in order:
        supplier[lot] = work.choose(lots, int(lot), ring[lot], float(u[lot]))
    left = streams.uniform(seed, streams.Purpose.CONTRACT_MONTHS, lots.uid)
    own, usual = place.scenario.contracts.months, a["build.contract_months"]
    term = np.array([own.get(one.id, usual) for one in tables.categories()], dtype=np.float64)
    months = 1 + (left * term[lots.category]).astype(np.int64)
    return [
        InitialContract(
            buyer=int(lots.buyer[k]),
            category=int(lots.category[k]),
            area=int(lots.area[k]),
            supplier=int(supplier[k]),
            month_pence=int(lots.pence[k]),
            months_left=int(months[k]),
        )
        for k in range(lots.uid.size)
    ]


@dataclass(frozen=True, slots=True)
class Trade:
    """Candidates for one category: positions, areas, and their pull within their trade."""

    who: Int64
    area: Int64
    pull: Float64


class _Work:
    """Candidates by category, and the public work that each can still take."""

    def __init__(self, place: Place, rows: TradingRows, sales: Int64, a: Assumptions) -> None:
        self.trade = np.asarray(tables.category_sectors(), dtype=np.float64)
        self.nearness = 1.0 / (1.0 + place.distance_km / a["network.supply_decay_km"])
        bidders = np.flatnonzero(rows.bidder)
        self.candidates = bidders[np.argsort(rows.uid[bidders], kind="stable")]
        self.area = rows.area[self.candidates].astype(np.int64)
        self.sector = rows.sector[self.candidates].astype(np.int64)
        self.sales = sales[self.candidates]
        self.room = (self.sales * a["build.contract_dependence"]).astype(np.int64)
        self.by_sector = self._trade_sizes()
        self.trades: dict[int, Trade] = {}
        accounts = np.flatnonzero(np.arange(rows.n) >= rows.n_agents)
        self.last_resort = accounts[np.lexsort((rows.uid[accounts], -sales[accounts]))]
        self.resort_sector = rows.sector[self.last_resort].astype(np.int64)
        self.resort_area = rows.area[self.last_resort].astype(np.int64)

    def _trade_sizes(self) -> Float64:
        """Pull of each candidate within its trade: the root of its size, so small firms count."""
        pull: Float64 = np.sqrt(self.sales.astype(np.float64))
        whole = np.bincount(self.sector, weights=pull, minlength=self.trade.shape[1])
        out: Float64 = pull / np.maximum(whole[self.sector], 1.0)
        return out

    def in_trade(self, category: int) -> "Trade":
        """Return the candidates whose trade is bought in a category, found once."""
        if category not in self.trades:
            pull: Float64 = self.trade[category, self.sector] * self.by_sector
            who = np.flatnonzero(pull > 0.0)
            self.trades[category] = Trade(who, self.area[who], pull[who])
        return self.trades[category]

    def odds(self, category: int, area: int, inside: Bool, pence: int) -> float:
        """Add up the chances of those inside who have room for a lot."""
        trade = self.in_trade(category)
        able = inside[trade.area] & (self.room[trade.who] >= pence)
        return total((trade.pull * self.nearness[trade.area, area])[able])

    def choose(self, lots: Lots, lot: int, inside: Bool, u: float) -> int:
        """Choose the supplier of a lot among candidates in the areas `inside`."""
        pence, category, area = int(lots.pence[lot]), int(lots.category[lot]), int(lots.area[lot])
        trade = self.in_trade(category)
        if trade.who.size == 0:
            return self._account(category, inside)
        weight, room = trade.pull * self.nearness[trade.area, area], self.room[trade.who]
        for able in (inside[trade.area] & (room >= pence), room >= pence):
            if able.any():
                cum = np.cumsum(np.where(able, weight, 0.0))
                found = min(int(np.searchsorted(cum, u * cum[-1], side="right")), cum.size - 1)
                break
        else:
            found = int(np.argmax(room))
        self.room[trade.who[found]] -= pence
        return int(self.candidates[trade.who[found]])

    def _account(self, category: int, inside: Bool) -> int:
        """Return the largest account row of the category's main trade, inside first."""
        share = self.trade[category, self.resort_sector]
        rank = np.lexsort((np.arange(share.size), -share, ~inside[self.resort_area]))
        return int(self.last_resort[rank[0]])


def _rings(place: Place, lots: Lots, work: _Work, seed: int) -> list[Bool]:
    """Assign each lot the areas that its supplier comes from, so that published shares hold.

    Targets are taken from the smallest area outwards. Lots are raced to each ring with odds by
    how much capable supply it holds for them (exponential race, Efraimidis and Spirakis 2006),
    until the pounds assigned come closest to the target.
    """
    shares = place.scenario.contracts.share_in
    everywhere = np.ones(len(place.ids), dtype=np.bool_)
    rings: list[Bool] = [everywhere] * lots.uid.size
    if not shares:
        return rings
    sets = sorted(
        ((_leaves(place, name), share) for name, share in shares.items()),
        key=lambda one: int(one[0].sum()),
    )
    whole = int(lots.pence.sum())
    free = np.ones(lots.uid.size, dtype=np.bool_)
    covered = np.zeros_like(everywhere)
    spent = 0
    race = -maths.log(streams.uniform(seed, "build.contract_ring", lots.uid))
    for inside, share in sets:
        ring = inside & ~covered
        odds = np.array(
            [
                work.odds(int(lots.category[k]), int(lots.area[k]), ring, int(lots.pence[k]))
                for k in range(lots.uid.size)
            ]
        )
        time = np.where(free & (odds > 0.0), race / np.maximum(odds, 1e-300), np.inf)
        wanted = round(whole * share) - spent
        for k in np.lexsort((lots.uid, time)):
            if time[k] == np.inf or wanted <= 0:
                break
            if lots.pence[k] <= 2 * wanted:
                rings[k], free[k] = ring, False
                wanted -= int(lots.pence[k])
                spent += int(lots.pence[k])
        covered |= inside
    for k in np.flatnonzero(free):
        rings[k] = ~covered
    return rings


def _leaves(place: Place, name: str) -> Bool:
    """Return the leaves inside an area."""
    area = place.ids.index(name)
    inside = np.array([_lies_in(place, row, area) for row in range(len(place.ids))])
    return inside & place.areas.leaf


def _lies_in(place: Place, row: int, area: int) -> bool:
    while row >= 0:
        if row == area:
            return True
        row = int(place.areas.parent[row])
    return False


def share_based_in(
    place: Place, contracts: list[InitialContract], areas: Int64 | Int32, name: str
) -> float:
    """Return the share of contract value whose supplier is based inside an area.

    Parameters
    ----------
    place : Place
    contracts : list of InitialContract
    areas : int[n_parties]
        Area of every party row.
    name : str
        Area id.

    Returns
    -------
    float
        Share, 0 where there is no contract.
    """
    inside = _leaves(place, name)
    whole = sum(one.month_pence for one in contracts)
    here = sum(one.month_pence for one in contracts if inside[areas[one.supplier]])
    return here / whole if whole else 0.0
