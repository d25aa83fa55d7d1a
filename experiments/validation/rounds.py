"""The pound that is spent again, against the geometric series and the absorbing Markov chain.

Kahn (1931) for the series. Accounts that pay each other fixed shares are an absorbing Markov chain
(Kemeny and Snell 1976, chapter III): N = (I - P)^-1, its fundamental matrix, says how often a
pound will still be received, and the dye that the ledger moves must come to the same.
"""

from typing import Any

import numpy as np

from experiments.validation.figure import Check, Figure, Sort, equals, none_of
from experiments.validation.little_economy import (
    LOCAL,
    OUTLAY,
    PENNY,
    WARM_UP,
    WORLD,
    LittleEconomy,
    bound,
    closed_doors,
    followed,
    leaking_doors,
    line_doors,
    usual_doors,
    worth_of,
)
from simulation.accounting.dyed_accounts import RECEIVED, SUNK

FIRST_FIRM = {0: 20}
"""The council pays the first firm alone."""
HOPS = 6
MANY_MONTHS = 60
"""After so many hardly any dye is left on a ring that keeps three quarters of what it gets."""


def _received(share: float, *, ring: bool, months: int) -> LittleEconomy:
    return followed(LittleEconomy(line_doors(share, ring), 8, dict(FIRST_FIRM)), months)


def _per_pound(economy: LittleEconomy, months: int, units: int) -> tuple[float, float]:
    """Return units per unit dyed, and what whole pence and units may change of it."""
    put = OUTLAY * PENNY
    w = worth_of(economy.realised_shares(since=WARM_UP + 1))
    return units / put, bound(economy, months, w) / put


def _line() -> Figure:
    """The sum over six firms in line, each of which passes half on."""
    economy = _received(0.5, ring=False, months=HOPS)
    found, off = _per_pound(economy, HOPS, economy.received())
    return equals(found, (1 - 0.5**HOPS) / 0.5, off, "GBP per GBP", "whole pence and units of dye")


def _ring(share: float) -> Figure:
    economy = _received(share, ring=True, months=MANY_MONTHS)
    found, off = _per_pound(economy, MANY_MONTHS, economy.received())
    return equals(found, 1 / (1 - share), off, "GBP per GBP", "whole pence and units of dye")


def _third_hop() -> Figure:
    economy = _received(0.375, ring=False, months=HOPS)
    units = int(economy.units(RECEIVED)[:LOCAL, 2].sum())
    found, off = _per_pound(economy, HOPS, units)
    return equals(found, 0.375**2, off, "GBP per GBP", "whole pence and units of dye")


def _markov(window: int) -> Figure:
    """Receipts and the undrained tail against s' N 1, per unit dyed."""
    economy = followed(LittleEconomy(usual_doors()), window)
    w = worth_of(economy.realised_shares(since=WARM_UP + 1))
    tail = float((economy.held() * (w - 1.0)).sum())
    put = OUTLAY * PENNY
    wanted = float((economy.injected() * w).sum()) / put
    off = bound(economy, window, w) / put
    found = (economy.received() + tail) / put
    return equals(found, wanted, off, "GBP per GBP", "six pence a link and month")


def _absorbed() -> Figure:
    """What N R says the world will absorb of a dyed pound, against what it did."""
    economy = followed(LittleEconomy(usual_doors()), MANY_MONTHS)
    shares = economy.shares_of_outlays(since=WARM_UP + 1)
    fundamental = np.linalg.inv(np.eye(LOCAL) - shares[:, :LOCAL])
    put = OUTLAY * PENNY
    wanted = float(economy.injected() @ fundamental @ shares[:, WORLD]) / put
    off = bound(economy, MANY_MONTHS, worth_of(shares[:, :LOCAL])) / put
    found = int(economy.units(SUNK)[WORLD].sum()) / put
    return equals(found, wanted, off, "share", "six pence a link and month")


def _closed() -> Figure:
    economy = followed(LittleEconomy(closed_doors()), 12)
    return none_of(OUTLAY * PENNY - int(economy.held().sum()), "units of dye")


def _sieve() -> Figure:
    economy = followed(LittleEconomy(leaking_doors()), 1)
    return none_of(int(economy.held().sum()), "units of dye")


def _check(name: str, what: str, source: str, run: Any) -> Check:
    return Check(name, Sort.CLOSED_FORM, what, source, run)


KAHN = "Kahn 1931"
KEMENY_SNELL = "Kemeny and Snell 1976"


def checks(full: bool) -> tuple[Check, ...]:
    """Return the checks; in full, more shares and a longer window."""
    found = [
        _check(
            "re-spending along a line of six firms",
            "Each passes half on: receipts of a dyed pound are (1 - .5^6) / (1 - .5).",
            KAHN,
            _line,
        ),
        _check(
            "receipts at the third hop of a line",
            "Each firm passes .375 on: the third receives .375^2.",
            KAHN,
            _third_hop,
        ),
        _check(
            "re-spending round a ring, local share 0.625",
            "The series without end: 1 / (1 - .625).",
            KAHN,
            lambda: _ring(0.625),
        ),
        _check(
            "dye = the fundamental matrix",
            "Receipts of a dyed pound and its tail, against s' (I - P)^-1 1 of the flows filed: "
            "12 accounts, 3 months.",
            KEMENY_SNELL,
            lambda: _markov(3),
        ),
        _check(
            "dye that the world absorbs = N R",
            "Of a dyed pound, what has left for the world after 60 months.",
            KEMENY_SNELL,
            _absorbed,
        ),
        _check(
            "where nothing leaks every unit stays",
            "Units of dye that have left a place which pays itself alone.",
            KEMENY_SNELL,
            _closed,
        ),
        _check(
            "where everything leaks none stays",
            "Units of dye left in a place that spends all outside.",
            KEMENY_SNELL,
            _sieve,
        ),
    ]
    if full:
        found += [
            _check(
                f"re-spending round a ring, local share {share}",
                f"The series without end: 1 / (1 - {share}).",
                KAHN,
                lambda share=share: _ring(share),
            )
            for share in (0.25, 0.75)
        ]
        found.append(
            _check(
                "dye = the fundamental matrix, 30 months",
                "As above, followed for 30 months.",
                KEMENY_SNELL,
                lambda: _markov(30),
            )
        )
    return tuple(found)
