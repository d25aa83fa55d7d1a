"""The notebook of the documents runs as it stands, and tells what its folder holds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from experiments.store.relations import open_store

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "examples" / "sweep.ipynb"
FOLDER = "poundflow-out-notebook"
SLOWEST = 600
TOLD = """
import json
print(json.dumps({
    "runs": planned.runs, "points": planned.points.shape, "first": [first.done, first.missing],
    "rest": [rest.done, rest.lived], "again": [again.done, again.lived],
    "quality": dict(zip(quality["policy"], quality["quality"])),
    "differs": compared.frame.set_index("policy")["mean"].to_dict(),
    "factors": sorted(hangs_on["factor"]), "answers": list(whole.answers),
}))
"""
EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
book.cells.append(nbformat.v4.new_code_cell(sys.argv[3]))
NotebookClient(book, timeout=int(sys.argv[4]), kernel_name="python3").execute()
nbformat.write(book, sys.argv[2])
"""


@pytest.mark.long
@pytest.mark.compiled
def test_the_notebook_plans_sweeps_goes_on_and_answers(tmp_path: Path) -> None:
    """Sixteen runs, then the other 32, then none; its answers are those of its folder."""
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(tmp_path / name.lower()) for name in places}
    lived = tmp_path / "lived.ipynb"

    done = subprocess.run(
        [sys.executable, "-c", EXECUTE, str(NOTEBOOK), str(lived), TOLD, str(SLOWEST)],
        cwd=tmp_path, env={**os.environ, **own, "PYTHONPATH": str(ROOT)}, timeout=2 * SLOWEST,
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    cells = {cell["id"]: cell for cell in nbformat.read(lived, as_version=4).cells}
    told = json.loads(list(cells.values())[-1]["outputs"][0]["text"])
    assert (told["runs"], told["points"]) == (48, [12, 2])
    assert (told["first"], told["rest"], told["again"]) == ([16, 32], [48, 32], [48, 0])
    with open_store(tmp_path / FOLDER) as store:
        assert store.missing == 0
        tries = store.frame("attempts")
        rows = store.frame("results", "month = 0 AND measure = 'quality' AND tier = 'all'")
    assert sorted(tries["index"]) == list(range(48))
    means = rows.groupby("policy")["value"].mean().to_dict()
    assert told["quality"] == pytest.approx(means)
    gap = means["social_value"] - means["price_quality"]
    assert told["differs"] == pytest.approx({"price_quality": 0.0, "social_value": gap})
    assert told["factors"] == ["bid.own_spread", "claim.deterrence"]
    assert {"compare", "sensitivity"} <= set(told["answers"])
    assert "<svg" in cells["picture"]["outputs"][0]["data"]["image/svg+xml"]
    assert "<h2" in (tmp_path / FOLDER / "report.html").read_text(encoding="utf-8")
