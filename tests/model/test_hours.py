"""Hours under the fair employment lever: who is guaranteed them, who bears it, and the nulls."""

from collections.abc import Mapping

import numpy as np
import pytest

from simulation.accounting.books import Books
from simulation.accounting.digest import digest
from simulation.accounting.identities import check_books
from simulation.economy.town import Town
from simulation.measures.catalogue import evaluate
from simulation.model.levers import Levers, levers_of
from simulation.model.portraits import living_wage_month
from simulation.model.run import Prepared, live
from tests.model.opening import open_place, whole_register
from tests.model.test_levers import with_levers

NOBODY = np.zeros(0, dtype=np.int32)
MONTHS = 3
HALF = {"pillars.hours_short": 0.5, "pillars.hours_missing": 0.25}


def opened(values: Mapping[str, float]) -> Prepared:
    """Open the three districts with money for fair employment alone."""
    scenario = with_levers("fair_employment=120000")
    return open_place(scenario, whole_register(scenario, values))


def widened(values: Mapping[str, float]) -> tuple[Town, Levers]:
    """Let everybody be taken in at once by a council without bounds."""
    place = opened(values)
    town, chosen = place.town, place.policies["lev"]
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    for purse in levers.purses:
        purse.left["fair_employment"] = purse.monthly["fair_employment"] = 10**12
    levers.widen(town, NOBODY)
    return town, levers


def lived(values: Mapping[str, float]) -> Books:
    """A few months of the lever."""
    return live(opened(values), "lev", MONTHS)


def test_whoever_is_guaranteed_hours_is_paid_for_the_whole_week() -> None:
    """At the living wage an hour alone a short week stays a short week's pay; hours mend it.

    The council bears the missing hours with the rest, job by job.
    """
    wage_alone, alone = widened({**HALF, "pillars.hours_guaranteed": 0.0})
    hours_too, both = widened(HALF)

    floor = living_wage_month(hours_too)
    rows = both.purses[0].supported
    staff = np.isin(hours_too.economy.workers.employer, rows)
    assert rows.size
    assert (hours_too.economy.workers.wage_pence[staff] >= floor).all()
    assert (wage_alone.economy.workers.wage_pence[staff] < floor).any()
    assert both.purses[0].per_job.sum() > alone.purses[0].per_job.sum()


def test_whoever_is_on_short_hours_is_so_under_every_policy() -> None:
    """The same people are drawn: nobody above the floor, and no job that was full, is touched."""
    town, _ = widened(HALF)
    usual, _ = widened({"pillars.hours_short": 0.0})
    floor, before = living_wage_month(town), opened({}).town.economy.workers.wage_pence

    changed = town.economy.workers.wage_pence != usual.economy.workers.wage_pence
    again, _ = widened(HALF)

    assert changed.any()
    assert (before[changed] < floor).all()
    np.testing.assert_array_equal(town.economy.workers.wage_pence, again.economy.workers.wage_pence)


def test_quality_answers_certain_hours_beside_pay() -> None:
    """With the gain from certain hours at nothing, what pay gives is left."""
    with_it, levers = widened({**HALF, "pillars.hours_quality": 0.1})
    without, _ = widened({**HALF, "pillars.hours_quality": 0.0})
    rows = levers.purses[0].supported

    gain = with_it.economy.firms.quality[rows] - without.economy.firms.quality[rows]

    assert (gain[levers.purses[0].steady > 0] > 0).all()
    assert not gain[levers.purses[0].steady == 0].any()
    assert (levers.purses[0].steady > 0).any()


@pytest.mark.compiled
def test_where_no_hours_are_short_there_is_nothing_to_guarantee() -> None:
    """Whatever else the register says of hours the books are the same, and no hours stand there."""
    books = [
        lived({"pillars.hours_quality": 0.0, **values})
        for values in (
            {"pillars.hours_short": 0.0},
            {
                "pillars.hours_short": 0.0,
                "pillars.hours_guaranteed": 0.0,
                "pillars.hours_missing": 0.5,
            },
        )
    ]

    assert digest(books[0]) == digest(books[1])
    assert books[0].tables["hours"]["jobs"].size == 0
    told = {row.measure: row for row in evaluate(books[0], ("district",)) if row.month == 0}
    assert told["guaranteed_hours"].value is None


@pytest.mark.compiled
def test_guaranteed_hours_are_told_and_no_penny_is_lost() -> None:
    """The jobs of the last month are the measure; every identity of the books holds."""
    books = lived(HALF)

    told = {row.measure: row for row in evaluate(books, ("district",)) if row.month == 0}
    hours = books.tables["hours"]

    assert told["guaranteed_hours"].value == hours["jobs"][hours["month"] == MONTHS].sum() > 0
    assert [check for check in check_books(books) if not check.holds] == []
