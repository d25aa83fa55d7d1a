"""What a user meets: an answer, or a reason with the right exit code; never a traceback."""

import errno
import json
import os
import signal
from pathlib import Path

import pytest

from tests.experiments import made_up
from tests.experiments.pressed import ROOT, SLOWEST, comparing, on_unix
from tests.experiments.said import Poundflow, Said
from tests.experiments.test_store import names


@pytest.fixture
def made_up_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up replicates in place of the model, and no report."""
    monkeypatch.setattr("experiments.runner.comparison.live_replicate", made_up.made_up_replicate)
    monkeypatch.setattr("experiments.library.comparisons._report", lambda folder: folder)


def village(tmp_path: Path, old: str, new: str) -> Path:
    """A copy of the village with one text replaced."""
    text = (ROOT / "scenarios" / "library" / "village.toml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "village.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def compare(out: Path, *more: str | Path) -> tuple[str | Path, ...]:
    """A small comparison of the village."""
    return ("compare", "village", "--workers", "1", "--replicates", "2", "--out", out, *more)


@pytest.mark.usefixtures("made_up_model")
def test_a_comparison_prints_its_answer_and_keeps_it(poundflow: Poundflow, tmp_path: Path) -> None:
    """Tables on stdout, progress on stderr, everything in the folder."""
    said = poundflow(*compare(tmp_path / "out"))

    assert said.code == 0
    assert "Share of futures in which best" in said.out
    assert "Difference from" in said.out
    assert "left" in said.err
    assert "runs" not in said.out
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["status"] == "finished"
    assert {"scenario_text", "scenario_sha256", "seed", "versions", "machine", "time"} <= set(
        manifest
    )


@pytest.mark.usefixtures("made_up_model")
def test_json_is_one_document_and_nothing_else(poundflow: Poundflow, tmp_path: Path) -> None:
    """Stdout can be piped into a program; it equals `summary.json`."""
    said = poundflow(*compare(tmp_path / "out", "--json"))

    assert said.code == 0
    assert json.loads(said.out) == json.loads((tmp_path / "out" / "summary.json").read_text())


@pytest.mark.usefixtures("made_up_model")
def test_quiet_says_nothing(poundflow: Poundflow, tmp_path: Path) -> None:
    """No progress and no tables."""
    assert poundflow(*compare(tmp_path / "out", "--quiet")) == Said(0, "", "")


@pytest.mark.usefixtures("made_up_model")
def test_a_baseline_that_was_not_named_is_lived_too(poundflow: Poundflow, tmp_path: Path) -> None:
    """Differences need it, so it is there."""
    said = poundflow(
        *compare(tmp_path, "--regimes", "lowest_price", "--baseline", "price_quality", "--json")
    )

    summary = json.loads(said.out)
    assert summary["regimes"] == ["price_quality", "lowest_price"]
    assert {row["baseline"] for row in summary["differences"]} == {"price_quality"}


def test_failed_runs_are_named_and_answered_with_3(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_up_model: None
) -> None:
    """Some runs failed: which, why, and what to do."""
    monkeypatch.setattr("experiments.runner.comparison.live_replicate", made_up.second_policy_fails)

    said = poundflow(*compare(tmp_path))

    assert said.code == 3
    assert "1 runs failed" in said.err
    assert "no bread" in said.err


def test_a_stopped_comparison_keeps_what_is_finished(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_up_model: None
) -> None:
    """Ctrl-C answers 130; the same command goes on from there."""

    def stopped(task: object) -> object:
        if (tmp_path / "parts" / "future-0000.parquet").exists():
            raise KeyboardInterrupt
        return made_up.made_up_replicate(task)  # type: ignore[arg-type]

    monkeypatch.setattr("experiments.runner.comparison.live_replicate", stopped)
    first = poundflow(*compare(tmp_path))
    monkeypatch.setattr("experiments.runner.comparison.live_replicate", made_up.made_up_replicate)

    again = poundflow(*compare(tmp_path))

    assert first.code == 130
    assert "is kept in" in first.err
    assert again.code == 0


def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_up_model: None
) -> None:
    """The disk fills up half way: exit code 2, whole files only, and the comparison goes on."""
    sync, left = os.fsync, [3]

    def fills_up(number: int) -> None:
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        sync(number)

    monkeypatch.setattr(os, "fsync", fills_up)
    full = poundflow(*compare(tmp_path))
    kept = names(tmp_path)
    monkeypatch.setattr(os, "fsync", sync)

    again = poundflow(*compare(tmp_path))

    assert full.code == 2
    assert "no room left" in full.err
    assert kept == ["manifest.json", "parts/future-0000.parquet", "parts/future-0001.parquet"]
    assert again.code == 0


@pytest.mark.usefixtures("made_up_model")
def test_a_folder_of_another_question_is_refused(poundflow: Poundflow, tmp_path: Path) -> None:
    """Results of two questions are never mixed."""
    poundflow(*compare(tmp_path))
    before = names(tmp_path)

    said = poundflow(*compare(tmp_path, "--seed", "2"))

    assert said.code == 2
    assert "seed" in said.err
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "nowhere.toml"), "nowhere.toml"),
        (("compare", "village", "--regimes", "lowest_prize"), "Did you mean `lowest_price`?"),
        (("compare", "village", "--baseline", "none_such"), "none_such"),
        (("compare", "village", "--replicates", "0"), "replicates is 0; wanted 1 or more"),
        (("compare", "village", "--months", "0"), "months is 0; wanted 1 to 1,200"),
        (("compare", "village", "--workers", "0"), "--workers is 0; wanted 1 or more"),
        (
            ("run", "village", "--regime", "lowest_price", "--threads", "0"),
            "--threads is 0; wanted 1",
        ),
        (("compare", "village", "--regimes", "lowest_price,,"), "empty name"),
        (("compare", "village", "--regimes", "lowest_price,lowest_price"), "named twice"),
        (("compare", "village", "--set", "closure.savigns=tax"), "savigns"),
        (
            ("compare", "village", "--set", "assumptions.experiments.twin_extra_shar=1"),
            "twin_extra_shar",
        ),
        (("compare", "village", "--months", "many"), "--months"),
        (("compare", "village", "--unheard-of"), "--unheard-of"),
        (("compare", "village", "--set", "policies.social_value.regime=none"), "none"),
        (("run", "village", "--regime", "lowest_prize"), "lowest_price"),
        (("run", "village", "--regime", "lowest_price", "--replicate", "-1"), "--replicate is -1"),
        (("run", "village"), "--regime"),
        (("regimes", "lowest_prize"), "lowest_price"),
        (("assumptions", "experiments.twin_extra_shar"), "experiments.twin_extra_share"),
        (("check", "nowhere.toml"), "nowhere.toml"),
        (("show", "vilage"), "village"),
    ],
)
def test_wrong_input_is_said_before_anything_is_written(
    poundflow: Poundflow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    said: str,
) -> None:
    """Exit code 2, what was found and wanted, and no folder."""
    monkeypatch.chdir(tmp_path)

    answer = poundflow(*words)

    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""
    assert names(tmp_path) == []


def test_json_says_wrong_input_as_a_document_too(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that reads stdout gets one document whatever happens, with every fault."""
    monkeypatch.chdir(tmp_path)

    said = poundflow("compare", "nowhere.toml", "--json")

    document = json.loads(said.out)
    assert said.code == document["error"]["exit_code"] == 2
    assert document["error"]["faults"][0]["file"] == "nowhere.toml"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("schema_version = 1", "schema_version = ", "village.toml:"),
        ("schema_version = 1", "schema_version = 99", "newer poundflow"),
        ('currency = "GBP"', "currency = 7", "currency"),
        ('currency = "GBP"', 'curency = "GBP"', "Did you mean `currency`?"),
        ('focus = "', 'focus = "no-such-', "no-such-"),
    ],
)
def test_a_broken_file_is_told_with_its_place(
    poundflow: Poundflow, tmp_path: Path, old: str, new: str, where: str
) -> None:
    """File, line, what was found and what was wanted; exit code 2."""
    file = village(tmp_path, old, new)

    said = poundflow("check", file)

    assert said.code == 2
    assert where in said.err
    assert str(file) in said.err


