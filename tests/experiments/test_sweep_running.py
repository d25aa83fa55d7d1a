"""A sweep bears what goes wrong: one run at a time is lost, and told, never the sweep."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.experiments.pressed import ROOT, on_unix
from tests.experiments.said import Poundflow
from tests.experiments.sweeps import (
    EATS,
    HANGS,
    KILLS,
    RAISES,
    ended,
    failed_tries,
    kill,
    processes_of,
    sweeping,
    swept,
    tables,
    wait_for_runs,
    write_plan,
)

ROOM = 32_000
"""Bytes that a file may have on the disk that fills: enough for the label and the log of tries."""

pytestmark = [pytest.mark.compiled, on_unix]


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


@pytest.mark.long
def test_poison_of_every_kind_leaves_one_record_each(tmp_path: Path) -> None:
    """Also a run that hangs past its time, and one that eats memory: each is ended, tried twice."""
    plan = write_plan(tmp_path, 8, {1: RAISES, 2: KILLS, 4: HANGS, 6: EATS}, seconds=20.0)
    out = tmp_path / "out"

    code, _ = swept(plan, out, "--workers", "2", "--quiet")
    again, said = swept(plan, out, "--workers", "1", "--json", "--quiet")

    assert (code, again) == (3, 3)
    told = json.loads(said)
    assert (told["done"], told["failed"], told["missing"]) == (12, 4, 0)
    tried = failed_tries(out)
    assert {one for one in tried if one[0] != 5} == {(3, "failed"), (9, "hung"), (13, "memory")}
    assert [status for index, status in tried if index == 9] == ["hung", "hung"]
    assert {status for index, status in tried if index == 5} == {"died"}


@pytest.mark.long
def test_the_number_of_workers_shards_and_where_they_stand_change_no_byte(tmp_path: Path) -> None:
    """One worker, two, three shards, and a scheduler with workers of its own: equal tables."""
    plan = write_plan(tmp_path, 7)
    ways = {"one": [["--workers", "1"]], "two": [["--workers", "2"]]}
    ways["shards"] = [["--workers", "1", "--shard", f"{k}/3"] for k in (1, 2, 3)]
    for name, sessions in ways.items():
        for words in sessions:
            assert swept(plan, tmp_path / name, *words, "--quiet")[0] == 0

    where = tmp_path / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    apart = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{what}", *words,
             "--scheduler-file", str(where)],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for what, words in (
            ("scheduler", ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]),
            ("worker", ["--nworkers", "2", "--nthreads", "1", "--no-dashboard"]),
        )
    ]  # fmt: skip
    try:
        while not where.exists():
            time.sleep(0.1)
        address = json.loads(where.read_text())["address"]
        code, _ = swept(plan, tmp_path / "apart", "--scheduler", address, "--quiet")
    finally:
        for process in reversed(apart):
            process.terminate()
            process.wait(timeout=60)

    assert code == 0
    first = tables(tmp_path / "one")
    assert len(first) == 2
    for name in ("two", "shards", "apart"):
        assert tables(tmp_path / name) == first


@pytest.mark.long
def test_killed_at_any_moment_and_run_again_it_ends_in_the_same_bytes(tmp_path: Path) -> None:
    """Six kills at seeded instants, of the parent and of workers: no run lost, none twice."""
    assert_kills_change_nothing(tmp_path, kills=6, points=30, seed=5)


@pytest.mark.soak
def test_killed_a_hundred_times_it_ends_in_the_same_bytes(tmp_path: Path) -> None:
    """A hundred kills, as above."""
    assert_kills_change_nothing(tmp_path, kills=100, points=400, seed=7)


def assert_kills_change_nothing(folder: Path, kills: int, points: int, seed: int) -> None:
    """Kill a sweep again and again, let it end, and compare it with an undisturbed one."""
    luck = random.Random(seed)
    plan = write_plan(folder, points)
    out = folder / "killed"
    left, over = kills, False
    while left and not over:
        running = sweeping(plan, out, "--workers", "2", "--quiet")
        before, killed = ended(out), False
        while left and not killed and running.poll() is None:
            time.sleep(luck.uniform(0.0, 3.0))
            if ended(out) == before and luck.random() < 0.8:
                continue  # most kills are to fall amid the work, some in its beginning
            target = luck.choice([running.pid, *processes_of(running.pid)])
            kill(target)
            left, killed = left - 1, target == running.pid
        running.communicate(timeout=600)
        over = running.returncode == 0

    code, said = swept(plan, out, "--workers", "2", "--json", "--quiet")
    undisturbed, _ = swept(plan, folder / "undisturbed", "--workers", "2", "--quiet")

    assert (code, undisturbed) == (0, 0)
    assert json.loads(said)["done"] == 2 * points
    assert tables(out) == tables(folder / "undisturbed")


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
