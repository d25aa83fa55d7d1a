"""An economy in which multipliers must agree: shares of spending never change, nobody borrows.

Six firms and six households each spend a fixed share of what they hold, split in fixed shares.
The council, the government and the world absorb: what reaches them is not followed further. The
money and the dye are those of the model's own ledger.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.dyed_accounts import HELD, INJECTED, RECEIVED
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import Network, build_network
from simulation.kernels.accounts import shares_of

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]

FIRMS = HOMES = 6
LOCAL = FIRMS + HOMES
COUNCIL, GOVERNMENT, WORLD = LOCAL, LOCAL + 1, LOCAL + 2
ROWS = LOCAL + 3
KLASS = np.arange(ROWS, dtype=np.int32)
OUTLAY = 2_000_000_000
"""What the council spends a month [pence]."""
SUPPLIERS = {0: 9, 2: 6, 3: 3, FIRMS + 1: 2}
"""Whom the council pays, in twentieths of its outlay; the last is a household."""
WHOLE = 65_536
PENNY = 1024
"""Units of dye in a penny."""
WARM_UP = 60
"""Months until the economy stands still."""


def split(payer: int, payees: list[int], n: int) -> tuple[list[int], list[int]]:
    """Choose n payees in turn, and uneven cumulative shares in 65,536ths that end at one."""
    weights = [3 + (7 * payer + 5 * k) % 11 for k in range(n)]
    cum = [sum(weights[: k + 1]) * WHOLE // sum(weights) for k in range(n)]
    return [payees[(payer + 2 * k) % len(payees)] for k in range(n)], cum


def web(kind: Kind, first: int, payees: list[int], n: int) -> Network:
    """Link six payers to n payees each."""
    links = [split(payer, payees, n) for payer in range(6)]
    return build_network(
        kind,
        first,
        np.arange(0, 6 * n + 1, n, dtype=np.int32),
        np.array([to for each, _ in links for to in each], dtype=np.int32),
        np.array([upto for _, each in links for upto in each], dtype=np.int32),
        KLASS,
    )


@dataclass(frozen=True, slots=True)
class Door:
    """A network and the share of its payers' balances that goes along it [1/65536]."""

    network: Network
    share: int


def usual_doors() -> list[list[Door]]:
    """Firms, then households: inputs, wages and VAT; shopping, rent and council tax."""
    firms, homes = list(range(FIRMS)), list(range(FIRMS, LOCAL))
    return [
        [
            Door(web(Kind.INTERMEDIATE, 0, [*firms, WORLD, WORLD, WORLD], 4), 20_000),
            Door(web(Kind.WAGES, 0, homes, 3), 24_000),
            Door(web(Kind.VAT, 0, [GOVERNMENT], 1), 13_001),
        ],
        [
            Door(web(Kind.CONSUMPTION, FIRMS, [*firms, WORLD, WORLD, WORLD], 5), 40_003),
            Door(web(Kind.RENT, FIRMS, [homes[0], homes[3], WORLD], 2), 6_007),
            Door(web(Kind.COUNCIL_TAX, FIRMS, [COUNCIL], 1), 9_001),
        ],
    ]


def closed_doors() -> list[list[Door]]:
    """Nothing leaks: firms pay firms and households, households pay firms."""
    firms, homes = list(range(FIRMS)), list(range(FIRMS, LOCAL))
    return [
        [
            Door(web(Kind.INTERMEDIATE, 0, firms, 4), 22_000),
            Door(web(Kind.WAGES, 0, homes, 3), 28_000),
        ],
        [Door(web(Kind.CONSUMPTION, FIRMS, firms, 5), 50_000)],
    ]


def leaking_doors() -> list[list[Door]]:
    """Everything leaks: whoever is paid spends all of it outside."""
    return [
        [Door(web(Kind.IMPORT, 0, [WORLD], 1), WHOLE)],
        [Door(web(Kind.IMPORT, FIRMS, [WORLD], 1), WHOLE)],
    ]


def line_doors(share: float, ring: bool = False) -> list[list[Door]]:
    """Each firm spends all it gets each month: a share at the next one, the rest outside.

    The last of the line pays the world alone; that of a ring pays the first.
    """
    here = round(share * WHOLE)
    last = [0, WORLD] if ring else [WORLD]
    payee = np.array([*(n for k in range(1, FIRMS) for n in (k, WORLD)), *last], dtype=np.int32)
    cum = np.array([*([here, WHOLE] * FIRMS)[: payee.size - 1], WHOLE], dtype=np.int32)
    start = np.array([*range(0, 2 * FIRMS, 2), payee.size], dtype=np.int32)
    firms = build_network(Kind.INTERMEDIATE, 0, start, payee, cum, KLASS)
    return [[Door(firms, WHOLE)]]


