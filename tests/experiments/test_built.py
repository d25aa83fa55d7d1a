"""An economy is built once, kept in a file, and used for the question it was built for alone."""

import errno
import gc
import json
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import main
from experiments.design.plan import plan_comparison
from experiments.runner import built as built_module
from experiments.runner.built import built_label, open_built
from experiments.runner.replicate import future_at
from experiments.store.records import Part
from scenarios.read import read_scenario
from simulation.accounting.books_io import read_books
from simulation.accounting.digest import digest
from simulation.economy.economy_io import EconomyFileError
from simulation.economy.town import Town
from simulation.model.run import live, prepare
from tests.economy.broken_files import flip, place_of, retold
from tests.experiments.said import Poundflow
from tests.experiments.test_store import names
from tests.rights import bound_by_rights


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village's first future, built by the command."""
    path = tmp_path_factory.mktemp("built") / "village.economy"
    with pytest.raises(SystemExit) as end:
        main(["build", "village", "--out", str(path)])
    assert not end.value.code
    return path


def run(out: Path, file: Path, *more: str) -> tuple[str | Path, ...]:
    """A short run of the village from a file."""
    return ("run", "village", "--regime", "lowest_price", "--months", "2",
            "--out", out, "--built", file, *more)  # fmt: skip


def forbid_building(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on whoever builds an economy fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("an economy was built")

    monkeypatch.setattr("simulation.economy.build.build_economy", refuse)
    monkeypatch.setattr("simulation.model.run.build_economy", refuse)


@pytest.mark.parametrize("asked", [(), ("--fixed",), ("--seed", "3", "--replicate", "2")], ids=str)
def test_a_run_from_a_file_is_the_run_that_building_gives(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    """The same digest of books, the same summary; nothing is built the second time."""
    more = ("--set", "assumptions.households.wealth_propensity=0.02", *asked)
    file = tmp_path / "village.economy"
    run_it = ("run", "village", "--regime", "lowest_price", "--months", "3", *more)
    poundflow("build", "village", "--out", file, *more)
    poundflow(*run_it, "--out", tmp_path / "anew")
    forbid_building(monkeypatch)

    code, _, err = poundflow(*run_it, "--out", tmp_path / "kept", "--built", file)

    assert (code, err) == (0, "")
    anew, kept = tmp_path / "anew", tmp_path / "kept"
    assert digest(read_books(kept)) == digest(read_books(anew))
    assert (kept / "summary.json").read_bytes() == (anew / "summary.json").read_bytes()
    manifest = json.loads((kept / "manifest.json").read_text())
    assert len(manifest["built_sha256"]) == 64
    assert str(tmp_path) not in (kept / "manifest.json").read_text()


@pytest.mark.long
@pytest.mark.compiled
def test_preston_lives_alike_from_a_file(poundflow: Poundflow, tmp_path: Path) -> None:
    """At full scale, and one reading does not touch the next."""
    poundflow("build", "preston-2012", "--out", tmp_path / "preston.economy")
    scenario = read_scenario("preston-2012")
    plan = plan_comparison(scenario)
    future = future_at(scenario, plan, Part.FUTURE, 0)
    file = open_built(tmp_path / "preston.economy", built_label(scenario, plan, 0))

    digests = {
        digest(live(prepare(scenario, future.assumptions, future.seed, economy), "social_value", 2))
        for economy in (None, file.economy(), file.economy())
    }

    assert len(digests) == 1


def towns() -> list[Town]:
    """All towns that are in memory, those of other tests among them."""
    return [one for one in gc.get_objects() if isinstance(one, Town)]


def test_nothing_of_a_place_is_left_when_its_books_are_measured(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A country fills the machine; what is made of its books needs the room."""
    before, found = towns(), []

    def measured(*_: Any) -> list[Any]:
        found.append([one for one in towns() if not any(one is old for old in before)])
        return []

    monkeypatch.setattr("simulation.measures.catalogue.evaluate", measured)

    poundflow(
        "run", "village", "--regime", "lowest_price", "--months", "2", "--out", tmp_path / "o"
    )

    assert found == [[]]


def test_a_built_file_says_what_is_in_it(poundflow: Poundflow, tmp_path: Path) -> None:
    """Rows, bytes and seconds on stdout, progress on stderr; the folder is made."""
    file = tmp_path / "deep" / "er" / "village.economy"

    code, out, err = poundflow("build", "village", "--out", file)

    assert code == 0
    assert "household rows" in out
    assert f"{file.stat().st_size:,} bytes" in out
    assert "Built in" in out
    assert "building village" in err
    assert names(tmp_path) == ["deep/er/village.economy"]


def test_json_is_one_document(poundflow: Poundflow, tmp_path: Path) -> None:
    """Of a building, and of a refusal with its faults one by one."""
    file = tmp_path / "village.economy"

    _, out, _ = poundflow("build", "village", "--out", file, "--json")
    code, refused, _ = poundflow(*run(tmp_path / "out", flip(file, 5000), "--json"))

    told = json.loads(out)
    assert (told["bytes"], told["kept"], told["replicate"]) == (file.stat().st_size, False, 0)
    assert told["rows"]["households"] == 60
    error = json.loads(refused)["error"]
    assert code == error["exit_code"] == 2
    assert error["faults"][0]["found"].startswith("content that has changed")


OTHERS = {
    "seed": (("--seed", "2"), "replicate_seed: found the seed"),
    "replicate": (("--replicate", "1"), "of --seed 1 --replicate 0; wanted the seed"),
    "fixed": (("--fixed",), "values of the register differ"),
    "scenario": (("--set", "compare.months=7"), "wanted village --set compare.months=7"),
    "register": (
        ("--set", "assumptions.households.wealth_propensity=0.01"),
        "wanted households.wealth_propensity = 0.01",
    ),
}


@pytest.mark.parametrize(("more", "said"), OTHERS.values(), ids=OTHERS)
def test_another_question_is_refused_before_anything_is_written(
    poundflow: Poundflow, village: Path, tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    """Exit code 2, what was found and wanted, and no folder."""
    code, _, err = poundflow(*run(tmp_path / "out", village, *more))

    assert code == 2
    assert said in err
    assert names(tmp_path) == []


def test_another_version_of_the_code_is_refused(
    poundflow: Poundflow, village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model that has changed builds another economy."""
    monkeypatch.setattr(built_module, "code_fingerprint", lambda: "f" * 64)

    code, _, err = poundflow(*run(tmp_path / "out", village))

    assert code == 2
    assert f"with code {'f' * 12}" in err
    assert "Build it anew with this version" in err


def test_a_file_without_a_label_is_refused(
    poundflow: Poundflow, village: Path, tmp_path: Path
) -> None:
    """Nobody knows whose economy it is."""

    def unlabel(columns: dict[str, Any], text: dict[str, Any]) -> None:
        text["label"] = {}

    code, _, err = poundflow(*run(tmp_path / "out", retold(village, unlabel)))

    assert code == 2
    assert "code: found poundflow None" in err
    assert "4 faults" in err


def test_damage_and_another_question_are_told_at_once(
    poundflow: Poundflow, village: Path, tmp_path: Path
) -> None:
    """A flipped byte does not hide that the seed is another."""
    damaged = flip(village, place_of(village, "parties.deposits"))

    code, _, err = poundflow(*run(tmp_path / "out", damaged, "--seed", "2"))

    assert code == 2
    assert "parties.deposits: found damaged numbers" in err
    assert "replicate_seed: found" in err
    assert "4 faults. Build it anew" in err


def test_a_file_that_agrees_is_kept(
    poundflow: Poundflow, village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same command a second time checks it and builds nothing."""
    before = village.stat()
    forbid_building(monkeypatch)

    code, out, _ = poundflow("build", "village", "--out", village)

    assert code == 0
    assert "stood there already" in out
    after = village.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("kind", ["a letter", "another seed", "damaged", "a folder"])
def test_what_stands_there_is_not_written_over(
    poundflow: Poundflow, village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Whatever is not this economy stays as it is, with the reason why."""
    forbid_building(monkeypatch)
    path = tmp_path / "file"
    content = {"a letter": b"Dear council,", "another seed": village.read_bytes(),
               "damaged": flip(village, 5000).read_bytes()}  # fmt: skip
    if kind == "a folder":
        path.mkdir()
    else:
        path.write_bytes(content[kind])

    seed = "2" if kind == "another seed" else "1"
    code, _, err = poundflow("build", "village", "--seed", seed, "--out", path)

    assert code == 2
    assert "is there already and is not this economy" in err
    assert "--out" in err
    assert path.is_dir() or path.read_bytes() == content[kind]


def test_a_locked_folder_is_told_before_anything_is_built(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, and nothing is written."""
    forbid_building(monkeypatch)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)

    with bound_by_rights():
        code, _, err = poundflow("build", "village", "--out", locked / "file")

    assert code == 2
    assert f"the folder {locked} cannot be written to" in err
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("fault", "code"),
    [(OSError(errno.ENOSPC, "No space left on device"), 2), (KeyboardInterrupt(), 130)],
    ids=["full", "stopped"],
)
@pytest.mark.parametrize("members", [0, 1, 40])
def test_a_file_is_there_whole_or_not_at_all(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    fault: BaseException, code: int, members: int,
) -> None:  # fmt: skip
    """A full disk and Ctrl-C, wherever in the writing, leave nothing; then the command succeeds."""
    from simulation.economy import sealed_archive

    add, left = sealed_archive._add, [members]

    def breaks_off(*member: Any) -> None:
        if not left[0]:
            raise fault
        left[0] -= 1
        add(*member)

    monkeypatch.setattr(sealed_archive, "_add", breaks_off)
    broken, _, err = poundflow("build", "village", "--out", tmp_path / "new" / "file")
    kept = [path.name for path in tmp_path.rglob("*")]
    monkeypatch.setattr(sealed_archive, "_add", add)

    again, _, _ = poundflow("build", "village", "--out", tmp_path / "new" / "file")

    assert broken == code
    assert ("no room left" in err) == (code == 2)
    assert kept == []
    assert again == 0


def test_what_a_killed_building_left_is_swept(poundflow: Poundflow, tmp_path: Path) -> None:
    """Half a file under its name aside is no file; other files aside are another's."""
    (tmp_path / ".village [1].economy.99.aside").write_bytes(b"half")
    (tmp_path / ".other.economy.99.aside").write_bytes(b"half")

    poundflow("build", "village", "--out", tmp_path / "village [1].economy")

    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [".other.economy.99.aside", "village [1].economy"]


def test_a_negative_replicate_is_refused(poundflow: Poundflow, tmp_path: Path) -> None:
    """Futures are counted from 0."""
    code, _, err = poundflow("build", "village", "--replicate", "-1", "--out", tmp_path / "file")

    assert code == 2
    assert "--replicate is -1; wanted 0 or more" in err


def test_a_file_that_is_replaced_while_in_use_stays_as_it_was(
    village: Path, tmp_path: Path
) -> None:
    """Replacing a file by another never changes an economy that was read from it."""
    scenario = read_scenario("village")
    label = built_label(scenario, plan_comparison(scenario), 0)
    path = tmp_path / "file"
    path.write_bytes(village.read_bytes())
    economy = open_built(path, label).economy()
    before = economy.parties.uid.tolist()

    flip(path, place_of(path, "parties.uid")).replace(path)

    assert economy.parties.uid.tolist() == before
    with pytest.raises(EconomyFileError):
        open_built(path, label)
