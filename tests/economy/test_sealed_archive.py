"""A sealed archive gives back what was put in, and tells of any byte that changed since."""

import io
import mmap
import warnings
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.lib import format as npy

from simulation.economy.sealed_archive import (
    BOUNDARY,
    SealedArchive,
    UnreadableArchiveError,
    read_archive,
    write_archive,
)

FIRST = "what.json"
KINDS = st.sampled_from(["int8", "int16", "int32", "int64", "float64", "bool"])
SHAPES = arrays.array_shapes(min_dims=1, max_dims=2, min_side=0, max_side=40)
COLUMNS = st.dictionaries(
    st.from_regex(r"[a-z]{1,8}\.[a-z]{1,12}", fullmatch=True),
    KINDS.flatmap(lambda kind: arrays.arrays(kind, SHAPES)),
    max_size=5,
)


def sealed(columns: dict[str, Any], text: bytes = b"{}") -> bytes:
    """The bytes of an archive."""
    file = io.BytesIO()
    write_archive(file, FIRST, text, columns)
    return file.getvalue()


def read(folder: Path, content: bytes) -> SealedArchive:
    """Read an archive from its bytes."""
    path = folder / "archive"
    path.unlink(missing_ok=True)
    path.write_bytes(content)
    return read_archive(path, FIRST)


def little() -> dict[str, Any]:
    """Two columns."""
    return {"a.long": np.arange(1000), "b.flat": np.array([True, False, True])}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for many small files."""
    return tmp_path_factory.mktemp("archives")


@given(columns=COLUMNS, text=st.binary(max_size=200))
def test_columns_come_back_as_they_were(
    folder: Path, columns: dict[str, np.ndarray], text: bytes
) -> None:
    """Same names in the same order, types, shapes and bytes; empty ones too."""
    archive = read(folder, sealed(columns, text))

    found = archive.columns()
    assert archive.whole
    assert not archive.faults
    assert archive.text == text
    assert list(found) == list(columns)
    for name, column in columns.items():
        assert (found[name].dtype, found[name].shape) == (column.dtype, column.shape)
        assert found[name].tobytes() == column.tobytes()


def test_the_same_columns_are_the_same_bytes() -> None:
    """No clock, no process number."""
    assert sealed(little()) == sealed(little())


def test_any_tool_for_archives_and_npy_reads_it(tmp_path: Path) -> None:
    """Nothing of ours is needed to open it."""
    path = tmp_path / "archive"
    path.write_bytes(sealed(little()))

    with zipfile.ZipFile(path) as members:
        damaged = members.testzip()
        comment = members.comment
    with np.load(path) as loaded:
        numbers = loaded["a.long"]

    assert damaged is None
    assert comment.startswith(b"sha256:")
    assert numbers.tolist() == list(range(1000))


def test_columns_are_taken_where_they_lie(tmp_path: Path) -> None:
    """On a boundary, with no copy; a change stays with the reader and never reaches the file."""
    content = sealed(little())
    archive = read(tmp_path, content)

    first, second = archive.columns()["a.long"], archive.columns()["a.long"]
    first[0] = -1

    assert second[0] == 0
    assert isinstance(first.base, mmap.mmap)
    assert all(one.at % BOUNDARY == 0 for one in archive.stored.values())
    assert (tmp_path / "archive").read_bytes() == content


@given(data=st.data())
def test_no_byte_changes_unseen(folder: Path, data: st.DataObject) -> None:
    """Wherever it lies: a column, a header, the list of members, the seal."""
    content = bytearray(sealed(little(), b'{"a": 1}'))
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))

    try:
        whole = read(folder, bytes(content)).whole
    except UnreadableArchiveError:
        whole = False

    assert not whole


@given(data=st.data())
def test_no_end_is_lost_or_added_unseen(folder: Path, data: st.DataObject) -> None:
    """A file that was cut off, or that something was added to, is not whole."""
    content = sealed(little())
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    longer = content + data.draw(st.binary(min_size=1, max_size=200))

    for changed in (cut, longer):
        with pytest.raises(UnreadableArchiveError):
            read(folder, changed)


def test_the_damaged_column_is_named(tmp_path: Path) -> None:
    """The others can still be told from it."""
    content = bytearray(sealed(little()))
    content[content.index(np.arange(1000).tobytes()) + 77] ^= 1

    archive = read(tmp_path, bytes(content))

    assert not archive.whole
    assert archive.faults == {"a.long": "damaged numbers"}
    assert list(archive.stored) == ["b.flat"]


def numbers(array: Any, version: tuple[int, int] | None = (1, 0)) -> bytes:
    """A column as NumPy writes it."""
    file = io.BytesIO()
    npy.write_array(file, array, version=version)
    return file.getvalue()


@pytest.mark.parametrize(
    ("members", "compressed", "said"),
    [
        ([numbers(np.arange(9)), numbers(np.arange(9))], False, "2 members of that name"),
        ([numbers(np.arange(9))], True, "a member that is compressed or locked"),
        ([numbers(np.arange(9), (2, 0))], False, "no .npy header (its format is not 1.0)"),
        ([b"twelve bytes"], False, "no .npy header"),
        ([numbers(np.asfortranarray(np.ones((2, 3))))], False, "that stand column by column"),
        ([numbers(np.arange(9)) + b"!"], False, "73 bytes of numbers for a header of int64 (9,)"),
        ([b""], False, "no .npy header"),
    ],
)
def test_a_member_that_is_no_column_is_named(
    tmp_path: Path, members: list[bytes], compressed: bool, said: str
) -> None:
    """An archive of another hand under a seal: told what is wrong, and never taken for whole."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")  # of the name that stands twice
        archive.writestr(FIRST, b"{}")
        for content in members:
            way = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            archive.writestr("column.npy", content, way)
        archive.comment = b"sha256:" + b"0" * 64

    found = read(tmp_path, file.getvalue())

    assert not found.whole
    assert said in found.faults["column"]


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    """It is said to be a folder, not a file that was damaged."""
    with pytest.raises(UnreadableArchiveError, match="a folder or a device"):
        read_archive(tmp_path, FIRST)
