"""Carbon, imports, homes and who has a say, on books that one can follow on paper."""

from dataclasses import replace

import pytest

from experiments.validation.little_town import (
    BUYER,
    REST_FIRMS,
    REST_HOMES,
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
from scenarios.tables import carbon_factors, sector_code, sectors
from scenarios.vocabulary import Kind
from simulation.accounting.books import SCHEMAS, Form, table
from simulation.measures import doughnut
from simulation.measures.measure import Undefined
from simulation.measures.view import View

FARMING = carbon_factors()[0]
"""The firms of the little town are all in the first sector."""
YEAR = 12


def test_every_sector_has_a_factor_and_services_emit_less_than_energy() -> None:
    """A pound of care weighs a tenth of a pound of electricity and gas."""
    factors, code = carbon_factors(), sector_code()

    assert factors.size == len(sectors())
    assert (factors > 0.0).all()
    assert factors[code["social_care"]] < factors[code["energy"]] / 5.0
    assert factors[code["construction"]] == pytest.approx(0.30, abs=0.05)


def test_purchases_weigh_by_the_suppliers_sector() -> None:
    """100 pounds a month from farms, whatever firm: a year's tonnes."""
    view = View(little_books(purchases=bought((A, 3_000), (B, 7_000))))

    tonnes = doughnut.carbon_of_purchases(view, "all")

    assert tonnes == pytest.approx(100 * FARMING * YEAR / 1_000)


def test_what_is_delivered_well_weighs_less_a_unit() -> None:
    """50 units at quality 0.8 for 100 pounds."""
    need = (BUYER, 0, 0, 60_000, 50_000, 800_000, 10_000, 0, 0, 0, 0)
    books = little_books(purchases=bought((A, 10_000)), needs=rows("needs", need))

    each = doughnut.carbon_per_unit(View(books), "all")

    assert each == pytest.approx(100 * FARMING / 40)


def test_a_pounds_carbon_is_not_told_of_a_dollar() -> None:
    """Factors are of one money; in books of another the answer is a gap, with its reason."""
    books = little_books(purchases=bought((A, 3_000)))
    abroad = replace(books, meta=replace(books.meta, currency="USD"))

    with pytest.raises(Undefined, match="per USD"):
        doughnut.carbon_of_purchases(View(abroad), "all")


def test_residents_answer_for_what_they_buy_and_imports_count_as_manufactures() -> None:
    """The town's homes buy here and abroad; what the homes next door buy is not theirs."""
    spent = flows(
        (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 20_000),
        (Kind.CONSUMPTION, TOWN_HOMES, THE_WORLD, 10_000),
        (Kind.CONSUMPTION, REST_HOMES, REST_FIRMS, 90_000),
        (Kind.RENT, TOWN_HOMES, REST_HOMES, 50_000),
    )
    made = carbon_factors()[sector_code()["manufacturing"]]

    tonnes = doughnut.carbon_of_residents(View(little_books(flows=spent)), "district")

    assert tonnes == pytest.approx((200 * FARMING + 100 * made) * YEAR / 1_000)


def test_only_inputs_bought_abroad_are_imports() -> None:
    """A quarter of inputs comes from the world; wages are no inputs."""
    paid = rows(
        "outflows", (A, Kind.INTERMEDIATE, TOWN, 300), (A, Kind.INTERMEDIATE, WORLD, 100),
        (A, Kind.WAGES, TOWN, 500),
    )  # fmt: skip

    assert doughnut.imported_share(View(little_books(outflows=paid)), "all") == 0.25


def test_homes_are_held_against_income_before_them() -> None:
    """Of 1,000 pounds of pay 300 go on rent and 100 on interest."""
    paid = flows(
        (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 100_000),
        (Kind.RENT, TOWN_HOMES, REST_HOMES, 30_000),
        (Kind.MORTGAGE_INTEREST, TOWN_HOMES, 2, 10_000),
    )

    share = doughnut.housing_cost_share(View(little_books(flows=paid)), "district")

    assert share == pytest.approx(0.4)


def test_staff_members_and_memberships_have_a_say() -> None:
    """100 of own staff and 200 bought in a membership, of 600 in all."""
    columns = {name: [0, 0] for name in SCHEMAS["arrangements"].columns}
    forms = {"arrangement": [0, 1], "form": [Form.CONTRACT, Form.MEMBERSHIP], "supplier": [A, B]}
    memberships = table("arrangements", **columns | forms)
    purchases = rows(
        "purchases", (BUYER, A, 0, 0, 0, 30_000), (BUYER, B, 0, 0, 1, 20_000)
    )  # fmt: skip
    staff = rows("payroll", (BUYER, 0, TOWN_HOMES, 8_000, 10_000))
    books = little_books(purchases=purchases, payroll=staff, arrangements=memberships)

    assert doughnut.voice_share(View(books), "all") == pytest.approx(0.5)


def test_what_the_books_do_not_cover_is_not_zero() -> None:
    """Without outflows nobody knows what was imported."""
    with pytest.raises(Undefined):
        doughnut.imported_share(View(little_books()), "all")
