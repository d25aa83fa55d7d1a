"""The course of an award after its signature: who served when, and what was settled between them.

Read off the journal of a run, where one was kept. Nothing here knows a way of buying: what comes
every month is told in sum, and what comes now and then (a review, a change of rules, work handed
over, a fine) by its dates.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

USUAL = 0.5
"""What is settled in more than this part of the months is told in sum, without its dates."""

Named = Callable[[int], dict[str, Any]]
Line = Mapping[str, Any]


def course_of(
    lines: Iterable[Line], award: int, buyer: int, named: Named, dated: Callable[[int], str]
) -> dict[str, Any]:
    """Tell what became of an award.

    Parameters
    ----------
    lines : iterable of mapping
        Decisions of the journal.
    award : int
    buyer : int
        Its buyer's uid.
    named : callable
        Describes a party by its uid.
    dated : callable
        Writes a month by the calendar.

    Returns
    -------
    dict
        `served`: each supplier's first and last month with an order, whether it joined after the
        first orders and whether its orders ended before the last. `settled`: by reason and by
        side, sums, months, and the dates of what does not come every month.
    """
    mine = [one for one in lines if one.get("arrangement") == award]
    orders = [one for one in mine if one["what"] == "order"]
    asked = [one for one in mine if one["what"] == "settlement"]
    return {
        "served": _served(orders, named, dated),
        "settled": _settled(asked, buyer, named, dated),
    }


def _served(orders: list[Line], named: Named, dated: Callable[[int], str]) -> list[dict[str, Any]]:
    months: dict[int, set[int]] = {}
    for one in orders:
        months.setdefault(one["supplier"], set()).add(one["month"])
    if not months:
        return []
    begins, ends = min(map(min, months.values())), max(map(max, months.values()))
    return [
        {
            "supplier": named(uid),
            "first": dated(min(some)),
            "last": dated(max(some)),
            "months": len(some),
            "joined": min(some) > begins,
            "left": max(some) < ends,
        }
        for uid, some in sorted(months.items(), key=lambda one: (min(one[1]), one[0]))
    ]


def _settled(
    asked: list[Line], buyer: int, named: Named, dated: Callable[[int], str]
) -> list[dict[str, Any]]:
    usual = USUAL * len({one["month"] for one in asked})
    by_reason: dict[str, list[Line]] = {}
    for one in asked:
        by_reason.setdefault(str(one["reason"]), []).append(one)
    told = []
    for reason, some in by_reason.items():
        months = sorted({one["month"] for one in some})
        others = {one["payer"] for one in some} - {buyer}
        told.append(
            {
                "reason": reason,
                "pence": sum(one["pence"] for one in some),
                "pence_of_buyer": sum(one["pence"] for one in some if one["payer"] == buyer),
                "months": len(months),
                "dates": [dated(month) for month in months] if len(months) <= usual else [],
                "by": [named(uid) for uid in sorted(others)] if len(months) <= usual else [],
            }
        )
    return told
