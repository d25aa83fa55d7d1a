"""The command `validate`, with its options."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson


def validate(
    full: Annotated[
        bool,
        typer.Option(
            "--full", help="Also two years of each way of buying, a district, patterns, more luck."
        ),
    ] = False,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="Only these, for example `identities` or `closed-forms`. Repeatable.",
        ),
    ] = None,
    patterns: Annotated[
        Path,
        typer.Option(metavar="DIR", help="With --full: where `pattern` keeps finished seeds."),
    ] = Path("poundflow-out"),
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write the JSON document there.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Hold the model against identities, closed forms, worked examples, targets and patterns."""
    from experiments.cli.validate import validate_command

    return validate_command(
        full=full, kinds=tuple(kinds or ()), kept=patterns, out=out, as_json=as_json
    )
