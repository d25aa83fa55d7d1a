"""`poundflow bench` prints one table and writes `bench.json`, or says that books differ."""

import json
from pathlib import Path

import pytest

from experiments.bench import limits, measure, peers, vectors
from experiments.cli import main

TINY = measure.Size(
    limits=limits.TINY,
    firms=40,
    many=60,
    months=1,
    forms=(20, 40),
    largest_in_mesa=20,
    mesa_months=1,
    starts=(1, 40, 1),
    whole=(),
    whole_months=24,
    places=("a tenth of preston-2012", "preston-2012 afresh"),
    transfers=(1_000, 100),
    short_runs=(10, 1, 1),
    swept=(0, 0),
    imported=0,
)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quick bench of worlds that live in milliseconds, with no new process and no peer."""
    monkeypatch.setattr(measure, "QUICK", TINY)
    monkeypatch.setattr(measure, "start_rows", lambda repeats, firms, months: [])
    monkeypatch.setattr(peers, "find_spec", lambda name: None)


def bench(*words: str | Path) -> int:
    """Run the command in this process and return its exit code."""
    with pytest.raises(SystemExit) as end:
        main(["bench", *(str(word) for word in words)])
    return int(end.value.code or 0)


@pytest.mark.long
@pytest.mark.compiled
def test_a_quick_bench_writes_what_it_prints(
    tiny: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One document, on stdout and in the folder; bars are kept, misses are misses."""
    code = bench("--quick", "--json", "--out", tmp_path / "new")

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert said == json.loads((tmp_path / "new" / "bench.json").read_text("utf-8"))
    assert said["schema_version"] == 1
    assert {"processor", "memory_gib", "cores"} <= set(said["machine"])
    assert {"python", "numpy", "bamengine", "sfctools"} <= set(said["versions"])
    for row in said["rows"]:
        assert row["why"]
        assert (row["holds"] is None) == (row["bar"] is None or row["value"] is None)


@pytest.mark.long
@pytest.mark.compiled
def test_the_table_shows_bars_and_misses(
    tiny: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without `--json` one table, and where the figures are."""
    code = bench("--quick", "--out", tmp_path)

    out = capsys.readouterr().out
    assert code == 0
    assert out.count("What it costs") == 1
    assert "ratio >= 200" in out.replace("\n", " ")
    assert "bench.json" in out


def test_books_that_differ_end_the_bench(
    tiny: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With another rule in one form the bench fails, says where, and writes no figures."""
    monkeypatch.setattr(vectors, "tax_on", lambda gross: gross // 2)

    code = bench("--quick", "--out", tmp_path)

    assert code == 1
    assert "do not come to the same books" in capsys.readouterr().err
    assert not (tmp_path / "bench.json").exists()
