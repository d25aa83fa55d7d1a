"""Homes are paid and pay at once, all of them, and each payment is told from whom to whom."""

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.accounting import home_ledger
from simulation.accounting.diary import Diary
from simulation.kernels.homes import Taper
from tests.accounting.little_ledger import (
    GOVERNMENT,
    HOME,
    HOMES,
    MILL,
    PENSION_FUND,
    TWO_CLASSES,
    claims,
    home_links,
    of_homes,
    open_home_ledger,
)

PAYERS = GOVERNMENT, PENSION_FUND


def be_taxed(ledger: home_ledger.HomeLedger) -> None:
    """A home gets benefits of 30 pounds and pensions of 20 and 10, and owes 25 in council tax."""
    tax = home_links(Kind.COUNCIL_TAX, MILL)
    ledger.receive_and_be_taxed(claims(), Taper(0, 0, 0), tax, of_homes(), PAYERS)


def test_benefits_are_paid_when_the_door_closes_unless_another_thread_was_asked_for():
    """At two desks as at one: whoever looks at the accounts next finds them paid."""
    ledger = open_home_ledger()
    ledger.share_out(2)

    be_taxed(ledger)

    assert ledger.deposits[[GOVERNMENT, PENSION_FUND]].tolist() == [-5_000, -1_000]
    assert ledger.deposits[HOME] == 100_000 + 6_000 - 2_500


def test_the_diary_tells_who_paid_benefits_and_to_whom():
    """Government and fund pay the home, and the home its council tax."""
    ledger = open_home_ledger()
    ledger.diary = Diary()

    be_taxed(ledger)

    told = {
        page.kind: list(
            zip(page.payer.tolist(), page.payee.tolist(), page.pence.tolist(), strict=True)
        )
        for page in ledger.diary.pages
    }
    assert told == {
        Kind.BENEFIT: [(GOVERNMENT, HOME, 3_000)],
        Kind.STATE_PENSION: [(GOVERNMENT, HOME, 2_000)],
        Kind.OCCUPATIONAL_PENSION: [(PENSION_FUND, HOME, 1_000)],
        Kind.COUNCIL_TAX: [(HOME, MILL, 2_500)],
    }


@pytest.mark.parametrize("desks", [1, 3])
def test_a_long_column_is_gone_through_to_its_end(desks, monkeypatch):
    """Where homes are many, desks share a column out: no home is left out, of whatever class."""
    monkeypatch.setattr(home_ledger, "LONG_COLUMN", 1)
    ledger = open_home_ledger(klass=TWO_CLASSES)
    ledger.share_out(desks)
    ledger.deposits[ledger.homes] += np.arange(HOMES)
    income, able = np.full((2, HOMES), -1, dtype=np.int64)

    ledger.count_income(np.full(HOMES, 100_000), income)
    ledger.can_pay(np.full(HOMES, 100_004), able)

    assert income.tolist() == [0, 1, 2, 3, 4, 5, 6, 7]
    assert (able - 100_000).tolist() == [0, 1, 2, 3, 4, 4, 4, 4]
