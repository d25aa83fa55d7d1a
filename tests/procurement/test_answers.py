"""What a procedure, a month's close and a charter may answer: sound ones, and some spoilt."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.procurement.answers import PLAIN, UnfitError
from simulation.procurement.docket import docket_of
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.incubated_coop import IncubatedCoop
from simulation.procurement.interface import Arrangement, Instruction, Live, Outcome, Settlement
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.outcome_answers import ANSWERS
from simulation.procurement.rolls import Answers, roll_of_one
from tests.procurement.markets import SteadyLuck, commissioned, market, need, plain

NEED, FIRMS, A = need(), market(3, unit_cost=[0.9, 1.0, 1.1]), plain()
GIVEN = {"need": NEED, "market": FIRMS, "docket": docket_of(NEED, FIRMS, SteadyLuck())}
SOUND: Outcome = LowestPrice().procure(NEED, FIRMS, A, SteadyLuck())
SIGNED = commissioned(NEED, FIRMS, EthicalFramework(), A, SteadyLuck()).arrangement
assert isinstance(SIGNED, Arrangement)
FRAMEWORK: Arrangement = SIGNED
PLACES = FRAMEWORK.suppliers.size
ONES = np.ones(PLACES)
MONTH = Live(
    month=2, units=ONES, paid_pence=np.ones(PLACES, dtype=np.int64), unit_price=ONES, cost=ONES,
    utilisation=ONES, capacity=ONES, uid=FRAMEWORK.uid, supplier=FRAMEWORK.suppliers,
    honesty=ONES, padding=ONES, share=FRAMEWORK.shares, chance=ONES, record=ONES,
)  # fmt: skip
ROLL = roll_of_one(FRAMEWORK, EthicalFramework(), -1)
CLOSED: Answers = EthicalFramework().settle_all(ROLL, MONTH, A, SteadyLuck())
AT_CLOSE = {"arrangement": FRAMEWORK, "live": MONTH, "roll": ROLL}
NONE_STAY = np.zeros(PLACES, dtype=np.bool_)
FEE = Instruction(NEED.buyer, int(FRAMEWORK.suppliers[0]), 100, Kind.PROCESS_COST, "a fee")


def refused(hook: str, given: dict[str, Any], answer: Any) -> str:
    """What is said of an answer: what was found, and what is wanted."""
    with pytest.raises(UnfitError) as told:
        ANSWERS[hook](given, answer)
    return str(told.value)


def same(one: Any, other: Any) -> bool:
    """Whether two tables are equal, column by column."""
    return all(np.array_equal(*pair) for pair in zip(one, other, strict=True))


@pytest.mark.parametrize("hook", ["procure", "admit"])
def test_a_sound_procedure_passes_as_it_is(hook: str) -> None:
    """Bids and award are those that were answered."""
    passed = ANSWERS[hook](GIVEN, SOUND)

    assert SOUND.award.made
    assert same(passed.bids, SOUND.bids)
    assert passed.award.shares.tolist() == SOUND.award.shares.tolist()
    assert (passed.lowest, passed.challenged) == (SOUND.lowest, SOUND.challenged)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"at": slice(0, 2)}, "an Outcome with 2 rows `at`; wanted `at`, the 3 rows"),
        ({"lowest": -1.0}, "an Outcome with `lowest`, a price per unit or nan"),
        ({"cheapest_cost": "low"}, "found 'low'; wanted an Outcome with `cheapest_cost`"),
        ({"delay_months": -1}, "wanted an Outcome with whole `delay_months`"),
        ({"challenged": 1}, "found 1; wanted an Outcome with `challenged` true or false"),
        ({"at": None}, "found nothing (None); wanted an Outcome with `at`, a slice"),
    ],
)
def test_an_outcome_that_does_not_hold_together_is_refused(
    changes: dict[str, Any], said: str
) -> None:
    """Rows, prices, delays and words each say what they are to be."""
    assert said in refused("procure", GIVEN, SOUND._replace(**changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"position": np.array([0, 1, 3])}, "rows of the Market, from 0 to 2"),
        ({"position": np.array([0.0, 1.0, 2.0])}, "found float64[3]; wanted int64[3], `position`"),
        ({"supplier": np.array([2, 1, 0])}, "bids with other suppliers than `position` points at"),
        ({"uid": np.zeros(3)}, "found float64[3]; wanted int64[3], `uid` of the bids"),
        ({"quality": np.full(3, 2.5)}, "`quality` of the bids, each from 0 to 2"),
        ({"won": np.zeros(3)}, "found float64[3]; wanted bool[3], `won` of the bids"),
        ({"price": [[1.0], [1.0, 2.0], [1.0]]}, "of unequal length; wanted float64[3], `price`"),
    ],
)
def test_bids_point_at_candidates(changes: dict[str, Any], said: str) -> None:
    """Whoever bids stands in the market, and is the one of that row."""
    assert said in refused("procure", GIVEN, SOUND._replace(bids=SOUND.bids._replace(**changes)))


def test_shares_of_an_award_are_at_most_the_whole() -> None:
    """Nobody is given more work than there is, alone or together."""
    award = SOUND.award._replace(shares=SOUND.award.shares * 1.5)
    two = {"winners": SimpleNamespace(size=2)}

    assert "`shares` of the award, each from 0 to 1" in refused(
        "procure", GIVEN, SOUND._replace(award=award)
    )
    assert "shares that sum to 1.5; wanted float64[2]" in refused("shares", two, [0.7, 0.8])


def test_what_rounding_leaves_of_a_share_is_no_fault() -> None:
    """A ten-millionth below nothing, or above the whole, passes; a hundred-thousandth does not."""
    two = {"winners": SimpleNamespace(size=2)}

    assert ANSWERS["shares"](two, [-1e-7, 1.0 + 1e-7]).tolist() == [-1e-7, 1.0 + 1e-7]
    assert "with -1e-05 in row 0" in refused("shares", two, [-1e-5, 1.0])
    assert "with 1.00001 in row 1" in refused("shares", two, [0.0, 1.0 + 1e-5])


def test_a_docket_is_answered_need_by_need() -> None:
    """One outcome a need, no more and no fewer."""
    [passed] = ANSWERS["procure_all"](GIVEN, [SOUND])

    assert same(passed.bids, SOUND.bids)
    assert "wanted a list of 1, an `Outcome` a need" in refused("procure_all", GIVEN, [])
    assert "found a list of 2" in refused("admit_all", GIVEN, [SOUND, SOUND])


def test_a_sound_settlement_passes_as_it_is() -> None:
    """Money, prices, who stays and what is next month's work."""
    told = Settlement(
        instructions=(FEE,), unit_prices=ONES, stays=~NONE_STAY, found=NONE_STAY, state={"mine": 1},
        ends=True, reason="its term is over", again=True, unit_costs=ONES, work=2.0,
    )  # fmt: skip

    passed = ANSWERS["settle"](AT_CLOSE, told)

    assert passed.instructions == (FEE,)
    assert (passed.ends, passed.reason, passed.again, passed.work) == (True, told.reason, True, 2.0)
    assert passed.state is told.state
    assert ANSWERS["settle"](AT_CLOSE, Settlement()).stays is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stays": NONE_STAY, "unit_prices": ONES}, "wanted float64[0], `unit_prices` of those"),
        ({"found": NONE_STAY[1:]}, "`found`, who was caught"),
        ({"work": -0.5}, "found -0.5; wanted `work`, a number of 0 or more"),
        ({"instructions": (FEE._replace(pence=1.5),)}, "an Instruction of whole pence"),
        ({"instructions": (FEE._replace(kind="gift"),)}, "an Instruction of a `Kind`"),
        ({"instructions": (FEE._replace(payer=99),)}, "an Instruction with the party 99"),
    ],
)
def test_a_settlement_that_does_not_fit_is_refused(changes: dict[str, Any], said: str) -> None:
    """Columns are of those who stay, money is in whole pence between parties of the matter."""
    assert said in refused("settle", AT_CLOSE, replace(Settlement(), **changes))


