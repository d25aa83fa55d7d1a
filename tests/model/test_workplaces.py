"""Where a public buyer's staff are counted: other work by shares, a service where its lot is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels.labour import EMPLOYED
from simulation.model.lots import category_ids
from simulation.model.rows import Rows
from simulation.model.run import Prepared
from simulation.model.workplaces import add_by_work, note_jobs
from tests.model.opening import QUIET, model_of, open_place, whole_register
from tests.model.three_districts import three_districts
from tests.reference.workplaces import by_work

COUNTY = "county-council"
OFF = {
    "labour.wage_slope": 0.0, "labour.hoarding": 1.0, "build.lot_pounds": 60_000.0,
    "insourcing.overhead": 0.0, "insourcing.setup_months": 0.0, "insourcing.review_months": 0.0,
}  # fmt: skip


def opened() -> Prepared:
    """Three districts under insourcing; nothing runs out but what a test lets run out."""
    scenario = three_districts()
    compare = scenario.compare.model_copy(update={"regimes": ("price_quality", "insourcing")})
    scenario = scenario.model_copy(update={"compare": compare})
    place = open_place(scenario, whole_register(scenario, {**QUIET, **OFF}))
    place.stewardship.policy = place.policies["insourcing"]
    place.stewardship.telling = True
    for lot in place.stewardship.lots:
        lot.ends = 1_000
    return place


def told(place: Prepared) -> np.ndarray:
    """Jobs by area of work and of home."""
    rows = Rows("jobs")
    note_jobs(rows, place.town, place.stewardship.own.departments)
    table, width = rows.table(), len(place.town.economy.areas.ids)
    out = np.zeros((width, width), dtype=np.int64)
    np.add.at(out, (table["work_area"], table["home_area"]), table["jobs"])
    return out


def employed(place: Prepared) -> int:
    """Count all who work: residents in work, and commuters."""
    economy = place.town.economy
    away = int(economy.firms.aggregate_jobs.sum()) + int(economy.buyers.aggregate_jobs.sum())
    return int(np.count_nonzero(economy.workers.status == EMPLOYED)) + away


def area(place: Prepared, name: str) -> int:
    """Number an area."""
    return place.town.economy.areas.ids.index(name)


def test_a_county_councils_staff_are_counted_in_every_district_it_serves() -> None:
    """Its jobs by area are those of the first day, and the districts' own stand at their seats."""
    place = opened()
    buyers, width = place.town.economy.buyers, len(place.town.economy.areas.ids)
    firms = place.town.economy.firms
    at_firms = np.bincount(
        place.town.economy.parties.area[: place.town.n_firms], minlength=width,
        weights=firms.aggregate_jobs + place.town.now.roll.heads[: place.town.n_firms],
    ).astype(np.int64)  # fmt: skip

    found = told(place).sum(axis=1)

    county = buyers.jobs_in[buyers.ids.index(COUNTY)]
    assert all(county[area(place, name)] > 0 for name in ("north", "middle", "south"))
    assert (found - at_firms).tolist() == buyers.jobs_in.sum(axis=0).tolist()
    assert found.sum() == employed(place)


@pytest.mark.parametrize("where", ["north", "south"])
def test_what_a_county_takes_in_house_is_counted_where_it_is_served(where: str) -> None:
    """A homecare lot of the north: the carers who come over work in the north, not at the seat.

    A supplier may be anywhere, so what is added is read off the council's own work alone.
    """
    place = opened()
    here, seat = area(place, where), area(place, "middle")
    code, county = category_ids().index("homecare"), place.town.economy.buyers.ids.index(COUNTY)
    lot = next(
        one for one in place.stewardship.lots
        if (one.buyer, one.category, one.area) == (county, code, here)
    )  # fmt: skip
    lot.ends = 0
    supplier = int(place.stewardship.suppliers_of(lot.arrangement)[0])
    origin = int(place.town.economy.parties.area[supplier])
    before, working = told(place).sum(axis=1), employed(place)

    model = model_of(place)
    for _ in range(2):
        model.step()

    (department,) = place.stewardship.own.departments.values()
    change = told(place).sum(axis=1) - before
    assert department.size > 0
    assert employed(place) == working
    assert change[here] == (department.size if origin != here else 0)
    assert change[seat] == (-department.size if origin == seat else 0)
    assert change.sum() == 0


def test_staff_of_a_department_are_counted_at_their_own_pay() -> None:
    """Jobs, pay and jobs at a living wage by home stay what they are, whoever works where."""
    place = opened()
    for lot in place.stewardship.lots:
        lot.ends = 0
    model = model_of(place)

    for _ in range(2):
        model.step()

    rows, economy = Rows("jobs"), place.town.economy
    note_jobs(rows, place.town, place.stewardship.own.departments)
    table, workers = rows.table(), economy.workers
    away = int(economy.firms.aggregate_payroll.sum()) + int(economy.buyers.aggregate_payroll.sum())
    at_work = workers.status == EMPLOYED
    assert len(place.stewardship.own.departments) > 3
    assert table["jobs"].sum() == employed(place)
    assert table["pay_pence"].sum() == int(workers.wage_pence[at_work].sum()) + away
    assert (table["living_wage_jobs"] <= table["jobs"]).all()


HOMES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 10**7), st.floats(0, 1), st.integers(0, 50)),
    min_size=1, max_size=6,
)  # fmt: skip


@given(HOMES)
def test_seats_by_area_are_those_of_the_slow_twin(homes: list[tuple[int, int, float, int]]) -> None:
    """Every job is in one area, areas have their shares, and no penny is lost."""
    jobs = [many for many, _, _, _ in homes]
    pay = [many and pence for many, pence, _, _ in homes]
    living = [int(many * part) for many, _, part, _ in homes]
    weights = [float(weight) for _, _, _, weight in homes]
    weights[0] += 1.0
    told = np.zeros((3, len(homes), len(homes)), dtype=np.int64)

    add_by_work(np.array([jobs, pay, living]), np.array(weights), told)

    assert told.tolist() == by_work(jobs, pay, living, weights)
    assert told.sum(axis=1).tolist() == [jobs, pay, living]
    assert (told[2] <= told[0]).all()
