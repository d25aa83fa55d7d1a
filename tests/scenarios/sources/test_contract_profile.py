"""A profile counts every contract once under each heading, the unknown ones as a share apart."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.sources.contract_profile import UNKNOWN, VALUE_UNKNOWN, Profile, profile
from scenarios.sources.contract_schema import CONTRACTS
from scenarios.sources.tidy_tables import Tables, safe_cell


def of(folder: Path, rows: Sequence[dict[str, Any]]) -> Profile:
    """The profile of contracts."""
    with Tables(folder, {"contracts": CONTRACTS}) as tables:
        for row in rows:
            tables.add("contracts", row)
    return profile(folder)


def contract(pence: int | None = None, **more: Any) -> dict[str, Any]:
    """A contract with a single value in pounds, or with none."""
    kind = "none" if pence is None else "stated"
    return {"total_value_pence": pence, "value_kind": kind, "currency": "GBP", **more}


def counts(tallies: Sequence[Any]) -> dict[str, int]:
    """Heading and number."""
    return {tally.name: tally.count for tally in tallies}


def test_the_share_of_smes_is_by_number_and_by_value_with_the_unknown_apart(tmp_path: Path) -> None:
    """Three contracts, one of which nobody says who holds it."""
    found = of(
        tmp_path,
        [contract(100_00, sme=True), contract(900_00, sme=False), contract(500_00, sme=None)],
    )

    assert [(t.name, t.count, t.pence) for t in found.sme] == [
        ("SME", 1, 100_00),
        ("no SME", 1, 900_00),
        (UNKNOWN, 1, 500_00),
    ]
    assert (found.contracts, found.valued) == (3, 3)
    assert (found.pence, found.median_pence) == (1_500_00, 500_00)


def test_a_range_an_upper_limit_and_another_currency_are_in_no_sum(tmp_path: Path) -> None:
    """They count in numbers, under a heading of their own."""
    found = of(
        tmp_path,
        [
            contract(100_00),
            {"value_low_pence": 1, "value_high_pence": 2, "value_kind": "range", "currency": "GBP"},
            {"value_high_pence": 2, "value_kind": "up to", "currency": "GBP"},
            contract(7_000_00, currency="EUR"),
        ],
    )

    assert (found.valued, found.pence) == (1, 100_00)
    assert counts(found.sizes) == {"under £5,000": 1, VALUE_UNKNOWN: 3}
    assert counts(found.kinds) == {"range": 1, "stated": 2, "up to": 1}


@pytest.mark.parametrize(
    ("pence", "band"),
    [
        (499_999, "under £5,000"),
        (500_000, "£5,000 to £25,000"),
        (99_999_999, "£500,000 to £1m"),
        (100_000_000, "£1m to £5m"),
        (1_000_000_000, "£10m and more"),
    ],
)
def test_a_contract_on_the_edge_is_in_the_upper_band(pence: int, band: str, tmp_path: Path) -> None:
    """Each edge belongs to one band."""
    assert counts(of(tmp_path, [contract(pence)]).sizes) == {band: 1}


def test_routes_are_told_apart_by_their_words_alone(tmp_path: Path) -> None:
    """Capitals and dashes make no new route; a blank one is unknown; rare ones are added up."""
    routes = ["Open", "OPEN ", "open", "Other -", "-", None, *(f"Route {k}" for k in range(20))]
    found = of(tmp_path, [contract(100, route=route) for route in routes])

    assert counts(found.routes)["Open"] == 3
    assert counts(found.routes)[UNKNOWN] == 2
    assert sum(counts(found.routes).values()) == len(routes)
    assert len(found.routes) <= 14


def test_no_contract_at_all_is_no_fault(tmp_path: Path) -> None:
    """A folder may be empty."""
    found = of(tmp_path, [])

    assert (found.contracts, found.median_pence, list(found.sme)) == (0, None, [])


@settings(max_examples=20)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "total_value_pence": st.none() | st.integers(0, 10**12),
                "sme": st.none() | st.booleans(),
                "vcse": st.none() | st.booleans(),
                "route": st.none() | st.sampled_from(["Open", "open", "RFQ", "", "-"]),
                "end": st.none() | st.dates(),
                "bids_low": st.none() | st.integers(0, 30),
            }
        ),
        max_size=12,
    )
)
def test_every_heading_adds_up_to_all_contracts(
    rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """None is lost, none counted twice, and no pound either."""
    whole = [
        {**contract(row["total_value_pence"]), **row, "bids_high": row["bids_low"]} for row in rows
    ]
    found = of(tmp_path_factory.mktemp("profile"), whole)

    for tallies in (found.sizes, found.sme, found.vcse, found.ends, found.routes, found.kinds):
        assert sum(tally.count for tally in tallies) == len(rows)
        assert sum(tally.pence for tally in tallies) == found.pence
    assert sum(tally.count for tally in found.bids) == len(rows)


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-5", "@x", "\tx"])
def test_a_cell_that_could_be_a_formula_is_none(cell: str) -> None:
    """An apostrophe stands before it."""
    assert safe_cell(cell) == f"'{cell}"
    assert safe_cell("plain") == "plain"
