"""Notices of a made-up purchase, as a portal of the Procurement Act would publish them."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

OCID = "ocds-made01-0001"
COUNCIL = {"id": "GB-PPON-ASHM-0001-ERED", "name": "Ashmere District Council"}

PERSON = "Wilhelmina Quickthorn"
"""A name that stands wherever a portal may put one, and must come out nowhere."""

CONTACT = {
    "name": PERSON,
    "email": "w.quickthorn@ashmere.example",
    "telephone": "01632 960123",
}


def party(number: int, name: str, **details: Any) -> dict[str, Any]:
    """A supplier with everything that a portal may say of it."""
    return {
        "id": f"GB-COH-0000000{number}",
        "name": name,
        "identifier": {"scheme": "GB-COH", "id": f"{number}", "legalName": name},
        "additionalIdentifiers": [
            {"scheme": "GB-PPON", "id": f"PXYZ-000{number}-ABCD"},
            {"scheme": "GB-CHC", "id": f"110000{number}"},
        ],
        "address": {
            "streetAddress": f"{number} Mill Lane",
            "locality": "Ashmere",
            "postalCode": f"AX{number} 1AB",
            "region": "UKD44",
            "countryName": "United Kingdom",
        },
        "contactPoint": CONTACT,
        "roles": ["supplier"],
        "details": {"connectedPersons": [{"name": PERSON}], **details},
    }


def release(number: int, tag: str, notice: str | None = None, **parts: Any) -> dict[str, Any]:
    """A release of the process; `notice` is its type under the Act."""
    whole = {
        "ocid": OCID,
        "id": f"00000{number}-2026",
        "date": f"2026-0{number}-01T09:00:00Z",
        "tag": [tag],
        "language": "en",
        "buyer": COUNCIL,
        **parts,
    }
    if notice:
        documents = [{"id": f"d{number}", "noticeType": notice, "title": f"by {PERSON}"}]
        stage = whole.setdefault("tender", {})
        stage["documents"] = documents
    return whole


def lot(number: int, pounds: int, price: int) -> dict[str, Any]:
    """A lot with its criteria, its period and the extension that it may take."""
    return {
        "id": str(number),
        "title": f"Lot {number}",
        "status": "active",
        "value": {"amount": pounds, "amountGross": pounds * 1.2, "currency": "GBP"},
        "suitability": {"sme": True, "vcse": number == 2},
        "hasRenewal": True,
        "renewal": {"description": f"Ask {PERSON}"},
        "contractPeriod": {
            "startDate": "2026-10-01T00:00:00+01:00",
            "endDate": "2029-09-30T23:59:59+01:00",
            "maxExtentDate": "2031-09-30T23:59:59+01:00",
        },
        "awardCriteria": {
            "criteria": [
                {"type": "price", "name": "Price", "numbers": [{"number": price}]},
                {"type": "quality", "name": "Social value", "numbers": [{"number": 10}]},
                {"type": "quality", "name": "Method", "numbers": [{"number": 90 - price}]},
            ]
        },
    }


def purchase() -> list[dict[str, Any]]:
    """Six releases: engagement, tender, a change to it, award, contract, a change to that."""
    tender = {
        "id": "T1",
        "title": "School meals",
        "description": f"Call {PERSON} on 01632 960123.",
        "status": "active",
        "aboveThreshold": True,
        "legalBasis": {"scheme": "UKPGA", "id": "2023/54"},
        "coveredBy": ["GPA"],
        "procurementMethod": "open",
        "procurementMethodDetails": "Open procedure",
        "mainProcurementCategory": "services",
        "value": {"amount": 900000, "amountGross": 1080000, "currency": "GBP"},
        "tenderPeriod": {"endDate": "2026-03-20T12:00:00Z"},
        "items": [
            {
                "id": "1",
                "relatedLot": "1",
                "additionalClassifications": [{"scheme": "CPV", "id": "55524000"}],
                "deliveryAddresses": [{"region": "UKD44", "postalCode": "AX9 9ZZ"}],
            }
        ],
        "lots": [lot(1, 600000, 40), lot(2, 300000, 30)],
    }
    parties = [
        party(1, "Ashmere Catering Cooperative Limited", scale="sme", vcse=True),
        party(2, "Great Meals plc", scale="large", vcse=False),
    ]
    awards = [
        {
            "id": "1",
            "status": "pending",
            "relatedLots": ["1"],
            "aboveThreshold": True,
            "suppliers": [{"id": parties[0]["id"], "name": parties[0]["name"]}],
            "value": {"amount": 580000.5, "amountGross": 696000.6, "currency": "GBP"},
            "contractPeriod": {"startDate": "2026-10-01T00:00:00+01:00"},
        },
        {
            "id": "2",
            "status": "unsuccessful",
            "relatedLots": ["2"],
        },
    ]
    statistics = [
        {"id": "1", "measure": "bids", "value": 4, "relatedLot": "1"},
        {"id": "2", "measure": "smeFinalStageBids", "value": 3, "relatedLot": "1"},
        {"id": "3", "measure": "vcseFinalStageBids", "value": 1, "relatedLot": "1"},
        {"id": "4", "measure": "lowestValidBidValue", "value": 570000, "relatedLot": "1"},
    ]
    contract = {
        "id": "C1",
        "awardID": "1",
        "status": "active",
        "dateSigned": "2026-06-15T00:00:00+01:00",
        "value": {"amount": 590000, "currency": "GBP"},
        "period": {
            "startDate": "2026-10-01T00:00:00+01:00",
            "endDate": "2029-09-30T23:59:59+01:00",
            "maxExtentDate": "2031-09-30T23:59:59+01:00",
        },
    }
    changed = {**contract, "value": {"amount": 640000, "currency": "GBP"}}
    closes = {"tenderPeriod": {"endDate": "2026-04-02T12:00:00Z"}}
    return [
        release(1, "planning", "UK2", tender={"title": "Meals, perhaps"}),
        release(2, "tender", "UK4", tender=tender, parties=[{**COUNCIL, "contactPoint": CONTACT}]),
        release(3, "tenderUpdate", "UK4", tender=closes),
        release(4, "award", "UK6", awards=awards, parties=parties,
                bids={"statistics": statistics}),
        release(5, "contract", "UK7", contracts=[contract]),
        release(6, "contractUpdate", "UK10", contracts=[changed]),
    ]  # fmt: skip


def write_lines(path: Path, values: list[Any]) -> Path:
    """Write JSON lines."""
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")
    return path


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    """Read a table of an import."""
    rows: list[dict[str, Any]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return rows
