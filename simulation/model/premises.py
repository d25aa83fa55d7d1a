"""The land lever: premises are bought and given or leased to a trust; ground rents come back.

Where the council keeps the freehold the trust has the tenant's rent for the term of the lease and
pays a ground rent, let or not; after the term the premises and their rent are the council's. What
the council has of either goes back to the lever. What a trust cannot pay it goes on owing.
"""

import numpy as np

from scenarios import tables
from scenarios.vocabulary import Kind
from simulation.economy.council_premises import take_rents_of
from simulation.economy.leases import Lease
from simulation.economy.lending import local_firms
from simulation.economy.surplus import mission_rows
from simulation.economy.town import Town, premises_of
from simulation.model.purse import Int32, Int64, Purse
from simulation.model.subsidies import Subsidies, rent_let_off
from simulation.pillars import land
from simulation.procurement.subsidy import Course, Way

LEVER = "land_assets"
YEAR = 12


def take_rents(town: Town, purse: Purse) -> None:
    """Put rents back into the lever, and take premises over whose lease has run out."""
    purse.left[LEVER] += int(town.now.rent_paid[purse.premises].sum())
    holders = [(int(town.economy.firms.landlord[one.row]), one) for one in purse.leases]
    purse.left[LEVER] += take_rents_of(town, holders, purse.row)
    over = [one.row for one in purse.leases if one.ends <= town.month]
    if over:
        purse.leases = [one for one in purse.leases if one.ends > town.month]
        purse.premises += over
        town.economy.firms.landlord[over] = purse.row
        town.links.premises = premises_of(town.economy)


def buy_premises(town: Town, purse: Purse, subsidies: Subsidies) -> None:
    """Buy premises let by owners elsewhere, as far as the money goes, and pass them to a trust.

    The rent that a tenant is let off counts as a gift for as long as subsidy control counts.
    """
    economy, firms, a = town.economy, town.economy.firms, town.a
    trust = int(mission_rows(town)[economy.areas.focus])
    if not purse.left[LEVER] or trust < 0:
        return
    rows = local_firms(town)
    landlord = firms.landlord[rows]
    away = economy.parties.area[np.maximum(landlord, 0)] != economy.areas.focus
    rows = rows[(landlord >= 0) & away]
    price = land.price_of(firms.rent_pence[rows], a["pillars.years_purchase"])
    given, leased = _tenures(town, firms.rent_pence[rows], price, subsidies.nation)
    chosen, lease = land.bought(
        price, purse.free(town, LEVER), given, leased, purse.bought, a["land.leased"]
    )
    if not chosen.size:
        return
    rows = rows[chosen]
    purse.pay(town, LEVER, firms.landlord[rows], price[chosen], Kind.ASSET_PURCHASE)
    purse.bought += chosen.size
    firms.landlord[rows] = trust
    _grant(town, purse, rows[lease])
    law = subsidies.law(town)
    asked = rent_let_off(law, firms.rent_pence[rows], a["pillars.rent_discount"])
    giver = subsidies.giver(purse.row)
    course = Course(Way.RENT, months=law.months)
    allowed = subsidies.bounded(town, giver, rows, economy.parties.uid[rows], asked, course)
    discount = a["pillars.rent_discount"] * allowed / np.maximum(asked, 1)
    firms.rent_pence[rows] = np.rint(firms.rent_pence[rows] * (1.0 - discount)).astype(np.int64)
    town.links.premises = premises_of(economy)


def _tenures(town: Town, rent: Int64, price: Int64, nation: str) -> tuple[land.Tenure, land.Tenure]:
    """Hold giving the freehold, and leasing it, against the law of the month."""
    a = town.a
    year, month = divmod(town.calendar, YEAR)
    law = tables.disposal_law(year, month + 1, nation)
    years, consented = round(a["land.lease_years"]), a["land.consent"] > 0.0
    undervalue = land.lease_undervalue(
        rent, a["land.ground_rent"], a["pillars.years_purchase"], years
    )
    return (
        land.Tenure(price, law.most(consented=consented)),
        land.Tenure(undervalue, law.most(years * YEAR, consented)),
    )


def _grant(town: Town, purse: Purse, rows: Int32) -> None:
    """Write down the leases of premises that stand at the market's rent still."""
    months = YEAR * round(town.a["land.lease_years"])
    ground = np.rint(town.economy.firms.rent_pence[rows] * town.a["land.ground_rent"])
    purse.leases += [
        Lease(row, int(pence), town.month + months)
        for row, pence in zip(rows.tolist(), ground.tolist(), strict=True)
    ]
