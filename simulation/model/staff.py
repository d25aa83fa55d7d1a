"""What public buyers' own staff cost, by service and by where the staff live."""

import numpy as np

from simulation.economy.town import Town
from simulation.model.dyeing import split_along
from simulation.model.recorder import Rows


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
        for place in classes.tolist():
            paid, cost = int(by_class[place]), int(by_class[place]) * whole // net
            rows.add(
                month=town.month,
                buyer=int(now.party[row]),
                category=categories,
                klass=place,
                pence=np.diff(edges * paid // total, prepend=0),
                gross_pence=np.diff(edges * cost // total, prepend=0),
            )
