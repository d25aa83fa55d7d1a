"""What we keep of a release: the facts that are read, each of one kind, and nothing of persons.

Only members named here are read. Contact points, connected persons, street addresses, descriptions
and documents stay behind (of a document, the type of notice alone is read), whatever they hold.
Members of the extensions that UK portals use have the names of those extensions: lots, bids,
enquiries, techniques, options, legal basis, covered by, suitability, organisation scale and VCSE,
values with VAT, above or below threshold, longest extent of a period.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Any

from scenarios.sources import notice_values as read
from scenarios.sources.supplier_names import shown_name, without_persons

Facts = dict[str, Any]
Reading = Callable[[Any], Any]

MOST_PARTS = 5_000
"""Lots, awards, contracts or parties of one release; what is beyond is counted as unread."""

NOTICE = re.compile(r"\s*(UK\d{1,2})\b", re.IGNORECASE)
"""The types of notice of the Procurement Act 2023, UK1 to UK17."""

REGISTERS = ("GB-COH:", "GB-MPR:", "GB-CHC:", "GB-SC:", "GB-NIC:")
"""Schemes of identifiers that no person has."""

_WRITTEN_BLANK: tuple[Any, ...] = ("", [], {})


def title(value: Any) -> str | None:
    """Give a title without what looks like a person's name, address or number."""
    line = read.text(value)
    return without_persons(line) if line else None


def kept(release: Facts, unread: Counter[str], keep: Collection[str] = ()) -> Facts:
    """Take the facts out of a release.

    Parameters
    ----------
    release : dict
        As decoded; anything may stand anywhere.
    unread : Counter, updated
        Members that were there and could not be read, by their path.
    keep : collection of str
        Names of suppliers, in lower case, that are no persons.

    Returns
    -------
    dict
        Plain data. A member that was null is None, so that a merge can take it away; a member
        that was missing, blank or could not be read is missing.
    """
    reader = _Reader(unread, keep)
    release = _mended(release)
    found: Facts = {"ocid": read.name(release.get("ocid")), "tag": []}
    reader.take(release, found, "id", read.name)
    reader.take(release, found, "date", read.moment)
    reader.take(release, found, "tag", read.names)
    tender = reader.object(release, "tender")
    planning = reader.object(release, "planning")
    awards = reader.objects(release, "awards")
    contracts = reader.objects(release, "contracts")
    found["notices"] = _notices([release, planning, tender, *awards, *contracts])
    buyer = reader.object(release, "buyer")
    if buyer:
        found["buyer"] = {}
        reader.take(buyer, found["buyer"], "id", read.name)
        reader.take(buyer, found["buyer"], "name", title)
    found["parties"] = [_party(reader, each) for each in reader.objects(release, "parties")]
    if tender:
        found["tender"] = _tender(reader, tender)
    elif heading := title(release.get("title")):
        found["tender"] = {"title": heading}
    found["awards"] = [_award(reader, each) for each in awards]
    found["contracts"] = [_contract(reader, each) for each in contracts]
    found["bids"] = _bids(reader, release, tender)
    return found


class _Reader:
    """Takes members out of objects, and counts what it cannot read."""

    def __init__(self, unread: Counter[str], keep: Collection[str]) -> None:
        self._unread = unread
        self.keep = keep

    def take(self, source: Facts, into: Facts, member: str, reading: Reading, to: str = "") -> None:
        """Read a member into our own; null is kept as None, blank counts as missing."""
        if member not in source or source[member] in _WRITTEN_BLANK:
            return
        value = source[member]
        fact = None if value is None else reading(value)
        if fact is None and value is not None:
            self._unread[member] += 1
        else:
            into[to or member] = fact

    def object(self, source: Facts, member: str) -> Facts:
        """Give a member that is an object; an empty one where it is none."""
        value = source.get(member)
        if isinstance(value, dict):
            return _mended(value)
        if value not in (None, *_WRITTEN_BLANK):
            self._unread[member] += 1
        return {}

    def objects(self, source: Facts, member: str) -> list[Facts]:
        """Give the objects of a member that is a list, each with an id."""
        value = source.get(member)
        if isinstance(value, dict):
            value = [value]
        if not isinstance(value, list):
            if value not in (None, *_WRITTEN_BLANK):
                self._unread[member] += 1
            return []
        found: list[Facts] = []
        for at, each in enumerate(value, start=1):
            if at > MOST_PARTS or not isinstance(each, dict):
                self._unread[member] += 1
                continue
            whole = dict(_mended(each))
            whole["id"] = read.name(whole.get("id")) or f"#{at}"
            found.append(whole)
        return found


def _mended(source: Facts) -> Facts:
    """Take blanks out of the names of members: no member of the standard has one."""
    if any(" " in each or "\n" in each for each in source):
        return {"".join(each.split()): value for each, value in source.items()}
    return source


