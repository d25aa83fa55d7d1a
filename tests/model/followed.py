"""Lets the twin live a run's months beside the model, act by act, and compares the two."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.model import handing_over, in_house_month, month, stewardship
from simulation.model.direct_provision import DirectProvision
from simulation.model.economy_model import EconomyModel
from simulation.model.journal import Journal
from simulation.model.payables import Invoices
from simulation.model.service import OwnMonth
from simulation.procurement.payments import Payments
from tests.reference.village.accounts import Payment
from tests.reference.village.ledger import Village
from tests.reference.village.month import ACTS
from tests.reference.village.reader import (
    asked_of,
    decisions_of,
    dismissed_of,
    invoices_of,
    note_lines,
    own_staff_of,
    village_of,
)
from tests.reference.village.told import Asked, Decisions, Dismissed, Invoice, OwnStaff

MODEL_ACTS = dict(month.ACTS)


class DiffersError(AssertionError):
    """Raised where the twin and the model come to something else."""

    def __init__(self, where: str, what: str, twin: object, model: object) -> None:
        super().__init__(f"{where}, {what}: the twin has {twin}, the model {model}")


@dataclass
class Heard:
    """What the journal does not say of the act under way."""

    invoices: list[Invoice] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    dismissed: list[Dismissed] = field(default_factory=list)
    own_staff: list[OwnStaff] = field(default_factory=list)
    moved: Decisions | None = None


@dataclass
class Followed:
    """A run that the twin follows; it must be lived with this `journal`."""

    journal: Journal = field(default_factory=Journal)
    twin: Village | None = None
    heard: Heard = field(default_factory=Heard)
    acts: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)
    """How many payments of each kind were compared."""

    def follow(self, model: EconomyModel, act: str) -> None:
        """Live one act of the model, then of the twin, and compare accounts and payments."""
        town, self.heard = model.town, Heard()
        if self.twin is None:
            self.twin = village_of(town, model.stewardship)
        twin, told = self.twin, decisions_of(town)
        pages, lines = len(self.journal.diary.pages), len(self.journal.lines)
        MODEL_ACTS[act](model)
        told.invoices = self.heard.invoices
        told.asked, told.dismissed = self.heard.asked, self.heard.dismissed
        told.own_staff, told.moved = self.heard.own_staff, self.heard.moved
        told.dyes = town.ledger.dyed and town.month in model.stewardship.dyer.months
        twin.place.dyed = model.stewardship.dyer.rows
        note_lines(told, self.journal.lines[lines:], town)
        twin.told = told
        twin.accounts.heir = dict(told.heirs)
        twin.accounts.written.clear()
        ACTS[act](twin)
        self.acts += 1
        self.kinds.update(one.kind for one in twin.accounts.written)
        where = f"month {town.month}, {act}"
        _compare_payments(where, twin, self.journal, pages)
        _compare_accounts(where, twin, town)
        if town.ledger.dyed:
            _compare_dye(where, twin, town)


@contextmanager
def followed() -> Iterator[Followed]:
    """Follow whatever is lived in this context with the journal that is handed out."""
    run = Followed()
    with pytest.MonkeyPatch.context() as patch:
        for act in ACTS:
            patch.setitem(month.ACTS, act, _act(run, act))
        _listen(patch, run)
        yield run


def _act(run: Followed, act: str) -> Callable[[EconomyModel], None]:
    return lambda model: run.follow(model, act)


def _listen(patch: pytest.MonkeyPatch, run: Followed) -> None:
    """Hear what is used in house, asked, and decided on staff, without changing it."""
    use, carry_out = in_house_month.invoices_of, stewardship.carry_out
    pay_off, reckon = handing_over.redundancy_pay, DirectProvision._reckon

    def used(town: Town, months: list[OwnMonth]) -> tuple[Invoices, Any]:
        invoices, days = use(town, months)
        run.heard.invoices += invoices_of(invoices, days.tolist())
        return invoices, days

    def carried(town: Town, payments: Payments, adviser: Any) -> None:
        run.heard.asked += asked_of(payments)
        carry_out(town, payments, adviser)

    def paid_off(town: Town, row: int, gone: Any, months: float) -> int:
        run.heard.dismissed.append(dismissed_of(town, row, gone, months))
        return pay_off(town, row, gone, months)

    def reckoned(self: DirectProvision, town: Town) -> None:
        reckon(self, town)
        run.heard.moved, run.heard.own_staff = decisions_of(town), own_staff_of(self, town)

    patch.setattr(handing_over, "redundancy_pay", paid_off)
    patch.setattr(DirectProvision, "_reckon", reckoned)
    patch.setattr(in_house_month, "invoices_of", used)
    patch.setattr(stewardship, "carry_out", carried)


def _compare_payments(where: str, twin: Village, journal: Journal, first: int) -> None:
    """Hold every payment of the twin against the diary's new pages."""
    its = Counter(
        Payment(page.kind, *one)
        for page in journal.diary.pages[first:]
        for one in zip(page.payer.tolist(), page.payee.tolist(), page.pence.tolist(), strict=True)
    )
    mine = Counter(twin.accounts.written)
    if mine != its:
        raise DiffersError(where, "payments", sorted(mine - its)[:5], sorted(its - mine)[:5])


def _compare_accounts(where: str, twin: Village, town: Town) -> None:
    parties, ledger, accounts = town.economy.parties, town.ledger, twin.accounts
    _compare(where, "deposits", accounts.deposits, ledger.deposits)
    _compare(where, "rent on its way", accounts.inbox, ledger.inbox)
    _compare(where, "savings", accounts.savings, ledger.savings)
    _compare(where, "loans", accounts.loans, parties.loans)
    _compare(where, "payable", twin.payable, parties.payable)
    _compare(where, "receivable", twin.receivable, parties.receivable)
    _compare(where, "sales", twin.sold, town.now.sales)
    _compare(where, "losses", twin.loss, town.now.loss)


def _compare_dye(where: str, twin: Village, town: Town) -> None:
    mine, its = twin.accounts.dye, town.ledger
    _compare(where, "dye held", mine.held, its.dye)
    _compare(where, "dye in savings", mine.idle, its.savings_dye)
    _compare(where, "dye on its way", mine.waits, its.dye_inbox)
    _compare(where, "dye put in", [mine.put_in], [its.dye_injected])


def _compare(where: str, what: str, mine: Sequence[Any], its: Any) -> None:
    theirs = its if isinstance(its, list) else its.tolist()
    for row, (one, other) in enumerate(zip(mine, theirs, strict=True)):
        if one != other:
            raise DiffersError(where, f"{what} of row {row}", one, other)
