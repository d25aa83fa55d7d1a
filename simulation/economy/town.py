"""A local economy while it lives: its columns, its ledger, its links and the month's workings."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Institution, Kind, OwnerKind
from simulation.accounting.home_ledger import HomeLedger
from simulation.accounting.network import Network, build_network, single_links
from simulation.economy.clubs import add_clubs
from simulation.economy.columns import Economy, Edges, Households
from simulation.economy.enterprises import Enterprises
from simulation.economy.handed import Handed
from simulation.economy.input_terms import InputTerms
from simulation.economy.lender import CreditUnion, Lender, add_lender, add_union
from simulation.economy.society import Society, add_society
from simulation.economy.taxes import TaxYear
from simulation.economy.workings import Workings, begin_workings
from simulation.kernels.scales import CUM_ONE
from simulation.kernels.trading import Firms

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

MORTGAGED = 1


@dataclass(slots=True)
class Links:
    """Every standing network of payments."""

    supply: Network
    shopping: Network
    payroll: Network
    rates: Network
    premises: Network
    group: Network
    owners: Network
    council_tax: Network
    rent: Network
    mortgage: Network


@dataclass(slots=True)
class Town:
    """One economy in motion.

    Attributes
    ----------
    economy : Economy
        Columns; `ledger` moves its deposits.
    a : Assumptions
        Register values of this future.
    seed : int
        The replicate's seed.
    month : int
        Months since the story opened; burn-in months are zero or negative.
    calendar : int
        Months since year 0, for law and financial years.
    lived : int
        Months lived in all, those of the burn-in too, whose calendar returns: no luck comes twice.
    lender : Lender or None
        The focus's community lender.
    union : CreditUnion or None
        The focus's credit union.
    support : int64[n_firms] or None
        What a council bears of each trading row's typical pay [pence a month]; None for nobody.
    member_loans : int64[n_rows] or None
        What each party has lent to clubs less what it owes as one [pence]; None for nobody.
    enterprises : Enterprises
        Founded by public buyers, and the seats kept for them.
    handed : Handed
        Firms whose owners have changed since the built state.
    society : Society or None
        The focus's secondary co-operative.
    terms : InputTerms
        What inputs cost, and why.
    """

    economy: Economy
    ledger: HomeLedger
    a: Assumptions
    seed: int
    tax: TaxYear
    links: Links
    now: Workings
    clubs: dict[tuple[int, int], int]
    lender: Lender | None
    month: int
    calendar: int
    support: Int64 | None = None
    member_loans: Int64 | None = None
    enterprises: Enterprises = field(default_factory=Enterprises)
    handed: Handed = field(default_factory=Handed)
    society: Society | None = None
    union: CreditUnion | None = None
    terms: InputTerms = field(default_factory=InputTerms)
    lived: int = 0

    @property
    def lenders(self) -> list[Lender]:
        """The community lender and the credit union, where there are any."""
        return [one for one in (self.lender, self.union) if one is not None]

    @property
    def n_firms(self) -> int:
        """Number of trading rows."""
        return self.economy.firms.jobs.size

    def trading_rows(self) -> Firms:
        """Trading rows as kernels take them."""
        firms, n = self.economy.firms, self.n_firms
        kind, held = self.economy.parties.owner_kind[:n], self.ledger.deposits[:n]
        return Firms(firms.alive, kind, held, firms.sales_expected)

    def household_rows(self) -> slice:
        """Party rows of households."""
        first = self.economy.households.first
        return slice(first, first + self.economy.households.n)

    def settle_sales(self, kind: Kind) -> None:
        """Close a phase in which trading rows were paid for what they sold."""
        self.now.sales += self.ledger.inbox[: self.n_firms]
        self.ledger.settle(kind)


def open_town(
    economy: Economy, a: Assumptions, seed: int, tax: TaxYear, month: int, calendar: int,
    *, lends: bool = False,
) -> Town:  # fmt: skip
    """Give an economy its ledger and its links.

    Parameters
    ----------
    economy : Economy
        Built columns; its deposits are moved from now on.
    a : Assumptions
        Register values.
    seed : int
        The replicate's seed.
    tax : TaxYear
        Rates in force.
    month, calendar : int
        Month of the story and months since year 0.
    lends : bool
        Whether the focus has a community lender.

    Returns
    -------
    Town
    """
    clubs = add_clubs(economy)
    lender = add_lender(economy) if lends else None
    society = add_society(economy, a)
    union = add_union(economy, a, seed) if lends and a["pillars.union_part"] > 0.0 else None
    _fill_reserves(economy, a)
    parties = economy.parties
    cells = parties.area.astype(np.int32) * len(Institution) + parties.institution
    outside = (
        economy.government, economy.world, economy.outside_demand, economy.pension_fund
    )  # fmt: skip
    homes = economy.households
    ledger = HomeLedger(
        parties.deposits,
        parties.savings,
        parties.klass,
        cells.astype(np.int32),
        outside,
        outside,
        slice(homes.first, homes.first + homes.n),
    )
    now = begin_workings(economy)
    links = _links(economy, a)
    return Town(
        economy, ledger, a, seed, tax, links, now, clubs, lender, month, calendar,
        society=society, union=union,
    )  # fmt: skip


def _links(economy: Economy, a: Assumptions) -> Links:
    klass, homes = economy.parties.klass, economy.households
    mortgaged = homes.tenure == MORTGAGED
    nobody = np.int32(-1)
    return Links(
        supply=_network(Kind.INTERMEDIATE, 0, economy.supply, klass),
        shopping=_network(Kind.CONSUMPTION, homes.first, economy.shopping, klass, slots=False),
        payroll=_network(Kind.WAGES, 0, economy.payroll, klass),
        rates=_rates(economy, a),
        premises=premises_of(economy),
        group=single_links(Kind.GROUP_TRANSFER, 0, _heads_elsewhere(economy), klass),
        owners=owners_of(economy),
        council_tax=_council_tax(economy, a),
        rent=single_links(
            Kind.RENT, homes.first, np.where(mortgaged, nobody, homes.landlord), klass
        ),
        mortgage=single_links(
            Kind.MORTGAGE_INTEREST, homes.first, np.where(mortgaged, homes.landlord, nobody), klass
        ),
    )


def premises_of(economy: Economy) -> Network:
    """Link tenants to their landlords as they stand now."""
    landlord, klass = economy.firms.landlord, economy.parties.klass
    return single_links(Kind.COMMERCIAL_RENT, 0, landlord, klass)


def owners_of(economy: Economy) -> Network:
    """Link trading rows to their owners as they stand now; a branch pays its head office alone."""
    branch = _heads_elsewhere(economy) >= 0
    owner = np.where(branch, np.int32(-1), _owners(economy))
    return single_links(Kind.DIVIDEND, 0, owner, economy.parties.klass)


def _heads_elsewhere(economy: Economy) -> Int32:
    """Return the head office of each branch, -1 for a row that is its own."""
    head = economy.firms.head
    return np.where(head == np.arange(head.size), -1, head).astype(np.int32)


def _owners(economy: Economy) -> Int32:
    """Who receives each row's surplus; what publicly owned rows earn goes to the government."""
    n = economy.firms.jobs.size
    public = economy.parties.owner_kind[:n] == OwnerKind.PUBLIC
    unowned = public & (economy.firms.owner < 0)
    return np.where(unowned, economy.government, economy.firms.owner).astype(np.int32)


