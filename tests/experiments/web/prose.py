"""The prose of a page: what a reader reads of its main part, a line for each block."""

import re
from html.parser import HTMLParser
from typing import ClassVar

_CITED = re.compile(r'<ul class="law">.*?</ul>|<p class="source">.*?</p>', re.DOTALL)
"""Names of acts and of sources, which are no prose of ours."""


class _Prose(HTMLParser):
    """The text of a page's main part, a line for each block, without tables and pictures."""

    BLOCKS: ClassVar = {
        "p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "label", "legend", "button", "summary",
        "figcaption", "option", "section", "div",
    }  # fmt: skip
    LEFT_OUT: ClassVar = {"table", "svg", "script", "style", "select"}

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._main = False
        self._out = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._main = self._main or tag == "main"
        self._out += tag in self.LEFT_OUT
        if tag in self.BLOCKS:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._main = self._main and tag != "main"
        self._out -= tag in self.LEFT_OUT
        if tag in self.BLOCKS:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if self._main and not self._out:
            self.text += data.replace("\n", " ")


def prose(page: str) -> str:
    """Give the text of the main part of a page, without what is cited."""
    reader = _Prose()
    reader.feed(_CITED.sub("", page))
    lines = (" ".join(line.split()) for line in reader.text.split("\n"))
    return "\n".join(line for line in lines if line)
