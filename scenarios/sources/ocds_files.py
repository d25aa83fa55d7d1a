"""Releases out of files as portals and officers keep them: packages, records, lists, JSON lines.

What is no release is set aside with its place and the reason; a file without any is refused.
"""

import codecs
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple, TextIO

from scenarios.errors import Fault, FaultsError
from scenarios.sources.ocds_stream import (
    LISTS,
    LONGEST,
    BrokenJsonError,
    Element,
    Package,
    Window,
    decoded,
    elements,
)

HEAD = 1 << 20
"""Bytes looked at to tell JSON lines from one document."""

INFLATED = 1 << 33
"""Bytes that a packed file may unpack to; beyond, it is taken for a bomb."""

MENDED = "poundflow-notices"
"""Name of the rule for bytes that are no UTF-8: each is read as Windows-1252."""

COMPILED_COPY = "compiled release beside its own releases"
BROKEN_LINE = "line that is no JSON"
BROKEN_REST = "broken JSON: nothing after it can be read"
LONG_LINE = "line too long"
NOT_OBJECT = "not an object"
NO_OCID = "object without an ocid"
NO_DATA = "ocid, but nothing of a process beside it"
LINKED = "link to a release that is not here"
NOTHING_IN_IT = "record without releases"

PARTS = ("awards", "bids", "buyer", "contracts", "parties", "planning", "tag", "tender")
"""A release has at least one of these."""


class NoticesError(FaultsError):
    """Raised when a file holds nothing that we can read as notices."""

    remedy = "Leave these files out, or give others."


class Found(NamedTuple):
    """A release as it stands in a file, or the reason why a thing is none.

    Attributes
    ----------
    place : str
        Where in the file.
    release : dict or None
        None where it is set aside.
    reason, detail : str
        Why, in one of few words; and what was met, never what it says.
    """

    place: str
    release: dict[str, Any] | None
    reason: str = ""
    detail: str = ""


@dataclass
class Looked:
    """What one file turned out to be.

    Attributes
    ----------
    shape : str
        "JSON lines" or "JSON".
    packages : int
        Labels of packages met, also of empty ones.
    extensions, versions, publishers : Counter
        As the packages name them.
    strange : list of str
        What the first objects without releases are, for the refusal.
    mended_bytes : int
        Bytes that were no UTF-8.
    """

    shape: str = "JSON"
    packages: int = 0
    extensions: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    mended_bytes: int = 0

    def label(self, members: dict[str, Any]) -> None:
        """Count a package and what it says of itself."""
        self.packages += 1
        if isinstance(version := members.get("version"), str):
            self.versions[version[:20]] += 1
        given = members.get("extensions")
        for address in given if isinstance(given, list) else ():
            if isinstance(address, str):
                self.extensions[extension_name(address)] += 1


def extension_name(address: str) -> str:
    """Name an extension by the folder of its address: `ocds_lots_extension` becomes `lots`."""
    parts = [part for part in address.split("?")[0].split("/") if part and part[:4] != "http"]
    named = [part for part in parts if part.startswith("ocds_") or part.endswith("_extension")]
    if named:
        return named[0].removeprefix("ocds_").removesuffix("_extension")[:60]
    if "profiles" in parts[:-1]:
        return "profile " + parts[parts.index("profiles") + 1][:40]
    if "extensions" in parts[:-1]:
        return parts[parts.index("extensions") + 1][:60]
    return "other"


def releases(path: Path, looked: Looked) -> Iterator[Found]:
    """Read a file's releases one by one.

    Parameters
    ----------
    path : Path
        JSON or JSON lines, as it is or packed with gzip.
    looked : Looked
        Told what the file is while it is read.

    Yields
    ------
    Found
        Every release, and everything in its stead that was set aside.

    Raises
    ------
    NoticesError
        When the file cannot be read or unpacked.
    """
    with _opened(path, looked) as (text, in_lines):
        looked.shape = "JSON lines" if in_lines else "JSON"
        try:
            for place, value in _lines(text) if in_lines else elements(Window(text)):
                if isinstance(value, Found):
                    _note(value.reason, looked)
                    yield value
                elif isinstance(value, Package):
                    looked.label(value.members)
                    if "compiledRelease" in value.members:
                        yield Found(place, None, COMPILED_COPY)
                else:
                    yield from _releases_of(value, place, looked)
        except BrokenJsonError as fault:
            _note(fault.why, looked)
            yield Found(f"character {fault.at:,}", None, BROKEN_REST, fault.why)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            yield Found("the packed text", None, BROKEN_REST, "the packing is broken")


def refusal(path: Path, looked: Looked) -> Fault:
    """Say what a file without any release is."""
    found = "; ".join(looked.strange) or "nothing"
    return Fault(
        str(path), None, None, "", f"{found}, and no release", "notices of the Open Contracting "
        "Data Standard: releases, records or packages of them, whose objects have an `ocid`",
        "A contracts register goes to `poundflow import register`.",
    )  # fmt: skip


