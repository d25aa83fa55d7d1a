"""A sweep bears what goes wrong: one run at a time is lost, and told, never the sweep."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.store.relations import open_store
from tests.experiments.apart import apart
from tests.experiments.pressed import ROOT, on_unix
from tests.experiments.said import Poundflow
from tests.experiments.sweeps import (
    EATS,
    HANGS,
    KILLS,
    RAISES,
    ended,
    failed_tries,
    sweeping,
    swept,
    tables,
    wait_for_runs,
    write_plan,
)

ROOM = 32_000
"""Bytes that a file may have on the disk that fills: enough for the label and the log of tries."""

pytestmark = [pytest.mark.compiled, on_unix]


@pytest.mark.long
def test_a_run_that_raises_and_one_that_kills_cost_one_run_each(tmp_path: Path) -> None:
    """Both are on record with the reason; their partners and all others are done; once is enough.

    The run that raised is tried once, the one that killed its worker twice. The same command again
    tries the second anew, since anyone may have killed a process, and the first not.
    """
    plan = write_plan(tmp_path, 6, {1: RAISES, 3: KILLS})
    out = tmp_path / "out"

    code, said = swept(plan, out, "--workers", "2", "--json", "--quiet")

    told = json.loads(said)
    assert code == 3
    assert (told["done"], told["failed"], told["missing"]) == (10, 2, 0)
    assert failed_tries(out) == [(3, "failed"), (7, "died"), (7, "died")]
    [why] = {one["error"] for one in told["failures"] if one["status"] == "failed"}
    assert "poisoned" in why
    assert "poison.py:" in why


@pytest.mark.soak
def test_a_run_that_hangs_and_one_that_eats_memory_leave_one_record_each(tmp_path: Path) -> None:
    """Each is ended, once in each of two sessions; all others are done."""
    plan = write_plan(tmp_path, 4, {1: HANGS, 3: EATS}, seconds=12.0)
    out = tmp_path / "out"

    code, _ = swept(plan, out, "--workers", "2", "--quiet")
    again, said = swept(plan, out, "--workers", "1", "--json", "--quiet")

    assert (code, again) == (3, 3)
    told = json.loads(said)
    assert (told["done"], told["failed"], told["missing"]) == (6, 2, 0)
    tried = failed_tries(out)
    assert {*tried} == {(3, "hung"), (7, "memory")}
    assert [status for index, status in tried if index == 3] == ["hung", "hung"]


@pytest.mark.long
def test_the_number_of_workers_shards_and_where_they_stand_change_no_byte(tmp_path: Path) -> None:
    """One worker, two, two shards, and a scheduler with workers of its own: equal tables."""
    plan = write_plan(tmp_path, 5)
    ways = {"one": [["--workers", "1"]], "two": [["--workers", "2"]]}
    ways["shards"] = [["--workers", "1", "--shard", f"{k}/2"] for k in (1, 2)]
    for name, sessions in ways.items():
        for words in sessions:
            assert swept(plan, tmp_path / name, *words, "--quiet")[0] == 0

    with apart(tmp_path) as cluster:
        words = ["--scheduler", cluster.address]
        code, _ = swept(plan, tmp_path / "apart", *words, "--quiet")

    assert code == 0
    first = tables(tmp_path / "one")
    assert len(first) == 2
    for name in ("two", "shards", "apart"):
        assert tables(tmp_path / name) == first


@pytest.mark.soak
@pytest.mark.parametrize(
    ("kind", "statuses"),
    [(RAISES, ["failed"]), (KILLS, ["died"]), (HANGS, ["hung"]), (EATS, ["memory"])],
    ids=["raises", "kills", "hangs", "eats"],
)
def test_one_poison_run_in_two_hundred_costs_one_run(
    kept: Path, kind: int, statuses: list[str]
) -> None:
    """199 results and one record; interrupted, the same command goes on."""
    plan, out = write_plan(kept, 100, {37: kind}, seconds=20.0), kept / "out"

    code, said = swept(plan, out, "--workers", "2", "--json", "--quiet")

    told = json.loads(said)
    assert code == 3
    assert (told["done"], told["failed"], told["missing"]) == (199, 1, 0)
    tried = failed_tries(out)
    assert {index for index, _ in tried} == {75}
    assert sorted({status for _, status in tried}) == statuses
    with open_store(out) as store:
        assert store.missing == 1
        assert len(store.frame("runs")) == 199
        assert store.frame("results")["run"].nunique() == 199


@pytest.mark.long
def test_ctrl_c_keeps_what_is_finished(tmp_path: Path) -> None:
    """Exit code 130 soon, every finished run is on the disk, and the same command goes on."""
    plan = write_plan(tmp_path, 40)
    out = tmp_path / "out"
    running = sweeping(plan, out, "--workers", "2")
    wait_for_runs(out, 6, running)

    os.killpg(running.pid, signal.SIGINT)
    said, _ = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "stopped. What was finished is kept" in said
    assert "Traceback" not in said
    from experiments.store.sweep_store import SweepStore

    assert len(SweepStore.open(out).done()) >= ended(out) - 2
    code, told = swept(plan, out, "--workers", "2", "--json", "--quiet", "--limit", "2")
    assert code == 0
    assert json.loads(told)["missing"] <= 80 - ended(out)


@pytest.mark.long
def test_a_disk_that_fills_ends_the_sweep_and_loses_nothing(tmp_path: Path) -> None:
    """Exit code 3 and one sentence; what is there can be read; with room it goes on to the end."""
    plan = write_plan(tmp_path, 16)
    plan.write_text(plan.read_text().replace("[limits]", '[keep]\nmonths = "all"\n[limits]'))
    out = tmp_path / "out"
    assert swept(plan, out, "--workers", "1", "--limit", "4", "--quiet")[0] == 0

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))

    full = subprocess.run(
        [sys.executable, "-m", "experiments.cli", "sweep", str(plan), "--out", str(out),
         "--workers", "1", "--quiet"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, preexec_fn=little_room, check=False,
    )  # fmt: skip
    kept = swept(plan, out, "--workers", "1", "--json", "--quiet", "--limit", "1")
    code, said = swept(plan, out, "--workers", "1", "--json", "--quiet")

    assert full.returncode == 3, full.stderr
    assert "there is no room left to write" in full.stderr
    assert json.loads(kept[1])["done"] == 5
    assert code == 0
    assert json.loads(said)["done"] == 32


@pytest.mark.long
@pytest.mark.usefixtures("no_files_left")
def test_runs_lived_anew_have_the_books_that_were_kept(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """`verify --again` finds nothing, and finds the run whose digest was tampered with."""
    plan = write_plan(tmp_path, 2)
    out = tmp_path / "out"
    assert swept(plan, out, "--workers", "1", "--quiet")[0] == 0
    sound = poundflow("verify", out, "--again", "4", "--plan", plan)
    [part] = (out / "runs").glob("*.parquet")
    table = pq.read_table(part)
    digests = [table["digest"][0].as_py(), "0" * 16, *table["digest"].to_pylist()[2:]]
    at = table.schema.get_field_index("digest")
    pq.write_table(table.set_column(at, "digest", pa.array(digests)), part)

    tampered = poundflow("verify", out, "--again", "4", "--plan", plan)

    assert sound.code == 0, sound
    assert tampered.code == 2
    assert f"FAULT: run {table['run'][1]}: has the digest {'0' * 16}, and lived anew" in (
        " ".join(tampered.out.split())
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--workers", "2", "--scheduler", "tcp://127.0.0.1:1"), "both given"),
        (("--shard", "4/3"), "wanted K/N with K from 1 to N"),
        (("--time", "soon"), "wanted a time as in 90s"),
        (("--limit", "0"), "wanted 1 or more"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_lived(
    tmp_path: Path, words: tuple[str, ...], found: str, poundflow: Poundflow
) -> None:
    """Exit code 2, and no folder."""
    plan = write_plan(tmp_path, 1)

    said = poundflow("sweep", plan, "--out", tmp_path / "out", *words)

    assert said.code == 2
    assert found in said.err
    assert not (tmp_path / "out").exists()
