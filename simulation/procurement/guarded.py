"""Ways of buying from outside, held to their word: every hook of theirs is watched as it answers.

A fault in such code is neither ours nor the scenario's. So it ends in one sentence: which file and
line, which hook, what it did and what is wanted. What it prints goes to stderr, since stdout is for
results.
"""

import ast
import dis
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import cached_property
from importlib.abc import InspectLoader
from inspect import isfunction, signature
from types import CodeType, new_class
from typing import Any

from simulation.procurement.answers import UnfitError, anything
from simulation.procurement.errors import HookError
from simulation.procurement.interface import Bids, Market, Regime
from simulation.procurement.outcome_answers import ANSWERS

HOUSE = "simulation"
"""Classes of this package are not watched."""
LOOKING = frozenset(("marks", "padded", "shares"))
"""Hooks that look at columns which the house goes on to use."""
READ = (property, cached_property)
"""Hooks that are read and not called."""


def guarded(regime: type[Regime]) -> type[Regime]:
    """Return a way of buying whose own hooks are watched, in all else the same.

    Parameters
    ----------
    regime : subclass of Regime
        Complete; it is left as it is.

    Returns
    -------
    subclass of `regime`
        Of the same name and module.
    """
    outside = [one for one in regime.__mro__ if one is not object and not _of_house(one)]
    files = frozenset(filter(None, (_file_of(one) for one in outside)))
    house = next(one for one in regime.__mro__ if issubclass(one, Regime) and _of_house(one))
    written: dict[str, tuple[type, Any]] = {}
    for one in reversed(outside):
        written |= {name: (one, own) for name, own in vars(one).items()}
    body: dict[str, Any] = {"__module__": regime.__module__, "__qualname__": regime.__qualname__}
    body |= {"__doc__": regime.__doc__}
    watched: list[_Hook] = []
    for name, (home, own) in written.items():
        usual = getattr(house, name, None) if name != "__init__" else Regime.__init__
        if isinstance(vars(Regime).get(name), classmethod):
            hook = _Hook(name, home, own, usual, files)
            body[name] = classmethod(hook.method())
        elif isfunction(usual):
            hook = _Hook(name, home, own, usual, files)
            body[name] = hook.method()
        elif isinstance(usual, READ):
            hook = _Hook(name, home, own, None, files)
            body[name] = _Read(hook)
        else:
            continue
        watched.append(hook)
    made: type[Regime] = new_class(
        regime.__name__, (regime,), exec_body=lambda space: space.update(body)
    )
    for hook in watched:
        hook.owner = made
    return made


def _of_house(one: type) -> bool:
    return one.__module__.partition(".")[0] in (HOUSE, "abc", "builtins", "typing")


def _said(fault: BaseException) -> str:
    """Return kind and words of a fault, in one line; its words may be at fault themselves."""
    try:
        words = " ".join(str(fault).split())
    except Exception:
        words = ""
    return f"{type(fault).__name__}: {words}" if words else type(fault).__name__


def _read_only(given: Any) -> Any:
    """Return columns that cannot be written to, of a Market or of Bids; all else as it is."""
    if not isinstance(given, Market | Bids):
        return given
    columns = [one.view() for one in given]
    for one in columns:
        one.setflags(write=False)
    return type(given)._make(columns)


def _file_of(one: type) -> str | None:
    spec = getattr(sys.modules.get(one.__module__), "__spec__", None)
    return None if spec is None else spec.origin


def _written_at(one: type, name: str) -> str:
    """Return file and line of an attribute of a class that is no code, as its source has it."""
    module = sys.modules[one.__module__]
    loader = getattr(module.__spec__, "loader", None)
    source = loader.get_source(one.__module__) if isinstance(loader, InspectLoader) else None
    for there in ast.walk(ast.parse(source or "")):
        if isinstance(there, ast.ClassDef) and there.name == one.__name__:
            for line in there.body:
                named = {at.id for at in ast.walk(line) if isinstance(at, ast.Name)}
                if isinstance(line, ast.Assign | ast.AnnAssign) and name in named:
                    return f"{_file_of(one)}:{line.lineno}"
            return f"{_file_of(one)}:{there.lineno}"
    return str(_file_of(one))


