"""Ways of buying from outside the package: in a file that a scenario names, or in another package.

Such code is run to see what it offers; what does not fit the house is told and left out. Packages
announce theirs by entry points (Python Packaging User Guide, *Entry points specification*).
"""

import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from functools import cache, lru_cache
from importlib.abc import SourceLoader
from importlib.metadata import EntryPoint, entry_points
from importlib.util import module_from_spec, spec_from_loader
from inspect import isabstract
from re import fullmatch
from types import ModuleType
from typing import Any, Final, NamedTuple

from scenarios.assumptions import Entry, register
from scenarios.regime_files import RegimeFile
from scenarios.tables import categories
from scenarios.vocabulary import OwnerKind
from simulation.procurement.guarded import guarded
from simulation.procurement.interface import Form, Regime, Route
from simulation.procurement.options import OPTIONS

GROUP: Final = "poundflow.regimes"
"""Entry points of this group are ways of buying; each is called as the way of buying is."""

PLAIN: Final = {
    "family": (str, "text"),
    "form": (Form, "a `Form`"),
    "by_area": (bool, "true or false"),
    "competes": (bool, "true or false"),
    "divides": (bool, "true or false"),
    "settles": (bool, "true or false"),
    "folds": (bool, "true or false"),
    "founds": (OwnerKind | None, "an `OwnerKind`, or None"),
}
"""What the plain attributes of a class may be."""
LISTS: Final = ("lawful", "categories", "parameters", "opened_routes")


class Misfit(NamedTuple):
    """Why a way of buying from outside cannot be used: what was found, wanted, and what next."""

    found: str
    wanted: str
    hint: str = ""

    def __str__(self) -> str:
        return f"found {self.found}; wanted {self.wanted}. {self.hint}".rstrip()


class Found(NamedTuple):
    """What a file offers: ways of buying that fit, what does not, and the names of all of them."""

    regimes: tuple[type[Regime], ...]
    misfits: tuple[Misfit, ...]
    names: tuple[str, ...] = ()


class Packaged(NamedTuple):
    """What installed packages offer, by name; `origins` name the package and its version."""

    regimes: Mapping[str, type[Regime]]
    origins: Mapping[str, str]
    misfits: Mapping[str, tuple[Misfit, ...]]


@lru_cache(maxsize=64)
def regimes_in(file: RegimeFile) -> Found:
    """Run a file of code and take its ways of buying; the same text is run once in a process.

    Parameters
    ----------
    file : RegimeFile

    Returns
    -------
    Found
        Every subclass of `Regime` with a name of its own that the file defines.
    """
    name = f"poundflow_regime_file_{file.digest[:16]}"
    try:
        with redirect_stdout(sys.stderr):
            module = _run(name, file)
    except (Exception, SystemExit) as fault:
        sys.modules.pop(name, None)
        line = _line_of(fault, file.path)
        place = f"line {line}" if line else "its import"
        why = f"{type(fault).__name__}: {_message(fault)}"
        misfit = Misfit(f"a file that stops at {place} ({why})", "a file that runs to its end")
        return Found((), (misfit,))
    classes = dict.fromkeys(thing for thing in vars(module).values() if isinstance(thing, type))
    own = [one for one in classes if issubclass(one, Regime) and one.__module__ == name]
    named = [one for one in own if vars(one).get("name")]
    if not named:
        hint = 'Write class Mine(Regime) with name = "mine"; see docs/own_regime.md.'
        none = Misfit("no way of buying", "a subclass of Regime with a `name` of its own", hint)
        return Found((), (none,))
    names = [one.name for one in named]
    misfits, fits = [], []
    for one in named:
        wrong = list(misfits_of(one))
        if names.count(one.name) > 1:
            wrong.append(Misfit(f"the name {one.name!r} of `{one.__name__}` and others", "its own"))
        watched = None if wrong else _watched(one)
        if isinstance(watched, Misfit):
            wrong.append(watched)
        elif watched is not None:
            fits.append(watched)
        misfits += wrong
    return Found(tuple(fits), tuple(misfits), tuple(dict.fromkeys(names)))


class _Text(SourceLoader):
    """Loads a module from a text at hand, as if it stood in its file."""

    def __init__(self, file: RegimeFile) -> None:
        self.file = file

    def get_filename(self, fullname: str) -> str:
        return self.file.path

    def get_data(self, path: Any) -> bytes:
        return self.file.text.encode()


def _run(name: str, file: RegimeFile) -> ModuleType:
    loader = _Text(file)
    spec = spec_from_loader(name, loader, origin=file.path)
    if spec is None:
        raise ImportError(f"no module can be made of {file.path}")
    module = module_from_spec(spec)
    sys.modules[name] = module
    loader.exec_module(module)
    return module


def _line_of(fault: BaseException, path: str) -> int | None:
    """Return the last line of a file that ran before a fault."""
    if isinstance(fault, SyntaxError) and fault.filename == path:
        return fault.lineno
    frames = traceback.extract_tb(fault.__traceback__)
    return next((one.lineno for one in reversed(frames) if one.filename == path), None)


def _message(fault: BaseException) -> str:
    """Return what a fault says, in one line."""
    said = fault.msg if isinstance(fault, SyntaxError) else str(fault)
    return " ".join(said.split()) or "no reason given"


