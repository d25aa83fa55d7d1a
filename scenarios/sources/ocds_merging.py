"""Releases of one process become one: later ones win, member by member.

The rule is the merging of the Open Contracting Data Standard 1.1, carried out by the reference
implementation on the facts that we keep: parties, lots, awards, contracts and bid statistics merge
by their id; other lists are replaced whole; null takes a member away. One rule is ours: the
suppliers of an award are replaced whole too, so that a supplier who was corrected does not stay.
Releases are put in the order of their date, and of the files where that is the same or missing.

https://standard.open-contracting.org/1.1/en/schema/merging/
"""

import re
import warnings
from collections.abc import Iterable
from typing import Any, NamedTuple

RULES = {
    ("awards", "items"): "wholeListMerge",
    ("awards", "suppliers"): "wholeListMerge",
    ("contracts", "items"): "wholeListMerge",
    ("notices",): "omitWhenMerged",
    ("tender", "criteria"): "wholeListMerge",
    ("tender", "items"): "wholeListMerge",
    ("tender", "lots", "criteria"): "wholeListMerge",
    ("tender", "lots", "items"): "wholeListMerge",
}
"""How lists of ours merge that do not merge by id; written out, so that no schema is fetched."""

CHANGES = re.compile(r"(?:Amendment|Update|Cancellation|Termination)$")
"""Tags of releases that change an earlier one."""


class Process(NamedTuple):
    """One contracting process.

    Attributes
    ----------
    facts : dict
        Merged.
    tags, notices : list of str
        Of all its releases, in order of the alphabet.
    releases, amendments : int
        How many there are, and how many of them change an earlier one.
    first, last : str or None
        Times of its first and last dated release.
    files : list of str
        Where its releases stand.
    """

    facts: dict[str, Any]
    tags: list[str]
    notices: list[str]
    releases: int
    amendments: int
    first: str | None
    last: str | None
    files: list[str]


def merged(releases: Iterable[tuple[str, dict[str, Any]]]) -> Process:
    """Merge the releases of one process.

    Parameters
    ----------
    releases : iterable of (file, facts)
        At least one, in the order in which they are to be merged.

    Returns
    -------
    Process
    """
    from ocdsmerge import CompiledRelease

    compiled = CompiledRelease(merge_rules=RULES)
    tags: set[str] = set()
    notices: set[str] = set()
    files: set[str] = set()
    dates: list[str] = []
    count = amendments = 0
    for file, facts in releases:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of two parts with one id the later wins
            compiled.append({"date": None, **facts})
        count += 1
        amendments += any(CHANGES.search(tag) for tag in facts["tag"])
        tags.update(facts["tag"])
        notices.update(facts["notices"])
        files.add(file)
        dates += [facts["date"]] if facts.get("date") else []
    return Process(
        compiled.asdict(),
        sorted(tags),
        sorted(notices),
        count,
        amendments,
        dates[0] if dates else None,
        dates[-1] if dates else None,
        sorted(files),
    )
