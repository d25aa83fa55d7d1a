"""What a supplier is, where it is, and what it sells: unknown rather than guessed."""

from pathlib import Path

import pytest

from scenarios.sources.postcodes import PlaceError, Places, read_places
from scenarios.sources.resolved import WORDS
from scenarios.sources.spend_categories import read_sic, read_supplier, read_words
from scenarios.sources.supplier_clean import clean_name
from scenarios.sources.supplier_kind import Evidence, Kind, kind_of
from scenarios.sources.supplier_places import Council, Where, authority, based_of, owned_of
from scenarios.tables.classifications import categories
from scenarios.vocabulary import ABROAD

NORTHMOOR = Council("Tameside Metropolitan Borough Council", "E08000008")


def kind(name: str, **known: object) -> Kind:
    """The kind of an organisation of this name."""
    clean = clean_name(name)
    return kind_of(Evidence("organisation", [clean.core], [clean.form], **known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Northmoor Borough Council", "public_body"),
        ("London Borough of Northmoor", "public_body"),
        ("Northmoor and Fenwick NHS Foundation Trust", "public_body"),
        ("Northmoor Constabulary", "public_body"),
        ("Millrace Primary School", "public_body"),
        ("Northmoor Youth Council", "unknown"),
        ("Brackenfell Management Academy", "unknown"),
        ("St Wulfric's Hospice", "vcse"),
        ("Café Société CIC", "vcse"),
        ("Northmoor Credit Union Ltd", "coop"),
        ("Fenwick Workers Co-operative", "coop"),
        ("Brackenfell Group plc", "corporate"),
        ("Brackenfell Builders Ltd", "unknown"),
        ("Council for Voluntary Service Northmoor", "vcse"),
        ("Northmoor Police Supplies Ltd", "unknown"),
        ("The Co-operative Bank plc", "corporate"),
    ],
)
def test_words_of_a_name_tell_a_kind_or_nothing(name: str, wanted: str) -> None:
    """A public body in the name of a company is none; a company of unknown size stays unknown."""
    assert kind(name).kind == wanted


def test_size_is_not_told_by_pounds_but_by_a_register() -> None:
    """A flag of a register names an SME; without one the UK's shares are said, and no more."""
    flagged, bare = kind("Brackenfell Builders Ltd", sme=True), kind("Brackenfell Builders Ltd")

    assert (flagged.kind, flagged.reason) == ("sme", "flagged as an SME in the register")
    assert kind("Brackenfell Builders Ltd", sme=False).kind == "corporate"
    assert kind("Brackenfell Trust", sme=False).kind == "unknown"
    assert kind("Brackenfell Housing Assoc Ltd", sme=True).kind == "unknown"
    assert not bare.chances
    assert "99.4% are SMEs" in bare.reason


def test_a_registered_society_is_perhaps_a_cooperative() -> None:
    """The number alone does not tell a co-operative from a community benefit society."""
    number, named = (
        kind("Fenwick Homes", company="IP00525R"),
        kind("Fenwick Co-op", company="RS001234"),
    )

    assert (number.kind, number.chances) == ("unknown", {"coop": 0.5})
    assert (named.kind, named.chances) == ("coop", {"coop": 0.97})
    assert kind("Fenwick Homes", charity="1000388").kind == "vcse"
    assert kind("Fenwick Homes", company="CE012345").kind == "vcse"


def test_a_masked_payee_is_a_person_and_a_redacted_one_unknown() -> None:
    """Neither has a name to look at."""
    assert kind_of(Evidence("person", [], [])).kind == "person"
    assert kind_of(Evidence("redacted", [], [])).kind == "unknown"


def test_councils_are_based_and_owned_in_their_own_areas() -> None:
    """Districts, county councils, bodies of several districts, and the council itself."""

    def told(name: str) -> tuple[Where, Where] | None:
        return authority([clean_name(name).core], NORTHMOOR)

    oldham, lancashire = told("Oldham MBC"), told("Lancashire County Council")
    manchester = told("Greater Manchester Combined Authority")

    assert oldham is not None
    assert [list(where.codes or ()) for where in oldham] == [["E08000004"], ["E08000004"]]
    assert lancashire is not None
    assert lancashire[0].codes == ["E07000123"]
    assert len(lancashire[1].codes or ()) == 12
    assert manchester is not None
    assert len(manchester[0].codes or ()) == 10
    assert told("Tameside Metropolitan Borough Council") is not None
    assert told("Greater Manchester Police") is not None
    assert told("Lancashire Constabulary") is None
    assert told("Oldham Parish Council") is None
    assert told("Oldham Builders") is None
    hull, newcastle = told("Hull City Council"), told("Newcastle City Council")
    assert hull is not None
    assert list(hull[0].codes or ()) == ["E06000010"]
    assert newcastle is not None
    assert list(newcastle[0].codes or ()) == ["E07000195", "E08000021"]
    assert newcastle[0].reason == "the council of Newcastle-under-Lyme or Newcastle upon Tyne"
    assert told("Norfolk Council") is None
    assert told("British Council") is None


def table(folder: Path, text: str) -> Path:
    """A table of postcodes as a user has it."""
    path = folder / "postcodes.csv"
    path.write_text(text)
    return path


