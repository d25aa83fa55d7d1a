"""What a month of the economy works with: sales, bills, pay, posts, as columns."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.accounting.grouping import runs_of
from simulation.economy.columns import Economy, Workers
from simulation.economy.labour_market import Markets
from simulation.kernels.labour import EMPLOYED, SEEKING
from simulation.kernels.ordering import order_by
from simulation.kernels.scales import CUM_ONE
from simulation.kernels.staffing import Posts, Roll, call_roll

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


@dataclass(slots=True)
class Workings:
    """Columns of the month that is being lived; all in pence unless said.

    Trading rows: `sales` of this month, `sales_last` of the last, `inputs`, `payroll` (gross and
    on-costs), `duties` (VAT, rates, premises, interest), `extra_inputs` (a VCSE's surplus to be
    spent on its mission), `loss` carried forward for tax, `profit` after tax of the month.
    `paid_share` is the share of its payroll that each row could pay [1/65536]; `heads` and
    `payroll_due` its individual workers and their pay; `net_by_row` the net pay they received.
    What a row paid of each kind: `rates_paid`, `rent_paid`, `vat_paid`, `interest_paid`,
    `tax_paid` (corporation tax), `pooled` (to its head office), `paid_out` (to owners),
    `to_members` (individual workers; the others count as owners), `to_fund` (social fund).
    `inputs`, `rent_paid`, `vat_paid` and `interest_paid` are bills until the row pays them.
    Household rows: `earned` net pay of the last month, `housing` what it pays for its home,
    `income` all receipts since the household last decided, `old_money` what is on its account and
    was counted before, `income_year` receipts of the last twelve months.
    `class_rows[class_begins[c] : class_begins[c + 1]]` are single firms of one class and
    sector, by uid.
    `roll` says who works where now and who looks for work, `seeking` and `working` how many do.
    """

    sales: Int64
    sales_last: Int64
    inputs: Int64
    payroll: Int64
    aggregate_net: Int64
    employer_tax: Int64
    pension: Int64
    remitted: Int64
    pension_paid: Int64
    earned: Int64
    housing: Int64
    duties: Int64
    extra_inputs: Int64
    loss: Int64
    profit: Int64
    to_reserve: Int64
    rates_paid: Int64
    rent_paid: Int64
    vat_paid: Int64
    interest_paid: Int64
    tax_paid: Int64
    pooled: Int64
    paid_out: Int64
    to_members: Int64
    to_fund: Int64
    paid_share: Int64
    heads: Int64
    payroll_due: Int64
    net_by_row: Int64
    income: Int64
    old_money: Int64
    income_year: Int64
    jobs_per_sale: Float64
    base_share: Float64
    base_sales: Int64
    buyer_jobs: Float64
    posts: Int64
    extra_grant: Int64
    resident_share: Float64
    base_unemployment: Float64
    party: Int32
    parties_ever: int
    departed: list[dict[str, Any]]
    class_rows: Int32
    class_begins: Int64
    roll: Roll
    markets: Markets
    seeking: Int64
    working: Int64
    wage_level: Float64
    move_rate: float = 0.0
    births: int = 0
    deaths: int = 0


def begin_workings(economy: Economy) -> Workings:
    """Lay down the columns as they stand before the first month.

    Parameters
    ----------
    economy : Economy
        Built, its clubs added.

    Returns
    -------
    Workings
    """
    n, people = economy.firms.jobs.size, economy.households.n
    employers = economy.payroll.start.size - 1
    sales = economy.firms.sales_expected
    safe = np.maximum(sales, 1).astype(np.float64)
    columns: dict[str, Any] = {name: np.zeros(n, dtype=np.int64) for name in _FIRM_COLUMNS}
    columns |= {name: np.zeros(employers, dtype=np.int64) for name in _EMPLOYER_COLUMNS}
    now = Workings(
        **columns,
        earned=np.zeros(people, dtype=np.int64),
        housing=np.zeros(people, dtype=np.int64),
        income=np.zeros(people, dtype=np.int64),
        old_money=_homes(economy, economy.parties.deposits).copy(),
        income_year=np.zeros(people, dtype=np.int64),
        jobs_per_sale=np.where(sales > 0, economy.firms.jobs / safe, 0.0),
        base_share=economy.firms.sales_expected / np.maximum(economy.firms.capacity_pence, 1),
        base_sales=sales.copy(),
        **_labour_base(economy),
        **_party_numbers(economy),
        **_firms_by_class(economy),
    )
    now.sales_last[:] = sales
    now.paid_share[:] = CUM_ONE
    return now


_FIRM_COLUMNS = (
    "sales", "sales_last", "inputs", "duties", "extra_inputs", "loss", "profit", "to_reserve",
    "rates_paid", "rent_paid", "vat_paid", "interest_paid", "tax_paid", "pooled", "paid_out",
    "to_members", "to_fund",
)  # fmt: skip
_EMPLOYER_COLUMNS = (
    "payroll", "aggregate_net", "employer_tax", "pension", "remitted", "pension_paid",
    "paid_share", "heads", "payroll_due", "net_by_row",
)  # fmt: skip


def _homes(economy: Economy, column: Int64) -> Int64:
    """Take the rows of households out of a column of accounts."""
    first = economy.households.first
    return column[first : first + economy.households.n]


def _labour_base(economy: Economy) -> dict[str, Any]:
    """Remember how jobs stand at the start: by employer, by home, and who looks for work."""
    buyers, roll = economy.buyers, _roll(economy)
    rows = np.concatenate([np.arange(economy.firms.jobs.size), buyers.row])
    heads = roll.heads[rows]
    commuters = np.concatenate([economy.firms.aggregate_jobs, buyers.aggregate_jobs])
    total = heads + commuters
    markets = Markets.of(economy)
    seeking, working = (
        markets.counts(economy.workers.status, status) for status in (SEEKING, EMPLOYED)
    )
    return {
        "buyer_jobs": total[economy.firms.jobs.size :].astype(np.float64),
        "extra_grant": np.zeros(buyers.row.size, dtype=np.int64),
        "posts": total.astype(np.int64),
        "resident_share": heads / np.maximum(total, 1),
        "base_unemployment": seeking / np.maximum(seeking + working, 1),
        "wage_level": np.ones(markets.size),
        "roll": roll,
        "markets": markets,
        "seeking": seeking,
        "working": working,
    }


def _roll(economy: Economy) -> Roll:
    """Enter all who work somewhere on the rolls of their employers."""
    employers, people = economy.payroll.start.size - 1, economy.workers.employer.size
    heads, pay = np.zeros((2, employers), dtype=np.int64)
    first, after, before = (
        np.full(size, -1, dtype=np.int32) for size in (employers, people, people)
    )
    seekers = np.zeros(economy.households.n, dtype=np.int8)
    roll = Roll(heads, pay, first, after, before, economy.workers.household, seekers)
    call_roll(posts_of(economy.workers), roll)
    return roll


def posts_of(workers: Workers) -> Posts:
    """Return what a change of job changes, as kernels take it."""
    return Posts(workers.employer, workers.status, workers.wage_pence)


def _firms_by_class(economy: Economy) -> dict[str, Any]:
    """List single firms in business by class, sector and uid, and say where those of each begin."""
    agents, parties = economy.firms.n_agents, economy.parties
    sector = parties.sector[:agents].astype(np.int64)
    kind = parties.klass[:agents] * (int(sector.max(initial=0)) + 1) + sector
    order = order_by(parties.uid[:agents], kind)
    order = order[economy.firms.alive[order]]
    return {"class_rows": order, "class_begins": runs_of(kind[order])}


def _party_numbers(economy: Economy) -> dict[str, Any]:
    """Number organisations by uid, so that Books do not depend on the order of rows."""
    homes, size = economy.households, economy.parties.uid.size
    rows = np.concatenate([np.arange(homes.first), np.arange(homes.first + homes.n, size)])
    order = rows[np.argsort(economy.parties.uid[rows], kind="stable")]
    party = np.full(size, -1, dtype=np.int32)
    party[order] = np.arange(rows.size, dtype=np.int32)
    return {"party": party, "parties_ever": rows.size, "departed": []}
