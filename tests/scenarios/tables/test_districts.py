"""The districts of England are all there, once each, under their councils, and sum to England."""

from math import fsum

import numpy as np
import pytest

from scenarios import tables

POPULATION_2023 = 57_690_323
POPULATION_2024 = 58_620_101
"""ONS mid-year estimates for England."""

HOUSEHOLDS_2021 = 23_436_079
"""Sum of the 309 cells of TS041; ONS prints 23,436,085, since each cell is perturbed by itself."""

ENTERPRISES_2022 = {
    "active_2022": 2_581_080,
    "active10_2022": 251_495,
    "births_2022": 300_580,
    "deaths_2022": 308_900,
}
VALUE_ADDED_2022 = 1_940_267
"""GBP million, England (ONS Table 1); industries of 133 areas, each rounded, come near it."""

ROUNDING = 0.5 * 133
"""GBP million: half a million in each area, were every rounding to fall to one side."""

LAND_KM2 = 130_310
LAND_ROUNDING = 0.005
"""Boundaries are generalised and end at the mean high water, so areas differ a little."""

EASTINGS = (80_000, 660_000)
NORTHINGS = (5_000, 660_000)
LANCASHIRE = {
    "Burnley",
    "Chorley",
    "Fylde",
    "Hyndburn",
    "Lancaster",
    "Pendle",
    "Preston",
    "Ribble Valley",
    "Rossendale",
    "South Ribble",
    "West Lancashire",
    "Wyre",
}
NO_INCOME = {
    "Cumberland",
    "Isles of Scilly",
    "North Yorkshire",
    "Somerset",
    "Torbay",
    "Westmorland and Furness",
}


def every_district():
    """All rows of the table."""
    return list(tables.districts().values())


def total(column):
    """Sum of one column over England."""
    return sum(getattr(row, column) for row in every_district())


def names_of(rows):
    """Names of some districts."""
    return {row.name for row in rows}


def kinds_of(rows):
    """Count rows by kind."""
    kinds = [row.kind for row in rows]
    return {kind: kinds.count(kind) for kind in kinds}


def test_every_district_is_there_once():
    """296 lower-tier authorities, each with a code, an id and a name of its own."""
    rows = every_district()

    assert len(rows) == 296
    assert len({row.code for row in rows}) == 296
    assert len({row.id for row in rows}) == 296
    assert len({row.name for row in rows}) == 296
    assert kinds_of(rows) == {
        "district": 164,
        "unitary": 63,
        "metropolitan": 36,
        "london_borough": 33,
    }


def test_councils_above_are_those_of_england():
    """21 county councils, 10 combined authorities, Greater London and 9 regions, none empty."""
    parents = list(tables.parents().values())

    assert kinds_of(parents) == {"county": 21, "combined": 10, "greater_london": 1, "region": 9}
    assert all(tables.below(parent.code) for parent in parents)


def test_only_districts_lie_under_a_county_council():
    """The 164 districts have one; unitary, metropolitan and London authorities have none."""
    for row in every_district():
        assert (row.county != "") == (row.kind == "district"), row.name
        assert tables.parents()[row.region].kind == "region"


def test_lancashire_keeps_its_twelve():
    """Twelve districts under the county council; Blackburn and Blackpool stand alone."""
    county = next(p for p in tables.parents().values() if p.name == "Lancashire")

    assert county.kind == "county"
    assert names_of(tables.below(county.code)) == LANCASHIRE
    assert tables.district("Blackburn with Darwen").kind == "unitary"
    assert tables.district("Blackpool").kind == "unitary"


def test_districts_sum_to_england():
    """People, homes and enterprises are those that the publishers print for England."""
    assert total("population_2023") == POPULATION_2023
    assert total("population_2024") == POPULATION_2024
    assert total("households_2021") == HOUSEHOLDS_2021
    assert {column: total(column) for column in ENTERPRISES_2022} == ENTERPRISES_2022
    assert abs(total("area_km2") / LAND_KM2 - 1) < LAND_ROUNDING


def test_value_added_sums_to_england():
    """What was shared among districts is what England made in 2022."""
    made = tables.values_added()

    assert made.shape == (296, len(tables.sector_groups()))
    assert abs(made.sum() - VALUE_ADDED_2022) < ROUNDING
    assert fsum(tables.value_added("Preston").tolist()) < made.sum() / 100


def test_no_figure_is_negative_and_parts_fit_into_wholes():
    """Nobody counts fewer than none, and no part is above its whole."""
    for row in every_district():
        assert 0 < row.working_age_2023 < row.population_2023
        assert 0 < row.households_2021 < row.population_2023
        assert 0 < row.households_2024 < row.population_2024
        assert 0 < row.active10_2022 < row.active_2022
        assert 0 < row.births_2022 < row.active_2022
        assert 0 < row.deaths_2022 < row.active_2022
        assert row.area_km2 > 0
    assert (tables.values_added() >= 0).all()


