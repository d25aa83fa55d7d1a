"""A home's month in two passes: against the same steps, one kind of payment at a time."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import homes
from simulation.kernels.accounts import Accounts, Dye
from simulation.kernels.homes import Claims, Purse, Taper
from simulation.kernels.tills import Till
from tests.kernels.phases import N_CELLS, dye_below
from tests.kernels.streets import (
    MONEY,
    SHOPS,
    TAPERS,
    Street,
    claims_of,
    full_counter,
    streets,
)
from tests.reference import homes as slow
from tests.reference import payments as slow_payments
from tests.reference.evening import Decider, Evening

GROWS = st.booleans()
"""Whether sums by class grow as homes pay."""


def are_empty(*columns: np.ndarray) -> bool:
    """Say whether nothing stands in any of them."""
    return not any(column.any() for column in columns)


def benefits_of(claims: Claims, taper: Taper) -> list[int]:
    """Each home's benefits, slowly."""
    columns = (claims.other, claims.earned, claims.in_row, claims.seekers)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [slow.benefit(*row, tuple(taper)) for row in rows]


@given(st.integers(0, 6).flatmap(claims_of), TAPERS)
def test_benefits_fall_by_the_taper_and_an_account_of_many_is_not_tapered(claims, taper):
    """With each pound above the disregard a home loses the taper, down to nothing."""
    due = np.empty(claims.other.size, dtype=np.int64)

    homes.benefits(claims, taper, due)

    assert due.tolist() == benefits_of(claims, taper)


def paid_along(street: Street, budget: list[int]) -> list[tuple[int, int, int, int]]:
    """Write down every payment that homes make along their links."""
    links, redirect = street.columns, street.redirect.tolist()
    return list(slow_payments.payments_along(SHOPS, budget, *links, redirect))


def be_taxed(
    street: Street, claims: Claims, taper: Taper, dye: Dye | None, as_paid: bool
) -> tuple[Accounts, Till, int, tuple[np.ndarray, ...]]:
    """Run the kernel: accounts, till, lines told, and what else is written."""
    n, accounts = len(street.homes), street.accounts()
    tags = 0 if dye is None else street.shape[1]
    till = street.till(accounts.inbox, tags, as_paid)
    taxed, old_money = np.full(n, -1), np.zeros(n, dtype=np.int64)
    received = np.full((street.blocks.size - 1, 3, 2), -1)
    lost = np.zeros(tags, dtype=np.int64)
    lines = homes.receive_and_be_taxed(
        street.blocks, claims, taper, street.links, accounts, till, full_counter(), received,
        taxed, old_money, dye, lost,
    )  # fmt: skip
    return accounts, till, lines, (received, taxed, old_money, lost)


@given(streets(), TAPERS, GROWS, st.data())
def test_receiving_and_being_taxed_equals_its_slow_twin(street, taper, as_paid, data):
    """Benefits and pensions come first; then council tax, as far as the account reaches."""
    claims = data.draw(claims_of(len(street.homes)))
    due, held = benefits_of(claims, taper), street.dye.tolist()
    opening = street.balance.tolist()
    amounts = due, claims.pension.tolist(), claims.occupational.tolist()
    for k, row in enumerate(street.homes):
        opening[row] += sum(pence[k] for pence in amounts)
    owed = zip(claims.council_tax.tolist(), opening[SHOPS:], strict=True)
    budget = [min(tax, has) for tax, has in owed]
    made = paid_along(street, budget)
    left, inbox = slow_payments.pay([m[:3] for m in made], opening)
    moved = slow_payments.dye([m[:3] for m in made], opening, held, 1)
    nothing = np.zeros(street.shape, dtype=np.int64).tolist()
    after, let_go = slow_payments.fold_dye(left, held, moved.gone, nothing)

    dye = street.dyes()
    accounts, till, lines, written = be_taxed(street, claims, taper, dye, as_paid)

    received, taxed, old_money, lost = written
    assert (accounts.balance.tolist(), accounts.inbox.tolist()) == (left, inbox)
    assert till.told[:lines].tolist() == street.told(made)
    assert are_empty(till.rows[:, : 1 + street.shape[1]], till.by_class)
    assert received.transpose(1, 0, 2).tolist() == [street.by_block(each) for each in amounts]
    assert taxed.tolist() == budget
    assert old_money.tolist() == [left[row] - opening[row] for row in street.homes]
    assert (dye.held.tolist(), dye.inbox.tolist()) == (after, moved.waits)
    assert lost.tolist() == let_go
    assert are_empty(dye.out, dye.passed, dye.arrived)


@given(streets(), TAPERS, st.data())
def test_receiving_and_being_taxed_pays_the_same_with_dye_as_without(street, taper, data):
    """Dye goes with the money and changes none of it."""
    claims = data.draw(claims_of(len(street.homes)))

    plain, till, lines, written = be_taxed(street, claims, taper, None, False)
    dyed, till_too, lines_too, written_too = be_taxed(street, claims, taper, street.dyes(), True)

    assert lines == lines_too
    assert till.told.tolist() == till_too.told.tolist()
    for one, other in zip([*plain, *written[:3]], [*dyed, *written_too[:3]], strict=True):
        np.testing.assert_array_equal(one, other)


