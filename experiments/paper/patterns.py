"""The emergent patterns: every figure with its interval, and what moves where a mechanism is gone.

No sweep is behind them: `poundflow pattern NAME` lives each, and leaves one document, which is
read here as it stands.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from experiments.cli.wording import estimate, number
from experiments.design.plan import DEFAULT_SEED
from experiments.paper.stored import PARTED, StoredTableError, Table, columns_of, no_figures
from experiments.patterns.pattern import in_words
from experiments.patterns.registry import PATTERNS

FOLDER = "patterns"
"""Of all documents, in the folder of the sweeps."""

COMMAND = "pattern {}"
PLANS: tuple[str, ...] = tuple(COMMAND.format(name) for name in PATTERNS)
"""Commands of poundflow in place of plans: each pattern has its place, months and seeds."""

WITH, WITHOUT = "patterns", "patterns-without"
READ = ("trial", "seeds", "runs", "code", "figures", "ablations")
"""What is read of a document, beside what it has to say of the pattern."""

NOTHING: Mapping[str, Any] = {"text": None, "calibrated": False}
USED = " (used to set the register)"

figures = no_figures


def tables(sweeps: Path) -> dict[str, Table]:
    """Tell every figure of every pattern, and the same without what may make it so.

    Parameters
    ----------
    sweeps : Path
        Folder that holds `patterns`, in which `poundflow pattern` has written each document.

    Returns
    -------
    dict of str to Table
        Figures as the model is [mean over seeds with its 95 % interval, each in its unit], and
        their paired change without a mechanism.

    Raises
    ------
    StoredTableError
        When a document is missing or none of ours, was lived on fewer seeds than a measurement
        wants, or elsewhere, from another root of luck or over other months than the pattern's own.
    """
    files = [sweeps / FOLDER / f"pattern-{name}.json" for name in PATTERNS]
    said = [_document(file) for file in files]
    behind = {
        "plan": PARTED.join(PLANS),
        "code": PARTED.join(dict.fromkeys(one["code"] for one in said)),
        "made": _day(max(file.stat().st_mtime for file in files)),
        "runs": sum(one["runs"] for one in said),
    }
    return {
        WITH: Table(columns_of(_figures(said)), **behind),
        WITHOUT: Table(columns_of(_changes(said)), **behind),
    }


def page(stored: Mapping[str, Table]) -> dict[str, str]:
    """Write for each pattern its figures beside what is published, and what moves them."""
    with_all, without = stored[WITH].rows, stored[WITHOUT].rows
    return {
        f"pattern-{name}": "\n".join(
            [
                *_told([row for row in with_all if row["pattern"] == name]),
                "",
                "**Without what may make it so.** A change is without less with, seed by seed.",
                "",
                *_moved(row for row in without if row["pattern"] == name),
            ]
        )
        for name in PATTERNS
    }


def _told(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    places = "; ".join(f"`{one}`" for one in rows[0]["place"].split("; "))
    yield f"Lived for {rows[0]['months']} months in {places}."
    yield ""
    yield "| figure | mean | 95 % | seeds | published | verdict |"
    yield "| --- | ---: | --- | ---: | --- | --- |"
    for row in rows:
        mean, between = estimate(row["mean"], row["low"], row["high"], row["unit"])
        known = f"{row['published'] or ''}{USED if row['used'] else ''}"
        what = f"{row['what']} (`{row['figure']}`)"
        yield f"| {what} | {mean} | {between} | {row['seeds']} | {known} | {row['verdict']} |"


def _moved(rows: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    yield "| where | figure | without | change | 95 % | verdict |"
    yield "| --- | --- | ---: | ---: | --- | --- |"
    for row in rows:
        unit = row["unit"]
        change, between = estimate(row["change"], row["low"], row["high"], unit, signed=True)
        level = number(row["without"], unit)
        yield (
            f"| {row['where']} | `{row['figure']}` | {level} | {change} | {between} | "
            f"{row['verdict']} |"
        )


def _document(file: Path) -> dict[str, Any]:
    name = file.stem.removeprefix("pattern-")
    again = f"`poundflow pattern {name} --out {file.parent}` lives it, and goes on where it stopped"
    if not file.exists():
        raise StoredTableError(f"{file} is missing. {again}.")
    wanted = _own(name)
    try:
        told: dict[str, Any] = json.loads(file.read_text("utf-8"))
        read = {key: told[key] for key in (*READ, *wanted)}
    except (KeyError, TypeError, ValueError) as fault:
        raise StoredTableError(
            f"{file} is no document of this version of poundflow: {fault!r}. {again}."
        ) from fault
    if read["trial"]:
        raise StoredTableError(f"{file} has {read['seeds']} seeds, which is a trial. {again}.")
    for key, own in wanted.items():
        if read[key] != own:
            raise StoredTableError(
                f"{file}: {key} is {read[key]}; wanted {own}, which is published. {again}."
            )
    return read


def _own(name: str) -> dict[str, object]:
    """What a document says of a pattern that was lived as it is published."""
    pattern = PATTERNS[name]
    return {
        "pattern": name, "place": in_words(pattern.places), "months": pattern.months,
        "seed": DEFAULT_SEED,
    }  # fmt: skip


def _figures(said: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, object]]:
    for one in said:
        for row in one["figures"]:
            known = row["published"] or NOTHING
            yield {
                "pattern": one["pattern"], "figure": row["figure"], "what": row["what"],
                "unit": row["unit"], "mean": row["mean"], "low": row["low"], "high": row["high"],
                "seeds": row["n"], "published": known["text"], "used": int(known["calibrated"]),
                "verdict": row["verdict"], "place": one["place"], "months": one["months"],
            }  # fmt: skip


def _changes(said: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, object]]:
    for one in said:
        for gone in one["ablations"]:
            for row in gone["figures"]:
                yield {
                    "pattern": one["pattern"], "where": gone["what"],
                    "switches": " ".join(gone["switches"]), "figure": row["figure"],
                    "unit": row["unit"], "without": row["mean"], "change": row["difference"],
                    "low": row["low"], "high": row["high"], "seeds": row["n"],
                    "verdict": row["verdict"],
                }  # fmt: skip


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
