"""The options of `poundflow import io`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson


class Quotient(StrEnum):
    """Which location quotient brings a nation's table to a region."""

    SLQ = "slq"
    CILQ = "cilq"
    FLQ = "flq"
    AFLQ = "aflq"


def io_table(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An input-output table, CSV or XLSX.")
    ],
    sheet: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Which sheet; default the first that balances."),
    ] = None,
    aggregate: Annotated[
        Path | None,
        typer.Option(
            metavar="MAP.csv",
            help="Which sector each code is of: code,sector,share. Default by SIC 2007.",
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="Bring it to this place: a district, county, region or nation."
        ),
    ] = None,
    employment: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Bring it to a place of these jobs: sector,region,nation."
        ),
    ] = None,
    method: Annotated[Quotient, typer.Option(help="Which location quotient.")] = Quotient.FLQ,
    delta: Annotated[
        float | None, typer.Option(help="Of flq and aflq; default as in the register.")
    ] = None,
    household_income: Annotated[
        float | None,
        typer.Option(
            metavar="MILLION",
            help="Income of all households, for Type II; default pay and surplus of the table.",
        ),
    ] = None,
    pounds: Annotated[
        float | None,
        typer.Option(
            metavar="RATE", help="Pounds per unit of the table's money, where not pounds."
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="TECHNOLOGY.csv", help="The technology file to write.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Read an input-output table: check it, work out multipliers, write a technology file."""
    from experiments.cli.import_io import IoOptions, io_command

    return io_command(
        IoOptions(
            file=file,
            sheet=sheet,
            aggregate=aggregate,
            region=region,
            employment=employment,
            method=str(method),
            delta=delta,
            household_income=household_income,
            pounds=pounds,
            out=out,
            as_json=as_json,
        )
    )
