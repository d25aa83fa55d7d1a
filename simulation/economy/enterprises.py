"""The enterprises that public buyers founded or helped to convert: what they hold, whom they owe.

An enterprise is a trading row like any other: it hires, buys, sells, is taxed and fails by the same
acts. What is its own is kept here: capital and who paid it in, members and their accounts, the
council's loan, and the part of its reserve that is nobody's (the asset lock).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.economy.columns import Int32, Int64
from simulation.economy.leases import Premises
from simulation.economy.seats import Seat
from simulation.procurement.founding import Charter

NOBODY = -1


def _none() -> Int64:
    return np.zeros(0, dtype=np.int64)


@dataclass(slots=True)
class Capital:
    """What was paid in at the founding, by source [pence]."""

    fund: int = 0
    partner: int = 0
    equity: int = 0
    grant: int = 0
    loan: int = 0
    bank: int = 0

    @property
    def total(self) -> int:
        """The whole stack."""
        return self.fund + self.partner + self.equity + self.grant + self.loan + self.bank


@dataclass(slots=True)
class AtRisk:
    """What a council's loan and shares have come to since the founding [pence].

    `lent` and `shares` were paid out, `repaid` and `returned` came back of them, and `lost` was
    written off as the enterprise closed. Interest, dividends and gains are income and not in it.
    """

    lent: int = 0
    shares: int = 0
    repaid: int = 0
    returned: int = 0
    lost: int = 0

    @property
    def outstanding(self) -> int:
        """What is still in the enterprise."""
        return self.lent + self.shares - self.repaid - self.returned - self.lost

    def close(self, repaid: int, left: int) -> None:
        """Take what the council got as the enterprise closed; the rest of its money is lost."""
        self.repaid += repaid
        self.returned += min(left, self.shares - self.returned)
        self.lost += self.outstanding


@dataclass(slots=True)
class Membership:
    """Members among individual workers, and their accounts with the enterprise.

    `worker` rises; by member: `stake` paid in, `credit` of surplus, `kept_back` of pay a month,
    until `due` is paid in, `forgone` a month for those kept on [pence]. `leaving` are homes that
    are owed what a leaver had. Sums of all that was credited and paid out since the founding are
    in `credited` and `paid_out`.
    """

    worker: Int64 = field(default_factory=_none)
    stake: Int64 = field(default_factory=_none)
    credit: Int64 = field(default_factory=_none)
    kept_back: Int64 = field(default_factory=_none)
    due: Int64 = field(default_factory=_none)
    forgone: Int64 = field(default_factory=_none)
    leaving: dict[int, int] = field(default_factory=dict)
    credited: int = 0
    paid_out: int = 0
    lost: int = 0

    @property
    def owed(self) -> int:
        """All that the enterprise owes members and leavers [pence]."""
        return int(self.stake.sum() + self.credit.sum()) + sum(self.leaving.values())


class Decided(NamedTuple):
    """What the last assembly decided: members' part over the charter's, and on newcomers."""

    part: float = 1.0
    admit: bool = True


@dataclass(slots=True)
class Enterprise:
    """One enterprise in business.

    Attributes
    ----------
    row, uid : int
        Its trading row, and who it is.
    seat : Seat
    council, fund, partner : int
        Party rows; the fund is the account that founds the next one.
    partner_uid : int
        The partner's identity: another firm may take over its row.
    charter : Charter
    founded : int
        Month of the story.
    whole_pence : int
        Sales a month at full size.
    capital : Capital
    council_loan, instalment : int
        Owed to the council, and repaid a month [pence].
    at_risk : AtRisk
        The council's money in it.
    locked : int
        What has been set aside as a reserve that is nobody's [pence].
    earned : int
        Profit since the founding that has not been divided; equipment bought at the founding is
        no loss [pence].
    bought_out : bool
        Whether the council has bought the partner's shares.
    converted : bool
        Whether it was a private firm whose owner retired: it keeps its row, trade and customers.
    supported : bool
        Whether a council paid for running help this month.
    trained : bool
        Whether it ever did.
    decided : Decided
        By the last assembly.
    year_pence, year_refund : int
        What worker members got since then, and what patrons got [pence].
    kept_on : int
        Staff that it would have dismissed this month and did not.
    sold : bool
        Whether its members have sold it.
    premises : list of Premises
        What it has of its council's own.
    """

    row: int
    uid: int
    seat: Seat
    council: int
    fund: int
    charter: Charter
    founded: int
    whole_pence: int
    partner: int = NOBODY
    partner_uid: int = 0
    capital: Capital = field(default_factory=Capital)
    members: Membership = field(default_factory=Membership)
    council_loan: int = 0
    instalment: int = 0
    at_risk: AtRisk = field(default_factory=AtRisk)
    locked: int = 0
    earned: int = 0
    bought_out: bool = False
    converted: bool = False
    supported: bool = False
    trained: bool = False
    decided: Decided = field(default_factory=Decided)
    year_pence: int = 0
    year_refund: int = 0
    kept_on: int = 0
    sold: bool = False
    premises: list[Premises] = field(default_factory=list)


@dataclass(slots=True)
class Enterprises:
    """All seats of a run, and the enterprises in them.

    `waiting` have been founded this month and are not paid in yet; `closed` had their time.
    `charges` are what councils paid since their budgets were last charged, less what came back:
    buyer's index, category, pence. `returned` is what converted firms paid back, by council's row,
    since it was last asked for.
    """

    seats: dict[Seat, int] = field(default_factory=dict)
    like: Int32 = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    living: list[Enterprise] = field(default_factory=list)
    waiting: list[Enterprise] = field(default_factory=list)
    closed: list[Enterprise] = field(default_factory=list)
    charges: list[tuple[int, int, int]] = field(default_factory=list)
    returned: dict[int, int] = field(default_factory=dict)

    @property
    def rows(self) -> NDArray[np.int64]:
        """Trading rows of all seats, and of converted firms."""
        converted = [one.row for one in self.living if one.converted]
        return np.array(sorted([*self.seats.values(), *converted]), dtype=np.int64)

    def at(self, buyer: int, category: int) -> Enterprise | None:
        """Return the enterprise that a buyer has founded in a category, if one is in business."""
        for one in self.living:
            if one.seat.buyer == buyer and one.seat.category == category:
                return one
        return None

    def in_business_at(self, row: int) -> Enterprise | None:
        """Return the enterprise in a trading row, if there is one."""
        return next((one for one in self.living if one.row == row), None)

    def give_back(self, one: Enterprise, pence: int) -> None:
        """Note what came back to the council: for its budget, or for the next conversion."""
        if one.converted:
            self.returned[one.council] = self.returned.get(one.council, 0) + pence
        elif pence:
            self.charges.append((one.seat.buyer, one.seat.category, -pence))

    def accounts(self, n_rows: int, first_home: int, home: Int32) -> tuple[Int64, Int64]:
        """Return members' accounts as debts of enterprises and claims of homes.

        Parameters
        ----------
        n_rows, first_home : int
            Number of parties, and the first that is a home.
        home : int32[n_workers]
            Household of each worker.

        Returns
        -------
        owed, held : int64[n_rows]
            By party [pence]; their sums are the same.
        """
        owed, held = np.zeros((2, n_rows), dtype=np.int64)
        for one in self.living:
            of = one.members
            owed[one.row] += of.owed
            np.add.at(held, first_home + home[of.worker], of.stake + of.credit)
            for row, pence in of.leaving.items():
                held[row] += pence
        return owed, held

    def council_loans(self, n_rows: int) -> Int64:
        """Return councils' claims less enterprises' debts from founding loans, int64[n_rows]."""
        claims = np.zeros(n_rows, dtype=np.int64)
        for one in self.living:
            claims[one.council] += one.council_loan
            claims[one.row] -= one.council_loan
        return claims
