"""`poundflow validate`: one table, one document, an exit code that tells a miss."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.validation import targets
from experiments.validation.figure import Check, Figure, Sort, Verdict, equals, still_open
from experiments.validation.targets import (
    FROZEN,
    MOVED,
    placed,
    read_targets,
    scaled_multipliers,
)
from scenarios import tables
from scenarios.assumptions import Assumptions
from simulation.measures.catalogue import BY_NAME
from tests.experiments.said import Poundflow

HOLDS = Check(
    "one and one", Sort.CLOSED_FORM, "A sum.", "Peano", lambda: equals(2.0, 2.0, 0.0, "", "exact")
)
MISS = Check(
    "a pound is round", Sort.TARGET, "Its edges.", "The Royal Mint",
    lambda: equals(12.0, 0.0, 1.0, "edges", "counted"),
)  # fmt: skip
OPEN = Check(
    "how long a pound lasts", Sort.TARGET, "Its years.", "The Royal Mint",
    lambda: still_open("nobody has counted", "years", reference=25.0),
)  # fmt: skip


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Check]:
    """The checks that the command finds: made up, and few."""
    listed = [HOLDS, MISS, OPEN]
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(
        "experiments.cli.validate.all_checks",
        lambda full, sorts, kept=None: [one for one in listed if one.kind in sorts],
    )
    return listed


def test_a_miss_is_shown_as_a_miss(poundflow: Poundflow, checks: list[Check]) -> None:
    """With its figure and what it ought to be; the command ends with 1."""
    said = poundflow("validate")

    assert said.code == 1
    line = next(one for one in said.out.splitlines() if "a pound is round" in one)
    assert "MISS" in line
    assert "12" in line
    assert "-1 to 1" in line
    assert "1 hold, 1 missed, 0 measured (nothing published), 1 open" in said.out
    assert "checking a pound is round" in said.err


def test_an_open_line_says_why_and_is_no_miss(poundflow: Poundflow, checks: list[Check]) -> None:
    """What nobody could measure is not passed off as a figure."""
    checks.remove(MISS)

    said = poundflow("validate")

    assert said.code == 0
    line = next(one for one in said.out.splitlines() if "how long a pound" in one)
    assert "nobody has counted" in line
    assert "open" in line


def test_a_narrow_window_keeps_figures_and_verdicts(
    poundflow: Poundflow, checks: list[Check], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has no room is named below the table."""
    monkeypatch.setenv("COLUMNS", "80")

    said = poundflow("validate")

    assert "nobody has counted" not in said.out
    assert "with --json, also: how exact each is" in said.out
    assert max(map(len, said.out.splitlines())) <= 100
    assert "…" not in said.out


def test_a_kind_without_checks_is_told(poundflow: Poundflow, checks: list[Check]) -> None:
    """Here none is entered, and the table says so."""
    said = poundflow("validate", "--kind", "emergent-patterns")

    assert said.code == 0
    assert "none yet" in said.out


def test_only_the_kinds_that_are_named_are_run(poundflow: Poundflow, checks: list[Check]) -> None:
    """So that what must hold can guard a change, whatever else is missed."""
    said = poundflow("validate", "--kind", "closed-forms", "--kind", "identities")

    assert said.code == 0
    assert "a pound is round" not in said.out
    assert "1 hold, 0 missed" in said.out


def test_an_unknown_kind_is_refused(poundflow: Poundflow) -> None:
    """All that there are, and the one that was meant; code 2."""
    said = poundflow("validate", "--kind", "identites", "--kind", "miracles")

    assert said.code == 2
    for word in ("`identites`", "`miracles`", "closed-forms", "Did you mean `identities`?"):
        assert word in said.err


def test_json_is_one_document(poundflow: Poundflow, checks: list[Check], tmp_path: Path) -> None:
    """Version, machine and checks; the file holds the same."""
    file = tmp_path / "deep" / "checks.json"

    said = poundflow("validate", "--json", "--out", file)

    told = json.loads(said.out)
    assert said.code == 1
    assert told == json.loads(file.read_text("utf-8"))
    assert {"schema_version", "versions", "machine", "full", "verdicts", "checks"} == set(told)
    assert told["verdicts"] == {"holds": 1, "miss": 1, "measured": 0, "open": 1}
    assert told["versions"]["poundflow"]
    row = told["checks"][1]
    assert (row["name"], row["kind"], row["value"]) == (
        "a pound is round",
        "calibrated targets",
        12,
    )
    assert (row["reference"], row["band"], row["verdict"]) == (0, [-1, 1], "miss")
    assert told["checks"][2]["value"] is None


def test_a_file_that_cannot_be_written_is_refused_before_anything_runs(
    poundflow: Poundflow, checks: list[Check], tmp_path: Path
) -> None:
    """A file stands where the folder would be."""
    (tmp_path / "taken").write_text("", "utf-8")

    said = poundflow("validate", "--out", tmp_path / "taken" / "checks.json")

    assert said.code == 2
    assert "checking" not in said.err


def test_a_figure_that_is_no_number_misses_its_band() -> None:
    """Nothing is below or above it, and it is not inside either."""
    found = equals(float("nan"), 1.0, 0.5, "", "")

    assert (found.value, found.verdict, found.rounding) == (None, Verdict.MISS, "no number: nan")
    assert equals(1.5, 1.0, 0.5, "", "").verdict is Verdict.HOLDS


