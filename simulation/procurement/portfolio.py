"""All standing arrangements of a place, and the month's stewardship of them.

The model asks it, in order: what runs out; who serves how much; what was delivered; what is
settled; who is let in or gone. It moves no money: payments come back as columns or instructions.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import serving
from simulation.procurement.commissioning import keep_suppliers, welcome
from simulation.procurement.delivery import Delivery, deliver, within_capacity
from simulation.procurement.interface import (
    Answers,
    Arrangement,
    Bool,
    Docket,
    Float64,
    Form,
    Int64,
    Live,
    Outcome,
    Regime,
    Roll,
    Volumes,
)
from simulation.procurement.learning import Memory
from simulation.procurement.luck import SharedLuck
from simulation.procurement.places import Places, PlaceTable
from simulation.procurement.rolls import Signed, Standing
from simulation.procurement.settled import Settled, answered, begun, settled_of


@dataclass(frozen=True, slots=True)
class Suppliers:
    """What stewardship sees of trading rows: float64[n_rows] each, true of those that serve.

    `room` is the units a month it can serve for public buyers in all (0 when it has failed);
    `utilisation` the share of capacity in use; `honesty` 0 to 1; `asked` room to work in, zero;
    `cash` what is held [pence], where the model says.
    """

    room: Float64
    utilisation: Float64
    honesty: Float64
    asked: Float64
    cash: Int64 | None = None


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
        self._next = 0
        self._table = PlaceTable()
        self._signed = Signed()
        self._acting: dict[int, Standing] = {}
        self._rolled: list[tuple[Roll, Int64]] | None = []

    @property
    def places(self) -> Places:
        """One row for each supplier's place; its columns hold until arrangements change."""
        self._table.close_up()
        return self._table

    def committed(self, n_rows: int) -> Float64:
        """Return the units a month that each trading row serves; see `PlaceTable.committed`."""
        return self._table.committed(n_rows)

    def enter(self, made: Sequence[tuple[Arrangement, Regime, int, int]]) -> list[int]:
        """Take up arrangements and return their numbers.

        Parameters
        ----------
        made : sequence of (Arrangement, Regime, int, int)
            Each with the way of buying that made it and will settle it; the code of the policy, a
            label; the party row of its account where the form is a membership, else -1.
        """
        entries = []
        for arrangement, regime, policy, club in made:
            s = Standing(self._next, arrangement, regime, policy, club)
            self._next += 1
            self.standing[s.number] = s
            if regime.divides or regime.settles:
                self._acting[s.number] = s
            entries.append(s)
        self._write(entries)
        return [s.number for s in entries]

    def close(self, numbers: list[int]) -> None:
        """End arrangements; their needs wait to be commissioned again."""
        for number in numbers:
            del self.standing[number]
            self._acting.pop(number, None)
            self._table.give_up(number)
            self._rolled = None

    def _write(self, entries: Sequence[Standing]) -> None:
        """Write the places of arrangements behind the others."""
        if entries:
            self._table.add(entries)
            self._signed.write(entries)
            self._rolled = None

    def divide(
        self, month: int, scale: Float64, suppliers: Suppliers, memory: Memory, a: Assumptions
    ) -> Float64:
        """Give out the month's work.

        Parameters
        ----------
        month : int
        scale : float64[n_buyers, n_categories]
            What budgets let be bought, as a part of the units needed.
        suppliers : Suppliers
        memory : Memory
            For the records that direct awards look at.
        a : Assumptions

        Returns
        -------
        float64[n_places]
            Units that each place serves; nothing before an arrangement starts.
        """
        places, rolls = self.places, self._rolls()
        dividing = [(roll, rows) for roll, rows in rolls if roll.regime.divides]
        fixed = np.ones(places.size, dtype=np.bool_)
        for roll, rows in dividing:
            fixed[rows] = roll.each(roll.guaranteed)
        whole, part, size = places.whole, places.part, places.size
        if not fixed.all():
            promised = np.zeros(suppliers.room.size)
            serving.promise(whole, part, size, scale, fixed, promised)
            for roll, rows in dividing:
                who, index = places.supplier[rows], places.buyer_index[rows]
                own = part[: serving.QUALITY + 1, rows]
                volumes = Volumes(
                    month=month,
                    units=own[serving.UNITS] * scale[index, places.category[rows]],
                    share=own[serving.SHARE],
                    unit_price=own[serving.PRICE],
                    cost=own[serving.COST],
                    capacity=np.maximum(suppliers.room[who] - promised[who], 0.0)
                    / part[serving.WORK, rows],
                    quality=own[serving.QUALITY],
                    record=memory.reputation(index, who),
                    uid=places.uid[rows],
                )
                luck = SharedLuck(self.seed, month, places.tender[rows], volumes.uid)
                self._table.share_anew(rows, roll.regime.divide_all(roll, volumes, a, luck))
        units = np.empty(size)
        serving.want(whole, part, size, scale, month, units)
        within_capacity(places, units, suppliers.room, suppliers.asked)
        return units

    def deliver(
        self, month: int, units: Float64, suppliers: Suppliers, memory: Memory, a: Assumptions
    ) -> Delivery:
        """Let every place serve its units, and note the promises seen kept or broken."""
        places = self.places
        done = deliver(places, units, suppliers.honesty, self.seed, month, a)
        memory.learn_delivery(places.buyer_index, places.supplier, done.signal)
        return done

    def settle(
        self,
        month: int,
        delivery: Delivery,
        suppliers: Suppliers,
        memory: Memory,
        a: Assumptions,
    ) -> Settled:
        """Close the month by each arrangement's own rules.

        Prices, leavers and states are carried out here; payments, endings (already closed) and
        reopenings come back for the model.
        """
        rolls = [
            begun(roll, rows, month)
            for roll, rows in self._rolls()
            if roll.regime.settles and (roll.start <= month).any()
        ]
        answers = []
        for roll, rows in rolls:
            live = self._live(roll.regime.family, rows, month, delivery, suppliers, memory)
            luck = SharedLuck(self.seed, month, self.places.tender[rows], live.uid)
            answer = roll.regime.settle_all(roll, live, a, luck)
            caught = rows[answer.found]
            index, who = self.places.buyer_index[caught], self.places.supplier[caught]
            memory.learn_delivery(index, who, np.zeros(caught.size))
            answers.append(answer)
        self._carry_out(rolls, answers)
        settled = settled_of([roll for roll, _ in rolls], answers)
        self.close(list(settled.ended))
        return settled

    def _live(
        self,
        family: str,
        rows: Int64,
        month: int,
        delivery: Delivery,
        suppliers: Suppliers,
        memory: Memory,
    ) -> Live:
        """Return what arrangements of one way of buying see of the month that they settle."""
        places, who = self.places, self.places.supplier[rows]
        index = places.buyer_index[rows]
        wins, losses = memory.chances(family, index, who)
        own = places.part[: serving.PADDING + 1, rows]
        return Live(
            month=month,
            units=delivery.units[rows],
            paid_pence=delivery.paid[rows],
            unit_price=own[serving.PRICE],
            cost=own[serving.COST],
            utilisation=suppliers.utilisation[who],
            capacity=suppliers.room[who],
            uid=places.uid[rows],
            supplier=who,
            honesty=suppliers.honesty[who],
            padding=own[serving.PADDING],
            share=own[serving.SHARE],
            chance=wins / (wins + losses),
            record=memory.reputation(index, who),
            cash=None if suppliers.cash is None else suppliers.cash[who],
        )

    def with_free_places(self, numbers: Sequence[int]) -> list[int]:
        """Return those of some arrangements that could take in another supplier."""
        return self._signed.with_room(numbers)

    def readmit(self, numbers: Sequence[int], docket: Docket, a: Assumptions) -> list[Outcome]:
        """Open standing arrangements of one way of buying to newcomers.

        Parameters
        ----------
        numbers : sequence of int
            The arrangements; each has a free place.
        docket : Docket
            Their needs at the month of the opening, without those who serve already.
        a : Assumptions

        Returns
        -------
        list of Outcome
            What came of it, and its cost.
        """
        standing = [self.standing[number] for number in numbers]
        regime = standing[0].regime
        outcomes = regime.admit_all([s.arrangement for s in standing], docket, a)
        joined = []
        for s, need, outcome in zip(standing, docket.needs, outcomes, strict=True):
            arrangement = welcome(s.arrangement, regime, need, outcome, a)
            if arrangement is not s.arrangement:
                joined.append((s, arrangement))
        self._replace(joined)
        return outcomes

    def rewrite(self, number: int, arrangement: Arrangement) -> None:
        """Put a changed arrangement (a larger need, other terms) in the place of a standing one."""
        s = self.standing[number]
        before, after = s.arrangement.need.units_month, arrangement.need.units_month
        if after != before:
            state = s.regime.scale(arrangement.state, after / max(before, 1e-9))
            arrangement = arrangement._replace(state=state)
        self._replace([(s, arrangement)])

    def drop_suppliers(self, gone: Bool, among: Collection[int] | None = None) -> list[int]:
        """Take out suppliers that failed, or may serve no more.

        Arrangements left with none are closed and returned. One that the buyer's own staff are to
        serve stands all the same.

        Parameters
        ----------
        gone : bool[n_rows]
            By trading row.
        among : collection of int, optional
            Numbers of the arrangements that they leave; of all, where none are named.
        """
        places = self.places
        hit = np.unique(places.arrangement[gone[places.supplier]])
        ended, left = [], []
        for number in hit.tolist() if among is None else sorted({*hit.tolist()} & {*among}):
            s = self.standing[number]
            kept = ~gone[s.arrangement.suppliers]
            if kept.any() or s.arrangement.form is Form.DIRECT_PROVISION:
                first, size = self._table.rows_of(np.array([number]))
                share = places.share[int(first[0]) :][: int(size[0])]
                rest = keep_suppliers(s.arrangement, s.regime, kept)
                left.append((s, s.regime.after_failure(rest, float(share[~kept].sum()))))
            else:
                ended.append(number)
        self._replace(left)
        self.close(ended)
        return ended

    def _rolls(self) -> list[tuple[Roll, Int64]]:
        """Return the roll of each way of buying that divides or settles, with its rows.

        Made anew whenever arrangements change.
        """
        if self._rolled is None:
            self._rolled = self._enrol()
        return self._rolled

    def _enrol(self) -> list[tuple[Roll, Int64]]:
        self._table.close_up()
        groups: dict[int, list[Standing]] = {}
        for s in self._acting.values():
            groups.setdefault(id(s.regime), []).append(s)
        rolls = []
        for group in groups.values():
            first, sizes = self._table.rows_of(np.array([s.number for s in group]))
            roll = self._signed.roll(group, sizes)
            shift = first - roll.begins[:-1]
            rolls.append((roll, np.arange(roll.owner.size) + roll.each(shift)))
        return rolls

    def _carry_out(self, rolls: list[tuple[Roll, Int64]], answers: list[Answers]) -> None:
        """Set next month's prices and states, and take leavers out."""
        places = self.places
        changed: dict[int, Arrangement] = {}
        for (roll, rows), answer in zip(rolls, answers, strict=True):
            if answer.unit_prices is not None:
                places.unit_price[rows] = answer.unit_prices
            if answer.unit_costs is not None:
                places.cost[rows] = answer.unit_costs
            if answer.work is not None:
                self._table.work_anew(rows, roll.each(answer.work))
            leaving = roll.count(~answer.stays) > 0
            changes = (answer.unit_prices, answer.unit_costs, answer.work, answer.states)
            keeps = all(column is None for column in changes)
            some = ~answer.ends & leaving if keeps else ~answer.ends
            for index in np.flatnonzero(some).tolist():
                s, after = roll.standing[index], answered(roll, answer, index)
                if leaving[index]:
                    changed[s.number] = after
                else:
                    s.arrangement = after
        self._replace([(self.standing[number], changed[number]) for number in sorted(changed)])

    def _replace(self, changed: Sequence[tuple[Standing, Arrangement]]) -> None:
        """Write the rows of arrangements anew after their suppliers changed."""
        for s, arrangement in changed:
            s.arrangement = arrangement
            self._table.give_up(s.number)
        self._write([s for s, _ in changed])
