"""Joint commissioning: one competition for several buyers, each of whom signs for its own part."""

import numpy as np
import pytest

from scenarios.spec import Scenario
from scenarios.vocabulary import Kind
from simulation.model.joint import Due, Part, joint_need, partnerships, payments_shared
from simulation.model.lots import VACANT, Lot, category_ids
from simulation.model.register import ArrangementRegister
from simulation.model.run import Prepared
from simulation.procurement.interface import OWN_STAFF, Arrangement, Instruction
from simulation.procurement.law import legality
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.portfolio import Portfolio
from tests.model.opening import open_place, whole_register
from tests.model.test_policies import DISTRICTS, faults, of_policies
from tests.procurement.markets import need

NOBODY = np.zeros(0, dtype=np.int32)
GOODS = ("goods_services", True, 2024, 6)
JOINT = (
    'policies.mix.regime="price_quality"',
    'policies.mix.rules=[{regime="lowest_price", categories=["ict"], joint=true,'
    ' buyers=["north-council", "middle-council"]}]',
    'compare.regimes=["price_quality", "mix"]',
)
"""Two of three districts let computers together at the lowest price."""


def vacant(scenario: Scenario) -> Prepared:
    """Open the three districts under the policy `mix`, with every lot to be let."""
    place = open_place(scenario, whole_register(scenario, {}))
    stewardship, town = place.stewardship, place.town
    stewardship.policy, stewardship.telling = place.policies["mix"], True
    stewardship.portfolio.close(list(stewardship.portfolio.standing))
    for lot in stewardship.lots:
        lot.arrangement, lot.ends = VACANT, town.month
    stewardship.register = ArrangementRegister()
    stewardship.numbers = stewardship.numbers[:0]
    stewardship.portfolio = Portfolio(town.seed)
    stewardship.docket = list(stewardship.lots)
    return place


def of_ict(place: Prepared) -> dict[str, list[Arrangement]]:
    """Return who signed what for computers, by buyer."""
    code, names = category_ids().index("ict"), place.town.economy.buyers.ids
    signed: dict[str, list[Arrangement]] = {}
    for s in place.stewardship.portfolio.standing.values():
        need = s.arrangement.need
        if need.category == code:
            signed.setdefault(names[need.buyer_index], []).append(s.arrangement)
    return signed


def test_partners_let_together_and_sign_apart() -> None:
    """One tender for two councils: the same winner and price for both, each for its own part."""
    place = vacant(of_policies(*JOINT))
    asked = {lot.buyer: lot.units_month for lot in place.stewardship.lots
             if lot.category == category_ids().index("ict")}  # fmt: skip

    place.stewardship.let_docket(place.town)

    signed = of_ict(place)
    (north,), (middle,), (south,) = (signed[name] for name in DISTRICTS[:3])
    assert north.regime == middle.regime == "lowest_price"
    assert south.regime == "price_quality"
    np.testing.assert_array_equal(north.suppliers, middle.suppliers)
    np.testing.assert_array_equal(north.unit_prices, middle.unit_prices)
    assert (north.need.units_month, middle.need.units_month) == (asked[0], asked[1])
    assert north.thread.result.endswith("let jointly by 2 buyers")
    assert "jointly" not in south.thread.result


def test_one_joint_procedure_costs_less_than_two_and_is_shared() -> None:
    """Partners' budgets bear the cost of one tender between them, by what each needs."""
    joint, apart = vacant(of_policies(*JOINT)), vacant(of_policies(
        JOINT[0], JOINT[1].replace("joint=true", "joint=false"), JOINT[2]
    ))  # fmt: skip
    ict = category_ids().index("ict")

    joint.stewardship.let_docket(joint.town)
    apart.stewardship.let_docket(apart.town)

    together, alone = joint.stewardship.budget.owed[:2, ict], apart.stewardship.budget.owed[:2, ict]
    assert 0.0 < together.sum() < alone.sum()
    units = [lot.units_month for lot in joint.stewardship.lots if lot.category == ict][:2]
    np.testing.assert_allclose(together / together.sum(), np.array(units) / sum(units), atol=1e-4)
    asked = {one.payer: one.pence for one in joint.stewardship.waiting
             if one.payer in joint.town.economy.buyers.row[:2]}  # fmt: skip
    assert len(asked) == 2


def test_a_joint_procedure_loses_no_penny() -> None:
    """What partners pay for a procedure is what the lead alone would have paid."""
    lots = [Lot(key, key, 0, 0, units) for key, units in ((1, 30.0), (2, 20.0), (3, 11.0))]
    needs = [need(units_month=lot.units_month, buyer=100 + lot.key) for lot in lots]
    parts = [Part(lot, one, NOBODY) for lot, one in zip(lots, needs, strict=True)]
    whole = joint_need(parts, 10**12)
    due = Due(tuple(parts), whole, LowestPrice(), legality(LowestPrice, "ict", *GOODS))
    asked = [
        Instruction(101, OWN_STAFF, 1_000, Kind.PROCESS_COST, "tender"),
        Instruction(7, OWN_STAFF, 333, Kind.PROCESS_COST, "bid"),
    ]

    paid = payments_shared(due, asked)

    assert [(one.payer, one.pence) for one in paid] == [
        (101, 492),
        (102, 328),
        (103, 180),
        (7, 333),
    ]
    assert whole.units_month == 61.0


def test_lots_are_joined_from_the_largest_down() -> None:
    """Of each buyer one lot in each tender; who has more lots lets what is left alone."""
    sizes = ((1, 0, 5.0), (2, 0, 9.0), (3, 1, 7.0))
    lots = [Lot(key, buyer, 0, 0, units) for key, buyer, units in sizes]
    parts = [Part(lot, need(units_month=lot.units_month), NOBODY) for lot in lots]

    found = [[part.lot.key for part in together] for together in partnerships(parts)]

    assert found == [[2, 3], [1]]


def test_the_whole_value_of_a_joint_tender_meets_the_threshold() -> None:
    """Two needs below the threshold are above it together: nobody escapes the law by joining."""
    parts = [Part(Lot(k, k, 0, 0, 10.0), need(units_month=10.0), NOBODY) for k in range(2)]
    each = parts[0].need.value_pence

    assert joint_need(parts, each + 1).above_threshold
    assert not joint_need(parts, 2 * each + 1).above_threshold


def test_partners_who_may_not_go_the_joint_way_go_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the joint way is barred each council buys as its own baseline says, not the lead's."""
    usual = ('policies.usual.regime="price_quality"',
             'policies.usual.rules=[{regime="social_value", buyers=["north-council"]}]',
             'compare.baseline="usual"', 'compare.regimes=["usual", "mix"]')  # fmt: skip
    monkeypatch.setattr(LowestPrice, "suits", lambda regime, need: need.units_month < 0.0)
    place = vacant(of_policies(*JOINT[:2], *usual))

    place.stewardship.let_docket(place.town)

    signed = of_ict(place)
    (north,), (middle,) = signed["north-council"], signed["middle-council"]
    assert (north.regime, middle.regime) == ("social_value", "price_quality")
    assert "jointly" not in north.thread.result + middle.thread.result


def test_only_contracts_lot_by_lot_can_be_let_jointly() -> None:
    """To found, to join or to employ together is refused, with what to do."""
    for regime in ("incubated_coop", "cooperative_membership", "insourcing"):
        rule = f'[{{regime="{regime}", categories=["homecare"], joint=true}}]'
        sets = ('policies.mix.regime="price_quality"', f"policies.mix.rules={rule}")

        found = {one.path: one for one in faults(sets)}

        assert regime in found["policies.mix.rules.0.joint"].found
