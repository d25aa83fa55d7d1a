"""Debits and credits are netted; what would make a wrong sum is refused."""

from pathlib import Path

import pytest

from scenarios.sources.refusals import RefusedError
from tests.scenarios.sources.made_up import read

FIRM = "Brackenfell Builders Ltd"


@pytest.mark.parametrize(
    "heads",
    ["Debit,Credit", "Debit Amount,Credit Amount", "DR,CR", "Payments,Receipts", "Payment,Refund"],
)
@pytest.mark.parametrize("blank", ["", "0.00"])
@pytest.mark.parametrize("minus", ["", "-"])
def test_credits_in_a_column_of_their_own_are_taken_off(
    tmp_path: Path, heads: str, blank: str, minus: str
) -> None:
    """Whether the other cell is blank or nothing, and whether the credit has a minus."""
    found = read(
        tmp_path,
        f"Date,Supplier,{heads}\n03/04/2023,{FIRM},100.10,{blank}\n"
        f"04/04/2023,{FIRM},{blank},{minus}30.05\n",
    )

    assert (found.used, found.pence_used, found.pence_in) == (2, 7005, 7005)
    assert "credits were taken off debits" in found.notes


def test_credits_beside_an_amount_that_has_its_sign_change_nothing(tmp_path: Path) -> None:
    """The amount is netted already."""
    found = read(
        tmp_path,
        f"Date,Supplier,Amount,Credit\n03/04/2023,{FIRM},100.10,\n04/04/2023,{FIRM},-30.05,30.05\n",
    )

    assert found.pence_used == 7005


@pytest.mark.parametrize(
    ("amount", "sign", "pence"),
    [("30.05", "CR", 7005), ("-30.05", "CR", 7005), ("30.05", "DR", 13015), ("30.05", "?", 13015)],
)
def test_a_letter_beside_the_amount_gives_its_sign(
    tmp_path: Path, amount: str, sign: str, pence: int
) -> None:
    """Not where the credit has its minus already, nor where other words stand in the column."""
    found = read(
        tmp_path,
        f"Date,Supplier,Amount,DR/CR\n03/04/2023,{FIRM},100.10,DR\n"
        f"04/04/2023,{FIRM},{amount},{sign}\n",
    )

    assert found.pence_used == pence


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Amount (£000)", "thousands"),
        ("Amount £000s", "thousands"),
        ("Amount (£k)", "thousands"),
        ("Amount (pence)", "pence"),
        ("Amount EUR", "another currency"),
        ("Amount ($)", "another currency"),
    ],
)
def test_other_units_are_refused_unless_set_by_hand(
    tmp_path: Path, heading: str, unit: str
) -> None:
    """A thousand pounds are not one pound."""
    text = f"Date,Supplier,{heading}\n03/04/2023,{FIRM},100.10\n04/04/2023,{FIRM},12.50\n"

    with pytest.raises(RefusedError, match=unit):
        read(tmp_path, text)

    assert read(tmp_path, text, "#3=amount").pence_used == 11260


@pytest.mark.parametrize("tail", ["", ",Highways"])
def test_amounts_that_a_comma_cut_in_two_are_refused(tmp_path: Path, tail: str) -> None:
    """1,234.50 without quotation marks is not one pound."""
    rows = [f"03/04/2023,{FIRM},{amount}{tail}" for amount in ("1,234.50", "12.50", "9,001.00")]
    head = "Date,Supplier,Amount" + (",Department" if tail else "")

    with pytest.raises(RefusedError, match=r"2 rows \(2, 4\)"):
        read(tmp_path, "\n".join([head, *rows]))


def test_amounts_spread_over_two_columns_are_refused(tmp_path: Path) -> None:
    """Capital and revenue each in a column of its own: neither is the sum."""
    text = (
        "Date,Supplier,Revenue Amount,Capital Amount\n"
        f"03/04/2023,{FIRM},100.10,\n04/04/2023,{FIRM},,12.50\n"
    )

    with pytest.raises(RefusedError, match="Capital Amount"):
        read(tmp_path, text)

    assert read(tmp_path, text, "Capital Amount=ignore").pence_used == 10010


@pytest.mark.parametrize(
    ("heads", "pence"),
    [
        ("Invoice Total,Line Amount", 7),
        ("Original Currency Amount,Billing Amount", 7),
        ("Amount,Running Balance", 90000),
        ("YTD Spend,Spend", 7),
    ],
)
def test_what_is_no_payment_of_this_row_is_not_summed(
    tmp_path: Path, heads: str, pence: int
) -> None:
    """Of an invoice and its line the line, of a purchase abroad what was billed."""
    found = read(tmp_path, f"Date,Supplier,{heads}\n03/04/2023,{FIRM},900.00,0.07\n")

    assert found.pence_used == pence
