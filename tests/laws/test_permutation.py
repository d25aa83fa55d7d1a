"""A row number decides nothing, and somebody with whom nobody deals changes nobody's luck."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from simulation import streams
from simulation.accounting.books import Books
from simulation.accounting.digest import digest
from simulation.economy.columns import Economy
from simulation.model import run
from tests.laws.shuffled import joined_by, shuffled

MONTHS = 15
DYED_AT_ONCE = ("measure.dye_months=[1]",)
SHORT_BURN_IN = {"burn_in.least_months": 24, "burn_in.most_months": 24}
NEWCOMER = streams.uid("village", "newcomer", 0)
PARTIES_IN = {
    "parties": ("party",), "purchases": ("buyer", "supplier"), "payroll": ("buyer",),
    "outflows": ("supplier",), "tenders": ("buyer", "winner"), "bids": ("supplier",),
    "arrangements": ("buyer", "supplier"), "needs": ("buyer",),
}  # fmt: skip
"""Columns that hold numbers of parties, which Books give out in the order of uids."""

Change = Callable[[Economy], Economy]
Lives = dict[str, Books]


def as_built(economy: Economy) -> Economy:
    """Change nothing."""
    return economy


def lives(
    name: str,
    change: Change,
    months: int = MONTHS,
    values: Mapping[str, float] | None = None,
    policies: Sequence[str] = (),
) -> Lives:
    """Build a place, change its rows, burn it in, and live some policies, or all it compares."""
    scenario = read_scenario(name, DYED_AT_ONCE)
    a = assumptions_of(scenario, values or {})
    build = run.build_economy
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "build_economy", lambda *asked: change(build(*asked)))
        prepared = run.prepare(scenario, a, 1)
    lived = policies or scenario.compare.regimes
    return {policy: run.live(prepared, policy, months) for policy in lived}


@pytest.fixture(scope="module")
def village() -> Lives:
    """The village as it is built, under each way of buying."""
    return lives("village", as_built, values=SHORT_BURN_IN)


def digests(lived: Lives) -> dict[str, str]:
    """Fingerprint of each life."""
    return {policy: digest(books) for policy, books in lived.items()}


@pytest.mark.compiled
def test_rows_in_another_order_live_the_same_lives(village: Lives) -> None:
    """Firms, households and workers change places, and every book stays as it was."""
    again = lives("village", lambda economy: shuffled(economy, 1), values=SHORT_BURN_IN)

    assert digests(again) == digests(village)


@pytest.mark.compiled
def test_ties_are_decided_by_identity() -> None:
    """Where all pay alike and are equally good, order could decide most, and decides nothing."""

    def levelled(economy: Economy) -> Economy:
        firms = economy.firms
        firms.wage_pence[: firms.n_agents] = economy.buyers.wage_pence[0]
        for equal in (firms.quality, firms.unit_cost, firms.bid_skill, firms.claim_skill):
            equal[: firms.n_agents] = equal[0]
        economy.workers.skill[:] = 1.0
        return economy

    a_few = ("lowest_price", "ethical_framework")
    usual = lives("village", levelled, 24, SHORT_BURN_IN, a_few)
    again = lives("village", lambda one: shuffled(levelled(one), 2), 24, SHORT_BURN_IN, a_few)

    assert digests(again) == digests(usual)


@pytest.mark.compiled
def test_the_order_is_another_one() -> None:
    """Nobody keeps its row, and everybody keeps its employer, landlord, owner and suppliers."""
    seen: list[Economy] = []

    def kept(economy: Economy) -> Economy:
        seen.extend([deepcopy(economy), shuffled(economy, 1)])
        return economy

    lives("village", kept, 1, SHORT_BURN_IN)

    before, after = seen
    assert (before.parties.uid != after.parties.uid).sum() > before.parties.uid.size // 2
    assert (before.workers.uid != after.workers.uid).any()
    assert bonds(before) == bonds(after)


def bonds(economy: Economy) -> dict[str, set[tuple[int, ...]]]:
    """Who is bound to whom, told by identities."""
    uid, firms, homes = economy.parties.uid, economy.firms, economy.households
    mine = uid[homes.first : homes.first + homes.n]

    def pairs(who: Any, whom: Any) -> set[tuple[int, ...]]:
        named = np.where(whom >= 0, uid[whom], -1)
        return set(zip(who.tolist(), named.tolist(), strict=True))

    def links(edges: Any, payers: Any) -> set[tuple[int, ...]]:
        who = np.repeat(payers[: edges.start.size - 1], np.diff(edges.start))
        return set(zip(who.tolist(), uid[edges.payee].tolist(), edges.cum.tolist(), strict=True))

    return {
        "employer": pairs(economy.workers.uid, economy.workers.employer),
        "home": set(
            zip(economy.workers.uid.tolist(), mine[economy.workers.household].tolist(), strict=True)
        ),
        "owner": pairs(uid[: firms.owner.size], firms.owner),
        "head": pairs(uid[: firms.owner.size], firms.head),
        "premises": pairs(uid[: firms.owner.size], firms.landlord),
        "landlord": pairs(mine, homes.landlord),
        "supply": links(economy.supply, uid),
        "shopping": links(economy.shopping, mine),
        "payroll": links(economy.payroll, uid),
        "contracts": {(one.month_pence, int(uid[one.supplier])) for one in economy.contracts},
    }


@pytest.mark.long
@pytest.mark.compiled
def test_a_district_in_another_order_lives_the_same_lives() -> None:
    """At full scale, where ties are many and sums are long."""
    usual = lives("preston-2012", as_built, 3, SHORT_BURN_IN)
    again = lives("preston-2012", lambda economy: shuffled(economy, 3), 3, SHORT_BURN_IN)

    assert digests(again) == digests(usual)


def with_newcomers(most: int, **traits: Any) -> Change:
    """Add a firm without trade beside each single firm, its like in all but trade."""

    def added(economy: Economy) -> Economy:
        for row in range(min(economy.firms.n_agents, most)):
            economy = joined_by(economy, NEWCOMER + row, row, **traits)
        return economy

    return added


def told_without(books: Books, newcomers: range) -> dict[str, list[tuple[int, ...]]]:
    """Every table as rows in which parties bear their uid, the newcomers' own rows left out."""
    parties = books.tables["parties"]
    uid = dict(zip(parties["party"].tolist(), parties["uid"].tolist(), strict=True))
    told = {}
    for name, table in books.tables.items():
        columns = {key: column.tolist() for key, column in table.items()}
        for key in PARTIES_IN.get(name, ()):
            columns[key] = [uid.get(party, -1) for party in columns[key]]
        rows = sorted(zip(*columns.values(), strict=True))
        told[name] = [row for row in rows if name != "parties" or row[0] not in newcomers]
    return told


