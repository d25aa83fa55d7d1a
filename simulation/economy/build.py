"""From a place on file to an economy on its first day.

The order is the argument: who lives and trades here, who works where, what that payroll calls for
in sales, who owns and lets, what households can spend, who supplies whom, and what must be sold
outside for all of it to balance (the local equilibrium of input-output practice, Miller and Blair
2009).
"""

from dataclasses import dataclass

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Scenario
from scenarios.vocabulary import OwnerKind
from simulation.economy import budgets, equilibrium, homes, listed, networks, owners, workers
from simulation.economy.assemble import Draft, assemble
from simulation.economy.columns import Economy, Edges, Float64, Int32, Int64
from simulation.economy.contracts import place_contracts
from simulation.economy.costing import FirmMoney, Recipe, cost_out, read_recipe, typical_wage
from simulation.economy.firms import TradingRows, make_firms
from simulation.economy.institutions import PublicBuyers, public_jobs_taken, read_buyers
from simulation.economy.owners import Homes, Rows
from simulation.economy.people import People, make_people
from simulation.economy.place import Place, read_place
from simulation.economy.shelves import Shelves
from simulation.economy.sourcing import read_sourcing
from simulation.economy.tax_law import tax_year_of
from simulation.economy.taxes import TaxYear


def build_economy(scenario: Scenario, assumptions: Assumptions, seed: int) -> Economy:
    """Build the whole local economy of a scenario.

    Parameters
    ----------
    scenario : Scenario
        Checked; firms and households named in it are taken exactly as written.
    assumptions : Assumptions
        Register values of this future.
    seed : int
        The replicate's seed; the same seed gives the same bytes on every machine.

    Returns
    -------
    Economy
        Trading rows (single firms, then area x sector x owner accounts), institutions, buyers,
        households (single ones, then area x tenth accounts). Payroll edges start at row 0 and
        cover every row up to the last buyer.
    """
    a = assumptions
    place = read_place(scenario, a)
    tax = tax_year_of(scenario.start.serial, scenario.nation)
    buyers = read_buyers(place, a, tax)
    rows = make_firms(place, public_jobs_taken(place, buyers), a, seed)
    people = make_people(place, a, seed)
    at = Rows.after(rows.n, len(buyers.rows))
    staff = _employ(place, rows, buyers, people, at, tax, a, seed)
    recipe = read_recipe(place, a)
    money = cost_out(place, rows, recipe, staff.typical, staff.gross[: rows.n], tax, a, seed)
    directory = None
    if scenario.firms or scenario.households:
        directory = listed.Directory.of(place, rows, at)
        listed.set_firm_money(directory, money)
    deeds = _own(place, rows, people, money, at, directory, a, seed)
    home = _settle(place, rows, people, buyers, staff, money, deeds, at, directory, tax, a, seed)
    spent = _spend(people, staff, money, deeds, home, rows, at, tax, a)
    if directory is not None and scenario.contracts.standing:
        trade = np.asarray(tables.category_sectors(), dtype=np.float64)
        contracts = listed.standing_contracts(directory, buyers, trade, money.net_sales)
    else:
        contracts = place_contracts(place, buyers, rows, money.net_sales, a, seed)
    fixed = equilibrium.contract_income(contracts, rows.n)
    fixed += equilibrium.rent_income(deeds.premises, money.rent, rows.n)
    web = _link(
        place, rows, recipe, money, people, spent.consumption, fixed, at, directory, a, seed
    )
    technology = place.technology
    taxed = technology.household_taxes
    in_shopping = taxed / (1.0 - technology.household_imports + taxed)
    balance = equilibrium.balance(web.supply, web.shopping, fixed, money.net_sales, in_shopping)
    return assemble(
        Draft(
            place=place, rows=rows, people=people, buyers=buyers, at=at, money=money,
            head=deeds.head, owner=deeds.owner, premises=deeds.premises, home=home.money,
            home_deposits=home.deposits, income=spent.income, seat=staff.seat, wage=staff.wage,
            aggregate_jobs=staff.aggregate_jobs, aggregate_gross=staff.aggregate_gross,
            payroll=staff.payroll, supply=web.supply, shopping=web.shopping, contracts=contracts,
            balance=balance, undivided=_undivided(rows, _profit(rows, money, tax), a),
            moved=web.moved, named=directory,
        ),
        a,
        seed,
    )  # fmt: skip


@dataclass(slots=True)
class Staff:
    """Who works for whom; E employers are trading rows, then buyers; money in pence a month."""

    seat: Int32
    wage: Int64
    typical: Int64
    gross: Int64
    aggregate_jobs: Int64
    aggregate_gross: Int64
    payroll: Edges


