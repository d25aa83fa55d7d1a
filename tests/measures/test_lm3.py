"""LM3 against arithmetic done by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.validation.examples import worked_books
from experiments.validation.little_town import (
    BANK,
    BUYER,
    COUNCIL,
    GOVERNMENT,
    THE_WORLD,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    WORLD,
    A,
    B,
    bought,
    flows,
    little_books,
    rows,
)
from scenarios.vocabulary import Kind, Tier
from simulation.accounting.books import RETAINED, Books
from simulation.accounting.from_payments import Node, Payment, books_from_payments
from simulation.accounting.identities import lm3_lies_between_one_and_three
from simulation.measures.cost import outlay
from simulation.measures.lm3 import contract_rounds, council_rounds, lm3_contract, lm3_council
from simulation.measures.measure import Undefined
from simulation.measures.view import View


def test_lm3_of_the_council_is_one_plus_s2_plus_s2_s3():
    """With s2 = 0.6 and s3 = 0.5 the formula of the literature gives 1.9."""
    view = View(worked_books())

    found = lm3_council(view, "district")

    assert found == pytest.approx(1 + 0.6 + 0.6 * 0.5, abs=1e-12)


def test_staff_of_the_council_count_by_their_take_home_pay():
    """Of 100 paid for staff 80 reaches town homes, which spend 30 % of it in town."""
    view = View(worked_books(payroll=(8000, 10000)))

    found = lm3_council(view, "district")

    r1, r2, r3 = 20_000, 6_000 + 8_000, 3_000 + 2_400
    assert found == pytest.approx((r1 + r2 + r3) / r1, abs=1e-12)


def test_lm3_of_the_contract_starts_from_what_suppliers_are_paid():
    """Of 100 suppliers pay 30 + 10 to town staff, who spend 30 % of it in town."""
    view = View(worked_books())

    found = lm3_contract(view, "district")

    assert found == pytest.approx(1 + 0.4 + 0.4 * 0.3, abs=1e-12)


def with_fees(books: Books, kind: Kind) -> Books:
    """Let the council pay the town's firms half as much again beside prices."""
    paid = (
        (kind, COUNCIL, TOWN_FIRMS, 5_000),
        (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 500),
        (Kind.IMPORT, TOWN_FIRMS, THE_WORLD, 500),
    )
    spent = (
        (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 30),
        (Kind.IMPORT, TOWN_HOMES, THE_WORLD, 60),
        (Kind.COUNCIL_TAX, TOWN_HOMES, GOVERNMENT, 10),
    )
    return Books(books.meta, {**books.tables, "flows": flows(*paid, *spent)})


@pytest.mark.parametrize("kind", [Kind.GAIN_SHARE, Kind.MEMBER_CONTRIBUTION])
def test_gain_shared_and_fees_to_a_club_are_in_the_first_round(kind: Kind):
    """Of 15,000 paid out 6,000 and 5,000 stay, and half of either goes on to town staff."""
    view = View(with_fees(worked_books(), kind))

    council, contract = council_rounds(view, "district"), contract_rounds(view, "district")

    assert (council.r1, council.r2_low) == (15_000, 11_000)
    assert council.r3_low == pytest.approx(3_000 + 2_500)
    assert (contract.r1, contract.r2_low) == (15_000, pytest.approx(4_000 + 2_500))
    assert outlay(view, "all") == pytest.approx(150 * 12)


def test_a_larger_place_keeps_more():
    """In the shire both suppliers are local, and so is what they pay each other's staff."""
    view = View(worked_books())

    rounds = council_rounds(view, "county")

    assert rounds.r2_low == 10_000
    assert rounds.r3_low == pytest.approx(6000 * 0.75 + 4000 * 0.5)


def test_all_stays_where_nothing_leaks():
    """A town that spends all its money in town has an LM3 of 3, in both variants."""
    view = View(
        little_books(
            purchases=bought((A, 500)),
            payroll=rows("payroll"),
            outflows=rows("outflows", (A, Kind.WAGES, TOWN, 10)),
            flows=flows((Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 10)),
        )
    )

    assert lm3_council(view, "district") == lm3_contract(view, "district") == 3.0


def test_nothing_stays_where_all_leaks():
    """A council that buys from outsiders who spend outside has an LM3 of 1, in both variants."""
    view = View(
        little_books(
            purchases=bought((B, 500)),
            payroll=rows("payroll"),
            outflows=rows("outflows", (B, Kind.IMPORT, WORLD, 10)),
            flows=flows((Kind.IMPORT, TOWN_HOMES, THE_WORLD, 10)),
        )
    )

    assert lm3_council(view, "district") == lm3_contract(view, "district") == 1.0


