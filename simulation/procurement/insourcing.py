"""Insourcing: the council employs directly, and no contract is let.

Staff who do the work now come over at their pay, the council takes over the methods and the
sellers of the firm that leaves, and keeps no margin. Against that stand the council's pension and
pay, overhead, set-up, learning, and a budget that nobody competes for. Every so often the market is
asked what it would charge, and a service that costs too much goes back.
"""

from typing import ClassVar

import numpy as np

from scenarios.assumptions import Assumptions, Entry
from scenarios.vocabulary import Kind
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.claims import deliverable_for
from simulation.procurement.costs import Costs, can_serve, estimate_costs, slope_towards
from simulation.procurement.docket import docket_of
from simulation.procurement.in_house import CostRules, InHouse, StaffRules
from simulation.procurement.insourcing_entries import INSOURCING_ENTRIES, INSOURCING_ROUTES
from simulation.procurement.interface import (
    NO_BIDS,
    NOBODY,
    OWN_STAFF,
    Arrangement,
    Award,
    Bool,
    Form,
    Instruction,
    Int64,
    Live,
    Luck,
    Market,
    Need,
    Outcome,
    Paperwork,
    Regime,
    Route,
    Settlement,
    Terms,
)
from simulation.procurement.pricing import lowest_believed

YEAR = 12
CRITERION = "best value: cost of own staff and inputs against what a tender is believed to find"