def more_firms(usual: list[tuple[int, ...]], now: list[tuple[int, ...]]) -> set[int]:
    """By how many more firms trade in a month, all areas together; as many open and close."""
    assert [(*row[:2], *row[3:]) for row in usual] == [(*row[:2], *row[3:]) for row in now]
    more: Counter[int] = Counter()
    for here, there in zip(usual, now, strict=True):
        more[here[0]] += there[2] - here[2]
    return set(more.values())


@pytest.mark.compiled
@pytest.mark.parametrize(
    "traits",
    [{}, {"bidder": True, "bid_skill": 1.0, "wage_pence": 900_000}],
    ids=["not bidding", "bidding without capacity"],
)
def test_an_agent_of_zero_weight_changes_no_ones_luck(
    village: Lives, traits: dict[str, Any]
) -> None:
    """Ten firms more with which nobody deals: all others' rows are equal in every book."""
    newcomers = range(NEWCOMER, NEWCOMER + 10)

    wider = lives("village", with_newcomers(10, **traits), values=SHORT_BURN_IN)

    for policy, books in village.items():
        assert len(wider[policy].tables["parties"]["party"]) > len(books.tables["parties"]["party"])
        usual, now = told_without(books, newcomers), told_without(wider[policy], newcomers)
        assert more_firms(usual.pop("firms"), now.pop("firms")) == {10}
        for name, rows in usual.items():
            assert now[name] == rows, f"{policy}: {name}"


@pytest.mark.long
@pytest.mark.compiled
def test_an_agent_of_zero_weight_changes_no_ones_luck_in_a_district() -> None:
    """The same at full scale, with bidders in many trades."""
    newcomers = range(NEWCOMER, NEWCOMER + 30)

    usual = lives("preston-2012", as_built, 3, SHORT_BURN_IN)
    wider = lives("preston-2012", with_newcomers(30, bidder=True), 3, SHORT_BURN_IN)

    for policy, books in usual.items():
        told, now = told_without(books, newcomers), told_without(wider[policy], newcomers)
        assert more_firms(told.pop("firms"), now.pop("firms")) == {30}
        for name, rows in told.items():
            assert now[name] == rows, f"{policy}: {name}"
