"""The village is calibrated to runs of its own: the truth is found again, whatever gets in the way.

Burn-in and households are few, so that a run takes a moment.
"""

import json
import signal
import time
from pathlib import Path

import pytest

from experiments.calibration.particles import LOG, ParticleTask, live_particle
from experiments.calibration.ready import read_calibration
from experiments.calibration.session import calibrate
from experiments.calibration.targets import TargetsError
from experiments.design.accepted import read_accepted
from experiments.runner.sweep_plan import plan_sweep
from experiments.store.errors import FolderTakenError
from tests.experiments.pressed import SLOWEST, begun, on_unix
from tests.experiments.said import Poundflow
from tests.experiments.sweeps import kill

pytestmark = pytest.mark.compiled

TRUTH = 0.9
SMALL = (
    "assumptions.burn_in.least_months=12",
    "assumptions.burn_in.most_months=12",
    "areas.village.households=30",
    "counterfactual=true",
    "measure.from=1",
)
SETS = [word for one in SMALL for word in ("--set", one)]

TARGETS = """
name = "truth"
seed = 4
months = 2
population = 10
most_generations = {most}
least_accepted = 0.1
[[targets]]
measure = "{measure}"
tier = "all"
value = {value}
tolerance = {tolerance}
unit = "{unit}"
source = "The model's own run"
[[fitted]]
name = "households.propensity"
"""


MOVED, STILL = ("sam_type2", "GBP per GBP"), ("process_cost", "share of outlay")
"""Measures with their units: one that the fitted number moves, and one that it does not."""


def written(
    folder: Path,
    value: float,
    tolerance: float,
    most: int = 6,
    measure: tuple[str, str] = MOVED,
) -> Path:
    """A file of one target."""
    path = folder / "targets.toml"
    name, unit = measure
    path.write_text(
        TARGETS.format(value=value, tolerance=tolerance, most=most, measure=name, unit=unit)
    )
    return path


def at(folder: Path, propensity: float) -> float:
    """What the village comes to at a value of the fitted number."""
    calibration = read_calibration("village", written(folder, 1.0, 1.0), SMALL)
    return live_particle(ParticleTask(calibration, (propensity,))).means[0]


@pytest.mark.soak
def test_the_truth_is_found_again_after_a_kill_and_a_sweep_takes_it(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """A known value is lived, its outcome made the target, and the search comes back to it."""
    value = at(tmp_path, TRUTH)
    targets = written(tmp_path, value, 0.008)
    out, whole = tmp_path / "out", tmp_path / "whole"
    words = ("calibrate", "village", str(targets), "--out", str(out), "--workers", "1", *SETS)
    running = begun(*words)
    deadline = time.monotonic() + SLOWEST
    while not (out / LOG).exists() or (out / LOG).read_bytes().count(b"\n") < 14:
        assert time.monotonic() < deadline
        assert running.poll() is None, running.communicate()
        time.sleep(0.02)
    kill(running.pid)
    running.communicate()

    said = poundflow(*words, "--json")
    ended = calibrate("village", targets, whole, sets=SMALL)

    told = json.loads(said.out)
    (fitted,) = told["fitted"]
    assert said.code == 0, said
    assert told["reached"]
    assert fitted["accepted"]["least"] <= TRUTH <= fitted["accepted"]["most"]
    assert fitted["share_left"] < 0.5
    assert told["targets"][0]["within"] == pytest.approx(1.0)
    assert (out / "calibration.html").read_text().count("<svg") == 1
    assert ended.found is not None
    assert ended.found.document == {key: told[key] for key in ended.found.document}
    for name in ("accepted.parquet", "particles.parquet"):
        assert (out / name).read_bytes() == (whole / name).read_bytes()

    names, values = read_accepted(out / "accepted.parquet")
    assert names == ("households.propensity",)
    assert values.shape == (10, 1)
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'name = "after"\nmonths = 2\n[[places]]\nscenario = "village"\n'
        '[design]\nkind = "accepted"\nfile = "out/accepted.parquet"\n'
    )
    assert plan_sweep(plan).points.values.tolist() == values.tolist()


@pytest.mark.long
def test_a_miss_ends_with_code_1_and_writes_no_accepted_values(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """A number that the village cannot come to is told as one, with the side it stays on."""
    targets = written(tmp_path, 3.5, 0.01, most=1)

    said = poundflow("calibrate", "village", targets, "--out", tmp_path / "out", "--workers", "1",
                     *SETS)  # fmt: skip

    assert said.code == 1, said
    assert "No: this is a miss." in said.out
    assert "never reached: every particle stays below it" in said.out
    assert (tmp_path / "out" / "particles.parquet").exists()
    assert not (tmp_path / "out" / "accepted.parquet").exists()


@pytest.mark.long
def test_a_folder_holds_one_question_and_time_runs_out_with_all_kept(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """Other targets are refused with the reason; a second is too short, and nothing is lost."""
    out = tmp_path / "out"
    said = poundflow("calibrate", "village", written(tmp_path, 2.2, 0.01), "--out", out,
                     "--workers", "1", "--time", "1s", *SETS)  # fmt: skip

    assert said.code == 0, said
    assert "the time is over" in said.out
    assert (out / LOG).read_text().count("\n") >= 1
    with pytest.raises(FolderTakenError, match="its targets, inputs or fitted numbers differ"):
        calibrate("village", written(tmp_path, 2.3, 0.01), out, sets=SMALL)


@pytest.mark.long
def test_a_target_that_no_fitted_number_moves_is_refused(tmp_path: Path) -> None:
    """What the scenario or the inputs set is no target: reaching it says nothing."""
    targets = written(tmp_path, 0.1, 0.01, measure=STILL)

    with pytest.raises(TargetsError, match="set by the scenario or the inputs"):
        calibrate("village", targets, tmp_path / "out", sets=SMALL)


@on_unix
@pytest.mark.long
def test_ctrl_c_ends_with_130_and_keeps_what_was_lived(tmp_path: Path) -> None:
    """A press of Ctrl-C is no fault."""
    targets, out = written(tmp_path, 2.2, 0.0001), tmp_path / "out"
    words = ("calibrate", "village", str(targets), "--out", str(out), "--workers", "1")
    running = begun(*words, *SETS)
    deadline = time.monotonic() + SLOWEST
    while not (out / LOG).exists():
        assert time.monotonic() < deadline
        assert running.poll() is None, running.communicate()
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=SLOWEST)

    assert running.returncode == 130, said
    assert "Traceback" not in said
    assert "Give the same command to go on" in said


def test_a_missing_extra_names_the_command_that_installs_it(
    tmp_path: Path, poundflow: Poundflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without pyABC nothing is read or lived."""
    monkeypatch.setattr("experiments.design.extras.find_spec", lambda name: None)

    said = poundflow("calibrate", "village", written(tmp_path, 2.2, 0.01), "--out", tmp_path)

    assert said.code == 2
    assert 'python -m pip install "poundflow[calibration]"' in said.err
