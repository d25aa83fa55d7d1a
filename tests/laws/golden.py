"""What the shelf's places must come to, penny for penny, on every machine and Python.

    python -m tests.laws.golden            writes golden.toml anew (and says what moved)
    python -m tests.laws.golden village    prints the digests of one entry, writes nothing

A change that moves a digest is a change of the model, or a fault: say which in CHANGELOG.md.
"""

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from experiments.design.seeds import replicate_seed
from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from simulation.accounting.digest import digest
from simulation.model.run import live, prepare

HERE = Path(__file__).resolve().parent
FILE = HERE / "golden.toml"
AGAIN = "Where the model was meant to change: python -m tests.laws.golden, and say so in CHANGELOG."


@dataclass(frozen=True, slots=True)
class Story:
    """A place, how long it lives, and what is asked of it besides.

    The seed is that of the first replicate of `--seed 1`; assumptions stand at their centre. The
    village lives beyond month 13, in which a pound is dyed by default; Preston is dyed at once.
    """

    months: int
    sets: tuple[str, ...] = ()


STORIES = {
    "village": Story(25),
    "preston-2012": Story(3, ("measure.dye_months=[1]",)),
}
SEED = replicate_seed(1, 0)


def lived(name: str) -> dict[str, str]:
    """Digest of each way of buying that the scenario compares by default."""
    story = STORIES[name]
    scenario = read_scenario(name, story.sets)
    prepared = prepare(scenario, assumptions_of(scenario, {}), SEED)
    return {
        policy: digest(live(prepared, policy, story.months)) for policy in scenario.compare.regimes
    }


def golden() -> dict[str, dict[str, str]]:
    """What is on file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def text_of(entries: dict[str, dict[str, str]]) -> str:
    """The file as it is written."""
    lines = [
        "# Digests of books that every machine and every Python must come to; see golden.py.",
        "# Written by: python -m tests.laws.golden",
    ]
    for name, digests in entries.items():
        lines += ["", f"[{name}]", *(f'{policy} = "{one}"' for policy, one in digests.items())]
    return "\n".join(lines) + "\n"


def main(asked: list[str]) -> int:
    """Write all, or print some."""
    if asked:
        sys.stdout.write(text_of({name: lived(name) for name in asked}))
        return 0
    old, new = golden(), {name: lived(name) for name in STORIES}
    for name, digests in new.items():
        moved = [policy for policy, one in digests.items() if old.get(name, {}).get(policy) != one]
        sys.stdout.write(f"{name}: {', '.join(moved) or 'nothing'} moved\n")
    FILE.write_text(text_of(new), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
