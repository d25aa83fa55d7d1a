"""Cleveland, in dollars and under American law, from the file to what a reader sees."""

import json
import re
from pathlib import Path

import pytest

from experiments.report.page import write_report
from experiments.runner.replicate import all_entries
from scenarios.read import read_scenario
from scenarios.tables import subsidy_law
from scenarios.tables.subsidy_law import NO_LIMIT
from tests.experiments.result_folder import write_result_folder
from tests.experiments.said import Poundflow


def of_nation(folder: Path, nation: str, currency: str) -> Path:
    """Make up a comparison whose scenario says where it lies."""
    write_result_folder(folder)
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text())
    text = f'currency = "{currency}"\nnation = "{nation}"'
    manifest["scenario_text"] = manifest["scenario_text"].replace('currency = "GBP"', text)
    file.write_text(json.dumps(manifest))
    return folder


@pytest.mark.compiled
def test_a_run_of_cleveland_tells_dollars_and_the_us(poundflow: Poundflow, tmp_path: Path) -> None:
    """No pound and no penny is shown, and none is lost."""
    said = poundflow("run", "cleveland", "--regime", "anchor_coops", "--months", "2",
                     "--set", "measure.dye_months=[1]", "--out", tmp_path / "run")  # fmt: skip

    assert said.code == 0
    assert "USD per USD" in said.out
    assert " us " in said.out
    assert "0 cents and 0 units of dye missing" in said.out
    for word in ("£", "GBP", "pence", " uk "):
        assert word not in said.out
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    units = {row["unit"] for row in summary["outcomes"]}
    assert [unit for unit in units if "USD" in unit]
    assert not [unit for unit in units if "GBP" in unit]


def test_the_city_may_not_found_what_the_hospitals_may(poundflow: Poundflow) -> None:
    """The same rule for the city is refused before anything runs, and the law is named."""
    rule = "policies.anchor_coops.rules.0.buyers"

    ours = poundflow("check", "cleveland")
    theirs = poundflow("check", "cleveland", "--set", f'{rule}=["city-of-cleveland"]')
    whatif = poundflow("check", "cleveland", "--set", f'{rule}=["city-of-cleveland"]',
                       "--set", "counterfactual=true")  # fmt: skip

    assert ours.code == 0
    assert theirs.code == 2
    assert "Ohio Revised Code 307.86 and 735.05" in theirs.err
    assert whatif.code == 0


def test_anchors_of_cleveland_found_under_no_european_law() -> None:
    """The law of gifts is the nation's: none bounds them there."""
    place = read_scenario("cleveland")

    ours, theirs = (subsidy_law(2019, 4, nation) for nation in (place.nation, "uk"))

    assert ours.small_pence == NO_LIMIT
    assert "1407/2013" in theirs.law


def test_parameters_of_cleveland_lie_within_the_register() -> None:
    """What a policy sets is in the range that the register gives for it."""
    known = all_entries()
    rules = read_scenario("cleveland").policies["anchor_coops"].rules
    given = [
        (known[f"{rule.regime}.{name}"], value)
        for rule in rules for name, value in rule.parameters.items()
    ]  # fmt: skip

    assert given
    assert [entry.name for entry, value in given if not entry.low <= value <= entry.high] == []


def test_a_report_from_america_speaks_of_dollars(tmp_path: Path) -> None:
    """The page and its pictures do; the scenario's text and the register's sources stay."""
    american = of_nation(tmp_path / "american", "us", "USD")
    page = write_report(american).read_text(encoding="utf-8")
    pictures = [file.read_text() for file in (american / "figures").iterdir()]

    assert "$" in page
    assert "¢" in page
    assert "each $1" in page
    assert pictures
    for text in (page, *pictures):
        assert "£" not in text
    assert 'id="pound"' in page
    told = page.partition('<h2 id="assumptions">')[0]
    for word in ("more pound", "average pound", "whole council", "other public bodies"):
        assert word not in told


def test_what_a_scenario_calls_things_stays_as_written(tmp_path: Path) -> None:
    """Its title and the names of its places are in its author's words, in whatever nation."""
    american = of_nation(tmp_path / "american", "us", "USD")
    file = american / "manifest.json"
    label = json.loads(file.read_text())
    label["title"] = "What the council's £5 & each pound did"
    label["scenario_text"] = label["scenario_text"].replace(
        'name = "Preston"', 'name = "Land of the council"'
    )
    file.write_text(json.dumps(label))

    page = write_report(american).read_text(encoding="utf-8")

    assert "people and firms of Land of the council" in page
    assert "<title>What the council&#39;s £5 &amp; each pound did: ways" in page
    assert "staff of the local government" in page


def test_a_british_report_is_what_it_was(tmp_path: Path) -> None:
    """Naming the home nation changes no byte."""
    plain = write_report(write_result_folder(tmp_path / "plain")).read_text(encoding="utf-8")
    named = write_report(of_nation(tmp_path / "named", "uk", "GBP")).read_text(encoding="utf-8")

    named, plain = (re.sub(r'href="data:application/json[^"]*"', "", one) for one in (named, plain))
    assert "£" in plain
    assert named.replace("\nnation = &#34;uk&#34;", "", 1) == plain
