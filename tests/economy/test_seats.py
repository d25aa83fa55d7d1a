"""Residents' seats: as many in each area of work as there are jobs, whoever employs there."""

from dataclasses import dataclass

import numpy as np

from simulation.economy.workers import Employers, find_seats
from simulation.kernels.labour import EMPLOYED, SEEKING

BUYER, FIRM = 7, 0


@dataclass
class Homes:
    """What `find_seats` reads of a place: areas with people, and who travels where."""

    agents: np.ndarray
    commuters: np.ndarray


@dataclass
class Residents:
    """What it reads of people, one a household."""

    area: np.ndarray
    worker_uid: np.ndarray
    worker_household: np.ndarray
    worker_status: np.ndarray


def residents(*many: int) -> Residents:
    """So many residents in work for each area."""
    area = np.repeat(np.arange(len(many)), many)
    own = np.arange(area.size)
    return Residents(area, own + 100, own, np.full(area.size, EMPLOYED, dtype=np.int8))


def employers(firm_jobs: int, *buyer_jobs: int) -> Employers:
    """A firm in the first area, and a buyer with so many jobs in each."""
    return Employers(
        row=np.array([FIRM, BUYER], dtype=np.int32),
        uid=np.array([1, 2]),
        area=np.zeros(2, dtype=np.int16),
        jobs=np.array([firm_jobs, sum(buyer_jobs)]),
        wage=np.array([100, 100]),
        buyer_jobs_in=np.array([buyer_jobs]),
    )


def test_seats_with_a_buyer_in_one_area_leave_its_jobs_in_another():
    """Those who work at home for a buyer take nothing from its jobs where others travel to."""
    people = residents(20)
    place = Homes(np.array([True, False]), np.array([[10, 10], [0, 0]]))

    seat = find_seats(place, people, employers(0, 10, 10), seed=1)

    assert seat.tolist() == [BUYER] * 20


def test_residents_of_two_areas_share_the_jobs_of_each():
    """Who comes second finds only what the first left in that area; the others are out of work."""
    people = residents(9, 12)
    place = Homes(np.array([True, True]), np.array([[6, 3], [4, 8]]))

    seat = find_seats(place, people, employers(4, 4, 9), seed=1)

    first, second = seat[:9], seat[9:]
    assert np.count_nonzero(first == BUYER) == 3 + 3
    assert np.count_nonzero(first == FIRM) == 3
    assert np.count_nonzero(second == FIRM) == 1
    assert np.count_nonzero(second == BUYER) == 1 + 6
    assert ((seat < 0) == (people.worker_status == SEEKING)).all()
    assert np.count_nonzero(seat < 0) == 4
