"""Reads the forms of our own pages, so that generated requests fill in what a reader could."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

FORM = "application/x-www-form-urlencoded"
FILES = "multipart/form-data"
ODD = [
    "",
    "0",
    "-1",
    "1e309",
    "nan",
    "٣",
    "=1+1",
    "<b>",
    "../..",
    "x" * 5_000,
    "\u0000",
    "£1,000.5",
]
"""What a reader may type into any field, by mistake or on purpose."""


@dataclass
class Form:
    """A form that posts.

    Parameters
    ----------
    action : str
        Where to.
    fields : dict of str to set of str
        Each field, with what it offers.
    shown : dict of str to list of str
        What would be sent if nothing were changed.
    files : set of str
        Fields that take files.
    """

    action: str
    fields: dict[str, set[str]] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._at: Form | None = None
        self._choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._at = Form(told.get("action", ""))
            if told.get("method", "").lower() == "post":
                self.forms.append(self._at)
        if self._at is None:
            return
        name = told.get("name", "")
        if tag == "option":
            self._at.fields[self._choice].add(told.get("value", ""))
            if "selected" in told or not self._at.shown.get(self._choice):
                self._at.shown[self._choice] = [told.get("value", "")]
        elif tag == "input" and told.get("type") == "file":
            self._at.files.add(name)
        elif tag in ("input", "button", "select", "textarea") and name not in ("", "token"):
            offered = self._at.fields.setdefault(name, set())
            if "value" in told:
                offered.add(told["value"])
            self._choice = name
            ticked = told.get("type") not in ("radio", "checkbox") or "checked" in told
            if tag in ("input", "textarea") and ticked:
                self._at.shown.setdefault(name, []).append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._at = None


def forms_of(page: str) -> list[Form]:
    """Give the forms of a page that post."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')


def links_of(page: str) -> list[str]:
    """Give the addresses on this server that a page leads to, with what they ask for."""
    return [unescape(address) for address in LINK.findall(page)]


def leads_to(address: str, path: str) -> bool:
    """Whether an address belongs to a route such as `/cases/{case}/place`."""
    found = re.sub(r"\{[^}]+\}", "[^/]+", path.replace(".", r"\."))
    return bool(re.fullmatch(found, address.partition("?")[0]))


def with_forms(document: dict[str, Any], forms: Iterable[Form]) -> dict[str, Any]:
    """Add to a description of routes what the forms that lead to them hold.

    Parameters
    ----------
    document : dict
        As FastAPI describes the application; changed in place.
    forms : iterable of Form
        Those of all pages that were read.
    """
    found = list(forms)
    for path, operations in document["paths"].items():
        if "post" not in operations:
            continue
        here = [one for one in found if leads_to(one.action, path)]
        properties: dict[str, Any] = {}
        for one in here:
            for name, offered in one.fields.items():
                choices = {"enum": sorted(offered | set(ODD))}
                some = {"type": "array", "items": choices, "maxItems": 3}
                properties[name] = {"anyOf": [choices, {"type": "string", "maxLength": 60}, some]}
        files = {name for one in here for name in one.files}
        for name in sorted(files):
            properties[name] = {"type": "string", "format": "binary", "maxLength": 300}
        operations["post"]["requestBody"] = {
            "required": True,
            "content": {
                FILES if files else FORM: {
                    "schema": {
                        "type": "object",
                        "properties": properties,
                        "required": sorted(properties),
                        "additionalProperties": False,
                    }
                }
            },
        }
    return document
