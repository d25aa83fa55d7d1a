"""The village is built exactly as its file says."""

import numpy as np
import pytest

from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from scenarios.spec import Scenario
from scenarios.vocabulary import Institution, OwnerKind
from simulation import streams
from simulation.economy.build import build_economy
from simulation.economy.columns import Economy, Edges


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """The village."""
    return read_scenario("village")


@pytest.fixture(scope="module")
def village(scenario: Scenario) -> Economy:
    """The village on its first day."""
    return build_economy(scenario, Assumptions.default(), 1)


def firm_row(economy: Economy, name: str) -> int:
    """Return the row of a named firm."""
    uid = streams.uid("village", "firm", streams.key("firm", name))
    return int(np.flatnonzero(economy.parties.uid == uid)[0])


def home_row(economy: Economy, name: str) -> int:
    """Return the row of a named household."""
    uid = streams.uid("village", "household", streams.key("household", name))
    return int(np.flatnonzero(economy.parties.uid == uid)[0])


def shares_of(edges: Edges, payer: int) -> dict[int, int]:
    """Return payee -> share of a payer's edges [1/65536]."""
    begin, end = edges.start[payer], edges.start[payer + 1]
    steps = np.diff(edges.cum[begin:end], prepend=0)
    return dict(zip(edges.payee[begin:end].tolist(), steps.tolist(), strict=True))


def test_a_named_firm_has_the_figures_of_the_file(village: Economy) -> None:
    """Wage, sales, inputs, rent, rates, deposits, quality and owner of the Copper Kettle."""
    row, firms = firm_row(village, "kettle"), village.firms

    assert firms.wage_pence[row] == 130_000
    assert firms.jobs[row] == 3
    assert firms.intermediate_share[row] == 0.4
    assert firms.rent_pence[row] == 20_000
    assert firms.rates_pence[row] == 5_000
    assert firms.sales_expected[row] == 900_000
    assert firms.quality[row] == 1.0
    assert bool(firms.bidder[row])
    assert village.parties.deposits[row] == 900_000
    assert firms.owner[row] == home_row(village, "h06")
    assert firms.landlord[row] == home_row(village, "h25")
    assert village.parties.owner_kind[row] == OwnerKind.LOCAL


def test_every_named_firm_is_a_row_and_nobody_else_in_the_village(
    village: Economy, scenario: Scenario
) -> None:
    """Ten firms stand in the village, in any order, each once."""
    here = village.parties.area[: village.firms.jobs.size] == village.areas.focus

    rows = sorted(firm_row(village, firm.id) for firm in scenario.firms)

    assert rows == np.flatnonzero(here).tolist()


def test_members_own_the_coop_and_outsiders_the_branch(village: Economy) -> None:
    """A co-op pays no owner; a branch belongs to the world and sends cash to its head office."""
    coop, branch = firm_row(village, "hearth-coop"), firm_row(village, "omnia-branch")

    head = int(village.firms.head[branch])

    assert village.firms.owner[coop] == -1
    assert village.parties.owner_kind[coop] == OwnerKind.COOP
    assert village.parties.owner_kind[branch] == OwnerKind.OUTSIDE
    assert village.areas.ids[village.parties.area[head]] == "rest-of-uk"
    assert village.firms.head[coop] == coop


def test_suppliers_stand_as_listed(village: Economy) -> None:
    """Brightwater spends 30 % at the garage, 50 % in the town and 20 % abroad."""
    shares = shares_of(village.supply, firm_row(village, "brightwater"))

    garage, town = firm_row(village, "garage"), village.areas.ids.index("town")
    in_town = sum(step for row, step in shares.items() if village.parties.area[row] == town)
    assert shares[garage] == round(0.3 * 65536)
    assert in_town == pytest.approx(0.5 * 65536, abs=1)
    assert shares[village.world] == pytest.approx(0.2 * 65536, abs=1)
    assert sum(shares.values()) == 65536


def test_shops_stand_as_listed(village: Economy) -> None:
    """A pensioner buys a tenth of what she needs from Larkfield Care."""
    home = home_row(village, "h27") - village.households.first

    shares = shares_of(village.shopping, home)

    assert shares[firm_row(village, "larkfield-care")] == pytest.approx(6553.6, abs=1)
    assert shares[firm_row(village, "stores")] == 32768


def test_a_named_household_has_the_figures_of_the_file(village: Economy) -> None:
    """Household 8: mortgaged, two children, GBP 200 benefit, and landlord of household 24."""
    row = home_row(village, "h08")
    k, homes = row - village.households.first, village.households

    tenant = home_row(village, "h24") - homes.first
    assert (homes.adults[k], homes.children[k], homes.decile[k]) == (2, 2, 6)
    assert homes.scale[k] == pytest.approx(2.1)
    assert homes.housing_pence[k] == 50_000
    assert homes.landlord[k] == village.bank
    assert homes.other_benefit_pence[k] == 20_000
    assert homes.landlord[tenant] == row
    assert village.parties.deposits[row] == 300_000
    assert village.parties.savings[row] == 500_000
    assert village.parties.loans[row] == 10_000_000


