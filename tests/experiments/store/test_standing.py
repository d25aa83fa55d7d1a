"""How far a sweep is: each run of the plan is done, failed, in hand or missing, counted once."""

from pathlib import Path

from experiments.store.attempts import Event, Try
from experiments.store.standing import Failure, standing
from tests.experiments.store.swept import add, identity, swept


def tried(index: int, number: int = 1) -> Try:
    """A try of a made-up run."""
    return Try(identity(index), index, 1000, number)


def test_each_run_of_the_plan_is_counted_once(tmp_path: Path) -> None:
    """A run on the disk is done, whatever became of its tries; one that hung twice has failed."""
    store = swept(tmp_path, range(30))
    log = store.attempts
    ends = ((tried(3), Event.DIED), (tried(3, 2), Event.DONE), (tried(4), Event.HUNG))
    for one, event in ends:
        log.begin(one)
        log.end(one, event)
    for number in (1, 2):
        log.begin(tried(31, number))
        log.end(tried(31, number), Event.HUNG)
    log.begin(tried(32))

    found = standing(tmp_path)

    assert (found.planned, found.done, found.failed, found.under_way, found.missing) == (
        40, 30, 1, 0, 9,
    )  # fmt: skip
    assert (found.tries, found.interrupted) == (6, 1)
    assert found.failures == (Failure("hung", None, 1, identity(31)),)


def test_failures_are_told_by_reason(tmp_path: Path) -> None:
    """The most frequent reason first, with a run to look at."""
    log = swept(tmp_path).attempts
    for index, error in ((1, "no bread"), (2, "no milk"), (3, "no milk")):
        log.begin(tried(index))
        log.end(tried(index), Event.FAILED, error=error)

    found = standing(tmp_path).failures

    assert found == (
        Failure("failed", "no milk", 2, identity(2)),
        Failure("failed", "no bread", 1, identity(1)),
    )


def test_what_is_in_hand_is_under_way_while_the_sweep_works(tmp_path: Path) -> None:
    """Begun, or finished and not yet on the disk: under way, not lost."""
    store = swept(tmp_path, range(2))
    store.attempts.begin(tried(5))
    store.attempts.begin(tried(6))
    store.attempts.end(tried(6), Event.DONE, wall=1.0)

    with store.lock("1/2"):
        working = standing(tmp_path)
    after = standing(tmp_path)

    assert (working.under_way, working.missing, working.interrupted) == (2, 36, 0)
    assert (after.under_way, after.missing, after.interrupted) == (0, 38, 1)


def test_what_is_not_read_is_counted(tmp_path: Path) -> None:
    """Copies, torn parts and leftovers are no runs, and are told."""
    store = swept(tmp_path, range(4))
    add(store, range(2))
    add(store, range(8, 10))
    torn = sorted((tmp_path / "runs").iterdir())[-1]
    torn.write_bytes(b"PAR1")
    (tmp_path / "results" / ".x.parquet.7.aside").write_bytes(b"half")

    found = standing(tmp_path)

    assert (found.done, found.copies, found.torn, found.leftovers) == (4, 2, 1, 1)
    assert found.size_bytes > 0
    assert found.as_dict()["done"] == 4
