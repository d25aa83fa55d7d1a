"""The honest null: effects over futures become tables, pictures and blocks of its page."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.design.ignorance import draw_ignorance
from experiments.design.seeds import replicate_seed
from experiments.paper import null
from experiments.paper.null_answers import BARELY, GAINS, LOSES, UNCLEAR, answer, by_luck
from experiments.paper.null_read import VIEWS, Effects, above_sum, read_drawn, read_sizes
from experiments.paper.null_told import signed
from experiments.paper.pages import BLOCK
from experiments.paper.stored import (
    MissingTableError,
    StoredTables,
    Table,
    read_tables,
    write_tables,
)
from experiments.runner.replicate import all_entries
from experiments.store.sweep_tables import PLAN_FILE
from scenarios.read import read_scenario
from tests.experiments.said import Poundflow

DOCS = Path("docs")
ROUNDED = 5e-4
PLAN = """
name = "few"
seed = 8
[[places]]
scenario = "village"
set = ["assumptions.bid.own_spread=0.02"]
[design]
kind = "fixed"
others = "drawn"
"""


def futures(plan: str, policy: str, net: list[float]) -> list[dict[str, Any]]:
    """Rows of one policy: here and in all the country it does what it does net."""
    return [
        {"plan": plan, "policy": policy, "future": k, **dict.fromkeys(VIEWS, value),
         "services": -1.0, "more_local": 0.1 if k else -0.1, "premium": 0.01, "spent": 1e5,
         "output": 1e6}
        for k, value in enumerate(net)
    ]  # fmt: skip


def stored() -> dict[str, Table]:
    """Tables as the chapter stores them: one policy gains in three futures of four."""
    rows = futures(null.PREFERENCE, "reserved", [1e3, 2e3, 3e3, -1e3])
    rows += futures(null.PILLARS, "pay", [-2e3, -3e3, -2e3, -4e3])
    rows += futures(null.PILLARS, null.ABOVE_SUM, [10.0, -10.0, 20.0, -15.0])
    lucks = [
        {"policy": "reserved", "future": k // 2, "luck": k % 2, **dict.fromkeys(VIEWS, value)}
        for k, value in enumerate([1e3, 3e3, -1e3, 5e3])
    ]
    box = {"subject": "reserved", "box": 1, "way": "PRIM", "from": 0.0, "to": 1.0, "unit": "share",
           "coverage": 1.0, "density": 0.5, "mass": 0.5, "seen": 2, "unseen": 2, "hits": 1,
           "usual": 0.25, "chance": 0.44}  # fmt: skip
    regions = [
        {**box, "factor": "bid.own_spread", "low": 0.5, "high": None},
        {**box, "factor": "bid.busy", "low": 0.1, "high": 0.6},
    ]
    ways = [{"subject": "reserved", "coverage": 1.0, "density": 0.25}]
    cases = [
        {"subject": "reserved", "box": 1, "future": k, "x": 0.2 * k, "y": 0.3,
         "nothing": int(k == 3)}
        for k in range(4)
    ]  # fmt: skip
    named = {
        null.FUTURES: rows, null.LUCKS: lucks, null.REGIONS: regions, null.WAYS: ways,
        null.CASES: cases,
    }  # fmt: skip
    return {
        name: Table({key: [row[key] for row in some] for key in some[0]}, plan=name)
        for name, some in named.items()
    }


def test_an_answer_is_student_s_with_the_share_that_gains_nothing() -> None:
    """1 to 5: mean 3, t(4) 2.776 x sqrt(2.5 / 5); nothing gained counts with nothing exactly."""
    one, two = answer([1.0, 2.0, None, 3.0, 4.0, 5.0]), answer([0.0, -1.0, 1.0])

    assert (one.n, one.mean) == (5, 3.0)
    assert one.high - one.mean == pytest.approx(2.7764 * math.sqrt(0.5), abs=ROUNDED)
    assert (one.verdict, two.verdict) == (GAINS, UNCLEAR)
    assert (two.nothing.hits, two.nothing.cases) == (2, 3)
    with pytest.raises(ValueError, match="two at least"):
        answer([1.0, None])


def test_a_verdict_says_where_it_would_not_stand_beside_the_others() -> None:
    """Around -3 with spread root 2.5 of five: t is 4.24, beyond 2.776 and 3.961; at -2, 2.83."""
    clear, barely = ([shift + k for k in range(-2, 3)] for shift in (-3.0, -2.0))

    assert (answer(clear).verdict, answer(barely).verdict) == (LOSES, LOSES + BARELY)


def test_luck_is_pooled_within_futures() -> None:
    """Lucks 1 and 3, 5 and 7: within root 2 with two degrees of freedom, between root 8."""
    one = by_luck(np.array([[1.0, 3.0], [5.0, 7.0]]))

    assert one.spread == pytest.approx(math.sqrt(2.0))
    assert one.between == pytest.approx(math.sqrt(8.0))
    assert (one.freedom, one.flips.hits) == (2, 0)
    assert by_luck(np.array([[-1.0, 3.0], [5.0, 7.0]])).flips.hits == 1


def test_together_is_held_against_each_alone() -> None:
    """All together 10, alone 2 and 3: five above the sum."""
    value = {view: np.array([[[2.0]], [[10.0]], [[3.0]]]) for view in VIEWS}

    found = above_sum(Effects(("pay", "together", "land"), value), "together")

    assert {view: one.item() for view, one in found.items()} == dict.fromkeys(VIEWS, 5.0)


def test_what_futures_drew_is_said_again(tmp_path: Path) -> None:
    """As `compare` draws, the place's own value left out."""
    (tmp_path / PLAN_FILE).write_text(PLAN)

    drawn = read_drawn(tmp_path, 2)

    place = read_scenario("village", ("assumptions.bid.own_spread=0.02",))
    wanted = draw_ignorance(
        all_entries(place).values(), replicate_seed(8, 1), held=place.assumptions
    )
    assert dict(zip(drawn.names, drawn.points[1].tolist(), strict=True)) == wanted
    assert "bid.own_spread" not in drawn.names


