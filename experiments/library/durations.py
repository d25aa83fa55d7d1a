"""How long a session may take, as people write it."""

import re

DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def seconds_of(text: str) -> float:
    """A time as typed (90s, 30m, 2h, 1h30m) [s]; 0 where it is none."""
    found = DURATION.fullmatch(text.strip())
    hours, minutes, seconds = (int(one or 0) for one in found.groups()) if found else (0, 0, 0)
    return 3600.0 * hours + 60.0 * minutes + seconds


def no_time(given: str | float | None) -> str:
    """Say that what was given with --time is none."""
    return f"--time is {given!r}; wanted a time as in 90s, 30m, 2h or 1h30m"
