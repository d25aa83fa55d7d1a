"""Fills the marked blocks of documents: what stands between two comments is made, never typed.

A block begins with `<!-- table: NAME -->` and ends with `<!-- end -->`. Where its sweep has not
been lived yet, it says so.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from experiments.paper.stored import StoredTableError
from experiments.store.aside import write_aside

UNMEASURED = "*Not measured yet: `make paper-sweeps` lives the plans and fills this in.*"

BLOCK = re.compile(r"(<!-- table: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


class BlockError(StoredTableError):
    """Raised when pages and chapters do not name the same blocks. The message says what to do."""


def fill(text: str, blocks: Mapping[str, str]) -> tuple[str, set[str]]:
    """Put blocks where a page asks for them.

    Parameters
    ----------
    text : str
        The page.
    blocks : mapping of str to str
        Markdown by name.

    Returns
    -------
    tuple of (str, set of str)
        The page, and the names that it asked for.

    Raises
    ------
    BlockError
        When it asks for a block that nobody makes.
    """
    asked = {found[2] for found in BLOCK.finditer(text)}
    unknown = sorted(asked - set(blocks))
    if unknown:
        raise BlockError(
            f"no chapter makes a block called {', '.join(unknown)}; there are: "
            f"{', '.join(sorted(blocks)) or 'none'}. Name one of them in the page."
        )
    return BLOCK.sub(lambda one: f"{one[1]}\n{blocks[one[2]].strip()}\n\n{one[3]}", text), asked


def fill_pages(docs: Path, blocks: Mapping[str, str], *, whole: bool = True) -> list[Path]:
    """Fill all pages of a folder and those below it; pages that ask for nothing are left alone.

    Parameters
    ----------
    docs : Path
    blocks : mapping of str to str
    whole : bool
        Whether these are all blocks that there will ever be. Where they are not, a block that is
        not among them says that it was not measured yet.

    Returns
    -------
    list of Path
        Pages with blocks.

    Raises
    ------
    BlockError
        When a page asks for a block that nobody makes, or none asks for one that is made.
    """
    filled, shown = {}, set()
    for page in sorted(docs.rglob("*.md")):
        text = page.read_text("utf-8")
        later = {} if whole else {found[2]: UNMEASURED for found in BLOCK.finditer(text)}
        new, asked = fill(text, {**later, **blocks})
        shown |= asked
        if asked:
            filled[page] = new
    left = sorted(set(blocks) - shown)
    if left:
        raise BlockError(
            f"no page shows {', '.join(left)}. Put `<!-- table: {left[0]} -->` and "
            "`<!-- end -->` where it belongs."
        )
    for page, text in filled.items():
        write_aside(page, text.encode())
    return list(filled)
