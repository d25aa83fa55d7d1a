"""A way of buying of one's own that is at fault: one sentence, exit code 3, and no folder."""

import json
from pathlib import Path

import pytest

from scenarios import shelf
from tests.experiments.said import Poundflow
from tests.experiments.test_own_regime import example

pytestmark = pytest.mark.usefixtures("no_files_left")

ASKED = {
    "run": ("--regime", "nearest"),
    "compare": ("--regimes", "price_quality,nearest", "--replicates", "2", "--workers"),
    "pillars": ("--regime", "nearest", "--levers", "pay", "--replicates", "2", "--workers"),
}
RETURN = 'return np.where(bids.price <= self["ceiling"], near, cheap)'


def faulty(folder: Path, instead: str) -> Path:
    """The village with the page's example, in which something else stands for its return."""
    assert RETURN in example()
    (folder / "nearest.py").write_text(example().replace(RETURN, instead))
    scenario = folder / "mine.toml"
    text = shelf.find("village").read_text("utf-8")
    scenario.write_text('regime_files = ["nearest.py"]\n' + text)
    return scenario


@pytest.mark.compiled
@pytest.mark.parametrize(
    ("command", "workers", "instead", "found"),
    [
        ("run", "", "return np.zeros(99)", "returned float64[99]"),
        ("compare", "1", "raise SystemExit(0)", "stopped with SystemExit: 0"),
        pytest.param(
            "compare", "2", "return near * 9.0 - 1.0 + 0.0 * bids.size", "in row",
            marks=pytest.mark.long,
        ),
        pytest.param(
            "pillars", "2", "return 1 / 0", "stopped with ZeroDivisionError",
            marks=pytest.mark.long,
        ),
    ],
)  # fmt: skip
def test_a_faulty_hook_ends_the_command_in_one_sentence(
    poundflow: Poundflow, tmp_path: Path, command: str, workers: str, instead: str, found: str
) -> None:
    """File, line, hook, what it did and what is wanted; with workers of their own, too."""
    scenario = faulty(tmp_path, instead)
    words = (*ASKED[command], workers) if workers else ASKED[command]
    line = 1 + (tmp_path / "nearest.py").read_text().splitlines().index(f"        {instead}")
    out = tmp_path / "out"

    said = poundflow(command, scenario, *words, "--months", "13", "--fixed", "--out", out, "--json")

    assert said.code == 3
    (told,) = [one for one in said.err.splitlines() if "the hook" in one]
    assert told.startswith(f"{tmp_path / 'nearest.py'}:{line}: the hook `marks` of the way")
    assert found in told
    assert "one mark a bid, each from 0 to 1" in told
    assert json.loads(said.out)["error"]["message"] == told
    assert not out.exists()


@pytest.mark.compiled
def test_a_folder_that_stood_there_stays(poundflow: Poundflow, tmp_path: Path) -> None:
    """An empty folder of the user's own is left empty, and the mended file may use it."""
    scenario = faulty(tmp_path, "return None")
    out = tmp_path / "out"
    out.mkdir()

    said = poundflow(
        "run", scenario, "--regime", "nearest", "--months", "13", "--fixed", "--out", out
    )

    assert said.code == 3
    assert list(out.iterdir()) == []


@pytest.mark.compiled
def test_what_code_prints_is_no_part_of_the_document(poundflow: Poundflow, tmp_path: Path) -> None:
    """With --json stdout holds one document, whatever a file or a hook prints."""
    scenario = faulty(tmp_path, f"print('here'); {RETURN}")
    code = tmp_path / "nearest.py"
    code.write_text(code.read_text() + "\nprint('read')\n")

    said = poundflow(
        "run", scenario, "--regime", "nearest", "--months", "13", "--fixed",
        "--out", tmp_path / "out", "--json",
    )  # fmt: skip

    assert said.code == 0
    assert json.loads(said.out)["regime"] == "nearest"
    assert {"here", "read"} <= set(said.err.splitlines())


def test_a_hook_that_fails_while_a_scenario_is_checked_is_told(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """What is asked before anything is lived is watched, too."""
    scenario = faulty(tmp_path, RETURN)
    code = tmp_path / "nearest.py"
    more = "\n    @classmethod\n    def eligible(cls, parameters):\n        return 3\n"
    code.write_text(code.read_text().rstrip() + "\n" + more)

    said = poundflow("check", scenario, "--set", 'compare.regimes=["nearest"]')

    assert said.code == 3
    assert "the hook `eligible` of the way of buying `nearest` returned 3" in said.err
