"""Cleaned names that are spelt alike, found without holding each name against every other.

Only names that share their first letters, or a word that few names have, are compared. A slip in an
everyday word of firms ("Sevices") is sure; one in what may be a proper name ("Johnson", "Johnston")
is not, and neither is a word more or less ("North", "UK").
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from scenarios.sources.masking import words

LIKE = 86.0
"""Of 100 (rapidfuzz's ratio): below it two names are two suppliers. Grade: judgement; lower values
fill the review list with neighbours that share a trade."""

LIKE_WORD = 80.0
"""Of 100: a word is a slip of another. Grade: judgement."""

SAME_WORD = 65.0
"""Of 100: less alike words of two names are two words. Grade: judgement."""

SHORTEST = 5
"""Letters of a word in which a slip can be told from another word."""

LONG_NAME = 22
"""Letters of a name of three words or more in which one slip leaves no doubt. Grade: judgement."""

FIRST_LETTERS = 6
"""So many first letters put names together."""

TOGETHER = 256
"""Names held against all others of a group at once."""

SHORTEST_OF = LIKE / (200.0 - LIKE)
"""Names whose lengths are less alike than this cannot reach `LIKE`: all letters of the shorter one
would stand in the longer."""

RARE = 40
"""A word that more names have tells none apart."""

_TELLING = (
    "north south east west northern southern eastern western midland midlands central upper lower "
    "england scotland wales ireland british english scottish welsh irish uk gb europe european "
    "international global one two three four five six first second third new old great little "
    "holdings group senior junior primary secondary infant infants girls boys men women mens "
    "st saint i ii iii iv v vi a b c d e f"
)
TELLING = frozenset(_TELLING.split())
"""Words that make two suppliers of one name."""


class Alike(NamedTuple):
    """Two cleaned names.

    Attributes
    ----------
    one, other : str
        In alphabetical order.
    score : float
        How alike, of 100.
    sure : bool
        Whether they are one supplier beyond doubt.
    reason : str
        What differs.
    """

    one: str
    other: str
    score: float
    sure: bool
    reason: str


def alike_pairs(cores: Sequence[str]) -> list[Alike]:
    """Find names that are spelt alike.

    Parameters
    ----------
    cores : sequence of str
        Cleaned names, each once, sorted.

    Returns
    -------
    list of Alike
        In order of the names.
    """
    found: dict[tuple[int, int], float] = {}
    for block in _blocks(cores):
        found.update(_within(cores, block))
    for a, b in _turned(cores):
        found.setdefault((a, b), 100.0)
    pairs = (_judged(cores[a], cores[b], score) for (a, b), score in sorted(found.items()))
    return [pair for pair in pairs if pair is not None]


def _within(cores: Sequence[str], block: Sequence[int]) -> dict[tuple[int, int], float]:
    """Hold every name of a group against every other of about its length."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    found: dict[tuple[int, int], float] = {}
    order = sorted(block, key=lambda k: (len(cores[k]), k))
    texts = [cores[k] for k in order]
    lengths = np.array([len(text) for text in texts])
    for at in range(0, len(order), TOGETHER):
        longest = lengths[min(at + TOGETHER, len(order)) - 1]
        stop = int(np.searchsorted(lengths, longest / SHORTEST_OF, side="right"))
        scores = process.cdist(
            texts[at : at + TOGETHER], texts[at:stop], scorer=Indel.normalized_similarity,
            score_cutoff=LIKE / 100, dtype=np.float32, workers=1,
        )  # fmt: skip
        for a, b in zip(*np.nonzero(np.triu(scores, 1)), strict=True):
            pair = order[at + a], order[at + b]
            found[min(pair), max(pair)] = round(100 * float(scores[a, b]), 1)
    return found


def _blocks(cores: Sequence[str]) -> Iterator[list[int]]:
    """Positions of names that are worth comparing, a few at a time."""
    heads: dict[str, list[int]] = defaultdict(list)
    rare: dict[str, list[int]] = defaultdict(list)
    for k, core in enumerate(cores):
        heads[core.replace(" ", "")[:FIRST_LETTERS]].append(k)
        for word in set(core.split()):
            if len(word) >= SHORTEST - 1:
                rare[word].append(k)
    for head in sorted(heads):
        yield heads[head]
    for word in sorted(rare):
        if 1 < len(rare[word]) <= RARE:
            yield rare[word]


def _turned(cores: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Names of the same words in another order."""
    seen: dict[tuple[str, ...], int] = {}
    for k, core in enumerate(cores):
        key = tuple(sorted(core.split()))
        if len(key) > 1 and key in seen:
            yield seen[key], k
        seen.setdefault(key, k)


def _judged(one: str, other: str, score: float) -> Alike | None:
    """Say whether two names are one supplier; None where figures tell them apart."""
    mine, theirs = one.split(), other.split()
    if _figures(mine) != _figures(theirs):
        return None
    if sorted(mine) == sorted(theirs):
        return Alike(one, other, score, True, "the same words in another order")
    left = [word for word in mine if word not in theirs]
    right = [word for word in theirs if word not in mine]
    if TELLING & {*left, *right}:
        return Alike(one, other, score, False, f"they differ in {_told(left, right)}")
    if len(mine) == len(theirs) and len(left) == len(right) == 1:
        if not _may_be_one(left[0], right[0]):
            return None
        sure = _slip(left[0], right[0], [word for word in mine if word in theirs], one)
        return Alike(one, other, score, sure, f"{left[0]!r} and {right[0]!r}")
    return Alike(one, other, score, False, f"they differ in {_told(left, right)}")


def _told(left: Sequence[str], right: Sequence[str]) -> str:
    return ", ".join(repr(word) for word in (*left, *right)) or "how often a word stands"


def _figures(said: Sequence[str]) -> list[str]:
    """What is written in figures in a name, in order."""
    return [word for word in said if any(letter.isdigit() for letter in word)]


@cache
def _everyday() -> frozenset[str]:
    """Words of firms and institutions that are no surnames."""
    known = words()
    every = known.institutions | known.trades | known.other
    return frozenset(every - known.also_surnames - known.given)


def _cut(one: str, other: str) -> bool:
    """Say whether one is the beginning of the other, as where a column was too narrow."""
    return one.startswith(other) or other.startswith(one)


def _may_be_one(one: str, other: str) -> bool:
    """Say whether two words could be one; Oldham and Rochdale could not."""
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= SAME_WORD and one[0] == other[0]


def _singular(word: str) -> str:
    return word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")


def _typed_wrong(one: str, other: str) -> bool:
    """Say whether a letter was left out, doubled or turned round; another letter makes a word."""
    from rapidfuzz.distance import OSA

    return (len(one) != len(other) or sorted(one) == sorted(other)) and OSA.distance(
        one, other
    ) == 1


def _slip(one: str, other: str, beside: Sequence[str], whole: str) -> bool:
    """Say whether two words are one word spelt twice."""
    from rapidfuzz import fuzz

    if min(len(one), len(other)) < SHORTEST or one[0] != other[0] or not beside:
        return False
    known = {one, other} & _everyday()
    if _singular(one) == _singular(other):
        return bool(known)
    if fuzz.ratio(one, other) < LIKE_WORD and not (known and _cut(one, other)):
        return False
    if known:
        return len(known) == 1 and (_typed_wrong(one, other) or _cut(one, other))
    own = [word for word in beside if word not in _everyday() and len(word) >= SHORTEST]
    return len(whole) >= LONG_NAME and len(beside) > 1 and bool(own)
