"""Keeps the roll of each employer's staff, so that nobody has to look through all workers for them.

A roll is a doubly linked list of workers for each employer (Knuth, The Art of Computer Programming
1, section 2.2.5): who joins or leaves is entered or struck out at once, wherever they stand.
"""

from typing import Any, NamedTuple

from simulation.kernels.compiling import kernel, part
from simulation.kernels.fetching import fetch
from simulation.kernels.labour import EMPLOYED, SEEKING

NOBODY = -1
SOON = 8
"""Workers between the call for what stands of one and the use of it."""


class Roll(NamedTuple):
    """Who works where, by employing row and by worker.

    Attributes
    ----------
    heads, pay : int64[n_rows]
        Workers of each employer, and their gross pay a month [pence].
    first : int32[n_rows]
        One of them, -1 where there is none.
    after, before : int32[n_workers]
        The worker who comes next, and before, on the list of the same employer; -1 at its ends.
    home : int32[n_workers]
        Number of each worker's home.
    seekers : int8[n_homes]
        Members of each home who look for work.
    """

    heads: Any
    pay: Any
    first: Any
    after: Any
    before: Any
    home: Any
    seekers: Any


class Posts(NamedTuple):
    """What changes when a worker changes jobs.

    Attributes
    ----------
    employer : int32[n_workers]
        Employing row, -1 where none.
    status : int8[n_workers]
        1 seeking work, 2 employed.
    wage : int64[n_workers]
        Gross pay a month [pence].
    """

    employer: Any
    status: Any
    wage: Any


@part
def _enter(w, row, pay, roll):
    """Put a worker at the head of an employer's list."""
    second = roll.first[row]
    roll.after[w] = second
    roll.before[w] = NOBODY
    if second >= 0:
        roll.before[second] = w
    roll.first[row] = w
    roll.heads[row] += 1
    roll.pay[row] += pay


@part
def _strike(w, row, pay, roll):
    """Take a worker off an employer's list."""
    after, before = roll.after[w], roll.before[w]
    if after >= 0:
        roll.before[after] = before
    if before >= 0:
        roll.after[before] = after
    else:
        roll.first[row] = after
    roll.heads[row] -= 1
    roll.pay[row] -= pay


@kernel
def call_roll(posts, roll):
    """Enter all who work somewhere on an empty roll, and count who looks for work.

    Parameters
    ----------
    posts : Posts
    roll : Roll, written
        `heads`, `pay` and `seekers` are 0 and `first` is -1 everywhere.
    """
    for w in range(posts.employer.size):
        if posts.employer[w] >= 0:
            _enter(w, posts.employer[w], posts.wage[w], roll)
        roll.seekers[roll.home[w]] += posts.status[w] == SEEKING


@kernel
def add_up_pay(posts, roll):
    """Add up anew what the staff of each employer is paid, once pay has been reviewed.

    Parameters
    ----------
    posts : Posts
    roll : Roll, updated
    """
    roll.pay[:] = 0
    for w in range(posts.employer.size):
        if posts.employer[w] >= 0:
            roll.pay[posts.employer[w]] += posts.wage[w]


@kernel
def staff_of(rows, roll, staff):
    """List the workers of some employers.

    Parameters
    ----------
    rows : int32[m]
        Employers, each there once.
    roll : Roll
    staff : int32[n], written
        Their workers, employer by employer, in no other order; as many as they have heads.
    """
    n = 0
    for row in rows:
        w = roll.first[row]
        while w >= 0:
            staff[n] = w
            n += 1
            w = roll.after[w]


@kernel
def leave(workers, posts, roll):
    """Let workers leave their jobs and look for work.

    Parameters
    ----------
    workers : int32[m]
        In employment, each there once.
    posts : Posts, updated
    roll : Roll, updated
    """
    for w in workers:
        _strike(w, posts.employer[w], posts.wage[w], roll)
        posts.employer[w] = NOBODY
        posts.status[w] = SEEKING
        roll.seekers[roll.home[w]] += 1


@kernel
def go_over(workers, row, posts, roll):
    """Let workers go over to another employer with their work, at their pay.

    Parameters
    ----------
    workers : int32[m]
        In employment, each there once.
    row : int
        The employer to which they go.
    posts : Posts, updated
    roll : Roll, updated
    """
    for w in workers:
        _strike(w, posts.employer[w], posts.wage[w], roll)
        _enter(w, row, posts.wage[w], roll)
        posts.employer[w] = row


@kernel
def pay_anew(workers, wages, posts, roll):
    """Change the pay of some workers.

    Parameters
    ----------
    workers : int32[m]
        In employment, each there once.
    wages : int64[m]
        Gross pay a month [pence].
    posts : Posts, updated
    roll : Roll, updated
    """
    for k in range(workers.size):
        w = workers[k]
        roll.pay[posts.employer[w]] += wages[k] - posts.wage[w]
        posts.wage[w] = wages[k]


@part
def _look_ahead(seekers, k, skill, posts, roll):
    """Ask for all that stands of a worker who is met soon; they stand anywhere."""
    soon = seekers[min(k + SOON, seekers.size - 1)]
    fetch(posts.status, soon)
    fetch(posts.wage, soon)
    fetch(posts.employer, soon)
    fetch(skill, soon)
    fetch(roll.after, soon)
    fetch(roll.before, soon)
    fetch(roll.home, soon)


@kernel
def fill(seekers, rows, wages, premium, skill, posts, roll):
    """Offer each seeker a vacancy; whoever has a job takes another for better pay only.

    Parameters
    ----------
    seekers : int64[m]
        Workers, each there once.
    rows : int32[m]
        Employing row of the vacancy that each is offered.
    wages : int64[m]
        What it pays a worker of skill one a month [pence].
    premium : float
        Pay must be above so many times the old.
    skill : float64[n_workers]
    posts : Posts, updated
    roll : Roll, updated

    Returns
    -------
    hired, moved : int
        How many took the job, and how many of them left another.
    """
    hired, moved = 0, 0
    for k in range(seekers.size):
        _look_ahead(seekers, k, skill, posts, roll)
        w = seekers[k]
        pay = int(wages[k] * skill[w])
        if posts.status[w] != SEEKING and not pay > posts.wage[w] * premium:
            continue
        if posts.employer[w] >= 0:
            _strike(w, posts.employer[w], posts.wage[w], roll)
            moved += 1
        _enter(w, rows[k], pay, roll)
        roll.seekers[roll.home[w]] -= posts.status[w] == SEEKING
        posts.employer[w] = rows[k]
        posts.status[w] = EMPLOYED
        posts.wage[w] = pay
        hired += 1
    return hired, moved
