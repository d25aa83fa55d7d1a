"""What members have lent to their co-ops, who owes it and who holds it, for the balance sheet."""

from collections.abc import Iterable

import numpy as np

from simulation.economy.town import Town
from simulation.procurement.club_rules import ClubState
from simulation.procurement.portfolio import Portfolio


def note_member_loans(town: Town, portfolio: Portfolio, clubs: Iterable[int]) -> None:
    """Write down who holds a loan to which club as the month's settlements leave it.

    What a club that has ended did not repay is lost to its lenders.

    Parameters
    ----------
    town : Town, updated
        `member_loans`.
    portfolio : Portfolio
    clubs : iterable of int
        Numbers of the clubs' arrangements.
    """
    held = np.zeros(town.economy.parties.uid.size, dtype=np.int64)
    for number in clubs:
        standing = portfolio.standing[number]
        state = standing.arrangement.state
        if isinstance(state, ClubState) and state.stakes is not None:
            pence = state.stakes.owed_pence
            np.add.at(held, state.stakes.lenders, pence)
            held[standing.club] -= int(pence.sum())
    town.member_loans = held if held.any() else None
