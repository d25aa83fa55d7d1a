"""Any district of the four nations as the place, with every other district around it."""

import pytest

from scenarios.from_tables.areas import district_row
from scenarios.from_tables.councils import council_ids
from scenarios.from_tables.extent import UnknownExtentError, all_rows, extent
from scenarios.from_tables.marks import (
    figure_marks,
    nation_notes,
    notes_of_nation,
    published_totals,
)
from scenarios.from_tables.nation_areas import nation_work
from scenarios.read import read_draft, read_scenario
from scenarios.tables import (
    District,
    FormerDistrictError,
    council_spending,
    districts,
    nation_budgets,
    nation_districts,
    nations,
    uk_districts,
)

UK = "tables.districts=uk"
BEYOND = [one.id for one in nation_districts().values()]
"""All 65; the test marked long reads every district of the four nations."""

COUNTS = ("population", "households", "jobs", "workers", "coops", "vcse")
WITHIN = 0.01
"""A built place is held against what is published by so much."""


def read(name):
    """A scenario of one district of the United Kingdom."""
    return read_scenario("wigan", [UK, f"focus={name}"])


@pytest.fixture(scope="module")
def whole():
    """Every district as an area, and the councils."""
    return [row for row in all_rows(extent("uk")) if row["tier"] == "district"]


def totals(rows):
    """Counts and enterprises of some areas."""
    out = {name: sum(row[name] for row in rows) for name in COUNTS}
    bands = rows[0]["enterprises"]
    return out | {band: sum(row["enterprises"][band] for row in rows) for band in bands}


def sound(name, whole):
    """What must hold of a place: read without a fault, the right areas, nobody lost."""
    draft = read_draft("wigan", [UK, f"focus={name}"])
    assert not draft.faults, (name, draft.faults)
    areas = draft.data["areas"]
    leaves = [row for row in areas if "resolution" in row]
    assert [row["id"] for row in leaves if row["resolution"] == "agents"] == [name]
    assert "rest-of-uk" not in {row["id"] for row in areas}
    assert totals(leaves) == totals(whole)
    assert len(draft.data["neighbours"]) == 6
    return draft


@pytest.mark.parametrize("name", BEYOND)
def test_any_district_of_another_nation_may_be_the_place(name, whole):
    """It alone is agents, the rest of its nation an account, and no one is lost or made up."""
    draft = sound(name, whole)

    one = next(d for d in nation_districts().values() if d.id == name)
    by_id = {row["id"]: row for row in draft.data["areas"]}
    county = by_id[by_id[name]["parent"]]
    assert (county["tier"], county["code"]) == ("county", one.itl2)
    assert by_id[county["parent"]]["code"] == nations()[one.nation].code
    assert [buyer["id"] for buyer in draft.data["buyers"]] == [f"{name}-council"]


@pytest.mark.parametrize("name", ["cornwall", "carlisle"])
def test_a_district_of_england_has_the_nations_around_it(name, whole):
    """An old name is no focus; a district near a border has neighbours beyond it."""
    if name == "carlisle":
        assert read_draft("wigan", [UK, f"focus={name}"]).faults
        return
    sound(name, whole)


def test_a_border_is_no_end_of_the_neighbourhood():
    """Northumberland has the Scottish Borders beside it; Monmouthshire the Forest of Dean."""
    assert "scottish-borders" in read("northumberland").neighbours
    assert "forest-of-dean" in read("monmouthshire").neighbours


@pytest.mark.long
def test_every_district_of_the_four_nations_passes_every_check(whole):
    """All 361, one after the other."""
    for one in uk_districts().values():
        sound(one.id, whole)


def test_all_districts_at_once_are_a_scenario():
    """With every detail: 361 areas of agents, and 382 councils."""
    draft = read_draft("england", [UK])

    tiers = [row["tier"] for row in draft.data["areas"]]
    assert not draft.faults
    assert [tiers.count(t) for t in ("district", "county", "region", "uk", "world")] == [
        361, 41, 12, 1, 1,
    ]  # fmt: skip
    assert len(draft.data["buyers"]) == len(council_ids(extent("uk"))) == 361 + 21


def test_england_is_made_as_it_was(whole):
    """With the other nations beside it, a row of an English district is the same."""
    found = {row["code"]: row for row in whole}

    for code, one in districts().items():
        assert found[code] == district_row(one, found[code]["parent"])


def test_a_built_place_is_what_is_published(whole):
    """In all 361 residents, enterprises and, where published, jobs are within 1 %."""
    for row in whole:
        sizes = row["enterprises"]
        built = {
            "population": row["population"],
            "enterprises": sum(sizes.values()),
            "enterprises10": sum(sizes.values()) - sizes["micro"],
            "jobs": row["jobs"],
        }
        known = published_totals(row["code"])
        assert known.keys() == ({*built} if row["code"][0] in "SN" else {*built} - {"jobs"})
        for name, many in known.items():
            assert built[name] == pytest.approx(many, rel=WITHIN), (row["code"], name)


