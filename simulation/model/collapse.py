"""The largest supplier collapses overnight, in the manner of Carillion in January 2018.

It fails as any firm does, only without warning: staff leave, the bank is paid first, owners last.
Its head office and the branches of its group go with it. What it served is not done that month;
arrangements lose it in the next and are let again.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.spec import SupplierFails
from scenarios.tables import category_code
from simulation.economy.firm_life import redirect_customers, wind_up
from simulation.economy.town import Town
from simulation.procurement.places import Places

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


def largest_groups(town: Town, places: Places, month: int, shock: SupplierFails) -> Int64:
    """Find the suppliers with the largest value in force, and all firms of their groups.

    Only single firms can fail; an account row stands for many.

    Parameters
    ----------
    town : Town
    places : Places
        Who serves what.
    month : int
        Arrangements that start later are not in force.
    shock : SupplierFails
        How many, whose, in which category.

    Returns
    -------
    int64[k]
        Identities of the firms, as they are now.
    """
    economy, firms = town.economy, town.economy.firms
    who = places.supplier
    told = (places.start <= month) & (who < firms.n_agents) & firms.alive[who]
    if shock.buyer is not None:
        told &= places.buyer_index == economy.buyers.ids.index(shock.buyer)
    if shock.category is not None:
        told &= places.category == category_code()[shock.category]
    lead = _leads(town)
    worth = (places.units_month * places.share * places.unit_price)[told]
    groups, at = np.unique(lead[who[told]], return_inverse=True)
    value = np.bincount(at, weights=worth, minlength=groups.size)
    order = np.lexsort((economy.parties.uid[groups], -value))
    failing = groups[order[: shock.suppliers]]
    rows = np.flatnonzero(firms.alive[: firms.n_agents] & np.isin(lead, failing))
    uids: Int64 = economy.parties.uid[rows]
    return uids


def _leads(town: Town) -> Int32:
    """Return the head office of each single firm; its own row where it is its own."""
    firms = town.economy.firms
    head, own = firms.head[: firms.n_agents], np.arange(firms.n_agents, dtype=np.int32)
    return np.where(head < firms.n_agents, head, own)


def collapse(town: Town, uids: Int64) -> Int32:
    """Wind up the firms of these identities that still trade, and send their customers on.

    Returns
    -------
    int32[k]
        The rows that closed.
    """
    firms, n = town.economy.firms, town.economy.firms.n_agents
    here = firms.alive[:n] & np.isin(town.economy.parties.uid[:n], uids)
    rows = np.flatnonzero(here).astype(np.int32)
    if rows.size:
        wind_up(town, rows)
        redirect_customers(town)
        town.now.deaths += rows.size
    return rows
