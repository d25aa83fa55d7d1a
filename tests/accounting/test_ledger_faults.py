"""Of every kind of payment, a penny lost, made up, sent astray or counted twice stops the month."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from scenarios.vocabulary import Kind
from simulation.accounting.faults import LedgerError, NotClosedError
from simulation.accounting.ledger import Ledger
from tests.accounting.little_ledger import (
    BANK,
    DOORS,
    GOVERNMENT,
    HOME,
    MILL,
    OUTSIDE,
    OVERDRAFTS,
    SHOP,
    WORLD,
    Door,
    be_taxed,
    draw,
    ledger_for,
    lend,
    listed,
    open_ledger,
    pay_for_home,
    pounds,
    repay,
    rows,
    save,
    shop,
    too_much_listed,
    too_much_saved,
)

Fault = Callable[[Ledger, Kind, Door], None]


class Written(NamedTuple):
    """What has been counted, as it stands on the sheet or in slots, to be meddled with."""

    payer: Any
    payee: Any
    pence: Any
    count: Any


def written(ledger: Ledger, kind: Kind) -> Written:
    """Find what a door counted of a kind."""
    sheet, begin = ledger.sheet, 0
    for network in sheet._networks:
        if network.kind is kind:
            return Written(network.slot_payer, network.slot_payee, *network.sums.T)
    for written_kind, end in sheet._runs:
        if written_kind == kind and end > begin:
            columns = (getattr(sheet._rows, name)[begin:end] for name in Written._fields)
            return Written(*columns)
        begin = end
    raise LookupError(kind)


def payer_loses_a_penny(ledger: Ledger, kind: Kind, door: Door) -> None:
    """A penny more than paid has gone from the payer."""
    ledger.deposits[HOME if door in OF_A_HOME else SHOP] -= 1


def payee_loses_a_penny(ledger: Ledger, kind: Kind, door: Door) -> None:
    """A penny of what was paid has not arrived."""
    ledger.deposits[MILL] -= 1


def a_penny_from_nowhere(ledger: Ledger, kind: Kind, door: Door) -> None:
    """A penny more than paid has arrived."""
    ledger.deposits[MILL] += 1


def a_penny_goes_astray(ledger: Ledger, kind: Kind, door: Door) -> None:
    """A penny arrived in an account of another class; the total is right."""
    ledger.deposits[MILL] -= 1
    ledger.deposits[HOME] += 1


def counted_a_penny_short(ledger: Ledger, kind: Kind, door: Door) -> None:
    """The money moved, the flow says a penny less."""
    written(ledger, kind).pence[0] -= 1


def counted_twice(ledger: Ledger, kind: Kind, door: Door) -> None:
    """The money moved once, the flow says twice."""
    ledger.sheet.write_pairs(kind, *written(ledger, kind))


def not_counted(ledger: Ledger, kind: Kind, door: Door) -> None:
    """The money moved, the flow says nothing."""
    sums = written(ledger, kind)
    sums.pence[:] = 0
    sums.count[:] = 0


def made_twice(ledger: Ledger, kind: Kind, door: Door) -> None:
    """The money moved twice, the flow says once."""
    sheet = ledger.sheet
    counted, summed = list(sheet._runs), [network.sums.copy() for network in sheet._networks]
    door(ledger, kind)
    ledger.settle(kind)
    sheet._runs, sheet._networks = counted, sheet._networks[: len(summed)]
    for network, sums in zip(sheet._networks, summed, strict=True):
        network.sums[:] = sums


def not_settled(ledger: Ledger, kind: Kind, door: Door) -> None:
    """The payment is made once more and its phase never closed: the receipt hangs in the air."""
    door(ledger, kind)


OF_A_HOME = (save, draw, be_taxed, pay_for_home, shop)
OF_BALANCES = (
    payer_loses_a_penny, payee_loses_a_penny, a_penny_from_nowhere, a_penny_goes_astray,
)  # fmt: skip
OF_FLOWS = (counted_a_penny_short, counted_twice, not_counted, made_twice, not_settled)
MOVES_NO_DEPOSIT = {Kind.WRITE_OFF}
"""Only balances can be wrong here: what is given up stands against loans, which Books compare."""
AT_ONCE = (save, draw, repay)
"""Nobody waits for a receipt: own money moves at once, a repaid loan ends."""
CASES = [
    pytest.param(kind, door, fault, id=f"{kind.name}-{door.__name__}-{fault.__name__}")
    for kind, door in DOORS
    for fault in (OF_BALANCES if kind in MOVES_NO_DEPOSIT else OF_BALANCES + OF_FLOWS)
    if not (door in AT_ONCE and fault is not_settled)
]


def test_every_kind_of_payment_is_tried():
    """A kind added to the vocabulary is tried too."""
    assert {kind for kind, _ in DOORS} == set(Kind)


@pytest.mark.parametrize(("kind", "door", "fault"), CASES)
def test_a_lost_penny_stops_the_month(kind, door, fault):
    """Whatever was paid and however a penny was lost, the month does not close."""
    ledger = ledger_for(door)
    door(ledger, kind)
    ledger.settle(kind)

    fault(ledger, kind, door)

    with pytest.raises(LedgerError, match="do not close"):
        ledger.close_month()
    assert ledger.residual_pence > 0


def test_a_month_that_does_not_close_can_still_be_read():
    """The sheet keeps what was written, and nothing is counted as filed."""
    ledger = open_ledger()
    listed(ledger, Kind.RENT)
    ledger.settle(Kind.RENT)
    ledger.deposits[MILL] -= 1

    with pytest.raises(NotClosedError) as caught:
        ledger.close_month()

    filed, _ = ledger.sheet.file(1)
    assert filed.of(Kind.RENT).pence.tolist() == [7_000]
    assert (list(ledger.filed), ledger.payments, ledger.pence_moved) == ([], 0, 0)
    assert (caught.value.total, caught.value.by_class) == (-1, 1)


@pytest.mark.parametrize("pence", [-1, 1])
@pytest.mark.parametrize("amount", [70, -70])
def test_a_penny_lost_between_deposits_and_savings_stops_the_month(amount, pence):
    """Savings follow what was put aside and drawn, to the penny."""
    ledger = open_ledger()
    ledger.save(BANK, HOME, pounds(amount))

    ledger.savings[HOME] += pence

    with pytest.raises(LedgerError, match="flows by class by 1 pence"):
        ledger.close_month()


@pytest.mark.parametrize("pence", [-1, 1])
def test_money_created_without_a_name_stops_the_month(pence):
    """A loan of a penny that the bank does not know of is found by the total."""
    ledger = open_ledger()
    lend(ledger, Kind.LOAN_DRAWN)
    ledger.settle(Kind.LOAN_DRAWN)

    ledger.created += pence

    with pytest.raises(LedgerError, match=f"balances are off by {-pence} pence"):
        ledger.close_month()


@pytest.mark.parametrize("overdraw", OVERDRAFTS)
def test_who_pays_more_than_it_holds_is_caught_as_the_phase_closes(overdraw):
    """Receipts of a phase cannot be spent in it, so they do not hide that too much was paid."""
    ledger = ledger_for(overdraw)
    ledger.from_one(Kind.GRANT, GOVERNMENT, SHOP, pounds(5_000))
    ledger.from_one(Kind.BENEFIT, GOVERNMENT, BANK, pounds(5_000))
    ledger.listed(Kind.BENEFIT, rows(GOVERNMENT), rows(HOME), pounds(5_000))

    overdraw(ledger)

    with pytest.raises(LedgerError, match="more than it held"):
        ledger.settle(Kind.RENT)


def test_an_account_left_overdrawn_stops_the_month():
    """Saving takes effect at once, and needs no phase to be found out."""
    ledger = open_ledger()

    too_much_saved(ledger)

    with pytest.raises(LedgerError, match=f"-100 pence on row {HOME}"):
        ledger.close_month()


def test_savings_cannot_be_drawn_below_nothing():
    """A savings account has no overdraft either."""
    ledger = open_ledger()

    ledger.save(BANK, HOME, pounds(-501))

    with pytest.raises(LedgerError, match=f"-100 pence on row {HOME}"):
        ledger.close_month()


def test_government_and_outside_may_owe():
    """Unlimited counterparts go below zero, and a limited row beside them still may not."""
    ledger = open_ledger()
    for payer in (GOVERNMENT, WORLD, OUTSIDE):
        ledger.from_one(Kind.EXPORT, payer, SHOP, pounds(10))
    ledger.settle(Kind.EXPORT)
    ledger.close_month()

    too_much_listed(ledger)

    assert ledger.deposits[GOVERNMENT] == -1_000
    with pytest.raises(LedgerError, match="more than it held"):
        ledger.settle(Kind.RENT)
