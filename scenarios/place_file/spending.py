"""What a council's payments tell: a year's budget, how many supply it, how much is local.

Purchases net of refunds alone; grants, transfers, taxes, pay and finance are left out, and said.
What a list does not tell (a category, a month, where a supplier is based) stays unknown: it is
spread, or widens a range, and its part is kept beside the figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from scenarios.sources.resolved import BOUGHT, Resolved, net_of

YEAR_MONTHS = 12
MOST_UNKNOWN = 0.5
"""Where more of the pounds is unknown, the rest says nothing of the whole. Grade: judgement."""

LEAST_OF_A_MONTH = 0.1
"""A month with fewer payments, over the usual month's, is dates that strayed. Grade: judgement."""

MUCH, FEW = 0.02, 5
"""A supplier of unknown category is named that has so much of all pounds; so many at most."""

NO_PAYEE = frozenset(("redacted", "not stated"))
"""Names under which an import gathers payments whose payee nobody knows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A year of one category.

    Attributes
    ----------
    pounds : float
        As paid, a year [GBP], what is of no known category left out.
    suppliers : int
        Who were paid, on balance.
    largest : float
        Share of the largest of them.
    as_many_as : float
        How many equal suppliers would be as concentrated: one over the sum of squared shares.
    """

    pounds: float
    suppliers: int
    largest: float
    as_many_as: float


@dataclass(frozen=True, slots=True)
class Local:
    """Share of purchases from suppliers based in an area.

    Attributes
    ----------
    low, high : float
        Of all purchases: surely there; there, perhaps there, or unknown.
    known_low, known_high : float
        Of what is known: surely there; there or perhaps there.
    unknown : float
        Share of all purchases whose supplier's base is not known.
    """

    low: float
    high: float
    known_low: float
    known_high: float
    unknown: float

    @property
    def taken(self) -> float | None:
        """Middle of what is known; None where most is unknown."""
        if self.unknown > MOST_UNKNOWN:
            return None
        return round((self.known_low + self.known_high) / 2.0, 3)


@dataclass(frozen=True, slots=True)
class Spending:
    """A list of payments as a year of buying.

    Attributes
    ----------
    months : tuple of str
        Covered, `2019-04` and so on; none where the list tells no month.
    factor : float
        A year over what is covered; 1 where no month is told.
    pence : int
        Purchases net of refunds, of payments with a month where any has one [pence].
    undated_pence : int
        Purchases left out since they have no month, though others have [pence].
    unknown : float
        Share of `pence` whose category is not known.
    unread : sequence of (str, int)
        Suppliers with most of that, if they have much, and what each was paid [pence].
    left_out : mapping of str to int
        Kind of payment that is no purchase -> its sum [pence].
    capital : float or None
        Capital's share of what is told apart; None where nothing is.
    lines : mapping of str to Line
        Category -> its year, those above nothing.
    local : mapping of str to Local
        Area of the scenario -> share based there.
    """

    months: tuple[str, ...]
    factor: float
    pence: int
    undated_pence: int
    unknown: float
    unread: Sequence[tuple[str, int]]
    left_out: Mapping[str, int]
    capital: float | None
    lines: Mapping[str, Line]
    local: Mapping[str, Local]

    @property
    def year_pounds(self) -> float | None:
        """All purchases of a year [GBP]; None where no month is told."""
        return self.pence * self.factor / 100.0 if self.months else None

    @property
    def tells_mix(self) -> bool:
        """Whether the categories are known of half of the pounds or more."""
        return bool(self.lines) and self.unknown <= MOST_UNKNOWN

    def budget(self, estimate: Mapping[str, float]) -> dict[str, int]:
        """A year's budget by category.

        Parameters
        ----------
        estimate : mapping of str to float
            Category -> what it is without payments [GBP a year].

        Returns
        -------
        dict of str to int
            Whole pounds. What is of no known category is spread as the rest is; without months, the
            estimate's whole is parted as the payments are. Where most is of no known category, much
            of it may be no buying at all, and the estimate stays.
        """
        if not self.tells_mix:
            return {name: round(pounds) for name, pounds in estimate.items()}
        paid = {name: line.pounds for name, line in self.lines.items()}
        whole, known = self.year_pounds, fsum(paid.values())
        if whole is None:
            whole = fsum(estimate.values())
        return {name: round(whole * part / known) for name, part in paid.items()}


