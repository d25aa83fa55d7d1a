"""One file of many columns that can tell whether it is whole: a ZIP archive under a seal.

Any tool that opens ZIP archives and NumPy's `.npy` format can read it. A text stands first, then
a member `COLUMN.npy` for each column, stored as it is, its numbers on a boundary of 64 bytes, so
that a reader can take them where they lie in the file. The archive's comment is the seal: the
SHA-256 (FIPS 180-4) of the archive as it is without a comment, so no byte can change unseen.
"""

import hashlib
import io
import mmap
import os
import struct
import weakref
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[Any]]

ENDING = ".npy"
SEAL = b"sha256:"
END = b"PK\x05\x06"
END_BYTES = 22
SEALED_BYTES = END_BYTES + len(SEAL) + 64
MEMBER = b"PK\x03\x04"
MEMBER_BYTES = 30
LONG_SIZES_BYTES = 20
BOUNDARY = 64
PADDING = 0xD935
"""Header id of an extra field that only moves what follows it, as zipalign uses it."""

CHUNK = 1 << 22
HEADER_AT_MOST = 4096
OLDEST = (1980, 1, 1, 0, 0, 0)
"""No clock enters the file: the same columns are the same bytes."""


def write_archive(file: IO[bytes], first: str, text: bytes, columns: Columns) -> str:
    """Write columns and seal them.

    Parameters
    ----------
    file : binary file
        Empty; open for writing and reading. It holds no second copy of a column.
    first, text : str, bytes
        Name and content of the member that stands first.
    columns : mapping of str to array
        Any shapes; written little-endian, in rows.

    Returns
    -------
    str
        The seal, 64 hexadecimal digits.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        _add(archive, file, first, [text])
        for name, column in columns.items():
            flat = np.ascontiguousarray(column, dtype=column.dtype.newbyteorder("<"))
            header = io.BytesIO()
            npy.write_array_header_1_0(header, npy.header_data_from_array_1_0(flat))
            numbers = flat.reshape(-1).view(np.uint8).data
            _add(archive, file, name + ENDING, [header.getvalue(), numbers])
    size = file.seek(0, os.SEEK_END)
    seal = _seal_of(file, size)
    file.seek(size - 2)
    file.write(struct.pack("<H", len(SEAL) + len(seal)) + SEAL + seal.encode())
    return seal


def _add(
    archive: zipfile.ZipFile, file: IO[bytes], name: str, content: list[bytes | memoryview]
) -> None:
    """Add a member whose content begins on a boundary."""
    entry = zipfile.ZipInfo(name, OLDEST)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    start = file.tell() + MEMBER_BYTES + len(name.encode()) + LONG_SIZES_BYTES + 4
    room = -start % BOUNDARY
    entry.extra = struct.pack("<HH", PADDING, room) + bytes(room)
    with archive.open(entry, "w", force_zip64=True) as member:
        for part in content:
            for at in range(0, len(part), CHUNK):
                member.write(part[at : at + CHUNK])


def _seal_of(file: IO[bytes], size: int) -> str:
    """Hash the archive as it is without a comment; `size` is its length then."""
    sha, left = hashlib.sha256(), size - 2
    file.seek(0)
    chunk = memoryview(bytearray(CHUNK))
    while left > 0:
        got = file.readinto(chunk[: min(left, CHUNK)])  # type: ignore[attr-defined]
        if not got:
            break
        sha.update(chunk[:got])
        left -= got
    sha.update(b"\0\0")
    return sha.hexdigest()


class UnreadableArchiveError(Exception):
    """Raised when a file is no archive of this kind, or not the whole of one."""

    def __init__(self, found: str, *, ours: bool) -> None:
        super().__init__(found)
        self.found = found
        self.ours = ours


@dataclass(frozen=True, slots=True)
class Stored:
    """A column in the file: type and shape as it says itself, and where its numbers begin."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    at: int


