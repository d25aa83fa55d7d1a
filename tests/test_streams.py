"""Luck that belongs to an agent and a month: known values, even spread, no order, no coupling."""

import itertools
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import streams
from simulation.streams import Purpose
from tests.reference import streams as slow

SEEDS = st.integers(-(2**63), 2**63 - 1)
AGENTS = st.integers(0, 2**63 - 1)
MONTHS = st.integers(0, 1200)
PURPOSES = st.one_of(st.sampled_from(Purpose), st.text(max_size=12))
N = 100_000
MANY = np.arange(N, dtype=np.int64)
SIGMAS = 5.0
"""Standard errors allowed: the seeds are fixed, so this fails for a bad mixer or never."""
SPLITMIX_FIRST = 0xE220A8397B1DCDAF
"""First output of SplitMix64 from state 0, as printed with the reference implementation."""


def test_the_slow_twin_is_splitmix64_as_published():
    """The mixer that the twin copies gives the published first output."""
    assert slow.mixed(0) == SPLITMIX_FIRST


@given(SEEDS, PURPOSES, st.lists(AGENTS, min_size=1, max_size=5), MONTHS)
def test_draws_equal_their_slow_twin(seed, purpose, agents, month):
    """Every draw, among many or alone, is that of whole numbers of any size."""
    expected = [slow.uniform(seed, purpose, agent, month) for agent in agents]

    assert streams.uniform(seed, purpose, agents, month).tolist() == expected
    assert [streams.one(seed, purpose, agent, month) for agent in agents] == expected


@given(st.lists(st.tuples(st.integers(0, 2**63 - 1), AGENTS), max_size=5), PURPOSES, MONTHS)
def test_draws_under_seeds_of_their_own_equal_their_slow_twin(pairs, purpose, month):
    """Each agent draws what it would draw alone under its own seed."""
    seeds, agents = [seed for seed, _ in pairs], [agent for _, agent in pairs]

    drawn = streams.uniform_each(seeds, purpose, agents, month)

    assert drawn.tolist() == [slow.uniform(seed, purpose, agent, month) for seed, agent in pairs]


@given(st.lists(st.one_of(SEEDS, st.text(max_size=8)), max_size=4))
def test_keys_equal_their_slow_twin(parts):
    """A key is the first 63 bits of the mixed parts."""
    assert streams.key(*parts) == slow.hashed(*parts) >> 1


@given(st.lists(SEEDS, max_size=3), st.lists(SEEDS, max_size=3), SEEDS)
def test_keys_made_together_equal_those_made_alone(parts, each, after):
    """Many keys that differ in one part are the same as one by one."""
    together = streams.keys(tuple(parts), each, after)

    assert together.tolist() == [streams.key(*parts, one, after) for one in each]


@given(st.lists(AGENTS, max_size=5), PURPOSES, MONTHS, st.floats(0.0, 1.0))
def test_chances_are_the_draws_compared(agents, purpose, month, chance):
    """`below` finds those whose draws are below."""
    lucky = streams.below(7, purpose, agents, month, chance)

    drawn = streams.uniform(7, purpose, agents, month)
    assert lucky.tolist() == np.flatnonzero(drawn < chance).tolist()


def test_chances_are_compared_however_many_agents_there_are():
    """More than are drawn at once, and not a multiple of eight."""
    agents = np.arange(3 * 4096 + 5)

    lucky = streams.below(7, "many", agents, 3, 0.3)

    drawn = streams.uniform(7, "many", agents, 3)
    assert lucky.tolist() == np.flatnonzero(drawn < 0.3).tolist()


@given(st.text(max_size=8), st.text(max_size=8), st.lists(st.integers(0, 2**40), min_size=1))
def test_identities_made_together_equal_those_made_alone(place, kind, serials):
    """`uids` gives each agent the identity that `uid` gives it, positive in 63 bits."""
    together = streams.uids(place, kind, serials)

    assert together.tolist() == [streams.uid(place, kind, serial) for serial in serials]
    assert together.min() >= 0


def test_known_draws_stay_known():
    """Fixed numbers for a fixed key: who changes the mixing changes every result, and sees it."""
    drawn = streams.uniform(42, Purpose.BID_PRICE, [1, 2, 3], 7)

    assert [value.hex() for value in drawn.tolist()] == [
        "0x1.7acde7d4f3d4dp-1",
        "0x1.f51ca0622a2eap-2",
        "0x1.07b02fbf4f947p-1",
    ]
    assert streams.uid("preston", "firm", 12) == 2401855747836699449
    assert streams.key(7, "replicate", 3) == 784881418370936879
    assert streams.normal(42, "luck", [5])[0].hex() == "-0x1.66b7b19e7cb5dp+0"


