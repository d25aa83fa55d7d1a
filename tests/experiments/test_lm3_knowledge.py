"""LM3 of real payments: to know more never widens the range, and to know all leaves a figure."""

from collections.abc import Mapping, Sequence
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.analysis.lm3 import lm3_of
from experiments.analysis.lm3_books import Payroll, Spend, spend_of
from experiments.analysis.lm3_ranges import ranges
from experiments.analysis.lm3_told import parted, told_shares, within_answers
from scenarios.from_tables.around import around
from scenarios.sources.lm3_survey import PARTS, Answers
from simulation.measures.lm3 import contract_rounds, council_range, council_rounds
from simulation.measures.view import View
from tests.experiments.lm3_folder import (
    LEEDS,
    MANCHESTER,
    PAID,
    PRESTON,
    TAMESIDE,
    WHO,
    Paid,
    Who,
    resolved_of,
)

CLOSE = 1e-9
TO_A_MILLIONTH = 3e-6
"""What is spent again is kept in parts of a million."""

few = settings(max_examples=10)
HERE = around(TAMESIDE)
TIERS = ("district", "county", "region", "uk")
PLACES = (TAMESIDE, MANCHESTER, PRESTON, LEEDS, "abroad")

where = st.none() | st.sets(st.sampled_from(PLACES), min_size=1).map(sorted)
sold = st.sampled_from([None, "homecare", "ict", "construction_works", "catering"])
firm = st.tuples(where, where, sold, st.integers(1, 10**9))
share = st.floats(0, 1, allow_nan=False)
edge = st.sampled_from([1.0, 0.0]) | share


def spend(
    firms: Sequence[tuple[object, ...]],
    answers: Mapping[int, Answers] | None = None,
    payroll: Payroll | None = None,
) -> Spend:
    """What a council spent on some suppliers: where each is, its owners, what it sells, pence."""
    who = [Who(f"Firm {k}", based, owned) for k, (based, owned, _, _) in enumerate(firms)]
    paid = [Paid(f"Firm {k}", pence, what) for k, (_, _, what, pence) in enumerate(firms)]
    return spend_of(resolved_of(who, paid), HERE, answers or {}, payroll)


def of_suppliers(of: Spend) -> list[tuple[float, float]]:
    """Least and most of both variants in every place, of what suppliers were paid alone."""
    view = View(of.books_of(of.suppliers))
    rounds = [
        measure(view, tier) for tier in TIERS for measure in (council_rounds, contract_rounds)
    ]
    return [(one.low, one.high) for one in rounds]


def figures(of: Spend) -> list[tuple[float, float]]:
    """Least and most of both variants in every place, with what own staff may have cost."""
    view = View(of.books_of(of.suppliers))
    found = []
    for tier in TIERS:
        rounds = contract_rounds(view, tier)
        found += [council_range(view, tier), (rounds.low, rounds.high)]
    return found


def within(less: Spend, more: Spend) -> bool:
    """Whether what is found with more knowledge lies in what is found with less."""
    return all(
        low - CLOSE <= finer_low <= finer_high + CLOSE <= high + 2 * CLOSE
        for (low, high), (finer_low, finer_high) in zip(figures(less), figures(more), strict=True)
    )


def no_wider(less: Sequence[tuple[float, float]], more: Sequence[tuple[float, float]]) -> bool:
    """Whether the ranges with more knowledge are no wider."""
    return all(
        finer[1] - finer[0] <= high - low + CLOSE
        for (low, high), finer in zip(less, more, strict=True)
    )


def nested(values: Sequence[float]) -> tuple[float, ...]:
    """Shares that go to ever larger places, a third of the sales at most."""
    return tuple(value / 3 for value in sorted(values))


again = st.lists(share, min_size=4, max_size=4)
answer = st.tuples(*(st.lists(share, min_size=4, max_size=4).map(nested) for _ in PARTS))


def full(told: Sequence[Sequence[float]], again: Sequence[float], based: str) -> Answers:
    """A form with every cell filled."""
    shares = {
        (part, tier): value
        for part, values in zip(PARTS, told, strict=True)
        for tier, value in zip(TIERS, values, strict=True)
    }
    return Answers(shares, dict(zip(TIERS, again, strict=True)), based)


@few
@given(st.lists(firm, min_size=1, max_size=4))
def test_lm3_lies_between_one_and_three_in_order(firms):
    """Whatever is paid to whom, the least comes first, and a larger place keeps more."""
    found = figures(spend(firms))

    assert all(1 - CLOSE <= low <= high + CLOSE <= 3 + 2 * CLOSE for low, high in found)
    assert all(
        near[0] <= far[0] + CLOSE and near[1] <= far[1] + CLOSE
        for near, far in zip(found, found[2:], strict=False)
    )


