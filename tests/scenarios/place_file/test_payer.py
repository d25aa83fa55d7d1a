"""Whose payments they are: by code, else by the whole name, never by a part of it."""

from types import SimpleNamespace
from typing import Any

import pytest

from scenarios.place_file.find import PlaceError
from scenarios.place_file.payer import payer_of
from scenarios.tables import uk_district


def payer(code: str, council: str | None, area: str | None = None) -> str:
    """Id of the buyer to whom payments are given."""
    one = uk_district(code)
    buyers = [{"id": "own", "name": f"{one.name} Council"}, {"id": "county", "name": "County"}]
    resolved: Any = SimpleNamespace(council=council, area=area)
    return str(payer_of(resolved, one, buyers)[0])


@pytest.mark.parametrize(
    ("code", "council", "buyer"),
    [
        ("E06000015", "Derby City Council", "own"),
        ("E06000014", "City of York Council", "own"),
        ("E07000123", "Preston City Council", "own"),
        ("E06000010", "Hull City Council", "own"),
        ("E08000021", "Newcastle City Council", "own"),
        ("E07000123", "Lancashire County Council", "county"),
    ],
)
def test_a_council_is_known_by_its_whole_name(code: str, council: str, buyer: str) -> None:
    """City, borough and council are no part of it."""
    assert payer(code, council) == buyer


@pytest.mark.parametrize(
    ("code", "council"),
    [("E06000015", "Derbyshire County Council"), ("E06000014", "North Yorkshire Council")],
)
def test_another_councils_payments_are_refused(code: str, council: str) -> None:
    """Derby is in Derbyshire, and its council is another."""
    with pytest.raises(PlaceError, match="payments of"):
        payer(code, council)


def test_a_code_that_was_replaced_is_that_of_today() -> None:
    """Also in Northern Ireland, where districts were joined in 2015."""
    assert payer("N09000005", None, "95A") == "own"
