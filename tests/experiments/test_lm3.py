"""`lm3`: an import in; rounds, ranges, a page and a form out."""

import csv
import json
from pathlib import Path

import pytest

from tests.experiments.lm3_folder import PAID, write_folder
from tests.experiments.said import Poundflow

KEYS = ["variant", "tier", "r1_pence", "r2_pence", "r3_pence", "low", "high"]


@pytest.fixture
def northmoor(tmp_path: Path) -> Path:
    """An import of nine payments with its suppliers."""
    return write_folder(tmp_path / "northmoor")


def test_both_variants_in_four_places(poundflow: Poundflow, northmoor: Path) -> None:
    """The document holds what was asked for; its pounds are those of the import."""
    said = poundflow("lm3", northmoor, "--json")

    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told == json.loads((northmoor / "lm3.json").read_text())
    assert told["area"] == "E08000008"
    assert [list(one)[:7] for one in told["lm3"]] == [KEYS] * 8
    assert [(one["variant"], one["tier"]) for one in told["lm3"]] == [
        (variant, tier)
        for variant in ("lm3_council", "lm3_contract")
        for tier in ("district", "county", "region", "uk")
    ]
    for one in told["lm3"]:
        assert one["r1_pence"] == 120_500_000
        assert 1 <= one["low"] <= one["high"] <= 3
    council = told["lm3"][0]
    assert (council["r2_pence"], council["r2_high_pence"]) == (60_500_000, 80_500_000)
    cover = told["coverage"]
    assert sum(
        (cover["purchases_pence"], cover["net_credits_pence"], *cover["left_out_pence"].values())
    ) == sum(one.pence for one in PAID)


def test_the_page_names_what_is_not_covered(poundflow: Poundflow, northmoor: Path) -> None:
    """Two pictures with their text, no script, and each gap with its pounds."""
    said = poundflow("lm3", northmoor)

    page = (northmoor / "lm3.html").read_text("utf-8")
    assert said.code == 0, said.err
    assert page.count("<svg") == page.count("<desc") == 2
    assert "<script" not in page
    for words in (
        "Own payroll is not covered",
        "Of £200,000.00 nobody knows whether the suppliers are in Tameside",
        "Left out, for they are no purchases: £25,000.00 in grants and £7,000.00 in pay",
        "lm3.workers_here.district",
    ):
        assert words in page
    assert "What would narrow the range for Tameside most" in said.out
    assert "All payments of the import" in said.out


