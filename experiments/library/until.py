"""A sweep with `until`: lives replicates until luck leaves a difference as narrow as wished.

A round lives what the folder asks for, and asks `compare` how many replicates it takes. What a
round adds is a stage of the folder, so a session that is killed is gone on with like any other.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Any

from experiments.analysis.narrowing import Width, replicates_next, wider, widths
from experiments.library.swept import AnalyseError, read_swept, with_baseline
from experiments.library.until_wishes import UntilError, Wishes
from experiments.runner.progress import Bounds, Progress
from experiments.runner.session import Ended
from experiments.store.relations import open_store


@dataclass(frozen=True, slots=True)
class Round:
    """What one round found: replicates at every point, and how wide luck leaves each policy."""

    replicates: int
    widths: tuple[Width, ...]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """How a sweep that was to narrow luck ended.

    Attributes
    ----------
    ended : Ended
        The last session; runs and seconds are those of all.
    rounds : tuple of Round
        Empty where the session ended before the plan was lived.
    whole : bool
        Whether it came to its own end: nothing due is left, and no bound of the session cut it.
    """

    ended: Ended
    rounds: tuple[Round, ...] = ()
    whole: bool = False

    @property
    def wider(self) -> list[Width]:
        """Policies that are wider than wished."""
        return wider(self.rounds[-1].widths) if self.rounds else []

    @property
    def holds(self) -> bool:
        """Whether all are as narrow as wished."""
        return bool(self.rounds) and not self.wider

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for a JSON document."""
        return {
            "holds": self.holds,
            "rounds": [asdict(one) for one in self.rounds],
            "wider": [asdict(one) for one in self.wider],
        }


@dataclass(slots=True)
class Narrowing:
    """A sweep on its way to a wished half-width.

    Parameters
    ----------
    folder : Path
    wishes : Wishes
    live : callable
        Lives what is due with at least so many replicates, within bounds; whether it is the first
        session is told, too.
    bounds : Bounds
        Of all rounds together.
    told : callable
        Is told after a round how many replicates there are, how many there are to be, and why.
    """

    folder: Path
    wishes: Wishes
    live: Callable[[int, Bounds, bool], Ended]
    bounds: Bounds
    told: Callable[[int, int, Sequence[Width]], object]
    _rounds: list[Round] = field(default_factory=list)
    _so_far: Ended | None = None
    _began: float = field(default_factory=monotonic)

    def run(self) -> Narrowed:
        """Live and ask until all hold, or nothing more may be lived.

        Raises
        ------
        UntilError
            When a measure has no number to narrow.
        """
        wanted: int | None = 0
        while wanted is not None:
            ended = self._together(self.live(wanted, self._bounds_left(), not self._rounds))
            if ended.progress.left or not ended.progress.done:
                return Narrowed(ended, tuple(self._rounds))
            have = sum(ended.stages)
            asked = ask(self.folder, self.wishes)
            self._rounds.append(Round(have, tuple(asked)))
            wanted = replicates_next(have, asked, self.wishes.most)
            if wanted is not None and self._is_over():
                return Narrowed(ended, tuple(self._rounds))
            if wanted is not None:
                self.told(have, wanted, asked)
        return Narrowed(ended, tuple(self._rounds), whole=True)

    def _together(self, ended: Ended) -> Ended:
        """A session as one with those before it: the runs that all have lived, and the time."""
        before, last = self._so_far, ended.progress
        lived = last.lived + (before.progress.lived if before else 0)
        progress = Progress(last.runs, last.done, last.failed, monotonic() - self._began, lived)
        failures = (before.failures if before else ()) + ended.failures
        self._so_far = replace(ended, progress=progress, failures=failures)
        return self._so_far

    def _bounds_left(self) -> Bounds:
        runs, seconds = self.bounds.runs, self.bounds.seconds
        lived = self._so_far.progress.lived if self._so_far else 0
        return Bounds(
            None if runs is None else runs - lived,
            None if seconds is None else seconds - (monotonic() - self._began),
        )

    def _is_over(self) -> bool:
        left = self._bounds_left()
        return (left.runs is not None and left.runs <= 0) or (
            left.seconds is not None and left.seconds <= 0.0
        )


def ask(folder: Path, wishes: Wishes) -> list[Width]:
    """Ask a folder what `compare` asks: how wide luck leaves every policy, over all futures.

    Raises
    ------
    UntilError
        When a measure has no number of the baseline, or of no other policy.
    """
    found: list[Width] = []
    with open_store(folder) as store:
        swept = read_swept(store)
        for measure, wished in wishes.half_widths.items():
            try:
                futures = with_baseline(swept, swept.futures(measure, None))
            except AnalyseError as refusal:
                raise UntilError(f"--until {measure}={wished:g}: {refusal}") from None
            some = widths(futures, swept.baseline, wished, shared=swept.paired)
            if not some:
                why = "; ".join(dict.fromkeys(futures.left.policies.values()))
                raise UntilError(
                    f"--until {measure}={wished:g}: no policy beside the baseline has a number "
                    f"({why}). Ask for another measure."
                )
            found.extend(some)
    return found
