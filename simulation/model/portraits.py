"""The state of a place at one instant, as Books keep it: stocks, wealth, incomes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Instrument
from simulation.economy.columns import equivalence_scale
from simulation.economy.enterprise_surplus import shares_in_enterprises
from simulation.economy.grouped import Grouped
from simulation.economy.town import Town
from simulation.kernels import payments
from simulation.kernels.ordering import order_by
from simulation.model.rows import Rows

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
BINS = 200


def note_stocks(rows: Rows, town: Town) -> None:
    """Note every class's instruments; each financial instrument sums to zero over classes.

    The bank's class carries the liability side of deposits and savings and the asset side of its
    loans, a community lender's that of its own; equity is a firm's financial net worth, an asset
    of its owner's class.
    """
    economy, parties = town.economy, town.economy.parties
    bank = int(parties.klass[economy.bank])
    columns = {
        Instrument.DEPOSITS: _by_class(town, parties.deposits),
        Instrument.SAVINGS: _by_class(town, parties.savings),
        Instrument.LOANS: _by_class(town, _lent(town) - parties.loans),
    }
    for instrument, sums in columns.items():
        sums[bank] -= int(sums.sum())
        _add(rows, town, instrument, sums)
    size, homes = parties.uid.size, economy.households.first
    accounts = np.zeros(size, dtype=np.int64)
    if town.member_loans is not None:
        accounts += town.member_loans
    if town.enterprises.living:
        owed, held = town.enterprises.accounts(size, homes, economy.workers.household)
        accounts += held - owed
    if town.union is not None:
        accounts[town.household_rows()] += town.union.shares
        accounts[town.union.row] -= int(town.union.shares.sum())
    _add(rows, town, Instrument.MEMBER_ACCOUNTS, _by_class(town, accounts))
    if town.enterprises.living:
        lent = _by_class(town, town.enterprises.council_loans(size))
        _add(rows, town, Instrument.COUNCIL_LOANS, lent)
    credit = _by_class(town, parties.receivable) - _by_class(town, parties.payable)
    _add(rows, town, Instrument.TRADE_CREDIT, credit)
    n = town.n_firms
    worth = _worth_of_firms(town)
    owned = economy.firms.owner >= 0
    equity = np.zeros(parties.uid.size, dtype=np.int64)
    equity[:n] = np.where(owned, -worth, 0)
    np.add.at(equity, economy.firms.owner[owned], worth[owned])
    equity += shares_in_enterprises(town, worth)
    _add(rows, town, Instrument.EQUITY, _by_class(town, equity))
    tangible = np.zeros(parties.uid.size, dtype=np.int64)
    years = town.a["firms.capital_output_ratio"] * 12.0
    tangible[:n] = (economy.firms.sales_expected * years).astype(np.int64)
    _add(rows, town, Instrument.TANGIBLES, _by_class(town, tangible))


def _worth_of_firms(town: Town) -> Int64:
    """Financial assets less liabilities of every trading row [pence]."""
    parties, firms = town.economy.parties, slice(0, town.n_firms)
    assets = parties.deposits[firms] + parties.savings[firms] + parties.receivable[firms]
    worth: Int64 = assets - parties.loans[firms] - parties.payable[firms] + _lent(town)[firms]
    if town.member_loans is not None:
        worth += town.member_loans[firms]
    return worth


def _lent(town: Town) -> Int64:
    """What each party has lent as a community lender less what it owes one: int64[n_rows]."""
    lent = np.zeros(town.economy.parties.uid.size, dtype=np.int64)
    for lender in town.lenders:
        lent[: town.n_firms] -= lender.owed
        lent[lender.row] = int(lender.owed.sum())
    return lent


def _by_class(town: Town, values: Int64) -> Int64:
    sums = np.zeros(town.ledger.n_classes, dtype=np.int64)
    payments.sum_by_class(town.economy.parties.klass, values, sums)
    return sums


def _add(rows: Rows, town: Town, instrument: Instrument, sums: Int64) -> None:
    some = np.flatnonzero(sums)
    rows.add(month=town.month, klass=some, instrument=int(instrument), pence=sums[some])


def note_homes(wealth: Rows, people: Rows, town: Town) -> None:
    """Note households' wealth and equivalised disposable income in bins of equal count, by area."""
    owned, by_area = _owned(town), Grouped(town.economy.parties.area[town.household_rows()])
    for place in by_area.codes:
        inside = by_area.rows(place)
        _note_bins(wealth, town, place, inside, "pence", _wealth(town, inside, owned))
        _note_bins(people, town, place, inside, "income_pence", _income(town, inside))


def _owned(town: Town) -> Int64:
    """Net worth of the firms that each party owns, member accounts and shares: int64[n_rows]."""
    owner = town.economy.firms.owner
    some = owner >= 0
    owned = np.zeros(town.economy.parties.uid.size, dtype=np.int64)
    payments.sum_by_class(owner[some], np.maximum(_worth_of_firms(town), 0)[some], owned)
    if town.enterprises.living:
        first, home = town.economy.households.first, town.economy.workers.household
        owned += town.enterprises.accounts(owned.size, first, home)[1]
    if town.union is not None:
        owned[town.household_rows()] += town.union.shares
    return owned


def _wealth(town: Town, homes: Int64, owned: Int64) -> Int64:
    """Money, savings and the net worth of the firms that some households own [pence].

    Homes and the mortgages on them are left out together, since what a home is worth is not in
    the model.
    """
    parties, rows = town.economy.parties, town.economy.households.first + homes
    wealth: Int64 = parties.deposits[rows] + parties.savings[rows] + owned[rows]
    return wealth


def _income(town: Town, homes: Int64) -> Int64:
    """Equivalised disposable income of the last twelve months, a month [pence]."""
    of = town.economy.households
    income = town.now.income_year[homes] // 12 - of.council_tax_pence[homes]
    scale = equivalence_scale(of.adults[homes], of.children[homes])
    equivalised: Int64 = (income / scale).astype(np.int64)
    return equivalised


def _note_bins(rows: Rows, town: Town, place: int, inside: Int64, name: str, held: Int64) -> None:
    """Note what the households of one area hold, in bins of equal count by what each holds.

    Rows that hold the same stand by uid; among single households that makes no difference.
    """
    number = town.economy.households.households_in_row[inside]
    if number.max() == 1:
        held = held[order_by(held)]
    else:
        uid = town.economy.parties.uid[town.household_rows()][inside]
        order = order_by(uid, held / number)
        number, held = number[order], held[order]
    size = min(BINS, held.size)
    begins = -(-np.arange(size) * held.size // size)
    rows.add(
        month=town.month,
        area=place,
        bin=np.arange(size),
        households=np.add.reduceat(number.astype(np.int64), begins),
        **{name: np.add.reduceat(held, begins)},
    )


def living_wage_month(town: Town) -> int:
    """Return a month's full-time pay at the Real Living Wage of the year [pence]."""
    return round(town.tax.living_wage_hour * town.a["labour.hours_week"] * 52 / 12)


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
