"""What a reader is told of figures that payments and a register gave."""

from dataclasses import replace

import pytest

from scenarios.place_file.category import category_of
from scenarios.place_file.cautions import payments_warnings, register_warnings
from scenarios.place_file.sizes import ENOUGH, Register, Size
from scenarios.place_file.spending import Local, Spending

YEAR = Spending(
    months=tuple(f"2024-{month:02d}" for month in range(1, 13)), factor=1.0, pence=1_000_000_000,
    undated_pence=0, unknown=0.0, unread=(), left_out={}, capital=0.1, lines={}, local={},
)  # fmt: skip
ESTIMATE = 10_000_000.0
SOME = Size(contracts=ENOUGH, mean=1.0, middle=1.0, terms=0, months=0)
OURS = Register(buyers=("Northmoor",), contracts=40, unread=0, sizes={"homecare": SOME})


def test_a_whole_year_that_says_all_needs_no_word() -> None:
    """Nothing is left out, unknown, or far from the tables' estimate."""
    assert payments_warnings(YEAR, ESTIMATE) == []
    assert register_warnings(OURS, "Northmoor") == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"months": ()}, "No payment has a month"),
        (
            {"months": YEAR.months[:3], "factor": 4.0, "pence": 250_000_000},
            "3 months are covered, 2024-01 to 2024-03",
        ),
        ({"months": tuple(f"2021-{m:02d}" for m in range(1, 13))}, "as paid in 2021; prices have"),
        ({"undated_pence": 60_000_00}, "GBP 60,000 of purchases without a month are left out."),
        ({"unknown": 0.02}, "2.0% of the pounds have no known category and are spread"),
        ({"unknown": 0.9}, "Of 90% of the pounds nobody knows the category"),
        ({"unread": (("Alder Ltd", 500_00),)}, "no known category: Alder Ltd, GBP 500."),
        ({"left_out": {"loan": 700_00}}, "GBP 700 of payments that are no purchases (loan)"),
        ({"capital": None}, "Capital and revenue are not told apart"),
        ({"pence": 2_000_000_000}, "2 times the GBP 10m that the tables estimate"),
    ],
)
def test_each_doubt_is_one_sentence(changes: dict[str, object], said: str) -> None:
    """What the payments do not tell, and what was done about it."""
    [told] = payments_warnings(replace(YEAR, **changes), ESTIMATE)  # type: ignore[arg-type]

    assert said in told


def test_where_no_supplier_has_a_place_the_model_is_left_to_say() -> None:
    """One area without a share is one doubt; a share that is known is none."""
    nowhere = Local(low=0.0, high=1.0, known_low=0.0, known_high=0.0, unknown=1.0)
    known = Local(low=0.3, high=0.4, known_low=0.3, known_high=0.4, unknown=0.0)

    [told] = payments_warnings(replace(YEAR, local={"here": nowhere}), ESTIMATE)

    assert "Where suppliers are based is unknown of most pounds" in told
    assert payments_warnings(replace(YEAR, local={"here": nowhere, "by": known}), ESTIMATE) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"buyers": ("Elsewhere", "Nowhere")}, "is of Elsewhere: only sizes and lengths are taken"),
        ({"buyers": ()}, "The register does not say whose it is."),
        ({"unread": 3}, "3 of its 40 contracts have no known category."),
        (
            {"sizes": {"energy_utilities": replace(SOME, contracts=ENOUGH - 1)}},
            f"Fewer than {ENOUGH} contracts, and so not used: energy_utilities.",
        ),
    ],
)
def test_whose_register_it_is_and_what_was_not_used(changes: dict[str, object], said: str) -> None:
    """A neighbour's register tells sizes; too few contracts tell nothing."""
    [told] = register_warnings(replace(OURS, **changes), "Northmoor")  # type: ignore[arg-type]

    assert said in told


@pytest.mark.parametrize(
    ("class_", "title", "category"),
    [
        ("Social Community Care Services - Adult", "Home care in the north", "homecare"),
        ("Social Community Care Services - Adult", "Framework 7", None),
        ("Information Communication Technology", "Framework 7", "ict"),
        ("Passenger Transport", "Framework 7", "passenger_transport"),
        ("", "Home care in the north", "homecare"),
        ("", "Framework 7", None),
        (None, "Framework 7", None),
    ],
)
def test_a_contract_buys_what_its_class_and_title_say(
    class_: str | None, title: str, category: str | None
) -> None:
    """The title decides within a class; words that tell nothing give no category."""
    assert category_of({"category_name": class_, "title": title}) == category