@pytest.mark.parametrize(("bits", "end"), [(0, 2.0**-53), (2**64 - 1, 1.0 - 2.0**-53)])
def test_a_draw_is_never_zero_or_one(bits, end):
    """The agents whose 64 bits are all zeros or all ones still draw strictly between 0 and 1."""
    agent = slow.agent_that_draws(bits, 5, Purpose.HIRE, 9)

    drawn = streams.uniform(5, Purpose.HIRE, [agent], 9)[0]

    assert drawn == end == streams.one(5, Purpose.HIRE, agent, 9)
    assert 0.0 < drawn < 1.0
    assert np.isfinite(streams.normal(5, Purpose.HIRE, [agent], 9)[0])


def test_order_and_company_do_not_change_an_agents_luck():
    """Agents shuffled, halved or alone draw what they draw together."""
    together = streams.uniform(3, Purpose.QUIT, MANY[:1000], 5)
    order = np.argsort(streams.uniform(9, "shuffle", MANY[:1000]), kind="stable")

    np.testing.assert_array_equal(streams.uniform(3, Purpose.QUIT, order, 5), together[order])
    np.testing.assert_array_equal(
        streams.uniform(3, Purpose.QUIT, MANY[500:1000], 5), together[500:]
    )
    assert streams.one(3, Purpose.QUIT, 77, 5) == together[77]


@pytest.mark.parametrize("agents", [MANY, streams.uids("preston", "household", MANY), MANY << 20])
def test_draws_are_spread_evenly(agents):
    """Mean, spread and 64 equal bins are those of a uniform number, whatever the identities."""
    drawn = streams.uniform(2012, Purpose.DEMAND, agents, 1)

    counts = np.bincount((drawn * 64).astype(np.int64), minlength=64)
    chi_square = float(((counts - N / 64) ** 2 / (N / 64)).sum())
    assert abs(drawn.mean() - 0.5) < SIGMAS * (1 / 12 / N) ** 0.5
    assert abs(drawn.var() - 1 / 12) < SIGMAS * (1 / 180 / N) ** 0.5
    assert abs(chi_square - 63) < SIGMAS * (2 * 63) ** 0.5
    assert np.unique(drawn).size == N


def test_normal_draws_have_mean_zero_and_spread_one():
    """Standard normal numbers, tails included."""
    drawn = streams.normal(2012, Purpose.BID_COST_OWN, MANY, 1)

    beyond = float((np.abs(drawn) > 1.959963985).mean())
    assert abs(drawn.mean()) < SIGMAS * (1 / N) ** 0.5
    assert abs(drawn.var() - 1.0) < SIGMAS * (2 / N) ** 0.5
    assert abs(beyond - 0.05) < SIGMAS * (0.05 * 0.95 / N) ** 0.5


KEYS = {
    "one": (1, Purpose.HIRE, 1),
    "another seed": (2, Purpose.HIRE, 1),
    "another purpose": (1, Purpose.QUIT, 1),
    "another month": (1, Purpose.HIRE, 2),
    "seed and month changed": (3, Purpose.HIRE, 4),
    "purpose in words": (1, "hire", 1),
}


@pytest.mark.parametrize(("left", "right"), list(itertools.combinations(KEYS, 2)))
def test_different_keys_share_no_luck(left, right):
    """Changing seed, purpose or month leaves no trace of the earlier draw."""
    draws = []
    for name in (left, right):
        seed, purpose, month = KEYS[name]
        draws.append(streams.uniform(seed, purpose, MANY[:20_000], month).tolist())

    assert abs(statistics.correlation(*draws)) < SIGMAS / 20_000**0.5


def test_neighbouring_agents_and_months_share_no_luck():
    """Agents with following numbers, and following months of one agent, are not alike."""
    across = streams.uniform(1, Purpose.HIRE, MANY[:20_000], 1).tolist()
    along = [streams.one(1, Purpose.HIRE, 7, month) for month in range(20_000)]

    for draws in (across, along):
        assert abs(statistics.correlation(draws[:-1], draws[1:])) < SIGMAS / 19_999**0.5


def test_identities_do_not_collide():
    """A hundred thousand identities of two places and two kinds are all different."""
    made = [
        streams.uids(place, kind, MANY[: N // 4])
        for place in ("preston", "wyre")
        for kind in ("firm", "household")
    ]

    assert np.unique(np.concatenate(made)).size == N


def test_purposes_are_a_closed_list_without_doubles():
    """Two purposes of one number would share luck; the enum refuses aliases here."""
    assert len(Purpose.__members__) == len(set(Purpose))
