"""Clear but tiny: what the page says of differences that are sure and do not matter."""

import json

import pytest

from experiments.report.answer import FEWEST, few, how_sure, three_sentences
from experiments.report.folder import Estimate, read_results
from experiments.report.page import write_report
from experiments.report.pictures import pound_note, retention_picture
from experiments.report.size import TINY, TINY_OF_PLACE, reading, rule, tiny
from experiments.report.tables import measure_row
from tests.experiments.result_folder import Case, write_result_folder

INCOME = "local_income_multiplier"
COOP = "cooperative_membership"
WAYS = ("lowest_price", "price_quality", "social_value", "ethical_framework", COOP)


def _results(folder, measure=None, gaps=None, base=None, case=None):
    """A made-up folder in which the differences (and means) of one measure are set by hand."""
    write_result_folder(folder, case or Case(replicates=6, months=24))
    if measure is None:
        return read_results(folder)
    path = folder / "summary.json"
    summary = json.loads(path.read_text())
    for row in summary["differences"]:
        if row["measure"] == measure:
            gap = gaps[WAYS.index(row["regime"])]
            low, high = (gap * 0.9, gap * 1.1) if gap else (-1e-9, 1e-9)
            row |= {"mean": gap, "low": min(low, high), "high": max(low, high)}
    for row in summary["outcomes"]:
        if row["measure"] == measure:
            mean = base + gaps[WAYS.index(row["regime"])]
            row |= {"mean": mean, "low": mean - abs(base) / 10, "high": mean + abs(base) / 10}
    path.write_text(json.dumps(summary))
    return read_results(folder)


def _policy(results, name):
    return next(policy for policy in results.policies if policy.name == name)


def test_a_clear_but_tiny_gain_is_no_finding(tmp_path):
    """A third of a hundredth of the baseline is called hardly more, with its size."""
    results = _results(tmp_path / "out", INCOME, (0, 0, -4e-4, 0, 3.4e-4), 0.0992)

    brings = three_sentences(results, "Preston")[0]

    assert brings.text == (
        "“Co-operative membership” leaves hardly more income in Preston than “Price and quality”: "
        "0.034p of each £1."
    )
    assert brings.sureness.startswith("That is too small to matter, however sure it is.")
    assert "+0.034p (+0.031p to +0.037p), hardly any" in brings.sureness


def test_a_clear_but_tiny_loss_is_no_finding(tmp_path):
    """Nothing leaves more, one leaves hardly less."""
    results = _results(tmp_path / "out", INCOME, (0, 0, -4e-4, 0, 0), 0.0992)

    brings = three_sentences(results, "Preston")[0]

    assert "“Social value scored” leaves hardly less income in Preston" in brings.text
    assert brings.text.endswith("0.040p of each £1, and no other way leaves more.")


def test_local_buying_that_hardly_differs_cannot_show_what_it_gains(tmp_path):
    """The second sentence asks nothing of a way that hardly buys more here."""
    case = Case(replicates=6, months=24, effects={"local_share_owned": (0.0,) * 5})
    results = _results(tmp_path / "out", "local_share_based", (0, 0, 0, 1e-5, 2e-5), 0.05, case)

    nets = three_sentences(results, "Preston")[1]

    assert nets.text.startswith("None of these ways buys noticeably more from local firms")


def test_a_tiny_difference_of_the_service_is_said_to_be_one(tmp_path):
    """Quality that hardly differs is neither better nor worse."""
    results = _results(tmp_path / "out", "quality", (0, 0, 0, 5e-3, 0), 0.9)

    costs = three_sentences(results, "Preston")[2]

    assert "quality hardly differs" in costs.text
    assert "better quality" not in costs.text


def test_need_met_beyond_the_need_is_said_in_words(tmp_path):
    """Below zero there is no unmet need, and the sentence does not speak of less of it."""
    results = _results(tmp_path / "out", "unmet_need", (0, 0, 0, -0.026, 0), -0.021)

    costs = three_sentences(results, "Preston")[2]

    assert "still more delivered beyond the need" in costs.text
    assert "Under “Ethical framework” the budget bought 4.7% more than needed." in costs.sureness
    assert "unmet need" not in costs.text


