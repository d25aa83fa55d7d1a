"""Run as a script in a process of its own: the cells of a workbook as lines of JSON.

Readers of workbooks can ask for any amount of memory and then end the process that they run in, so
nothing else runs in it. It limits itself, counts bytes as they inflate, and writes a line with the
name of each sheet, then one line a row. Numbers are written by their shortest exact digits.
"""

import datetime
import json
import sys
import zipfile

MEMORY = 2 * 2**30
"""Bytes of address space."""

CPU_SECONDS = 120
INFLATED = 2**30
"""Bytes that all members may inflate to."""

MOST_COLUMNS = 512
MOST_ROWS = 2_000_000
BLOCK = 1 << 20


def limit() -> None:
    """Set what this process may use at most; a system without limits has the deadline alone."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def count_inflated(path: str) -> None:
    """Inflate a zip folder and throw it away, since the sizes that it states may be false."""
    total = 0
    with zipfile.ZipFile(path) as folder:
        for member in folder.infolist():
            with folder.open(member) as stream:
                while block := stream.read(BLOCK):
                    total += len(block)
                    if total > INFLATED:
                        raise ValueError(f"it inflates to more than {INFLATED >> 20} MiB")


def told(cell: object) -> str:
    """Write a cell as text."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat(" ") if isinstance(cell, datetime.datetime) else cell.isoformat()
    return "" if cell is None else str(cell)


def main(path: str) -> None:
    """Write all sheets to stdout."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if zipfile.is_zipfile(path):
        count_inflated(path)
    book = CalamineWorkbook.from_path(path)
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        cells = book.get_sheet_by_index(number)
        rows, columns = cells.total_height, cells.total_width
        if rows > MOST_ROWS or columns > 64 * MOST_COLUMNS:
            raise ValueError(f"sheet {sheet.name} has {rows:,} rows and {columns:,} columns")
        seen = sheet.visible == SheetVisibleEnum.Visible
        sys.stdout.write(json.dumps({"sheet": sheet.name, "hidden": not seen}) + "\n")
        for row in cells.iter_rows():
            texts = [told(cell) for cell in row]
            while texts and not texts[-1]:
                texts.pop()
            sys.stdout.write(json.dumps(texts) + "\n")
    sys.stdout.write(json.dumps({"end": True}) + "\n")


if __name__ == "__main__":
    limit()
    try:
        main(sys.argv[1])
    except MemoryError:
        sys.stderr.write("it needs more memory than a list of payments should\n")
        sys.exit(3)
    except Exception as fault:  # every fault of a reader of strange files is one of the file
        sys.stderr.write(f"{type(fault).__name__}: {fault}\n")
        sys.exit(3)
