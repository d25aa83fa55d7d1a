"""The register: every number that is not data, read from the files beside this one.

Each file holds the entries of one part of the model, one TOML table an entry. Files are read in
order of name; the same name twice is refused.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from scenarios.assumptions.entry import ENTRY_KEYS, Entry
from scenarios.errors import PoundflowError
from scenarios.nearest import did_you_mean


class RegisterError(PoundflowError):
    """Raised when the register that we ship contradicts itself; holds every fault found."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@cache
def register() -> Mapping[str, Entry]:
    """Read the register.

    Returns
    -------
    Mapping of str to Entry
        Read-only, in order of name. Parameters of ways of buying are not among them: each regime
        carries its own.

    Raises
    ------
    RegisterError
        With every faulty entry of every file.
    """
    folder = files("scenarios").joinpath("assumptions")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    texts = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in names}
    return MappingProxyType(read_entries(texts))


def read_entries(texts: Mapping[str, str]) -> dict[str, Entry]:
    """Read register files.

    Parameters
    ----------
    texts : mapping of str to str
        File name -> TOML text.

    Returns
    -------
    dict of str to Entry
        In order of name.

    Raises
    ------
    RegisterError
        With every faulty entry.
    """
    entries: dict[str, Entry] = {}
    home: dict[str, str] = {}
    faults: list[str] = []
    for file, text in texts.items():
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{file}: {error}")
            continue
        for name, table in tables.items():
            if name in home:
                faults.append(f"{file}: `{name}` stands in {home[name]} already")
                continue
            home[name] = file
            try:
                entries[name] = _entry(name, table)
            except ValueError as error:
                faults.append(f"{file}: {error}")
    if faults:
        raise RegisterError(faults)
    return dict(sorted(entries.items()))


def _entry(name: str, table: Any) -> Entry:
    if not isinstance(table, dict) or any(isinstance(v, dict) for v in table.values()):
        raise ValueError(f'assumption `{name}`: write the name in quotes, as ["{name}.x"]')
    for key in table:
        if key not in ENTRY_KEYS:
            hint = did_you_mean(key, ENTRY_KEYS)
            raise ValueError(f"assumption `{name}`: unknown key `{key}`. {hint}")
    try:
        return Entry(name=name, **table)
    except TypeError as error:
        missing = sorted(set(ENTRY_KEYS) - set(table) - {"null", "role"})
        raise ValueError(f"assumption `{name}`: missing {', '.join(missing)}") from error
