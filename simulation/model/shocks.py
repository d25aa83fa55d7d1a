"""Shocks: what befalls a place while its story runs, the same under every way of buying.

All strike as a month opens, before anybody decides. Each acts through a number that the model has
anyway: who trades, what is ordered outside, what inputs cost, what grants bring, which work is
possible, how far notices go. The time before the story has none. Sources: Bruneau and others (2003)
for the resilience triangle; Local Government Finance Act 1992, sections 31A and 42A, for the duty
to balance a budget, by which a lost grant is taken off spending.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.spec import (
    DemandFalls,
    GrantCut,
    InputPrices,
    PlatformDown,
    PortalDown,
    Shock,
    SupplierFails,
)
from scenarios.tables import sector_code
from simulation.economy.columns import Areas, Bool, Int64
from simulation.economy.town import Town
from simulation.model.budget import Budget
from simulation.model.collapse import collapse, largest_groups
from simulation.model.dear_inputs import UsualInputs, price_inputs, usual_inputs
from simulation.model.stewardship import Stewardship

if TYPE_CHECKING:
    from simulation.model.economy_model import EconomyModel

NOTICES = ("tender.weight_far", "tender.weight_skill")
"""What carries a notice beyond the neighbourhood: distant firms that look, and bid teams."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Terms of trade before any shock."""

    exports: Int64
    inputs: UsualInputs
    a: Assumptions


@dataclass(frozen=True, slots=True)
class Shocks:
    """The shocks of one run, and the terms of trade that come back when they end.

    `marked` has the firms that were the largest suppliers at the start, by position in `listed`.
    """

    listed: tuple[Shock, ...] = ()
    usual: Usual | None = None
    marked: Mapping[int, Int64] = field(default_factory=dict)

    def strike(self, model: "EconomyModel") -> None:
        """Let what is due this month befall the place; nothing where the run has no shocks."""
        month = model.town.month
        if self.usual is None:
            return
        town, stewardship = model.town, model.stewardship
        acting = [one for one in self.listed if one.month <= month < _end(one)]
        if any(month in (one.month, _end(one)) for one in self.listed):
            _set_terms(town, stewardship, self.usual, acting)
        cut_grants(town, stewardship.budget, of_kind(acting, GrantCut))
        stewardship.outages = of_kind(acting, PlatformDown)
        for position, one in enumerate(self.listed):
            if one.month == month:
                self._begin(model, position, one)

    def _begin(self, model: "EconomyModel", position: int, shock: Shock) -> None:
        """Let suppliers fail, and note in the journal that a shock has begun."""
        town, journal = model.town, model.stewardship.journal
        if journal is not None:
            journal.note(town.month, "shock", kind=shock.kind)
        if not isinstance(shock, SupplierFails):
            return
        uids = self.marked.get(position)
        if uids is None:
            places = model.stewardship.portfolio.places
            uids = largest_groups(town, places, town.month, shock)
        before = model.staff()
        rows = collapse(town, uids)
        model.note_staff(before)
        if journal is not None:
            for uid in town.economy.parties.uid[rows].tolist():
                journal.note(town.month, "collapse", firm=uid)


NO_SHOCKS = Shocks()


def shocks_of(
    written: Sequence[Shock], town: Town, stewardship: Stewardship, months: int
) -> Shocks:
    """Make a scenario's shocks ready for a run of so many months.

    Parameters
    ----------
    written : sequence of Shock
        Those of size 0, or beyond the run, are none.
    town : Town
    stewardship : Stewardship
        As the story opens.
    months : int

    Returns
    -------
    Shocks
        In order of their months; `NO_SHOCKS` where there are none.
    """
    due = [one for one in written if one.strikes and one.month <= months]
    if not due:
        return NO_SHOCKS
    listed = tuple(sorted(due, key=lambda one: one.month))
    marked = {
        position: largest_groups(town, stewardship.portfolio.places, town.month, one)
        for position, one in enumerate(listed)
        if isinstance(one, SupplierFails) and one.as_of == "start"
    }
    usual = Usual(town.economy.firms.export_pence, usual_inputs(town), town.a)
    return Shocks(listed, usual, marked)


def of_kind(shocks: Sequence[Any], kind: type[Any]) -> list[Any]:
    """Pick the shocks of one kind."""
    return [one for one in shocks if isinstance(one, kind)]


def _end(shock: Shock) -> float:
    """First month after a shock; a collapse has no length, a cut without one lasts for good."""
    if isinstance(shock, SupplierFails):
        return shock.month
    return np.inf if shock.months is None else shock.month + shock.months


def _set_terms(town: Town, stewardship: Stewardship, usual: Usual, acting: Sequence[Shock]) -> None:
    """Set what is ordered outside, what inputs cost and how far notices go."""
    town.economy.firms.export_pence = exports_under(
        town, usual.exports, of_kind(acting, DemandFalls)
    )
    rises = [one.size for one in of_kind(acting, InputPrices)]
    if rises or town.links.supply is not usual.inputs.supply:
        price_inputs(town, stewardship, usual.inputs, float(np.cumsum([0.0, *rises])[-1]))
    lost = max((one.size for one in of_kind(acting, PortalDown)), default=0.0)
    town.a = usual.a
    if lost:
        town.a = usual.a.with_values({name: usual.a[name] * (1.0 - lost) for name in NOTICES})


def exports_under(town: Town, usual: Int64, falls: Sequence[DemandFalls]) -> Int64:
    """Return what is ordered from each trading row by outside demand while some falls last."""
    left, parties, areas = usual, town.economy.parties, town.economy.areas
    sector, at = parties.sector[: town.n_firms], parties.area[: town.n_firms]
    for fall in falls:
        told = np.ones(usual.size, dtype=np.bool_)
        if fall.sector is not None:
            told &= sector == sector_code()[fall.sector]
        if fall.area is not None:
            told &= _within(areas, areas.ids.index(fall.area))[at]
        left = np.where(told, (left * (1.0 - fall.size)).astype(np.int64), left)
    return left


def _within(areas: Areas, outer: int) -> Bool:
    """Say which areas lie in one of the tree, itself among them: bool[n_areas]."""

    def lies(area: int) -> bool:
        while area not in (outer, -1):
            area = int(areas.parent[area])
        return area == outer

    return np.array([lies(area) for area in range(areas.parent.size)])


def cut_grants(town: Town, budget: Budget, cuts: Sequence[GrantCut]) -> None:
    """Take this month's cuts off what public buyers are paid, and off what they spend.

    Parameters
    ----------
    town : Town, updated
        `now.extra_grant`.
    budget : Budget, updated
        `extra`: budgets give way by the same part in every category, never below zero.
    cuts : sequence of GrantCut
        Each takes a part of what those before it have left.
    """
    buyers = town.economy.buyers
    left = buyers.grant_month.copy()
    spent = buyers.budget_month.copy()
    for cut in cuts:
        for index, name in enumerate(buyers.ids):
            if cut.buyer not in (None, name):
                continue
            lost = int(left[index] * cut.size)
            left[index] -= lost
            whole = int(spent[index].sum())
            taken = min(int(lost * cut.from_budgets), whole)
            upto = np.floor(np.cumsum(spent[index]) * (taken / max(whole, 1))).astype(np.int64)
            spent[index] -= np.diff(upto, prepend=0)
    town.now.extra_grant += left - buyers.grant_month
    budget.extra += spent - buyers.budget_month
