"""A private firm, a co-operative and a charity: who may bid for what is kept for mutuals."""

from collections.abc import Sequence

import numpy as np
import pytest

from scenarios.vocabulary import OwnerKind
from simulation.procurement.commissioning import choose_option, conclude
from simulation.procurement.docket import Docket
from simulation.procurement.interface import Intent, Market, Need, Outcome
from simulation.procurement.law import LegalRisk, legality, power_for
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.reserved_mutual import ReservedMutual
from simulation.procurement.waiting import Contracts
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stories import BARE

PRICE_ALONE = {"quality_weight": 0.0, "least_suppliers": 0.0}
FIRM, COOP, CHARITY = OwnerKind.OUTSIDE, OwnerKind.COOP, OwnerKind.VCSE
AWARDED = 5
"""Month in which the co-operative won before."""


def care(**changes: object) -> Need:
    """Care for three years, let in June 2026."""
    return need(**{"year": 2026, "month_of_year": 6, **changes})


def three() -> Market:
    """A firm at 90 pence a unit, a co-operative at 100, a charity at 110."""
    return market(unit_cost=[0.9, 1.0, 1.1], owner_kind=[FIRM, COOP, CHARITY])


def held(asked: Need | None = None, **levers: float) -> Outcome:
    """Hold the competition with nothing in costs and prices but what is written."""
    regime = ReservedMutual({**PRICE_ALONE, **levers})
    return regime.procure(asked or care(), three(), plain(**BARE), SteadyLuck())


def bidders(outcome: Outcome) -> list[int]:
    """Rows of those who bid."""
    suppliers: list[int] = outcome.bids.supplier.tolist()
    return suppliers


@pytest.mark.parametrize(("led", "who"), [(0.0, [1]), (1.0, [1, 2])])
def test_the_cheap_firm_may_not_bid_for_what_is_kept_for_mutuals(
    led: float, who: Sequence[int]
) -> None:
    """S. 33: a co-op of its workers may, a charity only where its employees control it."""
    outcome = held(employee_led=led)

    assert bidders(outcome) == who
    assert outcome.bids.supplier[outcome.award.rows].tolist() == [1]
    assert outcome.award.unit_prices == pytest.approx([1.064])
    assert outcome.award.criterion == "price 100%; reserved for public service mutuals"


@pytest.mark.parametrize(("share", "who"), [(0.0, []), (1.0, [1, 2])])
def test_supported_employment_is_open_to_those_who_employ_enough_disabled_people(
    share: float, who: Sequence[int]
) -> None:
    """S. 32: neither firm; charity and co-op in so far as they are providers."""
    outcome = held(power=32.0, supported=share)

    assert bidders(outcome) == who
    assert "supported employment providers" in outcome.award.criterion or not who


def test_who_is_a_provider_is_a_matter_of_the_register_and_the_same_in_every_tender() -> None:
    """Of 10,000 charities about a tenth qualify, the same whatever tender, month and luck."""
    regime, n = ReservedMutual({"power": 32.0, "supported": 0.1}), 10_000
    firms = market(n, owner_kind=np.full(n, CHARITY))

    def providers(tender: int, luck: float) -> list[bool]:
        asked = care(tender=tender, month=tender)
        docket = Docket([asked], firms, np.array([0, n]), [SteadyLuck(luck)])
        found: list[bool] = regime.qualifies(docket).tolist()
        return found

    first = providers(1, 0.2)

    assert first == providers(2, 0.9)
    assert sum(first) == pytest.approx(1_000, abs=4 * 30)  # four standard deviations


@pytest.mark.parametrize(("month", "may"), [(AWARDED + 35, False), (AWARDED + 36, True)])
def test_a_mutual_waits_three_years_to_the_month(month: int, may: bool) -> None:
    """In the 35th month after an award it may not be awarded another, in the 36th it may."""
    uid = int(three().uid[1])

    outcome = held(care(month=month, earlier=((uid, AWARDED),)), employee_led=0.0)

    assert (bidders(outcome) == [1]) is may


def test_supported_employment_need_not_wait() -> None:
    """The three-year rule is one of s. 33 alone, and its switch takes it away there."""
    before = care(month=6, earlier=((int(three().uid[1]), AWARDED),))

    assert bidders(held(before, power=32.0, supported=1.0)) == [1, 2]
    assert bidders(held(before, employee_led=0.0, waiting_years=0.0)) == [1]


def test_of_two_like_contracts_in_one_month_a_mutual_wins_one() -> None:
    """The second goes to the next mutual, and a third to nobody."""
    a, firms = plain(**BARE), three()
    asked = [care(tender=70 + k) for k in range(3)]
    whole = Market._make(np.concatenate([column] * 3) for column in firms)
    docket = Docket(asked, whole, np.arange(4) * 3, [SteadyLuck()] * 3)
    regime = ReservedMutual({**PRICE_ALONE, "employee_led": 1.0})

    outcomes = regime.procure_all(docket, a)

    won = [one.bids.supplier[one.award.rows].tolist() for one in outcomes]
    assert won == [[1], [2], []]


