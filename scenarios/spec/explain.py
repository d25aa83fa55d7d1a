"""A refused value, put in the reader's words: what was found, what the key wants."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from scenarios.errors import Problem
from scenarios.nearest import did_you_mean
from scenarios.spec.scenario import Scenario
from scenarios.spec.words import keys_at

Data = Mapping[str, Any]

WANTED = {
    "missing": "this key, which is needed",
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
    "model_attributes_type": "a table of keys and values",
    "tuple_type": "a list",
    "list_type": "a list",
    "string_too_short": "some text",
}


BRIEF = 60
"""Characters of a value that a message shows."""


def show(value: Any) -> str:
    """Write a value as TOML would, briefly.

    Parameters
    ----------
    value : object
        A value that tomllib returned.

    Returns
    -------
    str
        At most about 60 characters.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = f'"{value}"'
    elif isinstance(value, Mapping):
        text = f"a table of {len(value)}"
    elif isinstance(value, list | tuple):
        text = f"a list of {len(value)}"
    elif isinstance(value, int) and abs(value) >= 10**18:
        text = "a whole number of more than 18 digits"
    else:
        text = str(value)
    return text if len(text) <= BRIEF else text[: BRIEF - 4] + " ..."


def content_problems(data: Data, top: type[BaseModel] = Scenario) -> list[Problem]:
    """Hold the data of a file against the schema.

    Parameters
    ----------
    data : mapping
        The whole file, overrides applied.
    top : type
        What the file holds.

    Returns
    -------
    list of Problem
        Every value that is refused by itself; relations between values are checked elsewhere.
    """
    problems = list(_not_finite(data, ()))
    try:
        top.model_validate(data)
    except ValidationError as refusal:
        for error in refusal.errors(include_url=False):
            if error["type"] == "too_short" and error["input"]:
                continue
            problems.append(_explain(cast(dict[str, Any], error), data, top))
    return problems


def _explain(error: dict[str, Any], data: Data, top: type[BaseModel]) -> Problem:
    kind, value = error["type"], error["input"]
    path = _path(error["loc"], data)
    if kind == "missing":
        return Problem(path, "nothing", WANTED[kind])
    if kind == "extra_forbidden":
        known = [key for key in keys_at(path[:-1], top) or () if key != path[-1]]
        return Problem(
            path, f"the unknown key `{path[-1]}`", "a known key", did_you_mean(path[-1], known)
        )
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _which(path, error)
    if kind == "invalid_key" or "[key]" in error["loc"]:
        return Problem(path, f"the key `{path[-1]}`", "lower-case letters, digits and hyphens")
    return Problem(path, show(value), _wanted(kind, error), _hint(kind, value, error))


def _which(path: tuple[str | int, ...], error: dict[str, Any]) -> Problem:
    """Say which words a table may name itself by, where it has none or another."""
    context, value = error["ctx"], error["input"]
    key = str(context["discriminator"]).strip("'")
    if "tag" not in context:
        found = "nothing" if isinstance(value, Mapping) and key not in value else show(value)
        return Problem((*path, key) if isinstance(value, Mapping) else path, found, f"a `{key}`")
    expected = list(str(context["expected_tags"]).split("'")[1::2])
    hint = did_you_mean(context["tag"], expected)
    return Problem((*path, key), show(value[key]), " or ".join(expected), hint)


def _wanted(kind: str, error: dict[str, Any]) -> str:
    context = error.get("ctx", {})
    bounds = {
        "greater_than_equal": ("ge", "a number of at least {}"),
        "greater_than": ("gt", "a number above {}"),
        "less_than_equal": ("le", "a number of at most {}"),
        "less_than": ("lt", "a number below {}"),
        "string_too_long": ("max_length", "text of at most {} characters"),
        "too_short": ("min_length", "at least {} entry"),
        "literal_error": ("expected", "{}"),
    }
    if kind in bounds:
        name, sentence = bounds[kind]
        bound = context[name]
        return sentence.format(f"{bound:g}" if isinstance(bound, float) else bound)
    if kind == "string_pattern_mismatch":
        if context["pattern"].startswith("^[A-Z]"):
            return "three capital letters, as in GBP"
        return "lower-case letters and digits joined by hyphens"
    if kind == "value_error":
        return str(context["error"])
    return WANTED.get(kind, str(error["msg"]).lower())


def _hint(kind: str, value: Any, error: dict[str, Any]) -> str:
    if kind == "literal_error" and isinstance(value, str):
        words = list(error["ctx"]["expected"].split("'")[1::2])
        return did_you_mean(value, words)
    if kind == "float_type" and isinstance(value, str):
        return "Take the quotes away."
    return ""


def _path(loc: tuple[str | int, ...], data: Data) -> tuple[str | int, ...]:
    """Drop what pydantic adds to a path (names of union members) and the file does not have."""
    path: tuple[str | int, ...] = ()
    here: Any = data
    for number, part in enumerate(loc):
        last = number == len(loc) - 1
        if isinstance(here, Mapping) and part in here:
            path, here = (*path, part), here[cast(str, part)]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            path, here = (*path, part), here[part]
        elif last and isinstance(here, Mapping) and isinstance(part, str) and part != "[key]":
            path += (part,)
    return path


def _not_finite(value: Any, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """Find nan and infinity anywhere, regime parameters included."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _not_finite(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _not_finite(inner, (*path, number))
    elif isinstance(value, float) and not math.isfinite(value):
        yield Problem(path, show(value), "a finite number")
