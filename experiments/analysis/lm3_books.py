"""Books of a council's payments, with what is known and not known of the money's way after them.

Purchases net of refunds are what suppliers are paid. A supplier that gave back more than it was
paid in these months is set aside, and named. Everything else is no purchase and named, too.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from experiments.analysis.lm3_ranges import Rings, ranges
from experiments.analysis.lm3_told import Shares, parted, told_shares, within_answers
from experiments.analysis.spending import BOUGHT, purchases
from scenarios.from_tables.around import Around
from scenarios.sources.lm3_survey import PARTS, Answers
from scenarios.sources.postcodes import district_now
from scenarios.sources.resolved import Resolved, net_of
from scenarios.vocabulary import ABROAD, Institution, Kind, Tier
from simulation.accounting.books import RETAINED, Books
from simulation.accounting.from_payments import (
    Node,
    Outlay,
    Payment,
    Respent,
    StaffPay,
    Told,
    books_from_payments,
)

COUNCIL = "council"
NOTIONAL = 10**12
"""What each supplier's spending is parted of [pence]."""

PERSON, ORGANISATION = "person", "organisation"
"""Kind of a supplier whose name is masked; kind of a payee whose name can be asked for."""

ASKED = 100
"""Suppliers on a blank form."""

MILLION = 1_000_000
KINDS = dict(zip(PARTS, (Kind.WAGES, Kind.INTERMEDIATE, Kind.DIVIDEND), strict=True))
UNDATED = "1900-01"
"""Month of payments that have none, where no payment has one."""


