"""What public buyers' own staff cost, by service and by where the staff live."""

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.model.dyeing import split_along
from simulation.model.recorder import Rows

Int64 = NDArray[np.int64]
INT64_BITS = 63


def note_payroll(rows: Rows, town: Town) -> None:
    """Write the month's own payroll by buyer, category and class of household.

    Take-home pay goes to classes as it was paid; the whole cost (tax, National Insurance and
    pensions too) is spread in the same proportions, and both over categories by the budget of
    the payroll.
    """
    economy, now, buyers = town.economy, town.now, town.economy.buyers
    klass = economy.parties.klass
    home = int(klass[economy.households.first])
    payer, payee, pence = split_along(town, buyers.row, now.aggregate_net[buyers.row])
    for index, row in enumerate(buyers.row.tolist()):
        by_class = np.zeros(town.ledger.n_classes, dtype=np.int64)
        mine = payer == row
        np.add.at(by_class, klass[payee[mine]], pence[mine])
        by_class[home] += now.net_by_row[row]
        classes = np.flatnonzero(by_class)
        net = int(by_class.sum())
        if net == 0:
            continue
        whole = (int(now.payroll[row]) * int(now.paid_share[row])) >> 16
        budget = buyers.payroll_month[index]
        categories = np.flatnonzero(budget)
        total = int(budget.sum())
        edges = np.cumsum(budget[categories])
        paid = by_class[classes]
        rows.add(
            month=town.month,
            buyer=int(now.party[row]),
            category=np.tile(categories, classes.size),
            klass=np.repeat(classes, categories.size),
            pence=_shares(paid, edges, total),
            gross_pence=_shares(_shares(paid, np.array([whole]), net), edges, total),
        )


def _shares(pence: Int64, edges: Int64, total: int) -> Int64:
    """Split each amount by rising edges out of a total: int64[n_amounts * n_edges]."""
    whole = int(pence.max()).bit_length() + int(edges.max()).bit_length()
    wide = object if whole > INT64_BITS else np.int64
    upto: Int64 = (pence.astype(wide)[:, None] * edges.astype(wide) // total).astype(np.int64)
    upto[:, 1:] -= upto[:, :-1].copy()
    return upto.ravel()
