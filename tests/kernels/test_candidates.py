"""What a table remembers of suppliers is found again, fades and takes in what is new."""

import numpy as np

from simulation.kernels import candidates
from simulation.kernels.canvassing import Records

BUYER, OTHER = 1 << 32, 2 << 32


def test_only_the_buyers_own_suppliers_are_found() -> None:
    """A supplier known to another buyer, or to nobody, has the priors, whatever was seen."""
    keys = np.array([BUYER | 3, BUYER | 900, OTHER | 5], dtype=np.int64)
    values = np.array([[1.0, 2.0], [8.0, 8.0], [4.0, 4.0]])
    wanted = np.array([OTHER | 5, BUYER | 5, BUYER | 3, BUYER, 3], dtype=np.int64)
    found = np.empty((2, 5))

    candidates.look_up(keys, values, wanted, (0.5, 0.25), found)

    assert found.tolist() == [[4.5, 0.5, 1.5, 0.5, 0.5], [4.25, 0.25, 2.25, 0.25, 0.25]]


def test_a_table_fades_and_takes_in_news_in_the_order_of_keys() -> None:
    """News is added to what is left of the old; alike news add up; the new stand between."""
    keys, values = np.array([2, 7], dtype=np.int64), np.array([[4.0, 0.0], [2.0, 2.0]])
    news = np.array([1, 7, 7, 9], dtype=np.int64)
    seen = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    keys_out, values_out = np.empty(6, dtype=np.int64), np.empty((6, 2))

    n = candidates.add_to_table(keys, values, 0.5, news, seen, keys_out, values_out)

    assert keys_out[:n].tolist() == [1, 2, 7, 9]
    assert values_out[:n].tolist() == [[1.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 1.0]]


def test_many_needs_recall_what_their_own_buyers_remember() -> None:
    """Each need's suppliers are looked up under its own buyer, chances and records apart."""
    keys = np.array([BUYER | 3, OTHER | 3], dtype=np.int64)
    wins = np.array([[1.0, 2.0], [8.0, 0.0]])
    heads, begins = np.array([OTHER, BUYER]), np.array([0, 1, 3])
    tenders = Records(keys, wins, (0.5, 0.25), heads)
    records = Records(keys[:1], wins[:1], (1.0, 2.0), heads)
    out = np.empty((3, 3))

    candidates.recall(tenders, records, begins, np.array([3, 3, 5], dtype=np.int32), out)

    assert out.tolist() == [[8.5, 1.5, 0.5], [0.25, 2.25, 0.25], [0.5, 0.5, 0.5]]
