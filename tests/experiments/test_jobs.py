"""Long work outlives the server that asked for it, is never done twice, and says what became of it.

The commands are tiny ones of `little_keeper.py`.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.runner import job_files, job_start
from experiments.runner.job_files import Asked, Started
from experiments.runner.jobs import Jobs, JobState, UnknownJobError
from experiments.runner.processes import Identity, end, identity, interrupt, lives
from tests.experiments.pressed import ROOT, SLOWEST, on_unix

LITTLE = Path(__file__).with_name("little_keeper.py")
ENDS = ("finished", "failed", "stopped", "died")

pytestmark = on_unix


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    """A queue of tiny commands; what still runs at the end is ended."""
    monkeypatch.setattr(job_start, "KEEPER", (sys.executable, "-P", str(LITTLE)))
    queue = Jobs(tmp_path / "jobs")
    yield queue
    for one in queue.of_case("case"):
        queue.stop(one.job)
    for folder in (tmp_path / "jobs").iterdir():
        started = job_files.read(Started, folder) if folder.is_dir() else None
        if started is not None:
            end(Identity(started.command, started.command_born))


def asked(jobs: Jobs, *arguments: str, kind: str = "look", grace: float = 20.0) -> str:
    """Submit a job."""
    return jobs.submit(kind, arguments, case="case", label="A look", grace=grace)


def awaited(jobs: Jobs, job: str, wanted: Callable[[JobState], bool]) -> JobState:
    """Wait until a job stands as wanted."""
    deadline = time.monotonic() + SLOWEST
    while not wanted(found := jobs.state(job)):
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found


def ended(jobs: Jobs, job: str) -> JobState:
    """Wait for the end of a job."""
    return awaited(jobs, job, lambda state: state.status in ENDS)


def begun(jobs: Jobs, job: str, mark: Path) -> int:
    """Wait until a sleeping command has written its number; return that."""
    awaited(jobs, job, lambda _: mark.exists() and mark.read_text().endswith("\n"))
    return int(mark.read_text().split()[-1])


def keeper_of(jobs: Jobs, job: str) -> Started:
    """Who keeps a job, and who carries it out."""
    awaited(jobs, job, lambda _: _started(jobs, job).keeper > 0)
    return _started(jobs, job)


def _started(jobs: Jobs, job: str) -> Started:
    found = job_files.read(Started, jobs.folder / job)
    assert found is not None
    return found


def test_a_job_ends_and_hands_over_what_it_printed(jobs: Jobs) -> None:
    """What it was given reaches it as it stands: no shell reads it."""
    job = asked(jobs, "say", "$HOME; `ls` 'and' \"so\" on")

    found = ended(jobs, job)

    assert (found.status, found.code, found.message) == ("finished", 0, "It is finished.")
    assert jobs.output(job) == b"$HOME; `ls` 'and' \"so\" on\n"
    assert found.started is not None
    assert found.ended is not None
    assert found.submitted <= found.started <= found.ended
    assert [one.job for one in jobs.of_case("case", "look")] == [job]
    assert jobs.of_case("case", "other") == jobs.of_case("elsewhere") == []


def test_a_job_that_fails_says_why_in_its_own_words(jobs: Jobs) -> None:
    """Its code is kept, and signs that steer a terminal are left out of its words."""
    found = ended(jobs, asked(jobs, "leave", "2"))

    assert (found.status, found.code) == ("failed", 2)
    assert found.message == "half a line, then a reason"


def test_what_no_process_can_be_given_is_a_failure_told(jobs: Jobs) -> None:
    """An argument with a null letter starts nothing."""
    found = ended(jobs, asked(jobs, "say", "a\0b"))

    assert found.status == "failed"
    assert "could not be started" in found.message


def test_jobs_wait_for_their_turn_in_order(jobs: Jobs, tmp_path: Path) -> None:
    """One runs; those after it know how many are before them; who leaves the queue makes room."""
    first, second, third = (
        asked(jobs, "sleep", str(tmp_path / "first")),
        asked(jobs, "say", "second"),
        asked(jobs, "say", "third"),
    )

    states = [jobs.state(job) for job in (first, second, third)]
    assert [one.status for one in states] == ["running", "queued", "queued"]
    assert [one.position for one in states] == [0, 0, 1]
    assert states[1].message == "It starts next."
    assert states[2].message == "It waits for its turn: one job is before it."
    jobs.stop(second)
    assert jobs.state(second).status == "stopped"
    assert jobs.state(third).position == 0

    begun(jobs, first, tmp_path / "first")
    jobs.stop(first)
    assert ended(jobs, first).status == "stopped"
    assert ended(jobs, third).status == "finished"
    assert jobs.output(second) == b""


def test_as_many_run_at_once_as_are_allowed(jobs: Jobs, tmp_path: Path) -> None:
    """Two places, three jobs: one waits."""
    two = Jobs(jobs.folder, at_once=2)

    names = [asked(two, "sleep", str(tmp_path / "mark")) for _ in range(3)]

    assert [two.state(one).status for one in names] == ["running", "running", "queued"]


def test_what_is_done_soon_does_not_wait_for_what_takes_long(jobs: Jobs, tmp_path: Path) -> None:
    """A file is read while a comparison runs; the next comparison waits."""
    words = ["sleep", str(tmp_path / "first")]
    first = jobs.submit("compare", words, case="c", label="x")
    second = jobs.submit("compare", ["say", "second"], case="c", label="x")
    third = jobs.submit("import", ["say", "third"], case="c", label="x")

    assert ended(jobs, third).status == "finished"
    assert jobs.state(first).status == "running"
    assert (jobs.state(second).status, jobs.state(second).position) == ("queued", 0)
    assert jobs.load() == 2

    begun(jobs, first, tmp_path / "first")
    jobs.stop(first)
    assert ended(jobs, second).status == "finished"


def test_a_stopped_job_goes_on_as_the_next_try(jobs: Jobs, tmp_path: Path) -> None:
    """Stop is Ctrl+C to the command; going on gives the same command once more."""
    mark = tmp_path / "mark"
    job = asked(jobs, "sleep", str(mark))
    first = begun(jobs, job, mark)

    jobs.stop(job)
    assert jobs.state(job).stopping
    found = ended(jobs, job)
    assert (found.status, found.code, found.attempt) == ("stopped", 130, 1)
    assert found.message == "You stopped it. Press “Go on” to start it again."

    jobs.resume(job)
    awaited(jobs, job, lambda state: len(mark.read_text().split()) == 2)
    assert jobs.state(job).status == "running"
    assert jobs.state(job).attempt == 2
    assert begun(jobs, job, mark) != first
    jobs.resume(job)
    assert jobs.state(job).attempt == 2, "a job that runs is not put into the queue again"


def test_a_command_that_does_not_heed_is_ended_after_its_grace(jobs: Jobs, tmp_path: Path) -> None:
    """It was still the user who stopped it."""
    job = asked(jobs, "stubborn", str(tmp_path / "mark"), grace=0.3)
    begun(jobs, job, tmp_path / "mark")

    jobs.stop(job)

    found = ended(jobs, job)
    assert (found.status, found.code) == ("stopped", -signal.SIGKILL)


def test_a_command_that_is_killed_is_said_to_have_been(jobs: Jobs, tmp_path: Path) -> None:
    """The computer did it, as it does to who takes all memory."""
    job = asked(jobs, "sleep", str(tmp_path / "mark"))

    os.kill(begun(jobs, job, tmp_path / "mark"), signal.SIGKILL)

    found = ended(jobs, job)
    assert found.status == "died"
    assert found.message.startswith("The computer stopped it; it may have run out of memory.")


def test_a_job_whose_processes_are_all_killed_died(jobs: Jobs, tmp_path: Path) -> None:
    """Nobody is left to say how it ended, so the lock says that it did; then the next has room."""
    job = asked(jobs, "sleep", str(tmp_path / "mark"))
    started = keeper_of(jobs, job)
    following = asked(jobs, "say", "next")

    os.kill(started.keeper, signal.SIGKILL)
    os.kill(started.command, signal.SIGKILL)

    found = ended(jobs, job)
    assert (found.status, found.code) == ("died", None)
    assert found.message.startswith("The computer stopped it, or was switched off.")
    assert ended(jobs, following).status == "finished"


def test_a_command_outlives_its_keeper_and_can_still_be_stopped(jobs: Jobs, tmp_path: Path) -> None:
    """It runs on, holds its place in the queue, and heeds a wish to stop."""
    job = asked(jobs, "sleep", str(tmp_path / "mark"))
    begun(jobs, job, tmp_path / "mark")
    started = keeper_of(jobs, job)

    os.kill(started.keeper, signal.SIGKILL)
    awaited(jobs, job, lambda _: not lives(Identity(started.keeper, started.keeper_born)))
    assert jobs.state(job).status == "running"

    jobs.stop(job)
    assert ended(jobs, job).status == "stopped"
    assert not lives(Identity(started.command, started.command_born))


def test_an_orphan_that_does_not_heed_is_ended_after_its_grace(jobs: Jobs, tmp_path: Path) -> None:
    """The queue itself does what its keeper would have done."""
    job = asked(jobs, "stubborn", str(tmp_path / "mark"), grace=0.3)
    begun(jobs, job, tmp_path / "mark")
    os.kill(keeper_of(jobs, job).keeper, signal.SIGKILL)

    jobs.stop(job)

    assert ended(jobs, job).status == "stopped"


def test_a_keeper_that_the_system_ends_passes_the_wish_on(jobs: Jobs, tmp_path: Path) -> None:
    """As when the computer is switched off: it was not the user."""
    job = asked(jobs, "sleep", str(tmp_path / "mark"))
    begun(jobs, job, tmp_path / "mark")

    os.kill(keeper_of(jobs, job).keeper, signal.SIGTERM)

    assert ended(jobs, job).message.startswith("The computer stopped it, as it does before")


def test_what_prints_without_end_is_ended(jobs: Jobs) -> None:
    """A disk is not filled by words."""
    found = ended(jobs, asked(jobs, "much"))

    assert (found.status, found.message) == ("failed", "It printed more than 4 MiB, and was ended.")
    assert len(jobs.output(found.job)) <= 16 << 20


def test_a_new_server_finds_what_an_earlier_one_left(jobs: Jobs, tmp_path: Path) -> None:
    """Running jobs run on, waiting ones start in turn, none is started twice."""
    mark = tmp_path / "mark"
    first, second = asked(jobs, "sleep", str(mark)), asked(jobs, "say", "second")
    begun(jobs, first, mark)

    later = Jobs(jobs.folder)
    later.tend()
    assert [later.state(one).status for one in (first, second)] == ["running", "queued"]
    later.stop(first)

    assert ended(later, first).status == ended(jobs, first).status == "stopped"
    assert ended(jobs, second).status == "finished"
    assert len(mark.read_text().split()) == 1


def test_many_servers_at_once_start_each_job_once(jobs: Jobs, tmp_path: Path) -> None:
    """Eight look after one folder at the same time; every mark is written once."""
    servers = [Jobs(jobs.folder, at_once=3) for _ in range(8)]
    marks = [tmp_path / f"mark-{number}" for number in range(3)]
    for number, mark in enumerate(marks):
        folder = jobs.folder / f"{number:016x}"
        folder.mkdir(parents=True)
        job_files.write(
            folder, Asked(folder.name, "look", "case", "x", ("sleep", str(mark)), number, number)
        )

    with ThreadPoolExecutor(8) as threads:
        for _ in range(5):
            list(threads.map(Jobs.tend, servers))

    for number, mark in enumerate(marks):
        begun(jobs, f"{number:016x}", mark)
    assert [len(mark.read_text().split()) for mark in marks] == [1, 1, 1]


def test_the_job_lives_on_when_its_server_is_killed(jobs: Jobs, tmp_path: Path) -> None:
    """SIGKILL to the whole group of the server does not reach it."""
    mark = tmp_path / "mark"
    words = (
        "import sys, time; from pathlib import Path; from experiments.runner import job_start; "
        "from experiments.runner.jobs import Jobs; "
        f"job_start.KEEPER = ({sys.executable!r}, '-P', {str(LITTLE)!r}); "
        f"jobs = Jobs(Path({str(jobs.folder)!r})); "
        f"print(jobs.submit('look', ['sleep', {str(mark)!r}], case='case', label='x'), flush=True);"
        "time.sleep(60)"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", words],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert server.stdout is not None
    job = server.stdout.readline().strip()

    os.killpg(server.pid, signal.SIGKILL)
    server.communicate()

    begun(jobs, job, mark)
    assert jobs.state(job).status == "running"
    jobs.stop(job)
    assert ended(jobs, job).status == "stopped"


def test_a_stranger_with_the_number_of_a_dead_process_is_left_alone(tmp_path: Path) -> None:
    """A number is given again; the moment of birth is not."""
    stranger = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
    who = identity(stranger.pid)

    earlier = replace(who, born=who.born - 100.0)
    interrupt(earlier)
    end(earlier)

    assert lives(who)
    assert not lives(earlier)
    assert not lives(Identity(0, 0.0))
    end(who)
    assert stranger.wait() == -signal.SIGKILL
    assert not lives(who)


def test_a_job_sees_little_of_its_surroundings(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password of the server is not among it."""
    monkeypatch.setenv("POUNDFLOW_PASSWORD", "secret")
    monkeypatch.setenv("AWS_SECRET", "secret")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "there")

    job = asked(jobs, "env")
    ended(jobs, job)

    seen = jobs.output(job).decode().split()
    assert {"PATH", "NUMBA_CACHE_DIR", "PYTHONPATH"} <= set(seen)
    assert not [name for name in seen if "SECRET" in name or "PASSWORD" in name]


@pytest.mark.parametrize("name", ["", "..", "0" * 16, "../" + "0" * 16, "0" * 15 + "g"])
def test_what_is_no_job_is_refused(jobs: Jobs, name: str) -> None:
    """Nothing that a user types becomes a path."""
    asked(jobs, "say", "x")

    for ask in (jobs.state, jobs.stop, jobs.resume, jobs.output):
        with pytest.raises(UnknownJobError):
            ask(name)


def test_a_damaged_file_of_one_job_harms_no_other(jobs: Jobs) -> None:
    """It is as if it were not there."""
    job, other = asked(jobs, "say", "x"), asked(jobs, "say", "y")
    ended(jobs, other)

    (jobs.folder / job / Asked.FILE).write_bytes(b"{")

    assert [one.job for one in Jobs(jobs.folder).of_case("case")] == [other]
