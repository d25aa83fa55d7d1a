"""Lets what has run out: a need is written, the market is asked, an arrangement is signed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Scenario
from simulation.economy.town import Town
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.model.incubator import enterprise_of, found_for
from simulation.model.joint import (
    Due,
    Part,
    arrangements_of,
    joint_need,
    partnerships,
    payments_shared,
)
from simulation.model.lots import Lot
from simulation.model.market import Directory, market_for
from simulation.model.past import draw_past
from simulation.model.policies import Asked, Fitting, Ways
from simulation.model.subsidies import Subsidies
from simulation.procurement.commissioning import Commission, choose_option, conclude
from simulation.procurement.docket import Docket, empty_docket
from simulation.procurement.interface import Form, Instruction, Need, Regime
from simulation.procurement.law import LegalRisk, legality_of
from simulation.procurement.learning import Memory, learn_to_claim
from simulation.procurement.luck import KeyedLuck, luck_of
from simulation.procurement.objectives import Objectives, Wanted, objectives_for

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]


@dataclass
class Office:
    """What a buyer's procurement office knows: the law, the market, its own past."""

    scenario: Scenario
    directory: Directory
    memory: Memory
    risks: list[LegalRisk]
    vat_percent: int
    category_ids: tuple[str, ...]
    cost_level: Float64
    subsidies: Subsidies = field(default_factory=Subsidies)
    _thresholds: dict[tuple[int, int, str], int] = field(default_factory=dict)

    @cached_property
    def objectives(self) -> dict[str, Objectives]:
        """What the scenario wants of each spending category."""
        weights, wanted = self.scenario.objective_weights(), self.scenario.objectives
        every = [
            Wanted(one.text, weight, one.ways, one.categories, one.judged_by or "")
            for one, weight in zip(wanted, weights, strict=True)
        ]
        return {category: objectives_for(category, every) for category in self.category_ids}

    def threshold(self, year: int, month: int, threshold_class: str) -> int:
        """Return the value from which the law of a month binds a class of contract [pence]."""
        date = (year, month, threshold_class)
        if date not in self._thresholds:
            law = tables.thresholds(year, month, self.scenario.nation)
            self._thresholds[date] = law.of(threshold_class, self.vat_percent)
        return self._thresholds[date]


def asked_of(town: Town, office: Office, lot: Lot) -> Asked:
    """Write a lot as the rules of a policy see it this month."""
    category, usual = office.category_ids[lot.category], town.a["market.contract_months"]
    value = lot.units_month * office.scenario.contracts.months_of(category, usual)
    return Asked(lot.buyer, category, value, town.calendar)


def need_of(town: Town, office: Office, lot: Lot, units_month: float) -> Need:
    """Write down what must be done, at the date of the decision.

    Parameters
    ----------
    town : Town
    office : Office
    lot : Lot
    units_month : float
        Units to be let; a club lets all that it serves at once.

    Returns
    -------
    Need
    """
    category = tables.categories()[lot.category]
    months = office.scenario.contracts.months_of(category.id, town.a["market.contract_months"])
    year, month = divmod(town.calendar, 12)
    value = round(units_month * months * PENCE_A_UNIT)
    limit = office.threshold(year, month + 1, category.threshold_class)
    spec = office.scenario.buyers[lot.buyer]
    wanted = office.objectives[category.id]
    return Need(
        tender=lot.key,
        buyer=int(town.economy.buyers.row[lot.buyer]),
        buyer_index=lot.buyer,
        category=lot.category,
        category_id=category.id,
        threshold_class=category.threshold_class,
        area=lot.area,
        units_month=units_month,
        months=months,
        value_pence=value,
        month=town.month,
        year=year,
        month_of_year=month + 1,
        objectives=wanted.texts,
        objective_weights=wanted.weights,
        objective_ways=wanted.ways,
        objective_criteria=wanted.judged_by,
        labour_share=float(office.directory.labour_share[lot.category]),
        usual_wage_ratio=float(office.directory.usual_wage_ratio[lot.category]),
        payment_days=spec.payment_days,
        monitoring=spec.monitoring,
        engagement=spec.engagement,
        appetite=spec.appetite,
        nation=office.scenario.nation,
        buyer_kind=spec.kind,
        expected_bids=float(office.memory.expected_bids[lot.buyer, lot.category]),
        above_threshold=value >= limit,
        counterfactual=office.scenario.counterfactual,
    )


def let_all(stewardship: "Stewardship", town: Town, lots: Sequence[Lot]) -> None:
    """Let some lots, each by the policy's way of buying, or the baseline's after a failure.

    All that are let in a month are decided on what stays in force, and is known, once the month's
    endings are out. Where a way of buying serves a category as a whole, the first lot founds what
    the others may then join. Where it is published where suppliers were as the story opens, lots
    of the years before it are let one after another, since each may be drawn again.

    Parameters
    ----------
    stewardship : Stewardship, updated
    town : Town
    lots : sequence of Lot
        Their terms are over.
    """
    apart = not stewardship.telling and bool(stewardship.office.scenario.contracts.share_in)
    rounds = [[lot] for lot in lots] if apart else [list(lots)]
    for waiting in rounds:
        while waiting:
            due, waiting = _now_and_later(stewardship, town, waiting)
            _hold(stewardship, town, due)


