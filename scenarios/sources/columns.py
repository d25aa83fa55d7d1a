"""What each column of a sheet is, by its heading and by what stands in it, and how sure we are.

A heading proposes, the cells dispose: "Supplier Name" over numbers is no name of a supplier. Each
pair of column and field has a confidence, the product of both; the surest pair is taken first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.sources.content import MANY, Content, content_of, fit
from scenarios.sources.fields import AMOUNTS, heading_weights, plain
from scenarios.sources.masking import safe_text
from scenarios.sources.money import pence_of
from scenarios.sources.sheet import Column

SURE_ENOUGH = 0.4
"""Below this a column is not taken for the payee or the amount."""

TIE = 0.1
ALL_BUT = 0.9
BY_HAND = "set by hand"
NOT_A_FIELD = "ignore"
IN_SUM = 0.95
"""Share of the rows in which gross is VAT and net together, for columns without a heading."""

TOLD_ALONE = ("date", "currency")
"""Fields that cells show under a heading that says nothing."""

FILLED_AS = 0.5
"""A net column that is filled less often than this part of another amount is not the one summed."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one column is.

    Attributes
    ----------
    position : int
        From 1.
    heading, field : str
        As it stands; the field is empty where the column is none of ours.
    confidence : float
        0 to 1.
    reason : str
        Why.
    """

    position: int
    heading: str
    field: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class Meaning:
    """What the columns of a sheet are.

    Attributes
    ----------
    columns : sequence of Found
        One for each column that is not wholly blank.
    used : str
        Which field is summed: net, amount or gross; empty where none was found.
    why : str
        Why that one.
    rivals : sequence of Found
        Columns under the same heading as the payee or the amount, which say something else.
    unused : sequence of Found
        Columns that hold amounts, and are none of ours.
    """

    columns: Sequence[Found]
    used: str
    why: str
    rivals: Sequence[Found] = ()
    unused: Sequence[Found] = ()

    def position(self, field: str) -> int | None:
        """Column of a field, from 0; None where there is none."""
        return next((one.position - 1 for one in self.columns if one.field == field), None)


def find_meaning(
    columns: Sequence[Column], names: Sequence[str], set_by_hand: Mapping[int, str]
) -> Meaning:
    """Say what each column is.

    Parameters
    ----------
    columns : sequence of Column
        Below the headings.
    names : sequence of str
        Their headings.
    set_by_hand : mapping of int to str
        Position from 0 -> field, or `ignore`.

    Returns
    -------
    Meaning
        With each field at most once.
    """
    contents = {k: content_of(column) for k, column in enumerate(columns) if column.filled.any()}
    pairs = _pairs(contents, names, set_by_hand)
    taken = _take(pairs, names, set_by_hand)
    if not set_by_hand:
        _split_by_sum(taken, columns, contents, names)
    found = [
        taken.get(k) or Found(k + 1, safe_text(names[k]), "", 0.0, "none of ours")
        for k in sorted(contents)
    ]
    used, why = _used(found, columns)
    rivals = _rivals(pairs, found, columns, names, used)
    unused = [
        one
        for one in found
        if not one.field and one.reason != BY_HAND and contents[one.position - 1].holds_pounds
    ]
    return Meaning(found, used, why, rivals, unused)


def _pairs(
    contents: Mapping[int, Content], names: Sequence[str], by_hand: Mapping[int, str]
) -> list[tuple[float, str, int, str]]:
    """Confidence, field, column and reason of each pair that can be, the surest first."""
    pairs = []
    most = max((one.filled for one in contents.values()), default=0)
    for k, content in contents.items():
        if k in by_hand:
            continue
        weights = heading_weights(names[k])
        for field, sure in weights.items():
            fits, why = fit(field, content)
            if sure * fits >= 0.05:
                pairs.append((sure * fits, field, k, f"heading “{names[k]}”, {why}"))
        if content.capital > ALL_BUT and content.filled > MANY:
            pairs.append((ALL_BUT, "capital_revenue", k, "nothing but capital or revenue"))
        if content.documents > ALL_BUT:
            pairs.append((ALL_BUT, "document_type", k, "invoices and credit notes"))
        if not weights:
            pairs += [
                (sure, field, k, f"no heading that says so; {why}")
                for field, sure, why in content.alone()
                if (field in TOLD_ALONE or not names[k]) and 2 * content.filled > most
            ]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[2], pair[1]))


def _take(
    pairs: Sequence[tuple[float, str, int, str]], names: Sequence[str], by_hand: Mapping[int, str]
) -> dict[int, Found]:
    taken = {
        k: Found(k + 1, names[k], "" if field == NOT_A_FIELD else field, 1.0, BY_HAND)
        for k, field in by_hand.items()
    }
    fields = {one.field for one in taken.values()}
    if fields & set(AMOUNTS):  # set by hand: no other is summed
        fields |= set(AMOUNTS)
    for sure, field, k, why in pairs:
        if k not in taken and field not in fields:
            taken[k] = Found(k + 1, names[k], field, round(sure, 2), why)
            fields.add(field)
    return taken


def _split_by_sum(
    taken: dict[int, Found],
    columns: Sequence[Column],
    contents: Mapping[int, Content],
    names: Sequence[str],
) -> None:
    """Tell gross, VAT and net apart where one heading stands over three columns of money."""
    at = next((k for k, one in taken.items() if one.field == "amount"), None)
    if at is None or any(one.field in ("net", "gross", "vat") for one in taken.values()):
        return
    three = [k for k in (at, at + 1, at + 2) if k in contents and contents[k].money > SURE_ENOUGH]
    if len(three) < 3 or names[at + 1] or names[at + 2]:
        return
    pence = {k: pence_of(columns[k]) for k in three}
    sizes = {k: int(np.abs(one.pence).sum()) for k, one in pence.items()}
    vat, net, gross = sorted(three, key=lambda k: (sizes[k], k))
    whole = pence[gross].pence == pence[net].pence + pence[vat].pence
    if whole.mean() < IN_SUM:
        return
    for k, field in ((gross, "gross"), (vat, "vat"), (net, "net")):
        why = "gross is VAT and net together, row by row"
        taken[k] = Found(k + 1, names[k], field, 0.9, why)


def _used(found: Sequence[Found], columns: Sequence[Column]) -> tuple[str, str]:
    """Choose what is summed: net before amount before gross, if it is filled as often."""
    known = {
        one.field: one for one in found if one.field in AMOUNTS and one.confidence >= SURE_ENOUGH
    }
    filled = {field: columns[one.position - 1].filled.mean() for field, one in known.items()}
    most = max(filled.values(), default=0.0)
    for field in AMOUNTS:
        if field in known and filled[field] >= FILLED_AS * most:
            others = [name for name in known if name != field]
            return field, _why(field, others, known[field].reason)
    return "", ""


def _why(field: str, others: Sequence[str], reason: str) -> str:
    if reason == BY_HAND:
        return BY_HAND
    beside = f", and not {' or '.join(others)}" if others else ""
    return {
        "net": f"the amount without VAT{beside}: VAT that is recovered costs the council nothing",
        "amount": f"the one amount that is published{beside}, without recoverable VAT if the "
        "list follows the Transparency Code",
        "gross": "only the amount with VAT is published: it overstates the cost where VAT is "
        "recovered",
    }[field]


def _rivals(
    pairs: Sequence[tuple[float, str, int, str]],
    found: Sequence[Found],
    columns: Sequence[Column],
    names: Sequence[str],
    used: str,
) -> list[Found]:
    """Give columns that might as well be the payee or the amount, and say something else."""
    rivals = []
    for one in found:
        if one.field not in ("payee", used) or one.reason == BY_HAND:
            continue
        if one.field == "payee" and not one.heading:
            continue  # words without a heading: the surest column is told of, and can be set
        mine = columns[one.position - 1]
        for sure, field, k, why in pairs:
            same = plain(names[k]) == plain(one.heading) and k != one.position - 1
            if (
                field == one.field
                and same
                and sure > one.confidence - TIE
                and _differ(mine, columns[k])
            ):
                rivals.append(Found(k + 1, names[k], field, round(sure, 2), why))
    return rivals


def _differ(one: Column, other: Column) -> bool:
    return bool(one.counts != other.counts)
