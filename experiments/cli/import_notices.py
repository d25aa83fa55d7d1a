"""The commands that read notices of contracts, and registers of them."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson, Keep

notices_app = typer.Typer()

Out = Annotated[Path, typer.Option(metavar="DIR", help="Folder for the tables and the profile.")]


@notices_app.command()
def ocds(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="Releases, records or packages of the Open Contracting Data Standard, as JSON or "
            "JSON lines, packed with gzip or not.",
        ),
    ],
    out: Out,
    keep: Keep = None,
    as_json: AsJson = False,
) -> int:
    """Read notices of contracts: tenders, lots, awards, suppliers, bids where stated."""
    from experiments.cli.notices_told import ocds_command

    return ocds_command(files, out, keep, as_json=as_json)


@notices_app.command()
def register(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILES...", help="CSV, workbooks or flat JSON, as published."),
    ],
    out: Out,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="What a column is: by its heading, or #5=supplier by position. Repeatable.",
        ),
    ] = None,
    keep: Keep = None,
    as_json: AsJson = False,
) -> int:
    """Read a contracts register: what is let, to whom, for how much and how long."""
    from experiments.cli.notices_told import register_command

    return register_command(files, out, tuple(maps or ()), keep, as_json=as_json)
