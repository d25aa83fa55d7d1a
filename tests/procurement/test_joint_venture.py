"""Who owns a joint venture, and who has its dividends."""

import pytest

from simulation.procurement.interface import Intent
from simulation.procurement.joint_venture import JointVenture


@pytest.mark.parametrize("shares", [None, 0.01, 0.5])
def test_a_company_in_which_the_council_has_a_share_may_be_founded(shares: float | None) -> None:
    """However small it is, and where the policy does not name it."""
    named = {} if shares is None else {"council_shares": shares}

    assert not list(JointVenture.problems(Intent(named, 0.0, {"catering": 214_904.0})))


def test_a_company_of_the_partner_alone_is_no_joint_venture() -> None:
    """Work for it is bought, so the policy is refused by the Localism Act."""
    intent = Intent({"council_shares": 0.0}, 0.0, {"catering": 214_904.0})

    (found,) = JointVenture.problems(intent)

    assert found.path == ("parameters", "council_shares")
    assert "Localism Act 2011, s. 4" in found.hint


def test_dividends_follow_the_shares() -> None:
    """Half of a surplus is paid out: three fifths of it to the council, two to the partner."""
    split = JointVenture({"payout": 0.5, "council_shares": 0.6}).split()

    assert (split.council, split.partner) == pytest.approx((0.3, 0.2))
