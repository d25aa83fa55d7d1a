"""Homes pay through doors of their own: the same books as through the general ones."""

import threading
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.vocabulary import Kind
from simulation.accounting.diary import Diary
from simulation.accounting.dyed_accounts import RECEIVED, SUNK
from simulation.accounting.faults import LedgerError, OverdrawnError, TillRowError
from simulation.kernels import homes
from simulation.kernels.accounts import LARGEST_PAYMENT
from simulation.kernels.homes import Taper
from tests.accounting.little_ledger import (
    BANK,
    CELL,
    GOVERNMENT,
    HOME,
    HOME_CLASS,
    HOMES,
    KLASS,
    MILL,
    PENSION_FUND,
    SHOP,
    claims,
    home_links,
    of_homes,
    open_home_ledger,
    pay_for_home,
    purse,
)
from tests.accounting.random_town import RandomTown

MONTHS = 4
SEEDS = st.integers(0, 2**31)
TAGS = st.sampled_from([0, 1, 4, 5])
TOWNS = settings(max_examples=40)


DESKS = st.sampled_from([1, 2, 3, 7])


def pair(seed: int, desks: int, **town: object) -> tuple[RandomTown, RandomTown]:
    """The same town twice: homes pay through general doors, and through their own at some desks."""
    return RandomTown(seed, **town), RandomTown(seed, **town, own_doors=True, desks=desks)


def live(town: RandomTown, month: int) -> None:
    """Live a month; what buyers pay in the first and third is dyed where there is dye."""
    town.live(month, dyed=town.tags > 0 and month in (1, 3))


def books_of(town: RandomTown) -> dict[tuple[int, ...], list[list[int]]]:
    """Flows by month and kind, dye by month, record and kind, as plain numbers."""
    return {key: [column.tolist() for column in columns] for key, columns in town.books()}


def accounts_of(town: RandomTown) -> dict[str, list[int]]:
    """Money and dye of every row."""
    names = ["deposits", "savings", *(["dye", "savings_dye"] if town.tags else [])]
    return {name: getattr(town.ledger, name).tolist() for name in names}


@pytest.mark.compiled
@TOWNS
@given(SEEDS, TAGS, st.booleans(), st.booleans(), DESKS)
def test_homes_own_doors_equal_their_slow_twin(seed, tags, full, first_exit, desks):
    """Month by month the same balances, savings, dye, flows and records of dye, to the unit.

    The twin pays one kind after another through a plain ledger. Some homes pay all they have, let
    to each other, have a closed or a new landlord, and lie where dye ends.
    """
    slow, fast = pair(seed, desks, tags=tags, full=full, first_exit=first_exit)

    for month in range(1, MONTHS + 1):
        live(slow, month)
        live(fast, month)

        assert accounts_of(fast) == accounts_of(slow)
        assert fast.homes.memory() == slow.homes.memory()
    assert books_of(fast) == books_of(slow)
    assert fast.digest() == slow.digest()
    told = [
        (t.ledger.payments, t.ledger.pence_moved, t.ledger.residual_pence) for t in (slow, fast)
    ]
    assert told[0] == told[1]


@settings(max_examples=12)
@given(SEEDS, TAGS, st.booleans(), DESKS)
def test_homes_own_doors_write_the_diary_of_their_slow_twin(seed, tags, full, desks):
    """Every single payment is written down once, and the same; only their order is another."""
    written = []
    for town in pair(seed, desks, tags=tags, full=full):
        town.ledger.diary = Diary()
        for month in range(1, MONTHS + 1):
            live(town, month)
        written.append(Counter(
            (page.month, page.kind, *payment)
            for page in town.ledger.diary.pages
            for payment in zip(
                page.payer.tolist(), page.payee.tolist(), page.pence.tolist(), strict=True
            )
        ))  # fmt: skip

    assert written[0] == written[1]
    assert len(written[0]) > 1_000


