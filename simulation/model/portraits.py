"""The state of a place at one instant, as Books keep it: stocks, wealth, incomes, jobs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Instrument
from simulation.economy.town import Town
from simulation.model.recorder import Rows

Int64 = NDArray[np.int64]
BINS = 200


def note_stocks(rows: Rows, town: Town) -> None:
    """Note every class's instruments; each financial instrument sums to zero over classes.

    The bank's class carries the liability side of deposits and savings and the asset side of
    loans; equity is a firm's financial net worth, an asset of its owner's class.
    """
    economy, parties = town.economy, town.economy.parties
    bank = int(parties.klass[economy.bank])
    columns = {
        Instrument.DEPOSITS: parties.deposits,
        Instrument.SAVINGS: parties.savings,
        Instrument.LOANS: -parties.loans,
        Instrument.TRADE_CREDIT: parties.receivable - parties.payable,
    }
    for instrument, values in columns.items():
        sums = _by_class(town, values)
        if instrument is not Instrument.TRADE_CREDIT:
            sums[bank] -= int(values.sum())
        _add(rows, town, instrument, sums)
    n = town.n_firms
    worth = _net_worth(town)[:n]
    owned = economy.firms.owner >= 0
    equity = np.zeros(parties.uid.size, dtype=np.int64)
    equity[:n] = np.where(owned, -worth, 0)
    np.add.at(equity, economy.firms.owner[owned], worth[owned])
    _add(rows, town, Instrument.EQUITY, _by_class(town, equity))
    tangible = np.zeros(parties.uid.size, dtype=np.int64)
    years = town.a["firms.capital_output_ratio"] * 12.0
    tangible[:n] = (economy.firms.sales_expected * years).astype(np.int64)
    _add(rows, town, Instrument.TANGIBLES, _by_class(town, tangible))


def _net_worth(town: Town) -> Int64:
    """Financial assets less liabilities of every row [pence]."""
    parties = town.economy.parties
    return parties.deposits + parties.savings - parties.loans + parties.receivable - parties.payable


def _by_class(town: Town, values: Int64) -> Int64:
    sums = np.zeros(town.ledger.n_classes, dtype=np.int64)
    np.add.at(sums, town.economy.parties.klass, values)
    return sums


def _add(rows: Rows, town: Town, instrument: Instrument, sums: Int64) -> None:
    some = np.flatnonzero(sums)
    rows.add(month=town.month, klass=some, instrument=int(instrument), pence=sums[some])


def note_wealth(rows: Rows, town: Town) -> None:
    """Note households' wealth in bins of equal count, by area.

    Money, savings and the net worth of the firms they own. Homes and the mortgages on them are
    left out together, since what a home is worth is not in the model.
    """
    parties, block = town.economy.parties, town.household_rows()
    n = town.n_firms
    owner = town.economy.firms.owner
    worth = _net_worth(town)
    owned = np.zeros(parties.uid.size, dtype=np.int64)
    np.add.at(owned, owner[owner >= 0], np.maximum(worth[:n], 0)[owner >= 0])
    worth = parties.deposits[block] + parties.savings[block] + owned[block]
    _bins(rows, town, worth, worth, "pence")


def note_people(rows: Rows, town: Town) -> None:
    """Note equivalised disposable income of the last twelve months, a month and household."""
    homes = town.economy.households
    income = town.now.income_year // 12 - homes.council_tax_pence
    equivalised = (income / homes.scale).astype(np.int64)
    _bins(rows, town, equivalised, equivalised, "income_pence")


def _bins(rows: Rows, town: Town, rank: Int64, values: Int64, name: str) -> None:
    homes = town.economy.households
    area = town.economy.parties.area[town.household_rows()]
    uid = town.economy.parties.uid[town.household_rows()]
    for place in np.unique(area):
        inside = np.flatnonzero(area == place)
        each = rank[inside] / homes.households_in_row[inside]
        order = inside[np.lexsort((uid[inside], each))]
        size = min(BINS, order.size)
        where = np.arange(order.size) * size // order.size
        counts = np.zeros(size, dtype=np.int64)
        sums = np.zeros(size, dtype=np.int64)
        np.add.at(counts, where, homes.households_in_row[order])
        np.add.at(sums, where, values[order])
        rows.add(
            month=town.month,
            area=int(place),
            bin=np.arange(size),
            households=counts,
            **{name: sums},
        )


def note_jobs(rows: Rows, town: Town) -> None:
    """Note jobs and pay by place of work and home, and jobs at a Real Living Wage."""
    economy, workers, parties = town.economy, town.economy.workers, town.economy.parties
    width = len(economy.areas.ids)
    living = living_wage_month(town)
    employed = np.flatnonzero(workers.status == 2)
    work = parties.area[workers.employer[employed]].astype(np.int64)
    pay = workers.wage_pence[employed]
    key = work * width + workers.area[employed]
    ones = np.ones(employed.size, dtype=np.int64)
    sums = np.zeros((width * width, 3), dtype=np.int64)
    for column, values in enumerate((ones, pay, (pay >= living).astype(np.int64))):
        np.add.at(sums[:, column], key, values)
    _commuters(town, sums, living)
    some = np.flatnonzero(sums[:, 0])
    rows.add(
        month=town.month,
        work_area=some // width,
        home_area=some % width,
        jobs=sums[some, 0],
        pay_pence=sums[some, 1],
        living_wage_jobs=sums[some, 2],
    )


def _commuters(town: Town, sums: Int64, living: int) -> None:
    """Add jobs of people who are not individual workers, by the shares of their payroll links."""
    economy, parties = town.economy, town.economy.parties
    width, network = len(economy.areas.ids), town.links.payroll
    jobs = np.zeros(network.start.size - 1, dtype=np.int64)
    pay = np.zeros_like(jobs)
    n = town.n_firms
    jobs[:n], pay[:n] = economy.firms.aggregate_jobs, economy.firms.aggregate_payroll
    jobs[economy.buyers.row] = economy.buyers.aggregate_jobs
    pay[economy.buyers.row] = economy.buyers.aggregate_payroll
    counts = np.diff(network.start)
    payer = np.repeat(np.arange(counts.size), counts)
    cum = network.cum.astype(np.int64)
    before = np.where(np.arange(cum.size) > network.start[payer], np.roll(cum, 1), 0)
    key = parties.area[payer].astype(np.int64) * width + parties.area[network.payee]
    at_living = np.where(pay >= jobs * living, jobs, 0)
    for column, values in enumerate((jobs, pay, at_living)):
        parts = ((values[payer] * cum) >> 16) - ((values[payer] * before) >> 16)
        np.add.at(sums[:, column], key, parts)


def living_wage_month(town: Town) -> int:
    """Return a month's full-time pay at the Real Living Wage of the year [pence]."""
    return round(town.a["labour.living_wage_hour_pence"] * town.a["labour.hours_week"] * 52 / 12)


def note_places(rows: dict[str, Rows], town: Town) -> None:
    """Write the two tables that never change: areas and classes."""
    areas, classes = town.economy.areas, town.economy.classes
    rows["areas"].add(
        area=np.arange(len(areas.ids)),
        parent=areas.parent,
        tier=areas.tier,
        leaf=areas.leaf.astype(np.int8),
        neighbour=areas.neighbour.astype(np.int8),
    )
    rows["classes"].add(
        klass=np.arange(classes.area.size),
        institution=classes.institution,
        sector=classes.sector,
        area=classes.area,
        owner_kind=classes.owner_kind,
    )


def party_columns(town: Town, rows: Any) -> dict[str, Any]:
    """Return the columns of the table `parties` for the given organisation rows."""
    parties = town.economy.parties
    band = np.zeros(parties.uid.size, dtype=np.int8)
    band[: town.n_firms] = town.economy.firms.size_band
    return {
        "party": town.now.party[rows],
        "uid": parties.uid[rows],
        "institution": parties.institution[rows],
        "klass": parties.klass[rows],
        "area": parties.area[rows],
        "sector": parties.sector[rows],
        "owner_kind": parties.owner_kind[rows],
        "owner_area": parties.owner_area[rows],
        "size_band": band[rows],
    }
