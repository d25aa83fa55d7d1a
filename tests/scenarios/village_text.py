"""The village's file as text, and a way to spoil one place of it."""

from scenarios import shelf
from scenarios.errors import Fault
from scenarios.read import draft_from_text

TEXT = shelf.find("village").read_text(encoding="utf-8")


def spoilt(old: str, new: str, text: str = TEXT) -> str:
    """Replace the first occurrence of a text that must be there."""
    assert old in text
    return text.replace(old, new, 1)


def line_of(needle: str, text: str) -> int:
    """Give the line, from 1, on which a text first stands."""
    return text[: text.index(needle)].count("\n") + 1


def faults_of(text: str, *sets: str) -> tuple[Fault, ...]:
    """Read a text as the file `village.toml` and give its faults."""
    return draft_from_text(text, "village.toml", sets).faults


def one_fault(text: str, *sets: str) -> Fault:
    """Give the only fault of a text."""
    (fault,) = faults_of(text, *sets)
    return fault
