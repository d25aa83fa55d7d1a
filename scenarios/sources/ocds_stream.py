"""One JSON value after another out of a text of any length, within bounded memory.

A portal may publish a year of notices as one array. We hold the text of one element at a time:
the standard library decodes it, and is asked again with more text where it was cut off.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple, TextIO

CHUNK = 1 << 18
"""Letters read at a time."""

LONGEST = 1 << 25
"""Letters of one element, or of one line; a release of a real portal has about 10,000."""

DIGITS = 40
"""Digits of the longest whole number that is taken for one."""

LISTS = ("releases", "records")
"""Members of a package whose elements are read one by one."""

_EDGE = 16
"""A fault nearer than this to the end of the text may be the cut itself."""

_SPACE = re.compile(r"[ \t\r\n]*")


class BrokenJsonError(ValueError):
    """Raised where a text stops being JSON; `why` names what was met, never what it says."""

    def __init__(self, why: str, at: int) -> None:
        super().__init__(f"{why} at character {at:,}")
        self.why = why
        self.at = at


class Element(NamedTuple):
    """A value of a file, with the place it was found at."""

    place: str
    value: Any


class Package(NamedTuple):
    """What a package says of itself, given as the value of an element after all it holds."""

    members: dict[str, Any]


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= DIGITS else None


_DECODER = json.JSONDecoder(
    parse_float=Decimal, parse_int=_whole, parse_constant=lambda name: None, strict=False
)


def decoded(text: str) -> Any:
    """Read one JSON value that is the whole of a text.

    Raises
    ------
    BrokenJsonError
        When it is none, or is nested too deeply to be read.
    """
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise BrokenJsonError(_plain(fault.msg), fault.pos + 1) from None
    except RecursionError:
        raise BrokenJsonError("lists or objects nested too deeply", 1) from None


def _plain(message: str) -> str:
    """Put the decoder's words in ours."""
    return "no JSON: " + (message[:1].lower() + message[1:]).removesuffix(" at")


class Window:
    """A text file seen through as much of its text as one value needs.

    Parameters
    ----------
    file : text file
        Read once, from where it stands.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._before = 0
        self._ended = False

    @property
    def place(self) -> int:
        """Where we stand, in characters from 1."""
        return self._before + self._at + 1

    def peek(self) -> str:
        """Give the next letter that is no blank; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._more()

    def take(self) -> None:
        """Go past the letter that was peeked at."""
        self._at += 1

    def value(self) -> Any:
        """Read the value that begins here.

        Raises
        ------
        BrokenJsonError
            Where there is none, it is cut off by the end, or it is longer than `LONGEST`.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as fault:
                cut = fault.msg.startswith("Unterminated") or fault.pos > len(self._text) - _EDGE
                if self._ended or not cut:
                    self._at = min(fault.pos, len(self._text))
                    raise self.broken(_plain(fault.msg)) from None
            except RecursionError:
                raise self.broken("lists or objects nested too deeply") from None
            else:
                # A number may go on beyond what we hold; any other value says where it ends.
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            if len(self._text) - self._at > LONGEST:
                raise self.broken(f"a value of more than {LONGEST:,} characters")
            self._more()

    def broken(self, why: str) -> BrokenJsonError:
        """Say what is wrong here."""
        return BrokenJsonError(why, self.place)

    def _more(self) -> None:
        held = self._text[self._at :]
        self._before += self._at
        chunk = self._file.read(max(CHUNK, len(held)))
        self._ended = not chunk
        self._text, self._at = held + chunk, 0


def elements(window: Window) -> Iterator[Element]:
    """Walk through the documents of a text: elements of its arrays and packages, and single ones.

    Parameters
    ----------
    window : Window
        At the beginning of the text.

    Yields
    ------
    Element
        In the order of the text; after those of a package, its label.

    Raises
    ------
    BrokenJsonError
        Where the text stops being JSON; all before has been given.
    """
    while first := window.peek():
        where = f"character {window.place:,}"
        if first == "[":
            yield from _array(window, "item")
        elif first == "{":
            yield from _package(window, where)
        else:
            yield Element(where, window.value())


def _array(window: Window, name: str) -> Iterator[Element]:
    window.take()
    count = 0
    if window.peek() == "]":
        window.take()
        return
    while True:
        count += 1
        yield Element(f"{name} {count:,}", window.value())
        match window.peek():
            case ",":
                window.take()
            case "]":
                window.take()
                return
            case "":
                raise window.broken("the text ends inside a list")
            case _:
                raise window.broken("no comma between two elements of a list")


def _package(window: Window, where: str) -> Iterator[Element]:
    """Give the elements of a package and then its label, or the object where it is no package."""
    window.take()
    own: dict[str, Any] = {}
    spent, streamed = 0, False
    while window.peek() != "}":
        name = window.value()
        if not isinstance(name, str) or window.peek() != ":":
            raise window.broken("an object without a name and a colon")
        window.take()
        began = window.place
        if name in LISTS and window.peek() == "[" and "ocid" not in own:
            streamed = True
            yield from _array(window, name.removesuffix("s"))
        else:
            own[name] = window.value()
            spent += window.place - began + len(name)
        if spent > LONGEST:
            raise window.broken(f"an object of more than {LONGEST:,} characters")
        match window.peek():
            case ",":
                window.take()
            case "}":
                pass
            case "":
                raise window.broken("the text ends inside an object")
            case _:
                raise window.broken("no comma between two members of an object")
    window.take()
    yield Element(where, Package(own) if streamed else own)
