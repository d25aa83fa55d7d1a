"""Ethical framework: chosen on record and shared priorities, paid at cost plus an agreed margin.

After Wigan's homecare. People's priorities set a gate on the observed record (commitment to
place, employment, willingness to work with the community); several suppliers are admitted, none
is promised volume; work is called off each month. Books are open, which invites padding; an
audit finds part and claims it back. A provider may fail or walk away, and the buyer step in. With
every switch off it is a tender at lowest price.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from scenarios.assumptions import Assumptions, Entry
from scenarios.vocabulary import Kind
from simulation.kernels import instructing
from simulation.kernels.canvassing import Gate
from simulation.procurement.awareness import records_of
from simulation.procurement.call_off import call_off, call_off_all
from simulation.procurement.costs import Costs, slope_towards
from simulation.procurement.framework_default import (
    Providers,
    handed_over,
    settle_defaults,
    walked_before,
)
from simulation.procurement.framework_entries import (
    CLOSED_FRAMEWORK,
    FRAMEWORK_ENTRIES,
    FRAMEWORK_ROUTES,
    OPEN_FRAMEWORK,
)
from simulation.procurement.interface import (
    OWN_STAFF,
    Answers,
    Arrangement,
    Award,
    Bids,
    Bool,
    CallOff,
    Docket,
    Draws,
    Float64,
    Live,
    Luck,
    Market,
    Need,
    Outcome,
    Paperwork,
    Roll,
    Route,
    Settlement,
    Terms,
    Volume,
    Volumes,
)
from simulation.procurement.payments import Payments, code_of
from simulation.procurement.rolls import laid_end_to_end, roll_of_one
from simulation.procurement.routes import longest_term, marked_for_place
from simulation.procurement.tender import Tendered
from simulation.streams import Purpose


class EthicalFramework(Tendered):
    """A gate on record, cost plus margin, several suppliers, monthly call-off, open books."""

    name: ClassVar[str] = "ethical_framework"
    title: ClassVar[str] = "Ethical framework"
    summary: ClassVar[str] = (
        "Suppliers whose record meets priorities set with residents are admitted to a framework "
        "and paid their audited cost plus an agreed margin. Work is shared out month by month "
        "and nobody is promised any."
    )
    family: ClassVar[str] = "framework"
    divides: ClassVar[bool] = True
    settles: ClassVar[bool] = True
    categories: ClassVar[tuple[str, ...]] = (
        "homecare",
        "residential_care",
        "childrens_care",
        "complex_needs",
        "public_health",
        "building_maintenance",
        "facilities_management",
        "catering",
        "food_supplies",
        "passenger_transport",
        "education_training",
        "leisure_culture",
    )
    lawful: ClassVar[tuple[Route, ...]] = (*FRAMEWORK_ROUTES, CLOSED_FRAMEWORK, OPEN_FRAMEWORK)
    parameters: ClassVar[tuple[Entry, ...]] = FRAMEWORK_ENTRIES

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Open where it is reopened, else closed; contested where the record counts the place."""
        goods = OPEN_FRAMEWORK if self["reopening_months"] > 0.0 else CLOSED_FRAMEWORK
        return marked_for_place((*FRAMEWORK_ROUTES, goods), self.values)

    @cached_property
    def places(self) -> int:
        """Most suppliers that are admitted."""
        return max(int(self["suppliers"]), 1)

    def places_for(self, need: Need) -> int:
        """Return how many places a need has: none is worth less than the smallest place."""
        worth = need.value_pence / (100.0 * max(self["smallest_place"], 1.0))
        return max(min(self.places, int(worth)), 1)

    def minimum_share(self, need: Need) -> float:
        """Return the equal part of the volume that a place carries."""
        return 1.0 / self.places_for(need)

    @property
    def opens_books(self) -> bool:
        """Whether price is formed from shown cost, in whole or part."""
        return self["margin_rule"] > 0.0

    def paperwork(self, above_threshold: bool, a: Assumptions) -> Paperwork:
        """Add showing one's record, and the buyer's dialogue with residents and suppliers."""
        base = super().paperwork(above_threshold, a)
        size = 1.0 if above_threshold else a["tender.quotation_share"]
        asked = 1.0 if self["gate"] > 0.0 else 0.0
        return Paperwork(
            base.bidder_days + size * asked * self["gate_days"],
            base.buyer_hours + size * asked * self["gate_hours"],
            base.buyer_hours_per_bid,
        )

    @cached_property
    def gate(self) -> Gate:
        """The record that is required, by the priorities' weights; see `canvassing.record_of`."""
        weights = (self["priority_place"], self["priority_employment"], self["priority_record"])
        return Gate(self["gate"], *weights)

    def record(self, market: Market) -> Float64:
        """Return the observed record, 0 to 1, by the priorities' weights.

        Commitment to place is where staff live and inputs are bought, never an address; pay is
        counted from 0.8 to 1.2 of the Real Living Wage; open books and work with the community
        are seen in the reputation earned with this buyer.
        """
        return records_of(market, self.gate)

    def slope(self, a: Assumptions) -> float:
        """Quality is worth its marks; where its cost is paid, as much as was agreed."""
        marks = super().slope(a)
        agreed = max(marks, slope_towards(self["agreed_quality"], a))
        return marks + self["margin_rule"] * (agreed - marks)

    def padding(self, market: Market) -> Float64:
        """Return how far each firm would overstate its shown cost, deterred by audits."""
        caught = min(self["audit_rate"] * self["audit_months"], 1.0) * self["audit_finds"]
        return self["padding"] * (1.0 - caught) * (1.0 - market.honesty)

    def prices(self, docket: Docket, costs: Costs, a: Assumptions) -> Float64:
        """Shown cost plus the agreed margin, in so far as the rule is on; else sealed bids."""
        sealed = super().prices(docket, costs, a)
        rule = self["margin_rule"]
        if rule == 0.0:
            return sealed
        shown = costs.expected * (1.0 + self.padding(docket.market))
        return sealed + rule * (shown * (1.0 + self["margin"]) - sealed)

    def marks(self, seen: Market, bids: Bids) -> Float64:
        """Weigh the record against the marks."""
        weight = self["record_weight"]
        return bids.score + weight * (self.record(seen) - bids.score)

    def padded(self, seen: Market) -> Float64:
        """Padding counts in so far as the rule is on."""
        return self.padding(seen) * self["margin_rule"]

    @property
    def agreed_margin(self) -> float:
        """The margin on shown cost, where books are open."""
        return self["margin"] if self.opens_books else 0.0

    def reason(self, admitted: int, stood: int) -> str:
        """Say why those admitted were."""
        return "admitted on record and marks" if admitted > 1 else super().reason(admitted, stood)

    @cached_property
    def criterion(self) -> str:
        """Weights, gate, ranking and margin as a notice would print them."""
        parts = [self.weights.text]
        if self["gate"] > 0.0:
            parts.append(f"record at least {self['gate']:.2f}")
        if self["record_weight"] > 0.0:
            parts.append(f"record {100.0 * self['record_weight']:.0f}% of the ranking")
        if self.opens_books:
            parts.append(f"open book, margin {100.0 * self['margin']:.1f}%")
        return "; ".join(parts)

    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Sign a framework: the record decides future work, nobody is promised volume."""
        several = self.places_for(need) > 1
        record = a["delivery.record_in_tenders"]
        return Terms(
            months=longest_term(self.routes, need),
            payment_days=need.payment_days,
            monitoring=need.monitoring,
            relationship=min(record + self["relationship"], 1.0),
            remedy_rate=0.0,
            price_review=a["delivery.price_review"],
            open_book=self.opens_books,
            margin=award.margin,
            call_off=CallOff(int(self["call_off"])),
            volume_guaranteed=not several,
            reopening_months=int(self["reopening_months"]) if several else 0,
            discretion=1.0 if several and int(self["call_off"]) == CallOff.DIRECT_AWARD else 0.0,
            dialogue=self["dialogue"],
        )

    def divide_volume(self, volume: Volume, terms: Terms, a: Assumptions, luck: Luck) -> Float64:
        """Call off this month's work; a single guaranteed supplier keeps the whole."""
        if terms.volume_guaranteed:
            return volume.share
        return call_off(volume, terms, self["refusal"], a, luck)

    def divide_all(self, roll: Roll, volumes: Volumes, a: Assumptions, luck: Draws) -> Float64:
        """Call off this month's work in every framework at once."""
        ways, discretion = roll.each(roll.call_off), roll.each(roll.discretion)
        served = roll.each(self._served(roll)) if self._can_default else np.ones(roll.owner.size)
        asked = replace(volumes, units=volumes.units * served)
        called = call_off_all(asked, roll.begins, ways, discretion, self["refusal"], a, luck)
        return np.where(roll.each(roll.guaranteed), volumes.share, called * served)

    def settle(
        self, arrangement: Arrangement, live: Live, a: Assumptions, luck: Luck
    ) -> Settlement:
        """Settle one framework as any other; see `settle_all`."""
        return self.settle_all(roll_of_one(arrangement, self, live.club), live, a, luck).only()

    def settle_all(self, roll: Roll, live: Live, a: Assumptions, luck: Draws) -> Answers:
        """Audit open books, lock out whose record fell; see who walks away and who steps in."""
        answers = self._audit(roll, live, a, luck)
        if not self._can_default:
            return answers
        return settle_defaults(self.values, roll, live, answers, a, luck)

    def admit_all(
        self, standing: Sequence[Arrangement], docket: Docket, a: Assumptions
    ) -> list[Outcome]:
        """Let newcomers compete for free places, but nobody who is locked out or walked away."""
        trusted = docket.market.reputation >= self["lock_out"]
        trusted &= ~walked_before(standing, docket.market.uid, docket.begins)
        if not trusted.all():
            many = np.bincount(docket.of[trusted], minlength=len(docket.needs))
            begins, _ = laid_end_to_end(many)
            market = docket.market.take(np.flatnonzero(trusted))
            docket = docket.met_by(market, begins, docket.others)
        return super().admit_all(standing, docket, a)

    def keep(self, state: Providers | None, kept: Bool) -> Providers | None:
        """Take providers that left out of the framework's own columns."""
        return None if state is None else state.kept(kept)

    def after_failure(self, left: Arrangement, lost: float) -> Arrangement:
        """Hand over the people of providers that failed."""
        return handed_over(left, lost, self.values)

    @cached_property
    def _can_default(self) -> bool:
        """Whether own costs move after signing, or a handover takes time."""
        return self["cost_drift"] > 0.0 or round(self["handover_months"]) > 0

    def _served(self, roll: Roll) -> Float64:
        """Return the part of each need that somebody can be asked to serve: float64[m]."""
        states: list[Providers | None] = [one.state for one in roll.arrangements]
        step_in = self["step_in"]
        return np.array([1.0 if one is None else 1.0 - one.unserved(step_in) for one in states])

    def _audit(self, roll: Roll, live: Live, a: Assumptions, luck: Draws) -> Answers:
        """Audit open books, claim back padding found; at each opening, lock out who failed."""
        n, m = live.uid.size, roll.number.size
        stays, found = np.empty((2, n), dtype=np.bool_)
        ends, reopen = np.empty((2, m), dtype=np.bool_)
        columns, asked_by = np.empty((5, n + m), dtype=np.int64), np.empty(n + m, dtype=np.int64)
        asked = instructing.audit(
            roll.begins, (roll.start, roll.reopening_months, roll.buyer, roll.open_book),
            (live.record, live.paid_pence, live.padding, live.supplier),
            luck.uniform(Purpose.AUDIT, live.uid), live.month, self._audit_rules(a),
            instructing.Audited(stays, found, ends, reopen, columns, asked_by),
        )  # fmt: skip
        reason = "every supplier's record fell below what is required"
        return Answers(
            payments=Payments(columns[:, :asked]),
            asked_by=asked_by[:asked],
            stays=stays,
            found=found,
            ends=ends,
            reasons=[reason if over else "" for over in ends.tolist()],
            reopen=reopen,
        )

    def _audit_rules(self, a: Assumptions) -> instructing.AuditRules:
        return instructing.AuditRules(
            lock_out=self["lock_out"],
            rate=self["audit_rate"],
            finds=self["audit_finds"],
            months=int(self["audit_months"]),
            hours=self["audit_hours"],
            hour=a["tender.buyer_hour_pence"],
            remedy=int(Kind.REMEDY),
            process=int(Kind.PROCESS_COST),
            found=code_of("padding found by audit"),
            audit=code_of("audit"),
            staff=OWN_STAFF,
        )
