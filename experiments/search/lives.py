"""Lives each setting once, keeps what it came to on disk, and takes up where it stopped."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from experiments.ablation.effects import bare
from experiments.design.seeds import replicate_seed
from experiments.runner.replicate import all_entries, assumptions_of
from experiments.search.draws import settings
from experiments.search.questions import Life, Question
from experiments.store.aside import write_aside
from experiments.store.errors import BrokenFileError
from scenarios.errors import InputError
from scenarios.spec import Scenario

FUTURES = 4
"""Settings take turns in so many futures, so that no one's luck is taken for an effect."""

PLACE = "district"


class OtherSearchError(InputError):
    """Raised when a folder holds the settings of another search."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} holds another search: its place, months, seed, code of settings or register "
            "are not those asked for. Give another --out, or remove the file."
        )


@dataclass(slots=True)
class Search:
    """One question in one place; `answers` lives what is missing.

    Attributes
    ----------
    scenario : Scenario
    months, draws, seed : int
    folder : Path
        Where each setting is written as soon as it was lived; it exists.
    beside : dict
        Lives at the register's centre, by way of buying and future.
    """

    scenario: Scenario
    months: int
    draws: int
    seed: int
    folder: Path
    beside: dict[tuple[str, int], Life] = field(default_factory=dict)

    def answers(
        self, question: Question
    ) -> tuple[NDArray[np.float64], Mapping[str, NDArray[np.float64]]]:
        """Live every setting of a question that is not on disk.

        Returns
        -------
        (float64[draws, k], mapping of str to float64[draws])
            Place of each setting in the ranges, and the answers by finding; nan where there is
            none.

        Raises
        ------
        OtherSearchError
            Where the file of the question is of another search.
        FolderError
            Where the file cannot be read, or the folder refuses it.
        """
        entries = [all_entries(self.scenario)[name] for name in question.factors]
        where, values = settings(entries, self.draws, self.seed)
        file = self.folder / f"{self.scenario.name}-{question.name}.jsonl"
        known = self._read(file, question)
        for number in range(len(known), self.draws):
            known.append(self._lived(question, values[number], number))
            lines = [{"search": self._label(question)}, *known]
            write_aside(file, "".join(f"{json.dumps(line)}\n" for line in lines).encode())
        found = {
            one.name: np.array([_number(row.get(one.name)) for row in known[: self.draws]])
            for one in question.findings
        }
        return where, found

    def _label(self, question: Question) -> str:
        names = [all_entries(self.scenario)[name] for name in question.factors]
        told = (
            self.scenario.digest, self.months, self.seed, question.policy,
            [(one.name, one.low, one.high) for one in names],
            [one.name for one in question.findings], sorted(question.held.items()),
        )  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def _read(self, file: Path, question: Question) -> list[dict[str, float | None]]:
        if not file.exists():
            return []
        try:
            head, *known = map(json.loads, file.read_text(encoding="utf-8").splitlines())
            label = head["search"]
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise BrokenFileError(file, str(fault)) from fault
        if label != self._label(question):
            raise OtherSearchError(file)
        return known

    def _lived(
        self, question: Question, values: Mapping[str, float], number: int
    ) -> dict[str, float | None]:
        future = number % FUTURES
        at = question.beside, future
        if question.beside and at not in self.beside:
            self.beside[at] = self._life(question.beside, {}, future)
        given = {**question.held, **values}
        life, beside = self._life(question.policy, given, future), self.beside.get(at)
        return {one.name: one.answer(life, beside) for one in question.findings}

    def _life(self, policy: str, values: Mapping[str, float], future: int) -> Life:
        from simulation.measures.catalogue import evaluate
        from simulation.model.run import live, prepare

        place = bare(self.scenario, policy)
        seed = replicate_seed(self.seed, future)
        books = live(prepare(place, assumptions_of(place, values), seed), policy, self.months)
        told = evaluate(books, (PLACE,), (1, self.months), built=False)
        return Life(books, {one.measure: one for one in told if one.month == 0})


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
