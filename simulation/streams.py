"""Luck that belongs to an agent and a month, never to the order of events.

A draw is a hash of (seed, purpose, agent uid, month), so the same firm meets the same luck under
every way of buying, on any machine, in any order. The mixing function is the finaliser of
SplitMix64 (Steele, Lea and Flood 2014), applied once for each part of the key.
"""

import hashlib
from enum import IntEnum
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.kernels import keyed, maths

Float64 = NDArray[np.float64]
UInt64 = NDArray[np.uint64]

_GOLDEN: Final = 0x9E3779B97F4A7C15
_MIX_ONE: Final = 0xBF58476D1CE4E5B9
_MIX_TWO: Final = 0x94D049BB133111EB
_WORD: Final = 0xFFFFFFFFFFFFFFFF
AT_ONCE: Final = 4096
"""Draws made before they are looked at; they stay in the first-level cache."""


class Purpose(IntEnum):
    """What a draw is for; two purposes never share luck. Append only."""

    FIRM_SIZE = 1
    FIRM_SECTOR = 2
    FIRM_OWNER = 3
    FIRM_AGE = 4
    FIRM_SKILL = 5
    FIRM_HONESTY = 6
    FIRM_QUALITY = 7
    FIRM_COST = 8
    FIRM_BIDDER = 9
    FIRM_SUPPORTED = 10
    FIRM_EMPLOYEE_LED = 11
    HOUSEHOLD_TYPE = 20
    HOUSEHOLD_TENURE = 21
    HOUSEHOLD_WEALTH = 22
    HOUSEHOLD_PENSION = 23
    WORKER_SKILL = 30
    WORKER_STATUS = 31
    WORKER_EMPLOYER = 32
    SUPPLY_LINK = 40
    SHOP_LINK = 41
    CONTRACT_SIZE = 50
    CONTRACT_SUPPLIER = 51
    CONTRACT_MONTHS = 52
    BID_KNOWS = 60
    BID_COST_OWN = 61
    BID_COST_COMMON = 62
    BID_PRICE = 63
    BID_QUALITY = 64
    CLAIM = 65
    CHALLENGE = 66
    AUDIT = 67
    MONITOR = 68
    COLLUSION = 69
    VARIATION = 70
    SHIRK = 71
    FAVOUR = 72
    CALL_OFF = 73
    MEMBERSHIP = 74
    VOTE = 75
    DISCRETION = 76
    REACH = 77
    APPRAISAL = 78
    SUBSIDY = 79
    QUIT = 80
    HIRE = 81
    LAYOFF = 82
    SEARCH = 83
    VACANCY = 84
    LEAVE = 85
    TRANSFER = 86
    DEMAND = 90
    DEATH = 91
    BIRTH = 92
    ENTRANT = 93
    RETIRE = 94
    SUCCESSION = 95
    WILLING = 96
    HORIZON = 97
    HOURS = 98
    SAVER = 99
    IGNORANCE = 100
    BOOTSTRAP = 101
    REPLICATE = 102


def _mix_word(state: int) -> int:
    """Mix one word as `keyed.mix` does; a plain integer is faster than a call to compiled code."""
    state = ((state ^ (state >> 30)) * _MIX_ONE) & _WORD
    state = ((state ^ (state >> 27)) * _MIX_TWO) & _WORD
    return state ^ (state >> 31)


