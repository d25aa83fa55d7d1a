"""Change the code in a few hundred places, and count the changes that a test sees.

    python -m tests.mutation --out FOLDER [--sample 500] [--seed 1] [--workers 2] [--again]

Each mutant of the sample is tried, with nothing compiled, against the tests that stand nearest to
its file: once quickly, and what survives once more, afresh and for longer.
`mutants.jsonl` has a line for each trial; what is there is not tried again, so the command goes on
where it was stopped. `--again` tries those that survived before, as when tests were added. Ends
with 1 where less than 85 of 100 were killed. Needs the extra `mutation`, and a system that forks.
"""

import argparse
import json
import queue
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from difflib import unified_diff
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tests.mutation.mutants import PACKAGES, Mutant, all_of, mutated, sample
from tests.mutation.near import Near
from tests.mutation.trial import Copy, hot

ROOT = Path(__file__).resolve().parents[2]
BAR = 0.85
KILLED = "killed"
STAGES = ("quick", "long")
WAYS = {"quick": ("hot", "fresh"), "long": ("fresh",)}
"""What the quick trial changes in memory, the long one reads in from the file; see `warm`."""


def drawn(out: Path, many: int, seed: int) -> list[Mutant]:
    """Draw the sample, or read the one that was drawn; refuse where the code was changed since."""
    files = [path for name in PACKAGES for path in (ROOT / "simulation" / name).rglob("*.py")]
    code = blake2b(b"".join(path.read_bytes() for path in sorted(files))).hexdigest()[:16]
    path = out / "sample.json"
    if not path.exists():
        wanted = sample(all_of(ROOT), many, seed)
        told = {"code": code, "many": many, "seed": seed, "mutants": [asdict(m) for m in wanted]}
        path.write_text(json.dumps(told), "utf-8")
    told = json.loads(path.read_text("utf-8"))
    if (told["code"], told["many"], told["seed"]) != (code, many, seed):
        raise SystemExit(f"{path} is of other code or another draw: begin in a new folder")
    return [Mutant(**one) for one in told["mutants"]]


def tried(path: Path) -> dict[str, dict[str, Any]]:
    """What was tried before, by the mutant's name; a line that was cut off is not counted."""
    found: dict[str, dict[str, Any]] = {}
    for line in path.read_text("utf-8").splitlines(keepends=True) if path.exists() else ():
        if line.endswith("\n"):
            row = json.loads(line)
            found[row["name"]] = row
    return found


def left(wanted: Sequence[Mutant], out: Path, stage: str) -> list[Mutant]:
    """Those that a stage has yet to try: never tried, or by an earlier stage only and alive."""
    rows, later = tried(out / "mutants.jsonl"), STAGES[STAGES.index(stage) :]

    def waits(mutant: Mutant) -> bool:
        row = rows.get(mutant.name)
        return row is None or not (is_killed(row) or row["stage"] in later)

    return [mutant for mutant in wanted if waits(mutant)]


def try_all(
    mutants: list[Mutant], copies: list[Copy], out: Path, stage: str, budget: float
) -> None:
    """Try each mutant in turn, in as many copies of the project as there are workers."""
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    for mutant in mutants:
        waiting.put(mutant)
    writing = threading.Lock()

    def work(copy: Copy) -> None:
        while True:
            try:
                mutant = waiting.get_nowait()
            except queue.Empty:
                return
            verdict = copy.attempt(mutant, WAYS[stage], budget)
            row = {"name": mutant.name, "stage": stage, "budget": budget, "diff": diff(mutant)}
            row |= asdict(mutant) | asdict(verdict)
            with writing, (out / "mutants.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
                say(
                    f"{mutant.name} {mutant.path}:{mutant.line} {verdict.outcome} {verdict.seconds}"
                )

    working = [threading.Thread(target=work, args=(copy,)) for copy in copies]
    for one in working:
        one.start()
    for one in working:
        one.join()


def say(text: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def diff(mutant: Mutant) -> str:
    """The change, as lines taken out and put in."""
    before = (ROOT / mutant.path).read_text("utf-8")
    after = mutated(before, mutant)
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(list(lines)[3:])


def is_killed(row: dict[str, Any]) -> bool:
    """Whether a test saw the change."""
    return str(row["outcome"]).startswith(KILLED)


def programs(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out changes that are no programs, such as a minus for the star of named parameters."""
    return [row for row in rows if "SyntaxError" not in row["why"]]


def told(rows: Sequence[dict[str, Any]]) -> str:
    """How many of each package were killed, and every survivor."""
    lines = ["| package | mutants | killed | share |", "| --- | --- | --- | --- |"]
    for package in (*PACKAGES, ""):
        mine = [row for row in rows if row["path"].startswith(f"simulation/{package}")]
        killed = sum(is_killed(row) for row in mine)
        share = killed / len(mine) if mine else 0.0
        lines.append(f"| {package or 'all'} | {len(mine)} | {killed} | {share:.1%} |")
    for row in sorted(rows, key=lambda row: (row["path"], row["line"])):
        if not is_killed(row):
            lines += ["", f"{row['name']} {row['path']}:{row['line']} {row['outcome']}"]
            lines += row["diff"].splitlines()
    return "\n".join(lines)


def main() -> int:
    """Try what has not been tried yet, and tell of all."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--sample", type=int, default=500)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--quick", type=float, default=10.0, help="seconds of tests, first trial")
    asked.add_argument("--long", type=float, default=60.0, help="seconds of tests, of survivors")
    asked.add_argument("--again", action="store_true", help="try survivors of before again")
    asked.add_argument("--first", type=int, default=None, help="only so many, in the order drawn")
    told_by = asked.parse_args()
    out = told_by.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    wanted = drawn(out, told_by.sample, told_by.seed)[: told_by.first]
    near = Near(ROOT)
    held = hot(ROOT, out / "hot", told_by.workers)
    copies = [
        Copy(ROOT, out / f"copy-{number}", near, held, number) for number in range(told_by.workers)
    ]
    before = tried(out / "mutants.jsonl") if told_by.again else {}
    alive = [one for one in wanted if one.name in before and not is_killed(before[one.name])]
    for stage, budget in zip(STAGES, (told_by.quick, told_by.long), strict=True):
        mutants = {one.name: one for one in (*alive, *left(wanted, out, stage))}
        try_all(list(mutants.values()), copies, out, stage, budget)
        alive = []
    for one in (*copies, held):
        one.close()
    after = tried(out / "mutants.jsonl")
    rows = programs([after[mutant.name] for mutant in wanted])
    say(told(rows))
    return 0 if sum(map(is_killed, rows)) >= BAR * len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
