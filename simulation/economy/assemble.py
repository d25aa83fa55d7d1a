"""The finished columns: every draft laid down in the one order of rows that the months know."""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Institution, OwnerKind, SizeBand, Tier
from simulation import streams
from simulation.economy.areas import around_focus, build_classes
from simulation.economy.columns import (
    Buyers,
    Economy,
    Edges,
    Firms,
    Float64,
    Households,
    InitialContract,
    Int32,
    Int64,
    Parties,
    Workers,
)
from simulation.economy.costing import FirmMoney
from simulation.economy.equilibrium import Balance
from simulation.economy.firms import TradingRows
from simulation.economy.homes import HomeMoney
from simulation.economy.institutions import PublicBuyers, fixed_rows, grants
from simulation.economy.listed import Directory, pence
from simulation.economy.networks import Links
from simulation.economy.owners import Rows, owner_areas
from simulation.economy.people import People
from simulation.economy.place import Place
from simulation.economy.traits import draw_honesty, draw_quality
from simulation.kernels import maths
from simulation.kernels.labour import INACTIVE

NO_SECTOR = -1


@dataclass(slots=True)
class Draft:
    """Everything that the builder found out, before it is laid down in columns."""

    place: Place
    rows: TradingRows
    people: People
    buyers: PublicBuyers
    at: Rows
    money: FirmMoney
    head: Int32
    owner: Int32
    premises: Int32
    home: HomeMoney
    home_deposits: Int64
    income: Int64
    seat: Int32
    wage: Int64
    aggregate_jobs: Int64
    aggregate_gross: Int64
    payroll: Edges
    supply: Links
    shopping: Links
    contracts: list[InitialContract]
    balance: Balance
    undivided: Int64
    moved: int
    named: Directory | None


def assemble(draft: Draft, a: Assumptions, seed: int) -> Economy:
    """Lay the drafts down in columns.

    Parameters
    ----------
    draft : Draft
    a : Assumptions
        Opening deposits, traits of firms and `build.buyer_months`.
    seed : int

    Returns
    -------
    Economy
    """
    at, people, place = draft.at, draft.people, draft.place
    buyers = _buyers(draft, a)
    parties = _parties(draft, buyers, a)
    classes, klass = build_classes(
        parties.institution, parties.sector, parties.area, parties.owner_kind,
        around_focus(place.areas, Tier[place.scenario.measure.sectors.upper()]),
    )  # fmt: skip
    parties.klass = klass
    firms = _firms(draft, a, seed)
    parties.deposits[: draft.rows.n] = _opening_cash(draft, a)
    home, active = draft.home, people.worker_status != INACTIVE
    return Economy(
        areas=place.areas,
        classes=classes,
        parties=parties,
        firms=firms,
        households=Households(
            first=at.households,
            n_agents=people.n_agents,
            households_in_row=people.households_in_row.astype(np.int32),
            adults=people.adults,
            children=people.children,
            decile=people.decile,
            tenure=home.tenure,
            housing_pence=home.housing,
            landlord=home.landlord,
            council_tax_pence=home.council_tax,
            pension_pence=home.pension,
            occupational_pence=home.occupational,
            other_benefit_pence=home.benefit,
            propensity=home.propensity,
            buffer_months=home.buffer_months,
        ),
        workers=Workers(
            uid=people.worker_uid[active],
            household=people.worker_household[active],
            area=people.area[people.worker_household[active]],
            employer=draft.seat[active],
            wage_pence=draft.wage[active],
            skill=people.worker_skill[active],
            status=people.worker_status[active],
        ),
        buyers=buyers,
        supply=draft.supply.edges(),
        shopping=draft.shopping.edges(),
        payroll=draft.payroll,
        contracts=draft.contracts,
        government=at.government,
        world=at.world,
        outside_demand=at.outside_demand,
        bank=at.bank,
        pension_fund=at.pension_fund,
        notes={
            "jobs_without_room": draft.rows.shortfall,
            "orders_moved": draft.moved,
            "sales_raised": draft.balance.raised,
        },
    )


