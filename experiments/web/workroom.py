"""Where the cases are kept: begin one, find one, list, copy and delete them."""

import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

from experiments.store.aside import ASIDE, make_folder, refusal
from experiments.web.case import About, Case, DamagedCaseError
from experiments.web.settings import Settings

NAME = re.compile(r"[0-9a-f]{16}")
"""The name of a case: made by us, so nothing that a user types can become a path."""

NOT_COPIED = ("answers", "question.toml", "run.json", "watched")
"""Files of a case that belong to its question as it was asked, not to what was chosen."""


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
        make_folder(case.folder)
        case.write(_new(title))
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
        """Every case that can be read, the newest first."""
        return [case for case, about in self.listed() if about is not None]

    def listed(self) -> list[tuple[Case, About | None]]:
        """Every case with its title, the newest first; None where that cannot be read."""
        folder = self.settings.cases
        names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
        found = [
            (case, _about(case))
            for case in (Case(name, folder / name) for name in names if NAME.fullmatch(name))
            if (case.folder / About.FILE).is_file()
        ]
        return sorted(
            found, key=lambda one: (one[1].begun if one[1] else "", one[0].name), reverse=True
        )

    def copy(self, case: Case, title: str) -> Case:
        """Begin a case with what was chosen in another; what was asked and answered stays there.

        The copy appears whole or not at all.

        Parameters
        ----------
        case : Case
            The case to copy from.
        title : str
            What the copy is called.
        """
        name = secrets.token_hex(8)
        made = Case(name, self.settings.cases / name)
        aside = Case(name, self.settings.cases / f".{name}{ASIDE}")
        left = shutil.ignore_patterns(*NOT_COPIED)
        try:
            shutil.copytree(case.folder, aside.folder, ignore=left)
            aside.write(_new(title))
            aside.folder.replace(made.folder)
        except (OSError, shutil.Error) as fault:
            shutil.rmtree(aside.folder, ignore_errors=True)
            kind = fault if fault.errno else OSError(fault.args[0])
            raise refusal(kind, made.folder, 0) from fault
        return made

    def delete(self, case: Case) -> None:
        """Delete a case with all its files. It is gone at once, however long its files take."""
        aside = case.folder.with_name(f".{case.name}{ASIDE}")
        try:
            case.folder.replace(aside)
        except OSError as fault:
            raise refusal(fault, case.folder, 0) from fault
        shutil.rmtree(aside, ignore_errors=True)

    def tidy(self) -> None:
        """Take away what a server that was stopped in the act left half copied or deleted."""
        for leftover in self.settings.cases.glob(f".*{ASIDE}"):
            shutil.rmtree(leftover, ignore_errors=True)


def _new(title: str) -> About:
    return About(title=title, begun=datetime.now(UTC).isoformat(timespec="seconds"))


def _about(case: Case) -> About | None:
    try:
        return case.about
    except DamagedCaseError:
        return None
