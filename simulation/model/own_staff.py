"""A public buyer's staff by service: who came over, who is new, what each group is paid.

Whoever came over keeps the old pay; newcomers have the council's (two tiers). Commuters are known
only as a number, so those of a group leave at the rate of all. Group 0 is all other work of the
buyer; a department's group is its category's code plus one.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.economy.apportion import largest_remainder
from simulation.economy.roll import newcomers, pay_anew, staff_of
from simulation.economy.town import Town
from simulation.economy.transfers import Commuters

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
NOBODY = Commuters(0, 0)
OTHER_WORK = 0


@dataclass(slots=True)
class OwnStaff:
    """The staff of one buyer that runs services of its own.

    Attributes
    ----------
    at, row : int
        Its number among the buyers; its party row.
    wage : float
        Its pay for other work, to a worker of skill one [pence a month].
    jobs : dict of int to float
        Staff wanted, by group.
    grades : dict of int to float
        Pay of newcomers of skill one, by group of a department [pence a month].
    members : int32[m]
        Its resident workers; `group`, int64[m], is the group of each.
    commuters : dict of int to Commuters
        By group.
    offer : int
        What it offered newcomers last: the mean of what the groups pay.
    """

    at: int
    row: int
    wage: float
    jobs: dict[int, float]
    members: Int32
    group: Int64
    commuters: dict[int, Commuters]
    grades: dict[int, float] = field(default_factory=dict)
    offer: int = 0

    @classmethod
    def of(cls, town: Town, at: int) -> "OwnStaff":
        """List the staff of a buyer that has no service of its own yet."""
        buyers = town.economy.buyers
        row, wage = int(buyers.row[at]), int(buyers.wage_pence[at])
        members = _by_uid(town, staff_of(town, np.array([row], dtype=np.int32)))
        away = Commuters(int(buyers.aggregate_jobs[at]), int(buyers.aggregate_payroll[at]))
        return cls(
            at, row, float(wage), {OTHER_WORK: float(town.now.buyer_jobs[at])}, members,
            np.zeros(members.size, dtype=np.int64), {OTHER_WORK: away}, offer=wage,
        )  # fmt: skip

    def size(self, group: int) -> int:
        """Count the staff of a group."""
        away = self.commuters.get(group, NOBODY)
        return int(np.count_nonzero(self.group == group)) + away.jobs

    def residents(self, group: int) -> Int32:
        """Return the resident workers of a group, in the order in which they came."""
        some: Int32 = self.members[self.group == group]
        return some

    def pay(self, town: Town, group: int) -> int:
        """Return the gross pay of a group [pence a month]."""
        wages = town.economy.workers.wage_pence[self.residents(group)]
        return int(wages.sum()) + self.commuters.get(group, NOBODY).pay

    def take_in(self, group: int, workers: Int32, commuters: Commuters) -> None:
        """Enter people who came over."""
        self.members = np.concatenate([self.members, workers])
        self.group = np.concatenate([self.group, np.full(workers.size, group)])
        old = self.commuters.get(group, NOBODY)
        self.commuters[group] = Commuters(old.jobs + commuters.jobs, old.pay + commuters.pay)

    def take_out(self, group: int, workers: Int32, commuters: Commuters) -> None:
        """Strike out people who go."""
        stays = ~np.isin(self.members, workers)
        self.members, self.group = self.members[stays], self.group[stays]
        old = self.commuters.get(group, NOBODY)
        self.commuters[group] = Commuters(old.jobs - commuters.jobs, old.pay - commuters.pay)

    def close(self, group: int) -> None:
        """Give up a group; whoever is left there does other work."""
        self.group[self.group == group] = OTHER_WORK
        left, others = self.commuters.pop(group, NOBODY), self.commuters[OTHER_WORK]
        self.commuters[OTHER_WORK] = Commuters(others.jobs + left.jobs, others.pay + left.pay)
        self.jobs.pop(group, None)
        self.grades.pop(group, None)

    def raise_pay(
        self, town: Town, workers: Int32, commuters: Commuters, group: int, rise: float
    ) -> None:
        """Raise the pay of people who have come over to a group, by a share of it."""
        if rise <= 0.0:
            return
        wages = town.economy.workers.wage_pence[workers]
        pay_anew(town, workers, (wages * (1.0 + rise)).astype(np.int64))
        more, now = int(commuters.pay * rise), self.commuters[group]
        self.commuters[group] = Commuters(now.jobs, now.pay + more)
        town.economy.buyers.aggregate_payroll[self.at] += more

    def advertise(self, town: Town, jobs: float) -> None:
        """Open so many more posts at once; the labour market fills them as the month ends."""
        town.now.posts[town.n_firms + self.at] += round(jobs)

    def refresh(self, town: Town) -> None:
        """Take note of who left and came since the last month, and pay newcomers by their group."""
        buyers = town.economy.buyers
        review = float(buyers.wage_pence[self.at]) / max(self.offer, 1)
        self.wage *= review
        self.grades = {group: grade * review for group, grade in self.grades.items()}
        new = self._see_residents(town)
        more = self._see_commuters(town)
        self._place(town, new, more)

    def _see_residents(self, town: Town) -> Int32:
        """Strike out who left; return who is new."""
        here = town.economy.workers.employer[self.members] == self.row
        self.members, self.group = self.members[here], self.group[here]
        if int(town.now.roll.heads[self.row]) == self.members.size:
            return self.members[:0]
        staff = staff_of(town, np.array([self.row], dtype=np.int32))
        return _by_uid(town, newcomers(staff, self.members))

    def _see_commuters(self, town: Town) -> int:
        """Let those who left leave all groups alike, and pay follow; return how many are new."""
        buyers = town.economy.buyers
        jobs, pay = int(buyers.aggregate_jobs[self.at]), int(buyers.aggregate_payroll[self.at])
        groups = sorted(self.commuters)
        before = np.array([self.commuters[group].jobs for group in groups], dtype=np.int64)
        paid = np.array([self.commuters[group].pay for group in groups], dtype=np.int64)
        whole, owed = int(before.sum()), int(paid.sum())
        if not whole:
            return jobs
        after = before if jobs >= whole else largest_remainder(jobs, before.astype(np.float64))
        rise = (pay * whole) / (owed * jobs) if owed and jobs else 1.0
        each = paid / np.maximum(before, 1) * rise
        for group, many, one in zip(groups, after.tolist(), each.tolist(), strict=True):
            self.commuters[group] = Commuters(many, round(one * many))
        return max(jobs - whole, 0)

    def _place(self, town: Town, new: Int32, more: int) -> None:
        """Give newcomers to the groups that are short, other work first, at the groups' pay."""
        buyers, workers = town.economy.buyers, town.economy.workers
        groups = sorted(self.jobs)
        short = [round(max(self.jobs[group] - self.size(group), 0.0)) for group in groups]
        queue = np.repeat(np.array(groups, dtype=np.int64), short)[: new.size + more]
        queue = np.pad(queue, (0, new.size + more - queue.size))
        rates = {group: self.grades.get(group, self.wage) for group in groups}
        if new.size:
            rate = np.array([rates[group] for group in queue[: new.size].tolist()])
            wages = np.maximum((rate * workers.skill[new]).astype(np.int64), 1)
            pay_anew(town, new, wages)
            self.members = np.concatenate([self.members, new])
            self.group = np.concatenate([self.group, queue[: new.size]])
        for group, many in zip(*np.unique(queue[new.size :], return_counts=True), strict=True):
            old = self.commuters.get(int(group), NOBODY)
            pay = old.pay + int(many) * int(rates[int(group)])
            self.commuters[int(group)] = Commuters(old.jobs + int(many), pay)
        buyers.aggregate_payroll[self.at] = sum(one.pay for one in self.commuters.values())

    def want(self, town: Town) -> None:
        """Tell the labour market how many staff the buyer wants in all, and at what pay."""
        whole = sum(self.jobs.values())
        pay = sum(self.grades.get(group, self.wage) * jobs for group, jobs in self.jobs.items())
        self.offer = round(pay / whole) if whole > 0.0 else round(self.wage)
        town.economy.buyers.wage_pence[self.at] = self.offer
        town.now.buyer_jobs[self.at] = whole


def _by_uid(town: Town, workers: Int32) -> Int32:
    return workers[np.argsort(town.economy.workers.uid[workers], kind="stable")]
