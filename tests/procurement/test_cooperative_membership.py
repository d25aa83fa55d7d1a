"""What members of a co-op sign, and that a month of it is settled among them."""

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.procurement.commissioning import arrange
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.learning import Memory
from simulation.procurement.portfolio import Portfolio, Suppliers
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stories import BARE, THREAD

ACCOUNT = 50


@pytest.mark.parametrize(("relationship", "counts"), [(0.0, 0.1), (0.5, 0.6), (0.95, 1.0)])
def test_a_member_s_record_counts_for_more_than_in_a_tender(
    relationship: float, counts: float
) -> None:
    """A tenth as in any tender, what the rules add to it, and never more than the whole."""
    regime, a = CooperativeMembership({"relationship": relationship}), plain(**BARE)
    award = regime.procure(need(), market(), a, SteadyLuck()).award

    assert regime.terms(need(), award, a).relationship == pytest.approx(counts)


def test_a_club_in_force_has_its_month_settled() -> None:
    """Three members and the council pay fees into its account, and pay once for joining."""
    a, firms, regime = plain(**BARE), market(), CooperativeMembership()
    made = arrange(need(), regime, regime.procure(need(), firms, a, SteadyLuck()), THREAD, a)
    memory, book = Memory(1, 24, a), Portfolio(4)
    (number,) = book.enter([(made, regime, 1, ACCOUNT)])
    trade = Suppliers(firms.capacity, firms.utilisation, firms.honesty, np.zeros(3))
    units = book.divide(made.start, np.ones((1, 24)), trade, memory, a)
    done = book.deliver(made.start, units, trade, memory, a)

    settled = book.settle(made.start, done, trade, memory, a)

    payments = settled.payments
    fees = (payments.kind == Kind.MEMBER_CONTRIBUTION) & (payments.payee == ACCOUNT)
    assert settled.numbers.tolist() == [number]
    assert sorted(payments.payer[fees].tolist()) == [0, 0, 1, 1, 2, 2, 100, 100]
    assert book.standing[number].arrangement.state.paid_in
