"""One value of a scenario changed from the command line, without touching the file.

`--set key.path=value`: the path follows the TOML, members of an array are addressed by their
`id` (or, where they have none, by their position from 0), `assumptions.NAME` and `ranges.NAME`
address the register. The value is TOML; a bare word is text.
"""

import copy
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scenarios.errors import Problem
from scenarios.locate import Path, dotted
from scenarios.nearest import did_you_mean
from scenarios.spec.ranges import Range
from scenarios.spec.words import keys_at

NAMED = ("assumptions", "ranges")
"""Tables whose keys are names of the register, dots in them."""

BARE_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
FORM = "key.path=value, for example buyers.village-council.monitoring=0.5"


@dataclass(frozen=True, slots=True)
class Override:
    """One `--set` as understood.

    Attributes
    ----------
    text : str
        As it was typed.
    path : tuple of str and int
        Where it points in the data.
    value : object
        The TOML value.
    """

    text: str
    path: Path
    value: Any

    @property
    def label(self) -> str:
        """What a fault names instead of a file."""
        return f"--set {self.text}"


@dataclass(frozen=True, slots=True)
class RefusedOverride:
    """One `--set` that could not be applied, and why."""

    text: str
    problem: Problem

    @property
    def label(self) -> str:
        """What a fault names instead of a file."""
        return f"--set {self.text}"


def apply_overrides(
    data: dict[str, Any], texts: Iterable[str]
) -> tuple[dict[str, Any], list[Override], list[RefusedOverride]]:
    """Apply overrides in order; a later one of the same path wins.

    Parameters
    ----------
    data : dict
        A scenario file as tomllib reads it; left as it is.
    texts : iterable of str
        Each `key.path=value`.

    Returns
    -------
    data : dict
        A changed copy.
    applied : list of Override
        Those understood.
    refused : list of RefusedOverride
        Those not understood or with an unknown path.
    """
    changed = copy.deepcopy(data)
    applied: list[Override] = []
    refused: list[RefusedOverride] = []
    for text in texts:
        try:
            keys, value = _parse(text)
            path = _put(changed, keys, value)
        except _RefusedError as reason:
            refused.append(RefusedOverride(text, reason.problem))
        else:
            applied.append(Override(text, path, value))
    return changed, applied, refused


def normalised(applied: Iterable[Override], data: dict[str, Any]) -> tuple[str, ...]:
    """Write overrides in one form, so that equal ones give an equal digest.

    Parameters
    ----------
    applied : iterable of Override
        As `apply_overrides` returns them.
    data : dict
        The data with the overrides applied (its ids name array members).

    Returns
    -------
    tuple of str
        `path=value` in order of path, values as TOML, so that they can be typed again; the last of
        a repeated path only.
    """
    last = {dotted(one.path, data): one.value for one in applied}
    return tuple(f"{path}={_written(value)}" for path, value in sorted(last.items()))


def _written(value: object) -> str:
    """Write a value as TOML in one line; but for tables that is what JSON has."""
    if isinstance(value, dict):
        inner = (f"{json.dumps(key)} = {_written(one)}" for key, one in sorted(value.items()))
        return f"{{{', '.join(inner)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return json.dumps(value, default=str)


class _RefusedError(Exception):
    def __init__(self, path: Path, found: str, wanted: str, hint: str = "") -> None:
        super().__init__(found)
        self.problem = Problem(path, found, wanted, hint)


def _parse(text: str) -> tuple[list[str], Any]:
    key, equals, written = text.partition("=")
    if not equals or not key.strip() or not written.strip():
        raise _RefusedError((), f"`{text}`", FORM)
    try:
        table: Any = tomllib.loads(f"{key} = 0")
    except (ValueError, RecursionError):
        raise _RefusedError(
            (), f"the path `{key}`", "keys joined by dots", f"Write {FORM}."
        ) from None
    keys: list[str] = []
    while isinstance(table, dict) and len(table) == 1:
        word, table = next(iter(table.items()))
        keys.append(word)
    if table != 0:
        raise _RefusedError((), f"the path `{key}`", "one path of keys joined by dots")
    return keys, _value(tuple(keys), written.strip())


def _value(keys: Path, written: str) -> Any:
    try:
        table = tomllib.loads(f"value = {written}")
    except (ValueError, RecursionError):
        if BARE_WORD.fullmatch(written):
            return written
        raise _RefusedError(
            keys, f"the value {written}", "a TOML value", 'Put text in quotes, as "some text".'
        ) from None
    if set(table) != {"value"}:
        raise _RefusedError(keys, f"the value {written}", "one TOML value")
    return table["value"]


def _put(data: dict[str, Any], keys: list[str], value: Any) -> Path:
    """Set a value; make tables that the schema knows and the file leaves out."""
    if keys[0] in NAMED and len(keys) > 1:
        end = keys[-1:] if keys[0] == "ranges" and keys[-1] in Range.model_fields else []
        keys = [keys[0], ".".join(keys[1 : len(keys) - len(end)]), *end]
    here: Any = data
    path: Path = ()
    if len(keys) > 1 and keys[0] not in data and keys_at((keys[0], 0)):
        hint = f"Write the list whole, as --set '{keys[0]}=[{{...}}]'."
        wanted = f"a member of `{keys[0]}`, which is empty"
        raise _RefusedError((keys[0], keys[1]), f"`{keys[1]}`", wanted, hint)
    for number, key in enumerate(keys):
        last = number == len(keys) - 1
        if isinstance(here, list):
            step: str | int = _member(here, key, path)
        elif isinstance(here, dict):
            step = _known_key(here, key, path)
        else:
            raise _RefusedError(
                (*path, key), f"`{key}` below a single value", "a path that ends there"
            )
        if last:
            here[step] = value
        elif isinstance(here, dict) and step not in here:
            here[step] = {}
        path += (step,)
        here = here[step]
    return path


def _member(rows: list[Any], key: str, path: Path) -> int:
    ids = [row.get("id") if isinstance(row, dict) else None for row in rows]
    if key in ids:
        return ids.index(key)
    if key.isascii() and key.isdigit() and int(key) < len(rows):
        return int(key)
    known = [one for one in ids if isinstance(one, str)]
    wanted = "the id of a member" if known else f"a position from 0 to {len(rows) - 1}"
    raise _RefusedError((*path, key), f"`{key}`", wanted, did_you_mean(key, known))


def _known_key(table: dict[str, Any], key: str, path: Path) -> str:
    allowed = keys_at(path)
    if key in table or allowed == () or (allowed and key in allowed):
        return key
    known = {*table, *(allowed or ())}
    raise _RefusedError(
        (*path, key), f"the unknown path `{key}`", "a known key", did_you_mean(key, known)
    )
