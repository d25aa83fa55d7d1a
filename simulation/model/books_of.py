"""Closes a run: everything written down becomes Books."""

from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios import tables
from scenarios.vocabulary import Institution
from simulation.accounting.books import SCHEMAS, Books, BooksMeta
from simulation.model.economy_model import EconomyModel
from simulation.model.portraits import party_columns
from simulation.model.recorder import dye_table
from simulation.model.rows import Rows

if TYPE_CHECKING:
    from simulation.model.run import Prepared


def books_of(prepared: "Prepared", model: EconomyModel, months: int, policy: str) -> Books:
    """Write the Books of a run.

    Parameters
    ----------
    prepared : Prepared
    model : EconomyModel
        At the end of its last month.
    months : int
        Horizon.
    policy : str
        Name of the policy that was lived under.

    Returns
    -------
    Books
        Every table of the schema.
    """
    town, stewardship = model.town, model.stewardship
    rows = dict(model.recorder.rows)
    rows["tenders"] = stewardship.register.tenders
    rows["bids"] = stewardship.register.bids
    rows["arrangements"] = stewardship.register.arrangements()
    rows["needs"] = stewardship.accruals.needs
    rows["purchases"] = stewardship.accruals.purchases
    made = {name: rows[name].table() for name in SCHEMAS if name in rows}
    made["parties"] = _parties(model)
    made["flows"] = town.ledger.filed.table()
    made["dye"] = dye_table(town.ledger.dye_pieces)
    needs = made["needs"]
    treated = (needs["policy"] == 1) & (needs["month"] > 0)
    pence = int(needs["outlay_pence"][treated].sum()) + model.stewardship.accruals.in_house_pence
    return Books(
        _meta(prepared, model, months, policy, pence),
        {name: made[name] for name in SCHEMAS},
    )


def _parties(model: EconomyModel) -> Any:
    town = model.town
    organisations = np.flatnonzero(town.economy.parties.institution != Institution.HOUSEHOLD)
    rows = Rows("parties")
    for columns in town.now.departed:
        rows.add(**columns)
    rows.add(**party_columns(town, organisations))
    return rows.table()


def _meta(
    prepared: "Prepared", model: EconomyModel, months: int, policy: str, treated: int
) -> BooksMeta:
    scenario, town = prepared.scenario, model.town
    economy = town.economy
    buyers = economy.buyers
    return BooksMeta(
        months=months,
        start_year=scenario.start.year,
        start_month=scenario.start.month,
        focus_area=economy.areas.focus,
        area_ids=economy.areas.ids,
        area_names=economy.areas.names,
        buyer_rows=tuple(int(row) for row in town.now.party[buyers.row]),
        buyer_areas=tuple(int(area) for area in economy.parties.area[buyers.row]),
        buyer_ids=buyers.ids,
        sector_ids=tuple(sector.id for sector in tables.sectors()),
        category_ids=tuple(category.id for category in tables.categories()),
        policy_names=(scenario.compare.baseline, policy),
        texts=tuple(model.stewardship.register.texts),
        appraisals=tuple(
            model.stewardship.appraisals.documents(
                buyers.ids, tuple(category.id for category in tables.categories())
            )
        ),
        regime_names=tuple(model.stewardship.register.regimes),
        window=scenario.window(months),
        dye_months=tuple(sorted(model.stewardship.dyer.months)),
        shock_months=tuple(one.month for one in model.shocks.listed),
        shock_kinds=tuple(one.kind for one in model.shocks.listed),
        recovered_within=scenario.measure.recovered_within,
        treated_pence=treated,
        currency=scenario.currency,
        title=scenario.title,
    )
