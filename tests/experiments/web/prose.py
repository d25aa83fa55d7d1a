"""The prose of a page: what a reader reads of its main part, a line for each block."""

from html.parser import HTMLParser
from typing import ClassVar


class _Prose(HTMLParser):
    """The text of a page's main part, a line for each block."""

    BLOCKS: ClassVar = {"p", "li", "dt", "dd", "h1", "h2", "h3", "label", "legend", "button"}

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._main = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._main = self._main or tag == "main"
        if tag in self.BLOCKS:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        self._main = self._main and tag != "main"

    def handle_data(self, data: str) -> None:
        if self._main:
            self.text += data.replace("\n", " ")


def prose(page: str) -> str:
    """Give the text of the main part of a page."""
    reader = _Prose()
    reader.feed(page)
    return reader.text
