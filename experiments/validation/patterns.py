"""Emergent patterns: what nobody wrote into the model and what all the same comes out of it.

Whoever finds one enters its check here; the table says so where there is none yet.
"""

from experiments.validation.figure import Check

PATTERNS: tuple[Check, ...] = ()
"""Patterns that are checked, each with the sort `Sort.PATTERN`."""


def checks(full: bool) -> tuple[Check, ...]:
    """Return the patterns; they ask for many runs, so only in full."""
    return PATTERNS if full else ()
