"""Standing links: shares that add up, slots that know who pays whom, faults refused."""

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.vocabulary import NO_HOP, Kind
from simulation.accounting.network import Network, build_network, single_links
from simulation.accounting.receivers import OVERWRITTEN
from tests.kernels.phases import Phase, phases, receivers

KLASS = np.array([0, 0, 1, 2, 2], dtype=np.int32)


def int32(*numbers: int) -> np.ndarray:
    """Numbers as links are kept."""
    return np.array(numbers, dtype=np.int32)


@given(phases())
def test_each_link_is_counted_between_the_classes_of_its_ends(phase: Phase):
    """Of every link the slot names the payer's class and the payee's class, each pair once."""
    klass = phase.cell

    network = build_network(Kind.RENT, phase.first, *phase.columns, klass)

    for k in range(phase.budget.size):
        for e in range(phase.start[k], phase.start[k + 1]):
            assert network.slot_payer[network.slot[e]] == klass[phase.first + k]
            assert network.slot_payee[network.slot[e]] == klass[phase.payee[e]]
    pairs = list(zip(network.slot_payer.tolist(), network.slot_payee.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert network.sums.shape == (len(pairs), 2)


@pytest.mark.parametrize(
    "cum",
    [
        (30000, 65535, 65536),
        (0, 65536, 65536),
        (30000, 30000, 65536),
        (40000, 30000, 65536),
        (30000, 65536, -1),
        (-5, 65536, 65536),
    ],
    ids=["too little", "no first step", "no second step", "falling", "wrapped", "below zero"],
)
def test_shares_that_do_not_add_up_are_refused(cum):
    """A step of nothing or a wrapped weight would pay a wrong sum that still adds up."""
    start = int32(0, 2, 3)

    with pytest.raises(ValueError, match="rent links"):
        build_network(Kind.RENT, 0, start, int32(2, 3, 4), int32(*cum), KLASS)


def test_a_payer_without_links_stands_between_others():
    """Rows with nobody to pay are allowed anywhere in the block."""
    start = int32(0, 0, 1, 1, 2, 2)

    network = build_network(Kind.RENT, 0, start, int32(4, 0), int32(65536, 65536), KLASS)

    assert network.slot.tolist() == [0, 1]
    assert (network.slot_payer.tolist(), network.slot_payee.tolist()) == ([0, 2], [2, 0])


def test_nobody_pays_anybody():
    """A block without a single link is a network too."""
    network = single_links(Kind.RENT, 1, int32(-1, -1), KLASS)

    assert network.start.tolist() == [0, 0, 0]
    assert network.sums.shape == (0, 2)


def test_single_links_pay_everything_to_one():
    """Each payer has one payee, or none where the number is negative."""
    network = single_links(Kind.RENT, 1, int32(4, -1, 0), KLASS)

    assert network.start.tolist() == [0, 1, 1, 2]
    assert network.payee.tolist() == [4, 0]
    assert network.cum.tolist() == [65536, 65536]


@given(phases())
def test_kernels_are_given_the_links_that_were_laid(phase: Phase):
    """The first payer, the payers that have a link, and each link's payee and share."""
    network = build_network(Kind.RENT, phase.first, *phase.columns, phase.cell)
    everyone = np.arange(phase.n_rows, dtype=np.int32)

    links = network.links_to(everyone)

    for laid, given_to_kernels in zip(phase.links._replace(payee=phase.payee), links, strict=True):
        np.testing.assert_array_equal(laid, given_to_kernels)


def test_who_receives_in_place_of_others_follows_what_the_town_says():
    """A shop is taken over, closes, is taken over by another and then by the first again."""
    network = single_links(Kind.RENT, 1, int32(2, 0, 4), KLASS)
    told = np.arange(5, dtype=np.int32)
    seen = []

    for instead in (2, -1, 1, 2):
        told[2] = instead
        seen.append(network.links_to(told).payee.tolist())

    assert seen == [[2, 0, 4], [~2, 0, 4], [1, 0, 4], [2, 0, 4]]
    assert network.payee.tolist() == [2, 0, 4]


@given(phases(), st.sampled_from([0, OVERWRITTEN]), st.sampled_from([1, 2, 3, 7]), st.data())
def test_whoever_has_changed_is_written_down_at_every_link(
    phase: Phase, many: int, threads: int, data: st.DataObject
):
    """However often rows are redirected, each link leads where its named row is sent.

    A copy that was taken on the way has links of its own.
    """
    columns = (column.copy() for column in phase.columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulation.accounting.receivers.OVERWRITTEN", many)
        network = build_network(Kind.RENT, phase.first, *columns, phase.cell, slots=False)
    _follow(phase, network, threads, data)


def _follow(phase: Phase, network: Network, threads: int, data: st.DataObject) -> None:
    somebody = st.integers(-1, phase.n_rows - 1)
    towns = st.lists(somebody, min_size=phase.n_rows, max_size=phase.n_rows)

    for told in data.draw(st.lists(towns, max_size=4)):
        redirect, twin = np.array(told, dtype=np.int32), copy.deepcopy(network)
        after = receivers(redirect, phase.payee).tolist()
        assert network.links_to(redirect, threads).payee.tolist() == after
        assert twin.receivers.follow(np.arange(phase.n_rows, dtype=np.int32), 1).tolist() == (
            phase.payee.tolist()
        )
    assert network.payee.tolist() == phase.payee.tolist()


@given(phases(), st.integers(0, 3))
def test_the_pages_of_all_who_may_pay_or_be_paid_are_reached(phase: Phase, bits: int):
    """A payee may be replaced within its class: its page is reached, and so are its class's."""
    klass = phase.cell
    network = build_network(Kind.RENT, phase.first, *phase.columns, klass)

    def reached(bits: int) -> list[list[int]]:
        return [(one.first + np.flatnonzero(one.marks)).tolist() for one in network.leaves(bits)]

    paid = {int(klass[payee]) for payee in phase.payee}
    may_be_paid = [row for row in range(phase.n_rows) if klass[row] in paid]
    assert network.reach.tolist() == may_be_paid
    pay = phase.first + np.flatnonzero(np.diff(phase.start))
    for size in (bits, bits, bits + 1):
        on_pages = [sorted({row >> size for row in rows}) for rows in (pay.tolist(), may_be_paid)]
        assert reached(size) == on_pages


@pytest.mark.parametrize("kind", Kind)
def test_a_hop_is_a_payment_between_third_parties(kind):
    """Refunds, group transfers, VAT and PAYE, loans, own savings and patronage are none."""
    network = single_links(kind, 1, int32(4, -1, 0), KLASS)

    assert network.hop == (kind not in NO_HOP)
