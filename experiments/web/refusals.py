"""What a command says went wrong, for a reader of the pages, who types no commands.

A command ends its errors with what to type next. Here that becomes what to do on the page, or whom
to ask; options get the names that the forms have, and folders those that a reader knows.
"""

import re
from collections.abc import Mapping

OPTIONS: Mapping[str, str] = {
    "--better up or --better down": "another measure",
    "--measure": "the measure",
    "--tier": "the area",
    "--policy": "the policy asked about",
    "--baseline": "the policy to compare with",
    "--place": "the place",
    "--within": "the range",
    "--threshold": "the threshold",
    "--only": "the policies",
    "--months": "how many months",
    "--replicates": "how many futures",
    "--seed": "the number that luck begins with",
}
"""Options of commands, and what the forms call the same."""

_INSTEAD = (
    ("Correct them and run `poundflow check` again.",
     "Put them right on the pages before, then start again."),
    ("Correct them and run `poundflow plan` again.",
     "Ask whoever made the sweep to put them right."),
    ("Give another folder with --out, or empty this one.",
     "Ask whoever looks after this server to empty it."),
    ("Give the folder that `poundflow sweep PLAN --out DIR` has filled.",
     "Choose another sweep from the list."),
)  # fmt: skip
_COMMAND = re.compile(
    r"(?:(?<=[.!?:]\s)|^)[^.!?\n]*\bpoundflow [a-z][^\n]*?(?:[.!?](?=\s|$)|$)", re.MULTILINE
)
_TRACE = re.compile(r"Traceback \(most recent call last\):\n(?:[ \t].*\n)*")
_SENTENCE = re.compile(r"^[a-z](?=[a-z]* )")
"""The first letter of a sentence; the name of a file stays as its owner writes it."""

ASK = "Ask whoever looks after this server to do this:"
OURS = (
    "The program met a fault of its own. Try again. If it comes back, show this to whoever looks "
    "after this server:\n"
)


def told_here(text: str, names: Mapping[str, str] | None = None) -> str:
    """Write what a command said for the reader of a page.

    Parameters
    ----------
    text : str
        What it said.
    names : mapping of str to str, optional
        Paths, and what a reader calls them.

    Returns
    -------
    str
        The same facts; nothing in it has to be typed on a command line by who reads it.
    """
    for path, name in (names or {}).items():
        text = text.replace(f"{path}/", "").replace(path, name)
    for said, instead in _INSTEAD:
        text = text.replace(said, instead)
    text = _TRACE.sub(OURS, text)
    text = _COMMAND.sub(lambda found: f"{ASK} {found[0].strip()}", text)
    if ASK not in text:
        for option, name in OPTIONS.items():
            text = re.sub(rf"{re.escape(option)}(?![\w-])", name, text)
    return _SENTENCE.sub(lambda found: found[0].upper(), text)
