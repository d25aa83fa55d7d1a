"""`poundflow analyse`: from the folder of a sweep to a table, a paragraph and a page."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import ttest_ind

from experiments.cli.answers import answer
from experiments.design.layouts import sobol
from experiments.library.options import KINDS
from experiments.report.swept import plain
from tests.experiments.swept import POLICIES, written

SPREAD = np.random.default_rng(4).uniform([0.01, 0.0], [0.15, 1.0], (60, 2))
INCOME = ("local_income_multiplier", "district", "GBP per GBP")
QUALITY = ("quality", "all", "index")
COST = ("cost_per_delivered_unit", "all", "GBP")
WORD = 1 << 40
LUCK = (0.001, -0.001)


def income(points: NDArray[np.float64]) -> Callable[[str, str, int, int], float]:
    """`social_value` loses where cover is high; `lowest_price` is always a penny lower."""

    def came(place: str, policy: str, point: int, replicate: int) -> float:
        gap = {"price_quality": 0.0, "lowest_price": -0.01, "social_value": 0.04}[policy]
        if policy == "social_value" and points[point, 0] > 0.1:
            gap = -0.03
        return 0.5 + 0.1 * points[point, 1] + LUCK[replicate] + gap

    return came


def flat(**levels: float) -> Callable[[str, str, int, int], float]:
    """The same in every future, by policy."""
    return lambda place, policy, point, replicate: levels[policy]


@pytest.fixture(scope="module")
def spread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty futures of two replicates; run 7 is missing."""
    measures = {
        INCOME: income(SPREAD),
        QUALITY: flat(price_quality=0.9, lowest_price=0.8, social_value=1.0),
        COST: flat(price_quality=1.5, lowest_price=1.6, social_value=1.7),
    }
    folder = tmp_path_factory.mktemp("spread")
    return written(folder, "latin_hypercube", SPREAD, measures, left_out=[7])


def asked(capsys: pytest.CaptureFixture[str], folder: Path, kind: str, *more: str) -> Any:
    """The JSON document that a question is answered with."""
    assert answer(["analyse", str(folder), kind, "--json", *more]) == 0
    return json.loads(capsys.readouterr().out)


def test_losses_elsewhere_tenths_and_owners_stand_beside_the_headlines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no measure is named, each place's net is told up to the country, and groups."""
    lines = [
        *(("net_local_income", tier, "GBP a year") for tier in ("district", "county", "uk")),
        ("displacement", "district", "GBP a year"), ("income_decile_1", "district", "GBP a month"),
        ("profit_owner_coop", "district", "GBP a year"),
    ]  # fmt: skip
    measures = {
        line: flat(price_quality=0.0, lowest_price=-1.0 - at, social_value=2.0 + at)
        for at, line in enumerate(lines)
    }
    folder = written(tmp_path, "latin_hypercube", SPREAD[:6], measures)

    told = asked(capsys, folder, "compare")
    named = asked(capsys, folder, "compare", "--measure", "displacement")

    means = {
        (row["measure"], row["tier"]): row["mean"]
        for row in told["beside"]
        if row["policy"] == "social_value"
    }
    assert means == {(name, tier): 2.0 + at for at, (name, tier, _) in enumerate(lines)}
    assert named["beside"] == []


