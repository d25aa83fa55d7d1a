"""A month of service, place by place, beside plain Python that knows no columns."""

import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import streams
from simulation.kernels import serving
from simulation.kernels.keyed import wrapping
from simulation.kernels.serving import ServiceRules, Sums

ROWS, BUYERS, CATEGORIES, POLICIES, ROOM = 4, 2, 3, 2, 3
MONTH = 6
RULES = ServiceRules(0.5, 0.4, 0.6, 8.0, 0.1, 3_000.0, 4.0, 3.0, 2.0)
EXACT = 1e-12
NUMBERS = (
    "number", "serial", "supplier", "uid", "tender", "buyer", "index", "category", "policy",
    "start",
)  # fmt: skip
PARTS = (
    "units", "share", "price", "cost", "quality", "claim", "deliverable", "padding", "monitoring",
    "relationship", "remedy_rate", "discretion", "dialogue", "payment_days", "work",
)  # fmt: skip
"""What a place says, in the order of the rows of each block."""


@st.composite
def tables(draw):
    """A block of whole numbers, one of others, which places are kept, and how many there are."""
    size = draw(st.integers(0, 7))
    luck = np.random.default_rng(draw(st.integers(0, 2**32)))
    whole = luck.integers(0, 2, (serving.WHOLE_ROWS, size + ROOM))
    whole[serving.NUMBER] = np.cumsum(luck.random(size + ROOM) < 0.6)
    same = np.diff(whole[serving.NUMBER], prepend=-1) == 0
    for place in range(size + ROOM):
        whole[serving.SERIAL, place] = whole[serving.SERIAL, place - 1] + 1 if same[place] else 0
    whole[serving.SUPPLIER] = luck.integers(0, ROWS, size + ROOM)
    whole[[serving.UID, serving.TENDER]] = luck.integers(0, 2**62, (2, size + ROOM))
    whole[serving.CATEGORY] = luck.integers(0, CATEGORIES, size + ROOM)
    whole[serving.START] = luck.integers(MONTH - 2, MONTH + 2, size + ROOM)
    others = luck.uniform(0.0, 2.0, (serving.PART_ROWS, size + ROOM))
    others[serving.MONITORING] /= 2.0
    others[serving.DISCRETION] /= 2.0
    return whole, others, luck.random(size + ROOM) < 0.7, size


def places(table):
    """Give each place in use as what it says, by name."""
    whole, others, _, size = table
    for k in range(size):
        yield (
            k,
            dict(zip(NUMBERS, whole[:, k].tolist(), strict=True))
            | dict(zip(PARTS, others[:, k].tolist(), strict=True)),
        )


@given(tables())
def test_places_that_are_kept_close_up_in_their_order(table):
    """Those that go leave no gap, and each arrangement knows its first place."""
    whole, others, kept, size = table
    stay = np.flatnonzero(kept[:size])
    wanted = whole[:, stay].copy(), others[:, stay].copy()
    first = np.full(whole[serving.NUMBER].max() + 1, -1)
    opens = {p["number"]: stay.tolist().index(k) for k, p in places(table)
             if kept[k] and p["serial"] == 0}  # fmt: skip

    n = serving.close_up(whole, others, kept, size, first)

    assert n == stay.size
    np.testing.assert_array_equal(whole[:, :n], wanted[0])
    np.testing.assert_array_equal(others[:, :n], wanted[1])
    assert kept[:size].all()
    assert {int(k): int(first[k]) for k in np.flatnonzero(first >= 0)} == opens


def served_by_hand(table):
    """Units a month by trading row, in the order of places."""
    served = defaultdict(float)
    for k, place in places(table):
        if table[2][k]:
            served[place["supplier"]] += place["units"] * place["share"] * place["work"]
    return [served[row] for row in range(ROWS)]


