"""No penny and no unit of dye is lost: the books of a village that has lived, counted up.

Stock-flow consistency after Godley and Lavoie (2007, chapter 2). The identities themselves stand
in `simulation.accounting.identities`; here they are asked of a run as anyone would start it. What
a figure counts is pence, or 1,024ths of a penny of dye; none may be off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from experiments.design.seeds import replicate_seed
from experiments.runner.replicate import assumptions_of
from experiments.validation.figure import Check, Figure, Sort, none_of, still_open, within
from scenarios.read import read_scenario
from simulation.accounting.books import Books, DyeRecord
from simulation.accounting.dyed_accounts import DyedAccounts
from simulation.accounting.identities import (
    CHECKS,
    check_books,
    lm3_lies_between_one_and_three,
)
from simulation.accounting.matrices import Split, transactions_matrix
from simulation.kernels.accounts import UNITS
from simulation.measures.lm3 import lm3_contract, lm3_council
from simulation.measures.retention import retention_curve
from simulation.measures.view import View
from simulation.model.run import live, prepare
from simulation.procurement import registry

PLACE, MONTHS, LONG = "village", 12, 24
DISTRICT = "preston-2012"
SEED = replicate_seed(1, 0)
DYED_AT_ONCE = "measure.dye_months=[1]"
SPLITS: tuple[Split, ...] = ("institution", "owner_kind", "area")
SOURCE = "Godley and Lavoie 2007, ch. 2"
DYE = "this project: the dye of a pound"


@dataclass(frozen=True, slots=True)
class Life:
    """A run that has been lived: its books, and units of dye beyond the money they lie on."""

    books: Books
    dye_above_money: int


def lived(place: str, months: int, way: str = "") -> Life:
    """Live a place under its baseline, or another way of buying, with all at central values.

    Its spending is dyed from the first month. Whoever asks for the same again is given the same.
    """
    return _lived(place, months, way)


@cache
def _lived(place: str, months: int, way: str) -> Life:
    sets = [DYED_AT_ONCE, f'compare.regimes=["{way}"]'] if way else [DYED_AT_ONCE]
    scenario = read_scenario(place, sets)
    prepared = prepare(scenario, assumptions_of(scenario, {}), SEED)
    books = live(prepared, way or scenario.compare.baseline, months, keep=False)
    return Life(books, dye_above_money(prepared.town.ledger))


def dye_above_money(ledger: DyedAccounts) -> int:
    """Return by how many units dye exceeds the money of each account, summed; 0 where nowhere.

    Accounts without limit, of government and world, may be below zero: no dye may lie there.
    """
    pairs = ((ledger.deposits, ledger.dye), (ledger.savings, ledger.savings_dye))
    over = [
        np.maximum(dye.sum(axis=1) - UNITS * np.maximum(money, 0), 0).sum() for money, dye in pairs
    ]
    return int(sum(over))


def pence_off(books: Books) -> int:
    """Return what all identities are off by together [pence, or units of dye]."""
    return sum(one.residual for one in check_books(books)) + sum(
        transactions_matrix(books, by).residual_pence for by in SPLITS
    )


def injected(books: Books) -> int:
    """Return the units of dye put in."""
    dye = books.tables["dye"]
    return int(dye["units"][dye["record"] == DyeRecord.INJECTED].sum())


def _dyed(books: Books, figure: Callable[[], Figure], unit: str) -> Figure:
    """Say what became of the dye, if there was any: nothing at all proves nothing."""
    return figure() if injected(books) else still_open("no pound was dyed in this run", unit)


def _identity(at: int) -> Check:
    law, _ = CHECKS[at]
    said = (law.__doc__ or "").partition("\n")[0]
    of_dye = law.__name__.startswith("dye")

    def run() -> Figure:
        books = lived(PLACE, MONTHS).books
        unit = "units of dye" if of_dye else "pence"
        found = law(books).residual
        return _dyed(books, lambda: none_of(found, unit), unit) if of_dye else none_of(found, unit)

    name = law.__name__.replace("_", " ")
    return Check(name, Sort.IDENTITY, said, DYE if of_dye else SOURCE, run)


def _split(by: Split) -> Check:
    return Check(
        f"social accounting matrix by {by.replace('_', ' ')}",
        Sort.IDENTITY,
        "Every row and every column, with what accounts have grown by, sums to zero.",
        "Pyatt and Round 1979",
        lambda: none_of(
            transactions_matrix(lived(PLACE, MONTHS).books, by).residual_pence, "pence"
        ),
    )


def _dye_on_money() -> Figure:
    life = lived(PLACE, MONTHS)
    return _dyed(life.books, lambda: none_of(life.dye_above_money, "units of dye"), "units of dye")


def _lm3() -> Figure:
    view = View(lived(PLACE, MONTHS).books)
    values = [measure(view, "district") for measure in (lm3_council, lm3_contract)]
    return none_of(lm3_lies_between_one_and_three(values).residual, "values outside")


def _retained() -> Figure:
    _, shares = retention_curve(View(lived(PLACE, MONTHS).books), "district")
    return within(max(shares), 0.0, 1.0, "share", "exact")


def _whole_life(place: str, months: int, way: str = "") -> Check:
    def run() -> Figure:
        life = lived(place, months, way)
        off = pence_off(life.books) + life.dye_above_money
        return _dyed(life.books, lambda: none_of(off, "pence and units"), "pence and units")

    return Check(
        f"{place}, {months} months of {way or 'its baseline'}",
        Sort.IDENTITY,
        "All of the above together.",
        SOURCE,
        run,
    )


def checks(full: bool) -> tuple[Check, ...]:
    """Return the checks of a village's year; in full, two years of each way of buying besides."""
    found = [_split(by) for by in SPLITS]
    found += [_identity(at) for at in range(len(CHECKS))]
    found += [
        Check(
            "dye lies on money",
            Sort.IDENTITY,
            "No account and no savings hold more dye than money, at the last close.",
            DYE,
            _dye_on_money,
        ),
        Check(
            "LM3 lies in [1, 3]",
            Sort.IDENTITY,
            "Of the council and of contracts, in the village.",
            "New Economics Foundation 2002",
            _lm3,
        ),
        Check(
            "share retained lies in [0, 1]",
            Sort.IDENTITY,
            "The largest share of the dyed money that was in the village at any close.",
            DYE,
            _retained,
        ),
    ]
    if full:
        found += [_whole_life(PLACE, LONG, way) for way in registry.BUILT_IN]
        found.append(_whole_life(DISTRICT, LONG))
    return tuple(found)
