"""What a program may import from `experiments`: light until used, and the same as the commands."""

import json
import math
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import tomlkit

import experiments
from experiments import analyse, analyse_all, compare, open_store, plan, sweep
from experiments.design.plan import PlanError
from experiments.design.sweep import SweepPlanError
from experiments.library.sweeps import SweepEnded
from experiments.library.swept import AnalyseError
from experiments.library.until import Narrowed
from experiments.runner.progress import Progress
from experiments.runner.session import Ended
from scenarios.errors import InputError
from tests.experiments.said import Poundflow
from tests.experiments.swept import written
from tests.test_house import SLOW, python

ROOT = Path(__file__).resolve().parents[2]
ASKED: dict[str, Any] = {
    "name": "given",
    "months": 12,
    "replicates": 2,
    "places": [{"scenario": "village", "set": ["measure.from=1"]}],
    "policies": {"names": ["price_quality", "social_value"], "baseline": "price_quality"},
    "design": {"kind": "morris", "points": 2, "names": ["bid.own_spread", "claim.deterrence"]},
}


def test_nothing_heavy_is_loaded_before_a_name_is_used(tmp_path: Path) -> None:
    """Importing the package loads none of the slow libraries, and no module of its own floors."""
    code = (
        "import sys, experiments\n"
        f"print([name for name in {SLOW!r} if name in sys.modules])\n"
        "print([name for name in sys.modules if name.startswith('experiments.')])\n"
        "print(set(experiments.OFFERED) <= set(dir(experiments)))"
    )

    done = python("-c", code, cwd=tmp_path, PYTHONPATH=str(ROOT))

    assert done.stdout.split("\n")[:3] == ["[]", "[]", "True"]


def test_no_module_takes_the_place_of_a_name(tmp_path: Path) -> None:
    """Also after every command is loaded each name is what is offered, and none is a module's."""
    code = (
        "import experiments, pkgutil, importlib\n"
        "for one in pkgutil.walk_packages(experiments.__path__, 'experiments.'):\n"
        "    if '.cli' in one.name or '.library' in one.name or one.name.count('.') == 1:\n"
        "        if not one.name.endswith('__main__'):\n"
        "            importlib.import_module(one.name)\n"
        "for name in experiments.OFFERED:\n"
        "    exec(f'from experiments import {name} as got')\n"
        "    print(name, got.__name__, got.__module__ == experiments.OFFERED[name])"
    )

    done = python("-c", code, cwd=tmp_path, PYTHONPATH=str(ROOT))

    assert done.returncode == 0, done.stderr
    told = [line.split() for line in done.stdout.splitlines()]
    assert told == [[name, name, "True"] for name in experiments.OFFERED]


def test_every_name_offered_is_typed_and_documented() -> None:
    """What mypy sees under TYPE_CHECKING, `__all__` and OFFERED are the same names."""
    source = (ROOT / "experiments" / "__init__.py").read_text("utf-8")
    page = (ROOT / "docs" / "library.md").read_text("utf-8")

    assert set(experiments.__all__) == {"OFFERED", *experiments.OFFERED}
    for name, module in experiments.OFFERED.items():
        assert f"from {module} import" in source
        offered = getattr(experiments, name)
        assert offered.__doc__
        assert not isinstance(offered, ModuleType)
        assert f"`{name}" in page
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = experiments.nonsense


