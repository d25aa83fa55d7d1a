"""What the model is held against holds, and each check can fail."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from experiments.validation import auctions, examples, identities, input_output, registry, rounds
from experiments.validation.figure import Check, Figure, Sort, Verdict
from experiments.validation.identities import Life
from experiments.validation.registry import all_checks, run_all
from scenarios.errors import InputError
from simulation.accounting.books import Books

MUST_HOLD = (Sort.CLOSED_FORM, Sort.EXAMPLE)
QUICK = all_checks(full=False)
BY_NAME = {one.name: one for one in QUICK}


def quiet(name: str) -> None:
    """Hear what is being checked, and say nothing."""


@pytest.mark.parametrize(
    "check", [one for one in QUICK if one.kind in MUST_HOLD], ids=lambda one: one.name
)
def test_closed_forms_and_worked_examples_hold(check: Check) -> None:
    """Exactly, or to the rounding that is told beside it."""
    figure = check.run()

    assert figure.verdict is Verdict.HOLDS, figure


@pytest.mark.long
def test_the_books_of_a_village_hold_every_identity() -> None:
    """Twelve months of the baseline, followed by dye from the first."""
    found = run_all(all_checks(full=False, sorts=[Sort.IDENTITY]), quiet)

    assert len(found) >= len(identities.CHECKS) + len(identities.SPLITS) + 3
    assert [(one.check.name, one.figure) for one in found
            if one.figure.verdict is not Verdict.HOLDS] == []  # fmt: skip


def times(factor: float, of: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function answer a little too much."""
    return lambda *asked, **more: factor * of(*asked, **more)


def slow_receipts(economy: Any) -> int:
    """Lose one receipt in ten thousand."""
    return round(
        0.9999 * rounds.LittleEconomy.units(economy, rounds.RECEIVED)[: rounds.LOCAL].sum()
    )


BROKEN: dict[str, tuple[Any, str, Any]] = {
    "Leontief inverse = I + A + A^2 + ...": (
        input_output, "type_one", times(1.000001, input_output.type_one)),
    "rounds of the measures = (I - P)^-1 1": (
        input_output, "worth",
        lambda shares, asked: input_output_worth(shares, asked)),
    "Type I and II, two sectors by hand": (
        input_output, "type_two", times(1.000001, input_output.type_two)),
    "Type I, a chain of three by hand": (
        input_output, "type_one", times(1.000001, input_output.type_one)),
    "Type II, a chain of three by hand": (
        input_output, "type_two", times(1.000001, input_output.type_two)),
    "sam_type1 of a town by hand": (input_output, "sam", times(1.000001, input_output.sam)),
    "sam_type2 of a town by hand": (input_output, "sam", times(1.000001, input_output.sam)),
    "FLQ of imported tables by hand": (
        input_output, "quotients", times(1.000001, input_output.quotients)),
    "FLQ of the built economy by hand": (input_output, "flq", times(1.000001, input_output.flq)),
    "re-spending along a line of six firms": (rounds.LittleEconomy, "received", slow_receipts),
    "re-spending round a ring, local share 0.625": (
        rounds.LittleEconomy, "received", slow_receipts),
    "dye = the fundamental matrix": (rounds.LittleEconomy, "received", slow_receipts),
    "receipts at the third hop of a line": (
        rounds.LittleEconomy, "units", times(1.001, rounds.LittleEconomy.units)),
    "dye that the world absorbs = N R": (
        rounds.LittleEconomy, "injected", times(1.001, rounds.LittleEconomy.injected)),
    "where nothing leaks every unit stays": (
        rounds.LittleEconomy, "held", times(0.999, rounds.LittleEconomy.held)),
    "where everything leaks none stays": (
        rounds, "leaking_doors", rounds.usual_doors),
    "first-price equilibrium, 2 bidders": (auctions, "RESERVE", 1.31),
    "first-price equilibrium, 3 bidders": (auctions, "THEORY", auctions.QUIET),
    "first-price equilibrium, 6 bidders": (auctions, "THEORY", auctions.QUIET),
    "nobody gains by leaving the equilibrium": (
        auctions, "equilibrium_price", times(1.001, auctions.equilibrium_price)),
    "revenue equivalence, worst of 1 seed": (
        auctions, "equilibrium_price", times(1.01, auctions.equilibrium_price)),
    "the winner's curse": (
        auctions, "errors_of_winners", times(1.2, auctions.errors_of_winners)),
    "Bertrand limit of the equilibrium": (auctions, "CROWD", 1_000),
    "Bertrand limit of the everyday habit": (auctions, "CROWD", 1_000),
    "one bidder asks the reserve price": (auctions, "THEORY", auctions.QUIET),
    "no bid above the ceiling stands": (
        auctions, "score", lambda price, *_: (np.ones(price.size, dtype=np.bool_), price)),
    "one bidder above the ceiling wins nothing": (
        auctions, "QUIET", {**auctions.QUIET, "award__price_ceiling": 2.0}),
    "everyday bids, mean distance": (
        auctions, "plain", lambda: auctions_plain(bid__markup_alone=0.25)),
    "Leontief inverse of two sectors": (
        examples, "type_one", times(1.001, examples.type_one)),
    "the same, closed to households": (examples, "type_two", times(1.01, examples.type_two)),
    "simple location quotients": (
        examples, "simple_quotients", times(1.01, examples.simple_quotients)),
    "regional coefficients by SLQ": (examples, "quotients", times(1.01, examples.quotients)),
    "regional coefficients by CILQ": (examples, "quotients", times(1.01, examples.quotients)),
    "FLQ without a weight of size": (examples, "quotients", times(1.01, examples.quotients)),
    "LM3 of a council": (examples, "lm3_council", times(1.001, examples.lm3_council)),
    "LM3 of its contracts": (examples, "lm3_contract", times(1.001, examples.lm3_contract)),
    "Herfindahl-Hirschman index": (examples, "SHARES", (0.4, 0.3, 0.2, 0.1)),
    "Gini coefficient": (examples, "gini", times(1.001, examples.gini)),
}  # fmt: skip
"""What of the model, or of what is tried on it, is put out of order for each check."""


