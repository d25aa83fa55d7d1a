"""A diary of one run: decisions and payments, kept only where asked for.

Decisions are awards, orders, prices, wages and hires; payments are every flow of the ledger. An
independent reader can recompute all money from the decisions.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Journal:
    """Lines of a diary, in the order in which things happened."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def note(self, month: int, what: str, **facts: Any) -> None:
        """Write one line: the month, what happened, and its facts."""
        self.lines.append({"month": month, "what": what, **facts})

    def write(self, folder: Path) -> Path:
        """Write the diary as JSON lines, aside and then renamed.

        Parameters
        ----------
        folder : Path
            Folder of the run; `journal/journal.jsonl` is written in it.

        Returns
        -------
        Path
            The file.
        """
        target = folder / "journal" / "journal.jsonl"
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_suffix(".part")
        head = {"schema_version": 1, "what": "journal"}
        text = "\n".join(json.dumps(line, sort_keys=True) for line in [head, *self.lines])
        try:
            aside.write_text(text + "\n", encoding="utf-8")
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
        return target
