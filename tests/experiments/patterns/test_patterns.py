"""Patterns as experiments: what they switch off, how they are told, kept and refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.patterns.lives import (
    Found,
    LostRunsError,
    OnePlaceError,
    Task,
    live_pattern,
    posed,
    read_as,
)
from experiments.patterns.pattern import (
    VILLAGE,
    Ablation,
    Figure,
    Life,
    Measured,
    Pattern,
    Place,
    Published,
)
from experiments.patterns.registry import PATTERNS
from experiments.patterns.told import CLEAR, INSIDE, NONE, NOT_CLEAR, OUTSIDE, document, verdict
from experiments.patterns.trail import Trail
from experiments.runner.reading import read_question
from experiments.runner.replicate import all_entries, assumptions_of
from simulation.accounting.digest import digest
from simulation.model.run import live, prepare
from tests.experiments.said import Poundflow

SHORT = Place(
    "village", ("assumptions.burn_in.least_months=24", "assumptions.burn_in.most_months=24")
)
MONTHS = 13
ALL = pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda one: one.name)


def short(pattern: Pattern) -> Pattern:
    """The same pattern in the village, over a little more than a year, with one ablation."""
    return replace(pattern, place=SHORT, others=(), months=MONTHS, ablations=pattern.ablations[:1])


@ALL
def test_what_a_pattern_switches_off_is_a_switch_that_is_on(pattern: Pattern) -> None:
    """Every ablated entry has a null, and is not at it; what is held lies in its range."""
    known = all_entries()

    assert pattern.ablations
    for name in [one for ablation in pattern.ablations for one in ablation.switches]:
        assert known[name].null is not None
        assert known[name].value != known[name].null
    for name, value in pattern.held.items():
        assert known[name].low <= value <= known[name].high
    assert len({one.name for one in pattern.figures}) == len(pattern.figures)
    assert pattern.seeds >= 20


@pytest.fixture(scope="module")
def lives() -> dict[str, Life]:
    """Every arm of every pattern lived once, in one economy, and watched."""
    arms = {arm.name: arm for one in PATTERNS.values() for arm in one.arms}
    whole = replace(short(PATTERNS["hazard"]), arms=tuple(arms.values()))
    scenario = posed(whole, read_question(SHORT.scenario, SHORT.sets))
    prepared = prepare(scenario, assumptions_of(scenario, PATTERNS["ramp"].held), 1)
    told = {}
    for name in arms:
        trail = Trail()
        told[name] = Life(live(prepared, name, MONTHS, watch=trail), trail)
    told["unwatched"] = Life(live(prepared, "usual", MONTHS))
    return told


@pytest.mark.compiled
@ALL
def test_a_run_gives_every_figure_a_pattern_tells(pattern: Pattern, lives: dict[str, Life]) -> None:
    """Lived once in the village, all figures are there, and no others."""
    told = pattern.measure(lives)

    assert set(told) == {one.name for one in pattern.figures}


@pytest.mark.compiled
def test_who_watches_changes_no_book(lives: dict[str, Life]) -> None:
    """A run that is watched comes to the same digest as one that is not."""
    trail = lives["usual"].trail

    assert trail is not None
    assert len(trail.months) == MONTHS + 1
    assert digest(lives["usual"].books) == digest(lives["unwatched"].books)


def test_runs_are_kept_and_serve_every_pattern_that_asks_for_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second pattern of the same runs, and the first again, live nothing; another seed does."""
    lived: list[int] = []

    def counted(task: Task) -> dict[str, Measured]:
        lived.append(task.seed)
        return {read_as(one): {"mean": float(task.seed)} for one in task.patterns}

    monkeypatch.setattr("experiments.patterns.lives.live_task", counted)
    one, other = (replace(short(PATTERNS[name]), ablations=()) for name in ("bids", "losers"))

    first = live_pattern(one, tmp_path, beside=(one, other), seeds=1)
    again = live_pattern(one, tmp_path, seeds=1)
    live_pattern(other, tmp_path, seeds=1)
    assert lived == [1]
    live_pattern(one, tmp_path, seeds=1, seed=2)

    assert again.as_it_is == first.as_it_is == [{"mean": 1.0}]
    assert lived == [1, 2]


def test_what_is_kept_by_another_reading_is_not_taken_for_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the code that reads the figures has changed, the same runs are lived again."""
    lived: list[int] = []

    def counted(task: Task) -> dict[str, Measured]:
        lived.append(task.number)
        return {read_as(one): {"mean": 1.0} for one in task.patterns}

    monkeypatch.setattr("experiments.patterns.lives.live_task", counted)
    one = replace(short(PATTERNS["bids"]), ablations=())

    live_pattern(one, tmp_path, seeds=1)
    live_pattern(replace(one, measure=PATTERNS["sizes"].measure), tmp_path, seeds=1)

    assert lived == [0, 0]


def test_places_of_a_pattern_have_luck_of_their_own_and_may_all_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two places are lived on four different seeds; where both are the first, they are kept apart.

    Such a pattern cannot be asked of a single place.
    """
    seeds: list[int] = []
    other = Place(SHORT.scenario, (*SHORT.sets, "name=other"))
    plain = short(PATTERNS["spread"])
    one = replace(
        plain,
        others=(other,),
        measure=lambda lives: {"councils": float(len(lives))},
        ablations=(Ablation((), "all is one", places=(SHORT, SHORT)),),
    )
    monkeypatch.setattr("simulation.model.run.prepare", lambda s, a, seed: seeds.append(seed))
    monkeypatch.setattr("simulation.model.run.live", lambda *_, **__: None)

    found = live_pattern(one, tmp_path, seeds=2)

    assert len(seeds) == 8
    assert len(set(seeds[:4])) == 4
    assert seeds[4:] == seeds[:4]
    assert found.as_it_is == found.without[0][1] == [{"councils": 2.0}] * 2
    assert found.place == f"{SHORT}; {other}"
    with pytest.raises(OnePlaceError, match="Leave it out"):
        live_pattern(one, tmp_path, scenario="village")


