"""Names as they may be shown: those of organisations; a person's is masked, wherever it stands."""

import re

MASK = "(a person)"
"""What stands in the place of a name that looks like a person's."""

_HONORIFIC = r"(?:mr|mrs|miss|ms|mx|dr|prof|professor|rev|revd|sir|dame|cllr|councillor)"
_PERSON = re.compile(
    rf"\b{_HONORIFIC}\b\.?(?:\s+(?:[A-Z]\.?|[A-Z][\w'’-]+)){{1,3}}|\b{_HONORIFIC}\b\.?\s+\w+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<![\w/-])(?:\+44|0)[\s()-]*\d(?:[\s()-]*\d){8,10}(?![\w-])")
_INITIALS = re.compile(r"(?:[A-Z]\.? ){1,3}[A-Z][a-z'’-]+(?:-[A-Z][a-z]+)?")


def shown_name(name: str) -> tuple[str, bool]:
    """Give the name of a supplier as it may be shown, and whether it is masked.

    Parameters
    ----------
    name : str
        In one line.

    Returns
    -------
    tuple of (str, bool)
        The name or `MASK`, and whether it looks like a person's.
    """
    if re.match(rf"{_HONORIFIC}\b", name, re.IGNORECASE) or _INITIALS.fullmatch(name):
        return MASK, True
    return without_persons(name), False


def without_persons(line: str) -> str:
    """Put marks in the place of addresses, telephone numbers and titled names within a text."""
    line = _ADDRESS.sub("[e-mail]", line)
    line = _TELEPHONE.sub("[telephone]", line)
    return _PERSON.sub("[person]", line)