def test_everyone_works_where_the_file_says(village: Economy, scenario: Scenario) -> None:
    """35 in work, 2 seeking, none inactive; the council's three at GBP 2,000; six in the town."""
    workers = village.workers

    council = workers.employer == village.buyers.row[0]
    town = village.areas.ids.index("town")
    employed = workers.status == 2
    assert np.bincount(workers.status, minlength=3).tolist() == [0, 2, 35]
    assert workers.wage_pence[council].tolist() == [200_000] * 3
    assert int((village.parties.area[workers.employer[employed]] == town).sum()) == 6
    assert village.buyers.aggregate_jobs.tolist() == [0]
    heads = np.bincount(workers.employer[employed], minlength=village.firms.jobs.size)
    counted = heads[: village.firms.jobs.size] + village.firms.aggregate_jobs
    assert np.array_equal(counted, village.firms.jobs)
    assert scenario.areas[village.areas.focus].workers == 35


def test_contracts_are_those_listed(village: Economy) -> None:
    """Contracts cover the budget to the penny: 84 % with firms in the village, 96 % in the Dale."""
    area = village.parties.area
    inside = village.areas.ancestor[:, 1] == village.areas.ids.index("dale")

    value = sum(one.month_pence for one in village.contracts)
    here = sum(c.month_pence for c in village.contracts if area[c.supplier] == village.areas.focus)
    dale = sum(c.month_pence for c in village.contracts if inside[area[c.supplier]])

    assert value == village.buyers.budget_month.sum() == 2_500_000
    assert here / value == pytest.approx(0.84)
    assert dale / value == pytest.approx(0.96)


def test_sales_are_orders_contracts_and_exports(village: Economy) -> None:
    """What a firm expects to sell is what it sells near and outside: exports fill the gap."""
    exports = village.firms.export_pence

    assert np.all(exports >= 0)
    assert np.all(exports <= village.firms.sales_expected)


def test_a_firm_of_zero_weight_changes_nobody(scenario: Scenario, village: Economy) -> None:
    """Add a firm without jobs, sales or customers: every other row keeps every figure."""
    ghost = scenario.firms[0].model_copy(
        update={"id": "ghost", "jobs": 0, "monthly_sales": 0.0, "rates": 0.0, "bidder": False,
                "deposits": 0.0, "suppliers": ()}
    )  # fmt: skip
    haunted = build_economy(
        scenario.model_copy(update={"firms": (ghost, *scenario.firms)}), Assumptions.default(), 1
    )

    row_of = {uid: row for row, uid in enumerate(haunted.parties.uid.tolist())}
    same = np.array([row_of[uid] for uid in village.parties.uid.tolist()])
    n = village.firms.jobs.size
    for name in ("deposits", "savings", "loans", "area", "owner_kind"):
        old, new = getattr(village.parties, name), getattr(haunted.parties, name)
        assert np.array_equal(old, new[same]), name
    for name in ("sales_expected", "export_pence", "wage_pence", "unit_cost", "bid_skill"):
        old, new = getattr(village.firms, name), getattr(haunted.firms, name)
        assert np.array_equal(old, new[same[:n]]), name
    first, other = village.households.first, haunted.households.first
    for payer in range(village.households.n):
        old_shops = shares_of(village.shopping, payer)
        new_shops = shares_of(haunted.shopping, int(same[first + payer]) - other)
        assert {int(same[row]): step for row, step in old_shops.items()} == new_shops


def test_file_order_is_not_part_of_the_story(scenario: Scenario, village: Economy) -> None:
    """Firms listed the other way round give the same rows by uid, edges and all."""
    turned = build_economy(
        scenario.model_copy(update={"firms": scenario.firms[::-1]}), Assumptions.default(), 1
    )

    assert np.array_equal(turned.parties.uid, village.parties.uid)
    assert np.array_equal(turned.supply.payee, village.supply.payee)
    assert np.array_equal(turned.firms.sales_expected, village.firms.sales_expected)


def test_rows_stand_in_their_order(village: Economy) -> None:
    """Trading rows, five institutions, buyers, households: as the months expect."""
    kinds = village.parties.institution
    n = village.firms.jobs.size

    assert np.all(kinds[:n] == Institution.FIRM)
    assert kinds[n : n + 5].tolist() == [0, 1, 2, 3, 4]
    assert kinds[n + 5] == Institution.BUYER
    assert np.all(kinds[village.households.first :] == Institution.HOUSEHOLD)
