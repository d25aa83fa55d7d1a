"""How much of a job is done, as the folder that it fills tells: also when nobody watched it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from experiments.store.folder import PARTS
from experiments.store.manifest import MANIFEST
from experiments.store.records import Part


@dataclass(frozen=True, slots=True)
class Kept:
    """What a folder holds of what was asked for.

    Attributes
    ----------
    futures, of_futures : int
        Finished, and asked for.
    luck, of_luck : int
        Repeats that differ by luck alone, finished and asked for.
    known : bool
        Whether there is a folder that tells.
    """

    futures: int = 0
    of_futures: int = 0
    luck: int = 0
    of_luck: int = 0
    known: bool = False

    @property
    def done(self) -> int | None:
        """Finished futures and repeats; None where it is not known."""
        return self.futures + self.luck if self.known else None

    @property
    def total(self) -> int | None:
        """Futures and repeats in all; None where it is not known."""
        return self.of_futures + self.of_luck if self.known else None


def kept_by(arguments: Sequence[str]) -> Kept:
    """What a command has kept so far; unknown for one that fills no folder of futures."""
    arguments = list(arguments)
    if arguments[:1] != ["compare"] or "--out" not in arguments[:-1]:
        return Kept()
    return kept_in(Path(arguments[arguments.index("--out") + 1]))


def kept_in(folder: Path) -> Kept:
    """What the folder of a comparison holds."""
    path = folder / MANIFEST
    try:
        of_futures, of_luck = _asked_for(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        return Kept()
    return Kept(
        _count(folder, Part.FUTURE, of_futures), of_futures,
        _count(folder, Part.LUCK, of_luck), of_luck, known=True,
    )  # fmt: skip


@lru_cache(256)
def _asked_for(path: Path, written: int) -> tuple[int, int]:
    """How many futures and repeats a label asks for, as it was written at a moment."""
    label = json.loads(path.read_bytes())
    return int(label["replicates"]), int(label["luck_replicates"])


def _count(folder: Path, part: Part, most: int) -> int:
    """Files of a part; those beyond what is asked for do not count."""
    return min(most, sum(1 for _ in (folder / PARTS).glob(f"{part}-*.parquet")))
