"""Co-operative membership: no tender and no contract; the council joins a co-op and trades in it.

After Cooperative Network Infrastructure in Tameside. Council and firms, private ones too, are
members, share assets whose fixed cost is carried once, and trade with members only, at rule
prices: variable cost plus a margin that the members vote, one member one vote. What is left over
returns by use. Nobody is bound: who does better alone leaves, and the co-op can unravel.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np

from scenarios.assumptions import Assumptions, Entry
from scenarios.errors import Problem
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.call_off import fill_in_order
from simulation.procurement.club_entries import CLUB_ENTRIES, CLUB_ROUTES
from simulation.procurement.club_gifts import Gift, gift_of_council, grown_cost
from simulation.procurement.club_month import settle_clubs
from simulation.procurement.club_rules import (
    Clubs,
    ClubState,
    clubs_of,
    crowding,
    endings,
    vote_on_margin,
    worth_of_membership,
)
from simulation.procurement.club_stakes import (
    Stakes,
    assets_offered,
    beside,
    gain_from_assets,
    has_stakes,
    with_stakes,
)
from simulation.procurement.costs import Costs, can_serve, estimate_costs, slope_towards
from simulation.procurement.council_assets import asset_problems
from simulation.procurement.docket import docket_of
from simulation.procurement.interface import (
    NOBODY,
    Answers,
    Arrangement,
    Award,
    Bool,
    Docket,
    Draws,
    Float64,
    Form,
    Int64,
    Live,
    Luck,
    Market,
    Need,
    Outcome,
    Paperwork,
    Regime,
    Roll,
    Route,
    Settlement,
    Terms,
    Volume,
    Volumes,
)
from simulation.procurement.judging import process_payments
from simulation.procurement.offers import unmarked
from simulation.procurement.pricing import lowest_believed, markup_of_one
from simulation.procurement.rolls import roll_of_one
from simulation.procurement.routes import Intent
from simulation.procurement.scoring import best_first


class CooperativeMembership(Regime):
    """A club of the council and its suppliers for one category, without tender or contract."""

    name: ClassVar[str] = "cooperative_membership"
    title: ClassVar[str] = "Co-operative membership"
    summary: ClassVar[str] = (
        "The council and firms are members of a co-operative, share its assets and costs, and "
        "trade by its rules without a tender. Each member has one vote and may leave."
    )
    family: ClassVar[str] = "membership"
    form: ClassVar[Form] = Form.MEMBERSHIP
    option: ClassVar[str] = "join"
    by_area: ClassVar[bool] = False
    competes: ClassVar[bool] = False
    divides: ClassVar[bool] = True
    settles: ClassVar[bool] = True
    categories: ClassVar[tuple[str, ...]] = (
        "digital_networks",
        "ict",
        "energy_utilities",
        "waste_services",
        "passenger_transport",
        "vehicles_fuel",
        "building_maintenance",
        "facilities_management",
        "catering",
        "food_supplies",
        "homecare",
        "complex_needs",
        "education_training",
        "leisure_culture",
    )
    lawful: ClassVar[tuple[Route, ...]] = CLUB_ROUTES
    parameters: ClassVar[tuple[Entry, ...]] = CLUB_ENTRIES

    @property
    def places(self) -> int:
        """Most supplying members that the rules admit."""
        return max(int(self["most_members"]), 1)

    def paperwork(self, above_threshold: bool, a: Assumptions) -> Paperwork:
        """Joining is accepting the rules; founding is the buyer's work."""
        return Paperwork(self["joining_days"], self["founding_hours"], 0.0)

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find assets that the council may not give away."""
        yield from super().problems(intent)
        yield from asset_problems(intent, cls.parameters)

    def procure(self, need: Need, market: Market, a: Assumptions, luck: Luck) -> Outcome:
        """Found the co-op, if enough find it worth their while and the council too."""
        costs = self._costs(need, market, a, luck)
        able = can_serve(market, costs, a)
        tried = self._who_may_join(market, able, costs)
        docket = docket_of(need, market, luck)
        outside = self._going_alone(docket, able & market.knows, costs, a)
        members, state, shares = tried, None, np.zeros(0)
        if tried.size:
            everyone, _ = self._rules(need, market, tried, costs.expected, outside, a)
            worth = self._worth_joining(need, market, tried, costs.expected, everyone, a)
            members = tried[worth][: self.places]
        reason = "no firm found membership worth it"
        if members.size:
            state, shares = self._rules(need, market, members, costs.expected, outside, a)
            needed, capacity = np.array([need.units_month]), market.capacity[members]
            reason = endings(self.values, self._club(state), needed, shares, capacity)[0]
        if reason:
            members, state = NOBODY, None
        hours = self["founding_hours"]
        if self._gift(need, a).assessed:
            hours += a["subsidy.assessment_hours"]
        founding = round(hours * a["tender.buyer_hour_pence"])
        return self._outcome(need, market, costs, able, members, state, shares, founding, reason, a)

    def admit(
        self, standing: Arrangement, need: Need, market: Market, a: Assumptions, luck: Luck
    ) -> Outcome:
        """Admit newcomers who find membership of the standing co-op worth it."""
        club: ClubState = standing.state
        costs = self._costs(need, market, a, luck)
        able = can_serve(market, costs, a)
        tried = self._who_may_join(market, able, costs)
        members, state, shares = NOBODY, None, np.zeros(0)
        if tried.size:
            everyone, _ = self._rules(need, market, tried, costs.expected, club.outside_price, a)
            entering = replace(
                everyone,
                margin=club.margin,
                council_use=club.council_use + club.use.sum(),
                stakes=beside(everyone.stakes, club.stakes),
            )
            worth = self._worth_joining(need, market, tried, costs.expected, entering, a)
            members = tried[worth][: max(self.places - standing.suppliers.size, 0)]
        if members.size:
            state, shares = self._rules(
                need, market, members, costs.expected, club.outside_price, a
            )
            state = replace(state, margin=club.margin)
        reason = "" if members.size else "no firm found membership worth it"
        return self._outcome(need, market, costs, able, members, state, shares, 0, reason, a)

    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Accept the rules: open books among members, no promise of volume."""
        return Terms(
            months=int(self["open_months"]),
            payment_days=need.payment_days,
            monitoring=need.monitoring,
            relationship=min(a["delivery.record_in_tenders"] + self["relationship"], 1.0),
            remedy_rate=0.0,
            price_review=a["delivery.price_review"],
            open_book=True,
            margin=award.margin,
            volume_guaranteed=False,
            reopening_months=int(self["admission_months"]),
            dialogue=self["dialogue"],
        )

    def divide_volume(self, volume: Volume, terms: Terms, a: Assumptions, luck: Luck) -> Float64:
        """Trade with members only, the least costly first, none above the largest share."""
        return self._shares(volume.units, volume.capacity, volume.cost, volume.uid)

    def divide_all(self, roll: Roll, volumes: Volumes, a: Assumptions, luck: Draws) -> Float64:
        """Let every co-op trade with its own members."""
        room = self._room(volumes.units, volumes.capacity)
        shares = fill_in_order(volumes.cost, room, volumes.uid, roll.begins)
        return np.where(roll.each(roll.guaranteed), volumes.share, shares)

    def settle(
        self, arrangement: Arrangement, live: Live, a: Assumptions, luck: Luck
    ) -> Settlement:
        """Settle one co-op as any other; see `settle_all`."""
        return self.settle_all(roll_of_one(arrangement, self, live.club), live, a, luck).only()

    def settle_all(self, roll: Roll, live: Live, a: Assumptions, luck: Draws) -> Answers:
        """Collect fees, pay what is due, return the rest by use, and see who stays."""
        return settle_clubs(self.values, roll, live, a, luck)

    def keep(self, state: ClubState, kept: Bool) -> ClubState:
        """Take leavers out of the club's own columns."""
        stakes = None if state.stakes is None else state.stakes.kept(kept)
        return replace(
            state, use=state.use[kept], variable_cost=state.variable_cost[kept], stakes=stakes
        )

    def join(self, state: ClubState, joining: ClubState) -> ClubState:
        """Add those admitted to the club's own columns."""
        return replace(
            state,
            use=np.append(state.use, joining.use),
            variable_cost=np.append(state.variable_cost, joining.variable_cost),
            stakes=None if state.stakes is None else state.stakes.joined_by(joining.stakes),
        )

    def scale(self, state: ClubState, factor: float) -> ClubState:
        """Grow the shared assets and the council's use of them with its need."""
        return replace(
            state,
            fixed_units=grown_cost(self.values, state, factor),
            council_use=state.council_use * factor,
            grown=True,
        )

    def _shares(self, units: float, capacity: Float64, cost: Float64, uid: Int64) -> Float64:
        room = self._room(units, capacity)
        return fill_in_order(cost, room, uid, np.array([0, room.size]))

    def _room(self, units: float | Float64, capacity: Float64) -> Float64:
        room = np.minimum(capacity / np.maximum(units, 1e-9), self["largest_share"])
        return np.maximum(room, 0.0)

    def _costs(self, need: Need, market: Market, a: Assumptions, luck: Luck) -> Costs:
        return estimate_costs(need, market, slope_towards(self["agreed_quality"], a), a, luck)

    def _who_may_join(self, market: Market, able: Bool, costs: Costs) -> Int64:
        """Return who has heard and has the days to join, the least costly first."""
        may = np.flatnonzero(able & market.knows & (self["joining_days"] <= market.paper_days))
        return may[best_first(-costs.expected[may], market.uid[may])]

    def _going_alone(self, docket: Docket, known: Bool, costs: Costs, a: Assumptions) -> float:
        """Return what the council believes a unit would cost it by tender, process included."""
        found = lowest_believed(docket, known, costs.expected, a)
        return found + self._tender_spared(docket.needs[0], a)

    def _outcome(
        self,
        need: Need,
        market: Market,
        costs: Costs,
        able: Bool,
        members: Int64,
        state: ClubState | None,
        shares: Float64,
        founding_pence: int,
        reason: str,
        a: Assumptions,
    ) -> Outcome:
        """Write applications, admission and costs in the form of any procedure's outcome."""
        price = np.zeros(0)
        if state is not None:
            factor = crowding(state.council_use, state.use, self["headroom"], self["congestion"])
            price = state.variable_cost * factor * (1.0 + state.margin)
        day = round(self["joining_days"] * a["tender.day_rate_pence"])
        variable = costs.true * (1.0 - self["fixed_share"])
        seen, spent = market.take(members), np.full(members.size, day, dtype=np.int64)
        bids = unmarked(
            need, seen, members, price, variable[members], costs.quality[members], spent, a
        )
        return Outcome(
            bids=bids,
            market=seen,
            at=slice(members.size),
            award=Award(
                members,
                np.arange(members.size),
                shares[: members.size],
                price,
                "acceptance of the rules; variable cost plus the margin voted",
                reason or "accepted the rules and found membership worth it" + _kinds_of(state),
                margin=state.margin if state is not None else 0.0,
                padding=np.zeros(members.size),
            ),
            eligible=int(np.count_nonzero(able)),
            lowest=float("nan"),
            cheapest_cost=float(costs.true[able].min()) if able.any() else float("nan"),
            buyer_cost_pence=founding_pence,
            bidder_cost_pence=int(bids.cost_of_bidding.sum()),
            challenged=False,
            delay_months=0,
            instructions=process_payments(
                need,
                bids.supplier.tolist(),
                spent.tolist(),
                founding_pence,
                ("founding", "joining"),
            ),
            state=state,
        )

    def _tender_spared(self, need: Need, a: Assumptions) -> float:
        """Return what a tender at lowest price would cost the buyer, per unit of the term."""
        hours = a["tender.buyer_hours"] + a["tender.buyer_hours_per_bid"] * need.expected_bids
        part = 1.0 if need.above_threshold else a["tender.quotation_share"]
        units = max(need.units_month * need.months, 1e-9)
        return hours * part * a["tender.buyer_hour_pence"] / (PENCE_A_UNIT * units)

    def _rules(
        self,
        need: Need,
        market: Market,
        members: Int64,
        expected: Float64,
        outside: float,
        a: Assumptions,
    ) -> tuple[ClubState, Float64]:
        """Return the club that these members would make, and their shares of the trade."""
        seen = market.take(members)
        chance = seen.wins / (seen.wins + seen.losses)
        wishes = markup_of_one(need.expected_bids, seen.utilisation, chance, a)
        given = self._gift(need, a).month
        fixed = self["fixed_share"] * need.units_month - given
        interest = fixed * self["debt"] * self["debt_rate"] / 12.0
        state = ClubState(
            margin=vote_on_margin(np.minimum(wishes, self["most_margin"])),
            fixed_units=fixed * (1.0 + self["secretariat"]) + interest,
            council_use=need.units_month,
            use=self["private_use"] * np.minimum(seen.capacity, need.units_month),
            variable_cost=expected[members] * (1.0 - self["fixed_share"]),
            outside_price=outside,
            founded=need.month,
            stakes=self._stakes(need, seen, a),
            put_in=given,
        )
        return state, self._shares(need.units_month, seen.capacity, state.variable_cost, seen.uid)

    def _stakes(self, need: Need, seen: Market, a: Assumptions) -> Stakes | None:
        """Return what these members would contribute, where the rules let them."""
        if not has_stakes(self.values):
            return None
        return Stakes(
            assets_offered(self.values, seen.capacity, need.units_month, seen.utilisation, a)
        )

    def _gift(self, need: Need, a: Assumptions) -> Gift:
        return gift_of_council(self.values, need, self["fixed_share"] * need.units_month, a)

    def _club(self, state: ClubState) -> Clubs:
        """Write one club in columns, its fee covering what members' stakes cost it."""
        stakes = [] if state.stakes is None else [state.stakes]
        return with_stakes(self.values, clubs_of([state]), stakes)

    def _worth_joining(
        self,
        need: Need,
        market: Market,
        tried: Int64,
        expected: Float64,
        state: ClubState,
        a: Assumptions,
    ) -> Bool:
        """Compare membership with the chance of winning the same volume in a tender."""
        seen = market.take(tried)
        shares = self._shares(need.units_month, seen.capacity, state.variable_cost, seen.uid)
        units = need.units_month * shares
        chance = seen.wins / (seen.wins + seen.losses)
        going_rate = markup_of_one(need.expected_bids, seen.utilisation, chance, a)
        once = self["joining_days"] * a["tender.day_rate_pence"] / 100.0
        dues = once / max(float(need.months), 1.0)
        club = self._club(state)
        stakes = [] if state.stakes is None else [state.stakes]
        gain = gain_from_assets(self.values, club, stakes, seen.utilisation, a)
        worth = worth_of_membership(club, units, self["fixed_share"], dues, gain)
        return worth > going_rate * chance * expected[tried] * units


def _kinds_of(state: ClubState | None) -> str:
    """Say how many members contribute assets, where the rules let them."""
    if state is None or state.stakes is None:
        return ""
    contributors = int(np.count_nonzero(state.stakes.assets))
    users = state.stakes.assets.size - contributors
    return f"; {contributors} contribute assets, {users} use only"
