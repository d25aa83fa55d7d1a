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


def pay_by_group(
    town: Town, rows: NDArray[Any], group: NDArray[Any], n_groups: int
) -> tuple[Int32, Int32, Int64]:
    """Add up what the staff of employers took home by group, as many at a time as there are desks.

    Parameters
    ----------
    town : Town
    rows : int[m]
        Employers.
    group : int[n_homes]
        Area or class of each home.
    n_groups : int

    Returns
    -------
    which, group : int32[k]
        Position among the employers; where its staff live.
    pence : int64[k]
    """
    pay, upto = pay_of(town), np.cumsum(town.now.roll.heads[rows])
    heads = int(upto[-1]) if upto.size else 0
    inner = np.arange(1, town.ledger.desks) * heads // town.ledger.desks
    cuts = [0, *np.searchsorted(upto, inner).tolist(), rows.size]

    def work(part: slice) -> tuple[Int32, Int32, Int64]:
        most = int(town.now.roll.heads[rows[part]].sum())
        out = Outflows(*(np.empty(most, dtype=code) for code in ("i4", "i1", "i4", "i8")))
        room = np.zeros((2, n_groups), dtype=np.int64)
        n = outflows.note_pay(rows[part], pay, group, *room, out, 0)
        return out.supplier[:n] + np.int32(part.start), out.area[:n], out.pence[:n]

    which, places, pence = zip(
        *serve([slice(*ends) for ends in itertools.pairwise(cuts)], work), strict=True
    )
    return np.concatenate(which), np.concatenate(places), np.concatenate(pence)
