"""The table of switches: each mechanism can be turned off, and what that does is told."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from experiments.ablation.__main__ import main
from experiments.ablation.effects import Ablation, Effect, Setting, wary
from experiments.ablation.page import page
from experiments.ablation.switches import Switch, UnknownSwitchError, switches
from experiments.runner.replicate import all_entries
from scenarios.read import read_scenario
from simulation.procurement.registry import names

SHORT = ("assumptions.burn_in.least_months=24", "assumptions.burn_in.most_months=24")

OFTEN = 90
"""Switches that are turned off in each check; all of them are in a soak."""

SHORTEST = tuple(one.replace("24", "12") for one in SHORT)


def setting(months: int) -> Setting:
    """The village in one future, burnt in no longer than it must be."""
    return Setting(read_scenario("village", SHORT), months, 1)


def named(name: str) -> Switch:
    """One switch."""
    return switches(names(), [name])[0]


def test_every_entry_with_a_null_is_a_switch() -> None:
    """None is forgotten, and each is tried at two different values."""
    found = switches(names())

    assert {one.entry.name for one in found} == {
        name for name, entry in all_entries().items() if entry.null is not None
    }
    assert [one.entry.name for one in found if one.on == one.off] == []
    assert all(one.on == one.entry.value or one.rests for one in found)


def test_a_switch_is_tried_where_it_has_something_to_do() -> None:
    """A way of buying's own entries under it, claims where claims are scored, the rest as usual."""
    assert named("ethical_framework.refusal").policy == "ethical_framework"
    assert named("claim.inflation").policy == "social_value"
    assert named("firms.cash_pooling").policy == "price_quality"
    assert named("option.optimism").policy == "options"
    assert named("land.leased").policy == "levers"
    assert named("subsidy.assessment_hours").policy == "incubated_coop"


def test_a_name_without_a_null_is_refused() -> None:
    """The message says where the names stand."""
    with pytest.raises(UnknownSwitchError, match="poundflow assumptions"):
        named("households.buffer_months")


def test_no_worker_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With code 2, and what was wanted."""
    with pytest.raises(SystemExit) as end:
        main(["village", "--workers", "0"])

    assert end.value.code == 2
    assert "--workers is 0; wanted 1 or more." in capsys.readouterr().err


@pytest.mark.compiled
def test_what_a_switch_moves_is_measured_with_its_unit() -> None:
    """Without weight on claims nothing is claimed; without courts to go to, nothing changes."""
    ablation = Ablation(setting(8))

    weight = ablation.effect(named("social_value.weight"))
    courts = ablation.effect(named("law.contested_risk"))

    assert not weight.inert
    assert weight.measure == "social_value_claimed"
    assert weight.on > weight.off == 0.0
    assert weight.unit == "GBP per GBP"
    assert courts.inert
    assert courts.measure == ""


@pytest.mark.compiled
def test_what_acts_with_others_alone_is_tried_where_they_are_awake() -> None:
    """Shared services spare inputs only where somebody pays for them, which by default none do."""
    saving = named("coop.shared_saving")
    asleep = {"incubated_coop.least_jobs": 0.0}
    awake = {**asleep, "coop.shared_charge": named("coop.shared_charge").awake}

    assert Ablation(replace(setting(12), awake=asleep)).effect(saving).inert
    assert not Ablation(replace(setting(12), awake=awake)).effect(saving).inert


def test_what_is_awake_stands_within_its_range() -> None:
    """In the middle where there is one; what does not rest is as it is."""
    assert named("coop.shared_charge").awake == pytest.approx(0.025)
    assert named("incubated_coop.demutualise").awake == 1.0
    assert named("social_value.weight").awake == named("social_value.weight").on


def test_the_page_names_what_moved_and_what_is_inert() -> None:
    """A line for each that moves, a list of those that do not."""
    switch = named("social_value.weight")
    moving = Effect(switch, "quality", "index", 0.9, 0.7, -0.3, -0.1, inert=False)
    inert = replace(moving, measure="", inert=True)

    text = page([(setting(8), [moving, inert])], "abc1234")

    assert "| `social_value.weight` | 0.1 | 0 | social_value | quality | 0.9 | 0.7 " in text
    assert "| -0.2 (-0.3 to -0.1) | index |" in text
    assert "- `social_value.weight` (social_value): How much claimed social value" in text
    assert "`abc1234`" in text


@pytest.fixture(scope="module")
def three_months() -> Ablation:
    """One place for all switches, so that what they share is lived once."""
    return Ablation(Setting(read_scenario("village", SHORTEST), 3, 1))


def turned_off() -> list[Any]:
    """All switches: a sample among the long tests, the rest among the soaks."""
    every = [one.entry.name for one in switches(names())]
    often = set(Random(7).sample(every, OFTEN))
    return [
        pytest.param(name, marks=pytest.mark.long if name in often else pytest.mark.soak)
        for name in every
    ]


@pytest.mark.compiled
@pytest.mark.parametrize("name", turned_off())
def test_every_switch_can_be_turned_off(name: str, three_months: Ablation) -> None:
    """The place lives at the null of each mechanism, and its books close."""
    effect = three_months.effect(named(name))

    assert effect.switch.off == all_entries()[name].null


@pytest.mark.long
@pytest.mark.compiled
def test_the_page_is_written_from_the_command_line(tmp_path: Path) -> None:
    """The switches that did nothing in the first place are tried in the second."""
    out = tmp_path / "ablation.md"

    tried = "law.contested_risk,households.wealth_propensity"

    code = main(["village", "--months", "3", "--replicates", "1", "--then", "village",
                 "--then-months", "4", "--awake-months", "5", "--switches", tried,
                 "--workers", "2", "--out", str(out)])  # fmt: skip

    text = out.read_text(encoding="utf-8")
    assert code == 0
    assert text.count("## village") == 4
    assert "## village, 5 months, one future, nothing at rest" in text
    assert text.count("`law.contested_risk`") == 4
    assert text.count("`households.wealth_propensity`") == 1


@pytest.mark.compiled
def test_what_the_law_asks_is_tried_where_buyers_shun_its_risks() -> None:
    """A council that takes any risk never asks counsel; one that shuns it does, and pays."""
    opinion, usual = named("law.opinion_pence"), setting(14)

    assert Ablation(usual).effect(opinion).inert
    assert not Ablation(wary(usual, 0.1)).effect(opinion).inert
    assert "0.1" in wary(usual, 0.1).note
