"""Which spellings become one supplier: names cleaned, numbers first, likeness last, doubts told."""

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.sources.resolved import joined
from scenarios.sources.supplier_alike import alike_pairs
from scenarios.sources.supplier_clean import clean_name
from scenarios.sources.supplier_merge import Spelling, merge
from scenarios.sources.supplier_numbers import charity_number, company_number
from scenarios.sources.supplier_places import Council
from scenarios.sources.suppliers import Given, Resolution, resolve
from scenarios.sources.tidy import SCHEMA

SAME = [
    ("Brackenfell Builders Ltd", "BRACKENFELL BUILDERS LIMITED."),
    ("The Brackenfell Builders Ltd", "Brackenfell Builders"),
    ("Oak & Ash Landscapes", "Oak and Ash Landscapes Ltd"),
    ("Café Société C.I.C.", "Cafe Societe Community Interest Company"),
    ("Yew House t/a Brackenfell Care Ltd", "Brackenfell Care Ltd"),
    ("Millrace Stores 2345", "MILLRACE STORES 0071"),
    ("Northmoor MBC", "Northmoor Metropolitan Borough Council"),
    ("Inspiredspaces Northmoor Ltd", "Inspired Spaces Northmoor Ltd"),
    ("Brackenfell Managed Services Ltd", "Brackenfell Managed Sevices Ltd"),
    ("Brackenfell Waste Manageme", "Brackenfell Waste Management Ltd"),
]
APART = [
    ("Brackenfell Ltd", "Brackenfell (North) Ltd"),
    ("Brackenfell Care UK Ltd", "Brackenfell Care Ltd"),
    ("Inspired Spaces ProjectCo1 Ltd", "Inspired Spaces ProjectCo2 Ltd"),
    ("Schools Partnership 1 Ltd", "Schools Partnership 2 Ltd"),
    ("Johnson Builders Ltd", "Johnston Builders Ltd"),
    ("Brackenfell Cleaning Ltd", "Brackenfell Clearing Ltd"),
    ("Brackenfell Nurseries", "Brackenfell Nurses"),
    ("Brackenfell Construction Ltd", "Brackenfell Constitution Ltd"),
    ("Oldmoor MBC", "Newmoor MBC"),
    ("Brackenfell Builders Ltd", "Brackenfell Builders LLP"),
    ("Thornwick Brackenfell Europe Partners", "Thornwick Brackenfell European Partners"),
    ("Larchwood Care Homes (North) Ltd", "Larchwood Care Homes (South) Ltd"),
]


def spelling(name: str, company: str | None = None, ids: tuple[str, ...] = ()) -> Spelling:
    """A spelling of an organisation."""
    return Spelling(name, clean_name(name), company, None, frozenset(ids))


def groups(*spellings: Spelling) -> int:
    """How many suppliers they are."""
    return len(merge(spellings).because)


@pytest.mark.parametrize("pair", SAME, ids=lambda pair: pair[0])
def test_what_is_spelt_alike_is_one_supplier(pair: tuple[str, str]) -> None:
    """Case, points, forms of law, "The", "&", branches and slips in everyday words."""
    assert groups(*(spelling(name) for name in pair)) == 1


@pytest.mark.parametrize("pair", APART, ids=lambda pair: pair[0])
def test_a_word_that_tells_keeps_suppliers_apart(pair: tuple[str, str]) -> None:
    """Points of the compass, figures, proper names and forms of law are never taken for slips."""
    assert groups(*(spelling(name) for name in pair)) == 2


def test_companies_with_different_numbers_never_merge() -> None:
    """Not even under one name; a spelling without a number is then a doubt, and stays apart."""
    one, other = spelling("Brackenfell Ltd", "01234567"), spelling("Brackenfell Ltd", "07654321")
    bare = spelling("BRACKENFELL LIMITED")

    found = merge([one, other, bare])

    slip = [
        spelling("Brackenfell Services", "01234567"),
        spelling("Brackenfell Sevices", "07654321"),
    ]
    assert groups(*slip) == 2
    assert len(found.because) == 3
    assert {frozenset((d.one, d.other)) for d in found.doubts} == {
        frozenset((0, 2)),
        frozenset((1, 2)),
    }


