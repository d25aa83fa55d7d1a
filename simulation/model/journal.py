"""The journal of one run: decisions and payments, kept only where asked for.

Decisions are awards, orders, prices, wages, hires and lay-offs, one JSON line each; payments are
every single one that the ledger made. How the place stood at first, and what decisions have made of
its firms, people and enterprises since, stands beside them, so that an independent reader can
recompute all money from the journal alone. In decisions and payments agents go by their uid, which
no order of rows can change.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.accounting.diary import Diary
from simulation.model.standing import Standing

if TYPE_CHECKING:
    from simulation.economy.town import Town
    from simulation.model.stewardship import Stewardship

SCHEMA_VERSION = 1


@dataclass(slots=True)
class Journal:
    """Lines of decisions in the order in which they were taken, and the diary of payments."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    diary: Diary = field(default_factory=Diary)
    uids: list[Any] = field(default_factory=list)
    standing: Standing = field(default_factory=Standing)

    def note(self, month: int, what: str, **facts: Any) -> None:
        """Write one line: the month, what happened, and its facts."""
        self.lines.append({"month": month, "what": what, **facts})

    def stand(self, town: "Town", stewardship: "Stewardship", act: str) -> None:
        """Write what has changed in how the place stands as an act opens."""
        self.standing.note(town, stewardship, act)

    def close_month(self, town: "Town") -> None:
        """Turn the month's rows into uids, while rows still mean the same agents."""
        uid = town.economy.parties.uid
        for page in self.diary.pages:
            self.uids.append((page, uid[page.payer], uid[page.payee]))
        self.diary.pages.clear()

    def write(self, folder: Path) -> Path:
        """Write the journal's files, each aside first.

        `opening.json` and `standing.jsonl` have how the place stood and what changed,
        `decisions.jsonl` the decisions, `payments.parquet` the payments.

        Parameters
        ----------
        folder : Path
            Folder of the run.

        Returns
        -------
        Path
            The folder of the journal.
        """
        target = folder / "journal"
        target.mkdir(parents=True, exist_ok=True)
        _aside(target / "opening.json", self._write_opening)
        _aside(target / "standing.jsonl", self._write_standing)
        _aside(target / "decisions.jsonl", self._write_lines)
        _aside(target / "payments.parquet", self._write_payments)
        return target

    def _write_opening(self, path: Path) -> None:
        told = {"schema_version": SCHEMA_VERSION, **self.standing.opening}
        path.write_text(json.dumps(told, sort_keys=True) + "\n", encoding="utf-8")

    def _write_standing(self, path: Path) -> None:
        _write_jsonl(path, "standing", self.standing.lines)

    def _write_lines(self, path: Path) -> None:
        _write_jsonl(path, "journal", self.lines)

    def _write_payments(self, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        sizes = [page.pence.size for page, _, _ in self.uids]
        empty = np.zeros(0, dtype=np.int64)
        columns = {
            "month": np.repeat([page.month for page, _, _ in self.uids], sizes).astype(np.int16),
            "kind": np.repeat([int(page.kind) for page, _, _ in self.uids], sizes).astype(np.int8),
            "payer": np.concatenate([empty, *(payer for _, payer, _ in self.uids)]),
            "payee": np.concatenate([empty, *(payee for _, _, payee in self.uids)]),
            "pence": np.concatenate([empty, *(page.pence for page, _, _ in self.uids)]),
        }
        made = pa.table(columns).replace_schema_metadata({"schema_version": str(SCHEMA_VERSION)})
        pq.write_table(made, path)


def _write_jsonl(path: Path, what: str, lines: Iterable[dict[str, Any]]) -> None:
    head = {"schema_version": SCHEMA_VERSION, "what": what}
    with path.open("w", encoding="utf-8") as file:
        for line in (head, *lines):
            file.write(json.dumps(line, sort_keys=True, default=np.ndarray.tolist) + "\n")


def _aside(target: Path, write: Callable[[Path], None]) -> None:
    """Write a file under another name and rename it, so that nothing half written is left."""
    part = target.with_name(target.name + ".part")
    try:
        write(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
