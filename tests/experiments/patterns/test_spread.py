"""How far councils lie apart, on made-up books; and the districts that stand for the regions."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from experiments.patterns import spread
from experiments.patterns.pattern import Life
from scenarios.tables import districts
from scenarios.vocabulary import Tier
from tests.experiments.patterns.made_books import ELSEWHERE, HERE, books, parties, rows


def test_councils_are_held_apart_by_the_region_of_whom_they_pay() -> None:
    """Of two places' three councils one buys all near by, one half, one nothing but far off.

    A supplier whose area nobody knows is left out; a council that bought nothing is none.
    """
    areas = rows("areas", 5, area=[0, HERE, ELSEWHERE, 3, 4], parent=[-1, 3, 4, 0, 0],
                 tier=[Tier.WORLD, Tier.DISTRICT, Tier.DISTRICT, Tier.REGION, Tier.REGION],
                 leaf=[0, 1, 1, 0, 0])  # fmt: skip

    def life(**paid: Sequence[int]) -> Life:
        plain = books(
            months=spread.MONTHS,
            parties=parties(),
            areas=areas,
            purchases=rows(
                "purchases", len(paid["buyer"]), arrangement=range(len(paid["buyer"])), **paid
            ),
        )
        meta = replace(plain.meta, area_ids=("world", "here", "elsewhere", "one", "other"),
                       area_names=("",) * 5, buyer_rows=(10, 11, 12),
                       buyer_areas=(HERE, HERE, HERE), buyer_ids=("a", "b", "c"))  # fmt: skip
        return Life(replace(plain, meta=meta))

    last = spread.MONTHS
    one = life(buyer=[10, 11, 11, 11], supplier=[0, 1, 2, 9], pence=[70, 50, 50, 999],
               month=[last] * 4)  # fmt: skip
    other = life(buyer=[10], supplier=[3], pence=[80], month=[last])

    told = spread.measure({"0/usual": one, "1/usual": other})

    assert told["councils"] == 3.0
    assert told["mean"] == pytest.approx(0.5)
    assert told["sd"] == pytest.approx(0.5)
    assert (told["least"], told["most"]) == (0.0, 1.0)
    assert told["district_sd"] == pytest.approx(0.5)
    assert told["built_mean"] is None
    assert told["wider"] is None


def test_the_middle_districts_are_those_of_the_tables() -> None:
    """Each region of England has one, with half of its districts below it in population."""
    by_region: dict[str, list[tuple[int, str]]] = {}
    for one in districts().values():
        by_region.setdefault(one.region, []).append((one.population_2024, one.id))

    middle = {sorted(found)[(len(found) - 1) // 2][1] for found in by_region.values()}

    assert middle == set(spread.MIDDLE)
    assert len(by_region) == len(spread.MIDDLE) == 9
    assert spread.ALIKE in spread.MIDDLE
