"""What befell the place stands at the head of the page, and nowhere where nothing did."""

import json

from experiments.report.folder import read_results
from experiments.report.page import write_report
from experiments.report.shocks import BLOWS, befalls
from scenarios.spec.words import keys_at
from tests.experiments.result_folder import write_result_folder

SHOCKS = [
    {"kind": "supplier_fails", "month": 20, "suppliers": 1},
    {"kind": "grant_cut", "month": 13, "size": 0.2},
    {"kind": "portal_down", "month": 5000, "size": 1.0},
]


def test_the_page_says_what_all_ways_of_buying_met(tmp_path):
    """In order of month, with sizes; what would have come after the run is left out."""
    folder = write_result_folder(tmp_path / "run")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    told = json.dumps({**manifest, "shocks": SHOCKS})
    (folder / "manifest.json").write_text(told, "utf-8")

    page = write_report(folder).read_text("utf-8")

    words = "grants are cut by 20.0% in month 13; the largest supplier fails in month 20"
    assert befalls(read_results(folder)) == words
    assert f"<dt>What befalls it</dt><dd>{words}</dd>" in page


def test_a_page_without_shocks_does_not_speak_of_any(tmp_path):
    """No fact and no group of measures."""
    page = write_report(write_result_folder(tmp_path / "run")).read_text("utf-8")

    assert "What befalls it" not in page
    assert "After a shock" not in page


def test_every_kind_of_shock_has_words():
    """A kind that a scenario may write is one that the page can tell."""
    from scenarios.spec import Scenario

    kinds = Scenario.model_json_schema()["$defs"]
    written = {
        one["properties"]["kind"]["const"]
        for one in kinds.values()
        if "const" in one.get("properties", {}).get("kind", {})
    }

    assert written == set(BLOWS)
    assert {"kind", "month"} <= set(keys_at(("shocks", 0)) or ())
