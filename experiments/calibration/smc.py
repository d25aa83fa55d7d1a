"""Approximate Bayesian computation by sequential Monte Carlo, through pyABC.

The only module that knows pyABC; it is imported by `session` when it is needed. Particles are
points of the unit cube, on which the prior is uniform: whoever asks turns them into values by
quantiles. Method: Toni and Stumpf (2010), as pyABC has it: each generation perturbs the last one by
a normal kernel and accepts below a threshold, the median distance of the last one, down to 1.

Every proposal has a seed of its own, a keyed hash of (seed, generation, number), and the first
proposals by number that fit make up a generation. So neither workers nor stops change what is
accepted, and nothing has to be remembered of the random numbers.
"""

import errno
import logging
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyabc
from pyabc.epsilon import Epsilon
from pyabc.sampler import Sampler
from pyabc.weighted_statistics import weighted_quantile
from sqlalchemy.exc import OperationalError

from experiments.calibration.searching import WITHIN, Asked, Generation, Live, Point, Population
from experiments.design.seeds import keyed_word
from experiments.store.aside import refusal

logging.getLogger("ABC").setLevel(logging.CRITICAL)

FIRST = sys.float_info.max
"""Threshold of the first generation: all that has a distance."""

DISTANCE = "distance"
SEED_BITS = 32


class _NotLivedError(Exception):
    """Raised inside a proposal whose point has no distance yet."""

    def __init__(self, point: Point) -> None:
        super().__init__("not lived yet")
        self.point = point


class _Known:
    """The model as pyABC sees it: distances that are known already."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.distances: dict[Point, float] = {}

    def __call__(self, parameters: Mapping[str, float]) -> dict[str, float]:
        point = tuple(float(parameters[name]) for name in self.names)
        if point not in self.distances:
            raise _NotLivedError(point)
        return {DISTANCE: self.distances[point]}


class _Falling(Epsilon):
    """The median of the last generation's distances, never below `WITHIN`."""

    def __init__(self) -> None:
        super().__init__()
        self._at = {0: FIRST}
        self.told: Callable[[], None] = lambda: None

    def __call__(self, t: int) -> float:
        return self._at[t]

    def initialize(self, t: int, get_weighted_distances: Any, *_: Any, **__: Any) -> None:
        """Go on after the last generation in the history, if there is one."""
        if t:
            self._fall(t, get_weighted_distances)

    def update(self, t: int, get_weighted_distances: Any, *_: Any, **__: Any) -> None:
        """Fall after a generation, and tell that it is finished."""
        self._fall(t, get_weighted_distances)
        self.told()

    def _fall(self, t: int, get_weighted_distances: Any) -> None:
        known = get_weighted_distances()
        weights = known["w"].to_numpy(dtype=float)
        points = known["distance"].to_numpy(dtype=float)
        median = weighted_quantile(points=points, weights=weights / weights.sum(), alpha=0.5)
        self._at[t] = max(WITHIN, float(median))


class _InOrder(Sampler):
    """Takes the first proposals, by number, that are accepted; lives them in batches."""

    def __init__(self, known: _Known, asked: Asked, live: Live) -> None:
        super().__init__()
        self.known = known
        self.asked = asked
        self.live = live

    def sample_until_n_accepted(
        self, n: int, simulate_one: Callable[[], Any], t: int, **more: Any
    ) -> Any:
        most = more.get("max_eval", math.inf)
        sample = self._create_empty_sample()
        number = 0
        while sample.n_accepted < n and number < most:
            many = int(min(max(n - sample.n_accepted, self.asked.side_by_side), most - number))
            for particle in self._lived(simulate_one, t, number, many):
                sample.append(particle)
                number += 1
                if sample.n_accepted == n:
                    break
        self.nr_evaluations_ = number
        sample.ok = bool(sample.n_accepted == n)
        return sample

    def _lived(
        self, simulate_one: Callable[[], Any], t: int, first: int, many: int
    ) -> Iterator[Any]:
        seeds = [
            keyed_word("poundflow proposal", self.asked.seed, t, first + k) for k in range(many)
        ]
        needed: dict[Point, None] = {}
        for seed in seeds:
            try:
                _seeded(seed, simulate_one)
            except _NotLivedError as fault:
                needed[fault.point] = None
        points = list(needed)
        self.known.distances.update(zip(points, self.live(points), strict=True))
        for seed in seeds:
            yield _seeded(seed, simulate_one)


def _seeded(word: int, simulate_one: Callable[[], Any]) -> Any:
    """Make a proposal with random numbers of its own; pyABC takes numpy's global ones."""
    np.random.seed(word >> (64 - SEED_BITS))  # noqa: NPY002
    return simulate_one()


def search(
    asked: Asked, live: Live, file: Path, told: Callable[[Generation], None]
) -> Population | None:
    """Search, or go on with a search.

    Parameters
    ----------
    asked : Asked
    live : callable
        See `Live`; may raise to stop, then all finished generations are kept.
    file : Path
        Where pyABC keeps finished generations (SQLite); made where it is missing.
    told : callable
        Is told of each generation that finishes.

    Returns
    -------
    Population or None
        The last generation that was finished; None where there is none.

    Raises
    ------
    DiskFullError, FolderUnwritableError
        When a generation cannot be kept; those before it are.
    """
    names = [f"number_{k:04d}" for k in range(asked.dimensions)]
    known, falling = _Known(names), _Falling()
    with _own_random_numbers():
        smc = pyabc.ABCSMC(
            models=known,
            parameter_priors=pyabc.Distribution(
                **{name: pyabc.RV("uniform", 0.0, 1.0) for name in names}
            ),
            distance_function=_distance,
            population_size=asked.population,
            eps=falling,
            sampler=_InOrder(known, asked, live),
        )
        history = _history(smc, file)
        done = _generations(history)
        left = asked.most_generations - len(done)
        if left > 0 and not (done and done[-1].threshold <= WITHIN):
            falling.told = lambda: told(_generations(history)[-1])
            with _refusals(file):
                smc.run(
                    minimum_epsilon=WITHIN,
                    max_nr_populations=left,
                    min_acceptance_rate=asked.least_accepted,
                )
    if not history.n_populations:
        return None
    points, weights = history.get_distribution(m=0)
    return Population(
        _generations(history), points[names].to_numpy(dtype=np.float64), np.asarray(weights)
    )


def _distance(reached: Mapping[str, Any], _: object) -> float:
    return float(reached[DISTANCE])


def _history(smc: Any, file: Path) -> Any:
    """Take a search up; one that was stopped before its first generation is begun anew."""
    address = f"sqlite:///{file}"
    if file.exists():
        history = pyabc.History(address)
        if history.id is not None and history.n_populations:
            return smc.load(address, history.id, {DISTANCE: 0.0})
        file.unlink()
    return smc.new(address, {DISTANCE: 0.0})


def _generations(history: Any) -> tuple[Generation, ...]:
    told = history.get_all_populations()
    rows = zip(told["t"], told["epsilon"], told["samples"], strict=True)
    return tuple(Generation(int(t), float(e), int(many)) for t, e, many in rows if t >= 0)


@contextmanager
def _refusals(file: Path) -> Iterator[None]:
    """Take what the database says of a disk for what it means to whoever gave the folder."""
    try:
        yield
    except OperationalError as fault:
        why = str(fault.orig)
        code = errno.ENOSPC if "full" in why else errno.EIO
        raise refusal(OSError(code, why), file, 0) from fault


@contextmanager
def _own_random_numbers() -> Iterator[None]:
    """Give numpy's global random numbers back as they were."""
    kept = np.random.get_state()  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(kept)  # noqa: NPY002
