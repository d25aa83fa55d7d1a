"""Books keep to their schemas, their fingerprint is of what they say, and they survive the disk."""

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.validation.little_town import A, B, bought, flows, little_books, rows
from scenarios.errors import ExitCode
from scenarios.vocabulary import Kind
from simulation.accounting.books import (
    ADDED,
    SCHEMAS,
    Books,
    BooksError,
    Schema,
    empty_table,
    table,
)
from simulation.accounting.books_io import META_FILE, BooksFileError, read_books, write_books
from simulation.accounting.digest import digest, row_order

NAMED_BY = {
    "areas": ("area",),
    "classes": ("klass",),
    "parties": ("party",),
    "stocks": ("month", "klass", "instrument"),
    "wealth": ("month", "area", "bin"),
    "flows": ("month", "kind", "payer", "payee"),
    "purchases": ("month", "buyer", "supplier", "category", "policy", "arrangement"),
    "payroll": ("month", "buyer", "category", "klass"),
    "outflows": ("month", "supplier", "kind", "area"),
    "dye": ("month", "record", "area", "group", "tag", "kind"),
    "tenders": ("tender",),
    "bids": ("tender", "supplier"),
    "arrangements": ("arrangement",),
    "needs": ("month", "buyer", "category", "policy"),
    "people": ("month", "area", "bin"),
    "jobs": ("month", "work_area", "home_area"),
    "dues": ("month", "klass", "owner_area", "kind"),
    "capital": ("month", "buyer", "category"),
    "hours": ("month", "buyer"),
    "either": ("area", "member"),
    "respent": ("supplier", "institution", "tier"),
    "firms": ("month", "area"),
}
"""What tells one row of a table from every other: the rest of its columns says something of it."""


def some_books(order=slice(None)) -> Books:
    """Books with a few payments, rows of flows in the order asked for."""
    paid = flows(
        (Kind.WAGES, 4, 6, 50), (Kind.WAGES, 5, 6, 70), (Kind.PAYE, 4, 0, 20), (Kind.VAT, 4, 0, 9)
    )
    shuffled = {name: np.ascontiguousarray(column[order]) for name, column in paid.items()}
    return little_books(flows=shuffled, purchases=bought((A, 3), (B, 4)), dues=rows("dues"))


