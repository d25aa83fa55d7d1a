"""Files from the browser: bounded, and kept under names that we make.

Nothing is opened here. Whether a file is a list of payments is found out by the importer, in a
process of its own that may be killed.
"""

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from starlette.datastructures import FormData, UploadFile

from experiments.store.aside import make_folder, opened_aside
from experiments.web.places.section import Upload

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TABLE_ENDINGS = (".csv", ".txt")
"""Of tables of suppliers; one of postcodes may also be Parquet."""

MOST_FILES = 20
MOST_BYTES = 64 * 2**20
"""Of one file; a year of a large council's payments is some 20 MiB."""

MOST_TOGETHER = 180 * 2**20
LONGEST_NAME = 80
CHUNK = 2**20


def files_of(typed: FormData, field: str) -> list[UploadFile]:
    """Give the files of a field; one that was left empty is none."""
    found = [one for one in typed.getlist(field) if isinstance(one, UploadFile)]
    return [one for one in found if one.filename]


def shown_name(name: str) -> str:
    """Write a file's name as it may be shown: its last part, without letters that are not seen."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = "".join(letter for letter in last if letter.isprintable()).strip()
    return seen[-LONGEST_NAME:] or "a file without a name"


def faults_of(
    files: Sequence[UploadFile], *, needed: bool, endings: tuple[str, ...] = ENDINGS,
    alone: bool = False,
) -> str:  # fmt: skip
    """Say what keeps files from being taken; empty where nothing does.

    Parameters
    ----------
    files : sequence of UploadFile
        As they came.
    needed : bool
        Whether at least one is wanted.
    endings : tuple of str
        How a name may end.
    alone : bool
        Whether one is all that is taken.
    """
    if not files:
        return "Choose at least one file of payments." if needed else ""
    most = 1 if alone else MOST_FILES
    if len(files) > most:
        return f"These are {len(files)} files; at most {most} can be read together."
    for one in files:
        name, size = shown_name(one.filename or ""), one.size or 0
        if not name.lower().endswith(endings) and endings != ENDINGS:
            return f"“{name}” is no CSV file. Open it in a spreadsheet and save it as CSV."
        if not name.lower().endswith(endings):
            return (
                f"“{name}” is no CSV file and no workbook. Open it in a spreadsheet and save it as "
                "CSV or xlsx."
            )
        if size == 0:
            return f"“{name}” is empty. Download it again."
        if size > MOST_BYTES:
            return (
                f"“{name}” has {size >> 20:,} MiB; at most {MOST_BYTES >> 20} can be read. "
                "Take out the rows that are not needed, or part it."
            )
    whole = sum(one.size or 0 for one in files)
    if whole > MOST_TOGETHER:
        return (
            f"These files have {whole >> 20:,} MiB together; at most {MOST_TOGETHER >> 20} can be "
            "read. Leave some months out."
        )
    return ""


def table_fault(files: Sequence[UploadFile], name: str) -> str:
    """Say what keeps a table of suppliers from being taken; empty where nothing does."""
    endings = (*TABLE_ENDINGS, ".parquet") if name == "postcodes" else TABLE_ENDINGS
    return faults_of(files, needed=False, endings=endings, alone=True)


def keep(files: Sequence[UploadFile], folder: Path) -> tuple[Upload, ...]:
    """Put files into a folder under new names.

    Raises
    ------
    experiments.store.errors.FolderError
        When the disk is full or refuses them.
    """
    make_folder(folder)
    kept = []
    for one in files:
        name = shown_name(one.filename or "")
        stored = secrets.token_hex(8) + PurePosixPath(name).suffix.lower()
        one.file.seek(0)
        with opened_aside(folder / stored, one.size or 0) as file:
            shutil.copyfileobj(one.file, file, CHUNK)
        kept.append(Upload(stored=stored, name=name, size=one.size or 0))
    return tuple(kept)


def forget(folder: Path, kept: Sequence[Upload]) -> None:
    """Take all files of a folder away but those that are named."""
    names = {one.stored for one in kept}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in names:
            path.unlink()
