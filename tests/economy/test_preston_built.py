"""Preston on its first day holds the people, jobs, firms and contracts that its figures say."""

import hashlib

import numpy as np
import pytest

from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from scenarios.spec import Scenario
from scenarios.vocabulary import OwnerKind, SizeBand
from simulation.economy.build import build_economy
from simulation.economy.columns import Economy, Edges
from simulation.economy.firms import MISSION_SECTORS
from simulation.economy.oncosts import labour_cost
from simulation.economy.place import Place, read_place
from simulation.economy.tax_law import tax_year_of

SECTOR_TOLERANCE = 0.02
FAR = ("rest-of-north-west", "rest-of-uk")
ONE_POINT = 0.01


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Preston in 2012."""
    return read_scenario("preston-2012")


@pytest.fixture(scope="module")
def place(scenario: Scenario) -> Place:
    """Its figures."""
    return read_place(scenario, Assumptions.default())


@pytest.fixture(scope="module")
def preston(scenario: Scenario) -> Economy:
    """Its first day."""
    return build_economy(scenario, Assumptions.default(), 1)


def focus_firms(economy: Economy) -> np.ndarray:
    """Return the trading rows of the focus."""
    n = economy.firms.jobs.size
    return economy.parties.area[:n] == economy.areas.focus


def single_firms(economy: Economy) -> np.ndarray:
    """Return the trading rows that are single firms."""
    return np.arange(economy.firms.jobs.size) < economy.firms.n_agents


def test_enterprises_stand_by_size_band(preston: Economy, place: Place, scenario: Scenario) -> None:
    """Every enterprise of the city is a row of its band; branches of chains come on top."""
    branches = {chain.id for chain in scenario.chains if scenario.focus in chain.branches}
    here = focus_firms(preston) & single_firms(preston)

    counts = np.bincount(preston.firms.size_band[here], minlength=5)[1:]

    published = place.enterprises[preston.areas.focus]
    assert counts[:3].tolist() == published[:3].tolist()
    assert counts[3] == published[3] + len(branches)


def test_jobs_of_the_city_add_up_by_sector(preston: Economy, place: Place) -> None:
    """Firms, public units and public buyers together hold the city's jobs."""
    focus, firms = preston.areas.focus, preston.firms
    here = focus_firms(preston)
    sector = preston.parties.sector[: firms.jobs.size]
    public = place.public_jobs.any(axis=0)

    jobs = np.bincount(sector[here], weights=firms.jobs[here], minlength=public.size)

    target = place.jobs[focus]
    gap = np.abs(jobs - target)[~public]
    assert gap.sum() <= SECTOR_TOLERANCE * target[~public].sum()
    assert jobs.sum() <= target.sum()


def test_jobs_of_other_areas_add_up(preston: Economy, place: Place) -> None:
    """In account areas rows and public buyers' staff hold exactly the area's jobs."""
    n = preston.firms.jobs.size
    many = np.bincount(
        preston.parties.area[:n], weights=preston.firms.jobs, minlength=len(place.ids)
    )

    elsewhere = place.ids.index("rest-of-north-west")
    blackpool = place.ids.index("blackpool")
    assert many[elsewhere] == place.jobs[elsewhere].sum()
    assert many[blackpool] == pytest.approx(place.jobs[blackpool].sum(), rel=SECTOR_TOLERANCE)


def test_households_and_people_add_up(preston: Economy, place: Place) -> None:
    """Every household is a row; adults and children are the residents within 4 per cent."""
    focus, homes = preston.areas.focus, preston.households
    first = homes.first
    here = preston.parties.area[first:] == focus

    people = homes.adults[here].sum() + homes.children[here].sum()

    assert here.sum() == place.households[focus]
    assert people == pytest.approx(place.population[focus], rel=0.04)
    assert homes.households_in_row.sum() == place.households.sum()


def test_residents_in_work_commute_as_the_census_says(preston: Economy, place: Place) -> None:
    """As many residents work as the file says, and in the areas that it says."""
    workers, focus = preston.workers, preston.areas.focus
    employed = workers.status == 2

    area = preston.parties.area[workers.employer[employed]]

    n_buyers = len(preston.buyers.ids)
    assert employed.sum() == place.workers[focus]
    assert np.all((workers.employer >= 0) == employed)
    flows = np.bincount(area, minlength=len(place.ids))
    gap = np.abs(flows - place.commuters[focus]).sum()
    spread = sum(int((workers.employer == preston.buyers.row[b]).sum()) for b in range(n_buyers))
    assert gap <= 2 * spread


