"""The order of a sweep: places, points, replicates, policies, and the name of every run in it.

A block is one economy, built and burnt in once, in which every policy of the plan is lived; a run
is one policy in one block. Nothing of the size of the sweep is held: the k-th block is made when
it is asked for. The identity of a run is a hash of all that decides its numbers and of nothing
else, so the same run has the same name in every plan that holds it.

A sweep may grow: replicates that are added later are a stage of their own behind all that stands,
so no run ever changes its place in the order.
"""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.design.points import Points
from experiments.design.seeds import own_seed, replicate_seed

IDENTITY_BYTES = 8
PLAIN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
"""Made once: a plan may have a million runs to name."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all runs of a place share.

    Attributes
    ----------
    name : str
        Of the place.
    policies : tuple of str
        Lived in every block, in this order.
    decides : mapping
        Plain data besides the point, the luck and the policy that decides a number: code,
        packages, digest of the scenario, what is compared with what, months, window, tiers.
    """

    name: str
    policies: tuple[str, ...]
    decides: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One policy in one block: its place in the plan's order, its identity, the policy's name."""

    index: int
    run: str
    policy: str


@dataclass(frozen=True, slots=True)
class Block:
    """One economy: the place, the point and the replicate, counted from 0, its seed, its runs."""

    index: int
    place: int
    point: int
    replicate: int
    seed: int
    runs: tuple[Run, ...]


class Blocks(Sequence[Block]):
    """All blocks of a plan, made one by one as they are asked for.

    Parameters
    ----------
    grounds : sequence of Ground
        The places.
    points : Points
        The design.
    stages : sequence of int
        Replicates at every point, in the lots in which they were asked for: of (4, 3) the first
        four of all places and points come first, then three more of all.
    seed : int
        Root of all luck.
    paired : bool
        Whether every place, point and policy meets the same luck. Otherwise each policy has a
        block, and a seed, of its own.
    drawn : bool
        Whether assumptions that the design does not name are drawn by replicate.
    """

    def __init__(
        self,
        grounds: Sequence[Ground],
        points: Points,
        *,
        stages: Sequence[int],
        seed: int,
        paired: bool = True,
        drawn: bool = False,
    ) -> None:
        self.grounds = tuple(grounds)
        self.points = points
        self.stages = tuple(stages)
        self.seed = seed
        self.paired = paired
        self.drawn = drawn
        runs = [len(points) * len(ground.policies) for ground in self.grounds]
        blocks = [len(points)] * len(runs) if paired else runs
        self._replicates_before = (0, *accumulate(self.stages))
        self._runs_before = (0, *accumulate(runs))  # of one replicate, by place
        self._blocks_before = (0, *accumulate(blocks))
        self._again = times_before(points)
        self._stem: tuple[tuple[int, int], bytes] = ((-1, -1), b"")

    @property
    def replicates(self) -> int:
        """How many there are at every point, of all stages."""
        return self._replicates_before[-1]

    @property
    def n_runs(self) -> int:
        """How many runs the plan holds."""
        return self.replicates * self._runs_before[-1]

    def __len__(self) -> int:
        return self.replicates * self._blocks_before[-1]

    def __iter__(self) -> Iterator[Block]:
        return map(self._block, range(len(self)))

    def __getitem__(self, k: Any) -> Any:
        if isinstance(k, slice):
            return [self._block(one) for one in range(*k.indices(len(self)))]
        if not -len(self) <= k < len(self):
            raise IndexError(f"block {k} of {len(self)}")
        return self._block(k % len(self))

    def block_of(self, run_index: int) -> int:
        """The index of the block that holds a run.

        Raises
        ------
        IndexError
            Where the plan has no such run.
        """
        if not 0 <= run_index < self.n_runs:
            raise IndexError(f"run {run_index} of {self.n_runs}")
        if not self.paired:
            return run_index
        stage, place, within = self._where(run_index, self._runs_before)
        first, _ = self._first_of(stage, place)
        return first + within // len(self.grounds[place].policies)

    def _where(self, index: int, before: Sequence[int]) -> tuple[int, int, int]:
        """The stage and the place of a block or a run, and how many come before it in both."""
        stage = bisect_right(self._replicates_before, index // before[-1]) - 1
        size = self.stages[stage]
        within = index - self._replicates_before[stage] * before[-1]
        place = bisect_right(before, within // size) - 1
        return stage, place, within - size * before[place]

    def _first_of(self, stage: int, place: int) -> tuple[int, int]:
        """The first block and the first run of a place in a stage."""
        earlier, size = self._replicates_before[stage], self.stages[stage]
        first_block, first_run = (
            earlier * before[-1] + size * before[place]
            for before in (self._blocks_before, self._runs_before)
        )
        return first_block, first_run

    def _block(self, k: int) -> Block:
        stage, place, within = self._where(k, self._blocks_before)
        policies = self.grounds[place].policies
        number = len(policies)
        _, first = self._first_of(stage, place)
        first += within * number if self.paired else within
        cell, chosen = (within, 0) if self.paired else divmod(within, number)
        point, replicate = divmod(cell, self.stages[stage])
        replicate += self._replicates_before[stage]
        if self.paired:
            lived, seed = policies, replicate_seed(self.seed, replicate)
        else:
            lived = policies[chosen : chosen + 1]
            where = (self.grounds[place].name, point, replicate, lived[0])
            seed = own_seed(self.seed, *where)
        stem = self._stem_of(place, point)
        runs = tuple(
            Run(first + number, identity(stem, seed, policy), policy)
            for number, policy in enumerate(lived)
        )
        return Block(k, place, point, replicate, seed, runs)

    def _stem_of(self, place: int, point: int) -> bytes:
        """Hash of what all runs at a point of a place share; the last one is remembered."""
        if self._stem[0] != (place, point):
            shared = {
                **self.grounds[place].decides,
                "others": "drawn" if self.drawn else "central",
                "values": self.points.values_at(point),
                "again": int(self._again[point]),
            }
            self._stem = (place, point), _hashed(shared)
        return self._stem[1]


def times_before(points: Points) -> NDArray[np.int32]:
    """How often the values of each point stand in the design before it.

    Trajectories may cross, and counted assumptions are rounded: a point that comes again is
    another run, since an analysis asks for both.

    Returns
    -------
    int32[n_points]
    """
    seen: Counter[bytes] = Counter()
    again = np.zeros(len(points), dtype=np.int32)
    for point, row in enumerate(np.ascontiguousarray(points.values)):
        key = blake2b(row.tobytes(), digest_size=16).digest()
        again[point] = seen[key]
        seen[key] += 1
    return again


def identity(stem: bytes, seed: int, policy: str) -> str:
    """The name of a run: 16 hexadecimal digits."""
    return _hashed({"stem": stem.hex(), "seed": seed, "policy": policy}).hex()


def _hashed(plain: Mapping[str, Any]) -> bytes:
    """Hash plain data, whatever the order of its keys."""
    return blake2b(PLAIN.encode(plain).encode(), digest_size=IDENTITY_BYTES).digest()
