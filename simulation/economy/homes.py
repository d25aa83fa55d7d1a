"""What a household owns, owes and is due before it spends: home, pensions, benefits, wealth.

Tenure follows the area's census shares, income and age; who lets a home is kept, because rent
paid to a household near is not lost to the place, and imputed rent is no payment. Savings are
spread log-normally with a tilt by income (Wealth and Assets Survey: far less equal than pay).
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.apportion import largest_remainder
from simulation.economy.columns import Float64, Int8, Int32, Int64
from simulation.economy.grouped import Grouped
from simulation.economy.owners import Homes, Rows, biased
from simulation.economy.people import DECILES, People
from simulation.economy.place import PENCE, Place
from simulation.economy.ranking import ranked
from simulation.kernels import maths
from simulation.kernels.labour import INACTIVE

OWNED, MORTGAGED, SOCIAL, PRIVATE = 0, 1, 2, 3
WEEKS = 52.0 / 12.0
TENURES = ("owned", "mortgaged", "social", "private")


@dataclass(slots=True)
class HomeMoney:
    """Money columns of household rows; account rows hold the total of their households [pence]."""

    tenure: Int8
    housing: Int64
    landlord: Int32
    council_tax: Int64
    pension: Int64
    occupational: Int64
    benefit: Int64
    savings: Int64
    loan: Int64
    propensity: Float64
    buffer_months: Float64


def rank_incomes(place: Place, people: People, income: Int64) -> None:
    """Put each individual household in its tenth of the area's equivalised incomes.

    Parameters
    ----------
    place : Place
    people : People, updated
        `decile` of individual rows, 0 the lowest.
    income : int64[n]
        Gross income of each household row [pence a month].
    """
    equal = income[: people.n_agents] / people.scale[: people.n_agents]
    single = Grouped(people.area[: people.n_agents])
    for area in np.flatnonzero(place.agents):
        here = single.rows(int(area))
        order = here[np.lexsort((people.uid[here], equal[here]))]
        people.decile[order] = np.arange(here.size) * DECILES // max(here.size, 1)


def pensions(people: People, place: Place, a: Assumptions, seed: int) -> tuple[Int64, Int64]:
    """Return state and occupational pensions of each household row [pence a month].

    Parameters
    ----------
    people : People
    place : Place
    a : Assumptions
        `households.occupational_pension` [GBP a month at the prices of the technology's year],
        `households.occupational_spread`. The state pension is the law's.
    seed : int

    Returns
    -------
    state, occupational : int64[n]
        Account rows hold the mean of a household times their number.
    """
    year = place.year_level
    state = place.law["state_pension_week"] * WEEKS * PENCE
    private = a["households.occupational_pension"] * PENCE * year
    spread = a["households.occupational_spread"]
    z = streams.normal(seed, streams.Purpose.HOUSEHOLD_PENSION, people.uid)
    z = (people.luck + z) / np.sqrt(2.0)
    own = private * maths.exp(spread * z - 0.5 * spread * spread)
    old = people.pensioners > 0
    share = a["households.pensioner_share"]
    many = people.households_in_row.astype(np.float64)
    mean = share * (1.0 + a["households.pensioner_pairs"]) * state
    first = np.where(people.individual, people.pensioners * state, many * mean)
    second = np.where(people.individual, np.where(old, own, 0.0), many * share * private)
    return first.astype(np.int64), second.astype(np.int64)


def home_money(
    place: Place,
    people: People,
    state: Int64,
    occupational: Int64,
    homes: Homes,
    at: Rows,
    social_landlord: Int32,
    a: Assumptions,
    seed: int,
) -> HomeMoney:
    """Give every household row its home, its claims and its wealth.

    Parameters
    ----------
    place : Place
    people : People
        Ranked: see `rank_incomes`.
    state, occupational : int64[n]
        From `pensions`.
    homes : Homes
    at : Rows
    social_landlord : int32[A]
        Party row that lets social housing in each area.
    a : Assumptions
        `households.*`.
    seed : int

    Returns
    -------
    HomeMoney
    """
    tenure = _tenure(place, people, a, seed)
    many = people.households_in_row.astype(np.float64)
    housing = _housing(place, people, tenure, a, seed)
    middle = (people.decile + 0.5) / DECILES
    tax = place.law["home_tax"] * PENCE / 12.0 * a["households.over_band_d"]
    slope = a["households.council_tax_slope"]
    lean = a["households.propensity_slope"]
    months = a["households.buffer_months"]
    propensity = np.clip(a["households.propensity"] + lean * (0.5 - middle), 0.0, 1.0)
    mortgages = np.where(tenure == MORTGAGED, housing * a["households.mortgage_months"], 0.0)
    return HomeMoney(
        tenure=tenure,
        housing=(housing * many).astype(np.int64),
        landlord=_landlords(people, tenure, homes, at, social_landlord, a, seed),
        council_tax=(tax * (1.0 + slope * (middle - 0.5)) * many).astype(np.int64),
        pension=state,
        occupational=occupational,
        benefit=_benefits(place, people, tenure, housing, occupational, a),
        savings=_savings(place, people, middle, a, seed),
        loan=(mortgages * many).astype(np.int64),
        propensity=propensity,
        buffer_months=months * (0.5 + middle),
    )


def _tenure(place: Place, people: People, a: Assumptions, seed: int) -> Int8:
    """Fill the area's tenures: social from the lowest incomes up, owners from the oldest."""
    u = streams.uniform(seed, streams.Purpose.HOUSEHOLD_TENURE, people.uid)
    noise = a["households.tenure_mixing"] * DECILES
    standing = people.decile + noise * (u - 0.5)
    old = people.pensioners > 0
    out = np.full(people.n, PRIVATE, dtype=np.int8)
    by_area = Grouped(people.area)
    for area, row in enumerate(place.rows):
        here = by_area.rows(area)
        if row.tenure is None or here.size == 0:
            continue
        shares = [getattr(row.tenure, name) for name in TENURES]
        counts = largest_remainder(here.size, shares)
        lowest = here[ranked(standing[here], people.uid[here])]
        social, rest = lowest[: counts[SOCIAL]], lowest[counts[SOCIAL] :]
        ages = (rest[old[rest]], rest[~old[rest]])
        oldest = np.concatenate([age[ranked(-standing[age], people.uid[age])] for age in ages])
        outright, rest = oldest[: counts[OWNED]], oldest[counts[OWNED] :]
        best = rest[ranked(-standing[rest], people.uid[rest])]
        out[social] = SOCIAL
        out[outright] = OWNED
        out[best[: counts[MORTGAGED]]] = MORTGAGED
    return out


def _housing(place: Place, people: People, tenure: Int8, a: Assumptions, seed: int) -> Float64:
    """Rent or mortgage payment of one household [pence a month]; more for who earns more."""
    monthly = np.array(
        [
            0.0,
            a["households.mortgage"],
            a["households.social_rent"],
            a["households.private_rent"],
        ]
    )
    level = place.price_level[people.area] * PENCE
    u = streams.uniform(seed, "build.housing", people.uid)
    slope = np.where(tenure == MORTGAGED, 0.8, np.where(tenure == PRIVATE, 0.4, 0.1))
    slope = slope * a["households.housing_slope"]
    middle = (people.decile + 0.5) / DECILES
    around = np.where(people.individual, 0.7 + 0.6 * u, 1.0)
    return monthly[tenure] * level * around * (1.0 + slope * (middle - 0.5))


def _landlords(
    people: People,
    tenure: Int8,
    homes: Homes,
    at: Rows,
    social_landlord: Int32,
    a: Assumptions,
    seed: int,
) -> Int32:
    """Find who receives each household's rent or mortgage; -1 for outright owners."""
    near = streams.uniform(seed, "build.landlord_near", people.uid) < a["households.landlord_near"]
    pick = biased(streams.uniform(seed, "build.landlord", people.uid), a["firms.owner_wealth_bias"])
    abroad = np.zeros(people.n, dtype=np.bool_)
    private = homes.elsewhere(pick, abroad)
    by_area = Grouped(people.area)
    for area in by_area.codes:
        here = by_area.rows(area)
        here = here[near[here]]
        private[here] = homes.standing(area, pick[here])
    itself = private == at.households + np.arange(people.n)
    private[itself] = at.bank
    out = np.full(people.n, -1, dtype=np.int32)
    out = np.where(tenure == MORTGAGED, at.bank, out)
    out = np.where(tenure == SOCIAL, social_landlord[people.area], out)
    return np.where(tenure == PRIVATE, private, out).astype(np.int32)


def _benefits(
    place: Place,
    people: People,
    tenure: Int8,
    housing: Float64,
    occupational: Int64,
    a: Assumptions,
) -> Int64:
    """Means-tested benefits and family support before the taper [pence a month].

    Account rows, whose benefits are not tapered month by month, hold what such households receive
    on average, falling from the lowest tenth to the highest.
    """
    year = place.year_level * PENCE
    idle = np.zeros(people.n, dtype=np.int64)
    np.add.at(idle, people.worker_household, people.worker_status == INACTIVE)
    renting = (tenure == SOCIAL) | (tenure == PRIVATE)
    rent = np.where(renting, housing, 0.0) * a["households.rent_covered"]
    child = place.law["child_benefit_first_week"] * WEEKS * PENCE
    family = people.children * child * a["households.child_support"]
    adult = place.law["unemployment_benefit_week"] * WEEKS * PENCE
    support = np.where(renting, idle, 0) * adult * a["households.inactive_support"]
    full = np.maximum(rent + family + support - 0.5 * occupational, 0.0)
    falling = 2.0 * (1.0 - (people.decile + 0.5) / DECILES)
    mean = a["households.mean_benefit"] * year * falling * people.households_in_row
    return np.where(people.individual, full, mean).astype(np.int64)


def _savings(place: Place, people: People, middle: Float64, a: Assumptions, seed: int) -> Int64:
    """Savings of each row [pence]: log-normal about a mean that rises with income and age."""
    spread, tilt = a["households.savings_spread"], a["households.savings_tilt"]
    z = streams.normal(seed, "build.savings", people.uid)
    luck = np.where(people.individual, maths.exp(spread * z - 0.5 * spread * spread), 1.0)
    old = np.where(people.pensioners > 0, a["households.savings_pensioner"], 1.0)
    mean = a["households.savings"] * PENCE * place.price_level[people.area]
    level = np.maximum(1.0 + tilt * (middle - 0.5), 0.0)
    return (mean * level * old * luck * people.households_in_row).astype(np.int64)


def social_landlords(place: Place, served: dict[int, int], at: Rows) -> Int32:
    """Return who lets social housing in each area: an anchor that serves it, else the government.

    Parameters
    ----------
    place : Place
    served : dict of int to int
        Area -> position of the housing association among the buyers.
    at : Rows

    Returns
    -------
    int32[A]
        Rents of councils and associations without a row of their own go to public accounts.
    """
    out = np.full(len(place.ids), at.government, dtype=np.int32)
    for area, buyer in served.items():
        out[area] = at.buyers + buyer
    return out