def _parties(draft: Draft, buyers: Buyers, a: Assumptions) -> Parties:
    """Lay down uid, kind and place of every account, and what households and buyers hold."""
    rows, people, staff = draft.rows, draft.people, draft.buyers
    uid, kind, area = fixed_rows(draft.place.areas, draft.place.world)
    n, fixed, b = rows.n, uid.size, len(staff.rows)
    areas = np.concatenate([rows.area, area, staff.area, people.area]).astype(np.int16)
    owner_area = areas.copy()
    owner_area[:n] = owner_areas(draft.owner, rows.area, areas)
    none = np.full(people.n, OwnerKind.NONE, dtype=np.int8)
    parties = Parties(
        uid=np.concatenate([rows.uid, uid, staff.uid, people.uid]),
        institution=np.concatenate(
            [
                np.full(n, Institution.FIRM),
                kind,
                np.full(b, Institution.BUYER),
                np.full(people.n, Institution.HOUSEHOLD),
            ]
        ).astype(np.int8),
        sector=np.concatenate(
            [rows.sector, np.full(fixed, NO_SECTOR), staff.sector, np.full(people.n, NO_SECTOR)]
        ).astype(np.int16),
        area=areas,
        owner_kind=np.concatenate(
            [rows.owner_kind, none[:0], np.full(fixed, OwnerKind.NONE),
             np.full(b, OwnerKind.PUBLIC), none]
        ).astype(np.int8),
        owner_area=owner_area,
        klass=np.zeros(areas.size, dtype=np.int32),
        deposits=np.zeros(areas.size, dtype=np.int64),
        savings=np.zeros(areas.size, dtype=np.int64),
        loans=np.zeros(areas.size, dtype=np.int64),
        receivable=np.zeros(areas.size, dtype=np.int64),
        payable=np.zeros(areas.size, dtype=np.int64),
    )  # fmt: skip
    first = draft.at.households
    held = (draft.income * draft.home.buffer_months).astype(np.int64)
    parties.deposits[first:] = np.where(draft.home_deposits >= 0, draft.home_deposits, held)
    parties.savings[first:] = draft.home.savings
    parties.loans[first:] = draft.home.loan
    outlay = buyers.budget_month.sum(axis=1) + buyers.payroll_month.sum(axis=1)
    parties.deposits[buyers.row] = (outlay * a["build.buyer_months"]).astype(np.int64)
    return parties


def _opening_cash(draft: Draft, a: Assumptions) -> Int64:
    """Return opening deposits: working balance and undivided profit, or what the file says."""
    cash = (draft.balance.sales * a["firms.working_balance_months"]).astype(np.int64)
    cash += draft.undivided
    if draft.named is not None:
        for firm in draft.place.scenario.firms:
            cash[draft.named.firm[firm.id]] = pence(firm.deposits)
    return cash


def _firms(draft: Draft, a: Assumptions, seed: int) -> Firms:
    """Lay down the trading rows with their money and their traits."""
    rows, money, n = draft.rows, draft.money, draft.rows.n
    single = np.arange(n) < rows.n_agents
    sales = draft.balance.sales
    lean = streams.uniform(seed, streams.Purpose.FIRM_SKILL, rows.uid) - 0.5
    age = -maths.log(streams.uniform(seed, streams.Purpose.FIRM_AGE, rows.uid))
    firms = Firms(
        n_agents=rows.n_agents,
        firms_in_row=rows.firms_in_row.astype(np.int32),
        size_band=rows.band,
        owner=draft.owner,
        head=draft.head,
        jobs=rows.jobs.astype(np.int32),
        aggregate_jobs=draft.aggregate_jobs[:n].astype(np.int32),
        wage_pence=money.wage,
        aggregate_payroll=draft.aggregate_gross[:n],
        intermediate_share=money.intermediate,
        vat_share=draft.balance.vat_share,
        rates_pence=money.rates,
        rent_pence=money.rent,
        landlord=draft.premises,
        export_pence=draft.balance.exports,
        sales_expected=sales,
        unit_cost=1.0 - money.margin,
        price=np.ones(n),
        quality=np.where(single, draw_quality(rows.uid, a, seed), 1.0),
        capacity_pence=(sales * (1.0 + a["firms.spare_capacity"])).astype(np.int64),
        bidder=rows.bidder,
        bid_skill=_by_size(rows, a["firms.bid_skill_micro"], a["firms.bid_skill_large"], lean, a),
        claim_skill=_by_size(
            rows, a["firms.claim_skill_micro"], a["firms.claim_skill_large"], lean, a
        ),
        honesty=draw_honesty(rows.uid, a, seed),
        employ_local=_employ_local(draft),
        age_months=(age * a["firms.mean_age_years"] * 12.0).astype(np.int32),
        arrears_months=np.zeros(n, dtype=np.int16),
        alive=np.ones(n, dtype=np.bool_),
    )
    if draft.named is not None:
        _set_traits(draft.named, firms)
    return firms


