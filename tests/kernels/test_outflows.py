"""Where suppliers' money went, in worked examples and against sums of single payments."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scenarios.vocabulary import Kind
from simulation.kernels import outflows
from simulation.kernels.labour import Law, Staff
from simulation.kernels.outflows import Along, Outflows, Paid, Pay, Toward
from tests.kernels.phases import N_CELLS, Phase, phases
from tests.reference import labour as slow_labour
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


def test_a_supplier_that_has_less_than_nothing_to_spend_pays_nobody():
    """As where it pays along links: what cannot be paid is in no row."""
    columns = [np.array(column, dtype=np.int32) for column in ([0, 2, 3], [0, 1, 1])]
    cum = np.array([32_768, 65_536, 65_536], dtype=np.int32)
    along = Along(int(Kind.INTERMEDIATE), *columns, cum, np.array([-500, 300]))
    sums, reached = np.zeros((2, 2), dtype=np.int64)
    out, area = room(3), np.array([0, 1], dtype=np.int16)

    n = outflows.note_links(np.array([0, 1], dtype=np.int32), along, area, sums, reached, out, 0)

    assert rows_of(out, n) == [(1, Kind.INTERMEDIATE, 1, 300)]
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


EMPLOYERS, HOMES_HERE = 4, 6
LAW = Law(*(np.array(column, dtype=np.int64) for column in ([0, 500], [0, 13_107], [0, 0])))


@st.composite
def payrolls(draw: st.DrawFn) -> tuple[Staff, list[int], list[int], list[int]]:
    """Staff by home; groups of homes, which stand together; who is asked for; what each can pay."""
    home = sorted(draw(st.lists(st.integers(0, HOMES_HERE - 1), max_size=9)))
    n = len(home)
    columns = {
        "employer": draw(st.lists(st.integers(0, EMPLOYERS - 1), min_size=n, max_size=n)),
        "wage": draw(st.lists(st.integers(0, 3_000), min_size=n, max_size=n)),
        "status": draw(st.lists(st.sampled_from([0, 1, 2]), min_size=n, max_size=n)),
    }
    employer = [
        who if at == 2 else -1
        for who, at in zip(columns["employer"], columns["status"], strict=True)
    ]
    staff = Staff(
        np.array(employer, np.int32), np.array(home, np.int32), np.array(columns["wage"], np.int64),
        np.array(columns["status"], np.int8),
    )  # fmt: skip
    group = sorted(draw(st.lists(st.integers(0, 2), min_size=HOMES_HERE, max_size=HOMES_HERE)))
    asked = draw(st.permutations(range(EMPLOYERS)))[: draw(st.integers(0, EMPLOYERS))]
    ratio = draw(st.lists(st.integers(0, 65_536), min_size=EMPLOYERS, max_size=EMPLOYERS))
    return staff, group, asked, ratio


@given(payrolls())
def test_take_home_pay_is_added_up_by_where_staff_live(made):
    """Of those who are asked for alone, each employer and group that has something in one row."""
    staff, group, asked, ratio = made
    place = np.full(EMPLOYERS, -1, dtype=np.int32)
    place[asked] = np.arange(len(asked))
    pay = Pay(None, staff, LAW, np.array(ratio, dtype=np.int64))
    sums, reached = np.zeros((2, len(asked)), dtype=np.int64)
    out = room(staff.wage.size)

    n = outflows.note_pay(0, staff.wage.size, pay, place, np.array(group), sums, reached, out)

    columns = (column.tolist() for column in (staff.employer, staff.wage, staff.status))
    gross, tax = slow_labour.net_pay(*columns, ratio, LAW.floors.tolist(), LAW.rates.tolist())
    expected = Counter[tuple[int, int]]()
    for who, home, pence, off in zip(
        staff.employer.tolist(), staff.household.tolist(), gross, tax, strict=True
    ):
        if who in asked:
            expected[asked.index(who), group[home]] += pence - off
    found = rows_of(out, n)
    assert {(at, there): pence for at, _, there, pence in found} == +expected
    assert len(found) == len(+expected)
    assert {kind for _, kind, _, _ in found} <= {int(Kind.WAGES)}
    assert not sums.any()
