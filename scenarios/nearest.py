"""A mistyped name is answered with the name that was probably meant."""

from collections.abc import Iterable

LIKENESS = 60.0
"""Below this score of 100 (rapidfuzz's weighted ratio) a suggestion would only puzzle."""

SHORT_LIST = 8
"""So many names may be listed where none is near."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known name most like a word.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        Names that would have been right.

    Returns
    -------
    str or None
        The likeliest name, the first by alphabet among equals; None where nothing is like it.
    """
    from rapidfuzz import fuzz, utils

    best: tuple[float, str] | None = None
    for name in sorted(set(known)):
        score = fuzz.WRatio(word, name, processor=utils.default_process)
        if score >= LIKENESS and (best is None or score > best[0]):
            best = (score, name)
    return best[1] if best else None


def near_names(word: str, known: Iterable[str], many: int = 3) -> list[str]:
    """Find the known names most like a word, the likeliest first.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        Names that would have been right.
    many : int
        At most so many.
    """
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        word, sorted(set(known)), scorer=fuzz.WRatio, processor=utils.default_process,
        limit=many, score_cutoff=LIKENESS,
    )  # fmt: skip
    return [name for name, _, _ in found]


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Write the suggestion as a sentence, or the whole list where it is short and nothing is near.

    Parameters
    ----------
    word : object
        What was written; anything but text gets the list.
    known : iterable of str
        Names that would have been right.

    Returns
    -------
    str
        A sentence, empty where there is nothing to suggest.
    """
    names = sorted(set(known))
    best = nearest(word, names) if isinstance(word, str) else None
    if best is not None:
        return f"Did you mean `{best}`?"
    if 0 < len(names) <= SHORT_LIST:
        return f"Known here: {', '.join(names)}."
    return ""
