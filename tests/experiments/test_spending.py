"""How concentrated a council's purchases are, and who of the payees is named."""

import pyarrow as pa
import pytest

from experiments.analysis.resolved_spending import kinds, places, range_of
from experiments.analysis.spending import Line, bands, concentration
from scenarios.sources.resolved import net_of


def paid(*rows: tuple[str, str, int]) -> pa.Table:
    """Purchases: who was paid, of which kind they are, how many pence."""
    payees, kinds, pence = zip(*rows, strict=True)
    return pa.table({"payee": payees, "payee_kind": kinds, "pence": pence})


def test_shares_are_of_named_suppliers_and_the_rest_is_told() -> None:
    """3 and 1 of 4 named pounds: 75 squared and 25 squared; one pound of five is redacted."""
    found = concentration(
        paid(("A", "organisation", 300), ("B", "person", 100), ("x", "redacted", 100))
    )

    assert (found.suppliers, found.hhi, found.top) == (2, 6250.0, [(1, 0.75)])
    assert found.unnamed == pytest.approx(0.2)


def test_where_nobody_is_named_that_is_said() -> None:
    """No supplier, no index, and all of it unnamed."""
    found = concentration(paid(("x", "redacted", 100), ("y", "not_stated", 50)))

    assert (found.suppliers, found.hhi, found.unnamed) == (0, None, 1.0)


def test_bands_hold_their_lower_edge() -> None:
    """Refunds stand apart; a payment of 500 pounds is in the band that begins there."""
    found = bands(pa.table({"pence": [-1, 0, 499_99, 500_00, 1_000_000_00]}))

    assert found == [
        Line("below £0", 1, -1),
        Line("below £500", 2, 499_99),
        Line("£500 to below £1,000", 1, 500_00),
        Line("£1,000,000 and above", 1, 1_000_000_00),
    ]


def test_who_gave_back_more_than_it_was_paid_is_no_part_of_a_share() -> None:
    """One rule: sums are net of its credit, shares are of those who were paid; both are told."""
    suppliers = pa.table(
        {
            "kind": ["sme", "sme", "unknown"],
            "pence": [300, -100, 100],
            "based": [["E08000008"], ["E08000008"], None],
        }
    )

    net = net_of(suppliers["pence"].to_numpy())
    of_kind = {one["kind"]: one for one in kinds(suppliers)}
    here = places(suppliers, "based", ["E08000008"])

    assert (net.paid.tolist(), net.credits_pence, net.creditors) == ([300, 0, 100], -100, 1)
    assert (of_kind["sme"]["suppliers"], of_kind["sme"]["pence"]) == (1, 300)
    assert range_of(here) == (300, 400)
    assert sum(here.values()) + net.credits_pence == sum(suppliers["pence"].to_pylist())
