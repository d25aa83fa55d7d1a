"""One council's money for the levers beside buying."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.leases import Lease
from simulation.economy.town import Town

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(slots=True)
class Purse:
    """One council's money for the levers [pence].

    Attributes
    ----------
    row : int
        Its party row.
    monthly : dict of str to int
        What is put aside a month for each lever.
    left : dict of str to int
        What each lever has not used yet.
    supported : int32[n]
        Employers that it supports; `uid` is the identity that each had, `per_job` what each job
        costs a month, `steady` the share of jobs whose hours it has guaranteed, `once` what is
        still to be paid for recruiting.
    bought : int
        How many premises it has bought.
    leases : list of Lease
        Of premises whose freehold it keeps.
    premises : list of int
        Trading rows of tenants whose landlord it has become, since a lease ran out.
    """

    row: int
    monthly: dict[str, int]
    left: dict[str, int]
    supported: Int32 = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    uid: Int64 = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    per_job: Float64 = field(default_factory=lambda: np.zeros(0))
    steady: Float64 = field(default_factory=lambda: np.zeros(0))
    once: Int64 = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    bought: int = 0
    leases: list[Lease] = field(default_factory=list)
    premises: list[int] = field(default_factory=list)

    def free(self, town: Town, lever: str) -> int:
        """Return what a lever can pay now: its money, as far as the account reaches [pence]."""
        held = int(town.ledger.deposits[self.row]) - int(town.now.payroll[self.row])
        return max(min(self.left[lever], held), 0)

    def pay(self, town: Town, lever: str, payee: Int32, pence: Int64, kind: Kind) -> Int64:
        """Pay out of a lever's money, as far as it reaches; return what was paid."""
        upto = np.minimum(np.cumsum(pence), self.free(town, lever))
        paid = np.diff(upto, prepend=0)
        some = paid > 0
        if some.any():
            payer = np.full(int(some.sum()), self.row, dtype=np.int32)
            town.ledger.listed(kind, payer, payee[some], paid[some])
            town.ledger.settle(kind)
            self.left[lever] -= int(upto[-1])
        return paid
