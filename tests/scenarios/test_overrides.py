"""`--set` changes one value, is part of the hash, and answers for its own faults."""

import pytest

from scenarios.errors import ScenarioError
from scenarios.read import draft_from_text, read_scenario
from tests.scenarios.village_text import TEXT, one_fault


def test_a_member_of_an_array_is_addressed_by_its_id():
    """Path parts below an array are ids; the value is TOML."""
    scenario = read_scenario(
        "village",
        ["buyers.village-council.monitoring=0.5", "buyers.village-council.budget.homecare = 1e5"],
    )

    assert scenario.buyers[0].monitoring == 0.5
    assert scenario.buyers[0].budget["homecare"] == 100_000


def test_a_member_without_an_id_is_addressed_by_its_position():
    """Rows such as commuting have no id; they are counted from 0."""
    scenario = read_scenario("village", ["commuting.0.people=28"])

    assert scenario.commuting[0].people == 28


def test_a_bare_word_is_text():
    """Quotes may be left out where the shell would eat them."""
    scenario = read_scenario("village", ["closure.savings=reserve", "measure.first_exit=county"])

    assert scenario.closure.savings == "reserve"
    assert scenario.measure.first_exit == "county"


def test_a_table_that_the_file_leaves_out_may_be_begun():
    """Known keys that are absent can be set, policies included."""
    scenario = read_scenario(
        "village",
        ["policies.bold.regime=social_value", "policies.bold.parameters.weight=0.3"],
    )

    assert scenario.policies["bold"].parameters == {"weight": 0.3}


def test_an_assumption_keeps_the_dots_of_its_name():
    """`assumptions.NAME` addresses the register though NAME has dots."""
    scenario = read_scenario("village", ["assumptions.my_way.share=0.9"])

    assert scenario.assumptions == {"my_way.share": 0.9}


def test_overrides_are_part_of_the_digest():
    """Equal overrides give one digest however written; others another; the last of a path wins."""
    plain = read_scenario("village").digest
    half = read_scenario("village", ["buyers.village-council.monitoring=0.5"]).digest
    spaced = read_scenario("village", ["buyers.village-council.monitoring = 0.50"]).digest
    twice = read_scenario(
        "village", ["buyers.0.monitoring=0.4", "buyers.village-council.monitoring=0.5"]
    ).digest

    assert half == spaced == twice
    assert half != plain


def test_overrides_as_they_are_kept_can_be_typed_again():
    """A report tells the command that made it: tables, lists and text come back as they were."""
    typed = (
        'policies.builder={regime="price_quality", pillars={fair_employment=1000.0}}',
        'policies.builder.rules=[{regime="lowest_price", categories=["homecare"]}]',
        'compare.regimes=["price_quality", "builder"]',
        "buyers.village-council.monitoring=0.5",
    )

    kept = read_scenario("village", typed)
    again = read_scenario("village", kept.sets)

    assert again.model_dump() == kept.model_dump()
    assert (again.sets, again.digest) == (kept.sets, kept.digest)


@pytest.mark.parametrize(
    ("text", "path", "hint"),
    [
        ("buyers.vilage-council.monitoring=1", "buyers.vilage-council", "`village-council`"),
        ("buyers.village-council.monitring=1", "buyers.village-council.monitring", "`monitoring`"),
        ("clossure.savings=tax", "clossure", "`closure`"),
        ("commuting.99.people=1", "commuting.99", ""),
        ("focus.name=1", "focus.name", ""),
        ("focus", "", ""),
        ("=1", "", ""),
        ("focus=", "", ""),
        ("focus=two words", "focus", "quotes"),
        ('focus="a"\nname="b"', "focus", ""),
        ("a=1\nb=2", "a", ""),
    ],
)
def test_an_unknown_path_is_refused(text, path, hint):
    """The fault names the --set instead of a line, and the right name."""
    fault = one_fault(TEXT, text)

    assert fault.file == f"--set {text}"
    assert (fault.line, fault.path) == (None, path)
    assert hint in fault.hint


def test_a_bad_value_points_to_the_override_and_not_to_the_file():
    """Overrides are applied before checking; their faults are theirs."""
    fault = one_fault(TEXT, "buyers.village-council.budget.homecare=-1")

    assert fault.file == "--set buyers.village-council.budget.homecare=-1"
    assert fault.line is None
    assert fault.path == "buyers.village-council.budget.homecare"


def test_nan_does_not_come_in_by_the_back_door():
    """An override is checked as the file is."""
    assert one_fault(TEXT, "buyers.village-council.payroll=nan").wanted == "a finite number"


def test_an_override_can_repair_a_file():
    """A fault that an override takes away is not told."""
    broken = TEXT.replace("replicates = 3", "replicates = 0")

    with pytest.raises(ScenarioError):
        draft_from_text(broken).require()

    assert draft_from_text(broken, sets=["compare.replicates=2"]).require().compare.replicates == 2


def test_a_fault_found_later_still_names_the_override():
    """Who checks a scenario after it was read places faults as the reader does."""
    scenario = read_scenario("village", ["compare.baseline=cheapest"])

    fault = scenario.fault(("compare", "baseline"), '"cheapest"', "a registered way of buying")

    assert (fault.file, fault.line) == ("--set compare.baseline=cheapest", None)
    assert str(fault) == (
        '--set compare.baseline=cheapest: compare.baseline: found "cheapest"; '
        "wanted a registered way of buying."
    )


def test_an_unknown_technology_is_refused():
    """A named table must be on file."""
    fault = one_fault(TEXT, "technology=uk_2018")

    assert fault.hint == "Did you mean `uk_2019`?"
