"""Which runs of a sweep are finished: a set of a million in eight megabytes."""

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
DIGITS = 16


class DoneRuns(Collection[str]):
    """A set of run identities that does not change.

    Parameters
    ----------
    words : uint64[n]
        Identities as numbers, sorted, each once.
    """

    def __init__(self, words: Words) -> None:
        self.words = words

    def __contains__(self, run: object) -> bool:
        word = np.uint64(int(str(run), 16))
        at = int(np.searchsorted(self.words, word))
        return at < self.words.size and bool(self.words[at] == word)

    def __iter__(self) -> Iterator[str]:
        return (f"{int(word):0{DIGITS}x}" for word in self.words)

    def __len__(self) -> int:
        return int(self.words.size)


def words_of(runs: Iterable[str]) -> Words:
    """Identities of 16 hexadecimal digits as 64-bit numbers, in the same order."""
    return np.fromiter((int(run, 16) for run in runs), dtype=np.uint64)


def sorted_words(runs: Collection[str]) -> Words:
    """Identities as numbers, sorted, each once."""
    return runs.words if isinstance(runs, DoneRuns) else np.unique(words_of(runs))
