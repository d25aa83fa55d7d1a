"""A year's payments, suppliers resolved, as one side of the check; a register beside it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.analysis.fit_place import Ring
from experiments.analysis.fit_rows import YEAR, entry
from experiments.analysis.fit_spend import Bool, Float64, Side
from scenarios.errors import InputError
from scenarios.place_file.category import category_of
from scenarios.place_file.sizes import months_of, year_pounds
from scenarios.place_file.spending import covered_months
from scenarios.sources.resolved import BOUGHT, Resolved

KINDS = ("sme", "corporate", "coop", "vcse", "public_body")
"""Kinds of suppliers that the model has, too."""
PERSON = "p_person"
UNNAMED = frozenset({"redacted", "not stated"})
CONTRACTS = "contracts.parquet"
_COLUMNS = ["annual_value_pence", "total_value_pence", "currency", "start", "end",
            "category_name", "title"]  # fmt: skip
NOT_KNOWN = float("nan")


@dataclass(frozen=True, slots=True)
class Paid:
    """What the payments came to.

    Attributes
    ----------
    side : Side
        Purchases net of refunds of the months that count.
    months : tuple of str
        Those months, in order; empty where no payment has one.
    floored : bool
        Whether the list leaves small payments out.
    middle : float or None
        Middle of the months, as a year with its part.
    notes : tuple of str
        What the payments do not cover, in sentences.
    """

    side: Side
    months: tuple[str, ...]
    floored: bool
    middle: float | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contracts:
    """Contracts of a register, or of what was built.

    Attributes
    ----------
    yearly_pounds : float64[n]
        Value a year; nan where not stated.
    months : float64[n]
        From start to end, extensions left out; nan where not stated.
    value_category, length_category : sequence of (str or None)
        What each value, and each length, is of; None where not known.
    middle : float or None
        Median start, as a year with its part.
    """

    yearly_pounds: Float64
    months: Float64
    value_category: Sequence[str | None]
    length_category: Sequence[str | None]
    middle: float | None


class NoRegisterError(InputError):
    """Raised when a folder holds no imported register."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: found no {CONTRACTS}; wanted a folder of an imported register or notices. "
            "Give `poundflow import register FILES.. --out DIR` first."
        )
        self.folder = folder

    def __reduce__(self) -> tuple[type, tuple[Path]]:
        return type(self), (self.folder,)


