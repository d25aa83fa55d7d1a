"""People who need help: they arrive, are in service, resolve, and some of them come back.

A stock and its flows, after the steady state of open queues (Little 1961) and the failure demand
of Seddon (2003): demand that arises because help did not do what was needed. Where fewer come
back, the same people are helped with less service.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple


class Course(NamedTuple):
    """How people fare, by month: shares of those in service, of those to return, of the resolved.

    `resolve` is the share of those in service that resolves, `back` the share of those who are to
    return that does, `recurrence` the share of the resolved that is to return as things stand.
    """

    resolve: float
    back: float
    recurrence: float


@dataclass(frozen=True, slots=True)
class Cohort:
    """The people of one arrangement, as parts of what they were when it was founded.

    Attributes
    ----------
    people : float
        In service at the founding, when as many resolve as come.
    in_service, to_return : float
        In service, and resolved but to return; 1.0 each at the founding.
    kept : float
        The part of the usual recurrence that is left, 1.0 where nothing was learned.
    """

    people: float
    in_service: float = 1.0
    to_return: float = 1.0
    kept: float = 1.0


class Flows(NamedTuple):
    """What a month moves, in people: who comes first, who comes back, who resolves, who will."""

    arrivals: float
    returns: float
    resolutions: float
    will_return: float


def flows(cohort: Cohort, course: Course) -> Flows:
    """Return the month's flows of people.

    Arrivals are those that hold the founding's stock in place: what resolves then, less what
    comes back then.
    """
    usual = course.resolve * cohort.people
    return Flows(
        arrivals=usual * (1.0 - course.recurrence),
        returns=usual * course.recurrence * cohort.to_return,
        resolutions=usual * cohort.in_service,
        will_return=usual * course.recurrence * cohort.kept * cohort.in_service,
    )


def next_month(cohort: Cohort, course: Course) -> Cohort:
    """Return the people of the next month; where nothing was learned, the same to the last bit.

    in service + resolve (1 - in service) - resolve x recurrence (1 - to return), which is arrivals
    + returns - resolutions; to return + back (kept x in service - to return).
    """
    fewer = course.resolve * course.recurrence * (1.0 - cohort.to_return)
    return replace(
        cohort,
        in_service=cohort.in_service + course.resolve * (1.0 - cohort.in_service) - fewer,
        to_return=cohort.to_return
        + course.back * (cohort.kept * cohort.in_service - cohort.to_return),
    )


def failure_demand(cohort: Cohort, course: Course) -> float:
    """Return the share of those who come that has come before."""
    month = flows(cohort, course)
    comes = month.arrivals + month.returns
    return month.returns / comes if comes > 0.0 else 0.0


def grown(cohort: Cohort, factor: float) -> Cohort:
    """Let others join as they were before, so that the need is `factor` times what it was.

    Who joins has been served by the old rules until now; the rules learned hold for them from now.
    Where the need shrinks, each part of it shrinks alike.
    """
    part = 1.0 / max(factor, 1.0)
    return replace(
        cohort,
        people=cohort.people * factor,
        in_service=1.0 + part * (cohort.in_service - 1.0),
        to_return=1.0 + part * (cohort.to_return - 1.0),
    )
