"""The sheet of a month: whatever doors wrote, in whatever order, is filed summed and in order."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.vocabulary import Kind
from simulation.accounting.books import SCHEMAS
from simulation.accounting.network import Network, build_network
from simulation.accounting.sheet import FIRST_ROOM, FlowSheet, MonthFile, Told
from tests.reference import filing as slow

N_CLASSES = 4
KLASS = np.array([0, 1, 1, 2, 3, 3], dtype=np.int32)
"""Six rows of four classes."""

WRITTEN = st.lists(
    st.tuples(
        st.sampled_from([Kind.RENT, Kind.LOAN_DRAWN, Kind.LOAN_REPAID, Kind.SAVING,
                         Kind.DISSAVING, Kind.WRITE_OFF, max(Kind)]),
        st.integers(0, N_CLASSES - 1), st.integers(0, N_CLASSES - 1), st.integers(0, 1 << 40),
        st.integers(1, 9),
    ),
    max_size=12,
)  # fmt: skip
"""Kind, payer class, payee class, pence and number of payments, as they come."""


def ints(*numbers: int) -> np.ndarray:
    """Whole numbers as doors write them."""
    return np.array(numbers, dtype=np.int64)


def rows(*numbers: int) -> np.ndarray:
    """Rows of accounts."""
    return np.array(numbers, dtype=np.int32)


def written(made: list[slow.Row]) -> tuple[MonthFile, Told]:
    """Write rows, neighbours of one kind together, and file the sheet."""
    sheet = FlowSheet(KLASS)
    for kind, some in groupby(made, key=lambda row: row[0]):
        columns = zip(*(row[1:] for row in some), strict=True)
        sheet.write_pairs(kind, *(ints(*column) for column in columns))
    return sheet.file(7)


def rows_of(filed: MonthFile) -> list[slow.Row]:
    """Read the columns of a file row by row."""
    names = ("kind", "payer", "payee", "pence", "count")
    read = zip(*(filed.columns()[name].tolist() for name in names), strict=True)
    return [(Kind(kind), *rest) for kind, *rest in read]


@given(WRITTEN)
def test_a_file_equals_its_slow_twin(made):
    """Rows of one kind and pair are one, in the order of kind, payer and payee; all is told."""
    filed, told = written(made)

    assert rows_of(filed) == slow.filed(made)
    assert (told.deposits.tolist(), told.savings.tolist(), *told[2:]) == slow.told(made, N_CLASSES)


@given(WRITTEN)
def test_a_file_gives_each_kind_apart(made):
    """Pieces are the rows of the file, kind by kind; a kind that was not paid has none."""
    filed, _ = written(made)

    pieces = {piece.kind: piece for piece in filed.pieces()}
    assert list(pieces) == sorted({row[0] for row in made})
    for kind, piece in pieces.items():
        own = [row[1:] for row in slow.filed(made) if row[0] is kind]
        columns = (piece.payer, piece.payee, piece.pence, piece.count)
        assert list(zip(*(column.tolist() for column in columns), strict=True)) == own
        assert piece.month == 7
        assert filed.of(kind).pence.tolist() == piece.pence.tolist()


def test_a_file_has_the_types_of_books():
    """Its columns are laid end to end as they are, month after month."""
    filed, _ = written([(Kind.RENT, 0, 1, 500, 2), (Kind.RENT, 0, 3, 400, 1)])

    types = {name: column.dtype for name, column in filed.columns().items()}
    assert types == SCHEMAS["flows"].columns
    assert filed.columns()["month"].tolist() == [7, 7]


def test_a_file_counts_its_rows_of_every_kind():
    """Of the first kind and of the last, and those of a network's slots, paid or not."""
    last = [(min(Kind), 0, 1, 500, 2), (Kind.RENT, 0, 3, 400, 1), (max(Kind), 0, 3, 300, 1)]
    sheet = FlowSheet(KLASS)
    shops = build_network(
        Kind.CONSUMPTION, 0, rows(0, 2), rows(1, 3), np.array([1 << 15, 1 << 16], np.int32), KLASS
    )
    sheet.write_network(shops)

    assert written(last)[0].size == 3
    assert sheet.file(1)[0].size == shops.sums.shape[0] == 2


def test_nothing_paid_is_filed_as_nothing():
    """A month without payments has columns of no rows."""
    filed, told = FlowSheet(KLASS).file(1)

    assert {column.size for column in filed.columns().values()} == {0}
    assert not told.deposits.any()
    assert (filed.pieces(), told.payments, told.pence) == ([], 0, 0)


def test_a_sheet_keeps_what_it_filed_until_it_is_cleared():
    """Filed twice it says the same twice; once cleared, what was filed is not filed again."""
    sheet = FlowSheet(KLASS)
    sheet.write_pairs(Kind.RENT, ints(0), ints(1), ints(5), ints(1))
    once, twice = (rows_of(sheet.file(1)[0]) for _ in range(2))
    sheet.clear()
    sheet.write_pairs(Kind.VAT, ints(2), ints(1), ints(8), ints(3))

    filed, _ = sheet.file(2)

    assert once == twice == [(Kind.RENT, 0, 1, 5, 1)]
    assert rows_of(filed) == [(Kind.VAT, 2, 1, 8, 3)]


def test_pairs_without_a_payment_are_left_out():
    """A block of homes none of which paid is no row."""
    sheet = FlowSheet(KLASS)

    sheet.write_pairs(Kind.RENT, ints(0, 1), ints(1, 1), ints(0, 6), ints(0, 2))

    assert rows_of(sheet.file(1)[0]) == [(Kind.RENT, 1, 1, 6, 2)]


