"""Runs lived again from the label alone: the same books, or what differs and why that may be."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.design.plan import plan_comparison
from experiments.runner.comparison import Comparison
from experiments.runner.label import label
from experiments.runner.label_read import LabelError, read_label
from experiments.runner.progress import untold
from experiments.runner.reading import read_question
from experiments.runner.reproduce import drawn, reproduce
from experiments.store.folder import ResultFolder
from experiments.store.records import Part
from scenarios.spec import Scenario
from tests.experiments.made_up import made_up_replicate
from tests.experiments.pressed import ROOT
from tests.experiments.said import Poundflow
from tests.experiments.test_own_regime import example

WAYS = ["price_quality", "lowest_price"]


def _compared(folder: Path, scenario: Scenario, months: int, work: Any = None) -> Path:
    plan = plan_comparison(scenario, regimes=WAYS, months=months, replicates=2)
    kept = ResultFolder(folder, label("compare", scenario, plan, 1, status="under way"))
    comparison = Comparison(scenario, plan, kept)
    comparison.conclude(comparison.live(1, untold, work), {})
    return folder / "manifest.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The label of a comparison of the village whose replicates are made up."""
    folder = tmp_path_factory.mktemp("made") / "out"
    return _compared(folder, read_question("village", ["measure.from=1"]), 6, made_up_replicate)


@pytest.fixture
def label_file(made: Path, tmp_path: Path) -> Path:
    """A copy of its folder."""
    shutil.copytree(made.parent, tmp_path / "copy")
    return tmp_path / "copy" / "manifest.json"


def _changed(file: Path, **changes: Any) -> Path:
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
    return file


def _again(file: Path, many: int = 1) -> Any:
    return reproduce(file, json.loads(file.read_text()), many, made_up_replicate)


def test_a_label_holds_all_that_a_comparison_asks(made: Path) -> None:
    """Scenario, overrides and plan come back as they were, to the digest."""
    kept = json.loads(made.read_text())

    scenario, plan = read_label(made, kept)

    assert scenario.digest == kept["scenario_sha256"]
    assert list(plan.regimes) == kept["regimes"]
    assert (plan.months, plan.replicates, plan.seed) == (6, 2, 1)


def test_the_same_code_gives_the_same_runs(made: Path) -> None:
    """Digests and every number measured."""
    promise = _again(made)

    runs = list(promise.runs)

    assert [one.run.rpartition("-")[0] for one in runs] == WAYS
    assert all(one.same and one.numbers == 0 for one in runs)
    assert promise.reasons == []


def test_without_the_results_the_label_alone_is_enough(label_file: Path) -> None:
    """Digests stand in it; the numbers are then not compared, and that is said."""
    (label_file.parent / "results.parquet").unlink()

    runs = list(_again(label_file).runs)

    assert all(one.same and one.numbers is None for one in runs)


def test_as_many_replicates_are_lived_as_are_asked_for(made: Path) -> None:
    """A future first, luck from the second on; all where more are asked for than there are."""
    lived = json.loads(made.read_text())["digests"]

    assert {one.run for one in _again(made, 999).runs} == set(lived)
    assert not any(one.run.startswith("luck") for one in _again(made, 1).runs)
    two = list(_again(made, 2).runs)
    assert [one.run.startswith("luck") for one in two] == [False, False, True, True]
    assert all(one.same for one in two)


def test_a_sample_draws_over_all_kinds_and_the_seed_decides_which() -> None:
    """Three of a large comparison: one future lived twice, one not, one of luck; nobody chose."""
    village = read_question("village", ["compare.luck_replicates=40"])
    plans = [
        replace(plan_comparison(village, replicates=40, seed=seed), twin_replicates=20)
        for seed in range(1, 9)
    ]

    samples = [drawn(plan, 3) for plan in plans]

    for (first, twin), (second, other), (third, _) in samples:
        assert (first, second, third) == (Part.FUTURE, Part.FUTURE, Part.LUCK)
        assert twin < 20 <= other
    assert len({tuple(sample) for sample in samples}) == len(plans)
    assert samples[0] == drawn(plans[0], 3)
    assert [part for part, _ in drawn(replace(plans[0], fixed=True), 99)] == [Part.FUTURE] * 40
    assert drawn(replace(plans[0], twin_replicates=0), 1)[0][0] is Part.FUTURE


