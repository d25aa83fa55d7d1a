"""The honest null: effects over futures become tables, pictures and blocks of its page."""

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.design.accepted import read_accepted
from experiments.design.ignorance import draw_ignorance
from experiments.design.seeds import replicate_seed
from experiments.paper import null
from experiments.paper.null_answers import BARELY, GAINS, LOSES, UNCLEAR, answer, by_luck
from experiments.paper.null_read import (
    VIEWS,
    Drawn,
    Effects,
    above_sum,
    read_drawn,
    read_sizes,
)
from experiments.paper.null_told import signed
from experiments.paper.pages import BLOCK
from experiments.paper.stored import (
    MissingTableError,
    StoredTables,
    Table,
    columns_of,
    read_tables,
    table_text,
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
         "services": -1.0, "more_local": 0.001 * (k - 1), "premium": 0.01, "spent": 1e5,
         "output": 1e6}
        for k, value in enumerate(net)
    ]  # fmt: skip


def stored() -> dict[str, Table]:
    """Tables as the chapter stores them: one policy gains in three futures of four."""
    rows = futures(null.PREFERENCE, "reserved", [1e3, 2e3, 3e3, -1e3])
    rows += futures(null.CITY, "reserved", [5e3, 6e3, 7e3, -2e3])
    rows += futures(null.PILLARS, "pay", [-2e3, -3e3, -2e3, -4e3])
    rows += futures(null.PILLARS, null.ABOVE_SUM, [10.0, -10.0, 20.0, -15.0])
    lucks = [
        {"policy": "reserved", "future": k // 2, "luck": k % 2, **dict.fromkeys(VIEWS, value)}
        for k, value in enumerate([1e3, 3e3, -1e3, 5e3])
    ]
    box = {"subject": "reserved", "box": 1, "way": "PRIM", "from": 0.0, "to": 1.0, "unit": "share",
           "coverage": 1.0, "density": 0.5, "mass": 0.5, "seen": 2, "unseen": 2, "hits": 1,
           "usual": 0.25, "chance": 0.44, "counts": 0}  # fmt: skip
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
    return {name: Table(columns_of(some), plan=name) for name, some in named.items()}


def test_an_answer_is_student_s_with_the_share_that_gains_nothing() -> None:
    """1 to 5: mean 3, t(4) 2.776 x sqrt(2.5 / 5); nothing gained counts with nothing exactly."""
    one, two = answer([1.0, 2.0, None, 3.0, 4.0, 5.0]), answer([0.0, -1.0, 1.0])

    assert (one.n, one.mean) == (5, 3.0)
    assert one.high - one.mean == pytest.approx(2.7764 * math.sqrt(0.5), abs=ROUNDED)
    assert (one.verdict, two.verdict) == (GAINS + BARELY, UNCLEAR)
    assert (two.nothing.hits, two.nothing.cases) == (2, 3)
    with pytest.raises(ValueError, match="two at least"):
        answer([1.0, None])


def test_a_verdict_says_where_it_would_not_stand_beside_the_others() -> None:
    """Around -4 with spread root 2.5 of five: t is 5.66, beyond 2.776 and 4.604; at -3, 4.24."""
    clear, barely = ([shift + k for k in range(-2, 3)] for shift in (-4.0, -3.0))

    assert (answer(clear).verdict, answer(barely).verdict) == (LOSES, LOSES + BARELY)


def test_luck_is_pooled_within_futures() -> None:
    """Lucks 1 and 3, 5 and 7: within root 2, between root 8; no sign but that of all lives."""
    one = by_luck(np.array([[1.0, 3.0], [5.0, 7.0]]))

    assert one.spread == pytest.approx(math.sqrt(2.0))
    assert one.between == pytest.approx(math.sqrt(8.0))
    assert (one.flips, one.lives) == (0, 4)


def test_a_luck_that_moves_all_futures_alike_is_one_observation() -> None:
    """Two futures, three lucks: 2 degrees where futures move alike, up to 4 where they do not.

    Rows (0, 2, 1) and (0, 1, 2): of 4 squares 3 are of luck's main effect, known with 2 degrees,
    and 1 of the rest, with 2: 4 squared over 9 / 2 + 1 / 2.
    """
    alike = by_luck(np.array([[0.0, 1.0, 2.0], [5.0, 6.0, 7.0]]))
    apart = by_luck(np.array([[0.0, 2.0, 1.0], [0.0, 1.0, 2.0]]))
    still = by_luck(np.zeros((2, 3)))

    assert alike.freedom == pytest.approx(2.0)
    assert apart.freedom == pytest.approx(3.2)
    assert (still.spread, still.freedom, still.least(4)) == (0.0, 4.0, 0.0)


def test_a_life_is_held_against_the_others_of_its_future() -> None:
    """-3, 1, 1: the mean with it is below nothing, so that two lives had another sign, not one.

    Without it: -3 stands against 1, and each 1 against -1; all three differ.
    """
    assert by_luck(np.array([[-3.0, 1.0, 1.0], [5.0, 6.0, 7.0]])).flips == 3
    assert by_luck(np.array([[-1.0, 3.0, 3.0], [5.0, 6.0, 7.0]])).flips == 1


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
    assert "| reserved | net | 4 | +4,000 |" in told["null-city"]
    assert "| reserved in the city | 4 | 4,082 |" in told["null-power"]
    assert "`bid.own_spread` > 0.5; 0.1 < `bid.busy` < 0.6" in told["null-regions"]
    assert "not told apart from nothing" in told["null-pillars"]
    assert "chance | counts |" in told["null-regions"]
    assert "| 0.44 | no |" in told["null-regions"]


def test_how_far_preference_reached_is_told_in_digits_that_show_it() -> None:
    """Shares moved by -0.1, 0, 0.1 and 0.2 points: rose in two, of which one gained nothing."""
    how = null.page(stored())["null-preference-how"]

    assert "| reserved | +0.050 pts | 2 of 4 | 1 of 4 | 1 of 4 |" in how
    assert "| 1 of 2 (50%) | 1% to 99% |" in how


def test_where_preference_reached_nobody_it_is_said() -> None:
    """No future in which the share rose: there is no share among none."""
    tables = stored()
    rows = [row | {"more_local": 0.0} for row in tables[null.FUTURES].rows]

    how = null.page(tables | {null.FUTURES: Table(columns_of(rows), plan="x")})

    assert "| +0.000" not in how["null-preference-how"]
    assert "| 0.000 pts | 0 of 4 | 0 of 4 | 4 of 4 |" in how["null-preference-how"]
    assert "| none |  |" in how["null-preference-how"]


def test_an_effect_without_a_box_is_said_to_have_none() -> None:
    """Of all effects asked about where no box was found, and of those left where some have one."""
    tables = stored()

    some = null.page(tables)["null-regions"]
    none = null.page(tables | {null.REGIONS: Table({}, plan="x")})["null-regions"]

    others = "reserved in the city; together above the sum."
    assert f"No box was found for: {others}" in some
    assert none == f"No box was found for: reserved; {others}"


def test_boxes_over_whole_and_broken_ranges_are_stored(tmp_path: Path) -> None:
    """The register writes some ends of ranges as whole numbers; a column holds one kind."""
    entries = all_entries(read_scenario("village"))
    drawn = [entries[name] for name in ("tender.day_rate_pence", "bid.own_spread")]
    assert isinstance(drawn[0].low, int)
    assert isinstance(drawn[1].low, float)
    part = np.random.default_rng(5).random((400, 2))
    ends = np.array([[one.low, one.high] for one in drawn], dtype=np.float64)
    points = ends[:, 0] + part * (ends[:, 1] - ends[:, 0])
    net = np.where((part > 0.6).all(axis=1), -1.0, 1.0)

    found = null.regions("reserved", net, Drawn(drawn, points))

    table = Table(columns_of(found[null.REGIONS]), plan="x")
    assert {row["factor"] for row in table.rows} == {one.name for one in drawn}
    assert "tender.day_rate_pence" in table_text(table)


CALIBRATED, DRAWN_OF_THEM, THIRD, NEAREST = 17, 10, 1 / 3, 9
"""Calibrated numbers, those drawn, part of a range, most that are so near in one future."""


def test_hardly_a_future_is_near_the_calibrated_set(tmp_path: Path) -> None:
    """What the page says of it: in no future do all ten lie within a third of their range."""
    (tmp_path / PLAN_FILE).write_text((DOCS / "paper/plans/null-preference.toml").read_text())
    names, sets = read_accepted(DOCS / "paper/plans/calibration-values.csv")

    drawn = read_drawn(tmp_path, 256)

    frozen = dict(zip(names, sets[0], strict=True))
    near = [
        np.abs(drawn.points[:, k] - frozen[one.name]) <= THIRD * (one.high - one.low)
        for k, one in enumerate(drawn.entries)
        if one.name in frozen
    ]
    assert (len(names), len(near)) == (CALIBRATED, DRAWN_OF_THEM)
    assert int(np.sum(near, axis=0).max()) == NEAREST
    text = re.sub(r"\s+", " ", (DOCS / "honest_null.md").read_text("utf-8"))
    assert "ten are drawn" in text
    assert "in none of the 256 futures do all ten lie within a third" in text


def test_pictures_are_the_same_bytes_twice(tmp_path: Path) -> None:
    """Drawn from stored tables alone, one for each plan with futures and one for each box."""
    folders = [tmp_path / name for name in ("once", "again")]
    for folder in folders:
        folder.mkdir()
        null.figures(stored(), folder)

    once, again = ({one.name: one.read_bytes() for one in sorted(f.iterdir())} for f in folders)
    assert once == again
    names = ("city-reserved", "pillars", "pillars-above-the-sum", "preference-reserved",
             "region-reserved")  # fmt: skip
    assert set(once) == {f"null-{name}.svg" for name in names}


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
    """Four little sweeps make all tables; future k under luck k is the same in two of them."""
    monkeypatch.setattr("experiments.paper.null_read.value_added", lambda focus: np.array([1.0]))
    for name, replicates, sets, names, design in (
        (null.PREFERENCE, 6, LOCAL, '"reserved"', DRAWN),
        (null.CITY, 4, LOCAL, '"reserved"', DRAWN),
        (null.LUCK, 2, LOCAL, '"reserved"', SAME),
        (null.PILLARS, 2, LEVERS, '"pay", "together"', DRAWN),
    ):
        plan = tmp_path / f"{name}.toml"
        told = TRIAL.format(name=name, replicates=replicates, sets=sets, names=names, design=design)
        plan.write_text(told)
        assert poundflow("sweep", plan, "--out", tmp_path / name, "--workers", "1").code == 0

    tables = null.tables(tmp_path)

    rows = {
        row["future"]: row
        for row in tables[null.FUTURES].rows
        if (row["plan"], row["policy"]) == (null.PREFERENCE, "reserved")
    }
    same = [row for row in tables[null.LUCKS].rows if row["future"] == row["luck"]]
    assert [row["future"] for row in same] == [0, 1]
    assert all(row[view] == rows[row["future"]][view] for row in same for view in VIEWS)
    assert tables[null.FUTURES].runs == (6 + 4) * 2 + 2 * 3
    write_tables(tables, tmp_path / "tables")
    again = read_tables(tmp_path / "tables")
    null.figures(again, tmp_path)
    assert len(null.page(again)) == len(null.page(stored()))
    assert (tmp_path / "null-preference-reserved.svg").exists()
