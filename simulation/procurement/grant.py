"""Grant: voluntary bodies are given a fixed sum, and nobody competes on price.

Applicants are ranked by what they have done and what they promise. The sum is shown cost without a
margin, less what volunteers bring; it is paid in advance and answered for by a report. What an
enterprise may be given is bounded by the subsidy control of the date. After the distinction of
grants from contracts in the National Audit Office's *Successful commissioning* guidance (2010).
"""

from collections.abc import Iterator
from math import ceil
from typing import ClassVar

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions, Entry
from scenarios.errors import Problem
from scenarios.tables import SubsidyLaw
from scenarios.vocabulary import OwnerKind
from simulation.procurement.costs import Costs, can_serve, estimate_costs, slope_towards
from simulation.procurement.docket import Docket
from simulation.procurement.grant_entries import (
    ABOVE_SMALL,
    GRANT_ENTRIES,
    GRANT_ROUTES,
    MOST_GRANTS,
)
from simulation.procurement.interface import (
    NOBODY,
    Award,
    Bool,
    Float64,
    Form,
    Int64,
    Intent,
    Luck,
    Market,
    Need,
    Outcome,
    Paperwork,
    Regime,
    Route,
    Terms,
)
from simulation.procurement.judging import equal_shares, process_payments
from simulation.procurement.offers import unmarked
from simulation.procurement.scoring import best_first
from simulation.procurement.subsidy import NOT_ABOVE, counted, ruled

PENCE = 100.0
CRITERION = "record and promised quality; cost shown and no margin"
NOBODY_APPLIED = "nobody applied who could serve and could lawfully be given so much"