def test_each_target_is_whole() -> None:
    """A band round what was published, and one way to come to a figure, or a reason for none."""
    told = read_targets()

    for one in told.targets:
        assert one.low < one.high
        assert one.value is None or one.low < one.value < one.high
        assert sum(map(bool, (one.measure, one.open))) == 1, one.id
        assert not one.measure or BY_NAME[one.measure].unit == one.unit
        assert one.when in targets.MONTH_OF
    assert len({one.id for one in told.targets}) == len(told.targets) == 15


def found(name: str) -> Figure:
    """What a target comes to without a run."""
    return next(one.run() for one in targets.checks(full=False) if one.name == name)


def freeze(folder: Path, monkeypatch: pytest.MonkeyPatch, reach: float) -> None:
    """A calibration of made-up figures, reached with another value of `tender.reach`."""
    text = (targets.here() / targets.FILE).read_text(encoding="utf-8")
    (folder / targets.FILE).write_text(text, "utf-8")
    (folder / FROZEN).write_text(
        '[reached]\n"local share" = 0.44\n"single bids" = 0.4\n'
        f'[values]\n"tender.reach" = {reach}\n',
        "utf-8",
    )
    monkeypatch.setattr(targets, "here", lambda: folder)


def test_a_calibration_counts_no_more_once_the_register_has_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure is made up: the line is open and says what to type."""
    freeze(tmp_path, monkeypatch, Assumptions.default()["tender.reach"] + 0.1)
    figure = found("local share")

    assert (figure.value, figure.verdict, figure.rounding) == (None, Verdict.OPEN, MOVED)
    assert figure.band == (0.41, 0.51)


def test_a_frozen_calibration_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it reached stands in its file, misses as well."""
    freeze(tmp_path, monkeypatch, Assumptions.default()["tender.reach"])

    assert found("local share").verdict is Verdict.HOLDS
    assert found("single bids").verdict is Verdict.MISS
    assert found("share of SMEs").verdict is Verdict.OPEN


def test_in_full_a_run_of_now_stands_beside_what_was_frozen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verdict is of the frozen figure; where none is, of the run; what is undefined is open."""
    freeze(tmp_path, monkeypatch, Assumptions.default()["tender.reach"])
    now = {
        ("local_share_based", "region", 0): 0.3,
        ("bids_per_tender", "all", 0): 4.0,
        ("local_share_based", "district", -1): 0.3,
    }
    monkeypatch.setattr(targets, "outcomes", lambda place, months: now)

    seen = {one.name: one.run() for one in targets.checks(full=True)}

    assert (seen["local share"].value, seen["local share"].verdict) == (0.44, Verdict.HOLDS)
    assert "as frozen; 0.3 now" in seen["local share"].rounding
    assert seen["bids per tender"].verdict is Verdict.HOLDS
    assert seen["Preston, in the city"].verdict is Verdict.MISS
    assert seen["share of SMEs"].verdict is Verdict.OPEN
    assert "undefined in preston-2012" in seen["share of SMEs"].rounding


def test_a_nations_multipliers_are_scaled_to_the_district() -> None:
    """Inputs and homes add less in a small place, and less again where pay is carried out of it."""
    scaling = targets.read_targets().scaling
    first, second = scaled_multipliers(scaling)
    all_live_here = scaled_multipliers(replace(scaling, residents=1.0))

    assert (first, second) == pytest.approx((1.228, 1.379), abs=0.001)
    assert all_live_here == pytest.approx((1.228, 1.610), abs=0.001)
    assert 1.0 < first < scaling.type_1


def test_a_nation_scaled_to_itself_keeps_what_was_published() -> None:
    """Nothing is lost on the way where nothing is far."""
    scaling = targets.read_targets().scaling
    nation = tables.nations()[scaling.nation]
    jobs = sum(nation.jobs_2019.values())
    mix = {one.id: nation.jobs_2019[one.id] / jobs for one in tables.sectors()}
    same = list(mix.values())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(targets.tables, "sector_mix", lambda name: same)
        scaled = scaled_multipliers(replace(scaling, mix="itself", jobs=jobs, residents=1.0))

    assert scaled == pytest.approx((scaling.type_1, scaling.type_2))


def test_what_is_calibrated_to_is_what_is_validated_against() -> None:
    """The file that fits and the file that checks hold the same numbers and tolerances."""
    told = read_targets()
    held = {(one.measure, one.tier, one.when): placed(one, told.scaling) for one in told.targets}
    asked = tomllib.loads(Path("docs/examples/district-targets.toml").read_text("utf-8"))

    for one in asked["targets"]:
        tier = one.get("tier", BY_NAME[one["measure"]].tiers[0])
        target = held[one["measure"], tier, one.get("when", "window")]
        assert one["unit"] == target.unit
        assert one["value"] == pytest.approx((target.low + target.high) / 2, abs=0.002)
        assert one["tolerance"] == pytest.approx((target.high - target.low) / 2)


def test_six_of_the_seven_targets_are_frozen_inside_their_bands() -> None:
    """What was reached is shown with its misses: leakage by owner, the lines of one row."""
    missed = {one.name for one in targets.checks(full=False) if one.run().verdict is Verdict.MISS}
    rows = {one.id: one.row for one in targets.read_targets().targets}

    assert len(set(filter(None, rows.values()))) == 7
    assert {rows[name] for name in missed} == {"C11"}
