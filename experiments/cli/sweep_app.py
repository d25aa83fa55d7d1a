"""The command that lives a sweep."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson

sweep_app = typer.Typer()


@sweep_app.command()
def sweep(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's file.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder that the sweep fills.")],
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="Processes here; default one for each core.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A Dask cluster that does the work instead."),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(metavar="K/N", help="Only part K of N, as for the jobs of an array."),
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", help="End after so many runs.")] = None,
    time: Annotated[
        str | None, typer.Option(metavar="2h", help="End after so long: 90s, 30m, 2h, 1h30m.")
    ] = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Also try the runs that were given up again.")
    ] = False,
    until: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE=HALF_WIDTH",
            help="Add replicates until luck leaves no policy's difference from the baseline wider; "
            "repeatable.",
        ),
    ] = None,
    most_replicates: Annotated[
        int | None,
        typer.Option(metavar="N", help="With --until: no more replicates than these."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no summary.")] = False,
    as_json: AsJson = False,
) -> int:
    """Live what is missing of a sweep; give the same command again to go on."""
    from experiments.cli.sweep import SweepOptions, sweep_command

    return sweep_command(
        SweepOptions(
            plan=plan,
            out=out,
            workers=workers,
            scheduler=scheduler,
            shard=shard,
            limit=limit,
            time=time,
            retry=retry,
            until=until or (),
            most_replicates=most_replicates,
            quiet=quiet,
            as_json=as_json,
        )
    )