def input_output_worth(shares: Any, asked: Any) -> Any:
    """Sum the rounds and count the first of them too little."""
    from simulation.measures.series import worth

    found = worth(shares, asked)
    return replace(found, values=found.values - 1e-6)


def auctions_plain(**changes: float) -> Any:
    """The register with a few values changed."""
    from experiments.validation.little_market import plain

    return plain(**changes)


def test_every_check_that_must_hold_is_tried_out_of_order() -> None:
    """None is left out of the list above."""
    assert {one.name for one in QUICK if one.kind in MUST_HOLD} <= set(BROKEN)


@pytest.mark.parametrize("name", list(BROKEN))
def test_a_check_misses_what_is_out_of_order(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest disorder that the rounding does not cover."""
    where, what, instead = BROKEN[name]
    monkeypatch.setattr(where, what, instead)

    assert BY_NAME[name].run().verdict is Verdict.MISS


def spoiled(table: str, column: str, row: int, by: int) -> Books:
    """Books of a made-up month with one number changed."""
    from tests.accounting.test_identities import spoil

    return spoil(table, column, row, by)


@pytest.mark.parametrize(
    ("name", "books"),
    [
        ("deposits follow payments", spoiled("flows", "pence", 0, 1)),
        ("loans follow payments", spoiled("stocks", "pence", 14, 1)),
        ("instruments sum to zero", spoiled("stocks", "pence", 4, 1)),
        ("flow matrix sums to zero", spoiled("flows", "pence", 0, 1)),
        ("no payment is negative", spoiled("flows", "pence", 0, -101)),
        ("purchases are flows", spoiled("purchases", "pence", 0, 1)),
        ("dye is conserved", spoiled("dye", "units", 1, 1)),
        ("dye is never negative", spoiled("dye", "units", 2, -12)),
        ("social accounting matrix by institution", spoiled("flows", "pence", 0, 1)),
        ("social accounting matrix by owner kind", spoiled("flows", "pence", 1, 1)),
        ("social accounting matrix by area", spoiled("flows", "pence", 0, 1)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_penny_that_is_lost_is_a_miss(
    name: str, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever identity it is lost to."""
    monkeypatch.setattr(identities, "lived", lambda place, months: Life(books, 0))

    figure = BY_NAME[name].run()

    assert figure.verdict is Verdict.MISS
    assert figure.value >= 1


def test_dye_beyond_the_money_is_a_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    """One unit on an empty account."""
    books = spoiled("flows", "pence", 0, 0)
    monkeypatch.setattr(identities, "lived", lambda place, months: Life(books, 1))

    assert BY_NAME["dye lies on money"].run().verdict is Verdict.MISS


@pytest.mark.parametrize(
    ("pence", "units", "above"), [(1, 1024, 0), (1, 1025, 1), (-7, 0, 0), (-7, 3, 3)]
)
def test_dye_is_held_against_the_money_it_lies_on(pence: int, units: int, above: int) -> None:
    """A penny carries 1,024 units; an account below zero, which only the government has, none."""
    nothing = np.zeros((1, 4), dtype=np.int64)
    ledger: Any = SimpleNamespace(
        deposits=np.array([pence]), dye=np.array([[units, 0, 0, 0]]), savings=np.array([0]),
        savings_dye=nothing,
    )  # fmt: skip

    assert identities.dye_above_money(ledger) == above


def test_dye_that_nobody_put_in_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no pound is dyed the line is open, and says so."""
    books = spoiled("flows", "pence", 0, 0)
    books.tables["dye"]["units"][:] = 0
    monkeypatch.setattr(identities, "lived", lambda place, months: Life(books, 0))

    figure = BY_NAME["dye is conserved"].run()

    assert figure.verdict is Verdict.OPEN
    assert "no pound was dyed" in figure.rounding


def test_what_the_model_breaks_off_is_a_miss() -> None:
    """An error of the house is no way out of the table."""

    def broken() -> Figure:
        raise InputError("a penny is missing")

    [found] = run_all([Check("broken", Sort.IDENTITY, "", "", broken)], quiet)

    assert found.figure.verdict is Verdict.MISS
    assert "a penny is missing" in found.figure.rounding


def test_every_check_has_a_name_of_its_own_and_a_source() -> None:
    """In full, too; and each sort has some."""
    full = all_checks(full=True)

    for checks in (QUICK, full):
        assert len({one.name for one in checks}) == len(checks)
    assert all(one.what and one.source for one in full)
    assert {one.kind for one in full} == set(Sort)
    assert not any(one.kind is Sort.PATTERN for one in QUICK)
    assert len(full) > len(QUICK)
    assert list(dict.fromkeys(one.kind for one in full)) == [
        sort for sort in Sort if any(one.kind is sort for one in full)
    ]
    assert registry.counted([])[Verdict.MISS] == 0
