"""A competition on paper: who hears of it, who bids, who wins, and what it costs both sides.

`run_tenders` is the one procedure of every tender-based way of buying; a regime changes what it
asks for, who may come, how prices form and how bids are judged.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import bidding
from simulation.kernels.canvassing import OPEN_GATE, Gate
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.awareness import records_of
from simulation.procurement.claims import claimed_value, deliverable_value
from simulation.procurement.costs import Costs, best_quality, reckon_costs
from simulation.procurement.docket import Docket, Others, Screen, docket_of
from simulation.procurement.interface import (
    Arrangement,
    Award,
    Bids,
    Bool,
    Float64,
    Int64,
    Luck,
    Market,
    Need,
    Outcome,
    Paperwork,
    Regime,
    Terms,
)
from simulation.procurement.judging import equal_shares, judged
from simulation.procurement.pricing import collude, sealed_prices
from simulation.procurement.scoring import Weights, quality_slope, weights_of


class Tendered(Regime):
    """A way of buying that runs a competition; the base of most of them.

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

    def paperwork(self, above_threshold: bool, a: Assumptions) -> Paperwork:
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
        size = 1.0 if above_threshold else a["tender.quotation_share"]
        per_bid = a["tender.buyer_hours_per_bid"] * (1.0 + asked_quality + asked_social)
        return Paperwork(size * days, size * hours, size * per_bid)

    @cached_property
    def gate(self) -> Gate:
        """The record that is required; open to all."""
        return OPEN_GATE

    def screen(self, docket: Docket, a: Assumptions) -> Screen | None:
        """Look for those who pass the gate, can carry the least share and serve well enough."""
        return Screen(self.carry(docket), self.gate, best_quality(self.slope(a), a))

    def admits(self, docket: Docket, a: Assumptions) -> Bool | None:
        """Say which candidates the law lets bid: bool[n]; None, as here, where it lets all.

        Who shuts some out looks at all candidates: its `screen` is None.
        """
        return None

    def terms_asked(self, docket: Docket, a: Assumptions) -> Float64:
        """Return the term of each need in months, as a bidder reckons with it: float64[m]."""
        return docket.asked("months")

    def carry(self, docket: Docket) -> Float64:
        """Return the units a month that a bidder must be able to carry, by need: float64[m]."""
        shares = np.array([self.minimum_share(need) for need in docket.needs])
        return shares * docket.asked("units_month")

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

    def shares(self, docket: Docket, index: int, winners: Bids) -> Float64:
        """Return the share of the volume that each winner of a need gets, best first: all alike."""
        return equal_shares(winners.size)

    def marks(self, seen: Market, bids: Bids) -> Float64:
        """Return what bids are ranked by; `seen` are the Market's columns of those who bid."""
        return bids.score

    def padded(self, seen: Market) -> Float64:
        """Return by how much each firm will overstate its cost, where books are open."""
        return np.zeros(seen.size)

    @property
    def agreed_margin(self) -> float:
        """The margin that is paid on shown cost."""
        return 0.0

    def reason(self, admitted: int, stood: int) -> str:
        """Say why those admitted were, of those whose bids stood."""
        return "the only bid that stood" if stood == 1 else "highest score"

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
        Needs with those who could serve and have heard, the others counted in `others`; where
        nobody is counted, with all candidates.
    regime : Tendered
        Supplies paperwork, gate, prices, marks and the reason of an award.
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
    papers = [regime.paperwork(above, a) for above in (False, True)]
    columns = reckon_costs(docket, regime.slope(a), a)
    costs = Costs(*columns)
    price = regime.prices(docket, costs, a)
    places = np.array([regime.places_for(need) for need in docket.needs], dtype=np.int64)
    entry = _entry(docket, regime, papers, places, a)
    entered, admitted, floor = _room(docket), regime.admits(docket, a), a["award.quality_floor"]
    invited = _invited(docket, regime.gate, admitted)
    n = bidding.enter(
        docket.market, docket.begins, invited, columns, price, entry, floor,
        a["tender.skill_saves"], entered,
    )  # fmt: skip
    begins = np.zeros(len(docket.needs) + 1, dtype=np.int64)
    np.cumsum(entered.many, out=begins[1:])
    position = entered.position[:n]
    everybody = n == docket.market.size
    seen = docket.market if everybody else docket.market.take(position)
    bids = _collect_bids(docket, regime, costs, price, position, entered.spent[:n], begins, seen, a)
    able = _able(docket, entered)
    if admitted is not None:
        able = able._replace(cheapest=_cheapest(docket, costs, entry.carry, floor))
    return judged(docket, regime, papers, bids, seen, begins, places, able, a)


