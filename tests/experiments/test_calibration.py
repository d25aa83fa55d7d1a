"""Numbers are fitted to targets honestly: known answers are found, misses are told as misses."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.calibration.misfit import (
    conflicts,
    correlation,
    distance,
    equal_weights,
    misses,
    unmoved,
    weighted_quantiles,
)
from experiments.calibration.particles import LOG, Particle, Particles, read_log
from experiments.calibration.ready import read_calibration
from experiments.calibration.searching import Asked, Generation, Population
from experiments.calibration.targets import Targets, TargetsError
from experiments.runner.workforce import Lost
from experiments.store.errors import BrokenFileError, DiskFullError

SOUND = """
name = "fit"
months = 6
[[targets]]
measure = "lm3_council"
tier = "district"
value = 1.9
tolerance = 0.1
unit = "GBP per GBP"
source = "A test"
[[targets]]
measure = "quality"
value = 0.8
tolerance = 0.05
unit = "index"
weight = 2.0
source = "A test"
[[inputs]]
name = "market.contract_months"
value = 36
source = "A test"
[[fitted]]
name = "households.propensity"
[[fitted]]
name = "tender.challenge_months"
"""

WRONG = """
name = "fit"
populaton = 30
[[targets]]
measure = "lm3_counsil"
tier = "district"
value = 1.9
tolerance = 0
unit = "GBP per GBP"
source = "A test"
[[targets]]
measure = "quality"
when = 3
policy = "no_such_way"
value = 0.8
tolerance = 0.05
unit = "percent"
source = ""
[[inputs]]
name = "households.propensity"
value = 2.0
source = "A test"
[[fitted]]
name = "households.propensity"
[[fitted]]
name = "bid.own_spread"
low = 0.05
high = 0.9
[[fitted]]
name = "households.propensty"
"""


def written(folder: Path, text: str) -> Path:
    """A file of targets."""
    path = folder / "targets.toml"
    path.write_text(text)
    return path


def sought(
    folder: Path, live: Callable[[Sequence[tuple[float, ...]]], list[float]], asked: Asked
) -> tuple[Population | None, list[Generation]]:
    """What a search comes to."""
    from experiments.calibration.smc import search

    told: list[Generation] = []
    return search(asked, live, folder / "history.db", told.append), told


def line(points: Sequence[tuple[float, ...]]) -> list[float]:
    """A model with a known answer: y = 10 u, wanted 3 within 0.5; none where u is above 0.95."""
    return [math.inf if point[0] > 0.95 else abs(10 * point[0] - 3) / 0.5 for point in points]


def test_a_search_finds_the_known_answer_whoever_does_the_work_and_whatever_stops_it(
    tmp_path: Path,
) -> None:
    """What is left of a uniform prior is uniform from 0.25 to 0.35: mean 0.3, deviation 0.029."""
    lived: dict[tuple[float, ...], float] = {}

    def stopped(points: Sequence[tuple[float, ...]]) -> list[float]:
        if any(point not in lived for point in points):
            lived.update(zip(points, line(points), strict=True))
            if len(lived) % 2:
                raise KeyboardInterrupt
        return [lived[point] for point in points]

    asked = Asked(1, 25, 12, 0.02, 5)
    several = replace(asked, side_by_side=7)
    for name in ("one", "stopped"):
        (tmp_path / name).mkdir()

    alone, told = sought(tmp_path / "one", line, asked)
    stops, again = 0, None
    while again is None:
        try:
            again, _ = sought(tmp_path / "stopped", stopped, several)
        except KeyboardInterrupt:
            stops += 1

    assert alone is not None
    assert alone.within
    assert alone.points.min() >= 0.25
    assert alone.points.max() <= 0.35
    mean = float(alone.weights @ alone.points[:, 0])
    assert mean == pytest.approx(0.3, abs=0.02)
    spread = math.sqrt(alone.weights @ (alone.points[:, 0] - mean) ** 2)
    assert spread == pytest.approx(0.0289, abs=0.012)
    assert [one.threshold for one in told] == sorted((one.threshold for one in told), reverse=True)
    assert told[-1].threshold == 1.0
    assert stops > 0
    assert again.generations == alone.generations
    np.testing.assert_array_equal(again.points, alone.points)
    np.testing.assert_array_equal(again.weights, alone.weights)


def test_a_full_disk_is_told_and_the_search_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's own refusal is nobody's error: nothing is lost but the generation in hand."""
    import pyabc
    from sqlalchemy.exc import OperationalError

    keep, kept = pyabc.History.append_population, []

    def full_once(*args: object, **more: object) -> None:
        kept.append(args)
        if len(kept) == 3:
            raise OperationalError("", {}, Exception("database or disk is full"))
        keep(*args, **more)

    (tmp_path / "full").mkdir()
    asked = Asked(1, 25, 12, 0.02, 5)
    alone, _ = sought(tmp_path, line, asked)
    monkeypatch.setattr(pyabc.History, "append_population", full_once)

    with pytest.raises(DiskFullError, match="no room left"):
        sought(tmp_path / "full", line, asked)
    again, _ = sought(tmp_path / "full", line, asked)

    assert alone is not None
    assert again is not None
    np.testing.assert_array_equal(again.points, alone.points)


