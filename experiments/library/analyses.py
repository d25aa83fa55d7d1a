"""What a sweep answers: one question, or all that its design can be asked, with pages to read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.design.extras import MissingExtraError
from experiments.library import questions
from experiments.library.options import ALL, KINDS, Question, question_of
from experiments.library.swept import AnalyseError, Swept, known_policy, read_swept

if TYPE_CHECKING:
    import pandas as pd

    from experiments.report.swept import Answer
    from experiments.report.swept_whole import Account
    from experiments.store.relations import Store

SCHEMA_VERSION = 1

ASK: Mapping[str, Callable[[Swept, Question], questions.Found]] = {
    "compare": questions.compare_asked,
    "sensitivity": questions.sensitivity_asked,
    "robustness": questions.robustness_asked,
    "discovery": questions.discovery_asked,
    "pareto": questions.pareto_asked,
}
ROWS: Mapping[str, tuple[str, ...]] = {
    "compare": ("differences",),
    "sensitivity": ("sensitivity",),
    "robustness": ("robustness", "policies"),
    "discovery": ("boxes",),
    "pareto": ("pareto", "policies"),
}
"""Where the document of each kind holds its rows."""
ABOUT = ("place", "policy", "measure", "tier", "unit")


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one question.

    Attributes
    ----------
    kind, sweep, baseline : str
        What was asked, of which sweep, and what differences are taken from.
    answer : Answer
        Words, tables and pictures, as a page sets them.
    found : dict
        Numbers, as plain data.
    facts : sequence of (str, str)
        What the sweep is.
    say : callable
        Says a text in the money and the words of the places.
    """

    kind: str
    sweep: str
    baseline: str
    answer: "Answer"
    found: Mapping[str, Any]
    facts: Sequence[tuple[str, str]]
    say: Callable[[str], str]

    @property
    def paragraph(self) -> list[str]:
        """Sentences that answer the question."""
        return [self.say(one) for one in self.answer.paragraph]

    @property
    def left_out(self) -> list[str]:
        """Sentences on what was left out; empty where nothing was."""
        return [self.say(one) for one in self.answer.left]

    @property
    def pictures(self) -> dict[str, str]:
        """SVG of each picture, by its name; those that cannot be drawn are left out."""
        return {one.name: self.say(one.alone) for one in self.answer.pictures if one.alone}

    @property
    def document(self) -> dict[str, Any]:
        """What `poundflow analyse --json` prints, but for the page that it names."""
        return {
            "schema_version": SCHEMA_VERSION,
            "kind": self.kind,
            "sweep": self.sweep,
            "baseline": self.baseline,
            "paragraph": self.paragraph,
            "left_out": self.left_out,
            **self.found,
        }

    @property
    def frame(self) -> "pd.DataFrame":
        """The numbers as a pandas frame.

        Returns
        -------
        DataFrame
            compare: a row for each measure and policy, with `mean`, `luck.low` and `luck.high`
            [unit of the measure]. sensitivity: one for each measure, place, policy and factor.
            robustness, pareto: one for each policy. discovery: one for each box.
        """
        import pandas as pd

        rows: Any = self.found
        for key in ROWS[self.kind]:
            rows = rows[key]
        if self.kind == "sensitivity":
            return pd.json_normalize(list(rows), "factors", list(ABOUT))
        return pd.json_normalize(list(rows))

    def write_page(self, path: Path | str) -> Path:
        """Write the answer as one page that holds everything.

        Raises
        ------
        FolderError
            When there is no room, or no right to write there.
        """
        from experiments.report.swept import write_answer

        write_answer(self.answer, self.facts, Path(path), self.say)
        return Path(path)


@dataclass(frozen=True, slots=True)
class AllAnswered:
    """Every answer of a sweep, and why it has no others.

    Attributes
    ----------
    account : Account
        What was swept, how far it is, and how to do it again.
    answers : mapping of str to Answered
        By kind.
    refused : mapping of str to str
        Kinds that this sweep cannot answer, each with the reason.
    """

    account: "Account"
    baseline: str
    answers: Mapping[str, Answered]
    refused: Mapping[str, str]
    say: Callable[[str], str]

    @property
    def document(self) -> dict[str, Any]:
        """What `poundflow analyse DIR all --json` prints, but for the page that it names."""
        from experiments.report.swept_whole import WANTED

        told: dict[str, Any] = {kind: one.document for kind, one in self.answers.items()}
        told |= {
            kind: {"kind": kind, "refused": why, "wanted": WANTED[kind]}
            for kind, why in self.refused.items()
        }
        return {
            "schema_version": SCHEMA_VERSION,
            "kind": ALL,
            "sweep": self.account.name,
            "baseline": self.baseline,
            "swept": self.account.document,
            "answers": {kind: told[kind] for kind in KINDS},
        }

    def write_page(self, path: Path | str) -> Path:
        """Write the report: what was swept, then a section for each question.

        Raises
        ------
        FolderError
            When there is no room, or no right to write there.
        """
        from experiments.report.swept_whole import Section, write_whole

        sections = [
            Section(kind, self.answers[kind].answer if kind in self.answers else None,
                    self.refused.get(kind, ""))
            for kind in KINDS
        ]  # fmt: skip
        write_whole(self.account, sections, Path(path), self.say)
        return Path(path)