class _Hook:
    """One hook as somebody wrote it in the class `home`, `usual` being the house's.

    `owner` is the watching class.
    """

    def __init__(
        self,
        name: str,
        home: type,
        own: Any,
        usual: Callable[..., Any] | None,
        files: frozenset[str],
    ) -> None:
        self.name = name
        self.home = home
        self.files = files
        self.owner: type = object
        names = signature(usual).parameters if usual is not None else ()
        self.given = tuple(one for one in names if one != "self")
        self.answer = ANSWERS.get(name, anything)
        inner = getattr(own, "fget", None) or getattr(own, "func", None) or own
        inner = getattr(inner, "__func__", inner)
        self.code: CodeType | None = getattr(inner, "__code__", None)

    def method(self) -> Callable[..., Any]:
        """Return a method that asks the hook and looks at what it answers."""

        def ask(regime: Any, *given: Any, **named: Any) -> Any:
            if self.name in LOOKING:
                given = tuple(_read_only(one) for one in given)

            def call() -> Any:
                done = getattr(super(self.owner, regime), self.name)(*given, **named)
                if self.name == "__init__" and not hasattr(regime, "_values"):
                    wanted = "super().__init__(parameters, assumptions) in it"
                    raise UnfitError("without its parameters", wanted)
                return done

            return self.ask(regime, call, dict(zip(self.given, given, strict=False)) | named)

        ask.__name__ = self.name
        return ask

    def ask(self, regime: Any, call: Callable[[], Any], given: Mapping[str, Any]) -> Any:
        """Return what the hook answers, in the form in which it is used.

        Raises
        ------
        HookError
            Where it stops, or answers what it may not.
        """
        try:
            with redirect_stdout(sys.stderr):
                value = call()
                return self.answer(given, value)
        except (HookError, KeyboardInterrupt, MemoryError):
            raise
        except UnfitError as fault:
            self.refuse(regime, self.line(), f"returned {fault.found}", fault.wanted, fault)
        except BaseException as fault:
            why = f"stopped with {_said(fault)}"
            self.refuse(regime, self.line_of(fault), why, self.wanted(given), fault)

    def refuse(
        self, regime: Any, place: str, found: str, wanted: str, fault: BaseException
    ) -> None:
        """Raise the error."""
        raise HookError(place, regime.name, self.name, found, wanted) from fault

    def wanted(self, given: Mapping[str, Any]) -> str:
        """Say what the hook is to return, by showing it nothing of the kind."""
        try:
            self.answer(given, object())
        except UnfitError as fault:
            return fault.wanted
        except Exception:  # what it was given is faulty, too
            return "an answer"
        return "an answer"

    def line(self) -> str:
        """Return file and line of the only `return` of the hook, else of its first line."""
        if self.code is None:
            return _written_at(self.home, self.name)
        ends = {
            one.positions.lineno
            for one in dis.get_instructions(self.code)
            if one.opname.startswith("RETURN_") and one.positions is not None
        } - {None}
        line = ends.pop() if len(ends) == 1 else self.code.co_firstlineno
        return f"{self.code.co_filename}:{line}"

    def line_of(self, fault: BaseException) -> str:
        """Return file and line of the last statement of the user's code before a fault."""
        known = self.files | ({self.code.co_filename} if self.code is not None else set())
        frames = [one for one in traceback.extract_tb(fault.__traceback__) if one.filename in known]
        return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else self.line()


class _Read:
    """A hook that is read; what a cached property has kept is read without asking again."""

    def __init__(self, hook: _Hook) -> None:
        self.hook = hook

    def __get__(self, regime: Any, owner: type | None = None) -> Any:
        if regime is None:
            return self
        name = self.hook.name
        return self.hook.ask(regime, lambda: getattr(super(self.hook.owner, regime), name), {})