def _notices(places: list[Facts]) -> list[str]:
    """Find the types of notice, which stand at the documents of a stage or at the release."""
    found = set()
    for place in places:
        documents = place.get("documents")
        for holder in (place, *(documents if isinstance(documents, list) else ())):
            if isinstance(holder, dict) and isinstance(said := holder.get("noticeType"), str):
                match = NOTICE.match(said)
                found.add(match.group(1).upper() if match else "other")
    return sorted(found)


def _referred(reader: _Reader, organisation: Facts, *, registered: bool = False) -> Facts:
    """Give the id of an organisation, and its name unless that looks like a person's."""
    found: Facts = {}
    if word := read.name(organisation.get("id")):
        found["id"] = word
    if said := read.text(organisation.get("name")):
        found["name"], found["person"] = shown_name(said, registered=registered, keep=reader.keep)
    return found


def _party(reader: _Reader, party: Facts) -> Facts:
    given = [party.get("identifier"), *reader.objects(party, "additionalIdentifiers")]
    identifiers = sorted(set(_identifiers(given, party["id"])))
    registered = any(each.startswith(REGISTERS) for each in identifiers)
    found = {**_referred(reader, party, registered=registered), "id": party["id"]}
    found["identifiers"] = identifiers
    reader.take(party, found, "roles", read.names)
    details = reader.object(party, "details")
    reader.take(details, found, "scale", read.sme, "sme")
    reader.take(details, found, "vcse", read.flag)
    reader.take(details, found, "shelteredWorkshop", read.flag, "sheltered")
    reader.take(details, found, "publicServiceMissionOrganization", read.flag, "mission")
    address = reader.object(party, "address")
    reader.take(address, found, "region", read.name)
    reader.take(address, found, "countryName", read.name, "country")
    if "country" not in found:
        reader.take(address, found, "country", read.name)
    code = read.postcode(address.get("postalCode")) or read.postcode(address.get("streetAddress"))
    if code:
        found["postcode"] = read.outward(code) if found.get("person") else code
    return found


def _identifiers(identifiers: list[Any], own_id: str) -> Iterator[str]:
    """Give identifiers as `SCHEME:number`; an own id of that form counts as one."""
    for identifier in identifiers:
        if isinstance(identifier, dict):
            identifier = _mended(identifier)
            scheme = read.name(identifier.get("scheme"))
            number = read.name(identifier.get("id"))
            if scheme and number and any(letter.isdigit() for letter in number):
                yield f"{scheme.upper()}:{number}"
    if own := re.fullmatch(r"(GB-(?:COH|CHC|SC|NIC|PPON|MPR))-([A-Z0-9-]*\d[A-Z0-9-]*)", own_id):
        yield f"{own[1]}:{own[2]}"


def _tender(reader: _Reader, tender: Facts) -> Facts:
    found: Facts = {}
    _common(reader, tender, found)
    for member, reading, ours in (
        ("procurementMethod", read.name, "method"),
        ("procurementMethodDetails", title, "method_details"),
        ("minValue", read.money, "least"),
        ("maxValue", read.money, "most"),
        ("coveredBy", read.names, "covered_by"),
        ("specialRegime", read.names, "special_regime"),
        ("numberOfTenderers", read.count, "tenderers"),
    ):
        reader.take(tender, found, member, reading, ours)
    reader.take(reader.object(tender, "tenderPeriod"), found, "endDate", read.day, "closes")
    basis = reader.object(tender, "legalBasis")
    if basis:
        scheme, act = read.name(basis.get("scheme")), read.name(basis.get("id"))
        found["legal_basis"] = " ".join(part for part in (scheme, act) if part)
    techniques = reader.object(tender, "techniques")
    reader.take(techniques, found, "hasFrameworkAgreement", read.flag, "framework")
    reader.take(techniques, found, "hasDynamicPurchasingSystem", read.flag, "dynamic")
    others = reader.object(tender, "otherRequirements")
    reader.take(others, found, "reservedParticipation", read.names, "reserved")
    _terms(reader, tender, found)
    found["lots"] = [_lot(reader, each) for each in reader.objects(tender, "lots")]
    return found


def _lot(reader: _Reader, lot: Facts) -> Facts:
    found: Facts = {"id": lot["id"]}
    _common(reader, lot, found)
    _terms(reader, lot, found)
    return found


def _award(reader: _Reader, award: Facts) -> Facts:
    found: Facts = {"id": award["id"]}
    _common(reader, award, found)
    reader.take(award, found, "date", read.day)
    lots = award.get("relatedLots", award.get("relatedLot"))
    reader.take({"relatedLots": lots}, found, "relatedLots", read.names, "lots")
    if "suppliers" in award:
        found["suppliers"] = [
            _referred(reader, each) for each in reader.objects(award, "suppliers")
        ]
    return found


def _contract(reader: _Reader, contract: Facts) -> Facts:
    found: Facts = {"id": contract["id"]}
    _common(reader, contract, found)
    reader.take(contract, found, "awardID", read.name, "award")
    reader.take(contract, found, "period", read.period)
    reader.take(contract, found, "dateSigned", read.day, "signed")
    return found


