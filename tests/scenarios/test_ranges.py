"""A scenario may say how little is known of a number, in place of the register."""

from dataclasses import replace

import pytest

from experiments.design.plan import plan_comparison
from experiments.runner.label import listed_assumptions
from experiments.runner.reading import read_question
from experiments.runner.replicate import all_entries, future_at
from experiments.store.records import Part
from scenarios.assumptions import register
from scenarios.checks.amounts import range_problems
from scenarios.errors import ScenarioError
from scenarios.read import read_scenario

DRAWN = "household.price_elasticity"
HELD = "social_value.weight"


def _entry(distribution):
    return next(
        entry.name
        for entry in register().values()
        if entry.distribution == distribution and entry.role == "input" and entry.unit == "share"
    )


def _question(*sets):
    return read_question("village", sets)


def _future(scenario, replicate=0, part=Part.FUTURE):
    return future_at(scenario, plan_comparison(scenario), part, replicate)


def _of(name, low, central, high):
    return f"ranges.{name}={{low = {low}, central = {central}, high = {high}}}"


def _faults(*sets):
    with pytest.raises(ScenarioError) as error:
        _question(*sets)
    return [(fault.path, fault.found, fault.wanted) for fault in error.value.faults]


def test_a_future_draws_from_the_range_of_the_scenario():
    """Every draw lies in the narrower range, and no other entry's draw moves."""
    name = _entry("uniform")
    scenario = _question(_of(name, 0.21, 0.215, 0.22))

    ours, usual = _future(scenario), _future(_question())

    assert all(0.21 <= _future(scenario, k).draws[name] <= 0.22 for k in range(5))
    assert {**usual.draws, name: ours.draws[name]} == ours.draws


def test_runs_that_draw_nothing_live_by_the_central_value():
    """Luck alone is shown at the scenario's own central value."""
    name = _entry("uniform")

    assert _future(_question(_of(name, 0.1, 0.2, 0.6)), part=Part.LUCK).assumptions[name] == 0.2


def test_what_the_register_holds_fixed_is_drawn_evenly_within_a_range():
    """A weight that nobody draws becomes uncertain where the scenario says so."""
    scenario = _question(_of(HELD, 0.1, 0.1, 0.3))

    drawn = {_future(scenario, k).draws[HELD] for k in range(5)}

    assert len(drawn) == 5
    assert all(0.1 <= one <= 0.3 for one in drawn)
    assert HELD not in _future(_question()).draws


def test_a_range_without_width_is_held():
    """Low, central and high that are equal draw nothing."""
    name = _entry("uniform")
    future = _future(_question(_of(name, 0.2, 0.2, 0.2)))

    assert name not in future.draws
    assert future.assumptions[name] == 0.2


def test_the_manifest_says_whose_range_it_is():
    """A range of the scenario's own has its source and grade."""
    name = _entry("uniform")
    lines = {line["name"]: line for line in listed_assumptions(_question(_of(name, 0.1, 0.2, 0.6)))}

    line = lines[name]

    assert (line["low"], line["value"], line["high"]) == (0.1, 0.2, 0.6)
    assert (line["source"], line["grade"]) == ("range set in the scenario", "judgement")


def test_a_logarithm_needs_a_range_above_nought():
    """An entry drawn by its logarithm is drawn evenly from a range that begins at 0."""
    entry = next(e for e in register().values() if e.distribution == "log_uniform")

    above = all_entries(_question(_of(entry.name, entry.low, entry.value, entry.high)))
    from_nought = all_entries(_question(_of(entry.name, 0.0, entry.value, entry.high)))

    assert above[entry.name].distribution == "log_uniform"
    assert from_nought[entry.name].distribution == "uniform"


def test_one_end_of_a_range_may_be_set_from_the_command_line():
    """`ranges.NAME.high` finds the entry though NAME has dots."""
    name = _entry("uniform")

    scenario = _question(_of(name, 0.1, 0.2, 0.6), f"ranges.{name}.high=0.3")

    assert scenario.ranges[name].high == 0.3


def test_every_fault_of_a_range_is_told_at_once():
    """Out of order, not of its unit, unknown and held as well."""
    name = _entry("uniform")

    faults = _faults(
        _of(name, 0.3, 0.2, 1.7),
        _of("household.nonsense", 0, 1, 2),
        _of(HELD, 0.1, 0.2, 1.5),
        f"assumptions.{HELD}=0.1",
    )

    assert (f"ranges.{name}.central", "0.2", "at least low, 0.3") in faults
    assert (f"ranges.{name}.high", "1.7", "a share between 0 and 1") in faults
    assert (f"ranges.{HELD}.high", "1.5", "a share between 0 and 1") in faults
    assert {path for path, *_ in faults} == {
        f"ranges.{name}.central",
        f"ranges.{name}.high",
        f"ranges.{HELD}",
        f"ranges.{HELD}.high",
        "ranges.household.nonsense",
    }


def test_no_future_draws_a_target_of_calibration():
    """What a calibration aims at is no input, so a range of it is refused."""
    target = replace(register()[_entry("uniform")], role="target")

    (problem,) = range_problems(("ranges", target.name), {"low": 0.1}, target)

    assert "which is a target of calibration" in problem.found


def test_a_range_that_is_not_whole_is_refused():
    """All three numbers are wanted."""
    assert [path for path, *_ in _faults(f"ranges.{HELD}={{low = 0.1}}")] == [
        f"ranges.{HELD}.central",
        f"ranges.{HELD}.high",
    ]


def test_a_scenario_without_ranges_is_as_it_was():
    """Nothing moves where nothing is said."""
    assert read_scenario("village").ranges == {}
    assert all_entries(read_scenario("village")) == all_entries()
