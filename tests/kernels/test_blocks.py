"""A block that pays one account does what a list of its payments would do."""

import numpy as np
import pytest

from simulation.kernels import blocks, dye, payments

ROWS, PAYEE = 40, 39


def block():
    """Return amounts, balances and classes of forty accounts; some pay nothing, one is empty."""
    draw = np.random.default_rng(3)
    balance = draw.integers(1, 10**6, ROWS)
    pence = balance // draw.integers(1, 9, ROWS)
    balance[4] = pence[4] = pence[7] = pence[PAYEE] = 0
    return pence, balance, draw.integers(0, 3, ROWS).astype(np.int32)


def test_a_block_pays_like_a_list():
    """Money leaves each payer and is counted by class, payments of nothing left out."""
    pence, balance, klass = block()
    listed, counted = balance.copy(), np.zeros((3, 2), dtype=np.int64)
    rows = np.arange(ROWS, dtype=np.int32)
    payments.pay_list(rows, np.full_like(rows, PAYEE), pence, listed, np.zeros_like(balance))
    payments.sum_block(klass, pence, counted)

    sums = np.zeros((3, 2), dtype=np.int64)
    paid = blocks.pay_to_one(pence, klass, balance, sums)

    assert paid == pence.sum()
    assert balance.tolist() == listed.tolist()
    assert sums.tolist() == counted.tolist()


@pytest.mark.parametrize("tags", [4, 3])
@pytest.mark.parametrize("hop", [0, 1])
def test_a_block_dyes_like_a_list(tags, hop):
    """Dye leaves with each payment at the payer's opening share and arrives with its tag."""
    pence, balance, _ = block()
    rows = np.arange(ROWS, dtype=np.int32)
    held = balance[:, None] * np.arange(tags) * (rows % 5)[:, None] * 20
    out, inbox = np.zeros_like(held), np.zeros_like(held)
    passed, cell = np.zeros((1, tags), dtype=np.int64), np.zeros(ROWS, dtype=np.int32)
    dye.dye_list(
        rows, np.full_like(rows, PAYEE), pence, balance, held, out, inbox, cell, passed, hop
    )  # fmt: skip

    gone, into, unhopped = np.zeros_like(held), np.zeros(tags, np.int64), np.zeros(tags, np.int64)
    blocks.dye_to_one(pence, balance, held, gone, into, unhopped, hop)

    assert gone.sum() > 0
    assert gone.tolist() == out.tolist()
    assert into.tolist() == inbox[PAYEE].tolist()
    assert unhopped.tolist() == passed[0].tolist()
