"""A plan of a sweep is read with all that it names, or refused with everything that is wrong."""

import json
from pathlib import Path

import pytest

from experiments.cli.sweep_plan import clock, size
from experiments.design.plan import as_compared
from experiments.design.sweep import Keep, SweepPlanError, read_sweep_draft
from experiments.runner.replicate import ReplicateTask, assumptions_of, future_at
from experiments.runner.sweep_plan import Sweep, plan_sweep
from experiments.store.records import Part
from tests.experiments.said import Poundflow

SOUND = """
name = "two-villages"
seed = 3
months = 4
replicates = 2

[[places]]
scenario = "village"
set = ["measure.dye_months=[1]"]

[[places]]
scenario = "village"
name = "patient-village"
set = ["measure.dye_months=[1]", "assumptions.delivery.patience_months=36"]

[policies]
names = ["price_quality", "social_value"]
baseline = "price_quality"

[design]
kind = "grid"

[[design.factors]]
name = "bid.own_spread"
values = [0.05, 0.1]

[keep]
tiers = ["district"]
"""

WRONG = """name = "Bad Name"
seed = -1
months = 12
colour = "red"

[[places]]
scenario = "vilage"

[[places]]
scenario = "village"
set = ["measure.to_month=x", "buyers.village-councl.monitoring=0.5"]

[policies]
names = ["price_quality", "social_valu", "price_quality"]
baseline = "lowest"

[design]
kind = "sobol"
points = 48
levels = 6
names = ["bid.own_spred", "claim.deterrence", "experiments.twin_extra_share"]

[[design.factors]]
name = "tender.challenge_months"
low = 3
high = 1

[keep]
measures = ["jobz"]
months = [13, 2]
tiers = ["districts"]

[limits]
tries = 0
"""

FAULTS = [
    ':1:1: name: found "Bad Name"; wanted lower-case letters and digits joined by hyphens.',
    ":2:1: seed: found -1; wanted a number of at least 0.",
    ":4:1: colour: found the unknown key `colour`",
    ':7:1: places.0.scenario: found "vilage", nothing of that name;',
    ":11:8: places.1.set.0: found the unknown path `to_month` for `measure.to_month`;",
    ":11:30: places.1.set.1: found `village-councl` for `buyers.village-councl`;",
    ':14:27: policies.names.1: found "social_valu";',
    ':14:42: policies.names.2: found "price_quality" a second time;',
    ':15:1: policies.baseline: found "lowest";',
    ":19:1: design.points: found 48; wanted a power of 2, as 32 or 64.",
    ":20:1: design.levels: found `levels`; wanted no key that `sobol` does not read.",
    ':21:10: design.names.0: found "bid.own_spred"; wanted a name in the register. '
    "Did you mean `bid.own_spread`?",
    ':21:47: design.names.2: found "experiments.twin_extra_share", which the register has no',
    ":26:1: design.factors.0.high: found 1; wanted more than low, 3.",
    ':29:13: keep.measures.0: found "jobz"; wanted a measure of the catalogue.',
    ":30:11: keep.months.0: found 13; wanted at most months, 12.",
    ':31:1: keep.tiers: found "districts" for `measure.tiers.0`;',
    ":34:1: limits.tries: found 0; wanted a number of at least 1.",
]


def planned(folder: Path, text: str = SOUND) -> Sweep:
    """The sweep of a plan in a file."""
    file = folder / "plan.toml"
    file.write_text(text, encoding="utf-8")
    return plan_sweep(file)


def refused(folder: Path, text: str) -> str:
    """What is said of a plan that cannot be used."""
    with pytest.raises(SweepPlanError) as refusal:
        planned(folder, text)
    return str(refusal.value)


def test_a_plan_becomes_places_points_and_blocks(tmp_path: Path) -> None:
    """What the plan changes in a scenario stands in it; policies and horizon are the plan's."""
    sweep = planned(tmp_path)

    first, second = sweep.places
    assert [place.name for place in sweep.places] == ["village", "patient-village"]
    assert second.scenario.assumptions == {"delivery.patience_months": 36.0}
    assert (first.plan.regimes, first.plan.months) == (("price_quality", "social_value"), 4)
    assert (first.plan.window, first.plan.tiers) == ((1, 4), ("district",))
    assert len(sweep.blocks) == 2 * 2 * 2
    assert sweep.blocks.n_runs == 16
    assert sweep.draws(sweep.blocks[2]) == {"bid.own_spread": 0.1}