@pytest.mark.parametrize(
    ("payees", "expected"),
    [
        ((4, 5, 5, 4), [(Kind.RENT, 0, 3, 7, 1), (Kind.RENT, 1, 3, 4, 2)]),
        ((3, 3, 5, 4), [(Kind.RENT, 0, 2, 7, 1), (Kind.RENT, 1, 2, 3, 1), (Kind.RENT, 1, 3, 1, 1)]),
    ],
    ids=["to_one_class", "to_several"],
)
def test_a_list_is_counted_by_class_and_payments_of_nothing_are_none(payees, expected):
    """Whether or not all are paid to one class, the file says the same."""
    sheet = FlowSheet(KLASS)

    sheet.write_list(Kind.RENT, rows(0, 1, 2, 2), rows(*payees), ints(7, 3, 1, 0))

    assert rows_of(sheet.file(1)[0]) == expected
    assert not sheet.by_class.any()


def test_an_empty_list_is_nothing():
    """A list of no payments writes no row."""
    sheet = FlowSheet(KLASS)

    sheet.write_list(Kind.RENT, rows(), rows(), ints())

    assert rows_of(sheet.file(1)[0]) == []


@pytest.mark.parametrize("pays", [True, False])
def test_sums_by_class_are_written_and_emptied(pays):
    """Classes pay one other, or are paid by it; the next door finds the sums at zero."""
    sheet = FlowSheet(KLASS)
    sheet.by_class[1] = 30, 2
    sheet.by_class[3] = 9, 1

    sheet.write_classes(Kind.RENT, 3, pays=pays)

    pairs = [(1, 2), (3, 2)] if pays else [(2, 1), (2, 3)]
    numbers = [(30, 2), (9, 1)]
    expected = [(Kind.RENT, *pair, *rest) for pair, rest in zip(pairs, numbers, strict=True)]
    assert rows_of(sheet.file(1)[0]) == expected
    assert not sheet.by_class.any()


def a_network(kind: Kind = Kind.RENT) -> Network:
    """Rows 0 and 1 pay rows of classes 2, 3 and 0; 50 and 70 pence have been paid by the first."""
    start, cum = rows(0, 2, 3), rows(30_000, 65_536, 65_536)
    network = build_network(kind, 0, start, rows(3, 4, 0), cum, KLASS)
    network.sums[:2] = (50, 1), (70, 2)
    return network


@pytest.mark.parametrize("times", [1, 2])
def test_the_sums_of_a_network_are_filed_and_emptied(times):
    """Slots in which nothing was paid are no rows; the next month starts from nothing."""
    sheet, network = FlowSheet(KLASS), a_network()

    for _ in range(times):
        sheet.write_network(network)
    filed, told = sheet.file(1)
    sheet.clear()

    assert rows_of(filed) == [(Kind.RENT, 0, 2, 50, 1), (Kind.RENT, 0, 3, 70, 2)]
    assert filed.of(Kind.RENT).pence.tolist() == [50, 70, 0]
    assert told.deposits.tolist() == [-120, 0, 50, 70]
    assert (told.payments, told.pence) == (3, 120)
    assert not network.sums.any()
    assert rows_of(sheet.file(2)[0]) == []


@pytest.mark.parametrize("listed", [False, True])
def test_what_a_kind_is_paid_along_links_and_otherwise_is_one(listed):
    """A second network of the kind, or a list, is added to the first, pair by pair."""
    sheet, network = FlowSheet(KLASS), a_network()
    sheet.write_network(network)
    if listed:
        sheet.write_list(Kind.RENT, rows(0, 1), rows(3, 3), ints(8, 9))
    else:
        sheet.write_network(a_network())
    once, twice = (rows_of(sheet.file(1)[0]) for _ in range(2))
    sheet.clear()

    more = [(Kind.RENT, 0, 2, 58, 2), (Kind.RENT, 0, 3, 70, 2), (Kind.RENT, 1, 2, 9, 1)]
    both = [(Kind.RENT, 0, 2, 100, 2), (Kind.RENT, 0, 3, 140, 4)]
    assert once == twice == (more if listed else both)
    assert not network.sums.any()


@given(WRITTEN)
def test_payments_along_links_do_to_deposits_what_listed_ones_do(made):
    """Whatever the kind: slots are tallied as the rows of a sheet are."""
    kinds = {row[0] for row in made}
    sheet, one_of_each = FlowSheet(KLASS), [0, 1, 3, 4]
    start = rows(*(0, 4, 8, 8, 12, 16, 16))
    cum = np.tile(rows(16_384, 32_768, 49_152, 65_536), N_CLASSES)
    for kind in kinds:
        network = build_network(kind, 0, start, rows(*(one_of_each * N_CLASSES)), cum, KLASS)
        for _, one, other, pence, count in (row for row in made if row[0] is kind):
            network.sums[one * N_CLASSES + other] += pence, count
        sheet.write_network(network)

    filed, told = sheet.file(7)

    assert rows_of(filed) == slow.filed(made)
    assert (told.deposits.tolist(), told.savings.tolist(), *told[2:]) == slow.told(made, N_CLASSES)


def test_a_sheet_grows_with_what_is_written():
    """More rows than there was room for at first, none of them lost."""
    sheet, n = FlowSheet(KLASS), FIRST_ROOM // 3
    for kind in (Kind.RENT, Kind.VAT, Kind.PAYE, Kind.WAGES):
        numbers = np.arange(n, dtype=np.int64)
        sheet.write_pairs(kind, numbers % 4, numbers % 3, numbers + 1, np.ones_like(numbers))

    filed, told = sheet.file(1)

    assert len(rows_of(filed)) == 4 * 12
    assert (told.payments, told.pence) == (4 * n, 4 * n * (n + 1) // 2)
