"""How far a way of buying reached: what it bought itself, and why the rest fell to the baseline."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from experiments.analysis.reach import Ways, reach, reach_rows
from experiments.store.records import ReachRow
from scenarios.vocabulary import TOO_RISKY
from simulation.accounting.books import SCHEMAS, Books, BooksMeta, table
from tests.experiments.made_up import result

COUNCIL, NEIGHBOUR = 5, 6
TEXTS = (
    "",
    "Procurement Act 2023: open procedure",
    "Procurement Act 2023: open procedure (Reserved: no route for works above the threshold)",
    "one bid; ended: dearer than the market",
    f"Procurement Act 2023: open procedure (Reserved: {TOO_RISKY})",
)
OPEN, FORBIDDEN, ENDED, LEFT = 1, 2, 3, 4
WAYS = Ways({"reserved": "Reserved"}, frozenset({COUNCIL}), frozenset({"homecare"}), 12)
YEAR = {"start": 1, "end": 12, "buyer": COUNCIL, "value_pence": 120_000, "policy": 1, "power": OPEN}


def books(*awards: dict[str, int], vain: tuple[int, ...] = ()) -> Books:
    """Books of a year with some awards, each of its own tender, and tenders won by nobody."""
    rows = [
        dict.fromkeys(SCHEMAS["arrangements"].columns, 0)
        | YEAR | {"arrangement": k, "tender": 10 + k} | one
        for k, one in enumerate(awards)
    ]  # fmt: skip
    tenders: list[dict[str, Any]] = [
        {"tender": row["tender"], "month": row["start"], "winner": 9} for row in rows
    ]
    tenders += [{"tender": k, "month": month, "winner": -1} for k, month in enumerate(vain)]
    held = [
        dict.fromkeys(SCHEMAS["tenders"].columns, 0)
        | {"buyer": COUNCIL, "value_pence": 120_000} | one
        for one in tenders
    ]  # fmt: skip
    meta = BooksMeta(
        months=12, start_year=2025, start_month=4, focus_area=0, area_ids=("a",), area_names=("A",),
        category_ids=("homecare", "ict"), texts=TEXTS, regime_names=("reserved", "open"),
    )  # fmt: skip
    made = {"arrangements": rows, "tenders": held}
    return Books(
        meta,
        {
            name: table(name, **{key: [row[key] for row in some] for key in SCHEMAS[name].columns})
            for name, some in made.items()
        },
    )


RESERVED, OTHER = {"regime": 0}, {"regime": 1}


@pytest.mark.parametrize(
    ("award", "vain", "reason"),
    [
        (RESERVED, (), "own"),
        (OTHER | {"policy": 0}, (), "older"),
        (OTHER | {"buyer": NEIGHBOUR}, (), "not_adopted"),
        (OTHER | {"power": FORBIDDEN}, (), "law"),
        (OTHER | {"power": LEFT}, (), "contested"),
        (OTHER | {"start": 4}, (3,), "nothing"),
        (OTHER | {"start": 4}, (2,), "unsuited"),
        (OTHER, (), "unsuited"),
    ],
)
def test_each_award_has_one_reason(
    award: dict[str, int], vain: tuple[int, ...], reason: str
) -> None:
    """Who bought it how, and what the books tell of why."""
    rows = reach_rows(books(award, vain=vain), WAYS)

    assert [row.reason for row in rows] == [reason]


def test_what_ended_before_its_time_is_bought_otherwise() -> None:
    """An own arrangement of months 1 to 6 ends for a reason; the baseline takes over in month 7."""
    first = RESERVED | {"end": 6, "result": ENDED}

    rows = reach_rows(books(first, OTHER | {"start": 7}), WAYS)

    assert rows == (ReachRow("own", 1, 600.0), ReachRow("ended", 1, 600.0))


def test_work_is_counted_by_the_months_in_force() -> None:
    """£1,200 a year: half a year of the story is £600, whatever went before it or comes after."""
    rows = reach_rows(
        books(RESERVED | {"start": 7, "end": 30}, OTHER | {"policy": 0, "start": -20, "end": 3}),
        WAYS,
    )

    assert rows == (ReachRow("own", 1, 600.0), ReachRow("older", 0, 300.0))


def test_what_is_not_treated_is_not_counted() -> None:
    """Computers are bought as ever."""
    assert reach_rows(books(OTHER | {"category": 1}), WAYS) == ()


def test_futures_are_averaged() -> None:
    """Two of three awards in one future, none of one in the other."""
    lived = [
        _lived(0, ReachRow("own", 2, 80.0), ReachRow("law", 1, 20.0)),
        _lived(1, ReachRow("law", 1, 50.0)),
    ]

    (told,) = reach(lived, ["social_value"], {"social_value": ["Social value"]})

    assert (told["awards"], told["awards_own"]) == (2.0, 1.0)
    assert (told["pounds"], told["pounds_own"]) == (75.0, 40.0)
    assert [(part["reason"], part["awards"]) for part in told["parts"]] == [
        ("own", 1.0), ("law", 1.0)
    ]  # fmt: skip
    assert np.isclose(sum(part["pounds"] for part in told["parts"]), told["pounds"])


def _lived(replicate: int, *rows: ReachRow) -> Any:
    """A replicate whose second policy reached so far."""
    made = result(replicate)
    return replace(made, runs=(made.runs[0], replace(made.runs[1], reach=rows)))
