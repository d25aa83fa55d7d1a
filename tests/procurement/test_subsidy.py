"""What may be given to one enterprise: small sums freely, more by an assessment, or it is cut."""

import pytest

from scenarios.tables import subsidy_law
from simulation.procurement.subsidy import (
    NOT_ABOVE,
    Course,
    Ruling,
    Way,
    gift_of_loan,
    outcome_of_review,
    rate_within,
    ruled,
)
from tests.procurement.markets import plain

LAW = subsidy_law(2024, 6)
SMALL = 31_500_000
WILLING, CAUTIOUS = 0.2, 0.05
"""Appetite above and below the chance of a challenge that is believed in, a tenth."""


def test_minimal_financial_assistance_needs_nothing() -> None:
    """315,000 pounds within three years are given without an assessment, whatever the appetite."""
    assert ruled(SMALL, 0, LAW, NOT_ABOVE, plain()) == Ruling(SMALL)
    assert not Ruling(SMALL).assessed


def test_a_willing_council_assesses_what_is_above() -> None:
    """Of 500,000 pounds the 185,000 above the small sum stand on the principles."""
    found = ruled(50_000_000, 0, LAW, WILLING, plain())

    assert found == Ruling(50_000_000, 18_500_000)
    assert found.assessed


def test_a_cautious_council_cuts_to_the_limit() -> None:
    """What was had before counts: of 100,000 pounds more, 15,000 are left."""
    assert ruled(10_000_000, 30_000_000, LAW, CAUTIOUS, plain()) == Ruling(1_500_000)
    assert ruled(10_000_000, 40_000_000, LAW, CAUTIOUS, plain()) == Ruling(0)


def test_state_aid_was_smaller_than_minimal_assistance() -> None:
    """The same 250,000 pounds are small in 2024 and too much in 2018."""
    asked = 25_000_000

    assert ruled(asked, 0, LAW, NOT_ABOVE, plain()).pence == asked
    assert ruled(asked, 0, subsidy_law(2018), NOT_ABOVE, plain()).pence == 16_800_000


def test_a_nation_without_such_a_law_bounds_nothing() -> None:
    """In Ohio five million dollars are given without an assessment, and no European rule binds."""
    law = subsidy_law(2019, 4, "us")

    assert law.law == "No subsidy control"
    assert ruled(500_000_000, 500_000_000, law, NOT_ABOVE, plain()) == Ruling(500_000_000)


def test_a_soft_loan_gives_the_interest_that_it_saves() -> None:
    """120,000 pounds at 4 % where the market asks 7 %, over 120 months: 18,150 pounds."""
    assert gift_of_loan(12_000_000, 0.04, 0.07, 120) == round(12_000_000 * 0.03 * 121 / 24)
    assert gift_of_loan(12_000_000, 0.08, 0.07, 120) == 0


def test_a_loan_is_made_dearer_until_it_gives_no_more_than_is_left() -> None:
    """The rate at which the gift is just the room; without room, the market's."""
    rate = rate_within(12_000_000, 0.07, 120, 900_000)

    assert gift_of_loan(12_000_000, rate, 0.07, 120) == pytest.approx(900_000, abs=1)
    assert rate_within(12_000_000, 0.07, 120, 0) == pytest.approx(0.07)
    assert rate_within(0, 0.07, 120, 0) == pytest.approx(0.07)


@pytest.mark.parametrize(
    ("draws", "found"),
    [((0.5, 0.0), (False, False)), ((0.0, 0.9), (True, False)), ((0.0, 0.0), (True, True))],
)
def test_a_review_may_end_in_recovery(draws: tuple[float, float], found: object) -> None:
    """A rare challenge, of which three in ten are lost; none at the null."""
    assert outcome_of_review(draws, plain()) == found
    assert outcome_of_review(draws, plain(subsidy__risk=0.0)) == (False, False)


def test_what_has_been_had_of_a_gift_by_its_course() -> None:
    """A gift at once is had whole; a grant by equal parts; a loan's saving as the debt falls."""
    grant, loan = Course(Way.GRANT, months=36, wait=2), Course(Way.LOAN, 400, 4)

    assert Course().had(1_000, 0) == 1_000
    assert [grant.had(3_600, months) for months in (0, 2, 3, 38, 99)] == [0, 0, 100, 3_600, 3_600]
    assert [loan.had(1_400, months) for months in range(6)] == [400, 800, 1100, 1300, 1400, 1400]
