"""What each side has month by month, against a town whose payments can be added up by hand."""

import pytest

from experiments.validation.little_town import (
    BANK,
    COUNCIL,
    GOVERNMENT,
    REST,
    REST_FIRMS,
    REST_HOMES,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    little_books,
    rows,
)
from scenarios.vocabulary import Kind
from simulation.measures import by_month
from simulation.measures.view import View

SPRING = (
    (1, Kind.GRANT, GOVERNMENT, COUNCIL, 2_500, 1),
    (1, Kind.PURCHASE, COUNCIL, TOWN_FIRMS, 2_000, 1),
    (1, Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 1_000, 1),
    (1, Kind.WAGES, REST_FIRMS, REST_HOMES, 500, 1),
    (1, Kind.PAYE, TOWN_FIRMS, GOVERNMENT, 600, 1),
    (1, Kind.PAYE, REST_FIRMS, GOVERNMENT, 200, 1),
    (2, Kind.INTERMEDIATE, TOWN_FIRMS, REST_FIRMS, 700, 1),
    (2, Kind.WAGES, COUNCIL, TOWN_HOMES, 300, 1),
    (2, Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 400, 1),
    (2, Kind.SAVING, COUNCIL, BANK, 50, 1),
    (2, Kind.WRITE_OFF, BANK, TOWN_FIRMS, 900, 1),
)
"""Two months with payments, of three that were lived [pence]."""


def town() -> View:
    """The town's books."""
    dues = (
        (1, TOWN_FIRMS, TOWN, Kind.DIVIDEND, 1_100),
        (1, REST_FIRMS, TOWN, Kind.DIVIDEND, 200),
        (1, TOWN_FIRMS, REST, Kind.DIVIDEND, 4_000),
        (2, TOWN_FIRMS, TOWN, Kind.SOCIAL_FUND, 50),
        (2, TOWN_FIRMS, TOWN, Kind.PATRONAGE, 70),
    )
    books = little_books(3, flows=rows("flows", *SPRING), dues=rows("dues", *sorted(dues)))
    return View(books)


@pytest.mark.parametrize(
    ("tier", "pounds"), [("district", {1: 10, 2: 3, 3: 0}), ("county", {1: 15, 2: 3, 3: 0})]
)
def test_pay_is_what_residents_take_home(tier: str, pounds: dict[int, float]) -> None:
    """From firms and council alike; a month without a payment has nothing."""
    assert dict(by_month.pay_by_month(town(), tier)) == pounds


@pytest.mark.parametrize(
    ("tier", "pounds"), [("district", {1: 20, 2: 4, 3: 0}), ("county", {1: 20, 2: 11, 3: 0})]
)
def test_sales_are_what_firms_are_paid_for_goods_and_work(
    tier: str, pounds: dict[int, float]
) -> None:
    """What the rest sells to the town counts in the shire alone; a debt let off is no sale."""
    assert dict(by_month.sales_by_month(town(), tier)) == pounds


def test_profit_is_told_where_its_owners_are() -> None:
    """Owners in town have 11 pounds of its firms and 2 of others; what is not paid out is apart."""
    assert dict(by_month.profit_by_month(town(), "district")) == {1: 13, 2: 0, 3: 0}


def test_a_council_has_what_it_took_in_and_did_not_pay_out() -> None:
    """25 pounds of grant less 20 spent; then 3 of pay. Money put by is still its own."""
    assert dict(by_month.reserves_by_month(town(), "district")) == {1: 5, 2: -3, 3: 0}


def test_the_government_takes_tax_and_gives_grants() -> None:
    """Six pounds of tax from the town and two from the rest, 25 to the council."""
    assert dict(by_month.government_by_month(town(), "district")) == {1: 6 - 25, 2: 0, 3: 0}
    assert dict(by_month.government_by_month(town(), "county")) == {1: 8 - 25, 2: 0, 3: 0}


def test_a_loan_let_off_is_the_lenders_loss() -> None:
    """Nine pounds that a firm of the town did not repay."""
    assert dict(by_month.lenders_by_month(town(), "district")) == {1: 0, 2: -9, 3: 0}


def test_services_are_counted_in_pounds_worth() -> None:
    """1.5 and 2.5 units in the first month, 4 in the second."""
    columns = {"buyer": 0, "policy": 0, "need_milli": 9_000, "quality_ppm": 0, "outlay_pence": 0}
    rest = dict.fromkeys(
        ("payroll_pence", "buyer_process_pence", "bidder_process_pence", "base_pence"), 0
    )
    told = [
        columns | rest | {"month": month, "category": category, "delivered_milli": milli}
        for month, category, milli in ((1, 0, 1_500), (1, 1, 2_500), (2, 0, 4_000))
    ]
    order = (
        "month", "buyer", "category", "policy", "need_milli", "delivered_milli", "quality_ppm",
        "outlay_pence", *rest,
    )  # fmt: skip
    needs = rows("needs", *(tuple(line[name] for name in order) for line in told))

    found = by_month.units_by_month(View(little_books(3, needs=needs)), "all")

    assert dict(found) == {1: 4.0, 2: 4.0, 3: 0.0}
