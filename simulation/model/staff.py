"""What public buyers' own staff cost, by service and by where the staff live."""

import numpy as np
from numpy.typing import NDArray

from simulation.accounting.grouping import whole_totals
from simulation.economy.town import Town
from simulation.kernels.outflows import Along, Outflows, note_links
from simulation.model.rows import Rows
from simulation.model.take_home import pay_by_group

Int64 = NDArray[np.int64]
INT64_BITS = 63


def note_payroll(rows: Rows, town: Town, services: Int64) -> None:
    """Write the month's own payroll by buyer, category and class of household.

    Take-home pay goes to classes as it was paid; the whole cost (tax, National Insurance and
    pensions too) is spread in the same proportions, and both over categories: staff of services in
    house by what they cost, the others by the budget of the payroll.

    Parameters
    ----------
    rows : Rows, updated
    town : Town
    services : int64[n_buyers, n_categories]
        What staff of services in house cost [pence].
    """
    now, buyers = town.now, town.economy.buyers
    index, klass, pence = _take_home(town)
    net = whole_totals(index, pence, buyers.row.size)
    whole = (now.payroll[buyers.row] * now.paid_share[buyers.row]) >> 16
    gross = _shares(pence, whole[index, None], net[index])[:, 0]
    budget = buyers.payroll_month
    if services.any():
        others = np.maximum(now.payroll[buyers.row] - services.sum(axis=1), 0)
        total = np.maximum(budget.sum(axis=1), 1)
        budget = _shares(others, np.cumsum(budget, axis=1), total) + services
    edges, total = np.cumsum(budget, axis=1)[index], budget.sum(axis=1)[index]
    which, category = np.nonzero(budget[index])
    rows.add(
        month=town.month,
        buyer=now.party[buyers.row][index[which]].astype(np.int64),
        category=category,
        klass=klass[which],
        pence=_shares(pence, edges, total)[which, category],
        gross_pence=_shares(gross, edges, total)[which, category],
    )


def _take_home(town: Town) -> tuple[Int64, Int64, Int64]:
    """Sum what each buyer's staff took home by their class.

    Returns
    -------
    buyer, klass, pence : int64[m]
        A row for each buyer and class that is paid.
    """
    rows, links, now = town.economy.buyers.row, town.links.payroll, town.now
    klass, n_classes = town.economy.parties.klass, town.ledger.n_classes
    most = int((links.start[rows + 1] - links.start[rows]).sum())
    out = Outflows(*(np.empty(most, dtype=code) for code in ("i4", "i1", "i4", "i8")))
    along = Along(int(links.kind), links.start, links.payee, links.cum, now.aggregate_net)
    room = np.zeros((2, n_classes), dtype=np.int64)
    n = note_links(rows, along, klass, *room, out, 0)
    buyer, paid, pence = out.supplier[:n], out.area[:n], out.pence[:n]
    if now.markets.size > 1:
        which, group, took = pay_by_group(town, rows, klass[town.household_rows()])
        return (
            np.concatenate([buyer, which]),
            np.concatenate([paid, group]),
            np.concatenate([pence, took]),
        )
    home, residents = int(klass[town.economy.households.first]), now.net_by_row[rows]
    too = np.flatnonzero(paid == home)
    pence[too] += residents[buyer[too]]
    residents[buyer[too]] = 0
    alone = np.flatnonzero(residents)
    return (
        np.concatenate([buyer, alone]),
        np.concatenate([paid, np.full(alone.size, home)]),
        np.concatenate([pence, residents[alone]]),
    )


def _shares(pence: Int64, edges: Int64, total: Int64) -> Int64:
    """Split each amount by its own rising edges out of its own total.

    Parameters
    ----------
    pence, total : int64[n]
        What is split and what the edges add up to.
    edges : int64[n, n_parts]
        Where each part ends.

    Returns
    -------
    int64[n, n_parts]
    """
    whole = int(pence.max(initial=0)).bit_length() + int(edges.max(initial=0)).bit_length()
    wide = object if whole > INT64_BITS else np.int64
    upto = pence.astype(wide)[:, None] * edges.astype(wide) // total[:, None]
    parts: Int64 = upto.astype(np.int64)
    parts[:, 1:] -= parts[:, :-1].copy()
    return parts
