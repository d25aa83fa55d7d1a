"""A month of an alliance: the purse is settled, the board meets, rules change, members stay or go.

Pain and gain are settled each month against the target for what was done, so that nobody leaves
with an account open. Rules are reviewed every few months; the council looks at the break clause
once a year, and at an extension when the first term is over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.alliance_rules import (
    AllianceState,
    agreed,
    course_of,
    effort,
    learned,
    parts_of_pool,
    refusals,
    shared,
    split_pence,
)
from simulation.procurement.interface import (
    OWN_STAFF,
    Arrangement,
    Bool,
    Float64,
    Instruction,
    Int64,
    Live,
    Luck,
    Settlement,
)
from simulation.procurement.people import Cohort, next_month
from simulation.procurement.pricing import markup_of_one
from simulation.streams import Purpose

YEAR = 12
TERM_OVER = "its term was over"
NOT_EXTENDED = "not extended, as dearer to the council than going alone"
BROKEN = "break clause used, as dearer to the council than going alone"
TOO_FEW = "fewer providers left than the alliance needs"


@dataclass(slots=True)
class Hours:
    """Hours of a month by what they were spent on: the council's, and each provider's."""

    council: dict[str, float] = field(default_factory=dict)
    each: dict[str, float] = field(default_factory=dict)

    def spend(self, reason: str, hours: float) -> None:
        """Let everybody at the table spend so many hours."""
        for side in (self.council, self.each):
            side[reason] = side.get(reason, 0.0) + hours


def settle_alliance(
    rules: Mapping[str, float], arrangement: Arrangement, live: Live, a: Assumptions, luck: Luck
) -> Settlement:
    """Settle one alliance's month.

    Parameters
    ----------
    rules : mapping
        Parameters of `alliance` by short name.
    arrangement : Arrangement
        Its state is an `AllianceState`; None of a contract that was in force before the story.
    live : Live
    a : Assumptions
    luck : Luck
        Who refuses a change of rules.

    Returns
    -------
    Settlement
        Pain, gain and hours as payments; next month's prices and costs, by the effort that the
        sharing makes worth while and by the service that a unit of need takes.
    """
    age = live.month - arrangement.start + 1
    state: AllianceState | None = arrangement.state
    if state is None:
        over = age >= first_term(rules, arrangement)
        return Settlement(ends=over, again=over, reason=TERM_OVER if over else "")
    buyer, paid = arrangement.need.buyer, float(live.paid_pence.sum())
    target = PENCE_A_UNIT * float((live.units * state.agreed).sum())
    pot = shared(rules, target, paid)
    gains = split_pence(pot, parts_of_pool(live.units, rules["split"]))
    meets, hours = age % max(int(rules["review_months"]), 1) == 0, Hours()
    hours.spend("board", rules["board_hours"])
    cohort = next_month(state.cohort, course_of(rules))
    if meets:
        cohort = _review(rules, cohort, luck.uniform(Purpose.VOTE, live.uid), hours)
    leaves = _leavers(rules, arrangement, live, state, gains, a) & meets
    stays, work = ~leaves, cohort.in_service
    if leaves.any():
        hours.council["handover"] = rules["exit_hours"] * float(np.count_nonzero(leaves))
    hour = a["tender.buyer_hour_pence"]
    spent = paid + pot + hour * _usual_hours(rules, arrangement)
    alone = PENCE_A_UNIT * float((live.units * state.alone).sum())
    dear = spent > alone * (1.0 + rules["tolerance"])
    reason, extended = _verdict(rules, arrangement, age, dear=dear, left=int(stays.sum()))
    raised = raised_by(rules, arrangement, live.units[stays], work)
    change = raised / state.raised[stays]
    short = float(live.capacity[stays].sum()) < arrangement.need.units_month * work
    return Settlement(
        instructions=(
            *_pain_and_gain(buyer, live, gains),
            *_staff_time(buyer, live, hours, leaves, rules["exit_hours"], hour),
        ),
        unit_prices=live.unit_price[stays] * change,
        unit_costs=live.cost[stays] * change,
        work=work,
        stays=stays,
        ends=bool(reason),
        again=reason == TERM_OVER,
        reason=reason,
        reopen=not reason and short and (meets or state.grown),
        state=replace(
            state,
            agreed=state.agreed[stays],
            alone=state.alone[stays],
            cohort=cohort,
            raised=raised,
            extended=extended,
            grown=False,
        ),
    )


def first_term(rules: Mapping[str, float], arrangement: Arrangement) -> int:
    """Return the months of the first term: those agreed, else the buyer's usual ones."""
    return int(rules["term_months"]) or arrangement.need.months