def test_contracts_of_other_categories_and_buyers_are_not_comparable() -> None:
    """What one buyer let in one category keeps nobody from another's, or from another category."""
    book, regime, asked = Contracts(), ReservedMutual(), care(month=AWARDED)
    book.note(regime, asked, [7, 8])
    later = asked._replace(month=AWARDED + 35)

    assert book.before(regime, later) == ((7, AWARDED), (8, AWARDED))
    assert book.before(regime, later._replace(category=1)) == ()
    assert book.before(regime, later._replace(buyer_index=1)) == ()
    assert book.before(regime, later._replace(month=AWARDED + 36)) == ()


def test_the_memory_of_contracts_turns_back_with_the_calendar() -> None:
    """After a burn-in the months are counted from the story's opening; another power forgets."""
    book, regime, asked = Contracts(), ReservedMutual(), care(month=AWARDED)
    book.note(regime, asked, [7])
    book.note(ReservedMutual({"power": 32.0}), asked, [9])

    book.turn_back(24)

    assert book.before(regime, asked._replace(month=1)) == ((7, AWARDED - 24),)


@pytest.mark.parametrize(
    ("levers", "year", "months"),
    [
        ({}, 2026, 60),
        ({}, 2018, 36),
        ({"term_years": 2.0}, 2026, 24),
        ({"term_years": 0.0}, 2026, 60),
        ({"power": 32.0}, 2026, 120),
        ({"reserved": 0.0}, 2026, 120),
    ],
)
def test_a_contract_kept_for_mutuals_runs_no_longer_than_the_law_allows(
    levers: dict[str, float], year: int, months: int
) -> None:
    """Ten years asked: s. 33 gives five, reg. 77 three, s. 32 what is asked."""
    asked, a = care(months=120, year=year), plain(**BARE)
    regime = ReservedMutual({**PRICE_ALONE, "supported": 1.0, **levers})

    outcome = regime.procure(asked, three(), a, SteadyLuck())
    signed = conclude(asked, regime, power_for(regime, asked), outcome, a, SteadyLuck())

    assert signed.arrangement is not None
    assert signed.arrangement.end - signed.arrangement.start == months


def test_a_shorter_term_must_repay_the_bid() -> None:
    """A bidder reckons with five years and not with the ten of the need."""
    regime = ReservedMutual(PRICE_ALONE)
    docket = Docket([care(months=120)], three(), np.array([0, 3]), [SteadyLuck()])

    assert regime.terms_asked(docket, plain()).tolist() == [60.0]


def test_where_too_few_mutuals_could_come_all_may_bid_on_usual_terms() -> None:
    """Two wanted, one there: the cheapest firm wins for the usual term, and nobody waits."""
    a, asked = plain(**BARE), care(months=120)
    regime = ReservedMutual({"quality_weight": 0.0, "least_suppliers": 2.0, "employee_led": 0.0})
    outcome = regime.procure(asked, three(), a, SteadyLuck())

    signed = conclude(asked, regime, power_for(regime, asked), outcome, a, SteadyLuck())

    assert outcome.bids.supplier[outcome.award.rows].tolist() == [0]
    assert outcome.award.opened
    assert "opened to all: 1 could come" in signed.thread.result
    assert "s. 33" not in signed.thread.power
    assert signed.arrangement is not None
    assert signed.arrangement.terms.months == 120


@pytest.mark.parametrize(
    ("power", "year", "words"),
    [
        (33.0, 2016, "reg. 77"),
        (33.0, 2026, "s. 33"),
        (32.0, 2016, "reg. 20"),
        (32.0, 2026, "s. 32"),
    ],
)
def test_each_power_has_its_law_at_each_date(power: float, year: int, words: str) -> None:
    """Mutuals and supported employment, under the regulations and under the act."""
    verdict = power_for(ReservedMutual({"power": power}), care(year=year))

    assert words in verdict.power
    assert not verdict.contested


def test_goods_and_works_are_never_kept_for_mutuals() -> None:
    """Under s. 33 a need of works is bought as before; under s. 32 it may be reserved."""
    asked = care(category_id="highways", threshold_class="works", counterfactual=True)
    usual = LowestPrice()

    chosen, verdict = choose_option(asked, ReservedMutual(), usual, LegalRisk(), plain())

    assert chosen is usual
    assert "no route for works" in verdict.power
    assert legality(ReservedMutual({"power": 32.0}), "highways", "works", True, 2026, 6).lawful
    assert "homecare" in ReservedMutual.eligible({})
    assert "highways" not in ReservedMutual.eligible({})
    assert ReservedMutual.eligible({"power": 32.0}) == ()


@pytest.mark.parametrize(
    ("date", "years", "most"),
    [
        ((2018, 4), 3.0, ""),
        ((2018, 4), 4.0, "3 years at most"),
        ((2025, 2), 4.0, "3 years at most"),
        ((2025, 3), 5.0, ""),
        ((2025, 3), 6.0, "5 years at most"),
        (None, 5.0, ""),
        (None, 6.0, "5 years at most"),
    ],
)
def test_a_policy_may_ask_for_no_longer_term_than_the_law_of_its_date(
    date: tuple[int, int] | None, years: float, most: str
) -> None:
    """Three years under reg. 77, five under s. 33 since March 2025, and where no date is known."""
    intent = Intent({"term_years": years}, 0.0, {"homecare": 663_540.0}, date=date)

    found = list(ReservedMutual.problems(intent))

    assert [problem.wanted for problem in found] == ([most] if most else [])
    assert all(problem.path == ("parameters", "term_years") for problem in found)
