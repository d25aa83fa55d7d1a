"""A month of all co-ops: what members pay and get back, who stays, which co-op goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.procurement.club_capital import a_month_later, capital_raised, claims_of
from simulation.procurement.club_payments import capital_payments, monthly_payments
from simulation.procurement.club_rules import (
    Clubs,
    ClubState,
    clubs_of,
    endings,
    vote_on_margin,
    worth_of_membership,
)
from simulation.procurement.club_stakes import (
    Stakes,
    gain_from_assets,
    stakes_now,
    with_stakes,
)
from simulation.procurement.interface import Answers, Bool, Draws, Float64, Int64, Live, Roll
from simulation.procurement.payments import Payments
from simulation.procurement.pricing import markup
from simulation.procurement.rolls import add_up

YEAR = 12


def settle_clubs(
    rules: Mapping[str, float], roll: Roll, live: Live, a: Assumptions, luck: Draws
) -> Answers:
    """Collect fees, pay what is due, return the rest by use, and see who stays.

    Parameters
    ----------
    rules : mapping
        Parameters of `cooperative_membership` by short name.
    roll : Roll
        Co-ops whose states are `ClubState`.
    live : Live
    a : Assumptions
    luck : Draws

    Returns
    -------
    Answers
    """
    states: list[ClubState] = [arrangement.state for arrangement in roll.arrangements]
    clubs = _as_shown(rules, clubs_of(states), live)
    stakes = stakes_now(rules, roll, clubs, live, a)
    clubs = with_stakes(rules, clubs, stakes)
    joining = np.array([not state.paid_in for state in states])
    grown = np.array([state.grown for state in states])
    claims = claims_of(rules, clubs, stakes) if stakes else None
    asked_by, payments, repaid = monthly_payments(
        rules, clubs, roll.buyer, roll.club, joining, live, claims
    )
    gain = gain_from_assets(rules, clubs, stakes, live.utilisation, a)
    worth = worth_of_membership(clubs, live.units, rules["fixed_share"], 0.0, gain)
    going_rate = _going_rate(roll, live, a)
    stays = worth >= going_rate * live.chance * live.cost * live.units
    age = live.month - roll.start
    wishes = np.minimum(going_rate, rules["most_margin"])
    staying = _staying(clubs, stays, _margins(roll, clubs, age, wishes, stays))
    left_in = [one.kept(stays[roll.at(index)]) for index, one in enumerate(stakes)]
    staying = with_stakes(rules, staying, left_in)
    said = endings(rules, staying, roll.units_month, live.share[stays], live.capacity[stays])
    reasons = ["" if new else reason for new, reason in zip(grown.tolist(), said, strict=True)]
    ends = np.array([bool(reason) for reason in reasons])
    meets = (age > 0) & (age % np.maximum(roll.reopening_months, 1) == 0)
    if claims is not None:
        founding = joining & ~ends & (roll.club >= 0)
        may = roll.each(founding) & stays
        lent = capital_raised(rules, clubs, may, live, _dues(payments, live), luck)
        supplier = live.supplier.astype(np.int64)
        left_in = a_month_later(rules, left_in, claims, repaid, lent, roll, supplier)
        both = zip(left_in, ends.tolist(), strict=True)
        over = [one if ended else Stakes(one.assets) for one, ended in both]
        asked_by, payments = capital_payments(
            clubs, roll.club, live, lent, over, (asked_by, payments)
        )
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
        states=_states(states, staying, left_in),
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


def _dues(payments: Payments, live: Live) -> Float64:
    """Return what each member is asked to pay in this month, in all its clubs [pence]."""
    into = payments.take(payments.kind == Kind.MEMBER_CONTRIBUTION)
    most = max(int(live.supplier.max(initial=0)), int(into.payer.max(initial=0)))
    asked = np.zeros(most + 1)
    np.add.at(asked, into.payer, into.pence)
    due: Float64 = asked[live.supplier]
    return due


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


def _states(before: list[ClubState], clubs: Clubs, stakes: list[Stakes]) -> list[ClubState]:
    """Write the clubs' own columns back, one club at a time."""
    begins = clubs.begins.tolist()
    own: Sequence[Stakes | None] = stakes or [None] * len(before)
    columns = zip(
        before, begins, begins[1:], clubs.margin.tolist(), clubs.outside_price.tolist(),
        own, strict=False,
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
            stakes=stake,
            put_in=old.put_in,
        )
        for old, begin, end, margin, outside_price, stake in columns
    ]
