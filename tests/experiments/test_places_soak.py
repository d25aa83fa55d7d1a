"""Every district of the United Kingdom is built from its file, and thirty of them are compared.

Both go on where they were in the folder that `POUNDFLOW_SOAK` names; see docs/soak.md.
"""

import json
import random
from pathlib import Path

import pytest

from experiments.runner.built_totals import built_totals
from scenarios.assumptions import Assumptions
from scenarios.from_tables.marks import published_totals
from scenarios.place_file import place_text, put_together
from scenarios.read import draft_from_text
from scenarios.tables import uk_districts
from simulation.economy.build import build_economy
from tests.experiments.said import Poundflow
from tests.scenarios.place_file.nearness import far_off

pytestmark = [pytest.mark.soak, pytest.mark.compiled]

SEED, THIRTY = 2026, 30
MONTHS = 6
SETS = ("compare.luck_replicates=0", "compare.twin_replicates=0")


def test_every_district_is_built_with_what_was_published(kept: Path) -> None:
    """People, enterprises and jobs within a hundredth of what is shipped as published.

    Households and jobs that are derived are held against the file. `built.jsonl` has a line a
    district, and is gone on with.
    """
    state = kept / "built.jsonl"
    done = _lines(state)
    for code in uk_districts():
        if code in done:
            continue
        place = put_together(code)
        scenario = draft_from_text(place_text(place), f"{code}.toml").require()
        assumptions = Assumptions.default()
        totals = built_totals(build_economy(scenario, assumptions, 1), assumptions)
        wanted = {
            "households": place.row["households"],
            "jobs": place.row["jobs"],
            **published_totals(code),
        }
        done[code] = {"name": place.district.name, "built": totals, "off": far_off(totals, wanted)}
        with state.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"code": code, **done[code]}) + "\n")

    assert set(done) == set(uk_districts())
    assert {code: one["off"] for code, one in done.items() if one["off"]} == {}


def test_thirty_districts_drawn_by_seed_are_compared(poundflow: Poundflow, kept: Path) -> None:
    """Five ways of buying over half a year, one future each; `compared.jsonl` is gone on with."""
    state = kept / "compared.jsonl"
    done = _lines(state)
    for code in random.Random(SEED).sample(list(uk_districts()), THIRTY):
        if code in done:
            continue
        file, out = kept / f"{code}.toml", kept / code
        assert poundflow("build-place", code, "--out", file).code == 0
        sets = [word for one in SETS for word in ("--set", one)]
        said = poundflow(
            "compare", file, "--months", str(MONTHS), "--replicates", "1", "--out", out,
            "--quiet", *sets,
        )  # fmt: skip
        done[code] = {"exit": said.code, "said": said.err, "report": (out / "report.html").exists()}
        with state.open("a", encoding="utf-8") as kept_file:
            kept_file.write(json.dumps({"code": code, **done[code]}) + "\n")

    assert len(done) == THIRTY
    assert {code: one for code, one in done.items() if one["exit"] or not one["report"]} == {}


def _lines(state: Path) -> dict[str, dict[str, object]]:
    """What earlier sessions have done; a last line that was cut off is taken away."""
    if not state.exists():
        return {}
    whole, newline, _ = state.read_text(encoding="utf-8").rpartition("\n")
    state.write_text(whole + newline, encoding="utf-8")
    rows = [json.loads(line) for line in whole.splitlines()]
    return {row.pop("code"): row for row in rows}