def _invited(docket: Docket, gate: Gate, admitted: Bool | None) -> Bool:
    """Say who of a docket passes the gate, of those whom the law admits: bool[n]."""
    if gate.least == -np.inf:
        return np.ones(docket.market.size, dtype=np.bool_) if admitted is None else admitted
    passes: Bool = records_of(docket.market, gate) >= gate.least
    return passes if admitted is None else passes & admitted


def _able(docket: Docket, entered: bidding.Entered) -> Others:
    """Count those who could have served each need, heard or not."""
    if docket.others is None:
        return Others(entered.eligible, entered.cheapest)
    return Others(
        entered.eligible + docket.others.many,
        np.minimum(entered.cheapest, docket.others.cheapest),
    )


def _cheapest(docket: Docket, costs: Costs, carry: Float64, floor: float) -> Float64:
    """Return the lowest true cost among all who could serve, shut out by law or not: float64[m]."""
    able = (docket.market.capacity >= carry[docket.of]) & (costs.reach >= floor)
    lowest = np.full(carry.size, np.inf)
    np.minimum.at(lowest, docket.of[able], costs.true[able])
    return lowest


def _entry(
    docket: Docket, regime: Tendered, papers: Sequence[Paperwork], places: Int64, a: Assumptions
) -> bidding.Entry:
    """Write what it takes to bid for each need."""
    carry, months = regime.carry(docket), regime.terms_asked(docket, a)
    days = np.array([papers[need.above_threshold].bidder_days for need in docket.needs])
    waiting = a["bid.working_capital"] * docket.asked("payment_days") / 30.0
    return bidding.Entry(
        carry=carry,
        days=days,
        full_paper=days * a["tender.day_rate_pence"],
        more_wins=a["learn.prior_wins"] * (places - 1.0),
        cash=waiting * PENCE_A_UNIT * carry,
        worth=PENCE_A_UNIT * carry * months,
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
    sizes = begins[1:] - begins[:-1]
    true, expected, quality = costs.true, costs.expected, costs.quality
    asked = price[position]
    if position.size < price.size:
        true, expected, quality = true[position], expected[position], quality[position]
    if a["bid.ring"] > 0.0:
        for index, luck in enumerate(docket.lucks):
            at = slice(int(begins[index]), int(begins[index + 1]))
            asked[at] = collude(asked[at], expected[at], seen.part(at), a, luck)
    units, labour = docket.asked("units_month"), docket.asked("labour_share")
    deliverable = deliverable_value(units, labour, seen, begins, a)
    claim = np.zeros(position.size)
    if regime.weights.social > 0.0:
        checks = [regime.checks(need, a) for need in docket.needs]
        found = np.array([checked * remedied for checked, remedied in checks])
        claim = claimed_value(deliverable, seen, np.repeat(found, sizes), a)
    return Bids(
        position=position - np.repeat(docket.begins[:-1], sizes),
        supplier=seen.supplier,
        uid=seen.uid,
        price=asked,
        cost=true,
        estimate=expected,
        quality=quality,
        claim_month=claim,
        deliverable_month=deliverable,
        cost_of_bidding=spent,
        score=np.zeros(position.size),
        won=np.zeros(position.size, dtype=np.bool_),
    )
