"""What is due by payer class and area: pairs found once, sums every month."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scenarios.vocabulary import Kind
from simulation.model.dues import Pairs
from simulation.model.rows import Rows

AMOUNTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 4), st.booleans(),
        st.integers(-1000, 1000), st.integers(-1000, 1000),
    ),
    max_size=12,
)  # fmt: skip
"""Class, area, whether it counts, and what is due in the first month and in the second."""
KEYS = ("month", "klass", "owner_area", "kind", "pence")


@given(AMOUNTS)
def test_amounts_are_added_up_by_class_and_area(amounts):
    """A row for each pair in which something is due, month by month, as a count by hand."""
    columns = list(zip(*amounts, strict=True)) or [()] * 5
    klass, area, pence = (np.array(columns[k], dtype=np.int64) for k in (0, 1, 3))
    later, rows = np.array(columns[4], dtype=np.int64), Rows("dues")

    pairs = Pairs.among(klass, area, np.array(columns[2], dtype=np.bool_))
    pairs.note(rows, 7, Kind.RENT, pence)
    pairs.note(rows, 8, Kind.RENT, later)

    due: Counter[tuple[int, ...]] = Counter()
    for one, where, counts, *both in amounts:
        for month, many in zip((7, 8), both, strict=True):
            due[month, one, where, int(Kind.RENT)] += many if counts else 0
    found = rows.table()
    assert list(zip(*(found[name].tolist() for name in KEYS), strict=True)) == [
        (*key, many) for key, many in sorted(due.items()) if many
    ]
