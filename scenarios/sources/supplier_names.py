"""Names as notices and registers may show them: of organisations whole, of persons never.

Whether a name is a person's is the rule of `masking`; here it is asked for a supplier, and for
what stands within a title.
"""

import re
from collections.abc import Collection
from itertools import pairwise

from scenarios.sources.masking import judge, words

MASK = "person"
"""What stands in the place of a name that looks like a person's."""

WITHIN = "[person]"

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)*")
_TELEPHONE = re.compile(r"(?<![\w/-])(?:\+44|0)[\s()-]*\d(?:[\s()-]*\d){8,10}(?![\w-])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SURNAME = re.compile(r"[A-Z][a-z]|(?:O|D|Mc|Mac|Fitz)['’]?[A-Z]")


def shown_name(
    name: str, *, registered: bool = False, keep: Collection[str] = ()
) -> tuple[str, bool]:
    """Give the name of a supplier as it may be shown, and whether it is masked.

    Parameters
    ----------
    name : str
        In one line.
    registered : bool
        Whether a number of a company or charity stands beside it.
    keep : collection of str
        Names, in lower case, that are no persons.

    Returns
    -------
    tuple of (str, bool)
        The name, or `MASK`; and whether it looks like a person's.
    """
    payee = judge(name, registered=registered, kept=keep)
    return (MASK, True) if payee.kind == "person" else (payee.shown, False)


def without_persons(line: str) -> str:
    """Put marks in the place of addresses, telephone numbers and names within a text.

    A name is a title with the word after it, or a first name with a word after it that is written
    like a surname and is none of an organisation's or a trade's.
    """
    line = _ADDRESS.sub("[e-mail]", line)
    line = _TELEPHONE.sub("[telephone]", line)
    known = words()
    firm = known.institutions | known.trades | known.other
    found = list(_WORD.finditer(line))
    cuts: list[tuple[int, int]] = []
    for first, second in pairwise(found):
        if line[first.end() : second.start()].strip(" ."):
            continue
        word, after = first[0].casefold(), second[0].casefold()
        surname = bool(_SURNAME.match(second[0])) or second[0].isupper()
        titled = word in known.titles and surname
        named = word in known.given and first[0][0].isupper() and surname and after not in firm
        if titled or named:
            cuts.append((first.start(), second.end()))
    for start, end in reversed(_joined(cuts)):
        line = line[:start] + WITHIN + line[end:]
    return line


def _joined(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join pieces that overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in cuts:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
