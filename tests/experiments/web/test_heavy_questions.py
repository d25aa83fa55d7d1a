"""Work beside the pages: done once, one at a time, kept, and told when it cannot be done."""

import threading

from experiments.web.heavy_questions import MOST_KEPT, HeavyQuestions


def test_a_thing_is_made_once_for_all_who_ask() -> None:
    """Who comes while it is made waits for the same."""
    made, gate, heavy = [], threading.Event(), HeavyQuestions()

    def make() -> int:
        gate.wait(10)
        made.append(1)
        return len(made)

    first = heavy.ask("meals", make, wait=0.0)
    assert not first.ready.is_set()
    gate.set()
    second = heavy.ask("meals", make, wait=10)

    assert second is first
    assert second.value == 1
    assert made == [1]


def test_what_cannot_be_made_says_why() -> None:
    """The fault is kept as the answer."""

    def make() -> None:
        raise ValueError("no such month")

    answer = HeavyQuestions().ask("wages", make, wait=10)

    assert isinstance(answer.fault, ValueError)


def test_the_oldest_things_are_forgotten() -> None:
    """Memory is bounded."""
    heavy = HeavyQuestions()
    for k in range(MOST_KEPT + 10):
        heavy.ask(k, lambda: None, wait=10)

    assert len(heavy._answers) <= MOST_KEPT + 1