@dataclass(frozen=True, slots=True)
class Payroll:
    """What own staff cost.

    Attributes
    ----------
    pence : int
        Gross pay with what the employer adds [pence].
    share : float or None
        Share of it that is for staff who live in the council's own place.
    """

    pence: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier that was paid.

    Attributes
    ----------
    number, name : int, str
        As resolved; a person's name is masked.
    named : bool
        Whether it is an organisation whose name is known, which may be asked.
    pence : int
        Purchases net of refunds, above zero [pence].
    sold : mapping of str or None to float
        Categories and their shares.
    based, owned : (int, int)
        Between which rings.
    answers : Answers or None
        What it answered.
    """

    number: int
    name: str
    named: bool
    pence: int
    sold: Mapping[str | None, float]
    based: Rings
    owned: Rings
    answers: Answers | None


@dataclass(frozen=True)
class Spend:
    """A council's payments, ready to be measured.

    Attributes
    ----------
    around : Around
        Its place and those around it.
    suppliers : sequence of Supplier
        The largest first.
    payments : sequence of Payment
        Of these suppliers.
    left_out : mapping of str to int
        Kind -> pence that are no purchases.
    credits_pence, credit_suppliers : int
        Net sum of suppliers that gave back more than they were paid (below zero), and how many.
    payroll : Payroll or None
        None where nobody said.
    of_area : str or None
        ONS code of the area that the import says it is of, where that is another place.
    """

    around: Around
    suppliers: Sequence[Supplier]
    payments: Sequence[Payment]
    left_out: Mapping[str, int]
    credits_pence: int
    credit_suppliers: int
    payroll: Payroll | None = None
    of_area: str | None = None

    @property
    def tiers(self) -> list[str]:
        """Names of the places, smallest first."""
        return tier_names(self.around)

    @property
    def pence(self) -> int:
        """What all suppliers were paid [pence]."""
        return sum(one.pence for one in self.suppliers)

    def books_of(self, suppliers: Sequence[Supplier], *, staff: bool = True) -> Books:
        """Make books of some of the suppliers, and of own staff where that is asked and known."""
        shares = [self._shares(one) for one in suppliers]
        outlays = [
            line
            for one, share in zip(suppliers, shares, strict=True)
            for line in self._outlays(one, share)
        ]
        pay = self._pay(self.payroll) if staff and self.payroll is not None else None
        told = Told(outlays, pay, self._respent(suppliers, shares))
        payments = [line for one in suppliers for line in self._by_supplier[str(one.number)]]
        own = self.around.levels[0].code
        return books_from_payments(payments, _nodes(self.around), {COUNCIL: own}, own, told)

    @cached_property
    def _by_supplier(self) -> Mapping[str, Sequence[Payment]]:
        found: dict[str, list[Payment]] = {}
        for one in self.payments:
            found.setdefault(one.supplier, []).append(one)
        return found

    def _shares(self, one: Supplier) -> Shares:
        return told_shares(
            ranges(self.around).of(one.sold, one.based, one.owned),
            {} if one.answers is None else one.answers.shares,
            self.tiers,
        )

    def _outlays(self, one: Supplier, shares: Shares) -> list[Outlay]:
        name = str(one.number)
        lines = [
            Outlay(name, KINDS[part], node_of(self.around, rings), round(share * NOTIONAL))
            for part in PARTS
            for rings, share in parted(shares.parts[part]).items()
        ]
        rest = NOTIONAL - sum(line.pence for line in lines)
        return [*lines, Outlay(name, RETAINED, ABROAD, max(rest, 0))]

    def _pay(self, payroll: Payroll) -> list[StaffPay]:
        found, gross = ranges(self.around), payroll.pence
        given = [payroll.share, *([None] * (len(self.tiers) - 1))]
        living = within_answers(found.workers, given)
        home = [(low * found.home[0], high * found.home[1]) for low, high in living]
        lines = [(COUNCIL, self.around.levels[0].code, 0, gross)]
        for rings, share in parted(home).items():
            lines.append((COUNCIL, node_of(self.around, rings), round(share * gross), 0))
        return [StaffPay(*line) for line in lines]

    def _respent(self, suppliers: Sequence[Supplier], shares: Sequence[Shares]) -> list[Respent]:
        found = ranges(self.around)
        rows: list[Respent] = []
        for k, tier in enumerate(found.tiers):
            living = found.workers[k]
            own = living[0] * found.home[0], living[1] * found.home[1]
            for who, (low, high) in (
                (Institution.HOUSEHOLD, found.homes[k]),
                (Institution.FIRM, found.firms[k]),
                (Institution.BUYER, own),
            ):
                rows.append(Respent(None, who, tier, _ppm(low), _ppm(high)))
        for one, told in zip(suppliers, shares, strict=True):
            answered = {} if one.answers is None else one.answers.passed_on
            for name, share in answered.items():
                for who in (Institution.HOUSEHOLD, Institution.FIRM):
                    tier, part = Tier[name.upper()], _ppm(share)
                    rows.append(Respent(str(one.number), who, tier, part, part))
            for k, tier in enumerate(found.tiers if told.joint else ()):
                if tier.name.lower() not in answered:
                    least, most = found.firms[k][0], max(found.firms[k][1], found.homes[k][1])
                    own = _ppm(least), _ppm(most)
                    rows.append(Respent(str(one.number), Institution.FIRM, tier, *own))
        return rows


def tier_names(around: Around) -> list[str]:
    """Name the tiers of the places around a council, smallest first."""
    return [level.tier.name.lower() for level in around.levels]


def spend_of(
    resolved: Resolved,
    around: Around,
    answers: Mapping[int, Answers],
    payroll: Payroll | None = None,
) -> Spend:
    """Set out a council's payments for the measure.

    Parameters
    ----------
    resolved : Resolved
        Payments and suppliers of an import.
    around : Around
        The council's place and those around it.
    answers : mapping of int to Answers
        Number of a supplier -> what it answered.
    payroll : Payroll or None
        What own staff cost, where it is known.

    Returns
    -------
    Spend
    """
    bought = purchases(resolved.payments)
    sums = _sums(bought, "supplier")
    net = net_of(list(sums.values()))
    paid = {
        number: pence for (number,), pence in zip(sums, net.paid.tolist(), strict=True) if pence
    }
    sold: dict[int, dict[str | None, int]] = {}
    for (number, category), pence in _sums(bought, "supplier", "category").items():
        if number in paid and pence > 0:
            sold.setdefault(number, {})[category] = pence
    suppliers = [
        Supplier(
            number=row["supplier"],
            name=row["name"],
            named=row["kind"] != PERSON and _is_named(row["names"]),
            pence=paid[row["supplier"]],
            sold=_shares(sold.get(row["supplier"], {None: 1})),
            based=_based(around, row["based"], answers.get(row["supplier"])),
            owned=around.between(row["owned"]),
            answers=answers.get(row["supplier"]),
        )
        for row in resolved.suppliers.to_pylist()
        if row["supplier"] in paid
    ]
    places = {one.number: node_of(around, one.based) for one in suppliers}
    rows = _sums(bought, "month", "supplier", "category")
    start = min((key[0] for key in rows if key[0]), default=UNDATED)
    payments = [
        Payment(*_month(month or start), COUNCIL, str(number), pence, places[number], category)
        for (month, number, category), pence in rows.items()
        if number in places
    ]
    kinds = {kind: pence for (kind,), pence in _sums(resolved.payments, "kind").items()}
    return Spend(
        around=around,
        suppliers=sorted(suppliers, key=lambda one: (-one.pence, one.name)),
        payments=payments,
        left_out={kind: pence for kind, pence in kinds.items() if kind not in BOUGHT},
        credits_pence=net.credits_pence,
        credit_suppliers=net.creditors,
        payroll=payroll,
        of_area=_another(resolved.area, around),
    )


def _another(area: str | None, around: Around) -> str | None:
    """Give the area of an import where it is not the place that is measured."""
    return None if area is None or district_now(area) == around.levels[0].code else area


def in_doubt(one: Supplier) -> bool:
    """Say whether nobody knows if a supplier is in the council's own place."""
    return one.based[0] == 0 < one.based[1]


