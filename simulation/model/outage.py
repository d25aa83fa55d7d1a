"""What members share stands still: nothing is delivered over it, and nothing is paid for that.

Fees, debt and the cost of what is shared go on; whoever finds membership no longer worth it leaves.
"""

from collections.abc import Sequence

import numpy as np

from scenarios.spec import PlatformDown
from scenarios.tables import category_code
from simulation.procurement.interface import Float64, Form
from simulation.procurement.portfolio import Portfolio


def stop_work(outages: Sequence[PlatformDown], portfolio: Portfolio, units: Float64) -> None:
    """Take the work that stands still off what each place would serve.

    Parameters
    ----------
    outages : sequence of PlatformDown
        Those of the month.
    portfolio : Portfolio
    units : float64[n_places], updated
        Units of the month by place.
    """
    places = portfolio.places
    for outage in outages:
        forms = {Form[name.upper()] for name in outage.forms}
        shared = [n for n, s in portfolio.standing.items() if s.arrangement.form in forms]
        told = np.isin(places.arrangement, np.array(shared, dtype=np.int64))
        if outage.category is not None:
            told &= places.category == category_code()[outage.category]
        units[told] *= 1.0 - outage.size
