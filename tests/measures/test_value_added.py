"""What a pound of value added in construction brings in the place, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.validation.little_town import (
    GOVERNMENT,
    REST_FIRMS,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    flows,
    little_books,
    rows,
)
from scenarios.tables import sector_code
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books
from simulation.measures.measure import Undefined
from simulation.measures.value_added import multiplier
from simulation.measures.view import View


def building_town() -> Books:
    """The town's firms build for 100 and sell shops' goods for 20; homes are paid 40 of the 120."""
    books = little_books(
        flows=flows(
            (Kind.PURCHASE, GOVERNMENT, TOWN_FIRMS, 80),
            (Kind.INTERMEDIATE, TOWN_FIRMS, TOWN_FIRMS, 20),
            (Kind.INTERMEDIATE, TOWN_FIRMS, REST_FIRMS, 30),
            (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 40),
            (Kind.PAYE, TOWN_FIRMS, GOVERNMENT, 10),
            (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 20),
            (Kind.CONSUMPTION, TOWN_HOMES, REST_FIRMS, 15),
        ),
        dues=rows("dues", (TOWN_FIRMS, TOWN, Kind.DIVIDEND, 10)),
    )
    classes = dict(books.tables["classes"])
    classes["sector"] = np.where(
        classes["klass"] == TOWN_FIRMS, sector_code()["construction"], classes["sector"]
    )
    return replace(books, tables={**books.tables, "classes": classes})


def test_firms_buy_from_firms() -> None:
    """Of each pound sold a sixth is bought in town: 1 / (1 - 1/6)."""
    found = multiplier(View(building_town()), "district", homes=False)

    assert found == pytest.approx(1.2)


def test_homes_spend_what_they_are_paid() -> None:
    """A third of sales is pay of which homes spend half in town: 1 / (1 - 1/6 - 1/6)."""
    found = multiplier(View(building_town()), "district", homes=True)

    assert found == pytest.approx(1.5)


def test_where_nobody_builds_there_is_no_multiplier() -> None:
    """The town's firms are of another trade."""
    books = little_books(
        flows=flows((Kind.PURCHASE, GOVERNMENT, TOWN_FIRMS, 80)), dues=rows("dues")
    )

    with pytest.raises(Undefined, match="nobody builds"):
        multiplier(View(books), "district", homes=True)
