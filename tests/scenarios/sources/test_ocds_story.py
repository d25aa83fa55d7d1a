"""A purchase under the Procurement Act, from engagement to a changed contract, read as one."""

from datetime import date
from pathlib import Path

import pytest

from scenarios.sources.ocds_import import import_notices
from tests.scenarios.sources.made_up_notices import (
    OCID,
    PERSON,
    party,
    purchase,
    release,
    table,
    write_lines,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the made-up purchase was imported to."""
    out = tmp_path / "out"
    out.mkdir()
    import_notices([write_lines(tmp_path / "notices.jsonl", purchase())], out)
    return out


def test_six_notices_are_one_purchase_and_its_later_words_win(folder: Path) -> None:
    """Notices of one process become one; what a change does not mention stays as it was."""
    [tender] = table(folder, "tenders")

    assert (tender["ocid"], tender["releases"], tender["amendments"]) == (OCID, 6, 2)
    assert tender["notices"] == "UK10; UK2; UK4; UK6; UK7"
    assert tender["title"] == "School meals"
    assert tender["closes"] == date(2026, 4, 2)
    assert (tender["buyer"], tender["method"]) == ("Ashmere District Council", "open")
    assert (tender["legal_basis"], tender["above_threshold"]) == ("UKPGA 2023/54", True)
    assert (tender["value_pence"], tender["value_gross_pence"]) == (90_000_000, 108_000_000)
    assert tender["cpv"] == "55524000"
    assert (tender["regions"], tender["delivery_outward"]) == ("UKD44", "AX9")


def test_each_lot_has_its_value_its_criteria_and_its_bids(folder: Path) -> None:
    """Weights are kept where they make up the whole; a lot without bids has none, not zero."""
    first, second = table(folder, "lots")

    assert (first["value_pence"], first["value_gross_pence"]) == (60_000_000, 72_000_000)
    assert (first["price_weight"], first["social_value_weight"]) == (40.0, 10.0)
    assert (first["bids_low"], first["bids_high"], first["bids_measure"]) == (4, 4, "bids")
    assert (first["sme_bids_low"], first["vcse_bids_high"]) == (3, 1)
    assert (first["end"], first["extension_end"]) == (date(2029, 9, 30), date(2031, 9, 30))
    assert (second["bids_low"], second["suits_vcse"], first["suits_vcse"]) == (None, True, False)


def test_the_contract_is_its_last_version_with_its_supplier(folder: Path) -> None:
    """The changed value stands; the lot that found no winner came to no contract."""
    [contract] = table(folder, "contracts")
    [supplier] = table(folder, "suppliers")

    assert contract["reference"] == f"{OCID} / 1 / C1"
    assert (contract["total_value_pence"], contract["value_kind"]) == (64_000_000, "stated")
    assert (contract["supplier"], contract["suppliers"]) == (
        "Ashmere Catering Cooperative Limited",
        1,
    )
    assert (contract["sme"], contract["vcse"], contract["bids_low"]) == (True, True, 4)
    assert (contract["start"], contract["extension_end"]) == (date(2026, 10, 1), date(2031, 9, 30))
    assert (contract["company_number"], contract["charity_number"]) == ("00000001", "1100001")
    assert (supplier["ppon"], supplier["postcode"]) == ("PXYZ-0001-ABCD", "AX1 1AB")
    assert [award["status"] for award in table(folder, "awards")] == ["pending", "unsuccessful"]


def test_a_framework_for_many_counts_its_value_once_and_is_an_smes_only_if_all_are(
    tmp_path: Path,
) -> None:
    """Its suppliers are listed; no pound is divided among them, none is counted twice."""
    parties = [party(1, "Small Works Ltd", scale="sme"), party(2, "Vast Works plc", scale="large")]
    award = {
        "id": "F",
        "status": "active",
        "suppliers": [{"id": each["id"]} for each in parties],
        "value": {"amount": 5000000, "currency": "GBP"},
    }
    notice = release(4, "award", "UK6", awards=[award], parties=parties)

    import_notices([write_lines(tmp_path / "n.json", [notice])], tmp_path)

    [contract] = table(tmp_path, "contracts")
    assert (contract["suppliers"], contract["supplier"], contract["sme"]) == (2, None, None)
    assert contract["total_value_pence"] == 500_000_000
    assert [each["sme"] for each in table(tmp_path, "suppliers")] == [True, False]


def test_two_contracts_of_one_award_do_not_both_take_its_value(tmp_path: Path) -> None:
    """Where contracts state no value, the award's belongs to neither alone."""
    award = {"id": "A", "value": {"amount": 100000, "currency": "GBP"}, "suppliers": []}
    contracts = [{"id": "C1", "awardID": "A"}, {"id": "C2", "awardID": "A"}]
    notice = release(5, "contract", "UK7", awards=[award], contracts=contracts)

    import_notices([write_lines(tmp_path / "n.json", [notice])], tmp_path)

    assert [row["total_value_pence"] for row in table(tmp_path, "contracts")] == [None, None]


def test_a_cancelled_contract_is_none_and_a_terminated_one_was(tmp_path: Path) -> None:
    """What never came to life is not counted; what ended early is, with its state."""
    award = {"id": "A", "value": {"amount": 100000, "currency": "GBP"}, "suppliers": []}

    def states(*of: str) -> list[str]:
        contracts = [{"id": f"C{k}", "awardID": "A", "status": each} for k, each in enumerate(of)]
        notice = release(5, "contract", "UK7", awards=[award], contracts=contracts)
        import_notices([write_lines(tmp_path / "n.json", [notice])], tmp_path)
        return [row["status"] for row in table(tmp_path, "contracts")]

    assert states("cancelled") == []
    assert states("cancelled", "terminated") == ["terminated"]


def test_a_corrected_supplier_does_not_stay_beside_the_right_one(tmp_path: Path) -> None:
    """The list of an award's suppliers is replaced whole by a later notice."""
    wrong, right = party(1, "Wrong Ltd"), party(2, "Right Ltd")

    def award(of: dict[str, object]) -> list[dict[str, object]]:
        return [{"id": "A", "suppliers": [{"id": of["id"], "name": of["name"]}]}]

    notices = [
        release(4, "award", awards=award(wrong), parties=[wrong]),
        release(5, "awardUpdate", awards=award(right), parties=[right]),
    ]

    import_notices([write_lines(tmp_path / "n.json", notices)], tmp_path)

    assert [row["supplier"] for row in table(tmp_path, "suppliers")] == ["Right Ltd"]


def test_a_penny_is_no_value_and_a_least_with_a_most_is_a_range(tmp_path: Path) -> None:
    """What is not stated as one sum never counts as one."""
    penny = release(1, "tender", tender={"value": {"amount": 0.01, "currency": "GBP"}})
    between = release(1, "tender", tender={
        "minValue": {"amount": 10, "currency": "GBP"}, "value": {"amount": 20, "currency": "GBP"},
    })  # fmt: skip
    between["ocid"] = OCID + "x"

    import_notices([write_lines(tmp_path / "n.json", [penny, between])], tmp_path)

    first, second = table(tmp_path, "tenders")
    assert (first["value_pence"], first["value_low_pence"]) == (None, None)
    assert first["value_kind"] == "nominal"
    assert (second["value_pence"], second["value_kind"]) == (None, "range")
    assert (second["value_low_pence"], second["value_high_pence"]) == (1000, 2000)


def test_bids_stated_twice_and_not_alike_are_a_range(tmp_path: Path) -> None:
    """Portals repeat the statistics of a lot with each award; where they differ, both ends stay."""
    statistics = [
        {"id": str(k), "measure": "bids", "value": value} for k, value in enumerate((4, 4, 2))
    ]
    notice = release(4, "award", "UK6", bids={"statistics": statistics})

    import_notices([write_lines(tmp_path / "n.json", [notice])], tmp_path)

    [tender] = table(tmp_path, "tenders")
    assert (tender["bids_low"], tender["bids_high"]) == (2, 4)


def test_no_person_comes_out_wherever_one_went_in(folder: Path) -> None:
    """Contact points, descriptions, documents and connected persons stay behind."""
    everything = [
        str(table(folder, path.stem)) if path.suffix == ".parquet" else path.read_text()
        for path in folder.iterdir()
    ]

    assert len(everything) == 7
    for text in everything:
        assert not any(part in text for part in (*PERSON.split(), "quickthorn", "960123"))
