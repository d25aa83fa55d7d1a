"""Hooks of somebody's own: what they may not answer is refused, with file, line and both sides."""

import sys
from typing import Any

import numpy as np
import pytest

from scenarios.errors import ExitCode
from scenarios.regime_files import RegimeFile
from scenarios.vocabulary import Kind
from simulation.procurement import registry
from simulation.procurement.answers import UnfitError
from simulation.procurement.errors import HookError
from simulation.procurement.interface import (
    NO_BIDS,
    NOBODY,
    OWN_STAFF,
    Award,
    Instruction,
    Outcome,
)
from simulation.procurement.markets import NO_MARKET
from simulation.procurement.outcome_answers import ANSWERS
from tests.procurement.markets import need

pytestmark = pytest.mark.usefixtures("no_files_left")

NEED = need()
NOBODY_THERE = {"need": NEED, "market": NO_MARKET}

HEAD = """
import numpy as np
from simulation.procurement.interface import Form, Outcome, Settlement, Terms
from simulation.procurement.scoring import Weights
from simulation.procurement.tender import Tendered


class Mine(Tendered):
    name = "mine"
    title = "Mine"
    summary = "An example."

"""
FIRST = HEAD.count("\n") + 1
"""The line on which a hook begins."""
BIDS = NO_BIDS._replace(**{
    name: np.zeros(3, dtype=column.dtype)
    for name, column in zip(NO_BIDS._fields, NO_BIDS, strict=True)
})  # fmt: skip


def mine(*lines: str) -> Any:
    """A way of buying with some lines of its own."""
    text = HEAD + "\n".join(f"    {line}" for line in lines) + "\n"
    assert registry.take_files([RegimeFile("mine.py", "mine.py", text)]) == []
    return registry.get("mine")()


def refusal(ask: Any) -> HookError:
    """What is said of a hook."""
    with pytest.raises(HookError) as told:
        ask()
    assert told.value.exit_code == ExitCode.SOME_RUNS_FAILED
    return told.value


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("np.zeros(2)", "returned float64[2]"),
        ("np.zeros((3, 1))", "returned float64[3, 1]"),
        ("np.array(['a', 'b', 'c'])", "returned <U1[3]"),
        ("None", "returned nothing (None)"),
        ("0.5", "returned 0.5"),
        ("np.array([0.0, np.nan, 0.0])", "with nan in row 1"),
        ("np.array([0.0, 0.0, 1.5])", "with 1.5 in row 2"),
        ("np.array([-0.1, 0.0, 0.0])", "with -0.1 in row 0"),
    ],
)
def test_marks_must_be_one_number_a_bid_from_nought_to_one(answer: str, found: str) -> None:
    """Wrong length, wrong type and a mark outside its range each name the line of the return."""
    regime = mine("def marks(self, seen, bids):", f"    return {answer}")

    told = refusal(lambda: regime.marks(NO_MARKET, BIDS))

    assert str(told).startswith(
        f"mine.py:{FIRST + 1}: the hook `marks` of the way of buying `mine` "
    )
    assert found in str(told)
    assert "wanted float64[3], one mark a bid, each from 0 to 1." in str(told)


def test_a_sound_answer_is_a_column_of_its_own() -> None:
    """A list of whole numbers will do; the house gets numbers that it may write to."""
    regime = mine("def marks(self, seen, bids):", "    return [0, 1, 0]")

    marks = regime.marks(NO_MARKET, BIDS)

    assert marks.dtype == np.float64
    assert marks.tolist() == [0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        ("1 / 0", "stopped with ZeroDivisionError: division by zero"),
        ("raise SystemExit(0)", "stopped with SystemExit: 0"),
        ("exit()", "stopped with SystemExit"),
        ("seen.nothing", "stopped with AttributeError"),
        ("bids.price[7]", "stopped with IndexError"),
    ],
)
def test_a_hook_that_stops_is_told_with_the_line_that_did_it(stop: str, said: str) -> None:
    """Also where it asks to end the program, or a function of its own is to blame."""
    regime = mine(
        "def marks(self, seen, bids):", "    return self.helper(seen, bids)", "",
        "def helper(self, seen, bids):", f"    {stop}",
    )  # fmt: skip

    told = refusal(lambda: regime.marks(NO_MARKET, BIDS))

    assert f"mine.py:{FIRST + 4}: the hook `marks`" in str(told)
    assert said in str(told)
    assert "wanted float64[3], one mark a bid" in str(told)


