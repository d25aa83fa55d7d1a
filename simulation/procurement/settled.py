"""What a month's settlements come to, over all ways of buying, and how they change arrangements."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.procurement.arrangements import Arrangement
from simulation.procurement.commissioning import SUPPLIER_COLUMNS
from simulation.procurement.interface import Answers, Int64, Roll
from simulation.procurement.payments import Payments, joined


@dataclass(frozen=True, slots=True)
class Settled:
    """What a month's settlements came to.

    `payments`, each asked by the arrangement `number`, rising. By arrangement that settled, in
    order: `numbers`, with the `buyer` (party row), its index and the category. `ended` gives
    numbers and reasons, `again` those of them whose term is over and that are let the same way,
    `reopened` the numbers of those that call for newcomers.
    """

    payments: Payments
    number: Int64
    numbers: Int64
    buyer: Int64
    buyer_index: Int64
    category: Int64
    ended: dict[int, str]
    again: frozenset[int]
    reopened: list[int]


def answered(roll: Roll, answer: Answers, index: int) -> Arrangement:
    """Return one arrangement of a roll as it stands after its answer."""
    arrangement, at = roll.standing[index].arrangement, roll.at(index)
    stays, columns = answer.stays[at], dict[str, Any]()
    if not stays.all():
        columns = {name: getattr(arrangement, name)[stays] for name in SUPPLIER_COLUMNS}
    if answer.unit_prices is not None:
        columns["unit_prices"] = answer.unit_prices[at][stays]
    if answer.unit_costs is not None:
        columns["costs"] = answer.unit_costs[at][stays]
    if answer.work is not None:
        columns["work"] = float(answer.work[index])
    if answer.states is not None and answer.states[index] is not None:
        columns["state"] = answer.states[index]
    return arrangement._replace(**columns)


def begun(roll: Roll, rows: Int64, month: int) -> tuple[Roll, Int64]:
    """Leave out the arrangements that start later."""
    begun = roll.start <= month
    if begun.all():
        return roll, rows
    return roll.only(begun), rows[roll.each(begun)]


def settled_of(rolls: list[Roll], answers: list[Answers]) -> Settled:
    """Put the answers of all rolls together, in the order of the arrangements' numbers."""

    def joint(columns: list[Int64]) -> Int64:
        return np.concatenate([np.zeros(0, dtype=np.int64), *columns])

    both = list(zip(rolls, answers, strict=True))
    number = joint([roll.number[answer.asked_by] for roll, answer in both])
    numbers = joint([roll.number for roll in rolls])
    payments = joined([answer.payments for answer in answers])
    turn = np.argsort(number, kind="stable")
    order = np.argsort(numbers, kind="stable")
    ends = {
        int(roll.number[index]): answer.reasons[index]
        for roll, answer in both
        for index in np.flatnonzero(answer.ends).tolist()
    }
    over = [roll.number[answer.ends & answer.again] for roll, answer in both
            if answer.again is not None]  # fmt: skip
    more = [roll.number[answer.reopen & ~answer.ends] for roll, answer in both]
    return Settled(
        payments=payments if len(rolls) == 1 else payments.take(turn),
        number=number[turn],
        numbers=numbers[order],
        buyer=joint([roll.buyer for roll in rolls])[order],
        buyer_index=joint([roll.buyer_index for roll in rolls])[order],
        category=joint([roll.category for roll in rolls])[order],
        ended=dict(sorted(ends.items())),
        again=frozenset(joint(over).tolist()),
        reopened=sorted(joint(more).tolist()),
    )
