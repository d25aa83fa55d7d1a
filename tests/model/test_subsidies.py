"""Subsidy control in a run: foundings, levers and grants are held to the law of their date."""

import copy
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from scenarios import tables
from scenarios.vocabulary import Kind
from simulation.accounting.identities import check_books
from simulation.economy.columns import Int64
from simulation.economy.town import Town
from simulation.model.instructions import advisers, carry_out
from simulation.model.lots import VACANT
from simulation.model.run import Prepared, live
from simulation.model.stewardship import Stewardship
from simulation.model.subsidies import (
    Giver,
    Recovery,
    Subsidies,
    course_of_loan,
    gift_of,
    settle_law,
    within_law,
)
from simulation.procurement.commissioning import arrange
from simulation.procurement.founding import sources_of
from simulation.procurement.grant import Grant
from simulation.procurement.incubated_coop import IncubatedCoop
from simulation.procurement.interface import Form, Thread
from simulation.procurement.payments import written
from simulation.procurement.subsidy import NOT_ABOVE, Course, Ruling, Way
from tests.model.founded import founded, opened
from tests.procurement.markets import SteadyLuck, market, need, plain

SMALL = 16_800_000
"""Small aid in the village's year, 2019 [pence]."""
SURE = {"subsidy__risk": 1.0, "subsidy__lost": 1.0, "subsidy__months": 0.0}


@pytest.fixture(scope="module")
def place() -> Prepared:
    """Open the village; no test changes it."""
    return opened("price_quality", "incubated_coop", **SURE)


def test_a_founding_above_the_law_is_cut_and_its_loan_made_dearer(place: Prepared) -> None:
    """A cautious council gives 168,000 pounds at most, and lends the rest at the market's rate."""
    book, stack = Subsidies(), IncubatedCoop({"grant_share": 0.9}).stack()
    whole, giver = 40_000_000, Giver(0, NOT_ABOVE)

    kept = within_law(book, place.town, giver, 7, stack, whole)

    sources = sources_of(kept, whole, 0)
    assert sources.grant == SMALL
    assert kept.loan_rate == pytest.approx(place.town.a["finance.loan_rate"])
    assert gift_of(place.town, kept, sources) <= SMALL
    assert gift_of(place.town, stack, sources_of(stack, whole, 0)) > SMALL


def test_a_small_founding_is_left_as_it_was(place: Prepared) -> None:
    """Below the limit nothing moves: the same stack."""
    stack = IncubatedCoop().stack()

    assert within_law(Subsidies(), place.town, Giver(0, NOT_ABOVE), 7, stack, 4_000_000) is stack


def test_a_founding_in_another_nation_is_not_cut_by_european_law(place: Prepared) -> None:
    """The same large founding under a nation that has no subsidy control stays whole."""
    stack, abroad = IncubatedCoop({"grant_share": 0.9}).stack(), Subsidies(nation="us")

    assert within_law(abroad, place.town, Giver(0, NOT_ABOVE), 7, stack, 40_000_000) is stack


def test_a_grant_for_an_entrusted_service_stands_without_an_assessment(place: Prepared) -> None:
    """300,000 pounds of care: above small aid in 2019, and below what services may be given."""
    a, asked = plain(), need(units_month=300_000 / 36, months=36, value_pence=36_000_000)
    assessed = {}
    for entrusted in (0.0, 1.0):
        grant = Grant({"voluntary": 0.0, "most_grants": 1.0, "entrusted": entrusted})
        outcome = grant.procure(asked, market(capacity=[10**6] * 3), a, SteadyLuck())
        assert outcome.award.made
        book = Subsidies()
        book.note_award(place.town, arrange(asked, grant, outcome, Thread("", "", "", ""), a))
        assessed[entrusted] = bool(book.assessed)

    assert assessed == {0.0: True, 1.0: False}


def test_gifts_add_up_and_grow_old(place: Prepared) -> None:
    """What was given 36 months ago no longer counts."""
    book, town, giver = Subsidies(), place.town, Giver(0, NOT_ABOVE)
    book.given[7] = [(town.month - 36, 10_000_000), (town.month - 35, 12_000_000)]

    assert book.rule(town, giver, 7, SMALL).pence == SMALL - 12_000_000


def test_gifts_of_the_years_before_the_story_keep_their_age(place: Prepared) -> None:
    """When the calendar is set back to the opening, dates of gifts and recoveries go with it."""
    due = Recovery(30, 20, 0, 1, 7, Ruling(500, 5))
    book = Subsidies(given={7: [(20, 500)]}, due=[due])

    book.turn_back(24)

    assert book.given == {7: [(-4, 500)]}
    assert book.due == [due._replace(month=6, given=-4)]
    assert book.had(7, 32, book.law(place.town)) == 0