@lru_cache(maxsize=1024)
def _word_of(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")


def _as_word(part: int | str) -> int:
    return _word_of(part) if isinstance(part, str) else int(part) & _WORD


@lru_cache(maxsize=4096)
def _head(parts: tuple[int | str, ...]) -> int:
    head = 0
    for part in parts:
        head = _mix_word(((head ^ _as_word(part)) + _GOLDEN) & _WORD)
    return head


def key(*parts: int | str) -> int:
    """Hash any parts to a 63-bit number, the same on every machine."""
    return _head(parts) >> 1


def uid(place: str, kind: str, serial: int) -> int:
    """Give an agent its stable identity: where it was made, what it is, which one it is."""
    return key("uid", place, kind, serial)


def uids(place: str, kind: str, serials: ArrayLike) -> NDArray[np.int64]:
    """Give many agents of one place and kind their identities.

    Parameters
    ----------
    place, kind : str
        Where they were made and what they are.
    serials : int64[n]
        Which ones.

    Returns
    -------
    int64[n]
        Each equal to `uid(place, kind, serial)`.
    """
    return keys(("uid", place, kind), serials)


def keys(parts: tuple[int | str, ...], each: ArrayLike, *after: int | str) -> NDArray[np.int64]:
    """Hash the same parts with each of many others.

    Parameters
    ----------
    parts : tuple of int or str
    each : int64[n]
    *after : int or str

    Returns
    -------
    int64[n]
        Each equal to `key(*parts, each, *after)`.
    """
    words = _words(each)
    out = np.empty(words.size, dtype=np.uint64)
    rest = np.array([_as_word(part) for part in after], dtype=np.uint64)
    with keyed.wrapping():
        keyed.hash_each(np.uint64(_head(parts)), words, rest, out)
    return out.view(np.int64)


def uniform(seed: int, purpose: int | str, agents: ArrayLike, month: int = 0) -> Float64:
    """Draw one number in (0, 1) for each agent.

    Parameters
    ----------
    seed : int
        The replicate's seed.
    purpose : Purpose or str
        What the draw is for.
    agents : int64[n]
        Stable uids.
    month : int
        The month of the draw; 0 when the economy is built.

    Returns
    -------
    float64[n]
        Strictly between 0 and 1, in steps of 2**-52 (half a step is added).
    """
    words = _words(agents)
    out = np.empty(words.size, dtype=np.float64)
    with keyed.wrapping():
        keyed.unit_draws(head(seed, purpose), word(month), words, out)
    return out


def below(
    seed: int, purpose: int | str, agents: ArrayLike, month: int, chance: float
) -> NDArray[np.int32]:
    """Find the agents whose draw is below a chance.

    Parameters
    ----------
    seed, purpose, agents, month
        See `uniform`.
    chance : float
        0 for nobody, 1 for everybody.

    Returns
    -------
    int32[m]
        Where `uniform(...) < chance`, rising.
    """
    uids = _words(agents)
    found = np.empty(uids.size, dtype=np.int32)
    marks = np.empty(AT_ONCE, dtype=np.bool_)
    with keyed.wrapping():
        many = keyed.list_below(
            *words(seed, purpose, month), uids, chance, marks, marks.view(np.uint64), found
        )
    return found[:many]


def words(seed: int, purpose: int | str, month: int) -> tuple[np.uint64, np.uint64]:
    """Return what kernels draw by: the word of seed and purpose, and that of the month."""
    return head(seed, purpose), word(month)


def _words(agents: ArrayLike) -> UInt64:
    words = np.asarray(agents, dtype=np.int64)
    return (words if words.ndim else words.reshape(1)).view(np.uint64)


def uniform_each(
    seeds: ArrayLike, purpose: int | str, agents: ArrayLike, month: int = 0
) -> Float64:
    """Draw one number in (0, 1) for each agent under a seed of its own.

    Parameters
    ----------
    seeds : int64[n]
        Not negative.
    purpose, agents, month
        See `uniform`.

    Returns
    -------
    float64[n]
        Each what `uniform` draws for that seed and agent.
    """
    words, out = _words(agents), np.empty(np.size(agents))
    with keyed.wrapping():
        keyed.unit_draws_each(_words(seeds), word(purpose), word(month), words, out)
    return out


def uniform_runs(
    seeds: ArrayLike, begins: NDArray[np.int64], purpose: int | str, agents: ArrayLike, month: int
) -> Float64:
    """Draw one number in (0, 1) for each agent under the seed of the run that it stands in.

    Parameters
    ----------
    seeds : int64[m]
        Not negative.
    begins : int64[m + 1]
        Run i has the agents `begins[i] : begins[i + 1]`.
    purpose, agents, month
        See `uniform`.

    Returns
    -------
    float64[n]
        Each what `uniform` draws for that seed and agent.
    """
    words, out = _words(agents), np.empty(np.size(agents))
    with keyed.wrapping():
        keyed.unit_draws_runs(_words(seeds), begins, word(purpose), word(month), words, out)
    return out


def word(part: int | str) -> np.uint64:
    """Return a part of a key as the word that compiled code hashes."""
    return np.uint64(_as_word(part))


def head(*parts: int | str) -> np.uint64:
    """Return the hash of the first parts of a key, to which compiled code adds the others."""
    return np.uint64(_head(parts))


def one(seed: int, purpose: int | str, agent: int, month: int = 0) -> float:
    """Draw one number in (0, 1) for one agent: the same as `uniform` gives it, without arrays."""
    body = _mix_word(((_as_word(agent) ^ _head((seed, purpose))) + _GOLDEN) & _WORD)
    bits = _mix_word(((body ^ _as_word(month)) + _GOLDEN) & _WORD)
    return ((bits >> 12) + 0.5) * keyed.TO_UNIT


def normal(seed: int, purpose: int | str, agents: ArrayLike, month: int = 0) -> Float64:
    """Draw one standard normal number for each agent; see `uniform`."""
    return maths.normal_quantile(uniform(seed, purpose, agents, month))
