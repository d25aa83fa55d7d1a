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

    def __call__(self, luck: Any) -> Any:
        """Award ten units to the next winner."""
        winner = self.winners[len(self.lucks)]
        self.lucks.append(luck)
        made = SimpleNamespace(
            need=SimpleNamespace(units_month=10.0),
            shares=np.ones(1),
            unit_prices=np.ones(1),
            suppliers=np.array([winner]),
        )
        return winner, SimpleNamespace(arrangement=made)


def drawn(tender: Tender, standing: Any, published: dict[str, float], pasts: int = 3) -> Any:
    """Draw a past for a lot of ten units; return the winner that stood."""
    lot: Any = SimpleNamespace(key=LOT, units_month=10.0)
    return draw_past(town(pasts), lot, published, standing, tender)[0]


def test_a_past_that_leads_to_the_place_stands_as_it_falls() -> None:
    """Within the lot's own size of the published share, the first draw is kept, its luck usual."""
    tender = Tender(AWAY)

    winner = drawn(tender, in_force(100.0, 100.0), PUBLISHED)

    assert winner == AWAY
    assert tender.lucks == [luck_of(SEED, LOT, MONTH)]


def test_a_past_that_leads_elsewhere_is_drawn_again() -> None:
    """Too much is away already: the first draw that goes to the city stands, on luck of its own."""
    tender = Tender(AWAY, CITY)

    winner = drawn(tender, in_force(50.0, 80.0), PUBLISHED)

    assert winner == CITY
    assert tender.lucks[1] == luck_of(SEED, streams.key("past", LOT, 1), MONTH)


def test_where_no_draw_leads_there_the_first_of_the_nearest_stands() -> None:
    """A tender is drawn only so often; nobody wins who did not win a draw."""
    tender = Tender(AWAY, AWAY, AWAY)

    winner = drawn(tender, in_force(10.0, 200.0), PUBLISHED)

    assert winner == AWAY
    assert len(tender.lucks) == 3


@pytest.mark.parametrize(("published", "pasts"), [({}, 3), (PUBLISHED, 1)])
def test_without_a_published_start_or_at_the_null_nothing_is_drawn_twice(
    published: dict[str, float], pasts: int
) -> None:
    """The past is then taken as it falls."""
    tender = Tender(AWAY)

    winner = drawn(tender, in_force(10.0, 200.0), published, pasts)

    assert winner == AWAY
    assert len(tender.lucks) == 1


def failure(luck: Any) -> Any:
    """Find nobody."""
    return AWAY, SimpleNamespace(arrangement=None)


def test_a_first_draw_that_fails_stands() -> None:
    """A tender without an award is part of the past; it is not drawn away."""
    lot: Any = SimpleNamespace(key=LOT, units_month=10.0)

    _, result = draw_past(town(3), lot, PUBLISHED, in_force(50.0, 80.0), failure)

    assert result.arrangement is None


def test_no_later_draw_that_fails_is_taken() -> None:
    """Nearer or not, a failure on other luck never takes the place of an award."""
    tender = Tender(AWAY)

    def only_first(luck: Any) -> Any:
        return tender(luck) if luck == luck_of(SEED, LOT, MONTH) else failure(luck)

    lot: Any = SimpleNamespace(key=LOT, units_month=10.0)
    _, result = draw_past(town(3), lot, PUBLISHED, in_force(50.0, 80.0), only_first)

    assert result.arrangement is not None
