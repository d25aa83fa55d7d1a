"""The command `fit-check`, with its options."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson

DEFAULT_OUT = Path("poundflow-fit")


def fit_check(
    scenario: Annotated[
        str, typer.Argument(metavar="SCENARIO", help="A name on the shelf, or a path to a file.")
    ],
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Of `import payments`, its suppliers resolved."),
    ],
    register: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Of `import register` or `import ocds`.")
    ] = None,
    buyer: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Whose purchases; default the councils of the area."),
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for fit.html and fit.json.")
    ] = DEFAULT_OUT,
    seed: Annotated[int, typer.Option(help="Root of all luck.")] = 1,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY.PATH=VALUE", help="Change one value. Repeatable."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave with code 1 where anything differs.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Hold the built economy of a scenario against the payments it came from; nothing is tuned."""
    from experiments.cli.fit_check import FitOptions, fit_check_command

    return fit_check_command(
        FitOptions(
            scenario=scenario,
            folder=folder,
            register=register,
            buyer=buyer,
            out=out,
            seed=seed,
            sets=tuple(sets or ()),
            strict=strict,
            as_json=as_json,
        )
    )