class NothingBoughtError(InputError):
    """Raised when payments hold no purchases to compare."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder}: found no purchases above nought; wanted payments to suppliers. Look at "
            "its profile.html: are all of them grants or transfers?"
        )
        self.folder = folder

    def __reduce__(self) -> tuple[type, tuple[Path]]:
        return type(self), (self.folder,)


def trait_names(around: Sequence[Ring]) -> list[str]:
    """Traits of a supplier: its kind, and the tiers in which it is based and owned."""
    tiers = [ring.tier for ring in around]
    return [*KINDS, *(f"based:{tier}" for tier in tiers), *(f"owned:{tier}" for tier in tiers)]


def paid_side(resolved: Resolved, categories: Sequence[str], around: Sequence[Ring]) -> Paid:
    """Put payments into the shape of a side.

    Parameters
    ----------
    resolved : Resolved
    categories : sequence of str
        Ids of the tool's categories.
    around : sequence of Ring
        Tiers around the focus.

    Returns
    -------
    Paid
        Of the last twelve months where there are more. A payment without month counts only where
        none has one.
    """
    payments = resolved.payments.filter(pc.is_in(resolved.payments["kind"], pa.array(BOUGHT)))
    whole = payments.num_rows
    notes = []
    months = list(covered_months(payments.filter(pc.is_valid(payments["month"]))))
    if months:
        kept, earlier = months[-YEAR:], len(months) - YEAR
        payments = payments.filter(pc.is_in(payments["month"], pa.array(kept)))
        left = whole - payments.num_rows
        if left:
            notes.append(
                f"{left:,} of {whole:,} payments are left out: of "
                + (f"{earlier} earlier months, " if earlier > 0 else "")
                + "months with hardly any payment, or no known month"
            )  # fmt: skip
        months = kept
    said = _cover(months)
    notes += [said] if said else []
    share = _small(payments)
    floored = share < entry("fit_check.few_small")
    if floored:
        notes.append(
            f"{share:.1%} of payments are below £{entry('fit_check.floor_pounds'):,.0f}: the list "
            "leaves small ones out, and so does the comparison"
        )
    side = _side(resolved, payments, categories, around, months)
    middle = float(np.mean([_year(one) for one in months])) if months else None
    return Paid(side, tuple(months), floored, middle, tuple(notes))


def _cover(months: Sequence[str]) -> str:
    """Say where the months that are there are no twelve in a row."""
    if not months:
        return "no payment has a known month"
    gaps = sum(round(YEAR * (_year(after) - _year(before))) - 1 for before, after in
               pairwise(months))  # fmt: skip
    if len(months) == YEAR and not gaps:
        return ""
    between = f", {gaps} missing in between" if gaps else ""
    return f"{len(months)} months are there, {months[0]} to {months[-1]}{between}"


def _year(month: str) -> float:
    year, of_year = month.split("-")
    return int(year) + (int(of_year) - 0.5) / YEAR


def _small(payments: pa.Table) -> float:
    """Share of payments above nought that are below the floor."""
    pence = payments["pence"].to_numpy()
    above = pence[pence > 0]
    return float((above < 100 * entry("fit_check.floor_pounds")).mean()) if above.size else 1.0


def _side(
    resolved: Resolved, payments: pa.Table, categories: Sequence[str], around: Sequence[Ring],
    months: Sequence[str],
) -> Side:  # fmt: skip
    suppliers = resolved.suppliers
    code = {name: at for at, name in enumerate(categories)}
    column = [code.get(name, len(categories)) for name in payments["category"].to_pylist()]
    pence = np.zeros((suppliers.num_rows, len(categories) + 1))
    np.add.at(pence, (payments["supplier"].to_numpy(), column), payments["pence"].to_numpy())
    there = pence.any(axis=1)
    least, most = _traits(suppliers, around)
    by_month = Counter(dict.fromkeys(months, 0))
    for month, paid in zip(*(payments[one].to_pylist() for one in ("month", "pence")), strict=True):
        if month:
            by_month[month] += paid
    return Side(
        categories=tuple(categories), pence=pence[there], named=_named(suppliers)[there],
        traits=tuple(trait_names(around)), least=least[there], most=most[there],
        months=sorted(by_month.items()),
    )  # fmt: skip


def _named(suppliers: pa.Table) -> Bool:
    """Whether each row is one payee: redacted ones stand together in a row of their own."""
    if "names" not in suppliers.schema.names:
        return np.ones(suppliers.num_rows, dtype=np.bool_)
    return np.array(
        [
            not any(name["payee_kind"] in UNNAMED for name in names or ())
            for names in suppliers["names"].to_pylist()
        ],
        dtype=np.bool_,
    )


def _traits(suppliers: pa.Table, around: Sequence[Ring]) -> tuple[Float64, Float64]:
    """Least and most of each trait: what no probability claims may be anything, a person an SME."""
    sure = np.stack([suppliers[f"p_{kind}"].to_numpy() for kind in KINDS], axis=1)
    person = suppliers[PERSON].to_numpy()
    open_part = np.clip(1.0 - sure.sum(axis=1) - person, 0.0, 1.0)
    possible = sure + open_part[:, None]
    possible[:, KINDS.index("sme")] += person
    least, most = [sure], [np.minimum(possible, 1.0)]
    for column in ("based", "owned"):
        told = [[ring.holds(one) for ring in around] for one in suppliers[column].to_pylist()]
        ends = np.array(told, dtype=np.float64).reshape(len(told), len(around), 2)
        least.append(ends[:, :, 0])
        most.append(ends[:, :, 1])
    return np.concatenate(least, axis=1), np.concatenate(most, axis=1)


def read_contracts(folder: Path) -> Contracts:
    """Read sizes and lengths of an imported register.

    Raises
    ------
    NoRegisterError
        Where the folder holds none.
    """
    try:
        table = pq.read_table(folder / CONTRACTS)
    except (OSError, pa.ArrowException):
        raise NoRegisterError(folder) from None
    rows = table.select(_COLUMNS).to_pylist()
    lengths = [_or_unknown(months_of(row["start"], row["end"])) for row in rows]
    values = [_or_unknown(year_pounds(row)) for row in rows]
    starts = [row["start"].year + row["start"].timetuple().tm_yday / 366.0 for row in rows
              if row["start"]]  # fmt: skip
    read = [category_of(row) for row in rows]
    return Contracts(
        np.array(values, dtype=np.float64),
        np.array(lengths, dtype=np.float64),
        read,
        read,
        float(np.median(starts)) if starts else None,
    )


def _or_unknown(figure: float | None) -> float:
    return NOT_KNOWN if figure is None else figure
