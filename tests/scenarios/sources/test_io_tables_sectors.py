"""From industries to sectors, to a technology file, to a scenario that lives by it."""

from pathlib import Path

import numpy as np
import pytest

from scenarios import tables
from scenarios.errors import ScenarioError
from scenarios.read import read_draft, read_scenario
from scenarios.sources.io_tables import IoTable
from scenarios.sources.io_tables_grid import IoTableError
from scenarios.sources.io_tables_jobs import read_jobs, shipped_jobs
from scenarios.sources.io_tables_read import read_io_table
from scenarios.sources.io_tables_sectors import (
    default_shares,
    national_jobs,
    read_shares,
    to_sectors,
    with_value_added_parted,
    without_own_homes,
)
from scenarios.sources.io_tables_technology import technology_of, technology_text
from scenarios.sources.regionalise import Method, regional_table
from scenarios.tables import sector_code
from scenarios.tables.technologies import flows_of
from scenarios.technology_file import read_technology
from tests.scenarios.sources import small_tables as small

SECTORS = tuple(sector_code())


def national(names: tuple[str, ...] = SECTORS) -> IoTable:
    """The shipped table of the United Kingdom as an input-output table."""
    flows = flows_of("uk_2019")
    return IoTable(
        codes=SECTORS,
        names=names,
        flows=np.array([[flows.flows[s].get(b, 0.0) for b in SECTORS] for s in SECTORS]),
        primary={p: np.array([v[s] for s in SECTORS]) for p, v in flows.parts.items()},
        final={b: np.array([v[s] for s in SECTORS]) for b, v in flows.final.items()},
        household=dict(flows.household),
        output=np.array([flows.output[s] for s in SECTORS]),
    )


@pytest.fixture
def oecd(tmp_path: Path) -> IoTable:
    """The small economy as the OECD writes it; its shops are three sectors."""
    path = tmp_path / "oecd.csv"
    path.write_text(small.oecd(), encoding="utf-8")
    return read_io_table(path)[0]


def test_an_industry_of_several_sectors_is_split_by_their_output(oecd):
    """Shops and garages: each sector buys and sells its share, and all sums stay."""
    shares, split = default_shares(oecd, "oecd")
    uk = flows_of("uk_2019").output
    whole = uk["motor_trade"] + uk["wholesale"] + uk["retail"]

    table = to_sectors(oecd, shares)

    assert split == ["45T47"]
    retail, code = uk["retail"] / whole, sector_code()
    assert table.output[code["retail"]] == pytest.approx(300.0 * retail)
    assert table.flows[code["retail"], code["agriculture"]] == pytest.approx(10.0 * retail)
    assert table.flows[code["retail"], code["retail"]] == pytest.approx(60.0 * retail**2)
    assert table.flows.sum() == pytest.approx(oecd.flows.sum())
    assert np.abs(table.row_gaps()).max() < 1e-9
    assert np.abs(table.column_gaps()).max() < 1e-9


def test_value_added_in_one_row_is_parted_as_in_the_nation(oecd):
    """Pay, surplus and taxes of farming stand to each other as in the shipped table."""
    table = with_value_added_parted(to_sectors(oecd, default_shares(oecd, "oecd")[0]))
    parts, k = flows_of("uk_2019").parts, sector_code()["agriculture"]

    pay = table.primary["compensation"][k] / table.primary["surplus"][k]
    assert pay == pytest.approx(
        parts["compensation"]["agriculture"] / parts["surplus"]["agriculture"]
    )
    assert np.abs(table.column_gaps()).max() < 1e-9
    assert "parted" in table.notes[-1]


def test_a_file_says_which_sectors_an_industry_is_of(oecd, tmp_path):
    """Two thirds of the shops are retail, whatever the default."""
    path = tmp_path / "map.csv"
    path.write_text(
        "code,sector,share\n01T02,agriculture,\n10T12,food_manufacturing,1\n"
        "45T47,retail,0.666666667\n45T47,wholesale,0.333333333\n"
    )

    table = to_sectors(oecd, read_shares(path, oecd))

    assert table.output[sector_code()["retail"]] == pytest.approx(200.0)
    assert table.output[sector_code()["motor_trade"]] == 0.0


def test_everything_wrong_with_such_a_file_is_told(oecd, tmp_path):
    """An unknown code and sector, a share that is none, shares that do not sum to 1."""
    path = tmp_path / "map.csv"
    path.write_text(
        "code,sector,share\n01T02,agricultur,1\n99,retail,1\n10T12,retail,2\n45T47,retail,.5\n"
    )

    with pytest.raises(IoTableError) as refused:
        read_shares(path, oecd)

    told = str(refused.value)
    for said in ('"agricultur"', "agriculture", 'the code "99"', '"2"', "45T47 that sum to 0.5"):
        assert said in told


