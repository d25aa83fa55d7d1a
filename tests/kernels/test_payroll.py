"""What employers owe and can pay, against slow twins: firms, a row between, and public buyers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import payroll
from simulation.kernels.payroll import Afforded, Commuters, Owed, Rates
from tests.kernels.test_labour import PAY, bands, law_of
from tests.reference import labour as slow

ROWS, FIRMS, BUYERS = 6, 3, [4, 5]
"""Row 3 is neither a firm nor a buyer: it employs nobody but whom its roll names."""
AMOUNTS = st.lists(PAY, min_size=ROWS, max_size=ROWS)
PEOPLE = st.lists(st.integers(0, 40), min_size=ROWS, max_size=ROWS)
ALIVE = st.lists(st.booleans(), min_size=FIRMS, max_size=FIRMS)
RATES = Rates(70_300, 0.138, 0.03)
LAW = law_of([0, 80_000, 300_000], [0, 20_000, 30_000])


def whole(values: list[int]) -> np.ndarray:
    """A column of whole numbers."""
    return np.array(values, dtype=np.int64)


def commuters_of(jobs: list[int], pay: list[int], alive: list[bool]) -> Commuters:
    """Commuters of firms and of buyers, out of a column of all rows."""
    return Commuters(
        np.array(alive), np.array(jobs[:FIRMS], dtype=np.int32), whole(pay[:FIRMS]),
        np.array(BUYERS, dtype=np.int32), np.array([jobs[row] for row in BUYERS], dtype=np.int32),
        whole([pay[row] for row in BUYERS]),
    )  # fmt: skip


def counted(row: int, jobs: list[int], pay: list[int], alive: list[bool]) -> tuple[int, int]:
    """Commuters of a row and their pay: a firm that has closed pays them nothing."""
    if row in BUYERS:
        return jobs[row], pay[row]
    if row >= FIRMS:
        return 0, 0
    return jobs[row], pay[row] * alive[row]


@given(AMOUNTS, PEOPLE, AMOUNTS, PEOPLE, ALIVE)
def test_what_is_owed_equals_its_slow_twin(residents, heads, pay, jobs, alive):
    """Gross pay of all staff, National Insurance above the floor a head, and pension."""
    owed = Owed(*np.full((5, ROWS), -1, dtype=np.int64))

    payroll.reckon(whole(residents), whole(heads), commuters_of(jobs, pay, alive), RATES, owed)

    for row in range(ROWS):
        many, more = counted(row, jobs, pay, alive)
        wanted = slow.owed(residents[row] + more, heads[row] + many, *RATES)
        assert (owed.insurance[row], owed.pension[row], owed.whole[row]) == wanted
    assert owed.residents.tolist() == residents
    assert owed.heads.tolist() == heads


@given(st.lists(st.integers(-5, 2**40), min_size=ROWS, max_size=ROWS), AMOUNTS, PEOPLE, ALIVE)
def test_what_can_be_paid_equals_its_slow_twin(held, pay, jobs, alive):
    """The share of the payroll, commuters' net pay, and what is remitted for all staff."""
    commuters, residents = commuters_of(jobs, pay, alive), whole(pay[::-1])
    owed = Owed(*np.zeros((5, ROWS), dtype=np.int64))
    payroll.reckon(residents, whole(jobs), commuters, RATES, owed)
    afforded = Afforded(*np.full((4, ROWS), -1, dtype=np.int64))

    payroll.afford(whole(held), owed, commuters, LAW, afforded)

    for row in range(ROWS):
        share = slow.afforded(held[row], int(owed.whole[row]))
        many, more = counted(row, jobs, pay, alive)
        gross = more * share // 65536
        tax = slow.band_tax(gross // max(many, 1), *bands(LAW)) * many
        insurance, pension = (
            int(column[row]) * share // 65536 for column in (owed.insurance, owed.pension)
        )
        assert afforded.share[row] == share
        assert afforded.net[row] == gross - tax
        assert afforded.remitted[row] == tax + insurance
        assert afforded.pension[row] == pension