def test_differences_are_told_with_what_was_left_out(
    spread: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`lowest_price` is a penny lower in all futures; the block of the missing run is named."""
    told = asked(capsys, spread, "compare", "--half-width", "0.001")

    rows = {row["policy"]: row for row in told["differences"]}
    assert rows["lowest_price"]["mean"] == pytest.approx(-0.01)
    assert rows["lowest_price"]["replicates_needed"] == 2
    assert rows["social_value"]["better_share"] == pytest.approx((SPREAD[:, 0] <= 0.1).mean())
    assert told["left_out"] == [
        "The sweep is not complete: 1 block with a run that is missing or failed left out whole."
    ]
    page = (spread / "answer-compare.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "1 block with a run" in page


def test_the_rules_of_choice_disagree(spread: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`social_value` is best on average, `price_quality` in the worst future."""
    told = asked(capsys, spread, "robustness")

    assert told["robustness"]["leaders"]["laplace"] == ["social_value"]
    assert told["robustness"]["leaders"]["maximin"] == ["price_quality"]
    assert told["robustness"]["futures"] == 59
    assert "the rules disagree" in told["paragraph"][0]


def test_the_region_of_failure_is_told_in_words_with_units(
    spread: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cover above some 0.1 is where `social_value` does worse, and the page names the unit."""
    told = asked(capsys, spread, "discovery", "--policy", "social_value")

    (limit,) = told["boxes"][0]["limits"]
    assert limit["factor"] == "bid.cover"
    assert limit["low"] == pytest.approx(0.1, abs=0.01)
    assert (told["boxes"][0]["coverage"], told["boxes"][0]["density"]) == (1.0, 1.0)
    assert told["leaves"][0]["limits"][0]["factor"] == "bid.cover"
    assert "“How far above the price" in told["paragraph"][1]
    assert re.search(r"” above \d[\d.]*% \(bid.cover\): 100%", told["paragraph"][1])


def test_what_every_count_is_worse_on_is_dominated(
    spread: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`lowest_price` is dearer, worse and earns less here; the other two are a choice.

    With two replicates that is not said yet: luck could make it.
    """
    measures = {
        INCOME: flat(price_quality=0.5, lowest_price=0.49, social_value=0.54),
        QUALITY: flat(price_quality=0.9, lowest_price=0.8, social_value=1.0),
        COST: flat(price_quality=1.5, lowest_price=1.6, social_value=1.7),
    }
    named = [part for name in measures for part in ("--measure", name[0])]
    whole = written(tmp_path, "latin_hypercube", SPREAD[:4], measures, replicates=6)

    told = asked(capsys, whole, "pareto", *named)
    few = asked(capsys, spread, "pareto", *named)

    free = {one["policy"]: one["on_average"] for one in told["pareto"]["policies"]}
    assert free == {"price_quality": True, "lowest_price": False, "social_value": True}
    assert "“lowest_price” is dominated by “price_quality”." in told["paragraph"]
    (unclear,) = (one for one in few["pareto"]["policies"] if one["policy"] == "lowest_price")
    assert (unclear["on_average"], unclear["unclear_by"]) == (True, ["price_quality"])
    assert "Fewer than 6 replicates" in few["paragraph"][-2] + few["paragraph"][-1]


def test_runs_with_luck_of_their_own_are_compared_by_welch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`paired = false`: the interval of two samples; what needs a shared economy is named and left.

    Luck of 0.1 up and down differs by policy; a pairing of replicates would make a gap without
    spread of it.
    """
    luck = {policy: np.linspace(-0.1, 0.1, 6) for policy in POLICIES}
    measures: dict[tuple[str, str, str], Callable[[str, str, int, int], float | None]] = {
        ("net_local_income", "all", "GBP"): lambda *_: None,
        QUALITY: lambda place, policy, point, replicate: (
            0.9 + 0.05 * (policy == "social_value") + float(luck[policy][replicate])
        ),
    }
    folder = written(tmp_path, "latin_hypercube", SPREAD[:3], measures, 6, paired=False)

    told = asked(capsys, folder, "compare")

    rows = {row["policy"]: row for row in told["differences"]}
    wanted = ttest_ind(
        luck["social_value"] + 0.05, luck["price_quality"], equal_var=False
    ).confidence_interval(0.95)
    assert {row["measure"] for row in told["differences"]} == {"quality"}
    assert rows["social_value"]["luck"]["low"] == pytest.approx(wanted.low)
    assert rows["social_value"]["luck"]["high"] == pytest.approx(wanted.high)
    assert "No policy differs from the baseline by more than luck" in told["paragraph"][0]
    assert told["left_out"] == [
        "net_local_income is left out: price_quality has no number of it (nothing was delivered)."
    ]
    page = (folder / "answer-compare.html").read_text(encoding="utf-8")
    assert "Welch" in page
    assert "taken within a block" not in page


def test_indices_come_from_whole_groups_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The gap hangs on one factor; the group of the missing point is dropped, and said."""
    points = sobol(2, 64, WORD, second_order=False) * [0.14, 1.0] + [0.01, 0.0]
    folder = written(tmp_path, "sobol", points, {INCOME: income(points)}, left_out=range(30, 36))

    told = asked(capsys, folder, "sensitivity", "--policy", "social_value")

    (one,) = told["sensitivity"]
    assert (one["groups"], one["groups_dropped"], one["points_dropped"]) == (63, 1, 1)
    assert one["factors"][0]["factor"] == "bid.cover"
    assert one["factors"][0]["st"] == pytest.approx(1.0, abs=0.05)
    assert one["factors"][1]["st"] == 0.0
    assert told["left_out"] == [
        "village: 1 point without all runs or numbers; 1 Saltelli group dropped whole for it, "
        "63 counted."
    ]


def test_a_terminal_shows_paragraph_and_table(
    spread: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The page goes where it is asked to."""
    page = tmp_path / "page.html"

    assert answer(["analyse", str(spread), "pareto", "--measure", "quality",
                   "--measure", "cost_per_delivered_unit", "--out", str(page)]) == 0  # fmt: skip

    out = capsys.readouterr().out
    assert "Not dominated in" in out
    assert f"Read {page}" in out
    assert page.exists()


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("weather", (), "found the question 'weather'; wanted one of compare"),
        ("compare", ("--measure", "qualty"), "keeps no such measure. Did you mean"),
        ("compare", ("--tier", "uk"), "--tier uk: local_income_multiplier is told for district"),
        ("compare", ("--place", "oxfrd"), "--place oxfrd: no place of the sweep"),
        ("compare", ("--baseline", "lowest"), "no policy of the sweep"),
        ("compare", ("--half-width", "0"), "--half-width 0.0; wanted a size above 0"),
        ("robustness", ("--alpha", "2", "--level", "1"), "--level 1.0; wanted a share"),
        ("discovery", ("--policy", "price_quality"), "never better or worse than itself"),
        ("discovery", ("--find", "rain"), "--find rain; wanted worse or better"),
        ("sensitivity", (), "sensitivity needs `morris` or `sobol`"),
        ("pareto", ("--measure", "quality"), "pareto needs two measures at least"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    spread: Path, capsys: pytest.CaptureFixture[str], kind: str, more: tuple[str, ...], said: str
) -> None:
    """Exit code 2, and what to type instead."""
    assert answer(["analyse", str(spread), kind, *more]) == 2

    assert said in capsys.readouterr().err


def test_a_sweep_with_nothing_finished_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither an empty page nor a crash."""
    folder = written(tmp_path, "latin_hypercube", SPREAD[:1], {}, 1, range(len(POLICIES)))

    assert answer(["analyse", str(folder), "compare"]) == 2
    assert "no run of village is finished yet" in capsys.readouterr().err


def test_a_place_in_another_money_is_told_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Dollars on the terminal and on the page, and no pound."""
    cost = {("cost_per_delivered_unit", "all", "USD"): flat(
        price_quality=150.0, lowest_price=140.0, social_value=160.0
    )}  # fmt: skip
    folder = written(tmp_path, "latin_hypercube", SPREAD[:4], cost)

    assert answer(["analyse", str(folder), "compare"]) == 0

    out = capsys.readouterr().out
    assert "$150" in out
    assert "£" not in out
    assert "£" not in (folder / "answer-compare.html").read_text(encoding="utf-8")


def ids(page: str) -> list[str]:
    """Every id of a page, in order."""
    return re.findall(r'\bid="([^"]+)"', page)


def test_all_answers_stand_in_one_report(spread: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each is the single answer; what the design cannot answer tells why, and what plan would."""
    told = asked(capsys, spread, "all")
    single = {kind: asked(capsys, spread, kind) for kind in ("compare", "robustness", "discovery")}

    answers = told["answers"]
    assert list(answers) == ["compare", "sensitivity", "robustness", "discovery", "pareto"]
    for kind, one in single.items():
        one.pop("page")
        assert answers[kind] == one
    assert "needs `morris` or `sobol`" in answers["sensitivity"]["refused"]
    assert 'kind = "morris"' in answers["sensitivity"]["wanted"]
    assert told["swept"]["runs"]["done"] == 359
    assert told["swept"]["runs"]["missing"] == 1
    assert told["swept"]["assumptions"][0]["low"] == SPREAD[:, 0].min()


def test_the_report_of_a_sweep_holds_everything(
    spread: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A section for each question, each id once, every link of the contents, nothing fetched."""
    assert answer(["analyse", str(spread), "--policy", "social_value"]) == 0

    out = capsys.readouterr().out
    assert f"Read {spread / 'report.html'}" in out
    assert "sensitivity is not answered" in out
    page = (spread / "report.html").read_text(encoding="utf-8")
    assert len(ids(page)) == len(set(ids(page)))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids(page))
    assert {"swept", *KINDS} <= set(ids(page))
    assert not re.findall(r'(?:src|href)="(?!#|data:text/csv)|url\((?!#)|@import', page)
    assert "<script" not in page
    assert str(spread) not in page
    assert "1 run not lived yet" in page
    assert "This sweep does not answer it." in page
    assert "poundflow sweep plan.toml --out again" in page
    assert (spread / "plan.toml").read_text().splitlines()[-1].replace('"', "&#34;") in page
    for kind in ("compare", "robustness", "discovery", "pareto"):
        section = page.split(f'<section aria-labelledby="{kind}">')[1].split("</section>")[0]
        assert "<svg" in section, kind
        assert "<table" in section, kind
        assert "How this was done" in section, kind


def test_a_report_of_nothing_is_refused(spread: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is misspelt is told as of a single question; no page with five refusals is written."""
    page = spread / "nothing.html"

    for more, said in (
        (("--measure", "qualty"), "keeps no such measure"),
        (("--policy", "lowest"), "--policy lowest: no policy of the sweep"),
        (("--find", "rain"), "--find rain; wanted worse or better"),
    ):
        assert answer(["analyse", str(spread), "all", "--out", str(page), *more]) == 2
        assert said in capsys.readouterr().err

    assert not page.exists()


def test_a_tiny_number_is_not_written_as_none() -> None:
    """Effects on a share of a pound are small; zero is said of what is zero."""
    assert [plain(x) for x in (0.0000123456, -3e-7, 0.0, 1e-12)] == [
        "0.0000123", "-0.000000300", "0", "0",
    ]  # fmt: skip
    assert [plain(x) for x in (0.1234, 5.0, 123_456.0)] == ["0.123", "5", "123,456"]
