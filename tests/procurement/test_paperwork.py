"""How much work a competition is on paper, for who bids and for who buys, worked out by hand."""

import pytest

from simulation.procurement.alliance import Alliance
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.grant import Grant
from simulation.procurement.insourcing import Insourcing
from simulation.procurement.interface import Paperwork, Regime
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.reserved_local import ReservedLocal
from simulation.procurement.social_value import SocialValue
from tests.procurement.markets import plain

REGISTER = plain(
    tender__days_base=4.0,
    tender__days_quality=6.0,
    tender__days_social=2.0,
    tender__weight_of_full_answer=0.4,
    tender__buyer_hours=40.0,
    tender__buyer_hours_social=10.0,
    tender__buyer_hours_per_bid=3.0,
    tender__quotation_share=0.25,
)
"""Round numbers; a criterion with two fifths of the weight is asked about in full."""


def test_a_competition_on_price_alone_asks_the_least() -> None:
    """Four days of each bidder; forty hours of the buyer, and three for each bid."""
    assert LowestPrice().paperwork(True, REGISTER) == Paperwork(4.0, 40.0, 3.0)


def test_each_criterion_is_asked_about_by_its_weight() -> None:
    """A fifth for quality and a fifth for social value: half of a full answer to each."""
    regime = SocialValue({"weight": 0.2, "quality_weight": 0.25})

    asked = regime.paperwork(True, REGISTER)

    assert asked == pytest.approx(Paperwork(4.0 + 3.0 + 1.0, 40.0 + 5.0, 3.0 * (1.0 + 0.5 + 0.5)))


def test_no_answer_is_longer_than_a_full_one() -> None:
    """Above two fifths of the weight a criterion is asked about no further."""
    regime = SocialValue({"weight": 0.5, "quality_weight": 0.0})

    assert regime.paperwork(True, REGISTER) == pytest.approx(Paperwork(6.0, 50.0, 6.0))


def test_below_the_threshold_a_quotation_is_asked_for() -> None:
    """A quarter of all of it."""
    regime = SocialValue({"weight": 0.2, "quality_weight": 0.25})

    assert regime.paperwork(False, REGISTER) == pytest.approx(Paperwork(2.0, 11.25, 1.5))


@pytest.mark.parametrize(
    ("plain_way", "same_with_more", "is_less_below"),
    [
        (
            Alliance({"negotiation_days": 0.0, "negotiation_hours": 0.0}),
            Alliance({"negotiation_days": 5.0, "negotiation_hours": 12.0}),
            True,
        ),
        (
            EthicalFramework({"gate": 0.2, "gate_days": 0.0, "gate_hours": 0.0}),
            EthicalFramework({"gate": 0.2, "gate_days": 5.0, "gate_hours": 12.0}),
            True,
        ),
        (
            ReservedLocal({"proof_days": 0.0, "market_hours": 0.0}),
            ReservedLocal({"proof_days": 5.0, "market_hours": 12.0}),
            False,
        ),
    ],
    ids=["alliance", "framework", "reserved"],
)
def test_what_a_way_of_buying_asks_besides_is_added(
    plain_way: Regime, same_with_more: Regime, is_less_below: bool
) -> None:
    """Negotiation and a record are less of a burden for a small contract; proof is what it is."""
    part = 0.25 if is_less_below else 1.0

    above = [way.paperwork(True, REGISTER) for way in (plain_way, same_with_more)]
    below = [way.paperwork(False, REGISTER) for way in (plain_way, same_with_more)]

    assert above[1] == pytest.approx(
        Paperwork(above[0].bidder_days + 5.0, above[0].buyer_hours + 12.0,
                  above[0].buyer_hours_per_bid)
    )  # fmt: skip
    assert below[1] == pytest.approx(
        Paperwork(below[0].bidder_days + 5.0 * part, below[0].buyer_hours + 12.0 * part,
                  below[0].buyer_hours_per_bid)
    )  # fmt: skip


def test_who_is_open_to_all_asks_for_no_proof_of_record() -> None:
    """Without a gate nobody has to show a record, whatever showing it would take."""
    shut, wide = ({"gate_days": days, "gate_hours": days, "gate": 0.0} for days in (0.0, 9.0))

    assert EthicalFramework(shut).paperwork(True, REGISTER) == EthicalFramework(wide).paperwork(
        True, REGISTER
    )


def test_a_grant_is_applied_for_and_own_staff_are_appraised() -> None:
    """Neither is a tender: the threshold of procurement law changes nothing, and nobody bids."""
    grant = Grant({"application_days": 3.0, "programme_hours": 50.0, "hours_per_application": 2.0})
    own = Insourcing({"appraisal_hours": 80.0})

    for above in (True, False):
        assert grant.paperwork(above, REGISTER) == Paperwork(3.0, 50.0, 2.0)
        assert own.paperwork(above, REGISTER) == Paperwork(0.0, 80.0, 0.0)
