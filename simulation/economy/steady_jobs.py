"""Stable employment before profit: a co-op keeps staff on while it can, and shares the hours.

Worker co-operatives change pay more and jobs less than other firms (Burdin and Dean 2009).
"""

import numpy as np

from simulation.economy.columns import Int64
from simulation.economy.roll import change_pay
from simulation.economy.town import Town


def keep_on(town: Town, cuts: Int64) -> None:
    """Keep part of those who would be laid off, while reserve and cash pay them for a month.

    Parameters
    ----------
    town : Town, updated
    cuts : int64[n_firms + n_buyers], updated
        Residents to be laid off.
    """
    for one in town.enterprises.living:
        wanted, row = int(cuts[one.row] * one.charter.life.steady + 0.5), one.row
        cash = max(int(town.ledger.deposits[row] + town.economy.parties.savings[row]), 0)
        means = cash // max(int(town.economy.firms.wage_pence[row]), 1)
        one.kept_on = min(wanted, means)
        cuts[row] -= one.kept_on


def share_hours(town: Town) -> None:
    """Let members bear part of the cost of those kept on; pay is whole again when nobody is."""
    for one in town.enterprises.living:
        of, flex = one.members, one.charter.life.pay_flex
        if not of.worker.size or (not one.kept_on and not of.forgone.any()):
            continue
        workers = of.worker.astype(np.int32)
        change_pay(town, workers, of.forgone)
        part = flex * one.kept_on / max(int(town.now.roll.heads[one.row]), 1)
        wages = town.economy.workers.wage_pence[of.worker]
        of.forgone = (wages * min(part, 1.0)).astype(np.int64)
        change_pay(town, workers, -of.forgone)
