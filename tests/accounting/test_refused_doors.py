"""Doors refuse at once what they cannot pay: no penny has moved, and the error holds the facts."""

import re

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.accounting.faults import HomeDoorError, NoSlotsError, NotOfTheHomesError
from simulation.accounting.home_ledger import HomeLedger
from simulation.accounting.network import build_network, single_links
from simulation.kernels.homes import Claims, Purse, Taper
from tests.accounting.little_ledger import (
    BANK,
    CELL,
    GOVERNMENT,
    HOME,
    HOMES,
    KLASS,
    MILL,
    PENSION_FUND,
    SHOP,
    UNLIMITED,
    along,
    claims,
    home_links,
    listed,
    of_homes,
    one_link,
    open_accounts,
    open_home_ledger,
    pounds,
    purse,
    rows,
    save,
    write_off,
)

ASTRAY = {
    "from one, to homes": ("to", lambda x: x.from_one(Kind.EXPORT, GOVERNMENT, HOME, pounds(1))),
    "from one, to some homes": (
        "to",
        lambda x: x.from_one(Kind.EXPORT, GOVERNMENT, HOME - 2, pounds(1, 1, 1)),
    ),
    "from a home": ("by", lambda x: x.from_one(Kind.EXPORT, HOME, SHOP, pounds(1))),
    "lent to a home": ("to", lambda x: x.lend(BANK, rows(SHOP, HOME), pounds(1, 1))),
    "repaid by a home": ("by", lambda x: x.repay(BANK, rows(SHOP, HOME), pounds(1, 1))),
    "listed, by a home": (
        "by",
        lambda x: x.listed(Kind.RENT, rows(SHOP, HOME), rows(MILL, MILL), pounds(1, 1)),
    ),
    "along, by a home": ("by", lambda x: x.along(one_link(Kind.RENT, HOME, MILL), pounds(1))),
    "to one, by a home": ("by", lambda x: x.to_one(Kind.RENT, HOME - 1, pounds(1, 1), MILL)),
    "to one home": ("to", lambda x: x.to_one(Kind.RENT, SHOP, pounds(1), HOME)),
}


@pytest.mark.parametrize("what", ASTRAY)
def test_a_general_door_refuses_what_it_would_strand(what):
    """A receipt of a home would wait for ever, and its overdraft never be seen."""
    ledger = open_home_ledger(tags=4)
    side, pay = ASTRAY[what]
    before = ledger.deposits.copy()

    with pytest.raises(HomeDoorError, match="Let homes pay through") as caught:
        pay(ledger)

    assert (caught.value.side, caught.value.row) == (side, HOME)
    np.testing.assert_array_equal(ledger.deposits, before)
    assert not ledger.inbox.any()
    assert ledger.created == 0


def test_homes_save_are_written_off_and_are_paid_along_links_and_by_lists():
    """What a general door can do for homes it does."""
    ledger = open_home_ledger()

    save(ledger, Kind.SAVING)
    write_off(ledger, Kind.WRITE_OFF)
    ledger.listed(Kind.RENT, rows(SHOP), rows(HOME), pounds(30))
    ledger.along(one_link(Kind.RENT, SHOP, HOME), pounds(30))
    ledger.settle(Kind.RENT)
    ledger.close_month()

    assert ledger.deposits[HOME] == 100_000 - 7_000 + 6_000


def test_rows_beyond_the_homes_may_pay_and_be_paid():
    """Only the homes themselves are refused."""
    deposits, savings = open_accounts(100_000)
    homes = slice(HOME, HOME + HOMES - 1)
    ledger = HomeLedger(deposits, savings, KLASS, CELL, UNLIMITED, UNLIMITED, homes)
    ledger.month, beyond = 1, HOME + HOMES - 1

    ledger.listed(Kind.RENT, rows(beyond, SHOP), rows(MILL, beyond), pounds(1, 2))
    ledger.from_one(Kind.EXPORT, GOVERNMENT, beyond, pounds(4))
    ledger.settle(Kind.RENT)
    ledger.close_month()

    assert ledger.deposits[beyond] == 100_000 + 500


SHORT = np.zeros(HOMES - 1, dtype=np.int64)
EARLY = single_links(Kind.RENT, HOME - 1, np.full(HOMES, MILL, dtype=np.int32), KLASS)
FEW = single_links(Kind.RENT, HOME, np.full(HOMES - 1, MILL, dtype=np.int32), KLASS)
PAYERS = GOVERNMENT, PENSION_FUND


@pytest.mark.parametrize(
    ("links", "column", "what"),
    [
        (EARLY, of_homes(), f"rent: the first payer's row is {HOME - 1}, and .* make it {HOME}"),
        (FEW, of_homes(), f"rent: the number of payers is {HOMES - 1}, and .* make it {HOMES}"),
        (home_links(Kind.RENT, MILL), SHORT, f"the length of a column is {HOMES - 1}"),
    ],
)
def test_the_doors_of_homes_refuse_what_does_not_stand_home_for_home(links, column, what):
    """Kernels read by the number of the home; a wrong length would read beyond the end."""
    ledger = open_home_ledger()
    before = ledger.deposits.copy()
    due, habits = claims()._replace(other=column), purse(ledger)._replace(housing=column)
    calls = (
        lambda: ledger.receive_and_be_taxed(due, Taper(0, 0, 0), links, of_homes(), PAYERS),
        lambda: ledger.pay_for_homes(links, column),
        lambda: ledger.spend_and_save(habits, 0.0, links, BANK),
    )

    for call in calls:
        with pytest.raises(NotOfTheHomesError, match=re.compile(what, re.IGNORECASE)):
            call()

    np.testing.assert_array_equal(ledger.deposits, before)


def test_links_that_are_counted_in_tills_are_refused_where_slots_are():
    """They name no payers either: a door that counts by slot would pass everybody over."""
    columns = rows(*range(HOMES + 1)), rows(*[MILL] * HOMES), rows(*[65536] * HOMES)
    ledger = open_home_ledger()
    before = ledger.deposits.copy()
    of_firms, at_home = (
        build_network(Kind.RENT, first, *(column.copy() for column in columns), KLASS, slots=False)
        for first in (0, HOME)
    )

    with pytest.raises(NoSlotsError, match=f"rent links, {HOMES} of them, have no slots"):
        ledger.along(of_firms, of_homes(1))
    with pytest.raises(NoSlotsError, match="no slots"):
        ledger.pay_for_homes(at_home, of_homes(1))

    np.testing.assert_array_equal(ledger.deposits, before)


def test_a_place_without_homes_opens_every_door():
    """Where there is no home there is no block, and a month closes with other payments."""
    klass, n = KLASS[:HOME], slice(0, HOME)
    deposits, savings = open_accounts(100_000)
    ledger = HomeLedger(
        deposits[n], savings[n], klass, CELL[n], UNLIMITED, UNLIMITED, slice(HOME, HOME)
    )
    ledger.month, none = 1, np.zeros(0, dtype=np.int64)
    links = single_links(Kind.RENT, HOME, rows(), klass)
    due, habits = Claims(*[none] * 5, in_row=rows(), seekers=none), Purse(*[none] * 8)

    ledger.receive_and_be_taxed(due, Taper(0, 0, 0), links, none, PAYERS)
    ledger.pay_for_homes(links, none)
    ledger.spend_and_save(habits, 0.0, links, BANK)
    listed(ledger, Kind.RENT)
    along(ledger, Kind.RENT)
    ledger.settle(Kind.RENT)
    ledger.close_month()

    assert ledger.blocks.tolist() == [0]
    assert ledger.deposits[MILL] == 100_000 + 14_000
