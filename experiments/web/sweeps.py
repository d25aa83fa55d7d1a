"""Sweeps of a results folder: which there are, what each holds, and what may be asked of it.

Nothing here writes. A sweep is found by listing folders, never by a path that somebody typed, and
what was typed is taken for a name that is known, or for a number within bounds, or is refused.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from experiments.library.questions import known
from experiments.report.units import number_read, reading_of
from experiments.store.errors import FolderError
from experiments.store.manifest import MANIFEST, SWEEP, read_manifest
from experiments.store.sweep_tables import RUNS_FOLDER

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
FEWEST = 20
"""Futures below which a page warns that they are too few to tell much."""
LONGEST_NUMBER = 24

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "compare": ("How do the policies differ?", "Each policy beside the one to compare with."),
    "robustness": ("Which is the safest choice?", "Regret: what you lose by a choice that turns "
                   "out not to be the best one. Other rules of choice stand beside it."),
    "discovery": ("When does a policy do worse?", "Ranges of assumptions in which it often does."),
    "pareto": ("What is traded for what?", "Policies that no other one beats on every count."),
    "sensitivity": ("Which assumptions matter most?", "Only for a sweep laid out for it."),
}  # fmt: skip
"""What may be asked, in words, with what it tells."""


@dataclass(frozen=True, slots=True)
class Found:
    """The folder of a sweep.

    Attributes
    ----------
    name : str
        As in addresses.
    folder : Path
    label : mapping or None
        What was asked; None where it cannot be read.
    why : str
        Why it cannot be read.
    """

    name: str
    folder: Path
    label: Mapping[str, Any] | None
    why: str = ""

    @property
    def state(self) -> tuple[Any, ...]:
        """Changes whenever the folder holds more, or something else."""
        parts = self.folder / RUNS_FOLDER
        names = sorted(one.name for one in parts.iterdir()) if parts.is_dir() else []
        return (self.folder, (self.folder / MANIFEST).stat().st_mtime_ns, len(names), *names[-1:])


def sweeps_in(results: Path) -> list[Found]:
    """Find the sweeps of a results folder: itself, or the folders in it.

    Parameters
    ----------
    results : Path

    Returns
    -------
    list of Found
        In order of their names.
    """
    if not results.is_dir():
        return []
    folders = [results, *sorted(one for one in results.iterdir() if one.is_dir())]
    found = [_found(one) for one in folders if NAME.fullmatch(one.resolve().name)]
    return [one for one in found if one is not None]


def _found(folder: Path) -> Found | None:
    name = folder.resolve().name
    try:
        label = read_manifest(folder)
    except FolderError as fault:
        said = str(fault).replace(f"{folder}/", "").replace(str(folder), name)
        return Found(name, folder, None, said) if (folder / RUNS_FOLDER).is_dir() else None
    return Found(name, folder, label) if label and label.get("command") == SWEEP else None


@dataclass(frozen=True, slots=True)
class Overview:
    """What a sweep holds, as far as a form needs it.

    Attributes
    ----------
    name, baseline : str
    places, policies : tuple of str
    tiers : mapping of str to list of str
        Measures with the tiers that they are told for.
    factors : mapping of str to (float, float)
        Assumptions that vary, each with its least and its most.
    points : tuple of mapping
        Values of each point.
    runs, missing : int
        Finished, and not.
    design : str
    """

    name: str
    baseline: str
    places: tuple[str, ...]
    policies: tuple[str, ...]
    tiers: Mapping[str, Sequence[str]]
    factors: Mapping[str, tuple[float, float]]
    points: tuple[Mapping[str, float], ...]
    runs: int
    missing: int
    design: str

    def futures(self, within: Mapping[str, tuple[float, float]], place: str | None) -> int:
        """Futures that lie within ranges."""
        many = sum(
            all(low <= point[name] <= high for name, (low, high) in within.items())
            for point in self.points
        )
        return many * (1 if place else len(self.places))


def overview(folder: Path) -> Overview:
    """Read what a sweep holds.

    Raises
    ------
    AnalyseError or FolderError
        When nothing is finished, or it cannot be read.
    """
    from experiments.library.swept import read_swept
    from experiments.store.relations import open_store

    with open_store(folder) as store:
        swept = read_swept(store)
        ends = {
            name: (float(column.min()), float(column.max()))
            for name, column in zip(swept.factors, swept.points.T, strict=True)
        }
        return Overview(
            name=swept.name, baseline=swept.baseline, places=swept.shape.places,
            policies=swept.order, tiers=swept.tiers,
            factors={name: both for name, both in ends.items() if both[0] < both[1]},
            points=tuple(
                dict(zip(swept.factors, values, strict=True)) for values in swept.points.tolist()
            ),
            runs=len(swept.runs), missing=store.missing, design=swept.design.kind,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed into the form of a sweep, and what is wrong with it.

    Attributes
    ----------
    kind : str
        A key of `QUESTIONS`.
    options : dict
        As `experiments.library.analyses.analyse` takes them.
    typed : dict
        Texts of the ranges, as typed.
    faults : dict
        Field -> what is wrong.
    """

    kind: str
    options: Mapping[str, Any]
    typed: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[Any, ...]:
        """All that the answer depends on beside the folder."""
        flat = {
            name: tuple(sorted(value.items())) if isinstance(value, dict) else value
            for name, value in self.options.items()
        }
        return (self.kind, *sorted((name, str(value)) for name, value in flat.items()))

    @property
    def query(self) -> str:
        """The same question as the end of an address."""
        pairs = [("question", self.kind)]
        pairs += [("measure", one) for one in self.options["measures"]]
        pairs += [("only", one) for one in self.options["only"]]
        for name in ("tier", "policy", "baseline", "place"):
            if self.options[name]:
                pairs.append((name, self.options[name]))
        pairs.append(("find", self.options["find"]))
        return urlencode([*pairs, *((name, text) for name, text in self.typed.items() if text)])


