"""`--until`: replicates are added until luck leaves no more open than is wished, and no more."""

from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest

from experiments.analysis.narrowing import Width, replicates_next
from experiments.cli.until_told import next_told, outcome_told
from experiments.library.until import Narrowed, Narrowing
from experiments.library.until_wishes import UntilError, Wishes
from experiments.runner.progress import Bounds, Progress
from experiments.runner.session import Ended
from tests.experiments.said import Poundflow
from tests.experiments.sweeps import write_plan
from tests.experiments.swept import Came, written

POINTS = np.array([[0.05, 0.2], [0.1, 0.4]])
QUALITY = ("quality", "all", "index")


def swings(place: str, policy: str, point: int, replicate: int) -> float | None:
    """Luck moves `social_value` one up and one down in turn, `lowest_price` a tenth of that."""
    one = 1.0 - 2.0 * (replicate % 2)
    return {"price_quality": 0.0, "lowest_price": 0.1 * one, "social_value": one}[policy]


class MadeUp:
    """Lives nothing: fills a folder of a formula with so many replicates, and notes what was asked.

    Parameters
    ----------
    folder : Path
    plan : int
        Replicates of the plan.
    came : callable
    cut : int
        After so many sessions one is left with runs to live.
    """

    def __init__(self, folder: Path, plan: int, came: Came = swings, cut: int = 99) -> None:
        self.folder, self.have, self.came, self.cut = folder, plan, came, cut
        self.bounds: list[Bounds] = []

    def __call__(self, replicates: int, bounds: Bounds, first: bool) -> Ended:
        """Do as `live_sweep` does."""
        assert first == (not self.bounds)
        before, self.have = self.have, max(self.have, replicates)
        self.bounds.append(bounds)
        rmtree(self.folder, ignore_errors=True)
        written(self.folder, "latin_hypercube", POINTS, {QUALITY: self.came}, self.have)
        runs = 6 * self.have
        left = 3 if len(self.bounds) > self.cut else 0
        stages = (before,) if before == self.have else (before, self.have - before)
        return Ended(Progress(runs, runs - left, 0, 1.0, runs - left), stages)


def narrowed(live: MadeUp, wished: float, most: int | None = None, **bounds: int) -> Narrowed:
    """Live rounds until `quality` is as narrow as wished."""
    wishes = Wishes({"quality": wished}, most)
    return Narrowing(live.folder, wishes, live, Bounds(**bounds), lambda *_: None).run()


def replicates_of(told: Narrowed) -> list[int]:
    """Replicates of each round."""
    return [one.replicates for one in told.rounds]


def test_a_known_spread_asks_for_the_number_that_the_formula_gives(tmp_path: Path) -> None:
    """By hand: six swings of one have s = sqrt(6 / 5) = 1.0954. 20 replicates would leave
    2.0930 s / sqrt 20 = 0.5127, 21 leave 2.0860 s / sqrt 21 = 0.4986, within the 0.5 wished for.
    Of the 21 that there are then s is 1.0235, and 0.4659 is left: it holds.
    """
    told = narrowed(MadeUp(tmp_path / "out", 6), 0.5)

    assert replicates_of(told) == [6, 21]
    assert (told.holds, told.whole, told.wider) == (True, True, [])
    lowest, social = told.rounds[-1].widths
    assert (lowest.policy, social.policy) == ("lowest_price", "social_value")
    assert social.half_width == pytest.approx(0.4659, abs=1e-4)
    assert lowest.half_width == pytest.approx(0.04659, abs=1e-5)
    assert (lowest.needed, social.needed) == (6, 19)
    assert outcome_told(told)[1] == (
        "social_value on quality of service (all): ± 0.466, wished ± 0.500, with 21 replicates."
    )


def test_an_early_guess_grows_the_sweep_fourfold_at_most_and_the_bound_ends_it(
    tmp_path: Path,
) -> None:
    """From two replicates some hundreds look needed: 8 first, then what the user's bound lets."""
    told = narrowed(MadeUp(tmp_path / "out", 2), 0.2, most=20)

    assert replicates_of(told) == [2, 8, 20]
    assert (told.holds, told.whole) == (False, True)
    assert [one.policy for one in told.wider] == ["social_value"]
    (sentence,) = outcome_told(told)
    assert sentence.startswith("social_value on ")
    assert f"It takes about {told.wider[0].needed} replicates; there are 20." in sentence


def test_nothing_is_held_on_fewer_than_six_replicates(tmp_path: Path) -> None:
    """Two that agree by chance look sure; `compare` calls nothing clear on fewer than six."""
    told = narrowed(MadeUp(tmp_path / "out", 2, lambda *_: 1.0), 0.5)

    assert replicates_of(told) == [2, 6]
    assert told.holds


def test_a_folder_beyond_the_bound_is_asked_and_left_as_it_is(tmp_path: Path) -> None:
    """No replicate is taken away, and none added."""
    told = narrowed(MadeUp(tmp_path / "out", 30), 0.1, most=20)

    assert replicates_of(told) == [30]
    assert told.whole
    assert told.wider


def test_the_bounds_of_the_session_hold_for_all_rounds_together(tmp_path: Path) -> None:
    """36 runs of 40 are used up by the plan, 4 are left for more; with 36 the plan is all."""
    more, none = MadeUp(tmp_path / "a", 6, cut=1), MadeUp(tmp_path / "b", 6)

    cut, over = narrowed(more, 0.5, runs=40), narrowed(none, 0.5, runs=36)

    assert [one.runs for one in more.bounds] == [40, 4]
    assert (replicates_of(cut), cut.whole, cut.holds) == ([6], False, False)
    assert len(none.bounds) == 1
    assert (over.whole, over.holds) == (False, False)
    assert outcome_told(over)[0].endswith("Give the same command to go on.")
    assert outcome_told(Narrowed(over.ended)) == [
        "--until has not been asked yet: what the plan holds comes first."
    ]