@settings(max_examples=12)
@given(SEEDS, st.booleans())
def test_keeping_a_diary_changes_no_book(seed, own_doors):
    """A ledger with a diary pays what one without pays."""
    without = RandomTown(seed, tags=4, own_doors=own_doors)
    keeping = RandomTown(seed, tags=4, own_doors=own_doors)
    keeping.ledger.diary = Diary()

    for month in range(1, MONTHS + 1):
        live(without, month)
        live(keeping, month)

    assert keeping.digest() == without.digest()


def test_the_months_compared_hold_all_that_could_go_wrong():
    """Homes save, draw, pay all they have and let go of dye in each phase; they are of classes."""
    seen: Counter[str] = Counter()

    for seed in range(4):
        town = RandomTown(seed, tags=4, full=True, own_doors=True)
        ledger, homes = town.ledger, town.ledger.homes
        for month in range(1, MONTHS + 1):
            live(town, month)
            flows = {p.kind: int(p.count.sum()) for p in ledger.flows if p.month == month}
            seen["saved"] += flows[Kind.SAVING]
            seen["drew"] += flows[Kind.DISSAVING]
            seen["empty"] += int((ledger.deposits[homes] == 0).sum())
            seen["idle dye"] += int(ledger.savings_dye[homes].any(axis=1).sum())
            records = {(p.record, p.kind) for p in ledger.dye_pieces if p.month == month}
            for kind in (Kind.COUNCIL_TAX, Kind.RENT, Kind.CONSUMPTION, Kind.WAGES):
                seen[f"received {kind.name}"] += (RECEIVED, kind) in records
                seen[f"let go {kind.name}"] += (SUNK, kind) in records

    assert len(seen) == 12
    assert min(seen.values()) > 0
    assert len({*ledger.klass[homes].tolist()}) == 3
    assert ledger.blocks.size - 1 > 3


def test_a_home_that_lets_to_another_has_its_rent_when_it_shops():
    """Rent waits until the landlord has paid his own; it is next month's income, not this one's."""
    ledger = open_home_ledger()
    ledger.pay_for_homes(home_links(Kind.RENT, HOME + 1), of_homes(70))
    ledger.settle(Kind.RENT)
    waiting = ledger.deposits[[HOME, HOME + 1]].tolist()
    evening = purse(ledger, 0, 40)

    ledger.spend_and_save(evening, 0.0, home_links(Kind.CONSUMPTION, -1, SHOP), BANK)
    ledger.settle(Kind.CONSUMPTION)
    ledger.close_month()

    assert waiting == [93_000, 100_000]
    assert ledger.deposits[HOME + 1] == 40_000
    assert ledger.savings[HOME + 1] == 50_000 + 100_000 + 7_000 - 4_000 - 40_000
    assert evening.old_money[1] == 40_000 - 7_000


def test_rent_that_nobody_takes_in_stops_the_month():
    """A landlord's rent that still waits at the close is missing from the balances."""
    ledger = open_home_ledger()

    ledger.pay_for_homes(home_links(Kind.RENT, HOME + 1), of_homes(70))
    ledger.settle(Kind.RENT)

    with pytest.raises(LedgerError, match="balances are off by -7000 pence"):
        ledger.close_month()


@pytest.mark.parametrize("amount", [1_001, 5_000])
def test_a_home_that_pays_more_rent_than_it_has_is_caught_at_its_door(amount):
    """Its savings could cover the debt later; it is stopped before it or its neighbour has paid."""
    ledger = open_home_ledger()
    before, rents = ledger.deposits.copy(), home_links(Kind.RENT, MILL, MILL)

    with pytest.raises(OverdrawnError, match="more than it held before the phase of rent"):
        ledger.pay_for_homes(rents, of_homes(70, amount))

    np.testing.assert_array_equal(ledger.deposits, before)
    assert not ledger.inbox.any()
    assert not rents.sums.any()


