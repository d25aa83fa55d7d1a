"""Founds enterprises for lots whose way of buying founds them, and charges budgets with the cost.

Whether one can be founded is known when the first lot is let; it is paid in when payments are next
made, and serves from then on. What the council gave, lent or paid for shares falls on the budget of
the category, and what comes back relieves it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenarios.tables import categories
from scenarios.vocabulary import Kind, OwnerKind
from simulation.economy.columns import Economy
from simulation.economy.enterprises import NOBODY, Enterprise
from simulation.economy.founding import found, pay_in
from simulation.economy.seats import Seat
from simulation.economy.town import Town
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.model.lots import Lot
from simulation.model.passing_on import keep_up, pass_assets_on
from simulation.model.policies import ResolvedPolicy
from simulation.model.subsidies import Giver, course_of_loan, gift_of, within_law
from simulation.procurement.founding import Charter
from simulation.procurement.interface import OWN_STAFF, Instruction, Need, Regime
from simulation.procurement.places import Places

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
PRIVATE = (OwnerKind.LOCAL, OwnerKind.OUTSIDE)
"""Who can be a private partner."""


def seats_wanted(economy: Economy, policies: Mapping[str, ResolvedPolicy]) -> list[Seat]:
    """Return the seats that compared policies may fill, by buyer and category in a fixed order.

    A policy may fill those of its adopters, in the categories that all compared policies treat.
    """
    code = {category.id: index for index, category in enumerate(categories())}
    everybody = frozenset(range(len(economy.buyers.ids)))
    wanted = {
        (buyer, code[name], fitting.regime.founds)
        for policy in policies.values()
        for assessed in policy.fittings
        for fitting in assessed.ways
        if fitting.regime.founds is not None
        for name in fitting.categories & policy.treated
        for buyer in policy.adopters & (everybody if fitting.buyers is None else fitting.buyers)
    }
    return [
        Seat(buyer, category, kind)
        for buyer, category, kind in sorted(wanted)
        if economy.buyers.budget_month[buyer, category] > 0
    ]


def enterprise_of(town: Town, need: Need) -> Int32:
    """Return the trading row of the enterprise that a buyer founded for a category, if any."""
    one = town.enterprises.at(need.buyer_index, need.category)
    return np.array([] if one is None else [one.row], dtype=np.int32)


def found_for(
    stewardship: "Stewardship", town: Town, lot: Lot, need: Need, regime: Regime,
    incumbents: Int32,
) -> Need:  # fmt: skip
    """Found an enterprise for a lot's buyer and category, if it is to have one and has none.

    Parameters
    ----------
    stewardship : Stewardship, updated
    town : Town, updated
    lot : Lot
    need : Need
    regime : Regime
        The way of buying that was chosen for it.
    incumbents : int32[k]
        Who served the lot. Where a partner is needed it is the first private firm among them,
        else the one that serves most of the buyer's need in the category.

    Returns
    -------
    Need
        With the month in which the enterprise that serves it was founded.
    """
    if regime.founds is None or not stewardship.telling:
        return need
    one = town.enterprises.at(lot.buyer, lot.category)
    if one is None:
        one = _found(stewardship, town, lot, need, regime, incumbents)
    return need if one is None else need._replace(founded=one.founded)


def _found(
    stewardship: "Stewardship", town: Town, lot: Lot, need: Need, regime: Regime,
    incumbents: Int32,
) -> Enterprise | None:  # fmt: skip
    charter = regime.charter(need, town.a)
    if charter is None or regime.founds is None:
        return None
    partner = NOBODY
    if charter.stack.partner > 0.0:
        served = _suppliers_of(stewardship, lot)
        partner = _partner_among(town, np.concatenate([incumbents, served]))
        if partner == NOBODY:
            return None
    units = float(stewardship.need_units()[lot.buyer, lot.category])
    seat = Seat(lot.buyer, lot.category, regime.founds)
    charter = _lawful(stewardship, town, need, seat, charter, units)
    one = found(town, seat, charter, units, need.units_month, partner)
    if one is None:
        return None
    pence = round(charter.founding_hours * town.a["tender.buyer_hour_pence"])
    work = Instruction(need.buyer, OWN_STAFF, pence, Kind.PROCESS_COST, "founding")
    stewardship.take_on(work, (lot.buyer, lot.category))
    if stewardship.journal is not None:
        stewardship.journal.note(
            town.month, "founding", buyer=int(town.now.party[need.buyer]), regime=regime.name,
            supplier=one.uid, category=need.category_id, pence=one.whole_pence,
        )  # fmt: skip
    return one


def pay_in_and_charge(stewardship: "Stewardship", town: Town) -> None:
    """Pay in the capital of new enterprises; charge budgets with what councils paid.

    A grant is a cost of the service; a loan and shares are only money that is away.
    """
    ids, held = stewardship.office.category_ids, town.enterprises
    keep_up(stewardship, town)
    for one in pay_in(town):
        buyer, category, paid = one.seat.buyer, one.seat.category, one.capital
        _note_gift(stewardship, town, one)
        if paid.grant:
            stewardship.spend(buyer, category, ids[category], paid.grant)
        if paid.loan + paid.equity:
            held.charges.append((buyer, category, paid.loan + paid.equity))
    for buyer, category, pence in held.charges:
        stewardship.budget.owed[buyer, category] += pence
    held.charges.clear()


def _lawful(
    stewardship: "Stewardship", town: Town, need: Need, seat: Seat, charter: Charter, units: float
) -> Charter:
    """Keep a founding within subsidy control; what it is given besides its seat counts."""
    row = town.enterprises.seats.get(seat, NOBODY)
    if row == NOBODY:
        return charter
    book, whole = stewardship.office.subsidies, round(PENCE_A_UNIT * units * charter.share)
    giver = Giver(need.buyer, need.appetite, (seat.buyer, seat.category))
    capital, uid = int(whole * charter.stack.months), int(town.economy.parties.uid[row])
    return charter._replace(stack=within_law(book, town, giver, uid, charter.stack, capital))


def _note_gift(stewardship: "Stewardship", town: Town, one: Enterprise) -> None:
    """Note what a council's grant and loan have given an enterprise; pass on what it adds."""
    book, seat = stewardship.office.subsidies, one.seat
    appetite = stewardship.office.scenario.buyers[seat.buyer].appetite
    giver = Giver(one.council, appetite, (seat.buyer, seat.category))
    gift = gift_of(town, one.charter.stack, one.capital)
    course = course_of_loan(one.capital.grant, one.charter.stack.loan_months)
    book.give(town, giver, one.row, one.uid, book.rule(town, giver, one.uid, gift), course)
    pass_assets_on(book, town, giver, one)


