"""A process that has read in everything once, and tries each mutant in a child of its own.

To start Python, numpy and pytest anew for each mutant would take most of the time. Hence two kinds:

- *hot*, `pytest -p tests.mutation.warm TESTS`: the tests are collected once; a child then changes
  the body of a function where it stands in memory, and runs some of them;
- *fresh*, `python -m tests.mutation.warm MODULES`: only modules that are not the project's are
  read in; a child reads the project from a changed file, as a command would. Slower, but also for
  what runs when a file is imported.

Both read one request a line from one file and answer on another (numbers in `PIPES`). Needs fork.
"""

import gc
import importlib
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import _lru_cache_wrapper
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NoReturn

import pytest
from hypothesis import Phase, settings

PIPES = "MUTATION_PIPES"
MEMORY = 12 * 2**30
"""Bytes that a child may ask for: a mutant that eats memory is killed by that."""

GREEN, RED, IMPORTLESS, ENDLESS = "green", "red", "not imported", "did not end"
COLD, DIED, UNRUN = "cold", "died", "not run"
"""How a request ends. Cold: the change is not in the body of a function that the process holds."""

Request = dict[str, Any]
Answer = dict[str, Any]
Say = Callable[[Answer], None]
Name = tuple[str, int, str]


class Seen:
    """A plugin that keeps the first failure, and ends the run when its seconds are spent."""

    def __init__(self, budget: float, say: Say) -> None:
        self.killer, self.why, self.ran, self.cut = "", "", 0, False
        self._budget, self._say, self._began = budget, say, 0.0

    def pytest_configure(self) -> None:
        """Let no random test look for the smallest example: one that fails is enough."""
        settle()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Tell which test runs, for whoever has to stop it."""
        self._began = self._began or time.process_time()
        self._say({"running": nodeid})

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the first failure of a test or of its fixtures."""
        if report.failed and not self.killer:
            self.killer, self.why = report.nodeid, _line(report.longreprtext)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep the first file that could not be imported."""
        if report.failed and not self.why:
            self.why = _line(report.longreprtext)

    def is_over(self) -> bool:
        """Whether a test failed or the seconds are spent."""
        self.ran += 1
        self.cut = not self.killer and time.process_time() - self._began > self._budget
        return self.cut or bool(self.killer)

    def answer(self, outcome: str) -> Answer:
        """Tell how it ended."""
        return {
            "outcome": outcome, "killer": self.killer, "why": self.why, "ran": self.ran,
            "cut": self.cut,
        }  # fmt: skip


class Stopping:
    """A plugin that ends a session of its own where `Seen` says that it is over."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Look after each test."""
        done = yield
        if self._seen.is_over():
            item.session.shouldstop = "enough was seen"
        return done


def settle() -> None:
    """Load the profile of random tests that looks for no smaller example."""
    profile = settings(settings(), phases=(Phase.explicit, Phase.generate))
    settings.register_profile("mutation", profile)
    settings.load_profile("mutation")


def _line(text: str) -> str:
    errors = [line for line in text.splitlines() if line.startswith("E ")]
    return (errors or text.splitlines() or [""])[0][:160]


# ------------------------------------------------------------------------------------- children


def serve(do: Callable[[Request, Say], Answer]) -> NoReturn:
    """Answer each request from a child that is forked for it, until there are no more.

    There is a process for each pair of pipes, forked from the one that read in everything.
    """
    gc.collect()
    gc.freeze()
    pairs = [one.split(",") for one in os.environ[PIPES].split(";")]
    for told, answers in pairs:
        if (told, answers) == tuple(pairs[-1]) or os.fork() == 0:
            with os.fdopen(int(told), "r") as requests, os.fdopen(int(answers), "w") as out:
                out.write("ready\n")
                out.flush()
                for line in requests:
                    answer = _in_child(do, json.loads(line))
                    out.write(json.dumps(answer) + "\n")
                    out.flush()
            os._exit(0)
    raise ValueError(f"{PIPES} names no pipes: start this from `tests.mutation.trial`")


