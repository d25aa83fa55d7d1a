"""The scenario file of a place says what each figure is, is read at once, and is obeyed."""

import datetime
import json
import random
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scenarios.from_tables.marks import figure_marks, published_totals
from scenarios.place_file import PlaceError, find_district, place_text, put_together
from scenarios.read import draft_from_text
from scenarios.sources.contract_schema import CONTRACTS
from scenarios.spec import Scenario
from scenarios.tables import uk_districts
from tests.scenarios.place_file.paid import Paid, a_year, resolved

HERE = "E08000008"
MARKS = ("published", "derived", "inherited", "distance", "judgement", "payments", "register")
DRAWN = [*random.Random(6).sample(list(uk_districts()), 8), "E09000001", "N09000003", "S12000023"]


def read(text: str) -> Scenario:
    """The scenario that a text says."""
    return draft_from_text(text, "place.toml").require()


def leaf(scenario: Scenario) -> Any:
    """Its focus."""
    return next(area for area in scenario.areas if area.id == scenario.focus)


def register_in(folder: Path, rows: list[dict[str, Any]]) -> Path:
    """A folder with contracts."""
    pq.write_table(pa.Table.from_pylist(rows, CONTRACTS), folder / "contracts.parquet")
    return folder


def contract(pounds: float, years: int = 3, **more: Any) -> dict[str, Any]:
    """One contract for computers."""
    start = datetime.date(2020, 4, 1)
    return {
        "source": "register", "buyer": "Northmoor Council", "title": "ict",
        "annual_value_pence": round(pounds * 100), "currency": "GBP", "start": start,
        "end": datetime.date(2020 + years, 3, 31), **more,
    }  # fmt: skip


def by_title(row: Mapping[str, Any]) -> str | None:
    """The category of a made-up contract stands in its title."""
    return row["title"] if row["title"] != "?" else None


@pytest.mark.parametrize("code", DRAWN)
def test_any_district_is_a_file_that_is_read(code: str) -> None:
    """Its figures are those that were published, and it says everything that [[areas]] asks."""
    text = place_text(put_together(code))

    scenario = read(text)

    area, published = leaf(scenario), published_totals(code)
    assert area.code == code
    for key in set(published) & {"population", "jobs"}:
        assert getattr(area, key) == published[key]
    bands = area.enterprises
    sizes = (bands.micro, bands.small, bands.medium, bands.large)
    assert (sum(sizes), sum(sizes[1:])) == (
        published["enterprises"], published["enterprises10"],
    )  # fmt: skip
    assert len(scenario.neighbours) == 6
    assert scenario.compare.baseline == "price_quality"
    assert text == place_text(put_together(code))


@pytest.mark.parametrize("code", [HERE, "E07000123", "W06000015", "N09000003"])
def test_each_figure_has_its_mark_beside_it(code: str) -> None:
    """No number of people, money or share stands without saying what it is."""
    place = put_together(code)
    lines = place_text(place).split("\n[[areas]]\n")[1].split("[compare]")[0].splitlines()

    bare = [
        line
        for line in lines
        if re.match(r"[a-z_]+ = [0-9]", line) and not re.search(rf"# ({'|'.join(MARKS)})", line)
    ]

    assert len(lines) > 100
    assert bare == []
    assert all(one.mark in MARKS and len(one.source) > 10 for one in place.figures.values())


def test_the_page_tells_the_marks_of_each_nation() -> None:
    """Every status that districts of a nation have stands in its column, and no other."""
    page = (Path(__file__).parents[3] / "docs" / "build_place.md").read_text("utf-8")
    table = re.search(r"<!-- marks -->\n((?:\|.*\n)+)", page)
    assert table
    _, _, *rows = table[1].splitlines()
    told = {
        figure: [set(cell.split(", ")) for cell in cells]
        for figure, *cells in ([part.strip() for part in row.split("|")[1:-1]] for row in rows)
    }
    has: dict[str, list[set[str]]] = {figure: [set(), set(), set(), set()] for figure in told}
    for code in uk_districts():
        marks = figure_marks(code)
        for figure in told:
            has[figure]["EWSN".index(code[0])].add(marks[figure].status)

    assert told == has


