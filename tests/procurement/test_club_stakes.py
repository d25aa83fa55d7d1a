"""Contributors, investors and users of a co-op: who puts in what, what it earns, what leaves."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from scenarios.vocabulary import Institution, Kind
from simulation.model.economy_model import EconomyModel
from simulation.model.lots import VACANT
from simulation.procurement.club_rules import ClubState
from simulation.procurement.club_stakes import Stakes, extra_cost, part_used
from simulation.procurement.commissioning import arrange
from simulation.procurement.cooperative_membership import CooperativeMembership
from simulation.procurement.interface import (
    BUILDER,
    LENDER,
    Arrangement,
    Live,
    Market,
    Settlement,
)
from simulation.procurement.luck import luck_of
from tests.model.opening import QUIET, model_of, open_place, whole_register
from tests.procurement.markets import SteadyLuck, market, need, plain, varied_market
from tests.procurement.test_stories import BARE, THREAD, live_of

ACCOUNT = 50
PENNY = 1.0
"""Splits are rounded to the penny."""
BOTH = {"contributed": 1.0, "member_debt": 1.0, "deposits_earn": 0.0}


def signed(
    rules: dict[str, float], firms: Market | None = None, a: Assumptions | None = None
) -> tuple[CooperativeMembership, Arrangement]:
    """Found a co-op of three like firms: assets of 2,000 pounds a month, 12 months of debt."""
    regime, a = CooperativeMembership(rules), a or plain(**BARE)
    outcome = regime.procure(need(), market() if firms is None else firms, a, SteadyLuck())
    assert outcome.award.made, outcome.award.reason
    return regime, arrange(need(), regime, outcome, THREAD, a)


def month_of(made: Arrangement, month: int, **columns: Any) -> Live:
    """Give a month in which everybody served its share, and holds ten thousand pounds."""
    cash = np.full(made.suppliers.size, 1_000_000)
    return replace(live_of(made, month=month, club=ACCOUNT), **{"cash": cash, **columns})


def settled(
    regime: CooperativeMembership, made: Arrangement, live: Live, a: Assumptions | None = None
) -> tuple[Settlement, Arrangement]:
    """Close one month; return the answer, and the arrangement with those who stay."""
    answer = regime.settle(made, live, a or plain(**BARE), SteadyLuck())
    stays = np.ones(made.suppliers.size, dtype=np.bool_) if answer.stays is None else answer.stays
    names = (
        "suppliers", "uid", "costs", "qualities", "padding", "claims_month", "deliverable_month",
        "shares",
    )  # fmt: skip
    kept = {name: getattr(made, name)[stays] for name in names}
    return answer, made._replace(**kept, unit_prices=answer.unit_prices, state=answer.state)


def paid(answer: Settlement, reason: str) -> list[tuple[int, int, int]]:
    """Return the payments of a reason: payer, payee, pence."""
    return [(o.payer, o.payee, o.pence) for o in answer.instructions if o.reason == reason]


def test_what_members_have_been_repaid_is_owed_no_interest() -> None:
    """Of 1,200 pounds lent 600 are left for six months: 100 a month, less 6 % a year of 600."""
    stakes = Stakes(np.zeros(2), lenders=np.arange(1), outstanding=np.array([600.0]), lent=1_200.0,
                    months_left=6)  # fmt: skip
    rules = CooperativeMembership({"debt_rate": 0.06}).values

    assert extra_cost(rules, 2_000.0, stakes) == pytest.approx(100.0 - 3.0)


def test_contributors_are_paid_the_rent_by_rule_and_nobody_else_is() -> None:
    """Three firms own three times what is wanted; 2,000 pounds of rent are shared by assets."""
    regime, made = signed({"contributed": 1.0})

    answer, after = settled(regime, made, month_of(made, 2))

    assert made.state.stakes.assets.tolist() == [2_000.0] * 3
    assert part_used(regime.values, made.state.fixed_units, made.state.stakes) == pytest.approx(
        (1.0, 1 / 3)
    )
    rents = paid(answer, "rent by rule of assets contributed")
    assert [payee for _, payee, _ in rents] == sorted(made.suppliers.tolist())
    assert [pence for _, _, pence in rents] == pytest.approx([200_000 / 3] * 3, abs=PENNY)
    assert not paid(answer, "assets contributed")
    assert not paid(answer, "assets replaced")
    assert after.state.stakes == answer.state.stakes


@pytest.mark.parametrize(("busy", "contributes"), [(0.8, True), (0.99, True), (1.0, False)])
def test_a_firm_contributes_where_rent_exceeds_what_it_forgoes(
    busy: float, contributes: bool
) -> None:
    """At usual load it forgoes 80 % of the rent; the first firm, at full load, all of it."""
    firms = market(utilisation=[busy, 0.8, 0.8])

    _, made = signed({"contributed": 1.0}, firms)
    result = (
        CooperativeMembership({"contributed": 1.0})
        .procure(need(), firms, plain(**BARE), SteadyLuck())
        .award.reason
    )

    first = made.suppliers.tolist().index(0)
    assert bool(made.state.stakes.assets[first] > 0.0) is contributes
    assert np.count_nonzero(made.state.stakes.assets) == 2 + contributes
    kinds = "3 contribute assets, 0 use only" if contributes else "2 contribute assets, 1 use only"
    assert result.endswith(kinds)


def test_missing_assets_are_replaced_at_a_cost_that_all_users_bear() -> None:
    """Nobody contributes: a builder is paid 3,000 pounds, and the fee bears 1,000 more."""
    regime, made = signed({"contributed": 1.0, "replacement": 1.5})
    with_all, _ = settled(regime, made, month_of(made, 2))
    made = made._replace(state=replace(made.state, stakes=Stakes(np.zeros(3))))

    answer, _ = settled(regime, made, month_of(made, 2))

    assert extra_cost(regime.values, made.state.fixed_units, made.state.stakes) == pytest.approx(
        1_000.0
    )
    assert paid(answer, "assets replaced") == [(ACCOUNT, BUILDER, 300_000)]
    more = _into(answer) - _into(with_all)
    assert more == pytest.approx(100_000 * 1.05 * 4, abs=8 * PENNY)  # fee and three on joining


def _into(answer: Settlement) -> int:
    """Return fees and contributions on joining, loans left out."""
    into = [one for one in answer.instructions if one.payee == ACCOUNT]
    return sum(one.pence for one in into if one.reason != "capital lent")


def test_investors_lend_the_debt_and_are_repaid_out_of_fees_over_ten_years() -> None:
    """Of 24,000 pounds sought a tenth of each one's cash is lent, builds, and comes back."""
    regime, made = signed(BOTH)

    answer, after = settled(regime, made, month_of(made, 1))
    lent = paid(answer, "capital lent")
    assert sum(pence for _, _, pence in lent) == sum(
        pence for _, _, pence in paid(answer, "building shared assets")
    )
    stakes = after.state.stakes
    whole = stakes.lent
    assert stakes.outstanding.sum() == whole > 0.0
    assert stakes.months_left == 120

    first, back, fees = None, 0, _fees(answer)
    for month in range(2, 122):
        answer, after = settled(regime, after, month_of(after, month))
        first = first or answer
        back += sum(pence for _, _, pence in paid(answer, "capital repaid"))

    assert first is not None
    interest = sum(pence for _, _, pence in paid(first, "interest to members"))
    assert interest == pytest.approx(100 * whole * 0.04 / 12, abs=PENNY)
    bank = sum(pence for payer, payee, pence in paid(first, "debt of the co-op"))
    assert bank + interest == pytest.approx(8_000, abs=2 * PENNY)
    assert _fees(first) - fees == pytest.approx(1.05 * 100 * whole / 120, abs=4 * PENNY)
    assert back == pytest.approx(100 * whole, abs=120 * PENNY)
    assert after.state.stakes.outstanding == pytest.approx(0.0, abs=0.5)


