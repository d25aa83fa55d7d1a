"""A competition on paper: who hears of it, who bids, who wins, and what it costs both sides.

`run_tenders` is the one procedure of every tender-based way of buying; a regime changes what it
asks for, who may come, how prices form and how bids are judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.kernels import bidding
from simulation.procurement.claims import claimed_value, deliverable_value
from simulation.procurement.costs import Costs, reckon_costs
from simulation.procurement.docket import Docket, docket_of
from simulation.procurement.interface import (
    NOBODY,
    OWN_STAFF,
    Arrangement,
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
from simulation.procurement.pricing import collude, sealed_prices
from simulation.procurement.scoring import Weights, best_first, quality_slope, score, weights_of
from simulation.streams import Purpose

NO_BID = "no bid was made"
NONE_STOOD = "no bid met the quality floor and the ceiling on price"
NONE_FREE = "all whose bids stood had taken on all that they can carry"


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

    def invite_all(self, docket: Docket, a: Assumptions) -> Bool:
        """Say who may take part, for a whole docket; override it where `invite` costs much."""
        nobody = np.zeros(0, dtype=np.bool_)
        asked = [self.invite(need, docket.part(i), a) for i, need in enumerate(docket.needs)]
        return np.concatenate([nobody, *asked])

    def slope(self, a: Assumptions) -> float:
        """Say what quality is worth to a bidder, in shares of price."""
        return quality_slope(self.weights, a)

    def prices(self, docket: Docket, costs: Costs, a: Assumptions) -> Float64:
        """Form the price that each candidate asks per unit: sealed bids."""
        return sealed_prices(docket, costs.expected, a)

    def procure(self, need: Need, market: Market, a: Assumptions, luck: Luck) -> Outcome:
        """Run one tender."""
        return self.procure_all(docket_of(need, market, luck), a)[0]

    def procure_all(self, docket: Docket, a: Assumptions) -> list[Outcome]:
        """Run the tenders of a docket."""
        return run_tenders(docket, self, a)

    def admit_all(
        self, standing: Sequence[Arrangement], docket: Docket, a: Assumptions
    ) -> list[Outcome]:
        """Let newcomers compete for the free places of standing arrangements."""
        return self.procure_all(docket, a)

    def award(self, need: Need, seen: Market, bids: Bids, a: Assumptions, luck: Luck) -> Award:
        """Give the whole to the best marks; `seen` are the Market's columns of those who bid."""
        best = int(best_first(bids.score, bids.uid)[0])
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


def run_tenders(docket: Docket, regime: Tendered, a: Assumptions) -> list[Outcome]:
    """Run competitions from notice to award.

    Parameters
    ----------
    docket : Docket
        Needs with all candidates, those that never hear of it included.
    regime : Tendered
        Supplies paperwork, invitation, price formation, marks and award.
    a : Assumptions

    Returns
    -------
    list of Outcome
        For each need: bids that were made; the award, empty with a reason where the tender failed;
        process costs of both sides as instructions.

    Notes
    -----
    A firm bids if it is invited, has heard, has the capacity, the working days and the cash, can
    meet the quality floor, and (believed chance) x (expected margin) > cost of bidding. Each
    place beyond the first adds the prior's wins to what it believes. Firms bid on the capacity that
    they have as the docket opens. Whoever has by then won all it can carry withdraws: the bid has
    cost both sides what it cost, and is neither marked nor counted.
    """
    papers = [regime.paperwork(need, a) for need in docket.needs]
    columns = reckon_costs(docket, regime.slope(a), a)
    costs = Costs(*columns)
    price = regime.prices(docket, costs, a)
    entry = _entry(docket, regime, papers, a)
    entered = _room(docket)
    n = bidding.enter(
        docket.market, docket.begins, regime.invite_all(docket, a), columns, price, entry,
        a["award.quality_floor"], a["tender.skill_saves"], entered,
    )  # fmt: skip
    begins = np.concatenate([[0], np.cumsum(entered.many)])
    position = entered.position[:n]
    seen = docket.market.take(position)
    bids = _collect_bids(docket, regime, costs, price, position, entered.spent[:n], begins, seen, a)
    stands, bids.score[:] = score(
        bids.price, bids.quality, bids.claim_month, begins, regime.weights, a
    )
    outcomes = []
    for index, need in enumerate(docket.needs):
        at = slice(int(begins[index]), int(begins[index + 1]))
        made, luck = bids.take(at), docket.lucks[index]
        hearing = Hearing(need, regime, seen.part(at), made, stands[at], luck, paper=papers[index])
        hearing = _with_room(hearing, docket.room(hearing.seen), a)
        eligible, cheapest = int(entered.eligible[index]), float(entered.cheapest[index])
        outcome = _judge(hearing, made, eligible, cheapest, a)
        award = outcome.award
        docket.note(outcome.bids.supplier[award.rows], award.shares * need.units_month)
        outcomes.append(outcome)
    return outcomes


@dataclass(frozen=True, slots=True)
class Hearing:
    """The bids of one tender, as they are judged.

    `seen` are the Market's columns of those who bid; `stands`, bool[n], says whose bids stand;
    `full` whether somebody whose bid stood has withdrawn for want of room.
    """

    need: Need
    regime: Tendered
    seen: Market
    bids: Bids
    stands: Bool
    luck: Luck
    paper: Paperwork
    full: bool = False


