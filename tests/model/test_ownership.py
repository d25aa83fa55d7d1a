"""Owners retire: what becomes of their firms where a council helps staff to buy, and else."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from scenarios.vocabulary import Instrument, Kind, OwnerKind
from simulation.accounting.books import Books
from simulation.accounting.identities import check_books
from simulation.economy.enterprises import Enterprise
from simulation.economy.firm_life import wind_up
from simulation.economy.members import enrol
from simulation.economy.roll import staff_of
from simulation.economy.succession import Retiring
from simulation.economy.town import Town
from simulation.model import conversions, economy_model
from simulation.model.conversions import LEVER, convert, support, take_back
from simulation.model.levers import _put_floor, levers_of
from simulation.model.purse import Purse
from simulation.model.run import Prepared, live
from simulation.model.subsidies import Subsidies
from simulation.pillars.employment import Hours
from simulation.procurement.subsidy import NOT_ABOVE
from tests.model.test_levers import opened, paid

MONTHS = 24
EAGER = {
    "ownership.retirement": 1.0,
    "ownership.closes": 0.3,
    "ownership.willing": 1.0,
    "ownership.sold_away": 0.5,
}
"""Every owner retires within a year or so, and each would sell to the staff."""
SUM = "plural_ownership=600000"


@contextmanager
def watching() -> Iterator[list[Town]]:
    """Keep the town of a run after each month."""
    seen: list[Town] = []
    step = economy_model.EconomyModel.step

    def looked(model: economy_model.EconomyModel) -> None:
        step(model)
        seen.append(model.town)
        for one in model.town.enterprises.living:
            of = one.members
            assert of.owed == of.credited - of.paid_out - of.lost
            assert one.council_loan >= 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(economy_model.EconomyModel, "step", looked)
        yield seen


@pytest.fixture(scope="module")
def lived() -> tuple[Prepared, Books, Town]:
    """Two years in which staff buy what they can."""
    place = opened(SUM, EAGER)
    with watching() as seen:
        books = live(place, "lev", MONTHS)
    return place, books, seen[-1]


def ready(pounds: int, **values: float) -> tuple[Town, Purse]:
    """Open the three districts with so much money ready for conversions."""
    changed = {name.replace("__", "."): value for name, value in values.items()}
    place = opened(SUM, {**EAGER, **changed})
    town, chosen = place.town, place.policies["lev"]
    purse = levers_of(town, chosen.pillars, chosen.adopters).purses[0]
    purse.left[LEVER] = pounds * 100
    town.ledger.deposits[purse.row] += 10**10
    town.ledger.opening_total += 10**10
    town.month = town.lived = 1
    return town, purse


def profitable(town: Town, staff: int = 3) -> int:
    """Give a firm of a household that employs some residents a profit of GBP 1,000 a month."""
    heads, kind = town.now.roll.heads[: town.n_firms], town.economy.parties.owner_kind
    fit = (heads >= staff) & (kind[: town.n_firms] == OwnerKind.LOCAL)
    fit &= town.economy.parties.area[: town.n_firms] == town.economy.areas.focus
    row = int(np.flatnonzero(fit)[0])
    town.now.profit[row] = 100_000
    return row


def one_leaves(row: int, heirless: bool = False) -> Retiring:
    """Let the owner of one firm retire."""
    return Retiring(np.array([row], dtype=np.int32), np.array([heirless]))


def test_staff_buy_the_firm_of_an_owner_who_retires() -> None:
    """The council pays three years' profit to the owner; the firm owes it, and nobody owns it."""
    town, purse = ready(100_000)
    row = profitable(town)
    owner = int(town.economy.firms.owner[row])
    held, had = int(town.ledger.deposits[owner]), purse.left[LEVER]

    left = convert(town, purse, one_leaves(row), Subsidies())

    (one,) = town.enterprises.living
    price, advice = 36 * 100_000, 1_500_000
    assert left.rows.size == 0
    assert int(town.ledger.deposits[owner]) - held == price == one.council_loan
    assert had - purse.left[LEVER] == price + advice
    assert town.now.extra_inputs[row] == advice
    assert town.economy.firms.owner[row] == -1
    assert town.economy.parties.owner_kind[row] == OwnerKind.COOP
    assert one.charter.asset_lock
    assert one.instalment == -(-price // 84)


def test_money_that_is_not_there_converts_nobody() -> None:
    """A penny short of price and advice, nothing is paid and the owner's firm goes elsewhere."""
    town, purse = ready(51_000)
    row = profitable(town)
    purse.left[LEVER] -= 1
    before = town.ledger.deposits.copy()

    left = convert(town, purse, one_leaves(row), Subsidies())

    assert left.rows.tolist() == [row]
    assert not town.enterprises.living
    np.testing.assert_array_equal(town.ledger.deposits, before)


def test_a_firm_without_profit_or_staff_is_not_offered() -> None:
    """No profit, too few employees or an owner who does not want to: no conversion."""
    for values in ({"ownership__willing": 0.0}, {"ownership__least_staff": 10_000.0}):
        town, purse = ready(10**6, **values)
        assert convert(town, purse, one_leaves(profitable(town)), Subsidies()).rows.size == 1
    town, purse = ready(10**6)
    row = profitable(town)
    town.now.profit[row] = 0
    assert convert(town, purse, one_leaves(row), Subsidies()).rows.size == 1


def test_a_conversion_is_held_to_subsidy_control() -> None:
    """Advice and the interest saved count; a cautious council with too little room lets it be."""
    for room, many in ((0, 0), (10**7, 1)):
        town, purse = ready(100_000)
        row = profitable(town)
        uid = int(town.economy.parties.uid[row])
        book = Subsidies(appetite={purse.row: NOT_ABOVE})
        had = book.law(town).small_pence - 1_500_000 - room
        book.given[uid] = [(town.month, had)]

        convert(town, purse, one_leaves(row), book)

        assert len(town.enterprises.living) == many
        given = sum(pence for _, pence in book.given[uid]) - had
        assert (given > 1_500_000) is (many == 1)


def test_what_help_taught_does_not_stay_with_the_row() -> None:
    """A newcomer where a supported co-op has closed is as skilled as the firm before it."""
    town, purse = ready(100_000, ownership__support_skill=0.1)
    one = bought(town, purse)
    skill = float(town.economy.firms.bid_skill[one.row])
    support(town, purse, Subsidies())

    wind_up(town, np.array([one.row], dtype=np.int32))

    assert one.trained
    assert town.economy.firms.bid_skill[one.row] == pytest.approx(skill)


def test_a_floor_under_pay_gives_back_nothing_that_members_pay_in() -> None:
    """Pay of GBP 2,000 at least, of which a member still pays in GBP 10."""
    town, purse = ready(100_000)
    one, floor = bought(town, purse), 200_000
    staff = np.sort(staff_of(town, np.array([one.row], dtype=np.int32))).astype(np.int64)
    enrol(town, [town.economy.workers.wage_pence[one.members.worker]])
    one.members.kept_back[:] = 1_000

    _put_floor(town, np.array([one.row], dtype=np.int32), floor, Hours(0.0, 1.0, 1.0))

    assert one.members.worker.tolist() == staff.tolist()
    assert town.economy.workers.wage_pence[staff].min() == floor - 1_000
    assert town.now.roll.pay[one.row] == town.economy.workers.wage_pence[staff].sum()


def test_running_help_ends_where_no_more_may_be_given() -> None:
    """Who has had all that the law of the date allows gets no help, and is not supported."""
    town, purse = ready(100_000)
    one = bought(town, purse)
    book = Subsidies(appetite={purse.row: NOT_ABOVE})
    book.given[one.uid] = [(town.month, book.law(town).small_pence)]
    left = purse.left[LEVER]

    support(town, purse, book)

    assert not one.supported
    assert purse.left[LEVER] == left


def test_a_municipal_share_is_bought_and_not_owed() -> None:
    """With two fifths for the council three fifths are lent, and it has two fifths of dividends."""
    town, purse = ready(100_000, ownership__municipal_share=0.4)
    row = profitable(town)

    convert(town, purse, one_leaves(row), Subsidies())

    (one,) = town.enterprises.living
    assert one.capital.equity == 36 * 40_000
    assert one.council_loan == 36 * 60_000
    assert one.charter.split.council == pytest.approx(0.5 * 0.4)
    assert one.charter.split.workers == pytest.approx(0.5 * 0.6)


@pytest.mark.compiled
def test_every_penny_is_told_and_what_is_paid_back_is_lent_again(
    lived: tuple[Prepared, Books, Town],
) -> None:
    """All identities hold, loans sum to nothing, and more is spent than the sums put aside."""
    _, books, town = lived

    assert [check for check in check_books(books) if not check.holds] == []
    assert len(town.enterprises.living) > 3
    stocks = books.tables["stocks"]
    for instrument in (Instrument.COUNCIL_LOANS, Instrument.MEMBER_ACCOUNTS, Instrument.EQUITY):
        now = (stocks["instrument"] == instrument) & (stocks["month"] == MONTHS)
        assert int(stocks["pence"][now].sum()) == 0
    assert paid(books, Kind.CAPITAL_REPAID) > 0
    spent = paid(books, Kind.ASSET_PURCHASE) + paid(books, Kind.SUBSIDY)
    assert spent <= 600_000_00 * MONTHS / 12 + paid(books, Kind.CAPITAL_REPAID) + paid(
        books, Kind.INTEREST
    )


@pytest.mark.compiled
def test_money_in_converted_firms_is_told_to_the_penny(
    lived: tuple[Prepared, Books, Town],
) -> None:
    """What was lent for conversions came back, was lost, or is still owed; no loss is negative."""
    _, books, town = lived
    told, held = books.tables["capital"], town.enterprises

    sums = {name: int(told[name].sum()) for name in told}
    out = sums["lent_pence"] + sums["shares_pence"]
    back = sums["repaid_pence"] + sums["returned_pence"]
    assert out == sum(one.capital.loan for one in (*held.living, *held.closed)) > 0
    assert out - back - sums["lost_pence"] == sum(one.council_loan for one in held.living)
    assert (told["lost_pence"] >= 0).all()
    assert all(one.at_risk.outstanding == 0 for one in held.closed)


def bought(town: Town, purse: Purse) -> Enterprise:
    """Let staff buy a profitable firm."""
    convert(town, purse, one_leaves(profitable(town)), Subsidies())
    return town.enterprises.living[0]


def test_failure_writes_the_loan_off_and_the_rest_founds_the_next() -> None:
    """A converted firm that closes pays the council what there is, and nothing is owed after."""
    town, purse = ready(100_000)
    one = bought(town, purse)
    town.economy.parties.loans[one.row] = 0
    cash = int(town.ledger.deposits[one.row])
    had = purse.left[LEVER]

    wind_up(town, np.array([one.row], dtype=np.int32))
    take_back(town, purse)

    assert town.enterprises.closed == [one]
    assert one.council_loan == 0
    assert purse.left[LEVER] - had == cash
    assert int(town.ledger.deposits[one.row]) == 0


def test_running_help_is_paid_and_makes_skilled_once() -> None:
    """A hundred pounds a month are spent along the co-op's links; skill rises the first time."""
    town, purse = ready(100_000, ownership__support_skill=0.1)
    one = bought(town, purse)
    skill, had = float(town.economy.firms.bid_skill[one.row]), purse.left[LEVER]
    town.now.extra_inputs[one.row] = 0

    book = Subsidies()
    support(town, purse, book)
    support(town, purse, book)

    assert had - purse.left[LEVER] == 2 * 10_000 == town.now.extra_inputs[one.row]
    assert one.supported
    assert town.economy.firms.bid_skill[one.row] == pytest.approx(skill + 0.1)


def test_the_charter_asks_no_stake_of_a_wholly_municipal_firm() -> None:
    """With all of it the council's, members pay in nothing and are paid nothing."""
    town, _ = ready(0, ownership__municipal_share=1.0)

    charter = conversions.charter_of(town.a)

    assert charter.stake_months == charter.split.workers == 0.0
    assert charter.split.council == 0.5