@dataclass(slots=True, weakref_slot=True)
class SealedArchive:
    """An archive that was read through once.

    Attributes
    ----------
    seal : str
        As the file states it.
    whole : bool
        Whether the content has that seal.
    size_bytes : int
        Length of the file.
    text : bytes or None
        The first member; None where it is damaged.
    stored : dict of str to Stored
        Columns that can be read.
    faults : dict of str to str
        Columns that cannot, and why.
    """

    seal: str
    whole: bool
    size_bytes: int
    text: bytes | None = None
    stored: dict[str, Stored] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    _descriptor: int = -1

    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns where they lie in the file: a page is copied when it is first written to.

        Neither the file nor what a later call gives changes by that. The file must not be changed
        in place by others meanwhile; replacing it by another is harmless.
        """
        own = mmap.mmap(self._descriptor, 0, access=mmap.ACCESS_COPY)
        return {
            name: np.ndarray(one.shape, one.dtype, own, one.at) for name, one in self.stored.items()
        }


def read_archive(path: Path, first: str) -> SealedArchive:
    """Read an archive through, and find out whether it is whole.

    Parameters
    ----------
    path : Path
        The file.
    first : str
        Name of the member that must stand first.

    Returns
    -------
    SealedArchive
        With everything that can be told of it, damaged or not.

    Raises
    ------
    UnreadableArchiveError
        When it is something else, or has no seal at its end.
    OSError
        When the system does not give it.
    """
    if path.exists() and not path.is_file():
        raise UnreadableArchiveError("a folder or a device", ours=False)
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        start = file.read(MEMBER_BYTES + len(first.encode()))
        if not (start.startswith(MEMBER) and start.endswith(first.encode())):
            raise UnreadableArchiveError("a file of another kind", ours=False)
        file.seek(max(size - SEALED_BYTES, 0))
        end = file.read(SEALED_BYTES)
        if not (end.startswith(END) and end[END_BYTES:].startswith(SEAL)):
            raise UnreadableArchiveError(f"{size:,} bytes without a seal at their end", ours=True)
        seal = end[END_BYTES + len(SEAL) :].decode("latin-1")
        length = struct.pack("<H", len(SEAL) + 64)
        whole = seal == _seal_of(file, size - len(SEAL) - 64)
        whole = whole and end[END_BYTES - 2 : END_BYTES] == length
        archive = SealedArchive(seal, whole, size, _descriptor=os.dup(file.fileno()))
        weakref.finalize(archive, os.close, archive._descriptor)
        _open_members(archive, file, first)
    return archive


def _open_members(archive: SealedArchive, file: IO[bytes], first: str) -> None:
    """Find the members; of a damaged archive, find out which are."""
    try:
        with zipfile.ZipFile(file) as members:
            entries = members.infolist()
    except Exception as fault:  # a damaged list of members can fail in any way
        archive.faults["its list of members"] = f"unreadable ({fault})"
        return
    for name, times in Counter(entry.filename for entry in entries).items():
        if times > 1:
            archive.faults[name.removesuffix(ENDING)] = f"{times} members of that name"
    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    with mapped, memoryview(mapped) as content:
        for entry in entries:
            name = entry.filename.removesuffix(ENDING)
            try:
                at = _begin(content, entry)
                with content[at : at + entry.file_size] as member:
                    if not archive.whole and zlib.crc32(member) != entry.CRC:
                        raise _MemberError("damaged numbers")
                    if entry.filename == first:
                        archive.text = bytes(member)
                    else:
                        archive.stored[name] = _header(member, at)
            except _MemberError as fault:
                archive.faults.setdefault(name, str(fault))


class _MemberError(Exception):
    """What is wrong with one member, in a few words."""


def _begin(content: memoryview, entry: zipfile.ZipInfo) -> int:
    """Where in the file the content of a member begins."""
    start = bytes(content[entry.header_offset : entry.header_offset + MEMBER_BYTES])
    if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
        raise _MemberError("a member that is compressed or locked")
    if len(start) < MEMBER_BYTES or not start.startswith(MEMBER):
        raise _MemberError("a place in the file where no member begins")
    name, extra = struct.unpack("<HH", start[26:])
    at = int(entry.header_offset + MEMBER_BYTES + name + extra)
    if at + entry.file_size > len(content):
        raise _MemberError("a member that ends beyond the file")
    return at


def _header(member: memoryview, at: int) -> Stored:
    """Read what a column says of itself; `at` is where in the file it begins."""
    begin = io.BytesIO(bytes(member[:HEADER_AT_MOST]))
    try:
        if npy.read_magic(begin) != (1, 0):
            raise ValueError("its format is not 1.0")
        shape, in_columns, dtype = npy.read_array_header_1_0(begin, HEADER_AT_MOST)
    except Exception as fault:  # a damaged header can fail in any way
        raise _MemberError(f"no .npy header ({fault})") from fault
    if in_columns and len(shape) > 1:
        raise _MemberError("numbers that stand column by column")
    count = 1
    for length in shape:
        count *= length
    numbers = len(member) - begin.tell()
    if dtype.hasobject or min(shape, default=0) < 0 or numbers != count * dtype.itemsize:
        raise _MemberError(f"{numbers:,} bytes of numbers for a header of {dtype} {shape}")
    if (at + begin.tell()) % dtype.alignment:
        raise _MemberError("numbers that do not lie on a boundary of their size")
    return Stored(dtype, shape, at + begin.tell())