def plan_by_orders(town: Town, places: Places, units: Float64) -> None:
    """Let enterprises reckon with the orders that they have, where they have any.

    Their work is agreed beforehand, so they need not guess from what they sold; other firms do.

    Parameters
    ----------
    town : Town, updated
    places : Places
    units : float64[n_places]
        What each place serves this month.
    """
    if not town.enterprises.living:
        return
    expected, pounds = town.economy.firms.sales_expected, units * places.unit_price
    orders = np.bincount(places.supplier, weights=pounds, minlength=town.n_firms) * PENCE_A_UNIT
    for one in town.enterprises.living:
        if orders[one.row] >= 1.0 and not one.converted:
            expected[one.row] = int(orders[one.row])


def _suppliers_of(stewardship: "Stewardship", lot: Lot) -> Int32:
    """Return who serves a buyer's category now, from the largest place down."""
    places = stewardship.portfolio.places
    mine = (places.buyer_index == lot.buyer) & (places.category == lot.category)
    at = np.flatnonzero(mine)
    units = places.units_month[at] * places.share[at]
    order = np.lexsort((places.tender[at], places.uid[at], -units))
    rows: Int32 = places.supplier[at[order]].astype(np.int32)
    return rows


def _partner_among(town: Town, rows: Int32) -> int:
    """Return the first private firm among some rows that nobody founded here, -1 where none is."""
    firms, kinds = town.economy.firms, town.economy.parties.owner_kind
    founded = set(town.enterprises.seats.values())
    for row in rows.tolist():
        if row >= firms.n_agents or row in founded or not firms.alive[row]:
            continue
        if OwnerKind(int(kinds[row])) in PRIVATE:
            return int(row)
    return NOBODY
