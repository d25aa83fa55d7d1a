"""Jobs for tests: each command is lived at once, in this process, or held where a test wants it."""

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from experiments.cli.answers import answer
from experiments.runner.jobs import UnknownJobError


@dataclass
class LittleState:
    """How a job is."""

    status: str
    message: str = ""
    position: int = 0


@dataclass
class LittleJobs:
    """Live each command when it is submitted; with `hold` set, keep it as that.

    Attributes
    ----------
    hold : str
        A status that new jobs are given without being lived; empty for living them.
    asked : list of list of str
        Arguments of every job, as they came.
    """

    hold: str = ""
    message: str = ""
    asked: list[list[str]] = field(default_factory=list)
    states: dict[str, LittleState] = field(default_factory=dict)
    printed: dict[str, bytes] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)

    def submit(self, kind: str, arguments: Sequence[str], *, case: str, label: str) -> str:
        """Live a command."""
        assert kind, "a job has a kind"
        assert label, "a job has words"
        job = f"{case}-{len(self.asked)}"
        self.asked.append(list(arguments))
        if self.hold:
            position = 2 if self.hold == "queued" else 0
            self.states[job] = LittleState(self.hold, self.message, position)
            return job
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = answer(list(arguments))
        self.states[job] = LittleState("failed" if code else "finished", err.getvalue())
        self.printed[job] = out.getvalue().encode()
        return job

    def state(self, job: str) -> LittleState:
        """How a job is."""
        if job not in self.states:
            raise UnknownJobError(job)
        return self.states[job]

    def of_case(self, case: str, kind: str | None = None) -> list[LittleState]:
        """How every job of a case is; of what kind each was is not kept."""
        assert kind is None, "kinds are not kept"
        return [state for job, state in self.states.items() if job.startswith(f"{case}-")]

    def stop(self, job: str) -> None:
        """Stop a job."""
        self.stopped.append(job)
        self.states[job] = LittleState("stopped")

    def output(self, job: str) -> bytes:
        """What it printed."""
        return self.printed[job]

    def tend(self) -> list[str]:
        """Nothing waits for its turn."""
        return []
