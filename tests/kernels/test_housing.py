"""Rents and mortgages of homes: against the same payments, one at a time."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import housing
from tests.kernels.phases import Phase, phases
from tests.reference import payments as slow
from tests.reference.evening import added


@given(phases(), st.booleans())
def test_homes_that_pay_each_other_equal_the_slow_twin(phase: Phase, known: bool):
    """A landlord that is a home pays out of what it held, and waits for its own rents."""

    def pay(accounts, sums, dye):
        room = np.zeros(0, dtype=np.int64) if dye is None else phase.room(known)
        housing.pay_for_homes(phase.links, phase.budget, accounts, phase.slot, sums, dye, 1, room)

    equal_the_slow_twin(phase, pay)


@given(phases(tags=4), st.lists(st.integers(0, 9), max_size=3))
def test_whoever_is_paid_may_be_shared_out(phase: Phase, inner: list[int]):
    """Homes with one link each pay the same, whatever rows are paid at a time."""
    phase = with_one_link(phase)
    cuts = (0, *sorted(min(cut, phase.n_rows) for cut in inner), phase.n_rows)

    def pay(accounts, sums, dye):
        for first, last in pairwise(cuts):
            housing.pay_one_for_homes(
                phase.links, phase.budget, first, last, accounts, phase.slot, sums, dye
            )

    equal_the_slow_twin(phase, pay)


def with_one_link(phase: Phase) -> Phase:
    """The same phase in which each payer pays all to the first that it names."""
    has = np.diff(phase.start) > 0
    firsts = phase.start[:-1][has]
    return replace(
        phase,
        start=np.concatenate([[0], np.cumsum(has)]).astype(np.int32),
        payee=phase.payee[firsts],
        cum=np.full(firsts.size, 65536, dtype=np.int32),
        slot=phase.slot[firsts],
    )


def equal_the_slow_twin(phase: Phase, pay) -> None:
    """Compare money, counts and dye after a phase, without dye and with."""
    links = (values.tolist() for values in phase.columns)
    redirect = phase.redirect.tolist()
    made = list(slow.payments_along(phase.first, phase.budget.tolist(), *links, redirect))
    opening, held = phase.balance.tolist(), phase.dye.tolist()
    moved = slow.dye([m[:3] for m in made], opening, held, 1)

    for dye in (None, phase.dyes()):
        accounts = phase.accounts()._replace(first_home=0, end_home=0)
        sums = np.zeros((3, 2), dtype=np.int64)
        pay(accounts, sums, dye)
        money = accounts.balance.tolist(), accounts.inbox.tolist()
        assert money == slow.pay([m[:3] for m in made], opening)
        assert sums.tolist() == slow.sums_by_slot(made, phase.slot.tolist(), 3)

    assert dye.held.tolist() == added(held, moved.gone, -1)
    assert dye.inbox.tolist() == moved.waits
    assert not any(column.any() for column in (dye.out, dye.passed, dye.arrived))