def asked_first(spend: Spend) -> list[Supplier]:
    """Give the largest suppliers that are or may be in the council's own place; nobody masked."""
    local = [one for one in spend.suppliers if one.based[0] == 0 and one.named]
    return local[:ASKED]


def named(suppliers: Sequence[Supplier]) -> dict[str, int]:
    """Give each supplier a name of its own: with its number, where a name stands twice."""
    often = Counter(one.name for one in suppliers)
    return {
        one.name if often[one.name] == 1 else f"{one.name} #{one.number}": one.number
        for one in suppliers
    }


def node_of(around: Around, rings: Rings) -> str:
    """Name the node of a ring, or the doubt between two."""
    first, last = rings
    return _ring(around, first) if first == last else f"{first}-{last}"


def _ring(around: Around, ring: int) -> str:
    if ring == len(around.levels):
        return ABROAD
    code = around.levels[ring].code
    return code if ring == 0 else f"{code}-rest"


def _nodes(around: Around) -> list[Node]:
    levels = around.levels
    nodes = [Node(ABROAD, "Abroad", Tier.WORLD)]
    for k, level in enumerate(levels):
        parent = levels[k + 1].code if k + 1 < len(levels) else None
        nodes.append(Node(level.code, level.name, level.tier, parent))
        if k:
            rest = f"{level.name} without {levels[k - 1].name}"
            nodes.append(Node(_ring(around, k), rest, levels[0].tier, level.code))
    for first in range(len(levels)):
        for last in range(first + 1, len(levels) + 1):
            meant = tuple(_ring(around, k) for k in range(first, last + 1))
            name = "one of " + ", ".join(meant)
            nodes.append(Node(node_of(around, (first, last)), name, Tier.WORLD, either=meant))
    return nodes


def _based(around: Around, codes: Sequence[str] | None, answers: Answers | None) -> Rings:
    """Say between which rings a supplier is: as it answered, else as the data have it."""
    if answers is None or not answers.based:
        return around.between(codes)
    names = [*tier_names(around), ABROAD]
    return names.index(answers.based), names.index(answers.based)


def ring_name(around: Around, rings: Rings) -> str:
    """Name the ring that somebody is in, as a form has it; empty where that is in doubt."""
    names = [*tier_names(around), ABROAD]
    return names[rings[0]] if rings[0] == rings[1] else ""


def _is_named(names: Sequence[Mapping[str, str | None]]) -> bool:
    """Say whether any spelling is an organisation's: not a person's, redacted or blank."""
    return any(name["payee_kind"] == ORGANISATION for name in names)


def _sums(payments: pa.Table, *keys: str) -> dict[tuple[Any, ...], int]:
    """Sum pence by some columns, in order of first sight."""
    grouped = payments.group_by(list(keys), use_threads=False).aggregate([("pence", "sum")])
    columns = [grouped[key].to_pylist() for key in keys]
    return dict(zip(zip(*columns, strict=True), grouped["pence_sum"].to_pylist(), strict=True))


def _shares(pence: Mapping[str | None, int]) -> dict[str | None, float]:
    total = sum(pence.values())
    return {name: part / total for name, part in pence.items()}


def _month(month: str) -> tuple[int, int]:
    year, _, number = month.partition("-")
    return int(year), int(number)


def _ppm(share: float) -> int:
    return round(share * MILLION)
