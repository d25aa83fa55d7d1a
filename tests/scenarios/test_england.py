"""England's places and councils are made whole, and can be changed like any others."""

import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.errors import ScenarioError
from scenarios.read import draft_from_text, read_draft, read_scenario
from scenarios.spec import Scenario
from scenarios.tables import (
    below,
    council_budgets,
    council_spending,
    districts,
    itl2_areas,
    nations,
    parents,
)
from tests.scenarios.england_figures import by_region, districts_of, firms_of

ROOT = Path(__file__).parents[2]
SECONDS = 3.0
CARE = {
    "homecare", "residential_care", "childrens_care", "complex_needs", "public_health",
    "medical_services",
}  # fmt: skip
BUILDINGS = {
    "construction_works", "building_maintenance", "highways", "facilities_management",
}  # fmt: skip
REGIONS = [code for code, one in parents().items() if one.kind == "region"]


@pytest.fixture(scope="module")
def england() -> Scenario:
    """England as it is shipped."""
    return read_scenario("england")


@pytest.fixture(scope="module")
def text(england: Scenario) -> str:
    """Its file."""
    return england.source


def test_every_authority_is_there_once(england):
    """296 districts with every household and firm, 317 councils, and what lies around them."""
    tiers = [area.tier for area in england.areas]

    assert [tiers.count(t) for t in ("district", "county", "region", "uk", "world")] == [
        296, 33, 9, 2, 1,
    ]  # fmt: skip
    assert {area.code for area in districts_of(england)} == set(districts())
    assert {area.resolution for area in districts_of(england)} == {"agents"}
    assert len(england.buyers) == 296 + 21
    assert england.compare.months == 120
    assert len(england.compare.regimes) == 5


@pytest.mark.parametrize("region", REGIONS, ids=lambda code: parents()[code].name)
def test_a_region_sums_to_the_tables(england, region):
    """People, homes and enterprises of a region's districts are those of the tables."""
    here = below(region)

    assert by_region(england, lambda a: a.population)[region] == sum(
        one.population_2024 for one in here
    )
    assert by_region(england, lambda a: a.households)[region] == sum(
        one.households_2024 for one in here
    )
    assert by_region(england, firms_of)[region] == sum(one.active_2022 for one in here)


def test_jobs_are_as_many_as_residents_in_work(england):
    """In England, and in the rest of the country."""
    here = districts_of(england)
    rest = next(area for area in england.areas if area.id == "rest-of-uk")

    assert sum(area.jobs for area in here) == sum(area.workers for area in here)
    assert rest.jobs == rest.workers


def test_residents_in_work_are_as_many_as_the_census_found(england):
    """The census of 2021 found 57.4 % of 46.0 million aged 16 and over in work."""
    in_work = sum(area.workers for area in districts_of(england))

    assert abs(in_work / (0.574 * 46.0e6) - 1) < 0.02


def test_jobs_by_sector_are_those_of_the_ons(england):
    """Over all districts each sector has its share of England's jobs (BRES 2019)."""
    known = nations()["england"].jobs_2019
    found = dict.fromkeys(known, 0.0)
    for area in districts_of(england):
        for sector, share in area.sector_mix.items():
            found[sector] += share * area.jobs
    whole = sum(area.jobs for area in districts_of(england))

    for sector, jobs in known.items():
        assert found[sector] / whole == pytest.approx(jobs / sum(known.values()), abs=1e-5)


def test_a_county_lies_between_two_counts_of_its_jobs(england):
    """London has more than its value added at London's prices says, and less than full time."""
    london = [one for one in itl2_areas() if "London" in one.name]
    full_time = sum(one.full_time_2021 for one in london)
    full_time /= sum(one.full_time_2021 for one in itl2_areas())

    jobs = by_region(england, lambda a: a.jobs)

    assert 0.17 < jobs["E12000007"] / sum(jobs.values()) < full_time


def test_shares_sum_to_one(england):
    """Sectors, tenures and payroll are parts of a whole, to the rounding of their digits."""
    for area in districts_of(england):
        tenure = area.tenure.model_dump().values()
        assert sum(area.sector_mix.values()) == pytest.approx(1, abs=4e-5), area.id
        assert sum(tenure) == pytest.approx(1, abs=2e-4), area.id
    for buyer in england.buyers:
        assert sum(buyer.payroll_by.values()) == pytest.approx(1, abs=2e-5), buyer.id


def test_each_district_is_served_by_its_councils(england):
    """Its own, and under a county the county's, which sits in one of its districts."""
    served: dict[str, list[str]] = {}
    for buyer in england.buyers:
        assert buyer.area in buyer.serves
        for name in buyer.serves:
            served.setdefault(name, []).append(buyer.kind)

    for code, one in districts().items():
        wanted = ["district_council", "county_council"] if one.county else ["unitary_council"]
        assert served[one.id] == wanted, code


def test_a_council_spends_what_its_budget_gives(england):
    """Budgets in the scenario are those of the returns, by the rules of the table."""
    by_id = {buyer.id: buyer for buyer in england.buyers}

    bought, payroll = council_spending(council_budgets()["E08000035"])

    assert by_id["leeds-council"].budget == {k: round(v) for k, v in bought.items()}
    assert by_id["leeds-council"].payroll == round(sum(payroll.values()))


