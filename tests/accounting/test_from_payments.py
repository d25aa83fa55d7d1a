"""Published payments become books that know what they do not know."""

import pytest

from scenarios.vocabulary import Tier
from simulation.accounting.from_payments import (
    COVERAGE,
    Node,
    Payment,
    PaymentsError,
    books_from_payments,
)
from simulation.measures.measure import Undefined
from simulation.measures.procurement import local_share, share_of
from simulation.measures.view import View

TREE = [
    Node("shire", "Shire", Tier.COUNTY),
    Node("town", "Town", Tier.DISTRICT, "shire"),
    Node("rest", "Rest", Tier.DISTRICT, "shire", neighbour=True),
]
BUYERS = {"council": "town"}


def make(*payments: Payment):
    """Books of the town council's payments."""
    return books_from_payments(payments, TREE, BUYERS, focus="town")


def test_payments_are_summed_by_month_supplier_and_category():
    """Credit notes count against what was paid; months run from the first payment."""
    books = make(
        Payment(2023, 12, "council", "Baker", 500, "town", "catering"),
        Payment(2024, 2, "council", "Baker", 900, "town", "catering"),
        Payment(2024, 2, "council", "Baker", -100, "town", "catering"),
        Payment(2024, 2, "council", "Agency", 300),
    )
    bought = books.tables["purchases"]

    assert bought["month"].tolist() == [1, 3, 3]
    assert bought["pence"].tolist() == [500, 300, 800]
    assert bought["category"].tolist() == [0, -1, 0]
    assert (books.meta.start_year, books.meta.start_month, books.meta.months) == (2023, 12, 3)
    assert books.meta.coverage == COVERAGE


def test_suppliers_of_unknown_place_are_left_out_of_shares():
    """Of 800 whose place is known 600 is local; the 9000 elsewhere-or-not is not guessed."""
    view = View(
        make(
            Payment(2024, 1, "council", "Baker", 600, "town"),
            Payment(2024, 1, "council", "Mason", 200, "rest"),
            Payment(2024, 1, "council", "Agency", 9_000),
        )
    )

    assert local_share("area")(view, "district") == pytest.approx(0.75)
    assert local_share("area")(view, "neighbours") == pytest.approx(0.25)


def test_owners_and_sizes_are_unknown_not_none():
    """A payments list does not say who owns a supplier or how large it is."""
    view = View(make(Payment(2024, 1, "council", "Baker", 600, "town")))

    with pytest.raises(Undefined):
        local_share("owner_area")(view, "district")
    with pytest.raises(Undefined):
        share_of("owner_kind", (3,))(view, "all")


def test_a_place_told_once_is_kept():
    """A later payment without an address does not move the supplier."""
    books = make(
        Payment(2024, 1, "council", "Baker", 600, "rest"), Payment(2024, 2, "council", "Baker", 1)
    )

    assert books.tables["parties"]["area"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("payments", "complaint"),
    [
        ([], "no payments"),
        ([Payment(2024, 1, "crown", "Baker", 1)], "names buyer 'crown'"),
        ([Payment(2024, 1, "council", "Baker", 1, "moon")], "area 'moon'"),
    ],
)
def test_payments_that_fit_no_place_are_refused(payments, complaint):
    """The message says what was found and what was wanted."""
    with pytest.raises(PaymentsError, match=complaint):
        make(*payments)
