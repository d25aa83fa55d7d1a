"""Hashes agents' identities to luck: the inner loop of `simulation.streams`."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np
from numba import njit

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_ONE = np.uint64(0xBF58476D1CE4E5B9)
_MIX_TWO = np.uint64(0x94D049BB133111EB)
_S30 = np.uint64(30)
_S27 = np.uint64(27)
_S31 = np.uint64(31)
_S12 = np.uint64(12)
_S01 = np.uint64(1)
TO_UNIT = 1.0 / 4503599627370496.0
_NOTHING: AbstractContextManager[Any] = nullcontext()


def wrapping() -> AbstractContextManager[Any]:
    """Let words wrap around without a warning; compiled code gives none."""
    return _NOTHING if hasattr(mix, "py_func") else np.errstate(over="ignore")


@njit(cache=True)
def mix(state):
    """Return the finaliser of SplitMix64 of one word (Steele, Lea and Flood 2014)."""
    state = (state ^ (state >> _S30)) * _MIX_ONE
    state = (state ^ (state >> _S27)) * _MIX_TWO
    return state ^ (state >> _S31)


@njit(cache=True)
def unit_draw(head, month, uid):
    """Draw one agent's number in (0, 1) from uint64 words; see `unit_draws`."""
    word = mix((uid ^ head) + _GOLDEN)
    word = mix((word ^ month) + _GOLDEN)
    return (np.float64(word >> _S12) + 0.5) * TO_UNIT


@njit(cache=True)
def unit_draws(head, month, uids, out):
    """Draw one number in (0, 1) for each agent.

    Parameters
    ----------
    head, month : uint64
        Hash of seed and purpose; the month.
    uids : uint64[n]
        Stable identities.
    out : float64[n], written
        Draws in steps of 2**-52, half a step added.
    """
    for k in range(uids.size):
        out[k] = unit_draw(head, month, uids[k])


@njit(cache=True)
def draws_below(head, month, uids, chance, out):
    """Compare each agent's draw with a chance.

    Parameters
    ----------
    head, month, uids
        See `unit_draws`.
    chance : float
        What the draws are compared with.
    out : bool[n], written
        Whether the draw is below it.
    """
    for k in range(uids.size):
        out[k] = unit_draw(head, month, uids[k]) < chance


@njit(cache=True)
def seed_head(seed, purpose):
    """Hash a seed and a purpose, uint64 words; see `unit_draws`."""
    return mix((mix(seed + _GOLDEN) ^ purpose) + _GOLDEN)


@njit(cache=True)
def list_below(head, month, uids, chance, marks, words, found):
    """List the agents whose draw is below a chance, rising.

    Marks are made for many agents at once, then read eight at a time, for few are marked.

    Parameters
    ----------
    head, month, uids, chance
        See `draws_below`.
    marks, words : bool[8 m], uint64[m]
        Room to work in: the same bytes.
    found : int32[n], written
        The agents' places among `uids`.

    Returns
    -------
    int
        How many they are.
    """
    n = 0
    for begin in range(0, uids.size, marks.size):
        end = min(begin + marks.size, uids.size)
        draws_below(head, month, uids[begin:end], chance, marks[: end - begin])
        marks[end - begin :] = False
        n = list_marked(begin, marks, words, found, n)
    return n


@njit(cache=True)
def list_marked(begin, marks, words, found, n):
    """List what is marked, rising; few are.

    Parameters
    ----------
    begin : int
        Number of the first.
    marks, words : bool[8 m], uint64[m]
        The same bytes.
    found : int32[...], written
    n : int
        Where to go on in `found`.

    Returns
    -------
    int
        Where it ends.
    """
    for word in range(words.size):
        if words[word] == 0:
            continue
        for k in range(8 * word, 8 * word + 8):
            if marks[k]:
                found[n] = begin + k
                n += 1
    return n


@njit(cache=True)
def unit_draws_each(seeds, purpose, month, uids, out):
    """Draw one number in (0, 1) for each agent, each under a seed of its own.

    Parameters
    ----------
    seeds : uint64[n]
        By agent.
    purpose, month : uint64
        What the draw is for; the month.
    uids : uint64[n]
        Stable identities.
    out : float64[n], written
        Draws in steps of 2**-52, half a step added.
    """
    for k in range(uids.size):
        out[k] = unit_draw(seed_head(seeds[k], purpose), month, uids[k])


@njit(cache=True)
def unit_draws_runs(seeds, begins, purpose, month, uids, out):
    """Draw one number in (0, 1) for each agent, under the seed of the run that it stands in.

    Parameters
    ----------
    seeds : uint64[m]
        By run.
    begins : int64[m + 1]
        Run i has the agents `begins[i] : begins[i + 1]`.
    purpose, month, uids, out
        See `unit_draws_each`.
    """
    for i in range(seeds.size):
        head = seed_head(seeds[i], purpose)
        for k in range(begins[i], begins[i + 1]):
            out[k] = unit_draw(head, month, uids[k])


@njit(cache=True)
def hash_each(head, words, after, out):
    """Hash the same parts before and after each of many words.

    Parameters
    ----------
    head : uint64
        Hash of the parts before.
    words : uint64[n]
        What differs.
    after : uint64[k]
        Parts after.
    out : uint64[n], written
        Hashes cut to 63 bits.
    """
    for k in range(words.size):
        word = mix((words[k] ^ head) + _GOLDEN)
        for part in after:
            word = mix((word ^ part) + _GOLDEN)
        out[k] = word >> _S01
