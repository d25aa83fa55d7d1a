"""What the report adds to its answers: counts, map, trade-off, hands, law, ranking, files."""

import base64
import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.figures.tiles import Tile, cells
from experiments.report import displaced, legal, often, place_map, ranking, tradeoff, transition
from experiments.report.folder import Results, read_results
from experiments.report.gains import gain_pictures
from experiments.report.glossary import term
from experiments.report.page import write_report
from experiments.report.saved import as_csv
from experiments.report.tables import Grid
from tests.experiments.result_folder import POLICIES, Case, write_result_folder
from tests.experiments.test_report import Page

FUTURES = 20


def _fact(what: str, key: str, year: int, unit: str, gap: float) -> list[dict[str, Any]]:
    """A fact of 100 under the baseline, so much more under each policy after it, made up."""
    rows = []
    for order, regime in enumerate(POLICIES):
        more = gap * (order - 1)
        found = {"mean": 100 + more, "low": 95 + more, "high": 105 + more, "n": FUTURES}
        away = {"mean": more, "low": more - 1, "high": more + 1, "n": FUTURES}
        head = {"what": what, "key": key, "year": year, "unit": unit, "regime": regime}
        rows.append({**head, **found, "gap": None if order == 1 else away})
    return rows


def _law(regime: str, side: str, **other: Any) -> dict[str, Any]:
    return {
        "regime": regime, "category": "homecare", "name": "Home care",
        "threshold_class": "light_touch", "way": regime, "title": POLICIES[regime], "when": "",
        "kinds": ["district_council"], "side": side, "from": "2012-04", "until": "2017-03",
        "lawful": True, "contested": False, "beyond": False, "power": "An Act, s. 1",
        "reason": "a route in force", **other,
    }  # fmt: skip


def _area(name: str, role: str, at: tuple[float, float] | None) -> dict[str, Any]:
    east, north = at or (None, None)
    return {"id": name.lower(), "name": name, "tier": "district", "parent": "lancashire",
            "east_km": east, "north_km": north, "population": 10, "role": role}  # fmt: skip


