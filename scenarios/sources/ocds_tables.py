"""From one contracting process to rows: tenders, lots, awards, suppliers, contracts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from scenarios.sources.contract_schema import NOMINAL, NONE, RANGE, STATED, UP_TO
from scenarios.sources.notice_values import (
    NOMINAL_PENCE,
    joined,
    key,
)
from scenarios.sources.ocds_merging import Process
from scenarios.sources.supplier_numbers import charity_number, company_number

Row = dict[str, Any]

MEASURES = ("bids", "validBids", "finalStageBids", "details", "tenderers")
"""Which statistic counts as the number of bids; the first that is stated."""

OF_SMES = ("smeBids", "smeFinalStageBids")
OF_VCSES = ("vcseBids", "vcseFinalStageBids")

COMPANIES = ("GB-COH", "GB-MPR")
CHARITIES = ("GB-CHC", "GB-SC", "GB-NIC")
PPON = ("GB-PPON",)

VOID = frozenset({"cancelled", "unsuccessful", "terminated"})
"""States of an award that came to no contract."""

NEVER = frozenset({"cancelled"})
"""States of a contract that never came to life; one that was terminated did."""

_THRESHOLD = re.compile(r"\b(above|below)[ -]threshold\b", re.IGNORECASE)


def rows(process: Process) -> Iterator[tuple[str, Row]]:
    """Write a process as rows.

    Parameters
    ----------
    process : Process
        Merged.

    Yields
    ------
    tuple of (str, dict)
        The table and a row of it; a column that is missing is unknown.
    """
    facts = process.facts
    tender = facts.get("tender") or {}
    awards = facts.get("awards") or []
    parties = {party["id"]: party for party in facts.get("parties") or []}
    yield "tenders", _tender(process, tender, awards, parties)
    for lot in tender.get("lots") or []:
        yield "lots", _lot(facts, tender, lot)
    for award in awards:
        yield "awards", _award(facts, award)
        for supplier in _suppliers(award, parties):
            yield "suppliers", {"ocid": facts["ocid"], "award": award["id"], **supplier}
    for contract in _contracts(process, tender, awards, parties):
        yield "contracts", contract


def _tender(process: Process, tender: Row, awards: Sequence[Row], parties: Row) -> Row:
    facts = process.facts
    buyer = _buyer(facts, parties)
    items = [*(tender.get("items") or []), *_items(awards)]
    return {
        "ocid": facts["ocid"],
        "buyer": buyer.get("name"),
        "buyer_id": key(buyer.get("id")),
        "tags": joined(process.tags),
        "notices": joined(process.notices),
        "first_published": process.first,
        "last_published": process.last,
        "releases": process.releases,
        "amendments": process.amendments,
        "method": tender.get("method"),
        "method_details": tender.get("method_details"),
        "above_threshold": _above(tender, awards, facts.get("contracts") or []),
        "legal_basis": tender.get("legal_basis"),
        "covered_by": joined(tender.get("covered_by") or ()),
        "special_regime": joined(tender.get("special_regime") or ()),
        "framework": tender.get("framework"),
        "dynamic_market": tender.get("dynamic"),
        "reserved": joined(tender.get("reserved") or ()),
        "closes": _day(tender.get("closes")),
        "lots": len(tender.get("lots") or []),
        "awards": len(awards),
        "files": joined(process.files),
        **_value(tender),
        **_described(tender, items),
        **_bids(facts, None),
    }


def _lot(facts: Row, tender: Row, lot: Row) -> Row:
    of = lot["id"]
    items = [*(lot.get("items") or [])]
    items += [item for item in tender.get("items") or [] if item["lot"] == of]
    return {
        "ocid": facts["ocid"],
        "lot": of,
        **_value(lot),
        **_described(lot, items),
        **_bids(facts, of),
    }


def _award(facts: Row, award: Row) -> Row:
    contracts = _of_award(facts, award)
    signed = [contract["signed"] for contract in contracts if contract.get("signed")]
    return {
        "ocid": facts["ocid"],
        "award": award["id"],
        "lots": joined(award.get("lots") or ()),
        "title": award.get("title"),
        "status": award.get("status"),
        "date": _day(award.get("date")),
        "above_threshold": award.get("above"),
        "main_category": award.get("category"),
        "suppliers": _how_many(award),
        "contracts": len(contracts),
        "signed": _day(min(signed, default=None)),
        **_value(award),
        **_span(award),
    }


def _contracts(process: Process, tender: Row, awards: Sequence[Row], parties: Row) -> Iterator[Row]:
    """Give a row for each contract, or for each award that has none and came to something.

    What the contract does not say is taken from its award; the award's value only where it has
    one contract, so that no pound counts twice.
    """
    facts = process.facts
    buyer = _buyer(facts, parties)
    for award in awards:
        if str(award.get("status")).lower() in VOID:
            continue
        signed = _of_award(facts, award)
        contracts = [each for each in signed if str(each.get("status")).lower() not in NEVER]
        if signed and not contracts:
            continue
        found = list(_suppliers(award, parties))
        alone = found[0] if len(found) == 1 else {}
        for contract in contracts or [{}]:
            parts = (facts["ocid"], award["id"], contract.get("id"))
            worth = contract if contract.get("value") or len(contracts) > 1 else award
            span = _span({"period": {**(award.get("period") or {}), **_period(contract)}})
            yield {
                "source": "ocds",
                "file": joined(process.files),
                "reference": " / ".join(part for part in parts if part),
                "status": contract.get("status") or award.get("status"),
                "title": contract.get("title") or award.get("title") or tender.get("title"),
                "buyer": buyer.get("name"),
                "supplier": alone.get("supplier"),
                "supplier_is_person": alone.get("supplier_is_person"),
                "suppliers": _how_many(award),
                "supplier_postcode": alone.get("postcode"),
                "company_number": alone.get("company_number"),
                "charity_number": alone.get("charity_number"),
                "sme": _agreed(each["sme"] for each in found),
                "vcse": _agreed(each["vcse"] for each in found),
                "route": tender.get("method_details") or tender.get("method"),
                "above_threshold": _above(contract, [award], [tender]),
                **{name: span[name] for name in ("start", "end", "extension_end")},
                **_worth(worth),
                **_category(tender, award),
                **_bids_of_award(facts, award),
            }


def _worth(worth: Row) -> Row:
    value = _value(worth)
    value["total_value_pence"] = value.pop("value_pence")
    return value


def _period(contract: Row) -> Row:
    return contract.get("period") or {}


def _category(tender: Row, award: Row) -> Row:
    code = award.get("cpv") or tender.get("cpv")
    if code is None:
        codes = {code for item in _items([award, tender]) for code in item["cpv"]}
        code = codes.pop() if len(codes) == 1 else None
    kind = award.get("category") or tender.get("category")
    return {"category_scheme": "CPV" if code else None, "category": code, "category_name": kind}


def _of_award(facts: Row, award: Row) -> list[Row]:
    given = facts.get("contracts") or []
    return [contract for contract in given if contract.get("award") == award["id"]]


def _how_many(award: Row) -> int | None:
    return len(award["suppliers"]) if award.get("suppliers") is not None else None


def _suppliers(award: Row, parties: Row) -> Iterator[Row]:
    for referred in award.get("suppliers") or []:
        party = parties.get(str(referred.get("id")), {})
        person = bool(party.get("person", referred.get("person", False)))
        identifiers = [] if person else party.get("identifiers") or []
        yield {
            "supplier_id": None if person else key(referred.get("id")),
            "supplier": party.get("name") or referred.get("name"),
            "supplier_is_person": person,
            "company_number": _numbered(identifiers, COMPANIES, company_number),
            "charity_number": _numbered(identifiers, CHARITIES, charity_number),
            "ppon": _numbered(identifiers, PPON, str),
            "identifiers": joined(identifiers),
            "postcode": party.get("postcode"),
            "region": party.get("region"),
            "country": party.get("country"),
            "sme": party.get("sme"),
            "vcse": party.get("vcse"),
            "sheltered_workshop": party.get("sheltered"),
            "public_mission": party.get("mission"),
        }


def _numbered(identifiers: Iterable[str], schemes: Sequence[str], reading: Any) -> str | None:
    for identifier in identifiers:
        scheme, _, number = identifier.partition(":")
        if scheme in schemes and (found := reading(number)):
            return str(found)
    return None


def _buyer(facts: Row, parties: Row) -> Row:
    """Give the buyer as it is referred to, else the first party with that part."""
    referred = facts.get("buyer") or {}
    named = parties.get(str(referred.get("id")), {})
    if referred or named:
        return {**named, **referred}
    buying = (party for party in parties.values() if "buyer" in (party.get("roles") or ()))
    return next(buying, {})


def _items(places: Iterable[Row]) -> list[Row]:
    return [item for place in places for item in place.get("items") or []]


def _above(*places: Row | Sequence[Row]) -> bool | None:
    """Tell whether a purchase is above the threshold: by its flag, else by its procedure's name."""
    flat = [each for place in places for each in ([place] if isinstance(place, dict) else place)]
    stated = _agreed(each.get("above") for each in flat if each.get("above") is not None)
    if stated is not None:
        return stated
    said = [_THRESHOLD.search(str(each.get("method_details") or "")) for each in flat]
    return next((found.group(1).lower() == "above" for found in said if found), None)


