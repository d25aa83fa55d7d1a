"""Pillars together and apart: the design, the arithmetic, and the command."""

import json
from pathlib import Path

import numpy as np
import pytest

from experiments.analysis.factorial import FEWEST, Interval, joint_effect
from experiments.cli.pillars import _levers, _note
from experiments.design.factorial import BUYING, LEVERS, cells, overrides
from experiments.report.words import NO_SALE
from scenarios import shelf
from scenarios.read import draft_from_text, read_scenario
from tests.experiments.said import Poundflow

FACTORS = ("buying", "pay", "land")
NONE = frozenset[str]()


def levels(**values: list[float]) -> dict[frozenset[str], np.ndarray]:
    """Levels by combination, written `buying_pay`; `none` is nothing."""
    return {
        NONE if name == "none" else frozenset(name.split("_")): np.array(column)
        for name, column in values.items()
    }


def test_every_combination_is_lived_once_and_the_baseline_is_none_of_them() -> None:
    """Three factors make eight cells; nothing comes first, everything last."""
    found = cells("price_quality", FACTORS)

    assert len(found) == len({cell.on for cell in found}) == 8
    assert found[0].name == "price_quality"
    assert found[-1].name == "with-buying-pay-land"


def test_cells_keep_the_policys_rules_and_read_as_a_scenario() -> None:
    """A policy with rules keeps them in the cells where buying is on."""
    rules = [{"regime": "lowest_price", "to_value": 5_000, "from": {"year": 2024, "month": 5}}]
    policies = {"mine": {"regime": "social_value", "rules": rules}}
    some = cells("price_quality", FACTORS)

    sets = overrides(some, policies, "mine", "price_quality", 1_000.0)

    draft = draft_from_text(shelf.find("village").read_text("utf-8"), "village.toml", sets)
    scenario = draft.require()
    both = scenario.policies["with-buying-pay"]
    assert both.regime == "social_value"
    assert both.rules[0].from_month is not None
    assert (both.pillars.fair_employment, both.pillars.land_assets) == (1_000.0, 0.0)
    assert scenario.policies["with-land"].regime == "price_quality"
    assert scenario.compare.luck_replicates == 0


def test_effects_that_add_up_are_told_as_no_more_than_the_sum() -> None:
    """1, 2 and 3 alone make 6 together: nothing above the sum, less than the product."""
    found = joint_effect(
        levels(
            none=[100, 200] * 3, buying=[101, 201] * 3, pay=[102, 202] * 3, land=[103, 203] * 3,
            buying_pay_land=[106, 206] * 3,
        ),
        FACTORS,
    )  # fmt: skip

    assert found is not None
    assert (found.together.mean, found.sum_of_parts.mean, found.above_sum.mean) == (6, 6, 0)
    assert found.above_sum.verdict == "unclear"
    assert found.above_product is not None
    assert found.above_product.verdict == "less"


def test_effects_that_multiply_are_told_as_more_than_the_sum() -> None:
    """Each doubles: together eightfold, which is the product and far above the sum."""
    none = np.array([10.0, 20.0, 30.0, 40.0, 50.0, 60.0])
    values = {NONE: none, frozenset(FACTORS): 8 * none}
    values |= {frozenset((one,)): 2 * none for one in FACTORS}

    found = joint_effect(values, FACTORS)

    assert found is not None
    assert found.above_sum.verdict == "more"
    assert found.above_product is not None
    assert found.above_product.mean == pytest.approx(0.0, abs=1e-9)


def test_a_replicate_with_a_hole_is_left_out_and_one_alone_decides_nothing() -> None:
    """Only complete replicates count, and a single one has no spread."""
    nan = float("nan")

    found = joint_effect(
        levels(none=[1, 1], buying=[2, 2], pay=[2, nan], land=[2, 2], buying_pay_land=[9, 9]),
        FACTORS,
    )

    assert found is not None
    assert found.replicates == 1
    assert found.above_sum.verdict == "unclear"
    assert joint_effect(levels(none=[nan], buying=[1]), ("buying",)) is None


def test_too_few_replicates_decide_nothing_and_say_how_many_would() -> None:
    """Two that agree are a coin that fell twice on one side; a wide interval asks for more."""
    two, six = Interval(3.0, 2.0, 4.0, 2), Interval(3.0, 2.0, 4.0, 6)
    wide, none = Interval(1.0, -2.0, 4.0, 10), Interval(0.0, 0.0, 0.0, 8)

    assert FEWEST == 6
    assert (two.verdict, two.replicates_wanted) == ("unclear", 6)
    assert (six.verdict, six.replicates_wanted) == ("more", 6)
    assert (wide.verdict, wide.replicates_wanted) == ("unclear", 90)
    assert (none.verdict, none.replicates_wanted) == ("unclear", None)


