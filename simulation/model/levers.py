"""The levers beside buying: what councils of the focus spend on the other pillars, month by month.

Each council puts aside a twelfth of its yearly sum for each lever, taken from what its services
have; what a lever cannot use this month it keeps. Employers are supported, premises bought and a
lender endowed in the focus alone. Owners there retire whether a council has a lever or not.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.spec import Pillars
from scenarios.vocabulary import Kind
from simulation import streams
from simulation.economy.apportion import largest_remainder
from simulation.economy.lending import local_firms
from simulation.economy.roll import add_up_pay
from simulation.economy.succession import hand_on, retiring
from simulation.economy.town import Town
from simulation.kernels import payments
from simulation.model.conversions import convert, support, take_back
from simulation.model.portraits import living_wage_month
from simulation.model.premises import buy_premises, take_rents
from simulation.model.purse import Purse
from simulation.model.rows import Rows
from simulation.model.subsidies import Subsidies
from simulation.pillars import employment
from simulation.pillars.employment import Hours
from simulation.streams import Purpose

Bool = NDArray[np.bool_]
Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

PENCE, MONTHS = 100, 12
LEVERS = tuple(Pillars.model_fields)


@dataclass(slots=True)
class Levers:
    """All levers of a run; without a purse nothing happens."""

    purses: list[Purse] = field(default_factory=list)
    subsidies: Subsidies = field(default_factory=Subsidies)

    def pull(self, town: Town) -> None:
        """Put this month's money aside, spend it on what stands, and let retiring owners go."""
        leaving = retiring(town)
        for purse in self.purses:
            for lever, pence in purse.monthly.items():
                purse.left[lever] += pence
            _bear_pay(town, purse, self.subsidies)
            take_rents(town, purse)
            buy_premises(town, purse, self.subsidies)
            _endow(town, purse)
            take_back(town, purse)
            support(town, purse, self.subsidies)
            leaving = convert(town, purse, leaving, self.subsidies)
        hand_on(town, leaving)

    def widen(self, town: Town, suppliers: Int32) -> None:
        """Raise pay at more employers, when the month's wages are paid.

        Parameters
        ----------
        town : Town
        suppliers : int32[m]
            Trading rows that public buyers pay; these are supported first.
        """
        for purse in self.purses:
            _hold_floor(town, purse)
        for purse in self.purses:
            rows = np.concatenate([one.supported for one in self.purses])
            _support_more(town, purse, suppliers, rows)

    def note_hours(self, rows: Rows, town: Town) -> None:
        """Write down at how many jobs hours that were short are guaranteed, by council."""
        for purse in self.purses:
            jobs = int(np.rint(_jobs(town, purse.supported) * purse.steady).sum())
            if jobs:
                rows.one(month=town.month, buyer=int(town.now.party[purse.row]), jobs=jobs)


def levers_of(town: Town, pillars: Pillars, adopters: frozenset[int]) -> Levers:
    """Give each adopter that sits in the focus its part of the yearly sums, by size of budget."""
    economy, buyers = town.economy, town.economy.buyers
    if not pillars.total:
        return Levers()
    seated = [
        index
        for index in sorted(adopters)
        if int(economy.parties.area[buyers.row[index]]) == economy.areas.focus
    ]
    weights = buyers.budget_month[seated].sum(axis=1).astype(np.float64)
    parts = {
        lever: largest_remainder(round(getattr(pillars, lever) * PENCE / MONTHS), weights)
        for lever in LEVERS
    }
    return Levers(
        [
            Purse(
                row=int(buyers.row[index]),
                monthly={lever: int(parts[lever][k]) for lever in LEVERS},
                left=dict.fromkeys(LEVERS, 0),
            )
            for k, index in enumerate(seated)
        ]
    )


def charges(town: Town, levers: Levers) -> Float64:
    """Return what the levers take from the services a month: float64[B, C], by size of budget."""
    buyers = town.economy.buyers
    taken = np.zeros(buyers.budget_month.shape)
    for purse in levers.purses:
        index = int(np.flatnonzero(buyers.row == purse.row)[0])
        budget = buyers.budget_month[index].astype(np.float64)
        whole = float(np.cumsum(budget)[-1])
        taken[index] = budget * (sum(purse.monthly.values()) / max(whole, 1.0))
    return taken