def _common(reader: _Reader, source: Facts, found: Facts) -> None:
    """Read what tenders, lots, awards and contracts have in common."""
    for member, reading, ours in (
        ("title", title, ""),
        ("status", read.name, ""),
        ("value", read.money, ""),
        ("contractPeriod", read.period, "period"),
        ("mainProcurementCategory", read.name, "category"),
        ("aboveThreshold", read.flag, "above"),
    ):
        reader.take(source, found, member, reading, ours)
    codes = [read.classified(source.get("classification"))]
    more = source.get("additionalClassifications")
    further = [read.classified(each) for each in (more if isinstance(more, list) else ())]
    if codes[0]:
        found["cpv"] = codes[0]
    if known := [code for code in further if code]:
        found["cpv_more"] = sorted(set(known))
    if items := [_item(reader, each) for each in reader.objects(source, "items")]:
        found["items"] = items


def _item(reader: _Reader, item: Facts) -> Facts:
    """Give the codes of an item and where it is delivered; of a postcode, the first half."""
    more = item.get("additionalClassifications")
    codes = [item.get("classification"), *(more if isinstance(more, list) else ())]
    addresses = reader.objects(item, "deliveryAddresses")
    addresses += reader.objects(item, "deliveryAddress")
    return {
        "lot": read.name(item.get("relatedLot")),
        "cpv": sorted({code for each in codes if (code := read.classified(each))}),
        "regions": sorted({word for each in addresses if (word := read.name(each.get("region")))}),
        "outward": sorted(
            {
                half
                for each in addresses
                if (half := read.outward(read.postcode(each.get("postalCode"))))
            }
        ),
    }


def _terms(reader: _Reader, source: Facts, found: Facts) -> None:
    """Read what a tender or a lot says of suitability, extensions and award criteria."""
    suitability = reader.object(source, "suitability")
    reader.take(suitability, found, "sme", read.flag, "suits_sme")
    reader.take(suitability, found, "vcse", read.flag, "suits_vcse")
    reader.take(source, found, "hasRenewal", read.flag, "renewal")
    reader.take(source, found, "hasOptions", read.flag, "options")
    criteria = reader.objects(reader.object(source, "awardCriteria"), "criteria")
    if criteria:
        found["criteria"] = _weights(reader, criteria)


def _weights(reader: _Reader, criteria: list[Facts]) -> Facts:
    """Add up the weights of price and of social value, where all are known and make up the whole.

    A weight stands as a number of the kind "exact percentage", or as the description where that
    is a number alone, as older notices have it. Anything else leaves every weight unknown.
    """
    weights: list[tuple[str, bool, float]] = []
    for criterion in criteria:
        numbers = reader.objects(criterion, "numbers")
        stated = [
            read.percent(each.get("number"))
            for each in numbers
            if each.get("weight", "percentageExact") in ("percentageExact", None)
        ]
        weight = stated[0] if stated else read.percent(criterion.get("description"))
        kind = str(read.name(criterion.get("type")) or "").lower()
        social = "social value" in str(read.text(criterion.get("name")) or "").lower()
        if weight is not None:
            weights.append((kind, social, weight))
    found: Facts = {"criteria": len(criteria)}
    if len(weights) == len(criteria) and 99.0 <= sum(weight for *_, weight in weights) <= 101.0:
        found["price"] = round(sum(w for kind, _, w in weights if kind in {"price", "cost"}), 2)
        found["social"] = round(sum(weight for _, social, weight in weights if social), 2)
    return found


COUNTED = frozenset(
    {
        "bids", "validBids", "requests", "smeBids", "vcseBids", "electronicBids",
        "finalStageBids", "smeFinalStageBids", "vcseFinalStageBids",
    }
)  # fmt: skip
"""Statistics that count bids or requests; those of other names are values, or of other bidders."""

NO_BID = frozenset({"invited", "withdrawn"})


def _bids(reader: _Reader, release: Facts, tender: Facts) -> list[Facts]:
    """Give the statistics of bids: of each lot and measure the lowest and the highest stated.

    A portal may state a lot's statistics once an award; where these differ, both ends are kept.
    """
    bids = reader.object(release, "bids")
    seen: dict[tuple[str, str], list[int]] = {}
    for each in reader.objects(bids, "statistics"):
        measure = read.name(each.get("measure")) or ""
        value = read.count(each.get("value"))
        if measure in COUNTED and value is not None:
            lot = read.name(read.first(each, "relatedLot", "relatedLots")) or ""
            seen.setdefault((lot, measure), []).append(value)
    details = [each for each in reader.objects(bids, "details") if each.get("status") not in NO_BID]
    if details and not seen:
        seen["", "details"] = [len(details)]
    tenderers = read.count(tender.get("numberOfTenderers"))
    if tenderers is not None:
        seen["", "tenderers"] = [tenderers]
    return [
        {"id": f"{measure}|{lot}", "lot": lot, "measure": measure, "low": min(of), "high": max(of)}
        for (lot, measure), of in sorted(seen.items())
    ]
