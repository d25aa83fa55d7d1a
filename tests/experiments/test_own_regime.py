"""A way of buying of one's own, as docs/own_regime.md says: by file, by package, or refused."""

import json
import pickle
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from experiments.design.plan import as_compared, plan_comparison
from experiments.runner.replicate import ReplicateTask, live_replicate
from experiments.store.records import Part, Status
from scenarios import shelf
from scenarios.read import read_scenario
from simulation.procurement import outside, registry
from simulation.procurement.docket import Docket
from simulation.procurement.interface import Bids, Market, Need
from tests.experiments.said import Poundflow

PAGE = Path(__file__).resolve().parents[2] / "docs" / "own_regime.md"
SHORT = ("--months", "13", "--replicates", "1", "--fixed", "--seed", "3", "--baseline",
         "lowest_price", "--set", "compare.twin_replicates=0")  # fmt: skip

NULL = """
[policies.nearest_off]
regime = "nearest"
parameters = { ceiling = 0.0 }
"""


def example() -> str:
    """The file that the page gives."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return code


def package() -> dict[str, Any]:
    """The project file of a package that the page gives."""
    blocks = re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (project,) = [tomllib.loads(block) for block in blocks if "[project]" in block]
    return project


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A scenario beside its file of code: the village with the page's example."""
    text = shelf.find("village").read_text("utf-8")
    (tmp_path / "nearest.py").write_text(example())
    scenario = tmp_path / "mine.toml"
    scenario.write_text('regime_files = ["nearest.py"]\n' + text + NULL)
    return scenario


@pytest.fixture(autouse=True)
def no_packages_left(no_files_left: None) -> Iterator[None]:
    """What a test makes known from outside, by files or by packages, is gone after it."""
    yield
    outside.packaged.cache_clear()


def outcomes(summary: dict[str, Any], regime: str) -> dict[tuple[str, str], float]:
    """What a way of buying came to."""
    rows = summary["outcomes"]
    return {(row["measure"], row["tier"]): row["mean"] for row in rows if row["regime"] == regime}


def test_the_example_is_short() -> None:
    """Under 60 lines, as the page promises a way of buying to be."""
    assert len(example().splitlines()) < 60


@pytest.mark.parametrize("columns", [Market, Bids, Need, Docket])
def test_the_page_names_every_column(columns: type) -> None:
    """Whoever writes a hook finds there what it may read."""
    names = getattr(columns, "_fields", None) or [
        name for name in columns.__annotations__ if not name.startswith("_")
    ]

    text = PAGE.read_text("utf-8")

    assert not [name for name in names if f"`{name}`" not in text]


@pytest.mark.compiled
def test_a_file_beside_the_scenario_is_compared(
    poundflow: Poundflow, mine: Path, tmp_path: Path
) -> None:
    """The example buys as nothing else does, with its switch off as lowest price does."""
    out = tmp_path / "out"
    words = ("compare", mine, "--regimes", "price_quality,lowest_price,nearest,nearest_off", *SHORT)

    said = poundflow(
        *words, "--baseline", "price_quality", "--workers", "1", "--out", out,
        "--json",
    )  # fmt: skip

    assert said.code == 0, said.err
    summary = json.loads(said.out)
    assert summary["accounts"]["residual_pence"] == summary["accounts"]["dye_residual"] == 0
    assert [run["status"] for run in summary["runs"]] == ["done"] * 4
    _, lowest, near, off = (outcomes(summary, name) for name in summary["regimes"])
    assert near != lowest
    assert off == lowest
    manifest = json.loads((out / "manifest.json").read_text())
    (kept,) = manifest["regime_files"]
    assert kept["text"] == example()
    assert "nearest.ceiling" in {entry["name"] for entry in manifest["assumptions"]}
    assert manifest["policies"][2]["title"] == "Nearest below a ceiling"


@pytest.mark.long
@pytest.mark.compiled
def test_workers_run_the_file_too(poundflow: Poundflow, mine: Path, tmp_path: Path) -> None:
    """Two processes find what one found."""
    words = ("compare", mine, "--regimes", "lowest_price,nearest", *SHORT, "--replicates", "2")

    alone = poundflow(*words, "--workers", "1", "--out", tmp_path / "alone", "--json")
    two = poundflow(*words, "--workers", "2", "--out", tmp_path / "two", "--json")

    assert (alone.code, two.code) == (0, 0), two.err
    assert json.loads(two.out)["runs"] == json.loads(alone.out)["runs"]


@pytest.mark.compiled
def test_what_was_read_is_what_is_lived(mine: Path) -> None:
    """A task carries the code to a worker and draws its numbers; the file may be gone by then."""
    scenario = read_scenario(mine)
    plan = plan_comparison(scenario, regimes=("nearest",), baseline="nearest", months=1)
    sent = pickle.dumps(ReplicateTask(as_compared(scenario, plan), plan, Part.FUTURE, 0))
    mine.with_name("nearest.py").unlink()
    registry.take_files([])

    result = live_replicate(pickle.loads(sent))

    assert [(run.regime, run.status, run.error) for run in result.runs] == [
        ("nearest", Status.DONE, None)
    ]
    assert 1.0 <= result.draws["nearest.ceiling"] <= 1.3


