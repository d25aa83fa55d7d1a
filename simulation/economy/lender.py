"""A community lender and a credit union: accounts of the place that create no money.

Mutuals with accounts of their own after the clubs'. The lender relends the capital that it was
given; the union lends members' savings besides.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation import streams
from simulation.accounting.network import Network, single_links
from simulation.economy.clubs import add_mutuals
from simulation.economy.columns import Economy
from simulation.streams import Purpose

Int64 = NDArray[np.int64]
PENCE = 100


@dataclass(slots=True)
class Lender:
    """The lender's account row, and what each trading row owes it: int64[n_firms] [pence]."""

    row: int
    owed: Int64


@dataclass(slots=True)
class CreditUnion(Lender):
    """A credit union.

    Attributes
    ----------
    paying : Network
        From each home that is a member to the union.
    goal : int64[n_homes]
        Most that each wants in shares; 0 for whoever is no member [pence].
    shares : int64[n_homes]
        What the union owes each [pence].
    earned : int
        Interest less loans lost since the last dividend [pence].
    divided : int
        Members' dividend this month [pence].
    """

    paying: Network
    goal: Int64
    shares: Int64
    earned: int = 0
    divided: int = 0


def add_lender(economy: Economy, name: str = "lender") -> Lender:
    """Append the account of a lender of the focus.

    Parameters
    ----------
    economy : Economy, updated
        Its parties and classes grow.
    name : str
        What it is, for its identity.
    """
    focus = economy.areas.focus
    uid = streams.key(name, economy.areas.ids[focus])
    (row,) = add_mutuals(economy, [uid], np.array([focus], dtype=np.int16))
    return Lender(row, np.zeros(economy.firms.jobs.size, dtype=np.int64))


def add_union(economy: Economy, a: Assumptions, seed: int) -> CreditUnion:
    """Append the account of a credit union of the focus, after all other accounts.

    Parameters
    ----------
    economy : Economy, updated
        Its parties and classes grow.
    a : Assumptions
        `pillars.union_members`, `pillars.union_shares`.
    seed : int
        Members are drawn by identity; a row of many homes has its share of members.
    """
    lender, parties, homes = (
        add_lender(economy, "credit union"),
        economy.parties,
        economy.households,
    )
    rows = slice(homes.first, homes.first + homes.n)
    lot = streams.uniform(seed, Purpose.SAVER, parties.uid[rows])
    many, part = homes.households_in_row, a["pillars.union_members"]
    members = np.where(many == 1, (lot < part).astype(np.float64), many * part)
    members = np.where(parties.area[rows] == economy.areas.focus, members, 0.0)
    goal = np.rint(members * (a["pillars.union_shares"] * PENCE)).astype(np.int64)
    payee = np.where(goal > 0, np.int32(lender.row), np.int32(-1))
    paying = single_links(Kind.CAPITAL, homes.first, payee, parties.klass)
    return CreditUnion(lender.row, lender.owed, paying, goal, np.zeros_like(goal))