def analyse(of: "Path | str | Store", kind: str, **options: Any) -> Answered:
    """Ask a sweep one question.

    Parameters
    ----------
    of : Path, str or Store
        The folder of a sweep, which may still be filling, or what `open_store` gave.
    kind : str
        `compare`, `sensitivity`, `robustness`, `discovery` or `pareto`.
    **options
        Attributes of `experiments.library.options.Question`, such as `measures`, `tier`, `policy`,
        `baseline`, `place`, `better`, `half_width`, `alpha`, `level`, `threshold`, `find`, `only`
        and `within`.

    Returns
    -------
    Answered
        With `paragraph`, `frame`, `document`, `pictures` and `write_page`.

    Raises
    ------
    AnalyseError
        When the sweep cannot be asked that.
    MissingExtraError
        When it takes a package that is not installed.
    FolderError
        When the folder holds no sweep that can be read.
    """
    question = question_of(kind, options)
    if kind == ALL:
        raise AnalyseError(f"found the question {ALL!r}; wanted one; `analyse_all` asks them all.")
    with _opened(of, question) as swept:
        return _answered(kind, swept, question)


def analyse_all(of: "Path | str | Store", **options: Any) -> AllAnswered:
    """Ask a sweep everything that its design can answer.

    Parameters
    ----------
    of : Path, str or Store
        The folder of a sweep, which may still be filling, or what `open_store` gave.
    **options
        As of `analyse`.

    Returns
    -------
    AllAnswered
        With `answers` and `refused` by kind, `document` and `write_page`.

    Raises
    ------
    AnalyseError
        When no question at all can be answered, or a measure, a policy or a tier is asked of that
        the sweep does not hold.
    FolderError
        When the folder holds no sweep that can be read.
    """
    from experiments.report.swept_whole import account_of

    question = question_of(ALL, options)
    answers, refused = {}, {}
    with _opened(of, question) as swept:
        for measure in question.measures:
            swept.futures(measure, question.tier)
        if question.policy is not None:
            known_policy("--policy", question.policy, swept.shape.policies)
        for kind in KINDS:
            few = kind == "pareto" and len(question.measures) == 1  # then of its own ones
            asked = replace(question, measures=()) if few else question
            try:
                answers[kind] = _answered(kind, swept, asked)
            except (AnalyseError, MissingExtraError) as fault:
                refused[kind] = str(fault)
        if not answers:
            raise AnalyseError("\n".join(dict.fromkeys(refused.values())))
        account = account_of(swept.store, swept.shape.places, swept.baseline)
        return AllAnswered(account, swept.baseline, answers, refused, swept.say)


@contextmanager
def _opened(of: "Path | str | Store", question: Question) -> Iterator[Swept]:
    """Open a folder for as long as it is asked; what was open before stays so."""
    from experiments.store.relations import Store, open_store

    store = of if isinstance(of, Store) else open_store(of)
    try:
        yield read_swept(
            store, place=question.place, baseline=question.baseline, only=question.only,
            within=question.within,
        )  # fmt: skip
    finally:
        if store is not of:
            store.close()


def _answered(kind: str, swept: Swept, question: Question) -> Answered:
    answer, found = ASK[kind](swept, question)
    return Answered(kind, swept.name, swept.baseline, answer, found, _facts(swept), swept.say)


def _facts(swept: Swept) -> list[tuple[str, str]]:
    shape = swept.shape
    planned = shape.futures * shape.replicates * len(shape.policies)
    kept = int(swept.kept.sum())
    ranges = [("Points within the ranges", f"{kept:,}")] if swept.narrowed else []
    return [
        ("Sweep", swept.name),
        ("Places", ", ".join(shape.places)),
        ("Policies", str(len(shape.policies))),
        ("Points of the design", f"{shape.points:,} ({swept.design.kind})"),
        *ranges,
        ("Replicates of each", f"{shape.replicates:,}"),
        ("Runs finished", f"{len(swept.runs):,} of {planned:,}"),
    ]
