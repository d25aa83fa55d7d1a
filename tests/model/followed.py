"""Lets the twin live a run's months from its journal, and compares what the two come to.

Act by act while the run is lived, so that a fault is told with its act and account; or month by
month from the journal's folder, when the run is over and nothing of it is at hand but its files.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.model import month
from simulation.model.economy_model import EconomyModel
from simulation.model.journal import Journal
from tests.reference.village.accounts import Payment
from tests.reference.village.ledger import Village
from tests.reference.village.month import ACTS
from tests.reference.village.reader import Reader, months_of, opening_of, village_of
from tests.reference.village.told import Decisions

MODEL_ACTS = dict(month.ACTS)


class DiffersError(AssertionError):
    """Raised where the twin and the model come to something else."""

    def __init__(self, where: str, what: str, twin: object, model: object) -> None:
        super().__init__(f"{where}, {what}: the twin has {twin}, the model {model}")


@dataclass
class Followed:
    """A run that the twin follows; it must be lived with this `journal`."""

    journal: Journal = field(default_factory=Journal)
    twin: Village | None = None
    reader: Reader | None = None
    acts: int = 0
    kinds: Counter[Kind] = field(default_factory=Counter)
    """How many payments of each kind were compared."""
    _heard: int = 0

    def follow(self, model: EconomyModel, act: str) -> None:
        """Live one act of the model, then of the twin, and compare accounts and payments."""
        town, journal = model.town, self.journal
        pages, lines = len(journal.diary.pages), len(journal.lines)
        MODEL_ACTS[act](model)
        if self.twin is None or self.reader is None:
            opening = _as_written(journal.standing.opening)
            self.twin, self.reader = village_of(opening), Reader.of(opening)
        new, self._heard = journal.standing.lines[self._heard :], len(journal.standing.lines)
        told = self.reader.of_act(town.month, _as_written(new), _as_written(journal.lines[lines:]))
        live_act(self.twin, act, told)
        self.acts += 1
        self.kinds.update(one.kind for one in self.twin.accounts.written)
        where = f"month {town.month}, {act}"
        _compare_payments(where, self.twin, journal, pages)
        _compare_accounts(where, self.twin, town)
        if town.ledger.dyed:
            _compare_dye(where, self.twin, town)


def live_act(twin: Village, act: str, told: Decisions) -> None:
    """Let the twin live an act, now that it has been told what was decided."""
    twin.told = told
    twin.accounts.heir = dict(told.heirs)
    twin.accounts.written.clear()
    ACTS[act](twin)


def _as_written(told: Any) -> Any:
    """Return what a journal says as whoever reads its file has it."""
    return json.loads(json.dumps(told, default=np.ndarray.tolist))


@contextmanager
def followed() -> Iterator[Followed]:
    """Follow whatever is lived in this context with the journal that is handed out."""
    run = Followed()
    with pytest.MonkeyPatch.context() as patch:
        for act in ACTS:
            patch.setitem(month.ACTS, act, _act(run, act))
        yield run


def _act(run: Followed, act: str) -> Callable[[EconomyModel], None]:
    return lambda model: run.follow(model, act)


def paid_again(folder: Path) -> Village:
    """Let the twin live the months of a journal's folder, and compare every payment.

    Parameters
    ----------
    folder : Path
        Of the journal: all that the twin is told, and the payments that it is held against.

    Returns
    -------
    Village
        The twin after the last month.

    Raises
    ------
    DiffersError
        In the first month in which the two have other payments.
    """
    twin, table = village_of(opening_of(folder)), pq.read_table(folder / "payments.parquet")
    columns = (table[name].to_pylist() for name in ("month", "kind", "payer", "payee", "pence"))
    its: dict[int, Counter[Payment]] = {}
    for when, kind, *one in zip(*columns, strict=True):
        its.setdefault(when, Counter())[Payment(Kind(kind), *one)] += 1
    mine: Counter[Payment] = Counter()
    for act, told in months_of(folder, tuple(ACTS)):
        live_act(twin, act, told)
        mine.update(twin.accounts.written)
        if act == tuple(ACTS)[-1]:
            _compare_month(told, mine, its.pop(told.month))
            mine.clear()
    if its:
        raise DiffersError("the end", "months", [], sorted(its))
    return twin


def _compare_month(told: Decisions, mine: Counter[Payment], its: Counter[Payment]) -> None:
    """Hold a month's payments against the journal's, which names who stands where at its end."""
    assert told.moved is not None
    uid, named = told.moved.uid, Counter[Payment]()
    for one, many in mine.items():
        named[one._replace(payer=uid[one.payer], payee=uid[one.payee])] += many
    if named != its:
        apart = sorted(named - its)[:5], sorted(its - named)[:5]
        raise DiffersError(f"month {told.month}", "payments", *apart)


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