def spending_of(resolved: Resolved, areas: Mapping[str, frozenset[str]]) -> Spending:
    """Sum a list of payments up.

    Parameters
    ----------
    resolved : Resolved
    areas : mapping of str to frozenset of str
        Area of the scenario -> ONS codes of the districts in it.

    Returns
    -------
    Spending
    """
    payments = resolved.payments
    bought = pc.is_in(payments["kind"], pa.array(BOUGHT))
    others = payments.filter(pc.invert(bought)).group_by("kind").aggregate([("pence", "sum")])
    left_out = dict(zip(others["kind"].to_pylist(), others["pence_sum"].to_pylist(), strict=True))
    purchases = payments.filter(bought)
    dated = purchases.filter(pc.is_valid(purchases["month"]))
    months = covered_months(dated)
    whole = _sum(purchases)
    if months:
        purchases = dated
    factor = YEAR_MONTHS / len(months) if months else 1.0
    pence = _sum(purchases)
    known = purchases.filter(pc.is_valid(purchases["category"]))
    return Spending(
        months=months,
        factor=factor,
        pence=pence,
        undated_pence=whole - pence,
        unknown=max(1.0 - _sum(known) / pence, 0.0) if pence else 0.0,
        unread=_unread(purchases, resolved.suppliers["name"].to_pylist(), pence),
        left_out=dict(sorted(left_out.items())),
        capital=_capital(purchases),
        lines=_lines(known, resolved.suppliers["name"].to_pylist(), factor),
        local=_local(purchases, resolved.suppliers["based"].to_pylist(), areas),
    )


def _sum(payments: pa.Table) -> int:
    return int(pc.sum(payments["pence"]).as_py() or 0)


def covered_months(dated: pa.Table) -> tuple[str, ...]:
    """Months with a tenth of the usual number of payments or more."""
    counted = dated.group_by("month").aggregate([("pence", "count")])
    many = dict(zip(counted["month"].to_pylist(), counted["pence_count"].to_pylist(), strict=True))
    if not many:
        return ()
    least = LEAST_OF_A_MONTH * median(many.values())
    return tuple(sorted(month for month, count in many.items() if count >= least))


def _capital(purchases: pa.Table) -> float | None:
    said = pc.utf8_lower(pc.fill_null(purchases["capital_revenue"].cast(pa.string()), ""))
    capital = _sum(purchases.filter(pc.starts_with(said, "cap")))
    revenue = _sum(purchases.filter(pc.starts_with(said, "rev")))
    told = capital + revenue
    return capital / told if told > 0 and capital >= 0 and revenue >= 0 else None


def _unread(purchases: pa.Table, names: Sequence[str], whole: int) -> list[tuple[str, int]]:
    """Name the largest suppliers of what has no known category."""
    nothing = purchases.filter(pc.is_null(purchases["category"]))
    paid = nothing.group_by("supplier").aggregate([("pence", "sum")]).to_pylist()
    much = [
        (names[row["supplier"]], row["pence_sum"])
        for row in paid
        if row["pence_sum"] >= MUCH * abs(whole)
    ]
    return sorted(much, key=lambda one: (-one[1], one[0]))[:FEW]


def _lines(known: pa.Table, names: Sequence[str], factor: float) -> dict[str, Line]:
    grouped = known.group_by(["category", "supplier"]).aggregate([("pence", "sum")])
    paid: dict[str, list[int]] = {}
    whole: dict[str, int] = {}
    for row in grouped.to_pylist():
        pence, category = row["pence_sum"], row["category"]
        whole[category] = whole.get(category, 0) + pence
        if pence > 0 and names[row["supplier"]].lower() not in NO_PAYEE:
            paid.setdefault(category, []).append(pence)
    lines = {}
    for category in sorted(whole):
        shares = np.array(paid.get(category, [1]), dtype=np.float64)
        shares /= shares.sum()
        if whole[category] > 0:
            lines[category] = Line(
                pounds=whole[category] * factor / 100.0,
                suppliers=len(paid.get(category, ())),
                largest=float(shares.max()),
                as_many_as=1.0 / float((shares * shares).sum()),
            )
    return lines


def _local(
    purchases: pa.Table,
    based: Sequence[Sequence[str] | None],
    areas: Mapping[str, frozenset[str]],
) -> dict[str, Local]:
    supplier = purchases["supplier"].to_numpy()
    pence = np.zeros(len(based), np.int64)
    np.add.at(pence, supplier, purchases["pence"].to_numpy())
    weights = net_of(pence).paid.astype(np.float64)
    whole = float(weights.sum())
    if whole <= 0.0:
        return {}
    unknown = _share(weights, [one is None for one in based], whole)
    out = {}
    for name, codes in areas.items():
        there = _share(weights, [bool(one) and set(one or ()) <= codes for one in based], whole)
        touched = _share(weights, [bool(codes & set(one or ())) for one in based], whole)
        known = max(1.0 - unknown, 1e-12)
        out[name] = Local(there, touched + unknown, there / known, touched / known, unknown)
    return out


def _share(weights: NDArray[np.float64], which: Sequence[bool], whole: float) -> float:
    return float(weights[np.array(which, dtype=np.bool_)].sum()) / whole