def test_every_fault_is_told_at_once_with_its_line(tmp_path: Path, poundflow: Poundflow) -> None:
    """Eighteen mistakes are mended in one go; the command ends with code 2."""
    file = tmp_path / "plan.toml"
    file.write_text(WRONG, encoding="utf-8")

    said = poundflow("plan", file)

    lines = said.err.splitlines()
    assert said.code == 2
    assert len(lines) == len(FAULTS) + 1
    for line, fault in zip(lines, FAULTS, strict=False):
        assert line.startswith(f"{file}{fault}")
    assert lines[-1] == "18 faults. Correct them and run `poundflow plan` again."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("values = [0.05, 0.1]", "values = [0.05, 0.05]", "found 0.05 a second time"),
        ("values = [0.05, 0.1]", "values = [-0.05]", "found -0.05; wanted a share between"),
        ("values = [0.05, 0.1]", "low = 0.0", "found `low`; wanted `values`, of which a grid"),
        ('name = "patient-village"\n', "", 'found the place "village" a second time'),
        (', "assumptions.delivery.patience_months=36"', "", 'found the place "village" under'),
        ('kind = "grid"', 'kind = "gird"', "Did you mean `grid`?"),
        ('kind = "grid"', 'kind = "fixed"', "found `factors`; wanted no key that `fixed`"),
        ('kind = "grid"', 'kind = "list"', "found nothing; wanted `points_list`, which `list`"),
        ('kind = "grid"', 'kind = "morris"\nlevels = 5', "found 5; wanted an even number"),
        ('kind = "grid"', 'kind = "accepted"\nfile = "no.parquet"', "found no file at"),
        ("months = 4", 'months = "four"', 'found "four"; wanted a whole number'),
        ("seed = 3", "seed = ", ":3:8: found invalid value; wanted valid TOML"),
        ('scenario = "village"\nset', "set", "places.0.scenario: found nothing; wanted this key"),
    ],
)
def test_a_plan_that_cannot_be_lived_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """Each mistake is named where it stands."""
    assert said in refused(tmp_path, SOUND.replace(old, new, 1))


def test_points_of_a_list_name_the_same_assumptions(tmp_path: Path) -> None:
    """A point that leaves a value out would be another one than its author thinks."""
    head, _, _ = SOUND.partition("[design]")
    listed = '[design]\nkind = "list"\n[[design.points_list]]\n"bid.own_spread" = 0.1\n'
    text = head + listed + '[[design.points_list]]\n"claim.deterrence" = 0.1\n"no.such" = 1\n'

    told = refused(tmp_path, text)

    assert "points_list.1.bid.own_spread: found nothing; wanted the same names" in told
    assert 'points_list.1.no.such: found "no.such"; wanted a name in the register' in told


def test_a_design_too_large_to_be_held_is_refused(tmp_path: Path) -> None:
    """Before it fills the memory of the machine."""
    head, _, _ = SOUND.partition("[design]")
    text = head + '[design]\nkind = "sobol"\npoints = 1048576\n'

    assert "values (points x assumptions); wanted at most 100,000,000" in refused(tmp_path, text)


def test_a_scenario_is_looked_for_beside_its_plan(tmp_path: Path) -> None:
    """A folder with a plan and its scenarios can be moved as a whole."""
    village = Path(str(plan_sweep_places_file()))
    (tmp_path / "mine.toml").write_bytes(village.read_bytes())

    sweep = planned(tmp_path, SOUND.replace('"village"', '"mine.toml"', 1))

    assert sweep.places[0].scenario.file == str(tmp_path / "mine.toml")


def plan_sweep_places_file() -> Path:
    """The village on the shelf."""
    from scenarios import shelf

    return shelf.find("village")


