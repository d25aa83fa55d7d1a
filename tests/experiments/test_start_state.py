"""The built start states are set beside the published one."""

import pytest

from experiments.runner.start_state import build_start_state, published_and_built
from experiments.store.records import OutcomeRow
from scenarios.read import read_scenario

OFF = 0.05
"""Part by which the jobs of a place may differ from those published."""
A_POINT = 0.01


def row(tier: str, value: float | None, month: int = -1) -> OutcomeRow:
    """One replicate's share of spending in a tier."""
    return OutcomeRow("price_quality", month, "local_share_based", tier, value, "share", "")


def test_mean_and_range_of_all_built_states_are_told() -> None:
    """Each replicate counts once; months of the story and undefined shares do not."""
    scenario = read_scenario("preston-2012")
    first = [row("district", 0.04), row("district", 0.9, 0), row("county", 0.4)]
    second = [row("district", 0.05), row("county", None)]

    city, county = published_and_built(scenario, [first, second, []])

    assert (city["built"], city["least"], city["most"], city["n"]) == (0.045, 0.04, 0.05, 2)
    assert (city["area"], city["tier"], city["published"]) == ("preston", "district", 0.05)
    assert (county["built"], county["n"]) == (0.4, 1)


def test_without_a_built_state_nothing_is_made_up() -> None:
    """Where no replicate was finished, the built share is unknown."""
    scenario = read_scenario("preston-2012")

    lines = published_and_built(scenario, [])

    assert [(line["built"], line["least"], line["most"], line["n"]) for line in lines] == [
        (None, None, None, 0)
    ] * 2


def test_where_nothing_is_published_the_built_shares_stand_alone() -> None:
    """Wigan is made from tables: its borough, county and region, and no figure beside them."""
    scenario = read_scenario("wigan")

    lines = published_and_built(scenario, [[row("district", 0.2), row("region", 0.5)]])

    assert [(line["tier"], line["published"], line["built"]) for line in lines] == [
        ("district", None, 0.2), ("region", None, 0.5)
    ]  # fmt: skip


@pytest.mark.compiled
@pytest.mark.parametrize("name", ["wigan", "plymouth", "tameside", "oxford"])
def test_places_made_from_tables_have_a_start_state(name: str) -> None:
    """Shares, jobs near those published, and every household."""
    lines = {line["what"]: line for line in build_start_state(read_scenario(name))}

    (_, jobs, homes) = lines.values()
    assert jobs["built"] == pytest.approx(jobs["published"], rel=OFF)
    assert homes["built"] == homes["published"]
    assert all(line["built"] is not None for line in lines.values())


@pytest.mark.long
def test_preston_starts_where_it_was_published() -> None:
    """Built and burnt in, measured by the same measures, Preston is within a point."""
    scenario = read_scenario("preston-2012")

    lines = build_start_state(scenario)

    shares = [line for line in lines if line["unit"] == "share"]
    assert len(shares) == 2
    for line in shares:
        assert line["built"] == pytest.approx(line["published"], abs=A_POINT)