@dataclass(slots=True)
class LittleEconomy:
    """Live months, dye one month's outlays, and tell what became of them.

    Attributes
    ----------
    doors : list of list of Door
        The phases of a month, each with its doors.
    tags : int
        Dye tags.
    suppliers : dict of int to int
        Rows that the council pays, in twentieths of its outlay.
    """

    doors: list[list[Door]]
    tags: int = 4
    suppliers: dict[int, int] = field(default_factory=lambda: dict(SUPPLIERS))
    ledger: Ledger = field(init=False)
    month: int = 0

    def __post_init__(self) -> None:
        deposits = np.full(ROWS, 900_000_000, dtype=np.int64)
        deposits[[GOVERNMENT, WORLD]] = 0
        self.ledger = Ledger(
            deposits, np.zeros_like(deposits), KLASS, KLASS, (GOVERNMENT, WORLD),
            (GOVERNMENT, WORLD, COUNCIL),
        )  # fmt: skip
        self.ledger.start_dye(self.tags)

    @property
    def links(self) -> int:
        """Payments that local payers can make in a month."""
        return sum(door.network.payee.size for phase in self.doors for door in phase)

    def live(self, dyed: bool = False) -> None:
        """The council is granted what it spends; firms spend; households spend."""
        ledger = self.ledger
        self.month += 1
        ledger.month = self.month
        ledger.from_one(Kind.GRANT, GOVERNMENT, COUNCIL, np.array([OUTLAY]))
        ledger.settle(Kind.GRANT)
        suppliers = np.array([*self.suppliers], dtype=np.int32)
        payer = np.full(suppliers.size, COUNCIL, dtype=np.int32)
        pence = np.array([*self.suppliers.values()], dtype=np.int64) * (OUTLAY // 20)
        ledger.listed(Kind.PURCHASE, payer, suppliers, pence)
        if dyed:
            ledger.inject(Kind.PURCHASE, payer, suppliers, pence)
        ledger.settle(Kind.PURCHASE)
        for phase in self.doors:
            for door in phase:
                payers = slice(door.network.first, door.network.first + 6)
                ledger.along(door.network, shares_of(ledger.deposits[payers], door.share))
            ledger.settle(phase[0].network.kind)
        ledger.close_month()

    def realised_shares(self, since: int) -> Float64:
        """Share of each local payer's outlays that each local payee got, float64[12, 12]."""
        return self.shares_of_outlays(since)[:, :LOCAL]

    def shares_of_outlays(self, since: int) -> Float64:
        """Share of each local payer's outlays that anybody got, float64[12, 15]."""
        paid = np.zeros((ROWS, ROWS))
        for piece in self.ledger.flows:
            if piece.month >= since:
                np.add.at(paid, (piece.payer, piece.payee), piece.pence)
        outlays = paid.sum(axis=1, keepdims=True)
        shares: Float64 = (paid / np.maximum(outlays, 1))[:LOCAL]
        return shares

    def units(self, record: int, month: int | None = None) -> Int64:
        """Units of one record by row and tag, of one month or of all."""
        mine = [
            piece.units
            for piece in self.ledger.dye_pieces
            if piece.record == record and month in (None, piece.month)
        ]
        units: Int64 = np.sum([np.zeros((ROWS, self.tags), dtype=np.int64), *mine], axis=0)
        return units

    def injected(self) -> Int64:
        """Units put in, by local row."""
        units: Int64 = self.units(INJECTED)[:LOCAL].sum(axis=1)
        return units

    def received(self) -> int:
        """Units that local rows received from third parties, hop 1 included."""
        return int(self.units(RECEIVED)[:LOCAL].sum())

    def held(self) -> Int64:
        """Units that local rows hold at the last close: the undrained remainder."""
        units: Int64 = self.units(HELD, self.month)[:LOCAL].sum(axis=1)
        return units


def followed(economy: LittleEconomy, window: int) -> LittleEconomy:
    """Warm an economy up, dye one month's outlays, and live on: `window` months in all."""
    for _ in range(WARM_UP):
        economy.live()
    economy.live(dyed=True)
    for _ in range(window - 1):
        economy.live()
    return economy


def worth_of(shares: Float64) -> Float64:
    """Return w = (I - P)^-1 1: receipts, all rounds, for each unit received."""
    n = shares.shape[0]
    return np.asarray(np.linalg.solve(np.eye(n) - shares, np.ones(n)), dtype=np.float64)


def bound(economy: LittleEconomy, window: int, w: Float64) -> float:
    """Return how far whole pence and whole units can part dye and matrix [units].

    Six pence and a few units for each link in each month; it is derived in the tests of the
    identity (`tests/laws/test_multiplier_identity.py`).
    """
    each = 6 * PENNY + 2 * (economy.tags + 1)
    return economy.links * window * each * float(w.max())
