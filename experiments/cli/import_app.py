"""The commands that read a council's own data, under `poundflow import`."""

import typer

from experiments.cli.import_notices import notices_app

import_app = typer.Typer(
    name="import", help="Read a council's own data into tidy tables.", no_args_is_help=True
)
import_app.add_typer(notices_app)