def test_drawn_others_are_the_future_of_a_comparison(tmp_path: Path) -> None:
    """A fixed point whose others are drawn lives the futures that `compare` lives."""
    head, _, _ = SOUND.partition("[design]")
    sweep = planned(tmp_path, head + '[design]\nkind = "fixed"\nothers = "drawn"\n')
    block = sweep.blocks[1]
    place = sweep.places[0]

    compared = as_compared(place.scenario, place.plan)
    future = future_at(compared, place.plan, Part.FUTURE, 1)
    assert sweep.draws(block) == future.draws
    assert assumptions_of(place.scenario, sweep.draws(block)) == future.assumptions
    assert block.seed == future.seed
    assert ReplicateTask(compared, place.plan, Part.FUTURE, 1).lives == 2


def test_the_name_of_a_run_hangs_on_what_decides_it(tmp_path: Path) -> None:
    """What is kept, limits and comments leave it; horizon, tiers and what is compared do not."""
    first = planned(tmp_path).blocks[0].runs[0].run

    def named(old: str, new: str) -> str:
        return planned(tmp_path, SOUND.replace(old, new, 1)).blocks[0].runs[0].run

    assert named("[keep]", '[limits]\ntries = 5\n[keep]\nmeasures = ["jobs"] # few') == first
    assert named('name = "two-villages"', 'name = "again"') == first
    assert named("replicates = 2", "replicates = 9") == first
    for old, new in (
        ("months = 4", "months = 5"),
        ('tiers = ["district"]', 'tiers = ["district", "uk"]'),
        ('"social_value"]', '"lowest_price"]'),
        ("seed = 3", "seed = 4"),
        ("months = 4", "months = 4\ncounterfactual = true"),
        ("values = [0.05,", "values = [0.06,"),
    ):
        assert named(old, new) != first


def test_what_is_kept_is_the_plans_choice() -> None:
    """The whole window is always kept, months and measures as asked."""
    window, whole = Keep(), Keep(months="all", measures=("jobs",))
    some = Keep.model_validate({"months": [2, 3]})

    assert [window.holds("jobs", month) for month in (0, 2)] == [True, False]
    assert [whole.holds("jobs", 2), whole.holds("quality", 0)] == [True, False]
    assert [some.holds("jobs", month) for month in (0, 2, 4)] == [True, True, False]


def test_a_plan_read_alone_keeps_its_text(tmp_path: Path) -> None:
    """The store keeps the plan as it was given."""
    file = tmp_path / "plan.toml"
    file.write_text(SOUND, encoding="utf-8")

    plan = read_sweep_draft(file).require()

    assert plan.text == SOUND
    assert len(plan.digest) == 64


def test_the_command_tells_runs_time_and_disk_before_anything_starts(
    tmp_path: Path, poundflow: Poundflow
) -> None:
    """One block of each place is lived and timed; the document holds what the table says."""
    planned(tmp_path)

    told = json.loads(poundflow("plan", tmp_path / "plan.toml", "--json").out)

    cost = told["expected"]
    assert (told["runs"], told["blocks"], told["points"]) == (16, 8, 2)
    assert told["design"]["factors"] == [
        {"name": "bid.own_spread", "low": 0.05, "high": 0.1, "unit": "share", "values": 2}
    ]
    assert cost["seconds_one_core"] == pytest.approx(4 * sum(cost["seconds_a_block"]), abs=0.1)
    assert cost["rows"] > 16 * 50
    assert 2 * cost["rows"] < cost["bytes"] < 50 * cost["rows"]
    assert cost["failures"] == []


def test_without_time_nothing_is_lived(tmp_path: Path, poundflow: Poundflow) -> None:
    """The plan of a country is checked in a moment."""
    planned(tmp_path)

    said = poundflow("plan", tmp_path / "plan.toml", "--no-time")

    assert said.code == 0
    assert "two-villages: 16 runs in 8 blocks: 2 places x 2 points x 2 replicates" in said.out
    assert "nothing was lived" in said.out


def test_times_and_sizes_are_written_for_a_reader() -> None:
    """Seconds, minutes, hours, days; bytes to gigabytes."""
    assert [clock(one) for one in (45.2, 90, 45_000, 900_000)] == [
        "45 s", "1:30 minutes", "12.5 hours", "10.4 days",
    ]  # fmt: skip
    assert [size(one) for one in (999, 12_340, 5.6e6, 7.8e9)] == [
        "999 bytes", "12.3 kB", "5.6 MB", "7.8 GB",
    ]  # fmt: skip
