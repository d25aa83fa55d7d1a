"""What the twin is told: how the place stands when it opens, and what was decided since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.reference.village.accounts import Share

Links = Mapping[int, Sequence[Share]]
"""Whom each row pays, with rising shares."""

OWN_STAFF, LENDER, BUILDER = "own staff", "lender", "builder"
"""Who is meant where what is asked names no row."""


class Firm(NamedTuple):
    """A trading row: what it is, and what it has decided.

    Sums are pence a month; `owner`, `head` and `landlord` are rows, None where there is none.
    """

    uid: int
    open: bool
    owner_kind: str
    area: int
    sector: int
    jobs: int
    expects: int
    inputs: float
    vat: float
    exports: int
    rates: int
    rent: int
    landlord: int | None
    owner: int | None
    head: int | None
    began_with: int


class Worker(NamedTuple):
    """Somebody of working age who is counted alone: where he works, for what pay [pence]."""

    home: int
    employer: int | None
    pay: int
    seeks: bool


class Commuters(NamedTuple):
    """People known as a number alone, and what all of them are paid [pence a month]."""

    jobs: int
    pay: int


class Home(NamedTuple):
    """A household, or an account of many; sums are pence a month."""

    households: int
    area: int
    benefit: int
    pension: int
    occupational: int
    council_tax: int
    housing: int
    mortgaged: bool
    landlord: int | None
    propensity: float
    buffer: float


class Buyer(NamedTuple):
    """A council or another public buyer."""

    row: int
    kind: str
    serves: tuple[int, ...]


class Invoice(NamedTuple):
    """Work done in a month: who owes whom how much, and after how many days [pence]."""

    buyer: int
    supplier: int
    pence: int
    days: float


class Dismissed(NamedTuple):
    """Staff of a buyer who are paid off, with so many months of gross pay.

    `homes` are residents' homes, each with the pay a month; `away` is the pay of all the commuters,
    which goes where `shares` say [pence].
    """

    row: int
    months: float
    homes: list[tuple[int, int]]
    away: int
    shares: Sequence[Share]


class OwnStaff(NamedTuple):
    """Staff of a service of a buyer's own, and the pension that it adds [pence a month, share]."""

    row: int
    gross: int
    pension: float


class Asked(NamedTuple):
    """A payment that a way of buying asks for; the payee may be a word for somebody."""

    kind: str
    payer: int
    payee: int | str
    pence: int


class Stack(NamedTuple):
    """Where an enterprise's capital comes from: months of sales, and parts of that."""

    months: float
    equipment: float
    fund: float
    partner: float
    equity: float
    grant: float
    most_grant: int
    loan: float
    loan_rate: float
    loan_months: float


class Split(NamedTuple):
    """Parts of a surplus; `of_staff` of what members get goes to those who work there."""

    individual: float
    social: float
    fund: float
    council: float
    partner: float
    workers: float
    concern: float
    of_staff: float


class MemberTold(NamedTuple):
    """Who is a member: worker, home, what is kept back of pay, what is still to be paid in."""

    worker: int
    home: int
    kept_back: int
    due: int


class Founded(NamedTuple):
    """An enterprise in business: who it is, what its charter says, who its members are."""

    uid: int
    row: int
    council: int
    fund: int | None
    partner: int | None
    partner_stands: bool
    month: int
    full_sales: int
    stack: Stack
    split: Split
    buy_out_months: float
    asset_lock: bool
    owned: float
    members: list[MemberTold]


@dataclass
class Place:
    """What stands still: homes, buyers, links, numbers of the register, who is who."""

    firms: int
    employers: int
    first_home: int
    homes: list[Home]
    buyers: list[Buyer]
    area: list[int]
    register: Mapping[str, float]
    year: str
    government: int
    world: int
    outside: int
    bank: int
    fund: int
    builders: int
    """Sector of builders."""
    advisers: list[int]
    """By area, who sells advice and staff time there."""
    private: list[int]
    """Rows of firms, homes and clubs."""
    within: Mapping[str, frozenset[int]]
    """Areas of the focus's district, county, region and country."""
    supply: Links
    shopping: Links
    dyed: frozenset[int] = frozenset()
    """Buyers whose outlays are dyed."""


@dataclass
class Decisions:
    """What has been decided by the time that an act opens, and in it."""

    month: int
    uid: list[int]
    firms: list[Firm]
    grants: Mapping[int, int]
    """What each public buyer is granted this month."""
    workers: list[Worker]
    commuters: Mapping[int, Commuters]
    commuting: Links
    """Where the pay of each employer's commuters goes."""
    heirs: Mapping[int, int | None]
    """Who serves the customers of rows that have closed."""
    founded: list[Founded] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    remedies: list[tuple[int, int, int]] = field(default_factory=list)
    """Payer, payee and pence that are claimed back."""
    asked: list[Asked] = field(default_factory=list)
    given_back: list[tuple[int, int]] = field(default_factory=list)
    """Buyer and pence that it means to give back by council tax."""
    dismissed: list[Dismissed] = field(default_factory=list)
    own_staff: list[OwnStaff] = field(default_factory=list)
    """By service of a buyer's own, once people have moved in this act."""
    moved: "Decisions | None" = None
    """How the place stands once people have moved, or firms have closed and opened, in this act."""
    closes: list[int] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    dyes: bool = False
    """Whether this month's outlays are dyed."""
