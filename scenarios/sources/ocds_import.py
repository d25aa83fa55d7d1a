"""From files of notices to the tables of an import: read, put by, merged, written."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios.errors import Fault
from scenarios.sources.contract_schema import TABLES
from scenarios.sources.ocds_files import NO_OCID, Looked, NoticesError, refusal, releases
from scenarios.sources.ocds_merging import merged
from scenarios.sources.ocds_release import kept
from scenarios.sources.ocds_spool import Spool
from scenarios.sources.ocds_tables import rows
from scenarios.sources.refusals import faults_of_repeats
from scenarios.sources.tidy_tables import SetAside, Tables, together

AGAIN = "same release again"
SUMMARY = "import.json"


@dataclass
class FileTold:
    """What came of one file: releases in it = used + all that were set aside."""

    path: str
    looked: Looked = field(default_factory=Looked)
    used: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """As the JSON of an import has it."""
        return {
            "path": self.path,
            "shape": self.looked.shape,
            "releases": self.used + self.set_aside.total(),
            "used": self.used,
            "set_aside": dict(sorted(self.set_aside.items())),
            "unread": dict(sorted(self.unread.items())),
            "mended_bytes": self.looked.mended_bytes,
        }


@dataclass
class Imported:
    """What came of an import."""

    files: list[FileTold]
    rows: dict[str, int]
    processes: int
    amendments: int
    notices: Counter[str]
    tags: Counter[str]
    persons_masked: int

    def as_dict(self) -> dict[str, Any]:
        """As the JSON of an import has it."""
        files = [each.as_dict() for each in self.files]
        reasons: Counter[str] = Counter()
        extensions: Counter[str] = Counter()
        versions: Counter[str] = Counter()
        for told in self.files:
            reasons += told.set_aside
            extensions += told.looked.extensions
            versions += told.looked.versions
        return {
            "files": files,
            "totals": {
                "releases": sum(each["releases"] for each in files),
                "used": sum(each["used"] for each in files),
                "set_aside": dict(sorted(reasons.items())),
                "processes": self.processes,
                "amendments": self.amendments,
                "rows": self.rows,
                "persons_masked": self.persons_masked,
            },
            "notices": dict(sorted(self.notices.items())),
            "tags": dict(sorted(self.tags.items())),
            "versions": dict(sorted(versions.items())),
            "extensions": dict(sorted(extensions.items())),
        }


def import_notices(paths: Sequence[Path], folder: Path, keep: Collection[str] = ()) -> Imported:
    """Read files of notices and write their tables.

    Parameters
    ----------
    paths : sequence of Path
        Each JSON or JSON lines, packed or not.
    folder : Path
        Exists; gets tenders, lots, awards, suppliers and contracts as Parquet, set_aside.csv and
        import.json. Nothing is written where a file is refused.
    keep : collection of str
        Names of suppliers that are no persons, whatever they look like.

    Returns
    -------
    Imported

    Raises
    ------
    NoticesError
        With every file that cannot be read or holds no release.
    """
    with together(folder) as work, closing(Spool(work)) as spool:
        names = frozenset(name.casefold().strip() for name in keep)
        told = _read(paths, spool, work, names)
        imported = _write(told, spool, work)
        summary = json.dumps({"schema_version": 1, **imported.as_dict()}, indent=2)
        (work / SUMMARY).write_text(summary + "\n", encoding="utf-8")
    return imported


def _read(paths: Sequence[Path], spool: Spool, work: Path, keep: Collection[str]) -> list[FileTold]:
    told: list[FileTold] = []
    faults: list[Fault] = faults_of_repeats(paths)
    with closing(SetAside(work)) as aside:
        for path in dict.fromkeys(paths):
            of = FileTold(str(path))
            try:
                _read_one(path, of, spool, aside, keep)
            except NoticesError as refused:
                faults += refused.faults
                continue
            told.append(of)
            known = of.used or of.looked.packages or of.set_aside[AGAIN]
            if not known:
                faults.append(refusal(path, of.looked))
    if faults:
        raise NoticesError(faults)
    return told


def _read_one(
    path: Path, of: FileTold, spool: Spool, aside: SetAside, keep: Collection[str]
) -> None:
    for found in releases(path, of.looked):
        reason, detail = found.reason, found.detail
        if found.release is not None:
            facts = kept(found.release, of.unread, keep)
            if not facts["ocid"]:
                reason = NO_OCID
            elif not spool.put(facts, of.path):
                reason = AGAIN
        if reason:
            of.set_aside[reason] += 1
            aside.add(of.path, found.place, reason, detail)
        else:
            of.used += 1


def _write(told: list[FileTold], spool: Spool, work: Path) -> Imported:
    processes = amendments = masked = 0
    notices: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    with Tables(work, TABLES) as tables:
        for releases_of_one in spool.processes():
            process = merged(releases_of_one)
            processes += 1
            amendments += process.amendments
            notices.update(process.notices)
            tags.update(process.tags)
            for table, row in rows(process):
                tables.add(table, row)
                masked += table == "suppliers" and row["supplier_is_person"]
    return Imported(told, tables.count, processes, amendments, notices, tags, masked)