def test_every_fault_of_a_file_is_told_at_once(poundflow: Poundflow, tmp_path: Path) -> None:
    """Faults of the file, of the registry and of the law stand in one list, in file order."""
    text = (ROOT / "scenarios" / "library" / "village.toml").read_text(encoding="utf-8")
    start = next(line for line in text.splitlines() if line.startswith("start ="))
    text = text.replace(start, "start = { year = 2009, month = 4 }", 1)
    text = text.replace("counterfactual = true", "counterfactual = false", 1)
    text = text.replace('currency = "GBP"', "currency = 7", 1)
    text = text.replace('regimes = ["lowest_price"', 'regimes = ["lowest_prize"', 1)
    text += '\n[policies.theirs]\nregime = "none_such"\n'
    text += '\n[policies.ours]\nregime = "social_value"\nparameters = { wieght = 0.2 }\n'
    text += '\n[policies.social_value]\nregime = "lowest_price"\n'
    text += '\n[assumptions]\n"labour.wage_slope" = -2\n"social_value.weight" = -1\n'
    file = tmp_path / "village.toml"
    file.write_text(text, encoding="utf-8")

    said = poundflow("check", file)

    lines = said.err.splitlines()
    places = [int(line.split(":")[1]) for line in lines if line.startswith(str(file))]
    assert said.code == 2
    assert places == sorted(places)
    for one in (
        "currency: found 7",
        'compare.regimes.0: found "lowest_prize"',
        "found `cooperative_membership` for",
        'policies.theirs.regime: found "none_such"',
        "policies.ours.parameters.wieght: found the unknown parameter",
        "found a policy with the name of the way of buying `social_value`",
        "found -2; wanted a number of at least 0 [elasticity]",
        "found -1; wanted a share between 0 and 1",
    ):
        assert sum(one in line for line in lines) == 1, said.err


