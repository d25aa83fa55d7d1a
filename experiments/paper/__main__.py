"""`python -m experiments.paper tables --sweeps DIR`, then `python -m experiments.paper build`.

`tables` reads finished sweeps, each in the folder of DIR named as its plan, and writes the stored
tables; names of chapters behind it leave out the others. `build` makes every figure, and every
marked block of the documents, from the stored tables alone.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from experiments.paper.pages import fill_pages
from experiments.paper.registry import CHAPTERS, Chapter
from experiments.paper.stored import (
    MissingTableError,
    StoredTableError,
    read_tables,
    write_tables,
)
from experiments.store.aside import make_folder
from experiments.store.errors import FolderError
from scenarios.errors import ExitCode, PoundflowError

DOCS = Path("docs")
PAPER = "paper"
TABLES = "tables"
FIGURES = "figures"


def main(words: Sequence[str] | None = None) -> int:
    """Do what is asked.

    Returns
    -------
    int
        0 done; 2 the input is wrong, with the reason on stderr.
    """
    asked = _parser().parse_args(words)
    try:
        if asked.what == TABLES:
            store(asked.sweeps, asked.docs, asked.commit, asked.chapters)
        else:
            build(asked.docs)
    except (FolderError, PoundflowError) as fault:
        sys.stderr.write(f"{fault}\n")
        return int(fault.exit_code)
    return int(ExitCode.DONE)


def store(
    sweeps: Path, docs: Path, commit: str, only: Sequence[str],
    chapters: Mapping[str, Chapter] = CHAPTERS,
) -> None:  # fmt: skip
    """Write the stored tables of finished sweeps.

    Parameters
    ----------
    sweeps : Path
        Folder of folders, each named as its plan.
    docs : Path
        Folder of the documents.
    commit : str
        Written into every table.
    only : sequence of str
        Names of chapters; all where there are none.
    chapters : mapping of str to Chapter

    Raises
    ------
    StoredTableError
        When a name is no chapter's, or a sweep is missing or unfinished.
    """
    unknown = sorted(set(only) - set(chapters))
    if unknown:
        raise StoredTableError(
            f"no chapter is called {', '.join(unknown)}. Name one of: {', '.join(chapters)}."
        )
    for name, chapter in chapters.items():
        if only and name not in only:
            continue
        told = chapter.tables(sweeps)
        dated = {title: replace(table, commit=commit) for title, table in told.items()}
        write_tables(dated, docs / PAPER / TABLES)


def build(docs: Path, chapters: Mapping[str, Chapter] = CHAPTERS) -> list[Path]:
    """Make every figure and every marked block of the documents from the stored tables.

    A chapter with a table that is not stored yet is left out, and its blocks say so.

    Parameters
    ----------
    docs : Path
        Folder of the documents.
    chapters : mapping of str to Chapter

    Returns
    -------
    list of Path
        Pages that hold blocks.

    Raises
    ------
    StoredTableError, BlockError
        When a file is no stored table, or pages and chapters do not name the same blocks.
    """
    tables = read_tables(docs / PAPER / TABLES)
    make_folder(docs / PAPER / FIGURES)
    blocks: dict[str, str] = {}
    whole = True
    for chapter in chapters.values():
        try:
            blocks.update(chapter.page(tables))
        except MissingTableError:
            whole = False
        else:
            chapter.figures(tables, docs / PAPER / FIGURES)
    return fill_pages(docs, blocks, whole=whole)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m experiments.paper", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder of the documents")
    verbs = parser.add_subparsers(dest="what", required=True)
    tables = verbs.add_parser(TABLES, help="stored tables from finished sweeps")
    tables.add_argument("chapters", nargs="*", metavar="CHAPTER", help="default all")
    tables.add_argument("--sweeps", type=Path, required=True, metavar="DIR")
    tables.add_argument("--commit", default="unknown", help="written into the tables")
    verbs.add_parser("build", help="figures and pages from stored tables")
    return parser


if __name__ == "__main__":
    sys.exit(main())
