"""The village's first months, penny by penny: the ledger against a sheet worked by hand.

`village_sheet.py` is the hand: plain integers, no act or kernel of the model. `village_months.csv`
holds what it found for every flow that touches the village, with the reckoning in its comments.
"""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from scenarios.read import read_draft
from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from tests.model.opening import QUIET, model_of, open_place, whole_register
from tests.model.village_positions import class_label, copy_out
from tests.model.village_sheet import Key, Sheet

TABLE = Path(__file__).parent / "village_months.csv"
MONTHS = 4

LEFT_OUT = {
    Kind.IMPORT: "imports are inputs and shopping whose payee is the world",
    Kind.MEMBER_CONTRIBUTION: "nobody has founded a club",
    Kind.PATRONAGE: "nobody has founded a club",
    Kind.REMEDY: "standing contracts claim no social value, so no promise is broken",
    Kind.REFUND: "no way of buying refunds in these months",
    Kind.REDUNDANCY: "nobody is laid off",
    Kind.SOCIAL_FUND: "no non-distributing firm stands in the village",
    Kind.WRITE_OFF: "no firm closes",
    Kind.SUBSIDY: "only the levers beside buying, which the baseline has none of",
    Kind.ASSET_PURCHASE: "only the levers beside buying, which the baseline has none of",
    Kind.CAPITAL_TRANSFER: "only the levers beside buying, which the baseline has none of",
    Kind.COMMUNITY_LOAN: "only the levers beside buying, which the baseline has none of",
    Kind.COMMUNITY_LOAN_REPAID: "only the levers beside buying, which the baseline has none of",
    Kind.CAPITAL: "nobody has founded an enterprise",
    Kind.CAPITAL_REPAID: "nobody has founded an enterprise",
}
"""Kinds of payment that do not occur, each with its reason."""
LEAN = {Kind.LOAN_DRAWN, Kind.LOAN_REPAID, Kind.INTEREST, Kind.VAT, Kind.DISSAVING}
"""Kinds that occur only in the village that is short of cash."""


def lived(months: int, sets: tuple[str, ...] = (), vat: float = 0.0) -> tuple[Town, Sheet]:
    """Live the village on the machine and on paper; `vat` is in a pound of single firms' sales."""
    draft = read_draft("village", sets)
    scenario = draft.require()
    a = whole_register(scenario, QUIET)
    place = open_place(scenario, a)
    place.town.economy.firms.vat_share[: place.town.economy.firms.n_agents] = vat
    sheet = Sheet(copy_out(draft.data, place.town.economy), a)
    model = model_of(place)
    for _ in range(months):
        model.step()
        sheet.live()
    return place.town, sheet


def ledger_flows(town: Town) -> Counter[Key]:
    """Name the ledger's flows as the sheet does."""
    out: Counter[Key] = Counter()
    for piece in town.ledger.flows:
        for payer, payee, pence in zip(piece.payer, piece.payee, piece.pence, strict=True):
            labels = (class_label(town.economy, int(row)) for row in (payer, payee))
            out[piece.month, piece.kind.name, *labels] += int(pence)  # type: ignore[index]
    return +out


@pytest.fixture(scope="module")
def village() -> tuple[Town, Sheet]:
    """Four months of the village as its file has it."""
    return lived(MONTHS)


def test_every_flow_is_what_the_hand_finds(village: tuple[Town, Sheet]) -> None:
    """All payments of four months, by kind and class of payer and payee: equal to the penny."""
    town, sheet = village

    machine = ledger_flows(town)

    assert machine == +sheet.flows


def test_every_account_holds_what_the_hand_finds(village: tuple[Town, Sheet]) -> None:
    """After four months each deposit and savings account of the whole country is the same."""
    town, sheet = village

    held = np.sort(town.ledger.deposits[town.ledger.deposits != 0])
    saved = np.sort(town.ledger.savings[town.ledger.savings != 0])

    assert held.tolist() == sorted(value for value in sheet.deposits.values() if value)
    assert saved.tolist() == sorted(value for value in sheet.savings.values() if value)


def test_the_table_is_what_the_ledger_says(village: tuple[Town, Sheet]) -> None:
    """The readable table of months 1 and 2 holds every flow that touches the village."""
    town, _ = village
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]

    machine = ledger_flows(town)
    written: Counter[Key] = Counter()
    for row in csv.DictReader(line for line in lines if line):
        for month in (1, 2):
            key = (month, row["kind"], row["payer"], row["payee"])
            written[key] = int(row[f"month_{month}"])

    here = {
        key: pence for key, pence in machine.items() if key[0] <= 2 and "village" in key[2] + key[3]
    }
    assert +written == here


def test_a_village_short_of_cash_borrows_as_the_hand_does() -> None:
    """With little in the bank and VAT on their sales, firms borrow, pay interest and repay."""
    sets = (
        "firms.mason.deposits=1000",
        "firms.dale-foods.deposits=2000",
        "firms.kettle.deposits=3000",
        "firms.printer.deposits=500",
        "households.h27.deposits=0",
        "assumptions.firms.working_balance_months=0.25",
    )

    town, sheet = lived(MONTHS, sets, vat=0.05)

    machine = ledger_flows(town)
    kinds = {key[1] for key in machine}
    assert machine == +sheet.flows
    assert {kind.name for kind in LEAN} <= kinds


def test_every_kind_of_payment_is_followed_or_has_a_reason(village: tuple[Town, Sheet]) -> None:
    """No kind of payment is passed over in silence."""
    _, sheet = village

    met = {Kind[key[1]] for key, pence in sheet.flows.items() if pence}

    assert met | LEAN | set(LEFT_OUT) == set(Kind)
    assert not met & set(LEFT_OUT)


def test_the_first_month_follows_without_the_switches() -> None:
    """With people leaving and firms closing by lot as registered, month 1 pays the same."""
    draft = read_draft("village")
    scenario = draft.require()
    a = whole_register(scenario, {})
    place = open_place(scenario, a, seed=3)
    sheet = Sheet(copy_out(draft.data, place.town.economy), a)

    model_of(place).step()
    sheet.live()

    assert place.town.now.deaths == 0
    assert ledger_flows(place.town) == +sheet.flows