def described(value: Any) -> str:
    """Say what a value is without saying what it holds: of an object, the names of its members."""
    if isinstance(value, dict):
        names = ["".join(filter(str.isprintable, name))[:30] for name in list(value)[:8]]
        more = f" and {len(value) - 8:,} more" if len(value) > 8 else ""
        return f"an object with {', '.join(names)}{more}" if names else "an empty object"
    kinds = {list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")


def _releases_of(value: Any, place: str, looked: Looked) -> Iterator[Found]:
    """Take a value apart: a release, a record, or a package in one line."""
    if not isinstance(value, dict):
        _note(described(value), looked)
        yield Found(place, None, NOT_OBJECT, described(value))
    elif "ocid" not in value and any(isinstance(value.get(name), list) for name in LISTS):
        looked.label(value)
        for name in LISTS:
            for at, each in enumerate(value.get(name) or (), start=1):
                yield from _releases_of(each, f"{place}, {name[:-1]} {at:,}", looked)
    elif "compiledRelease" in value or isinstance(value.get("releases"), list):
        yield from _record(value, place, looked)
    elif not isinstance(value.get("ocid"), str) or not value["ocid"].strip():
        _note(described(value), looked)
        yield Found(place, None, NO_OCID, described(value))
    elif not any(name in value for name in PARTS):
        _note(described(value), looked)
        yield Found(place, None, NO_DATA, described(value))
    else:
        yield Found(place, value)


def _record(record: dict[str, Any], place: str, looked: Looked) -> Iterator[Found]:
    """Give the releases of a record; its compiled release only where none of them is here."""
    given = record.get("releases")
    whole = 0
    for at, each in enumerate(given if isinstance(given, list) else (), start=1):
        here = f"{place}, release {at:,}"
        if not isinstance(each, dict):
            yield Found(here, None, NOT_OBJECT, described(each))
        elif not any(name in each for name in PARTS if name != "tag"):
            yield Found(here, None, LINKED)
        else:
            whole += 1
            each.setdefault("ocid", record.get("ocid"))
            yield from _releases_of(each, here, looked)
    compiled = record.get("compiledRelease")
    if isinstance(compiled, dict) and whole:
        yield Found(place, None, COMPILED_COPY)
    elif isinstance(compiled, dict):
        compiled.setdefault("ocid", record.get("ocid"))
        yield from _releases_of(compiled, f"{place}, compiled release", looked)
    elif not whole:
        yield Found(place, None, NOTHING_IN_IT)


def _note(said: str, looked: Looked) -> None:
    """Keep the first few things that were met in the stead of releases."""
    if len(looked.strange) < 3 and said not in looked.strange:
        looked.strange.append(said)


def _lines(text: TextIO) -> Iterator[tuple[str, Any]]:
    """Read a file line by line; a line that is no JSON is set aside and the next one read."""
    number = 0
    while line := text.readline(LONGEST):
        number += 1
        place = f"line {number:,}"
        if len(line) == LONGEST and not line.endswith("\n"):
            while (rest := text.readline(LONGEST)) and not rest.endswith("\n"):
                pass
            yield place, Found(place, None, LONG_LINE, f"more than {LONGEST:,} characters")
        elif stripped := line.strip():
            try:
                yield Element(place, decoded(stripped))
            except BrokenJsonError as fault:
                yield place, Found(place, None, BROKEN_LINE, str(fault))


def _in_lines(head: str) -> bool:
    """Tell JSON lines from one document by the first two lines.

    A first line that is an object, or does not end in the middle of one, begins JSON lines; so
    does one that is longer than all we look at, only if another line follows (it is not seen).
    """
    first, _, rest = head.lstrip().partition("\n")
    second = rest.lstrip()
    if first.startswith("["):
        return False
    try:
        return isinstance(decoded(first), dict)
    except BrokenJsonError:
        return second.startswith("{") and first.rstrip()[-1:] not in {"[", "{", ",", ":"}


@contextmanager
def _opened(path: Path, looked: Looked) -> Iterator[tuple[TextIO, bool]]:
    """Open a file as text, unpacked, and tell whether it holds JSON lines."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            file: Any = gzip.GzipFile(fileobj=raw) if packed else raw
            source = io.BufferedReader(_Counted(file, path), HEAD)
            try:
                mark = source.peek(4)[:4]
            except (EOFError, zlib.error, gzip.BadGzipFile):
                mark = b""
            encoding = _encoding(mark)
            codecs.register_error(MENDED, _mend(looked))
            head = source.peek(HEAD)[:HEAD].decode(encoding, "replace") if mark else ""
            with io.TextIOWrapper(source, encoding, MENDED, newline="\n") as text:
                yield text, _in_lines(head)
    except OSError as error:
        found = (error.strerror or "an error of the system").lower()
        raise NoticesError(
            [Fault(str(path), None, None, "", found, "a file that can be read")]
        ) from None


def _encoding(mark: bytes) -> str:
    """Choose by the byte order mark; JSON without one is UTF-8."""
    if mark.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16" if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


class _Counted(io.RawIOBase):
    """Bytes of a file, refused where there are more than any file of notices holds."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file = file
        self._path = path
        self._left = INFLATED

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, room: Any) -> int:
        """Fill a buffer as far as there are bytes."""
        data = self._file.read(len(room))
        self._left -= len(data)
        if self._left < 0:
            found = f"more than {INFLATED:,} bytes once unpacked"
            hint = "Part it into several files."
            wanted = "a file of fewer"
            raise NoticesError([Fault(str(self._path), None, None, "", found, wanted, hint)])
        room[: len(data)] = data
        return len(data)


def _mend(looked: Looked) -> Any:
    """Make the rule that reads a byte that is no UTF-8 as Windows-1252, and counts it."""

    def mend(fault: UnicodeError) -> tuple[str, int]:
        if not isinstance(fault, UnicodeDecodeError):
            raise fault
        looked.mended_bytes += fault.end - fault.start
        return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end

    return mend
