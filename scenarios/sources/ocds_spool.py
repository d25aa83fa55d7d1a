"""Releases put by on the disk until all files are read, then given back process by process.

Releases of one process may stand anywhere in any file, and there may be more of them than memory
holds. They lie in a database of the standard library in a folder that is gone afterwards.
"""

import errno
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any


class Spool:
    """Releases of all files.

    Parameters
    ----------
    folder : Path
        Where the database may lie; it is the caller's to remove.
    """

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "releases.sqlite", isolation_level=None)
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute(
            "CREATE TABLE release (ocid TEXT, date TEXT, file TEXT, facts TEXT, digest BLOB UNIQUE)"
        )
        self._base.execute("BEGIN")

    def close(self) -> None:
        """Let the database go."""
        self._base.close()

    def put(self, facts: dict[str, Any], file: str) -> bool:
        """Put a release by.

        Parameters
        ----------
        facts : dict
            What is kept of it.
        file : str
            Where it stands.

        Returns
        -------
        bool
            Whether it is new; the same facts under the same id are put by once.

        Raises
        ------
        OSError
            When the disk is full.
        """
        text = json.dumps(facts, sort_keys=True)
        digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
        row = (facts["ocid"], facts.get("date") or "", file, text, digest)
        try:
            done = self._base.execute("INSERT OR IGNORE INTO release VALUES (?, ?, ?, ?, ?)", row)
        except sqlite3.OperationalError as fault:
            if "full" in str(fault):
                raise OSError(errno.ENOSPC, "no room for the releases of all files") from fault
            raise
        return done.rowcount == 1

    def processes(self) -> Iterator[Iterator[tuple[str, dict[str, Any]]]]:
        """Give the releases of each process, oldest first; processes by their ocid."""
        rows = self._base.execute(
            "SELECT ocid, file, facts FROM release ORDER BY ocid, date, rowid"
        )
        for _, group in groupby(rows, itemgetter(0)):
            yield ((file, json.loads(text)) for _, file, text in group)