def test_what_cannot_be_reached_ends_as_a_miss(tmp_path: Path) -> None:
    """A model that never comes nearer than two tolerances is given up, not called a fit."""
    found, _ = sought(
        tmp_path, lambda points: [2.0 + point[0] for point in points], Asked(1, 10, 4, 0.2, 5)
    )

    assert found is not None
    assert not found.within
    assert found.generations[-1].threshold > 2.0


def test_a_search_leaves_the_random_numbers_of_others_as_they_were(tmp_path: Path) -> None:
    """Numpy's global numbers go on after a search as if there had been none."""
    np.random.seed(3)  # noqa: NPY002
    wanted = np.random.random()  # noqa: NPY002
    np.random.seed(3)  # noqa: NPY002

    sought(tmp_path, line, Asked(1, 10, 1, 0.1, 5))

    assert np.random.random() == wanted  # noqa: NPY002


def test_a_distance_is_at_most_one_exactly_where_every_target_is_reached(tmp_path: Path) -> None:
    """Weights and sums steer the way there, and never call a miss a hit."""
    largest = targets_of(SOUND, tmp_path)
    summed = targets_of(SOUND.replace("months = 6", 'distance = "sum"'), tmp_path)

    assert misses((2.0, 0.7), largest.targets) == pytest.approx([1.0, -2.0])
    for told in (largest, summed):
        assert distance((1.95, 0.81), told) == pytest.approx(0.5)
        assert distance((2.0, 0.75), told) == pytest.approx(1.0)
    assert distance((2.2, 0.7), largest) == pytest.approx(1 + max(2.0, 2 * 1.0))
    assert distance((2.2, 0.7), summed) == pytest.approx(1 + 2.0 + 2 * 1.0)


def targets_of(text: str, folder: Path) -> Targets:
    """Targets as read."""
    return read_calibration("village", written(folder, text), ()).targets


def test_targets_that_exclude_each_other_are_named() -> None:
    """Each of two is reached, both never; a third goes with either."""
    missed = np.array([[0.5, 3.0, 0.1], [2.0, 1.5, 0.2], [3.0, -0.5, 0.3]])

    (only,) = conflicts(missed)

    assert only["targets"] == [0, 1]
    assert only["best_together"] == 2.0
    assert only["best_alone"] == [0.5, 0.5]
    assert only["correlation"] < -0.9


def test_small_sums_of_a_sample() -> None:
    """Weighted quantiles, correlations and equal weights agree with what is counted by hand."""
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3])

    assert weighted_quantiles(values, weights, (0.05, 0.5, 0.8, 0.95)) == [1.0, 1.0, 2.0, 3.0]
    assert equal_weights(weights, 10, 0.5).tolist() == [0, 0, 1, 1, 1, 1, 1, 2, 2, 2]
    assert correlation(values, -values) == pytest.approx(-1.0)
    assert correlation(values, np.ones(3)) is None
    assert unmoved(np.array([[1.0, 2.0], [1.0, 2.5]])) == [0]


