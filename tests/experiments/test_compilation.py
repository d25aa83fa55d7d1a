"""A short run where nothing is compiled yet compiles nothing, and has the same books."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.runner.compilation import FEW, account_months
from scenarios.read import read_scenario
from tests.experiments.said import Poundflow

RUN = ("run", "village", "--regime", "social_value", "--months", "3", "--fixed", "--json")


@pytest.mark.long
def test_a_short_run_compiles_nothing_and_comes_to_the_same(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """In a process of its own with an empty cache, and here, where kernels are at hand."""
    cache = tmp_path / "cache"
    cache.mkdir()
    env = {**os.environ, "NUMBA_CACHE_DIR": str(cache)}
    env.pop("NUMBA_DISABLE_JIT", None)
    command = [sys.executable, "-m", "experiments.cli", *RUN, "--out", str(tmp_path / "alone")]
    alone = subprocess.run(command, env=env, capture_output=True, text=True, check=True)

    here = poundflow(*RUN, "--out", tmp_path / "here")

    assert not list(cache.rglob("*.nbi"))
    manifest = json.loads((tmp_path / "alone" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["compiled"] is False
    assert json.loads(alone.stdout)["runs"] == json.loads(here.out)["runs"]


@pytest.mark.parametrize(("name", "few"), [("village", True), ("preston-2012", False)])
def test_only_little_places_are_worth_it(name: str, few: bool) -> None:
    """The village for its whole story, yes; a city, never; what cannot be counted, neither."""
    assert (account_months(read_scenario(name).origin.data, None) <= FEW) == few
    assert account_months({"areas": [{"resolution": "agents"}]}, 3) > FEW