def _fees(answer: Settlement) -> int:
    return sum(pence for _, _, pence in paid(answer, "fee by use"))


@pytest.mark.parametrize(("earns", "lend"), [(0.01, True), (0.039, True), (0.041, False)])
def test_a_firm_invests_where_interest_exceeds_what_its_deposits_earn(
    earns: float, lend: bool
) -> None:
    """Interest by rule is 4 %; at the middle of the draw a firm asks what deposits earn."""
    regime, made = signed({**BOTH, "deposits_earn": earns})

    answer, _ = settled(regime, made, month_of(made, 1))

    assert bool(paid(answer, "capital lent")) is lend


def test_nobody_lends_more_than_its_part_of_the_cash_that_dues_leave() -> None:
    """A firm that can just pay its dues lends nothing, whatever it would like."""
    regime, made = signed(BOTH)
    poor = made.suppliers.tolist()[0]
    cash = np.where(made.suppliers == poor, 10_000, 100_000_000)

    answer, after = settled(regime, made, month_of(made, 1, cash=cash))

    assert poor not in [payer for payer, _, _ in paid(answer, "capital lent")]
    assert after.state.stakes.lent == pytest.approx(24_000.0, abs=0.05)


def test_an_investor_that_leaves_stays_a_creditor() -> None:
    """Its assets go with it, what it lent is still owed to it."""
    regime, made = signed(BOTH)
    _, after = settled(regime, made, month_of(made, 1))
    gone = np.array([False, True, True])

    left = regime.keep(after.state, gone).stakes

    assert left.assets.size == 2
    assert left.lenders.tolist() == after.state.stakes.lenders.tolist()
    assert left.outstanding.sum() == after.state.stakes.outstanding.sum()


