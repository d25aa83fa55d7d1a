"""A case: one place, one question, one answer, each part in a small file of its own.

What an officer chooses is kept at once, page by page, so that closing the browser or restarting the
server loses nothing. A part is written whole or not at all; the page that writes it owns its form.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from experiments.store.aside import write_aside


class Section(BaseModel):
    """A part of a case. The file that keeps it is named by `FILE`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    FILE: ClassVar[str]


class About(Section):
    """What a case is called, and when it was begun."""

    FILE: ClassVar[str] = "case.json"

    title: str
    begun: str


S = TypeVar("S", bound=Section)


class DamagedCaseError(Exception):
    """Raised when a file of a case cannot be read as what it should be."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"the file {path.name} of this case cannot be read: {reason}. "
            "Choose anew on the page that keeps it, or put back a copy of the file."
        )
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Case:
    """A case on the disk.

    Parameters
    ----------
    name : str
        Sixteen hexadecimal letters, made by us.
    folder : Path
        Where its files are.
    """

    name: str
    folder: Path

    def read(self, model: type[S]) -> S | None:
        """Read a part; None where it has not been chosen yet.

        Raises
        ------
        DamagedCaseError
            When the file is there and is not such a part.
        """
        path = self.folder / model.FILE
        try:
            return model.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError as fault:
            raise DamagedCaseError(path, fault.errors()[0]["msg"]) from fault
        except OSError as fault:
            raise DamagedCaseError(path, fault.strerror or str(fault)) from fault

    def write(self, section: Section) -> None:
        """Keep a part, whole or not at all.

        Raises
        ------
        experiments.store.errors.FolderError
            When the disk refuses it.
        """
        write_aside(self.folder / section.FILE, section.model_dump_json(indent=1).encode())

    @property
    def about(self) -> About:
        """Its title and when it was begun."""
        about = self.read(About)
        if about is None:
            raise DamagedCaseError(self.folder / About.FILE, "it is not there")
        return about

    @property
    def place_file(self) -> Path:
        """The scenario of the place, complete and ready to compare on."""
        return self.folder / "place.toml"

    @property
    def question_file(self) -> Path:
        """The scenario as it was asked: place, policies and ranges."""
        return self.folder / "question.toml"

    @property
    def answers(self) -> Path:
        """The folder of the comparison."""
        return self.folder / "answers"

    @property
    def imported(self) -> Path:
        """The folder of the imported payments."""
        return self.folder / "import"

    @property
    def uploads(self) -> Path:
        """The folder of files that came from the browser, under names made by us."""
        return self.folder / "uploads"
