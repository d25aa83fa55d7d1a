"""The matrices tell of the months that were lived, to the penny."""

from experiments.validation.little_town import (
    COUNCIL,
    GOVERNMENT,
    TOWN_FIRMS,
    flows,
    little_books,
)
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books, table
from simulation.accounting.matrices import lived_flows


def with_a_past() -> Books:
    """A council that bought for 5 pence before the story opens, then for 90 and for 40."""
    months = [
        flows((Kind.PURCHASE, COUNCIL, TOWN_FIRMS, 5), month=0),
        flows((Kind.GRANT, GOVERNMENT, COUNCIL, 100), (Kind.PURCHASE, COUNCIL, TOWN_FIRMS, 90)),
        flows((Kind.PURCHASE, COUNCIL, TOWN_FIRMS, 40), month=2),
    ]
    columns = {name: [n for one in months for n in one[name].tolist()] for name in months[0]}
    return little_books(months=2, flows=table("flows", **columns))


def test_payments_of_the_built_state_are_no_part_of_the_run() -> None:
    """The first month and the last are; the month before the story opens is not."""
    found = lived_flows(with_a_past())

    bought = found.kind == Kind.PURCHASE
    assert found.pence[bought].tolist() == [90 + 40]
    assert found.pence[found.kind == Kind.GRANT].tolist() == [100]