def test_what_a_court_takes_back_is_paid_by_who_had_it(place: Prepared) -> None:
    """An assessed gift is challenged and lost: the part above the small sum comes back, once."""
    stewardship, town = copy.deepcopy((place.stewardship, place.town))
    book, council = stewardship.office.subsidies, int(town.economy.buyers.row[0])
    row = int(np.flatnonzero(town.economy.firms.alive)[0])
    uid = int(town.economy.parties.uid[row])
    giver = Giver(council, 1.0, (0, 0))
    before = int(town.ledger.deposits[row])
    book.give(town, giver, row, uid, book.rule(town, giver, uid, SMALL + 5_000))

    town.month += 12
    settle_law(stewardship, town)

    assert before - int(town.ledger.deposits[row]) == 5_000
    assert [one.reason for one in stewardship.waiting] == ["subsidy", "subsidy challenged"]
    assert not book.due
    assert book.had(uid, town.month, book.law(town)) == SMALL
    assert book.rule(town, giver, uid, 1).pence == 0
    town.month += 24
    assert book.had(uid, town.month, book.law(town)) == 0, "gift and recovery grow old together"
    town.month -= 36
    carry_out(town, written(stewardship.waiting), advisers(town))


def assessed(
    place: Prepared, course: Course, row: int | None = None
) -> tuple[Stewardship, Town, int]:
    """Give an enterprise three times what is small by a course, and let the gift be quashed."""
    stewardship, town = copy.deepcopy((place.stewardship, place.town))
    book, council = stewardship.office.subsidies, int(town.economy.buyers.row[0])
    if row is None:
        row = int(stewardship.portfolio.places.supplier[_places(stewardship)[0]])
    uid, giver = int(town.economy.parties.uid[row]), Giver(council, 1.0, (0, 0))
    book.give(town, giver, row, uid, book.rule(town, giver, uid, 3 * SMALL), course)
    town.ledger.deposits[row] += 10**9
    return stewardship, town, row


def _places(stewardship: Stewardship) -> Int64:
    """Return the places at the first council where one supplier serves alone."""
    places = stewardship.portfolio.places
    alone = np.bincount(places.arrangement)[places.arrangement] == 1
    return np.flatnonzero(alone & (places.buyer_index == 0))


def test_a_second_loan_to_the_same_enterprise_may_be_challenged_like_the_first(
    place: Prepared,
) -> None:
    """Two soft loans half a year apart, both above what is small: both go back, after two courts.

    Each decision to give is open to review (Subsidy Control Act 2022 s. 70), not the first alone.
    """
    soon = {**place.town.a, "subsidy.months": 12.0}
    town = replace(copy.deepcopy(place.town), a=place.town.a.with_values(soon))
    book, row = Subsidies(), int(np.flatnonzero(town.economy.firms.alive)[0])
    uid, giver = int(town.economy.parties.uid[row]), Giver(0, 1.0)
    for pence in (SMALL + 5_000, 7_000):
        book.give(
            town, giver, row, uid, book.rule(town, giver, uid, pence), course_of_loan(pence, 1)
        )
        town.month += 6

    assert [one.reason for one, _ in book.asked] == ["subsidy", "subsidy challenged"] * 2
    assert [(one.month - one.given, one.ruling.above) for one in book.due] == [
        (12, 5_000),
        (12, 7_000),
    ]


def test_two_decisions_of_one_month_are_challenged_each_by_its_own_luck(place: Prepared) -> None:
    """Of a hundred firms given two loans at once some are challenged for one of them alone."""
    town = replace(place.town, a=place.town.a.with_values({"subsidy.risk": 0.5}))
    book, giver = Subsidies(), Giver(0, 1.0)

    for uid in range(100):
        for _ in range(2):
            book.give(town, giver, 0, uid, Ruling(SMALL, SMALL), course_of_loan(SMALL, 1))

    challenged = Counter(one.uid for one in book.due)
    assert {0, 1, 2} == {challenged[uid] for uid in range(100)}


def test_instalments_of_a_year_are_one_decision_and_go_back_together(place: Prepared) -> None:
    """Help is paid from May on: assessed in May, and once more in April, when it is voted again.

    What the first year's decision paid goes back when its court has spoken, each instalment.
    """
    town = copy.deepcopy(place.town)
    town.month, town.calendar = 50, 2019 * 12 + 4
    book, row = Subsidies(), int(np.flatnonzero(town.economy.firms.alive)[0])
    uid = int(town.economy.parties.uid[row])
    giver = Giver(int(town.economy.buyers.row[0]), 1.0)
    book.given[uid] = [(town.month, SMALL)]
    town = replace(town, a=town.a.with_values({"subsidy.months": 12.0}))
    for _ in range(12):
        book.give(town, giver, row, uid, book.rule(town, giver, uid, 1_000))
        town.month, town.calendar = town.month + 1, town.calendar + 1
    town.ledger.deposits[row] += 10**9
    held = int(town.ledger.deposits[row])

    back = book.recover(town)

    assert [one.reason for one, _ in book.asked].count("subsidy") == 2, "in May and in April"
    assert len(back) == 11, "May to March"
    assert held - int(town.ledger.deposits[row]) == 11_000
    assert [(one.given, one.month) for one in book.due] == [(61, 73)]


