"""One district at full scale, with the country around it in sums, made from the tables."""

import random
from pathlib import Path

import pytest

from scenarios.errors import ScenarioError
from scenarios.from_tables.apart import Spot, apart_km
from scenarios.read import draft_from_text, read_draft, read_scenario
from scenarios.spec import Area, Scenario
from scenarios.tables import council_budgets, council_spending, districts, itl2_areas

PLACES = ("oxford", "plymouth", "preston-2024", "tameside", "wigan")
EACH = 25
"""Districts drawn for the tests that hold for any; all 296 take half a minute."""

DRAWN = random.Random(4).sample([one.id for one in districts().values()], EACH)
COUNTS = ("population", "households", "jobs", "workers", "coops", "vcse")
BANDS = ("micro", "small", "medium", "large")


UNEMPLOYED = {
    "preston-2024": (7.0, 5.5, 6.1, 3.1), "wigan": (4.0, 5.9, 4.7, 4.4),
    "tameside": (3.4, 3.7, 3.8, 3.7), "plymouth": (3.9,), "oxford": (3.9,), "england": (3.9,),
}  # fmt: skip
"""Published rates of the Annual Population Survey by district, else of the United Kingdom [%]."""


@pytest.mark.parametrize("name", UNEMPLOYED)
def test_a_place_of_2024_has_the_unemployment_of_its_time(name: str) -> None:
    """None begins with the 8.5 % of Preston in 2012."""
    found = read_scenario(name).assumptions["build.unemployment"]

    assert 100.0 * found == pytest.approx(sum(UNEMPLOYED[name]) / len(UNEMPLOYED[name]), abs=0.051)


@pytest.fixture(scope="module")
def england() -> Scenario:
    """England, every district of it."""
    return read_scenario("england")


def leaf(scenario: Scenario, name: str) -> Area:
    """An area of a scenario."""
    return next(area for area in scenario.areas if area.id == name)


def totals(scenario: Scenario) -> dict[str, float]:
    """Counts and enterprises of all leaves."""
    leaves = [area for area in scenario.leaves() if area.tier != "world"]
    out = {name: float(sum(getattr(area, name) for area in leaves)) for name in COUNTS}
    for band in BANDS:
        out[band] = sum(getattr(area.enterprises, band) for area in leaves if area.enterprises)
    return out


@pytest.mark.parametrize("name", DRAWN)
def test_any_district_may_be_the_place(england, name):
    """It alone is agents; people, homes, firms and jobs of all leaves are those of the country."""
    place = read_scenario("wigan", [f"focus={name}"])

    whole = [area.id for area in place.areas if area.resolution == "agents"]
    assert whole == [name]
    assert totals(place) == totals(england)
    assert leaf(place, "rest-of-uk").resolution == "accounts"
    assert len(place.neighbours) == 6
    assert {leaf(place, one).resolution for one in place.neighbours} == {"suppliers"}


@pytest.mark.parametrize("name", DRAWN)
def test_a_district_has_the_figures_that_it_has_in_england(england, name):
    """Only how finely it is lived differs; its councils spend the same."""
    place = read_scenario("preston-2024", [f"focus={name}"])

    same = {"resolution", "parent"}
    for area in place.areas:
        if area.tier == "district":
            ours = area.model_dump(exclude=same)
            assert ours == leaf(england, area.id).model_dump(exclude=same), area.id
    served = [buyer for buyer in england.buyers if name in buyer.serves]
    assert list(place.buyers) == served


@pytest.mark.parametrize("name", PLACES)
def test_a_place_on_the_shelf_is_short_and_has_a_note(name):
    """What is particular stands in the file, and where it comes from beside it."""
    place = read_scenario(name)

    assert len(place.source.splitlines()) < 60
    assert Path(place.file).with_suffix(".md").read_text(encoding="utf-8").startswith("# ")
    assert (place.start.year, place.start.month) == (2024, 4)
    assert place.name == name
    assert place.compare.baseline == "price_quality"


def test_the_county_is_live_and_the_rest_of_the_region_one_account():
    """Wigan has Greater Manchester and its neighbours by their bidders."""
    wigan = read_scenario("wigan")

    county = next(one for one in itl2_areas() if one.id == "greater-manchester")
    here = {a.id for a in wigan.areas if a.parent == "greater-manchester"}
    assert here == {one.id for one in county.districts}
    assert leaf(wigan, "rest-of-north-west").tier == "region"
    assert leaf(wigan, "lancashire").name == "Lancashire (in part)"
    assert [a.id for a in wigan.areas if a.parent == "lancashire"] == ["chorley"]


def test_a_neighbour_may_lie_in_another_region():
    """High Peak stands beside Tameside, and the rest of the East Midlands in the country's sum."""
    tameside = read_scenario("tameside")

    assert "high-peak" in tameside.neighbours
    assert leaf(tameside, "rest-of-east-midlands").parent == "east-midlands"
    assert leaf(tameside, "london").resolution == "accounts"


def test_a_county_may_be_that_of_its_council():
    """Oxfordshire has five districts; the ITL2 area that it lies in thirteen."""
    oxford = read_scenario("oxford")
    wide = read_scenario("oxford", ["tables.county=statistical"])

    five = {"cherwell", "oxford", "south-oxfordshire", "vale-of-white-horse", "west-oxfordshire"}
    assert {a.id for a in oxford.areas if a.parent == "oxfordshire-county"} == five
    assert {b.id for b in oxford.buyers} == {"oxford-council", "oxfordshire-county-council"}
    name = "berkshire-buckinghamshire-and-oxfordshire"
    assert len([a for a in wide.areas if a.parent == name]) == 13


