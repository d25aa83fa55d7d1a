"""The commands that look after the folder of a sweep: status, compact, verify, export."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson

store_app = typer.Typer()

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `sweep` has filled.")]


class Format(StrEnum):
    """What a sweep can be exported as."""

    CSV = "csv"
    NETCDF = "netcdf"
    CRATE = "crate"


@store_app.command()
def status(folder: Folder, as_json: AsJson = False) -> int:
    """Say how far a sweep is: what is done, what failed and why, what is missing."""
    from experiments.cli.store_told import status_command

    return status_command(folder, as_json=as_json)


@store_app.command()
def compact(folder: Folder, as_json: AsJson = False) -> int:
    """Put the files of a sweep in order: the same runs become the same bytes."""
    from experiments.cli.store_told import compact_command

    return compact_command(folder, as_json=as_json)


@store_app.command()
def verify(
    folder: Folder,
    again: Annotated[
        int, typer.Option(metavar="N", min=0, help="Also live N runs anew; compare their books.")
    ] = 0,
    plan: Annotated[
        Path | None,
        typer.Option(metavar="PLAN", help="The plan's file, where it names scenarios by path."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Read a sweep through, and say everything that is wrong with it."""
    from experiments.cli.store_told import verify_command

    return verify_command(folder, as_json=as_json, again=again, plan=plan)


@store_app.command()
def export(
    folder: Folder,
    form: Annotated[Format, typer.Option("--format", help="What to write.")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="A folder for csv, a file for netcdf; a crate is made in DIR itself, or in a "
            "copy at PATH.",
        ),
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="For crate: how the results may be used."),
    ] = None,
    who: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="For crate: the organisation that publishes them."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Write a sweep as CSV, as NetCDF, or as a crate for an archive (Process Run Crate)."""
    from experiments.cli.store_told import export_command

    return export_command(folder, form.value, out, licence, who, as_json=as_json)
