"""A block that pays one account does what a list of its payments would do."""

import numpy as np
import pytest

from simulation.kernels import blocks, dye, payments
from simulation.kernels.accounts import Accounts, Dye
from simulation.kernels.payments import Marks

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


def test_a_block_pays_like_a_list():
    """Money leaves each payer and is counted by class, payments of nothing left out."""
    pence, balance, klass = block()
    listed, counted = accounts_of(balance), np.zeros((3, 2), dtype=np.int64)
    rows = np.arange(ROWS, dtype=np.int32)
    marks = Marks(0, np.zeros(ROWS, dtype=np.bool_), None, None)
    payments.pay_list(rows, np.full_like(rows, PAYEE), pence, listed, None, 0, marks)
    payments.sum_block(klass, pence, counted)

    sums = np.zeros((3, 2), dtype=np.int64)
    paid = blocks.pay_to_one(pence, klass, balance, sums)

    assert paid == pence.sum() == listed.inbox[PAYEE]
    assert balance.tolist() == listed.balance.tolist()
    assert sums.tolist() == counted.tolist()


@pytest.mark.parametrize("tags", [5, 4, 3, 1])
@pytest.mark.parametrize("hop", [0, 1])
def test_a_block_dyes_like_a_list(tags, hop):
    """Dye leaves with each payment at the payer's opening share and arrives with its tag."""
    pence, balance, _ = block()
    rows = np.arange(ROWS, dtype=np.int32)
    held = balance[:, None] * (1 + np.arange(tags)) * (rows % 5)[:, None] * 15
    out, inbox, gone = np.zeros((3, *held.shape), dtype=np.int64)
    passed, arrived = np.zeros((2, 1, tags), dtype=np.int64)
    listed = Dye(held, out, inbox, balance, np.zeros(ROWS, dtype=np.int32), passed, arrived)
    dye.dye_list(rows, np.full_like(rows, PAYEE), pence, accounts_of(balance), listed, hop)

    into, unhopped = np.zeros((2, tags), dtype=np.int64)
    room = np.full(tags, 77, dtype=np.int64)
    blocks.dye_to_one(pence, balance, held, gone, into, unhopped, hop, room)

    assert gone.sum() > 0
    assert gone.tolist() == out.tolist()
    assert into.tolist() == inbox[PAYEE].tolist()
    assert unhopped.tolist() == passed[0].tolist()
