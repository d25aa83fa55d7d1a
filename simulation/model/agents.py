"""Those who weigh something: public buyers always, suppliers when they are looked at.

An agent holds its row number and its judgement, never its money: every number is read from the
columns. A supplier view is made on first use and let go after; making none changes no number.
"""

from typing import TYPE_CHECKING

import mesa

from scenarios.vocabulary import OwnerKind, SizeBand

if TYPE_CHECKING:
    from simulation.model.economy_model import EconomyModel


class Account(mesa.Agent):  # type: ignore[misc]  # Mesa ships no types
    """Anyone with a transaction account, seen through its row.

    Parameters
    ----------
    model : EconomyModel
    row : int
        Party row.
    """

    def __init__(self, model: "EconomyModel", row: int) -> None:
        super().__init__(model)
        self.row = row

    @property
    def uid(self) -> int:
        """Stable identity."""
        return int(self.model.town.economy.parties.uid[self.row])

    @property
    def area(self) -> str:
        """Id of the area where it is based."""
        economy = self.model.town.economy
        name: str = economy.areas.ids[int(economy.parties.area[self.row])]
        return name

    @property
    def deposits_pence(self) -> int:
        """Money in its transaction account [pence]."""
        return int(self.model.town.ledger.deposits[self.row])


class PublicBuyer(Account):
    """A council or other anchor: it commissions what its area needs under a budget.

    Parameters
    ----------
    model : EconomyModel
    index : int
        Position among the scenario's buyers.
    """

    def __init__(self, model: "EconomyModel", index: int) -> None:
        super().__init__(model, int(model.town.economy.buyers.row[index]))
        self.index = index
        self.name = model.town.economy.buyers.names[index]
        self.lots = [lot for lot in model.stewardship.lots if lot.buyer == index]

    def step(self) -> None:
        """Put on the docket every lot whose arrangement has run out."""
        month, docket = self.model.town.month, self.model.stewardship.docket
        docket.extend(lot for lot in self.lots if lot.ends <= month)


class Supplier(Account):
    """A firm, seen through its row."""

    @property
    def jobs(self) -> int:
        """People who work there now."""
        town = self.model.town
        firms = town.economy.firms
        return int(town.now.heads[self.row]) + int(firms.aggregate_jobs[self.row])

    @property
    def expected_sales_pence(self) -> int:
        """Sales that it expects in a month [pence]."""
        return int(self.model.town.economy.firms.sales_expected[self.row])

    @property
    def owner_kind(self) -> OwnerKind:
        """Who is entitled to its surplus."""
        return OwnerKind(int(self.model.town.economy.parties.owner_kind[self.row]))


class Sme(Supplier):
    """A firm of fewer than 250 jobs with owners of its own."""


class Corporate(Supplier):
    """A large firm, or a branch of a group with its head office elsewhere."""


class Coop(Supplier):
    """A co-operative: one member, one vote."""


class Vcse(Supplier):
    """A voluntary, community or social enterprise, which does not distribute."""


def supplier_type(owner_kind: int, size_band: int) -> type[Supplier]:
    """Return the type of agent that a trading row is seen as."""
    if owner_kind == OwnerKind.COOP:
        return Coop
    if owner_kind == OwnerKind.VCSE:
        return Vcse
    if owner_kind == OwnerKind.OUTSIDE or size_band == SizeBand.LARGE:
        return Corporate
    return Sme
