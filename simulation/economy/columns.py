"""Every number that the economy owns, once, in columns.

A row is a party that holds a transaction account. Rows stand in a fixed order: trading rows
(agent firms, then area x sector accounts), institutions and public buyers, then households
(individual rows, then area x decile accounts). An account row stands for many units and says
how many; the same kernels move both.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
Bool = NDArray[np.bool_]


@dataclass(slots=True)
class Areas:
    """The area tree. Leaf areas hold agents; the others are sums of leaves.

    `ancestor[a, t]` is the area of tier `t` that leaf `a` lies in (-1 where none), and
    `commuting[h, b]` the share of the jobs of area `b` that residents of area `h` hold.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    parent: Int16
    tier: Int8
    leaf: Bool
    neighbour: Bool
    easting_km: Float64
    northing_km: Float64
    ancestor: Int16
    commuting: Float64
    focus: int


@dataclass(slots=True)
class Classes:
    """Groups that flows are summed by: institution x sector x area x owner kind."""

    institution: Int8
    sector: Int16
    area: Int16
    owner_kind: Int8


@dataclass(slots=True)
class Edges:
    """Who pays whom, as rows of cumulative shares.

    Payer `i` owns edges `start[i] : start[i + 1]`. `cum` rises to exactly 65536 on the last
    edge of a payer that has any; a step of `cum` is that payee's share of the budget.
    """

    start: Int32
    payee: Int32
    cum: Int32


@dataclass(slots=True)
class Parties:
    """Columns that every account has. `n` rows."""

    uid: Int64
    institution: Int8
    sector: Int16
    area: Int16
    owner_kind: Int8
    owner_area: Int16
    klass: Int32
    deposits: Int64
    savings: Int64
    loans: Int64
    receivable: Int64
    payable: Int64


@dataclass(slots=True)
class Firms:
    """Columns of the trading rows `0 .. n_firms - 1`; the first `n_agents` are single firms."""

    n_agents: int
    firms_in_row: Int32
    size_band: Int8
    owner: Int32
    head: Int32
    jobs: Int32
    aggregate_jobs: Int32
    wage_pence: Int64
    aggregate_payroll: Int64
    intermediate_share: Float64
    vat_share: Float64
    rates_pence: Int64
    rent_pence: Int64
    landlord: Int32
    export_pence: Int64
    sales_expected: Int64
    unit_cost: Float64
    price: Float64
    quality: Float64
    capacity_pence: Int64
    bidder: Bool
    bid_skill: Float64
    claim_skill: Float64
    honesty: Float64
    employ_local: Float64
    age_months: Int32
    arrears_months: Int16
    alive: Bool


@dataclass(slots=True)
class Households:
    """Columns of the household rows; row `k` here is party `first + k`."""

    first: int
    n_agents: int
    households_in_row: Int32
    adults: Int8
    children: Int8
    decile: Int8
    tenure: Int8
    housing_pence: Int64
    landlord: Int32
    council_tax_pence: Int64
    pension_pence: Int64
    occupational_pence: Int64
    other_benefit_pence: Int64
    propensity: Float64
    buffer_months: Float64

    @property
    def n(self) -> int:
        """Number of household rows."""
        return self.decile.size

    @property
    def scale(self) -> Float64:
        """Modified OECD equivalence scale of each row; see `equivalence_scale`."""
        return equivalence_scale(self.adults, self.children)


def equivalence_scale(adults: Int8, children: Int8) -> Float64:
    """Return the modified OECD scale: 1, 0.5 a further adult, 0.3 a child; float64[n]."""
    return 1.0 + 0.5 * (adults - 1) + 0.3 * children


@dataclass(slots=True)
class Workers:
    """One row per adult of the individual households who works or looks for work.

    `employer` is a trading or buyer row, -1 when out of work; `status` is 1 unemployed,
    2 employed. Who does neither is in no row: nobody begins to look for work.
    """

    uid: Int64
    household: Int32
    area: Int16
    employer: Int32
    wage_pence: Int64
    skill: Float64
    status: Int8


@dataclass(slots=True)
class Buyers:
    """Councils and other anchors: party rows and budgets by spending category.

    `jobs_in[b, a]` are the jobs of a buyer's own staff by area of work on the first day; staff for
    other work than services in house are counted in these shares for good.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    row: Int32
    kind: tuple[str, ...]
    budget_month: Int64
    payroll_month: Int64
    grant_month: Int64
    payment_days: Float64
    monitoring: Float64
    engagement: Float64
    serves: tuple[tuple[int, ...], ...]
    jobs_in: Int32
    aggregate_jobs: Int32
    aggregate_payroll: Int64
    wage_pence: Int64


@dataclass(slots=True)
class InitialContract:
    """One arrangement that stands when the story opens."""

    buyer: int
    category: int
    area: int
    supplier: int
    month_pence: int
    months_left: int


@dataclass(slots=True)
class Economy:
    """A whole local economy at one instant."""

    areas: Areas
    classes: Classes
    parties: Parties
    firms: Firms
    households: Households
    workers: Workers
    buyers: Buyers
    supply: Edges
    shopping: Edges
    payroll: Edges
    contracts: list[InitialContract]
    government: int
    world: int
    outside_demand: int
    bank: int
    pension_fund: int
    notes: dict[str, Any] = field(default_factory=dict)
