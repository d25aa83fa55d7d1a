"""What a calibration says: through the whole command, with an economy of two straight lines."""

import json
from pathlib import Path

import pytest

from experiments.calibration.particles import Particle, ParticleTask
from experiments.store.locking import held
from tests.experiments.said import Poundflow

TARGETS = """
name = "lines"
months = 6
population = 12
most_generations = {most}
least_accepted = 0.2
[[targets]]
measure = "lm3_council"
tier = "district"
value = 1.9
tolerance = {tolerance}
unit = "GBP per GBP"
source = "A test"
[[targets]]
measure = "quality"
value = 0.8
tolerance = {tolerance}
unit = "index"
source = "A test"
[[inputs]]
name = "market.contract_months"
value = 36
source = "A test"
[[fitted]]
name = "households.propensity"
[[fitted]]
name = "bid.own_spread"
"""


def lines(task: ParticleTask) -> Particle:
    """Live nothing: one number rises with the first value, the other falls; some raise."""
    propensity, spread = task.values
    if spread > 0.09:
        return Particle(task.values, error="ValueError: no such bid")
    return Particle(task.values, ((2 * propensity, 1.7 - propensity),), "", ("a", "b"))


@pytest.fixture(autouse=True)
def _no_economy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.calibration.particles.live_particle", lines)


def asked(folder: Path, tolerance: float, most: int) -> Path:
    """A file of two targets."""
    path = folder / "targets.toml"
    path.write_text(TARGETS.format(tolerance=tolerance, most=most))
    return path


def test_what_is_reached_is_told_with_what_it_cost_and_what_failed(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """A hit: accepted values, rejected ones with their reason, and what is not known."""
    words = ("calibrate", "village", asked(tmp_path, 0.06, 8), "--out", tmp_path / "fit",
             "--workers", "1")  # fmt: skip

    said = poundflow(*words)
    again = poundflow(*words, "--json")

    assert said.code == 0, said
    assert "every target is within its tolerance" in said.out
    assert "ValueError: no such bid" in said.out
    told = json.loads(again.out)
    propensity, spread = told["fitted"]
    assert propensity["share_left"] < spread["share_left"]
    assert propensity["accepted"]["least"] >= 0.92
    assert propensity["accepted"]["most"] <= 0.96
    assert told["cost"]["failed"] == told["cost"]["failures"][0]["particles"] > 0
    assert told["conflicts"] == []
    assert [one["accepted"] for one in told["generations"]] == [12] * len(told["generations"])
    page = (tmp_path / "fit" / "calibration.html").read_text()
    assert page.count("<svg") == 1
    assert "no such bid" in page


def test_a_log_that_was_lost_is_lived_again(tmp_path: Path, poundflow: Poundflow) -> None:
    """The history alone says which particles there were, not what they came to."""
    words = ("calibrate", "village", asked(tmp_path, 0.06, 8), "--out", tmp_path / "fit",
             "--workers", "1", "--json")  # fmt: skip
    before = json.loads(poundflow(*words).out)
    (tmp_path / "fit" / "particles.jsonl").unlink()

    again = poundflow(*words)

    assert again.code == 0, again
    assert json.loads(again.out)["fitted"] == before["fitted"]


def test_a_folder_at_work_is_refused_before_anything_in_it_is_touched(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """Who comes second leaves the label of who works there as it is."""
    words = ("calibrate", "village", asked(tmp_path, 0.06, 8), "--out", tmp_path / "fit",
             "--workers", "1")  # fmt: skip
    poundflow(*words)
    label = tmp_path / "fit" / "manifest.json"
    before = label.read_bytes()

    with held(tmp_path / "fit"):
        said = poundflow(*words)

    assert said.code == 2, said
    assert "another process is at work" in said.err
    assert label.read_bytes() == before


def test_targets_that_cannot_be_had_together_are_a_miss_that_names_them(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """Each line can be met, never both: the command ends with 1, and nothing is accepted."""
    said = poundflow("calibrate", "village", asked(tmp_path, 0.02, 3), "--out", tmp_path / "fit",
                     "--workers", "1")  # fmt: skip

    assert said.code == 1, said
    assert "No: this is a miss." in said.out
    assert "were each reached, but never together" in said.out
    assert not (tmp_path / "fit" / "accepted.parquet").exists()
    assert json.loads((tmp_path / "fit" / "calibration.json").read_text())["reached"] is False