def test_a_home_that_pays_all_it_has_may():
    """The last penny is still its own."""
    ledger = open_home_ledger()

    ledger.pay_for_homes(home_links(Kind.RENT, MILL), of_homes(1_000))
    ledger.settle(Kind.RENT)
    ledger.close_month()

    assert ledger.deposits[HOME] == 0


def test_a_home_that_would_spend_too_much_to_split_is_refused():
    """A penny below 2**46 is split exactly; from there on nobody has paid, nor the homes before."""
    ledger = open_home_ledger()
    rich = of_homes(50, 0)
    rich[1] = LARGEST_PAYMENT
    ledger.deposits[HOME + 1] += LARGEST_PAYMENT
    before, wealth = ledger.deposits.copy(), LARGEST_PAYMENT + 100_000 + 50_000
    shops = home_links(Kind.CONSUMPTION, SHOP, SHOP)

    with pytest.raises(LedgerError, match=f"consumption budget may come to {wealth} pence"):
        ledger.spend_and_save(purse(ledger)._replace(income=rich), 0.0, shops, BANK)

    np.testing.assert_array_equal(ledger.deposits, before)
    assert not ledger.inbox.any()


def test_a_home_just_below_what_can_be_split_spends_it_all():
    """Its deposits and savings together are a penny short of 2**46."""
    ledger = open_home_ledger()
    rich = of_homes()
    rich[0] = LARGEST_PAYMENT
    ledger.deposits[HOME] = LARGEST_PAYMENT - 1 - ledger.savings[HOME]

    ledger.spend_and_save(
        purse(ledger)._replace(income=rich), 0.0, home_links(Kind.CONSUMPTION, SHOP), BANK
    )

    assert ledger.inbox[SHOP] == LARGEST_PAYMENT - 1


def test_a_till_pays_no_home():
    """Shops and tax offices stand before the homes; a link that leads further is refused."""
    ledger = open_home_ledger()
    astray = home_links(Kind.CONSUMPTION, HOME + 1)

    with pytest.raises(TillRowError, match="consumption links lead to row"):
        ledger.spend_and_save(purse(ledger), 0.0, astray, BANK)
    with pytest.raises(TillRowError, match="before the homes"):
        ledger.receive_and_be_taxed(
            claims(), Taper(0, 0, 0), astray, of_homes(), (GOVERNMENT, PENSION_FUND)
        )


def test_budgets_too_large_to_split_are_refused_at_the_doors_of_homes():
    """From 2**46 pence on, rent and council tax are refused before a penny has moved."""
    ledger = open_home_ledger()
    before, huge = ledger.deposits.copy(), of_homes()
    huge[0] = LARGEST_PAYMENT
    owing = claims()._replace(council_tax=huge)
    tax = home_links(Kind.COUNCIL_TAX, MILL)

    with pytest.raises(LedgerError, match="2\\*\\*46"):
        ledger.pay_for_homes(home_links(Kind.RENT, MILL), huge)
    with pytest.raises(LedgerError, match="2\\*\\*46"):
        ledger.receive_and_be_taxed(
            owing, Taper(0, 0, 0), tax, of_homes(), (GOVERNMENT, PENSION_FUND)
        )

    np.testing.assert_array_equal(ledger.deposits, before)


def test_there_are_never_more_desks_than_homes():
    """A desk serves homes that stand together, at least one; every home has one desk."""
    ledger = open_home_ledger()
    for asked in (1, 2, HOMES - 1, HOMES, 99):
        ledger.share_out(asked)
        served = [int(k) for desk in ledger._desks for k in desk.blocks[:-1]]
        assert len(ledger._desks) == min(asked, HOMES)
        assert served[0] == 0
        assert sorted(set(served)) == served
        assert ledger._desks[-1].blocks[-1] == HOMES


def test_homes_stand_in_blocks_of_one_class():
    """A block ends where the class of the next home is another."""
    klass = KLASS.copy()
    klass[HOME + 3 : HOME + 5] = HOME_CLASS + 1

    ledger = open_home_ledger(klass=klass)

    assert ledger.blocks.tolist() == [0, 3, 5, HOMES]


