"""A town that pays at random through every door of the ledger, its luck drawn by identity.

Rows may be laid in any order and the payments of a phase made in any order: each agent draws by
its own uid, so nothing but the numbering changes. Homes live the same months through doors of
their own or through the general ones.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation import streams
from simulation.accounting.home_ledger import HomeLedger
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import Network, build_network
from simulation.kernels.accounts import shares_of
from simulation.kernels.homes import Taper
from simulation.kernels.labour import Law, Staff
from tests.accounting.home_doors import GeneralDoors, OwnDoors, Street, slips_of

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

FIRMS, BUYERS, HOMES = 14, 2, 20
GOVERNMENT, WORLD, OUTSIDE, BANK, FUND = range(FIRMS, FIRMS + 5)
BUYER = FIRMS + 5
HOME = BUYER + BUYERS
ROWS = HOME + HOMES
RETIRED = HOME + 13
"""Workers live in the homes before it, which are of one class; those from it on are of two."""
UNLIMITED = (GOVERNMENT, WORLD, OUTSIDE, FUND)
NAMES = np.arange(ROWS, dtype=np.int64) + 1_000
HOME_CLASS = 11
WORKERS = np.arange(30, dtype=np.int64) + 5_000
CLOSING_SHOP, NEXT_DOOR, CLOSED_FOR_GOOD = NAMES[0], NAMES[1], NAMES[2]
LANDLORDS = NAMES[[HOME + 2, HOME + 6, RETIRED + 1]]
TAPER = Taper(disregard=20_000, rate=40_000, jobseeker=7_100)
LAW = Law(*np.array([[0, 9_000, 60_000], [0, 13_107, 29_491], [0, 0, 10_199]], dtype=np.int64))
WHOLE, FORTUNE = 65_536, 10**8


def class_of(name: Int64) -> Int32:
    """Firms are of four classes, homes of three, everybody else their own."""
    row = name - 1_000
    homes = np.where(row < RETIRED, HOME_CLASS, HOME_CLASS + 1 + row % 2)
    fixed = np.where(row < HOME, 4 + row - FIRMS, homes)
    return np.where(row < FIRMS, row // 4, fixed).astype(np.int32)


def cell_of(name: Int64) -> Int32:
    """Homes stand in two areas; elsewhere a cell is a class."""
    far = np.where(name - 1_000 >= HOME + 9, HOME_CLASS + 1, class_of(name))
    return np.minimum(far, HOME_CLASS + 1).astype(np.int32)


@dataclass(slots=True)
class RandomTown:
    """Fourteen firms, two buyers, twenty homes and the rest of the world.

    Attributes
    ----------
    seed : int
        Of every draw.
    tags : int
        Dye tags; 0 for no dye.
    name : int64[n_rows]
        Identity of each row; firms and homes may be shuffled among themselves.
    backwards : bool
        Whether the payments of a phase are made in the opposite order.
    full : bool
        Whether some pay all they have, and some homes keep nothing at hand.
    own_doors : bool
        Whether homes pay through doors of their own (`HomeLedger`) or through the general ones.
        With doors of their own the homes of workers must come first.
    first_exit : bool
        Whether dye stops at some firms and at the homes of one area too.
    desks : int
        Desks at which homes are served through doors of their own, a thread each.
    """

    seed: int
    tags: int = 0
    name: Int64 = field(default_factory=lambda: NAMES.copy())
    backwards: bool = False
    full: bool = False
    own_doors: bool = False
    first_exit: bool = False
    desks: int = 1
    ledger: Ledger = field(init=False)
    networks: dict[Kind, Network] = field(init=False)
    homes: OwnDoors | GeneralDoors = field(init=False)

    def __post_init__(self) -> None:
        klass, cell = class_of(self.name), cell_of(self.name)
        deposits = self.amount("deposits", self.name, 3_000_000)
        deposits[HOME:] //= 9
        savings = self.amount("savings", self.name, 900_000)
        deposits[list(UNLIMITED)] = 0
        accounts = (deposits, savings, klass, cell, UNLIMITED, UNLIMITED)
        self.networks = self._webs()
        if self.own_doors:
            ledger = HomeLedger(*accounts, slice(HOME, ROWS))
            ledger.share_out(self.desks)
            self.ledger, self.homes = ledger, OwnDoors(ledger, self._street())
        else:
            self.ledger = Ledger(*accounts)
            self.homes = GeneralDoors(self.ledger, self._street())
        if self.tags:
            ends = self.rows_of(np.concatenate([NAMES[3:6], NAMES[HOME + 9 : HOME + 16]]))
            self.ledger.start_dye(self.tags, ends if self.first_exit else None)

    def _webs(self) -> dict[Kind, Network]:
        firms, homes, world = NAMES[:FIRMS], NAMES[HOME:], NAMES[WORLD : WORLD + 1]
        everybody = np.concatenate([firms, world, homes[:2]])
        lets = np.concatenate([firms[:4], world, LANDLORDS, LANDLORDS])
        tenants = self.luck("tenant", self.name[HOME:]) < 0.7
        return {
            Kind.INTERMEDIATE: self._web(Kind.INTERMEDIATE, 0, FIRMS, everybody),
            Kind.WAGES: self._web(Kind.WAGES, 0, FIRMS, homes),
            Kind.VAT: self._web(Kind.VAT, 0, FIRMS, NAMES[GOVERNMENT : GOVERNMENT + 1]),
            Kind.GROUP_TRANSFER: self._web(Kind.GROUP_TRANSFER, 0, FIRMS, firms),
            Kind.PATRONAGE: self._web(Kind.PATRONAGE, 0, FIRMS, homes),
            Kind.BUSINESS_RATES: self._web(Kind.BUSINESS_RATES, 0, FIRMS, NAMES[BUYER:HOME]),
            Kind.CONSUMPTION: self._web(Kind.CONSUMPTION, HOME, HOMES, everybody[: FIRMS + 1]),
            Kind.COUNCIL_TAX: self._web(Kind.COUNCIL_TAX, HOME, HOMES, NAMES[BUYER:HOME]),
            Kind.RENT: self._web(Kind.RENT, HOME, HOMES, lets, tenants),
            Kind.MORTGAGE_INTEREST: self._web(
                Kind.MORTGAGE_INTEREST, HOME, HOMES, NAMES[[BANK, WORLD]], ~tenants
            ),
        }

    def _street(self) -> Street:
        """What homes are due and owe; where `full`, some owe or want more than they have."""
        homes = self.name[HOME:]
        lots = {
            purpose: self.luck(f"full {purpose}", homes) > (0.7 if self.full else 1.0)
            for purpose in ("council tax", "housing", "shops", "buffer")
        }
        council_tax = self.amount("council tax", homes, 30_000)
        housing = self.amount("housing", homes, 90_000)
        return Street(
            HOME,
            self.amount("benefit", homes, 60_000),
            self.amount("pension", homes, 70_000) * (self.luck("old", homes) < 0.3),
            self.amount("occupational", homes, 40_000) * (self.luck("member", homes) < 0.3),
            np.where(lots["council tax"], FORTUNE, council_tax),
            np.where(lots["housing"], FORTUNE, housing),
            1 + (self.luck("many", homes) < 0.2).astype(np.int32),
            np.where(lots["shops"], 40.0, self.luck("propensity", homes) * 1.4),
            np.where(lots["buffer"], 0.0, self.luck("buffer", homes) * 2.0),
            0.05,
            TAPER,
            LAW,
            GOVERNMENT,
            FUND,
            BANK,
            self.networks,
        )

    def luck(self, purpose: str, names: Int64, month: int = 0) -> NDArray[np.float64]:
        """Draw one number in (0, 1) for each identity."""
        return streams.uniform(self.seed, purpose, names, month)

    def amount(self, purpose: str, names: Int64, most: int, month: int = 0) -> Int64:
        """Draw an amount for each identity [pence]."""
        return (self.luck(purpose, names, month) * most).astype(np.int64)

    def rows_of(self, names: Int64) -> Int32:
        """Return where each identity stands."""
        where = np.empty(ROWS, dtype=np.int32)
        where[self.name - 1_000] = np.arange(ROWS, dtype=np.int32)
        return where[names - 1_000]

    def _web(
        self, kind: Kind, first: int, n: int, payees: Int64, some: NDArray[np.bool_] | None = None
    ) -> Network:
        edges, ends, start = [], [], [0]
        for k, name in enumerate(self.name[first : first + n].tolist()):
            lots = self.luck(f"{kind.name} link", NAMES[:4] * 7_919 + name)
            steps = np.unique(self.luck(f"{kind.name} share", NAMES[:3] + name * 4) * 65_000)
            cum = np.unique([*(steps.astype(np.int64) + 1), 65_536])
            if some is None or some[k]:
                ends += cum.tolist()
                edges += payees[(lots[: cum.size] * payees.size).astype(np.int64)].tolist()
            start.append(len(ends))
        return build_network(
            kind,
            first,
            np.array(start, dtype=np.int32),
            self.rows_of(np.array(edges, dtype=np.int64)),
            np.array(ends, dtype=np.int32),
            class_of(self.name),
        )

    def _part(self, purpose: str, rows: Int32 | Sequence[int], month: int, most: float) -> Int64:
        """A random part of what the rows hold now; all of it at times where `most` is 1."""
        rows = np.asarray(rows, dtype=np.int32)
        lot = self.luck(purpose, self.name[rows], month)
        scaled = np.where(lot > 0.8, 1.0, lot) if self.full else lot
        share = (scaled * most * WHOLE).astype(np.int64)
        return shares_of(np.maximum(self.ledger.deposits[rows], 0), share)

    def _phase(self, kind: Kind, acts: list[Callable[[], None]]) -> None:
        for act in reversed(acts) if self.backwards else acts:
            act()
        self.homes.note_receipts()
        self.ledger.settle(kind)

    def live(self, month: int, dyed: bool = False) -> None:
        """Live one month through every door; what buyers pay is dyed where asked."""
        self.ledger.month = month
        if month == 2:
            self._close_down()
        if month == 3:
            self.ledger.redirect[BUYER + 1] = -1
        self._public_income(month)
        self._purchases(month, dyed)
        self._trade(month)
        self._wages(month, dyed)
        self._loans(month)
        self._homes(month)
        self.ledger.close_month()

    def _close_down(self) -> None:
        """A shop that lets homes too is taken over; another ends for good."""
        names = np.array([CLOSING_SHOP, NEXT_DOOR, CLOSED_FOR_GOOD])
        shop, other, gone = self.rows_of(names)
        self.ledger.redirect[shop] = other
        self.ledger.redirect[gone] = -1

    def _public_income(self, month: int) -> None:
        ledger, firms = self.ledger, np.arange(FIRMS)
        orders = self.amount("orders", self.name[:FIRMS], 200_000, month)
        buyers = np.arange(BUYER, HOME, dtype=np.int32)
        grant = np.full(BUYERS, 3_000_000 + month, dtype=np.int64)
        payer = np.full(BUYERS, GOVERNMENT, dtype=np.int32)
        self._phase(
            Kind.GRANT,
            [
                lambda: ledger.from_one(Kind.EXPORT, OUTSIDE, 0, orders),
                lambda: ledger.listed(Kind.GRANT, payer, buyers, grant),
            ],
        )
        looking = self._staff(month)
        seekers = np.bincount(looking.household[looking.status == 1], minlength=HOMES)
        self.homes.claim(seekers.astype(np.int64))
        rates = self._part("rates", firms, month, 0.3)
        self._phase(
            Kind.COUNCIL_TAX,
            [
                self.homes.be_taxed,
                lambda: ledger.along(self.networks[Kind.BUSINESS_RATES], rates),
            ],
        )

    def _purchases(self, month: int, dyed: bool) -> None:
        ledger = self.ledger
        suppliers = self.rows_of(NAMES[[*range(FIRMS), HOME, HOME + 11]])
        payer = np.repeat(np.arange(BUYER, HOME, dtype=np.int32), suppliers.size)
        payee = np.tile(suppliers, BUYERS)
        lot = self.luck("order", self.name[payer] * 50 + self.name[payee], month)
        share = (lot * WHOLE / suppliers.size).astype(np.int64)
        pence = shares_of(ledger.deposits[payer], share)
        acts = [lambda: ledger.listed(Kind.PURCHASE, payer, payee, pence)]
        if dyed:
            acts.append(lambda: ledger.inject(Kind.PURCHASE, payer, payee, pence))
        self._phase(Kind.PURCHASE, acts)

    def _trade(self, month: int) -> None:
        ledger, firms = self.ledger, np.arange(FIRMS)
        inputs = self._part("inputs", firms, month, 0.5)
        vat = self._part("vat", firms, month, 0.2)
        interest = self._part("interest", firms, month, 0.1)
        refund = self._part("refund", firms, month, 0.2)
        bank, rows = np.full(FIRMS, BANK, dtype=np.int32), firms.astype(np.int32)
        customers = self.rows_of(self.name[:FIRMS] + HOME)
        loan = self.amount("loan", self.name[:FIRMS], 90_000, month)
        loan[loan < 60_000] = 0
        self._phase(
            Kind.INTERMEDIATE,
            [
                lambda: ledger.along(self.networks[Kind.INTERMEDIATE], inputs),
                lambda: ledger.along(self.networks[Kind.VAT], vat),
                lambda: ledger.listed(Kind.INTEREST, rows, bank, interest),
                lambda: ledger.listed(Kind.REFUND, rows, customers, refund),
                lambda: ledger.lend(BANK, rows, loan),
            ],
        )

    def _staff(self, month: int) -> Staff:
        """Who works for whom: for firms and buyers, unless out of work in this month.

        At an odd number of desks people stand in the order of their homes, and desks share them.
        """
        lots, state = self.luck("employer", WORKERS), self.luck("status", WORKERS, month)
        status = np.where(state < 0.7, 2, np.where(state < 0.9, 1, 0)).astype(np.int8)
        employers = np.concatenate([NAMES[:FIRMS], NAMES[BUYER:HOME]])
        at = self.rows_of(employers[(lots * employers.size).astype(np.int64)])
        home = NAMES[HOME + (self.luck("home", WORKERS) * (RETIRED - HOME)).astype(np.int64)]
        wage = self.amount("wage", WORKERS, 200_000)
        employer = np.where(status == 2, at, -1).astype(np.int32)
        lives = self.rows_of(home) - HOME
        order = np.argsort(lives, kind="stable") if self.desks % 2 else np.arange(lives.size)
        return Staff(employer[order], lives[order], wage[order], status[order])

    def _wages(self, month: int, dyed: bool) -> None:
        ledger, firms, staff = self.ledger, np.arange(FIRMS), self._staff(month)
        due = np.zeros(HOME, dtype=np.int64)
        np.add.at(due, staff.employer[staff.status == 2], staff.wage[staff.status == 2])
        can = self._part("payroll", np.arange(HOME), month, 0.4)
        ratio = np.minimum(can * WHOLE // np.maximum(due, 1), WHOLE)
        others = self._part("account", firms, month, 0.2)
        pooled = self._part("pool", firms, month, 0.2)
        shared = self._part("patronage", firms, month, 0.1)
        pension = self._part("pension", firms, month, 0.1)
        acts = [
            lambda: self.homes.be_paid(staff, ratio),
            lambda: ledger.along(self.networks[Kind.WAGES], others),
            lambda: ledger.along(self.networks[Kind.GROUP_TRANSFER], pooled),
            lambda: ledger.along(self.networks[Kind.PATRONAGE], shared),
            lambda: ledger.to_one(Kind.PENSION_CONTRIBUTION, 0, pension, FUND),
        ]
        if dyed:
            slips = [slip for slip in slips_of(self.homes.street, staff, ratio) if slip[0] >= BUYER]
            payer, payee, net, _ = np.array(slips, dtype=np.int64).reshape(-1, 4).T
            paid = payer.astype(np.int32), payee.astype(np.int32), net.copy()
            acts.append(lambda: ledger.inject(Kind.WAGES, *paid))
        self._phase(Kind.WAGES, acts)

    def _loans(self, month: int) -> None:
        ledger, rows = self.ledger, np.arange(FIRMS, dtype=np.int32)
        repaid = self._part("repay", rows, month, 0.3)
        self._phase(Kind.LOAN_REPAID, [lambda: ledger.repay(BANK, rows, repaid)])
        ledger.write_off(BANK, rows, repaid // 9)
        ledger.save(BANK, 0, self._part("reserve", rows, month, 1.0) // 3)

    def _homes(self, month: int) -> None:
        ledger, homes, rows = self.ledger, self.homes, np.arange(FIRMS, dtype=np.int32)
        homes.decide()
        self._phase(
            Kind.RENT,
            [
                lambda: homes.pay_for_home(Kind.RENT),
                lambda: homes.pay_for_home(Kind.MORTGAGE_INTEREST),
            ],
        )
        homes.draw()
        fees, bank = self._part("fees", rows, month, 0.1), np.full_like(rows, BANK)
        self._phase(
            Kind.CONSUMPTION,
            [homes.shop, lambda: ledger.listed(Kind.INTEREST, rows, bank, fees)],
        )
        homes.put_aside()

    def books(self) -> list[tuple[tuple[int, ...], tuple[NDArray[np.int64], ...]]]:
        """Everything filed, in order of month, kind and record: flows, then dye."""
        flows = [
            ((0, p.month, int(p.kind)), (p.payer, p.payee, p.pence, p.count))
            for p in self.ledger.flows
            if p.pence.size
        ]
        units: dict[tuple[int, ...], NDArray[np.int64]] = {}
        for piece in self.ledger.dye_pieces:
            key = (1, piece.month, piece.record, piece.kind)
            units[key] = units.get(key, 0) + piece.units
        return flows + [(key, (units[key],)) for key in sorted(units)]

    def by_name(self, column: NDArray[np.int64]) -> NDArray[np.int64]:
        """A column of rows in the order of identities."""
        return column[self.rows_of(NAMES)]

    def digest(self) -> str:
        """SHA-256 of the books and every balance, by identity."""
        ledger = self.ledger
        told = hashlib.sha256()
        for key, columns in self.books():
            told.update(repr(key).encode())
            for column in columns:
                told.update(column.astype("<i8").tobytes())
        held = [ledger.deposits, ledger.savings]
        if self.tags:
            held += [ledger.dye, ledger.savings_dye]
        for column in held:
            told.update(self.by_name(column).astype("<i8").tobytes())
        return told.hexdigest()
