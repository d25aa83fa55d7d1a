"""Write the tables of English districts anew: `python -m scenarios.tables.derive FOLDER`."""

from argparse import ArgumentParser
from pathlib import Path

from scenarios.tables.derive.assemble import tables

HOME = Path(__file__).resolve().parent.parent


def main() -> None:
    """Derive every table from the folder that was named, and write it beside the others."""
    parser = ArgumentParser(prog="python -m scenarios.tables.derive", description=__doc__)
    parser.add_argument("folder", type=Path, help="holds the files that districts.md lists")
    for name, text in tables(parser.parse_args().folder).items():
        (HOME / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