@given(tables(), st.lists(st.integers(0, ROWS - 1), max_size=5))
def test_units_served_are_added_up_for_all_and_for_some(table, rows):
    """Some rows are added up anew, named once or twice; what the others serve is left alone."""
    everything, some = np.full(ROWS, 9.0), np.full(ROWS, -1.0)
    mark = np.zeros(ROWS, dtype=np.bool_)

    serving.commit(*table, everything)
    serving.commit_some(*table, np.array(rows, dtype=np.int64), mark, some)

    expected = served_by_hand(table)
    assert everything.tolist() == expected
    assert some.tolist() == [expected[row] if row in rows else -1.0 for row in range(ROWS)]
    assert not mark.any()


@given(tables())
def test_stewardship_sees_who_serves(table):
    """Room, use and honesty of each supplier; nothing is written of a row that serves nobody."""
    whole, _, _, size = table
    firms = (
        np.array([True, False, True, True]), np.array([100, 200, 0, 400]),
        np.array([50, 300, 7, 900]), np.array([0.1, 0.2, 0.3, 0.4]),
    )  # fmt: skip
    seen = np.full((3, ROWS), -1.0)

    serving.look_at_suppliers(whole, size, firms, 0.25, *seen)

    serve = {place["supplier"] for _, place in places(table)}
    by_hand = [(25.0, 0.5, 0.1), (0.0, 1.0, 0.2), (0.0, 1.0, 0.3), (100.0, 1.0, 0.4)]
    assert seen.T.tolist() == [
        list(by_hand[row]) if row in serve else [-1.0] * 3 for row in range(ROWS)
    ]


@given(tables())
def test_what_is_planned_promised_and_wanted(table):
    """Whole arrangements by buyer and category; promises and wants as far as budgets go."""
    whole, others, kept, size = table
    scale = np.linspace(0.5, 1.5, BUYERS * CATEGORIES).reshape(BUYERS, CATEGORIES)
    cost, planned = np.zeros((2, BUYERS, CATEGORIES))
    promised, units = np.zeros(ROWS), np.full(size, 9.0)

    serving.plan(whole, others, size, 100.0, cost, planned)
    serving.promise(whole, others, size, scale, kept[:size], promised)
    serving.want(whole, others, size, scale, MONTH, units)

    hand = np.zeros((2, BUYERS, CATEGORIES))
    told, asked = np.zeros(ROWS), []
    for k, place in places(table):
        cell = place["index"], place["category"]
        mine = place["units"] * place["share"]
        hand[0][cell] += mine * place["price"] * 100.0
        hand[1][cell] += mine
        told[place["supplier"]] += mine * scale[cell] * place["work"] if kept[k] else 0.0
        asked.append(mine * scale[cell] if place["start"] <= MONTH else 0.0)
    np.testing.assert_allclose([cost, planned], hand, rtol=EXACT)
    np.testing.assert_allclose(promised, told, rtol=EXACT)
    np.testing.assert_allclose(units, asked, rtol=EXACT)


@given(tables(), st.lists(st.floats(-1.0, 4.0), min_size=ROWS, max_size=ROWS))
def test_suppliers_without_room_cut_all_their_places_alike(table, room):
    """Who has room does all; who has none does nothing; the sums are left as they were found."""
    whole, others, _, size = table
    units, asked = others[serving.UNITS, :size].copy(), np.zeros(ROWS)

    serving.cut_to_room(whole, others, size, np.array(room), units, asked)

    by_row = defaultdict(float)
    for _, place in places(table):
        by_row[place["supplier"]] += place["units"] * place["work"]
    for k, place in places(table):
        row = place["supplier"]
        able = max(min(room[row] / max(by_row[row], 1e-9), 1.0), 0.0)
        assert units[k] == pytest.approx(place["units"] * able, rel=EXACT)
    assert not asked.any()


