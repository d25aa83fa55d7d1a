"""A folder grows by whole stages, on the label before anything else, and never shrinks."""

import json
from pathlib import Path

import pytest

from experiments.store.errors import BrokenLabelError
from experiments.store.manifest import read_manifest
from experiments.store.sweep_store import SweepStore
from experiments.store.verifying import verify
from tests.experiments.store.swept import run_result, swept


def test_what_is_added_is_one_stage_more(tmp_path: Path) -> None:
    """Forty runs of five replicates: eight are fifty-six and twelve are ninety-six."""
    store = swept(tmp_path)

    store.grow(8)
    store.grow(12)

    kept = read_manifest(tmp_path)
    assert kept == store.label
    assert store.stages == (5, 3, 4)
    assert (store.label["replicates"], store.planned) == (12, 96)
    assert SweepStore.open(tmp_path).stages == (5, 3, 4)


@pytest.mark.parametrize("asked", [1, 5])
def test_a_folder_never_shrinks(tmp_path: Path, asked: int) -> None:
    """Fewer, or as many, change nothing; nor does a session whose plan asks for fewer."""
    swept(tmp_path).grow(7)
    before = read_manifest(tmp_path)

    swept(tmp_path, stages=[asked], replicates=asked, runs=8 * asked).grow(asked)

    assert read_manifest(tmp_path) == before
    assert before is not None
    assert (before["stages"], before["replicates"], before["runs"]) == ([5, 2], 7, 56)


def test_a_label_of_before_there_were_stages_has_one(tmp_path: Path) -> None:
    """It is read as it is; the next session writes the stage down, and may add to it."""
    swept(tmp_path)
    label = read_manifest(tmp_path) or {}
    del label["stages"]
    (tmp_path / "manifest.json").write_text(json.dumps(label))

    assert SweepStore.open(tmp_path).stages == (5,)
    store = swept(tmp_path, stages=[9], replicates=9, runs=72)
    assert store.label["stages"] == [5]
    store.grow(9)
    assert (store.stages, store.planned) == ((5, 4), 72)


def test_a_growing_folder_loses_nothing_that_others_wrote(tmp_path: Path) -> None:
    """Two sessions that share a folder: the stage of the one stands behind that of the other."""
    mine, other = swept(tmp_path), SweepStore.open(tmp_path)

    mine.grow(6)
    other.update_label(status="stopped")
    other.grow(8)

    assert SweepStore.open(tmp_path).stages == (5, 1, 2)
    assert SweepStore.open(tmp_path).label["status"] == "stopped"


def test_verify_knows_the_replicates_that_were_added(tmp_path: Path) -> None:
    """A run of replicate 5 is no fault once there are six, and one before."""
    store = swept(tmp_path)
    result = run_result(0)
    added = type(result)(
        **{
            **{name: getattr(result, name) for name in type(result).__slots__},
            "index": 40,
            "replicate": 5,
        }
    )
    writer = store.writer()
    writer.add(added)
    writer.close()

    before = [one.what for one in verify(tmp_path) if one.grave]
    store.grow(6)

    assert any("a replicate beyond the plan's 5" in what for what in before)
    assert not [one for one in verify(tmp_path) if one.grave]


@pytest.mark.parametrize("told", [[], ["5"], [0], None, 5])
def test_a_label_that_does_not_say_is_refused(tmp_path: Path, told: object) -> None:
    """Nothing is guessed at: another count would move every run behind it."""
    swept(tmp_path)
    label = {**(read_manifest(tmp_path) or {}), "stages": told}
    (tmp_path / "manifest.json").write_text(json.dumps(label))

    with pytest.raises(BrokenLabelError, match="how many replicates"):
        _ = SweepStore.open(tmp_path).stages
