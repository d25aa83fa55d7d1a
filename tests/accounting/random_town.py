"""A town that pays at random through every door of the ledger, its luck drawn by identity.

Rows may be laid in any order and the payments of a phase made in any order: each agent draws by
its own uid, so nothing but the numbering changes.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation import streams
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import Network, build_network
from simulation.kernels.payments import share_of

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

FIRMS, BUYERS, HOMES = 14, 2, 20
GOVERNMENT, WORLD, OUTSIDE, BANK, FUND = range(FIRMS, FIRMS + 5)
BUYER = FIRMS + 5
HOME = BUYER + BUYERS
ROWS = HOME + HOMES
UNLIMITED = (GOVERNMENT, WORLD, OUTSIDE, FUND)
NAMES = np.arange(ROWS, dtype=np.int64) + 1_000
HOME_CLASS = 10
CLOSING_SHOP, NEXT_DOOR, CLOSED_FOR_GOOD = NAMES[0], NAMES[1], NAMES[2]


def class_of(name: Int64) -> Int32:
    """Firms are of four classes, households of one, everybody else their own."""
    row = name - 1_000
    fixed = np.where(row < HOME, 4 + row - FIRMS, HOME_CLASS)
    return np.where(row < FIRMS, row // 4, fixed).astype(np.int32)


def cell_of(name: Int64) -> Int32:
    """Households live in two areas; elsewhere a cell is a class."""
    return np.where(name - 1_000 >= HOME + 9, 11, class_of(name)).astype(np.int32)


@dataclass(slots=True)
class RandomTown:
    """Fourteen firms, two buyers, twenty households and the rest of the world.

    Attributes
    ----------
    seed : int
        Of every draw.
    tags : int
        Dye tags; 0 for no dye.
    name : int64[n_rows]
        Identity of each row; firms and households may be shuffled among themselves.
    backwards : bool
        Whether the payments of a phase are made in the opposite order.
    """

    seed: int
    tags: int = 0
    name: Int64 = field(default_factory=lambda: NAMES.copy())
    backwards: bool = False
    full: bool = False
    ledger: Ledger = field(init=False)
    networks: dict[Kind, Network] = field(init=False)

    def __post_init__(self) -> None:
        klass, cell = class_of(self.name), cell_of(self.name)
        deposits = (self.luck("deposits", self.name) * 3_000_000).astype(np.int64)
        savings = (self.luck("savings", self.name) * 900_000).astype(np.int64)
        deposits[list(UNLIMITED)] = 0
        self.ledger = Ledger(deposits, savings, klass, cell, UNLIMITED, UNLIMITED)
        firms, homes, world = NAMES[:FIRMS], NAMES[HOME:], NAMES[WORLD : WORLD + 1]
        everybody = np.concatenate([firms, world, homes[:2]])
        self.networks = {
            Kind.INTERMEDIATE: self._web(Kind.INTERMEDIATE, 0, FIRMS, everybody),
            Kind.WAGES: self._web(Kind.WAGES, 0, FIRMS, homes),
            Kind.VAT: self._web(Kind.VAT, 0, FIRMS, NAMES[GOVERNMENT : GOVERNMENT + 1]),
            Kind.GROUP_TRANSFER: self._web(Kind.GROUP_TRANSFER, 0, FIRMS, firms),
            Kind.CONSUMPTION: self._web(Kind.CONSUMPTION, HOME, HOMES, everybody),
            Kind.COUNCIL_TAX: self._web(Kind.COUNCIL_TAX, HOME, HOMES, NAMES[BUYER:HOME]),
        }
        if self.tags:
            self.ledger.start_dye(self.tags)

    def luck(self, purpose: str, names: Int64, month: int = 0) -> NDArray[np.float64]:
        """Draw one number in (0, 1) for each identity."""
        return streams.uniform(self.seed, purpose, names, month)

    def rows_of(self, names: Int64) -> Int32:
        """Return where each identity stands."""
        where = np.empty(ROWS, dtype=np.int32)
        where[self.name - 1_000] = np.arange(ROWS, dtype=np.int32)
        return where[names - 1_000]

    def _web(self, kind: Kind, first: int, n: int, payees: Int64) -> Network:
        edges, ends, start = [], [], [0]
        for name in self.name[first : first + n].tolist():
            lots = self.luck(f"{kind.name} link", NAMES[:4] * 7_919 + name)
            steps = np.unique(self.luck(f"{kind.name} share", NAMES[:3] + name * 4) * 65_000)
            cum = np.unique([*(steps.astype(np.int64) + 1), 65_536])
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
        share = (scaled * most * 65_536).astype(np.int64)
        return share_of(np.maximum(self.ledger.deposits[rows], 0), share)

    def _phase(self, kind: Kind, acts: list[Callable[[], None]]) -> None:
        for act in reversed(acts) if self.backwards else acts:
            act()
        self.ledger.settle(kind)

    def live(self, month: int, dyed: bool = False) -> None:
        """Live one month through every door; buyers' purchases are dyed where asked."""
        self.ledger.month = month
        if month == 2:
            at = self.rows_of(np.array([CLOSING_SHOP, NEXT_DOOR, CLOSED_FOR_GOOD]))
            self.ledger.redirect[at[0]] = at[1]
            self.ledger.redirect[at[2]] = -1
        self._public_income(month)
        self._purchases(month, dyed)
        self._trade(month)
        self._wages(month)
        self._loans(month)
        self._homes(month)
        self.ledger.close_month()

    def _public_income(self, month: int) -> None:
        ledger = self.ledger
        homes, firms = self.name[HOME:], self.name[:FIRMS]
        benefit = (self.luck("benefit", homes, month) * 60_000).astype(np.int64)
        orders = (self.luck("orders", firms, month) * 200_000).astype(np.int64)
        buyers = np.arange(BUYER, HOME, dtype=np.int32)
        grant = np.full(BUYERS, 3_000_000 + month, dtype=np.int64)
        payer = np.full(BUYERS, GOVERNMENT, dtype=np.int32)
        self._phase(
            Kind.GRANT,
            [
                lambda: ledger.from_one(Kind.BENEFIT, GOVERNMENT, HOME, benefit),
                lambda: ledger.from_one(Kind.OCCUPATIONAL_PENSION, FUND, HOME, benefit // 3),
                lambda: ledger.from_one(Kind.EXPORT, OUTSIDE, 0, orders),
                lambda: ledger.listed(Kind.GRANT, payer, buyers, grant),
            ],
        )

    def _purchases(self, month: int, dyed: bool) -> None:
        ledger = self.ledger
        suppliers = self.rows_of(NAMES[:FIRMS])
        payer = np.repeat(np.arange(BUYER, HOME, dtype=np.int32), FIRMS)
        payee = np.tile(suppliers, BUYERS)
        lot = self.luck("order", self.name[payer] * 50 + self.name[payee], month)
        share = (lot * 65_536 / FIRMS).astype(np.int64)
        pence = share_of(ledger.deposits[payer], share)
        acts = [lambda: ledger.listed(Kind.PURCHASE, payer, payee, pence)]
        if dyed:
            acts.append(lambda: ledger.inject(Kind.PURCHASE, payer, payee, pence))
        self._phase(Kind.PURCHASE, acts)

    def _trade(self, month: int) -> None:
        ledger, firms = self.ledger, np.arange(FIRMS)
        inputs = self._part("inputs", firms, month, 0.5)
        vat = self._part("vat", firms, month, 0.2)
        interest = self._part("interest", firms, month, 0.2)
        bank, rows = np.full(FIRMS, BANK, dtype=np.int32), firms.astype(np.int32)
        loan = (self.luck("loan", self.name[:FIRMS], month) * 90_000).astype(np.int64)
        loan[loan < 60_000] = 0
        self._phase(
            Kind.INTERMEDIATE,
            [
                lambda: ledger.along(self.networks[Kind.INTERMEDIATE], inputs),
                lambda: ledger.along(self.networks[Kind.VAT], vat),
                lambda: ledger.listed(Kind.INTEREST, rows, bank, interest),
                lambda: ledger.lend(BANK, rows, loan),
            ],
        )

    def _wages(self, month: int) -> None:
        ledger = self.ledger
        staff = self.rows_of(NAMES[HOME:])
        lots = self.luck("employer", NAMES[HOME:])
        employer = self.rows_of(NAMES[(lots * FIRMS).astype(np.int64)])
        heads = np.bincount(employer, minlength=ROWS)
        fair = self._part("wage", employer, month, 0.4) // np.maximum(heads[employer], 1)
        net = np.zeros(ROWS, dtype=np.int64)
        others = self._part("account", np.arange(FIRMS), month, 0.3)
        pooled = self._part("pool", np.arange(FIRMS), month, 0.3)
        self._phase(
            Kind.WAGES,
            [
                lambda: ledger.wages(employer, staff, fair, fair // 5, GOVERNMENT, net),
                lambda: ledger.along(self.networks[Kind.WAGES], others),
                lambda: ledger.along(self.networks[Kind.GROUP_TRANSFER], pooled),
            ],
        )

    def _loans(self, month: int) -> None:
        ledger, rows = self.ledger, np.arange(FIRMS, dtype=np.int32)
        repaid = self._part("repay", rows, month, 0.3)
        self._phase(Kind.LOAN_REPAID, [lambda: ledger.repay(BANK, rows, repaid)])
        ledger.write_off(BANK, rows, repaid // 9)
        ledger.save(BANK, 0, self._part("reserve", rows, month, 1.0) // 3)

    def _homes(self, month: int) -> None:
        ledger, homes = self.ledger, np.arange(HOME, ROWS)
        drawn = ledger.savings[HOME:] // 7
        ledger.save(BANK, HOME, -drawn)
        spent = self._part("shop", homes, month, 0.8)
        taxed = self._part("council tax", homes, month, 0.2)
        self._phase(
            Kind.CONSUMPTION,
            [
                lambda: ledger.along(self.networks[Kind.CONSUMPTION], spent),
                lambda: ledger.along(self.networks[Kind.COUNCIL_TAX], taxed),
            ],
        )
        ledger.save(BANK, HOME, self._part("save", homes, month, 1.0))

    def books(self) -> list[tuple[tuple[int, ...], tuple[NDArray[np.int64], ...]]]:
        """Everything filed, in order of month, kind and record: flows, then dye."""
        flows = [
            ((0, p.month, int(p.kind)), (p.payer, p.payee, p.pence, p.count))
            for p in self.ledger.flows
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
