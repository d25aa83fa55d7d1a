"""The report of a case, taken apart into short pages.

The report is one file that holds everything. What the pages show is cut from it, so that page and
report say the same and nothing is computed while a reader waits; a report is read once, and anew
when it was written anew.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from experiments.report.page import PAGE

FIRST = "answer"
"""The section that stands on the first of the pages."""

_CONTENTS = re.compile(r'<li><a href="#([\w-]+)">(.*?)</a></li>')
_HEADER = re.compile(r"<header>.*?</h1>\n(.*?)<nav\b.*?</header>", re.DOTALL)
_BODY = re.compile(r"<main>\n(.*)</main>", re.DOTALL)
_SECTION = re.compile(r'^<section aria-labelledby="([\w-]+)">\n<h2[^\n]*</h2>\n', re.MULTILINE)
_SAVED = re.compile(r'download="([\w.-]+)" href="data:([^;,"]+)[^,"]*,([^"]*)"')
_ANCHOR = re.compile(r'href="#([\w-]+)"')
_ID = re.compile(r'\bid="([\w-]+)"')
_HEADING = re.compile(r"(</?h)([3-5])\b")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that a link of the report holds."""

    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the report on a page of its own.

    Attributes
    ----------
    name, title : str
        As the report's contents have them; the title is markup.
    text : str
        Its content as markup; headings are one step higher than in the report.
    """

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A report taken apart.

    Attributes
    ----------
    head : str
        Question, facts and notices, as markup.
    parts : dict of str to Part
        In the order of the report.
    saved : dict of str to Saved
        Name -> file to take along.
    """

    head: str
    parts: dict[str, Part]
    saved: dict[str, Saved]

    def around(self, name: str) -> tuple[Part | None, Part | None]:
        """Give the parts before and after one."""
        parts = list(self.parts.values())
        at = list(self.parts).index(name)
        return (
            parts[at - 1] if at else None,
            parts[at + 1] if at + 1 < len(parts) else None,
        )


def answered(folder: Path, address: str) -> Answered | None:
    """Take the report in a folder apart.

    Parameters
    ----------
    folder : Path
        Of the comparison.
    address : str
        Of the first page of its answers.

    Returns
    -------
    Answered or None
        None where there is no report, or one that another version wrote in another form.
    """
    path = folder / PAGE
    try:
        stands = path.stat()
        return _taken_apart(path, address, stands.st_mtime_ns, stands.st_size)
    except (OSError, UnicodeDecodeError):
        return None


def style_hash(html: str) -> str:
    """Give the source expression that lets the one style sheet of a report in, and no other."""
    found = _STYLE.search(html)
    digest = hashlib.sha256(found[1].encode() if found else b"").digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@lru_cache(32)
def _taken_apart(path: Path, address: str, written: int, size: int) -> Answered | None:
    text = path.read_text("utf-8")
    header, body = _HEADER.search(text), _BODY.search(text)
    titles = dict(_CONTENTS.findall(text.partition("<main>")[0]))
    if header is None or body is None or FIRST not in titles:
        return None
    whole = body[1]
    starts = [one for one in _SECTION.finditer(whole) if one[1] in titles]
    ends = [*(one.start() for one in starts[1:]), len(whole)]
    raw = {
        one[1]: whole[one.end() : end].rstrip().removesuffix("</section>")
        for one, end in zip(starts, ends, strict=True)
    }
    homes = {found: name for name, part in raw.items() for found in _ID.findall(part)}
    homes |= {name: name for name in raw}
    saved = {
        name: Saved(kind, base64.b64decode(content))
        for name, kind, content in _SAVED.findall(whole)
    }
    parts = {
        name: Part(name, titles[name], _on_its_page(part, name, homes, address))
        for name, part in raw.items()
    }
    return Answered(header[1], parts, saved)


def _on_its_page(text: str, name: str, homes: dict[str, str], address: str) -> str:
    """Lead links to where their aim stands now, and files to their own addresses."""

    def leads(link: re.Match[str]) -> str:
        home = homes.get(link[1], name)
        if home == name and link[1] != name:
            return link[0]
        page = address if home == FIRST else f"{address}/{home}"
        return f'href="{page}"' if link[1] == home else f'href="{page}#{link[1]}"'

    text = _SAVED.sub(rf'download="\1" href="{address}/data/\1"', text)
    text = _ANCHOR.sub(leads, text)
    return _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) - 1}", text)