def test_no_employer_has_more_staff_than_jobs(preston: Economy) -> None:
    """Worker rows and commuters together fill each firm's jobs exactly."""
    workers, firms = preston.workers, preston.firms
    heads = np.bincount(workers.employer[workers.status == 2], minlength=preston.parties.uid.size)

    filled = heads[: firms.jobs.size] + firms.aggregate_jobs

    assert np.array_equal(filled, firms.jobs)
    assert np.all(firms.aggregate_jobs >= 0)


def test_public_payrolls_cost_what_the_file_says(preston: Economy, scenario: Scenario) -> None:
    """Staff of each public buyer, residents and commuters, cost its payroll within 5 per cent."""
    workers, buyers = preston.workers, preston.buyers
    tax = tax_year_of(scenario.start.serial)
    pension = Assumptions.default()["labour.pension_rate"]

    for b in range(len(buyers.ids)):
        mine = workers.employer == buyers.row[b]
        gross = workers.wage_pence[mine].sum() + buyers.aggregate_payroll[b]
        cost = labour_cost([gross], [mine.sum() + buyers.aggregate_jobs[b]], tax, pension)
        assert cost[0] == pytest.approx(buyers.payroll_month[b].sum(), rel=0.05)


def test_contracts_are_based_where_published(preston: Economy, scenario: Scenario) -> None:
    """5 % of the anchors' pounds stay in Preston and 39 % in Lancashire, within a point."""
    area = preston.parties.area
    lancashire = preston.areas.ids.index("lancashire")
    inside = preston.areas.ancestor[:, 1] == lancashire
    published = scenario.contracts.share_in

    pence = np.array([one.month_pence for one in preston.contracts])
    based = np.array([area[one.supplier] for one in preston.contracts])

    assert pence.sum() == preston.buyers.budget_month.sum()
    city = pence[based == preston.areas.focus].sum() / pence.sum()
    county = pence[inside[based]].sum() / pence.sum()
    assert city == pytest.approx(published["preston"], abs=ONE_POINT)
    assert county == pytest.approx(published["lancashire"], abs=ONE_POINT)
    assert 300 <= len(preston.contracts) <= 500


def test_contracts_go_to_firms_that_may_tender_in_the_trade(preston: Economy) -> None:
    """Each supplier may bid, and its sector serves the category."""
    trade = tables.category_sectors()

    for one in preston.contracts:
        sector = preston.parties.sector[one.supplier]
        assert preston.firms.bidder[one.supplier]
        assert trade[one.category, sector] > 0.0
        assert one.months_left >= 1


def edges_hold(edges: Edges, n_parties: int) -> None:
    """Check that a network's shares are whole and its payees exist."""
    count = np.diff(edges.start)
    last = edges.cum[edges.start[1:][count > 0] - 1]
    begin = edges.cum - np.diff(edges.cum, prepend=0)
    begin[edges.start[:-1][count > 0]] = 0

    assert np.all(count >= 0)
    assert edges.start[-1] == edges.payee.size == edges.cum.size
    assert np.all(last == 65536)
    assert np.all(edges.cum > begin)
    assert np.all((edges.payee >= 0) & (edges.payee < n_parties))


def test_edges_are_whole(preston: Economy) -> None:
    """Every payer's shares rise to exactly one, in steps of at least 1/65536, to real rows."""
    n = preston.parties.uid.size

    edges_hold(preston.supply, n)
    edges_hold(preston.shopping, n)
    edges_hold(preston.payroll, n)

    assert preston.supply.start.size == preston.firms.jobs.size + 1
    assert preston.shopping.start.size == preston.households.n + 1
    assert preston.payroll.start.size == preston.households.first + 1


def test_no_firm_supplies_itself(preston: Economy) -> None:
    """Only account rows, which stand for many firms, may pay themselves."""
    edges = preston.supply
    payer = np.repeat(np.arange(edges.start.size - 1), np.diff(edges.start))

    own = payer[edges.payee == payer]

    assert np.all(own >= preston.firms.n_agents)


def test_commuters_are_paid_at_home(preston: Economy) -> None:
    """Payroll edges end at account households, and abroad only for head offices abroad."""
    edges = preston.payroll
    payer = np.repeat(np.arange(edges.start.size - 1), np.diff(edges.start))
    abroad = preston.parties.area[payer] == preston.areas.ids.index("world")

    first = preston.households.first + preston.households.n_agents
    assert np.all(edges.payee[~abroad] >= first)
    assert np.all(edges.payee[abroad] == preston.world)


def test_firms_cover_their_costs(preston: Economy) -> None:
    """Each firm keeps a margin, and sells what it sells near plus what it sells outside."""
    firms = preston.firms

    assert np.all(firms.unit_cost < 1.0)
    assert np.all(firms.unit_cost > 0.2)
    assert np.all(firms.export_pence >= 0)
    assert np.all(firms.export_pence <= firms.sales_expected)
    assert np.all(firms.capacity_pence >= firms.sales_expected)


