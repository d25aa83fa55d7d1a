"""Patterns in the table of checks: read where kept, lived where that is short, else open."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.patterns.lives import Task, live_pattern, read_as
from experiments.patterns.pattern import Figure, Measured, Pattern, Published
from experiments.patterns.registry import PATTERNS
from experiments.validation import patterns
from experiments.validation.figure import Sort, Verdict
from experiments.validation.registry import run_all
from tests.experiments.said import Poundflow

SHORT_SECONDS, LONG_SECONDS = 1.0, 60.0
FIGURES = (
    Figure("inside", "A share", "share", Published(0.1, 0.3, "", "somebody")),
    Figure("outside", "Another", "share", Published(0.5, 0.5, "", "somebody", calibrated=True)),
    Figure("unknown", "A third", "share"),
    Figure("never", "A fourth", "share"),
)
TOLD: Measured = {"inside": 0.2, "outside": 0.2, "unknown": 0.2, "never": None}


def made_up(seconds: float) -> Pattern:
    """A pattern of four figures, the runs of which take so long."""
    return replace(PATTERNS["bids"], figures=FIGURES, seconds=seconds)


@pytest.fixture
def lived(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Numbers of the seeds that were lived, without living any."""
    numbers: list[int] = []

    def instead(task: Task) -> dict[str, Measured]:
        numbers.append(task.number)
        return {read_as(one): TOLD for one in task.patterns}

    monkeypatch.setattr("experiments.patterns.lives.live_task", instead)
    monkeypatch.setattr(patterns, "side_by_side", lambda *_: 1)
    patterns._measured.cache_clear()
    yield numbers
    patterns._measured.cache_clear()


def only(monkeypatch: pytest.MonkeyPatch, pattern: Pattern) -> None:
    """Leave one pattern alone in the registry."""
    monkeypatch.setattr(patterns, "PATTERNS", {pattern.name: pattern})


def test_a_figure_is_held_against_what_is_published_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lived: list[int]
) -> None:
    """Outside is a miss though it is no test; without a published figure it is measured only."""
    only(monkeypatch, made_up(SHORT_SECONDS))

    found = run_all(patterns.checks(True, tmp_path), lambda _: None)

    by_name = {one.check.name: one.figure for one in found}
    inside, outside, unknown, never = (by_name[f"bids: {one.name}"] for one in FIGURES)
    assert (inside.verdict, inside.band, inside.reference) == (Verdict.HOLDS, (0.1, 0.3), None)
    assert (outside.verdict, outside.band, outside.reference) == (Verdict.MISS, None, 0.5)
    assert "the register was set by what is published" in outside.rounding
    assert (unknown.verdict, unknown.value) == (Verdict.MEASURED, pytest.approx(0.2))
    assert "20 seeds, 95 % 0.2 to 0.2" in unknown.rounding
    assert (never.verdict, never.value) == (Verdict.OPEN, None)
    assert {one.check.kind for one in found} == {Sort.PATTERN}
    assert sorted(lived) == list(range(20))


def test_what_takes_long_is_left_open_until_its_seeds_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lived: list[int]
) -> None:
    """The line says what to type; once that was done nothing is lived any more."""
    pattern = made_up(LONG_SECONDS)
    only(monkeypatch, pattern)
    check, *_ = patterns.checks(True, tmp_path)

    before = check.run()
    assert patterns.due(tmp_path) == (0.0, ["bids"])
    live_pattern(replace(pattern, ablations=()), tmp_path)
    patterns._measured.cache_clear()
    lived.clear()
    after = check.run()

    assert before.verdict is Verdict.OPEN
    assert f"20 of 20 seeds are not in {tmp_path}" in before.rounding
    assert f"`poundflow pattern bids --out {tmp_path}`" in before.rounding
    assert after.verdict is Verdict.HOLDS
    assert not lived
    assert patterns.due(tmp_path) == (0.0, [])


def test_patterns_ask_for_nothing_unless_in_full(tmp_path: Path) -> None:
    """Runs that patterns share are counted once in what is told beforehand."""
    assert patterns.checks(False, tmp_path) == ()

    seconds, left = patterns.due(tmp_path)

    alone = [one for one in PATTERNS.values() if one.name not in left]
    assert 0.0 < seconds < sum(one.seconds * one.seeds for one in alone)
    assert {"spread", "preston"} <= set(left)


def test_the_command_says_beforehand_what_it_will_live(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lived: list[int]
) -> None:
    """And leaves a pattern that is too long to a command of its own."""
    only(monkeypatch, made_up(LONG_SECONDS))

    said = poundflow(
        "validate", "--full", "--kind", "emergent-patterns", "--patterns", tmp_path, "--json"
    )

    assert said.code == 0
    assert "too long for this and left open: bids" in said.err
    assert {one["verdict"] for one in json.loads(said.out)["checks"]} == {"open"}
    assert not lived
