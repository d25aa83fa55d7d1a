"""LM3 of payments with what is told beside them: doubts, surveys, staff and ranges."""

import pytest

from scenarios.vocabulary import Institution, Kind, Tier
from simulation.accounting.books import RETAINED, Books
from simulation.accounting.from_payments import (
    Node,
    Outlay,
    Payment,
    Respent,
    StaffPay,
    Told,
    books_from_payments,
)
from simulation.measures.lm3 import contract_rounds, council_range, council_rounds
from simulation.measures.view import View

TREE = [
    Node("shire", "Shire", Tier.COUNTY),
    Node("town", "Town", Tier.DISTRICT, "shire"),
    Node("rest", "Rest", Tier.DISTRICT, "shire"),
    Node("far", "Far", Tier.WORLD),
    Node("town?", "Town or rest", Tier.WORLD, either=("town", "rest")),
    Node("anywhere", "Town or far", Tier.WORLD, either=("town", "far")),
]
HOMES, FIRMS, STAFF = Institution.HOUSEHOLD, Institution.FIRM, Institution.BUYER


def books(*payments: tuple[str, int, str | None], told: Told | None = None) -> Books:
    """Books of a town council that paid suppliers in May."""
    made = [Payment(2024, 5, "council", name, pence, area) for name, pence, area in payments]
    return books_from_payments(made, TREE, {"council": "town"}, "town", told or Told())


def test_a_supplier_in_one_of_two_districts_is_in_their_county_for_sure():
    """For the town it may be local, for the shire it is."""
    view = View(books(("Baker", 600, "town?"), ("Mason", 400, "far")))

    town, shire = council_rounds(view, "district"), council_rounds(view, "county")

    assert (town.r2_low, town.r2_high) == (0, 600)
    assert (shire.r2_low, shire.r2_high) == (600, 600)


def test_a_supplier_of_unknown_place_may_be_local_anywhere():
    """It widens the second round and the third by all that it was paid."""
    view = View(books(("Baker", 600, "town"), ("Agency", 400, None)))

    rounds = council_rounds(view, "district")

    assert (rounds.r2_low, rounds.r2_high) == (600, 1_000)
    assert (rounds.r3_low, rounds.r3_high) == (0, 1_000)


def the_worked_case() -> Books:
    """The worked case of docs/lm3.md: a million pounds to two suppliers that answered everything.

    The home, in the town, was paid 600,000 and of each pound passes 40p on to staff and 10p to
    businesses of the town; the contractor, elsewhere, was paid 400,000 and passes 20p on to staff
    who live in the town. Of what reaches the town, 30 % is spent there again.
    """
    told = Told(
        outlays=[
            Outlay("Home", Kind.WAGES, "town", 40),
            Outlay("Home", Kind.INTERMEDIATE, "town", 10),
            Outlay("Home", RETAINED, "far", 50),
            Outlay("Contractor", Kind.WAGES, "town", 20),
            Outlay("Contractor", Kind.IMPORT, "far", 80),
        ],
        respent=[
            Respent(name, who, Tier.DISTRICT, 300_000, 300_000)
            for name in ("Home", "Contractor")
            for who in (HOMES, FIRMS)
        ],
    )
    return books(("Home", 60_000_000, "town"), ("Contractor", 40_000_000, "far"), told=told)


def test_all_known_is_a_figure_worked_by_hand():
    """Council: R2 600,000, R3 300,000. Contract: R2 300,000 + 80,000, R3 30 % of it."""
    view = View(the_worked_case())

    council, contract = council_rounds(view, "district"), contract_rounds(view, "district")

    assert council.low == council.high == pytest.approx((1_000 + 600 + 300) / 1_000)
    assert contract.low == contract.high == pytest.approx((1_000 + 380 + 114) / 1_000)


def test_money_in_doubt_is_in_the_upper_figure_alone():
    """Of 100 the baker pays 30 in town for sure and 20 perhaps; homes spend 10 to 50 % again."""
    told = Told(
        outlays=[
            Outlay("Baker", Kind.WAGES, "town", 30),
            Outlay("Baker", Kind.WAGES, "anywhere", 20),
            Outlay("Baker", RETAINED, "far", 50),
        ],
        respent=[Respent(None, HOMES, Tier.DISTRICT, 100_000, 500_000)],
    )
    view = View(books(("Baker", 1_000, "town"), told=told))

    council, contract = council_rounds(view, "district"), contract_rounds(view, "district")

    assert (council.low, council.high) == (pytest.approx(2.3), pytest.approx(2.5))
    assert (contract.r2_low, contract.r2_high) == (pytest.approx(300), pytest.approx(500))
    assert (contract.r3_low, contract.r3_high) == (pytest.approx(30), pytest.approx(250))


def test_own_staff_count_by_where_they_live():
    """Of 1,000 for staff 400 is taken home in town and 100 perhaps; 20 % of it is spent again."""
    staff = [StaffPay("council", "town", 400, 1_000), StaffPay("council", "anywhere", 100, 0)]
    told = Told(staff=staff, respent=[Respent(None, HOMES, Tier.DISTRICT, 200_000, 200_000)])
    view = View(books(("Mason", 1_000, "far"), told=told))

    rounds = council_rounds(view, "district")

    assert (rounds.r1, rounds.r2_low, rounds.r2_high) == (2_000, 400, 500)
    assert (rounds.r3_low, rounds.r3_high) == (pytest.approx(80), pytest.approx(100))
    assert council_range(view, "district") == (rounds.low, rounds.high)


def test_unknown_payroll_mixes_what_staff_would_give():
    """However much it is: all outlay lies between suppliers' figure and that of staff alone."""
    ranges = [
        Respent(None, STAFF, Tier.DISTRICT, 300_000, 500_000),
        Respent(None, HOMES, Tier.DISTRICT, 200_000, 400_000),
    ]
    view = View(books(("Mason", 1_000, "far"), told=Told(respent=ranges)))

    low, high = council_range(view, "district")

    assert (low, high) == (1.0, pytest.approx(1 + 0.5 * 1.4))


def test_a_place_that_nothing_is_told_of_keeps_all_that_may_be():
    """Shares told for the town say nothing of the shire."""
    told = Told(respent=[Respent(None, HOMES, Tier.DISTRICT, 0, 0)])
    view = View(books(("Baker", 1_000, "town"), told=told))

    assert contract_rounds(view, "county").high == 3.0