def test_what_a_council_is_known_to_spend_takes_the_place_of_the_estimate():
    """Wigan's home care is published; what else it buys is estimated as before."""
    (wigan,) = read_scenario("wigan").buyers

    bought, _ = council_spending(council_budgets()["E08000010"])
    made = {name: float(round(amount)) for name, amount in bought.items()}
    assert wigan.budget == {**made, "homecare": 31e6}


def test_plymouths_complex_needs_leave_its_total_as_it_was():
    """What the estimate holds beyond the services that were joined is residential care."""
    (plymouth,) = read_scenario("plymouth").buyers

    bought, _ = council_spending(council_budgets()["E06000026"])
    assert plymouth.budget["complex_needs"] == 7.7e6
    assert sum(plymouth.budget.values()) == pytest.approx(sum(bought.values()), abs=500)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("wigan", {"homecare"}),
        ("plymouth", {"complex_needs"}),
        ("tameside", {"digital_networks", "ict"}),
    ],
)
def test_a_question_of_one_service_leaves_all_others_as_they_are(name, asked):
    """Each policy of the file buys what is asked about in a way of its own, the rest alike."""
    place = read_scenario(name)

    assert set(place.compare.regimes) == {place.compare.baseline, *place.policies}
    for policy in place.policies.values():
        (rule,) = policy.rules
        assert policy.regime == place.compare.baseline
        assert rule.regime != place.compare.baseline
        assert set(rule.categories) == asked


def test_an_account_lies_where_its_districts_draw_from():
    """A ring around a city is as far off as the ring, though its centre is the city's."""
    city = [Spot(0.0, 0.0, 2.0, 100)]
    ring = [Spot(x, y, 2.0, 100) for x, y in ((30.0, 0), (-30.0, 0), (0, 30.0), (0, -30.0))]

    assert apart_km(city, ring) == apart_km(ring, city) == 30.0
    assert apart_km(city, city) == 2.0
    assert 2.0 < apart_km(ring, ring) < 30.0


def test_the_nearer_half_of_an_account_counts_most():
    """Half the people 10 km off and half 1,000 km off draw like a spot less than 15 km off."""
    here = [Spot(0.0, 0.0, 2.0, 1)]

    apart = apart_km(here, [Spot(10.0, 0.0, 2.0, 1), Spot(1000.0, 0.0, 2.0, 1)])

    assert 10.0 < apart < 15.0


def test_a_district_counts_by_its_people():
    """Where nine tenths of the people of an account are near, it is nearer than where half are."""
    here = [Spot(0.0, 0.0, 2.0, 7)]

    even, near = (
        apart_km(here, [Spot(10.0, 0.0, 2.0, many), Spot(90.0, 0.0, 2.0, 10 - many)])
        for many in (5, 9)
    )

    assert 10.0 < near < even


def test_what_is_no_single_place_is_as_far_from_itself_as_the_places_beside_it():
    """The other nations have a centre and no land; England's districts speak for both."""
    england = [Spot(0.0, 0.0, 5.0, 60)]
    nations = [Spot(300.0, 0.0, None, 10)]

    both = apart_km([*england, *nations], [*england, *nations])

    assert 5.0 < both < 20.0


def test_a_district_written_in_the_file_is_an_area_of_its_own(england):
    """Leeds written down takes its people out of the rest of the country."""
    text = read_scenario("wigan").source
    own = read_draft("england").data["areas"]
    leeds = next(row for row in own if row["id"] == "leeds")
    lines = [f"{key} = {_toml(value)}" for key, value in leeds.items() if key != "resolution"]
    written = "\n".join(["", "[[areas]]", *lines, 'resolution = "suppliers"'])

    place = draft_from_text(text + written).require()

    assert leaf(place, "leeds").resolution == "suppliers"
    assert leaf(place, "west-yorkshire").name == "West Yorkshire (in part)"
    assert totals(place) == totals(england)


@pytest.mark.parametrize(
    ("sets", "path", "hint"),
    [
        (["focus=wigann"], "focus", "wigan"),
        (["focus=greater-manchester"], "focus", "manchester"),
        (['neighbours=["wigan"]'], "neighbours.0", ""),
        (["tables.detail=some"], "tables.detail", ""),
        (["tables.budgets.wigan-counsil.ict=1"], "tables.budgets.wigan-counsil", "wigan-council"),
        (
            ["tables.budgets.wigan-council.home_care=1"],
            "tables.budgets.wigan-council.home_care",
            "homecare",
        ),
        (
            ["tables.budgets.wigan-council.ict=-1"],
            "tables.budgets.wigan-council.ict",
            "",
        ),
        (["areas.rest-of-uk.apart_km.wigann=3"], "areas.rest-of-uk.apart_km.wigann", "wigan"),
    ],
)
def test_a_fault_is_told_once(sets, path, hint):
    """What cannot be made is told where it was asked for, with the nearest name."""
    (fault,) = read_draft("wigan", sets).faults

    assert fault.path == path
    assert hint in fault.hint


def test_a_budget_known_of_one_council_is_no_burden_to_another():
    """Wigan's home care does not follow to Leeds, whose council is estimated whole."""
    (leeds,) = read_scenario("wigan", ["focus=leeds"]).buyers

    bought, _ = council_spending(council_budgets()["E08000035"])
    assert leeds.budget == {name: float(round(amount)) for name, amount in bought.items()}


def test_a_focus_that_is_not_there_is_refused():
    """A district that ended is none; the message names what was found."""
    with pytest.raises(ScenarioError, match="harrogate"):
        read_scenario("oxford", ["focus=harrogate"])


def _toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)
