"""Numbers as people write them."""

import pytest

from experiments.report.folder import Estimate
from experiments.report.glossary import GROUPS, glossary, term
from experiments.report.page import _whole
from experiments.report.words import (
    change,
    count,
    estimate_gap,
    listed,
    of_ten,
    pounds,
    quantity,
    span,
    spread,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "£0"),
        (0.43, "£0.43"),
        (12.5, "£12.50"),
        (999.4, "£999"),
        (1234, "£1,230"),
        (340_499, "£340,000"),
        (999_600, "£1.0m"),
        (1_234_567, "£1.2m"),
        (214e6, "£214m"),
        (999.7e6, "£1.0bn"),
        (-2.25e6, "−£2.2m"),
    ],
)
def test_pounds_are_rounded_to_what_can_be_said(value, written):
    """Two or three figures are enough for a committee."""
    assert pounds(value) == written


@pytest.mark.parametrize(
    ("value", "unit", "style", "written"),
    [
        (0.482, "GBP per GBP", "per_pound", "48p"),
        (1.04, "GBP per unit", "per_pound", "£1.04"),
        (0.0132, "share", "", "1.3%"),
        (6.24, "months", "", "6.2 months"),
        (1.4567, "GBP per GBP", "number", "1.46"),
        (0.3124, "index", "", "0.312"),
        (2.14e9, "GBP a year", "", "£2.1bn"),
        (125, "pence", "", "£1.25"),
        (-0.0001, "share", "", "0.0%"),
    ],
)
def test_a_quantity_carries_its_unit(value, unit, style, written):
    """The unit of the catalogue, or the style of the measure, decides."""
    assert quantity(value, unit, style) == written


@pytest.mark.parametrize(
    ("value", "unit", "style", "written"),
    [
        (0.05, "share", "", "+5.0 points"),
        (-0.05, "share", "", "−5.0 points"),
        (0.035, "share", "percent", "+3.5%"),
        (0.079, "GBP per GBP", "per_pound", "+7.9p"),
        (0.00001, "share", "", "0.0 points"),
        (1.9e6, "GBP", "", "+£1.9m"),
    ],
)
def test_a_difference_carries_its_sign(value, unit, style, written):
    """A difference of shares is in points; what rounds to nothing has no sign."""
    assert change(value, unit, style) == written


@pytest.mark.parametrize(
    ("numbers", "unit", "style", "written"),
    [
        ((3.4e-4, 2.5e-4, 4.3e-4), "GBP per GBP", "per_pound", "+0.034p (+0.025p to +0.043p)"),
        ((-2.6e-5, -1.1e-4, 5.2e-5), "GBP per GBP", "per_pound", "−0.003p (−0.011p to +0.005p)"),
        ((0.0011, 0.00109, 0.00112), "share", "", "+0.11 points (+0.11 to +0.11 points)"),
        ((0.0013, 0.0004, 0.0022), "months", "", "+0.0013 months (+0.0004 to +0.0022 months)"),
        ((6.2e-4, 2.3e-4, 1.0e-3), "index", "number", "+0.00062 (+0.00023 to +0.00100)"),
        ((0.0, 0.0, 0.0), "GBP per GBP", "per_pound", "no difference"),
        ((1e-9, 0.0, 2e-9), "share", "", "no difference"),
        ((1.1e6, -13_602.75, 2.3e6), "GBP a year", "", "+£1.1m (−£13,600 to +£2.3m)"),
        ((0.0043, -0.077, 0.0857), "GBP a month", "", "£0.00 (−£0.08 to +£0.09)"),
    ],
)
def test_a_difference_is_told_with_two_digits(numbers, unit, style, written):
    """However small it is, the reader sees its size; of money, nothing below a penny."""
    gap = Estimate(unit, *numbers, 20, "")

    assert estimate_gap(gap, style) == written


def test_values_that_lie_near_each_other_get_the_digits_that_tell_them_apart():
    """The step decides the digits, never fewer than usual and never many more."""
    assert quantity(1.1437, "index", "number", 0.002) == "1.144"
    assert quantity(1_459_950_390, "GBP", "", 1.8e6) == "£1.460bn"
    assert quantity(0.0995, "GBP per GBP", "per_pound", 0.0008) == "9.95p"
    assert quantity(0.0992, "GBP per GBP", "per_pound", 0.3) == "9.9p"
    assert quantity(0.0992, "GBP per GBP", "per_pound", 1e-12) == "9.9200p"


def test_a_range_of_one_value_is_no_range():
    """One run has no lowest and highest; equal ends make no interval."""

    def write(value):
        return f"{value:.1f} months"

    assert span([0.4], write) == "0.4 months (one run, no range)"
    assert span([0.4, 0.6], write) == "0.4 to 0.6 months"
    assert span([0.4, 0.4], write) == "0.4 months in all 2"
    assert spread(0.4, 0.4, write) == ""


def test_a_value_below_zero_is_said_in_words_where_it_has_any():
    """Unmet need below zero is need met beyond what was needed."""
    assert term("unmet_need").says("share")(-0.047) == "4.7% more than needed"
    assert term("unmet_need").says("share")(0.047) == "4.7%"
    assert term("net_local_income").says("GBP a year")(-2e6) == "−£2.0m"


def test_shares_of_futures_are_counts_that_people_can_picture():
    """Tens where they are exact, else the true count."""
    assert of_ten(16, 20) == "8 of 10"
    assert of_ten(15, 20) == "15 of 20"
    assert of_ten(3, 7) == "3 of 7"


def test_lists_read_as_sentences():
    """A comma between, an "and" before the last."""
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_every_measure_has_words_of_its_own():
    """Titles differ, groups exist, the direction is one of three, a meaning is a sentence."""
    terms = glossary().values()

    assert len({one.title for one in terms}) == len(terms)
    assert all(one.group in GROUPS and one.better in ("higher", "lower", "") for one in terms)
    assert all(one.means.endswith(".") for one in terms)


def test_a_measure_without_words_is_shown_under_its_name():
    """What later work adds to the catalogue is never hidden."""
    assert term("soil_carbon").title == "Soil carbon"
    assert term("soil_carbon").group == "other"


def test_the_glossary_agrees_with_the_catalogue_on_what_is_better():
    """A measure that is better higher in one is not better lower in the other."""
    from simulation.measures.catalogue import CATALOGUE

    ways = {"up": "higher", "down": "lower", "none": ""}
    known = glossary()

    apart = {
        measure.name: (ways[measure.direction], known[measure.name].better)
        for measure in CATALOGUE
        if measure.name in known and ways[measure.direction] != known[measure.name].better
    }

    assert apart == {}


def test_a_mean_count_that_comes_out_whole_is_written_whole():
    """Thirds that add up to four are four, however the machine rounds them."""
    assert count(8 / 3 + 2 / 3 + 2 / 3 + 1e-12) == "4"
    assert count(3.96) == "4"
    assert count(3.67) == "3.7"


def test_an_arrow_and_a_sign_stay_with_their_amount():
    """In a narrow column `points` goes to the next line, never the arrow or the minus."""
    assert _whole("▼ −0.85 points") == '<span class="nb">▼ −0.85</span> points'
    assert _whole("≈ hardly any (−0.046 points)").endswith('<span class="nb">−0.046</span> points)')
