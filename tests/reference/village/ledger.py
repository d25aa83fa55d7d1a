"""What the twin remembers from act to act besides money: sales, bills, losses, incomes."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from tests.reference.village.accounts import WHOLE, Accounts, Share
from tests.reference.village.enterprise import Enterprise
from tests.reference.village.law import Law
from tests.reference.village.told import Decisions, Firm, Invoice, Place


def cut(pence: int | Fraction, share: float) -> int:
    """Return a share of a sum in exact fractions, cut to whole pence.

    A share is the decimal that is written for it: 0.03 is three hundredths, not the binary number
    just below, of which 4,180 pounds would make a penny less.
    """
    return int(pence * as_written(share))


@cache
def as_written(share: float) -> Fraction:
    """Return the shortest decimal that stands for a number."""
    return Fraction(repr(float(share)))


@dataclass
class Bills:
    """What a trading row has to pay in a month, and what it paid of it [pence]."""

    inputs: int = 0
    rent: int = 0
    vat: int = 0
    interest: int = 0


@dataclass
class Payroll:
    """What an employer owes for a month [pence], and the part that it can pay [1/65536]."""

    whole: int = 0
    insurance: int = 0
    pension: int = 0
    share: int = WHOLE


@dataclass
class Village:
    """The place as the twin keeps it. Whatever is paid is worked out here alone.

    By trading row: `sold` and `sold_before`, this month and the last; `mission`, what is spent
    beyond expected sales; `loss` carried forward; `duties`, what lowers the month's profit;
    `profit`, after tax.
    By home: `earned` last month, `counted` money that was income before, `year` receipts of a year.
    """

    place: Place
    accounts: Accounts
    told: Decisions
    sold: list[int]
    sold_before: list[int]
    mission: list[int]
    loss: list[int]
    earned: list[int]
    counted: list[int]
    year: list[int]
    due: dict[int, list[Invoice]]
    payable: list[int]
    receivable: list[int]
    duties: list[int] = field(default_factory=list)
    bills: list[Bills] = field(default_factory=list)
    payrolls: dict[int, Payroll] = field(default_factory=dict)
    reserves: dict[int, int] = field(default_factory=dict)
    profit: list[int] = field(default_factory=list)
    bought: Counter[tuple[int, int]] = field(default_factory=Counter)
    """What public buyers paid each supplier, by its identity and area [pence]."""
    closes: list[dict[int, tuple[int, int]]] = field(default_factory=list)
    """At each close since dye was put in: dye of firms and homes by area, held and in savings."""
    enterprises: dict[int, Enterprise] = field(default_factory=dict)

    @property
    def law(self) -> Law:
        """The taxes of the year."""
        return Law.of(self.place.year)

    def number(self, name: str) -> float:
        """Look a number of the register up."""
        return self.place.register[name]

    def has(self, row: int) -> int:
        """Say what is on an account now."""
        return self.accounts.deposits[row]

    def firm(self, row: int) -> Firm:
        """Say what a trading row is and has decided."""
        return self.told.firms[row]

    def rows(self) -> range:
        """All trading rows."""
        return range(self.place.firms)

    def home_row(self, home: int) -> int:
        """Say where a home's account is."""
        return self.place.first_home + home

    def end_sales(self) -> None:
        """End an act in which trading rows were paid for what they sold."""
        came = self.accounts.end_act()
        for row in self.rows():
            self.sold[row] += came[row]

    def serving(self, area: int, kinds: tuple[str, ...]) -> int | None:
        """Say which public buyer of these kinds serves an area."""
        rows = [one.row for one in self.place.buyers if one.kind in kinds and area in one.serves]
        return rows[-1] if rows else None

    def shared_by(self, area: int, parts: list[tuple[tuple[str, ...], float]]) -> list[Share]:
        """Share a tax among public buyers that serve an area; the rest is the state's.

        Where an area has no buyer of some kinds, the state has their part too.
        """
        shares, upto = [], 0
        for kinds, part in parts:
            row = self.serving(area, kinds)
            weight = round(part * WHOLE)
            if row is not None and weight > 0:
                upto += weight
                shares.append((row, upto))
        if upto < WHOLE:
            shares.append((self.place.government, WHOLE))
        return shares

    def working_balance(self, row: int) -> int:
        """Say what a trading row keeps on its account."""
        return cut(self.firm(row).expects, self.number("firms.working_balance_months"))

    def spare(self, row: int) -> int:
        """Say what it has above that; nothing where it has closed or owes the bank."""
        if not self.firm(row).open or self.accounts.loans[row] > 0:
            return 0
        return max(self.has(row) - self.working_balance(row), 0)

    def mission_row(self, area: int) -> int | None:
        """Name the first body of an area that may not distribute, where there is one."""
        firms = self.told.firms
        found = [
            (firms[row].uid, row)
            for row in self.rows()
            if firms[row].owner_kind == "VCSE" and firms[row].open and firms[row].area == area
        ]
        return min(found)[1] if found else None

    def people_of(self, row: int) -> list[int]:
        """Name the homes of those who work for a row and are counted alone, one for each."""
        return [one.home for one in self.told.workers if one.employer == row]


def staff_by_row(told: Decisions) -> dict[int, list[int]]:
    """List the pay of those who work for each employer and are counted alone."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in told.workers:
        if one.employer is not None:
            found[one.employer].append(one.pay)
    return found
