"""A report of many ways: what is treated, who acted on it, money at risk, and room for all."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from experiments.report.folder import read_results
from experiments.report.limits import limits
from experiments.report.page import write_report
from experiments.report.place import period, place_name, tier_names
from experiments.report.tables import MOST_COLUMNS, Grid, blocks, main_table
from experiments.report.treated import capital_note, capital_table, reach_table, treated_table
from experiments.report.words import NO_SALE
from experiments.runner.label import around_focus, levers_used, policies
from scenarios.read import read_scenario
from tests.experiments.result_folder import write_result_folder

TREATED = {
    "categories": [
        {"id": "homecare", "name": "Home care", "pounds_a_year": 300_000.0, "share": 0.3},
        {"id": "ict", "name": "Computers", "pounds_a_year": 100_000.0, "share": 0.1},
    ],
    "pounds_a_year": 400_000.0,
    "share": 0.4,
}
REACH = [
    {"regime": "social_value", "own": ["Social value"], "awards": 348.0, "awards_own": 2.0,
     "pounds": 800_000.0, "pounds_own": 8_000.0,
     "parts": [
         {"reason": "own", "why": "bought in its own way", "awards": 2.0, "pounds": 8_000.0},
         {"reason": "older", "why": "older contracts", "awards": 0.0, "pounds": 92_000.0},
         {"reason": "law", "why": "the law leaves none", "awards": 346.0, "pounds": 700_000.0}]},
]  # fmt: skip
CAPITAL = [
    {"regime": "social_value", "firms": "founded", "financial_year": "2012/13",
     "paid_out": 50_000.0, "repaid": 5_000.0, "written_off": 0.0, "outstanding": 45_000.0},
    {"regime": "social_value", "firms": "converted", "financial_year": "2012/13",
     "paid_out": 900.0, "repaid": 0.0, "written_off": 900.0, "outstanding": 0.0},
]  # fmt: skip


def folder_with(path: Path, **more: Any) -> Path:
    """A made-up comparison whose summary holds more."""
    folder = write_result_folder(path)
    summary = json.loads((folder / "summary.json").read_text())
    (folder / "summary.json").write_text(json.dumps({**summary, **more}))
    return folder


def test_an_officer_reads_how_little_a_way_acted_on(tmp_path: Path) -> None:
    """Two of 348 awards, one hundredth of the work, and the law as the reason for the rest."""
    results = read_results(folder_with(tmp_path / "o", treated=TREATED, reach=REACH))

    spent, reached = treated_table(results), reach_table(results)

    assert [row[0] for row in spent.rows] == ["Home care", "Computers", "All that is treated"]
    assert spent.rows[-1][1:] == ["£400,000", "40.0%"]
    (row,) = reached.rows
    assert row[1:3] == ["2 of 348", "£8,000 of £800,000 (1.0%)"]
    assert row[3] == (
        "£92,000 of work: older contracts; 346 awards, £700,000 of work: the law leaves none"
    )


def test_where_nobody_sells_the_page_says_that_the_lever_prevents_no_sale(tmp_path: Path) -> None:
    """A line among the limits, where a policy pays for the lever and no owner would sell away."""
    folder = write_result_folder(tmp_path / "one")
    manifest = json.loads((folder / "manifest.json").read_text())
    for levers, value, said in (
        ({"builder": ["plural_ownership"]}, 0.0, True),
        ({"builder": ["plural_ownership"]}, 0.25, False),
        ({"builder": ["land_assets"]}, 0.0, False),
    ):
        sold = {**manifest["assumptions"][0], "name": "ownership.sold_away", "value": value}
        more = {"levers": levers, "assumptions": [*manifest["assumptions"], sold]}
        (folder / "manifest.json").write_text(json.dumps({**manifest, **more}))

        assert (NO_SALE in limits(read_results(folder))) is said


def test_a_comparison_keeps_which_levers_its_policies_pay_for() -> None:
    """A policy with a sum for one lever names that one; policies without any are left out."""
    paid = 'policies.builder={regime="social_value", pillars={plural_ownership=1000.0}}'
    place = read_scenario("village", (paid, 'policies.plain={regime="social_value"}'))

    used = levers_used(place, ("price_quality", "plain", "builder"))

    assert used == {"builder": ["plural_ownership"]}


def test_money_at_risk_stands_beside_the_budget_and_not_in_it(tmp_path: Path) -> None:
    """By year; said to be no cost. Where none is at risk that is said, and where it is unknown."""
    some = read_results(folder_with(tmp_path / "some", capital=CAPITAL))
    none = read_results(folder_with(tmp_path / "none", capital=[]))
    older = read_results(write_result_folder(tmp_path / "older"))

    row, bought = capital_table(some).rows
    assert row[0].endswith(", 2012/13")
    assert row[1:] == ["£50,000", "£5,000", "£0", "£45,000"]
    assert bought[0].endswith(", firms that staff bought, 2012/13")
    assert bought[1:] == ["£900", "£0", "£900", "£0"]
    assert "no cost of the service" in capital_note(some)
    assert capital_note(none).startswith("Under none of these ways")
    assert capital_note(older).startswith("not known")
    page = write_report(some.folder).read_text(encoding="utf-8")
    assert "Councils’ money in enterprises" in page
    assert "£45,000" in page


def test_a_wide_table_is_told_in_parts_that_lose_nothing() -> None:
    """Twelve ways and two columns of names: two parts of six, each with the names."""
    head = ["what", "how", *(f"way {k}" for k in range(12))]
    grid = Grid("Ways", head, [["a", "b", *(str(k) for k in range(12))]], names=2)

    first, second = grid.parts

    assert first.caption == "Ways (part 1 of 2)"
    assert [*first.head, *second.head[2:]] == head
    assert [*first.rows[0], *second.rows[0][2:]] == list(grid.rows[0])
    assert second.head[:2] == ["what", "how"]
    assert Grid("Few", head[:9], [], names=2).parts == [Grid("Few", head[:9], [], names=2)]


def test_many_ways_stand_in_tables_that_begin_with_the_baseline(tmp_path: Path) -> None:
    """Twelve ways: every one is in a table, the baseline in each, and no table is too wide."""
    folder = write_result_folder(tmp_path / "o")
    twelve = _twelve_ways(folder)
    results = read_results(folder)

    found = blocks(results)
    page = write_report(folder).read_text(encoding="utf-8")

    base = results.policies.index(results.baseline)
    assert len(results.policies) == 12
    assert all(block[0] == base and len(block) <= MOST_COLUMNS for block in found)
    assert sorted({at for block in found for at in block}) == list(range(12))
    for title in twelve:
        assert page.count(f"</span> {title}</th>") + page.count(f"{title} (baseline)</th>") >= 1
    tables = re.findall(r'<table class="compare">.*?</table>', page, flags=re.DOTALL)
    assert len(tables) == len(found) == 2
    assert len(main_table(results)[0].rows[0].cells) == 12


def _twelve_ways(folder: Path) -> list[str]:
    """Tell the numbers of the last way again under new names, until there are twelve."""
    summary = json.loads((folder / "summary.json").read_text())
    manifest = json.loads((folder / "manifest.json").read_text())
    last = manifest["policies"][-1]
    many = 12 - len(manifest["policies"])
    for k in range(many):
        name, title = f"way_{k}", f"Way {k}"
        manifest["policies"].append({**last, "name": name, "title": title})
        for part in ("outcomes", "differences", "best"):
            summary[part] += [
                {**row, "regime": name} for row in summary[part] if row["regime"] == last["name"]
            ]
    (folder / "summary.json").write_text(json.dumps(summary))
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return [policy["title"] for policy in manifest["policies"]]


@pytest.mark.parametrize(("name", "said"), [("wigan", "Wigan"), ("oxford", "Oxford")])
def test_a_place_made_from_tables_is_called_by_its_name(
    tmp_path: Path, name: str, said: str
) -> None:
    """Its file lists no areas; the label of the folder does."""
    folder = write_result_folder(tmp_path / "o")
    manifest = json.loads((folder / "manifest.json").read_text())
    scenario = read_scenario(name)
    manifest |= {"areas": around_focus(scenario), "scenario_text": scenario.source}
    (folder / "manifest.json").write_text(json.dumps(manifest))

    results = read_results(folder)

    assert place_name(results) == said
    assert tier_names(results)["district"] == said
    assert tier_names(results)["county"] != "the county"


def test_each_way_is_told_in_a_sentence() -> None:
    """A way by itself by its own words; a policy by its rules and the first of them."""
    wigan = policies(read_scenario("wigan"), ("price_quality", "homecare_framework"))

    assert wigan[0]["summary"] == (
        "Bids earn marks for a low price and for promised quality, by weights in the notice."
    )
    assert wigan[1]["summary"].startswith(
        "Home care by “Ethical framework”; the rest by “Price and quality”. Suppliers whose record"
    )


def test_amounts_of_gains_say_their_period(tmp_path: Path) -> None:
    """The months that they are averages over, by the calendar, and a year or a month."""
    folder = folder_with(tmp_path / "o", window=[13, 60])
    results = read_results(folder)

    page = write_report(folder).read_text(encoding="utf-8")

    assert period(results) == "months 13 to 60 (2013/14 to 2016/17)"
    assert "averages over months 13 to 60" in page
    assert "All households, by area, £ a year: Preston" in page


@pytest.mark.parametrize(
    ("focus", "said"), [("glasgow-city", 2), ("cardiff", 1), ("belfast", 2), ("leeds", 0)]
)
def test_a_place_in_another_nation_is_told_whose_law_it_lives_under(
    tmp_path: Path, focus: str, said: int
) -> None:
    """Among what the model cannot say, wherever England's law or tax stands in for its own."""
    folder = write_result_folder(tmp_path / "o")
    manifest = json.loads((folder / "manifest.json").read_text())
    scenario = read_scenario("wigan", ["tables.districts=uk", f"focus={focus}"])
    text = scenario.source.replace('focus = "wigan"', f'focus = "{focus}"')
    manifest |= {"areas": around_focus(scenario), "scenario_text": text}
    (folder / "manifest.json").write_text(json.dumps(manifest))

    found = [one for one in limits(read_results(folder)) if "England's" in one]

    assert len(found) == said
    page = write_report(folder).read_text(encoding="utf-8")
    assert page.count("is England&#39;s: ") == said
