"""What is owed and owned beside trade: fees, members' loans, a failed partner's shares."""

import copy
from types import SimpleNamespace

import numpy as np
import pytest

from scenarios.spec import Closure
from scenarios.vocabulary import Institution, Instrument, OwnerKind
from simulation.economy.enterprise_surplus import shares_of_owners
from simulation.economy.enterprises import Enterprise
from simulation.economy.firm_life import wind_up
from simulation.economy.founding import found, pay_in
from simulation.economy.seats import Seat
from simulation.economy.town import Town
from simulation.model.budget import Budget
from simulation.model.portraits import note_stocks
from simulation.model.rows import Rows
from simulation.model.run import Prepared
from simulation.procurement.joint_venture import JointVenture
from tests.model.founded import opened
from tests.model.opening import QUIET
from tests.procurement.markets import need
from tests.procurement.test_club_stakes import BOTH
from tests.procurement.test_club_stakes import village as with_stakes


@pytest.mark.parametrize(("fees", "saved"), [(0.0, 300.0), (200.0, 100.0), (500.0, 0.0)])
def test_what_a_club_was_paid_is_not_given_back_in_council_tax(fees: float, saved: float) -> None:
    """Of a thousand, seven hundred buys the need; what went to the club is no saving."""
    budget = Budget(
        Closure(savings="tax"),
        np.zeros((1, 1)),
        np.array([[fees]]),
        np.zeros((1, 1), dtype=np.int64),
    )
    buyers = SimpleNamespace(budget_month=np.array([[1_000]]))
    town = SimpleNamespace(
        economy=SimpleNamespace(buyers=buyers), a={"closure.process_smoothing": 1.0}
    )

    budget.volume(town, np.array([[700.0]]), np.zeros((1, 1)))  # type: ignore[arg-type]

    assert budget.saved is not None
    assert budget.saved.tolist() == [saved]


def test_members_loans_stand_on_the_balance_sheet() -> None:
    """The co-ops owe them, members hold them, and repayments lower both."""
    model = with_stakes({"fewest_members": 2.0, **BOTH, "loan_share": 0.3}, QUIET)
    classes, owed = model.town.economy.classes, []

    for month in range(13):
        model.step()
        if month in (2, 12):
            rows = Rows("stocks")
            note_stocks(rows, model.town)
            stocks = rows.table()
            mine = stocks["instrument"] == Instrument.MEMBER_ACCOUNTS
            club = classes.institution[stocks["klass"]] == Institution.CLUB
            assert stocks["pence"][mine].sum() == 0
            owed.append(int(stocks["pence"][mine & club].sum()))
    model.let_go()

    assert owed[0] < owed[1] < 0


@pytest.fixture(scope="module")
def village() -> Prepared:
    """The village with seats for joint ventures."""
    return opened("price_quality", "joint_venture")


def ventured(prepared: Prepared) -> tuple[Town, Enterprise]:
    """Found a company of the council and a private firm in a copy of the village."""
    town = copy.deepcopy(prepared.town)
    document = JointVenture().charter(need(), town.a)
    assert document is not None
    firms, kinds = town.economy.firms, town.economy.parties.owner_kind
    own = kinds[: firms.n_agents] == OwnerKind.LOCAL
    held = town.ledger.deposits[: firms.n_agents]
    partner = int(np.argmax(np.where(firms.alive[: firms.n_agents] & own, held, -1)))
    seat = Seat(0, 0, OwnerKind.LOCAL)
    one = found(town, seat, document, 15_000.0, 7_500.0, partner)
    assert one is not None
    pay_in(town)
    return town, one


def test_the_council_buys_the_shares_of_a_partner_that_fails(village: Prepared) -> None:
    """The administrator is paid their part of net worth, and the partner's bank has it first."""
    town, one = ventured(village)
    partner, council = one.partner, one.council
    share = shares_of_owners(town, one)[1]
    parties = town.economy.parties
    town.ledger.deposits[council] += 10**9
    before = int(town.ledger.deposits[council])
    worth = int(town.ledger.deposits[one.row]) - int(parties.loans[one.row]) - one.council_loan

    wind_up(town, np.array([partner], dtype=np.int32))

    price = int(worth * share)
    assert price > 0
    assert before - int(town.ledger.deposits[council]) == price
    assert town.enterprises.charges[-1] == (0, 0, price)
    assert one.bought_out
    assert shares_of_owners(town, one) == (1.0, 0.0)
    assert int(parties.loans[partner]) == 0
    assert int(town.ledger.deposits[partner]) == 0


def test_a_council_without_money_takes_the_shares_for_what_it_has(village: Prepared) -> None:
    """Nobody else may buy them; what it cannot pay the creditors go without."""
    town, one = ventured(village)
    town.ledger.deposits[one.council] = int(town.now.payroll[one.council])

    wind_up(town, np.array([one.partner], dtype=np.int32))

    assert one.bought_out
    assert int(town.ledger.deposits[one.council]) == int(town.now.payroll[one.council])
