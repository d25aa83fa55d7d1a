"""The command that reads the plan of a sweep: plan."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson

plan_app = typer.Typer()


@plan_app.command()
def plan(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The plan of a sweep.")],
    as_json: AsJson = False,
    no_time: Annotated[
        bool, typer.Option("--no-time", help="Live nothing: tell no time and no disk.")
    ] = False,
) -> int:
    """Check the plan of a sweep, and show its runs, and time and disk to expect."""
    from experiments.cli.sweep_plan import plan_command

    return plan_command(file, as_json=as_json, timed=not no_time)
