"""What councils remember of a way of buying: their own record, and that of the others."""

import pytest

from simulation.procurement.evidence import NOTHING, Evidence, Record

HERE, THERE, ELSEWHERE = (0, 7), (1, 7), (2, 7)
OTHER_WORK = (1, 8)


def month_of(units: float) -> Record:
    """A month in which a unit cost 90p, was done as well as usual, and brought 5p of worth."""
    return Record(
        months=1.0, units=units, pence=90.0 * units, quality_units=units, social_pence=5.0 * units
    )


def test_a_record_says_what_a_unit_cost_and_what_it_was_worth() -> None:
    """Of 200 units for 180 pounds, 150 of them as good as usual: 90p, three quarters, 5p."""
    record = Record(2.0, 200.0, 18_000.0, 150.0, 1_000.0)

    assert record.unit_cost == pytest.approx(0.9)
    assert record.quality == pytest.approx(0.75)
    assert record.social == pytest.approx(5.0)


def test_no_record_says_nothing() -> None:
    """Where nothing was bought nothing is told, rather than a division by nothing."""
    assert (NOTHING.unit_cost, NOTHING.quality, NOTHING.social) == (0.0, 0.0, 0.0)


def test_records_add_up_and_come_apart() -> None:
    """Three months less the first two are the third."""
    whole = month_of(10.0).plus(month_of(20.0)).plus(month_of(40.0))

    assert whole == month_of(70.0)._replace(months=3.0)
    assert whole.less(month_of(10.0).plus(month_of(20.0))) == month_of(40.0)


def test_a_council_knows_its_own_record_and_that_of_all_others_in_the_same_work() -> None:
    """Two neighbours bought the same; what one bought of other work does not count."""
    told = Evidence()
    told.note(HERE, "tender", month_of(10.0))
    told.note(HERE, "tender", month_of(10.0))
    told.note(THERE, "tender", month_of(20.0))
    told.note(THERE, "grant", month_of(80.0))
    told.note(ELSEWHERE, "tender", month_of(40.0))
    told.note(OTHER_WORK, "tender", month_of(160.0))

    assert told.own(HERE, "tender").units == 20.0
    assert told.peers(HERE, "tender").units == 60.0
    assert told.peers(THERE, "tender").units == 60.0
    assert told.own(HERE, "grant") == NOTHING
    assert told.peers(THERE, "grant") == NOTHING