def test_one_number_merges_whatever_the_names() -> None:
    """A number of Companies House says more than a name."""
    found = merge([spelling("Yew House", "01234567"), spelling("Oak House", "01234567")])

    assert found.because == [["one company number"]]


def test_the_councils_own_number_settles_a_doubt() -> None:
    """A slip in a proper name under one supplier number is one supplier."""
    names = ("Cragemoor Healthcare Trading", "Craegmoor Healthcare Trading")

    assert groups(*(spelling(name) for name in names)) == 2
    assert groups(*(spelling(name, ids=("V12",)) for name in names)) == 1


def test_a_person_decides_both_ways() -> None:
    """Merge overrules different names, apart overrules one name."""
    north, south = spelling("Brackenfell North Ltd"), spelling("Brackenfell South Ltd")
    keys = [(north.clean.key, south.clean.key)]

    assert len(merge([north, south], keys, ()).because) == 1
    one, other = spelling("Brackenfell Ltd", "01234567"), spelling("Brackenfell Ltd")
    assert len(merge([one, other]).because) == 1
    assert len(merge([one, other], (), [("company 01234567", other.clean.key)]).because) == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [("1952719", "01952719"), ("SC123456", "SC123456"), ("IP00525R", "IP00525R"),
     ("525R", "IP00525R"), (172081, "00172081"), ("oc 303525", "OC303525"),
     ("GB-COH-01952719", "01952719"), ("0", None), ("123456789", None), (1.5, None),
     ("12", None), ("ZZ123456", None), ("none", None), ("", None), ("-", None)],
)  # fmt: skip
def test_company_numbers_are_written_one_way(text: object, number: str | None) -> None:
    """Lost zeros come back; what is none is none."""
    assert company_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("1000388", "1000388"), ("GB-CHC-1135838", "1135838"), ("SC012345", "SC012345"),
     ("CQC-1-102642930", None), ("URN-135218", None)],
)  # fmt: skip
def test_charity_numbers_are_told_from_others(text: str, number: str | None) -> None:
    """Numbers of schools and of care regulators are none."""
    assert charity_number(text) == number


NAMES = st.sampled_from(
    sorted({name for pair in (*SAME, *APART) for name in pair} | {"person 1", "redacted"})
)
ROWS = st.lists(
    st.tuples(
        NAMES,
        st.sampled_from([None, "01234567", "07654321"]),
        st.integers(-10_000, 1_000_000),
        st.sampled_from(["Building works", "Home care", "Sundries", None]),
        st.sampled_from(["purchase", "refund", "grant"]),
    ),
    min_size=1,
    max_size=15,
)


def payments(rows: list[tuple[str, str | None, int, str | None, str]]) -> pa.Table:
    """Payments as an import writes them."""
    blank = dict.fromkeys(SCHEMA.names)
    told = []
    for number, (name, company, pence, words, kind) in enumerate(rows):
        what = (
            "person"
            if name.startswith("person")
            else name
            if name == "redacted"
            else "organisation"
        )
        told.append(
            {**blank, "file": "a.csv", "sheet": "", "row": number, "payee": name,
             "payee_kind": what,
             "pence": pence, "company_number": company if what == "organisation" else None,
             "category": words, "kind": kind, "reason": ""}
        )  # fmt: skip
    return pa.Table.from_pylist(told, SCHEMA)


def resolved(rows: list[tuple[str, str | None, int, str | None, str]]) -> Resolution:
    """The same, resolved."""
    return resolve(payments(rows), Given(Council(None, None)))