def _bear_pay(town: Town, purse: Purse, subsidies: Subsidies) -> None:
    """Pay supported employers what the rise of pay costs them, newcomers their recruiting too.

    What subsidy control does not let be given they bear themselves.
    """
    parties, firms = town.economy.parties, town.economy.firms
    going_on = parties.uid[purse.supported] == purse.uid
    going_on &= firms.alive[purse.supported]
    if not going_on.all():
        _support(town)[purse.supported[~going_on]] = 0
        purse.supported, purse.uid = purse.supported[going_on], purse.uid[going_on]
        purse.per_job, purse.once = purse.per_job[going_on], purse.once[going_on]
        purse.steady = purse.steady[going_on]
    giver = subsidies.giver(purse.row)
    for asked in (purse.once, _owed_month(town, purse)):
        pence = subsidies.bounded(town, giver, purse.supported, purse.uid, asked)
        paid = purse.pay(town, "fair_employment", purse.supported, pence, Kind.SUBSIDY)
        np.subtract.at(town.now.duties, purse.supported, paid)
    purse.once[:] = 0


def _hold_floor(town: Town, purse: Purse) -> None:
    """Keep the floor under the pay of all whom a council supports, newcomers too."""
    if purse.supported.size:
        _put_floor(town, purse.supported, living_wage_month(town), _hours(town).kept)


def _support_more(town: Town, purse: Purse, suppliers: Int32, supported: Int32) -> None:
    """Take in more employers where the money lasts, and raise their staff's pay from now on.

    Nobody is taken in twice, nor an enterprise that a buyer has founded.
    """
    if not purse.monthly["fair_employment"]:
        return
    floor = living_wage_month(town)
    rows, gap, short = _low_paying(town, floor)
    others = ~np.isin(rows, supported) & ~np.isin(rows, town.enterprises.rows)
    first = np.flatnonzero(others)
    first = first[np.argsort(~np.isin(rows[first], suppliers), kind="stable")]
    rows, gap, short = rows[first], gap[first], short[first]
    jobs = _jobs(town, rows)
    cost = np.rint(gap * _on_costs(town)).astype(np.int64)
    once = np.rint(jobs * (PENCE * town.a["pillars.recruitment_pounds"])).astype(np.int64)
    room = purse.monthly["fair_employment"] - int(_owed_month(town, purse).sum())
    new = employment.taken_in(cost, once, room, purse.left["fair_employment"])
    taken = rows[new]
    if not taken.size:
        return
    steady = short[new] / np.maximum(jobs[new], 1) * town.a["pillars.hours_guaranteed"]
    _raise_pay(town, taken, floor, steady)
    purse.supported = np.concatenate([purse.supported, taken])
    purse.uid = np.concatenate([purse.uid, town.economy.parties.uid[taken]])
    purse.per_job = np.concatenate([purse.per_job, cost[new] / np.maximum(jobs[new], 1)])
    purse.steady = np.concatenate([purse.steady, steady])
    purse.once = np.concatenate([purse.once, once[new]])


def _support(town: Town) -> Int64:
    """Return what councils bear of typical pay; who is supported bids as if it paid the rest."""
    if town.support is None:
        town.support = np.zeros(town.n_firms, dtype=np.int64)
    return town.support


def _hours(town: Town) -> Hours:
    """Return the hours of low-paid jobs, as they are and as a supported employer makes them."""
    a = town.a
    return employment.hours_of(
        a["pillars.hours_short"], a["pillars.hours_missing"], a["pillars.hours_guaranteed"]
    )


def _on_short_hours(town: Town, workers: Int64, hours: Hours) -> Bool:
    """Say who of some low-paid workers is on short hours: by identity, so the same whoever asks."""
    lot = streams.uniform(town.seed, Purpose.HOURS, town.economy.workers.uid[workers])
    short: Bool = lot < hours.part
    return short