def _now_and_later(
    stewardship: "Stewardship", town: Town, lots: list[Lot]
) -> tuple[list[Due], list[Lot]]:
    """Say which lots are let now, and which wait for a club that may be founded first."""
    office, policy = stewardship.office, stewardship.policy
    due, later, founding = [], [], set[tuple[int, int]]()
    joint: dict[tuple[int, int], list[Part]] = {}
    ways: dict[int, Ways] = {}  # by key of a lot
    own = policy.usual[-1].regime
    for lot in lots:
        asked = asked_of(town, office, lot)
        usual = policy.usual_for(asked)
        told = stewardship.telling and not lot.on_baseline
        way = policy.fitting_for(asked) if told else usual
        if told and way.others:
            need = need_of(town, office, lot, lot.units_month)
            way = stewardship.appraisals.choose(stewardship, town, lot, need, way)
        pair = (lot.buyer, lot.category)
        if pair in founding and not way.regime.by_area:
            later.append(lot)
            continue
        incumbents = stewardship.retire(lot, town.month)
        club = None if way.regime.by_area else stewardship.club_of(lot)
        if club is not None:
            stewardship.join_club(lot, club)
            continue
        need = need_of(town, office, lot, lot.units_month)
        part, mine = Part(lot, need, incumbents), Ways(way.regime, usual.regime, own)
        if way.joint:
            ways[lot.key] = mine
            joint.setdefault((id(way), lot.category), []).append(part)
            continue
        whole = _folded(stewardship, town, lot, way, need)
        one = _decided(office, town, (part,), whole, mine)
        if whole is not need and not one.regime.folds:
            one = _decided(office, town, (part,), need, mine._replace(wanted=one.regime))
        if not one.regime.by_area:
            founding.add(pair)
        due.append(_founded(stewardship, town, one))
    for parts in joint.values():
        for together in partnerships(parts):
            due += _decided_jointly(office, town, together, ways)
    return due, later


def _decided_jointly(
    office: Office, town: Town, together: list[Part], ways: dict[int, Ways]
) -> list[Due]:
    """Choose how partners buy; where it cannot be the policy's way each buys its own usual way."""
    lead = together[0].need
    limit = office.threshold(lead.year, lead.month_of_year, lead.threshold_class)
    of_lead = ways[together[0].lot.key]
    whole = _decided(office, town, tuple(together), joint_need(together, limit), of_lead)
    if whole.regime is of_lead.wanted:
        return [whole]
    apart = []
    for part in together:
        mine = ways[part.lot.key]
        mine = mine._replace(wanted=mine.usual)
        apart.append(_decided(office, town, (part,), part.need, mine))
    return apart


def _folded(stewardship: "Stewardship", town: Town, lot: Lot, way: Fitting, need: Need) -> Need:
    """Write into a need what all the buyer's lots that are folded into one come to.

    The law counts their value together.
    """
    if not way.regime.folds:
        return need
    office, policy, pair = stewardship.office, stewardship.policy, (lot.buyer, lot.category)
    units = sum(
        one.units_month
        for one in stewardship.lots
        if (one.buyer, one.category) == pair
        and any(
            other.regime is way.regime
            for other in policy.fitting_for(asked_of(town, office, one)).ways
        )
    )
    whole = need_of(town, office, lot, max(units, lot.units_month))
    return need._replace(prospect_units=whole.units_month, above_threshold=whole.above_threshold)


def _decided(office: Office, town: Town, parts: tuple[Part, ...], need: Need, ways: Ways) -> Due:
    """Choose how to buy, as far as the lead is willing to run the legal risk."""
    usual = ways.usual
    if usual is not ways.own and legality_of(usual, need).beyond:
        usual = ways.own
    risk = office.risks[parts[0].lot.buyer]
    chosen, verdict = choose_option(need, ways.wanted, usual, risk, town.a)
    if chosen.waiting_months:
        book = office.memory.contracts
        earlier = [one for part in parts for one in book.before(chosen, part.need)]
        need = need._replace(earlier=tuple(earlier))
    if chosen.form is Form.GRANT:
        gifts = office.subsidies
        aid, barred = gifts.aid(town.month, gifts.law(town)), tuple(sorted(gifts.barred))
        need = need._replace(aid=aid, barred=barred)
    return Due(parts, need, chosen, verdict)


def _founded(stewardship: "Stewardship", town: Town, due: Due) -> Due:
    """Found an enterprise for a lot that one buyer lets, where its way of buying founds one."""
    need = found_for(stewardship, town, due.lot, due.need, due.regime, due.incumbents)
    return replace(due, need=need)


def _by_regime(due: list[Due]) -> list[list[Due]]:
    """Group what is due by way of buying, in order of first appearance."""
    groups: dict[int, list[Due]] = {}
    for one in due:
        groups.setdefault(id(one.regime), []).append(one)
    return list(groups.values())