def asked_of(held: Overview, typed: Sequence[tuple[str, str]]) -> Asked:
    """Take what was typed for what is known; the rest is refused, field by field.

    Parameters
    ----------
    held : Overview
    typed : sequence of (str, str)
        The query of the address.
    """
    faults: dict[str, str] = {}
    many: dict[str, list[str]] = {}
    for name, text in typed:
        many.setdefault(name, []).append(text)

    def one(name: str, offered: Sequence[str], usual: str = "") -> str:
        text = many.get(name, [usual])[-1]
        if text and text not in offered:
            faults[name] = "Choose one from the list."
            return usual
        return text

    def some(name: str, offered: Sequence[str]) -> tuple[str, ...]:
        texts = list(dict.fromkeys(many.get(name, [])))
        if any(text not in offered for text in texts):
            faults[name] = "Choose from the list."
        return tuple(text for text in texts if text in offered)

    kind = one("question", tuple(QUESTIONS), "compare")
    tiers = sorted({tier for some_tiers in held.tiers.values() for tier in some_tiers})
    ranges: dict[str, tuple[float, float]] = {}
    texts: dict[str, str] = {}
    for name, (least, most) in held.factors.items():
        fields = [f"{name}-low", f"{name}-high"]
        for end in fields:
            texts[end] = many.get(end, [""])[-1].strip()[:LONGEST_NUMBER]
        unit = known()[name].unit if name in known() else ""
        low, high = (
            _number(texts[end], usual, unit, end, faults)
            for end, usual in zip(fields, (least, most), strict=True)
        )
        if low > high:
            faults[fields[0]] = "The lower end is above the upper end. Change one of them."
        elif texts[fields[0]] or texts[fields[1]]:
            ranges[name] = (low, high)
    options = {
        "measures": some("measure", tuple(held.tiers)), "only": some("only", held.policies),
        "tier": one("tier", tiers) or None, "policy": one("policy", held.policies) or None,
        "baseline": one("baseline", held.policies) or None,
        "place": one("place", held.places) or None,
        "find": one("find", ("worse", "better"), "worse"), "within": ranges,
    }  # fmt: skip
    return Asked(kind, options, texts, faults)


def _number(text: str, usual: float, unit: str, name: str, faults: dict[str, str]) -> float:
    """A number as typed, in the unit of the register.

    The usual one where nothing was typed, or nothing that is a number.
    """
    if not text:
        return usual
    try:
        value = float(text.replace(",", "").strip("£% "))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        such = number_read(float(f"{usual:.3g}"), unit)
        faults[name] = f"Give a number, such as {such}, or leave it empty."
        return usual
    return round(value / reading_of(unit).factor, 14)
