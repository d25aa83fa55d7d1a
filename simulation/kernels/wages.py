"""Dye goes home with the wages, and to the government with the tax withheld from them."""

import numpy as np
from numba import njit

from simulation.kernels.dye import FOUR, ROUND_DOWN
from simulation.kernels.payments import INDEX


@njit(cache=True)
def dye_wages(
    employer, payee, gross, tax, government, opening, dye, dye_out, dye_inbox, passed
):  # fmt: skip
    """Move dye with wages and the tax withheld: `dye_list` of net pay (a hop) and tax (none).

    Parameters
    ----------
    employer, payee : int32[n_workers]
        Employing row (-1 where none) and household row.
    gross, tax : int64[n_workers]
        Pay of the month and what is withheld [pence]; 0 without an employer.
    government : int
        Row that receives the tax.
    opening : int64[n_rows]
        Balances at the opening of the phase [pence].
    dye : int64[n_rows, n_tags]
        Dye held at the opening of the phase [1/1024 pence].
    dye_out, dye_inbox : int64[n_rows, n_tags], updated
        Dye that leaves and dye that arrives.
    passed : int64[n_tags], updated
        Dye that arrives at the government, without a hop.
    """
    per_penny = per_penny_of(employer, opening, dye)
    if dye.shape[1] == FOUR:
        withheld = _move(FOUR, employer, payee, gross, tax, per_penny, dye_out, dye_inbox)
    else:
        tags = dye.shape[1]
        withheld = _move(tags, employer, payee, gross, tax, per_penny, dye_out, dye_inbox)
    for t in range(dye.shape[1]):
        dye_inbox[government, t] += withheld[t]
        passed[t] += withheld[t]


@njit(cache=True)
def per_penny_of(employer, opening, dye):
    """Return how much dye each employer pays with a penny, none where it has no money.

    Parameters
    ----------
    employer : int32[n_workers]
        Employing row, -1 where none.
    opening : int64[n_rows]
        Balances at the opening of the phase [pence].
    dye : int64[n_rows, n_tags]
        Dye held at the opening of the phase [1/1024 pence].

    Returns
    -------
    float64[n_employers, n_tags]
        Rows up to the last that employs.
    """
    employers = 0
    for w in range(employer.size):
        employers = max(employers, employer[w] + 1)
    per_penny = np.zeros((employers, dye.shape[1]))
    for row in range(employers):
        if opening[row] > 0:
            part = ROUND_DOWN / opening[row]
            for t in range(dye.shape[1]):
                per_penny[row, t] = dye[row, t] * part
    return per_penny


@njit(inline="always")
def _move(tags, employer, payee, gross, tax, per_penny, dye_out, dye_inbox):
    """Move dye out of employers and net pay's share of it home; return the tax's, by tag."""
    last = INDEX(tags - 1)
    withheld = np.zeros(tags, dtype=np.int64)
    for w in range(gross.size):
        if gross[w] == 0:
            continue
        row, to = INDEX(employer[w]), INDEX(payee[w])
        net = gross[w] - tax[w]
        for t in range(INDEX(tags)):
            units = int(net * per_penny[row, t])
            kept = int(tax[w] * per_penny[row, t])
            dye_out[row, t] += units + kept
            dye_inbox[to, min(t + INDEX(1), last)] += units
            withheld[t] += kept
    return withheld
