"""Payments added up over months, by the fast way and by the slow one."""

from collections import Counter

import numpy as np
import pytest

from experiments.validation.little_town import little_books
from simulation.accounting.books import Books, table
from simulation.accounting.flows import summed_flows


def many_months(order: str) -> Books:
    """Five months of random payments of three kinds, in the order of their key or in none."""
    rng = np.random.default_rng(7)
    n = 600
    drawn = {
        "month": rng.integers(-1, 4, n),
        "kind": rng.integers(6, 9, n),
        "payer": rng.integers(0, 5, n),
        "payee": rng.integers(0, 9, n),
    }
    keys = np.unique(np.column_stack(list(drawn.values())), axis=0)
    if order == "shuffled":
        keys = rng.permutation(keys)
    pence = rng.integers(0, 10**9, len(keys))
    columns = dict(zip(drawn, keys.T, strict=True))
    return little_books(months=3, flows=table("flows", **columns, pence=pence, count=pence * 0))


@pytest.mark.parametrize("order", ["by key", "shuffled"])
def test_flows_are_summed_by_kind_payer_and_payee(order):
    """Whatever the order of rows, the sums equal a dictionary's, and months outside stay out."""
    books = many_months(order)
    naive: Counter[tuple[int, ...]] = Counter()
    for month, kind, payer, payee, pence, _ in zip(*books.tables["flows"].values(), strict=True):
        if 1 <= month <= 2:
            naive[int(kind), int(payer), int(payee)] += int(pence)

    found = summed_flows(books, 1, 2)

    keys = zip(found.kind.tolist(), found.payer.tolist(), found.payee.tolist(), strict=True)
    assert dict(zip(keys, found.pence.tolist(), strict=True)) == dict(sorted(naive.items()))


def test_sums_are_made_once_for_all_who_ask():
    """A second reader is handed the same arrays."""
    books = many_months("by key")

    assert summed_flows(books, 1, 2) is summed_flows(books, 1, 2)
    assert summed_flows(books, 1, 2) is not summed_flows(books, 1, 3)
