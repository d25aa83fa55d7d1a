"""A competition on paper: who hears of it, who bids, who wins, and what it costs both sides.

`run_tender` is the one procedure of every tender-based way of buying; a regime changes what it
asks for, who may come, how prices form and how bids are judged.
"""

from dataclasses import replace
from functools import cached_property

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.kernels import bidding
from simulation.procurement.claims import claimed_value, deliverable_value
from simulation.procurement.costs import Costs, estimate_costs
from simulation.procurement.interface import (
    NOBODY,
    OWN_STAFF,
    Award,
    Bids,
    Bool,
    Float64,
    Instruction,
    Int64,
    Luck,
    Market,
    Need,
    Outcome,
    Paperwork,
    Regime,
    Terms,
)
from simulation.procurement.pricing import collude, sealed_price
from simulation.procurement.scoring import Weights, best_first, quality_slope, score, weights_of
from simulation.streams import Purpose

NO_BID = "no bid was made"
NONE_STOOD = "no bid met the quality floor and the ceiling on price"


class Tendered(Regime):
    """A way of buying that runs a competition; the base of four of the five.

    With quality and social weight 0 it is lowest price above a quality floor, exactly.
    """

    @cached_property
    def weights(self) -> Weights:
        """Weights of price, quality and claimed social value."""
        return weights_of(self.get("quality_weight"), self.get("weight"))

    @cached_property
    def criterion(self) -> str:
        """The weights as a notice would print them."""
        return self.weights.text

    def minimum_share(self, need: Need) -> float:
        """Return the share of the volume that a bidder must be able to carry."""
        return 1.0

    def paperwork(self, need: Need, a: Assumptions) -> Paperwork:
        """Add what each question costs; a quotation below the threshold asks a part of it."""
        weights, whole = self.weights, a["tender.weight_of_full_answer"]
        asked_quality = min(weights.quality / whole, 1.0)
        asked_social = min(weights.social / whole, 1.0)
        days = (
            a["tender.days_base"]
            + a["tender.days_quality"] * asked_quality
            + a["tender.days_social"] * asked_social
        )
        hours = a["tender.buyer_hours"] + a["tender.buyer_hours_social"] * asked_social
        size = 1.0 if need.above_threshold else a["tender.quotation_share"]
        per_bid = a["tender.buyer_hours_per_bid"] * (1.0 + asked_quality + asked_social)
        return Paperwork(size * days, size * hours, size * per_bid)

    def invite(self, need: Need, market: Market, a: Assumptions) -> Bool:
        """Open to all."""
        return np.ones(market.size, dtype=np.bool_)

    def slope(self, a: Assumptions) -> float:
        """Say what quality is worth to a bidder, in shares of price."""
        return quality_slope(self.weights, a)

    def prices(
        self, need: Need, market: Market, costs: Costs, a: Assumptions, luck: Luck
    ) -> Float64:
        """Form prices: sealed bids."""
        return sealed_price(need, market, costs.expected, a)

    def procure(self, need: Need, market: Market, a: Assumptions, luck: Luck) -> Outcome:
        """Run the tender."""
        return run_tender(need, market, self, a, luck)

    def award(self, need: Need, market: Market, bids: Bids, a: Assumptions, luck: Luck) -> Award:
        """Give the whole to the best marks."""
        best = int(best_first(bids.score, market.uid[bids.position])[0])
        return Award(
            positions=bids.position[best : best + 1],
            rows=np.array([best]),
            shares=np.ones(1),
            unit_prices=bids.price[best : best + 1],
            criterion=self.criterion,
            reason=best_reason(bids),
            padding=np.zeros(1),
        )

    def checks(self, need: Need, a: Assumptions) -> tuple[float, float]:
        """Return the share of promises checked, and the share of a found gap claimed back."""
        asked = min(self.weights.social / a["tender.weight_of_full_answer"], 1.0)
        checked = min(need.monitoring + self.get("monitoring_extra") * asked, 1.0)
        return checked, self.get("remedy_rate") * asked

    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Sign the buyer's usual terms, with checks on promises where promises are scored."""
        checked, remedied = self.checks(need, a)
        return Terms(
            months=need.months,
            payment_days=need.payment_days,
            monitoring=checked,
            relationship=a["delivery.record_in_tenders"],
            remedy_rate=remedied,
            price_review=a["delivery.price_review"],
        )


