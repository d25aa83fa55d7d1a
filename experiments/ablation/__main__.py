"""`python -m experiments.ablation village --out docs/ablation.md`: the table of switches.

With `--then preston-2012` the switches that did nothing in the first place are tried in a
larger one, those that did nothing there either once more where no mechanism rests, and the last
of them in the first place again, where the law of today binds and buyers shun its risks.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from experiments.ablation.effects import Setting, wary
from experiments.ablation.page import page
from experiments.ablation.switches import UnknownSwitchError, switches
from experiments.ablation.trying import tried
from experiments.design.plan import PlanError
from experiments.runner.room import side_by_side
from scenarios.read import read_scenario
from simulation.procurement.registry import names


def main(words: Sequence[str] | None = None) -> int:
    """Try every switch and write the page; a wrong name or number of workers ends in code 2."""
    parser = _parser()
    asked = parser.parse_args(words)
    first = Setting(read_scenario(asked.scenario), asked.months, asked.replicates)
    try:
        workers = side_by_side("--workers", asked.workers)
        some = switches(names(), asked.switches.split(",") if asked.switches else ())
    except (PlanError, UnknownSwitchError) as fault:
        parser.error(str(fault))
    effects = tried(first, some, workers)
    tables = [(first, effects)]
    inert = [one.switch for one in effects if one.inert]
    if asked.then and inert:
        larger = Setting(read_scenario(asked.then), asked.then_months, 1)
        tables.append((larger, tried(larger, inert, workers)))
        inert = [one.switch for one in tables[-1][1] if one.inert]
    if asked.then and inert:
        awake = {one.entry.name: one.awake for one in switches(names()) if one.rests}
        stirred = replace(larger, months=asked.awake_months, awake=awake)
        at = [replace(one, on=awake.get(one.entry.name, one.on)) for one in inert]
        tables.append((stirred, tried(stirred, at, workers)))
        left = [one.switch for one in tables[-1][1] if one.inert]
        if left:
            shy = wary(replace(first, months=asked.awake_months, awake=awake), asked.appetite)
            tables.append((shy, tried(shy, left, workers)))
    asked.out.write_text(page(tables, asked.commit), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m experiments.ablation", description=__doc__)
    parser.add_argument("scenario", help="a scenario on the shelf, or a path")
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--replicates", type=int, default=3)
    parser.add_argument("--switches", help="names of register entries, with commas; default all")
    parser.add_argument("--then", help="a larger scenario for those that did nothing in the first")
    parser.add_argument("--then-months", type=int, default=12)
    parser.add_argument("--awake-months", type=int, default=84, help="there, where nothing rests")
    parser.add_argument("--appetite", type=float, default=0.1, help="for legal risk, at the last")
    parser.add_argument("--workers", type=int, help="processes side by side; default one a core")
    parser.add_argument("--commit", default="unknown", help="written on the page")
    parser.add_argument("--out", type=Path, default=Path("docs") / "ablation.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
