"""The command `today`, with its options."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson


def today(
    place: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A place: a file, or a name on the shelf.")
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The document to write, as JSON.")],
    payments: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Payments of its council, imported, suppliers resolved."),
    ] = None,
    start: Annotated[
        bool, typer.Option("--start", help="Build its start, and set it beside the published one.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Say what is known of a place today, before anything is simulated."""
    from experiments.cli.today import TodayOptions, today_command

    return today_command(
        TodayOptions(place=place, payments=payments, out=out, start=start, as_json=as_json)
    )