def test_a_figure_changed_by_hand_is_what_is_read() -> None:
    """Households, a budget line and a neighbour are those of the file, not of the tables."""
    text = place_text(put_together(HERE))
    edited = text.replace("households = 102_757", "households = 99_000")
    edited = re.sub(r"homecare = [0-9_]{8,}", "homecare = 30_000_000", edited)
    edited = re.sub(r'    "bury",.*\n', "", edited)

    scenario = read(edited)

    assert leaf(scenario).households == 99_000
    assert scenario.buyers[0].budget["homecare"] == 30e6
    assert "bury" not in scenario.neighbours
    assert leaf(read(text)).households == 102_757


def test_a_county_council_stands_beside_the_district_council() -> None:
    """In two tiers both buy, each with a budget of its own."""
    scenario = read(place_text(put_together("E07000123")))

    assert [one.kind for one in scenario.buyers] == ["district_council", "county_council"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("Tamside", "Did you mean `Tameside`?"),
        ("newcastle", "Newcastle upon Tyne (E08000021), Newcastle-under-Lyme (E07000195)"),
        ("E07000165", "North Yorkshire, E06000065"),
        ("harrogate", "North Yorkshire, E06000065"),
        ("E10000017", "Burnley (E07000117), Chorley (E07000118)"),
        ("Lancashire", "Burnley (E07000117), Chorley (E07000118)"),
        ("wales", "the nation Wales"),
        ("E99999999", "begin with E06"),
        ("", "its ONS code, id or name"),
    ],
)
def test_a_word_that_is_no_district_is_answered(word: str, said: str) -> None:
    """With what it is, and what could be asked for."""
    with pytest.raises(PlaceError) as refused:
        find_district(word)

    assert said in str(refused.value)


@pytest.mark.parametrize("word", ["E08000008", "e08000008", " Tameside ", "tameside"])
def test_a_district_is_found_by_code_id_or_name(word: str) -> None:
    """Capitals and blanks do not matter."""
    assert find_district(word).code == HERE


def test_payments_set_the_budget_the_shares_and_the_number_of_contracts() -> None:
    """What was paid stands in the file with how it came there."""
    paid = [
        *(one for k in range(4) for one in a_year(k, "ict", 250_000.0)),
        *a_year(4, "homecare", 1_000_000.0),
        *a_year(5, None, 200_000.0),
    ]
    place = put_together(HERE, resolved(paid, [[HERE], [HERE], ["E06000001"], None, [HERE], None]))

    scenario = read(place_text(place))

    assert scenario.buyers[0].budget == {"homecare": 13.2e6, "ict": 13.2e6}
    assert scenario.contracts.lot_pounds == {"ict": 3.3e6, "homecare": 13.2e6}
    assert scenario.contracts.share_in["tameside"] == round(1.5 / 1.75, 3)
    assert any("9.1% of the pounds have no known category" in told for told in place.warnings)
    assert place.figures["buyers.tameside-council.budget.ict"].mark == "payments"


def test_what_is_known_of_one_category_sets_its_contracts_though_most_is_unknown() -> None:
    """Paid is what the estimate has, to four alike: four contracts. Of homecare little is known."""
    estimate = put_together(HERE).buyers[0]["budget"]
    paid = [one for k in range(4) for one in a_year(k, "ict", estimate["ict"] / 48.0)]
    paid += [*a_year(4, "homecare", 1000.0), *a_year(5, None, 9e6)]

    place = put_together(HERE, resolved(paid, [[HERE]] * 6))

    assert place.buyers[0]["budget"] == estimate
    lots = read(place_text(place)).contracts.lot_pounds
    assert set(lots) == {"ict"}
    assert lots["ict"] == pytest.approx(estimate["ict"] / 4.0, rel=0.01)
    assert "GBP 12,000 are known to be paid to 1 supplier," in place_text(place)


