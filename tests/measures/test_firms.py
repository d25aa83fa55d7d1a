"""Births and deaths as a business register tells them, and what leaks out of care by owner."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.validation.little_town import (
    BANK,
    GOVERNMENT,
    REST,
    REST_FIRMS,
    REST_HOMES,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    flows,
    little_books,
    rows,
)
from scenarios.tables import sector_code
from scenarios.vocabulary import Kind, OwnerKind
from simulation.accounting.books import Books
from simulation.measures.firms import care_leakage, rate_of
from simulation.measures.measure import Undefined
from simulation.measures.view import View


def test_rates_are_of_all_that_traded_at_any_time_in_the_year() -> None:
    """Ninety firms each month, one opens a month: twelve of 102. Firms next door do not count."""
    months = range(1, 13)
    here = [(month, TOWN, 90, 1, int(month <= 6)) for month in months]
    books = little_books(
        months=12, firms=rows("firms", *here, *((month, REST, 7, 7, 7) for month in months))
    )

    assert rate_of("opened")(View(books), "district") == pytest.approx(100 * 12 / 102)
    assert rate_of("closed")(View(books), "district") == pytest.approx(100 * 6 / 102)


def test_two_years_are_told_as_one() -> None:
    """Rates are a year's, however long the window is."""
    lines = [(month, TOWN, 90, 1, 1) for month in range(1, 25)]
    books = little_books(months=24, firms=rows("firms", *lines))

    assert rate_of("closed")(View(books), "district") == pytest.approx(100 * 12 / 102)


def test_a_place_without_firms_has_no_rate() -> None:
    """Nothing is divided by nothing."""
    books = little_books(firms=rows("firms", (1, REST, 7, 0, 0)))

    with pytest.raises(Undefined, match="no firm traded"):
        rate_of("opened")(View(books), "district")


def caring_town(owner: OwnerKind = OwnerKind.LOCAL) -> Books:
    """The town's firms sell care for 1,000 and owe 80 of it to owners, landlords and lenders."""
    books = little_books(
        flows=flows(
            (Kind.PURCHASE, GOVERNMENT, TOWN_FIRMS, 700),
            (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 300),
            (Kind.GRANT, GOVERNMENT, TOWN_FIRMS, 5_000),
            (Kind.INTEREST, TOWN_FIRMS, BANK, 10),
            (Kind.CORPORATION_TAX, TOWN_FIRMS, GOVERNMENT, 5),
            (Kind.COMMERCIAL_RENT, TOWN_FIRMS, TOWN_HOMES, 25),
            (Kind.CONSUMPTION, REST_HOMES, REST_FIRMS, 400),
        ),
        dues=rows(
            "dues",
            (TOWN_FIRMS, TOWN, Kind.DIVIDEND, 30),
            (TOWN_FIRMS, REST, Kind.DIVIDEND, 10),
            (TOWN_FIRMS, TOWN, Kind.RENT, 25),
            (TOWN_FIRMS, TOWN, Kind.BUSINESS_RATES, 900),
            (REST_FIRMS, REST, Kind.DIVIDEND, 400),
        ),
    )
    classes = dict(books.tables["classes"])
    firms = np.isin(classes["klass"], (TOWN_FIRMS, REST_FIRMS))
    classes["sector"] = np.where(firms, sector_code()["social_care"], classes["sector"])
    classes["owner_kind"] = np.where(firms, np.int8(owner), classes["owner_kind"])
    return replace(books, tables={**books.tables, "classes": classes})


def test_rent_interest_and_profit_before_tax_leak() -> None:
    """40 of profit, 5 of tax on it, 25 of rent and 10 of interest, of 1,000 that was sold."""
    found = care_leakage(OwnerKind.LOCAL)(View(caring_town()), "district")

    assert found == pytest.approx(0.08)


def test_leakage_is_told_by_owner() -> None:
    """Where all firms belong to outsiders there is none of local ones."""
    view = View(caring_town(OwnerKind.OUTSIDE))

    assert care_leakage(OwnerKind.OUTSIDE)(view, "district") == pytest.approx(0.08)
    with pytest.raises(Undefined, match="no such firm"):
        care_leakage(OwnerKind.LOCAL)(view, "district")