def test_a_code_that_is_none_of_sic_is_told_with_the_way_out():
    """All such industries at once."""
    with pytest.raises(IoTableError, match="--aggregate MAP") as refused:
        default_shares(national(), "uk")

    assert len(refused.value.faults) == len(SECTORS)


def test_imputed_rent_leaves_and_its_inputs_are_what_households_buy():
    """An industry of own homes that sells to nobody: repairs and imports pass to households."""
    table = IoTable(
        codes=("41", "68A"), names=("Construction", "Imputed rent"),
        flows=np.array([[10.0, 5.0], [0.0, 0.0]]),
        primary={"imports": np.array([4.0, 1.0]), "surplus": np.array([26.0, 54.0])},
        final={"household": np.array([25.0, 60.0])},
        household={"imports": 7.0, "taxes_products": 2.0}, output=np.array([40.0, 60.0]),
    )  # fmt: skip

    left = without_own_homes(table)

    assert left.codes == ("41",)
    assert left.final["household"].tolist() == [30.0]
    assert left.household == {"imports": 8.0, "taxes_products": 2.0}
    assert left.column_gaps().tolist() == left.row_gaps().tolist() == [0.0]


def written(table: IoTable, jobs: np.ndarray, **more: bool) -> str:
    """The text of a technology file."""
    kinds = {"regional": False, "parted": False, "jobs_mark": "inherited", **more}
    return technology_text(technology_of(table, jobs, 1.0), table, ["Made for a test."], **kinds)


def test_the_national_table_as_a_file_is_the_national_technology(tmp_path):
    """Written and read again, a scenario's technology is the shipped one to six digits."""
    uk = tables.technology("uk_2019")
    file = tmp_path / "uk.csv"
    file.write_text(written(national(), national_jobs(national())), encoding="utf-8")

    scenario = read_scenario("preston-2012", [f'technology="{file}"'])
    mine = tables.technology(scenario.technology_source)

    assert scenario.technology_file is not None
    for name in ("A_domestic", "imports", "taxes", "compensation", "surplus", "household_final"):
        assert np.abs(getattr(mine, name) - getattr(uk, name)).max() < 1e-5, name
    assert mine.jobs == pytest.approx(uk.jobs, rel=1e-5)
    assert mine.output_pence == pytest.approx(uk.output_pence, rel=1e-5)
    assert mine.household_imports == pytest.approx(uk.household_imports, abs=1e-4)
    bought = tables.final_demand(scenario.technology_source)["household"]
    assert bought == pytest.approx(tables.final_demand("uk_2019")["household"], rel=1e-5)


def test_a_regional_file_says_what_is_derived(tmp_path):
    """Rows of flows are derived; what Preston does not supply comes from the rest of the nation."""
    found = shipped_jobs("preston")
    table = regional_table(national(), found.region, found.nation, Method.FLQ, 0.25)
    text = written(table, found.region, regional=True, jobs_mark="derived")

    lines = [line for line in text.splitlines() if not line.startswith("#")]
    read, wrong = read_technology(text, SECTORS)

    assert wrong == []
    assert all(line.split(",")[1] == "derived" for line in lines[1:])
    assert sum(read.parts["imports_nation"].values()) > sum(read.parts["imports"].values())
    assert text.startswith("# Made for a test.\n")


def test_what_comes_from_the_rest_of_the_nation_is_imported(tmp_path):
    """Columns of the loaded technology sum to 1, and its imports hold both kinds."""
    found = shipped_jobs("preston")
    table = regional_table(national(), found.region, found.nation, Method.FLQ, 0.25)
    file = tmp_path / "preston.csv"
    file.write_text(written(table, found.region, regional=True), encoding="utf-8")

    mine = tables.technology(
        read_scenario("preston-2012", [f'technology="{file}"']).technology_source
    )

    both = table.primary["imports"] + table.primary["imports_nation"]
    assert mine.imports == pytest.approx(both / table.output, rel=1e-4)
    whole = mine.A_domestic.sum(axis=0) + mine.imports + mine.taxes
    assert whole + mine.compensation + mine.surplus == pytest.approx(np.ones(32), rel=1e-12)
    bought = table.household["imports"] + table.household["imports_nation"]
    share = bought / (bought + table.final["household"].sum())
    assert mine.household_imports == pytest.approx(share, rel=1e-4)


def test_the_digest_of_a_scenario_holds_its_technology(tmp_path):
    """A changed figure is another question."""
    file = tmp_path / "uk.csv"
    text = written(national(), national_jobs(national()))
    file.write_text(text, encoding="utf-8")
    sets = [f'technology="{file}"']
    first = read_scenario("preston-2012", sets).digest

    file.write_text("# another year\n" + text, encoding="utf-8")

    assert read_scenario("preston-2012", sets).digest != first


