"""Which areas a place is made of, around a buyer of a town and around one of a shire."""

from dataclasses import replace

import pytest

from experiments.validation.little_town import REST, SHIRE, TOWN, UK, WORLD, little_books
from scenarios.vocabulary import Tier
from simulation.accounting.books import Books, table
from simulation.measures.measure import Undefined
from simulation.measures.view import View


def around(area: int, **tables: object) -> View:
    """See the little shire from one of its areas."""
    books = little_books(**tables)
    return View(Books(replace(books.meta, focus_area=area), books.tables))


@pytest.mark.parametrize("tier", ["district", "county"])
def test_a_buyer_of_a_whole_shire_has_no_smaller_place(tier):
    """A county council's own area is the shire; asked for its district, that is its place too."""
    inside = around(SHIRE).focus(tier)

    assert [bool(inside[area]) for area in (TOWN, REST, SHIRE)] == [True, True, True]
    assert not inside[[UK, WORLD]].any()


def test_a_town_that_lies_in_no_shire_is_in_no_county():
    """A town right below the kingdom: the kingdom is no county, wherever it stands in the list."""
    areas = table(
        "areas",
        area=[0, 1],
        parent=[-1, 0],
        tier=[Tier.UK, Tier.DISTRICT],
        leaf=[0, 1],
        neighbour=[0, 0],
    )

    with pytest.raises(Undefined, match="no county above"):
        around(1, areas=areas).focus("county")
