"""What a run's books tell beside the measures: who is paid, what changes hands, days, endings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from experiments.analysis.facts import HOURS, LATER, Asked, fact_rows
from experiments.analysis.facts_told import facts_told
from experiments.store.records import FactRow, RunRecord
from scenarios.assumptions import register
from simulation.accounting.books import SCHEMAS, Books, BooksMeta, table
from simulation.measures.view import View
from tests.experiments.made_up import REGIMES, result

COUNCIL, OLD, NEW = 1, 2, 3
ENDED, CLOSED = 1, 2
TEXTS = (
    "highest score",
    "highest score; ended: broken",
    "highest score; ended: the supplier closed",
)
ASKED = Asked(
    treated=frozenset({"homecare"}), areas=(), terms={"homecare": 24.0, "ict": 12.0},
    hour_pence=1_000.0, day_pence=20_000.0, expiring=True,
)  # fmt: skip
Rows = Sequence[Mapping[str, int]]


def told(
    asked: Asked = ASKED, months: int = 24, **tables: Rows
) -> dict[tuple[str, str, int], float]:
    """Facts of books that hold some rows, the rest of each row nought."""
    meta = BooksMeta(
        months=months, start_year=2025, start_month=4, focus_area=0, area_ids=("a",),
        area_names=("A",), category_ids=("homecare", "ict"), texts=TEXTS, window=(1, months),
    )  # fmt: skip
    made = {
        name: table(
            name, **{key: [row.get(key, 0) for row in rows] for key in SCHEMAS[name].columns}
        )
        for name, rows in tables.items()
    }
    found = fact_rows(View(Books(meta, made)), asked)
    return {(row.what, row.key, row.year): row.value for row in found}


def paid(month: int, supplier: int, pence: int, category: int = 0) -> dict[str, int]:
    """A payment of the council to a supplier."""
    return {
        "month": month, "buyer": COUNCIL, "supplier": supplier, "pence": pence,
        "category": category, "arrangement": 10 * supplier + category,
    }  # fmt: skip


def test_work_that_goes_to_a_new_supplier_is_told_year_by_year() -> None:
    """£100 to the old supplier in each year; £300 to a new one in the second."""
    found = told(
        purchases=[paid(0, OLD, 9), paid(3, OLD, 10_000), paid(15, OLD, 10_000),
                   paid(16, NEW, 30_000)],
    )  # fmt: skip

    assert (found["spent", "", 1], found["spent", "", 2]) == (100.0, 400.0)
    assert (found["spent_new", "", 1], found["spent_new", "", 2]) == (0.0, 300.0)
    assert (found["moved", "", 1], found["moved", "", 2]) == (0.0, 0.75)
    assert found["moved", "", 0] == 0.6
    assert (found["suppliers_new", "", 1], found["suppliers_new", "", 2]) == (0.0, 1.0)


def test_an_old_supplier_is_new_to_another_kind_of_work() -> None:
    """It served the council, but not with home care."""
    found = told(purchases=[paid(0, OLD, 9, category=1), paid(1, OLD, 10_000)])

    assert found["spent_new", "", 1] == 100.0
    assert found["suppliers_new", "", 1] == 0.0


def test_nobody_is_called_new_where_nothing_is_known_of_before() -> None:
    """Books that begin with the story cannot tell who is new."""
    found = told(purchases=[paid(1, OLD, 10_000)])

    assert found["spent", "", 1] == 100.0
    assert not {what for what, _, _ in found} & {"spent_new", "moved", "suppliers_new"}


def test_what_is_not_treated_changes_no_hands() -> None:
    """Computers are bought as ever."""
    found = told(purchases=[paid(0, OLD, 9), paid(1, NEW, 10_000, category=1)])

    assert found["spent", "", 1] == found["spent_new", "", 1] == 0.0


def test_payments_are_told_by_size_of_supplier() -> None:
    """A micro firm had £120 in two years, a large one £240, a public body without a size £24."""
    found = told(
        purchases=[paid(1, OLD, 12_000), paid(2, NEW, 24_000), paid(3, 0, 2_400)],
        parties=[{"party": 0}, {"party": OLD, "size_band": 1}, {"party": NEW, "size_band": 4}],
    )

    assert found["paid", "micro", 0] == 60.0
    assert found["paid", "large", 0] == 120.0
    assert found["paid", "unknown", 0] == 12.0
    assert found["paid", "small", 0] == found["paid", "medium", 0] == 0.0


def test_tenders_in_vain_and_contracts_that_end_early_are_counted() -> None:
    """Two tenders, one that nobody won; one contract broken, one ended as its supplier closed."""
    found = told(
        tenders=[{"tender": 1, "month": 2, "winner": -1}, {"tender": 2, "month": 14, "winner": 5}],
        arrangements=[
            {"arrangement": 1, "start": 1, "end": 5, "result": ENDED},
            {"arrangement": 2, "start": 1, "end": 13, "result": CLOSED},
            {"arrangement": 3, "start": 1, "end": 12},
            {"arrangement": 4, "start": 1, "end": 40, "result": ENDED},
        ],
    )

    assert (found["tenders", "", 1], found["tenders_in_vain", "", 1]) == (1.0, 1.0)
    assert (found["tenders", "", 2], found["tenders_in_vain", "", 2]) == (1.0, 0.0)
    assert (found["ended_early", "", 1], found["ended_early", "", 2]) == (1.0, 1.0)
    assert (found["ended_closed", "", 1], found["ended_closed", "", 2]) == (0.0, 1.0)


def test_cost_of_the_process_is_told_in_days_of_each_side() -> None:
    """£74 of staff at £10 an hour is one day of 7.4 hours; £100 of bid work at £200 is half one."""
    row = {"month": 1, "buyer_process_pence": 7_400, "bidder_process_pence": 10_000}

    found = told(needs=[row])

    assert register()[HOURS].value == 7.4
    assert found["days_buyers", "", 1] == pytest.approx(1.0)
    assert found["days_bidders", "", 1] == pytest.approx(0.5)
    assert found["days_buyers", "", 2] == 0.0


def test_unmet_need_of_the_first_year_stands_beside_that_of_all_later_ones() -> None:
    """A tenth goes unmet at first; later a fifth of one year and none of the other."""
    needs = [
        {"month": month, "need_milli": 1_000, "delivered_milli": done}
        for month, done in ((1, 900), (13, 800), (25, 1_000))
    ]

    found = told(months=36, needs=needs)

    assert found["unmet", "", 1] == pytest.approx(0.1)
    assert found["unmet", "", 2] == pytest.approx(0.2)
    assert found["unmet", LATER, 2] == pytest.approx(0.1)


OLD_CONTRACTS = [
    {"arrangement": 1, "start": -3, "end": 6, "value_pence": 240_000},
    {"arrangement": 2, "start": 0, "end": 24, "value_pence": 120_000, "category": 1},
    {"arrangement": 3, "start": 0, "end": 500, "value_pence": 240_000},
    {"arrangement": 4, "start": -9, "end": 0, "value_pence": 999_999},
    {"arrangement": 5, "start": 1, "end": 12, "value_pence": 999_999},
]


def test_contracts_in_force_at_the_start_are_told_by_the_year_in_which_they_end() -> None:
    """£2,400 over 24 months is £1,200 a year; what ended before, or began after, is left out."""
    found = told(arrangements=OLD_CONTRACTS)

    ending = {key: value for key, value in found.items() if key[0] == "expiring"}
    assert ending == {
        ("expiring", "", 1): 1_200.0, ("expiring", "homecare", 1): 1_200.0,
        ("expiring", "", 2): 1_200.0, ("expiring", "ict", 2): 1_200.0,
        ("expiring", "", 11): 1_200.0, ("expiring", "homecare", 11): 1_200.0,
    }  # fmt: skip
    assert found["expiring_contracts", "", 1] == 1.0


def test_endings_are_told_once_and_not_under_every_policy() -> None:
    """All policies share the contracts of the start."""
    found = told(replace(ASKED, expiring=False), arrangements=OLD_CONTRACTS)

    assert not any(what.startswith("expiring") for what, _, _ in found)


def _lived(replicate: int, *facts: FactRow | None) -> Any:
    """A replicate whose policies tell one fact each; None is a run that failed."""
    made = result(replicate)
    runs = tuple(
        replace(run, facts=() if one is None else (one,))
        for run, one in zip(made.runs, facts, strict=True)
    )
    return replace(made, runs=runs)


def test_facts_are_averaged_and_their_gap_is_taken_within_each_future() -> None:
    """2 and 4 against 3 and 6: the gap is 1 and 2, whatever the futures have in common."""
    lived = [
        _lived(0, FactRow("tenders", "", 1, 2.0), FactRow("tenders", "", 1, 3.0)),
        _lived(1, FactRow("tenders", "", 1, 4.0), FactRow("tenders", "", 1, 6.0)),
    ]

    base, other = facts_told(lived, REGIMES, REGIMES[0])

    assert (base["mean"], base["n"], base["gap"]) == (3.0, 2, None)
    assert (other["mean"], other["gap"]["mean"]) == (4.5, 1.5)
    assert (other["gap"]["low"], other["gap"]["high"]) == (1.0, 2.0)


def test_a_run_that_failed_is_no_nought() -> None:
    """What a failed run would have told is not known."""
    lived = [
        _lived(0, FactRow("tenders", "", 1, 2.0), FactRow("tenders", "", 1, 3.0)),
        _lived(1, FactRow("tenders", "", 1, 4.0), None),
    ]

    _, other = facts_told(lived, REGIMES, REGIMES[0])

    assert (other["mean"], other["n"]) == (3.0, 1)
    assert other["gap"]["n"] == 1


def test_facts_are_kept_with_their_run() -> None:
    """They go into the record and come back; a record of an earlier version has none."""
    run = replace(result(0).runs[0], facts=(FactRow("paid", "micro", 0, 1.5),))
    plain = run.as_dict()

    assert RunRecord.from_dict(plain) == run
    del plain["facts"]
    assert RunRecord.from_dict(plain).facts == ()