def _in_child(do: Callable[[Request, Say], Answer], request: Request) -> Answer:
    """Fork, and keep what the child says until it is done or stopped; the last word counts."""
    reading, writing = os.pipe()
    rooms = tempfile.mkdtemp(prefix="mutant-")
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.environ["PYTEST_DEBUG_TEMPROOT"] = rooms

        def say(answer: Answer) -> None:
            os.write(writing, json.dumps(answer).encode() + b"\n")

        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (request["seconds"], request["seconds"] + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            say(do(request, say))
        except BaseException as error:
            say({"outcome": UNRUN, "why": repr(error)[:160]})
        os._exit(0)
    os.close(writing)
    told, ends = b"", time.monotonic() + request["patience"]
    while select.select([reading], [], [], max(0.0, ends - time.monotonic()))[0]:
        part = os.read(reading, 65536)
        if not part:
            break
        told += part
    os.close(reading)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    shutil.rmtree(rooms, ignore_errors=True)
    answer = {"killer": "", "why": "", "ran": 0, "cut": False, "used": used.ru_utime}
    for line in told.splitlines():
        answer |= json.loads(line)
    if "outcome" not in answer:
        answer["why"] = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else ""
        slow = answer["why"] in {"SIGXCPU", "SIGKILL"}
        answer |= {"outcome": ENDLESS if slow else DIED, "killer": answer.get("running", "")}
    return answer


# ---------------------------------------------------------------------------------------- hot


def pytest_configure() -> None:
    """Look for no smaller example of a failure."""
    settle()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Serve requests instead of running what was collected."""
    if PIPES not in os.environ:
        return
    by_name: dict[str, list[pytest.Item]] = {}
    for item in session.items:
        by_name.setdefault(item.nodeid, []).append(item)
        by_name.setdefault(item.nodeid.partition("::")[0], []).append(item)
    for kept in gc.get_objects():
        if isinstance(kept, _lru_cache_wrapper):
            kept.cache_clear()
    functions = _functions()

    def do(request: Request, say: Say) -> Answer:
        seen = Seen(request["budget"], say)
        change, skipped = request["change"], set(request["skipped"])
        if change and not changed(functions, change["path"], change["before"], change["after"]):
            return seen.answer(COLD)
        items = [item for name in request["tests"] for item in by_name.get(name, ())]
        items = [item for item in items if item.nodeid not in skipped]
        session.config.pluginmanager.register(seen)
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if seen.is_over():
                break
        return seen.answer(RED if seen.killer else GREEN)

    serve(do)


def _functions() -> dict[Name, list[FunctionType]]:
    """Every function of the simulation that this process holds, by file, line and name."""
    found: dict[Name, list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType):
            path = os.path.realpath(one.__code__.co_filename)
            if f"{os.sep}simulation{os.sep}" in path:
                name = (path, one.__code__.co_firstlineno, one.__code__.co_qualname)
                found.setdefault(name, []).append(one)
    return found


def changed(functions: dict[Name, list[FunctionType]], path: str, before: str, after: str) -> bool:
    """Give the functions of a file the bodies of its changed text; False where that is not all.

    The file is named from where this process runs.

    A changed function that nobody holds is made by another, whose body is changed with it.
    """
    old, new = (compile(text, path, "exec", dont_inherit=True) for text in (before, after))
    pairs = list(zip(_codes(old), _codes(new), strict=False))
    if [_name(was) for was, _ in pairs] != [_name(now) for now in _codes(new)]:
        return False
    many, done = Counter(_name(now) for _, now in pairs), 0
    for was, now in pairs:
        name = _name(now)
        held = functions.get((os.path.realpath(path), *name), [])
        if not now.co_flags & CO_OPTIMIZED:
            if _own(was) != _own(now):
                return False
        elif not _same(was, now):
            within = "<locals>" in now.co_qualname
            fits = all(one.__code__.co_freevars == now.co_freevars for one in held)
            if not (held or within) or (held and many[name] > 1) or not fits:
                return False
            for one in held:
                one.__code__ = now
                done += 1
    return done > 0


def _name(code: CodeType) -> tuple[int, str]:
    return code.co_firstlineno, code.co_qualname


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)


def _own(code: CodeType) -> tuple[Any, ...]:
    """Tell what a piece of code does itself, apart from the functions that it makes."""
    told = tuple(None if isinstance(one, CodeType) else repr(one) for one in code.co_consts)
    return code.co_code, told, code.co_names, code.co_varnames


def _same(was: CodeType, now: CodeType) -> bool:
    """Whether neither the code nor anything in it was changed."""
    return [_own(one) for one in _codes(was)] == [_own(one) for one in _codes(now)]


# -------------------------------------------------------------------------------------- fresh


def afresh(request: Request, say: Say) -> Answer:
    """Run tests as a command would, on the project as it lies in the folder."""
    seen = Seen(request["budget"], say)
    words = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", *request["words"]]
    words += [f"--deselect={name}" for name in request["skipped"]]
    words += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    code = int(pytest.main([*words, *request["tests"]], plugins=[seen, Stopping(seen)]))
    if seen.killer:
        return seen.answer(RED)
    if code == 0 or seen.cut:
        return seen.answer(GREEN)
    outcome = IMPORTLESS if seen.why else UNRUN
    seen.why = seen.why or f"code {code}"
    return seen.answer(outcome)


def outside() -> list[str]:
    """Names of the modules that this process holds and that are not the project's."""
    ours = {"simulation", "scenarios", "experiments", "tests", "__main__"}
    return sorted(name for name in sys.modules if name.partition(".")[0] not in ours)


if __name__ == "__main__":
    for name in json.loads(Path(sys.argv[1]).read_text("utf-8")):
        with suppress(Exception):
            importlib.import_module(name)
    serve(afresh)