def test_dye_ends_at_a_home_outside_the_place():
    """Where only the first exit is followed, a home beyond it keeps no dye, and rent ends there."""
    ledger = open_home_ledger()
    beyond = HOME + HOMES - 1
    ledger.start_dye(4, np.array([beyond], dtype=np.int32))
    payer, payee = np.array([[10, 10], [HOME, beyond]], dtype=np.int32)
    ledger.listed(Kind.PURCHASE, payer, payee, np.array([20_000, 30_000]))
    ledger.inject(Kind.PURCHASE, payer, payee, np.array([20_000, 30_000]))
    at_once = ledger.dye[[HOME, beyond], 0].tolist()
    ledger.settle(Kind.PURCHASE)
    kept = ledger.dye[[HOME, beyond], 0].tolist()

    ledger.pay_for_homes(home_links(Kind.RENT, beyond), of_homes(600))
    ledger.settle(Kind.RENT)
    ledger.spend_and_save(purse(ledger), 0.0, home_links(Kind.CONSUMPTION, SHOP), BANK)
    ledger.settle(Kind.CONSUMPTION)
    ledger.close_month()

    sunk = {p.kind: p.units[CELL[beyond]].tolist() for p in ledger.dye_pieces if p.record == SUNK}
    assert at_once == [20_000 * 1_024, 30_000 * 1_024]
    assert kept == [20_000 * 1_024, 0]
    assert sunk[Kind.PURCHASE] == [30_000 * 1_024, 0, 0, 0]
    assert sunk[Kind.RENT][1] in (10_000 * 1_024, 10_000 * 1_024 - 1)
    assert not ledger.dye[beyond].any()
    assert ledger.dye_residual == 0


def test_a_closed_landlord_leaves_the_rent_with_the_tenant():
    """Nobody is paid, and nothing is counted."""
    ledger = open_home_ledger()
    ledger.redirect[MILL] = -1

    pay_for_home(ledger, Kind.RENT)
    ledger.settle(Kind.RENT)
    ledger.close_month()

    assert ledger.deposits[HOME] == 100_000
    assert ledger.payments == 0


DOORS = (
    lambda ledger: ledger.settle(Kind.COUNCIL_TAX),
    lambda ledger: ledger.to_one(Kind.VAT, 0, np.ones(1, dtype=np.int64), GOVERNMENT),
    lambda ledger: ledger.save(BANK, MILL, np.ones(1, dtype=np.int64)),
    lambda ledger: ledger.spend_and_save(
        purse(ledger), 0.0, home_links(Kind.CONSUMPTION, SHOP), BANK
    ),
)


@pytest.mark.parametrize("door", DOORS)
def test_whoever_pays_while_homes_are_served_aside_waits_for_the_end(door, monkeypatch):
    """Nobody pays before another thread, slow as it is, has served all; the books are the same."""
    at_once, aside, served = open_home_ledger(), open_home_ledger(), []
    tax, serve = home_links(Kind.COUNCIL_TAX, MILL), homes.receive_and_be_taxed

    def take_time(*columns: object) -> int:
        threading.Event().wait(0.02)
        told = serve(*columns)
        served.append(threading.current_thread())
        return told

    monkeypatch.setattr(homes, "receive_and_be_taxed", take_time)
    aside.share_out(2)
    for ledger, many in ((at_once, 1), (aside, 2)):
        served.clear()
        ledger.receive_and_be_taxed(
            claims(), Taper(0, 0, 0), tax, of_homes(), (GOVERNMENT, PENSION_FUND), aside=True
        )
        door(ledger)
        assert len(served) == many
        assert (threading.current_thread() in served) == (many == 1)
        ledger.settle(Kind.COUNCIL_TAX)
        ledger.close_month()

    np.testing.assert_array_equal(aside.deposits, at_once.deposits)
    np.testing.assert_array_equal(aside.savings, at_once.savings)