def test_a_postcode_that_a_table_does_not_have_stays_unknown(tmp_path: Path) -> None:
    """Other postcodes beside it prove nothing, but a line of its outward code does."""
    lines = "pcds,oslaua\nOL6 6DL,E08000008\nOL6 6DN,E08000008\n"

    own = read_places(table(tmp_path, lines), ["OL6 9ZZ", "OL6 6DL"])
    half = read_places(table(tmp_path, lines + "OL6,E08000004\n"), ["OL6 9ZZ"])

    assert own.districts("OL6 9ZZ") == ([], "")
    assert own.districts("OL6 6DL")[0] == ["E08000008"]
    assert "E08000004" in half.districts("OL6 9ZZ")[0]


def test_a_postcode_table_is_understood_by_what_stands_in_it(tmp_path: Path) -> None:
    """Codes or names, whole postcodes or halves; a half in two districts gives both."""
    codes = read_places(
        table(tmp_path, "pcds,oslaua\nOL6 6DL,E08000008\nOL1 1AA,E08000004\nJE2 3AB,L99999999\n"),
        ["OL6 6DL", "JE2 3AB"],
    )
    names = read_places(
        table(tmp_path, "LA,Postcode\nTameside Council,OL5\nOldham Council,OL5\nBuxton,SK17\n"),
        ["OL5 9ZZ"],
    )
    bare = read_places(
        table(tmp_path, '"GIR0AA","x","E09000001"\n"OL6 6DL","x","E08000008"\n'), ["GIR 0AA"]
    )

    assert codes.districts("OL66DL") == (["E08000008"], "postcode")
    assert codes.districts("JE2 3AB") == ([ABROAD], "postcode")
    assert codes.districts("OL1 1AA") == ([], "")
    assert names.districts("OL5 9ZZ") == (["E08000004", "E08000008"], "outward code")
    assert "1 lines of districts not known" in names.found
    half = read_places(table(tmp_path, "LA,Postcode\nTameside,SK1\nBuxton,SK1\n"), ["SK1 1AA"])
    assert half.districts("SK1 1AA") == ([], "")
    assert bare.districts("GIR 0AA") == (["E09000001"], "postcode")


def test_a_table_without_districts_is_refused(tmp_path: Path) -> None:
    """It says what was found and what was wanted."""
    with pytest.raises(PlaceError, match="the columns postcode, easting; wanted one of postcodes"):
        read_places(table(tmp_path, "postcode,easting\nOL6 6DL,394000\n"), ["OL6 6DL"])


def test_without_a_table_nothing_is_known_and_owners_hardly_ever_are() -> None:
    """A charity that bears the name of the one district it is in is owned there; others are not."""
    here = Where(["E08000008"], "by the postcode")

    assert based_of([], ["ltd"], None, Places()).codes is None
    assert based_of(["OL6 6DL"], ["ltd"], None, Places()).codes is None
    assert based_of([], ["gmbh"], None, Places()).codes == [ABROAD]
    assert owned_of("vcse", ["age uk tameside"], None, [], here).codes == ["E08000008"]
    assert owned_of("vcse", ["national care charity"], None, [], here).codes is None
    assert owned_of("sme", ["tameside builders"], None, ["ltd"], here).codes is None
    assert owned_of("person", [], None, [], here).codes == ["E08000008"]
    assert owned_of("unknown", ["brackenfell"], "FC012345", [], here).codes == [ABROAD]


@pytest.mark.parametrize(
    ("field", "words", "wanted"),
    [
        ("category", "Nursing Home Payment", "residential_care"),
        ("category", "Payments to Private Domiciliary Care", "homecare"),
        ("detail", "AGENCY STAFF", "agency_staff"),
        ("procurement_category", "03.GROCERIES & PROVISIONS", "food_supplies"),
        ("merchant_category", "Taxicabs And Limousines", "passenger_transport"),
        ("category", "Waste Disposal Treat", "waste_services"),
        ("category", "Electricity", "energy_utilities"),
        ("category", "Legal Fees", "professional_services"),
        ("category", "Supplies and Services", None),
        ("category", "Premises-Related Expenditure", None),
        ("category", "Third Party Payments", None),
        ("category", "Miscellaneous Costs", None),
        ("category", None, None),
    ],
)
def test_words_of_a_ledger_tell_a_category_or_nothing(
    field: str, words: str | None, wanted: str | None
) -> None:
    """Groups of accounts that hold a bit of everything stay unknown."""
    found = read_words({**dict.fromkeys(WORDS), field: words})

    assert found.category == wanted
    assert (found.confidence > 0) == (wanted is not None)


def test_a_service_helps_where_the_ledger_is_vague() -> None:
    """Contractors of public health are that; of a service without a sign they stay unknown."""
    vague = {**dict.fromkeys(WORDS), "category": "Private Contractors"}

    assert read_words({**vague, "service": "Public Health"}).category == "public_health"
    assert read_words({**vague, "service": "Corporate"}).category is None


def test_industry_and_name_speak_where_no_word_does() -> None:
    """The longest code counts; an industry of everything says nothing."""
    assert read_sic("87300 - Residential care activities").category == "residential_care"
    assert read_sic("42110").category == "highways"
    assert read_sic("42990").category == "construction_works"
    assert read_sic("82990").category is None
    assert read_sic("Dormant").category is None
    assert read_supplier(None, ["brackenfell roofing"]).category == "building_maintenance"
    assert read_supplier("78200", ["brackenfell"]).category == "agency_staff"


def test_every_category_that_is_read_is_one_of_the_tools() -> None:
    """Rules and industries name ids of categories.csv, and all of them have a rule."""
    from scenarios.sources.spend_categories import _rules

    ids = {one.id for one in categories()}

    assert {rule.category for rule in _rules().words} == ids
    assert {category for category in _rules().sic.values() if category} <= ids