def test_payments_where_most_places_are_unknown_leave_the_share_to_the_model() -> None:
    """The range is in the comment, and no share is set."""
    place = put_together(
        HERE, resolved([*a_year(0, "ict", 9.0), *a_year(1, "ict", 1.0)], [None, [HERE]])
    )
    text = place_text(place)

    assert read(text).contracts.share_in == {}
    assert "tameside: between 10.0% and 100.0%" in " ".join(text.replace("#", " ").split())
    assert any("left to the model" in told for told in place.warnings)


def test_a_district_councils_payments_do_not_speak_for_the_county() -> None:
    """Its budget is set; local shares are of all buyers, and so are not."""
    paid = resolved(a_year(0, "ict", 100_000.0), [["E07000123"]], area="E07000123", council=None)
    place = put_together("E07000123", paid)

    scenario = read(place_text(place))

    own, county = scenario.buyers
    assert own.budget == {"ict": 1.2e6}
    assert len(county.budget) > 10
    assert scenario.contracts.share_in == {}


@pytest.mark.parametrize(
    ("area", "council"), [("E08000006", "Salford"), (None, "Salford City Council")]
)
def test_payments_of_another_council_are_refused(area: str | None, council: str) -> None:
    """They would tell the story of somebody else."""
    paid = resolved([Paid(0, "ict", 1.0)], [None], area=area, council=council)

    with pytest.raises(PlaceError, match=r"--payments: found payments of .*Tameside"):
        put_together(HERE, paid)


def test_a_county_councils_payments_are_its_own() -> None:
    """By the code of the county, or by its name."""
    for area, council in (("E10000017", None), (None, "Lancashire County Council")):
        paid = resolved([Paid(0, "ict", 1.0)], [None], area=area, council=council)
        assert put_together("E07000123", paid).payer == "lancashire-county-council"


def test_a_register_sets_sizes_and_lengths_where_it_has_enough(tmp_path: Path) -> None:
    """Eight contracts are enough, seven are not; whose they are is said."""
    rows = [contract(100_000.0 * k) for k in range(1, 9)]
    rows += [contract(5.0, title="catering") for _ in range(7)] + [contract(5.0, title="?")]

    place = put_together(HERE, None, register_in(tmp_path, rows), by_title)
    scenario = read(place_text(place))

    assert scenario.contracts.lot_pounds == {"ict": 450_000.0}
    assert scenario.contracts.months == {"ict": 36}
    assert place.warnings == (
        "The register is of Northmoor Council: only sizes and lengths are taken from it.",
        "1 of its 16 contracts have no known category.",
        "Fewer than 8 contracts, and so not used: catering.",
    )


def test_a_value_of_a_year_follows_from_the_whole_and_its_length(tmp_path: Path) -> None:
    """Where no year's value is stated; a contract for a month is worth its whole in a year."""
    long = contract(0.0, 4, annual_value_pence=None, total_value_pence=40_000_000)
    place = put_together(HERE, None, register_in(tmp_path, [long] * 8), by_title)

    assert place.figures["contracts.lot_pounds.ict"].value == 100_000


@pytest.mark.parametrize("kind", ["nothing", "noise", "another table"])
def test_what_is_no_register_is_refused(tmp_path: Path, kind: str) -> None:
    """The message says which command to give."""
    file = tmp_path / "contracts.parquet"
    if kind == "noise":
        file.write_bytes(b"noise")
    elif kind == "another table":
        pq.write_table(pa.table({"title": ["ict"]}), file)

    with pytest.raises(PlaceError, match="import register"):
        put_together(HERE, None, tmp_path, by_title)


def test_a_name_cannot_break_out_of_a_comment(tmp_path: Path) -> None:
    """A buyer's name with a line end stays a comment."""
    rows = [contract(1e5, buyer='Moor\n[compare]\nmonths = 1\n" \x00\x1b[0m')] * 8
    text = place_text(put_together(HERE, None, register_in(tmp_path, rows), by_title))

    assert tomllib.loads(text)["compare"]["months"] != 1
    assert json.dumps(tomllib.loads(text))
