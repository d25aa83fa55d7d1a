"""The commands `report` and `reproduce`, with their options."""

from pathlib import Path
from typing import Annotated

import typer

from experiments.cli.options import AsJson


def report(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder that `compare` has filled.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The page, one file; default DIR/report.html."),
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The same as PDF; needs the extra pdf.")
    ] = None,
    summaries: Annotated[
        list[Path] | None,
        typer.Option(
            "--summary", metavar="FILE", help="One page of it, as .html or .pdf. Repeatable."
        ),
    ] = None,
) -> int:
    """Write the report of a finished comparison: a page, a PDF, a summary on one sheet."""
    from experiments.cli.report import ReportOptions, report_command

    return report_command(ReportOptions(folder, out, pdf, tuple(summaries or ())))


def reproduce(
    manifest: Annotated[
        Path,
        typer.Argument(metavar="MANIFEST", help="manifest.json of a comparison or of a sweep."),
    ],
    replicates: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="How many futures and repeats, or runs of a sweep, to live."
        ),
    ] = 1,
    as_json: AsJson = False,
) -> int:
    """Live some runs of a comparison again from its label, and say whether they are the same."""
    from experiments.cli.reproduce import reproduce_command

    return reproduce_command(manifest, replicates, as_json=as_json)
