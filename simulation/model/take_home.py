"""What the staff of some employers took home, by where they live or by their class."""

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.accounting.desks import serve
from simulation.economy.payroll import staff_of
from simulation.economy.town import Town
from simulation.kernels import outflows
from simulation.kernels.outflows import Outflows, Pay

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


def pay_of(town: Town) -> Pay:
    """What staff were paid this month, as kernels take it; until the next change of jobs."""
    return Pay(town.now.roll, staff_of(town), town.tax.law, town.now.paid_share)


def pay_by_group(town: Town, rows: NDArray[Any], group: NDArray[Any]) -> tuple[Int32, Int32, Int64]:
    """Add up what the staff of employers took home by group.

    Parameters
    ----------
    town : Town
    rows : int[m]
        Employers.
    group : int[n_homes]
        Area or class of each home; those of one stand together in one labour market.

    Returns
    -------
    which, group : int32[k]
        Position among the employers; where its staff live.
    pence : int64[k]
    """
    pay, most = pay_of(town), int(town.now.roll.heads[rows].sum())
    place = np.full(town.ledger.homes.start, -1, dtype=np.int32)
    place[rows] = np.arange(rows.size, dtype=np.int32)
    begins, desks = town.now.markets.begins, town.ledger.desks
    inner = int(begins[-1]) * np.arange(1, desks) // desks
    cuts = [0, *begins[np.searchsorted(begins, inner)].tolist(), int(begins[-1])]

    def work(part: tuple[int, int]) -> tuple[Int32, Int32, Int64]:
        size = min(most, part[1] - part[0])
        out = Outflows(*(np.empty(size, dtype=code) for code in ("i4", "i1", "i4", "i8")))
        n = outflows.note_pay(*part, pay, place, group, *np.zeros((2, rows.size), np.int64), out)
        return out.supplier[:n], out.area[:n], out.pence[:n]

    # the homes of an area, hence of a class, stand together: no group is served at two desks
    which, places, pence = zip(*serve(list(itertools.pairwise(cuts)), work), strict=True)
    return np.concatenate(which), np.concatenate(places), np.concatenate(pence)
