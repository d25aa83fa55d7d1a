"""The register is sound, read-only, and one future can be drawn from it."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.assumptions import (
    Assumptions,
    Entry,
    RegisterError,
    UnknownAssumptionError,
    draw,
    quantile,
    register,
)
from scenarios.assumptions.loader import read_entries

GOOD = """["household.propensity"]
value = 0.9
unit = "share"
low = 0.85
high = 0.95
distribution = "uniform"
null = 0.0
what = "Share of regular income that a household spends."
source = "Judgement, 2026"
grade = "judgement"
"""


def entry(distribution: str, low: float = 1.0, value: float = 2.0, high: float = 4.0) -> Entry:
    """An entry that differs in its distribution only."""
    return Entry(
        name="a.b",
        value=value,
        unit="number",
        low=low,
        high=high,
        distribution=distribution,
        what="Nothing.",
        source="A test, 2026",
        grade="judgement",
    )


def test_the_register_that_we_ship_is_sound():
    """Every entry of every file reads; names are in order."""
    entries = register()

    assert list(entries) == sorted(entries)
    assert all(name == one.name for name, one in entries.items())


def test_an_entry_is_read():
    """One table is one entry."""
    entries = read_entries({"households.toml": GOOD})

    assert entries["household.propensity"].null == 0.0
    assert entries["household.propensity"].role == "input"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("value = 0.9", "value = 0.99", "low <= value <= high"),
        ("value = 0.9", "value = true", "must be a number"),
        ("value = 0.9", "value = nan", "finite"),
        ('"uniform"', '"normal"', "distribution must be one of"),
        ('grade = "judgement"', 'grade = "gossip"', "grade must be one of"),
        ('unit = "share"\n', "", "missing unit"),
        ("what", "wat", "Did you mean `what`"),
        ('["household.propensity"]', "[household.propensity]", "in quotes"),
        ('["household.propensity"]', '["Household"]', "lower-case"),
        ("high = 0.95", "high = 0.95 0", "line 5"),
    ],
)
def test_a_faulty_entry_is_refused(old, new, message):
    """The register is ours, so the fault is our own: exit code 1."""
    with pytest.raises(RegisterError, match=message) as refusal:
        read_entries({"households.toml": GOOD.replace(old, new, 1)})

    assert refusal.value.exit_code == 1


def test_two_files_cannot_hold_one_name():
    """A number has one home."""
    with pytest.raises(RegisterError, match=r"stands in a\.toml already"):
        read_entries({"a.toml": GOOD, "b.toml": GOOD})


def test_assumptions_are_a_mapping_that_does_not_change():
    """A changed copy is a new mapping; unknown names come with a did-you-mean."""
    values = Assumptions({"household.propensity": 0.9, "tax.vat": 0.2})

    changed = values.with_values({"tax.vat": 0.0})

    assert (values["tax.vat"], changed["tax.vat"]) == (0.2, 0.0)
    assert pickle.loads(pickle.dumps(changed)) == changed
    with pytest.raises(UnknownAssumptionError, match=r"Did you mean `tax\.vat`"):
        values["tax.vatt"]
    with pytest.raises(UnknownAssumptionError):
        values.with_values({"tax.vatt": 1.0})


@pytest.mark.parametrize(
    ("distribution", "half"),
    [
        ("fixed", 2.0),
        ("uniform", 2.5),
        ("triangular", 4.0 - 3.0**0.5),
        ("log_uniform", 2.0),
    ],
)
def test_the_middle_of_each_distribution_is_its_median(distribution, half):
    """Closed forms: range 1 to 4, peak 2."""
    assert quantile(entry(distribution), 0.5) == pytest.approx(half, rel=1e-15)


@given(
    u=st.floats(0, 1),
    v=st.floats(0, 1),
    distribution=st.sampled_from(["uniform", "triangular", "log_uniform"]),
    peak=st.floats(1.0, 4.0),
)
def test_draws_rise_with_the_uniform_and_stay_in_range(u, v, distribution, peak):
    """An inverse distribution function is monotone and bounded."""
    one = entry(distribution, value=peak)

    low, high = sorted((u, v))

    assert 1.0 <= quantile(one, low) <= quantile(one, high) + 1e-12 <= 4.0 + 1e-12


def test_a_draw_names_each_entry_and_refuses_a_wrong_length():
    """One uniform an entry, each between 0 and 1."""
    assert draw([entry("uniform")], [0.0]) == {"a.b": 1.0}
    with pytest.raises(ValueError, match="shorter"):
        draw([entry("uniform")], [])
    with pytest.raises(ValueError, match="between 0 and 1"):
        draw([entry("uniform")], [1.5])
