"""Change the code in a few hundred places, and count the changes that a test sees.

    python -m tests.mutation --out FOLDER [--sample 500] [--seed 1] [--workers 2]

First the tests are run once with nothing compiled, to learn which test reaches which line. Then
each mutant of the sample is tried with the tests that reach it. `mutants.jsonl` has a line for
each; what is there is not tried again, so the command goes on where it was stopped. Ends with 1
where less than 85 of 100 were killed. Needs the extra `mutation`.
"""

import argparse
import json
import os
import queue
import subprocess
import sys
import threading
from dataclasses import asdict
from difflib import unified_diff
from pathlib import Path
from typing import Any

from tests.mutation.mutants import PACKAGES, Mutant, all_of, mutated, sample
from tests.mutation.reach import FOLDER, Reach
from tests.mutation.trial import Copy

ROOT = Path(__file__).resolve().parents[2]
BAR = 0.85


def learn(folder: Path, workers: int) -> None:
    """Run every test once with nothing compiled, and write down what each reaches."""
    folder.mkdir(parents=True)
    subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-n", str(workers), "-p", "tests.mutation.reach",
            "-p", "no:cacheprovider", "-m", "not long and not soak and not compiled",
            *(str(path) for path in sorted((ROOT / "tests").iterdir()) if path.is_dir()
              and path.name not in {"experiments", "mutation", "reference"}),
        ],
        cwd=ROOT, env=os.environ | {FOLDER: str(folder), "NUMBA_DISABLE_JIT": "1"}, check=True,
    )  # fmt: skip


def tried(path: Path) -> dict[str, dict[str, Any]]:
    """What was tried before, by the mutant's name; a line that was cut off is not counted."""
    found: dict[str, dict[str, Any]] = {}
    for line in path.read_text("utf-8").splitlines(keepends=True) if path.exists() else ():
        if line.endswith("\n"):
            row = json.loads(line)
            found[row["name"]] = row
    return found


def try_all(mutants: list[Mutant], reach: Reach, out: Path, workers: int) -> None:
    """Try each mutant in turn, in as many copies of the project as there are workers."""
    waiting: queue.SimpleQueue[Mutant] = queue.SimpleQueue()
    for mutant in mutants:
        waiting.put(mutant)
    writing = threading.Lock()

    def work(number: int) -> None:
        copy = Copy(ROOT, out / f"copy-{number}")
        while True:
            try:
                mutant = waiting.get_nowait()
            except queue.Empty:
                return
            verdict = copy.attempt(mutant, reach)
            row = {"name": mutant.name, "diff": diff(mutant), **asdict(mutant), **asdict(verdict)}
            with writing, (out / "mutants.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
                say(f"{mutant.name} {mutant.path}:{mutant.line} {verdict.outcome}")

    working = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
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


def told(rows: list[dict[str, Any]]) -> str:
    """How many of each package were killed, and every survivor."""
    lines = ["| package | mutants | killed | share |", "| --- | --- | --- | --- |"]
    for package in (*PACKAGES, ""):
        mine = [row for row in rows if row["path"].startswith(f"simulation/{package}")]
        killed = sum(row["outcome"].startswith("killed") for row in mine)
        share = killed / len(mine) if mine else 0.0
        lines.append(f"| {package or 'all'} | {len(mine)} | {killed} | {share:.1%} |")
    for row in sorted(rows, key=lambda row: (row["path"], row["line"])):
        if not row["outcome"].startswith("killed"):
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
    told_by = asked.parse_args()
    out = told_by.out.resolve()
    if not (out / "reach").exists():
        learn(out / "reach", told_by.workers)
    wanted = sample(all_of(ROOT), told_by.sample, told_by.seed)
    before = tried(out / "mutants.jsonl")
    left = [mutant for mutant in wanted if mutant.name not in before]
    try_all(left, Reach(out / "reach", ROOT), out, told_by.workers)
    after = tried(out / "mutants.jsonl")
    rows = [after[mutant.name] for mutant in wanted]
    say(told(rows))
    killed = sum(row["outcome"].startswith("killed") for row in rows)
    return 0 if killed >= BAR * len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
