"""`poundflow analyse`: what a sweep answers, as a table, a paragraph and a page with a picture."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.cli import screen
from experiments.library.analyses import AllAnswered, Answered, analyse, analyse_all
from experiments.library.options import ALL
from scenarios.errors import ExitCode

if TYPE_CHECKING:
    from experiments.report.tables import Grid

REPORT = "report.html"


def analyse_command(
    folder: Path, kind: str, options: Mapping[str, Any], out: Path | None, *, as_json: bool
) -> int:
    """Answer one question of a sweep, or all.

    Parameters
    ----------
    folder : Path
        Of the sweep.
    kind : str
        A question, or `all`.
    options : mapping of str to any
        As `experiments.library.analyses.analyse` takes them.
    out : Path, optional
        The page; in the folder by default.
    as_json : bool
        Whether one document is printed and nothing else.

    Returns
    -------
    int
        0.

    Raises
    ------
    AnalyseError or FolderError
        When the question cannot be asked of this sweep, or the page not be written.
    """
    told: Answered | AllAnswered
    if kind == ALL:
        told = analyse_all(folder, **options)
        page = told.write_page(out or folder / REPORT)
    else:
        told = analyse(folder, kind, **options)
        page = told.write_page(out or folder / f"answer-{kind}.html")
    if as_json:
        document = {**told.document, "page": str(page)}
        screen.stdout().file.write(json.dumps(document, indent=2, allow_nan=False) + "\n")
        return ExitCode.DONE
    if isinstance(told, AllAnswered):
        for one in told.answers.values():
            _tell(one)
        for name, why in told.refused.items():
            _say(f"{name} is not answered: {why}")
    else:
        _tell(told)
        for grid in told.answer.grids:
            if grid.rows:
                _print_grid(screen.stdout(), grid, told.say)
    screen.stdout().print(f"Read {page}", markup=False, soft_wrap=True)
    return ExitCode.DONE


def _tell(told: Answered) -> None:
    """Print the title, the paragraph, and what was left out."""
    screen.stdout().print(told.say(told.answer.title), markup=False, style="bold")
    for sentence in (*told.paragraph, *told.left_out):
        _say(sentence)


def _say(sentence: str) -> None:
    console = screen.stdout()
    console.print(f"· {sentence}", markup=False, soft_wrap=not console.is_terminal)


def _print_grid(console: Any, grid: "Grid", say: Callable[[str], str]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=say(grid.caption), title_justify="left")
    for name in grid.head:
        table.add_column(Text(say(name)))
    for row in grid.rows:
        table.add_row(*(Text(say(cell)) for cell in row))
    console.print(table)