def test_the_page_shows_every_block(tmp_path: Path) -> None:
    """Each block has its place in the document, and numbers come out of the tables."""
    told = null.page(stored())

    text = (DOCS / "honest_null.md").read_text("utf-8")
    assert {one[2] for one in BLOCK.finditer(text)} == set(told)
    assert "| reserved | net | 4 | +1,250 |" in told["null-preference"]
    assert "| +1.25 | +0.125 % | not told" in told["null-preference"]
    assert "| 1 of 4 (25%) |" in told["null-preference"]
    assert "`bid.own_spread` > 0.5; 0.1 < `bid.busy` < 0.6" in told["null-regions"]
    assert "not told apart from nothing" in told["null-pillars"]
    assert "+10.0 pts | 3 of 4 |" not in told["null-preference-how"]
    assert "+5.0 pts | 3 of 4 |" in told["null-preference-how"]


def test_pictures_are_the_same_bytes_twice(tmp_path: Path) -> None:
    """Drawn from stored tables alone, one for each plan and one for each box."""
    folders = [tmp_path / name for name in ("once", "again")]
    for folder in folders:
        folder.mkdir()
        null.figures(stored(), folder)

    once, again = ({one.name: one.read_bytes() for one in sorted(f.iterdir())} for f in folders)
    assert once == again
    assert list(once) == ["null-pillars.svg", "null-preference.svg", "null-region-reserved.svg"]


def test_without_its_tables_there_is_no_page() -> None:
    """The chapter says which table is missing, and the builder then that nothing is measured."""
    with pytest.raises(MissingTableError, match="null-futures"):
        null.page(StoredTables())


def test_effects_are_held_against_spending_and_output(tmp_path: Path) -> None:
    """The council's budget with suppliers, and the value added of the district's table."""
    (tmp_path / PLAN_FILE).write_text((DOCS / "paper/plans/null-luck.toml").read_text("utf-8"))

    sizes = read_sizes(tmp_path)

    assert sizes.spent == pytest.approx(8_933_322.2)
    assert sizes.output == pytest.approx(60.6e6)


def test_numbers_carry_their_sign_and_nothing_has_none() -> None:
    """Minus as a typographer writes it."""
    assert [signed(one, 1) for one in (1234.56, -0.2, 0.04)] == ["+1,234.6", "−0.2", "0.0"]


TRIAL = """
name = "{name}"
seed = 8
months = 8
replicates = {replicates}
[[places]]
scenario = "village"
set = ["measure.dye_months=[]", {sets}]
[policies]
names = ["price_quality", {names}]
baseline = "price_quality"
[design]
{design}
[keep]
measures = [
    "net_gain_after_cost", "net_local_income", "disposable_income", "local_share_based",
    "unit_cost_premium",
]
months = "window"
tiers = ["district", "uk"]
"""
LOCAL = '''"policies.reserved={regime=\\"reserved_local\\", parameters={area=4}}"'''
LEVERS = '''"policies.pay={regime=\\"price_quality\\", pillars={fair_employment=3000}}",
"policies.together={regime=\\"social_value\\", pillars={fair_employment=3000}}"'''
DRAWN = 'kind = "fixed"\nothers = "drawn"'
SAME = 'kind = "register"\npoints = 2\nnames = "all"'


@pytest.mark.long
@pytest.mark.compiled
def test_a_trial_in_the_village_goes_from_plans_to_page(
    tmp_path: Path, poundflow: Poundflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three little sweeps make all tables; future k under luck k is the same in two of them."""
    monkeypatch.setattr("experiments.paper.null_read.value_added", lambda focus: np.array([1.0]))
    for name, replicates, sets, names, design in (
        (null.PREFERENCE, 6, LOCAL, '"reserved"', DRAWN),
        (null.LUCK, 2, LOCAL, '"reserved"', SAME),
        (null.PILLARS, 2, LEVERS, '"pay", "together"', DRAWN),
    ):
        plan = tmp_path / f"{name}.toml"
        told = TRIAL.format(name=name, replicates=replicates, sets=sets, names=names, design=design)
        plan.write_text(told)
        assert poundflow("sweep", plan, "--out", tmp_path / name, "--workers", "1").code == 0

    tables = null.tables(tmp_path)

    rows = {row["future"]: row for row in tables[null.FUTURES].rows if row["policy"] == "reserved"}
    same = [row for row in tables[null.LUCKS].rows if row["future"] == row["luck"]]
    assert [row["future"] for row in same] == [0, 1]
    assert all(row[view] == rows[row["future"]][view] for row in same for view in VIEWS)
    assert tables[null.FUTURES].runs == 6 * 2 + 2 * 3
    write_tables(tables, tmp_path / "tables")
    again = read_tables(tmp_path / "tables")
    null.figures(again, tmp_path)
    assert len(null.page(again)) == len(null.page(stored()))
    assert (tmp_path / "null-preference.svg").exists()