def test_taxes_debts_and_savings_are_not_respent_in_the_place():
    """Rates, interest and repayment leave the rounds although the town's own area is named."""
    view = View(
        little_books(
            purchases=bought((A, 500)),
            payroll=rows("payroll"),
            outflows=rows(
                "outflows",
                (A, RETAINED, TOWN, 1),
                (A, Kind.BUSINESS_RATES, TOWN, 1),
                (A, Kind.INTEREST, TOWN, 1),
                (A, Kind.GROUP_TRANSFER, TOWN, 1),
                (A, Kind.LOAN_REPAID, TOWN, 1),
                (A, Kind.WAGES, TOWN, 5),
            ),
            flows=flows((Kind.INTEREST, TOWN_HOMES, BANK, 1)),
        )
    )

    assert lm3_council(view, "district") == pytest.approx(1 + 1 + 0.5)


def test_a_supplier_that_is_not_followed_spends_as_its_class_does():
    """Without outflows firm A is taken to spend as the town's firms, 20 of 100 on town pay."""
    view = View(
        little_books(
            without=("outflows",),
            purchases=bought((A, 500)),
            payroll=rows("payroll"),
            flows=flows(
                (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 20), (Kind.IMPORT, TOWN_FIRMS, THE_WORLD, 80)
            ),
        )
    )

    assert lm3_council(view, "district") == pytest.approx(1 + 1 + 0.2)


def test_published_payments_give_a_range():
    """Payments alone show R2, and R3 lies between nothing and all of it."""
    tree = [
        Node("uk", "United Kingdom", Tier.UK),
        Node("shire", "Shire", Tier.COUNTY, "uk"),
        Node("town", "Town", Tier.DISTRICT, "shire"),
        Node("rest", "Rest", Tier.DISTRICT, "shire"),
    ]
    books = books_from_payments(
        [
            Payment(2024, 5, "council", "Baker", 3_000, "town"),
            Payment(2024, 6, "council", "Builder", 7_500, "rest"),
            Payment(2024, 6, "council", "Builder", -500, "rest"),
        ],
        tree,
        {"council": "town"},
        focus="town",
    )

    rounds = council_rounds(View(books), "district")

    assert (rounds.low, rounds.high) == (pytest.approx(1.3), pytest.approx(1.6))
    with pytest.raises(
        Undefined, match=r"payroll is not covered; LM3 lies between 1\.00 and 3\.00"
    ):
        lm3_council(View(books), "district")


def test_a_simulated_run_is_compared_on_what_payments_cover():
    """Seen through a payments list, a run gives the same range as the payments would."""
    covered = worked_books(payroll=(8000, 10000)).seen_through(
        frozenset({"areas", "parties", "purchases"})
    )

    rounds = council_rounds(View(covered), "district")

    assert (rounds.low, rounds.high) == (pytest.approx(1.6), pytest.approx(2.2))


def test_nothing_spent_has_no_multiplier():
    """Undefined is a reason, not a number."""
    view = View(little_books(purchases=bought(), payroll=rows("payroll"), flows=flows()))

    with pytest.raises(Undefined, match="no service outlay"):
        lm3_council(view, "district")


pence = st.integers(0, 10**12)


outflow = st.tuples(st.sampled_from([A, B]), st.integers(0, 34), st.integers(0, 4), pence)
payment = st.tuples(st.sampled_from(list(Kind)), st.integers(4, 7), st.integers(0, 7), pence)


@given(st.lists(outflow), st.lists(payment), pence, pence)
def test_lm3_lies_in_its_bounds_whatever_the_books(outflows, payments, to_a, to_b):
    """Both variants stay in [1, 3] for any payments at all."""
    view = View(
        little_books(
            purchases=bought((A, to_a + 1), (B, to_b)),
            payroll=rows("payroll", (BUYER, 0, TOWN_HOMES, to_b, to_b)),
            outflows=rows("outflows", *outflows),
            flows=flows(*payments),
        )
    )
    values = []

    for tier in ("district", "county", "uk", "neighbours", "all"):
        for measure in (lm3_council, lm3_contract):
            try:
                values.append(measure(view, tier))
            except Undefined:
                continue

    assert lm3_lies_between_one_and_three(round(one, 9) for one in values).holds
