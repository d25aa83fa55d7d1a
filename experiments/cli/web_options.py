"""The command `web`, with its options."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.web.settings import LOOPBACK, PORT


def web(
    port: Annotated[int, typer.Option(metavar="N", help="Port to listen at; 0 for any.")] = PORT,
    host: Annotated[
        str,
        typer.Option(metavar="H", help="Address to listen at; beyond this machine: a password."),
    ] = LOOPBACK,
    results: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder in which cases and answers are kept.")
    ] = Path("poundflow-web"),
    password_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Ask readers for the password in this file (mode 600)."),
    ] = None,
    address: Annotated[
        str,
        typer.Option(metavar="URL", help="Where readers reach it through another server."),
    ] = "",
) -> int:
    """Open pages in which an officer chooses a place, asks, and reads the answers."""
    from experiments.cli.web import WebOptions, web_command

    return web_command(
        WebOptions(
            port=port, host=host, results=results, password_file=password_file, address=address
        )
    )
