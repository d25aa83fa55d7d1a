"""The command `suppliers`, with its options."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson


def suppliers(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder that `import payments` has filled.")
    ],
    review: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Answered list; default DIR/suppliers_review.csv."),
    ] = None,
    postcodes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Postcodes and their districts: ONSPD, NSPL, Code-Point Open, own."
        ),
    ] = None,
    registers: Annotated[
        list[Path] | None,
        typer.Option("--register", metavar="DIR", help="Imported register or notices. Repeatable."),
    ] = None,
    companies: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Company data of Companies House, as CSV.")
    ] = None,
    coops: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A list of co-operatives, as CSV.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say again who was paid: one supplier or two, of what kind, from where, for what."""
    from experiments.cli.suppliers import SuppliersOptions, suppliers_command

    return suppliers_command(
        SuppliersOptions(
            folder=folder,
            review=review,
            postcodes=postcodes,
            registers=tuple(registers or ()),
            companies=companies,
            coops=coops,
            as_json=as_json,
        )
    )