def _agreed(flags: Iterable[bool | None]) -> bool | None:
    """Give what all say; None where one is unknown, or they differ."""
    found = set(flags)
    return found.pop() if len(found) == 1 else None


def _value(source: Row) -> Row:
    """Tell a value as a sum, a range, a highest alone, nominal or none, with its currency."""
    value = source.get("value") or {}
    least = (source.get("least") or {}).get("pence")
    most = (source.get("most") or {}).get("pence", value.get("pence"))
    if least is None and not source.get("most"):
        low, high, kind = most, most, STATED if most is not None else NONE
    elif least == most:
        low, high, kind = least, most, STATED
    else:
        low, high = least, most
        kind = UP_TO if least is None else RANGE
    gross = value.get("gross")
    if all(sum_ is None or sum_ <= NOMINAL_PENCE for sum_ in (low, high, gross)):
        known = [sum_ for sum_ in (low, high, gross) if sum_ is not None]
        low = high = gross = None
        kind = NOMINAL if known else NONE
    given = (source.get("value"), source.get("most"), source.get("least"))
    return {
        "value_pence": low if kind == STATED else None,
        "value_low_pence": low,
        "value_high_pence": high,
        "value_gross_pence": gross,
        "value_kind": kind,
        "currency": next((each["currency"] for each in given if each and "currency" in each), None),
    }


