"""The keyed draws once more, slowly: whole numbers of any size, cut to 64 bits.

The mixing is that of SplitMix64 as its authors print it (Steele, Lea and Flood 2014, figure 17).
"""

import hashlib

WORD = 2**64


def mixed(state: int) -> int:
    """Return the SplitMix64 output for the state that follows `state`."""
    z = (state + 0x9E3779B97F4A7C15) % WORD
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % WORD
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % WORD
    return z ^ (z >> 31)


def word(part: int | str) -> int:
    """Return a key's part as 64 bits: a text by its SHA-256, a number by its two's complement."""
    if isinstance(part, str):
        return int.from_bytes(hashlib.sha256(part.encode()).digest()[:8], "little")
    return part % WORD


def hashed(*parts: int | str) -> int:
    """Mix each part in turn into 64 bits."""
    state = 0
    for part in parts:
        state = mixed(state ^ word(part))
    return state


def uniform(seed: int, purpose: int | str, agent: int, month: int) -> float:
    """Return one agent's draw: the middle of one of 2**52 equal steps of (0, 1)."""
    step = hashed(seed, purpose, agent, month) >> 12
    return (2 * step + 1) / 2**53


def _unshifted(value: int, by: int) -> int:
    found = value
    for _ in range(64 // by + 1):
        found = value ^ (found >> by)
    return found


def unmixed(word_out: int) -> int:
    """Return the state whose `mixed` is this word: each step of the mixing can be undone."""
    z = _unshifted(word_out, 31) * pow(0x94D049BB133111EB, -1, WORD) % WORD
    z = _unshifted(z, 27) * pow(0xBF58476D1CE4E5B9, -1, WORD) % WORD
    return (_unshifted(z, 30) - 0x9E3779B97F4A7C15) % WORD


def agent_that_draws(bits: int, seed: int, purpose: int | str, month: int) -> int:
    """Return the identity, as a signed number, whose draw is made of these 64 bits."""
    state = unmixed(unmixed(bits) ^ word(month)) ^ hashed(seed, purpose)
    return state - WORD if state >= WORD // 2 else state
