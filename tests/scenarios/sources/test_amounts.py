"""Amounts are read to the penny in every form that councils write, and nothing else is."""

import random
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.sources.amounts import MOST_PENCE, read_amount
from scenarios.sources.money import pence_of
from scenarios.sources.sheet import Column

READ = {
    "1234.56": 123456,
    "1,234.56": 123456,
    "£1,234.56": 123456,
    "Â£1,234.56": 123456,
    "\ufffd1,234.56": 123456,
    "GBP 12.30": 1230,
    "12.3": 1230,
    ".5": 50,
    "7.": 700,
    "1 234 567.89": 123456789,
    "1\u00a0234.50": 123450,
    "(123.45)": -12345,
    "£(1,234.50)": -123450,
    "(£1,234.50)": -123450,
    "-£5.00": -500,
    "£-5.00": -500,
    "- 5.00": -500,
    "5.00-": -500,
    "\u22125.00": -500,
    "\u20135.00": -500,
    "5.00CR": -500,
    "5.00 cr": -500,
    "5.00 (Cr)": -500,
    "CR 5.00": -500,
    "5.00 DR": 500,
    "+5.00": 500,
    "-": 0,
    " £ -   ": 0,
    "12,34,567.89": 123456789,
    "1.5E+03": 150000,
    "1520.3200000000002": 152032,
    "0.29": 29,
    "1.005": 100,
    "1.015": 102,
}
NOT_READ = [
    "", "abc", "12.34.56", "1,23", "1,2345", "12:30", "5%", "€5.00", "$5.00", "--5.00", "(5.00",
    "5.00)", "-(5.00)", "(5.00)CR", "5.00 (CR", "Œ3653.13",
    "1234567890123456", "=1+1", "01/02/2023", "1 23.4", "٣٤",
    "CR 5.00 DR", "1e99", "1e3", "NaN", "inf", "12a",
]  # fmt: skip


@pytest.mark.parametrize(("text", "pence"), READ.items())
def test_an_amount_is_read_to_the_penny(text: str, pence: int) -> None:
    """Pounds signs, commas, brackets, minuses and credits in any of the usual orders."""
    amount = read_amount(text)

    assert amount is not None
    assert amount.pence == pence


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_amount_is_not_read(text: str) -> None:
    """A number of another kind, or one whose commas group nothing, is left to a person."""
    assert read_amount(text) is None


@given(st.integers(-MOST_PENCE, MOST_PENCE))
def test_every_penny_comes_back(pence: int) -> None:
    """No amount loses a penny on its way through text, whatever its form."""
    pounds = f"{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
    sign = "-" if pence < 0 else ""

    forms = [f"{sign}{pounds}", f"{sign}£{pounds}", f"{sign}{pounds.replace(',', '')}"]
    forms += [f"({pounds})", f"{pounds}-", f"{pounds}CR"] if pence < 0 else []

    for form in forms:
        amount = read_amount(form)
        assert amount is not None, form
        assert amount.pence == pence, form


def test_part_of_a_penny_is_rounded_and_told() -> None:
    """The noise of a spreadsheet is no part of a penny."""
    assert read_amount("10.004") == (1000, True)
    assert read_amount("1520.3200000000002") == (152032, False)


def test_a_whole_column_is_read_as_cell_by_cell() -> None:
    """Plain cells are read at once; they come to what they come to one by one."""
    luck = random.Random(5)
    texts = ["", *READ, *NOT_READ[1:]]
    texts += [f"{luck.choice(['', '-'])}{luck.randrange(10**9)}" for _ in range(200)]
    texts += [f"{luck.choice(['', '-'])}{Decimal(luck.randrange(10**9)) / 10}" for _ in range(200)]
    texts += [f"{Decimal(luck.randrange(10**9)) / 100}" for _ in range(200)]
    column = Column(texts, np.arange(len(texts), dtype=np.int32))

    pence = pence_of(column)

    for k, text in enumerate(texts):
        one = read_amount(text) if text else None
        assert pence.read[k] == (one is not None), text
        assert pence.pence[k] == (one.pence if one else 0), text