@pytest.mark.parametrize(
    ("lines", "ask", "said"),
    [
        (("criterion = 3",), lambda r: r.criterion, "returned 3; wanted text"),
        (("def criterion(self):", "    return 'x'"), lambda r: r.criterion, "is @property missing"),
        (("weights = Weights(1, 1, 0)",), lambda r: r.weights, "weights that sum to 2"),
        (
            ("def checks(self, need, a):", "    return 2, 0"),
            lambda r: r.checks(None, None),
            "returned 2; wanted two numbers",
        ),
        (
            ("def places_for(self, need):", "    return 1.5"),
            lambda r: r.places_for(None),
            "returned 1.5; wanted a whole number of at least 1",
        ),
        (
            ("def suits(self, need):", "    return 'yes'"),
            lambda r: r.suits(None),
            "returned 'yes'; wanted true or false",
        ),
        (
            ("def terms(self, need, award, a):", "    return Terms(0, 30, 0, 0, 0, 0)"),
            lambda r: r.terms(None, None, None),
            "wanted Terms with `months`, a whole number of at least 1",
        ),
        (
            ("def form_of(self, outcome):", "    return 'contract'"),
            lambda r: r.form_of(None),
            "returned 'contract'; wanted a `Form`",
        ),
        (
            ("def settle(self, arrangement, live, a, luck):", "    return {}"),
            lambda r: r.settle(None, None, None, None),
            "wanted a `Settlement`",
        ),
        (
            ("@classmethod", "def eligible(cls, parameters):", "    return ('homecares',)"),
            lambda r: type(r).eligible({}),
            "returned 'homecares'; wanted ids of spending categories",
        ),
        (
            ("@classmethod", "def problems(cls, intent):", "    yield 'no'"),
            lambda r: type(r).problems(None),
            "wanted `Problem` after `Problem`",
        ),
        (("marks = None",), lambda r: r.marks(None, BIDS), "'NoneType' object is not callable"),
    ],
)
def test_each_hook_says_what_it_is_to_answer(lines: Any, ask: Any, said: str) -> None:
    """Numbers, words, terms, categories: each in the words of the one who writes the hook."""
    regime = mine(*lines)

    told = refusal(lambda: ask(regime))

    assert said in str(told)
    assert str(told).startswith("mine.py")


def test_a_fault_while_it_is_made_is_told() -> None:
    """The constructor is a hook like any other."""
    told = refusal(lambda: mine("def __init__(self, *more):", "    raise ValueError('no')"))

    assert f"mine.py:{FIRST + 1}: the hook `__init__`" in str(told)


def test_a_constructor_that_forgets_the_house_is_told() -> None:
    """Without its parameters a way of buying would fall later, and elsewhere."""
    told = refusal(lambda: mine("def __init__(self, *more):", "    pass"))

    assert "the hook `__init__` of the way of buying `mine` returned without its parameters" in str(
        told
    )
    assert "wanted super().__init__(parameters, assumptions) in it" in str(told)


def test_columns_cannot_be_written_to() -> None:
    """Who marks bids cannot change them."""
    regime = mine("def marks(self, seen, bids):", "    bids.price[:] = 0", "    return bids.score")

    told = refusal(lambda: regime.marks(NO_MARKET, BIDS))

    assert f"mine.py:{FIRST + 1}: " in str(told)
    assert "read-only" in str(told)


def outcome(**changes: Any) -> Outcome:
    """What a procedure with nobody in it led to."""
    none = Award(NOBODY, NOBODY, np.zeros(0), np.zeros(0), "none", "nobody came")
    made = Outcome(NO_BIDS, NO_MARKET, slice(0), none, 0, float("nan"), float("nan"), 0, 0, False,
                   0, ())  # fmt: skip
    return made._replace(**changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bids": None}, "an Outcome with `bids`"),
        ({"eligible": -1}, "an Outcome with `eligible`, a whole number"),
        ({"buyer_cost_pence": 0.5}, "an Outcome with whole `buyer_cost_pence`"),
        ({"instructions": ("pay",)}, "a tuple of `Instruction`"),
        ({"bids": NO_BIDS._replace(price=np.zeros(1))}, "float64[0], `price` of the bids"),
    ],
)
def test_an_outcome_is_looked_through(changes: dict[str, Any], said: str) -> None:
    """A procedure of one's own cannot answer with what is no bid, or pay parts of a penny."""
    with pytest.raises(UnfitError) as told:
        ANSWERS["procure"](NOBODY_THERE, outcome(**changes))

    assert said in told.value.wanted


def test_rows_past_the_end_of_a_market_are_no_rows() -> None:
    """Whoever says that the first five bid, where there are none, says that none did."""
    assert ANSWERS["procure"](NOBODY_THERE, outcome(at=slice(0, 5))).bids.size == 0


def test_money_goes_to_parties_of_the_matter_alone() -> None:
    """An instruction that names a row from elsewhere is refused before it is carried out."""
    fine = Instruction(NEED.buyer, OWN_STAFF, 100, Kind.PROCESS_COST, "paper")

    kept = ANSWERS["procure"](NOBODY_THERE, outcome(instructions=(fine,)))

    assert kept.instructions == (fine,)
    with pytest.raises(UnfitError, match="with the party 99"):
        ANSWERS["procure"](NOBODY_THERE, outcome(instructions=(fine._replace(payee=99),)))


def test_what_a_hook_prints_is_kept_off_the_results(capsys: pytest.CaptureFixture[str]) -> None:
    """Stdout is for results; a line that helps its writer goes to stderr."""
    regime = mine("def marks(self, seen, bids):", "    print('here')", "    return bids.score")

    regime.marks(NO_MARKET, BIDS)

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "here\n")


def test_the_class_stays_what_it_was() -> None:
    """Name, module and the house's own hooks are as they were; `super()` reaches the house."""
    regime = mine("def reason(self, admitted, stood):",
                  "    return super().reason(admitted, stood) + '!'")  # fmt: skip

    assert type(regime).__name__ == "Mine"
    assert sys.modules[type(regime).__module__].Mine in type(regime).__mro__
    assert regime.reason(1, 2) == "highest score!"
