"""Books on disk: one Parquet file a table, so that any tool can open a run and check it.

Every file is written aside and renamed only when all are whole; the description, `meta.json`,
comes last, so a folder that has one is complete.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from scenarios.errors import InputError
from simulation.accounting.books import SCHEMA_VERSION, SCHEMAS, Books, BooksMeta, table

META_FILE = "meta.json"


class BooksFileError(InputError):
    """Raised when a folder does not hold books that this version can read."""

    def __init__(self, folder: Path, found: str, hint: str) -> None:
        super().__init__(f"{folder}: {found}. {hint}")
        self.folder = folder
        self.found = found


def write_books(books: Books, folder: Path) -> Path:
    """Write books as `folder/books/TABLE.parquet` and `folder/books/meta.json`.

    Parameters
    ----------
    books : Books
        Books to write.
    folder : Path
        Folder of the run; made where missing. Books that stand there are replaced.

    Returns
    -------
    Path
        `folder/books`.

    Raises
    ------
    OSError
        When the folder cannot be written; what was written aside is taken away again.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    home = folder / "books"
    home.mkdir(parents=True, exist_ok=True)
    version = {"schema_version": str(books.meta.schema_version)}
    aside: list[tuple[Path, Path]] = []
    try:
        for name, columns in books.tables.items():
            aside.append(_aside(home / f"{name}.parquet"))
            rows = pa.table(columns).replace_schema_metadata(version)
            pq.write_table(rows, aside[-1][0], compression="zstd")
        aside.append(_aside(home / META_FILE))
        aside[-1][0].write_text(json.dumps(_to_json(books.meta), indent=1), encoding="utf-8")
    except BaseException:
        for part, _ in aside:
            part.unlink(missing_ok=True)
        raise
    (home / META_FILE).unlink(missing_ok=True)
    for name in SCHEMAS:
        if name not in books.tables:
            (home / f"{name}.parquet").unlink(missing_ok=True)
    for part, final in aside:
        part.replace(final)
    return home


def read_books(folder: Path, only: Collection[str] = tuple(SCHEMAS)) -> Books:
    """Read the books that `write_books` wrote under `folder`.

    Parameters
    ----------
    folder : Path
        Folder of the run.
    only : collection of str
        Tables to read; default all that are there.

    Raises
    ------
    BooksFileError
        When no complete books stand there, or another version of poundflow wrote them.
    BooksError
        When a table does not keep to its schema.
    """
    home = folder / "books"
    try:
        described = json.loads((home / META_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BooksFileError(
            home, f"no {META_FILE} here", "Write books first with `poundflow run --out`."
        ) from None
    except json.JSONDecodeError as fault:
        raise BooksFileError(
            home, f"{META_FILE} is not JSON ({fault})", "Run again into an empty folder."
        ) from fault
    meta = _from_json(home, described)
    tables = {}
    for name in SCHEMAS:
        if name in only and (home / f"{name}.parquet").exists():
            rows = _rows_of(home, name)
            tables[name] = table(name, **{key: rows[key].to_numpy() for key in rows.column_names})
    return Books(meta, tables)


def _rows_of(home: Path, name: str) -> Any:
    """Read one table, whose columns are those of this version."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = home / f"{name}.parquet"
    try:
        rows = pq.read_table(file)
    except (OSError, pa.ArrowException) as fault:
        said = f"{file.name} cannot be read ({fault})"
        raise BooksFileError(home, said, "Run again into an empty folder.") from fault
    strange = sorted(set(rows.column_names) ^ set(SCHEMAS[name].columns))
    if strange:
        raise BooksFileError(
            home, f"{file.name} differs in {', '.join(strange)}", "Run again into an empty folder."
        )
    return rows


def _aside(final: Path) -> tuple[Path, Path]:
    return final.with_name(f".{final.name}.part"), final


def _to_json(meta: BooksMeta) -> dict[str, Any]:
    described = asdict(meta)
    described["coverage"] = sorted(meta.coverage)
    return described


def _from_json(home: Path, described: dict[str, Any]) -> BooksMeta:
    version = described.get("schema_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise BooksFileError(
            home,
            f"books of schema_version {version}, and this version reads up to {SCHEMA_VERSION}",
            "Install a newer poundflow to read them.",
        )
    known = {one.name for one in fields(BooksMeta)}
    if set(described) != known:
        strange = sorted(set(described) ^ known)
        raise BooksFileError(
            home, f"{META_FILE} differs in {', '.join(strange)}", "Run again into an empty folder."
        )
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in described.items()
    }
    values["coverage"] = frozenset(described["coverage"])
    return BooksMeta(**values)