def test_a_run_that_falls_over_is_told_and_the_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of two seeds falls over: an error says so, and the first is kept."""

    def frail(task: Task) -> dict[str, Measured]:
        if task.number == 1:
            raise ValueError("no room")
        return {read_as(one): {"mean": 1.0} for one in task.patterns}

    monkeypatch.setattr("experiments.patterns.lives.live_task", frail)
    one = replace(short(PATTERNS["bids"]), ablations=())

    with pytest.raises(LostRunsError, match=r"1 runs came to nothing.*no room"):
        live_pattern(one, tmp_path, seeds=2)

    assert live_pattern(one, tmp_path, seeds=1).as_it_is == [{"mean": 1.0}]


def made_up(*, on: list[float | None], off: list[float | None]) -> Found:
    """A pattern of one figure with its values by seed, as it is and without the mechanism."""
    plain = PATTERNS["bids"]
    figure = Figure("x", "A figure", "share", Published(0.4, 0.5, "0.4 to 0.5", "somebody"))
    pattern = replace(plain, figures=(figure,), ablations=plain.ablations[:1], place=VILLAGE)
    told = [{"x": value} for value in on], [{"x": value} for value in off]
    return Found(
        pattern, "village", "village", len(on), 1, told[0], [(pattern.ablations[0], told[1])],
        runs=len(on) + len(off),
    )  # fmt: skip


def test_a_figure_has_a_mean_an_interval_and_a_verdict() -> None:
    """Seeds without an answer are left out; the ablation is paired seed by seed."""
    told = document(made_up(on=[0.2, 0.4, 0.6, None], off=[0.3, 0.5, 0.7, 0.9]))

    (figure,) = told["figures"]
    assert figure["mean"] == pytest.approx(0.4)
    assert figure["low"] < 0.4 < figure["high"]
    assert figure["n"] == 3
    assert figure["verdict"] == INSIDE
    (row,) = told["ablations"][0]["figures"]
    assert row["difference"] == pytest.approx(0.1)
    assert row["low"] == pytest.approx(0.1)
    assert row["verdict"] == CLEAR
    assert told["trial"]


def test_an_ablation_that_moves_nothing_for_sure_is_said_to_be_so() -> None:
    """Differences of both signs keep zero within the interval; without answers there is none."""
    (row,) = document(made_up(on=[0.2, 0.4], off=[0.3, 0.3]))["ablations"][0]["figures"]
    (none,) = document(made_up(on=[None], off=[None]))["figures"]

    assert row["verdict"] == NOT_CLEAR
    assert none["mean"] is None
    assert none["verdict"] == NONE


def test_the_verdict_is_inside_outside_or_that_nothing_is_published() -> None:
    """Interval and published range either meet or do not; a pattern is never called right."""
    known = Published(0.2, 0.3, "", "")

    assert verdict(known, 0.3, 0.4) == INSIDE
    assert verdict(known, 0.31, 0.4) == OUTSIDE
    assert verdict(None, 0.3, 0.4) == NONE


def test_the_list_names_every_pattern_with_its_question(poundflow: Poundflow) -> None:
    """Without a name the command lists; as JSON, the same."""
    said = poundflow("pattern")
    told = json.loads(poundflow("pattern", "--json").out)

    assert said.code == 0
    assert all(one.question in said.out for one in PATTERNS.values())
    assert [row["name"] for row in told["patterns"]] == list(PATTERNS)


@pytest.mark.parametrize(
    ("words", "needle"),
    [
        (("pattern", "bid"), "Did you mean `bids`?"),
        (("pattern", "bids", "--seeds", "0"), "--seeds is 0; wanted 1 or more"),
        (("pattern", "bids", "--workers", "0"), "--workers"),
        (("pattern", "bids", "--scenario", "vilage"), "vilage"),
    ],
    ids=lambda words: words[-1] if isinstance(words, tuple) else "",
)
def test_what_cannot_be_asked_is_refused(
    poundflow: Poundflow, tmp_path: Path, words: tuple[str, ...], needle: str
) -> None:
    """A name, a number or a place that is wrong ends in exit code 2 and says so."""
    said = poundflow(*words, "--out", tmp_path)

    assert said.code == 2
    assert needle in said.err


@pytest.mark.long
@pytest.mark.compiled
def test_the_command_measures_writes_and_prints(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables and sentences on stdout, the document beside the runs, and the same as JSON."""
    monkeypatch.setitem(PATTERNS, "bids", short(PATTERNS["bids"]))
    words = ("pattern", "bids", "--seeds", "1", "--workers", "1", "--out", tmp_path, "--quiet")

    said = poundflow(*words)
    told = json.loads(poundflow(*words, "--json").out)

    assert said.code == 0
    assert "a trial, not a measurement" in said.out
    assert "Source: CEBR" in said.out
    assert told == json.loads((tmp_path / "pattern-bids.json").read_text(encoding="utf-8"))
    assert [row["figure"] for row in told["figures"]] == [
        one.name for one in PATTERNS["bids"].figures
    ]
