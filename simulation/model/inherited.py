"""Contracts that stood before the story opened: whose terms they have, and what they say."""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.economy.town import Town
from simulation.model.letting import Office, need_of
from simulation.model.lots import Lot
from simulation.procurement.interface import Arrangement, Award, Form, Regime, Thread
from simulation.procurement.tender import Tendered


def terms_from_before(usual: Regime, a: Assumptions) -> Regime:
    """Return whose terms a contract from before has: those of the usual way, or plain ones.

    Plain are those of a bare competition; they stand where the usual way of buying does not sign
    contracts lot by lot.
    """
    own = usual.form is Form.CONTRACT and usual.by_area
    return usual if own else Tendered({}, a)


def standing_arrangement(
    town: Town, office: Office, lot: Lot, supplier: int, months: int, regime: Regime
) -> Arrangement:
    """Write a contract that stood before the story opened, at the built state's price.

    Parameters
    ----------
    town : Town
    office : Office
    lot : Lot
    supplier : int
        Its trading row.
    months : int
        Months left.
    regime : Regime
        The baseline's, which sets the terms.

    Returns
    -------
    Arrangement
        Unit price 1.0, by definition of the unit; no social value was claimed.
    """
    need = need_of(town, office, lot, lot.units_month)
    one = np.ones(1)
    award = Award(np.zeros(1, np.int64), np.zeros(1, np.int64), one, one, "inherited", "inherited")
    firms = town.economy.firms
    rows = np.array([supplier], dtype=np.int32)
    return Arrangement(
        form=regime.form,
        need=need,
        regime=regime.name,
        suppliers=rows,
        uid=town.economy.parties.uid[rows],
        shares=one,
        unit_prices=one,
        costs=np.minimum(firms.unit_cost[rows], 1.0),
        qualities=firms.quality[rows].copy(),
        claims_month=np.zeros(1),
        deliverable_month=np.zeros(1),
        padding=np.zeros(1),
        terms=regime.terms(need, award, town.a),
        thread=Thread(need.objectives[0] if need.objectives else "", "inherited", "inherited",
                      "in force at the start"),
        start=town.month,
        end=town.month + months,
    )  # fmt: skip
