"""Columns that a person has set: `HEADING=FIELD`, or `#POSITION=FIELD` where headings repeat."""

import re
from collections.abc import Iterable, Sequence

from scenarios.errors import Fault
from scenarios.nearest import did_you_mean
from scenarios.sources.columns import NOT_A_FIELD
from scenarios.sources.fields import plain

_POSITION = re.compile(r"#([0-9]{1,3})")


def split_setting(setting: str) -> tuple[str, str]:
    """Part a setting into column and field, at its last equals sign."""
    column, _, field = setting.rpartition("=")
    return column.strip(), field.strip()


def set_by_hand(settings: Iterable[str], names: Sequence[str]) -> dict[int, str]:
    """Find the columns of one sheet that settings speak of.

    Parameters
    ----------
    settings : iterable of str
        As typed.
    names : sequence of str
        Headings of the sheet.

    Returns
    -------
    dict of int to str
        Position from 0 -> field. A heading that stands twice or not at all sets nothing here.
    """
    found = {}
    for setting in settings:
        column, field = split_setting(setting)
        at = places(column, names)
        if len(at) == 1:
            found[at[0]] = field
    return found


def places(column: str, names: Sequence[str]) -> list[int]:
    """Positions, from 0, that a column's name stands for."""
    position = _POSITION.fullmatch(column)
    if position:
        at = int(position[1]) - 1
        return [at] if 0 <= at < len(names) else []
    return [k for k, name in enumerate(names) if name and plain(name) == plain(column)]


def faults_of_settings(
    settings: Sequence[str], fields: Sequence[str], headings: Sequence[Sequence[str]]
) -> list[Fault]:
    """Say what is wrong with settings, held against the headings of all files.

    Parameters
    ----------
    settings : sequence of str
        As typed.
    fields : sequence of str
        What a column may be.
    headings : sequence of sequence of str
        Of each sheet that was read.

    Returns
    -------
    list of Fault
        Empty where nothing is.
    """
    faults = []
    for setting in settings:
        column, field = split_setting(setting)
        where = f"--map {setting}"
        if not column or field not in fields:
            hint = did_you_mean(field, fields) or f"Known here: {', '.join(fields)}."
            faults.append(Fault(where, None, None, "", f"`{field}`", "HEADING=FIELD", hint))
            continue
        at = [len(places(column, names)) for names in headings]
        if headings and max(at, default=0) == 0:
            known = {name for names in headings for name in names if name}
            hint = did_you_mean(column, known) or "Positions begin with #1."
            faults.append(
                Fault(where, None, None, "", "no such column in any file", "a heading", hint)
            )
        elif max(at, default=0) > 1:
            same = next(names for names in headings if len(places(column, names)) > 1)
            told = " or ".join(f"#{k + 1}={field}" for k in places(column, same))
            faults.append(
                Fault(where, None, None, "", "a heading that stands twice", "one column",
                      f"Say which: --map {told}.")
            )  # fmt: skip
    return faults or _twice(settings, headings)


def _twice(settings: Sequence[str], headings: Sequence[Sequence[str]]) -> list[Fault]:
    """Find fields that settings give to several columns of one sheet."""
    faults: dict[str, Fault] = {}
    for names in headings:
        first: dict[str, int] = {}
        for at, field in sorted(set_by_hand(settings, names).items()):
            if field != NOT_A_FIELD and first.setdefault(field, at) != at:
                both = " and ".join(f"#{k + 1} “{names[k]}”" for k in (first[field], at))
                hint = "Leave one of them out, or set it to another field or to ignore."
                faults[field] = Fault(
                    f"--map …={field}", None, None, "", f"the columns {both}", "one column", hint
                )
    return list(faults.values())
