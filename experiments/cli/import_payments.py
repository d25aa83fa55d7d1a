"""The command `import payments`, with its options."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson, Keep


def payments(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILES", help="CSV or workbooks, as published.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for what was read.")],
    council: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose payments these are.")
    ] = None,
    area: Annotated[
        str | None, typer.Option(metavar="CODE", help="Its ONS code, for example E07000123.")
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="What a column is: by its heading, or #5=amount by position. Repeatable.",
        ),
    ] = None,
    keep: Keep = None,
    as_json: AsJson = False,
) -> int:
    """Read lists of payments into one tidy table and a profile; nothing is dropped unsaid."""
    from experiments.cli.imported import ImportOptions, import_payments_command

    return import_payments_command(
        ImportOptions(
            files=tuple(files),
            out=out,
            council=council,
            area=area,
            maps=tuple(maps or ()),
            keep=keep,
            as_json=as_json,
        )
    )
