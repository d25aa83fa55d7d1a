"""The options of `poundflow lm3`."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson


def lm3(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="An import with its suppliers resolved.")
    ],
    survey: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What suppliers answered: a filled form, CSV or XLSX."),
    ] = None,
    area: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="ONS code of the place; default that of the import."),
    ] = None,
    payroll: Annotated[
        str | None,
        typer.Option(
            metavar="POUNDS[:SHARE%]",
            help="What own staff cost in these months, and the share for staff living there.",
        ),
    ] = None,
    form: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Write a blank survey form, and nothing else."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for page and figures; default DIR.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Work out LM3 of a council's real spending, in both variants, as far as its data go."""
    from experiments.cli.lm3 import Lm3Options, lm3_command

    return lm3_command(
        Lm3Options(
            folder=folder,
            survey=survey,
            area=area,
            payroll=payroll,
            form=form,
            out=out or folder,
            as_json=as_json,
        )
    )
