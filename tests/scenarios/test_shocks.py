"""A shock is written whole, strikes somebody who is there, within the story; or it is refused."""

import pytest

from scenarios.read import read_scenario
from scenarios.spec import GrantCut, SupplierFails
from tests.scenarios.village_text import TEXT, faults_of, line_of, one_fault

COLLAPSE = '\n[[shocks]]\nkind = "supplier_fails"\nmonth = 13\n'
SLUMP = '\n[[shocks]]\nkind = "demand_falls"\nmonth = 6\nsize = 0.3\n'


def test_a_scenario_without_shocks_has_none():
    """The list is empty by default."""
    assert read_scenario("village").shocks == ()


def test_what_is_left_out_has_its_default():
    """One supplier of all buyers and categories fails; a cut lasts, and budgets bear it."""
    sets = ['shocks=[{kind="supplier_fails", month=3}, {kind="grant_cut", month=4, size=0.2}]']

    shocks = read_scenario("village", sets).shocks

    assert shocks == (
        SupplierFails(kind="supplier_fails", month=3, suppliers=1, as_of="month"),
        GrantCut(kind="grant_cut", month=4, size=0.2, months=None, from_budgets=1.0),
    )


def test_one_value_of_a_shock_is_set_by_its_place():
    """Shocks have no id, so `--set` counts them from 0."""
    sets = ['shocks=[{kind="demand_falls", month=3, size=0.1}]', "shocks.0.size=0.4"]

    (slump,) = read_scenario("village", sets).shocks

    assert slump.size == 0.4


@pytest.mark.parametrize(
    ("line", "path", "wanted", "hint"),
    [
        ('kind = "suplier_fails"', "shocks.0.kind", "supplier_fails or", "`supplier_fails`"),
        ("month = 25", "shocks.0.month", "at most compare.months, 24", ""),
        ("month = 0", "shocks.0.month", "at least 1", ""),
        ("month = 1.5", "shocks.0.month", "whole number", ""),
        ("suppliers = -1", "shocks.0.suppliers", "at least 0", ""),
        ("months = 3", "shocks.0.months", "a known key", "`month`"),
        ("supplers = 3", "shocks.0.supplers", "a known key", "`suppliers`"),
        ('buyer = "vilage-council"', "shocks.0.buyer", "id of a buyer", "`village-council`"),
        ('category = "homecar"', "shocks.0.category", "spending category", "`homecare`"),
        ('category = "ict"', "shocks.0.category", "a category of its budget", ""),
        ('as_of = "begin"', "shocks.0.as_of", "'month' or 'start'", ""),
    ],
)
def test_a_wrong_value_is_answered_with_its_place(line, path, wanted, hint):
    """File, line, key, what is wanted, and the right word where one is near."""
    key = line.partition(" = ")[0]
    old = next((one for one in COLLAPSE.split("\n") if one.startswith(f"{key} = ")), None)
    text = TEXT + (COLLAPSE.replace(old, line) if old else COLLAPSE + line + "\n")

    fault = one_fault(text)

    assert (fault.file, fault.path) == ("village.toml", path)
    assert fault.line == line_of(line, text)
    assert wanted in fault.wanted
    assert hint in fault.hint


def test_all_faults_of_all_shocks_are_told_at_once():
    """A size above 1, a sector and an area unknown, a kind left out, a table that is none."""
    text = (
        TEXT
        + SLUMP.replace("0.3", "1.3")
        + 'sector = "retial"\narea = "dales"\n'
        + "\n[[shocks]]\nmonth = 2\n"
    )

    found = {fault.path: fault for fault in faults_of(text)}
    flat = faults_of(TEXT, "shocks=[4]")

    assert set(found) == {
        "shocks.0.size", "shocks.0.sector", "shocks.0.area", "shocks.1.kind"
    }  # fmt: skip
    assert "`retail`" in found["shocks.0.sector"].hint
    assert [fault.wanted for fault in flat] == ["a table of keys and values"]


def test_a_shock_of_no_size_strikes_nobody():
    """The null of each kind says so."""
    sets = [
        'shocks=[{kind="supplier_fails", month=3, suppliers=0},'
        '{kind="input_prices", month=4, size=0.0}, {kind="portal_down", month=4, size=0}]'
    ]

    assert not any(one.strikes for one in read_scenario("village", sets).shocks)
