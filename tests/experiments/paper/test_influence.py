"""The chapter on assumptions over made-up sweeps, of which every answer is known."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.design.layouts import morris, sobol
from experiments.design.sweep import read_sweep_draft
from experiments.paper import influence
from experiments.paper.influence_screened import (
    MATTER,
    MEASURES,
    effects_of,
    left_out,
    ranking_of,
)
from experiments.paper.influence_twelve import SPENT
from experiments.paper.stored import Table, read_tables, write_tables
from experiments.store.errors import NoSweepError
from experiments.store.sweep_store import SweepStore
from tests.experiments.swept import BASELINE, Came, written

PLANS = Path("docs/paper/plans")
STORED = Path("docs/paper/tables")
WORD = 9 << 60
UNITS = {
    "local_income_multiplier": "GBP per GBP", "net_local_income": "GBP a year",
    "net_gain_after_cost": "GBP a year", "retained_share": "share", "unit_cost_premium": "share",
    "quality": "index", "unmet_need": "share", SPENT: "GBP a year",
}  # fmt: skip
PAIRED = ("net_local_income", "net_gain_after_cost", "unit_cost_premium")
"""Told against the baseline, whose own is zero."""
BUDGET = 200.0
WITHIN = 0.1
"""Of the exact value of knowing: Saltelli groups of a base of 64."""


def came_to(cube: np.ndarray, measure: str) -> Came:
    """Social value gains by the first factor alone, lowest price loses a little everywhere."""

    def came(_: str, policy: str, point: int, replicate: int) -> float | None:
        if measure == SPENT:
            return BUDGET
        level = 0.0 if measure in PAIRED else 1.0
        if policy == BASELINE:
            return level
        if policy == "lowest_price":
            return level - 60.0
        return level + 100.0 * (cube[point, 0] - 0.5) + 1e-6 * replicate * cube[point, 1]

    return came


def finish(folder: Path) -> None:
    """Say on the label that the sweep has ended."""
    SweepStore.open(folder).update_label(finished="2026-01-02T00:00:00+00:00")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    """Of both sweeps, as they are read again from their files."""
    sweeps = tmp_path_factory.mktemp("sweeps")
    told: dict[str, Table] = {}
    for name, cube in (
        (influence.SCREENING, morris(2, 4, WORD, levels=4)),
        (influence.TWELVE, sobol(2, 64, WORD, second_order=False)),
    ):
        values = cube * [0.14, 1.0] + [0.01, 0.0]
        measures = {
            (measure, "district", UNITS[measure]): came_to(cube, measure)
            for measure in (*MEASURES, SPENT)
        }
        folder = written(sweeps / name, name.partition("-")[2], values, measures)
        finish(folder)
    told = influence.tables(sweeps)
    folder = tmp_path_factory.mktemp("tables")
    write_tables(told, folder)
    return dict(read_tables(folder))


def test_the_first_factor_is_ranked_first_and_has_all_of_it(tables: dict[str, Table]) -> None:
    """The second moves nothing that can be seen."""
    ranking = tables["influence-ranking"].rows

    assert [row["assumption"] for row in ranking] == ["bid.cover", "bid.own_pay"]
    assert ranking[0]["part"] == pytest.approx(1.0, abs=1e-4)


def test_knowing_the_first_factor_is_worth_an_eighth_of_its_swing(
    tables: dict[str, Table],
) -> None:
    """The gain is even on +-50 of 200 pounds spent; half of it is never taken: 50/4/200."""
    known = [row for row in tables["influence-knowing"].rows
             if row["gain"] == "net_gain_after_cost"]  # fmt: skip
    choice = [row for row in tables["influence-choice"].rows
              if row["gain"] == "net_gain_after_cost"]  # fmt: skip

    assert known[0]["assumption"] == "bid.cover"
    assert known[0]["value"] == pytest.approx(50.0 / 4.0 / BUDGET, rel=WITHIN)
    assert known[1]["value"] <= choice[0]["chance"]
    losing = next(row for row in choice if row["policy"] == "lowest_price")
    assert losing["expected"] == pytest.approx(-60.0 / BUDGET, rel=1e-4)
    assert losing["best"] == "no"


def test_a_swing_spans_nine_tenths_of_the_range(tables: dict[str, Table]) -> None:
    """From -45 to 45 of the gain's -50 to 50."""
    row = next(
        row for row in tables["influence-swings"].rows
        if (row["measure"], row["policy"]) == ("net_gain_after_cost", "social_value")
    )  # fmt: skip

    assert row["assumption"] == "bid.cover"
    assert row["at_low"] == pytest.approx(-45.0, abs=3.0)
    assert row["at_high"] == pytest.approx(45.0, abs=3.0)