def _by_size(rows: TradingRows, low: float, high: float, lean: Float64, a: Assumptions) -> Float64:
    """Return a skill that rises evenly with the size band, with a spread of its own."""
    step = np.maximum(rows.band.astype(np.float64) - SizeBand.MICRO, 0.0) / 3.0
    return np.clip(low + (high - low) * step + a["firms.skill_spread"] * lean, 0.0, 1.0)


def _employ_local(draft: Draft) -> Float64:
    """Return the share of each row's staff who live in the area where they work."""
    place, rows = draft.place, draft.rows
    usual = np.diagonal(place.areas.commuting)
    counted = place.agents[rows.area]
    here = np.zeros(rows.n, dtype=np.int64)
    seat, home = draft.seat, draft.people.area[draft.people.worker_household]
    working = np.flatnonzero((seat >= 0) & (seat < rows.n))
    near = working[rows.area[seat[working]] == home[working]]
    np.add.at(here, seat[near], 1)
    share = here / np.maximum(rows.jobs, 1)
    return np.where(counted, share, usual[rows.area])


def _set_traits(named: Directory, firms: Firms) -> None:
    """Give the named firms the quality, skills, capacity and age of the file."""
    for firm in named.place.scenario.firms:
        row = named.firm[firm.id]
        firms.quality[row] = firm.quality
        firms.age_months[row] = firm.age_months
        for column, value in (
            (firms.bid_skill, firm.bid_skill),
            (firms.claim_skill, firm.claim_skill),
            (firms.honesty, firm.honesty),
        ):
            if value is not None:
                column[row] = value
        if firm.capacity is not None:
            firms.capacity_pence[row] = pence(firm.capacity)


def _buyers(draft: Draft, a: Assumptions) -> Buyers:
    """Lay down the public buyers with their budgets and the grant that closes them."""
    staff, at = draft.buyers, draft.at
    first = draft.rows.n
    grant = grants(
        staff, draft.home.council_tax, draft.money.rates, draft.people.area, draft.rows.area, a
    )
    return Buyers(
        ids=tuple(buyer.id for buyer in staff.rows),
        names=tuple(buyer.name for buyer in staff.rows),
        row=(at.buyers + np.arange(len(staff.rows))).astype(np.int32),
        kind=tuple(buyer.kind for buyer in staff.rows),
        budget_month=staff.budget,
        payroll_month=staff.payroll,
        grant_month=grant,
        payment_days=np.array([float(buyer.payment_days) for buyer in staff.rows]),
        monitoring=np.array([float(buyer.monitoring) for buyer in staff.rows]),
        engagement=np.array([float(buyer.engagement) for buyer in staff.rows]),
        serves=staff.serves,
        jobs_in=staff.jobs_in.astype(np.int32),
        aggregate_jobs=draft.aggregate_jobs[first:].astype(np.int32),
        aggregate_payroll=draft.aggregate_gross[first:],
        wage_pence=staff.wage,
    )
