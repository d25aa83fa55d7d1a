"""What the pages place and today are handed: the jobs, and what was read, in its owner's words."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.runner.jobs import Jobs
from experiments.store.imported import LABEL
from experiments.web.case import Case
from experiments.web.moved import note_move
from experiments.web.places.commands import LISTED, TODAY
from experiments.web.places.section import PlaceChoice
from experiments.web.places.shelf import in_signs
from experiments.web.places.standing import Standing, Stands, stands
from scenarios.errors import InputError

BUSY = (Standing.READING, Standing.BUILDING)


def where(case: Case, jobs: Jobs) -> tuple[PlaceChoice | None, Stands]:
    """Give what was chosen, and where it stands."""
    choice = case.read(PlaceChoice)
    return choice, stands(case, choice, jobs)


def label_of(case: Case, choice: PlaceChoice) -> Mapping[str, Any] | None:
    """Give what the import says of itself, files under their owner's names; None if it cannot."""
    return _label(case.imported / LABEL, choice, ("files", "suppliers"))


def register_of(case: Case, choice: PlaceChoice) -> Mapping[str, Any] | None:
    """Give what the import of the register says of itself; None without one, or if it cannot."""
    if not choice.contracts:
        return None
    return _label(case.folder / LISTED / LABEL, choice, ("files", "totals"))


def _label(path: Path, choice: PlaceChoice, parts: Sequence[str]) -> Mapping[str, Any] | None:
    try:
        text = path.read_text("utf-8")
        for one in choice.uploads:
            own = json.dumps(one.name, ensure_ascii=False)[:-1]
            stored = re.compile(rf'"[^"]*{re.escape(one.stored)}')  # a copy has another folder
            text = stored.sub(own.replace("\\", r"\\"), text)
        label: Mapping[str, Any] = json.loads(text)
        [label[part] for part in parts]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return label


def built_of(choice: PlaceChoice, jobs: Jobs) -> Mapping[str, Any] | None:
    """Give what building the file printed; None where nothing is left of it."""
    if not choice.building:
        return None
    try:
        told: Mapping[str, Any] = json.loads(jobs.output(choice.building))
        told["figures"], told["warnings"]
    except (InputError, LookupError, OSError, ValueError, TypeError):
        return None
    return told


def clear(case: Case) -> None:
    """Take away what was made of an earlier choice; the place that is left is kept in mind."""
    note_move(case, in_signs)
    for path in (case.place_file, case.folder / TODAY):
        path.unlink(missing_ok=True)
