"""The reference tables add up, keep their codes, and agree with what their publishers printed."""

import hashlib
from math import fsum

import numpy as np
import pytest

from scenarios import tables
from scenarios.read import read_scenario
from scenarios.spec import InlineTechnology
from scenarios.spec.words import category_ids, sector_ids

ROUNDING = 1e-5
"""Six significant digits: no published figure is off by more than this share."""


def digest(names):
    """Fingerprint of names and their order."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def leontief_column_sums(technology):
    """Type I output multipliers."""
    size = technology.A_domestic.shape[0]
    return np.linalg.inv(np.eye(size) - technology.A_domestic).sum(axis=0)


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (sector_ids, "1c99464856c924ca9a5ee963682e0d86ba617cad76c89514cb865b0cf346cea9"),
        (category_ids, "33f15bec445e0313bdb6cc9a3e73b19c423188fb1039217b6f36c13e344903cb"),
    ],
)
def test_codes_never_change(names, known):
    """Sectors and categories keep their names and their order, since Books store the codes."""
    found = digest(names())

    assert found == known


def test_codes_count_from_zero():
    """The code of a row is its place in the table."""
    rows = [*tables.sectors(), *tables.categories()]

    codes = [row.code for row in rows]

    assert codes == [*range(32), *range(24)]


def test_every_division_of_the_classification_has_one_sector():
    """No industry is counted twice and none is left out (SIC 2007 divisions 1 to 98)."""
    gaps = {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}

    divisions = [division for sector in tables.sectors() for division in sector.sic_divisions]

    assert sorted(divisions) == sorted(set(range(1, 99)) - gaps)


def test_each_category_is_supplied_in_full():
    """Shares of the sectors behind a category are shares: none negative, sum 1."""
    shares = tables.category_sectors()

    assert shares.shape == (24, 32)
    assert (shares >= 0).all()
    assert np.abs(shares.sum(axis=1) - 1).max() < 1e-12


def test_those_tender_whose_own_trade_the_service_is():
    """Taxi firms take part of what children's care costs; they do not run it."""
    tenders, shares = tables.tendering_sectors(), tables.category_sectors()
    category, sector = tables.category_code(), tables.sector_code()

    assert not (tenders & (shares == 0.0)).any()
    assert tenders.any(axis=1).all()
    assert ((shares * tenders).sum(axis=1) >= 0.78).all()
    assert not tenders[category["childrens_care"], sector["land_transport"]]
    assert tenders[category["passenger_transport"], sector["land_transport"]]
    assert not tenders[category["catering"], sector["wholesale"]]
    assert tenders[category["food_supplies"], sector["wholesale"]]


def test_threshold_classes_are_those_of_the_law():
    """Every category falls under a threshold that the law names."""
    classes = {category.threshold_class for category in tables.categories()}

    assert classes == {"goods_services", "works", "light_touch"}


def test_each_pound_of_output_is_spent_once():
    """Inputs, imports, taxes, pay and surplus of a sector sum to its output."""
    uk = tables.technology("uk_2019")

    whole = uk.A_domestic.sum(axis=0) + uk.imports + uk.taxes + uk.compensation + uk.surplus

    assert uk.A_domestic.shape == (32, 32)
    assert np.abs(whole - 1).max() < 1e-12
    assert (uk.A_domestic >= 0).all()
    assert (uk.compensation > 0).all()
    assert (uk.jobs > 0).all()
    assert abs(uk.household_final.sum() - 1) < 1e-12
    assert 0.2 < uk.household_imports < 0.3


def test_what_is_sold_is_what_is_made():
    """Sales to industries and to final buyers together are each sector's output."""
    uk = tables.technology("uk_2019")
    output = uk.output_pence / 100

    sold = uk.A_domestic @ output + np.add.reduce(list(tables.final_demand("uk_2019").values()))

    assert np.abs(sold / output - 1).max() < ROUNDING


def test_multipliers_are_those_of_a_large_open_country():
    """Type I multipliers lie where the ONS and the Scottish Government find theirs."""
    uk = tables.technology("uk_2019")

    multipliers = leontief_column_sums(uk)

    assert multipliers.min() > 1.2
    assert multipliers.max() < 2.8
    assert 1.5 < multipliers.mean() < 1.8


def test_tables_cannot_be_written_to():
    """A loaded table is shared by everybody, so nobody may change it."""
    uk = tables.technology("uk_2019")

    with pytest.raises(ValueError, match="read-only"):
        uk.A_domestic[0, 0] = 0.5


def test_a_technology_in_the_scenario_fills_the_same_shape():
    """What a small scenario writes down becomes columns over all sectors, zero elsewhere."""
    village = read_scenario("village").technology
    assert isinstance(village, InlineTechnology)

    small = tables.technology(village)

    whole = small.A_domestic.sum(axis=0) + small.imports + small.taxes
    whole = whole + small.compensation + small.surplus
    named = [tables.sector_code()[name] for name in village.A_domestic]
    assert np.abs(whole[named] - 1).max() < 1e-9
    assert np.delete(whole, named).max() == 0


