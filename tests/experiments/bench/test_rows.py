"""What a line of the bench says is what was measured, and a miss is shown as a miss."""

import json

import pytest

from experiments.bench.limits import TINY, measure_limits
from experiments.bench.rows import Bar, at_least, at_most, document, measured, not_measured

FIELDS = ["name", "value", "unit", "reference", "ratio", "bar", "holds", "why"]


@pytest.mark.parametrize(
    ("bar", "holds"), [(at_least(2.0), True), (at_least(2.1), False), (at_most(1.9), False)]
)
def test_a_ratio_is_held_against_its_bar(bar: Bar, holds: bool) -> None:
    """The ratio is value over reference unless given, and the bar says yes or no."""
    row = measured("month", 10.0, "ms", reference=5.0, bar=bar, why="the same call")

    assert row.ratio == 2.0
    assert row.holds is holds


def test_a_value_is_held_against_its_bar() -> None:
    """A bar may be of the value, where there is nothing to compare it with."""
    row = measured("payment", 5.1, "ns", bar=at_most(5.0, "value"), why="alone")

    assert str(row.bar) == "value <= 5"
    assert row.ratio is None
    assert row.holds is False


def test_what_was_not_measured_holds_nothing_and_says_why() -> None:
    """A peer that is missing keeps its bar, and neither meets nor misses it."""
    row = not_measured("peer", "us", "the peer is not installed", at_most(0.35))

    assert (row.value, row.holds, str(row.bar)) == (None, None, "ratio <= 0.35")
    assert row.why == "the peer is not installed"


def test_the_document_has_the_fields_that_readers_know() -> None:
    """`bench.json` carries version, machine, versions and rows with the same eight fields."""
    row = not_measured("peer", "us", "the peer is not installed")

    found = json.loads(json.dumps(document([row], {"cores": 2}, {"python": "3.11"})))

    assert list(found) == ["schema_version", "machine", "versions", "rows"]
    assert [list(line) for line in found["rows"]] == [FIELDS]


def test_limits_are_measured_on_three_working_sets() -> None:
    """Five kinds of access on each of three sets, all above nothing."""
    found = measure_limits(TINY)

    assert len(found.rows) == 15
    assert all(row.value and row.value > 0 for row in found.rows)
    assert found.streaming == found.copy_gb_s["DRAM"]