def _hold(stewardship: "Stewardship", town: Town, due: list[Due]) -> None:
    """Put what is due on dockets, hold the procedures, and sign what was awarded."""
    if not due:
        return
    won: dict[int, float] = {}
    groups = _by_regime(due)
    dockets = dockets_for(
        stewardship, town, [(group[0].regime, len(group)) for group in groups],
        [one.need for group in groups for one in group],
        [one.incumbents for group in groups for one in group], won,
    )  # fmt: skip
    signings = []
    for group, docket in zip(groups, dockets, strict=True):
        outcomes = group[0].regime.procure_all(docket, town.a)
        for one, outcome, luck in zip(group, outcomes, docket.lucks, strict=True):
            result = conclude(one.need, one.regime, one.verdict, outcome, town.a, luck)
            if not stewardship.telling:
                result = _past_of(stewardship, town, one, result)
            signings.append((one, result))
    _sign(stewardship, town, signings)


def _past_of(stewardship: "Stewardship", town: Town, due: Due, first: Commission) -> Commission:
    """Draw a lot of the years before the story, whose docket holds nothing else."""
    a, regime = town.a, due.regime

    def draw(lucks: Sequence[KeyedLuck]) -> list[Commission]:
        many = len(lucks)
        (docket,) = dockets_for(
            stewardship, town, [(regime, many)], [due.need] * many, [due.incumbents] * many, {},
            lucks,
        )  # fmt: skip
        outcomes = regime.procure_all(replace(docket, apart=True), a)
        return [
            conclude(due.need, regime, due.verdict, outcome, a, luck)
            for outcome, luck in zip(outcomes, lucks, strict=True)
        ]

    published, places = stewardship.office.scenario.contracts.share_in, stewardship.portfolio.places
    return draw_past(town, due.lot, published, places, first, draw)


def _sign(
    stewardship: "Stewardship", town: Town, signings: Sequence[tuple[Due, Commission]]
) -> None:
    """Learn from procedures, enter them in the register, and sign what was awarded."""
    office, firms, made = stewardship.office, town.economy.firms, []
    for due, result in signings:
        bids, weight = result.outcome.bids, result.regime.get("weight")
        for part in due.parts:
            if result.legality.contested and result.outcome.award.made:
                office.risks[part.lot.buyer].learn(result.outcome.challenged)
            office.memory.learn_award(result.regime, part.need, bids)
            if not result.outcome.award.opened:
                winners = bids.uid[bids.won].tolist()
                office.memory.contracts.note(result.regime, part.need, winners)
            part.lot.on_baseline = result.arrangement is None
            part.lot.ends = town.month + 1
        stewardship.waiting.extend(_teach(due.need, result, firms.claim_skill, weight, town.a))
        stewardship.waiting.extend(payments_shared(due, result.instructions))
        made += [
            (part.lot, arrangement, result.regime)
            for part, arrangement in zip(due.parts, arrangements_of(due, result), strict=False)
        ]
    stewardship.note_tenders(town, signings)
    stewardship.sign(town, made)


def _teach(
    need: Need, result: Commission, skill: Float64, weight: float, a: Assumptions
) -> tuple[Instruction, ...]:
    """Let bidders learn to claim, where claims are scored; return what they pay for it."""
    outcome = result.outcome
    if weight <= 0.0 or not outcome.bids.size:
        return ()
    bidders = outcome.bids.supplier
    lesson = learn_to_claim(need, outcome.seen, skill[bidders], outcome.bids, weight, a)
    skill[lesson.suppliers] = lesson.claim_skill
    return lesson.payments


def dockets_for(
    stewardship: "Stewardship",
    town: Town,
    ways: Sequence[tuple[Regime, int]],
    needs: Sequence[Need],
    incumbents: Sequence[Int32],
    won: dict[int, float],
    lucks: Sequence[KeyedLuck] | None = None,
    *,
    outside: bool = False,
) -> list[Docket]:
    """Put needs on dockets and send their notices round; see `market_for`.

    Parameters
    ----------
    stewardship : Stewardship
    town : Town
    ways : sequence of (Regime, int)
        Ways of buying of how many needs in turn.
    needs : sequence of Need
    incumbents : sequence of int32[k]
        Who serves each need, or did last.
    won : dict of int to float, updated by the procedures
        What suppliers have won by now of all that is let at once [units a month].
    lucks : sequence of KeyedLuck, optional
        In place of the needs' own.
    outside : bool
        Whether incumbents are passed over.
    """
    members = []
    for need in needs:
        club = stewardship.clubs.get((need.buyer_index, need.category))
        founded = enterprise_of(town, need)
        members.append(founded if club is None else stewardship.suppliers_of(club))
    own = [luck_of(town.seed, need.tender, need.month) for need in needs]
    docket = empty_docket(needs, own if lucks is None else lucks, won)
    return market_for(
        town, stewardship.office, docket, ways, incumbents, members, stewardship.committed(town),
        outside=outside,
    )  # fmt: skip
