"""Takes times by this process's clock of the processor, which other jobs cannot steal from.

One thread's processor time and the time on the wall are two clocks, and no ratio mixes them.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

Clock = Callable[[], float]


def processor_seconds(act: Callable[[], Any]) -> float:
    """Return the processor time that one call takes [s]."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def median_seconds(act: Callable[[], Any], repeats: int, warm_up: int = 1) -> float:
    """Return the median processor time of some calls, those of the warm-up left out [s].

    Parameters
    ----------
    act : callable
    repeats : int
        Calls that count.
    warm_up : int
        Calls before, which compile and fill caches.
    """
    for _ in range(warm_up):
        act()
    return statistics.median(processor_seconds(act) for _ in range(repeats))


class Meter:
    """Adds up the time spent in some methods of an object.

    Parameters
    ----------
    target : object
        Its methods are wrapped for as long as it lives.
    methods : tuple of str
    clock : callable
        Tells the time [s]; by default that of this process's processor.
    """

    def __init__(
        self, target: Any, methods: tuple[str, ...], clock: Clock = time.process_time
    ) -> None:
        self.seconds, self._clock = 0.0, clock
        for name in methods:
            setattr(target, name, self._metered(getattr(target, name)))

    def _metered(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*words: Any, **named: Any) -> Any:
            begun = self._clock()
            try:
                return method(*words, **named)
            finally:
                self.seconds += self._clock() - begun

        return timed

    def read(self) -> float:
        """Return the seconds since the last reading, and begin anew."""
        seconds, self.seconds = self.seconds, 0.0
        return seconds
