"""A fingerprint of books: two runs that agree in every penny have the same one.

SHA-256 (FIPS 180-4) over integers in a fixed order, so it is the same on every machine and Python.
"""

import hashlib

import numpy as np

from simulation.accounting.books import ADDED, SCHEMAS, Books, Schema, Table
from simulation.accounting.grouping import packed_keys
from simulation.kernels import grouping


def digest(books: Books) -> str:
    """Return the fingerprint of books.

    Parameters
    ----------
    books : Books
        Tables in any row order.

    Returns
    -------
    str
        64 hexadecimal digits: SHA-256 over the version of Books, then for each table of the
        closed list in its order (those of `ADDED` where they have rows) its name, its number of
        rows (-1 where the table is missing),
        and for each column its name, its type and its little-endian bytes, rows sorted by key.
    """
    sha = hashlib.sha256(f"poundflow books {books.meta.schema_version}\n".encode())
    for name, schema in SCHEMAS.items():
        columns = books.tables.get(name)
        rows = -1 if columns is None else next(iter(columns.values())).size
        if name in ADDED and rows <= 0:
            continue
        sha.update(f"{name} {rows}\n".encode())
        if columns is None:
            continue
        order = row_order(columns, schema)
        for key in schema.columns:
            column = columns[key] if order is None else columns[key][order]
            sha.update(f"{key} {column.dtype.str[1:]}\n".encode())
            sha.update(np.ascontiguousarray(column, dtype=column.dtype.newbyteorder("<")).data)
    return sha.hexdigest()


def row_order(columns: Table, schema: Schema) -> np.ndarray | None:
    """Order that sorts the rows of a table by its key, ties by the remaining columns.

    Returns
    -------
    int64[n_rows] or None
        None where the rows already stand in strictly rising order of their key, which is found
        in one pass (4 million rows of flows: 15 ms, against 2 s for a sort).
    """
    keys = [columns[name] for name in list(schema.columns)[: schema.keys]]
    if _rising(keys):
        return None
    packed = packed_keys(keys)
    if packed is None:
        return np.lexsort(_last_first(columns))
    order = np.argsort(packed, kind="stable")
    packed = packed[order]
    if bool((packed[1:] > packed[:-1]).all()):
        return order
    return np.lexsort(_last_first(columns))


def _last_first(columns: Table) -> list[np.ndarray]:
    return [columns[name] for name in reversed(columns)]


def _rising(keys: list[np.ndarray]) -> bool:
    tied = np.ones(max(keys[0].size - 1, 0), dtype=np.bool_)
    return all(grouping.still_tied(key, tied) for key in keys) and not tied.any()