def test_an_unknown_technology_is_answered_with_the_known_one():
    """The message names what there is."""
    with pytest.raises(tables.UnknownRowError, match="uk_2019"):
        tables.technology("uk_2918")


def test_every_area_has_a_mix_of_jobs():
    """Each area's shares of jobs by sector are shares, and the rare sectors are there too."""
    mixes = np.stack([tables.sector_mix(area) for area in tables.areas()])

    assert mixes.shape == (16, 32)
    assert (mixes > 0).all()
    assert np.abs(mixes.sum(axis=1) - 1).max() < 1e-12


def test_an_unknown_area_is_answered_with_the_nearest():
    """A slip of the pen gets the name that was meant."""
    with pytest.raises(tables.UnknownRowError, match="preston"):
        tables.sector_mix("prestan")


def test_districts_sum_to_the_published_totals():
    """The 14 districts keep the population and the workplaces published for Lancashire."""
    areas = list(tables.areas().values())[:14]

    population = fsum(area.figures["population_2012"] for area in areas)
    workplaces = fsum(area.figures["workplace_population_2011"] for area in areas)
    workers = fsum(area.figures["workers_2012"] for area in areas)

    assert abs(population - 1_465_418) < 20
    assert workplaces == 652_000
    assert abs(workers - 1_067_360 * 0.626) < 20


def test_size_bands_sum_to_the_published_total():
    """Business Population Estimates 2025: 5,690,265 businesses and 28.1 million jobs."""
    bands = tables.size_bands()

    businesses = sum(band.businesses for band in bands)
    jobs = sum(band.jobs for band in bands)

    assert businesses == 5_690_265
    assert jobs == 28_128_000


@pytest.mark.parametrize(
    ("year", "month", "law", "pounds"),
    [
        (2012, 4, "PCR 2006", 173_934),
        (2015, 3, "PCR 2015", 172_514),
        (2025, 3, "PA 2023", 179_086),
        (2026, 2, "PA 2023", 173_100),
    ],
)
def test_the_threshold_is_that_of_the_date(year, month, law, pounds):
    """Law and threshold for goods and services follow the calendar, VAT left out."""
    found = tables.thresholds(year, month)

    assert found.law == law
    assert found.of("goods_services") // 100 == pounds


def test_services_to_people_need_no_tender_under_the_law_of_2006():
    """Part B services came under a light regime only with the 2015 regulations."""
    before, after = tables.thresholds(2012, 4), tables.thresholds(2016, 1)

    assert not before.light_touch_tender
    assert after.light_touch_tender


def test_both_tax_years_know_the_same_things():
    """A scenario of one year finds every rate that one of the other year finds."""
    old, new = tables.tax_year("2012-13"), tables.tax_year("2024-25")

    assert set(old.values) == set(new.values)
    assert old["personal_allowance"] == 8105
    assert new["personal_allowance"] == 12570


def test_an_unknown_rate_is_refused():
    """Nobody reads a zero where a name is misspelt."""
    with pytest.raises(tables.UnknownRowError, match="vat_standard_rate"):
        tables.tax_year("2012-13")["vat_standard"]


def test_preston_adds_up():
    """Six anchors spend GBP 750m; residents in work and jobs agree with the commuters, by area."""
    preston = read_scenario("preston-2012")
    leaves = [area for area in preston.leaves() if area.tier != "world"]

    spend = fsum(pounds for buyer in preston.buyers for pounds in buyer.budget.values())
    homes = {area.id: 0 for area in leaves}
    works = {area.id: 0 for area in leaves}
    for flow in preston.commuting:
        homes[flow.home] += flow.people
        works[flow.work] += flow.people

    assert spend == 750_000_000
    assert len(preston.buyers) == 6
    assert homes == {area.id: area.workers for area in leaves}
    assert works == {area.id: area.jobs for area in leaves}


def test_preston_is_made_of_its_tables():
    """Population, households, enterprises and income of the file are those of the area table."""
    preston = read_scenario("preston-2012")
    known = tables.areas()

    for area in preston.leaves():
        if area.tier == "world":
            continue
        figures = known[area.id].figures
        assert area.population == figures["population_2012"]
        assert area.households == figures["households_2012"]
        assert area.enterprises is not None
        assert area.enterprises.micro == figures["micro_2012"]
        assert area.income is not None
        assert area.income.mean == figures["income_mean_2012"]


def test_chains_leave_room_for_others():
    """Branches of outside groups hold a part of an area's jobs in a sector, never all."""
    preston = read_scenario("preston-2012")
    jobs = {area.id: area.jobs or 0 for area in preston.leaves()}
    held: dict[tuple[str, str], int] = {}
    for chain in preston.chains:
        for branch in chain.branches:
            held[branch, chain.sector] = held.get((branch, chain.sector), 0) + (chain.jobs or 0)

    for (area, sector), count in held.items():
        whole = jobs[area] * tables.sector_mix(area)[tables.sector_code()[sector]]

        assert count < whole, f"{sector} in {area}: {count} of {whole:.0f} jobs"