@cache
def packaged(reserved: frozenset[str]) -> Packaged:
    """Take the ways of buying that installed packages announce; once in a process.

    Parameters
    ----------
    reserved : frozenset of str
        Names that they may not use.
    """
    regimes: dict[str, type[Regime]] = {}
    origins: dict[str, str] = {}
    misfits: dict[str, tuple[Misfit, ...]] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)):
        origin = f"{point.dist.name} {point.dist.version}" if point.dist else point.value
        loaded = _load(point)
        wrong = [loaded] if isinstance(loaded, Misfit) else list(_misfits_at(point, loaded))
        if not wrong:
            loaded = _watched(loaded)
            wrong = [loaded] if isinstance(loaded, Misfit) else []
        if point.name in reserved or point.name in regimes:
            wrong.append(taken(point.name))
        if wrong:
            misfits[point.name] = (*misfits.get(point.name, ()), *wrong)
        elif not isinstance(loaded, Misfit):
            regimes[point.name] = loaded
        origins.setdefault(point.name, origin)
    return Packaged(regimes, origins, misfits)


def _watched(regime: type[Regime]) -> type[Regime] | Misfit:
    """Put a class under watch; it may refuse to be subclassed."""
    try:
        return guarded(regime)
    except Exception as fault:
        why = f"{type(fault).__name__}: {_message(fault)}"
        return Misfit(f"`{regime.__name__}`, which cannot be subclassed ({why})", "a plain class")


def _load(point: EntryPoint) -> Any:
    try:
        with redirect_stdout(sys.stderr):
            return point.load()
    except (Exception, SystemExit) as fault:
        why = f"{type(fault).__name__}: {_message(fault)}"
        return Misfit(f"`{point.value}`, which does not load ({why})", "a class that can be loaded")


def _misfits_at(point: EntryPoint, loaded: Any) -> Iterator[Misfit]:
    if not (isinstance(loaded, type) and issubclass(loaded, Regime)):
        yield Misfit(f"`{point.value}`, which is no way of buying", "a subclass of Regime")
        return
    if loaded.name != point.name:
        wanted = "an entry point called as its way of buying"
        yield Misfit(f"`{point.name}` for the way of buying `{loaded.name}`", wanted)
    yield from misfits_of(loaded)


def taken(name: str) -> Misfit:
    """Say that a name belongs to another way of buying."""
    return Misfit(f"the name `{name}`", "one that is not taken", "Give it another name.")


def misfits_of(regime: type[Regime]) -> Iterator[Misfit]:
    """Say what keeps a class from being a way of buying of the house.

    Parameters
    ----------
    regime : subclass of Regime

    Yields
    ------
    Misfit
    """
    name, kind = regime.name, f"`{regime.__name__}`"
    if not isinstance(name, str) or not fullmatch(r"[a-z][a-z0-9_]*", name) or name[-1] == "_":
        yield Misfit(f"{kind} with the name {name!r}", "lower-case words joined by underscores")
        return
    if any(entry.startswith(f"{name}.") for entry in register()):
        yield Misfit(f"the name `{name}`", "one that no entry of the register begins with")
    if isabstract(regime):
        missing = ", ".join(f"`{one}`" for one in sorted(regime.__abstractmethods__))
        yield Misfit(f"{kind} without {missing}", "a class with every hook that a regime must have")
    for key in ("title", "summary"):
        if not isinstance(getattr(regime, key), str) or not getattr(regime, key).strip():
            yield Misfit(f"{kind} without a {key}", f"a {key} in words that an officer can read")
    for key, (kind_of, words) in PLAIN.items():
        if not isinstance(getattr(regime, key), kind_of):
            yield Misfit(f"{kind} with `{key}` = {getattr(regime, key)!r}", words)
    for key in LISTS:
        if not isinstance(getattr(regime, key), tuple | list):
            found = f"{kind} with `{key}` that is one thing and no list"
            yield Misfit(found, "a tuple, with a comma after its only member: (x,)")
    if regime.option not in OPTIONS:
        yield Misfit(f"{kind} as the option {regime.option!r}", f"one of {', '.join(OPTIONS)}")
    known = {category.id for category in categories()}
    for category in _listed(regime.categories):
        if category not in known:
            yield Misfit(f"{kind} for the category {category!r}", "a spending category")
    for route in (*_listed(regime.lawful), *_listed(regime.opened_routes)):
        if not isinstance(route, Route):
            yield Misfit(f"{kind} with the legal route {route!r}", "a `Route`")
    yield from _misfits_of_parameters(regime)


def _misfits_of_parameters(regime: type[Regime]) -> Iterator[Misfit]:
    name, seen = regime.name, set[str]()
    for entry in _listed(regime.parameters):
        if not isinstance(entry, Entry):
            yield Misfit(f"the parameter {entry!r} of `{name}`", "an `Entry`")
        elif not fullmatch(rf"{name}\.[a-z0-9_]+", entry.name):
            short = entry.name.rpartition(".")[2]
            yield Misfit(
                f"the parameter `{entry.name}` of `{name}`",
                "a name that begins with that of its way of buying",
                f"Call it `{name}.{short}`.",
            )
        elif entry.name in seen:
            yield Misfit(f"the parameter `{entry.name}` a second time", "each parameter once")
        else:
            seen.add(entry.name)


def _listed(value: Any) -> tuple[Any, ...]:
    """Return the members of a list; what is none counts as its own only member."""
    return tuple(value) if isinstance(value, tuple | list) else (value,)