def test_where_nobody_sells_it_is_said_that_the_lever_prevents_no_sale() -> None:
    """With the lever on ownership and the default; not once a place says what it knows."""
    sells = ("assumptions.ownership.sold_away=0.25",)
    place, knows = read_scenario("village"), read_scenario("village", sells)

    assert _note(place, (BUYING, "pay", "ownership")) == NO_SALE
    assert _note(place, (BUYING, "pay")) == ""
    assert _note(knows, (BUYING, "ownership")) == ""
    assert "ownership.sold_away is 0" in NO_SALE


def test_levers_that_a_place_cannot_have_are_left_out_and_named() -> None:
    """Nobody in the village could hold land; somebody in Preston could."""
    levers, left_out = _levers(None, read_scenario("village"))

    assert levers == ("pay", "finance", "ownership")
    assert list(left_out) == ["land"]
    assert "no voluntary organisation in village" in left_out["land"]
    assert _levers(None, read_scenario("preston-2012")) == (tuple(LEVERS), {})


@pytest.mark.long
def test_the_command_lives_every_cell_and_says_what_it_found(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """On the village with two levers: eight cells, a document, a table, and what was spent."""
    asked = ("pillars", "village", "--levers", "pay,finance", "--months", 6, "--replicates", 2)
    rest = ("--fixed", "--workers", 1, "--out", tmp_path / "out")

    said = poundflow(*map(str, asked), *map(str, rest), "--json")

    document = json.loads(said.out)
    assert said.code == 0
    assert document["pounds_a_year_each_lever"] == 3_000.0
    found = document["measures"]["disposable_income"]
    assert len(found["effects"]) == 7
    told = found["above_sum"]
    assert (told["verdict"], told["replicates"]) == ("unclear", 2)
    assert told["replicates_wanted"] >= 6
    assert "2 replicates are too few" in told["advice"]
    assert set(document["spent_pounds_a_year"]) == {"pay", "finance"}
    assert (document["note"], document["left_out"]) == ("", {})
    assert document == json.loads((tmp_path / "out" / "pillars.json").read_text())


@pytest.mark.long
def test_where_no_lever_is_named_the_rest_run_and_the_page_says_what_is_missing(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """The village without a word on levers: three of four, and why land is not among them."""
    asked = ("pillars", "village", "--months", "4", "--replicates", "1", "--fixed")

    said = poundflow(*asked, "--workers", "1", "--out", str(tmp_path / "out"))

    document = json.loads((tmp_path / "out" / "pillars.json").read_text())
    assert said.code == 0
    assert set(document["levers"]) == {"pay", "finance", "ownership"}
    assert "The lever land is left out of every cell: found land to be held in trust" in said.out


def test_wrong_questions_are_refused(poundflow: Poundflow, tmp_path: Path) -> None:
    """An unknown lever, the baseline as the way of buying, and a lever that nobody could hold."""
    out = ("--out", tmp_path / "out")

    strange = poundflow("pillars", "village", "--levers", "pay,ice", *out)
    same = poundflow("pillars", "village", "--regime", "price_quality", *out)
    trustless = poundflow("pillars", "village", "--levers", "pay,land", *out)
    dear = poundflow("pillars", "village", "--spend", "200000", *out)
    empty = poundflow("pillars", "village", "--levers", "", *out)
    both = poundflow(
        "pillars", "village", *out, "--regime", "builder", "--levers", "pay", "--set",
        'policies.builder={regime="social_value", pillars={fair_employment=1000.0}}',
    )  # fmt: skip

    assert (strange.code, same.code, trustless.code) == (2, 2, 2)
    assert (empty.code, both.code, dear.code) == (2, 2, 2)
    assert "--levers is empty; wanted some of pay, land, finance" in empty.err
    assert "policies.builder.pillars: found sums for levers" in both.err
    assert "--set policies.builder.pillars={}" in both.err
    assert "pay, land, finance" in strange.err
    assert "the baseline itself" in same.err
    assert trustless.err.count("voluntary organisation") == 1
    assert trustless.err.startswith("--levers land: found")
    assert "Without it: --levers pay." in trustless.err
    assert "--spend 100000 or less" in dear.err
    assert "--set policies.with-" not in trustless.err + dear.err, "nobody typed that"
    assert not (tmp_path / "out").exists()
