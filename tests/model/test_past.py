"""The years before the story lead to the published start, by luck alone."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation import streams
from simulation.model.past import draw_past
from simulation.procurement.luck import luck_of

CITY, AWAY = 0, 1
SEED, MONTH, LOT = 7, -20, 99
PUBLISHED = {"city": 0.5}


def town(pasts: int) -> Any:
    """Two districts of one county; supplier 0 is based in the city, supplier 1 away."""
    areas = SimpleNamespace(ids=["city", "away", "shire"], ancestor=np.array([[0, 2], [1, 2]]))
    return SimpleNamespace(
        a={"burn_in.pasts": pasts},
        seed=SEED,
        month=MONTH,
        economy=SimpleNamespace(areas=areas, parties=SimpleNamespace(area=np.array([CITY, AWAY]))),
    )


def in_force(city: float, away: float) -> Any:
    """Contracts worth so many units in the city and away."""
    return SimpleNamespace(
        supplier=np.array([CITY, AWAY]),
        units_month=np.array([city, away]),
        share=np.ones(2),
        unit_price=np.ones(2),
    )


class Tender:
    """Answers with a given winner at each draw, and remembers the luck of each."""

    def __init__(self, *winners: int) -> None:
        self.winners = winners
        self.lucks: list[Any] = []

    def __call__(self, lucks: Any) -> Any:
        """Award ten units to each winner in turn."""
        self.lucks += lucks
        return [award_to(winner) for winner in self.winners]


def award_to(*winners: int) -> Any:
    """Award ten units, or find nobody."""
    made = SimpleNamespace(
        need=SimpleNamespace(units_month=10.0),
        shares=np.ones(1),
        unit_prices=np.ones(1),
        suppliers=np.array(winners),
    )
    return SimpleNamespace(arrangement=made if winners else None)


def failure(lucks: Any) -> Any:
    """Find nobody, on whatever luck."""
    return [award_to() for _ in lucks]


def drawn(
    first: Any, draw: Any, standing: Any, published: dict[str, float], pasts: int = 3
) -> list[int] | None:
    """Draw a past for a lot of ten units; return the winner that stood."""
    lot: Any = SimpleNamespace(key=LOT, units_month=10.0)
    made = draw_past(town(pasts), lot, published, standing, first, draw).arrangement
    return None if made is None else made.suppliers.tolist()


def test_a_past_that_leads_to_the_place_stands_as_it_falls() -> None:
    """Within the lot's own size of the published share, the first draw is kept."""
    tender = Tender()

    assert drawn(award_to(AWAY), tender, in_force(100.0, 100.0), PUBLISHED) == [AWAY]
    assert not tender.lucks


def test_a_past_that_leads_elsewhere_is_drawn_again() -> None:
    """Too much is away already: the first draw that goes to the city stands, on luck of its own."""
    tender = Tender(AWAY, CITY)

    assert drawn(award_to(AWAY), tender, in_force(50.0, 80.0), PUBLISHED) == [CITY]
    keys = [streams.key("past", LOT, number) for number in (1, 2)]
    assert tender.lucks == [luck_of(SEED, key, MONTH) for key in keys]


def test_where_no_draw_leads_there_the_first_of_the_nearest_stands() -> None:
    """A tender is drawn only so often; nobody wins who did not win a draw."""
    tender = Tender(AWAY, AWAY)

    assert drawn(award_to(AWAY), tender, in_force(10.0, 200.0), PUBLISHED) == [AWAY]
    assert len(tender.lucks) == 2


@pytest.mark.parametrize(("published", "pasts"), [({}, 3), (PUBLISHED, 1)])
def test_without_a_published_start_or_at_the_null_nothing_is_drawn_twice(
    published: dict[str, float], pasts: int
) -> None:
    """The past is then taken as it falls."""
    tender = Tender()

    assert drawn(award_to(AWAY), tender, in_force(10.0, 200.0), published, pasts) == [AWAY]
    assert not tender.lucks


def test_a_first_draw_that_fails_stands() -> None:
    """A tender without an award is part of the past; it is not drawn away."""
    assert drawn(award_to(), Tender(), in_force(50.0, 80.0), PUBLISHED) is None


def test_no_later_draw_that_fails_is_taken() -> None:
    """Nearer or not, a failure on other luck never takes the place of an award."""
    assert drawn(award_to(AWAY), failure, in_force(50.0, 80.0), PUBLISHED) == [AWAY]
