"""The group of commands that read a council's own data: import."""

import typer

from experiments.cli.import_io_options import io_table
from experiments.cli.import_notices import notices_app
from experiments.cli.import_payments import payments

import_app = typer.Typer(no_args_is_help=True)


@import_app.callback()
def import_data() -> None:
    """Read a council's own data, what it paid and what it let, and tables of the economy."""


import_app.command()(payments)
import_app.add_typer(notices_app)
import_app.command("io")(io_table)
