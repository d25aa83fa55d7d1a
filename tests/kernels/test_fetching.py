"""What kernels ask memory for ahead of time brings no other payment, and nobody else's row."""

import numpy as np
import pytest

from simulation.kernels.compiling import AT_ONCE, kernel
from simulation.kernels.fetching import AHEAD, FAR, fetch
from simulation.kernels.tills import pay_dyed
from tests.kernels.streets import full_counter
from tests.kernels.test_tills import Links, till_of


@kernel
def fetch_and_add(rows, columns):
    """Fetch a row of each column before it is added to."""
    for row in rows:
        for column in columns:
            fetch(column, row)
        columns[0][row, 0] += 1
        columns[1][row, 0] += 2


@kernel
def pay(count, links, till, counter, held, lost):
    """Let homes that hold dye pay at the till."""
    pay_dyed(0, count, links, till, counter, held, lost)


def test_a_row_that_is_fetched_stays_as_it_is() -> None:
    """Fetching neither reads nor writes for the kernel."""
    columns = np.zeros((4, 2), dtype=np.int64), np.zeros((4, 1), dtype=np.int64)

    fetch_and_add(np.array([3, 0, 3]), columns)

    assert columns[0][:, 0].tolist() == [1, 0, 0, 2]
    assert columns[1][:, 0].tolist() == [2, 0, 0, 4]


@pytest.mark.parametrize("tags", [1, 4, 5])
def test_a_till_too_large_to_lie_near_takes_the_same(tags: int) -> None:
    """The last links have nobody ahead of them, and some lead to nobody."""
    homes = 3 * AHEAD
    assert homes < AT_ONCE
    numbers = np.arange(2 * homes)
    row = numbers % 5
    columns = (
        np.arange(homes), np.arange(0, 2 * homes + 1, 2), np.where(numbers % 7, row, ~row),
        np.where(numbers % 2, 65536, 20000),
    )  # fmt: skip
    found = []
    for rows in (5, FAR + 1):
        links = Links(rows, *(column.astype(np.int32) for column in columns))
        till, counter = till_of(rows, tags, links, homes), full_counter()
        counter.due[:homes] = 10_000 + numbers[:homes]
        counter.balance[:homes] = 20_000
        held = np.zeros((rows + homes, tags), dtype=np.int64)
        held[rows:] = 1000 * np.arange(1, tags + 1)
        lost = np.zeros(tags, dtype=np.int64)
        pay(homes, links, till, counter, held, lost)
        paid = counter.paid[:homes].tolist()
        found.append((paid, till.rows[:5].tolist(), held[rows:].tolist()))
        assert not till.rows[5:].any()

    assert found[0] == found[1]
