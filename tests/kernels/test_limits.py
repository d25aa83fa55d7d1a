"""The loops that show the machine's limits do the work they are timed for."""

import numpy as np

from simulation.kernels import limits


def test_streams_write_and_read_every_word() -> None:
    """Copy, triad and read touch each word in each pass; the last pass can be told."""
    words = np.arange(5, dtype=np.int64)
    target, third = np.zeros(5, dtype=np.int64), np.zeros(5)

    limits.copy(words, target, 3)
    limits.triad(np.ones(5), words.astype(np.float64), third, 3)
    total = limits.read(words, 2)

    assert target.tolist() == [2, 3, 4, 5, 6]
    assert third.tolist() == [1.0, 3.0, 5.0, 7.0, 9.0]
    assert total == sum(range(5)) + sum(word ^ 1 for word in range(5))


def test_meetings_follow_the_index() -> None:
    """Gather adds up the words that an index names; scatter-add adds to them."""
    table = np.array([10, 20, 30], dtype=np.int64)
    index = np.array([2, 0, 2], dtype=np.int32)

    total = limits.gather(table, index)
    limits.scatter_add(table, index)

    assert total == 70
    assert table.tolist() == [11, 20, 32]
