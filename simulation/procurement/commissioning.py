"""The commissioning cycle: objectives, options, assessment, award, stewardship, and again.

Before a tender stands a choice of how to buy, and after it a record of why. Every award keeps its
thread: objective, power in law, criterion, result. Stages after the National Audit Office's
*Successful commissioning* guidance (2010).
"""

from typing import Any, NamedTuple

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import TOO_RISKY, Kind
from simulation.procurement.interface import (
    OWN_STAFF,
    Arrangement,
    Bool,
    Instruction,
    Luck,
    Need,
    Outcome,
    Regime,
    Thread,
)
from simulation.procurement.judging import challenge
from simulation.procurement.law import Legality, LegalRisk, by_routes, legality_of, power_for
from simulation.procurement.objectives import objective_served
from simulation.streams import Purpose


class Commission(NamedTuple):
    """The result of one cycle.

    `regime` is the way of buying that was used in the end; `arrangement` is None where nobody
    was found, and then the need goes unmet until it is commissioned again. Costs in pence are
    those of `instructions`.
    """

    regime: Regime
    outcome: Outcome
    arrangement: Arrangement | None
    thread: Thread
    legality: Legality
    buyer_cost_pence: int
    bidder_cost_pence: int
    instructions: tuple[Instruction, ...]


def choose_option(
    need: Need, preferred: Regime, fallback: Regime, risk: LegalRisk, a: Assumptions
) -> tuple[Regime, Legality]:
    """Choose how to buy: the preferred way, unless it does not suit the need.

    Nor is it chosen where its legal risk is more than the buyer will run, advised or not.

    Where the law or its risk is the reason, the power says so.

    Raises
    ------
    UnlawfulRouteError
        Where the way of buying has no route and the scenario is not counterfactual.
    """
    if not preferred.suits(need):
        return fallback, power_for(fallback, need)
    refusal = legality_of(preferred, need)
    if refusal.beyond:
        return fallback, _left(preferred, refusal.reason, power_for(fallback, need))
    verdict = refusal if refusal.lawful else power_for(preferred, need)
    if verdict.contested and not risk.dares(need, a):
        return fallback, _left(preferred, TOO_RISKY, power_for(fallback, need))
    return preferred, verdict


def _left(preferred: Regime, why: str, verdict: Legality) -> Legality:
    """Say in the power that is used instead why the preferred way of buying was not."""
    return verdict._replace(power=f"{verdict.power} ({preferred.title}: {why})")


def conclude(
    need: Need,
    regime: Regime,
    verdict: Legality,
    outcome: Outcome,
    a: Assumptions,
    luck: Luck,
) -> Commission:
    """Test a procedure's outcome in court, write the thread, and sign what was awarded.

    Parameters
    ----------
    need : Need
    regime : Regime
    verdict : Legality
        On what basis in law the way of buying was chosen.
    outcome : Outcome
    a : Assumptions
    luck : Luck

    Returns
    -------
    Commission
    """
    if outcome.award.opened:
        verdict = _when_opened(need, regime, verdict)
    if verdict.contested and outcome.award.made:
        outcome = _test_in_court(need, outcome, a, luck)
    hours = a["commission.engagement_hours"] * need.engagement
    talk = round(hours * a["tender.buyer_hour_pence"])
    engagement = Instruction(need.buyer, OWN_STAFF, talk, Kind.PROCESS_COST, "engagement")
    thread = _thread(need, regime, verdict, outcome)
    arrangement = None
    if outcome.award.made:
        arrangement = arrange(need, regime, outcome, thread, a)
    return Commission(
        regime=regime,
        outcome=outcome,
        arrangement=arrangement,
        thread=thread,
        legality=verdict,
        buyer_cost_pence=outcome.buyer_cost_pence + talk,
        bidder_cost_pence=outcome.bidder_cost_pence,
        instructions=((engagement, *outcome.instructions) if talk else outcome.instructions),
    )


def _when_opened(need: Need, regime: Regime, verdict: Legality) -> Legality:
    """Return the basis in law of a reserved competition in which all could bid in the end."""
    date = (need.year, need.month_of_year)
    routes = tuple(route for route in regime.opened_routes if route.nation == need.nation)
    opened = by_routes(
        routes, need.threshold_class, need.above_threshold, date, need.nation, need.buyer_kind
    )
    return opened if opened.lawful else verdict


