"""A public buyer's spending as lots: what is needed where, and what serves it now."""

from dataclasses import dataclass

from scenarios.tables import categories
from simulation import streams
from simulation.economy.columns import InitialContract
from simulation.economy.town import Town
from simulation.kernels.scales import PENCE_A_UNIT

VACANT = -1


@dataclass(slots=True)
class Lot:
    """One need of one buyer in one area; it outlives the arrangements that answer it.

    `key` is made from buyer, category, area and serial and never from a regime: it keys the
    luck. `units_month` is in pounds' worth at the built state's price. `arrangement` is VACANT
    where nobody serves; `on_baseline` sends the next tender to the baseline after a failure.
    """

    key: int
    buyer: int
    category: int
    area: int
    units_month: float
    arrangement: int = VACANT
    ends: int = 0
    on_baseline: bool = False


def lots_of(town: Town) -> tuple[list[Lot], list[InitialContract]]:
    """Turn the standing contracts into lots, in an order that rows cannot change.

    Returns
    -------
    lots : list of Lot
    standing : list of InitialContract
        The contract that serves each lot when the story opens.
    """
    economy = town.economy
    uid = economy.parties.uid
    standing = sorted(
        economy.contracts,
        key=lambda c: (
            int(uid[economy.buyers.row[c.buyer]]), c.category, c.area, c.month_pence,
            int(uid[c.supplier]), c.months_left,
        ),
    )  # fmt: skip
    serials: dict[tuple[int, int, int], int] = {}
    lots = []
    for contract in standing:
        place = (contract.buyer, contract.category, contract.area)
        serial = serials[place] = serials.get(place, -1) + 1
        buyer = int(uid[economy.buyers.row[contract.buyer]])
        key = streams.key("lot", buyer, contract.category, contract.area, serial)
        units = contract.month_pence / PENCE_A_UNIT
        lots.append(Lot(key, contract.buyer, contract.category, contract.area, units))
    return lots, standing


def category_ids() -> tuple[str, ...]:
    """Return the ids of the spending categories, in order of code."""
    return tuple(category.id for category in categories())