def _described(source: Row, items: Sequence[Row]) -> Row:
    """Write what tenders and lots have in common."""
    criteria = source.get("criteria") or {}
    codes = {code for item in items for code in item["cpv"]}
    codes |= set(source.get("cpv_more") or ())
    main = source.get("cpv")
    return {
        "title": source.get("title"),
        "status": source.get("status"),
        "main_category": source.get("category"),
        "cpv": main or (next(iter(codes)) if len(codes) == 1 else None),
        "cpv_more": joined(codes - {main}),
        "renewal": source.get("renewal"),
        "options": source.get("options"),
        "suits_sme": source.get("suits_sme"),
        "suits_vcse": source.get("suits_vcse"),
        "regions": joined(word for item in items for word in item["regions"]),
        "delivery_outward": joined(half for item in items for half in item["outward"]),
        "criteria": criteria.get("criteria"),
        "price_weight": criteria.get("price"),
        "social_value_weight": criteria.get("social"),
        **_span(source),
    }


def _span(source: Row) -> Row:
    period = source.get("period") or {}
    return {
        "start": _day(period.get("start")),
        "end": _day(period.get("end")),
        "extension_end": _day(period.get("longest")),
        "duration_days": period.get("days"),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _bids(facts: Row, lot: str | None) -> Row:
    """Give the bids of a lot; of a process (`lot` None), those not stated by lot.

    Where a process has them by lot alone and only one lot has any, they are the process's own.
    """
    stated = facts.get("bids") or []
    mine = [each for each in stated if each["lot"] == (lot or "")]
    if lot is None and not mine and len({each["lot"] for each in stated}) == 1:
        mine = stated
    found: Row = {}
    for name, measures in (("bids", MEASURES), ("sme_bids", OF_SMES), ("vcse_bids", OF_VCSES)):
        chosen = next((e for m in measures for e in mine if e["measure"] == m), None)
        if chosen:
            found[f"{name}_low"], found[f"{name}_high"] = chosen["low"], chosen["high"]
            if name == "bids":
                found["bids_measure"] = chosen["measure"]
    return found


def _bids_of_award(facts: Row, award: Row) -> Row:
    """Give the bids for an award's one lot; those of the process where it has one lot at most."""
    lots = award.get("lots") or []
    found = _bids(facts, lots[0]) if len(lots) == 1 else {}
    if not found and len((facts.get("tender") or {}).get("lots") or ()) < 2:
        found = _bids(facts, None)
    return {name: found[name] for name in ("bids_low", "bids_high") if name in found}