def test_a_measure_without_a_number_ends_in_its_reason(tmp_path: Path) -> None:
    """Replicates without end would tell no more of it."""
    with pytest.raises(UntilError, match=r"price_quality has no number \(nothing was"):
        narrowed(MadeUp(tmp_path / "out", 6, lambda *_: None), 0.5)

    def alone(place: str, policy: str, point: int, replicate: int) -> float | None:
        return 1.0 if policy == "price_quality" else None

    with pytest.raises(UntilError, match="no policy beside the baseline has a number"):
        narrowed(MadeUp(tmp_path / "out", 6, alone), 0.5)


WIDE = Width("quality", "all", "index", "social_value", 0.5, 1.0, 6, 24)


@pytest.mark.parametrize(
    ("have", "asked", "most", "wanted"),
    [
        (6, [WIDE], None, 24),
        (6, [replace(WIDE, needed=25)], None, 24),
        (6, [WIDE, replace(WIDE, needed=9)], 20, 20),
        (7, [replace(WIDE, needed=8)], None, 9),
        (6, [replace(WIDE, replicates=24)], None, None),
        (6, [WIDE], 6, None),
        (6, [WIDE, replace(WIDE, needed=None)], None, None),
    ],
    ids=[
        "estimate",
        "fourfold",
        "bound",
        "one does not count",
        "holds",
        "at the bound",
        "hopeless",
    ],
)
def test_how_many_come_next(
    have: int, asked: list[Width], most: int | None, wanted: int | None
) -> None:
    """The estimate, unless a rule or the user says less; what does not count comes on top."""
    assert replicates_next(have, asked, most) == wanted


def test_between_rounds_it_is_said_why_there_is_another() -> None:
    """Which policy is wider, how wide, and how many replicates follow."""
    said = next_told(6, 24, [WIDE, replace(WIDE, policy="lowest_price", replicates=24)])

    assert "social_value on quality of service (all): ± 1.00, wished ± 0.500." in said
    assert "lowest_price" not in said
    assert said.endswith("18 replicates more, 24 in all.")


SAME = ("", "")


@pytest.mark.parametrize(
    ("words", "changed", "found"),
    [
        ("--until quality", SAME, "--until is 'quality'; wanted MEASURE=HALF_WIDTH"),
        ("--until quality=wide", SAME, "--until quality is 'wide'; wanted a half-width above 0"),
        ("--until quality=0", SAME, "wanted a half-width above 0"),
        ("--until quality=nan", SAME, "wanted a half-width above 0"),
        ("--until quality=1 --until quality=2", SAME, "quality is given twice"),
        ("--until quality=1 --shard 1/2", SAME, "a shard sees its own part alone"),
        ("--most-replicates 9", SAME, "there is no --until"),
        ("--until quality=1 --most-replicates 1", SAME, "is 1; wanted 2 or more"),
        ("--until quality=1 --most-replicates 3", SAME, "is 3; wanted 4 or more"),
        ("--until qualty=1", SAME, "--until qualty: no such measure. Did you mean"),
        (
            "--until quality=1",
            ("[limits]", '[keep]\nmeasures = ["unmet_need"]\n[limits]'),
            "the plan keeps no such measure; it keeps unmet_need",
        ),
        ("--until quality=1", ("replicates = 4", ""), "asks for 1 replicate, which shows no luck"),
        (
            "--until net_local_income=1",
            ("replicates = 4", "replicates = 4\npaired = false"),
            "which a plan with `paired = false` has not",
        ),
        ("--until quality=1", (', "poison"]', "]"), "the plan has one policy"),
        ("--until quality=1", ("list", "morris"), "the points of `morris` are steps on a grid"),
    ],
)
def test_what_no_replicate_could_tell_is_refused(
    tmp_path: Path, words: str, changed: tuple[str, str], found: str, poundflow: Poundflow
) -> None:
    """Exit code 2, what to do instead, and no folder."""
    plan = write_plan(tmp_path, 2)
    text = plan.read_text().replace("months = 8", "months = 8\nreplicates = 4")
    if "morris" in changed:
        text = text.partition("[[design.points_list]]")[0] + "points = 2\n"
    plan.write_text(text.replace(*changed))

    said = poundflow("sweep", plan, "--out", tmp_path / "out", *words.split())

    assert said.code == 2
    assert found in said.err
    assert not (tmp_path / "out").exists()


def test_places_in_two_moneys_are_not_added(tmp_path: Path, poundflow: Poundflow) -> None:
    """Pounds and dollars of one measure have no common half-width; told before a run is lived."""
    plan = tmp_path / "plan.toml"
    plan.write_text(
        'name = "two"\nreplicates = 4\n[[places]]\nscenario = "village"\n'
        '[[places]]\nscenario = "cleveland"\n[policies]\n'
        'names = ["price_quality", "lowest_price"]\nbaseline = "price_quality"\n'
        '[design]\nkind = "fixed"\n'
    )

    words = ("--until", "disposable_income=100")
    said = poundflow("sweep", plan, "--out", tmp_path / "out", *words)

    assert said.code == 2
    assert "the places tell it in GBP and USD, which cannot be added" in said.err
