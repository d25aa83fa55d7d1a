"""A framework of cost plus an agreed margin: what it tempts its suppliers to, who has the work."""

import numpy as np
import pytest

from simulation.procurement.commissioning import arrange
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.interface import CallOff, Terms, Volume, Volumes
from simulation.procurement.rolls import roll_of_one
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stories import BARE, THREAD


@pytest.mark.parametrize(
    ("audits", "padded"),
    [
        ({"audit_rate": 0.0}, 0.075),
        ({"audit_rate": 0.05, "audit_months": 12.0, "audit_finds": 0.5}, 0.0525),
        ({"audit_rate": 1.0, "audit_months": 12.0, "audit_finds": 0.5}, 0.0375),
        ({"audit_rate": 1.0, "audit_months": 12.0, "audit_finds": 1.0}, 0.0),
    ],
    ids=["none", "some", "every month", "and all is found"],
)
def test_costs_are_overstated_less_where_an_audit_would_find_it(
    audits: dict[str, float], padded: float
) -> None:
    """A tenth, by the three quarters that are not honest, by what is likely to pass.

    One audit in twenty months looks back over twelve: six in ten are looked at, half is found.
    """
    regime = EthicalFramework({"padding": 0.1, **audits})

    padding = regime.padding(market(2, honesty=[0.25, 1.0]))

    assert padding == pytest.approx([padded, 0.0])


@pytest.mark.parametrize(("promised", "shares"), [(True, [0.7, 0.3]), (False, [0.4, 0.6])])
def test_work_that_was_promised_is_not_called_off(promised: bool, shares: list[float]) -> None:
    """Else the cheaper has all that it has room for, six tenths, and the other what is left."""
    terms = Terms(
        36, 30.0, 0.2, 0.5, 0.0, 0.0, call_off=CallOff.MINI_COMPETITION, volume_guaranteed=promised
    )
    ones = np.ones(2)
    month = Volume(
        month=2, units=10_000.0, share=np.array([0.7, 0.3]), unit_price=np.array([1.1, 1.0]),
        cost=ones, capacity=6_000.0 * ones, quality=ones, record=ones, uid=np.array([7, 8]),
    )  # fmt: skip
    regime = EthicalFramework({"refusal": 0.0})

    assert regime.divide_volume(month, terms, plain(), SteadyLuck()) == pytest.approx(shares)


def test_nobody_waits_in_a_framework_in_which_nobody_has_stopped() -> None:
    """Nothing is noted of its providers yet: three like ones serve the whole need."""
    a = plain(**{**BARE, "delivery__favouritism": 0.0})
    regime = EthicalFramework({"handover_months": 2.0, "smallest_place": 100_000.0, "refusal": 0.0})
    made = arrange(need(), regime, regime.procure(need(), market(), a, SteadyLuck()), THREAD, a)
    ones = np.ones(3)
    volumes = Volumes(1, 1e4 * ones, ones / 3, ones, ones, 1e9 * ones, ones, ones, made.uid)

    shares = regime.divide_all(roll_of_one(made, regime, -1), volumes, a, SteadyLuck())

    assert made.state is None
    assert shares == pytest.approx([1 / 3] * 3)
