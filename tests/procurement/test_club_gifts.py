"""A council puts its own ducts into a co-op: what it may give, what it saves, what it costs."""

import numpy as np
import pytest

from scenarios.read import draft_from_text
from scenarios.vocabulary import Kind
from simulation.model.check import registry_faults
from simulation.procurement.club_gifts import Gift, gift_of_council, grown_cost
from simulation.procurement.club_rules import clubs_of, effective_price
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.interface import BUILDER
from tests.model.three_districts import three_districts
from tests.procurement.markets import need, plain
from tests.procurement.test_club_stakes import month_of, settled, signed

BOLD, SHY = 1.0, 0.0
"""Appetites above and below any believed risk."""
FIXED = 2_000.0
"""Cost of the shared assets a month [pounds]."""
GIVEN = {"council_assets": 150_000.0}
"""Worth 1,000 pounds a month at 12.5 years: half of them."""


def gift(pounds: float, appetite: float = BOLD, fixed: float = 10 * FIXED, **of: float) -> Gift:
    """Return what a council of an appetite gives in June 2024."""
    asked = need(appetite=appetite, year=2024, month_of_year=6)
    rules = CooperativeMembership({"council_assets": pounds}).values
    return gift_of_council(rules, asked, fixed, plain(**of))


def faults(*sets: str) -> dict[str, object]:
    """Check the three districts with some keys set; faults of the law by their path."""
    ours = ('policies.club.regime="cooperative_membership"', 'compare.regimes=["club"]')
    draft = draft_from_text(three_districts().source, "three.toml", (*ours, *sets))
    return {one.path: one for one in registry_faults(draft)}


def test_assets_above_two_million_pounds_need_the_secretary_of_states_consent() -> None:
    """Three million pounds of ducts for nothing: s. 123 and the consent of 2003 are named."""
    path = "policies.club.parameters.council_assets"
    given = "policies.club.parameters={council_assets=%d}"

    fault = faults(given % 3_000_000)[path]

    assert "Local Government Act 1972 s. 123" in fault.hint  # type: ignore[attr-defined]
    assert "General Disposal Consent (England) 2003" in fault.wanted  # type: ignore[attr-defined]
    assert path not in faults(given % 2_000_000)
    assert path not in faults(given % 3_000_000, "assumptions.land.consent=1")


def test_a_run_gives_no_more_than_the_consent_allows() -> None:
    """Whatever a draw says, the undervalue ends at two million pounds without a consent."""
    assert gift(3e6, fixed=1e6).month == pytest.approx(2e6 / 150)
    assert gift(3e6, fixed=1e6, land__consent=1.0).month == pytest.approx(3e6 / 150)


def test_what_is_given_is_a_subsidy() -> None:
    """315,000 pounds are small in 2024; a bold council assesses more, a cautious one cuts."""
    assert gift(300_000.0, SHY) == Gift(2_000.0)
    assert gift(600_000.0, BOLD) == Gift(4_000.0, assessed=True)
    assert gift(600_000.0, SHY) == Gift(2_100.0)


def test_nobody_gives_more_than_the_co_op_can_use() -> None:
    """Assets of 2,000 pounds a month are worth 300,000; the rest stays with the council."""
    assert gift(900_000.0, fixed=FIXED) == Gift(FIXED)


def test_assets_given_lower_the_fee_of_all_and_cost_the_council_upkeep() -> None:
    """Half of the assets are given: half of the fixed cost is left, and a builder is paid."""
    _, plain_club = signed({})
    regime, made = signed(GIVEN | {"council_upkeep": 0.4})

    answer, _ = settled(regime, made, month_of(made, made.start))

    assert made.state.put_in == pytest.approx(1_000.0)
    assert made.state.fixed_units == pytest.approx(plain_club.state.fixed_units / 2)
    kept_up = [one for one in answer.instructions if one.reason == "upkeep of assets given"]
    assert [(one.payer, one.payee, one.kind, one.pence) for one in kept_up] == [
        (need().buyer, BUILDER, Kind.INTERMEDIATE, 400_00)
    ]


def test_a_club_that_grows_builds_what_it_needs_more_itself() -> None:
    """Twice the need: twice the assets, of which the council has given what it gave before."""
    _, plain_club = signed({})
    regime, made = signed(GIVEN)

    whole = plain_club.state.fixed_units
    assert grown_cost(regime.values, made.state, 2.0) == pytest.approx(2 * whole - whole / 2)
    assert regime.scale(made.state, 2.0).put_in == made.state.put_in


def test_upkeep_counts_in_what_the_co_op_costs_the_council() -> None:
    """A pound of upkeep for each pound of cost spared, spread over the council's own use."""
    _, made = signed(GIVEN)
    clubs, alike, factor = clubs_of([made.state]), np.full(3, 1 / 3), np.ones(1)

    dearer = effective_price(clubs, alike, factor, 1.0) - effective_price(clubs, alike, factor)

    assert dearer[0] == pytest.approx(made.state.put_in / made.state.council_use)
