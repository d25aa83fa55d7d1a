"""The command that fits numbers of the register to targets: calibrate."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson

calibrate_app = typer.Typer()


@calibrate_app.command()
def calibrate(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A name on the shelf, or a path to a file.")
    ],
    targets: Annotated[
        Path, typer.Argument(metavar="TARGETS", help="The file of targets, inputs, fitted numbers.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder that the search fills.")],
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="Processes here; default one for each core.")
    ] = None,
    time: Annotated[
        str | None, typer.Option(metavar="30m", help="Stop after so long: 90s, 30m, 2h, 1h30m.")
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY.PATH=VALUE", help="Change one value of the scenario. Repeatable."
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no summary.")] = False,
    as_json: AsJson = False,
) -> int:
    """Find the values of fitted numbers at which a scenario comes to its targets."""
    from experiments.cli.calibrate import CalibrateOptions, calibrate_command

    return calibrate_command(
        CalibrateOptions(
            scenario=scenario,
            targets=targets,
            out=out,
            workers=workers,
            time=time,
            sets=tuple(sets or ()),
            quiet=quiet,
            as_json=as_json,
        )
    )