class Insourcing(Regime):
    """The council's own staff do the work; staff come over, and go back if a test says so."""

    name: ClassVar[str] = "insourcing"
    title: ClassVar[str] = "Insourcing"
    summary: ClassVar[str] = (
        "The council employs the people who do the work and lets no contract. Staff come over "
        "from the supplier at their pay; every few years the market is asked for its price."
    )
    family: ClassVar[str] = "direct provision"
    form: ClassVar[Form] = Form.DIRECT_PROVISION
    option: ClassVar[str] = "make"
    competes: ClassVar[bool] = False
    settles: ClassVar[bool] = True
    categories: ClassVar[tuple[str, ...]] = (
        "homecare",
        "residential_care",
        "childrens_care",
        "complex_needs",
        "public_health",
        "building_maintenance",
        "highways",
        "facilities_management",
        "catering",
        "waste_services",
        "passenger_transport",
        "ict",
        "digital_networks",
        "professional_services",
        "education_training",
        "leisure_culture",
    )
    lawful: ClassVar[tuple[Route, ...]] = INSOURCING_ROUTES
    parameters: ClassVar[tuple[Entry, ...]] = INSOURCING_ENTRIES

    def paperwork(self, above_threshold: bool, a: Assumptions) -> Paperwork:
        """Nobody bids; the buyer makes the case."""
        return Paperwork(0.0, self["appraisal_hours"], 0.0)

    def procure(self, need: Need, market: Market, a: Assumptions, luck: Luck) -> Outcome:
        """Decide how the service is to be run in house, and by whose methods."""
        costs = self._costs(need, market, a, luck)
        able = can_serve(market, costs, a)
        state = self._decide(need, market, costs, able, a, luck)
        hour = a["tender.buyer_hour_pence"]
        year = PENCE_A_UNIT * need.units_month * YEAR * (state.pay + state.other)
        asked = (
            (round(self["appraisal_hours"] * hour), "business case"),
            (round(self["setup_cost"] * year), "set-up"),
        )
        cheapest = float(costs.true[able].min()) if able.any() else float("nan")
        return _outcome(
            need, market, asked, state, int(np.count_nonzero(able)), cheapest, made=True,
            delay=int(self["setup_months"]),
        )  # fmt: skip

    def admit(
        self, standing: Arrangement, need: Need, market: Market, a: Assumptions, luck: Luck
    ) -> Outcome:
        """Ask the market what it would charge; nobody is let in."""
        state: InHouse = standing.state
        costs = self._costs(need, market, a, luck)
        able = can_serve(market, costs, a)
        age = need.month - standing.start - state.wait
        believed = self._believed(need, market, costs, able & market.knows, a, luck)
        hours = round(self["review_hours"] * a["tender.buyer_hour_pence"])
        cheapest = float(costs.true[able].min()) if able.any() else float("nan")
        return _outcome(
            need, market, ((hours, "market test"),), state.asked(believed, age),
            int(np.count_nonzero(able)), cheapest, made=False, delay=0,
        )  # fmt: skip

    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Sign nothing; whoever serves until own staff begin does so on the usual terms."""
        return Terms(
            months=max(int(self["open_months"]), 1),
            payment_days=need.payment_days,
            monitoring=need.monitoring,
            relationship=a["delivery.record_in_tenders"],
            remedy_rate=0.0,
            price_review=a["delivery.price_review"],
            reopening_months=int(self["review_months"]),
        )

    def settle(
        self, arrangement: Arrangement, live: Live, a: Assumptions, luck: Luck
    ) -> Settlement:
        """Let whoever was kept on go as own staff begin; test the market, and heed the test."""
        state: InHouse = arrangement.state
        age = live.month - arrangement.start - state.wait
        if age < 0:
            leaving = age == -1 and live.units.size > 0
            return Settlement(stays=np.zeros(live.units.size, np.bool_) if leaving else None)
        if state.tested >= 0 and state.tested == age - 1:
            reason = state.verdict(self["tolerance"])
            return Settlement(ends=bool(reason), reason=reason, state=state.stays())
        every = arrangement.terms.reopening_months
        return Settlement(reopen=every > 0 and age > 0 and age % every == 0)

    def _costs(self, need: Need, market: Market, a: Assumptions, luck: Luck) -> Costs:
        return estimate_costs(need, market, slope_towards(self["agreed_quality"], a), a, luck)

    def _decide(
        self, need: Need, market: Market, costs: Costs, able: Bool, a: Assumptions, luck: Luck
    ) -> InHouse:
        """Take over the methods of those who serve now, else the usual ones of those known.

        What another council bears of their pay it will not bear of own staff's.
        """
        known = able & market.knows
        whole = self._costs(need, market._replace(borne_ratio=market.wage_ratio), a, luck)
        now = np.flatnonzero(known & market.incumbent)
        taken = now if now.size else np.flatnonzero(known)
        cost, ratio, quality, social = 1.0, need.usual_wage_ratio, self["agreed_quality"], 0.0
        if taken.size:
            taken = taken[np.argsort(market.uid[taken], kind="stable")]
            firms = market.take(taken)
            cost, ratio = float(whole.true[taken].mean()), float(firms.wage_ratio.mean())
            quality = float(costs.quality[taken].mean())
            social = float(deliverable_for(need, firms, a).mean())
        return InHouse(
            wait=0,
            like=_nearest(market, taken),
            pay=cost * need.labour_share,
            other=cost * (1.0 - need.labour_share + self["overhead"]),
            pay_ratio=ratio,
            quality=quality,
            social=social / max(need.units_month, 1e-9),
            believed=self._believed(need, market, costs, known, a, luck),
            staff=StaffRules(
                self["transfer"], self["premium"], self["harmonise"], self["pension"],
                self["redundancy_months"],
            ),
            costs=CostRules(
                self["learning"], self["learning_months"], self["soft_budget"],
                self["overspend_met"],
            ),
        )  # fmt: skip

    def _believed(
        self, need: Need, market: Market, costs: Costs, known: Bool, a: Assumptions, luck: Luck
    ) -> float:
        """Return the lowest price that a tender is believed to find, infinite without bidders."""
        return lowest_believed(docket_of(need, market, luck), known, costs.expected, a)


def _nearest(market: Market, taken: Int64) -> int:
    """Return the row of the nearest of some candidates, the first by identity among equals."""
    if not taken.size:
        return -1
    return int(market.supplier[taken[int(np.argmin(market.distance_km[taken]))]])


def _outcome(
    need: Need,
    market: Market,
    asked: tuple[tuple[int, str], ...],
    state: InHouse,
    eligible: int,
    cheapest: float,
    *,
    made: bool,
    delay: int,
) -> Outcome:
    """Write a decision that nobody bids for, with the buyer's cost of it, pence and reason."""
    payments = tuple(
        Instruction(need.buyer, OWN_STAFF, pence, Kind.PROCESS_COST, reason)
        for pence, reason in asked
        if pence > 0
    )
    return Outcome(
        bids=NO_BIDS,
        market=market.take(NOBODY),
        at=slice(0),
        award=Award(
            NOBODY, NOBODY, np.zeros(0), np.zeros(0), CRITERION,
            "the council's own staff take the work" if made else "a test of the market",
            own_staff=made,
        ),
        eligible=eligible,
        lowest=float("nan"),
        cheapest_cost=cheapest,
        buyer_cost_pence=sum(payment.pence for payment in payments),
        bidder_cost_pence=0,
        challenged=False,
        delay_months=delay,
        instructions=payments,
        state=state,
    )  # fmt: skip
