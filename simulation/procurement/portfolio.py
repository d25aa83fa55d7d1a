"""All standing arrangements of a place, and the month's stewardship of them.

The model asks it, in order: what runs out; who serves how much; what was delivered; what is
settled; who is let in or gone. It moves no money: payments come back as columns or instructions.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.commissioning import SUPPLIER_COLUMNS, keep_suppliers, reopen
from simulation.procurement.delivery import Delivery, deliver, within_capacity
from simulation.procurement.interface import (
    Arrangement,
    Bool,
    Float64,
    Int64,
    Live,
    Luck,
    Market,
    Outcome,
    Regime,
    Settlement,
    Volume,
)
from simulation.procurement.learning import Memory
from simulation.procurement.luck import SharedLuck
from simulation.procurement.places import Places, no_places, places_of


@dataclass(slots=True)
class Standing:
    """One arrangement in force; `club` is the party row of its account, -1 without one."""

    number: int
    arrangement: Arrangement
    regime: Regime
    policy: int
    club: int = -1


@dataclass(frozen=True, slots=True)
class Suppliers:
    """What stewardship sees of every trading row: float64[n_rows] each.

    `room` is the units a month it can serve for public buyers in all (0 when it has failed);
    `utilisation` the share of capacity in use; `honesty` 0 to 1.
    """

    room: Float64
    utilisation: Float64
    honesty: Float64


class Month:
    """What arrangements see of the month that they settle, read for all places at once.

    Parameters
    ----------
    places : Places
        Those that served the month.
    delivery : Delivery
    suppliers : Suppliers
    memory : Memory
    """

    def __init__(
        self, places: Places, delivery: Delivery, suppliers: Suppliers, memory: Memory
    ) -> None:
        who = places.supplier
        self._places, self._delivery, self._memory = places, delivery, memory
        self._utilisation = suppliers.utilisation[who]
        self._room = suppliers.room[who]
        self._honesty = suppliers.honesty[who]
        self._record = memory.reputation(places.buyer_index, who)
        self._chance: dict[str, Float64] = {}

    def _chances(self, family: str) -> Float64:
        if family not in self._chance:
            places = self._places
            wins, losses = self._memory.chances(family, places.buyer_index, places.supplier)
            self._chance[family] = wins / (wins + losses)
        return self._chance[family]

    def live(self, s: Standing, month: int, at: slice, uid: Int64) -> Live:
        """Return one arrangement's month: its rows are `at`, its suppliers' identities `uid`."""
        places, delivery = self._places, self._delivery
        return Live(
            month=month,
            units=delivery.units[at],
            paid_pence=delivery.paid[at],
            unit_price=places.unit_price[at],
            cost=places.cost[at],
            utilisation=self._utilisation[at],
            capacity=self._room[at],
            uid=uid,
            supplier=places.supplier[at],
            honesty=self._honesty[at],
            padding=places.padding[at],
            share=places.share[at],
            chance=self._chances(s.regime.family)[at],
            record=self._record[at],
            club=s.club,
        )


class Portfolio:
    """The register of arrangements in force, with one row of `places` for each supplier's place.

    Parameters
    ----------
    seed : int
        The replicate's seed, for monthly luck.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.standing: dict[int, Standing] = {}
        self.places: Places = no_places()
        self._next = 0

    def enter(self, arrangement: Arrangement, regime: Regime, policy: int, club: int = -1) -> int:
        """Take up an arrangement and return its number.

        Parameters
        ----------
        arrangement : Arrangement
        regime : Regime
            The way of buying that made it and will settle it.
        policy : int
            Code of the policy, a label.
        club : int
            Party row of its account, where the form is a membership.
        """
        number = self._next
        self._next += 1
        self.standing[number] = Standing(number, arrangement, regime, policy, club)
        self.places = self.places.joined_by([places_of(number, arrangement, policy)])
        return number

    def expired(self, month: int) -> list[int]:
        """Return the numbers of arrangements whose term is over in a month."""
        return [number for number, s in self.standing.items() if s.arrangement.end <= month]

    def close(self, numbers: list[int]) -> None:
        """End arrangements; their needs wait to be commissioned again."""
        for number in numbers:
            del self.standing[number]
        if numbers:
            self.places = self.places.without(numbers)

    def divide(
        self, month: int, scale: Float64, suppliers: Suppliers, memory: Memory, a: Assumptions
    ) -> Float64:
        """Give out the month's work.

        Parameters
        ----------
        month : int
        scale : float64[n_places]
            What the budget lets be bought, as a part of the units needed, by place.
        suppliers : Suppliers
        memory : Memory
            For the records that direct awards look at.
        a : Assumptions

        Returns
        -------
        float64[n_places]
            Units that each place serves; nothing before an arrangement starts.
        """
        places = self.places
        share = places.share.copy()
        units = places.units_month * scale
        fixed = np.ones(places.size, dtype=np.bool_)
        rows = self._rows()
        dividing = [s for s in self.standing.values() if s.regime.divides]
        for s in dividing:
            fixed[rows[s.number]] = s.arrangement.terms.volume_guaranteed
        promised = np.bincount(
            places.supplier[fixed],
            weights=(units * share)[fixed],
            minlength=suppliers.room.size,
        )
        free = np.maximum(suppliers.room - promised, 0.0)[places.supplier]
        record = memory.reputation(places.buyer_index, places.supplier)
        luck = SharedLuck(self.seed, month, places.tender, places.uid)
        for s in dividing:
            at = rows[s.number]
            if s.arrangement.terms.volume_guaranteed or at.start == at.stop:
                continue
            own = luck.of(s.arrangement.need.tender, at)
            volume = Volume(
                month=month,
                units=float(units[at.start]),
                share=share[at],
                unit_price=places.unit_price[at],
                cost=places.cost[at],
                capacity=free[at],
                quality=places.quality[at],
                record=record[at],
                uid=own.uid,
            )
            share[at] = s.regime.divide_volume(volume, s.arrangement.terms, a, own)
        self.places = replace(places, share=share)
        wanted = np.where(places.start <= month, units * share, 0.0)
        return within_capacity(places, wanted, suppliers.room)

    def deliver(
        self, month: int, units: Float64, suppliers: Suppliers, memory: Memory, a: Assumptions
    ) -> Delivery:
        """Let every place serve its units, and note the promises seen kept or broken."""
        places = self.places
        done = deliver(places, units, suppliers.honesty[places.supplier], self.seed, month, a)
        memory.learn_delivery(places.buyer_index, places.supplier, done.signal)
        return done

    def settle(
        self,
        month: int,
        delivery: Delivery,
        suppliers: Suppliers,
        memory: Memory,
        a: Assumptions,
    ) -> list[tuple[int, Settlement]]:
        """Close the month by each arrangement's own rules.

        Prices, leavers and states are carried out here; payments, endings (already closed) and
        reopenings come back for the model.

        Returns
        -------
        list of (int, Settlement)
            By arrangement number; `reason` says why one ended.
        """
        rows, seen = self._rows(), Month(self.places, delivery, suppliers, memory)
        luck = SharedLuck(self.seed, month, self.places.tender, self.places.uid)
        answers: list[tuple[int, Settlement]] = []
        for s in [s for s in self.standing.values() if s.regime.settles]:
            if s.arrangement.start > month:
                continue
            own = luck.of(s.arrangement.need.tender, rows[s.number])
            live = seen.live(s, month, rows[s.number], own.uid)
            answer = s.regime.settle(s.arrangement, live, a, own)
            if answer.found is not None and answer.found.any():
                caught = live.supplier[answer.found]
                index = np.full(caught.size, s.arrangement.need.buyer_index, dtype=np.int32)
                memory.learn_delivery(index, caught, np.zeros(caught.size))
            self._carry_out(s, answer)
            answers.append((s.number, answer))
        self.close([number for number, answer in answers if answer.ends])
        return answers

    def readmit(
        self, number: int, market: Market, month: int, a: Assumptions, luck: Luck
    ) -> Outcome:
        """Open a standing arrangement to newcomers; return what came of it, and its cost."""
        s = self.standing[number]
        arrangement, outcome = reopen(s.arrangement, market, s.regime, month, a, luck)
        if arrangement.suppliers.size != s.arrangement.suppliers.size:
            self._replace(s, arrangement)
        return outcome

    def rewrite(self, number: int, arrangement: Arrangement) -> None:
        """Put a changed arrangement (a larger need, other terms) in the place of a standing one."""
        s = self.standing[number]
        before, after = s.arrangement.need.units_month, arrangement.need.units_month
        if after != before:
            state = s.regime.scale(arrangement.state, after / max(before, 1e-9))
            arrangement = replace(arrangement, state=state)
        self._replace(s, arrangement)

    def drop_suppliers(self, gone: Bool) -> list[int]:
        """Take out suppliers that failed; close and return arrangements left with none.

        Parameters
        ----------
        gone : bool[n_rows]
            By trading row.
        """
        hit = np.unique(self.places.arrangement[gone[self.places.supplier]])
        ended = []
        for number in hit.tolist():
            s = self.standing[number]
            kept = ~gone[s.arrangement.suppliers]
            if kept.any():
                self._replace(s, keep_suppliers(s.arrangement, s.regime, kept))
            else:
                ended.append(number)
        self.close(ended)
        return ended

    def _rows(self) -> dict[int, slice]:
        """Find each arrangement's rows of `places`: always neighbours, in its own order."""
        numbers = self.places.arrangement
        cuts = (np.flatnonzero(np.diff(numbers)) + 1).tolist()
        begins, ends = [0, *cuts], [*cuts, numbers.size]
        found = {number: slice(0, 0) for number in self.standing}
        if numbers.size:
            runs = zip(numbers[begins].tolist(), begins, ends, strict=True)
            found.update({number: slice(i, j) for number, i, j in runs})
        return found

    def _carry_out(self, s: Standing, answer: Settlement) -> None:
        """Take leavers out and set next month's prices and state."""
        arrangement = s.arrangement
        if answer.stays is not None:
            columns: dict[str, Any] = {
                name: getattr(arrangement, name)[answer.stays] for name in SUPPLIER_COLUMNS
            }
            arrangement = replace(arrangement, **columns)
        if answer.unit_prices is not None:
            arrangement = replace(arrangement, unit_prices=answer.unit_prices)
        if answer.state is not None:
            arrangement = replace(arrangement, state=answer.state)
        if answer.stays is not None:
            self._replace(s, arrangement)
        elif arrangement is not s.arrangement:
            s.arrangement = arrangement
            prices = self.places.unit_price.copy()
            prices[self.places.arrangement == s.number] = arrangement.unit_prices
            self.places = replace(self.places, unit_price=prices)

    def _replace(self, s: Standing, arrangement: Arrangement) -> None:
        """Write an arrangement's rows anew after its suppliers changed."""
        s.arrangement = arrangement
        self.places = self.places.without([s.number]).joined_by(
            [places_of(s.number, arrangement, s.policy)]
        )