@settings(max_examples=15, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(
    rows: list[tuple[str, str | None, int, str | None, str]], luck: random.Random
) -> None:
    """Rows shuffled, and resolved twice, give the same suppliers and categories."""
    shuffled = luck.sample(rows, len(rows))

    one, other, again = resolved(rows), resolved(shuffled), resolved(rows)

    assert one.suppliers.to_pylist() == other.suppliers.to_pylist()
    assert one.categories.to_pylist() == other.categories.to_pylist()
    assert one.suppliers.equals(again.suppliers, check_metadata=True)


@settings(max_examples=15, deadline=None)
@given(ROWS)
def test_no_penny_is_lost(rows: list[tuple[str, str | None, int, str | None, str]]) -> None:
    """Purchases of suppliers and of categories come to those of the payments."""
    table = payments(rows)
    bought = sum(pence for *_, pence, _, kind in rows if kind != "grant")

    found = resolved(rows)
    beside = joined(table, found.suppliers, found.categories)

    assert sum(found.suppliers["pence"].to_pylist()) == bought
    assert sum(found.categories["pence"].to_pylist()) == bought
    assert sum(found.suppliers["payments"].to_pylist()) == len(rows)
    assert beside["pence"].to_pylist() == table["pence"].to_pylist()
    by_supplier = dict.fromkeys(range(found.suppliers.num_rows), 0)
    for supplier, pence, kind in zip(
        *(beside[name].to_pylist() for name in ("supplier", "pence", "kind")), strict=True
    ):
        by_supplier[supplier] += pence if kind != "grant" else 0
    assert list(by_supplier.values()) == found.suppliers["pence"].to_pylist()
    grants = [k for k, kind in enumerate(beside["kind"].to_pylist()) if kind == "grant"]
    assert not [k for k in grants if beside["category"][k].as_py() is not None]


@settings(max_examples=15, deadline=None)
@given(ROWS)
def test_merging_what_is_merged_changes_nothing(
    rows: list[tuple[str, str | None, int, str | None, str]],
) -> None:
    """Each supplier under its one name stays one, and no two of them merge."""
    unnumbered = [(name, None, *rest) for name, _, *rest in rows]
    table = resolved(unnumbered).suppliers.to_pylist()  # type: ignore[arg-type]
    once = [
        spelling(one["name"]) for one in table if one["names"][0]["payee_kind"] == "organisation"
    ]

    found = merge(once)

    assert len(found.because) == len(once)


def test_many_names_are_not_held_against_each_other() -> None:
    """Thousands of names are compared in blocks: every slip is found, in bounded work."""
    luck = random.Random(4)
    firsts = [f"{a}{b}{c}" for a in ("bra", "nor", "mil", "oak") for b in ("cken", "thal", "lra")
              for c in ("fell", "moor", "ce", "ham", "ton")]  # fmt: skip
    cores = sorted({f"{luck.choice(firsts)} {luck.choice(firsts)} {luck.randrange(300)} services"
                    for _ in range(5_000)})  # fmt: skip
    slip = cores[77].replace("services", "sevices")

    found = alike_pairs(sorted([*cores, slip]))

    assert (cores[77], slip) in {tuple(sorted((one.one, one.other))) for one in found if one.sure}


def test_all_names_of_one_beginning_are_held_against_each_other() -> None:
    """Of 2,025 that begin alike and share every word with 44 none is passed over."""
    places = [f"{a}{b}{c}" for a in "bdfgh" for b in "aei" for c in ("lan", "mer", "tis")]
    trades = [f"{a}{b}{c}" for a in "kprvw" for b in "iou" for c in ("nding", "ster", "gel")]
    names = [f"northmoor {place} {trade}" for place in places for trade in trades]
    slips = {name: name.replace("northmoor", "northmor") for name in names[::200]}

    found = {(pair.one, pair.other) for pair in alike_pairs(sorted([*names, *slips.values()]))}

    assert len(names) == 2_025
    assert set(slips.items()) <= found
