"""A council's own assets or premises, passed on to a body that it helps to found.

A membership, a co-operative or a commons has them as a freehold for nothing, or on a lease below
the market's rent. Either is a disposal held to best consideration (England: Local Government Act
1972 s. 123) unless the lease is short, and what it gives is a subsidy to whoever has it.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from scenarios.assumptions import Entry
from scenarios.errors import Problem
from scenarios.tables import FREEHOLD, DisposalLaw, worth_of_term
from simulation.procurement.entries import entry
from simulation.procurement.routes import Intent

PENCE, YEAR = 100, 12


class Assets(NamedTuple):
    """What a council means to pass on, and how.

    Attributes
    ----------
    worth : float
        Worth of the freehold [pence].
    years : float
        That worth over the assets' cost, or market rent, of a year.
    upkeep : float
        What keeping them up goes on costing the council, over their cost.
    lease_years : float
        Term of a lease; 0 the freehold is passed on.
    rent : float
        Rent under the lease over the market's.
    """

    worth: float = 0.0
    years: float = 12.5
    upkeep: float = 0.0
    lease_years: float = 0.0
    rent: float = 0.0

    @property
    def lease_months(self) -> int:
        """Term of the lease, 0 for a freehold."""
        return round(self.lease_years) * YEAR

    def undervalue(self, month: float) -> float:
        """Return how much less than their worth is asked for assets of a cost a month [pence].

        A freehold is given for nothing; of a lease what its rent lacks, for the term, at the
        market's yield.
        """
        if not self.lease_months:
            return month * YEAR * self.years
        term = worth_of_term(self.years, round(self.lease_years))
        return month * YEAR * (1.0 - self.rent) * term

    def passed_on(self, usable: float, law: DisposalLaw, *, consented: bool) -> float:
        """Return what may be passed on, as its cost a month [pence].

        Parameters
        ----------
        usable : float
            More than this whoever has them cannot use [pence a month].
        law : DisposalLaw
            Of the date.
        consented : bool
            Whether the Secretary of State has consented to more.
        """
        month = min(self.worth / (YEAR * self.years), usable)
        return self.cut(month, law.most(self.lease_months or FREEHOLD, consented))

    def cut(self, month: float, most: float) -> float:
        """Return the part of a cost a month whose undervalue is no more than a sum [pence]."""
        undervalue = self.undervalue(month)
        return month if undervalue <= most else month * most / undervalue


def assets_of(rules: Mapping[str, float]) -> Assets:
    """Read what a council passes on from parameters by short name, where a way of buying has any.

    Memberships know no lease.
    """
    if "council_assets" not in rules:
        return Assets()
    return Assets(
        worth=rules["council_assets"] * PENCE,
        years=rules["asset_years"],
        upkeep=rules["council_upkeep"],
        lease_years=rules.get("asset_lease", 0.0),
        rent=rules.get("asset_rent", 0.0),
    )


def asset_entries(regime: str, body: str, source: str) -> tuple[Entry, ...]:
    """Return the entries on what a council passes on to each body that it founds.

    Parameters
    ----------
    regime, body : str
        The way of buying, and what it calls the body.
    source : str
        Of what is neither law nor shared judgement.
    """
    own = partial(entry, regime, fixed=True, source=source)
    return (
        own(
            "council_assets", 0.0, 0.0, 50e6, "GBP",
            "What the council's own cables, ducts or buildings are worth that it gives to each "
            f"{body} when it sets it up.", null=0.0,
            source="A lever; best consideration by Local Government Act 1972 s. 123",
        ),
        own(
            "asset_years", 12.5, 8.0, 20.0, "years",
            "What assets that are given are worth, next to what they cost in a year.",
            source="Judgement; as pillars.years_purchase",
        ),
        own(
            "council_upkeep", 0.4, 0.0, 1.0, "share of the assets' cost",
            "What the council still pays to keep up assets that it gave. The rest of their cost is"
            " income that it gives up, which nobody pays.", null=0.0,
        ),
    )  # fmt: skip


def lease_entries(regime: str, source: str) -> tuple[Entry, ...]:
    """Return the entries on assets that are leased, and not given away."""
    own = partial(entry, regime, fixed=True, source=source)
    return (
        own("asset_lease", 0.0, 0.0, 125.0, "years",
            "How long assets of the council are lent for (the lease); then they are its own again."
            " At 0 they are given for good (the freehold).", null=0.0),
        own("asset_rent", 0.0, 0.0, 1.0, "share of market rent",
            "Rent for assets of the council while they are lent; 0 is a rent in name only (a "
            "peppercorn).", null=1.0),
    )  # fmt: skip


def asset_problems(intent: Intent, entries: tuple[Entry, ...]) -> Iterator[Problem]:
    """Find assets passed on for less than a council may.

    Parameters
    ----------
    intent : Intent
    entries : tuple of Entry
        Parameters of the way of buying, for what the policy leaves unsaid.
    """
    law = intent.disposals
    if law is None:
        return
    usual = {one.name.partition(".")[2]: one.value for one in entries}
    assets = assets_of({**usual, **intent.parameters})
    pence = assets.undervalue(assets.worth / (YEAR * assets.years))
    term = assets.lease_months
    if pence <= law.most(term or FREEHOLD, consented=intent.consented):
        return
    how = "given away, all of it undervalue"
    hint = "Lower the sum, or"
    if term:
        how = (
            f"leased for {round(assets.lease_years)} years at {100 * assets.rent:.0f}% of the "
            f"market's rent, an undervalue of {pence / PENCE:,.0f} pounds"
        )
        short = law.short_months // YEAR
        hint = f"Lower the sum, raise asset_rent, lease for {short} years or less, or"
    yield Problem(
        ("parameters", "council_assets"),
        f"assets of {assets.worth / PENCE:,.0f} pounds {how}",
        f"at most {law.limit_pence / PENCE:,.0f} pounds ({law.consent})",
        f"{law.law} (best consideration): above it the Secretary of State must consent. {hint} "
        "set land.consent to 1 under [assumptions].",
    )
