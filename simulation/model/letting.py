"""Lets what has run out: a need is written, the market is asked, an arrangement is signed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from scenarios import tables
from scenarios.spec import Scenario
from simulation.economy.town import Town
from simulation.model.lots import Lot
from simulation.model.market import Directory, market_for
from simulation.model.past import draw_past
from simulation.procurement.awareness import heard
from simulation.procurement.commissioning import Commission, commission
from simulation.procurement.interface import (
    Arrangement,
    Award,
    Market,
    Need,
    Regime,
    Thread,
)
from simulation.procurement.law import LegalRisk
from simulation.procurement.learning import Memory, learn_to_claim
from simulation.procurement.luck import KeyedLuck, luck_of

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship

Int32 = NDArray[np.int32]
Float64 = NDArray[np.float64]


@dataclass(slots=True)
class Office:
    """What a buyer's procurement office knows: the law, the market, its own past."""

    scenario: Scenario
    directory: Directory
    memory: Memory
    risks: list[LegalRisk]
    vat_percent: int
    category_ids: tuple[str, ...]
    cost_level: Float64


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
    buyers, a = town.economy.buyers, town.a
    category = tables.categories()[lot.category]
    months = round(a["market.contract_months"])
    year, month = divmod(town.calendar, 12)
    value = round(units_month * months * 100.0)
    limit = tables.thresholds(year, month + 1).of(category.threshold_class, office.vat_percent)
    objectives = office.scenario.objectives
    spec = office.scenario.buyers[lot.buyer]
    return Need(
        tender=lot.key,
        buyer=int(buyers.row[lot.buyer]),
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
        objectives=tuple(objective.text for objective in objectives),
        objective_weights=tuple(objective.weight for objective in objectives),
        labour_share=float(office.directory.labour_share[lot.category]),
        usual_wage_ratio=float(office.directory.usual_wage_ratio[lot.category]),
        payment_days=spec.payment_days,
        monitoring=spec.monitoring,
        engagement=spec.engagement,
        appetite=spec.appetite,
        expected_bids=float(office.memory.expected_bids[lot.buyer, lot.category]),
        above_threshold=value >= limit,
        counterfactual=office.scenario.counterfactual,
    )


def let(stewardship: "Stewardship", town: Town, lot: Lot) -> None:
    """Let one lot by the policy's way of buying, or the baseline's after a failure."""
    office, policy = stewardship.office, stewardship.policy
    value = lot.units_month * round(town.a["market.contract_months"])
    regime = policy.regime_for(office.category_ids[lot.category], value, town.calendar)
    if lot.on_baseline or not stewardship.telling:
        regime = policy.otherwise
    incumbents = stewardship.retire(lot, town.month)
    club = None if regime.by_area else stewardship.club_of(lot)
    if club is not None:
        stewardship.join_club(lot, club)
        return
    need = need_of(town, office, lot, lot.units_month)
    risk = office.risks[lot.buyer]

    candidates = candidates_for(stewardship, town, lot, regime, incumbents)

    def draw(luck: KeyedLuck) -> tuple[Market, Commission]:
        market = heard(candidates, need.engagement, town.a, luck)
        return market, commission(need, market, regime, policy.otherwise, risk, town.a, luck)

    if stewardship.telling:
        market, result = draw(luck_of(town.seed, lot.key, town.month))
    else:
        published, places = office.scenario.contracts.share_in, stewardship.portfolio.places
        market, result = draw_past(town, lot, published, places, draw)
    office.memory.learn_award(result.regime, need, result.outcome.bids)
    weight = result.regime.get("weight")
    lesson = learn_to_claim(need, market, result.outcome.bids, weight, town.a)
    if lesson.suppliers.size:
        town.economy.firms.claim_skill[lesson.suppliers] = lesson.claim_skill
        stewardship.waiting.extend(lesson.payments)
    stewardship.note_tender(town, lot, need, result)
    lot.on_baseline = result.arrangement is None
    lot.ends = town.month + 1
    if result.arrangement is not None:
        stewardship.sign(town, lot, result.arrangement, result.regime)


def market_of(
    stewardship: "Stewardship",
    town: Town,
    lot: Lot,
    regime: Regime,
    incumbents: Int32,
    luck: KeyedLuck,
) -> Market:
    """Take the columns of those who could serve a lot, and let the news go round."""
    candidates = candidates_for(stewardship, town, lot, regime, incumbents)
    engagement = stewardship.office.scenario.buyers[lot.buyer].engagement
    return heard(candidates, engagement, town.a, luck)


def candidates_for(
    stewardship: "Stewardship", town: Town, lot: Lot, regime: Regime, incumbents: Int32
) -> Market:
    """Take the columns of those who could serve a lot, as this buyer knows them."""
    office = stewardship.office
    club = stewardship.club_of(lot)
    members = incumbents[:0] if club is None else stewardship.suppliers_of(club)
    return market_for(
        town, office.directory, office.memory, regime.family, lot.buyer, lot.category, lot.area,
        incumbents, members, stewardship.committed(town), float(office.cost_level[lot.category]),
        town.a,
    )  # fmt: skip


def standing_arrangement(
    town: Town, office: Office, lot: Lot, supplier: int, months: int, regime: Regime
) -> Arrangement:
    """Write a contract that stood before the story opened, at the built state's price.

    Parameters
    ----------
    town : Town
    office : Office
    lot : Lot
    supplier : int
        Its trading row.
    months : int
        Months left.
    regime : Regime
        The baseline's, which sets the terms.

    Returns
    -------
    Arrangement
        Unit price 1.0, by definition of the unit; no social value was claimed.
    """
    need = need_of(town, office, lot, lot.units_month)
    one = np.ones(1)
    award = Award(np.zeros(1, np.int64), np.zeros(1, np.int64), one, one, "inherited", "inherited")
    firms = town.economy.firms
    rows = np.array([supplier], dtype=np.int32)
    return Arrangement(
        form=regime.form,
        need=need,
        regime=regime.name,
        suppliers=rows,
        uid=town.economy.parties.uid[rows],
        shares=one,
        unit_prices=one,
        costs=np.minimum(firms.unit_cost[rows], 1.0),
        qualities=firms.quality[rows].copy(),
        claims_month=np.zeros(1),
        deliverable_month=np.zeros(1),
        padding=np.zeros(1),
        terms=regime.terms(need, award, town.a),
        thread=Thread(need.objectives[0] if need.objectives else "", "inherited", "inherited",
                      "in force at the start"),
        start=town.month,
        end=town.month + months,
    )  # fmt: skip
