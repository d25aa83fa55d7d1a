"""`poundflow analyse`: what a sweep answers, as a table, a paragraph and a page with a picture."""

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.cli import screen
from experiments.cli.tables import print_answer, print_point, print_sentences, print_where
from experiments.library.analyses import AllAnswered, Answered, analyse, analyse_all
from experiments.library.options import ALL
from experiments.library.swept import AnalyseError
from scenarios.errors import ExitCode

REPORT = "report.html"
RANGE = re.compile(r"([^=]+)=([^=]+?)\.\.([^=]+)")


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
        screen.print_document(document)
        return ExitCode.DONE
    if isinstance(told, AllAnswered):
        for one in told.answers.values():
            print_sentences(one.answer, one.say)
        for name, why in told.refused.items():
            print_point(f"{name} is not answered: {why}")
        print_where(page)
    else:
        print_answer(told.answer, page, told.say)
    return ExitCode.DONE


def ranges_of(typed: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Read ranges of assumptions, each NAME=LOW..HIGH.

    Raises
    ------
    AnalyseError
        With all that are none.
    """
    ranges, faults = {}, []
    for text in typed:
        found = RANGE.fullmatch(text)
        try:
            ends = (float(found[2]), float(found[3])) if found else None
        except ValueError:
            ends = None
        if found is None or ends is None or not all(map(math.isfinite, ends)):
            faults.append(f"--within {text}; wanted NAME=LOW..HIGH, as in bid.cover=0.02..0.08")
            continue
        ranges[found[1].strip()] = ends
    if faults:
        raise AnalyseError("; ".join(faults) + ".")
    return ranges
