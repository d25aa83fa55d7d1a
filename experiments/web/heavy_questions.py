"""Work that takes longer than a page may: done once, beside the pages, and kept while it is true.

A page asks for a thing by a key that changes with all that it depends on. What is not ready within
a moment is said to be under way, and the page offers to look again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

SHORT = 0.6
"""How long a page waits for what is not ready [s]."""
MOST_KEPT = 64
MOST_WAITING = 8
"""Things that may be under way or wait; who asks for more is told to come back."""


@dataclass(slots=True)
class HeavyAnswer:
    """A thing that was asked for.

    Attributes
    ----------
    ready : threading.Event
        Set once it is made, or cannot be.
    value : any
        What was made.
    fault : Exception or None
        Why it cannot be made.
    """

    ready: threading.Event = field(default_factory=threading.Event)
    value: Any = None
    fault: Exception | None = None


class BusyError(Exception):
    """Raised when too much is under way already."""

    def __init__(self) -> None:
        super().__init__("Much is being computed here at the moment. Look again in a minute.")


class HeavyQuestions:
    """What is being made, and what has been.

    One thing is made at a time, so that the pages stay quick.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._answers: OrderedDict[Hashable, HeavyAnswer] = OrderedDict()

    def ask(self, key: Hashable, make: Callable[[], Any], wait: float = SHORT) -> HeavyAnswer:
        """Ask for a thing, and wait a moment for it.

        Parameters
        ----------
        key : hashable
            All that it depends on.
        make : callable
            Makes it; called in a thread of its own, once for each key.
        wait : float
            How long to wait [s].

        Returns
        -------
        HeavyAnswer
            May still be under way.

        Raises
        ------
        BusyError
            When too many are.
        """
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                waiting = sum(not one.ready.is_set() for one in self._answers.values())
                if waiting >= MOST_WAITING:
                    raise BusyError
                answer = self._answers[key] = HeavyAnswer()
                self._forget()
                threading.Thread(target=self._work_out, args=(answer, make), daemon=True).start()
            self._answers.move_to_end(key)
        answer.ready.wait(wait)
        return answer

    def _work_out(self, answer: HeavyAnswer, make: Callable[[], Any]) -> None:
        with self._one_at_a_time:
            try:
                answer.value = make()
            except Exception as fault:  # whatever it is, who asked is told
                answer.fault = fault
            finally:
                answer.ready.set()

    def _forget(self) -> None:
        """Let go of the oldest that are ready."""
        for key in list(self._answers):
            if len(self._answers) <= MOST_KEPT:
                return
            if self._answers[key].ready.is_set():
                del self._answers[key]
