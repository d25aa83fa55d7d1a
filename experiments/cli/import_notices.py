"""The command that reads notices of contracts."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson

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
    as_json: AsJson = False,
) -> int:
    """Read notices of contracts: tenders, lots, awards, suppliers, bids where stated."""
    from experiments.cli.notices_told import ocds_command

    return ocds_command(files, out, as_json=as_json)
