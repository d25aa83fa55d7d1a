"""A month of all co-ops: what members pay and get back, who stays, which co-op goes on."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.club_payments import monthly_payments
from simulation.procurement.club_rules import (
    Clubs,
    ClubState,
    clubs_of,
    endings,
    vote_on_margin,
    worth_of_membership,
)
from simulation.procurement.interface import Answers, Bool, Float64, Int64, Live, Roll
from simulation.procurement.pricing import markup
from simulation.procurement.rolls import add_up

YEAR = 12


def settle_clubs(rules: Mapping[str, float], roll: Roll, live: Live, a: Assumptions) -> Answers:
    """Collect fees, pay what is due, return the rest by use, and see who stays.

    Parameters
    ----------
    rules : mapping
        Parameters of `cooperative_membership` by short name.
    roll : Roll
        Co-ops whose states are `ClubState`.
    live : Live
    a : Assumptions

    Returns
    -------
    Answers
    """
    states: list[ClubState] = [arrangement.state for arrangement in roll.arrangements]
    clubs = _as_shown(rules, clubs_of(states), live)
    joining = np.array([not state.paid_in for state in states])
    grown = np.array([state.grown for state in states])
    asked_by, payments = monthly_payments(rules, clubs, roll.buyer, roll.club, joining, live)
    worth = worth_of_membership(clubs, live.units, rules["fixed_share"], 0.0)
    going_rate = _going_rate(roll, live, a)
    stays = worth >= going_rate * live.chance * live.cost * live.units
    age = live.month - roll.start
    wishes = np.minimum(going_rate, rules["most_margin"])
    staying = _staying(clubs, stays, _margins(roll, clubs, age, wishes, stays))
    said = endings(rules, staying, roll.units_month, live.share[stays], live.capacity[stays])
    reasons = ["" if new else reason for new, reason in zip(grown.tolist(), said, strict=True)]
    ends = np.array([bool(reason) for reason in reasons])
    meets = (age > 0) & (age % np.maximum(roll.reopening_months, 1) == 0)
    factor = staying.crowding(rules["headroom"], rules["congestion"])
    prices = clubs.variable_cost * roll.each(factor) * (1.0 + roll.each(staying.margin))
    return Answers(
        payments=payments,
        asked_by=asked_by,
        stays=stays,
        found=np.zeros(stays.size, dtype=np.bool_),
        ends=ends,
        reasons=reasons,
        reopen=~ends & (roll.reopening_months > 0) & (grown | meets),
        unit_prices=prices,
        states=_states(states, staying),
    )


def _as_shown(rules: Mapping[str, float], clubs: Clubs, live: Live) -> Clubs:
    """Take use and cost as the open books show them.

    What surprised all members would surprise the bidders of a tender too.
    """
    believed = add_up(clubs.variable_cost, clubs.begins)
    shown = add_up(live.cost, clubs.begins)
    surprise = np.where(believed > 0.0, shown / np.where(believed > 0.0, believed, 1.0), 1.0)
    council_use = clubs.council_use[clubs.owner]
    return replace(
        clubs,
        use=rules["private_use"] * np.minimum(live.capacity, council_use),
        variable_cost=live.cost,
        outside_price=clubs.outside_price * surprise,
    )


def _going_rate(roll: Roll, live: Live, a: Assumptions) -> Float64:
    """Return the mark-up that each member would ask in a tender."""
    return markup(roll.expected_bids, roll.begins, live.utilisation, live.chance, a)


def _margins(roll: Roll, clubs: Clubs, age: Int64, wishes: Float64, stays: Bool) -> Float64:
    """Let those who stay vote once a year: each club's margin from now on."""
    margin = clubs.margin.copy()
    for index in np.flatnonzero((age > 0) & (age % YEAR == 0) & (roll.count(stays) > 0)).tolist():
        at = roll.at(index)
        margin[index] = vote_on_margin(wishes[at][stays[at]])
    return margin


def _staying(clubs: Clubs, stays: Bool, margin: Float64) -> Clubs:
    """Take leavers out of the clubs' own columns."""
    owner = clubs.owner[stays]
    begins = np.zeros(clubs.begins.size, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=margin.size), out=begins[1:])
    return replace(
        clubs,
        begins=begins,
        owner=owner,
        margin=margin,
        use=clubs.use[stays],
        variable_cost=clubs.variable_cost[stays],
    )


def _states(before: list[ClubState], clubs: Clubs) -> list[ClubState]:
    """Write the clubs' own columns back, one club at a time."""
    begins = clubs.begins.tolist()
    columns = zip(
        before, begins, begins[1:], clubs.margin.tolist(), clubs.outside_price.tolist(),
        strict=False,
    )  # fmt: skip
    return [
        ClubState(
            margin=margin,
            fixed_units=old.fixed_units,
            council_use=old.council_use,
            use=clubs.use[begin:end],
            variable_cost=clubs.variable_cost[begin:end],
            outside_price=outside_price,
            founded=old.founded,
            paid_in=True,
            grown=False,
        )
        for old, begin, end, margin, outside_price in columns
    ]