def test_a_plan_given_as_a_dict_is_the_plan_of_the_file(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """The same runs and points as `poundflow plan` tells of a file that says the same."""
    file = tmp_path / "plan.toml"
    file.write_text(tomlkit.dumps(ASKED))

    planned = plan(ASKED)

    told = json.loads(poundflow("plan", str(file), "--no-time", "--json").out)
    assert {**planned.document(), "file": str(file)} == told
    assert planned.runs == 24
    points = planned.points
    assert list(points.columns) == ["bid.own_spread", "claim.deterrence"]
    assert points.shape == (6, 2)
    assert points.index.name == "point"
    assert np.ptp(points.to_numpy(), axis=0).min() > 0.0
    assert plan(file).document() == told


def test_faults_of_a_plan_are_told_at_once_as_the_command_tells_them() -> None:
    """Without a line, since a dict has none; and what TOML cannot hold is a fault of the plan."""
    wrong = {**ASKED, "replicates": 0, "design": {"kind": "moris"}}

    with pytest.raises(SweepPlanError) as refusal:
        plan(wrong)
    with pytest.raises(SweepPlanError, match="what TOML can hold"):
        plan({**ASKED, "seed": None})

    said = str(refusal.value)
    assert isinstance(refusal.value, InputError)
    assert "the plan given: replicates: found" in said
    assert "the plan given: design.kind: found" in said
    assert {fault.line for fault in refusal.value.faults} == {None}


def test_a_sweep_that_cannot_be_asked_for_is_refused_before_anything_starts(
    tmp_path: Path,
) -> None:
    """All faults at once, in the words of the command line."""
    with pytest.raises(PlanError) as refusal:
        sweep(ASKED, tmp_path / "out", workers=0, shard="4/3", limit=0, time="soon")

    said = str(refusal.value)
    for part in ("--workers is 0", "--shard is '4/3'", "--limit is 0", "--time is 'soon'"):
        assert part in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("until", [{"quality": 0.0}, {"quality": math.nan}, "quality=0"])
def test_a_half_width_that_is_none_is_refused_however_it_is_given(until: Any) -> None:
    """By measure from a program, or as the command takes it; nothing is begun."""
    with pytest.raises(PlanError, match=r"--until quality is .*; wanted a half-width above 0"):
        sweep(ASKED, "never", until=until)
    assert not Path("never").exists()


def test_a_comparison_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """The messages are those of `poundflow compare`."""
    with pytest.raises(PlanError, match="--workers is 0; wanted 1 or more"):
        compare("village", tmp_path / "out", workers=0)
    with pytest.raises(InputError, match="nonsense"):
        compare("village", tmp_path / "out", regimes=["nonsense"])

    assert not (tmp_path / "out").exists()


@pytest.mark.compiled
def test_a_comparison_from_a_program_is_that_of_the_command(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """The same summary; a finished folder is taken as it is; the report is written."""
    out = tmp_path / "out"
    steps: list[tuple[int, int]] = []

    compared = compare(
        "village", out, regimes=["price_quality", "social_value"], months=3, replicates=1,
        fixed=True, workers=1, sets=["measure.from=1"],
        progress=lambda done, total: steps.append((done, total)),
    )  # fmt: skip

    told = poundflow(
        "compare", "village", "--regimes", "price_quality,social_value", "--months", "3",
        "--replicates", "1", "--fixed", "--workers", "1", "--set", "measure.from=1",
        "--out", str(out), "--json",
    )  # fmt: skip
    assert json.loads(told.out) == json.loads(json.dumps(compared.summary))
    assert compared.failures == []
    assert compared.report == out / "report.html"
    assert compared.report.exists()
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1] > 0
    assert set(compared.outcomes["measure"]) >= {"quality"}


def test_an_answer_is_that_of_the_command(tmp_path: Path, poundflow: Poundflow) -> None:
    """Document, frame and pictures; of a folder or of a store that stays open."""
    levels = {"price_quality": 0.9, "lowest_price": 0.8, "social_value": 1.0}
    folder = written(
        tmp_path,
        "latin_hypercube",
        np.array([[0.01, 0.0], [0.05, 0.3], [0.1, 0.6], [0.15, 1.0]]),
        {("quality", "all", "index"): lambda place, policy, point, replicate: levels[policy]},
    )

    with open_store(folder) as store:
        told = analyse(store, "compare", measures="quality")
        assert len(store.frame("runs")) == 24

    printed = json.loads(poundflow("analyse", str(folder), "compare", "--json").out)
    printed.pop("page")
    assert told.document == printed
    gaps = told.frame.set_index("policy")["mean"].to_dict()
    assert gaps == pytest.approx({"price_quality": 0, "lowest_price": -0.1, "social_value": 0.1})
    assert "luck.low" in told.frame.columns
    assert told.pictures["gap-quality-all"].lstrip().startswith(("<?xml", "<svg"))


def test_options_that_there_are_not_are_named_at_once(tmp_path: Path) -> None:
    """A misspelt option never passes in silence."""
    with pytest.raises(AnalyseError) as refusal:
        analyse(tmp_path, "weather", measure="quality", alpha=2.0)
    with pytest.raises(AnalyseError, match="`analyse_all` asks them all"):
        analyse(tmp_path, "all")

    said = str(refusal.value)
    for part in ("the question 'weather'", "the option 'measure'", "--alpha 2.0"):
        assert part in said
    with pytest.raises(AnalyseError, match="--level"):
        analyse_all(tmp_path, level=1.0)


def test_a_sweep_ends_by_naming_the_command_that_asks_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where some of it is done; the same session tells a program the same counts."""
    from experiments.cli.sweep import SweepOptions, sweep_command

    lived = Narrowed(Ended(Progress(24, 20, 1, 10.0, 21), (3,)))
    told = SweepEnded("given", Path("out"), 2, lived)
    monkeypatch.setattr("experiments.cli.sweep.sweep", lambda *_, **__: told)
    file = tmp_path / "plan.toml"
    file.write_text(tomlkit.dumps(ASKED))

    code = sweep_command(
        SweepOptions(file, Path("out"), 1, None, None, None, None, False, (), None, False, False)
    )

    said = capsys.readouterr()
    assert code == 3
    assert "20 of 24 runs are done, 1 failed, 3 missing" in said.out
    assert "out holds 3 replicates, the plan asks for 2: all stay." in said.err
    assert "poundflow analyse out all" in said.err
    assert (told.runs, told.done, told.failed, told.missing, told.lived) == (24, 20, 1, 3, 21)
    assert told.document["runs_a_second"] == 2.1


def script_run(folder: Path, guard: str) -> subprocess.CompletedProcess[str]:
    """Run a script that sweeps two runs, under a guard or without one."""
    script = folder / "mine.py"
    asked = {**ASKED, "months": 2, "replicates": 1, "design": {"kind": "fixed"}}
    script.write_text(
        "from experiments import sweep\n"
        f"{guard}\n"
        f"    ended = sweep({asked!r}, 'out', workers=1)\n"
        "    print(ended.done, ended.failed, ended.missing)\n"
    )
    return subprocess.run(
        [sys.executable, str(script)], cwd=folder, capture_output=True, text=True, timeout=600,
        check=False, env={"PATH": "", "HOME": str(Path.home()), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.compiled
def test_a_script_sweeps_under_its_guard(tmp_path: Path) -> None:
    """Workers are new processes that import the script, which starts nothing a second time."""
    done = script_run(tmp_path, 'if __name__ == "__main__":')

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "2 0 0"


@pytest.mark.long
@pytest.mark.compiled
def test_a_script_without_its_guard_is_told_of_it(tmp_path: Path) -> None:
    """It ends, and the last line names what is wanted."""
    done = script_run(tmp_path, "if True:")

    assert done.returncode == 1
    assert 'under `if __name__ == "__main__":`' in done.stderr.splitlines()[-1]