def test_owners_and_landlords_are_real_rows(preston: Economy) -> None:
    """Local firms belong to households of their place, outsiders' to others, VCSEs to nobody."""
    firms, parties, n = preston.firms, preston.parties, preston.firms.jobs.size
    kind = parties.owner_kind[:n]
    local = (kind == OwnerKind.LOCAL) & single_firms(preston)

    assert np.all(parties.area[firms.owner[local]] == parties.area[:n][local])
    assert np.all(firms.owner[local] >= preston.households.first)
    assert np.all(firms.owner[(kind == OwnerKind.VCSE) | (kind == OwnerKind.PUBLIC)] == -1)
    outside = (kind == OwnerKind.OUTSIDE) & focus_firms(preston)
    assert np.all(parties.area[firms.owner[outside]] != preston.areas.focus)
    assert np.all(firms.landlord != np.arange(n))


def test_tenure_follows_the_census(preston: Economy, scenario: Scenario) -> None:
    """Shares of tenures are the area's; outright owners pay nobody and mortgages go to the bank."""
    homes, focus = preston.households, preston.areas.focus
    here = preston.parties.area[homes.first :] == focus
    tenure = scenario.areas[focus].tenure

    shares = np.bincount(homes.tenure[here], minlength=4) / here.sum()

    assert tenure is not None
    published = [tenure.owned, tenure.mortgaged, tenure.social, tenure.private]
    assert shares == pytest.approx(published, abs=1e-4)
    assert np.all(homes.landlord[homes.tenure == 0] == -1)
    assert np.all(homes.landlord[homes.tenure == 1] == preston.bank)
    own = homes.first + np.arange(homes.landlord.size)
    assert np.all(homes.landlord != own)


def test_uids_are_one_each(preston: Economy) -> None:
    """No two parties and no two workers share an identity."""
    everyone = np.concatenate([preston.parties.uid, preston.workers.uid])

    assert np.unique(everyone).size == everyone.size


def test_classes_are_sorted_and_all_in_use(preston: Economy) -> None:
    """Classes are the combinations that occur, in order, and each row knows its own."""
    classes, parties = preston.classes, preston.parties
    keys = list(
        zip(classes.institution.tolist(), classes.sector.tolist(), classes.area.tolist(),
            classes.owner_kind.tolist(), strict=True)
    )  # fmt: skip

    assert keys == sorted(set(keys))
    assert np.array_equal(classes.area[parties.klass], parties.area)
    assert np.array_equal(classes.owner_kind[parties.klass], parties.owner_kind)
    assert np.unique(parties.klass).size == len(keys)


def digest(economy: Economy) -> str:
    """Hash every column and contract."""
    out = hashlib.sha256()
    for table in (economy.parties, economy.firms, economy.households, economy.workers,
                  economy.supply, economy.shopping, economy.payroll):  # fmt: skip
        for name in type(table).__slots__:
            column = getattr(table, name)
            if isinstance(column, np.ndarray):
                out.update(column.tobytes())
    out.update(repr(economy.contracts).encode())
    return out.hexdigest()


@pytest.mark.compiled
def test_the_same_seed_builds_the_same_bytes(preston: Economy, scenario: Scenario) -> None:
    """Built twice with one seed, every column is the same; with another seed it is not."""
    again = build_economy(scenario, Assumptions.default(), 1)
    other = build_economy(scenario, Assumptions.default(), 2)

    assert digest(again) == digest(preston)
    assert digest(other) != digest(preston)


def test_large_firms_bid_more_often(preston: Economy) -> None:
    """The chance to be a bidder rises with size, and skill with it."""
    firms = preston.firms
    here = focus_firms(preston) & single_firms(preston)
    micro = here & (firms.size_band == SizeBand.MICRO)
    medium = here & (firms.size_band == SizeBand.MEDIUM)

    assert firms.bidder[micro].mean() < firms.bidder[medium].mean()
    assert firms.bid_skill[micro].mean() < firms.bid_skill[medium].mean()


@pytest.mark.compiled
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_suppliers_from_farther_away_may_be_charities(scenario: Scenario, share: float) -> None:
    """In the trades of charities about that part of them is one; none is in another trade."""
    a = Assumptions.default().with_values({"firms.vcse_among_national": share})
    economy = build_economy(scenario, a, 1)

    n = economy.firms.jobs.size
    far = np.isin(economy.parties.area[:n], [economy.areas.ids.index(one) for one in FAR])
    far &= single_firms(economy)
    trades = [read_place(scenario, a).sector(one) for one in MISSION_SECTORS]
    mission = np.isin(economy.parties.sector[:n], trades)
    charity = economy.parties.owner_kind[:n] == OwnerKind.VCSE
    assert charity[far & mission].mean() == pytest.approx(share, abs=0.15)
    assert not charity[far & ~mission].any()
