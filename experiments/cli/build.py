"""`poundflow build`: the economy of one future, built once and kept in one checked file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from experiments.cli import question, screen
from experiments.design.plan import PlanError, plan_comparison
from experiments.runner.built import Built, keep_built
from scenarios.errors import ExitCode

SCHEMA_VERSION = 1

WORDS = {
    "firms": "trading rows",
    "buyers": "buyers",
    "households": "household rows",
    "workers": "workers",
    "supply": "links of supply",
    "shopping": "links of shopping",
    "payroll": "links of payroll",
    "contracts": "standing contracts",
}


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What was typed."""

    scenario: str
    replicate: int
    seed: int
    fixed: bool
    sets: tuple[str, ...]
    out: Path
    as_json: bool


def build_command(options: BuildOptions) -> int:
    """Build an economy and write it, or find that it stands there already.

    Raises
    ------
    PoundflowError or FolderError
        When the input is wrong, something else stands there, or the disk gives out.
    """
    if options.replicate < 0:
        raise PlanError(f"--replicate is {options.replicate}; wanted 0 or more.")
    scenario = question.read_question(options.scenario, options.sets)
    plan = plan_comparison(scenario, seed=options.seed, fixed=options.fixed)
    console = screen.stderr()
    built = keep_built(
        scenario, plan, options.replicate, options.out,
        lambda words: console.print(words, markup=False, soft_wrap=True),
    )  # fmt: skip
    if options.as_json:
        screen.print_document(_told(built))
    else:
        _print_built(built)
    return ExitCode.DONE


def _told(built: Built) -> dict[str, Any]:
    file = built.file
    asked = ("scenario", "scenario_sha256", "seed", "replicate", "replicate_seed", "fixed")
    return {
        "schema_version": SCHEMA_VERSION,
        "file": str(file.path),
        **{key: file.label[key] for key in asked},
        "sha256": file.seal,
        "bytes": file.size_bytes,
        "rows": dict(file.rows),
        "kept": built.kept,
        "seconds": {
            "build": round(built.build_seconds, 3),
            "write": round(built.write_seconds, 3),
        },
    }


def _print_built(built: Built) -> None:
    file = built.file
    table = Table("", "rows", title=f"{file.label['scenario']}, as built", title_justify="left")
    table.columns[1].justify = "right"
    for group, words in WORDS.items():
        table.add_row(words, f"{file.rows.get(group, 0):,}")
    console = screen.stdout()
    console.print(table)
    spent = (
        "It stood there already, whole and of this question."
        if built.kept
        else f"Built in {built.build_seconds:.1f} s, written and checked in "
        f"{built.write_seconds:.1f} s."
    )
    told = f"{file.size_bytes:,} bytes in {file.path}. {spent}"
    console.print(told, markup=False, soft_wrap=True)