def test_of_a_grant_a_court_takes_back_what_has_been_paid_and_ends_it(place: Prepared) -> None:
    """Of 36 months' grant, two thirds of it above what is small, a year has been paid.

    Two thirds of the year's are paid back; the grant ends, and its lots are let again. What was
    never paid does not count against what the enterprise may have.
    """
    stewardship, town, row = assessed(place, Course(Way.GRANT, months=36))
    book, portfolio = stewardship.office.subsidies, stewardship.portfolio
    uid = int(town.economy.parties.uid[row])
    mine = portfolio.places.arrangement[portfolio.places.supplier == row].tolist()
    alone = set(portfolio.places.arrangement[_places(stewardship)].tolist())
    number = next(number for number in mine if number in alone)
    granted = portfolio.standing[number].arrangement._replace(form=Form.GRANT)
    portfolio.rewrite(number, granted)
    lots, held = list(stewardship.lots_of[number]), int(town.ledger.deposits[row])

    town.month += 12
    settle_law(stewardship, town)

    assert held - int(town.ledger.deposits[row]) == 2 * SMALL // 3
    assert number not in portfolio.standing
    assert set(mine) - {number} <= set(portfolio.standing), "contracts go on"
    assert [lot.arrangement for lot in lots] == [VACANT] * len(lots)
    line = stewardship.register.lines[int(stewardship.numbers[number])]
    assert "a court quashed the grant" in stewardship.register.texts[line["result"]]
    assert book.had(uid, town.month, book.law(town)) == SMALL // 3


def test_a_quashed_grant_that_has_not_begun_is_not_paid_back(place: Prepared) -> None:
    """Where the first instalment is still to come nothing is owed, and nothing is counted."""
    stewardship, town, row = assessed(place, Course(Way.GRANT, months=36, wait=12))
    book, held = stewardship.office.subsidies, int(town.ledger.deposits[row])
    uid = int(town.economy.parties.uid[row])

    town.month += 12
    settle_law(stewardship, town)

    assert int(town.ledger.deposits[row]) == held
    assert book.had(uid, town.month, book.law(town)) == 0


def test_a_quashed_rent_is_whole_again(place: Prepared) -> None:
    """A third of what a year's low rent has saved stays; from now on the tenant pays in full."""
    stewardship, town, row = assessed(place, Course(Way.RENT, months=36))
    rent, held = int(town.economy.firms.rent_pence[row]), int(town.ledger.deposits[row])

    town.month += 12
    settle_law(stewardship, town)

    assert held - int(town.ledger.deposits[row]) == 2 * SMALL // 3
    assert town.economy.firms.rent_pence[row] - rent == round(3 * SMALL / 36)


def test_a_quashed_loan_bears_the_markets_rate(place: Prepared) -> None:
    """Of a grant and the interest saved so far two thirds go back, and no more is saved.

    Of 10 years' saving on a debt that falls, the first year's is 19.0 %, not a tenth.
    """
    town, one = founded(place)
    one.charter = one.charter._replace(stack=one.charter.stack._replace(loan_rate=0.0))
    other = replace(place, town=town)
    stewardship, town, row = assessed(other, course_of_loan(SMALL, 120), one.row)
    one, held = town.enterprises.living[0], int(town.ledger.deposits[row])

    town.month += 12
    settle_law(stewardship, town)

    had = SMALL + 2 * SMALL * 12 * 229 // (120 * 121)
    assert held - int(town.ledger.deposits[row]) == had * 2 // 3
    assert one.charter.stack.loan_rate == town.a["finance.loan_rate"] > 0.0


def test_a_lever_pays_no_more_than_the_law_lets(place: Prepared) -> None:
    """Three employers, one of whom has had all that is small: it is paid nothing more."""
    book, town = Subsidies(), place.town
    rows, uids = np.arange(3, dtype=np.int32), np.array([11, 12, 13], dtype=np.int64)
    book.given[12] = [(town.month, SMALL)]

    paid = book.bounded(town, Giver(0, NOT_ABOVE), rows, uids, np.array([500, 500, 0]))

    assert paid.tolist() == [500, 0, 0]
    assert 13 not in book.given


@pytest.mark.compiled
def test_a_run_in_which_every_founding_is_assessed_adds_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Under a law by which GBP 10,000 is small all is challenged and lost: the books hold."""
    values = {**SURE, "incubated_coop__grant_share": 1.0, "incubated_coop__capital_months": 12.0}
    village = opened("price_quality", "incubated_coop", **values)
    strict = replace(Subsidies().law(village.town), small_pence=1_000_000)
    monkeypatch.setattr(tables, "subsidy_law", lambda *_: strict)

    books = live(village, "incubated_coop", 24)

    kinds = books.tables["flows"]["kind"]
    assert [check for check in check_books(books) if not check.holds] == []
    assert (kinds == Kind.REMEDY).any(), "nothing was taken back"
