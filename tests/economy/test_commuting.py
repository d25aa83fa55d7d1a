"""Who travels where to work: margins hold to the person, and distance deters."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from scenarios.tables import districts
from simulation.economy import commuting
from simulation.economy.commuting import (
    UnservedMarginsError,
    balanced,
    gravity_commuters,
    whole_people,
)
from simulation.economy.place import Place, read_place

RULES = {"commuting.power": 2.92, "commuting.offset_km": 2.0, "commuting.least_people": 10.0}
NO_LAND = np.nan

LONDON_INFLOW = 790_000
"""People who lived elsewhere in England and Wales and worked in London (GLA, Census 2011)."""

MEAN_KM = 15.0
"""Mean distance between home and a fixed place of work, England and Wales (ONS, Census 2011)."""

POINTS = 0.03
"""How far a share may lie from that of all districts, where the others are sums."""


@pytest.fixture(scope="module")
def england() -> Place:
    """England's areas as arrays, commuters among them."""
    scenario = read_scenario("england")
    return read_place(scenario, assumptions_of(scenario, {}))


def line(*places: float) -> np.ndarray:
    """Distances between places on a line [km]."""
    at = np.array(places)
    return np.abs(at[:, None] - at[None, :])


def commuters(workers, jobs, distance, **rules):
    """Commuters between areas without land."""
    land = np.full(len(workers), NO_LAND)
    changed = RULES | {f"commuting.{name}": value for name, value in rules.items()}
    return gravity_commuters(np.array(workers), np.array(jobs), distance, land, changed)


def test_every_home_and_every_workplace_of_england_is_served(england):
    """Rows are residents in work and columns jobs, to the person, whatever the distance."""
    assert (england.commuters >= 0).all()
    assert (england.commuters.sum(axis=1) == england.workers).all()
    assert (england.commuters.sum(axis=0) == england.jobs.sum(axis=1)).all()


def test_england_is_served_in_ten_seconds():
    """306 areas and more are balanced while a person waits."""
    scenario = read_scenario("england")
    began = time.process_time()

    read_place(scenario, assumptions_of(scenario, {}))

    assert time.process_time() - began < 10.0


def test_commuters_to_london_are_as_many_as_the_census_found(england):
    """Nobody fitted the flows to London's; they come within a quarter of them."""
    rows = england.rows
    london = np.array([row.tier == "district" and "london-" in (row.parent or "") for row in rows])

    into = england.commuters[np.ix_(~london, london)].sum()

    assert abs(into / LONDON_INFLOW - 1) < 0.25


def test_the_english_travel_as_far_as_the_census_found(england):
    """Mean distance to work, own districts by half their radius, lies near the published one."""
    here = [k for k, row in enumerate(england.rows) if row.tier == "district"]
    flows = england.commuters[np.ix_(here, here)]
    apart = england.distance_km[np.ix_(here, here)].copy()
    land = np.array([england.rows[k].area_km2 for k in here])
    np.fill_diagonal(apart, np.sqrt(land / np.pi) / 2)

    mean = (flows * apart).sum() / flows.sum()

    assert abs(mean / MEAN_KM - 1) < 0.2


def test_the_rule_is_that_of_lancashire():
    """From Lancashire's margins, centres and land come the flows that preston-2012 writes down."""
    scenario = read_scenario("preston-2012")
    known = [area for area in scenario.areas if area.tier == "district"]
    index = {area.id: row for row, area in enumerate(known)}
    written = np.zeros((len(known), len(known)), dtype=np.int64)
    for flow in scenario.commuting:
        if flow.home in index and flow.work in index:
            written[index[flow.home], index[flow.work]] = flow.people
    east, north = (
        np.array([getattr(a, key) for a in known]) for key in ("easting_km", "northing_km")
    )
    apart = np.sqrt((east[:, None] - east) ** 2 + (north[:, None] - north) ** 2)
    land = np.array([districts()[area.code].area_km2 for area in known])

    made = gravity_commuters(written.sum(axis=1), written.sum(axis=0), apart, land, RULES)

    assert np.abs(made - written).sum() / 2 < 0.001 * written.sum()


def test_more_people_go_where_it_is_nearer():
    """Of two equal towns the nearer gets more commuters, and power 0 ends the difference."""
    apart = line(0.0, 10.0, 30.0)

    near = commuters([1000, 1000, 1000], [1000, 1000, 1000], apart)
    alike = commuters([1000, 1000, 1000], [1000, 1000, 1000], apart, power=0.0)

    assert near[0, 1] > near[0, 2]
    assert np.ptp(alike) <= 2


def test_jobs_are_taken_in_proportion():
    """Where there are more jobs than people, each place gets its share of the people."""
    apart = line(0.0, 10.0)

    once = commuters([1000, 1000], [500, 1500], apart)
    twice = commuters([1000, 1000], [1000, 3000], apart)

    assert (once == twice).all()
    assert once.sum(axis=0).tolist() == [500, 1500]


def test_a_flow_of_a_few_is_left_out():
    """Far places exchange nobody, and both margins hold all the same."""
    apart = line(0.0, 5.0, 30.0, 35.0)
    people = [5000, 5000, 5000, 5000]

    all_flows = commuters(people, people, apart, least_people=0.0)
    kept = commuters(people, people, apart)

    assert all_flows[:2, 2:].any()
    assert not kept[:2, 2:].any()
    assert kept.sum(axis=1).tolist() == kept.sum(axis=0).tolist() == people


