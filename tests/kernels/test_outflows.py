"""Where suppliers' money went, in worked examples and against sums of single payments."""

from collections import Counter

import numpy as np
from hypothesis import given

from scenarios.vocabulary import Kind
from simulation.kernels import outflows
from simulation.kernels.outflows import Along, Outflows, Paid, Toward
from tests.kernels.phases import N_CELLS, Phase, phases
from tests.reference import payments as slow

RETAINED = 0


def room(n: int) -> Outflows:
    """Room for so many rows."""
    return Outflows(*(np.empty(n, dtype=code) for code in ("i4", "i1", "i2", "i8")))


def rows_of(out: Outflows, n: int) -> list[tuple[int, int, int, int]]:
    """The first rows: supplier, kind, area, pence."""
    return list(zip(*(column[:n].tolist() for column in out), strict=True))


@given(phases())
def test_what_is_paid_along_links_is_added_up_by_area(phase: Phase):
    """Each area that gets something has one row a supplier, and the room is left empty."""
    suppliers = np.arange(phase.budget.size, dtype=np.int32)
    along = Along(int(Kind.INTERMEDIATE), phase.start, phase.payee, phase.cum, phase.budget)
    sums, reached = np.zeros((2, N_CELLS), dtype=np.int64)
    out = room(phase.payee.size)

    n = outflows.note_links(suppliers, along, phase.cell.astype(np.int16), sums, reached, out, 0)

    here = list(range(phase.n_rows))
    links = (column.tolist() for column in phase.columns)
    expected = Counter[tuple[int, int]]()
    for payer, payee, pence, _ in slow.payments_along(0, phase.budget.tolist(), *links, here):
        expected[payer, int(phase.cell[payee])] += pence
    found = rows_of(out, n)
    assert {kind for _, kind, _, _ in found} <= {int(Kind.INTERMEDIATE)}
    assert {(s, area): pence for s, _, area, pence in found} == +expected
    assert len(found) == len(+expected)
    assert not sums.any()


def test_bills_are_noted_by_where_they_are_paid_to():
    """The second of two firms: its pay, taxes, rent and owners; bills of nothing are left out."""
    columns = {name: np.array([0, 0]) for name in Paid._fields}
    columns |= {
        "payroll": np.array([0, 1_000]), "paid_share": np.array([0, 32_768]),
        "net_by_row": np.array([0, 300]), "aggregate_net": np.array([0, 50]),
        "rent": np.array([0, 70]), "owners": np.array([0, 40]), "members": np.array([0, 30]),
        "profit": np.array([0, 90]),
    }  # fmt: skip
    area, owner = np.array([5, 6, 7], dtype=np.int16), np.array([1, 2, 3], dtype=np.int16)
    landlord, head = np.array([-1, 2], dtype=np.int32), np.array([0, 1], dtype=np.int32)
    to, out = Toward(area, owner, landlord, head, 11, 12, 13), room(outflows.BILLS)

    n = outflows.note_bills(np.array([1], dtype=np.int32), Paid(**columns), to, RETAINED, out, 0)

    assert rows_of(out, n) == [
        (0, Kind.WAGES, 11, 300),
        (0, Kind.PAYE, 12, 150),
        (0, Kind.COMMERCIAL_RENT, 7, 70),
        (0, Kind.DIVIDEND, 2, 40),
        (0, Kind.DIVIDEND, 11, 30),
        (0, RETAINED, 2, 20),
    ]
