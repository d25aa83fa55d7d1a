"""From a file to a scenario: the first syntax fault, or every content fault at once.

`read_scenario` is what most callers want. Whoever has more to check than the file alone can tell
(the registry of ways of buying, for one) takes a `Draft`, adds its own faults, and raises all of
them as one error.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from scenarios import shelf
from scenarios.checks import relation_problems
from scenarios.errors import Fault, ScenarioError, in_order
from scenarios.filling import fill
from scenarios.locate import Positions, dotted
from scenarios.named_technology import KEY as TECHNOLOGY
from scenarios.named_technology import read_technology_file
from scenarios.origin import Origin
from scenarios.overrides import Override, RefusedOverride, normalised
from scenarios.regime_files import KEY as REGIMES
from scenarios.regime_files import RegimeFile, read_regime_files
from scenarios.spec.explain import content_problems, show
from scenarios.spec.scenario import SCHEMA_VERSION, Scenario
from scenarios.technology_file import TechnologyFile
from scenarios.text import parse, plain_lines, read_text

KnownExtra = Callable[[Sequence[RegimeFile]], Iterable[str]]


@dataclass(frozen=True)
class Draft:
    """A scenario as read, with the faults found so far.

    Attributes
    ----------
    origin : Origin
        File, text and data; makes faults with their place.
    overrides, refused : tuple
        What `--set` changed, and what it could not.
    faults : tuple of Fault
        Every content fault, in order of place.
    regime_files : tuple of RegimeFile
        Files of code that the scenario names, as read; nothing has run them.
    technology_file : TechnologyFile or None
        The technology that the scenario names as a file, as read.
    """

    origin: Origin
    overrides: tuple[Override, ...] = ()
    refused: tuple[RefusedOverride, ...] = ()
    faults: tuple[Fault, ...] = ()
    regime_files: tuple[RegimeFile, ...] = ()
    technology_file: TechnologyFile | None = None

    @property
    def data(self) -> dict[str, Any]:
        """Content as plain data, overrides applied; it may be faulty."""
        return self.origin.data

    @property
    def positions(self) -> Positions:
        """Key path -> (line, column) in the file, from 1."""
        return self.origin.positions

    def fault(self, path: Sequence[str | int], found: str, wanted: str, hint: str = "") -> Fault:
        """Make a fault with its place, to be given to `require`; see `Origin.fault`."""
        return self.origin.fault(path, found, wanted, hint)

    def require(self, more: Iterable[Fault] = ()) -> Scenario:
        """Give the scenario, or refuse it with every fault.

        Parameters
        ----------
        more : iterable of Fault
            Faults that the caller found, made by `fault`.

        Returns
        -------
        Scenario
            Frozen, with source, digest, positions and sets.

        Raises
        ------
        ScenarioError
            Where there is any fault, the caller's included.
        """
        faults = in_order([*self.faults, *more])
        if faults:
            raise ScenarioError(faults)
        scenario = Scenario.model_validate(self.data)
        sets = normalised(self.overrides, self.data)
        scenario._origin = self.origin
        scenario._sets = sets
        scenario._regime_files = self.regime_files
        scenario._technology_file = self.technology_file
        codes = [f"{REGIMES} {file.digest}" for file in self.regime_files]
        if self.technology_file is not None:
            codes.append(f"{TECHNOLOGY} {self.technology_file.digest}")
        scenario._digest = digest_of(self.origin.source, sets, codes)
        return scenario


def read_scenario(name_or_path: str | Path, sets: Iterable[str] = ()) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    name_or_path : str or Path
        A name on the shelf, or a path.
    sets : iterable of str
        Overrides, each `key.path=value`, applied in order before anything is checked.

    Returns
    -------
    Scenario
        Frozen, with `.source`, `.digest`, `.positions` and `.sets`.

    Raises
    ------
    ScenarioError
        With the first syntax fault, or every content fault.
    """
    return read_draft(name_or_path, sets).require()


def read_draft(
    name_or_path: str | Path,
    sets: Iterable[str] = (),
    known_extra: KnownExtra | None = None,
) -> Draft:
    """Read a scenario without refusing it yet.

    Parameters
    ----------
    name_or_path : str or Path
        A name on the shelf, or a path.
    sets : iterable of str
        Overrides, each `key.path=value`.
    known_extra : callable returning names, optional
        Lists the assumptions that ways of buying carry (`REGIME.param`), those of the files of
        code that it is given among them. Without it, a name of that shape whose first word the
        register does not use is kept unchecked.

    Returns
    -------
    Draft
        With every content fault in `.faults`.

    Raises
    ------
    ScenarioError
        Where the file cannot be found, opened or parsed, or is of a newer layout.
    """
    path = shelf.find(name_or_path)
    return draft_from_text(read_text(path), str(path), sets, known_extra)


def draft_from_text(
    source: str,
    file: str = "<text>",
    sets: Iterable[str] = (),
    known_extra: KnownExtra | None = None,
) -> Draft:
    """Do what `read_draft` does with a text at hand (a manifest keeps one)."""
    source = plain_lines(source)
    filled = fill(parse(source, file), sets)
    applied, refused = filled.applied, filled.refused
    changed = tuple((one.path, one.label) for one in applied)
    origin = Origin(file, source, filled.data, changed, filled.written)
    _refuse_newer(origin)
    files, unread = read_regime_files(filled.data, _folder_of(origin, REGIMES))
    technology, misread = read_technology_file(filled.data, _folder_of(origin, TECHNOLOGY))
    problems = content_problems(filled.data)
    if filled.complete:
        extra = None if known_extra is None else partial(known_extra, files)
        problems += relation_problems(filled.data, extra)
    else:
        problems = [one for one in problems if one.path[:1] == ("tables",)]
    problems += [*unread, *misread]
    faults = [
        Fault(one.label, None, None, dotted(one.problem.path, filled.data), *one.problem[1:])
        for one in refused
    ]
    faults += [origin.fault(*problem) for problem in dict.fromkeys(problems)]
    return Draft(origin, tuple(applied), tuple(refused), in_order(faults), files, technology)


def _folder_of(origin: Origin, key: str) -> Path:
    """Where files are looked for: beside the scenario, or where `--set` of their key was typed."""
    typed = any(path[:1] == (key,) for path, _ in origin.overridden)
    return Path() if typed else Path(origin.file).parent


def digest_of(source: str, sets: Iterable[str], codes: Iterable[str] = ()) -> str:
    """Hash a scenario.

    Parameters
    ----------
    source : str
        Text, line ends as newlines.
    sets : iterable of str
        Normalised overrides.
    codes : iterable of str
        Keys and digests of the files that it names.

    Returns
    -------
    str
        SHA-256 in hexadecimal, of the text and then each override and file on a line of its own.
    """
    whole = source + "".join(f"\n--set {one}" for one in sets)
    whole += "".join(f"\n{one}" for one in codes)
    return hashlib.sha256(whole.encode()).hexdigest()


def _refuse_newer(origin: Origin) -> None:
    version = origin.data.get("schema_version")
    if isinstance(version, int) and not isinstance(version, bool) and version > SCHEMA_VERSION:
        fault = origin.fault(
            ("schema_version",),
            show(version),
            f"{SCHEMA_VERSION} or less",
            "The file was written for a newer poundflow, whose keys may mean something else. "
            "Update poundflow to read it.",
        )
        raise ScenarioError([fault])