def _low_paying(town: Town, floor: int) -> tuple[Int32, Int64, Float64]:
    """Return firms of the focus that pay somebody too little, and what it lacks in all.

    Returns
    -------
    int32[n], int64[n], float64[n]
        Trading rows, what pay lacks [pence a month], and jobs on short hours.
    """
    workers, firms, hours = town.economy.workers, town.economy.firms, _hours(town)
    low = np.flatnonzero((workers.employer >= 0) & (workers.wage_pence < floor))
    wage, short = workers.wage_pence[low], _on_short_hours(town, low, hours)
    gap, many = np.zeros((2, town.now.roll.heads.size), dtype=np.int64)
    rise = employment.raised(wage, floor, short, hours) - wage
    payments.sum_by_class(workers.employer[low], rise, gap)
    payments.sum_by_class(workers.employer[low], short.astype(np.int64), many)
    rows = local_firms(town)
    jobs, paid = firms.aggregate_jobs[rows].astype(np.int64), firms.aggregate_payroll[rows]
    lacks: Int64 = gap[rows] + employment.raised(paid, jobs * floor, hours.part, hours) - paid
    on_short = many[rows] + np.where(paid < jobs * floor, jobs * hours.part, 0.0)
    return rows[lacks > 0], lacks[lacks > 0], on_short[lacks > 0]


def _jobs(town: Town, rows: Int32) -> Int64:
    jobs: Int64 = town.now.roll.heads[rows] + town.economy.firms.aggregate_jobs[rows]
    return jobs


def _on_costs(town: Town) -> float:
    """Return what an employer pays for a pound more of pay."""
    return 1.0 + town.tax.employer_rate + town.a["labour.pension_rate"]


def _owed_month(town: Town, purse: Purse) -> Int64:
    """Return what supported employers are paid this month for the jobs that they have now."""
    owed: Int64 = np.rint(_jobs(town, purse.supported) * purse.per_job).astype(np.int64)
    return owed


def _raise_pay(town: Town, rows: Int32, floor: int, steady: Float64) -> None:
    """Raise low pay and short hours of some employers, who keep staff longer and recruit nearer.

    `steady` is the share of each one's jobs whose hours become certain.
    """
    firms, now, a = town.economy.firms, town.now, town.a
    before = now.roll.pay[rows] + firms.aggregate_payroll[rows]
    _put_floor(town, rows, floor, _hours(town))
    after = now.roll.pay[rows] + firms.aggregate_payroll[rows]
    rise = after / np.maximum(before, 1) - 1.0
    firms.quality[rows] = employment.better(
        firms.quality[rows], rise, a["pillars.turnover_quality"], steady, a["pillars.hours_quality"]
    )
    now.resident_share[rows] = employment.more_local(
        now.resident_share[rows], a["pillars.local_recruitment"]
    )


def _put_floor(town: Town, rows: Int32, floor: int, hours: Hours) -> None:
    """Let some employers pay nobody less than the floor; what that adds is borne for them.

    Hours that are guaranteed are paid and not worked: the employer sells as many as before.

    What members of a co-op are kept back, or forgo for those kept on, is still theirs to bear.
    """
    firms, workers, heads = town.economy.firms, town.economy.workers, town.now.roll.heads
    chosen = np.zeros(heads.size + 1, dtype=np.bool_)
    chosen[rows] = True
    members = [one.members for one in town.enterprises.living if chosen[one.row]]
    for of in members:
        workers.wage_pence[of.worker] += of.kept_back + of.forgone
    low = np.flatnonzero(chosen[workers.employer] & (workers.wage_pence < floor))
    workers.wage_pence[low] = employment.raised(
        workers.wage_pence[low], floor, _on_short_hours(town, low, hours), hours
    )
    for of in members:
        workers.wage_pence[of.worker] -= of.kept_back + of.forgone
    typical = employment.raised(firms.wage_pence[rows], floor, hours.part, hours)
    _support(town)[rows] += typical - firms.wage_pence[rows]
    firms.wage_pence[rows] = typical
    least = firms.aggregate_jobs[rows].astype(np.int64) * floor
    firms.aggregate_payroll[rows] = employment.raised(
        firms.aggregate_payroll[rows], least, hours.part, hours
    )
    add_up_pay(town)


def _endow(town: Town, purse: Purse) -> None:
    """Pay the community lender, and the credit union in its part, their capital."""
    if town.lender is None or not purse.left["inclusive_finance"]:
        return
    whole = purse.left["inclusive_finance"]
    of_union = 0 if town.union is None else round(whole * town.a["pillars.union_part"])
    to = np.array([one.row for one in town.lenders], dtype=np.int32)
    pence = np.array([whole - of_union, of_union][: to.size], dtype=np.int64)
    purse.pay(town, "inclusive_finance", to, pence, Kind.CAPITAL_TRANSFER)
