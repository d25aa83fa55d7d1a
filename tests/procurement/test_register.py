"""An assumption that moves is a change to every result: so it is moved on purpose, here, too.

The numbers of the ways of buying and the months of their legal routes stand in two tables beside
this file, register.csv and routes.csv, as they were when last moved on purpose.
"""

from collections.abc import Iterator
from types import ModuleType

from scenarios.assumptions import Entry
from simulation.procurement import (
    alliance_entries,
    club_entries,
    commons_entries,
    enterprise_entries,
    framework_entries,
    grant_entries,
    incubation_entries,
    insourcing_entries,
    life_entries,
    reserved_entries,
    venture_entries,
)
from simulation.procurement.routes import Route
from tests.procurement.register import AGAIN, ENTRIES, ROUTES, entries, moved, on_file, routes

WRITTEN_IN = (
    alliance_entries, club_entries, commons_entries, framework_entries, grant_entries,
    incubation_entries, insourcing_entries, reserved_entries, venture_entries,
)  # fmt: skip
SHARED = (enterprise_entries.enterprise_entries, life_entries.life_entries)
"""What several ways of buying have alike is written once, for whichever way is named."""


def stated(module: ModuleType) -> Iterator[Entry | Route]:
    """Every entry and route that a file of them gives a name to."""
    for name, held in vars(module).items():
        if not name.startswith("_"):
            for one in held if isinstance(held, tuple) else (held,):
                if isinstance(one, Entry | Route):
                    yield one


def told(rows: list[str]) -> str:
    """What moved, line by line, and what to do about it."""
    return "\n".join([*rows, AGAIN])


def test_no_number_of_a_way_of_buying_moves_by_accident() -> None:
    """Value, range, where it is absent, whether a future draws it: as last moved on purpose."""
    rows = list(moved(on_file(ENTRIES), entries()))

    assert not rows, told(rows)


def test_no_legal_route_moves_by_accident() -> None:
    """From which month to which, for whom and for what: as last moved on purpose."""
    rows = list(moved(on_file(ROUTES), routes()))

    assert not rows, told(rows)


def test_the_tables_hold_every_entry_and_route_that_is_written_down() -> None:
    """Nothing stands in a file of entries that no way of buying has, so the tables hold it all."""
    written = [one for module in WRITTEN_IN for one in stated(module)]
    written += [one for shared in SHARED for one in shared("incubated_coop")]
    held = {*entries(), *(key.partition(": ")[2] for key in routes())}

    names = {one.name if isinstance(one, Entry) else one.power for one in written}

    assert len(names) > 250
    assert names <= held


def test_what_moved_is_told_from_what_to_what() -> None:
    """Who moves a number learns which, what it was on file, and what it is now."""
    old = {
        "grant.money": {"value": "1.0", "null": "0.0"},
        "grant.left": {"value": "3.0", "null": ""},
    }
    new = {
        "grant.money": {"value": "2.0", "null": ""},
        "grant.came": {"value": "4.0", "null": "0.0"},
    }

    assert list(moved(old, new)) == [
        "grant.money: value from 1.0 to 2.0",
        "grant.money: null from 0.0 to nothing",
        "grant.left: gone",
        "grant.came: new, value 4.0, null 0.0",
    ]
    assert list(moved(old, old)) == []