def test_a_file_lies_beside_its_scenario(tmp_path):
    """A bare name is looked for in the folder of the scenario file."""
    source = read_scenario("preston-2012").source
    (tmp_path / "mine.toml").write_text(
        source.replace('technology = "uk_2019"', 'technology = "mine.csv"'), encoding="utf-8"
    )
    text = written(national(), national_jobs(national()))
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")

    assert read_scenario(tmp_path / "mine.toml").technology_file.name == "mine.csv"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("", ""), "no table"),
        (("\nwaste,", "\nrubbish,"), 'the row "rubbish"'),
        ((",waste,", ",rubbish,"), 'the column "rubbish"'),
        (("\nwaste,", "\nwater,"), '"water" a second time'),
        (("\nimports,derived,", "\nimports,derived,x"), "wanted a figure"),
        (("\nwater,derived,", "\nwater,derived,-9"), "sold to agriculture"),
        (("\nimports,derived,", "\nimports,derived,9"), "inputs of agriculture"),
        (("\njobs,", "\n#jobs,"), "no row jobs"),
        (("\nwaste,derived,", "\nwaste,guessed,"), 'the mark "guessed"'),
        (("row,mark", "zeile,mark"), "a heading that begins zeile,mark"),
    ],
)
def test_a_faulty_technology_file_is_told_with_its_line(tmp_path, change, said):
    """Each fault of the file is a fault of the scenario, exit code 2."""
    text = written(national(), national_jobs(national()), regional=True)
    file = tmp_path / "uk.csv"
    file.write_text(text.replace(*change) if any(change) else "", encoding="utf-8")

    draft = read_draft("preston-2012", [f'technology="{file}"'])

    assert any(said in str(fault) and "line" in str(fault) for fault in draft.faults)
    with pytest.raises(ScenarioError):
        draft.require()


def test_a_technology_file_that_is_not_there(tmp_path):
    """Where it was looked for."""
    draft = read_draft("preston-2012", [f'technology="{tmp_path / "none.csv"}"'])

    assert "which is not there" in str(draft.faults[0])
    assert "looked for as" in str(draft.faults[0])


def test_a_sector_that_the_file_does_not_make_is_told(tmp_path):
    """The village has firms in social care; a table without it cannot feed them."""
    table = national()
    k = sector_code()["social_care"]
    part = np.ones(len(SECTORS))
    part[k] = 0.0
    region = national_jobs(table) * part
    file = tmp_path / "small.csv"
    table = regional_table(table, region, national_jobs(table), Method.FLQ, 0.25)
    file.write_text(written(table, region), encoding="utf-8")

    draft = read_draft("village", [f'technology="{file}"'])

    assert any('"social_care"; wanted a sector with a column' in str(f) for f in draft.faults)


def test_jobs_of_a_place_come_from_the_shipped_tables():
    """A district by id, name or code; districts sum to England; a region holds its districts."""
    by_id, by_code = shipped_jobs("preston"), shipped_jobs("E07000123")
    north_west, england = shipped_jobs("E12000002"), shipped_jobs("england")
    regions = [code for code, one in tables.parents().items() if one.kind == "region"]

    assert (by_id.region == by_code.region).all()
    assert 60_000 < by_id.region.sum() < 130_000
    assert (by_id.region < north_west.region).all()
    whole = sum(shipped_jobs(code).region for code in regions)
    assert whole == pytest.approx(england.region, rel=1e-9)
    assert england.nation == pytest.approx(tables.technology("uk_2019").jobs, rel=0.01)
    with pytest.raises(tables.UnknownRowError, match="Preston"):
        shipped_jobs("prestan")


@pytest.mark.parametrize(
    ("nation", "one", "county"),
    [("wales", "cardiff", "TLL2"), ("scotland", "S12000033", "TLM5"),
     ("northern-ireland", "belfast", "TLN0")],
)  # fmt: skip
def test_jobs_of_a_district_beyond_england_sum_to_its_nation(nation, one, county):
    """Sector by sector; a statistical county holds its districts."""
    inside = [code for code, row in tables.nation_districts().items() if row.nation == nation]

    whole = sum(shipped_jobs(code).region for code in inside)

    assert whole == pytest.approx(shipped_jobs(nation).region, rel=1e-9)
    assert (shipped_jobs(one).region <= shipped_jobs(county).region + 1e-9).all()
    assert "derived" in shipped_jobs(one).source


def test_jobs_from_a_file_and_everything_wrong_with_it(tmp_path):
    """Order is the table's; unknown, twice, more than the nation's, no number: all told."""
    path = tmp_path / "jobs.csv"
    path.write_text('sector,region,nation\nC10,5,40\nA01,"1,000",2000\n')

    found = read_jobs(path, ("A01", "C10", "G47"))

    assert found.region.tolist() == [1000.0, 5.0, 0.0]
    assert found.nation.tolist() == [2000.0, 40.0, 0.0]
    path.write_text("sector,region,nation\nX,1,2\nA01,1,2\nA01,1,2\nC10,3,2\nG47,x,2\n")
    with pytest.raises(IoTableError) as refused:
        read_jobs(path, ("A01", "C10", "G47"))
    assert len(refused.value.faults) == 4
