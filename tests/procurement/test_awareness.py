"""Who hears of a notice, and who is only counted: the canvass beside a look at everybody."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.kernels import candidates, canvassing
from simulation.kernels.candidates import Means, Search, Trades
from simulation.kernels.canvassing import Found, Records
from simulation.kernels.keyed import wrapping
from simulation.model import market
from simulation.procurement.awareness import notices_of, records_of
from simulation.procurement.costs import cost_rules, costs_asked, estimate_costs
from simulation.procurement.docket import Docket, docket_of
from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.interface import Market
from simulation.procurement.luck import luck_of
from simulation.procurement.price_quality import PriceQuality
from simulation.procurement.tender import Tendered
from tests.procurement.markets import need, plain, varied_market

N = 400
DRAW = np.random.default_rng(5)
FIRMS = varied_market(N)
TRADES = Trades(
    alive=DRAW.uniform(0, 1, N) < 0.95,
    uid=FIRMS.uid,
    based=DRAW.integers(0, 3, N).astype(np.int16),
    owner_kind=FIRMS.owner_kind,
    owner_area=np.zeros(N, dtype=np.int16),
    size_band=FIRMS.size_band,
    deposits=np.full(N, 10**9),
    sales_expected=np.full(N, 5_000_000),
    capacity_pence=(FIRMS.capacity * 200.0).astype(np.int64),
    committed=DRAW.uniform(0, 2_000, N),
    jobs=np.full(N, 9, dtype=np.int32),
    wage_pence=(FIRMS.wage_ratio * 150_000).astype(np.int64),
    borne_pence=(FIRMS.borne_ratio * 150_000).astype(np.int64),
    unit_cost=FIRMS.unit_cost,
    price=DRAW.uniform(0.95, 1.05, N),
    quality=FIRMS.quality,
    bid_skill=FIRMS.bid_skill,
    claim_skill=FIRMS.claim_skill,
    honesty=FIRMS.honesty,
    employ_local=FIRMS.employ_local,
    buy_local=FIRMS.buy_local,
    tier=np.array([[0, 1, 3], [1, 0, 2], [3, 2, 0]], dtype=np.int8),
    staff_near=np.array([[0.1, 0.5, 0.2], [0.4, 0.0, 0.1], [0.05, 0.0, 0.3]]),
    inputs_near=np.array([[0.0, 0.0, 0.1], [0.0, 0.0, 0.2], [0.3, 0.0, 0.0]]),
    distance=np.array([[0.0, 12.0, 80.0], [12.0, 0.0, 60.0], [80.0, 60.0, 0.0]]),
)
MEANS = Means(np.ones(6), 0.005, 150_000.0, 0.1, 2.0)
KNOWN = Records(
    np.arange(0, N, 7, dtype=np.int64), np.tile([[4.0, 5.0], [0.0, 3.0]], (29, 1)), (1.0, 2.0),
    np.zeros(1, dtype=np.int64),
)  # fmt: skip
INSIDE = np.array([3, 50, 51], dtype=np.int32)


def canvassed(
    docket: Docket, regime: Tendered, a: Any, *, screens: bool, outside: bool = False
) -> tuple[Market, Found]:
    """Send the notice of one need round; return those written down, in columns, and the rest."""
    one = np.array([0, N], dtype=np.int64)
    search = Search(
        first=one[:1], last=one[1:], rows=np.arange(N, dtype=np.int32)[::-1].copy(),
        area=one[:1], home=one[:1], cost_level=np.ones(1), incumbent=np.array([0, INSIDE.size]),
        incumbents=INSIDE, member=np.zeros(2, dtype=np.int64), members=INSIDE[:0],
    )  # fmt: skip
    screen = regime.screen(docket, a) if screens else None
    notices, best = notices_of(docket, [(screen, 1)], a, outside=outside)
    found = Found(
        np.empty(N, np.int32), np.empty(N, np.bool_), np.empty(2, np.int64), np.empty(1, np.int64),
        np.empty(1),
    )  # fmt: skip
    with wrapping():
        found.begins[1] = n = canvassing.canvass(
            0, 1, search, search.rows, TRADES, MEANS, notices, cost_rules(a),
            costs_asked(docket, best, a), KNOWN, np.empty(N), found, 0,
        )  # fmt: skip
    market = varied_market(n)._replace(supplier=found.rows[:n], knows=found.knows[:n])
    candidates.read_candidates(search, TRADES, MEANS, found.begins, market)
    return market, found


def notice(**changes: Any) -> Docket:
    """Give notice of a need."""
    return docket_of(need(**changes), FIRMS, luck_of(1, 2, 3))


def test_engagement_widens_the_circle_of_those_who_hear() -> None:
    """More firms hear of a tender when the buyer reaches out; incumbents always do."""
    a, regime = plain(tender__reach=20.0, tender__reach_by_engagement=1.0), PriceQuality()

    quiet, loud = (
        canvassed(notice(engagement=engagement), regime, a, screens=False)[0]
        for engagement in (0.0, 1.0)
    )

    assert quiet.supplier.tolist() == np.flatnonzero(TRADES.alive)[::-1].tolist()
    assert quiet.knows[quiet.incumbent].all()
    assert not (quiet.knows & ~loud.knows).any()
    assert loud.knows.sum() > 1.5 * quiet.knows.sum()


@pytest.mark.parametrize("regime", [PriceQuality(), EthicalFramework({"gate": 0.55})])
def test_who_has_not_heard_is_counted_as_a_look_at_everybody_would(regime: Tendered) -> None:
    """Written down: the able who know. Counted: how many more are able, and their lowest cost."""
    a, docket = plain(tender__reach=60.0), notice(units_month=4_000.0)

    some, found = canvassed(docket, regime, a, screens=True)

    whole, _ = canvassed(docket, regime, a, screens=False)
    kept, seen = KNOWN.values[whole.supplier // 7 % KNOWN.keys.size].T
    known = np.isin(whole.supplier, KNOWN.keys)
    record = np.where(known, (kept + 1.0) / (seen + 2.0), 0.5)
    costs = estimate_costs(docket.needs[0], whole, regime.slope(a), a, docket.lucks[0])
    able = (costs.reach >= a["award.quality_floor"]) & (whole.capacity >= regime.carry(docket))
    able &= records_of(whole._replace(reputation=record), regime.gate) >= regime.gate.least
    unheard = able & ~whole.knows
    assert 0 < unheard.sum() < able.sum() < whole.size
    assert some.supplier.tolist() == whole.supplier[able & whole.knows].tolist()
    assert some.knows.all()
    assert found.others.tolist() == [unheard.sum()]
    assert found.cheapest.tolist() == [costs.true[unheard].min()]


def test_who_serves_already_is_passed_over_when_newcomers_are_asked() -> None:
    """The others hear as they would have heard."""
    a, docket, regime = plain(tender__reach=60.0), notice(), PriceQuality()

    whole, _ = canvassed(docket, regime, a, screens=False)
    outside, _ = canvassed(docket, regime, a, screens=False, outside=True)

    assert whole.supplier[whole.incumbent].tolist() == INSIDE[::-1].tolist()
    assert outside.supplier.tolist() == whole.supplier[~whole.incumbent].tolist()
    assert outside.knows.tolist() == whole.knows[~whole.incumbent].tolist()


SIZES = (0, 300, 0, 400, 400, 250, 0, 0)
"""Candidates of each need; some have none, the last two among them."""


def searched(needs: list[int]) -> Search:
    """Look for so many candidates of each need; where there are any, incumbents are among them."""
    sizes = np.array([SIZES[i] for i in needs])
    none = np.zeros(sizes.size, dtype=np.int64)
    inside = np.where(sizes > 0, INSIDE.size, 0)
    return Search(
        first=none, last=sizes, rows=np.arange(N, dtype=np.int32), area=none.copy(),
        home=none.copy(), cost_level=np.ones(sizes.size),
        incumbent=np.concatenate([[0], np.cumsum(inside)]),
        incumbents=np.concatenate([INSIDE[:0], *(INSIDE[:k] for k in inside)]),
        member=np.zeros(sizes.size + 1, dtype=np.int64), members=INSIDE[:0],
    )  # fmt: skip


def repeated(told: Any, many: int) -> Any:
    """Say of so many needs what is said of one."""
    if isinstance(told, tuple):
        return type(told)(*(repeated(one, many) for one in told))
    return np.repeat(told, many) if isinstance(told, np.ndarray) and told.size == 1 else told


@pytest.mark.parametrize("desks", [1, 2, 3, 7])
@pytest.mark.parametrize("often", [0, 10**9])
def test_needs_are_canvassed_together_as_each_alone(monkeypatch, desks, often) -> None:
    """At any number of desks, laid out in order or not, and where some have no candidates."""
    a = plain()
    docket = notice()
    notices, best = notices_of(docket, [(PriceQuality().screen(docket, a), 1)], a, outside=False)
    rules, asked = cost_rules(a), costs_asked(docket, best, a)
    town = SimpleNamespace(ledger=SimpleNamespace(desks=desks))
    monkeypatch.setattr(market, "MANY", 1)
    monkeypatch.setattr(market, "OFTEN", often)

    def canvassed_of(needs: list[int]) -> Found:
        told = (repeated(notices, len(needs)), rules, repeated(asked, len(needs)))
        known = KNOWN._replace(heads=np.zeros(len(needs), dtype=np.int64))
        return market._canvass(town, searched(needs), (TRADES, MEANS, *told, known))

    together = canvassed_of(list(range(len(SIZES))))

    assert together.begins[-1] == together.rows.size > 0
    for i in range(len(SIZES)):
        alone, mine = canvassed_of([i]), slice(*together.begins[i : i + 2])
        assert together.rows[mine].tolist() == alone.rows.tolist()
        assert together.knows[mine].tolist() == alone.knows.tolist()
        assert together.others[i] == alone.others[0]
        assert together.cheapest[i] == alone.cheapest[0]
