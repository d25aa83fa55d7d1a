"""Runs of a sweep lived again from its folder: the same books, or which are not and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.runner.block_run import Order, Todo, live_block
from experiments.runner.label import code_fingerprint
from experiments.runner.sweep_label import sweep_label
from experiments.runner.sweep_plan import plan_sweep
from experiments.store.attempts import Try
from experiments.store.part_writer import PartWriter
from experiments.store.records import RunResult
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import design_table, part_names, runs_path
from tests.experiments.said import Poundflow

pytestmark = [pytest.mark.compiled, pytest.mark.long]

PLAN = """
name = "little"
months = 8
[[places]]
scenario = "village"
set = [
    "assumptions.burn_in.least_months=12",
    "assumptions.burn_in.most_months=12",
    "areas.village.households=30",
    "measure.from=1",
]
[policies]
names = ["price_quality", "lowest_price"]
baseline = "price_quality"
[design]
kind = "list"
[[design.points_list]]
"bid.own_spread" = 0.05
[[design.points_list]]
"bid.own_spread" = 0.1
"""


@dataclass
class Keeps:
    """Takes each run in hand at once, and keeps it."""

    writer: PartWriter

    @contextmanager
    def trying(self, one: Try) -> Iterator[None]:
        """Let a fault through."""
        yield

    def keep(self, result: RunResult) -> None:
        """Keep it."""
        self.writer.add(result)

    def may_begin(self) -> bool:
        """Always."""
        return True


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four runs of a small village, lived in this process."""
    folder = tmp_path_factory.mktemp("swept")
    plan = folder / "plan.toml"
    plan.write_text(PLAN)
    sweep = plan_sweep(plan)
    design = design_table(sweep.points.names, sweep.points.values)
    store = SweepStore(folder / "out", sweep_label(sweep), sweep.plan.text, design)
    writer = store.writer()
    for block in range(len(sweep.blocks)):
        todo = Todo(block, ((0, 1), (1, 1)))
        live_block(Order(folder, sweep, code_fingerprint()), todo, Keeps(writer))
    writer.close()
    return store.path


@pytest.fixture
def out(swept: Path, tmp_path: Path) -> Path:
    """A copy of its folder."""
    return copytree(swept, tmp_path / "out")


def test_a_sweep_reproduces_from_its_manifest(poundflow: Poundflow, out: Path) -> None:
    """All four runs, to the penny; one where one is asked for."""
    every = poundflow("reproduce", out / "manifest.json", "--replicates", "99")
    one = poundflow("reproduce", out)

    assert every.code == 0, every
    assert every.out.count("the same to the penny.") == 4
    assert "All 4 runs lived again are the same." in every.out
    assert one.out.count("the same to the penny.") == 1


def test_a_changed_digest_is_seen_and_its_run_named(poundflow: Poundflow, out: Path) -> None:
    """Exit code 1; the other three are the same, and code and packages are not to blame."""
    [part] = part_names(out)
    table = pq.read_table(runs_path(out, part))
    digests = table.column("digest").to_pylist()
    run = table.column("run")[2].as_py()
    changed = pa.array([*digests[:2], "0" * 64, *digests[3:]])
    at = table.schema.get_field_index("digest")
    pq.write_table(table.set_column(at, "digest", changed), runs_path(out, part))

    said = poundflow("reproduce", out, "--replicates", "99")

    assert said.code == 1
    assert f"{run}: DIFFERENT. Digest kept {'0' * 64}, found {digests[2]}." in said.out
    assert "1 of 4 runs lived again are not the same." in said.out
    assert "changed after they were written" in said.out


def test_a_sweep_of_another_version_is_lived_again_and_that_is_said(
    poundflow: Poundflow, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is still the folder's, though the program is not the one that made it."""
    for module in ("label", "sweep_plan", "sweep_label", "reproduce"):
        monkeypatch.setattr(f"experiments.runner.{module}.code_fingerprint", lambda: "f" * 64)

    same = poundflow("reproduce", out)
    verified = poundflow("verify", out, "--again", "1")

    assert same.code == 0, same
    assert "Though another version of poundflow's code made it." in same.out
    assert verified.code == 0, verified
    assert "note: manifest.json: another version of poundflow's code made it" in verified.out


def test_another_plan_beside_the_label_is_refused(poundflow: Poundflow, out: Path) -> None:
    """One value of its points: it is no more what the folder answers."""
    plan = out / "plan.toml"
    plan.write_text(plan.read_text().replace("0.05", "0.06"))

    said = poundflow("reproduce", out)

    assert said.code == 2
    assert "answers another plan than the one given" in said.err