def test_a_form_comes_back_filled(poundflow: Poundflow, northmoor: Path, tmp_path: Path) -> None:
    """Who may be in the place is asked, nobody masked; answers narrow the range."""
    path, out = tmp_path / "form.csv", tmp_path / "out"
    before = json.loads(poundflow("lm3", northmoor, "--json").out)

    assert poundflow("lm3", northmoor, "--form", path).code == 0
    lines = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [(line["supplier"], line["paid"], line["based"]) for line in lines] == [
        ("Ashgrove Care Ltd", "600000.00", "district"),
        ("Redway Systems", "120000.00", ""),
        ("Pennine Catering", "80000.00", ""),
    ]
    lines[0] |= {"pay": "50%", "pay_district": "80%", "supplies_district": "0%", "supplies": "0"}
    lines[0] |= {"turnover": "2,000,000", "profit_district": "£100,000"}
    lines[1] |= {"based": "uk"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    filled = path.read_bytes()
    again = poundflow("lm3", northmoor, "--form", path)
    assert (again.code, path.read_bytes()) == (2, filled)
    assert "is there already" in again.err
    said = poundflow("lm3", northmoor, "--survey", path, "--out", out, "--json")

    assert said.code == 0, said.err
    after = json.loads(said.out)
    assert after["coverage"]["answered_pence"] == 60_000_000
    council, earlier = after["lm3"][0], before["lm3"][0]
    assert (council["r2_pence"], council["r2_high_pence"]) == (60_500_000, 68_500_000)
    assert council["r3_pence"] >= 0.45 * 60_000_000 > earlier["r3_pence"]
    assert council["high"] - council["low"] < earlier["high"] - earlier["low"]
    assert (out / "lm3.html").exists()


def test_own_payroll_joins_the_first_round(poundflow: Poundflow, northmoor: Path) -> None:
    """£800,000 for staff, 62 % of it for people of the place, 60 to 76p a pound taken home."""
    said = poundflow("lm3", northmoor, "--payroll", "800,000:62%", "--json")

    council, *_, contract = json.loads(said.out)["lm3"][:5]
    assert (council["r1_pence"], contract["r1_pence"]) == (200_500_000, 120_500_000)
    assert council["r2_pence"] == pytest.approx(60_500_000 + 80_000_000 * 0.62 * 0.6, abs=1)


def test_everything_wrong_is_said_at_once(poundflow: Poundflow, northmoor: Path) -> None:
    """An unknown area and a payroll that is none."""
    said = poundflow("lm3", northmoor, "--area", "E99999999", "--payroll", "much")

    assert said.code == 2
    assert "`E99999999`" in said.err
    assert "--payroll: found `much`" in said.err
    assert not (northmoor / "lm3.html").exists()


def test_what_is_wrong_with_a_form_or_a_pay_bill_is_said_where_it_is(
    poundflow: Poundflow, northmoor: Path, tmp_path: Path
) -> None:
    """No folder for the form, part of a penny, another file than a form: one plain line each."""
    form = poundflow("lm3", northmoor, "--form", tmp_path / "none" / "form.csv")
    penny = poundflow("lm3", northmoor, "--payroll", "1000.005")
    (tmp_path / "other.csv").write_text("sep=;\nName;Town;Pounds\nAsh;Hyde;3\n")
    other = poundflow("lm3", northmoor, "--survey", tmp_path / "other.csv")
    (northmoor / "import.json").write_text('{"council": "Northmoor", "ar')
    damaged = poundflow("lm3", northmoor, "--json")

    assert [one.code for one in (form, penny, other, damaged)] == [2] * 4
    assert "--form: found" in form.err
    assert "--out" not in form.err
    assert "whole pence" in penny.err
    assert other.err.count("found") == 1
    assert "no column `supplier`" in other.err
    assert json.loads(damaged.out)["error"]["faults"][0]["found"] == (
        "an import.json that is damaged: it was cut off or changed"
    )


def test_an_import_without_area_or_suppliers_is_refused(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """The message says which option or command to give."""
    nowhere = write_folder(tmp_path / "nowhere", area=None)

    assert "--area CODE" in poundflow("lm3", nowhere).err
    (nowhere / "suppliers.parquet").unlink()
    said = poundflow("lm3", nowhere, "--area", "E08000008")
    assert said.code == 2
    assert "poundflow suppliers" in said.err


def test_another_place_than_that_of_the_import_is_said(
    poundflow: Poundflow, northmoor: Path, tmp_path: Path
) -> None:
    """Measured for the country, an import of Tameside says so; for Tameside it says nothing."""
    country = poundflow("lm3", northmoor, "--area", "K02000001", "--out", tmp_path / "uk")
    own = poundflow("lm3", northmoor, "--area", "E08000008")

    told = "The import is of E08000008, and is measured here for another place, United Kingdom"
    assert country.code == 0, country.err
    assert told in country.out
    assert told in (tmp_path / "uk" / "lm3.html").read_text("utf-8")
    assert "another place" not in own.out


def test_a_county_council_has_three_places(poundflow: Poundflow, northmoor: Path) -> None:
    """Its own is the county."""
    said = poundflow("lm3", northmoor, "--area", "E10000017", "--json")

    told = json.loads(said.out)
    assert [one["tier"] for one in told["lm3"]] == ["county", "region", "uk"] * 2
