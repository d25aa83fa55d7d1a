"""LM3 and the income multiplier of the village's third month equal the figures found by hand."""

import pytest

from scenarios.read import read_draft
from simulation.measures.lm3 import contract_rounds, council_rounds, lm3_contract, lm3_council
from simulation.measures.local_income import local_income_multiplier
from simulation.measures.view import View
from simulation.model.run import live
from tests.model.opening import QUIET, open_place, whole_register
from tests.model.village_positions import copy_out
from tests.model.village_rounds import MonthOfMoney
from tests.model.village_sheet import Sheet

EXACT = 1e-9
THIRD = 3
MEMBERS = 11
HOUSEHOLDS_HERE = 120_000 + 1_726_382 + 260_150 + 391_953 + 64_167
"""Rent to neighbours, and shopping at the Stores, the Kettle, the Garage and Larkfield [pence]."""
HOUSEHOLDS_ALL = 5_843_947
"""All that the village's households paid, and what they put aside [pence]."""


def third_month(sets: tuple[str, ...] = ()) -> tuple[View, MonthOfMoney]:
    """The third month in the model's books and on paper."""
    draft = read_draft("village", sets)
    scenario = draft.require()
    a = whole_register(scenario, QUIET)
    place = open_place(scenario, a)
    sheet = Sheet(copy_out(draft.data, place.town.economy), a)
    for _ in range(THIRD):
        sheet.live()
    books = live(place, "price_quality", THIRD)
    return View(books, THIRD, THIRD), MonthOfMoney(sheet, THIRD)


@pytest.fixture(scope="module")
def both() -> tuple[View, MonthOfMoney]:
    """The third month of the village as it is on file."""
    return third_month()


def test_three_rounds_of_all_outlay(both: tuple[View, MonthOfMoney]) -> None:
    """LM3 of the council, worked on paper [pence].

    R1 is what suppliers were paid and the cost of three staff: 3 x 200,000 gross, insurance of
    13.8 % on what is above 62,400 a head (56,966) and 3 % pensions (18,000). R2 leaves out the
    town and the region and counts take-home pay: 200,000 less 12 % from 63,267 to 67,542 (512)
    and 32 % above (42,387). R3 takes of each supplier what it paid here, in pay, supplies and
    dividends, out of all it paid and kept.
    """
    view, hand = both
    homecare, building, cleaning, food = (740_400, 444_240), 389_760, (143_600, 143_600), 193_600
    outside = 296_160 + 97_440
    take_home = 3 * (200_000 - 512 - 42_387)
    local = sum(homecare) + building + sum(cleaning) + food

    r1 = local + outside + 600_000 + 56_966 + 18_000
    r2 = local + take_home
    r3 = (
        740_400 * (649_505 + 63_961 + 0) / 1_400_248  # Larkfield
        + 444_240 * (546_804 + 43_900 + 0) / 950_000  # Hearth, the co-op
        + 389_760 * (512_103 + 77_444 + 106_174) / 2_000_000  # Mason
        + 143_600 * (348_903 + 17_270 + 28_446) / 598_400  # Brightwater
        + 143_600 * (219_002 + 0 + 0) / 600_000  # Omnia: its profit goes to a head office
        + 193_600 * (157_101 + 0 + 73_219) / 2_977_679  # Dale Foods
        + take_home * HOUSEHOLDS_HERE / HOUSEHOLDS_ALL
    )
    rounds = council_rounds(view, "district")
    assert (r1, r2) == (3_123_766, 2_526_503)
    assert (rounds.r1, rounds.r2_low) == (r1, r2)
    assert rounds.r3_low == rounds.r3_high == pytest.approx(r3, rel=EXACT)
    assert lm3_council(view, "district") == pytest.approx((r1 + r2 + r3) / r1, rel=EXACT)
    assert hand.council().r3 == pytest.approx(r3, rel=EXACT)


def test_three_rounds_of_contracts(both: tuple[View, MonthOfMoney]) -> None:
    """LM3 of contracts: R2 is what suppliers pay here, town and region nothing."""
    view, hand = both
    spent_here = {
        "pay": (
            740_400 * 649_505 / 1_400_248 + 444_240 * 546_804 / 950_000
            + 389_760 * 512_103 / 2_000_000 + 143_600 * 348_903 / 598_400
            + 143_600 * 219_002 / 600_000 + 193_600 * 157_101 / 2_977_679
        ),
        "supplies": (
            740_400 * 63_961 / 1_400_248 + 444_240 * 43_900 / 950_000
            + 389_760 * 77_444 / 2_000_000 + 143_600 * 17_270 / 598_400
        ),
        "profit": (
            389_760 * 106_174 / 2_000_000 + 143_600 * 28_446 / 598_400
            + 193_600 * 73_219 / 2_977_679
        ),
    }  # fmt: skip

    rounds = contract_rounds(view, "district")
    by_hand = hand.contract()
    assert rounds.r1 == by_hand.r1 == 2_448_800
    assert rounds.r2_low == pytest.approx(sum(spent_here.values()), rel=EXACT)
    assert rounds.r3_low == pytest.approx(by_hand.r3, rel=EXACT)
    assert lm3_contract(view, "district") == pytest.approx(by_hand.lm3, rel=EXACT)


def test_residents_income_over_all_rounds(both: tuple[View, MonthOfMoney]) -> None:
    """The headline, with the rounds solved by elimination over the village's eleven classes."""
    view, hand = both

    multiplier = local_income_multiplier(view, "district")

    assert len(hand.members) == MEMBERS
    assert multiplier == pytest.approx(hand.income_multiplier(), rel=EXACT)


def test_a_co_ops_members_are_paid_in_the_village() -> None:
    """What a co-op divides among its members is told with its other outflows, and not as kept."""
    view, hand = third_month(("firms.hearth-coop.deposits=20000",))

    assert hand.paid("hearth-coop", ("DIVIDEND",), "village") > 0
    assert council_rounds(view, "district").r3_low == pytest.approx(hand.council().r3, rel=EXACT)
    assert lm3_contract(view, "district") == pytest.approx(hand.contract().lm3, rel=EXACT)
    assert local_income_multiplier(view, "district") == pytest.approx(
        hand.income_multiplier(), rel=EXACT
    )
