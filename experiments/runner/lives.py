"""One economy, built and burnt in once; every policy lives in a copy of it and is measured.

The one place where experiments meet the model.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from experiments.design.plan import Plan
from experiments.runner.accounts import accounts_of, outcome_rows
from experiments.store.records import Accounts, OutcomeRow
from scenarios.assumptions import Assumptions
from scenarios.spec import Scenario

if TYPE_CHECKING:
    from simulation.accounting.books import Books
    from simulation.measures.view import View
    from simulation.model.policies import ResolvedPolicy
    from simulation.model.run import Prepared

Made = TypeVar("Made")


class BooksDoNotBalanceError(Exception):
    """Raised when a run lost a penny or a unit of dye: its numbers are not to be used."""

    def __init__(self, residual_pence: int, dye_residual: int) -> None:
        super().__init__(
            f"the books do not balance: {residual_pence} pence and {dye_residual} units of dye "
            "are missing"
        )
        self.residual_pence = residual_pence
        self.dye_residual = dye_residual


@dataclass(frozen=True, slots=True)
class Measured:
    """A policy that was lived, and what it came to."""

    books: "Books"
    digest: str
    accounts: Accounts
    treated_pence: int
    rows: list[OutcomeRow]


class Lives:
    """An economy that several policies share, and the baseline's books that all are paired with.

    Parameters
    ----------
    scenario : Scenario
        As compared: its `[compare]` names the policies and the baseline.
    plan : Plan
        Horizon, window, tiers and baseline.
    assumptions : Assumptions
        Register values of this future.
    seed : int
        The replicate's.
    twin : bool
        Whether each policy is lived a second time with a little more money.
    """

    def __init__(
        self, scenario: Scenario, plan: Plan, assumptions: Assumptions, seed: int,
        twin: bool = False,
    ) -> None:  # fmt: skip
        self.scenario = scenario
        self.plan = plan
        self.assumptions = assumptions
        self.seed = seed
        self.twin = twin
        self._prepared = _remember(self._prepare)
        self._baseline = _remember(lambda: self._live(plan.baseline))
        self._baseline_view = _remember(self._view_of_baseline)

    def measured(self, regime: str, alone: str = "") -> Measured:
        """Live a policy and measure it.

        Parameters
        ----------
        regime : str
            Its name.
        alone : str
            Why it is to be measured without the baseline; then what is measured against that one
            is undefined. By default it is paired with it.

        Raises
        ------
        BooksDoNotBalanceError
            When a penny or a unit of dye is missing.
        """
        from simulation.accounting.digest import digest

        books = self._baseline() if regime == self.plan.baseline else self._live(regime)
        accounts = balanced_accounts(books)
        rows = outcome_rows(regime, self._outcomes(regime, books, alone))
        return Measured(books, digest(books), accounts, int(books.meta.treated_pence), rows)

    def policy(self, regime: str) -> "ResolvedPolicy":
        """Return a policy as the economy resolved it."""
        return self._prepared().policies[regime]

    def _outcomes(self, regime: str, books: "Books", alone: str) -> list[object]:
        from simulation.measures.catalogue import (
            evaluate,
            evaluate_alone,
            evaluate_paired,
            view_of,
        )

        plan = self.plan
        if alone:
            view = view_of(books, plan.window)
            return [*evaluate(view, plan.tiers), *evaluate_alone(view, alone, plan.tiers)]
        base = self._baseline_view()
        view = base if regime == plan.baseline else view_of(books, plan.window)
        twin = view_of(self._twin(regime), plan.window) if self.twin else None
        told = evaluate(view, plan.tiers, like=base)
        return [*told, *evaluate_paired(view, base, twin, plan.tiers)]

    def _prepare(self) -> "Prepared":
        from simulation.model.run import prepare

        return prepare(self.scenario, self.assumptions, self.seed)

    def _live(self, regime: str, extra_pence: int = 0) -> "Books":
        from simulation.model.run import live

        return live(self._prepared(), regime, self.plan.months, extra_pence=extra_pence)

    def _view_of_baseline(self) -> "View":
        from simulation.measures.catalogue import view_of

        return view_of(self._baseline(), self.plan.window)

    def _twin(self, regime: str) -> "Books":
        yearly = sum(sum(buyer.budget.values()) for buyer in self.scenario.buyers)
        extra = int(self.assumptions["experiments.twin_extra_share"] * yearly * 100)
        return self._live(regime, max(1, extra))


def balanced_accounts(books: "Books") -> Accounts:
    """Take the accounts of a run.

    Raises
    ------
    BooksDoNotBalanceError
        When a penny or a unit of dye is missing.
    """
    accounts = accounts_of(books)
    if not accounts.balanced:
        raise BooksDoNotBalanceError(accounts.residual_pence, accounts.dye_residual)
    return accounts


def _remember(make: Callable[[], Made]) -> Callable[[], Made]:
    """Make a thing when it is first asked for; repeat its fault, too, without trying again."""
    made: list[Made] = []
    faults: list[Exception] = []

    def give() -> Made:
        if faults:
            raise faults[0]
        if not made:
            try:
                made.append(make())
            except Exception as fault:
                faults.append(fault)
                raise
        return made[0]

    return give


def short_reason(fault: BaseException) -> str:
    """A fault in one line: its kind, what it says, and the function that raised it."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" (in {frames[-1].name}, {Path(frames[-1].filename).name})" if frames else ""
    return f"{type(fault).__name__}: {fault}{place}"