@dataclass(slots=True)
class Deeds:
    """Owner, head office and landlord of each trading row."""

    owner: Int32
    head: Int32
    premises: Int32
    ladder: Homes


@dataclass(slots=True)
class Homely:
    """Households' money and named opening deposits (-1 where none is named)."""

    money: homes.HomeMoney
    deposits: Int64


@dataclass(slots=True)
class Spending:
    """Income and consumption of household rows [pence a month]."""

    income: Int64
    consumption: Int64


@dataclass(slots=True)
class Web:
    """Who buys from whom."""

    supply: networks.Links
    shopping: networks.Links
    moved: int


def _employ(
    place: Place, rows: TradingRows, buyers: PublicBuyers, people: People, at: Rows,
    tax: TaxYear, a: Assumptions, seed: int,
) -> Staff:  # fmt: skip
    """Seat residents, give the other jobs to commuters, and add up every payroll."""
    typical = typical_wage(place, rows, tax, a)
    for firm_row, pence in listed.wages(place, rows):
        typical[firm_row] = pence
    employers = workers.Employers(
        row=np.concatenate([np.arange(rows.n), at.buyers + np.arange(len(buyers.rows))]).astype(
            np.int32
        ),
        uid=np.concatenate([rows.uid, buyers.uid]),
        area=np.concatenate([rows.area, buyers.area]),
        jobs=np.concatenate([rows.jobs, buyers.jobs]),
        wage=np.concatenate([typical, buyers.gross // np.maximum(buyers.jobs, 1)]),
        buyer_jobs_in=buyers.jobs_in,
    )
    if place.scenario.households:
        directory = listed.Directory.of(place, rows, at)
        seat, wage = listed.seats(directory, people, rows.jobs * typical)
        _fit_buyers(buyers, employers, seat, wage)
    else:
        seat = workers.find_seats(place, people, employers, seed)
        wage = workers.pay_of(people, seat, employers)
    position = np.full(at.households, -1, dtype=np.int64)
    position[employers.row] = np.arange(employers.row.size)
    working = np.flatnonzero(seat >= 0)
    heads = np.zeros(employers.row.size, dtype=np.int64)
    paid = np.zeros_like(heads)
    np.add.at(heads, position[seat[working]], 1)
    np.add.at(paid, position[seat[working]], wage[working])
    commuters = np.maximum(employers.jobs - heads, 0)
    their_pay = commuters * employers.wage
    payroll = workers.payroll_edges(place, people, at, employers, commuters, a, seed)
    return Staff(seat, wage, typical, paid + their_pay, commuters, their_pay, payroll)


def _fit_buyers(
    buyers: PublicBuyers, employers: workers.Employers, seat: Int32, wage: Int64
) -> None:
    """Let the payroll of a buyer with named staff be theirs; the rest is commuters'."""
    first = employers.row.size - len(buyers.rows)
    for b in range(len(buyers.rows)):
        named = seat == employers.row[first + b]
        if named.any():
            paid = int(wage[named].sum())
            usual = paid // int(named.sum())
            rest = max(int(buyers.payroll[b].sum()) - paid, 0) // max(usual, 1)
            employers.jobs[first + b] = int(named.sum()) + rest
            employers.wage[first + b] = usual
            buyers.jobs[b], buyers.wage[b] = employers.jobs[first + b], usual


def _own(
    place: Place, rows: TradingRows, people: People, money: FirmMoney, at: Rows,
    directory: listed.Directory | None, a: Assumptions, seed: int,
) -> Deeds:  # fmt: skip
    """Find owners, groups and landlords of premises."""
    ladder = Homes(place, people, at)
    owner = owners.find_owners(place, rows, ladder, a, seed)
    head = owners.find_heads(rows, owner, a, seed)
    premises = owners.find_premises(place, rows, money.net_sales, at, a, seed)
    if directory is not None:
        listed.set_owners(directory, owner, premises)
    return Deeds(owner, head, premises, ladder)


def _settle(
    place: Place, rows: TradingRows, people: People, buyers: PublicBuyers, staff: Staff,
    money: FirmMoney, deeds: Deeds, at: Rows, directory: listed.Directory | None, tax: TaxYear,
    a: Assumptions, seed: int,
) -> Homely:  # fmt: skip
    """Rank households by income and give each its home, claims and wealth."""
    state, occupational = homes.pensions(people, place, a, seed)
    earned = budgets.pay_by_household(people, staff.seat, staff.wage)
    profit = budgets.profit_income(deeds.owner, _profit(rows, money, tax), people.n, at.households)
    if not place.scenario.households:
        homes.rank_incomes(place, people, earned + profit + state + occupational)
    served = {
        area: position
        for position, buyer in enumerate(buyers.rows)
        if buyer.kind == "housing_association"
        for area in buyers.serves[position]
    }
    social = homes.social_landlords(place, served, at)
    found = homes.home_money(place, people, state, occupational, deeds.ladder, at, social, a, seed)
    deposits = np.full(people.n, -1, dtype=np.int64)
    if directory is not None:
        listed.set_homes(directory, found, deposits)
    return Homely(found, deposits)


def _profit(rows: TradingRows, money: FirmMoney, tax: TaxYear) -> Float64:
    """Return what owners receive in a steady month: all profit after tax [pence]."""
    owned = (rows.owner_kind == OwnerKind.LOCAL) | (rows.owner_kind == OwnerKind.OUTSIDE)
    left: Float64 = money.margin * money.net_sales * (1.0 - tax.corporation_rate)
    return np.where(owned, left, 0.0)


def _undivided(rows: TradingRows, profit: Float64, a: Assumptions) -> Int64:
    """Return the cash that waits to be divided in a steady month: profit (1 - p) / p.

    Owners take a share p of spare cash each month, so spare cash settles where that is the profit.
    """
    local = rows.owner_kind == OwnerKind.LOCAL
    share = np.where(local, a["firms.payout_local"], a["firms.payout_outside"])
    waiting: Float64 = np.maximum(profit, 0.0) * (1.0 - share) / np.maximum(share, 0.01)
    return waiting.astype(np.int64)


def _spend(
    people: People, staff: Staff, money: FirmMoney, deeds: Deeds, home: Homely, rows: TradingRows,
    at: Rows, tax: TaxYear, a: Assumptions,
) -> Spending:  # fmt: skip
    """Add up what each household receives, and say what it spends in shops."""
    n, first = people.n, at.households
    net = budgets.net_pay(staff.wage, tax)
    earned = budgets.pay_by_household(people, staff.seat, net)
    gross = np.zeros(first, dtype=np.int64)
    jobs = np.zeros(first, dtype=np.int64)
    row = np.concatenate([np.arange(rows.n), np.arange(at.buyers, first)])
    gross[row], jobs[row] = staff.aggregate_gross, staff.aggregate_jobs
    brought = budgets.commuters_pay(staff.payroll, gross, jobs, n, first, tax)
    profit = budgets.profit_income(deeds.owner, _profit(rows, money, tax), n, first)
    rents = budgets.rents_received(home.money.landlord, home.money.housing, n, first)
    rents += budgets.rents_received(deeds.premises, money.rent, n, first)
    jobseeker = a["government.jobseeker_pence"]
    benefit = budgets.benefits_paid(people, home.money, earned, jobseeker, a)
    income = earned + brought + profit + rents + benefit + home.money.pension
    income = income + home.money.occupational
    return Spending(income, budgets.consumption(home.money, income, a))


def _link(
    place: Place, rows: TradingRows, recipe: Recipe, money: FirmMoney, people: People,
    consumption: Int64, fixed: Int64, at: Rows, directory: listed.Directory | None,
    a: Assumptions, seed: int,
) -> Web:  # fmt: skip
    """Lay supply and shopping edges, and move orders from sellers that are full."""
    jobs = np.zeros_like(place.jobs)
    np.add.at(jobs, (rows.area, rows.sector), rows.jobs)
    sourcing = read_sourcing(place, jobs, a)
    n_sectors = len(place.sector_ids)
    cell = rows.area.astype(np.int64) * n_sectors + rows.sector
    shelves = Shelves(cell, money.net_sales, rows.uid)
    fallback = networks.Fallback(place, rows, at.world, at.government)
    budget = (money.net_sales * money.intermediate).astype(np.int64)
    single = np.arange(rows.n) < rows.n_agents
    supply = networks.lay_links(
        networks.supply_baskets(place, recipe, sourcing), cell, rows.uid, budget,
        networks.edge_counts(rows, a), "build.supply", seed,
    )  # fmt: skip
    largest = a["network.largest_order"]
    own = np.arange(rows.n, dtype=np.int32)
    networks.find_sellers(supply, shelves, fallback, own, single, largest, "build.supplier", seed)
    count = np.where(
        people.individual, round(a["network.shopping_edges"]), round(a["network.account_edges"])
    ).astype(np.int64)
    shopping = networks.lay_links(
        networks.shopping_baskets(place, sourcing, a), people.area.astype(np.int64), people.uid,
        consumption, count, "build.shopping", seed,
    )  # fmt: skip
    networks.find_sellers(shopping, shelves, fallback, None, single, largest, "build.shop", seed)
    if directory is not None:
        supply = listed.listed_supply(directory, supply, recipe, money)
        shopping = listed.listed_shopping(directory, shopping, money)
    moved = equilibrium.relieve(
        [supply, shopping], fixed, money.net_sales, rows, fallback, [own, None], a, seed
    )
    return Web(supply, shopping, moved)
