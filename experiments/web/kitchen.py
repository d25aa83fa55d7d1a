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
class Dish:
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


class Kitchen:
    """What is being made, and what has been.

    One thing is made at a time, so that the pages stay quick.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stove = threading.Lock()
        self._dishes: OrderedDict[Hashable, Dish] = OrderedDict()

    def ask(self, key: Hashable, make: Callable[[], Any], wait: float = SHORT) -> Dish:
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
        Dish
            May still be under way.

        Raises
        ------
        BusyError
            When too many are.
        """
        with self._lock:
            dish = self._dishes.get(key)
            if dish is None:
                waiting = sum(not one.ready.is_set() for one in self._dishes.values())
                if waiting >= MOST_WAITING:
                    raise BusyError
                dish = self._dishes[key] = Dish()
                self._forget()
                threading.Thread(target=self._cook, args=(dish, make), daemon=True).start()
            self._dishes.move_to_end(key)
        dish.ready.wait(wait)
        return dish

    def _cook(self, dish: Dish, make: Callable[[], Any]) -> None:
        with self._stove:
            try:
                dish.value = make()
            except Exception as fault:  # whatever it is, who asked is told
                dish.fault = fault
            finally:
                dish.ready.set()

    def _forget(self) -> None:
        """Let go of the oldest that are ready."""
        for key in list(self._dishes):
            if len(self._dishes) <= MOST_KEPT:
                return
            if self._dishes[key].ready.is_set():
                del self._dishes[key]