@st.composite
def purses(draw: st.DrawFn, n: int) -> Purse:
    """What n homes decide by."""
    columns = [np.array(draw(st.lists(MONEY, min_size=n, max_size=n)), np.int64) for _ in range(6)]
    housing, council_tax, income, savings, old_money, year = columns
    propensity, buffer = (
        np.array(draw(st.lists(st.floats(0, top), min_size=n, max_size=n))) for top in (3, 6)
    )
    return Purse(
        housing, council_tax, income, propensity, buffer, savings, old_money, year
    )  # fmt: skip


def evening(street: Street, purse: Purse, share: float, late: list[int], begins: bool) -> Evening:
    """Live the same evening slowly."""
    columns = (purse.income, purse.housing, purse.council_tax, purse.propensity, purse.buffer)
    money = (purse.savings, purse.income_year, np.array(late, dtype=np.int64))
    rows = zip(*(column.tolist() for column in (*columns, *money)), strict=True)
    deciders = [Decider(*row) for row in rows]
    balance, redirect = street.balance.tolist(), street.redirect.tolist()
    return Evening(SHOPS, balance, street.columns, redirect, deciders, share, begins)


def shop(
    street: Street, purse: Purse, share: float, begins: bool, accounts: Accounts,
    dye: Dye | None, idle: np.ndarray | None, as_paid: bool,
) -> tuple[Till, int, tuple[np.ndarray, ...]]:  # fmt: skip
    """Run the kernel: till, lines told, and what else is written."""
    tags = 0 if dye is None else street.shape[1]
    till, blocks = street.till(accounts.inbox, tags, as_paid), street.blocks
    saved, amounts = np.full((blocks.size - 1, 2, 2), -1), np.full((3, len(street.homes)), -1)
    lost = np.zeros((2, tags), dtype=np.int64)
    late = None if dye is None else dye.inbox
    lines = homes.spend_and_save(
        blocks, purse, share, begins, street.links, accounts, till, full_counter(), saved,
        amounts, dye, idle, late, *lost,
    )  # fmt: skip
    return till, lines, (saved, amounts, lost)


@given(streets(), st.floats(0, 1), st.booleans(), GROWS, st.data())
def test_spending_and_saving_equals_its_slow_twin(street, share, begins, as_paid, data):
    """Rent comes in, the account is filled from savings, shops are paid, the rest put aside.

    A home that has paid its own rent may hold a few units more dye than money.
    """
    n, tags = len(street.homes), street.shape[1]
    above = st.lists(st.integers(0, 9), min_size=tags, max_size=tags)
    street.dye[SHOPS:] += np.array(data.draw(st.lists(above, min_size=n, max_size=n)))
    purse = data.draw(purses(n))
    late = data.draw(st.lists(MONEY, min_size=n, max_size=n))
    came = data.draw(dye_below([0] * SHOPS + late, tags))
    idle = data.draw(dye_below([0] * SHOPS + purse.savings.tolist(), tags))
    slowly = evening(street, purse, share, late, begins)
    expected, let_go = slowly.dye(street.dye.tolist(), came.tolist(), idle.tolist())

    accounts, dye = street.accounts(), street.dyes()
    accounts.inbox[SHOPS:] = late
    dye.inbox[:] = came
    till, lines, written = shop(
        street, purse, share, begins, accounts, dye, idle, as_paid
    )  # fmt: skip

    saved, amounts, lost = written
    assert accounts.balance.tolist() == slowly.balance
    assert accounts.inbox.tolist() == slowly.inbox[:SHOPS] + [0] * n
    assert purse.savings.tolist() == slowly.savings
    assert purse.old_money.tolist() == (accounts.balance[SHOPS:] - late).tolist()
    assert purse.income_year.tolist() == slowly.year
    assert till.told[:lines].tolist() == street.told(slowly.made)
    assert are_empty(till.rows[:, : 1 + street.shape[1]], till.by_class)
    assert amounts.tolist() == [slowly.put, slowly.drawn, slowly.spent]
    assert saved[:, homes.PUT].tolist() == street.by_block(slowly.put)
    assert saved[:, homes.DRAWN].tolist() == street.by_block(slowly.drawn)
    assert (dye.held.tolist(), idle.tolist(), dye.inbox.tolist()) == expected
    assert lost.tolist() == let_go
    assert dye.arrived.tolist() == slow_payments.by_cell(came, street.cell.tolist(), N_CELLS)
    assert are_empty(dye.out, dye.passed)


@given(streets(), st.floats(0, 1), st.data())
def test_spending_and_saving_pays_the_same_with_dye_as_without(street, share, data):
    """Dye goes with the money and changes none of it."""
    purse = data.draw(purses(len(street.homes)))
    idle = data.draw(dye_below([0] * SHOPS + purse.savings.tolist(), street.shape[1]))
    plain, purse_too = street.accounts(), Purse(*(column.copy() for column in purse))
    till, lines, written = shop(street, purse, share, False, plain, None, None, False)

    dyed = street.accounts()
    till_too, lines_too, written_too = shop(
        street, purse_too, share, False, dyed, street.dyes(), idle, True
    )

    assert lines == lines_too
    assert till.told.tolist() == till_too.told.tolist()
    for one, other in zip(
        [*plain, *purse, *written[:2]], [*dyed, *purse_too, *written_too[:2]], strict=True
    ):
        np.testing.assert_array_equal(one, other)
