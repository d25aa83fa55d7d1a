"""What a framework of cost plus an agreed margin tempts its suppliers to, and what deters them."""

import pytest

from simulation.procurement.ethical_framework import EthicalFramework
from tests.procurement.markets import market


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
