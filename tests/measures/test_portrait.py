"""Where a service pound goes in two rounds, against arithmetic done by hand."""

import pytest

from experiments.validation.examples import worked_books
from experiments.validation.little_town import TOWN, A, B, bought, little_books, rows
from scenarios.vocabulary import Kind
from simulation.measures.portrait import PARTS, portrait
from simulation.measures.view import View


def parts(**named: float) -> dict[str, float]:
    """All eight parts, nothing where none is named."""
    return dict.fromkeys(PARTS, 0.0) | named


def test_a_pound_of_staff_and_suppliers_in_its_parts() -> None:
    """100 pounds for staff, of which 80 are taken home in town; 60 for A and 40 for B.

    A passes on 15 to the rest of the shire, 30 to town staff and 15 in tax; B keeps 20 as profit
    elsewhere and pays 10 to staff in town and as much elsewhere.
    """
    found = portrait(View(worked_books(payroll=(8_000, 10_000))), "district")

    assert found == pytest.approx(
        parts(
            residents_pay=(80 + 30 + 10) / 200,
            outside_pay=10 / 200,
            outside_suppliers=15 / 200,
            outside_profit=20 / 200,
            tax=(20 + 15) / 200,
        )
    )


def test_in_a_larger_place_less_of_it_is_elsewhere() -> None:
    """In the shire the rest's suppliers, staff and profits are local."""
    found = portrait(View(worked_books(payroll=(8_000, 10_000))), "county")

    assert found == pytest.approx(
        parts(
            residents_pay=(80 + 30 + 20) / 200,
            local_suppliers=15 / 200,
            local_profit=20 / 200,
            tax=(20 + 15) / 200,
        )
    )


def test_what_is_put_by_or_repaid_is_kept_and_what_is_handed_back_stands_with_tax() -> None:
    """Of A's ten pounds in town: rent, interest, a dividend, a loan repaid, and a refund."""
    books = little_books(
        purchases=bought((A, 1_000)),
        payroll=rows("payroll"),
        outflows=rows(
            "outflows",
            (A, Kind.INTERMEDIATE, TOWN, 2),
            (A, Kind.INTEREST, TOWN, 1),
            (A, Kind.DIVIDEND, TOWN, 3),
            (A, Kind.LOAN_REPAID, TOWN, 2),
            (A, Kind.REFUND, TOWN, 2),
        ),
    )

    found = portrait(View(books), "district")

    assert found == pytest.approx(parts(local_suppliers=0.3, local_profit=0.3, kept=0.2, tax=0.2))


def test_who_cannot_be_followed_is_counted_where_it_is_based() -> None:
    """Nothing is known of what A of the town and B of the rest do with their money."""
    books = little_books(
        without=("outflows", "flows"),
        purchases=bought((A, 600), (B, 400)),
        payroll=rows("payroll"),
    )

    found = portrait(View(books), "district")

    assert found == pytest.approx(parts(local_suppliers=0.6, outside_suppliers=0.4))
