"""The three sentences: honest on a clear winner, on no difference, and when local loses."""

import pytest

from experiments.report.answer import how_sure, three_sentences
from experiments.report.findings import INCOME
from experiments.report.folder import Estimate, read_results
from experiments.report.words import quoted
from tests.experiments.result_folder import (
    LOCAL_LOSES,
    NO_DIFFERENCE,
    POLICIES,
    Case,
    write_result_folder,
)

CERTAIN = ("clearly more", "leaves more", "costs more", "costs less", "buys the most")


def _answer(tmp_path, case=None):
    results = read_results(write_result_folder(tmp_path / "out", case))
    return results, three_sentences(results, "Preston")


def test_a_clear_winner_is_named_with_its_numbers(tmp_path):
    """What it leaves for each pound, against the baseline, how sure, and in how many futures."""
    _, (brings, nets, costs) = _answer(tmp_path)

    assert brings.text.startswith(
        "“Ethical framework” leaves more income in Preston than “Price and quality”: 4"
    )
    assert "p for each £1 spent on services, against 4" in brings.text
    assert "95% interval +" in brings.sureness
    assert "of the futures we tried" in brings.sureness
    assert nets.text.endswith("and still gains after we take off what is lost elsewhere.")
    assert "the same service costs more, with better quality and more unmet need" in costs.text


def test_no_difference_is_called_no_clear_difference(tmp_path):
    """Where every interval covers zero, no way of buying is praised."""
    _, sentences = _answer(tmp_path, NO_DIFFERENCE)

    assert "no clear difference between the ways of buying" in sentences[0].text
    assert "cannot show what buying locally would gain" in sentences[1].sureness
    assert "no clear difference" in sentences[2].text
    assert not any(word in s.text for s in sentences for word in CERTAIN)


def test_local_preference_may_lose_and_the_answer_says_so(tmp_path):
    """The most local way leaves more here and loses net: both are said."""
    _, (brings, nets, _) = _answer(tmp_path, LOCAL_LOSES)

    assert "“Ethical framework” leaves more income in Preston" in brings.text
    assert nets.text == (
        "“Ethical framework” buys the most from local firms, but loses more than it gains once we "
        "count what is lost elsewhere."
    )
    assert "It gained nothing net in 10 of 10 of the futures we tried." in nets.sureness


def test_local_preference_may_gain_nothing_net(tmp_path):
    """An interval around zero is no gain."""
    case = Case(effects={"net_local_income": (0.0,) * 5})

    _, (_, nets, _) = _answer(tmp_path, case)

    assert "gains nothing net that we can be sure of" in nets.text


def test_a_baseline_that_nothing_beats_is_said_to_stand(tmp_path):
    """Where others only lose, nobody is recommended."""
    case = Case(effects={"local_income_multiplier": (-0.1, 0.0, -0.1, 0.0, 0.0)})

    _, (brings, _, _) = _answer(tmp_path, case)

    assert brings.text == (
        "No other way of buying leaves clearly more income in Preston than “Price and quality”; "
        "“Lowest price” and “Social value scored” leave clearly less."
    )


def test_swapping_two_names_swaps_what_is_said_and_nothing_else(tmp_path):
    """The rules know no way of buying by name."""
    _, plain = _answer(tmp_path / "a")
    swapped = {"ethical_framework": POLICIES["lowest_price"],
               "lowest_price": POLICIES["ethical_framework"]}  # fmt: skip

    _, other = _answer(tmp_path / "b", Case(titles=swapped))

    said = [s.text + s.sureness for s in other]
    back = [
        text.replace("Lowest price", "*")
        .replace("Ethical framework", "Lowest price")
        .replace("*", "Ethical framework")
        for text in said
    ]
    assert back == [s.text + s.sureness for s in plain]


def test_what_is_not_known_is_not_guessed(tmp_path):
    """A missing measure leaves the sentence open, with its reason."""
    why = "needs are not covered"
    case = Case(unknown={"net_local_income": why, "quality": why, "cost_per_delivered_unit": why,
                         "unit_cost_premium": why})  # fmt: skip

    _, (_, nets, costs) = _answer(tmp_path, case)

    assert "we cannot say what it gains net" in nets.text
    assert f"not known: {why}" in nets.sureness
    assert "cost and quality are not known" in costs.text


def test_luck_and_ignorance_are_told_apart(tmp_path):
    """Ignorance counts futures and assumptions; luck counts throws at central assumptions."""
    results, _ = _answer(tmp_path)

    sure = how_sure(results)

    assert "Each of the 20 futures takes other values for 24 assumptions" in sure.ignorance
    assert "only the dice are thrown again (8 times)" in sure.luck
    assert "dice" not in sure.ignorance


def test_sureness_is_told_of_a_way_whose_income_is_known(tmp_path):
    """Levers hide the income of whom buys most here; where all hide it, the reason stands there."""
    results, _ = _answer(tmp_path)
    why, names = "the policy spends on other levers too", [one.name for one in results.others]

    for hidden in (names[1:], names):
        for name in hidden:
            key = (INCOME, results.tier_of(INCOME), name)
            results.differences[key] = Estimate("GBP per GBP", None, None, None, 0, why)
            for told in (results.futures, results.luck):
                told.pop(key, None)
        sure = how_sure(results)
        if hidden != names:
            assert quoted(results.others[0].title) in sure.ignorance
            assert quoted(results.others[0].title) in sure.luck

    assert sure.ignorance == sure.luck == f"Not known: {why}."


def test_held_assumptions_are_not_sold_as_futures(tmp_path):
    """With --fixed the runs differ by luck alone, and no sentence speaks of futures."""
    results, sentences = _answer(tmp_path, Case(fixed=True))

    sure = how_sure(results)

    assert sure.ignorance.startswith("Not tried here")
    assert "(20 times)" in sure.luck
    assert not any("futures" in s.sureness for s in sentences)


@pytest.mark.parametrize("case", [None, NO_DIFFERENCE, LOCAL_LOSES, Case(replicates=2)])
def test_every_sentence_is_short_and_whole(tmp_path, case):
    """Three sentences, each one sentence, none above forty words."""
    _, sentences = _answer(tmp_path, case)

    assert len(sentences) == 3
    for sentence in sentences:
        assert sentence.text.endswith(".")
        assert len(sentence.text.split()) <= 40