@few
@given(st.lists(firm, min_size=1, max_size=3), st.data())
def test_to_locate_a_supplier_or_its_owners_never_widens_the_range(firms, data):
    """What is found is one of the cases that were held open before."""
    (based, owned, what, pence), *others = firms
    finer = [data.draw(st.sampled_from(sorted(one or PLACES))) for one in (based, owned)]

    found = spend([([finer[0]], [finer[1]], what, pence), *others])

    assert within(spend(firms), found)


@few
@given(st.lists(firm, min_size=1, max_size=3), sold)
def test_to_know_what_was_bought_never_widens_the_range(firms, what):
    """A category is one of those that were held open before."""
    (based, owned, _, pence), *others = firms

    assert within(
        spend([(based, owned, None, pence), *others]), spend([(based, owned, what, pence), *others])
    )


@few
@given(st.lists(firm, min_size=1, max_size=3), answer, again, st.sampled_from([*TIERS, "abroad"]))
def test_a_full_answer_never_widens_the_range(firms, told, again, based):
    """Whatever a supplier answers, in or out of the range that stood in for it."""
    told_by = {0: full(told, again, based)}

    assert no_wider(of_suppliers(spend(firms)), of_suppliers(spend(firms, told_by)))


@few
@given(st.lists(firm, min_size=1, max_size=3), answer, st.sampled_from(TIERS))
def test_an_answer_for_one_place_never_widens_the_range_of_all_outlay(firms, told, tier):
    """Half a form is more than none, of a supplier whose place was not known or as the data say."""
    firms = [(None, *firms[0][1:]), *firms[1:]]
    shares = {
        key: value for key, value in full(told, (0, 0, 0, 0), "").shares.items() if key[1] == tier
    }
    told_by = {0: Answers(shares, {}, "county")}

    less, more = of_suppliers(spend(firms)), of_suppliers(spend(firms, told_by))

    assert no_wider(less[::2], more[::2])


def true_shares(data: st.DataObject, who: Who, what: str) -> dict[tuple[str, str], float]:
    """Draw what a supplier does with its money, within the ranges of one that is wholly known."""
    found = ranges(HERE).of({what: 1.0}, HERE.between(who.based), HERE.between(who.owned))
    lows = {(part, k): found[part][k][0] for part in PARTS for k in range(len(TIERS))}
    drawn = {}
    for part in PARTS:
        at, tilt = 0.0, data.draw(edge)
        for k, (low, high) in enumerate(found[part]):
            at = max(at, low + tilt * (high - low))
            drawn[part, k] = at
    last = len(TIERS) - 1
    least, most = (sum(of[part, last] for part in PARTS) for of in (lows, drawn))
    rate = 1.0 if most <= 1.0 else (1.0 - least) / (most - least)
    return {
        (part, TIERS[k]): lows[part, k] + rate * (value - lows[part, k])
        for (part, k), value in drawn.items()
    }


@settings(max_examples=25)
@given(where, where, st.integers(1, 10**6), st.data())
def test_the_truth_lies_in_the_range_whatever_part_of_it_is_known(based, owned, pence, data):
    """A supplier of whom all is known has one figure; hide any part, and the range holds it."""
    is_based, is_owned = (
        [data.draw(st.sampled_from(sorted(one or PLACES)))] for one in (based, owned)
    )
    what = data.draw(st.sampled_from(["education_training", "energy_utilities", "homecare"]))
    shares = true_shares(data, Who("", is_based, is_owned), what)
    again, at = {}, 0.0
    for name, homes, firms in zip(TIERS, ranges(HERE).homes, ranges(HERE).firms, strict=True):
        low, high = max(homes[0], firms[0]), min(homes[1], firms[1])
        at = again[name] = max(at, low + data.draw(edge) * (high - low))
    place = [*TIERS, "abroad"][HERE.between(is_based)[0]]
    known = [(is_based, is_owned, what, pence)]
    truth = of_suppliers(spend(known, {0: Answers(shares, again, place)}))
    asked_again = data.draw(st.sets(st.sampled_from(TIERS)))
    tiers = data.draw(st.sets(st.sampled_from(TIERS), min_size=1))

    for parts in chain.from_iterable(combinations(PARTS, many) for many in range(4)):
        some = Answers(
            {key: told for key, told in shares.items() if key[0] in parts and key[1] in tiers},
            {name: again[name] for name in sorted(asked_again)},
            data.draw(st.sampled_from(["", place])),
        )
        for sells in (None, what):
            ranged = of_suppliers(spend([(based, owned, sells, pence)], {0: some}))
            for (true_low, true_high), (low, high) in zip(truth, ranged, strict=True):
                assert low - TO_A_MILLIONTH <= true_low <= true_high <= high + TO_A_MILLIONTH