def test_a_place_with_one_side_only_is_served():
    """A town without jobs sends all its people, one without people takes all its workers."""
    made = commuters([400, 0, 0], [0, 300, 100], line(0.0, 10.0, 20.0))
    idle = commuters([400, 0], [0, 0], line(0.0, 10.0))

    assert made.tolist() == [[0, 300, 100], [0, 0, 0], [0, 0, 0]]
    assert idle.tolist() == [[400, 0], [0, 0]]


def test_the_last_act_of_balancing_is_a_round(monkeypatch):
    """However few rounds there are, columns hold: nothing is extrapolated after the last."""
    monkeypatch.setattr(commuting, "ROUNDS", commuting.STRIDE)
    pull = np.array([[1.0, 1e-6, 0.0], [1.0, 1.0, 1e-7], [1e-7, 1e-3, 1.0]])
    send, take = np.array([900, 40, 60]), np.array([100, 700, 200])

    people = balanced(pull, send, take)

    assert np.abs(people.sum(axis=1) - send).max() > commuting.CLOSE
    np.testing.assert_allclose(people.sum(axis=0), take, rtol=1e-12)


def test_margins_that_the_flows_cannot_meet_are_met_all_the_same():
    """Ten are drawn to a workplace of five jobs: factors stay finite, half go elsewhere."""
    pull = np.array([[1.0, 0.0], [1.0, 1.0]])
    send, take = np.array([10, 90]), np.array([5, 95])

    people = balanced(pull, send, take)

    np.testing.assert_allclose(people.sum(axis=0), take, rtol=1e-12)
    assert whole_people(people, send, take).tolist() == [[5, 5], [0, 90]]


def test_a_column_that_has_too_few_to_hand_on_waits_for_some():
    """The middle workplace has two people, and ten to hand on once the first gives."""
    people = np.array([[100.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    send, take = np.array([101, 2]), np.array([90, 2, 11])

    whole = whole_people(people, send, take)

    assert (whole >= 0).all()
    assert (whole.sum(axis=1).tolist(), whole.sum(axis=0).tolist()) == ([101, 2], [90, 2, 11])


@pytest.mark.parametrize(
    ("people", "send", "take", "missed"),
    [([[5.0, 5.0]], [10], [5, 9], 4), ([[0.0, 0.0], [5.0, 5.0]], [3, 7], [5, 5], 6)],
)
def test_people_without_a_place_are_said(people, send, take, missed):
    """Margins of different sums, and a home that nobody leaves, are refused and counted."""
    with pytest.raises(UnservedMarginsError, match=f"by {missed} people") as caught:
        whole_people(np.array(people), np.array(send), np.array(take))

    assert caught.value.people == missed


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 50_000), st.integers(0, 50_000), st.floats(0, 500), st.floats(0.1, 3000)
        ),
        min_size=2,
        max_size=12,
    )
)
def test_margins_hold_anywhere(towns):
    """Rows and columns are exact for any towns, and a second time the same."""
    workers, jobs, at, land = (np.array(column) for column in zip(*towns, strict=True))

    made = gravity_commuters(workers, jobs, line(*at), land, RULES)
    again = gravity_commuters(workers, jobs, line(*at), land, RULES)

    assert (made == again).all()
    assert (made >= 0).all()
    assert (made.sum(axis=1) == workers).all()
    if jobs.sum() > 0:
        wanted = jobs * (workers.sum() / jobs.sum())
        assert np.abs(made.sum(axis=0) - wanted).max() <= 1


@pytest.mark.parametrize(
    ("file", "focus"),
    [
        ("wigan", "wigan"),
        ("plymouth", "plymouth"),
        ("tameside", "tameside"),
        ("preston-2024", "preston"),
        ("oxford", "oxford"),
        ("wigan", "camden"),
        ("wigan", "darlington"),
    ],
)
def test_a_place_alone_sends_and_takes_whom_it_does_in_england(england, file, focus):
    """With the rest of the country in two sums, as many stay, and as many jobs are taken by them.

    Also where the sum lies all around the place, and where another region begins at its border.
    """
    scenario = read_scenario(file, [f"focus={focus}"])
    place = read_place(scenario, assumptions_of(scenario, {}))
    flows, here = place.commuters, place.ids.index(focus)
    known, there = england.commuters, england.ids.index(focus)

    stay = flows[here, here] / flows[here].sum()
    held = flows[here, here] / flows[:, here].sum()

    assert stay == pytest.approx(known[there, there] / known[there].sum(), abs=POINTS)
    assert held == pytest.approx(known[there, there] / known[:, there].sum(), abs=POINTS)
    assert (flows.sum(axis=0) == place.jobs.sum(axis=1)).all()


def test_areas_set_apart_by_the_scenario_are_so_both_ways():
    """What a row says of another area holds for the other of it, whatever their centres say."""
    scenario = read_scenario("wigan", ["areas.rest-of-uk.apart_km.wigan=77"])

    place = read_place(scenario, assumptions_of(scenario, {}))

    one, other = place.ids.index("wigan"), place.ids.index("rest-of-uk")
    assert place.distance_km[one, other] == place.distance_km[other, one] == 77.0
    assert place.distance_km[one, place.ids.index("bolton")] == pytest.approx(9.9, abs=0.1)
