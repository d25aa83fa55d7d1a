"""Values of a register are kept as stated: sums, ranges, limits; anything else is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.sources.register_values import SME_WORDS, VCSE_WORDS, flag_of, value_of


@pytest.mark.parametrize(
    ("cell", "kind", "low", "high"),
    [
        ("£50,000", "stated", 50_000, 50_000),
        ("50000.00", "stated", 50_000, 50_000),
        ("approx. £30k", "stated", 30_000, 30_000),
        ("£3.5 million", "stated", 3_500_000, 3_500_000),
        ("£50,000.00 (ex VAT)", "stated", 50_000, 50_000),
        ("up to £50,000", "up to", None, 50_000),
        ("no more than £9,000", "up to", None, 9_000),
        ("<25,000", "up to", None, 25_000),
        ("£10,000 - £20,000", "range", 10_000, 20_000),
        ("10-20k", "range", 10_000, 20_000),
        ("Between £5k and £10k", "range", 5_000, 10_000),
        ("over £5m", "range", 5_000_000, None),
        ("£100k+", "range", 100_000, None),
    ],
)
def test_a_value_is_kept_as_it_is_stated(
    cell: str, kind: str, low: int | None, high: int | None
) -> None:
    """An upper limit is no sum, and of a range neither end is."""
    value = value_of(cell)

    assert value.kind == kind
    assert value.low == (None if low is None else low * 100)
    assert value.high == (None if high is None else high * 100)
    assert not value.yearly


@pytest.mark.parametrize("cell", ["£20k p.a.", "20,000 per annum", "£20000pa", "20,000 a year"])
def test_a_value_for_a_year_says_so(cell: str) -> None:
    """So that it is not taken for the whole."""
    assert (value_of(cell).yearly, value_of(cell).low) == (True, 2_000_000)


@pytest.mark.parametrize("cell", ["", "-", "TBC", "n/a", "Various", "Not known", "See notes"])
def test_a_dash_is_no_nought(cell: str) -> None:
    """What stands for "not known" is not known."""
    assert value_of(cell).kind == "none"


@pytest.mark.parametrize("cell", ["0", "£0.00", "1", "0.01"])
def test_a_nought_or_a_pound_is_no_value(cell: str) -> None:
    """A form asked for a number, and got one."""
    assert value_of(cell)[:3] == ("nominal", None, None)


@pytest.mark.parametrize(
    "cell",
    ["£1,000 per hour", "12 months", "£500,000 over 4 years", "(5,000)", "-5000", "€500", "5%",
     "£20,000 £30,000", "20000-10000", "1,23,456", "9" * 20],
)  # fmt: skip
def test_what_is_none_of_these_is_unreadable_and_no_guess(cell: str) -> None:
    """A rate, a length, another currency or two sums are told as unread."""
    assert value_of(cell).kind == "unreadable"


@given(st.text(max_size=60) | st.from_regex(r"[£\d,.kmKM +\-<>a-z]{0,30}", fullmatch=True))
def test_any_cell_ends_in_one_of_the_kinds(cell: str) -> None:
    """Low and high are equal for one sum, in order for a range, and absent where nothing is."""
    value = value_of(cell)

    if value.kind == "stated":
        assert value.low == value.high is not None
    elif value.kind == "range":
        assert value.low is not None
        assert value.high is None or value.low < value.high
    elif value.kind == "up to":
        assert (value.low, value.high is None) == (None, False)
    else:
        assert (value.low, value.high) == (None, None)


@pytest.mark.parametrize(
    ("cell", "sme", "vcse"),
    [
        ("Yes", True, True),
        ("N", False, False),
        ("SME", True, None),
        ("SME and VCSE", True, True),
        ("Neither", False, False),
        ("Medium", True, None),
        ("Various", None, None),
        ("Noo", None, None),
        ("", None, None),
    ],
)
def test_a_flag_that_says_neither_is_unknown(
    cell: str, sme: bool | None, vcse: bool | None
) -> None:
    """A slip of the pen is no "no"."""
    assert flag_of(cell, SME_WORDS) is sme
    assert flag_of(cell, VCSE_WORDS) is vcse