def lets_fall(place, units, honesty):
    """Whether a supplier shirks, and the chance that the buyer sees it."""
    seen = place["monitoring"] * (1.0 - RULES.favouritism * place["discretion"])
    above = max(place["quality"] - RULES.floor, 0.0)
    gain = RULES.saves * above * (1.0 - honesty) * units
    profit = max(place["price"] - place["cost"], 0.0) * units
    return gain > place["relationship"] * seen * profit * RULES.patience, seen


def rounded(*numbers):
    """Whole numbers nearest to some, halves to the even one."""
    return [round(number) for number in numbers]


@given(tables(), st.lists(st.sampled_from([0.0, 0.7, 3.0]), min_size=7, max_size=7))
def test_each_place_serves_its_month(table, amounts):
    """Quality, money, what is seen and who shirks, place by place."""
    whole, others, _, size = table
    units, honesty = np.array(amounts[:size]), np.array([0.0, 0.3, 0.6, 1.0])
    money = np.full((7, size), -1)
    quality, signal = np.full((2, size), -1.0)
    shirked, low = np.zeros((2, size), dtype=np.bool_)

    with wrapping():
        serving.serve(
            whole, others, units, honesty, RULES, *streams.words(3, "looks", MONTH), money,
            quality, signal, shirked,
        )  # fmt: skip
    serving.say_who_shirks(others, units, honesty[whole[serving.SUPPLIER, :size]], RULES, low)

    for k, place in places(table):
        falls, seen = lets_fall(place, units[k], honesty[place["supplier"]])
        kept = min(place["quality"], RULES.floor) if falls else place["quality"]
        done = units[k] / max(place["units"], 1e-9)
        claimed, truth = place["claim"] * done, place["deliverable"] * done
        remedy = place["remedy_rate"] * place["monitoring"] * max(claimed - truth, 0.0)
        hour = RULES.hour if units[k] > 0.0 else 0.0
        effort = RULES.looking * place["monitoring"] + RULES.talking * place["dialogue"]
        lot = streams.uniform(3, "looks", place["uid"] ^ place["tender"], MONTH)[0]
        looked = units[k] > 0.0 and lot < seen

        assert (low[k], shirked[k]) == (falls, falls and units[k] > 0.0)
        assert quality[k] == pytest.approx(
            kept * (1.0 + RULES.by_dialogue * place["dialogue"]), rel=EXACT
        )
        assert money[:, k].tolist() == rounded(
            100.0 * units[k] * place["price"], claimed,
            place["monitoring"] * min(claimed, truth), truth + remedy, remedy, effort * hour,
            RULES.reporting * place["monitoring"] * hour,
        )  # fmt: skip
        assert signal[k] == (0.0 if falls else 1.0) if looked else math.isnan(signal[k])


@given(tables())
def test_work_is_added_up_by_buyer_category_and_policy(table):
    """Units, quality and money of all places in a cell, on top of what stood."""
    whole, others, _, size = table
    cells = BUYERS * CATEGORIES * POLICIES
    units, quality = others[serving.UNITS, :size], others[serving.QUALITY, :size]
    money = whole[:7, :size] % 1000
    sums = Sums(np.zeros(cells, dtype=np.bool_), *np.zeros((2, cells)), *np.ones((3, cells), int))

    serving.add_up_service(whole, units, quality, money, CATEGORIES, POLICIES, sums)

    hand = defaultdict(lambda: [0.0, 0.0, 1, 1, 1])
    for k, place in places(table):
        cell = hand[(place["index"] * CATEGORIES + place["category"]) * POLICIES + place["policy"]]
        cell[0] += units[k]
        cell[1] += units[k] * quality[k]
        for at, row in enumerate((serving.PAID, serving.BUYER_PROCESS, serving.SUPPLIER_PROCESS)):
            cell[2 + at] += int(money[row, k])
    assert np.flatnonzero(sums.open).tolist() == sorted(hand)
    for cell in range(cells):
        found = [float(column[cell]) for column in sums[1:]]
        assert found == pytest.approx(hand[cell], rel=EXACT)
