"""The words of the pages in plain English; those of the measures are the report's."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from experiments.report.glossary import GROUPS, glossary


class Word(NamedTuple):
    """A word: its name in an address, as it is written, and what it means.

    `forms` are the ways in which a technical word is written; a page that uses one explains it.
    """

    name: str
    title: str
    means: str
    forms: tuple[str, ...] = ()


class Group(NamedTuple):
    """Words that belong together."""

    name: str
    title: str
    words: tuple[Word, ...]


@cache
def own_words() -> dict[str, Word]:
    """The words of the pages themselves, by name."""
    text = files("experiments.web").joinpath("words.toml").read_text("utf-8")
    return {
        name: Word(name, row["title"], row["means"], tuple(row.get("forms", ())))
        for name, row in tomllib.loads(text).items()
    }


@cache
def all_words() -> tuple[Group, ...]:
    """Every word, in groups: the pages' own first, then the measures as the report has them."""
    measures = [
        Group(
            f"group-{key}",
            title,
            tuple(
                Word(term.measure.replace("_", "-"), term.title, _means(term.means, term.better))
                for term in glossary().values()
                if term.group == key
            ),
        )
        for key, title in GROUPS.items()
    ]
    own = Group("words", "Words of these pages", tuple(own_words().values()))
    return (own, *(group for group in measures if group.words))


def _means(means: str, better: str) -> str:
    which = {"higher": " More is better.", "lower": " Less is better."}.get(better, "")
    return f"{means}{which}"