def test_a_sound_close_of_a_roll_passes_as_it_is() -> None:
    """What a framework answers for all its arrangements at once."""
    assert ANSWERS["settle_all"](AT_CLOSE, CLOSED) is CLOSED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stays": NONE_STAY[1:]}, "`stays`, one a place"),
        ({"ends": np.zeros(2, dtype=np.bool_)}, "wanted bool[1], `ends`, one an arrangement"),
        ({"unit_prices": -ONES}, "`unit_prices`, one a place"),
        ({"reasons": []}, "found a list of 0; wanted `reasons`, 1 texts"),
        ({"asked_by": np.array([0, 1, 2])}, "`asked_by`, one a payment"),
    ],
)
def test_a_close_that_does_not_fit_its_roll_is_refused(changes: dict[str, Any], said: str) -> None:
    """A row a place, a word an arrangement, and payments that belong to one of them."""
    assert said in refused("settle_all", AT_CLOSE, replace(CLOSED, **changes))


def test_payments_of_a_roll_are_between_its_parties() -> None:
    """Money to a row from elsewhere is refused."""
    paid = replace(CLOSED.payments, columns=np.full((5, 1), 99))
    answer = replace(CLOSED, payments=paid, asked_by=np.zeros(1, dtype=np.int64))

    assert "payments with a payer from elsewhere" in refused("settle_all", AT_CLOSE, answer)


