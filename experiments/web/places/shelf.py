"""The shelf as cards: what each place is, what it is good for, and how long it takes."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scenarios import shelf
from scenarios.nearest import did_you_mean

_SENTENCE = re.compile(r"(?<=[.])\s")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[`*]")
FIRST = ("village", "preston-2024")
"""Shown before the others, which follow by name; the whole country is last."""

LAST = ("cleveland", "england")


@dataclass(frozen=True, slots=True)
class Card:
    """A place on the shelf.

    Attributes
    ----------
    name, title : str
        Its name on the shelf, and what its file is about.
    sentence : str
        The first of its note.
    good_for, takes : str
        What to choose it for; how long its own comparison takes.
    """

    name: str
    title: str
    sentence: str
    good_for: str
    takes: str


@cache
def cards() -> tuple[Card, ...]:
    """The cards in the order in which they are shown."""
    told = tomllib.loads(files("experiments.web.places").joinpath("shelf.toml").read_text("utf-8"))
    found = {one.name: _card(one, told.get(one.name, {})) for one in shelf.names()}
    middle = [name for name in found if name not in FIRST + LAST]
    return tuple(found[name] for name in (*FIRST, *middle, *LAST) if name in found)


def _card(one: shelf.ShelfEntry, told: Mapping[str, str]) -> Card:
    note = one.path.with_suffix(".md")
    text = note.read_text("utf-8") if note.is_file() else ""
    return Card(
        one.name,
        in_signs(one.title),
        first_sentence(text),
        told.get("good_for", ""),
        told.get("takes", ""),
    )


def first_sentence(note: str) -> str:
    """Give the first sentence of a note in Markdown, without its marks."""
    paragraphs = [part for part in note.split("\n\n") if part and not part.startswith(("#", "|"))]
    if not paragraphs:
        return ""
    plain = _MARKS.sub("", _LINK.sub(r"\1", " ".join(paragraphs[0].split())))
    return in_signs(_SENTENCE.split(plain, 1)[0])


def in_signs(text: str) -> str:
    """Write amounts with the signs of their money."""
    return text.replace("GBP ", "£").replace("USD ", "$")


def text_of(name: str) -> str:
    """Give the file of a place on the shelf.

    Raises
    ------
    LookupError
        Where there is none of that name; says which was probably meant.
    """
    known = {one.name: one.path for one in shelf.names()}
    if name not in known:
        raise LookupError(did_you_mean(name, known) or "Choose one of the list.")
    return known[name].read_text("utf-8")
