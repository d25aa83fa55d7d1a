"""What public buyers' own staff cost, by service and by where the staff live."""

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.kernels import counting, outflows
from simulation.model.recorder import Rows, pay_of

Int64 = NDArray[np.int64]
INT64_BITS = 63


def note_payroll(rows: Rows, town: Town) -> None:
    """Write the month's own payroll by buyer, category and class of household.

    Take-home pay goes to classes as it was paid; the whole cost (tax, National Insurance and
    pensions too) is spread in the same proportions, and both over categories by the budget of
    the payroll.
    """
    now, buyers = town.now, town.economy.buyers
    paid = _take_home(town)
    net = paid.sum(axis=1)
    whole = (now.payroll[buyers.row] * now.paid_share[buyers.row]) >> 16
    index, klass = np.nonzero(paid)
    pence = paid[index, klass]
    gross = _shares(pence, whole[index, None], net[index])[:, 0]
    budget = buyers.payroll_month
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


def _take_home(town: Town) -> Int64:
    """Sum what each buyer's staff took home by their class: int64[n_buyers, n_classes]."""
    rows, links = town.economy.buyers.row, town.links.payroll
    klass = town.economy.parties.klass
    paid = np.zeros((rows.size, town.ledger.n_classes), dtype=np.int64)
    counting.split_by_group(
        rows, town.now.aggregate_net[rows], links.start, links.payee, links.cum,
        np.arange(rows.size), klass, paid,
    )  # fmt: skip
    if town.now.markets.size > 1:
        outflows.take_home(rows, pay_of(town), klass[town.household_rows()], paid)
    else:
        paid[:, klass[town.economy.households.first]] += town.now.net_by_row[rows]
    return paid


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
