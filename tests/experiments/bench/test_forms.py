"""No time counts unless the books are equal, and the gate does fail where they are not."""

import re

import pytest

from experiments.bench import objects, vectors
from experiments.bench.books import BooksDifferError, require_equal
from experiments.bench.core import CoreMonths
from experiments.bench.forms import GATE_MONTHS, form_rows, gated
from experiments.bench.vectors import VectorMonths
from experiments.bench.world import World, build_world

FIRMS = 60


@pytest.fixture(scope="module")
def world() -> World:
    """A reference world of 60 firms."""
    return build_world(FIRMS)


@pytest.fixture(scope="module")
def core(world: World) -> CoreMonths:
    """The core after the months of the gate."""
    months = CoreMonths(world)
    for _ in range(GATE_MONTHS):
        months.live()
    return months


def test_every_form_comes_to_the_same_books(world: World, core: CoreMonths) -> None:
    """NumPy and plain Mesa end with every penny and every payment where the core has them."""
    forms = VectorMonths(world), objects.ObjectMonths(world)

    for form in forms:
        for _ in range(GATE_MONTHS):
            form.live()
        require_equal(form.name, form.books(), core.name, core.books())

    assert core.books().flows


@pytest.mark.compiled
def test_the_gate_holds_where_homes_save(core: CoreMonths) -> None:
    """The months of the gate reach the top band of tax; homes that earn nothing save."""
    world = build_world(3_000)
    whole, vector = CoreMonths(world), VectorMonths(world)

    for months in (whole, vector):
        for _ in range(GATE_MONTHS + 1):
            months.live()

    require_equal(vector.name, vector.books(), whole.name, whole.books())
    assert whole.ledger.savings.any()


def test_another_rule_is_found_out(
    world: World, core: CoreMonths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tax that is a penny higher for one worker in NumPy fails at the gate."""
    lawful = vectors.tax_on

    def unlawful(gross: vectors.Int64) -> vectors.Int64:
        tax = lawful(gross)
        tax[7] += 1
        return tax

    monkeypatch.setattr(vectors, "tax_on", unlawful)

    with pytest.raises(BooksDifferError, match="No time of NumPy counts"):
        gated(VectorMonths(world), core.books(), 1)


def test_another_rule_among_objects_is_found_out(
    world: World, core: CoreMonths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Homes of plain Mesa that keep money back from their shops fail at the gate."""
    monkeypatch.setattr(objects.Home, "pay_along", lambda home, budget, kind: None)

    with pytest.raises(BooksDifferError, match="plain Mesa objects"):
        form_rows(world, 1, "", judge=False, cheap_months=1)


def test_a_balance_alone_is_found_out(core: CoreMonths) -> None:
    """Books with equal flows and one penny elsewhere are refused, and the row is named."""
    found = core.books()
    found.deposits[5] += 1

    with pytest.raises(BooksDifferError, match=re.escape("row 5 has deposits")):
        require_equal("twin", found, core.name, core.books())


def test_a_form_that_is_left_out_says_why(world: World) -> None:
    """Where Mesa is not lived its line holds nothing and gives the reason."""
    rows = form_rows(world, 1, "too large", judge=True, cheap_months=1)

    [line] = [row for row in rows if "Mesa" in row.name]
    assert (line.value, line.holds, line.why) == (None, None, "too large")
    assert str(line.bar) == "ratio >= 200"


def test_numpy_is_held_against_one_thread_and_two(world: World) -> None:
    """At the size that is judged: three times by the processor's time, five on the wall."""
    rows = form_rows(world, 1, "too large", judge=True, cheap_months=1)

    lines = [row for row in rows if "NumPy" in row.name]
    assert [row.name.split(",")[0] for row in lines] == ["month", "month on two threads"]
    assert [str(row.bar) for row in lines] == ["ratio >= 3", "ratio >= 5"]
    assert all(row.ratio and row.ratio > 0 for row in lines)
