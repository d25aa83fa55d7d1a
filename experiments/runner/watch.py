"""Watches the run in hand: one that takes too long or too much memory ends with its process.

A run cannot be broken off from inside: it may sit in compiled code. So a thread looks at the clock
and at the memory of the process, says its last words, and kills the process; where the run keeps
even that thread from working, the system's own alarm does, a little later. While the compiler is at
work the clock stands: how long that takes is no doing of the run.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

LOOK_SECONDS = 0.1
GRACE_SECONDS = 5.0
"""How much later than the thread the alarm is due."""
FIRST_SECONDS = 60.0
"""What the first run of a process gets on top: it loads compiled code."""
MB = 1 << 20
STATUS = Path("/proc/self/status")
CLEAR = Path("/proc/self/clear_refs")
RESET_PEAK = "5"
"""What Linux takes as the wish to measure the peak anew."""

LastWords = Callable[[str, str], None]
"""Is told what befell the run (`hung` or `memory`) and how much it was; then the process ends."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds by the clock, and the most memory of its process [MB]."""

    seconds: float
    peak_mb: float


class Watch:
    """The watch of one process.

    Parameters
    ----------
    seconds : float
        Longest life of a run; 0 sets no limit.
    memory_mb : int
        Most memory of the process [MB]; 0 sets no limit.
    last_words : callable
        See `LastWords`.
    """

    def __init__(self, seconds: float, memory_mb: int, last_words: LastWords) -> None:
        self.seconds = seconds
        self.memory_mb = memory_mb
        self.last_words = last_words
        self._most = seconds + FIRST_SECONDS
        self._began: float | None = None
        self._compiles = 0
        self._stood = 0.0
        self._lock = threading.Lock()
        self._over = threading.Event()
        from simulation.kernels.announcing import announce_compiling

        self._hear_no_more = announce_compiling(self._stand, self._go_on)
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    @contextmanager
    def over(self) -> Iterator[Callable[[], Cost]]:
        """Watch over one run; gives what tells its cost so far."""
        reset_peak()
        began = monotonic()
        with self._lock:
            self._began = began
        _alarm(self._most + GRACE_SECONDS if self.seconds else 0.0)
        try:
            yield lambda: Cost(monotonic() - began, peak_mb())
        finally:
            with self._lock:
                self._began = None
                self._most = self.seconds
            _alarm(0.0)

    def end(self) -> None:
        """Watch no longer."""
        if not self._over.is_set():
            self._over.set()
            self._hear_no_more()

    def _stand(self) -> None:
        """Stop the clock; kernels are compiled within each other."""
        with self._lock:
            self._compiles += 1
            if self._compiles == 1:
                self._stood = monotonic()
                _alarm(0.0)

    def _go_on(self) -> None:
        """Let the clock go on from where it stood."""
        with self._lock:
            self._compiles -= 1
            if self._compiles == 0 and self._began is not None:
                self._began += monotonic() - self._stood
                left = self._most + self._began - monotonic()
                _alarm(max(left, 0.0) + GRACE_SECONDS if self.seconds else 0.0)

    def _look(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            with self._lock:
                if self._began is not None:
                    now = self._stood if self._compiles else monotonic()
                    self._end_if_needed(now - self._began)

    def _end_if_needed(self, lived: float) -> None:
        held = resident_mb() if self.memory_mb else 0.0
        if self.seconds and lived > self._most:
            what, how = "hung", f"not done after {lived:.1f} s, {self._most:g} s at most"
        elif held > self.memory_mb:
            what, how = "memory", f"its process took {held:,.0f} MB, {self.memory_mb:,} MB at most"
        else:
            return
        try:
            self.last_words(what, how)
        finally:
            kill_self()


def kill_self() -> None:
    """End this process at once; nothing of it is tidied up."""
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _alarm(seconds: float) -> None:
    """Set the system's alarm, which ends the process; 0 takes it back."""
    if hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL:
        signal.setitimer(signal.ITIMER_REAL, seconds)


def resident_mb() -> float:
    """Memory that this process holds now [MB]; where the system does not tell, the most so far."""
    return _told("VmRSS") or _most_ever()


def peak_mb() -> float:
    """The most memory that this process held since `reset_peak`, or ever [MB]."""
    return round(_told("VmHWM") or _most_ever(), 1)


def reset_peak() -> None:
    """Measure the peak from now on, where the system can."""
    try:
        CLEAR.write_text(RESET_PEAK)
    except OSError:
        return


def _told(name: str) -> float:
    try:
        text = STATUS.read_text()
    except OSError:
        return 0.0
    _, found, rest = text.partition(f"{name}:")
    return int(rest.split(maxsplit=1)[0]) / 1024 if found else 0.0


def _most_ever() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / MB if sys.platform == "darwin" else most / 1024
