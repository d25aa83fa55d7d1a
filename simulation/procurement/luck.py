"""The luck of one tender: the same firm meets the same luck under every way of buying.

Draws are keyed by (seed, tender, purpose, firm, month); see `simulation.streams`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from simulation import streams
from simulation.procurement.arrangements import Float64, Int64
from simulation.procurement.errors import MixedLuckError
from simulation.procurement.markets import Luck


@dataclass(frozen=True, slots=True)
class KeyedLuck:
    """Counter-based draws of one tender or arrangement in one month; make it with `luck_of`."""

    key: int
    tender: int
    month: int

    def uniform(self, purpose: int, uids: Int64) -> Float64:
        """Draw one number in (0, 1) for each uid."""
        return streams.uniform(self.key, purpose, uids, self.month)

    def shared(self, purpose: int) -> float:
        """Draw one number in (0, 1) for the tender as a whole."""
        return streams.one(self.key, purpose, self.tender, self.month)


def luck_of(seed: int, tender: int, month: int) -> KeyedLuck:
    """Give a tender its luck in a month.

    Parameters
    ----------
    seed : int
        The replicate's seed.
    tender : int
        The stable number of the need (made without the regime).
    month : int
        Month of the story.

    Returns
    -------
    KeyedLuck
    """
    return KeyedLuck(_key_of(seed, tender), tender, month)


def draw_each(lucks: Sequence[Luck], purpose: int, uids: Int64, begins: Int64) -> Float64:
    """Draw one number in (0, 1) for each firm, under the luck of the tender that it stands in.

    Parameters
    ----------
    lucks : sequence of Luck
        Of m tenders; those of `luck_of` in one month are drawn in one pass.
    purpose : int
    uids : int64[n]
        Firms of all tenders, end to end.
    begins : int64[m + 1]
        Tender i has the firms `begins[i] : begins[i + 1]`.

    Returns
    -------
    float64[n]
        What each tender's own `uniform` would give.
    """
    if _shared_month(lucks) is not None:
        keys, month = keys_and_month(lucks)
        return streams.uniform_runs(keys, begins, purpose, uids, month)
    ends = zip(lucks, begins[:-1].tolist(), begins[1:].tolist(), strict=True)
    parts = [luck.uniform(purpose, uids[begin:end]) for luck, begin, end in ends]
    return np.concatenate([np.zeros(0), *parts])


def draw_shared(lucks: Sequence[Luck], purpose: int) -> Float64:
    """Draw one number in (0, 1) for each tender as a whole: what its own `shared` would give."""
    drawn: Float64 = draw_shared_by(lucks, (purpose,))[0]
    return drawn


def draw_shared_by(lucks: Sequence[Luck], purposes: Sequence[int]) -> Float64:
    """Draw as `draw_shared` does for several purposes: float64[n_purposes, m]."""
    month = _shared_month(lucks)
    if month is not None:
        keyed = [(luck.key, luck.tender) for luck in lucks if isinstance(luck, KeyedLuck)]
        keys, tenders = np.array(keyed).T
        return np.array([streams.uniform_each(keys, one, tenders, month) for one in purposes])
    return np.array([[luck.shared(one) for luck in lucks] for one in purposes])


def keys_and_month(lucks: Sequence[Luck]) -> tuple[Int64, int]:
    """Return the keys of tenders whose luck is that of `luck_of` in one month, and the month.

    Raises
    ------
    MixedLuckError
        Where some luck is of another kind or of another month.
    """
    month, keyed = _shared_month(lucks), [luck for luck in lucks if isinstance(luck, KeyedLuck)]
    if month is None:
        raise MixedLuckError(len(lucks), len(keyed))
    return np.array([luck.key for luck in keyed], dtype=np.int64), month


def _shared_month(lucks: Sequence[Luck]) -> int | None:
    """Return the month that tenders of keyed luck share, None where there is no such month."""
    months = {luck.month if isinstance(luck, KeyedLuck) else None for luck in lucks}
    return months.pop() if len(months) == 1 else None


@lru_cache(maxsize=16384)
def _key_of(seed: int, tender: int) -> int:
    return streams.key(seed, "tender", tender)


@dataclass(slots=True)
class SharedLuck:
    """Draws for the places of many arrangements in one month, made for all of them at once.

    Attributes
    ----------
    seed, month : int
    tender, uid : int64[n]
        Of each place.
    """

    seed: int
    month: int
    tender: Int64
    uid: Int64
    _drawn: dict[int, Float64] = field(default_factory=dict)
    _keys: Int64 | None = None

    def draws(self, purpose: int) -> Float64:
        """Return every place's draw for a purpose: float64[n]."""
        if purpose not in self._drawn:
            self._drawn[purpose] = self.uniform(purpose, self.uid)
        return self._drawn[purpose]

    def uniform(self, purpose: int, uids: Int64) -> Float64:
        """Draw one number in (0, 1) for each place; see `Luck`."""
        if self._keys is None:
            self._keys = streams.keys((self.seed, "tender"), self.tender)
        return streams.uniform_each(self._keys, purpose, uids, self.month)

    def of(self, tender: int, rows: slice) -> "PlaceLuck":
        """Return the luck of the arrangement that holds some rows; the same as `luck_of`."""
        return PlaceLuck(self, tender, rows, self.uid[rows])


@dataclass(frozen=True, slots=True)
class PlaceLuck:
    """The luck of one arrangement among many; its own places' draws are read, others made."""

    shared_luck: SharedLuck
    tender: int
    rows: slice
    uid: Int64

    def uniform(self, purpose: int, uids: Int64) -> Float64:
        """Draw one number in (0, 1) for each uid."""
        if uids is self.uid:
            return self.shared_luck.draws(purpose)[self.rows]
        return self._keyed().uniform(purpose, uids)

    def shared(self, purpose: int) -> float:
        """Draw one number in (0, 1) for the arrangement as a whole."""
        return self._keyed().shared(purpose)

    def _keyed(self) -> KeyedLuck:
        return luck_of(self.shared_luck.seed, self.tender, self.shared_luck.month)
