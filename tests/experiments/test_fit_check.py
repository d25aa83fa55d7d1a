"""`poundflow fit-check`: what an officer types, and what is then there."""

import json
from pathlib import Path

import pytest

from experiments.cli import fit_check
from experiments.report.fit_page import GROUPS
from experiments.runner.fit_built import NoSuchBuyerError, buyers_paid
from scenarios.read import read_scenario
from scenarios.sources.resolved import Resolved
from tests.experiments.fit_made_up import resolved, supplier
from tests.experiments.said import Poundflow

MONTHS = [f"2023-{k:02d}" for k in range(4, 13)]


def payments(area: str | None = None) -> Resolved:
    """Nine months of three suppliers, one of which nothing is known of."""
    suppliers = [
        supplier({"sme": 1.0}, based=["E07000123"], owned=["E07000123"]),
        supplier({"vcse": 0.8}, based=["E07000121"]),
        supplier(),
    ]
    rows: list[tuple[int, str | None, int, str | None]] = [
        (who, category, 80_000 * (who + 1), month)
        for month in MONTHS
        for who, category in enumerate(("homecare", "facilities_management", None))
    ]
    return resolved(suppliers, rows, area=area)


@pytest.fixture
def paid(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder whose payments are resolved, whatever its name."""
    monkeypatch.setattr(fit_check, "read_resolved", lambda folder: payments())


@pytest.mark.compiled
@pytest.mark.usefixtures("paid")
def test_a_check_writes_what_it_prints(poundflow: Poundflow, tmp_path: Path) -> None:
    """One document, on stdout and in the folder; a page with pictures; 0 though much differs."""
    out = tmp_path / "fit"

    said = poundflow("fit-check", "village", tmp_path, "--out", out, "--json")

    assert said.code == 0, said.err
    told = json.loads(said.out)
    assert told == json.loads((out / "fit.json").read_text("utf-8"))
    assert told["schema_version"] == 1
    assert sum(told["verdicts"].values()) == len(told["rows"])
    assert told["verdicts"]["differs"] > 0
    assert {row["group"] for row in told["rows"]} <= set(GROUPS)
    for row in told["rows"]:
        assert row["within"] or row["why"], row
        assert (row["difference"] is None) == (row["verdict"] == "not comparable")
    page = (out / "fit.html").read_text("utf-8")
    assert page.count("<svg") >= 5
    assert "<script" not in page
    assert "Nothing was fitted" in page


@pytest.mark.compiled
@pytest.mark.usefixtures("paid")
def test_strict_leaves_with_one_where_anything_differs(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """The same check, whole: only its exit code is another."""
    out = tmp_path / "fit"

    said = poundflow("fit-check", "village", tmp_path, "--out", out, "--strict")

    assert said.code == 1
    assert "How concentrated suppliers are" in said.out
    assert "The import names no area" in said.out.replace("\n", " ")
    assert (out / "fit.html").is_file()


def test_a_folder_without_an_import_is_told(poundflow: Poundflow, tmp_path: Path) -> None:
    """Nothing is built for payments that are not there; the command to give is named."""
    said = poundflow("fit-check", "village", tmp_path / "none", "--out", tmp_path / "fit")

    assert said.code == 2
    assert "import payments" in said.err
    assert not (tmp_path / "fit").exists()


@pytest.mark.usefixtures("paid")
def test_a_folder_with_something_else_is_left_alone(poundflow: Poundflow, tmp_path: Path) -> None:
    """Before anything is built."""
    (tmp_path / "mine.txt").write_text("mine")

    said = poundflow("fit-check", "village", tmp_path, "--out", tmp_path)

    assert said.code == 2
    assert "fit.json" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_whose_purchases_are_compared_is_told() -> None:
    """The councils of the area; where it is another place's list, that stands in the notes."""
    tameside = read_scenario("tameside")

    assert buyers_paid(tameside, "E08000008", None) == (["tameside-council"], "")
    buyers, note = buyers_paid(tameside, "E08000006", None)
    assert buyers == ["tameside-council"]
    assert "another place's list" in note
    assert buyers_paid(tameside, None, "tameside-council") == (["tameside-council"], "")
    with pytest.raises(NoSuchBuyerError, match="tameside-council"):
        buyers_paid(tameside, None, "salford-council")
