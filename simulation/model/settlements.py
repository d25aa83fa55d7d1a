"""What ways of buying asked to be paid as they settled a month, each with its reason.

Who is short pays less than was asked; what was paid stands among the payments.
"""

from typing import Final

from simulation.economy.town import Town
from simulation.model.journal import Journal
from simulation.procurement.interface import BUILDER, LENDER, OWN_STAFF, Int64
from simulation.procurement.settled import Settled

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