def test_a_policy_typed_wrong_joins_the_faults_of_the_file(
    poundflow: Poundflow, tmp_path: Path
) -> None:
    """Compare and run tell a faulty file and a faulty name in one round, and whose is which."""
    file = village(tmp_path, 'currency = "GBP"', "currency = 7")

    compared = poundflow("compare", file, "--regimes", "lowest_prize", "--out", tmp_path / "out")
    lived = poundflow("run", file, "--regime", "lowest_prize", "--out", tmp_path / "out")

    for said in (compared, lived):
        assert said.code == 2
        assert 'the command line: found "lowest_prize"' in said.err
        assert "currency: found 7" in said.err
        assert "2 faults." in said.err


def test_a_figure_that_no_place_has_is_pointed_out(poundflow: Poundflow) -> None:
    """One home for a whole town, contracts of a pound: sound to the letter, and probably slips."""
    said = poundflow(
        "check", "village", "--set", "areas.village.population=49000",
        "--set", "areas.village.households=1", "--set", "contracts.lot_pounds.catering=1",
    )  # fmt: skip

    assert said.code == 0, said.err
    assert "1 households for 49,000 people, 49,000.0 each" in said.out
    assert "contracts of GBP 1 a year" in said.out
    assert "note:" not in poundflow("check", "village").out


def test_the_commands_that_look_answer(poundflow: Poundflow) -> None:
    """Shelf, ways of buying and register can be read without a scenario; the village is sound."""
    assert "nothing wrong found" in poundflow("check", "village").out
    assert "village" in poundflow("scenarios").out
    assert "Lowest price" in poundflow("regimes").out
    assert "In law from 2006-01" in poundflow("regimes", "lowest_price").out
    framework = " ".join(poundflow("regimes", "ethical_framework").out.split())
    assert "until 2025-03 (contested) for district council, county council" in framework
    whole = poundflow("assumptions").out
    one = poundflow("assumptions", "experiments.twin_extra_share").out
    assert "experiments.twin_extra_share" in whole
    assert "judgement" in one


def test_a_fault_of_our_own_is_owned(
    poundflow: Poundflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1, a plain sentence, and how to see more."""

    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError("one by nothing")

    monkeypatch.setattr("experiments.library.comparisons.plan_comparison", broken)

    said = poundflow(*compare(tmp_path))

    assert said.code == 1
    assert "a fault of its own: ZeroDivisionError: one by nothing" in said.err
    assert "POUNDFLOW_TRACE" in said.err


def test_a_file_cannot_be_a_folder(poundflow: Poundflow, tmp_path: Path) -> None:
    """An unusable --out is told before anything is lived."""
    (tmp_path / "out").write_text("mine")

    said = poundflow(*compare(tmp_path / "out"))

    assert said.code == 2
    assert "cannot be written to" in said.err


@on_unix
@pytest.mark.compiled
@pytest.mark.long
def test_ctrl_c_reaches_nobody_but_the_first_process(tmp_path: Path) -> None:
    """A real Ctrl-C to a real comparison on two workers: 130, quickly, and no traceback."""
    process = comparing(tmp_path / "out", "parts/future-*", 1)

    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=SLOWEST)

    assert process.returncode == 130, said
    assert "is kept in" in said
    assert "Traceback" not in said
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["status"] == "stopped"


def test_a_place_that_does_not_fit_is_refused(
    poundflow: Poundflow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Before anything is lived, with what it takes, what there is, and the way out."""
    monkeypatch.setattr("experiments.runner.room.room_of_machine", lambda: 1 << 28)

    said = poundflow(*compare(tmp_path / "out"))

    assert said.code == 2
    assert "this machine has 0.2" in said.err
    assert "poundflow run village --regime NAME" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("made_up_model")
def test_no_more_workers_than_there_is_memory_for(
    poundflow: Poundflow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Fewer are begun than asked for, and that is told."""
    monkeypatch.setattr("experiments.runner.room.room_of_machine", lambda: 1 << 30)

    said = poundflow(
        "compare", "village", "--workers", "9", "--replicates", "2", "--out", tmp_path / "out"
    )

    assert said.code == 0
    assert "3 of 9 workers: each takes some 0.3 GiB of memory, this machine has 1.0." in said.err
