"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]

Keep = Annotated[
    Path | None,
    typer.Option(
        metavar="NAMES",
        help="A text with payees or suppliers that are no persons, one a line: not masked.",
    ),
]
