"""What a payment is: the ledger's words tell it, then the payee's."""

import numpy as np
import pytest

from scenarios.sources.kinds import KINDS, find_kinds
from scenarios.sources.sheet import Column


def kind_of(pence: int = 100, **said: str) -> str:
    """The kind of one payment of which so much is said."""
    fields = {name: Column([text], np.zeros(1, np.int32)) for name, text in said.items()}
    return KINDS[find_kinds(fields, np.array([pence])).codes[0]]


@pytest.mark.parametrize(
    ("payee", "kind"),
    [
        ("Thistle - Benefit Payments", "transfer"),
        ("HOUSING BENEFIT", "transfer"),
        ("Payroll Control", "pay"),
        ("HMRC", "tax"),
        ("Debt Management Office", "finance"),
        ("Thistle Payroll Services Ltd", "purchase"),
        ("Employee Benefits Ltd", "purchase"),
        ("Thistle Debt Management Ltd", "purchase"),
        ("Grants Garage", "purchase"),
    ],
)
def test_a_payee_tells_what_is_no_purchase(payee: str, kind: str) -> None:
    """Only where it names no firm that sells something."""
    assert kind_of(payee=payee) == kind


def test_the_ledger_speaks_before_the_payee_and_a_sign_speaks_last() -> None:
    """A grant to a tax office is a grant; what nothing speaks against is bought or refunded."""
    assert kind_of(payee="HMRC", detail="Grants to bodies") == "grant"
    assert kind_of(payee="Thistle Ltd", detail="Paper") == "purchase"
    assert kind_of(-100, payee="Thistle Ltd", detail="Paper") == "refund"
    assert kind_of(-100, payee="HMRC") == "tax"
