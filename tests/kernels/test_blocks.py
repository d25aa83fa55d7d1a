"""A block that pays one account does what a list of its payments would do."""

import numpy as np
import pytest

from simulation.kernels import blocks, payments
from simulation.kernels.accounts import Accounts, Dye
from simulation.kernels.payments import Marks
from tests.reference import payments as slow

ROWS, PAYEE = 40, 39


def block():
    """Return amounts, balances and classes of forty accounts; some pay nothing, one is empty."""
    draw = np.random.default_rng(3)
    balance = draw.integers(1, 10**6, ROWS)
    pence = balance // draw.integers(1, 9, ROWS)
    balance[4] = pence[4] = pence[7] = pence[PAYEE] = 0
    return pence, balance, draw.integers(0, 3, ROWS).astype(np.int32)


def accounts_of(balance: np.ndarray) -> Accounts:
    """Accounts with empty inboxes, none of them a home."""
    return Accounts(balance.copy(), np.zeros_like(balance), 0, 0)


def marks() -> Marks:
    """A page a row."""
    return Marks(0, *np.zeros((3, ROWS), dtype=np.bool_))


def test_a_block_pays_like_a_list():
    """Money leaves each payer and is counted by class, payments of nothing left out."""
    pence, balance, klass = block()
    listed, expected = accounts_of(balance), np.zeros((3, 2), dtype=np.int64)
    rows = np.arange(ROWS, dtype=np.int32)
    payee = np.full_like(rows, PAYEE)
    payments.pay_list(rows, payee, pence, True, True, listed, None, 0, marks())

    accounts, sums = accounts_of(balance), np.zeros((3, 2), dtype=np.int64)
    for first in (0, 17):
        some = slice(first, 17 if first == 0 else ROWS)
        expected += slow.sum_block(klass[some].tolist(), pence[some].tolist(), 3)
        blocks.pay_to_one(first, pence[some], PAYEE, accounts, klass, sums, None, 0, pence[:0])

    assert accounts.balance.tolist() == listed.balance.tolist()
    assert accounts.inbox.tolist() == listed.inbox.tolist()
    assert sums.tolist() == expected.tolist()


@pytest.mark.parametrize("tags", [5, 4, 3, 1])
@pytest.mark.parametrize("hop", [0, 1])
def test_a_block_dyes_like_a_list(tags, hop):
    """Dye leaves with each payment at the payer's opening share and arrives with its tag."""
    pence, balance, klass = block()
    rows = np.arange(ROWS, dtype=np.int32)
    held = balance[:, None] * (1 + np.arange(tags)) * (rows % 5)[:, None] * 15
    one, other = (
        Dye(
            held, *np.zeros((2, ROWS, tags), dtype=np.int64), balance, rows % 2,
            *np.zeros((2, 2, tags), dtype=np.int64),
        )
        for _ in range(2)
    )  # fmt: skip
    payee, listed = np.full_like(rows, PAYEE), accounts_of(balance)
    payments.pay_list(rows, payee, pence, True, True, listed, one, hop, marks())

    accounts, sums = accounts_of(balance), np.zeros((3, 2), dtype=np.int64)
    for first in (0, 17):
        some, room = pence[first : 17 if first == 0 else ROWS], np.full(tags, 77, dtype=np.int64)
        blocks.pay_to_one(first, some, PAYEE, accounts, klass, sums, other, hop, room)

    assert other.out.sum() > 0
    assert accounts.balance.tolist() == listed.balance.tolist()
    assert accounts.inbox.tolist() == listed.inbox.tolist()
    for name in ("out", "inbox", "passed"):
        assert getattr(other, name).tolist() == getattr(one, name).tolist()


def test_a_block_is_paid_like_a_list():
    """Each receives what it is due as the phase closes, counted by class."""
    pence, balance, klass = block()
    balance[PAYEE] = pence.sum() + 5
    rows, paid = np.arange(20, dtype=np.int32), pence[:20]
    listed, payer = accounts_of(balance), np.full_like(rows, PAYEE)
    payments.pay_list(payer, rows, paid, True, True, listed, None, 0, marks())

    accounts, sums = accounts_of(balance), np.zeros((3, 2), dtype=np.int64)
    blocks.pay_from_one(PAYEE, 0, paid, accounts, klass, sums)

    assert accounts.balance.tolist() == listed.balance.tolist()
    assert accounts.inbox.tolist() == listed.inbox.tolist()
    assert sums.tolist() == slow.sum_block(klass[:20].tolist(), paid.tolist(), 3)
