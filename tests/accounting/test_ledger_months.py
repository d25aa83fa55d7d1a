"""Months lived at random: both residuals stay zero, and no order of rows or payments matters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.vocabulary import ISSUED, WITHDRAWN, Kind
from simulation import streams
from simulation.accounting.faults import LedgerError
from tests.accounting.random_town import FIRMS, HOME, NAMES, RETIRED, ROWS, RandomTown

MONTHS = 4
SEEDS = st.integers(0, 2**31)
OWN = st.booleans()
"""Whether homes pay through doors of their own."""
TOWNS = settings(max_examples=12)
"""A town is made and lives four months in about 30 ms."""


def lived(town: RandomTown, months: int = MONTHS) -> RandomTown:
    """Let a town live; what its buyers pay in month 1 is dyed where there is dye."""
    for month in range(1, months + 1):
        town.live(month, dyed=town.tags > 0 and month == 1)
    return town


@TOWNS
@given(SEEDS, st.sampled_from([0, 1, 4]), st.booleans(), OWN)
def test_every_month_closes_to_the_penny(seed, tags, full, own_doors):
    """Whatever is paid through whichever doors, both residuals are zero, with and without dye."""
    town = RandomTown(seed, tags=tags, full=full, own_doors=own_doors)
    opening = int(town.ledger.deposits.sum()) + int(town.ledger.savings.sum())

    lived(town)

    lent = sum(int(p.pence.sum()) for p in town.ledger.flows if p.kind is Kind.LOAN_DRAWN)
    repaid = sum(int(p.pence.sum()) for p in town.ledger.flows if p.kind is Kind.LOAN_REPAID)
    closing = int(town.ledger.deposits.sum()) + int(town.ledger.savings.sum())
    assert (town.ledger.residual_pence, town.ledger.dye_residual) == (0, 0)
    assert closing - opening == lent - repaid


@TOWNS
@given(SEEDS, st.sampled_from([0, 4]), OWN)
def test_flows_filed_explain_every_class(seed, tags, own_doors):
    """A reader of the filed flows alone finds each class's deposits at the end."""
    town = RandomTown(seed, tags=tags, own_doors=own_doors)
    ledger = town.ledger
    n = ledger.n_classes
    change = -np.bincount(ledger.klass, ledger.deposits, n).astype(np.int64)

    lived(town)

    change += np.bincount(ledger.klass, ledger.deposits, n).astype(np.int64)
    for piece in ledger.flows:
        if piece.kind is not Kind.WRITE_OFF and piece.kind not in WITHDRAWN:
            np.subtract.at(change, piece.payee, piece.pence)
        if piece.kind is not Kind.WRITE_OFF and piece.kind not in ISSUED:
            np.add.at(change, piece.payer, piece.pence)
    assert not change.any()


@TOWNS
@given(SEEDS, OWN)
def test_dye_moves_no_money(seed, own_doors):
    """A town with dye on pays exactly what it pays without."""
    plain = lived(RandomTown(seed, own_doors=own_doors))

    dyed = lived(RandomTown(seed, tags=4, own_doors=own_doors))

    np.testing.assert_array_equal(plain.ledger.deposits, dyed.ledger.deposits)
    np.testing.assert_array_equal(plain.ledger.savings, dyed.ledger.savings)
    assert plain.digest() != dyed.digest()


@TOWNS
@given(SEEDS, st.sampled_from([0, 4]), st.booleans(), OWN)
def test_the_order_of_payments_in_a_phase_changes_nothing(seed, tags, full, own_doors):
    """Doors and links used in the opposite order give the same books to the byte."""
    forwards = lived(RandomTown(seed, tags=tags, full=full, own_doors=own_doors))

    backwards = lived(
        RandomTown(seed, tags=tags, full=full, own_doors=own_doors, backwards=True)
    )  # fmt: skip

    assert backwards.digest() == forwards.digest()


def shuffled(seed: int, *parts: slice) -> np.ndarray:
    """Identities in rows laid in another order within each part."""
    order = NAMES.copy()
    for part in parts:
        lots = streams.uniform(seed, "order of rows", NAMES[part])
        order[part] = NAMES[part][np.argsort(lots, kind="stable")]
    return order


@TOWNS
@given(SEEDS, SEEDS, st.sampled_from([0, 4]))
def test_rows_laid_in_another_order_change_nothing(seed, shuffle, tags):
    """Firms and homes renumbered, with the same identities, give the same books."""
    order = shuffled(shuffle, slice(0, FIRMS), slice(HOME, ROWS))
    straight = lived(RandomTown(seed, tags=tags))

    other = lived(RandomTown(seed, tags=tags, name=order))

    assert other.digest() == straight.digest()


@TOWNS
@given(SEEDS, SEEDS, st.sampled_from([0, 4]), st.booleans())
def test_homes_laid_in_another_order_pay_the_same_through_their_own_doors(
    seed, shuffle, tags, full
):  # fmt: skip
    """Blocks of homes may be long or short, and a class may stand in several of them."""
    order = shuffled(shuffle, slice(0, FIRMS), slice(HOME, RETIRED), slice(RETIRED, ROWS))
    straight = lived(RandomTown(seed, tags=tags, full=full, own_doors=True))

    other = lived(RandomTown(seed, tags=tags, full=full, own_doors=True, name=order))

    assert other.digest() == straight.digest()


def test_another_seed_lives_another_life():
    """The digest would notice: two seeds do not agree."""
    assert lived(RandomTown(1)).digest() != lived(RandomTown(2)).digest()


@pytest.mark.parametrize("own_doors", [False, True])
def test_every_kind_of_door_is_used(own_doors):
    """The random months go through lists, links, wages, loans, savings and one-payer blocks."""
    town = lived(RandomTown(3, own_doors=own_doors), months=2)

    assert {piece.kind for piece in town.ledger.flows if piece.pence.size} == {
        Kind.BENEFIT, Kind.GRANT, Kind.EXPORT, Kind.PURCHASE, Kind.INTERMEDIATE, Kind.VAT,
        Kind.INTEREST, Kind.LOAN_DRAWN, Kind.LOAN_REPAID, Kind.WAGES, Kind.PAYE, Kind.SAVING,
        Kind.GROUP_TRANSFER, Kind.WRITE_OFF, Kind.DISSAVING, Kind.CONSUMPTION, Kind.COUNCIL_TAX,
        Kind.STATE_PENSION, Kind.OCCUPATIONAL_PENSION, Kind.BUSINESS_RATES, Kind.REFUND,
        Kind.PATRONAGE, Kind.PENSION_CONTRIBUTION, Kind.RENT, Kind.MORTGAGE_INTEREST,
    }  # fmt: skip


@pytest.mark.parametrize("own_doors", [False, True])
@pytest.mark.parametrize("column", ["deposits", "savings"])
def test_a_penny_lost_in_any_month_is_found_in_that_month(column, own_doors):
    """The check starts from each month's own opening, not from the first."""
    town = lived(RandomTown(4, tags=4, own_doors=own_doors), months=3)

    getattr(town.ledger, column)[HOME] += 1

    with pytest.raises(LedgerError, match="month 4 do not close"):
        town.live(4)
