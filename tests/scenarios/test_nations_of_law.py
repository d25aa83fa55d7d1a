"""Money, taxes and law are data of the nation that a scenario names."""

import markupsafe
import pytest

from scenarios import tables
from scenarios.read import read_scenario
from simulation.economy.tax_law import law_of, tax_year_of
from tests.scenarios.village_text import one_fault, spoilt

APRIL_2019 = 2019 * 12 + 3
CENTS = 100
ROUNDED = 2.0
"""Rates are kept in 65536ths, and bands in whole cents a month [USD a year]."""


def test_who_names_no_nation_lives_in_the_uk() -> None:
    """Files written before nations were data say what they said."""
    assert read_scenario("village").nation == tables.HOME


def test_money_of_another_nation_is_refused_with_the_nations_own() -> None:
    """A law written in pounds cannot be read in dollars."""
    fault = one_fault(spoilt('currency = "GBP"', 'currency = "USD"'))

    assert fault.path == "currency"
    assert "GBP, the money of nation uk" in fault.wanted


def test_an_unknown_nation_is_refused() -> None:
    """Whose law it is must be on file."""
    fault = one_fault(spoilt("\nstart =", '\nnation = "atlantis"\nstart ='))

    assert '"atlantis"' in fault.found
    assert "countries.csv" in fault.wanted


def test_taxes_on_earnings_in_cleveland_are_federal_state_city_and_fica() -> None:
    """Fifty thousand dollars a year, by hand: each tax has its bands, and they add up."""
    law = tax_year_of(APRIL_2019, "us").law
    federal = 0.10 * 9_700 + 0.12 * (50_000 - 12_200 - 9_700)
    state = 0.0285 * (43_450 - 21_750) + 0.03326 * (50_000 - 43_450)
    by_hand = federal + state + 50_000 * (0.025 + 0.0765)

    floors = [*(int(floor) for floor in law.floors if floor < 50_000 * CENTS / 12)]
    tops = [*floors[1:], round(50_000 * CENTS / 12)]
    taken = sum(
        (top - floor) * rate / 65536
        for floor, top, rate in zip(floors, tops, law.rates.tolist(), strict=False)
    )

    assert taken * 12 / CENTS == pytest.approx(by_hand, abs=ROUNDED)


def test_an_american_tax_year_begins_in_january() -> None:
    """The month in which a tax year begins is data, too: April in the UK."""
    assert law_of(2019 * 12, "us").name == "2019"
    assert law_of(2024 * 12 + 2).name == "2012-13"
    assert law_of(2024 * 12 + 3).name == "2024-25"


@pytest.mark.parametrize(
    ("date", "dollars"), [((2019, 4), 50_000), ((2023, 12), 75_000), ((2025, 1), 77_250)]
)
def test_the_amount_for_competitive_bidding_in_ohio_is_that_of_the_date(
    date: tuple[int, int], dollars: int
) -> None:
    """Ohio Revised Code 9.17: 75,000 dollars from October 2023, 3 % more each year from 2025."""
    assert tables.thresholds(*date, "us").of("goods_services") == dollars * CENTS


def test_what_is_said_to_british_readers_is_not_changed() -> None:
    """The home nation has no other words."""
    text = "43p of each £1 that councils pay in council tax, GBP 5, in the UK"

    assert tables.country("uk").say(text) == text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("43p of each £1", "43¢ of each $1"),
        ("GBP per GBP", "USD per USD"),
        ("a council tax bill of £1.2m", "a property tax bill of $1.2m"),
        ("at a Real Living Wage", "at a living wage"),
        ('<g id="pound-3" class="lm3_council">', '<g id="pound-3" class="lm3_council">'),
        ('href="data:text/csv;base64,3p/GBP+"', 'href="data:text/csv;base64,3p/GBP+"'),
        ("12px and 3pt", "12px and 3pt"),
    ],
)
def test_americans_are_told_of_dollars_and_cents(written: str, said: str) -> None:
    """Money and words change, names of elements and files within a page do not."""
    assert tables.country("us").say(written) == said


def test_words_over_the_end_of_a_line_are_the_same_words() -> None:
    """Templates break their lines anywhere."""
    assert tables.country("us").say("staff of the\ncouncil") == "staff of the local government"


@pytest.mark.parametrize("name", ["Pride & the council's Ltd", 'Save "each pound"', "£5 a head"])
def test_what_others_wrote_stays_in_their_words(name: str) -> None:
    """A firm keeps its name, marked up or not, where our own words around it change."""
    say = tables.country("us").say

    for written in (name, str(markupsafe.escape(name))):
        assert say(f"the council paid {written} £5 of each pound", [name]) == (
            f"the local government paid {written} $5 of each dollar"
        )
    assert say(f"the council paid {name}") != say(f"the council paid {name}", [name])


def test_names_by_which_parts_of_a_page_find_one_another_stay() -> None:
    """Were one changed and the other not, a link would lead nowhere."""
    page = '<h2 id="pounds">pounds</h2><a href="#pounds" class="pence">'

    assert tables.country("us").say(page) == page.replace(">pounds", ">dollars")


def test_a_unit_tells_its_sign() -> None:
    """Amounts have the sign of their money; other units have none."""
    assert [tables.symbol_of(unit) for unit in ("USD a year", "GBP", "jobs")] == ["$", "£", ""]