@pytest.mark.compiled
def test_an_edited_file_is_another_question(
    poundflow: Poundflow, mine: Path, tmp_path: Path
) -> None:
    """A folder made with one version is refused to the next, never mixed."""
    words = ("compare", mine, "--regimes", "lowest_price,nearest", *SHORT, "--months", "1")
    first = poundflow(*words, "--workers", "1", "--out", tmp_path / "out", "--quiet")
    code = mine.with_name("nearest.py")
    code.write_text(code.read_text().replace("value=1.1", "value=1.2"))

    again = poundflow(*words, "--workers", "1", "--out", tmp_path / "out", "--quiet")

    assert first.code == 0, first.err
    assert again.code == 2
    assert "or the code that it names" in again.err


@pytest.mark.compiled
def test_a_package_with_an_entry_point_is_compared(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No scenario names it; an upgrade of the package is another question."""
    home = tmp_path / "site"
    info = home / "my_buying-0.1.dist-info"
    info.mkdir(parents=True)
    (home / "my_buying.py").write_text(example())
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-buying\nVersion: 0.1\n")
    points = package()["project"]["entry-points"]["poundflow.regimes"]
    listed = "\n".join(f"{name} = {at}" for name, at in points.items())
    (info / "entry_points.txt").write_text(f"[poundflow.regimes]\n{listed}\n")
    monkeypatch.syspath_prepend(home)
    outside.packaged.cache_clear()
    words = ("compare", "village", "--regimes", "lowest_price,nearest", *SHORT)

    said = poundflow(*words, "--workers", "1", "--out", tmp_path / "out", "--quiet")
    (home / "my_buying.py").write_text(example() + "# more\n")
    again = poundflow(*words, "--workers", "1", "--out", tmp_path / "out")
    listed = poundflow("regimes")
    sys.modules.pop("my_buying", None)

    assert said.code == 0, said.err
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert [(one["name"], one["package"]) for one in manifest["packages"]] == [
        ("nearest", "my-buying 0.1")
    ]
    assert again.code == 2
    assert "another version of a package" in again.err
    assert "Nearest below a ceiling" in listed.out


def test_check_says_that_it_ran_the_file(poundflow: Poundflow, mine: Path) -> None:
    """Whoever checks a stranger's scenario is told that its code has run."""
    said = poundflow("check", mine)

    assert said.code == 0, said.err
    assert re.search(
        r"nearest.py was run: code that this scenario names \(sha256 \w{12}\)", said.out
    )
    assert "nothing wrong found" in said.out


def test_a_file_typed_is_looked_for_where_the_user_is(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--set regime_files` on a place of the shelf means a file at hand, not one on the shelf."""
    (tmp_path / "nearest.py").write_text(example())
    monkeypatch.chdir(tmp_path)

    said = poundflow(
        "check", "village", "--set", 'regime_files=["nearest.py"]', "--set",
        'compare.regimes=["nearest"]', "--set", "assumptions.nearest.ceiling=1.2",
    )  # fmt: skip

    assert said.code == 0, said.err


def test_every_fault_of_code_and_scenario_is_told_at_once(poundflow: Poundflow, mine: Path) -> None:
    """Files that are missing, stop, or do not fit stand in one list with the scenario's faults."""
    home = mine.parent
    (home / "stops.py").write_text("\n\nraise ValueError('not today')\n")
    (home / "empty.py").write_text("")
    (home / "taken.py").write_text(example().replace('name = "nearest"', 'name = "social_value"'))
    (home / "loose.py").write_text(example().replace("nearest.ceiling", "near.ceiling"))
    named = ["nearest.py", "gone.py", "stops.py", "empty.py", "taken.py", "loose.py"]
    text = mine.read_text().replace('["nearest.py"]', json.dumps(named))
    mine.write_text(text.replace('focus = "village"', 'focus = "vilage"').replace(
        "ceiling = 0.0", "celing = 0.0"))  # fmt: skip

    said = poundflow("check", mine)

    assert said.code == 2
    told = said.err.splitlines()
    assert all(line.startswith(f"{mine}:1:") for line in told[:-3]), said.err
    wanted = ("which is not there", "stops at line 3 (ValueError: not today)", "no way of buying",
              "the name `social_value`", "Call it `nearest.ceiling`", "`vilage`",
              "the unknown parameter `celing`")  # fmt: skip
    missing = [words for words in wanted if words not in said.err.replace('"', "`")]
    assert not missing, said.err


def test_a_name_that_no_file_gives_is_refused(poundflow: Poundflow, mine: Path) -> None:
    """Where the file does not run, what it would have given is unknown, and both are told."""
    mine.with_name("nearest.py").write_text("class Nearest(:\n")

    said = poundflow("check", mine)

    assert said.code == 2
    assert "stops at line 1 (SyntaxError" in said.err
    assert '"nearest"; wanted a registered way of buying' in said.err


def test_no_file_is_part_of_a_scenario_that_names_none(poundflow: Poundflow, mine: Path) -> None:
    """What one scenario's code gives is not known to the next."""
    poundflow("check", mine)

    said = poundflow("check", "village", "--set", 'compare.regimes=["nearest"]')

    assert said.code == 2
    assert "a registered way of buying" in said.err
