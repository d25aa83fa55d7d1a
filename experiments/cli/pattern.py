"""`poundflow pattern`: one emergent pattern, with its interval, its ablations and what is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from experiments.cli import question, screen
from experiments.cli.wording import estimate, number
from experiments.patterns.lives import live_pattern
from experiments.patterns.pattern import in_words
from experiments.patterns.registry import PATTERNS, pattern_of
from experiments.patterns.told import CLEAR, document
from experiments.store.aside import write_aside
from scenarios.errors import ExitCode


@dataclass(frozen=True, slots=True)
class PatternOptions:
    """What was typed."""

    name: str | None
    seeds: int | None
    scenario: str | None
    seed: int
    workers: int | None
    out: Path
    as_json: bool
    quiet: bool


def pattern_command(options: PatternOptions) -> int:
    """List the patterns, or measure one and write its figures beside its runs.

    Returns
    -------
    int
        0.

    Raises
    ------
    PoundflowError or FolderError
        Where a name, a number or a scenario is wrong, a run falls over, or the disk gives out.
    """
    if options.name is None:
        return _list(as_json=options.as_json)
    chosen = pattern_of(options.name)
    workers = question.side_by_side("--workers", options.workers)
    with screen.progress(chosen.name, quiet=options.quiet) as told:
        found = live_pattern(
            chosen, options.out, beside=PATTERNS.values(), scenario=options.scenario,
            seeds=options.seeds, seed=options.seed, workers=workers, told=told,
        )  # fmt: skip
    said = document(found)
    file = options.out / f"pattern-{chosen.name}.json"
    write_aside(file, (_json(said) + "\n").encode())
    if options.as_json:
        screen.print_document(said)
        return ExitCode.DONE
    console = screen.stdout()
    console.print(_figures(said))
    console.print(_ablations(said))
    screen.print_lines([*_sentences(said), f"Written to {file}."])
    return ExitCode.DONE


def _json(said: Mapping[str, Any]) -> str:
    import json

    return json.dumps(said, indent=2, allow_nan=False)


def _list(*, as_json: bool) -> int:
    rows = [
        {
            "name": one.name,
            "question": one.question,
            "place": in_words(one.places),
            "seconds": one.seconds,
        }
        for one in PATTERNS.values()
    ]
    if as_json:
        screen.print_document({"patterns": rows})
    else:
        screen.print_lines(f"{row['name']:14}{row['question']}" for row in rows)
    return ExitCode.DONE


def _figures(said: Mapping[str, Any]) -> Table:
    table = Table(title=said["question"], title_justify="left")
    for column in ("figure", "mean", "95 %", "seeds", "published", "verdict"):
        table.add_column(column, justify="right" if column in ("mean", "seeds") else "left")
    for row in said["figures"]:
        mean, between = estimate(row["mean"], row["low"], row["high"], row["unit"])
        known = row["published"]
        table.add_row(
            row["what"], mean, between, str(row["n"]), known["text"] if known else "",
            row["verdict"],
        )  # fmt: skip
    return table


def _ablations(said: Mapping[str, Any]) -> Table:
    table = Table(title="Without what may make it so, less with it", title_justify="left")
    for column in ("where", "figure", "without", "change", "95 %", "verdict"):
        table.add_column(column, justify="right" if column in ("without", "change") else "left")
    for one in said["ablations"]:
        for row in one["figures"]:
            unit = row["unit"]
            change, between = estimate(
                row["difference"], row["low"], row["high"], unit, signed=True
            )
            level = number(row["mean"], unit)
            table.add_row(one["what"], row["figure"], level, change, between, row["verdict"])
    return table


def _sentences(said: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{said['place']}, {said['months']} months, {said['seeds']} seeds from {said['seed']}; "
        f"intervals: {said['interval']}."
    )
    if said["trial"]:
        yield "Fewer than 20 seeds are a trial, not a measurement."
    for one in said["ablations"]:
        moved = [row["figure"] for row in one["figures"] if row["verdict"] == CLEAR]
        nulls = ", ".join(one["switches"])
        told = f"moves {', '.join(moved)}" if moved else "is not shown to move any figure"
        yield f"Where {one['what']}{f' ({nulls} at the null)' if nulls else ''}: {told}."
    used = [row["what"] for row in said["figures"] if (row["published"] or {}).get("calibrated")]
    if used:
        yield f"The register was set by what is published of: {'; '.join(used)}. That is no test."
    yield f"Known: {said['known']} Source: {said['source']}."
