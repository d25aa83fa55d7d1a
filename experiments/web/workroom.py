"""Where the cases are kept: begin one, find one, list them."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from experiments.web.case import About, Case
from experiments.web.settings import Settings

NAME = re.compile(r"[0-9a-f]{16}")
"""The name of a case: made by us, so nothing that a user types can become a path."""


class NoCaseError(Exception):
    """Raised when no case of this name is kept here."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "no case of this name is kept here. It may have been deleted; the start page lists "
            "those that are."
        )
        self.name = name


@dataclass(frozen=True, slots=True)
class Workroom:
    """The cases of a results folder."""

    settings: Settings

    def begin(self, title: str) -> Case:
        """Begin a case."""
        name = secrets.token_hex(8)
        case = Case(name, self.settings.cases / name)
        case.folder.mkdir(parents=True)
        case.write(About(title=title, begun=datetime.now(UTC).isoformat(timespec="seconds")))
        return case

    def find(self, name: str) -> Case:
        """Find a case by its name.

        Raises
        ------
        NoCaseError
            When there is none.
        """
        case = Case(name, self.settings.cases / name)
        if not NAME.fullmatch(name) or not (case.folder / About.FILE).is_file():
            raise NoCaseError(name)
        return case

    def all(self) -> list[Case]:
        """Every case, the newest first."""
        folder = self.settings.cases
        names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
        found = [
            Case(name, folder / name)
            for name in names
            if NAME.fullmatch(name) and (folder / name / About.FILE).is_file()
        ]
        return sorted(found, key=lambda case: (case.about.begun, case.name), reverse=True)