@pytest.mark.parametrize(
    ("gaps", "starred"),
    [
        ((0, 0, 0, 0, 3.4e-4), None),
        ((0, 0, 0, -0.02, 3.4e-4), None),
        ((0, 0, 0, 0.02, 0), "ethical_framework"),
        ((-0.02, 0, -0.03, -0.02, -0.04), "price_quality"),
        ((-0.02, 0, -0.03, 0, -0.04), None),
    ],
)
def test_a_star_stands_only_where_the_best_is_set_apart(tmp_path, gaps, starred):
    """No star for a tiny lead, nor for a baseline that others may equal."""
    results = _results(tmp_path / "out", INCOME, gaps, 0.0992)

    row = measure_row(results, INCOME)

    marked = [p.name for p, cell in zip(results.policies, row.cells, strict=True) if cell.note]
    assert marked == ([starred] if starred else [])


def test_a_finding_shows_in_the_averages(tmp_path):
    """Averages that differ by a finding are never written alike."""
    results = _results(tmp_path / "out", "process_cost", (-2.9e-5, 0, 0, 1e-4, 0), 0.0021)

    cells = measure_row(results, "process_cost").cells

    assert [cell.value for cell in cells[:2]] == ["0.207%", "0.210%"]
    assert cells[0].change == "▼ −0.0029 points"


def test_the_scale_of_tiny_follows_the_measure(tmp_path):
    """The baseline's average; the whole need; a year's treated spending; less for people."""
    results = _results(tmp_path / "out")
    base = results.outcome("jobs", results.baseline).mean

    assert tiny(results, "unmet_need") == TINY
    assert tiny(results, "net_local_income") == pytest.approx(TINY * 214e6 / 2, rel=1e-12)
    assert tiny(results, "jobs") == pytest.approx(TINY_OF_PLACE * base, rel=1e-12)
    assert "1% of the baseline’s average" in rule()
    assert "0.1% for jobs" in rule()


def test_one_future_makes_nothing_clear():
    """An interval of one value keeps clear of zero and means nothing."""
    assert Estimate("share", 0.1, 0.1, 0.1, 1, "").verdict == "unclear"
    assert Estimate("share", 0.1, 0.1, 0.1, 2, "").verdict == "up"


def test_few_futures_are_warned_of_before_the_answer(tmp_path):
    """The page of a trial says that it is one; that of a study does not."""
    small = write_result_folder(tmp_path / "a", Case(replicates=2, months=24))
    large = _results(tmp_path / "b")

    text = write_report(small).read_text(encoding="utf-8")

    assert large.replicates >= FEWEST
    assert few(large) == ""
    assert "Only 2 futures were tried for each way of buying." in text
    assert text.index("Only 2 futures") < text.index('class="answer"')


def test_one_throw_of_the_dice_is_no_range(tmp_path):
    """The box on luck names the run and claims no range."""
    results = _results(tmp_path / "out")
    one = {key: {0: runs[0]} for key, runs in results.luck.items()}
    object.__setattr__(results, "luck", one)

    luck = how_sure(results).luck

    assert luck.startswith("One run only at the central value of every assumption")
    assert "ran from" not in luck


def test_pictures_that_look_alike_say_how_far_they_differ(tmp_path):
    """The largest difference is named with its part and its way; a second panel shows the lines."""
    results = _results(tmp_path / "out")

    note, retention = pound_note(results), retention_picture(results)

    assert note.startswith("No part of the pound differs from the baseline")
    assert "under “Ethical framework”" in note
    assert "The largest difference from the baseline, “Price and quality”, is +" in retention.note
    assert "Difference from “Price and quality”" in retention.inline
    assert all(row[0] != "0" for row in retention.data.rows)


def test_the_reading_names_size_and_direction(tmp_path):
    """Six readings, whatever the policy is called."""
    results = _results(tmp_path / "out", INCOME, (-0.02, 0, -4e-4, 0, 3.4e-4), 0.0992)

    said = {p.name: reading(results, INCOME, p) for p in results.others}

    assert said == {"lowest_price": "down", "social_value": "hardly_down",
                    "ethical_framework": "unclear", COOP: "hardly_up"}  # fmt: skip
