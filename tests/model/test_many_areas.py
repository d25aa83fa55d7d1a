"""Where several districts are agents: books close, staff live where they do, jobs stay in reach."""

from collections import Counter

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.accounting import desks as desk_rooms
from simulation.accounting import receivers
from simulation.accounting.digest import digest
from simulation.accounting.filed_months import FiledMonths
from simulation.economy.roll import unemployment
from simulation.kernels.labour import EMPLOYED
from simulation.model.rows import Rows
from simulation.model.run import Prepared, live, prepare
from tests.model.opening import model_of, open_place, whole_register
from tests.model.three_districts import HOUSEHOLDS, three_districts

MONTHS = 14
LIVELY = {
    "labour.separation_rate": 0.08,
    "labour.search_on_the_job": 0.2,
    "labour.hoarding": 0.0,
    "build.bidder_share.micro": 0.9,
    "build.contract_dependence": 0.9,
    "build.lot_pounds": 20_000.0,
}


@pytest.fixture(scope="module")
def lived():
    """Three lively districts after some months."""
    scenario = three_districts()
    model = model_of(open_place(scenario, whole_register(scenario, LIVELY)))
    started = model.town.economy.workers.employer.copy()
    for _ in range(MONTHS):
        model.step()
    return model, started


def test_every_district_has_its_people(lived):
    """As many households as the file says, and workers who live in them."""
    economy = lived[0].town.economy
    homes = economy.parties.area[economy.households.first :][: economy.households.n_agents]
    found = Counter(economy.areas.ids[area] for area in homes)

    assert found == HOUSEHOLDS
    np.testing.assert_array_equal(economy.workers.area, homes[economy.workers.household])


def test_books_close_to_the_penny(lived):
    """Both residuals are nothing after months in which people change jobs and money is dyed."""
    ledger = lived[0].town.ledger

    assert (ledger.residual_pence, ledger.dye_residual) == (0, 0)
    assert ledger.payments > 0


def test_jobs_are_found_within_reach(lived):
    """Nobody works where nobody from home did; many have changed jobs; markets are counted."""
    model, started = lived
    town, workers = model.town, model.town.economy.workers
    now, markets = town.now, town.now.markets
    n_areas = len(town.economy.areas.ids)
    place = np.full(town.links.payroll.start.size - 1, -1)
    place[: town.n_firms] = town.economy.parties.area[: town.n_firms]
    place[town.economy.buyers.row] = n_areas + np.arange(town.economy.buyers.row.size)
    at_work = workers.status == EMPLOYED
    market = markets.number[workers.area[at_work]]

    assert markets.size == len(HOUSEHOLDS)
    assert np.count_nonzero(workers.employer != started) > 0.2 * started.size
    assert (markets.share[place[workers.employer[at_work]], market] > 0.0).all()
    for one in range(markets.size):
        here = workers.status[markets.begins[one] : markets.begins[one + 1]]
        assert (now.seeking[one], now.working[one]) == (
            np.count_nonzero(here == 1),
            np.count_nonzero(here == EMPLOYED),
        )
    assert unemployment(town).shape == (markets.size,)


def test_suppliers_pay_goes_where_their_staff_live(lived):
    """What outflows tell of take-home pay adds up to what employers paid, area by area."""
    model, _ = lived
    books = model.recorder.rows["outflows"].table()
    payroll = model.recorder.rows["payroll"].table()
    town = model.town
    last = (books["month"] == town.month) & (books["kind"] == Kind.WAGES)
    suppliers = np.isin(town.now.party, books["supplier"][books["month"] == town.month])
    rows = np.flatnonzero(suppliers[: town.n_firms])

    expected = town.now.net_by_row[rows].sum() + town.now.aggregate_net[rows].sum()
    assert books["pence"][last].sum() == expected
    assert {town.economy.areas.ids[area] for area in books["area"][last]} >= set(HOUSEHOLDS)
    buyers = town.economy.buyers.row
    paid = town.now.net_by_row[buyers].sum() + town.now.aggregate_net[buyers].sum()
    assert payroll["pence"][payroll["month"] == town.month].sum() == paid
    of_homes = {int(town.economy.classes.area[k]) for k in payroll["klass"]}
    assert {town.economy.areas.ids[area] for area in of_homes} >= set(HOUSEHOLDS)


@pytest.mark.compiled
def test_the_number_of_desks_changes_no_book():
    """Wages, taxes and shopping of several districts come to the same at 1, 2, 3 and 7 desks."""
    assert len({lived_at(desks) for desks in (1, 2, 3, 7)}) == 1


@pytest.mark.compiled
def test_a_place_may_be_kept_as_a_country_is(monkeypatch):
    """Receivers written in the links, sums that grow, months and tables in files: the same bytes.

    Firms close and are taken over; a copy that lives leaves the prepared place as it was.
    """
    usual = lived_at(1)
    monkeypatch.setattr(receivers, "OVERWRITTEN", 0)
    monkeypatch.setattr(desk_rooms, "LINKS_OF_A_HOME", 0)
    monkeypatch.setattr(desk_rooms, "MANY", 0)
    for keeper in (FiledMonths, Rows):
        monkeypatch.setattr(keeper.__init__, "__defaults__", (0,))
    prepared = prepared_at(2)
    ledger = prepared.town.ledger

    kept = [digest(live(prepared, "cooperative_membership", MONTHS)) for _ in range(2)]
    itself = digest(live(prepared, "cooperative_membership", MONTHS, keep=False))

    assert isinstance(prepared.town.links.shopping.receivers, receivers.InPlace)
    assert (ledger.redirect != np.arange(ledger.redirect.size)).any()
    assert [*kept, itself] == [usual] * 3


def prepared_at(desks: int) -> Prepared:
    """Three districts, burnt in and served at so many desks from then on."""
    scenario = three_districts()
    prepared = prepare(scenario, whole_register(scenario, {}), 5)
    prepared.town.ledger.share_out(desks)
    return prepared


def lived_at(desks: int) -> str:
    """The digest of what they come to."""
    return digest(live(prepared_at(desks), "cooperative_membership", MONTHS, keep=False))