def run_tender(need: Need, market: Market, regime: Tendered, a: Assumptions, luck: Luck) -> Outcome:
    """Run one competition from notice to award.

    Parameters
    ----------
    need : Need
    market : Market
        All candidates, those that never hear of it included.
    regime : Tendered
        Supplies paperwork, invitation, price formation, marks and award.
    a : Assumptions
    luck : Luck

    Returns
    -------
    Outcome
        Bids that were made; the award, empty with a reason where the tender failed; process
        costs of both sides as instructions.

    Notes
    -----
    A firm bids if it is invited, has heard, has the capacity, the working days and the cash, can
    meet the quality floor, and (believed chance) x (expected margin) > cost of bidding. Each
    place beyond the first adds the prior's wins to what it believes.
    """
    paper = regime.paperwork(need, a)
    invited = regime.invite(need, market, a)
    costs = estimate_costs(need, market, regime.slope(a), a, luck)
    price = regime.prices(need, market, costs, a, luck)
    carry = regime.minimum_share(need) * need.units_month
    position, spent = np.empty((2, market.size), dtype=np.int64)
    n, eligible, cheapest = bidding.enter(
        invited, market.knows, market.capacity, costs.reach, market.bid_skill,
        market.wins, market.losses, market.slack, market.paper_days,
        price, costs.expected, costs.true,
        carry, a["award.quality_floor"], paper.bidder_days,
        paper.bidder_days * a["tender.day_rate_pence"], a["tender.skill_saves"],
        a["learn.prior_wins"] * (regime.places_for(need) - 1),
        a["bid.working_capital"] * need.payment_days / 30.0 * 100.0 * carry,
        100.0 * carry * need.months,
        position, spent,
    )  # fmt: skip
    bids = _collect_bids(need, market, regime, costs, price, spent[:n], position[:n], a, luck)
    award = _judge(need, market, regime, bids, a, luck)
    hours = paper.buyer_hours + paper.buyer_hours_per_bid * bids.size
    buyer_cost = round(hours * a["tender.buyer_hour_pence"])
    outcome = Outcome(
        bids=bids,
        award=award,
        eligible=eligible,
        lowest=min(bids.price.tolist(), default=float("nan")),
        cheapest_cost=cheapest if eligible else float("nan"),
        buyer_cost_pence=buyer_cost,
        bidder_cost_pence=sum(bids.cost_of_bidding.tolist()),
        challenged=False,
        delay_months=0,
        instructions=_process_payments(need, bids, buyer_cost),
    )
    if _is_challenged(need, regime, bids, award, a, luck):
        return challenge(need, outcome, a)
    return outcome


def _collect_bids(
    need: Need,
    market: Market,
    regime: Tendered,
    costs: Costs,
    price: Float64,
    spent: Int64,
    position: Int64,
    a: Assumptions,
    luck: Luck,
) -> Bids:
    """Take the columns of those who bid, with their claims where claims are scored."""
    expected, asked = costs.expected[position], price[position]
    if a["bid.ring"] > 0.0:
        asked = collude(asked, expected, market.take(position), a, luck)
    deliverable = deliverable_value(need, market, a)
    claim = np.zeros(position.size)
    if regime.weights.social > 0.0:
        checked, remedied = regime.checks(need, a)
        claim = claimed_value(deliverable, market, checked * remedied, a)[position]
    return Bids(
        position=position,
        supplier=market.supplier[position],
        price=asked,
        cost=costs.true[position],
        estimate=expected,
        quality=costs.quality[position],
        claim_month=claim,
        deliverable_month=deliverable[position],
        cost_of_bidding=spent,
        score=np.zeros(position.size),
        won=np.zeros(position.size, dtype=np.bool_),
    )


def _judge(
    need: Need, market: Market, regime: Tendered, bids: Bids, a: Assumptions, luck: Luck
) -> Award:
    """Set aside bids that do not stand, mark the rest, let the regime choose; write the result."""
    if not bids.size:
        return no_award(regime, NO_BID)
    stands = np.empty(bids.size, dtype=np.bool_)
    standing = bidding.stand(
        bids.price, bids.quality, a["award.quality_floor"], a["award.price_ceiling"], stands
    )
    if not standing:
        return no_award(regime, NONE_STOOD)
    whole = standing == bids.size
    left = bids if whole else bids.take(stands)
    left.score[:] = score(left.price, left.quality, left.claim_month, regime.weights, a)
    award = regime.award(need, market, left, a, luck)
    if not whole:
        bids.score[stands] = left.score
        award = replace(award, rows=np.flatnonzero(stands)[award.rows])
    bids.won[award.rows] = True
    return award


def best_reason(bids: Bids) -> str:
    """Say why a single winner won."""
    return "the only bid that stood" if bids.size == 1 else "highest score"


def no_award(regime: Tendered, reason: str) -> Award:
    """Return the award of a tender that failed, with the reason."""
    return Award(NOBODY, NOBODY, np.zeros(0), np.zeros(0), regime.criterion, reason)


def _is_challenged(
    need: Need, regime: Tendered, bids: Bids, award: Award, a: Assumptions, luck: Luck
) -> bool:
    """Decide whether a loser goes to court: likelier the more was decided by judgement."""
    losers = bids.size - award.rows.size
    if losers < 1 or not award.made or not need.above_threshold:
        return False
    judgement = 1.0 - regime.weights.price
    chance = a["tender.challenge_rate"] * (1.0 + a["tender.challenge_judgement"] * judgement)
    return luck.shared(Purpose.CHALLENGE) < chance


def challenge(need: Need, outcome: Outcome, a: Assumptions) -> Outcome:
    """Return an outcome that was challenged in court: later, and dearer for the buyer."""
    pence = round(a["tender.challenge_cost_pence"])
    payment = Instruction(need.buyer, OWN_STAFF, pence, Kind.PROCESS_COST, "challenge")
    return replace(
        outcome,
        challenged=True,
        delay_months=round(a["tender.challenge_months"]),
        buyer_cost_pence=outcome.buyer_cost_pence + pence,
        instructions=(*outcome.instructions, *((payment,) if pence else ())),
    )


def _process_payments(need: Need, bids: Bids, buyer_pence: int) -> tuple[Instruction, ...]:
    """Write the process costs of both sides as payments for staff time."""
    spent = zip(bids.supplier.tolist(), bids.cost_of_bidding.tolist(), strict=True)
    payments = [Instruction(need.buyer, OWN_STAFF, buyer_pence, Kind.PROCESS_COST, "tender")]
    payments.extend(
        Instruction(supplier, OWN_STAFF, pence, Kind.PROCESS_COST, "bid")
        for supplier, pence in spent
    )
    return tuple(payment for payment in payments if payment.pence > 0)
