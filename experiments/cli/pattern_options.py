"""The command `pattern`, with its options."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson


def pattern(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="One of the list; without it, the list.")
    ] = None,
    seeds: Annotated[
        int | None, typer.Option(help="How often it is lived; fewer than 20 is a trial.")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="S", help="Another place than the pattern's own.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Root of all luck.")] = 1,
    workers: Annotated[
        int | None, typer.Option(help="Processes; default one for each core.")
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder where finished seeds are kept.")
    ] = Path("poundflow-out"),
    as_json: AsJson = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress.")] = False,
) -> int:
    """Measure an emergent pattern over many seeds, with and without what may make it so."""
    from experiments.cli.pattern import PatternOptions, pattern_command

    return pattern_command(
        PatternOptions(
            name=name, seeds=seeds, scenario=scenario, seed=seed, workers=workers, out=out,
            as_json=as_json, quiet=quiet,
        )
    )  # fmt: skip
