"""Slow twin of the filing kernel: a dictionary of sums, sorted."""

from collections import Counter
from collections.abc import Sequence

from scenarios.vocabulary import ISSUED, WITHDRAWN, Kind

Row = tuple[Kind, int, int, int, int]
"""Kind, payer class, payee class, pence, number of payments."""


def filed(rows: Sequence[Row]) -> list[Row]:
    """Sum rows of one kind and pair of classes, and sort them."""
    pence, count = Counter[tuple[Kind, int, int]](), Counter[tuple[Kind, int, int]]()
    for kind, payer, payee, sum_pence, many in rows:
        pence[kind, payer, payee] += sum_pence
        count[kind, payer, payee] += many
    return [(*key, pence[key], count[key]) for key in sorted(pence)]


def told(rows: Sequence[Row], n_classes: int) -> tuple[list[int], list[int], int, int]:
    """Return changes of deposits and savings by class, and number and sum of payments."""
    deposits, savings, many, moved = [0] * n_classes, [0] * n_classes, 0, 0
    for kind, payer, payee, pence, count in rows:
        if kind is Kind.WRITE_OFF:
            continue
        if kind not in ISSUED:
            deposits[payer] -= pence
        if kind not in WITHDRAWN:
            deposits[payee] += pence
        if kind is Kind.SAVING:
            savings[payer] += pence
        if kind is Kind.DISSAVING:
            savings[payee] -= pence
        many, moved = many + count, moved + pence
    return deposits, savings, many, moved
