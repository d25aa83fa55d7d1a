"""What a cost that nobody foresaw does to the price of a contract as it is signed."""

import numpy as np
import pytest

from simulation.procurement.alliance import Alliance
from simulation.procurement.commissioning import arrange
from simulation.procurement.interface import Arrangement, Regime
from simulation.procurement.lowest_price import LowestPrice
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stories import BARE, THREAD

BELIEVED = 0.8


def signed_at(regime: Regime, cost: float) -> tuple[float, Arrangement]:
    """Sign what was won on a belief of 80p a unit, where the work costs something else.

    Gives the price of the first that was awarded beside the contract.
    """
    a = plain(**BARE, delivery__price_review=0.25)
    outcome = regime.procure(need(), market(), a, SteadyLuck())
    many = outcome.bids.size
    bids = outcome.bids._replace(cost=np.full(many, cost), estimate=np.full(many, BELIEVED))
    outcome = outcome._replace(bids=bids, delay_months=2)
    return float(outcome.award.unit_prices[0]), arrange(need(), regime, outcome, THREAD, a)


def test_a_rise_is_passed_on_in_the_part_that_was_agreed() -> None:
    """The work costs 20p more than was believed, of which the council bears a quarter."""
    price, signed = signed_at(LowestPrice(), BELIEVED + 0.2)

    assert signed.unit_prices == pytest.approx([price + 0.05])


def test_a_fall_is_the_suppliers_own() -> None:
    """Where the work costs less than was believed, the price stays what it was."""
    price, signed = signed_at(LowestPrice(), BELIEVED - 0.2)

    assert signed.unit_prices == pytest.approx([price])


@pytest.mark.parametrize("cost", [0.6, 1.0])
def test_open_books_pass_on_rise_and_fall_with_the_margin(cost: float) -> None:
    """Costs a quarter higher or lower: so is the price."""
    price, signed = signed_at(Alliance(), cost)

    assert signed.terms.open_book
    assert signed.unit_prices[0] == pytest.approx(price * cost / BELIEVED)


def test_a_delay_moves_the_contract_and_does_not_shorten_it() -> None:
    """Asked for in month 1 and held up for two: it runs for its 36 months from month 3."""
    _, signed = signed_at(LowestPrice(), BELIEVED)

    assert (signed.start, signed.end) == (3, 39)
