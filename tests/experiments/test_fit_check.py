"""`poundflow fit-check`: what an officer types, and what is then there."""

import json
from pathlib import Path

import pytest

from experiments.analysis.fit_paid import KINDS
from experiments.analysis.fit_place import rings
from experiments.cli import fit_check
from experiments.report.fit_page import GROUPS
from experiments.runner import fit_built
from experiments.runner.fit_built import NoSuchBuyerError, buyers_paid, live_built
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


@pytest.mark.compiled
def test_the_built_side_is_what_the_buyers_paid() -> None:
    """A village's council: its contracts are its budget, its purchases of the months lived."""
    village = read_scenario("village")
    buyers, _ = buyers_paid(village, None, None)
    council = next(one for one in village.buyers if one.id == buyers[0])
    around = rings(village)

    lived = live_built(village, 1, 2, buyers, around, floored=False)

    side = lived.side
    assert side.pence.sum() == sum(pence for _, pence in side.months)
    assert [name for name, _ in side.months] == ["1", "2"]
    assert lived.contracts.yearly_pounds.sum() == pytest.approx(sum(council.budget.values()))
    assert (side.least <= side.most).all()
    assert (side.least[:, : len(KINDS)].sum(axis=1) <= 1.0).all()
    assert side.unknown_category == 0.0
    assert {line["what"] for line in lived.place} >= {"Residents", "Households there"}


@pytest.mark.compiled
def test_small_payments_are_left_out_where_the_list_leaves_them_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a floor above every payment, nothing was bought; without one, all of it."""
    village = read_scenario("village")
    buyers, _ = buyers_paid(village, None, None)
    monkeypatch.setattr(fit_built, "entry", lambda name: 1e9)

    lived = live_built(village, 1, 1, buyers, rings(village), floored=True)

    assert lived.side.pence.sum() == 0


@pytest.mark.long
@pytest.mark.compiled
def test_another_places_list_differs(
    monkeypatch: pytest.MonkeyPatch, poundflow: Poundflow, tmp_path: Path
) -> None:
    """A district's twelve months with a thousand suppliers: size and number are told."""
    suppliers = [supplier({"sme": 1.0}, based=["E08000006"]) for _ in range(1_000)]
    rows: list[tuple[int, str | None, int, str | None]] = [
        (who, "agency_staff", 60_000 + 500 * who, f"2024-{month:02d}")
        for who in range(1_000)
        for month in range(1, 13)
    ]
    found = resolved(suppliers, rows, area="E08000006")
    monkeypatch.setattr(fit_check, "read_resolved", lambda folder: found)

    said = poundflow("fit-check", "tameside", tmp_path, "--out", tmp_path / "fit", "--json")

    told = json.loads(said.out)
    verdicts = {(row["measure"], row["of"]): row["verdict"] for row in told["rows"]}
    assert any("another place" in note for note in told["notes"])
    assert verdicts["suppliers", ""] == "differs"
    assert verdicts["pounds", ""] == "differs"
    assert verdicts["category_share", "agency_staff"] == "differs"
    assert verdicts["trait_share", "based:district"] == "differs"
    assert verdicts["trait_share", "based:county"] == "differs"
    assert verdicts["Households there", "tameside"] == "agrees"