def test_what_councils_buy_is_near_the_published_mix(england):
    """GBP 70bn in 2021 and 81bn in 2024 with suppliers; 39 % care and health, 26 % buildings."""
    bought: dict[str, float] = {}
    for buyer in england.buyers:
        for category, amount in buyer.budget.items():
            bought[category] = bought.get(category, 0.0) + amount
    whole = sum(bought.values())

    assert 70e9 < whole < 81e9
    assert sum(bought[name] for name in CARE) / whole == pytest.approx(0.39, abs=0.05)
    assert sum(bought[name] for name in BUILDINGS) / whole == pytest.approx(0.26, abs=0.02)


def test_the_file_stays_short_and_the_content_is_the_same_everywhere(england, text):
    """A manifest keeps the text; two processes with other hash seeds make the same rows of it."""
    code = (
        "import hashlib, json; from scenarios.read import read_draft; "
        "print(hashlib.sha256(json.dumps(read_draft('england').data).encode()).hexdigest())"
    )

    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert len(text) < 4000
    assert len(digests) == 1


def test_england_reads_in_a_moment():
    """A fresh process reads and checks it within three seconds of processor time."""
    code = (
        "import time; from scenarios.read import read_scenario; read_scenario('england'); "
        "print(time.process_time())"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert float(done.stdout) < SECONDS


def test_any_district_may_be_the_focus():
    """Its neighbours are the districts nearest to it, unless they are named."""
    leeds = read_scenario("england", ["focus=leeds"])
    named = read_scenario("england", ["focus=leeds", 'neighbours=["bradford"]'])

    assert leeds.focus not in leeds.neighbours
    assert {"bradford", "wakefield"} <= set(leeds.neighbours)
    assert named.neighbours == ("bradford",)


def test_what_was_made_can_be_set():
    """Rows from the tables answer to --set, and so does what they are made of."""
    changed = read_scenario(
        "england",
        [
            "areas.preston.households=60000",
            "buyers.leeds-council.budget.homecare=1000000",
            "buyers.leeds-council.monitoring=0.9",
            "tables.councils.monitoring=0.5",
        ],
    )

    area = next(one for one in changed.areas if one.id == "preston")
    buyers = {one.id: one for one in changed.buyers}
    assert area.households == 60000
    assert buyers["leeds-council"].budget["homecare"] == 1_000_000
    assert (buyers["leeds-council"].monitoring, buyers["york-council"].monitoring) == (0.9, 0.5)
    assert changed.digest != read_scenario("england").digest
    assert changed.source == read_scenario("england").source


def test_a_row_in_the_file_takes_the_place_of_a_made_one(text):
    """Better knowledge of one council is written down; all others are made as before."""
    own = (
        '[[buyers]]\nid = "leeds-council"\nname = "Leeds City Council"\nkind = "unitary_council"\n'
    )
    own += 'area = "leeds"\nmonitoring = 0.1\nengagement = 0.1\npayment_days = 10\npayroll = 1\n'

    scenario = draft_from_text(f"{text}\n{own}[buyers.budget]\nict = 5\n").require()

    assert len(scenario.buyers) == 317
    assert [b.budget for b in scenario.buyers if b.id == "leeds-council"] == [{"ict": 5}]


@pytest.mark.parametrize(
    ("sets", "path", "wanted"),
    [
        (["tables.districts=wales"], "tables.districts", "england"),
        (["tables.councils.monitoring=2"], "tables.councils.monitoring", "at most 1"),
        (["tables.neighbours=-1"], "tables.neighbours", "at least 0"),
        (["areas.preston.households=200000"], "areas.preston.households", "households than people"),
        (["areas.prestn.households=1"], "areas.prestn", "the id of a member"),
        (["focus=lancashire"], "focus", "the id of an area without areas below it"),
    ],
)
def test_a_fault_is_told_once(sets, path, wanted):
    """A fault of the tables hides what they would have made; each other stands by itself."""
    (fault,) = read_draft("england", sets).faults

    assert fault.path == path
    assert wanted in fault.wanted
    assert fault.file == f"--set {sets[0]}"


def test_a_fault_in_a_made_row_stands_where_it_was_asked_for(text):
    """A row that is in no line of the file is placed at [tables], with what to do."""
    faults = draft_from_text(text, "mine.toml", ["areas.south-yorkshire.id=elsewhere"]).faults

    line = text[: text.index("[tables]")].count("\n") + 1
    lost = {f"areas.{n}.parent" for n in ("barnsley", "doncaster", "rotherham", "sheffield")}
    assert {fault.path for fault in faults} == lost | {"areas.elsewhere.resolution"}
    assert {(fault.file, fault.line) for fault in faults} == {("mine.toml", line)}


def test_tables_without_habits_are_refused(text):
    """What a person must say is asked for, and nothing else is."""
    lines = [line for line in text.splitlines() if not line.startswith("councils")]

    with pytest.raises(ScenarioError) as refusal:
        draft_from_text("\n".join(lines)).require()

    (fault,) = refusal.value.faults
    assert fault.path == "tables.councils"
    assert fault.wanted == "this key, which is needed"


def test_tables_cannot_be_begun_in_halves():
    """Asked for of a scenario that has none, they want what the file would have had to say."""
    (fault,) = read_draft("village", ["tables.districts=england"]).faults

    assert fault.path == "tables.councils"


def test_any_scenario_may_take_england_beside_its_own():
    """Begun whole by --set, the tables add England to what the village writes down."""
    habits = "{ monitoring = 0.2, engagement = 0.1, payment_days = 30 }"
    draft = read_draft("village", ["tables.districts=england", f"tables.councils={habits}"])

    assert len(draft.data["areas"]) > 296
    assert draft.data["neighbours"] == ["town"]
