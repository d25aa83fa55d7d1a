"""Times and sizes as people say them."""

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
UNITS = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"))


def about(seconds: float) -> str:
    """A time, no finer than anyone needs: "about 3 minutes"."""
    if seconds < 45.0:
        return "less than a minute"
    size, name = next((one for one in UNITS if seconds >= 1.5 * one[0]), UNITS[-1])
    count = max(1, round(seconds / size))
    return f"about {_counted(count, name)}"


def between(low: float, high: float) -> str:
    """A range of times: "2 to 10 minutes"."""
    if high < 90.0:
        return "less than 2 minutes"
    size, name = next((one for one in UNITS if high >= 1.5 * one[0]), UNITS[-1])
    first, last = max(1, round(low / size)), max(1, round(high / size))
    if first == last:
        return f"about {_counted(last, name)}"
    return f"{first} to {_counted(last, name)}"


def gigabytes(size: int) -> str:
    """A size of memory: "1.2 GB"."""
    return f"{size / 1e9:.1f} GB"


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