def _test_in_court(need: Need, outcome: Outcome, a: Assumptions, luck: Luck) -> Outcome:
    """Let a contested route be challenged, at its actual risk."""
    challenged = luck.shared(Purpose.DISCRETION) < a["law.contested_risk"]
    return challenge(need, outcome, a) if challenged and not outcome.challenged else outcome


def _thread(need: Need, regime: Regime, verdict: Legality, outcome: Outcome) -> Thread:
    """Write the thread from mission to decision."""
    result = outcome.award.reason
    if outcome.challenged:
        result += "; challenged"
    objective = objective_served(need, regime.name)
    return Thread(objective, verdict.power, outcome.award.criterion, result)


def arrange(
    need: Need, regime: Regime, outcome: Outcome, thread: Thread, a: Assumptions
) -> Arrangement:
    """Turn an award into an arrangement, with what unforeseen costs do to its price.

    A rise of true over believed cost is passed on in the part that the price review allows; open
    books pass on all of it, falls too, with the margin.

    Returns
    -------
    Arrangement
        It starts after any delay and runs for the term.
    """
    award, bids = outcome.award, outcome.bids.take(outcome.award.rows)
    terms = regime.terms(need, award, a)
    cost, estimate = bids.cost, bids.estimate
    if terms.open_book:
        unit_prices = award.unit_prices * (cost / estimate)
    else:
        rise = np.maximum(cost - estimate, 0.0)
        unit_prices = award.unit_prices + terms.price_review * rise
    start = need.month + outcome.delay_months
    return Arrangement(
        form=regime.form_of(outcome),
        need=need,
        regime=regime.name,
        suppliers=bids.supplier,
        uid=bids.uid,
        shares=award.shares,
        unit_prices=unit_prices,
        costs=cost,
        qualities=bids.quality,
        claims_month=bids.claim_month,
        deliverable_month=bids.deliverable_month,
        padding=award.padding,
        terms=terms,
        thread=thread,
        start=start,
        end=start + terms.months,
        state=outcome.state,
    )


def welcome(
    standing: Arrangement, regime: Regime, need: Need, outcome: Outcome, a: Assumptions
) -> Arrangement:
    """Let those whom a reopening admitted into a standing arrangement.

    Parameters
    ----------
    standing : Arrangement
    regime : Regime
    need : Need
        That of the arrangement, at the month of the reopening.
    outcome : Outcome
    a : Assumptions

    Returns
    -------
    Arrangement
        With as many newcomers as it has places for; all share alike. Where nobody is let in, what
        the opening taught (the outcome's state) stays.
    """
    if not outcome.award.made:
        return standing if outcome.state is None else standing._replace(state=outcome.state)
    limit = regime.places_for(need) - standing.suppliers.size
    joined = arrange(need, regime, outcome, standing.thread, a)
    first = np.arange(joined.suppliers.size) < limit

    def both(name: str) -> Any:
        return np.concatenate([getattr(standing, name), getattr(joined, name)[first]])

    columns: dict[str, Any] = {name: both(name) for name in SUPPLIER_COLUMNS if name != "shares"}
    k = standing.suppliers.size + int(first.sum())
    state = regime.join(standing.state, regime.keep(joined.state, first))
    return standing._replace(**columns, shares=np.full(k, 1.0 / k), state=state)


def enlarge(standing: Arrangement, units_month: float) -> Arrangement:
    """Return an arrangement that serves so many more units a month.

    Its value grows with them, and so does the social value promised and done, which is by the unit.
    """
    need = standing.need
    by = 1.0 + units_month / max(need.units_month, 1e-9)
    larger = need._replace(
        units_month=need.units_month + units_month, value_pence=round(need.value_pence * by)
    )
    return standing._replace(
        need=larger,
        claims_month=standing.claims_month * by,
        deliverable_month=standing.deliverable_month * by,
    )


SUPPLIER_COLUMNS = (
    "suppliers",
    "uid",
    "shares",
    "unit_prices",
    "costs",
    "qualities",
    "claims_month",
    "deliverable_month",
    "padding",
)
"""Columns of an Arrangement that hold one number a supplier."""


def keep_suppliers(standing: Arrangement, regime: Regime, kept: Bool) -> Arrangement:
    """Return an arrangement without the suppliers that left, failed or were shut out.

    Parameters
    ----------
    standing : Arrangement
    regime : Regime
    kept : bool[k]
        Who stays, in the arrangement's order.
    """
    columns: dict[str, Any] = {name: getattr(standing, name)[kept] for name in SUPPLIER_COLUMNS}
    return standing._replace(**columns, state=regime.keep(standing.state, kept))