AREAS = [
    _area("Fylde", "neighbour", (340.0, 434.0)),
    _area("Preston", "focus", (354.0, 429.0)),
    _area("Chorley", "other", (358.0, 418.0)),
]
BESIDE: dict[str, Any] = {
    "areas": AREAS,
    "facts": [
        *_fact("income", "preston", 0, "GBP a year", 50.0),
        *_fact("income", "fylde", 0, "GBP a year", -20.0),
        *_fact("income", "chorley", 0, "GBP a year", 0.01),
        *_fact("paid", "micro", 0, "GBP a year", 30.0),
        *_fact("paid", "large", 0, "GBP a year", -30.0),
        *_fact("spent", "", 1, "GBP", 0.0),
        *_fact("moved", "", 0, "share", 0.0),
        *_fact("moved", "", 1, "share", 0.0),
        *_fact("unmet", "", 1, "share", 0.0),
        *_fact("unmet", "later", 2, "share", 0.0),
        *_fact("days_buyers", "", 1, "days", 5.0),
        *_fact("expiring", "", 1, "GBP a year", 0.0),
        *_fact("expiring", "homecare", 1, "GBP a year", 0.0),
        *_fact("expiring_contracts", "", 1, "contracts", 0.0),
        *_fact("expiring_contracts", "homecare", 1, "contracts", 0.0),
    ],
    "law": [
        _law("price_quality", "below"),
        _law("price_quality", "above"),
        _law("social_value", "below", contested=True, reason="May be challenged."),
        _law("ethical_framework", "below", lawful=False, power="", reason="no route in 2012-04"),
        _law("ethical_framework", "above", lawful=False, beyond=True, power="", reason="none"),
    ],
    "limits": [
        {"threshold_class": "light_touch", "from": "2012-04", "until": "2017-03",
         "law": "PCR 2006", "pounds": 173_934.0, "source": "made up"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that tells what stands beside the measures, too."""
    path = write_result_folder(tmp_path_factory.mktemp("content") / "out")
    summary = json.loads((path / "summary.json").read_text())
    (path / "summary.json").write_text(json.dumps(summary | BESIDE))
    return path


@pytest.fixture(scope="module")
def results(folder: Path) -> Results:
    """Read."""
    return read_results(folder)


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    """Its page, read."""
    return Page(write_report(folder).read_text(encoding="utf-8"))


def _numbers(grid: Grid) -> list[dict[str, Any]]:
    assert grid.numbers is not None
    return [dict(zip(grid.numbers.columns, row, strict=True)) for row in grid.numbers.rows]


def test_every_future_is_counted_once_and_luck_apart(results: Results) -> None:
    """Better, the same and worse add up to the futures; eight runs of luck stand by themselves."""
    for row in _numbers(often.often_table(results)):
        counted = [row[f"futures_{name}"] for name in ("better", "same", "worse")]
        assert sum(counted) == row["futures"] in (0, FUTURES)
        assert row["luck_runs"] in (0, 8)


def test_less_is_better_where_less_is_better(results: Results) -> None:
    """A policy that costs less in a future is counted as better in it."""
    policy, words = results.policies[0], term("cost_per_delivered_unit")

    gaps = results.paired(words.measure, policy)

    assert often.tally(results, words, policy).better == sum(gap < 0 for gap in gaps) > 0


def test_where_nothing_differs_nobody_is_better(tmp_path: Path) -> None:
    """A tie is said to be one."""
    results = read_results(write_result_folder(tmp_path / "out"))
    tier = results.tier_of("quality")
    base = results.futures["quality", tier, results.baseline.name]
    results.futures["quality", tier, "social_value"] = base

    rows = {row[0].split(" (")[0]: row for row in often.often_table(results).rows}

    assert rows["Quality of service"][2].startswith("0 of 20, the same in 20")


def test_a_gain_on_the_map_is_told_a_head(results: Results) -> None:
    """£150 a year for ten people in Preston is £15 a head; Fylde loses £6."""
    [drawn] = [one for one in place_map.map_pictures(results) if one.name == "map-5"]

    assert drawn.data is not None
    rows = {row[0]: row for row in drawn.data.rows}
    assert "+£15" in rows["Preston (the place)"][2]
    assert rows["Preston (the place)"][3] == "clear difference"
    assert "−£6.00" in rows["Fylde (a neighbour)"][2]
    assert rows["Chorley"][3] == "no clear difference"
    assert drawn.data.rows[0][0] == "Preston (the place)"
    assert "Tiles lie about as the areas do on a map" in drawn.note


def test_a_place_without_centres_says_that_its_tiles_lie_in_order(results: Results) -> None:
    """One area without a centre is enough: a half-true map would mislead."""
    areas = [*AREAS, _area("Nowhere", "neighbour", None)]
    other = Results(**{**vars(results), "summary": {**results.summary, "areas": areas}})

    drawn = place_map.map_pictures(other)[0]

    assert "no centres on file" in drawn.note
    assert "+£" in drawn.description or "−£" in drawn.description


def _tile(east: float, north: float, *, focus: bool = False) -> Tile:
    return Tile("x", "1", 1.0, clear=True, at=(east, north), focus=focus)


def test_tiles_keep_their_places_towards_each_other() -> None:
    """North lies above south, west left of east; no two tiles share a cell."""
    corners = [_tile(0, 10), _tile(10, 10), _tile(0, 0), _tile(10, 0, focus=True)]

    assert cells(corners) == [(0, 0), (1, 0), (0, 1), (1, 1)]
    crowd = [_tile(5 + k / 100, 5) for k in range(13)]
    assert len(set(cells(crowd))) == 13
    assert cells([]) == []


def test_the_front_holds_whom_nobody_beats_on_both_counts(results: Results) -> None:
    """Whoever is on it has no other policy with more income and less cost on average."""
    cost = tradeoff.tradeoff_pictures(results)[0]

    assert cost.data is not None
    rows = _numbers(cost.data)
    points = {
        row["policy"]: (
            row["local_income_multiplier_difference_mean"],
            -row["cost_per_delivered_unit_difference_mean"],
        )
        for row in rows
    }
    for row in rows:
        mine = points[row["policy"]]
        beaten = any(
            all(a >= b for a, b in zip(other, mine, strict=True)) and other != mine
            for other in points.values()
        )
        assert row["on_the_front"] == ("no" if beaten else "yes")
    assert points["Price and quality"] == (0.0, 0.0)


def test_who_gains_is_told_by_size_of_supplier_too(results: Results) -> None:
    """Micro firms are paid £30 more a year under the policy after the baseline."""
    [drawn] = [one for one in gain_pictures(results) if one.name == "gains-3"]

    assert drawn.data is not None
    told = {row[0]: row[1:] for row in drawn.data.rows}
    [micro] = [row for who, row in told.items() if "micro" in who]
    assert micro[0].startswith("+£30")
    assert micro[1] == "more"


def test_each_place_has_its_gain_beside_what_others_lose(results: Results) -> None:
    """The district, its neighbours, the county and the whole: gain, loss outside, and net."""
    told = displaced.displaced_table(results)

    framework = [row[1:] for row in told.rows if row[0] == POLICIES["ethical_framework"]]
    assert [row[0] for row in framework] == [
        "Preston", "neighbouring areas", "Lancashire", "everywhere (whole)",
    ]  # fmt: skip
    assert told.head[2:] == [
        term(name).title for name in ("disposable_income", "displacement", "net_local_income")
    ]
    net = results.change("net_local_income", results.policies[3], "county")
    assert [row["mean"] for row in _numbers(told) if _is_net_of(row, "Lancashire")] == [
        pytest.approx(net.mean)
    ]


def _is_net_of(row: dict[str, Any], place: str) -> bool:
    policy, net = POLICIES["ethical_framework"], term("net_local_income").title
    return (row["policy"], row["place"], row["measure"]) == (policy, place, net)


def test_contracts_that_end_are_told_by_kind_of_spending(results: Results) -> None:
    """Home care by its name, and the sum of all once, with its interval."""
    drawn = transition.expiry_picture(results)

    assert drawn.data is not None
    assert [row[0] for row in drawn.data.rows] == ["Home care"]
    assert [row["spending_on"] for row in _numbers(drawn.data)] == ["all", "Home care"]


def test_who_takes_a_policy_up_is_told_where_somebody_does_not(results: Results) -> None:
    """By the names of the buyers; nothing is told where all take up all."""
    told = [{"regime": "social_value", "adopters": "one", "from": "2012-04",
             "buyers": ["Preston", "The college"], "others": ["The county"]}]  # fmt: skip
    all_of_it = [{**told[0], "buyers": ["Preston", "The county"], "others": []}]
    some, every = (
        legal.adopters_table(replace(results, summary={**results.summary, "adopters": one})).rows
        for one in (told, all_of_it)
    )

    assert some == [[POLICIES["social_value"], "Preston and The college",
                     "2012-04, as contracts run out", "The county"]]  # fmt: skip
    assert every == []


def test_a_route_says_where_it_stands_in_law(results: Results) -> None:
    """In force, contested, tried as a what-if, or not even that."""
    rows = legal.law_table(results).rows

    standing = {(row[0], row[1]): row[4] for row in rows}
    care = "care, education and like services"
    assert standing["Price and quality", "all that is treated, of any value"] == "in force"
    assert standing["Social value scored", f"{care} below the threshold"] == (
        "in force, but contested"
    )
    assert standing["Ethical framework", f"{care} below the threshold"] == (
        "no route: tried as a what-if"
    )
    assert standing["Ethical framework", f"{care} from the threshold on"] == (
        "no route: bought as the baseline"
    )


def test_regret_is_nought_for_whoever_is_always_best(tmp_path: Path) -> None:
    """And nobody's regret is below nought."""
    case = Case(effects={"local_income_multiplier": (-0.4, 0, 0.1, 0.9, 0.2)})
    results = read_results(write_result_folder(tmp_path / "out", case))

    rows = [row for row in _numbers(ranking.regret_table(results))
            if row["measure"] == "Local income from each £1"]  # fmt: skip

    worst = {row["policy"]: row["worst_regret"] for row in rows}
    assert worst["Ethical framework"] == 0.0
    assert min(worst.values()) == 0.0
    assert worst["Lowest price"] > worst["Price and quality"] > 0.0


def test_what_turns_the_ranking_is_named_only_where_the_futures_show_it(results: Results) -> None:
    """Noise names nobody; an assumption that decides the gap is named with its interval."""
    told = ranking.decides_table(results)
    assert all("cannot say with 20 futures" in row[2] for row in told.rows)

    tier = results.tier_of("local_income_multiplier")
    mine = results.futures["local_income_multiplier", tier, "social_value"]
    base = results.futures["local_income_multiplier", tier, results.baseline.name]
    ruled = {**results.draws, "made.up_03": {one: mine[one] - base[one] for one in mine}}
    other = Results(**{**vars(results), "draws": ruled})

    pair = "Social value scored, against “Price and quality”"
    row = next(row for row in ranking.decides_table(other).rows if row[0] == pair)
    assert "made.up_03" in row[2]
    assert "is higher: rank correlation 1.00 (" in row[2]


def test_the_two_best_ways_are_held_against_each_other(results: Results) -> None:
    """Neither is the baseline, and which of the two is ahead is what a reader asks next."""
    last = ranking.decides_table(results).rows[-1]

    assert last[0] == "Ethical framework, against “Co-operative membership”"
    assert last[1].endswith(" of 20 futures")


def test_too_few_futures_are_too_few_to_say(tmp_path: Path) -> None:
    """Five futures name no assumption, and say how many would be needed."""
    results = read_results(write_result_folder(tmp_path / "out", Case(replicates=5)))

    assert all("cannot say with 5 futures" in row[2] for row in ranking.decides_table(results).rows)


def test_the_file_in_a_link_is_the_file_beside_the_page(folder: Path, page: Page) -> None:
    """Byte for byte; and every picture and table has one."""
    links = {a["download"]: a["href"] for a in page.all("a") if "download" in a}
    del links["budget.csv"], links["manifest.json"]

    files = {path.name: path.read_bytes() for path in (folder / "data").iterdir()}

    assert {name: base64.b64decode(link.split(",", 1)[1]) for name, link in links.items()} == files
    drawn = {path.stem for path in (folder / "figures").iterdir()}
    assert drawn <= {Path(name).stem for name in files}
    assert {"often-counted.csv", "map-3.csv", "legal-routes.csv", "ranking-regret.csv",
            "staff-days.csv", "moved.csv", "expiring.csv"} <= set(files)  # fmt: skip


def test_every_file_is_a_table_with_one_width(folder: Path) -> None:
    """A spreadsheet can read each."""
    for path in (folder / "data").iterdir():
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
        assert len(rows) > 1, path.name
        assert len({len(row) for row in rows}) == 1, path.name


def test_no_text_in_a_file_is_run_as_a_formula() -> None:
    """A policy may be named as a formula; a number below nought stays a number."""
    text = as_csv(["=HEAD()", "n"], [["=cmd|' /C calc'!A0", -1.5], ["@x", None], ["-7", 2]])

    assert text.splitlines() == ["'=HEAD(),n", "'=cmd|' /C calc'!A0,-1.5", "'@x,", "-7,2"]


def test_an_older_folder_is_still_reported(tmp_path: Path) -> None:
    """What it does not tell is said to be missing, and not nought."""
    page = Page(write_report(write_result_folder(tmp_path / "out")).read_text(encoding="utf-8"))

    assert page.text.count("made before this was reported; make it again to see it") >= 4