CASCADE = {
    "contributed": 1.0, "forgone": 0.95, "least_scale": 0.0, "tolerance": 0.5,
    "largest_share": 0.4, "joining_days": 0.0,
}  # fmt: skip


@pytest.mark.parametrize(("replacement", "ends"), [(3.0, True), (1.0, False)])
def test_assets_that_leave_with_a_contributor_can_unravel_the_whole(
    replacement: float, ends: bool
) -> None:
    """The large contributor leaves; the fee more than doubles, and the others follow it.

    Where its assets can be replaced at what they cost the same three members stay.
    """
    firms = market(4, capacity=[20_000.0, 1_000.0, 1_000.0, 1_000.0])
    regime, made = signed({**CASCADE, "replacement": replacement}, firms)
    told = []
    for month in (2, 3):
        large = made.suppliers == 0
        live = month_of(
            made, month,
            capacity=np.where(large, 20_000.0, 1_000.0),
            utilisation=np.where(large, 1.0, 0.8),
            chance=np.where(large, 0.9, 0.8),
            units=np.where(large, 4_000.0, 1_000.0),
        )  # fmt: skip
        answer, made = settled(regime, made, live)
        told.append((made.suppliers.size, answer.ends))

    assert told[0] == (3, False)
    assert told[1] == ((0, True) if ends else (3, False))


def test_a_club_that_ends_asks_for_what_it_still_owes() -> None:
    """Members who do better alone end it; lenders are asked to be paid out of its account."""
    regime, made = signed(BOTH)
    _, after = settled(regime, made, month_of(made, 1))
    busy = month_of(
        after, 2, utilisation=np.ones(3), chance=np.full(3, 0.9)
    )  # fmt: skip
    a = plain(**{**BARE, "bid__busy": 1.0, "bid__markup_alone": 0.25})

    answer, last = settled(regime, after, busy, a)

    assert answer.ends
    owed = sum(pence for _, _, pence in paid(answer, "capital at the end"))
    assert owed == pytest.approx(100 * last.state.stakes.outstanding.sum(), abs=3 * PENNY)
    assert owed > 0


@pytest.mark.parametrize("seed", range(3))
def test_without_stakes_a_co_op_is_what_it_was(seed: int) -> None:
    """At both nulls rent rule, replacement, what is forgone and what deposits earn do nothing."""
    a, firms, luck = plain(), varied_market(40, seed), luck_of(seed, 77, 1)
    rest = {"rent_rule": 2.0, "replacement": 3.0, "forgone": 0.4, "loan_share": 0.5,
            "deposits_earn": 0.0, "repay_years": 1.0}  # fmt: skip
    told = []
    for rules in ({}, rest):
        regime = CooperativeMembership(rules)
        outcome = regime.procure(need(), firms, a, luck)
        made = arrange(need(), regime, outcome, THREAD, a)
        answer = regime.settle(made, month_of(made, 2), a, luck)
        told.append((outcome.award.positions.tolist(), outcome.award.unit_prices.tolist(),
                     answer.instructions, answer.ends))  # fmt: skip
        assert answer.state.stakes is None

    assert told[0] == told[1]


def test_rent_at_cost_and_replacement_at_cost_leave_the_fee_as_it_was() -> None:
    """At the nulls of both it is the same to users whether members contribute or not."""
    rules = CooperativeMembership({"contributed": 0.7, "replacement": 1.0}).values

    for assets in (0.0, 300.0, 9_000.0):
        assert extra_cost(rules, 2_280.0, Stakes(np.array([assets]))) == pytest.approx(0.0)