def test_every_fault_of_a_file_of_targets_is_told_at_once(tmp_path: Path) -> None:
    """Names, units, ranges, what is input and fitted, policies: each with its line."""
    with pytest.raises(TargetsError) as refusal:
        read_calibration("village", written(tmp_path, WRONG), ())

    said = str(refusal.value)
    for part in (
        "Did you mean `population`?",
        "Did you mean `lm3_council`?",
        "a number above 0",
        '"percent"; wanted "index"',
        "is not told by month",
        "no_such_way",
        "an input too",
        "found 2.0; wanted a share between 0 and 1",
        "the register's range",
        "Did you mean `households.propensity`?",
        "targets.toml:13:1: targets.1.when",
    ):
        assert part in said, said


def test_a_number_that_the_scenario_sets_is_not_fitted(tmp_path: Path) -> None:
    """What somebody has set is an input."""
    with pytest.raises(TargetsError, match="set in the scenario"):
        read_calibration(
            "village", written(tmp_path, SOUND), ["assumptions.households.propensity=0.9"]
        )


def test_counted_numbers_are_whole_and_priors_are_the_registers(tmp_path: Path) -> None:
    """A point of the unit cube is turned into values by quantiles."""
    calibration = read_calibration("village", written(tmp_path, SOUND), ())

    low, high = calibration.values_at((0.0, 0.0)), calibration.values_at((1.0, 1.0))

    assert (low[0], high[0]) == (0.85, 0.97)
    assert calibration.values_at((0.5, 0.44))[1] % 1 == 0
    assert calibration.scenario.assumptions["market.contract_months"] == 36


def test_particles_are_lived_once_and_a_torn_line_is_lived_again(tmp_path: Path) -> None:
    """The log is the record; a particle that raises is on it with its reason."""
    calibration = read_calibration("village", written(tmp_path, SOUND), ())
    handed: list[tuple[float, ...]] = []

    def hands(work: object, tasks: Sequence[object]) -> object:
        for task in tasks:
            handed.append(task.values)  # type: ignore[attr-defined]
            bad = task.values[0] > 0.9  # type: ignore[attr-defined]
            yield (
                task,
                Particle(
                    task.values, () if bad else ((1.9, 0.8),), "no" if bad else "", ("a", "b")
                ),
            )  # type: ignore[attr-defined]

    first = Particles(calibration, tmp_path, hands)  # type: ignore[arg-type]
    good, bad = first.live([(0.85, 2.0), (0.95, 2.0)])
    with (tmp_path / LOG).open("a") as log:
        log.write('{"values": [0.8')
    again = Particles(calibration, tmp_path, hands)  # type: ignore[arg-type]
    assert again.live([(0.95, 2.0), (0.85, 2.0)]) == [bad, good]

    (third,) = again.live([(0.86, 2.0)])

    assert len(handed) == 3
    assert good.means == (1.9, 0.8)
    assert bad.error == "no"
    assert list(read_log(tmp_path / LOG)) == [good, bad, third]


def test_a_particle_that_lost_its_worker_is_lived_again_next_time(tmp_path: Path) -> None:
    """Anyone may have killed it, so it fails in this session alone, and is on no log."""
    calibration = read_calibration("village", written(tmp_path, SOUND), ())
    alive = Particle((0.85, 2.0), ((1.9, 0.8),), "", ("a", "b"))

    def dying(work: object, tasks: Sequence[object]) -> object:
        yield from ((task, Lost("its process died")) for task in tasks)

    def living(work: object, tasks: Sequence[object]) -> object:
        yield from ((task, alive) for task in tasks)

    first = Particles(calibration, tmp_path, dying)  # type: ignore[arg-type]
    (lost,) = first.live([alive.values])
    again = Particles(calibration, tmp_path, living)  # type: ignore[arg-type]

    assert lost.error == "its process died"
    assert first.live([alive.values]) == [lost]
    assert again.live([alive.values]) == [alive]


def test_a_line_that_is_no_particle_is_told_with_its_number(tmp_path: Path) -> None:
    """Nothing is guessed of what a hand or a disk has changed."""
    calibration = read_calibration("village", written(tmp_path, SOUND), ())
    (tmp_path / LOG).write_text(
        '{"values": [0.8, 2.0], "reached": [], "error": "no", "units": []}\n{}\n'
    )

    with pytest.raises(BrokenFileError, match="line 2 is no particle"):
        Particles(calibration, tmp_path, lambda *_: iter(()))  # type: ignore[arg-type]