def test_pictures_and_blocks_come_from_tables_alone(
    tables: dict[str, Table], tmp_path: Path
) -> None:
    """One tornado for each measure, every picture named in a block, the same bytes twice."""
    influence.figures(tables, tmp_path)
    drawn = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    influence.figures(tables, tmp_path)
    told = influence.page(tables)

    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == drawn
    assert {f"influence-tornado-{measure}.svg" for measure in MEASURES} <= set(drawn)
    assert {name for name in drawn if name not in "".join(told.values())} == set()
    assert "`bid.cover`" in told["influence-knowing"]
    assert "the answer is the same at every point" in told["influence-asked"]


def test_parts_of_a_question_in_which_nothing_moves_count_for_nobody() -> None:
    """One question has effects of 3 and 1, the other of none: parts are those of the first."""
    told = [
        {"measure": measure, "unit": "share", "policy": "social_value",
         "factors": [{"factor": name, "mu": star, "mu_star": star, "mu_star_conf": 0.0,
                      "sigma": 0.0} for name, star in zip("ab", stars, strict=True)]}
        for measure, stars in (("quality", (3.0, 1.0)), ("unmet_need", (0.0, 0.0)))
    ]  # fmt: skip

    ranking = ranking_of(effects_of(told), "abc")

    assert ranking["assumption"] == ["a", "b", "c"]
    assert ranking["part"] == [0.75, 0.25, 0.0]
    assert ranking["first_for"][0] == "quality under social_value"


def test_the_stored_screening_ranks_all_that_its_plan_varied() -> None:
    """Every name of its plan has a rank; parts add up to one, and effects are of these names."""
    plan = read_sweep_draft(PLANS / f"{influence.SCREENING}.toml").require()
    stored = read_tables(STORED)
    ranking = stored["influence-ranking"].columns

    assert stored["influence-ranking"].plan == influence.SCREENING
    assert sorted(ranking["assumption"]) == sorted(plan.design.names)
    assert sum(ranking["part"]) == pytest.approx(1.0)
    assert set(stored["influence-effects"].columns["assumption"]) <= set(ranking["assumption"])


def test_the_twelve_of_the_plan_come_first_in_the_stored_screening() -> None:
    """Nobody chose them by hand."""
    plan = read_sweep_draft(PLANS / f"{influence.TWELVE}.toml").require()
    ranked = read_tables(STORED)["influence-ranking"].columns["assumption"]

    assert sorted(plan.design.names) == sorted(ranked[:MATTER])


def test_without_a_screening_of_its_own_the_chapter_is_not_told(tmp_path: Path) -> None:
    """No other screening stands in for it: the sweep is missed by name."""
    with pytest.raises(NoSweepError, match=influence.SCREENING):
        influence.tables(tmp_path)


def test_what_is_left_out_has_a_reason_and_what_is_varied_is_not_named() -> None:
    """A family that no compared way reads says so; an entry that is varied leaves the list."""
    varied = "bid.busy"
    none, all_but_one = left_out([]), left_out([varied])
    why = dict(zip(all_but_one["family"], all_but_one["why"], strict=True))

    assert why["alliance"] == "of a way that is not compared"
    assert varied in ", ".join(none["names"]).split(", ")
    assert varied not in ", ".join(all_but_one["names"]).split(", ")
    assert sum(none["entries"]) == sum(all_but_one["entries"]) + 1


def test_an_interval_of_nothing_is_told_as_not_seen(tables: dict[str, Table]) -> None:
    """Where no resample changes the choice, the page does not print 0.00p to 0.00p."""
    told = tables["influence-knowing"]
    still = {**told.columns, "high": [0.0] * len(told.columns["high"])}

    page = influence.page({**tables, "influence-knowing": replace(told, columns=still)})

    assert "not seen to change it" in page["influence-knowing"]
    assert "0.00p to 0.00p" not in page["influence-knowing"]
