"""The books of one run: everything that may be measured about it, and nothing else.

Books are the corridor between what happens and what comes out. A simulated run ends as Books and
a council's real payments become Books, so every measure is written once. The list of tables is
closed; a table that is missing is unknown, not zero, and an empty one is truly empty.

Conventions that whoever fills Books keeps:

- Months count from 1. Rows with a month of 0 or below are the built state: its closing stocks
  (month 0) and, where kept, the last months before the story opens (0, -1, -2, ...).
- Every flow moves transaction deposits from its payer's class to its payee's, WRITE_OFF alone
  moves none. The bank's class stands for its liability: LOAN_DRAWN is paid by the bank,
  LOAN_REPAID to it, SAVING is paid to it by the saver, DISSAVING by it. So `stocks` DEPOSITS of the
  bank's class is its own balance less all that it owes, and the instrument sums to zero.
- `stocks`: assets positive, liabilities negative; loans and payables of the borrower are negative,
  the lender's positive; each financial instrument sums to zero over all classes.
- `payroll.pence` and flows of kind WAGES are take-home pay; `gross_pence` is what staff cost the
  buyer: take-home, income tax, national insurance and pension contributions.
- `outflows.kind` is a `Kind`, or RETAINED (0) for profit not paid out, whose area is the owner's.
- `dye`: tag 0 is hop 1, the buyer's own payment. Record `received` counts receipts from third
  parties only, hop 1 included, where the receiver is; `held` is what stands on transaction and
  savings accounts at the close of a month, `idle` the part of it in savings; `injected` is the
  month's, where its first receiver is; `sunk` the month's, under the institution at which the dye
  stopped and the kind of payment that brought it there.
- `tenders.true_cost_pence` is the cheapest capable supplier's true cost; `winner` is -1 where none.
- `arrangements.end` is the last month agreed; the social value columns are what was claimed,
  verified and delivered so far, and those that end in `before_pence` the part of it up to month 0;
  `tender` is the procedure that led to it, -1 where that is older than these books; `regime` points
  into `meta.regime_names`: a policy may buy some of what it treats in other ways, too.
- `dues`: DIVIDEND is post-tax profit due to owners, paid out or kept, of the payer's class; of a
  credit union it is what members were paid of what it had earned. RENT is all rent due, homes and
  premises; BUSINESS_RATES what the receiving area keeps. Owners that are nobody (a VCSE, an
  indivisible reserve) are recorded where the organisation is based.
- `capital`: money of buyers in enterprises that they founded, in the months in which it moved: lent
  and paid for shares, loans repaid, shares returned, and both lost as an enterprise closed.
- `hours`: low-paid jobs whose hours were short or uncertain and which a council's lever guarantees.
- `firms`: single firms by area, lines that stand for many left out: those that traded when the
  month before closed, and those that have opened or closed since.
- `either`: areas that are not places but doubts: one of their members, nobody knows which. Whoever
  is in one is in a place for sure where all members are, and may be where any is. An area of -1 may
  be anywhere.
- `respent`: what is known of money that no flow follows, least and most: of what buyers pay for
  staff, the part that reaches homes in the place (BUYER); of what homes and firms in the place
  receive, the part that they pay to others there (HOUSEHOLD, FIRM). It is of the receivers of one
  supplier's money, or where `supplier` is -1 of all who have no row of their own.
- `outflows` of a supplier that a survey or a range describes part a notional sum: shares are read.

Added to the contract's columns: `meta.dye_months`, `meta.window`, `meta.title`,
`meta.regime_names`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scenarios.errors import PoundflowError
from scenarios.vocabulary import Kind

SCHEMA_VERSION = 1
RETAINED = 0
"""Code in `outflows.kind` of profit that an organisation keeps."""

Table = dict[str, NDArray[Any]]


class DyeRecord(IntEnum):
    """What a row of `dye` records."""

    HELD = 0
    RECEIVED = 1
    SUNK = 2
    INJECTED = 3
    IDLE = 4


class Form(IntEnum):
    """What a way of buying made of a need: a row of `arrangements`."""

    CONTRACT = 0
    MEMBERSHIP = 1
    DIRECT = 2
    ENTERPRISE = 3
    GRANT = 4


class BooksError(PoundflowError):
    """Raised when a table does not keep to its schema."""

    def __init__(self, table: str, found: str, wanted: str) -> None:
        super().__init__(f"table {table!r}: found {found}, wanted {wanted}")
        self.table = table
        self.found = found
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Schema:
    """Columns of one table with their types; the first `keys` columns identify a row."""

    columns: Mapping[str, str]
    keys: int


def _schema(keys: int, **columns: str) -> Schema:
    return Schema(columns, keys)


# fmt: off
SCHEMAS: Mapping[str, Schema] = {
    "areas": _schema(1, area="i2", parent="i2", tier="i1", leaf="i1", neighbour="i1"),
    "classes": _schema(
        1, klass="i4", institution="i1", sector="i2", area="i2", owner_kind="i1"
    ),
    "parties": _schema(
        1, party="i4", uid="i8", institution="i1", klass="i4", area="i2", sector="i2",
        owner_kind="i1", owner_area="i2", size_band="i1",
    ),
    "stocks": _schema(3, month="i2", klass="i4", instrument="i1", pence="i8"),
    "wealth": _schema(3, month="i2", area="i2", bin="i2", households="i8", pence="i8"),
    "flows": _schema(4, month="i2", kind="i1", payer="i4", payee="i4", pence="i8", count="i4"),
    "purchases": _schema(
        6, month="i2", buyer="i4", supplier="i4", category="i2", policy="i2",
        arrangement="i4", pence="i8",
    ),
    "payroll": _schema(
        4, month="i2", buyer="i4", category="i2", klass="i4", pence="i8", gross_pence="i8"
    ),
    "outflows": _schema(4, month="i2", supplier="i4", kind="i1", area="i2", pence="i8"),
    "dye": _schema(
        6, month="i2", record="i1", area="i2", group="i1", tag="i1", kind="i1", units="i8"
    ),
    "tenders": _schema(
        1, tender="i4", month="i2", buyer="i4", category="i2", policy="i2", area="i2",
        months="i2", value_pence="i8", eligible="i4", bids="i4", winner="i4", price_pence="i8",
        lowest_pence="i8", true_cost_pence="i8", buyer_cost_pence="i8", bidder_cost_pence="i8",
        challenged="i1",
    ),
    "bids": _schema(
        2, tender="i4", supplier="i4", price_pence="i8", cost_pence="i8", quality_ppm="i4",
        claimed_pence="i8", score_ppm="i4", won="i1",
    ),
    "arrangements": _schema(
        1, arrangement="i4", form="i1", buyer="i4", category="i2", policy="i2", supplier="i4",
        start="i2", end="i2", value_pence="i8", objective="i4", power="i4", criterion="i4",
        result="i4", claimed_pence="i8", verified_pence="i8", delivered_pence="i8",
        claimed_before_pence="i8", verified_before_pence="i8", delivered_before_pence="i8",
        tender="i4", regime="i2",
    ),
    "needs": _schema(
        4, month="i2", buyer="i4", category="i2", policy="i2", need_milli="i8",
        delivered_milli="i8", quality_ppm="i4", outlay_pence="i8", payroll_pence="i8",
        buyer_process_pence="i8", bidder_process_pence="i8", base_pence="i8",
    ),
    "people": _schema(3, month="i2", area="i2", bin="i2", households="i8", income_pence="i8"),
    "jobs": _schema(
        3, month="i2", work_area="i2", home_area="i2", jobs="i8", pay_pence="i8",
        living_wage_jobs="i8",
    ),
    "dues": _schema(4, month="i2", klass="i4", owner_area="i2", kind="i1", pence="i8"),
    "capital": _schema(
        3, month="i2", buyer="i4", category="i2", lent_pence="i8", shares_pence="i8",
        repaid_pence="i8", returned_pence="i8", lost_pence="i8",
    ),
    "hours": _schema(2, month="i2", buyer="i4", jobs="i8"),
    "either": _schema(2, area="i2", member="i2"),
    "respent": _schema(
        3, supplier="i4", institution="i1", tier="i1", least_ppm="i4", most_ppm="i4"
    ),
    "firms": _schema(2, month="i2", area="i2", trading="i4", opened="i4", closed="i4"),
}
# fmt: on
"""Every table in its fixed order, column by column: i1, i2, i4, i8 are signed integers of that many
bytes. Names and order are part of the digest, so later work appends."""

ADDED = frozenset({"capital", "hours", "either", "respent", "firms"})
"""Tables that a digest counts from their first row on, so that books without any keep theirs."""


def table(name: str, **columns: ArrayLike) -> Table:
    """Make a table of Books from columns, cast to the types of its schema.

    Parameters
    ----------
    name : str
        A key of `SCHEMAS`.
    **columns : array_like[n_rows]
        Every column of the schema, whole numbers (booleans allowed).

    Returns
    -------
    Table
        The columns in the order of the schema; an array of the right type is not copied.

    Raises
    ------
    BooksError
        When a column is missing, unknown, not whole, too large for its type or of another length.
    """
    schema = _known(name)
    _same_names(name, columns, schema)
    made = {key: _cast(name, key, columns[key], dtype) for key, dtype in schema.columns.items()}
    _same_lengths(name, made)
    return made


def empty_table(name: str) -> Table:
    """Make a table without rows: nothing happened, which is not the same as unknown."""
    return {key: np.empty(0, dtype=dtype) for key, dtype in _known(name).columns.items()}


def _known(name: str) -> Schema:
    if name not in SCHEMAS:
        raise BooksError(name, "an unknown table", "one of " + ", ".join(SCHEMAS))
    return SCHEMAS[name]


def _same_names(name: str, columns: Mapping[str, Any], schema: Schema) -> None:
    if set(columns) != set(schema.columns):
        raise BooksError(name, f"columns {sorted(columns)}", f"{sorted(schema.columns)}")


def _same_lengths(name: str, columns: Table) -> None:
    lengths = {key: column.shape for key, column in columns.items()}
    if len(set(lengths.values())) > 1 or any(len(shape) != 1 for shape in lengths.values()):
        raise BooksError(name, f"shapes {lengths}", "columns of one length")


def _cast(name: str, key: str, values: ArrayLike, dtype: str) -> NDArray[Any]:
    found = np.asarray(values)
    if found.size == 0:
        return np.empty(found.shape if found.ndim == 1 else 0, dtype=dtype)
    if found.dtype.kind not in "iub":
        raise BooksError(name, f"{key} of type {found.dtype}", "whole numbers")
    if found.dtype == np.dtype(dtype):
        return found
    bounds = np.iinfo(dtype)
    if int(found.min()) < bounds.min or int(found.max()) > bounds.max:
        raise BooksError(
            name, f"{key} of {found.min()} to {found.max()}", f"values that fit {dtype}"
        )
    return found.astype(dtype)


@dataclass(frozen=True, slots=True)
class BooksMeta:
    """What the codes in the tables mean, and what their source can see.

    `buyer_rows`, `buyer_areas` and `buyer_ids` run in step, and so do `shock_months` and
    `shock_kinds`: what befell the place, and from when. `recovered_within` is the distance from the
    level before a shock within which a series counts as back. `appraisals` are the assessments of
    options, each with its estimates and, of the option chosen, what was found. `window` is the
    measured window (first and last month, both included); `coverage` names the tables that the
    source covers.
    """

    months: int
    start_year: int
    start_month: int
    focus_area: int
    area_ids: tuple[str, ...]
    area_names: tuple[str, ...]
    buyer_rows: tuple[int, ...] = ()
    buyer_areas: tuple[int, ...] = ()
    buyer_ids: tuple[str, ...] = ()
    sector_ids: tuple[str, ...] = ()
    category_ids: tuple[str, ...] = ()
    policy_names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    appraisals: tuple[Mapping[str, Any], ...] = ()
    regime_names: tuple[str, ...] = ()
    window: tuple[int, int] = (0, 0)
    dye_months: tuple[int, ...] = ()
    dye_units: int = 1024
    dye_tags: int = 4
    shock_months: tuple[int, ...] = ()
    shock_kinds: tuple[str, ...] = ()
    recovered_within: float = 0.02
    treated_pence: int = 0
    currency: str = "GBP"
    title: str = ""
    coverage: frozenset[str] = frozenset(SCHEMAS)
    kinds: tuple[str, ...] = tuple(kind.name for kind in Kind)
    schema_version: int = SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Books:
    """The tables of one run or one source, checked against `SCHEMAS` when made.

    Tables are not changed afterwards: sums that several readers share are made once, in `kept`.
    """

    meta: BooksMeta
    tables: dict[str, Table] = field(default_factory=dict)
    kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, columns in self.tables.items():
            schema = _known(name)
            _same_names(name, columns, schema)
            _same_lengths(name, columns)
            for key, dtype in schema.columns.items():
                if columns[key].dtype != np.dtype(dtype):
                    raise BooksError(name, f"{key} of type {columns[key].dtype}", dtype)

    def covers(self, name: str) -> bool:
        """Say whether the source can see this table."""
        return name in self.tables and name in self.meta.coverage

    def seen_through(self, coverage: frozenset[str]) -> "Books":
        """Return these books as a source of that coverage would show them.

        Simulated and real books are compared only on what both cover.
        """
        kept = coverage & self.meta.coverage
        tables = {name: columns for name, columns in self.tables.items() if name in kept}
        return Books(replace(self.meta, coverage=kept), tables)