def raised_by(
    rules: Mapping[str, float], arrangement: Arrangement, units: Float64, work: float
) -> Float64:
    """Return the factor on price and cost per unit of need: float64[k].

    (1 + slack x (1 - effort)) x service per unit of need; where the price was fixed at signature
    a provider bears its own slack, and nothing is passed on.
    """
    if not arrangement.terms.open_book:
        return np.full(units.size, work)
    chosen = effort(rules, parts_of_pool(units, rules["split"]))
    factor: Float64 = (1.0 + rules["slack"] * (1.0 - chosen)) * work
    return factor


def _review(rules: Mapping[str, float], cohort: Cohort, draws: Float64, hours: Hours) -> Cohort:
    """Look at who came back, propose other rules, and change them if enough consent."""
    hours.spend("review", rules["review_hours"])
    refuses, changed = refusals(rules, draws), learned(rules, cohort)
    if changed == cohort:
        return cohort
    hours.spend("meetings on refusals", rules["meeting_hours"] * int(np.count_nonzero(refuses)))
    if not agreed(rules, refuses):
        return cohort
    hours.spend("change of rules", rules["change_hours"])
    return changed


def _leavers(
    rules: Mapping[str, float],
    arrangement: Arrangement,
    live: Live,
    state: AllianceState,
    gains: Int64,
    a: Assumptions,
) -> Bool:
    """Say who expects more from a tender for the same need than from another month as a member.

    Worth = margin on what it served + its gain - its hours; elsewhere = mark-up that it would ask
    x believed chance x cost of serving the need as served by contract, all in pence a month.
    """
    sold = PENCE_A_UNIT * live.units
    talk = _usual_hours(rules, arrangement) * a["tender.buyer_hour_pence"]
    worth = sold * (live.unit_price - live.cost) + gains - talk
    going_rate = markup_of_one(arrangement.need.expected_bids, live.utilisation, live.chance, a)
    elsewhere = going_rate * live.chance * (live.cost / state.raised) * sold
    leaves: Bool = rules["exit"] * (elsewhere - worth) > 0.0
    return leaves


def _usual_hours(rules: Mapping[str, float], arrangement: Arrangement) -> float:
    """Return the hours of a member a month, over the years, that fall on what is folded so far.

    Nobody judges the alliance by its first lots: meetings are for all that are to join.
    """
    need, months = arrangement.need, max(rules["review_months"], 1.0)
    folded = need.units_month / max(need.units_month, need.prospect_units)
    changes = rules["change_hours"] if rules["learning"] > 0.0 else 0.0
    return folded * (rules["board_hours"] + (rules["review_hours"] + changes) / months)


def _verdict(
    rules: Mapping[str, float], arrangement: Arrangement, age: int, *, dear: bool, left: int
) -> tuple[str, bool]:
    """Say why the alliance ends ("" where it goes on), and whether it has been extended."""
    first, extended = first_term(rules, arrangement), arrangement.state.extended
    if left < max(int(rules["fewest"]), 1):
        return TOO_FEW, extended
    if not extended and age >= first:
        if rules["extension_months"] <= 0.0:
            return TERM_OVER, False
        return (NOT_EXTENDED, False) if dear else ("", True)
    if extended and age >= first + int(rules["extension_months"]):
        return TERM_OVER, True
    looks = age >= int(rules["break_from"]) and age % YEAR == 0
    return (BROKEN if rules["break_clause"] > 0.0 and looks and dear else ""), extended


def _pain_and_gain(buyer: int, live: Live, gains: Int64) -> list[Instruction]:
    """Write each provider's part of the month's result as a payment."""
    paid = []
    for supplier, pence in zip(live.supplier.tolist(), gains.tolist(), strict=True):
        if pence > 0:
            paid.append(Instruction(buyer, supplier, pence, Kind.GAIN_SHARE, "gain shared"))
        elif pence < 0:
            paid.append(Instruction(supplier, buyer, -pence, Kind.GAIN_SHARE, "pain shared"))
    return paid


def _staff_time(
    buyer: int, live: Live, hours: Hours, leaves: Bool, exit_hours: float, hour: float
) -> list[Instruction]:
    """Write the hours of all sides as payments; who leaves hands its work over."""
    asked: list[tuple[Any, float, str]] = [
        (buyer, spent, reason) for reason, spent in hours.council.items()
    ]
    suppliers = live.supplier.tolist()
    for reason, spent in hours.each.items():
        asked += [(supplier, spent, reason) for supplier in suppliers]
    asked += [(supplier, exit_hours, "handover") for supplier in live.supplier[leaves].tolist()]
    return [
        Instruction(payer, OWN_STAFF, round(spent * hour), Kind.PROCESS_COST, reason)
        for payer, spent, reason in asked
        if round(spent * hour) > 0
    ]
