"""`poundflow import io`: from a table to a technology file, told in words and as data."""

import json
from pathlib import Path

import pytest

from scenarios.tables import sector_code
from scenarios.technology_file import read_technology
from tests.experiments.said import Poundflow
from tests.scenarios.sources import small_tables as small


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The small economy in the layout of the ONS."""
    path = tmp_path / "table.csv"
    path.write_text(small.ons(), encoding="utf-8")
    return path


def test_a_table_is_told_as_data(poundflow: Poundflow, table: Path) -> None:
    """What it is, how it balances, multipliers of each industry; nothing is written unasked."""
    said = poundflow("import", "io", table, "--json")

    told = json.loads(said.out)
    assert said.code == 0
    assert (told["kind"], told["use"], told["money"]) == ("industry by industry", "domestic", "GBP")
    assert told["balance"]["rows_largest_gap"] == 0.0
    assert [row["code"] for row in told["multipliers"]] == ["A01", "C10", "G47"]
    assert all(row["type_2"] > row["type_1"] > 1.0 for row in told["multipliers"])
    assert told["household_income"] == small.PAY.sum() + small.SURPLUS.sum()
    assert told["out"] is None
    assert list(table.parent.iterdir()) == [table]


def test_a_table_is_told_in_words(poundflow: Poundflow, table: Path) -> None:
    """Industries with their multipliers, the sheet, and how to use the file."""
    out = table.parent / "mine.csv"

    said = poundflow("import", "io", table, "--out", out)

    assert said.code == 0
    assert "Making of food" in said.out
    assert "industry by industry, domestic use, 3 industries, millions of GBP" in said.out
    assert f'technology = "{out}"' in said.out.replace("\n", "")
    assert read_technology(out.read_text(), tuple(sector_code()))[1] == []


def test_a_place_of_ones_own_jobs(poundflow: Poundflow, table: Path) -> None:
    """Jobs by the table's industries: output follows them, and FLQ keeps less than the nation."""
    jobs = table.parent / "jobs.csv"
    jobs.write_text("sector,region,nation\nA01,50,100\nC10,50,400\nG47,150,500\n")

    said = poundflow(
        "import", "io", table, "--employment", jobs, "--json", "--out", jobs.with_name("r.csv")
    )

    region = json.loads(said.out)["region"]
    assert region["share_of_jobs"] == 0.25
    assert region["lambda"] == pytest.approx(0.7532510)
    assert 0.0 < region["inputs_kept"] < 1.0
    read, wrong = read_technology(jobs.with_name("r.csv").read_text(), tuple(sector_code()))
    assert wrong == []
    assert read.output["agriculture"] == 50.0
    assert read.jobs["food_manufacturing"] == 50.0


def test_a_district_by_each_method(poundflow: Poundflow, table: Path) -> None:
    """Delta of 0 makes FLQ the cross quotient; SLQ and AFLQ keep more than FLQ."""

    def kept(*more: object) -> float:
        said = poundflow("import", "io", table, "--region", "preston", "--json", *more)
        return float(json.loads(said.out)["region"]["inputs_kept"])

    assert kept("--method", "flq", "--delta", "0") == pytest.approx(kept("--method", "cilq"))
    assert kept() < kept("--method", "aflq")
    assert kept() < kept("--delta", "0.1") < kept("--method", "slq")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--delta", "1"), "--delta is 1; wanted 0 or more, and below 1"),
        (("--region", "preston", "--employment", "x.csv"), "wanted one of them"),
        (("--out", "mine.toml"), "wanted a name that ends in .csv"),
        (("--household-income", "-5"), "--household-income is -5; wanted more than 0"),
        (("--region", "prestan"), "Preston"),
        (("--sheet", "IxI"), 'no sheet "IxI"'),
        (("--employment", "none.csv"), "no file that can be read"),
        (("--aggregate", "none.csv"), "no file that can be read"),
    ],
)
def test_wrong_options_are_refused(
    poundflow: Poundflow, table: Path, options: tuple[str, ...], said: str
) -> None:
    """What was found and what was wanted, exit code 2, no traceback."""
    refused = poundflow("import", "io", table, *options)

    assert refused.code == 2
    assert said in " ".join(refused.err.split())


def test_other_money_wants_its_worth_in_pounds(poundflow: Poundflow, tmp_path: Path) -> None:
    """Dollars are no pounds: a file is written only where the rate is given."""
    table, out = tmp_path / "oecd.csv", tmp_path / "mine.csv"
    table.write_text(small.oecd(), encoding="utf-8")

    refused = poundflow("import", "io", table, "--out", out)
    taken = poundflow("import", "io", table, "--out", out, "--pounds", "0.75")

    assert refused.code == 2
    assert "found USD; wanted pounds" in " ".join(refused.err.split())
    assert taken.code == 0
    read, _ = read_technology(out.read_text(), tuple(sector_code()))
    assert read.output["agriculture"] == 75.0
    assert "compensation,inherited" in out.read_text()


def test_a_scenario_is_checked_and_shown_with_the_file(poundflow: Poundflow, table: Path) -> None:
    """A technology of three industries cannot feed the village's social care, and says so."""
    out = table.parent / "mine.csv"
    poundflow("import", "io", table, "--out", out)

    said = poundflow("check", "village", "--set", f'technology="{out}"')

    assert said.code == 2
    assert '"social_care"; wanted a sector with a column in' in " ".join(said.err.split())
