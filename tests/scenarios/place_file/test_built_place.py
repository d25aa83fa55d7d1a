"""A built place holds what was published of it, and what a person put into its file."""

import pytest

from experiments.runner.built_totals import built_totals
from scenarios.assumptions import Assumptions
from scenarios.from_tables.marks import published_totals
from scenarios.place_file import place_text, put_together
from scenarios.read import draft_from_text
from simulation.economy.build import build_economy
from tests.scenarios.place_file.nearness import far_off

pytestmark = pytest.mark.compiled


def built(text: str) -> dict[str, int]:
    """Totals of the focus on its first day."""
    scenario, assumptions = draft_from_text(text, "place.toml").require(), Assumptions.default()
    return built_totals(build_economy(scenario, assumptions, 1), assumptions)


@pytest.mark.parametrize("code", ["E08000008", "E06000039", "S12000027", "N09000009"])
def test_published_totals_are_built_within_a_hundredth(code: str) -> None:
    """Tameside; Slough, where homes are fullest; Shetland; Mid Ulster."""
    place = put_together(code)

    totals = built(place_text(place))

    published = published_totals(code)
    assert {"population", "enterprises", "enterprises10"} <= set(published)
    assert far_off(totals, published) == {}
    assert totals["households"] == place.row["households"]
    assert totals["jobs"] == pytest.approx(place.row["jobs"], rel=0.01)


def test_what_is_edited_by_hand_is_what_is_built() -> None:
    """Households, residents and small firms of the file, whatever the tables say."""
    text = place_text(put_together("E08000008"))
    edited = text.replace("households = 102_757", "households = 99_000")
    edited = edited.replace("population = 239_643", "population = 230_000")
    edited = edited.replace("small = 586", "small = 686")

    before, after = built(text), built(edited)

    assert (before["households"], after["households"]) == (102_757, 99_000)
    assert after["population"] == pytest.approx(230_000, rel=0.01)
    assert after["enterprises10"] - before["enterprises10"] == 100
