"""What the twin's own payments and dye come to, in exact fractions."""

from collections.abc import Collection
from fractions import Fraction

from tests.reference.village.ledger import Village


def local_share(village: Village, areas: Collection[int]) -> Fraction:
    """Return the share of purchases from suppliers based in some areas."""
    local = sum(pence for (_, area), pence in village.bought.items() if area in areas)
    return Fraction(local, sum(village.bought.values()))


def concentration(village: Village) -> Fraction:
    """Return the sum of squares of suppliers' shares of purchases."""
    whole = sum(village.bought.values())
    return sum((Fraction(pence, whole) ** 2 for pence in village.bought.values()), Fraction(0))


def traced_round(village: Village, areas: Collection[int], hop: int) -> Fraction:
    """Return what firms and homes there had of dyed pounds at a hop, per pound dyed."""
    dye, place = village.accounts.dye, village.place
    units = sum(dye.received[row][hop - 1] for row in place.private if place.area[row] in areas)
    return Fraction(units, dye.put_in)


def traced_multiplier(village: Village, areas: Collection[int]) -> Fraction:
    """Return one and all that they had."""
    tags = range(1, len(village.accounts.dye.received[0]) + 1)
    return 1 + sum(traced_round(village, areas, hop) for hop in tags)


def retention(village: Village, areas: Collection[int]) -> list[Fraction]:
    """Return the share of dye that is there at each close since the dyeing."""
    put_in = village.accounts.dye.put_in
    return [
        Fraction(sum(held + idle for area, (held, idle) in close.items() if area in areas), put_in)
        for close in village.closes
    ]


def idle_share(village: Village, areas: Collection[int]) -> Fraction:
    """Return the share of the dye there that lies in savings, over all closes."""
    there = [one for close in village.closes for area, one in close.items() if area in areas]
    return Fraction(sum(idle for _, idle in there), sum(sum(one) for one in there))


def elsewhere(village: Village, areas: Collection[int]) -> Fraction:
    """Return the share of dye that firms and homes of other areas hold in the end."""
    last = village.closes[-1]
    units = sum(sum(one) for area, one in last.items() if area not in areas)
    return Fraction(units, village.accounts.dye.put_in)


def note_close(village: Village) -> None:
    """Write down the dye of firms and homes by area as a month closes, once any was put in."""
    dye, place = village.accounts.dye, village.place
    if not dye.put_in:
        return
    close: dict[int, tuple[int, int]] = {}
    for row in place.private:
        held, idle = close.get(place.area[row], (0, 0))
        close[place.area[row]] = held + sum(dye.held[row]), idle + sum(dye.idle[row])
    village.closes.append(close)