def test_every_centroid_lies_in_england():
    """Metres of the National Grid, not degrees and not kilometres, and not swapped."""
    for row in every_district():
        assert EASTINGS[0] < row.easting_m < EASTINGS[1], row.name
        assert NORTHINGS[0] < row.northing_m < NORTHINGS[1], row.name
    berwick, penzance = tables.district("Northumberland"), tables.district("Cornwall")
    assert berwick.northing_m > 500_000 > 100_000 > penzance.northing_m


def test_households_grew_with_the_people():
    """Between 2021 and 2024 no district gained or lost a seventh of its households."""
    for row in every_district():
        assert 0.95 < row.households_2024 / row.households_2021 < 1.14, row.name


def test_what_no_table_gives_is_unknown():
    """Six districts have no income and two no pay; weekly pay is known in the north alone."""
    rows = every_district()
    northern = {"North East", "North West", "Yorkshire and The Humber"}

    assert names_of(r for r in rows if r.income_mean_2022 is None) == NO_INCOME
    assert names_of(r for r in rows if r.taxpayers_2022 is None) == NO_INCOME
    assert names_of(r for r in rows if r.pay_median_2024 is None) == {
        "City of London",
        "Isles of Scilly",
    }
    known = [row for row in rows if row.weekly_pay_mean_2023 is not None]
    assert {tables.parents()[row.region].name for row in known} == northern


def test_published_figures_of_preston_are_kept():
    """Figures that the design quotes from the publishers stand in the table."""
    preston = tables.district("preston")

    assert preston.code == "E07000123"
    assert preston.population_2024 == 162_864
    assert preston.households_2021 == 59_607
    assert (preston.active_2022, preston.active10_2022) == (6290, 680)
    assert (preston.births_2022, preston.deaths_2022) == (855, 785)
    assert (preston.income_mean_2022, preston.income_median_2022) == (31_200, 24_700)
    assert (preston.pay_median_2024, preston.pay_error_2024) == (28_812, 8.0)


def test_districts_agree_with_the_table_of_lancashire():
    """Where both tables know a figure, they know the same."""
    districts = {row.code: row for row in every_district()}

    for area in list(tables.areas().values())[:14]:
        row = districts[area.code]
        assert row.id == area.area
        assert row.name == area.name
        assert row.population_2023 == area.figures["population_mid_year"]
        assert row.households_2021 == area.figures["households_2021"]
        assert row.income_mean_2022 == area.figures["income_mean_2022"]


@pytest.mark.parametrize(
    "name", ["E06000023", "bristol", "Bristol", " BRISTOL ", "Bristol, City of"]
)
def test_a_district_answers_to_code_id_and_name(name):
    """However it is written, Bristol is found."""
    assert tables.district(name).code == "E06000023"


def test_a_mistyped_district_is_answered_with_the_nearest():
    """A slip of the pen gets the name that was meant."""
    with pytest.raises(tables.UnknownRowError, match="Did you mean `Preston`"):
        tables.district("Prestan")


@pytest.mark.parametrize("name", ["Harrogate", "E07000165"])
def test_a_district_that_is_no_more_says_where_it_lies(name):
    """Who asks for Harrogate is sent to North Yorkshire."""
    with pytest.raises(tables.FormerDistrictError, match="North Yorkshire"):
        tables.district(name)


def test_chains_of_joinings_are_followed_to_their_end():
    """Taunton Deane became part of Somerset West and Taunton, and that of Somerset."""
    formers = tables.former_districts()

    assert len([f for f in formers.values() if f.ended == 2023]) == 17
    assert formers["E07000190"].ended == 2019
    assert formers["E07000190"].district == tables.district("Somerset").code
    assert all(former.district in tables.districts() for former in formers.values())
    assert not formers.keys() & tables.districts().keys()


def test_an_unknown_parent_is_refused():
    """Nobody gets an empty county for a wrong code."""
    with pytest.raises(tables.UnknownRowError, match="districts_parents"):
        tables.below("E10000099")


def test_every_sector_is_in_one_group():
    """Groups part the 32 sectors; imputed rent is a group without any."""
    groups = tables.sector_groups()

    grouped = [sector for group in groups for sector in group.sectors]
    assert sorted(grouped) == sorted(tables.sector_code())
    assert [group.group for group in groups if not group.sectors] == ["imputed_rent"]
    assert {group.follows for group in groups} == {"enterprises", "households"}


def test_every_council_has_a_budget():
    """296 lower-tier and 21 county councils; what earns money is netted, not forgotten."""
    counties = {p.code for p in tables.parents().values() if p.kind == "county"}
    budgets = tables.council_budgets()

    assert budgets.keys() == tables.districts().keys() | counties
    for budget in budgets.values():
        assert 0 < budget.net_thousand <= budget.outlay_thousand
    preston, woking = budgets["E07000123"], budgets[tables.district("Woking").code]
    assert preston.net_thousand == preston.outlay_thousand == 32_466
    assert (woking.net_thousand, woking.outlay_thousand) == (14_997, 25_104)


def test_tables_of_districts_cannot_be_written_to():
    """A loaded table is shared by everybody, so nobody may change it."""
    with pytest.raises(AttributeError):
        tables.district("Preston").population_2024 = 0
    with pytest.raises(ValueError, match="read-only"):
        tables.values_added()[0, 0] = 1.0
    assert np.isfinite(tables.values_added()).all()