def _entry(
    docket: Docket, regime: Tendered, papers: Sequence[Paperwork], a: Assumptions
) -> bidding.Entry:
    """Write what it takes to bid for each need."""
    units, months = docket.asked("units_month"), docket.asked("months")
    shares = np.array([regime.minimum_share(need) for need in docket.needs])
    places = np.array([regime.places_for(need) for need in docket.needs], dtype=np.float64)
    days = np.array([paper.bidder_days for paper in papers])
    carry = shares * units
    waiting = a["bid.working_capital"] * docket.asked("payment_days") / 30.0
    return bidding.Entry(
        carry=carry,
        days=days,
        full_paper=days * a["tender.day_rate_pence"],
        more_wins=a["learn.prior_wins"] * (places - 1.0),
        cash=waiting * 100.0 * carry,
        worth=100.0 * carry * months,
    )


def _room(docket: Docket) -> bidding.Entered:
    """Make room for who bids."""
    m = len(docket.needs)
    position, spent = np.empty((2, docket.market.size), dtype=np.int64)
    many, eligible = np.empty((2, m), dtype=np.int64)
    return bidding.Entered(position, spent, many, eligible, np.empty(m))


def _collect_bids(
    docket: Docket,
    regime: Tendered,
    costs: Costs,
    price: Float64,
    position: Int64,
    spent: Int64,
    begins: Int64,
    seen: Market,
    a: Assumptions,
) -> Bids:
    """Take the columns of those who bid, with their claims where claims are scored."""
    needs, sizes = docket.needs, np.diff(begins)
    expected, asked = costs.expected[position], price[position]
    if a["bid.ring"] > 0.0:
        for index, luck in enumerate(docket.lucks):
            at = slice(int(begins[index]), int(begins[index + 1]))
            asked[at] = collude(asked[at], expected[at], seen.part(at), a, luck)
    deliverable = deliverable_value(needs, seen, begins, a)
    claim = np.zeros(position.size)
    if regime.weights.social > 0.0:
        checks = [regime.checks(need, a) for need in needs]
        found = np.array([checked * remedied for checked, remedied in checks])
        claim = claimed_value(deliverable, seen, np.repeat(found, sizes), a)
    return Bids(
        position=position - np.repeat(docket.begins[:-1], sizes),
        supplier=seen.supplier,
        uid=seen.uid,
        price=asked,
        cost=costs.true[position],
        estimate=expected,
        quality=costs.quality[position],
        claim_month=claim,
        deliverable_month=deliverable,
        cost_of_bidding=spent,
        score=np.zeros(position.size),
        won=np.zeros(position.size, dtype=np.bool_),
    )


def _with_room(hearing: Hearing, room: Float64, a: Assumptions) -> Hearing:
    """Take out the bids of those who have no room left: float64[n] [units a month]."""
    stays = room >= hearing.regime.minimum_share(hearing.need) * hearing.need.units_month
    if stays.all():
        return hearing
    bids = hearing.bids.take(stays)
    stands, bids.score[:] = score(
        bids.price, bids.quality, bids.claim_month, np.array([0, bids.size]),
        hearing.regime.weights, a,
    )  # fmt: skip
    full = bool((hearing.stands & ~stays).any())
    return replace(hearing, seen=hearing.seen.take(stays), bids=bids, stands=stands, full=full)


def _judge(hearing: Hearing, made: Bids, eligible: int, cheapest: float, a: Assumptions) -> Outcome:
    """Let the regime choose among the bids that stand, and write the result.

    Its costs are those of all bids that were made, those withdrawn included.
    """
    need, bids, paper = hearing.need, hearing.bids, hearing.paper
    award = _award(hearing, a)
    hours = paper.buyer_hours + paper.buyer_hours_per_bid * made.size
    buyer_cost = round(hours * a["tender.buyer_hour_pence"])
    outcome = Outcome(
        bids=bids,
        seen=hearing.seen,
        award=award,
        eligible=eligible,
        lowest=min(bids.price.tolist(), default=float("nan")),
        cheapest_cost=cheapest if eligible else float("nan"),
        buyer_cost_pence=buyer_cost,
        bidder_cost_pence=sum(made.cost_of_bidding.tolist()),
        challenged=False,
        delay_months=0,
        instructions=_process_payments(need, made, buyer_cost),
    )
    if _is_challenged(hearing, award, a):
        return challenge(need, outcome, a)
    return outcome


def _award(hearing: Hearing, a: Assumptions) -> Award:
    """Set aside bids that do not stand, and let the regime choose among the others."""
    need, regime, bids, stands = hearing.need, hearing.regime, hearing.bids, hearing.stands
    if not stands.any():
        none = NONE_STOOD if bids.size else NO_BID
        return no_award(regime, NONE_FREE if hearing.full else none)
    if stands.all():
        award = regime.award(need, hearing.seen, bids, a, hearing.luck)
    else:
        valid, seen = bids.take(stands), hearing.seen.take(stands)
        award = regime.award(need, seen, valid, a, hearing.luck)
        award = replace(award, rows=np.flatnonzero(stands)[award.rows])
    bids.won[award.rows] = True
    return award


def best_reason(bids: Bids) -> str:
    """Say why a single winner won."""
    return "the only bid that stood" if bids.size == 1 else "highest score"


def no_award(regime: Tendered, reason: str) -> Award:
    """Return the award of a tender that failed, with the reason."""
    return Award(NOBODY, NOBODY, np.zeros(0), np.zeros(0), regime.criterion, reason)


def _is_challenged(hearing: Hearing, award: Award, a: Assumptions) -> bool:
    """Decide whether a loser goes to court: likelier the more was decided by judgement."""
    losers = hearing.bids.size - award.rows.size
    if losers < 1 or not award.made or not hearing.need.above_threshold:
        return False
    judgement = 1.0 - hearing.regime.weights.price
    chance = a["tender.challenge_rate"] * (1.0 + a["tender.challenge_judgement"] * judgement)
    return hearing.luck.shared(Purpose.CHALLENGE) < chance


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
