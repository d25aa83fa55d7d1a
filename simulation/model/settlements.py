"""What ways of buying asked to be paid, each with its reason: as they settled a month, and in all.

Who is short pays less than was asked; what was paid stands among the payments.
"""

from typing import TYPE_CHECKING, Final

from simulation.economy.town import Town
from simulation.model.journal import Journal
from simulation.procurement.interface import BUILDER, LENDER, OWN_STAFF, Int64
from simulation.procurement.payments import Payments
from simulation.procurement.settled import Settled

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship

STANDS_FOR: Final = {OWN_STAFF: "own staff", LENDER: "lender", BUILDER: "builder"}
"""Who is meant where a payee is no row."""


def note_settlements(journal: Journal | None, town: Town, settled: Settled, numbers: Int64) -> None:
    """Write the month's settlements in the journal, where one is kept.

    Parameters
    ----------
    journal : Journal or None
    town : Town
    settled : Settled
    numbers : int64[n]
        Entry in the register of each arrangement.
    """
    if journal is None:
        return
    uid = town.economy.parties.uid
    asked = settled.payments.instructions()
    for number, one in zip(settled.number.tolist(), asked, strict=True):
        journal.note(
            town.month,
            "settlement",
            arrangement=int(numbers[number]),
            payer=int(uid[one.payer]),
            payee=STANDS_FOR.get(one.payee) or int(uid[one.payee]),
            pence=one.pence,
            reason=one.reason,
        )


def note_asked(stewardship: "Stewardship", town: Town, asked: Payments) -> None:
    """Write everything that is asked to be paid this month, in the order of asking.

    Settlements are among it, with procedures, checks, foundings and newcomers' entries. What buyers
    mean to give back of their savings by council tax is written too.

    Parameters
    ----------
    stewardship : Stewardship
        Nothing is written where it has no journal.
    town : Town
    asked : Payments
    """
    journal, budget = stewardship.journal, stewardship.budget
    if journal is None:
        return
    if budget.closure.savings == "tax" and budget.saved is not None:
        for row, pence in zip(town.economy.buyers.row.tolist(), budget.saved, strict=True):
            buyer = int(town.economy.parties.uid[row])
            journal.note(town.month, "give back", buyer=buyer, pence=int(pence))
    uid = town.economy.parties.uid
    for one in asked.instructions():
        payee = STANDS_FOR.get(one.payee) or int(uid[one.payee])
        journal.note(
            town.month, "ask", kind=one.kind.name, payer=int(uid[one.payer]), payee=payee,
            pence=one.pence, reason=one.reason,
        )  # fmt: skip
