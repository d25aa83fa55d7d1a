"""Every future has its own luck, and every policy meets the same luck in it.

The seed of replicate r is a keyed hash of (seed, r) and of nothing else: adding a policy, a
replicate or a worker changes no one's luck (common random numbers; Law and Kelton 2000, ch. 11).
"""

from hashlib import blake2b

_WORD_BYTES = 8
_SEED_BITS = 53


def keyed_word(purpose: str, *parts: int | str) -> int:
    """A 64-bit word that depends on the purpose and the parts, the same on every machine."""
    text = "\x1f".join(str(part) for part in parts)
    digest = blake2b(text.encode(), digest_size=_WORD_BYTES, key=purpose.encode())
    return int.from_bytes(digest.digest(), "little")


def keyed_uniform(purpose: str, *parts: int | str) -> float:
    """A uniform number in the open interval (0, 1), keyed like `keyed_word`."""
    return ((keyed_word(purpose, *parts) >> 12) + 0.5) / 2.0**52


def replicate_seed(seed: int, replicate: int) -> int:
    """The seed of replicate `replicate`, counted from 0.

    It has 53 bits, so that it survives a JSON reader that knows floating point numbers only.
    """
    return keyed_word("poundflow replicate", seed, replicate) >> (64 - _SEED_BITS)


def own_seed(seed: int, place: str, point: int, replicate: int, policy: str) -> int:
    """The seed of a run that shares its luck with no other; as wide as `replicate_seed`."""
    return keyed_word("poundflow own luck", seed, place, point, replicate, policy) >> (
        64 - _SEED_BITS
    )