class Grant(Regime):
    """A fixed sum for voluntary bodies: no price competition, no margin, a report."""

    name: ClassVar[str] = "grant"
    title: ClassVar[str] = "Grant"
    summary: ClassVar[str] = (
        "Voluntary bodies apply for a fixed sum; record and promised quality decide, not price. "
        "It is paid in advance and answered for by a report."
    )
    family: ClassVar[str] = "grant"
    form: ClassVar[Form] = Form.GRANT
    option: ClassVar[str] = "grant"
    competes: ClassVar[bool] = False
    categories: ClassVar[tuple[str, ...]] = (
        "homecare",
        "residential_care",
        "childrens_care",
        "complex_needs",
        "public_health",
        "building_maintenance",
        "facilities_management",
        "food_supplies",
        "passenger_transport",
        "education_training",
        "leisure_culture",
    )
    lawful: ClassVar[tuple[Route, ...]] = GRANT_ROUTES
    parameters: ClassVar[tuple[Entry, ...]] = GRANT_ENTRIES

    def places_for(self, need: Need) -> int:
        """Return into how many grants a need is divided, so that each is small in law.

        What is too much for them is given as one, where the council assesses.
        """
        parts = self._small_parts(need)
        return max(parts, 1) if parts <= int(self["most_grants"]) else 1

    def suits(self, need: Need) -> bool:
        """Say whether the need can be met by grants that are small in law, or by larger ones."""
        return self["above_small"] > 0.0 or self._small_parts(need) <= int(self["most_grants"])

    def _entrusts(self, need: Need) -> bool:
        """Say whether a service to people is entrusted as one of public economic interest."""
        return self["entrusted"] > 0.0 and need.threshold_class == "light_touch"

    def _law(self, need: Need) -> SubsidyLaw:
        law = tables.subsidy_law(need.year, need.month_of_year, need.nation)
        return law.for_services() if self._entrusts(need) else law

    def _small_parts(self, need: Need) -> int:
        """Return the fewest equal parts of a need at the usual price that are small in law."""
        law, one = self._law(need), np.ones(1)
        return ceil(int(counted(need, one, one, law)[0]) / max(law.small_pence, 1))

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find contracts so large that no number of small grants makes them up."""
        most = intent.parameters.get("most_grants", MOST_GRANTS)
        entrusted = intent.parameters.get("entrusted", 0.0) > 0.0
        laws = [law.for_services() if entrusted else law for law in tables.subsidy_laws()]
        small = max(law.small_pence for law in laws) / PENCE
        above = intent.parameters.get("above_small", ABOVE_SMALL)
        section = "s. 38 (SPEI assistance)" if entrusted else "s. 36 (minimal financial assistance)"
        if above == 0.0 and intent.from_pounds > most * small:
            yield Problem(
                ("from_value",),
                f"grants for needs of {intent.from_pounds:,.0f} pounds and more",
                f"at most {most * small:,.0f} pounds, {most:.0f} times what is small in any year",
                f"Subsidy Control Act 2022, {section}. Lower from_value, "
                "raise most_grants, or leave above_small at 1, which has each assessed.",
            )

    def paperwork(self, above_threshold: bool, a: Assumptions) -> Paperwork:
        """Ask for an application; procurement law's threshold changes nothing."""
        return Paperwork(
            self["application_days"], self["programme_hours"], self["hours_per_application"]
        )

    def procure_all(self, docket: Docket, a: Assumptions) -> list[Outcome]:
        """Hold rounds in turn: what one has by then been given counts in the next."""
        outcomes, given = [], dict[int, int]()
        for index, need in enumerate(docket.needs):
            market = docket.part(index)
            asked = need._replace(aid=_with(need, market, given))
            market = market._replace(capacity=docket.room(market))
            outcome = self.procure(asked, market, a, docket.lucks[index])
            award = outcome.award
            won = outcome.bids.take(award.rows)
            sums = counted(need, award.shares, award.unit_prices, self._law(need))
            for row, share, pence in zip(
                won.supplier.tolist(), award.shares.tolist(), sums.tolist(), strict=True
            ):
                docket.note(row, share * need.units_month)
                if not docket.apart:
                    given[row] = given.get(row, 0) + pence
            outcomes.append(outcome)
        return outcomes

    def procure(self, need: Need, market: Market, a: Assumptions, luck: Luck) -> Outcome:
        """Hold a round of grants."""
        costs = estimate_costs(need, market, slope_towards(self["agreed_quality"], a), a, luck)
        sums = costs.expected * (1.0 - self["match"])
        able = self._able(need, market, costs, a)
        applied, spent = self._applied(market, able, a)
        at = np.flatnonzero(applied)
        order = at[best_first(self._marks(market, costs)[at], market.uid[at])]
        chosen = order[self._lawful(need, market.uid[order], sums[order], a)]
        chosen = chosen[: self.places_for(need)]
        paper = self.paperwork(need.above_threshold, a)
        hours = paper.buyer_hours + paper.buyer_hours_per_bid * at.size
        return _outcome(
            need, market, costs, sums, (at, chosen, spent), self.places_for(need),
            (int(np.count_nonzero(able)), float(costs.true[able].min(initial=np.inf))),
            round(hours * a["tender.buyer_hour_pence"]), a,
        )  # fmt: skip

    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Agree a fixed sum, paid in advance, that a report answers for."""
        return Terms(
            months=need.months,
            payment_days=need.payment_days * (1.0 - min(self["advance"], 1.0)),
            monitoring=need.monitoring * (1.0 - self["report"]),
            relationship=a["delivery.record_in_tenders"],
            remedy_rate=0.0,
            price_review=0.0,
            entrusted=self._entrusts(need),
        )

    def _able(self, need: Need, market: Market, costs: Costs, a: Assumptions) -> Bool:
        part = need.units_month / self.places_for(need)
        able = can_serve(market, costs, a) & (market.capacity >= part)
        if self["voluntary"] > 0.0:
            able &= market.owner_kind == OwnerKind.VCSE
        return able

    def _applied(self, market: Market, able: Bool, a: Assumptions) -> tuple[Bool, Int64]:
        """Say who applies: the able who have heard, and have the days and the money for it."""
        days = self["application_days"]
        paper = days * a["tender.day_rate_pence"]
        cost = np.rint(paper * (1.0 - a["tender.skill_saves"] * market.bid_skill))
        may = market.knows & (market.paper_days >= days) & (market.slack >= cost)
        return able & may, cost.astype(np.int64)

    def _marks(self, market: Market, costs: Costs) -> Float64:
        weight = self["record_weight"]
        marks: Float64 = weight * market.reputation + (1.0 - weight) * costs.quality
        return marks

    def _lawful(self, need: Need, uid: Int64, sums: Float64, a: Assumptions) -> Bool:
        """Say to whom a part may be given, with what each has been given already."""
        law, share = self._law(need), np.full(sums.size, 1.0 / self.places_for(need))
        before = dict(need.aid)
        appetite = need.appetite if self["above_small"] > 0.0 else NOT_ABOVE
        dared = dict.fromkeys(need.barred, NOT_ABOVE)
        return np.array(
            [
                ruled(asked, before.get(one, 0), law, dared.get(one, appetite), a).pence >= asked
                for one, asked in zip(
                    uid.tolist(), counted(need, share, sums, law).tolist(), strict=True
                )
            ],
            dtype=np.bool_,
        )


def _with(need: Need, market: Market, given: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """Add to what enterprises were given before what they were given this month, by row."""
    had = dict(need.aid)
    if given:
        for row, uid in zip(market.supplier.tolist(), market.uid.tolist(), strict=True):
            if row in given:
                had[uid] = had.get(uid, 0) + given[row]
    return tuple(sorted(had.items()))


def _outcome(
    need: Need,
    market: Market,
    costs: Costs,
    sums: Float64,
    rows: tuple[Int64, Int64, Int64],
    parts: int,
    known: tuple[int, float],
    buyer_pence: int,
    a: Assumptions,
) -> Outcome:
    """Write what a round led to: who applied, who was given one of how many like parts."""
    at, chosen, spent = rows
    seen = market.take(at)
    bids = unmarked(need, seen, at, sums[at], sums[at], costs.quality[at], spent[at], a)
    bids = bids._replace(won=np.isin(at, chosen))
    award = Award(NOBODY, NOBODY, np.zeros(0), np.zeros(0), CRITERION, NOBODY_APPLIED)
    if chosen.size:
        place = {int(position): row for row, position in enumerate(at.tolist())}
        award = Award(
            positions=chosen.astype(np.int64),
            rows=np.array([place[one] for one in chosen.tolist()], dtype=np.int64),
            shares=equal_shares(parts)[: chosen.size],
            unit_prices=sums[chosen],
            criterion=CRITERION,
            reason=f"best record and promise; grants {chosen.size} of {parts}, applied {at.size}",
            padding=np.zeros(chosen.size),
        )
    return Outcome(
        bids=bids,
        market=seen,
        at=slice(0, at.size),
        award=award,
        eligible=known[0],
        lowest=float(sums[at].min()) if at.size else float("nan"),
        cheapest_cost=known[1] if known[0] else float("nan"),
        buyer_cost_pence=buyer_pence,
        bidder_cost_pence=int(spent[at].sum()),
        challenged=False,
        delay_months=0,
        instructions=process_payments(
            need,
            seen.supplier.tolist(),
            spent[at].tolist(),
            buyer_pence,
            ("grant round", "application"),
        ),
    )