def test_a_table_is_cast_to_its_schema_and_keeps_its_order_of_columns():
    """Columns may be given in any order and of any whole type."""
    made = table("dues", pence=[5], kind=[13], owner_area=[0], klass=[np.int8(4)], month=[1])

    assert list(made) == list(SCHEMAS["dues"].columns)
    assert [column.dtype.str[1:] for column in made.values()] == ["i2", "i4", "i2", "i1", "i8"]


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"pence": [0.5]}, "whole numbers"),
        ({"pence": [1, 2]}, "one length"),
        ({"kind": [300]}, "values that fit i1"),
        ({"kind": [-300]}, "values that fit i1"),
        ({"extra": [1]}, "columns"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(columns, complaint):
    """The message says what was found and what was wanted."""
    good = {"month": [1], "klass": [4], "owner_area": [0], "kind": [13], "pence": [5]}

    with pytest.raises(BooksError, match=complaint):
        table("dues", **(good | columns))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_table_says_which_columns_tell_its_rows_apart(name):
    """Of one need there may be two rows in a month where two policies buy some of it, and so on."""
    schema = SCHEMAS[name]

    assert tuple(schema.columns)[: schema.keys] == NAMED_BY[name]


def test_an_unknown_table_is_refused():
    """The list of tables is closed."""
    with pytest.raises(BooksError, match="unknown table"):
        table("rumours", month=[1])


def test_books_with_a_column_of_another_type_are_refused():
    """A table that was not made by `table` is checked all the same."""
    dues = {name: column.astype(np.int64) for name, column in empty_table("dues").items()}

    with pytest.raises(BooksError, match="int64"):
        little_books(dues=dues)


def test_a_missing_table_is_unknown_and_an_empty_one_is_not():
    """Coverage says which is which, and so does the digest."""
    with_dues, without = some_books(), little_books(flows=some_books().tables["flows"])

    assert with_dues.covers("dues")
    assert not without.covers("dues")
    assert not with_dues.seen_through(frozenset({"flows"})).covers("dues")
    assert digest(with_dues) != digest(without)


@given(st.permutations(range(4)))
def test_the_order_of_rows_does_not_change_the_digest(order):
    """Rows are sorted by key before they are counted."""
    assert digest(some_books(list(order))) == digest(some_books())


@given(st.permutations(range(3)))
def test_rows_with_one_key_are_ordered_by_what_they_say(order):
    """Where keys tie, the remaining columns decide."""
    twice = [(0, A, 0, 0, 0, 5), (0, A, 0, 0, 0, 2), (0, B, 0, 0, 0, 2)]

    shuffled = little_books(purchases=rows("purchases", *(twice[k] for k in order)))

    assert digest(shuffled) == digest(little_books(purchases=rows("purchases", *twice)))


def test_one_penny_changes_the_digest():
    """As does a single row more."""
    plain = digest(some_books())
    books = some_books()

    books.tables["flows"]["pence"][0] += 1

    assert digest(books) != plain


def test_the_type_of_a_column_is_part_of_the_digest(monkeypatch):
    """The same numbers in a wider column are other books."""
    books = some_books()
    plain = digest(books)

    books.tables["flows"]["count"] = books.tables["flows"]["count"].astype(np.int64)

    assert digest(books) != plain


def test_the_digest_is_written_down():
    """The bytes are fixed for all Pythons and machines: version, names, counts, columns."""
    meta = little_books().meta
    books = Books(meta, {"dues": table("dues", month=[2, 1], klass=[4, 5], owner_area=[0, 1],
                                       kind=[13, 15], pence=[-1, 258])})  # fmt: skip
    parts = [b"poundflow books 1\n"]
    for name in (name for name in SCHEMAS if name not in ADDED):
        parts.append(f"{name} {2 if name == 'dues' else -1}\n".encode())
    parts += [
        b"month i2\n" + bytes([1, 0, 2, 0]),
        b"klass i4\n" + bytes([5, 0, 0, 0, 4, 0, 0, 0]),
        b"owner_area i2\n" + bytes([1, 0, 0, 0]),
        b"kind i1\n" + bytes([15, 13]),
        b"pence i8\n" + bytes([2, 1, 0, 0, 0, 0, 0, 0]) + b"\xff" * 8,
    ]

    assert digest(books) == hashlib.sha256(b"".join(parts)).hexdigest()


def test_books_come_back_from_disk_as_they_were(tmp_path):
    """Tables, their types and what the codes mean survive; nothing half written is left."""
    books = some_books()

    home = write_books(books, tmp_path)
    again = read_books(tmp_path)

    assert digest(again) == digest(books)
    assert again.meta == books.meta
    assert {file.name for file in home.iterdir()} == {META_FILE} | {
        f"{name}.parquet" for name in books.tables
    }


def test_tables_of_earlier_books_do_not_linger(tmp_path):
    """A second run that lacks a table does not inherit the first one's."""
    write_books(some_books(), tmp_path)

    write_books(little_books(), tmp_path)

    assert not read_books(tmp_path).covers("flows")


def test_books_of_a_newer_version_are_refused_with_a_reason(tmp_path):
    """A reader says which version it met and which it reads."""
    file = write_books(some_books(), tmp_path) / META_FILE
    file.write_text(file.read_text().replace('"schema_version": 1', '"schema_version": 2'))

    with pytest.raises(BooksFileError, match="schema_version 2") as caught:
        read_books(tmp_path)
    assert caught.value.exit_code == ExitCode.WRONG_INPUT


@pytest.mark.parametrize("text", [None, "{", '{"schema_version": 1}'])
def test_a_folder_without_whole_books_is_refused(tmp_path, text):
    """No description, a broken one and an incomplete one are each named."""
    (tmp_path / "books").mkdir()
    if text is not None:
        (tmp_path / "books" / META_FILE).write_text(text)

    with pytest.raises(BooksFileError):
        read_books(tmp_path)


def test_a_write_that_fails_leaves_the_earlier_books(tmp_path, monkeypatch):
    """On a full disk nothing is half written: the books that stood there still read."""
    import pyarrow.parquet as pq

    write_books(some_books(), tmp_path)
    whole = digest(some_books())
    write_table = pq.write_table

    def full(rows, file, **options):
        if "flows" in file.name:
            raise OSError(28, "No space left on device")
        write_table(rows, file, **options)

    monkeypatch.setattr(pq, "write_table", full)

    with pytest.raises(OSError, match="No space left"):
        write_books(some_books([1, 0, 2, 3]), tmp_path)
    assert digest(read_books(tmp_path)) == whole
    assert not list((tmp_path / "books").glob(".*"))


def test_rows_are_sorted_by_keys_too_wide_for_one_number():
    """Keys that do not fit into 64 bits together are compared one after the other."""
    wide = Schema({"first": "i8", "second": "i8"}, 2)
    rising = {"first": np.array([1, 1, 2**60]), "second": np.array([-(2**60), 5, 0])}
    falling = {name: column[::-1].copy() for name, column in rising.items()}

    assert row_order(rising, wide) is None
    assert row_order(falling, wide).tolist() == [2, 1, 0]