@given(
    assets=st.lists(st.floats(0.0, 5_000.0), min_size=1, max_size=6),
    owed=st.lists(st.floats(0.0, 9_000.0), min_size=0, max_size=4),
    contributed=st.floats(0.0, 1.0),
    served=st.floats(0.0, 1.0),
    rent_rule=st.floats(0.0, 2.0),
)
def test_a_club_with_stakes_pays_out_no_more_than_fees_bring(
    assets: list[float], owed: list[float], contributed: float, served: float, rent_rule: float
) -> None:
    """Whatever is owed and however little is bought, a month's payments stay within its fees."""
    k = len(assets)
    rules = {"contributed": contributed, "member_debt": 1.0, "rent_rule": rent_rule}
    regime, made = signed({}, market(k, capacity=np.full(k, 90_000.0))) if k > 2 else signed({})
    regime, k = CooperativeMembership(rules), made.suppliers.size
    put_in = np.resize(np.array(assets), k)
    lenders = np.arange(len(owed), dtype=np.int64)
    stakes = Stakes(put_in, 0.0, lenders, np.array(owed), float(sum(owed)), 7)
    state: ClubState = replace(made.state, stakes=stakes, paid_in=True)
    live = month_of(made, 2)
    live = replace(live, units=live.units * served)

    answer = regime.settle(made._replace(state=state), live, plain(**BARE), SteadyLuck())

    going = [one for one in answer.instructions if one.reason != "capital at the end"]
    into = sum(one.pence for one in going if one.payee == ACCOUNT)
    out = sum(one.pence for one in going if one.payer == ACCOUNT)
    assert out <= into
    assert all(one.pence > 0 for one in answer.instructions)


def village(rules: dict[str, float], values: dict[str, float]) -> EconomyModel:
    """Open the village with all lots vacant, for co-ops by these rules."""
    written = ", ".join(f"{name}={value}" for name, value in rules.items())
    scenario = read_scenario(
        "village",
        (
            'policies.club.regime="cooperative_membership"',
            f"policies.club.parameters={{{written}}}",
            'compare.regimes=["price_quality", "club"]',
            'compare.baseline="price_quality"',
        ),
    )
    place = open_place(scenario, whole_register(scenario, values))
    stewardship = place.stewardship
    stewardship.policy, stewardship.telling = place.policies["club"], True
    stewardship.portfolio.close(list(stewardship.portfolio.standing))
    stewardship.lots_of.clear()
    for lot in stewardship.lots:
        lot.arrangement, lot.ends = VACANT, place.town.month
    return model_of(place)


def _between(model: EconomyModel, kind: Kind, payer: Institution, payee: Institution) -> int:
    """Return what institutions of one sort paid another, in all months [pence]."""
    sort = model.town.economy.classes.institution
    total = 0
    for month in model.town.ledger.filed:
        flows = month.of(kind)
        chosen = (sort[flows.payer] == payer) & (sort[flows.payee] == payee)
        total += int(flows.pence[chosen].sum())
    return total


@pytest.mark.parametrize("values", [QUIET, {"firms.closure_micro": 0.05}], ids=["quiet", "failing"])
def test_a_village_with_members_stakes_keeps_its_books(values: dict[str, float]) -> None:
    """Three years: capital comes in, builds, is repaid; each month closes with residuals of 0."""
    model = village({"fewest_members": 2.0, **BOTH, "loan_share": 0.3}, values)
    for _ in range(36):
        model.step()

    club, firm = Institution.CLUB, Institution.FIRM
    assert len(model.town.ledger.filed) == 36
    assert _between(model, Kind.INTERMEDIATE, club, firm) > 0
    assert _between(model, Kind.REFUND, club, firm) > 0
    assert _between(model, Kind.INTEREST, club, firm) > 0
    assert _between(model, Kind.INTEREST, club, Institution.BANK) > 0
    assert min(_accounts(model)) >= 0


def _accounts(model: EconomyModel) -> Iterable[int]:
    """Return what the clubs hold."""
    standing = model.stewardship.portfolio.standing.values()
    return [int(model.town.ledger.deposits[s.club]) for s in standing if s.club >= 0] or [0]


def test_the_bank_is_owed_less_where_members_lend() -> None:
    """No debt is lent twice: what members lend the bank does not."""
    regime, made = signed(BOTH)
    _, after = settled(regime, made, month_of(made, 1, cash=np.full(3, 100_000_000)))

    answer, _ = settled(regime, after, month_of(after, 2))

    assert after.state.stakes.lent == pytest.approx(24_000.0, abs=0.05)
    assert [one for one in answer.instructions if one.payee == LENDER and one.pence > 1] == []