def _fill_reserves(economy: Economy, a: Assumptions) -> None:
    """Let rows that keep a reserve open with it full, so that the start is not a build-up."""
    n = economy.firms.jobs.size
    kinds = economy.parties.owner_kind[:n]
    keeps = (kinds == OwnerKind.VCSE) | (kinds == OwnerKind.COOP)
    keeps &= economy.firms.alive
    full = (economy.firms.sales_expected * a["firms.reserve_months"]).astype(np.int64)
    economy.parties.savings[:n] = np.where(
        keeps, np.maximum(economy.parties.savings[:n], full), economy.parties.savings[:n]
    )


def _network(kind: Kind, first: int, edges: Edges, klass: Int32, *, slots: bool = True) -> Network:
    return build_network(kind, first, edges.start, edges.payee, edges.cum, klass, slots=slots)


def _rates(economy: Economy, a: Assumptions) -> Network:
    """Business rates go to the district's council and the government, by the share kept."""
    n = economy.firms.jobs.size
    council = _buyer_of(economy, economy.parties.area[:n], ("district_council", "unitary_council"))
    shares = [(council, a["government.rates_kept"])]
    return _divided(Kind.BUSINESS_RATES, 0, shares, economy, n)


def _council_tax(economy: Economy, a: Assumptions) -> Network:
    """Council tax goes to district, county and the other precepting bodies."""
    homes: Households = economy.households
    n = homes.n
    area = economy.parties.area[homes.first : homes.first + n]
    district = _buyer_of(economy, area, ("district_council",))
    unitary = _buyer_of(economy, area, ("unitary_council",))
    county = _buyer_of(economy, area, ("county_council",))
    police = _buyer_of(economy, area, ("police",))
    own = a["government.council_tax_district"]
    upper = a["government.council_tax_county"]
    shares = [
        (district, own),
        (county, upper),
        (unitary, own + upper),
        (police, a["government.council_tax_police"]),
    ]
    return _divided(Kind.COUNCIL_TAX, homes.first, shares, economy, n, slots=False)


def _buyer_of(economy: Economy, area: NDArray[np.int16], kinds: tuple[str, ...]) -> Int32:
    """Return the row of the buyer of these kinds that serves each area, -1 where none does."""
    by_area = np.full(len(economy.areas.ids), -1, dtype=np.int32)
    for index, kind in enumerate(economy.buyers.kind):
        if kind in kinds:
            for served in economy.buyers.serves[index]:
                by_area[served] = economy.buyers.row[index]
    return by_area[area]


def _divided(
    kind: Kind, first: int, shares: list[tuple[Int32, float]], economy: Economy, n: int,
    *, slots: bool = True,
) -> Network:  # fmt: skip
    """Build links to the named rows by share, the rest to the government."""
    government = np.full(n, economy.government, np.int32)
    payees = np.column_stack([*(row for row, _ in shares), government])
    cum = np.zeros(payees.shape, dtype=np.int32)
    keep = np.zeros(payees.shape, dtype=np.bool_)
    upto = np.zeros(n, dtype=np.int32)
    for column, (row, share) in enumerate(shares):
        weight = round(share * CUM_ONE)
        keep[:, column] = (row >= 0) & (weight > 0)
        upto += np.where(row >= 0, weight, 0).astype(np.int32)
        cum[:, column] = upto
    keep[:, -1] = upto < CUM_ONE
    cum[:, -1] = CUM_ONE
    start = np.zeros(n + 1, dtype=np.int32)
    start[1:] = np.cumsum(np.count_nonzero(keep, axis=1))
    klass = economy.parties.klass
    return build_network(kind, first, start, payees[keep], cum[keep], klass, slots=slots)