def test_a_part_that_is_large_in_truth_is_not_cut_for_the_sake_of_the_others():
    """Of what nobody knows the category of, one part was asked: the others keep their most."""
    found = ranges(HERE).of({None: 1.0}, (0, 0), (0, 0))
    told = told_shares(found, {("supplies", tier): 0.22 for tier in TIERS}, TIERS)

    assert sum(found[part][-1][1] for part in PARTS) > 1.4
    assert told.parts["pay"] == found["pay"]
    assert told.parts["profit"] == found["profit"]


@few
@given(st.lists(firm, min_size=1, max_size=3), st.integers(1, 10**9), st.none() | share)
def test_to_know_own_payroll_never_widens_the_range(firms, pence, living):
    """Without it all outlay lies anywhere between suppliers and staff."""
    assert no_wider(figures(spend(firms)), figures(spend(firms, payroll=Payroll(pence, living))))


@few
@given(st.lists(firm, min_size=1, max_size=3), answer, again)
def test_where_all_is_known_there_is_one_figure(firms, told, again):
    """All suppliers located and all forms filled: contracts have no range, nor have purchases."""
    located = [([TAMESIDE], [TAMESIDE], what, pence) for _, _, what, pence in firms]
    answers = {k: full(told, again, "district") for k in range(len(firms))}

    of = spend(located, answers)

    for tier in TIERS:
        view = View(of.books_of(of.suppliers))
        rounds = contract_rounds(view, tier)
        assert rounds.high == pytest.approx(rounds.low, abs=CLOSE)


def test_pounds_are_those_of_the_import():
    """Purchases, refunds of those never paid, and what is left out add up to all payments."""
    of = spend_of(resolved_of(WHO, PAID), HERE, {})

    everything = of.pence + of.credits_pence + sum(of.left_out.values())

    assert everything == sum(one.pence for one in PAID)
    assert of.left_out == {"grant": 2_500_000, "pay": 700_000}
    assert (of.credits_pence, of.credit_suppliers) == (-30_000, 1)
    assert sum(one.pence for one in of.payments) == of.pence


def test_a_supplier_elsewhere_spends_between_nothing_and_what_one_here_would():
    """The least is of those here alone; the most is the same for both, profit of owners apart."""
    here = of_suppliers(spend([([TAMESIDE], ["abroad"], "homecare", 100)]))[1]
    there = of_suppliers(spend([([LEEDS], ["abroad"], "homecare", 100)]))[1]

    assert there[0] == 1.0 < here[0]
    assert there[1] == here[1]


def test_reasons_add_up_to_the_width():
    """Every bit of the range in the council's own place has its reason, in both variants."""
    for payroll in (None, Payroll(80_000_000, 0.62)):
        lm3 = lm3_of(spend_of(resolved_of(WHO, PAID), HERE, {}, payroll))
        council, contract = lm3.found[0], lm3.found[4]

        assert sum(one.council for one in lm3.gaps) == pytest.approx(council.high - council.low)
        assert sum(one.contract for one in lm3.gaps) == pytest.approx(contract.high - contract.low)


def test_who_would_narrow_it_most_comes_first_and_is_nobody_masked():
    """The largest local supplier; a person cannot be asked."""
    lm3 = lm3_of(spend_of(resolved_of(WHO, PAID), HERE, {}))

    assert lm3.largest[0].what == "Ashgrove Care Ltd"
    assert "Person 1" not in [one.what for one in lm3.largest]


@few
@given(st.lists(st.tuples(share, share), min_size=4, max_size=4))
def test_amounts_between_rings_bring_back_their_ranges(pairs):
    """What is in a place for sure is the least, what may be there the most."""
    lows = sorted(min(pair) for pair in pairs)
    highs = [max(low, high) for low, high in zip(lows, sorted(max(p) for p in pairs), strict=True)]

    amounts = parted(list(zip(lows, highs, strict=True)))

    for k, (low, high) in enumerate(zip(lows, highs, strict=True)):
        sure = sum(amount for (_, last), amount in amounts.items() if last <= k)
        may = sum(amount for (first, _), amount in amounts.items() if first <= k)
        assert (sure, may) == (pytest.approx(low, abs=CLOSE), pytest.approx(high, abs=CLOSE))


def test_an_answer_bounds_the_places_around_it():
    """40 % to the county: the district has no more, the region no less."""
    ranges = [(0.1, 0.6), (0.2, 0.7), (0.3, 0.8), (0.5, 0.9)]

    assert within_answers(ranges, [None, 0.4, None, None]) == [
        (0.1, 0.4),
        (0.4, 0.4),
        (0.4, 0.8),
        (0.5, 0.9),
    ]
