"""An enterprise is one no more: it has closed, or its members have sold it."""

from simulation.economy.council_premises import move_out
from simulation.economy.enterprises import Enterprise
from simulation.economy.town import Town


def end(town: Town, one: Enterprise) -> None:
    """Take an enterprise off the list, and take back what only an enterprise has.

    Creditors have been paid. What running help has taught, and what members of the secondary
    co-operative spare, does not stay with the row.
    """
    one.council_loan = one.locked = 0
    for premises in list(one.premises):
        move_out(town, one, premises)
    firms = town.economy.firms
    if one.trained:
        firms.bid_skill[one.row] -= town.a["ownership.support_skill"]
    if town.society is not None:
        town.society.part_with(one.uid, firms, town.terms, town.a)
    town.enterprises.living.remove(one)
    town.enterprises.closed.append(one)
