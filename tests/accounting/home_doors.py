"""Two ways for homes to live the same month: through doors of their own, and the slow twin.

The slow twin knows a plain ledger and makes one kind of payment after another through its general
doors. What a home decides is written out for one home at a time, in whole numbers.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.home_ledger import HomeLedger
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import Network
from simulation.kernels.homes import Claims, Purse, Taper
from simulation.kernels.labour import Law, Staff
from tests.reference import homes as slow
from tests.reference.labour import net_pay, wage_slips

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Slips = list[tuple[int, int, int, int]]


class Street(NamedTuple):
    """Who the homes are, what they are due and owe a month [pence], and how they live."""

    first: int
    other: Int64
    pension: Int64
    occupational: Int64
    council_tax: Int64
    housing: Int64
    in_row: Int32
    propensity: Float64
    buffer: Float64
    share: float
    taper: Taper
    law: Law
    government: int
    fund: int
    bank: int
    networks: dict[Kind, Network]

    @property
    def n(self) -> int:
        """Number of homes."""
        return self.other.size


def slips_of(street: Street, staff: Staff, ratio: Int64) -> Slips:
    """Write down every payslip: employer row, home row, net pay and tax [pence]."""
    columns = (staff.employer.tolist(), staff.wage.tolist(), staff.status.tolist())
    law = street.law.floors.tolist(), street.law.rates.tolist()
    gross, tax = net_pay(*columns, ratio.tolist(), *law)
    home = [street.first + number for number in staff.household.tolist()]
    return wage_slips(columns[0], home, gross, tax)


@dataclass(slots=True)
class OwnDoors:
    """Homes that pay and are paid in few passes."""

    ledger: HomeLedger
    street: Street
    earned: Int64 = field(init=False)
    old_money: Int64 = field(init=False)
    income: Int64 = field(init=False)
    year: Int64 = field(init=False)
    net_by_row: Int64 = field(init=False)
    seekers: Int64 = field(init=False)

    def __post_init__(self) -> None:
        self.earned, self.income, self.year = np.zeros((3, self.street.n), dtype=np.int64)
        self.old_money = self.ledger.deposits[self.ledger.homes].copy()
        self.net_by_row = np.zeros_like(self.ledger.deposits)

    def claim(self, seekers: Int64) -> None:
        """Keep in mind who looks for work; all is paid with the council tax."""
        self.seekers = seekers

    def be_taxed(self) -> None:
        """Receive benefits and pensions, pay council tax."""
        street = self.street
        claims = Claims(
            street.other, self.earned, street.pension, street.occupational, street.council_tax,
            street.in_row, self.seekers,
        )  # fmt: skip
        payers = street.government, street.fund
        tax = street.networks[Kind.COUNCIL_TAX]
        self.ledger.receive_and_be_taxed(claims, street.taper, tax, self.old_money, payers)

    def be_paid(self, staff: Staff, ratio: Int64) -> None:
        """Receive net pay."""
        street = self.street
        self.earned[:] = 0
        self.ledger.wages(staff, street.law, ratio, street.government, self.earned, self.net_by_row)

    def note_receipts(self) -> None:
        """Nothing needs noting: what is above the old money is new."""

    def decide(self) -> None:
        """Count what has come in since the last decision."""
        self.income = self.ledger.deposits[self.ledger.homes] - self.old_money

    def pay_for_home(self, kind: Kind) -> None:
        """Pay rent or a mortgage, as far as the account reaches."""
        held = self.ledger.deposits[self.ledger.homes]
        due = np.minimum(self.street.housing, held)
        self.ledger.pay_for_homes(self.street.networks[kind], due)

    def draw(self) -> None:
        """It will be done with the shopping."""

    def shop(self) -> None:
        """Take in rent, draw from savings, shop, save."""
        street = self.street
        savings = self.ledger.savings[self.ledger.homes]
        purse = Purse(
            street.housing, street.council_tax, self.income, street.propensity, street.buffer,
            savings, self.old_money, self.year,
        )  # fmt: skip
        shops = street.networks[Kind.CONSUMPTION]
        self.ledger.spend_and_save(purse, street.share, shops, street.bank)

    def put_aside(self) -> None:
        """It has been done with the shopping."""

    def memory(self) -> tuple[list[int], ...]:
        """What homes and employers remember."""
        columns = (self.earned, self.income, self.year, self.net_by_row)
        return tuple(column.tolist() for column in columns)


@dataclass(slots=True)
class GeneralDoors:
    """The slow twin: the same homes, one kind of payment after the other."""

    ledger: Ledger
    street: Street
    earned: list[int] = field(init=False)
    received: list[int] = field(init=False)
    income: list[int] = field(init=False)
    year: list[int] = field(init=False)
    net_by_row: list[int] = field(init=False)
    due: list[int] = field(init=False)

    def __post_init__(self) -> None:
        nothing = [0] * self.street.n
        self.earned, self.received, self.income = nothing.copy(), nothing.copy(), nothing.copy()
        self.year, self.due = nothing.copy(), nothing.copy()
        self.net_by_row = [0] * self.ledger.deposits.size

    def claim(self, seekers: Int64) -> None:
        """Receive benefits, then pensions by the state, then others, in a phase of their own."""
        street, first = self.street, self.street.first
        columns = (street.other, np.array(self.earned), street.in_row, seekers)
        benefit = [
            slow.benefit(other, earned, in_row, looking, tuple(street.taper))
            for other, earned, in_row, looking in _by_home(*columns)
        ]
        self.ledger.from_one(Kind.BENEFIT, street.government, first, _pence(benefit))
        self.ledger.from_one(Kind.STATE_PENSION, street.government, first, street.pension)
        self.ledger.from_one(Kind.OCCUPATIONAL_PENSION, street.fund, first, street.occupational)
        self.note_receipts()
        self.ledger.settle(Kind.BENEFIT)

    def be_taxed(self) -> None:
        """Pay council tax, as far as the account reaches."""
        held, owed = self._held(), self.street.council_tax.tolist()
        paid = [min(tax, has) for tax, has in zip(owed, held, strict=True)]
        self.ledger.along(self.street.networks[Kind.COUNCIL_TAX], _pence(paid))

    def be_paid(self, staff: Staff, ratio: Int64) -> None:
        """Receive net pay by one list; the tax goes by another."""
        slips = slips_of(self.street, staff, ratio)
        self.earned = [0] * self.street.n
        for employer, home, net, _ in slips:
            self.earned[home - self.street.first] += net
            self.net_by_row[employer] += net
        employers = _rows([employer for employer, _, _, _ in slips])
        homes = _rows([home for _, home, _, _ in slips])
        state = np.full_like(employers, self.street.government)
        self.ledger.listed(Kind.WAGES, employers, homes, _pence([net for _, _, net, _ in slips]))
        self.ledger.listed(Kind.PAYE, employers, state, _pence([tax for _, _, _, tax in slips]))

    def note_receipts(self) -> None:
        """Add up what waits for each home as a phase closes."""
        first = self.street.first
        waits = self.ledger.inbox[first : first + self.street.n].tolist()
        self.received = [had + more for had, more in zip(self.received, waits, strict=True)]

    def decide(self) -> None:
        """Take all receipts since the last decision for income; later ones are the next one's."""
        self.income, self.received = self.received, [0] * self.street.n

    def pay_for_home(self, kind: Kind) -> None:
        """Pay rent or a mortgage, as far as the account reaches."""
        held, owed = self._held(), self.street.housing.tolist()
        paid = [min(rent, has) for rent, has in zip(owed, held, strict=True)]
        self.ledger.along(self.street.networks[kind], _pence(paid))

    def draw(self) -> None:
        """Decide what to spend, and draw what the account lacks from savings."""
        street, first = self.street, self.street.first
        saved = self.ledger.savings[first : first + street.n].tolist()
        habits = _by_home(street.housing, street.council_tax, street.propensity, street.buffer)
        money = zip(self.income, self._held(), saved, habits, strict=True)
        drawn, self.due = [], []
        for income, held, savings, (housing, council_tax, propensity, buffer) in money:
            free = slow.free_income(income, housing, council_tax)
            wanted = slow.wanted(free, propensity, buffer, street.share, held, savings)
            drawn.append(slow.drawn(wanted, held, savings))
            self.due.append(min(wanted, held + drawn[-1]))
        self.ledger.save(street.bank, first, -_pence(drawn))

    def shop(self) -> None:
        """Spend along links."""
        self.ledger.along(self.street.networks[Kind.CONSUMPTION], _pence(self.due))

    def put_aside(self) -> None:
        """Move money above the buffer to savings; a month more is part of the year."""
        rows = zip(self.income, self.street.buffer.tolist(), self._held(), strict=True)
        above = [slow.above_buffer(income, buffer, held) for income, buffer, held in rows]
        self.ledger.save(self.street.bank, self.street.first, _pence(above))
        begins = not any(self.year)
        self.year = [
            slow.year_of(income, year, begins)
            for income, year in zip(self.income, self.year, strict=True)
        ]

    def memory(self) -> tuple[list[int], ...]:
        """What homes and employers remember."""
        return self.earned, self.income, self.year, self.net_by_row

    def _held(self) -> list[int]:
        first = self.street.first
        return self.ledger.deposits[first : first + self.street.n].tolist()


def _by_home(*columns: NDArray[Any]) -> list[tuple[Any, ...]]:
    """What stands in each column for each home."""
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _pence(amounts: list[int]) -> Int64:
    """Amounts as the ledger takes them."""
    return np.array(amounts, dtype=np.int64)


def _rows(numbers: list[int]) -> Int32:
    """Rows as the ledger takes them."""
    return np.array(numbers, dtype=np.int32)
