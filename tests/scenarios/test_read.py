"""A scenario file is read whole, or refused with every fault and its place."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios import shelf
from scenarios.errors import ExitCode, ScenarioError, format_faults
from scenarios.read import draft_from_text, read_draft, read_scenario
from tests.scenarios.village_text import TEXT, faults_of, line_of, one_fault, spoilt


def test_the_village_reads_by_name_and_by_path():
    """A name on the shelf and the path of its file give the same scenario."""
    by_name = read_scenario("village")
    by_path = read_scenario(shelf.find("village"))

    assert by_name == by_path
    assert by_name.digest == by_path.digest
    assert by_name.source == TEXT
    assert by_name.positions[("focus",)] == (line_of('focus = "', TEXT), 1)


def test_a_scenario_cannot_be_changed():
    """What was read is frozen."""
    scenario = read_scenario("village")

    with pytest.raises(ValueError, match="frozen"):
        scenario.focus = "town"


def test_a_scenario_travels_to_another_process():
    """Pickling keeps the text, the digest and the overrides."""
    scenario = read_scenario("village", ["compare.months=6"])

    twin = pickle.loads(pickle.dumps(scenario))

    assert twin == scenario
    assert (twin.digest, twin.sets, twin.source) == (
        scenario.digest,
        scenario.sets,
        scenario.source,
    )


def test_the_first_syntax_fault_has_its_place():
    """Broken TOML is refused with line and column, and exit code 2."""
    text = spoilt("decile = 8", "decile 8")

    with pytest.raises(ScenarioError) as refusal:
        draft_from_text(text, "village.toml")

    (fault,) = refusal.value.faults
    assert (fault.file, fault.line) == ("village.toml", line_of("decile 8", text))
    assert fault.column == len("decile 8")
    assert refusal.value.exit_code == ExitCode.WRONG_INPUT


def test_a_file_that_ends_too_soon_points_to_its_end():
    """An unclosed list is placed on the last line."""
    text = "schema_version = 1\nneighbours = ['town'"

    with pytest.raises(ScenarioError) as refusal:
        draft_from_text(text)

    assert refusal.value.faults[0].line == 2


def test_every_content_fault_is_told_at_once():
    """Faults of shape and of relation stand in one list, each on its own line."""
    text = spoilt('focus = "village"', 'focus = "vilage"')
    text = spoilt("monitoring = 0.2", 'monitoring = "0.2"', text)
    text = spoilt("homecare = 180000", "homecare = -180000", text)
    text = spoilt("jobs = 6\n", "job = 6\n", text)
    text = spoilt('employer = "mason"', 'employer = "masn"', text)

    faults = faults_of(text)

    told = {(fault.line, fault.path) for fault in faults}
    assert told == {
        (line_of('"vilage"', text), "focus"),
        (line_of('"0.2"', text), "buyers.village-council.monitoring"),
        (line_of("-180000", text), "buyers.village-council.budget.homecare"),
        (line_of("job = 6", text), "firms.larkfield-care.job"),
        (line_of('"Larkfield Care"', text) - 2, "firms.larkfield-care.jobs"),
        (line_of('"masn"', text), "households.h02.workers.0.employer"),
    }
    assert "6 faults" in format_faults(faults)
    assert list(faults) == sorted(faults, key=lambda fault: (fault.line, fault.column))


def test_the_column_counts_characters():
    """A fault behind letters outside ASCII, in an inline table, has the right column."""
    line = 'objectives = [{ id = "é", text = "x", weight = true }]'
    start = TEXT.index("objectives = [")
    text = TEXT[:start] + line + TEXT[TEXT.index("\n]", start) + 2 :]

    faults = {fault.path: fault for fault in faults_of(text)}

    assert faults["objectives.é.weight"].column == line.index("weight") + 1


@pytest.mark.parametrize(
    ("old", "new", "path", "hint"),
    [
        ('tier = "county"', 'tier = "conty"', "areas.dale.tier", "`county`"),
        ("engagement = 0.2", "engagment = 0.2", "buyers.village-council.engagment", "engagement"),
        ('sector = "retail"', 'sector = "retial"', "firms.stores.sector", "`retail`"),
        ('neighbours = ["town"]', 'neighbours = ["twon"]', "neighbours.0", "`town`"),
        (
            "food_supplies = 24000",
            "food_suplies = 24000",
            "buyers.village-council.budget.food_suplies",
            "`food_supplies`",
        ),
        (
            'buyer = "village-council"',
            'buyer = "vilage-council"',
            "contracts.standing.0.buyer",
            "`v",
        ),
        ('owner = "h01"', 'owner = "h0l"', "firms.larkfield-care.owner", "`h01`"),
    ],
)
def test_a_mistyped_name_is_answered_with_the_right_one(old, new, path, hint):
    """Unknown keys and ids come with a did-you-mean."""
    faults = {fault.path: fault for fault in faults_of(spoilt(old, new))}

    assert hint in faults[path].hint


@pytest.mark.parametrize(
    ("old", "new", "path", "wanted"),
    [
        ("homecare = 180000", "homecare = -1", "buyers.village-council.budget.homecare", "least 0"),
        ("weight = 0.4", "weight = 0.5", "objectives", "sum to 1"),
        ("owned = 0.4", "owned = 0.3", "areas.village.tenure", "sum to 1"),
        ("social_care = 0.10", "social_care = 0.2", "areas.town.sector_mix", "sum to 1"),
        (
            "social_care = 0.72",
            "social_care = 0.7",
            "technology.A_domestic.social_care",
            "sum to 1",
        ),
        ("retail = 0.60", "retail = 0.5", "technology.household_final", "sum to 1"),
        ('"stores", share = 0.4', '"stores", share = 0.3', "households.h01.shops", "sum to 1"),
        ('"larkfield-care"\nshare = 0.5', '"larkfield-care"\nshare = 0.4', None, "sum to 1"),
        ("payroll = 72000", "payroll = nan", "buyers.village-council.payroll", "finite"),
        ("payroll = 72000", "payroll = -inf", "buyers.village-council.payroll", "finite"),
        ("counterfactual = true", "counterfactual = 1", "counterfactual", "true or false"),
        ("monitoring = 0.2", "monitoring = true", "buyers.village-council.monitoring", "a number"),
        ("jobs = 6\n", "jobs = 6.5\n", "firms.larkfield-care.jobs", "whole number"),
        ("jobs = 6\n", "jobs = 2\n", "firms.larkfield-care.jobs", "at least 5"),
        ("replicates = 3", "replicates = 0", "compare.replicates", "at least 1"),
        ("months = 24", "months = 0", "compare.months", "at least 1"),
        ("month = 4", "month = 13", "start.month", "at most 12"),
        ("from = 1\n", "from = 25\n", "measure.from", "at most compare.months"),
        ("from = 1\n", "from = 2\nto = 1\n", "measure.to", "at least `from`"),
        ('focus = "village"', 'focus = "dale"', "focus", "without areas below"),
        ('focus = "village"', 'focus = "rest-of-uk"', "focus", "resolution agents"),
        ('id = "h27"', 'id = "h26"', "households.h26.id", "used once"),
        ('id = "h27"', 'id = "outside"', "households.outside.id", "other than"),
        ('tier = "region"\nparent = "uk"', 'tier = "region"', "areas.north.parent", "lies in"),
        ('owner_kind = "coop"', 'owner_kind = "local"', "firms.hearth-coop.owner_kind", "coop"),
        ('employer = "none"', 'employer = "none", wage = 5', "households.h23.workers.0.wage", "0"),
    ],
)
def test_each_rule_of_the_file_is_kept(old, new, path, wanted):
    """One spoilt value gives one fault, at its path, saying what was wanted."""
    fault = one_fault(spoilt(old, new))

    assert path is None or fault.path == path
    assert wanted in fault.wanted


def test_a_circle_of_areas_is_refused():
    """Areas that lie in each other are told, and reading ends."""
    text = spoilt('tier = "region"\nparent = "uk"', 'tier = "region"\nparent = "dale"')

    assert any("circle" in fault.found for fault in faults_of(text))


def test_nan_is_refused_among_the_parameters_of_a_way_of_buying():
    """Parameters stay data, yet no nan comes through."""
    text = TEXT + '\n[policies.mine]\nregime = "social_value"\nparameters = { weight = nan }\n'

    fault = one_fault(text)

    assert fault.path == "policies.mine.parameters.weight"
    assert fault.wanted == "a finite number"


def test_a_newer_layout_is_refused_with_the_reason_alone():
    """Other faults of a newer file would mislead, so they are not told."""
    text = spoilt("schema_version = 1", "schema_version = 2\nnovelty = true")

    with pytest.raises(ScenarioError, match="newer poundflow") as refusal:
        draft_from_text(text)

    assert len(refusal.value.faults) == 1


def test_a_missing_scenario_is_answered_with_the_shelf():
    """A name that is nowhere comes with the nearest on the shelf."""
    with pytest.raises(ScenarioError, match="Did you mean `village`"):
        read_scenario("vilage")


def test_a_folder_and_an_impossible_name_are_no_scenario(tmp_path):
    """What is not a file is refused in words."""
    for name in (str(tmp_path), "a\0b"):
        with pytest.raises(ScenarioError):
            read_scenario(name)


def test_bytes_that_are_not_utf8_are_placed(tmp_path: Path):
    """A file in another encoding is refused at its first foreign byte."""
    file = tmp_path / "old.toml"
    file.write_bytes(b'schema_version = 1\ntitle = "caf\xe9"\n')

    with pytest.raises(ScenarioError) as refusal:
        read_scenario(file)

    assert (refusal.value.faults[0].line, refusal.value.faults[0].column) == (2, 13)


def test_line_ends_do_not_change_the_digest(tmp_path: Path):
    """A file that passed through Windows is the same scenario."""
    file = tmp_path / "village.toml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())

    assert read_scenario(file).digest == read_scenario("village").digest


def test_others_add_their_faults_to_the_same_list():
    """The registry's faults and the file's are raised as one error, in order of place."""
    draft = draft_from_text(spoilt('focus = "village"', 'focus = "vilage"'), "village.toml")
    more = draft.fault(("compare", "regimes", 0), '"lowest_price"', "a registered way of buying")

    with pytest.raises(ScenarioError) as refusal:
        draft.require([more])

    assert [fault.path for fault in refusal.value.faults] == ["focus", "compare.regimes.0"]
    assert more.line == line_of("regimes = [", TEXT)
    assert pickle.loads(pickle.dumps(refusal.value)).faults == refusal.value.faults


def test_an_assumption_must_be_known_to_the_register_or_to_a_way_of_buying(monkeypatch):
    """`REGIME.param` is kept where nobody can judge it, and judged where somebody can."""
    text = TEXT + '\n[assumptions]\n"my_way.share" = 0.5\nnonsense = 1\n'

    kept = draft_from_text(text, "village.toml").faults
    judged = draft_from_text(text, "village.toml", known_extra=lambda _: ["my_way.shares"]).faults

    assert [fault.path for fault in kept] == ["assumptions.nonsense"]
    assert [fault.path for fault in judged] == [
        "assumptions.my_way.share",
        "assumptions.nonsense",
    ]
    assert judged[0].hint == "Did you mean `my_way.shares`?"


def test_the_village_adds_up():
    """Residents, jobs, commuters and contracts of the village agree with one another."""
    village = read_scenario("village")
    area = next(area for area in village.areas if area.id == "village")
    working = [
        worker
        for household in village.households
        for worker in household.workers
        if worker.employer not in ("none", "inactive")
    ]
    out = sum(c.people for c in village.commuting if c.home == "village" and c.work != "village")
    into = sum(c.people for c in village.commuting if c.work == "village" and c.home != "village")
    firm_jobs = sum(firm.jobs for firm in village.firms)

    assert (len(village.firms), len(village.households)) == (10, 30)
    assert area.population == sum(h.adults + h.children for h in village.households)
    assert area.households == len(village.households)
    assert area.workers == len(working)
    assert area.jobs == firm_jobs + sum(w.employer == "village-council" for w in working)
    assert sum(worker.employer == "town" for worker in working) == out
    assert firm_jobs - sum(w.employer in {f.id for f in village.firms} for w in working) == into
    for place in village.areas:
        if place.jobs is not None:
            home = sum(c.people for c in village.commuting if c.home == place.id)
            work = sum(c.people for c in village.commuting if c.work == place.id)
            assert (place.workers, place.jobs) == (home, work)


def test_the_horizon_cuts_the_window():
    """A shorter run measures what it lives, and dyes no month beyond its end."""
    village = read_scenario("village")

    assert village.window() == (1, 24)
    assert village.window(6) == (1, 6)
    assert village.dye_months() == (13,)
    assert village.dye_months(6) == ()


def test_every_file_on_the_shelf_reads():
    """Each scenario that we ship is sound, and its title is the shelf's."""
    for entry in shelf.names():
        draft = read_draft(entry.name)

        assert format_faults(draft.faults) == ""
        assert draft.require().title == entry.title


def test_reading_loads_no_numerical_library():
    """Checking a file must answer at once: numpy, scipy, numba and mesa stay unloaded."""
    code = (
        "import sys; from scenarios.read import read_scenario; read_scenario('village'); "
        "print([m for m in ('numpy', 'scipy', 'numba', 'mesa', 'tree_sitter') if m in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_root()
    )

    assert done.stdout.strip() == "[]"


def _root() -> Path:
    return Path(__file__).parents[2]