def test_a_changed_number_is_told(label_file: Path) -> None:
    """Another seed gives other books; code and packages are not to blame."""
    promise = _again(_changed(label_file, seed=2))

    assert not any(one.same for one in promise.runs)
    assert promise.reasons == []


def test_a_changed_scenario_is_told(label_file: Path) -> None:
    """One digit of the text in the label: it is no more what it was made with."""
    text = json.loads(label_file.read_text())["scenario_text"]

    promise = _again(_changed(label_file, scenario_text=text.replace("month = 4", "month = 5", 1)))

    assert any("label's scenario" in reason for reason in promise.reasons)


def test_changed_results_are_told(label_file: Path) -> None:
    """The books are the same, but the numbers beside the label are another run's."""
    folder = label_file.parent
    shutil.copy(folder / "luck.parquet", folder / "results.parquet")

    assert all(one.numbers and one.kept == one.found for one in _again(label_file).runs)


def test_another_version_is_named(label_file: Path) -> None:
    """Of the code, and of a package with both its versions."""
    versions = json.loads(label_file.read_text())["versions"]
    _changed(label_file, code="0" * 64, versions={**versions, "numpy": "1.0"})

    reasons = _again(label_file).reasons

    assert reasons[0] == "another version of poundflow's code made it"
    assert reasons[1].startswith("numpy 1.0 made it, here is ")


@pytest.mark.usefixtures("no_files_left")
@pytest.mark.parametrize("typed", [False, True])
def test_code_of_the_users_own_comes_back_with_the_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: bool
) -> None:
    """A file of the folder above, named in the scenario or by `--set`: the label alone has it."""
    here = tmp_path / "deep"
    here.mkdir()
    monkeypatch.chdir(here)
    (tmp_path / "nearest.py").write_text(example())
    text = (ROOT / "scenarios" / "library" / "village.toml").read_text("utf-8")
    line = 'regime_files = ["../nearest.py"]'
    Path("mine.toml").write_text(text if typed else f"{line}\n{text}", "utf-8")
    scenario = read_question("mine.toml", [line.replace(" ", "")] if typed else [])
    kept = label("compare", scenario, plan_comparison(scenario, regimes=WAYS), 1)
    (tmp_path / "nearest.py").unlink()
    Path("mine.toml").unlink()

    again, _ = read_label(here / "manifest.json", json.loads(json.dumps(kept)))

    assert again.digest == scenario.digest
    assert [file.text for file in again.code] == [example()]


@pytest.mark.parametrize("name", ["/etc/own.py", "../../../../../../../../own.py", ""])
def test_a_label_puts_no_file_anywhere_else(made: Path, name: str) -> None:
    """A name that leads out of the scratch folder is refused, and nothing is written."""
    kept = json.loads(made.read_text())

    with pytest.raises(LabelError, match="far from its scenario"):
        read_label(made, {**kept, "regime_files": [{"name": name, "text": "x = 1"}]})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"command": "run"}, "found the label of `poundflow run`"),
        ({"months": "six", "seed": None}, "seed: Input should be a valid integer; months: "),
        ({"digests": {}}, "found no digests of finished runs in it"),
    ],
)
def test_what_is_no_label_of_a_finished_comparison_is_refused(
    poundflow: Poundflow, label_file: Path, changes: dict[str, Any], said: str
) -> None:
    """All faults at once, with what is wanted."""
    answer = poundflow("reproduce", _changed(label_file, **changes))

    assert answer.code == 2
    assert said in answer.err
    assert "wanted the manifest.json that `poundflow compare --out` wrote" in answer.err


def test_a_file_of_another_name_is_refused(poundflow: Poundflow, tmp_path: Path) -> None:
    """And one that is not there."""
    assert poundflow("reproduce", tmp_path / "other.json").code == 2
    assert "found no such file" in poundflow("reproduce", tmp_path / "manifest.json").err


@pytest.mark.long
@pytest.mark.compiled
def test_the_village_is_lived_again_by_the_command(poundflow: Poundflow, tmp_path: Path) -> None:
    """With the model itself: 0 and the same to the penny; after a change of the seed, 1."""
    sets = ["measure.from=1", "compare.luck_replicates=0", "compare.twin_replicates=1"]
    file = _compared(tmp_path / "out", read_question("village", sets), 6)

    same = poundflow("reproduce", file)
    other = poundflow("reproduce", _changed(file, seed=7), "--json")

    assert same.code == 0
    assert same.out.count("the same to the penny, and so is every number measured.") == 2
    assert other.code == 1
    assert json.loads(other.out)["same"] is False
