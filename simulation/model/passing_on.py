"""A council passes assets of its own on to an enterprise that it founds, and keeps them up.

As far as best consideration and subsidy control let it, and the enterprise can use them: they spare
it rent, as a freehold for good, on a lease for the term and against a lower rent.
"""

from typing import TYPE_CHECKING

from scenarios import tables
from scenarios.vocabulary import Kind
from simulation.economy.council_premises import move_in, move_out, rent_of, take_rents_of
from simulation.economy.enterprises import Enterprise
from simulation.economy.leases import Lease, Premises
from simulation.economy.town import Town
from simulation.model.subsidies import Giver, Subsidies
from simulation.procurement.interface import BUILDER, Instruction
from simulation.procurement.subsidy import YEAR, Course, Way

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship


def pass_assets_on(book: Subsidies, town: Town, giver: Giver, one: Enterprise) -> None:
    """Pass on what the charter says of a council's own, as far as it may.

    Parameters
    ----------
    book : Subsidies, updated
    town : Town, updated
    giver : Giver
        The council, with its appetite for legal risk.
    one : Enterprise, updated
        Whose money has been paid in, so that of what is small in law that comes first.
    """
    assets, rent = one.charter.stack.assets, rent_of(town, one.row)
    if assets.worth <= 0.0:
        return
    year, month = divmod(town.calendar, YEAR)
    law = tables.disposal_law(year, month + 1, book.nation)
    usable = assets.passed_on(rent, law, consented=town.a["land.consent"] > 0.0)
    ruling = book.rule(town, giver, one.uid, round(assets.undervalue(usable)))
    spared = min(round(assets.cut(usable, ruling.pence)), rent)
    if spared <= 0:
        return
    at_once, term = (0 if assets.lease_months else ruling.pence), assets.lease_months
    course = Course(Way.ASSETS, at_once, months=term)
    book.give(town, giver, one.row, one.uid, ruling, course)
    lease, worth = None, round(spared * YEAR * assets.years)
    if term:
        lease, worth = Lease(one.row, round(spared * assets.rent), town.month + term), 0
    move_in(town, one, Premises(spared, worth, round(spared * assets.upkeep), lease))


def keep_up(stewardship: "Stewardship", town: Town) -> None:
    """Pay for the upkeep of what was passed on, take its rents, and have back what has run out."""
    for one in town.enterprises.living:
        for premises in [its for its in one.premises if its.lease and its.lease.ends <= town.month]:
            move_out(town, one, premises)
        if not one.premises:
            continue
        leases = [(one.row, its.lease) for its in one.premises if its.lease]
        came = take_rents_of(town, leases, one.council)
        town.enterprises.give_back(one, came)
        pence = sum(its.upkeep for its in one.premises)
        work = Instruction(
            one.council, BUILDER, pence, Kind.INTERMEDIATE, "upkeep of assets given"
        )  # fmt: skip
        cell = None if one.converted else (one.seat.buyer, one.seat.category)
        stewardship.take_on(work, cell)
