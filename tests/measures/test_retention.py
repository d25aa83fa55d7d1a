"""The dye: receipts, what stays, and where the rest goes."""

import pytest

from experiments.validation.little_town import REST, TOWN, UK, WORLD, little_books, rows
from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import Books, DyeRecord
from simulation.measures.measure import Undefined
from simulation.measures.retention import (
    idle_share,
    retained_by_month,
    retained_share,
    retention_half_life,
    retention_mean_months,
    whereabouts,
)
from simulation.measures.traced import traced_multiplier, traced_round
from simulation.measures.view import View

FIRM, HOME = Institution.FIRM, Institution.HOUSEHOLD
STATE, ABROAD = Institution.GOVERNMENT, Institution.WORLD


def dyed_books(*more: tuple[int, ...]) -> Books:
    """Of 1000 units dyed in month 2, town holds 600, 400, 200 at three closes."""
    return little_books(
        months=4,
        dye=rows(
            "dye",
            (2, DyeRecord.INJECTED, TOWN, FIRM, 0, Kind.PURCHASE, 800),
            (2, DyeRecord.INJECTED, REST, FIRM, 0, Kind.PURCHASE, 200),
            (2, DyeRecord.RECEIVED, TOWN, FIRM, 0, Kind.PURCHASE, 800),
            (2, DyeRecord.RECEIVED, REST, FIRM, 0, Kind.PURCHASE, 200),
            (2, DyeRecord.RECEIVED, TOWN, HOME, 1, Kind.WAGES, 500),
            (3, DyeRecord.RECEIVED, TOWN, FIRM, 2, Kind.CONSUMPTION, 100),
            (3, DyeRecord.RECEIVED, UK, STATE, 2, Kind.COUNCIL_TAX, 50),
            (4, DyeRecord.RECEIVED, TOWN, HOME, 3, Kind.WAGES, 60),
            (2, DyeRecord.HELD, TOWN, HOME, 1, 0, 600),
            (3, DyeRecord.HELD, TOWN, HOME, 1, 0, 400),
            (4, DyeRecord.HELD, TOWN, HOME, 1, 0, 200),
            (4, DyeRecord.HELD, REST, HOME, 1, 0, 100),
            (4, DyeRecord.IDLE, TOWN, HOME, 1, 0, 120),
            (4, DyeRecord.SUNK, UK, STATE, 1, Kind.LOAN_REPAID, 150),
            (4, DyeRecord.SUNK, UK, STATE, 1, Kind.PAYE, 300),
            (4, DyeRecord.SUNK, WORLD, ABROAD, 1, Kind.IMPORT, 250),
            *more,
        ),
    )


def test_local_receipts_are_counted_hop_by_hop():
    """Hop 1 is the council's own payment; taxes to the state are nobody's local receipt."""
    view = View(dyed_books())

    rounds = [traced_round(hop)(view, "district") for hop in (1, 2, 3)]

    assert rounds == pytest.approx([0.8, 0.5, 0.1])
    assert traced_multiplier(view, "district") == pytest.approx(1 + 0.8 + 0.5 + 0.1 + 0.06)


def test_a_wider_place_sees_more_of_the_dye():
    """In the shire the neighbour's receipts are local too."""
    assert traced_round(1)(View(dyed_books()), "county") == pytest.approx(1.0)


def test_the_curve_counts_months_from_the_dyeing():
    """The close of the dyeing month is month 1."""
    view = View(dyed_books())

    assert dict(retained_by_month(view, "district")) == {1: 0.6, 2: 0.4, 3: 0.2}
    assert retained_share(view, "district") == 0.2
    assert retention_mean_months(view, "district") == pytest.approx(1.2)


def test_half_life_lies_between_two_closes():
    """From 600 to 400 to 200: 300 is passed half way through the second month."""
    assert retention_half_life(View(dyed_books()), "district") == pytest.approx(1.5)


def test_half_life_is_censored_where_the_run_ends_too_soon():
    """Where more than half is still there the answer is a reason."""
    books = dyed_books((4, DyeRecord.HELD, TOWN, FIRM, 1, 0, 300))

    with pytest.raises(Undefined, match="more than half"):
        retention_half_life(View(books), "district")


def test_the_dye_is_somewhere():
    """The shares of where it went sum to one."""
    parts = whereabouts(View(dyed_books()), "district")

    assert parts == pytest.approx(
        {"in_place": 0.2, "elsewhere": 0.1, "repaid": 0.15, "tax": 0.3, "imports": 0.25, "other": 0}
    )


def test_idle_money_lies_in_savings():
    """120 of the 1200 units held in town at three closes lay in savings."""
    assert idle_share(View(dyed_books()), "district") == pytest.approx(0.1)


def test_without_dye_nothing_is_traced():
    """An empty record says that no pound was dyed, a missing one that nobody looked."""
    with pytest.raises(Undefined, match="no spending was marked"):
        traced_multiplier(View(little_books(dye=rows("dye"))), "district")
    with pytest.raises(Undefined, match="do not cover dye"):
        traced_multiplier(View(little_books()), "district")
