"""The village path: firms and households named one by one, taken exactly as written.

A small place is followed by hand, so its figures pass through the same columns as a generated
one, and what the file states stands in place of what would have been drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios import tables
from scenarios.spec import Household, Link
from simulation import streams
from simulation.economy.apportion import starts, total
from simulation.economy.columns import Float64, InitialContract, Int32, Int64
from simulation.economy.costing import FirmMoney, Recipe
from simulation.economy.firms import TradingRows
from simulation.economy.homes import TENURES, HomeMoney
from simulation.economy.institutions import PublicBuyers
from simulation.economy.networks import Links
from simulation.economy.owners import Rows
from simulation.economy.people import STATUS, People
from simulation.economy.place import PENCE, Place
from simulation.kernels.scales import CUM_ONE


def pence(pounds: float) -> int:
    """Return pounds as whole pence."""
    return round(pounds * PENCE)


@dataclass(slots=True)
class Directory:
    """Finds the party row that a name in the scenario file stands for."""

    place: Place
    rows: TradingRows
    at: Rows
    firm: dict[str, int]
    household: dict[str, int]
    buyer: dict[str, int]

    @classmethod
    def of(cls, place: Place, rows: TradingRows, at: Rows) -> "Directory":
        """Index every named firm, household and buyer."""
        row_of = {int(uid): row for row, uid in enumerate(rows.uid)}
        scenario = place.scenario
        firm = {
            one.id: row_of[streams.uid(one.area, "firm", streams.key("firm", one.id))]
            for one in scenario.firms
        }
        order = [home for area in place.ids for home in scenario.households if home.area == area]
        household = {home.id: at.households + row for row, home in enumerate(order)}
        buyer = {one.id: at.buyers + row for row, one in enumerate(scenario.buyers)}
        return cls(place, rows, at, firm, household, buyer)

    def party(self, name: str | None) -> int:
        """Return the row of a named party, -1 for nobody."""
        known = {**self.firm, **self.household, **self.buyer}
        fixed = {
            "outside": self.at.world,
            "world": self.at.world,
            "bank": self.at.bank,
            "housing-association": self._landlord(),
        }
        if name is None or name in ("none", "members"):
            return -1
        return known[name] if name in known else fixed[name]

    def _landlord(self) -> int:
        for row, buyer in enumerate(self.place.scenario.buyers):
            if buyer.kind == "housing_association":
                return self.at.buyers + row
        return self.at.government

    def accounts(self, area: int, sector: int | None = None) -> Int64:
        """Return the account rows of a leaf area, of one sector or of all."""
        here = (self.rows.area == area) & (np.arange(self.rows.n) >= self.rows.n_agents)
        if sector is not None and (here & (self.rows.sector == sector)).any():
            here &= self.rows.sector == sector
        return np.flatnonzero(here)


def wages(place: Place, rows: TradingRows) -> list[tuple[int, int]]:
    """Return trading row and monthly gross pay [pence] of each named firm."""
    row_of = {int(uid): row for row, uid in enumerate(rows.uid)} if place.scenario.firms else {}
    return [
        (row_of[streams.uid(firm.area, "firm", streams.key("firm", firm.id))], pence(firm.wage))
        for firm in place.scenario.firms
    ]


def seats(directory: Directory, people: People, weight: Int64) -> tuple[Int32, Int64]:
    """Seat the named workers as the file says, at the wages it says.

    Parameters
    ----------
    directory : Directory
    people : People
    weight : int64[n_trading]
        Weight of account rows for those who work in another area.

    Returns
    -------
    seat : int32[n_workers]
        Employer's party row, -1 where out of work.
    wage : int64[n_workers]
        Gross pay [pence a month].
    """
    place, index = directory.place, 0
    seat = np.full(people.worker_uid.size, -1, dtype=np.int32)
    wage = np.zeros(people.worker_uid.size, dtype=np.int64)
    for home in _in_order(place):
        for person in home.workers:
            if person.employer not in STATUS:
                u = streams.uniform(0, "build.listed_seat", people.worker_uid[index : index + 1])
                seat[index] = _employer(directory, person.employer, weight, float(u[0]))
                wage[index] = pence(person.wage)
            index += 1
    return seat, wage


def _employer(directory: Directory, name: str, weight: Int64, u: float) -> int:
    if name not in directory.place.ids:
        return directory.party(name)
    rows = directory.accounts(directory.place.ids.index(name))
    cum = np.cumsum(np.maximum(weight[rows], 1))
    return int(rows[np.searchsorted(cum, int(u * cum[-1]), side="right")])


def _in_order(place: Place) -> list[Household]:
    return [home for area in place.ids for home in place.scenario.households if home.area == area]


def set_firm_money(directory: Directory, money: FirmMoney) -> None:
    """Give the named firms the wages, sales, inputs, rates and rents of the file."""
    for firm in directory.place.scenario.firms:
        row = directory.firm[firm.id]
        money.net_sales[row] = pence(firm.monthly_sales)
        money.rates[row] = pence(firm.rates)
        money.rent[row] = pence(firm.rent)
        if firm.inputs is not None:
            money.intermediate[row] = firm.inputs
        spent = money.intermediate[row] * money.net_sales[row] + money.labour[row]
        left = money.net_sales[row] - spent - money.rates[row] - money.rent[row]
        money.margin[row] = left / max(int(money.net_sales[row]), 1)


def set_owners(directory: Directory, owner: Int32, premises: Int32) -> None:
    """Give the named firms the owners and landlords of the file."""
    for firm in directory.place.scenario.firms:
        row = directory.firm[firm.id]
        owner[row] = directory.party(firm.owner)
        premises[row] = directory.party(firm.landlord)


def set_homes(directory: Directory, money: HomeMoney, deposits: Int64) -> None:
    """Give the named households the homes, claims and wealth of the file.

    Parameters
    ----------
    directory : Directory
    money : HomeMoney, updated
    deposits : int64[n_households], updated
        Opening deposits [pence].
    """
    for row, home in enumerate(_in_order(directory.place)):
        money.tenure[row] = TENURES.index(home.tenure)
        money.housing[row] = pence(home.housing)
        money.landlord[row] = directory.party(home.landlord)
        if home.council_tax is not None:
            money.council_tax[row] = pence(home.council_tax)
        money.pension[row] = pence(home.pension)
        money.occupational[row] = pence(home.occupational)
        money.benefit[row] = pence(home.benefit)
        money.savings[row] = pence(home.savings)
        money.loan[row] = pence(home.loan)
        if home.propensity is not None:
            money.propensity[row] = home.propensity
        if home.buffer_months is not None:
            money.buffer_months[row] = home.buffer_months
        deposits[row] = pence(home.deposits)


def listed_supply(directory: Directory, links: Links, recipe: Recipe, money: FirmMoney) -> Links:
    """Put the suppliers that the file names in place of drawn ones."""
    named: dict[int, tuple[Sequence[Link], Float64]] = {}
    for firm in directory.place.scenario.firms:
        if firm.suppliers:
            column = recipe.inputs[:, directory.place.sector(firm.sector)]
            named[directory.firm[firm.id]] = (firm.suppliers, column)
    return _replaced(directory, links, named, money)


def listed_shopping(directory: Directory, links: Links, money: FirmMoney) -> Links:
    """Put the shops that the file names in place of drawn ones."""
    final = np.array(directory.place.technology.household_final, dtype=np.float64)
    named: dict[int, tuple[Sequence[Link], Float64]] = {}
    for row, home in enumerate(_in_order(directory.place)):
        if home.shops:
            named[row] = (home.shops, final)
    return _replaced(directory, links, named, money)


def _replaced(
    directory: Directory,
    links: Links,
    named: dict[int, tuple[Sequence[Link], Float64]],
    money: FirmMoney,
) -> Links:
    """Return the same links with the edges of the named payers as the file lists them."""
    payer = np.repeat(np.arange(links.uid.size), np.diff(links.start))
    keep = ~np.isin(payer, np.array(sorted(named), dtype=np.int64))
    spent = np.zeros(links.uid.size, dtype=np.int64)
    np.add.at(spent, payer, links.pence)
    names = ("payee", "cell", "cum", "pence")
    parts = {name: [getattr(links, name)[keep]] for name in names} | {"payer": [payer[keep]]}
    for one in sorted(named):
        wanted, basket = named[one]
        payee, share = _expanded(directory, wanted, basket, money)
        cum = np.rint(np.cumsum(share) * CUM_ONE).astype(np.int64)
        cum[-1] = CUM_ONE
        step = np.diff(cum, prepend=0)
        payee, cum = payee[step > 0], cum[step > 0]
        budget = int(spent[one])
        rises = np.diff(np.array([budget * int(c) >> 16 for c in cum]), prepend=0)
        parts["payer"].append(np.full(payee.size, one, dtype=np.int64))
        parts["payee"].append(payee.astype(np.int32))
        parts["cell"].append(np.full(payee.size, -1, dtype=np.int32))
        parts["cum"].append(cum.astype(np.int32))
        parts["pence"].append(rises.astype(np.int64))
    joined = {name: np.concatenate(columns) for name, columns in parts.items()}
    order = np.argsort(joined["payer"], kind="stable")
    count = np.bincount(joined["payer"], minlength=links.uid.size).astype(np.int64)
    return Links(starts(count), links.uid, *(joined[name][order] for name in names))


def _expanded(
    directory: Directory, wanted: Sequence[Link], basket: Float64, money: FirmMoney
) -> tuple[Int64, Float64]:
    """Turn named links into party rows and shares; an area means its account rows by the basket."""
    rows: list[int] = []
    shares: list[float] = []
    ids, sector = directory.place.ids, directory.rows.sector
    for link in wanted:
        if link.id not in ids or link.id == "world":
            rows.append(directory.party(link.id))
            shares.append(link.share)
            continue
        chosen = None if link.sector is None else directory.place.sector(link.sector)
        accounts = directory.accounts(ids.index(link.id), chosen)
        size = np.maximum(money.net_sales[accounts], 1).astype(np.float64)
        trade = np.bincount(sector[accounts], weights=size, minlength=basket.size)
        weight = basket[sector[accounts]] * size / trade[sector[accounts]]
        weight = weight if total(weight) > 0.0 else size
        rows += accounts.tolist()
        shares += (link.share * weight / total(weight)).tolist()
    return np.array(rows, dtype=np.int64), np.array(shares, dtype=np.float64)


def standing_contracts(
    directory: Directory, buyers: PublicBuyers, trade: Float64, net_sales: Int64
) -> list[InitialContract]:
    """Return the contracts that the file lists one by one.

    Parameters
    ----------
    directory : Directory
    buyers : PublicBuyers
    trade : float64[C, S]
        Sectors that serve each category.
    net_sales : int64[n]
        An area named as supplier means its largest account row in the category's main trade.

    Returns
    -------
    list of InitialContract
        Of each buyer and category the last takes what rounding leaves.
    """
    codes = tables.category_code()
    ids = [buyer.id for buyer in buyers.rows]
    out: list[InitialContract] = []
    left = buyers.budget.copy()
    listed = directory.place.scenario.contracts.standing
    final = {(one.buyer, one.category): k for k, one in enumerate(listed)}
    for k, one in enumerate(listed):
        b, category = ids.index(one.buyer), codes[one.category]
        value = round(int(buyers.budget[b, category]) * one.share)
        if final[(one.buyer, one.category)] == k:
            value = int(left[b, category])
        left[b, category] -= value
        supplier = _supplier(directory, one.supplier, trade[category], net_sales)
        area = buyers.serves[b][0]
        out.append(InitialContract(b, category, area, supplier, value, one.months_left))
    return out


def _supplier(directory: Directory, name: str, trade: Float64, net_sales: Int64) -> int:
    if name in directory.firm:
        return directory.firm[name]
    accounts = directory.accounts(directory.place.ids.index(name))
    share = trade[directory.rows.sector[accounts]]
    order = np.lexsort((directory.rows.uid[accounts], -net_sales[accounts], -share))
    return int(accounts[order[0]])