def test_shares_of_a_months_work_are_at_most_the_whole() -> None:
    """By arrangement, and by place of a roll."""
    month = {"volume": SimpleNamespace(share=ONES), "volumes": SimpleNamespace(share=ONES)}

    assert ANSWERS["divide_volume"](month, ONES / PLACES).sum() == pytest.approx(1.0)
    assert ANSWERS["divide_all"](month, ONES).tolist() == ONES.tolist()
    assert "each place's share" in refused("divide_all", month, 2.0 * ONES)
    assert "each supplier's share" in refused("divide_volume", month, ONES[1:])


def test_a_charter_is_read_to_its_last_number() -> None:
    """None founds nobody; numbers below nothing and shares above the whole are refused."""
    charter = IncubatedCoop().charter(NEED, A)
    assert charter is not None

    assert PLAIN["charter"]({}, None) is None
    assert PLAIN["charter"]({}, charter) is charter
    for spoilt, said in (
        (charter._replace(share=1.5), "with `share` from 0 to 1"),
        (charter._replace(least_jobs=-1.0), "with `least_jobs` of 0 or more"),
        (charter._replace(stack=charter.stack._replace(assets=0.0)), "`assets`, an Assets"),
        ("charter", "None, or a `Charter`"),
    ):
        assert said in refused("charter", {}, spoilt)


@pytest.mark.parametrize(
    ("hook", "answer", "said"),
    [
        ("paperwork", (1, 2, 3), "found a tuple of 3; wanted `Paperwork` of three numbers"),
        ("routes", [1], "found 1; wanted a tuple of `Route`"),
        ("screen", 0.5, "wanted None, or a `Screen`"),
        ("admits", np.ones(3), "found float64[3]; wanted bool[3], who may bid, or None for all"),
        ("prices", np.ones(2), "a price per unit for each candidate"),
        ("carry", [-1.0], "one a need, none below 0"),
        ("slope", float("nan"), "found nan; wanted a number of 0 or more"),
        ("suits", "x" * 60, "...; wanted true or false"),
        ("after_failure", object(), "found an object of type object; wanted an `Arrangement`"),
    ],
)
def test_every_plain_hook_says_what_it_wants(hook: str, answer: Any, said: str) -> None:
    """And what it found, in a few words."""
    assert said in refused(hook, GIVEN, answer)


def test_a_regime_may_let_everybody_bid() -> None:
    """None stands for all; a column of true and false for some."""
    some = np.array([True, False, True])

    assert PLAIN["admits"](GIVEN, None) is None
    assert PLAIN["admits"](GIVEN, some).tolist() == some.tolist()
    assert PLAIN["routes"](GIVEN, EthicalFramework.lawful) == EthicalFramework.lawful
