"""`python -m experiments.search QUESTION`: an effect over the register's ranges, or none.

QUESTION is one of `experiments.search.questions`, or `all`. What was lived is kept in the folder
of `--out`, and the same command takes up where it stopped; with `--page` a page of documentation
and its pictures are written.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from experiments.figures.scatter import Cloud, scatter_figure
from experiments.figures.svg import to_svg
from experiments.runner.replicate import all_entries
from experiments.search.lives import Search
from experiments.search.page import AGAINST, Told, interval, page
from experiments.search.questions import QUESTIONS, Question, said_in
from experiments.search.slopes import slope_of
from experiments.store.aside import make_folder, try_aside, write_aside
from experiments.store.errors import FolderError
from scenarios.errors import ExitCode, PoundflowError
from scenarios.read import read_scenario
from scenarios.tables import country

ALL = "all"


def main(words: Sequence[str] | None = None) -> int:
    """Search, print what was found, and write a page where one is asked for.

    Returns
    -------
    int
        0 done; 2 the input is wrong, with the reason on stderr; 130 stopped by the user.
    """
    asked = _parser().parse_args(words)
    questions = [one for one in QUESTIONS if asked.question in (one.name, ALL)]
    told = []
    try:
        make_folder(asked.out)
        if asked.page is not None:
            try_aside(asked.page)
        for place in asked.place or ["village"]:
            name, *sets = place.split(",")
            scenario = read_scenario(name, sets)
            search = Search(scenario, asked.months, asked.draws, asked.seed, asked.out)
            for question in questions:
                said = said_in(question, country(scenario.nation))
                told.append(_searched(search, said, asked.page))
        if asked.page is not None:
            command = f"python -m experiments.search {' '.join(_typed(words))}"
            write_aside(asked.page, page(told, command, asked.commit).encode())
    except (PoundflowError, FolderError) as fault:
        sys.stderr.write(f"{fault}\n")
        return int(fault.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write("stopped. What was lived is kept: the same command goes on from there.\n")
        return int(ExitCode.STOPPED)
    return int(ExitCode.DONE)


_UNTOLD = ("--out", "--commit")


def _typed(words: Sequence[str] | None) -> Sequence[str]:
    """What was typed, the folder and the commit left out."""
    typed, kept = list(sys.argv[1:] if words is None else words), []
    while typed:
        word = typed.pop(0)
        if word in _UNTOLD:
            typed.pop(0)
        elif word.partition("=")[0] not in _UNTOLD:
            kept.append(word)
    return kept


def _searched(search: Search, question: Question, written: Path | None) -> Told:
    """Search one question; print it, and draw it beside the page."""
    where, answers = search.answers(question)
    entries = [all_entries()[name] for name in question.factors]
    slopes, clouds = [], []
    for finding in question.findings:
        column, told = question.factors.index(finding.factor), answers[finding.name]
        slope = slope_of(where, told, column)
        slopes.append((finding, slope))
        sys.stdout.write(
            f"{search.scenario.name} {finding.name}: {interval(slope)} {finding.unit} over "
            f"{finding.factor}, {slope.verdict}\n"
        )
        entry, known = entries[column], np.isfinite(told)
        at = entry.low + where[known][:, column] * (entry.high - entry.low)
        fitted = None
        if slope.at_low is not None and slope.slope is not None:
            fitted = (slope.at_low, slope.at_low + slope.slope)
        title, _, against = finding.title.partition(AGAINST)
        clouds.append(
            Cloud(
                f"{title} [{finding.unit}]", f"against {against}",
                f"{entry.name} [{entry.unit}]", at.tolist(), told[known].tolist(),
                (entry.low, entry.high), fitted, slope.verdict == "found",
                f"slope {interval(slope)}, {slope.verdict.partition(':')[0]}",
            )
        )  # fmt: skip
    if written is not None:
        name = f"emergence-{search.scenario.name}-{question.name}"
        title = f"What emerges: {question.name} in {search.scenario.name}"
        told_of = "; ".join(f"{one.title} {one.against}, {one.axis}: {one.note}" for one in clouds)
        drawn = to_svg(scatter_figure(clouds), name, title, told_of)
        write_aside(written.parent / f"{name}.svg", drawn.encode())
    return Told(search.scenario.name, search.months, search.draws, question, slopes)


def _positive(text: str) -> int:
    """Read a number that counts something.

    Raises
    ------
    ArgumentTypeError
        Where it is no whole number from 1 on.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found {text!r}; wanted a whole number from 1 on")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m experiments.search", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("question", choices=[*(one.name for one in QUESTIONS), ALL])
    parser.add_argument("--draws", type=_positive, default=32, help="settings lived")
    parser.add_argument("--seed", type=_positive, default=1)
    parser.add_argument("--months", type=_positive, default=60)
    parser.add_argument(
        "--place", action="append", metavar="SCENARIO[,KEY=VALUE...]", help="default the village"
    )
    parser.add_argument("--out", type=Path, default=Path("search"), help="folder that keeps it")
    parser.add_argument("--page", type=Path, help="page of documentation to write")
    parser.add_argument("--commit", default="unknown", help="written on the page")
    return parser


if __name__ == "__main__":
    sys.exit(main())
