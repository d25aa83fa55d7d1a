"""Alliance: many contracts folded into one long one, council and providers as one party.

After the Plymouth Complex Needs Alliance. One negotiated procedure chooses several providers on
record and shared priorities for the whole of a category; books are open; what the need costs
against its target is shared as pain and gain; rules change by consent of all. What is learned
lowers the demand that comes of failure, so that the same people are helped with less service.
With every switch off it is a tender at lowest price.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from scenarios.assumptions import Assumptions, Entry
from simulation.kernels.canvassing import Gate
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.alliance_entries import ALLIANCE_ENTRIES, ALLIANCE_ROUTES
from simulation.procurement.alliance_month import settle_alliance
from simulation.procurement.alliance_rules import AllianceState
from simulation.procurement.awareness import records_of
from simulation.procurement.call_off import fill_by_wish, room_for
from simulation.procurement.costs import Costs, slope_towards
from simulation.procurement.docket import Docket
from simulation.procurement.interface import (
    NOBODY,
    Arrangement,
    Award,
    Bids,
    Bool,
    Float64,
    Live,
    Luck,
    Market,
    Need,
    Outcome,
    Paperwork,
    Route,
    Settlement,
    Terms,
    Volume,
)
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.people import Cohort, grown
from simulation.procurement.pricing import markup_of_one
from simulation.procurement.routes import marked_for_place
from simulation.procurement.tender import Tendered, run_tenders


class Alliance(Tendered):
    """One contract of the council and several providers for the whole of a category."""

    name: ClassVar[str] = "alliance"
    title: ClassVar[str] = "Alliance"
    summary: ClassVar[str] = (
        "Many contracts are folded into one long contract of the council and several providers, "
        "who share one budget and its result, decide together, and learn from what comes back. "
        "Providers are chosen by negotiation, on record and shared priorities."
    )
    family: ClassVar[str] = "alliance"
    by_area: ClassVar[bool] = False
    folds: ClassVar[bool] = True
    divides: ClassVar[bool] = True
    settles: ClassVar[bool] = True
    categories: ClassVar[tuple[str, ...]] = (
        "homecare",
        "childrens_care",
        "complex_needs",
        "public_health",
        "building_maintenance",
        "facilities_management",
        "education_training",
        "leisure_culture",
    )
    lawful: ClassVar[tuple[Route, ...]] = ALLIANCE_ROUTES
    parameters: ClassVar[tuple[Entry, ...]] = ALLIANCE_ENTRIES

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Those that it declares; contested where the record counts the place."""
        return marked_for_place(self.lawful, self.values)

    @cached_property
    def places(self) -> int:
        """Most providers in the alliance."""
        return max(int(self["providers"]), 1)

    @cached_property
    def fewest(self) -> int:
        """Providers without whom there is no alliance."""
        return max(int(self["fewest"]), 1)

    def whole(self, need: Need) -> Need:
        """Return the need that the procedure is held for: all lots that fold, for the first term.

        Nobody counts on an extension. A need of no lots to fold and no term of its own is left as
        it is.
        """
        units = max(need.units_month, need.prospect_units)
        months = int(self["term_months"]) or need.months
        if units == need.units_month and months == need.months:
            return need
        value = round(units * months * PENCE_A_UNIT)
        return need._replace(units_month=units, months=months, value_pence=value)

    def suits(self, need: Need) -> bool:
        """Say whether a need has room for the fewest providers; less would go in meetings."""
        worth = self.fewest * 100.0 * self["smallest_place"]
        return self.fewest == 1 or self.whole(need).value_pence >= worth

    def places_for(self, need: Need) -> int:
        """Return how many providers a need has room for: the fewest, and more where it is worth it.

        No further place is worth less than the smallest.
        """
        worth = self.whole(need).value_pence / (100.0 * max(self["smallest_place"], 1.0))
        return max(min(self.places, int(worth)), self.fewest)

    def minimum_share(self, need: Need) -> float:
        """Return the equal part of the whole that a provider must be able to carry."""
        return 1.0 / self.places_for(need)

    def carry(self, docket: Docket) -> Float64:
        """Return the units a month that a provider must be able to carry: float64[m]."""
        return np.array(
            [self.minimum_share(need) * self.whole(need).units_month for need in docket.needs]
        )

    def paperwork(self, above_threshold: bool, a: Assumptions) -> Paperwork:
        """Add the negotiation and showing one's record; less of it below the threshold."""
        base = super().paperwork(above_threshold, a)
        size = 1.0 if above_threshold else a["tender.quotation_share"]
        return Paperwork(
            base.bidder_days + size * self["negotiation_days"],
            base.buyer_hours + size * self["negotiation_hours"],
            base.buyer_hours_per_bid,
        )

    @cached_property
    def gate(self) -> Gate:
        """The record that is required, by the priorities' weights; see `canvassing.record_of`."""
        weights = (self["priority_place"], self["priority_employment"], self["priority_record"])
        return Gate(self["gate"], *weights)

    def slope(self, a: Assumptions) -> float:
        """Quality is worth its marks; where its cost is paid, as much as was agreed."""
        marks = super().slope(a)
        agreed = max(marks, slope_towards(self["agreed_quality"], a))
        return marks + self["open_book"] * (agreed - marks)

    def prices(self, docket: Docket, costs: Costs, a: Assumptions) -> Float64:
        """Shown cost plus the agreed margin, in so far as books are open; else sealed bids."""
        sealed = super().prices(docket, costs, a)
        shown = costs.expected * (1.0 + self["margin"])
        priced: Float64 = sealed + self["open_book"] * (shown - sealed)
        return priced if self["open_book"] > 0.0 else sealed

    def marks(self, seen: Market, bids: Bids) -> Float64:
        """Weigh the observed record against the marks."""
        weight = self["record_weight"]
        return bids.score + weight * (records_of(seen, self.gate) - bids.score)

    @property
    def agreed_margin(self) -> float:
        """The margin on shown cost, where books are open."""
        return self["margin"] if self["open_book"] > 0.0 else 0.0

    def reason(self, admitted: int, stood: int) -> str:
        """Say why those admitted were."""
        if admitted > 1:
            return f"{admitted} providers chosen on record and marks"
        return super().reason(admitted, stood)

    @cached_property
    def criterion(self) -> str:
        """Weights, gate, ranking and sharing as a notice would print them."""
        parts = [self.weights.text]
        if self["gate"] > 0.0:
            parts.append(f"record at least {self['gate']:.2f}")
        if self["record_weight"] > 0.0:
            parts.append(f"record {100.0 * self['record_weight']:.0f}% of the ranking")
        if self["open_book"] > 0.0:
            parts.append(f"open book, margin {100.0 * self['margin']:.1f}%")
        if self["share"] > 0.0:
            parts.append(f"{100.0 * self['share']:.0f}% of pain and gain to providers")
        return "; ".join(parts)

    def procure_all(self, docket: Docket, a: Assumptions) -> list[Outcome]:
        """Hold each procedure for all lots that fold; too few providers make no alliance."""
        outcomes = zip(docket.needs, self._negotiated(docket, a), strict=True)
        return [self._founded(need, outcome, a) for need, outcome in outcomes]

    def admit_all(
        self, standing: Sequence[Arrangement], docket: Docket, a: Assumptions
    ) -> list[Outcome]:
        """Let newcomers apply for the free places of standing alliances."""
        outcomes = zip(docket.needs, self._negotiated(docket, a), strict=True)
        return [outcome._replace(state=self._state(need, outcome, a)) for need, outcome in outcomes]

    def _negotiated(self, docket: Docket, a: Assumptions) -> list[Outcome]:
        """Negotiate about the whole; what a provider would do for people is that of the lot let.

        The lots that fold in later bring theirs along.
        """
        needs = [self.whole(need) for need in docket.needs]
        outcomes = run_tenders(replace(docket, needs=needs, _columns={}), self, a)
        return [
            outcome._replace(
                bids=_for_part(outcome.bids, need.units_month / max(whole.units_month, 1e-9))
            )
            for need, whole, outcome in zip(docket.needs, needs, outcomes, strict=True)
        ]

    def _founded(self, need: Need, outcome: Outcome, a: Assumptions) -> Outcome:
        """Found the alliance, or undo an award to fewer providers than it needs."""
        award = outcome.award
        if not award.made or award.positions.size >= self.fewest:
            return outcome._replace(state=self._state(need, outcome, a))
        outcome.bids.won[:] = False
        reason = "fewer providers came than the alliance needs"
        none = Award(NOBODY, NOBODY, np.zeros(0), np.zeros(0), award.criterion, reason)
        return outcome._replace(award=none)

    def _state(self, need: Need, outcome: Outcome, a: Assumptions) -> AllianceState | None:
        """Write down prices agreed, what going alone would cost, and the people of the need."""
        award = outcome.award
        if not award.made:
            return None
        return AllianceState(
            agreed=award.unit_prices,
            alone=self._going_alone(need, outcome, a),
            cohort=Cohort(need.units_month / self["person_month"]),
            raised=np.ones(award.positions.size),
        )

    def _going_alone(self, need: Need, outcome: Outcome, a: Assumptions) -> Float64:
        """Return what the council believes a unit would cost it by contract: float64[k].

        What each provider would ask in a sealed bid, by the cost that its open books show, and
        what the tender would cost the council.
        """
        rows = outcome.award.rows
        seen, cost = outcome.seen.take(rows), outcome.bids.cost[rows]
        chance = seen.wins / (seen.wins + seen.losses)
        asked = cost * (1.0 + markup_of_one(need.expected_bids, seen.utilisation, chance, a))
        paper = LowestPrice().paperwork(need.above_threshold, a)
        hours = paper.buyer_hours + paper.buyer_hours_per_bid * need.expected_bids
        units = max(need.units_month * need.months, 1e-9)
        alone: Float64 = asked + hours * a["tender.buyer_hour_pence"] / (PENCE_A_UNIT * units)
        return alone

    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Sign for both terms: open books, the record decides, nobody is promised volume."""
        several = self.places_for(need) > 1
        record = a["delivery.record_in_tenders"]
        return Terms(
            months=self.whole(need).months + int(self["extension_months"]),
            payment_days=need.payment_days,
            monitoring=need.monitoring,
            relationship=min(record + self["relationship"], 1.0),
            remedy_rate=0.0,
            price_review=a["delivery.price_review"],
            open_book=self["open_book"] > 0.0,
            margin=award.margin,
            volume_guaranteed=not several,
            dialogue=self["dialogue"],
        )

    def divide_volume(self, volume: Volume, terms: Terms, a: Assumptions, luck: Luck) -> Float64:
        """Share the month's work alike, as far as each has room; what is left goes round again."""
        if terms.volume_guaranteed:
            return volume.share
        room, k = room_for(volume, 0.0, luck), volume.share.size
        return fill_by_wish(np.ones(k), room, np.array([0, k]))

    def settle(
        self, arrangement: Arrangement, live: Live, a: Assumptions, luck: Luck
    ) -> Settlement:
        """Settle the purse, review the rules, see who stays and whether it goes on."""
        return settle_alliance(self.values, arrangement, live, a, luck)

    def keep(self, state: AllianceState | None, kept: Bool) -> AllianceState | None:
        """Take leavers out of the alliance's own columns."""
        if state is None:
            return None
        return replace(
            state,
            agreed=state.agreed[kept],
            alone=state.alone[kept],
            raised=state.raised[kept],
        )

    def join(
        self, state: AllianceState | None, joining: AllianceState | None
    ) -> AllianceState | None:
        """Add those admitted to the alliance's own columns, at the prices agreed with them."""
        if state is None or joining is None:
            return state
        return replace(
            state,
            agreed=np.append(state.agreed, joining.agreed),
            alone=np.append(state.alone, joining.alone),
            raised=np.append(state.raised, joining.raised),
        )

    def scale(self, state: AllianceState | None, factor: float) -> AllianceState | None:
        """Let the people of another lot join, who were served by the old rules until now."""
        if state is None:
            return None
        return replace(state, cohort=grown(state.cohort, factor), grown=True)


def _for_part(bids: Bids, part: float) -> Bids:
    """Return bids with the social value of a part of the work that they are for."""
    return bids._replace(
        claim_month=bids.claim_month * part, deliverable_month=bids.deliverable_month * part
    )