@pytest.mark.parametrize("nation", ["wales", "scotland", "northern-ireland"])
def test_a_nation_has_as_many_residents_in_work_as_jobs(nation):
    """No district has more in work than may be of working age, or nobody could be hired."""
    here = {
        code: w for code, w in nation_work().items() if nation_districts()[code].nation == nation
    }

    assert sum(one.workers for one in here.values()) == sum(one.jobs for one in here.values())
    for code, one in here.items():
        assert one.workers < 0.5 * nation_districts()[code].population
        assert sum(one.sector_mix.values()) == pytest.approx(1, abs=4e-5)


def test_jobs_of_wales_by_sector_are_those_of_the_ons():
    """Over its 22 districts each sector has its share of Wales's jobs."""
    known = nations()["wales"].jobs_2019
    here = [one for code, one in nation_work().items() if code.startswith("W")]

    assert sum(one.jobs for one in here) == sum(known.values())
    for sector, jobs in known.items():
        found = sum(one.jobs * one.sector_mix.get(sector, 0.0) for one in here)
        assert found == pytest.approx(jobs, rel=1e-3, abs=20), sector


def test_a_council_of_belfast_buys_no_care_and_no_roads():
    """It is a district council by kind, and what it buys follows from four services."""
    (belfast,) = read("belfast").buyers

    bought, _ = council_spending(nation_budgets()["N09000003"])
    assert belfast.kind == "district_council"
    assert belfast.budget == {name: float(round(amount)) for name, amount in bought.items()}
    assert not {"homecare", "residential_care", "highways", "childrens_care"} & set(belfast.budget)
    (fife,) = read("fife").buyers
    assert (fife.kind, "residential_care" in fife.budget) == ("unitary_council", True)


def test_what_is_known_of_a_welsh_council_takes_the_place_of_the_estimate():
    """A council of another nation is known by its id, and only with `uk`."""
    known = "tables.budgets.cardiff-council.ict=5000000"

    (cardiff,) = read_scenario("wigan", [UK, "focus=cardiff", known]).buyers

    assert cardiff.budget["ict"] == 5e6
    (fault,) = read_draft("wigan", [known]).faults
    assert "council of England" in fault.wanted


def test_tables_reach_to_england_or_the_united_kingdom():
    """Whatever else is asked for is refused, in a file with its place."""
    (fault,) = read_draft("wigan", ["tables.districts=wales"]).faults

    assert fault.path == "tables.districts"
    with pytest.raises(UnknownExtentError, match="england or uk"):
        extent("wales")


def test_every_figure_of_every_district_has_a_mark(whole):
    """Whatever stands in the row of an area, and each service of its council."""
    ours = {"id", "name", "tier", "parent", "code", "resolution", "income"}
    for row in whole:
        code, marks = row["code"], figure_marks(row["code"])
        assert set(row) - ours <= set(marks), code
        for name, mark in marks.items():
            assert mark.status in ("published", "derived", "inherited"), (code, name)
            assert all((mark.source, mark.step, mark.licence)), (code, name)
        budgets = {marks[name].status for name in marks if name.startswith("budget.")}
        assert budgets == {"published" if code.startswith("E") else "derived"}, code
        one = uk_districts()[code]
        under_a_county = isinstance(one, District) and bool(one.county)
        above = any(name.startswith("county_budget.") for name in marks)
        assert above == under_a_county, code


@pytest.mark.parametrize(
    ("code", "figure", "status"),
    [
        ("E07000123", "tenure", "published"),
        ("E08000010", "tenure", "inherited"),
        ("E06000064", "income.mean", "inherited"),
        ("E06000064", "area_km2", "derived"),
        ("E08000010", "jobs", "derived"),
        ("W06000015", "jobs", "derived"),
        ("S12000049", "jobs", "published"),
        ("N09000003", "jobs", "published"),
        ("N09000003", "sector_mix", "derived"),
        ("N09000011", "income.median", "inherited"),
        ("N09000003", "income.median", "derived"),
        ("S12000049", "households", "derived"),
        ("S12000049", "tenure", "inherited"),
        ("S12000049", "tax", "inherited"),
        ("W06000015", "tax", "published"),
    ],
)
def test_a_mark_says_what_the_figure_is(code, figure, status):
    """Cases that differ within a nation, and between them."""
    assert figure_marks(code)[figure].status == status


def test_who_builds_a_place_in_scotland_is_told_whose_law_it_is():
    """Neither its procurement law nor its income tax is on file; England needs no word."""
    law, tax = nation_notes("glasgow-city")

    assert "procurement" in law
    assert "Scottish income tax" in tax
    assert nation_notes("wigan") == notes_of_nation("lancashire") == ()
    with pytest.raises(FormerDistrictError):
        nation_notes("S12000015")
