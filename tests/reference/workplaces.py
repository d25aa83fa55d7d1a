"""The slow twin of `add_by_work`: seats are given out one home after the other, by hand."""

from fractions import Fraction
from math import floor


def shares_of(whole: int, weights: list[float]) -> list[int]:
    """Give whole things out in proportion, what is left one by one to the largest remainders."""
    everything = sum(weights)
    exact = [weight * (whole / everything) for weight in weights]
    parts = [floor(one) for one in exact]
    for at in sorted(range(len(parts)), key=lambda at: parts[at] - exact[at]):
        if sum(parts) < whole:
            parts[at] += 1
    return parts


def in_steps(whole: int, weights: list[int]) -> list[int]:
    """Give whole things out along a line: each has what is reached at its end and not before."""
    everything, reached, parts = sum(weights), 0, []
    for at in range(len(weights)):
        upto = floor(Fraction(whole * sum(weights[: at + 1]), everything)) if everything else 0
        parts.append(upto - reached)
        reached = upto
    return parts


def by_work(
    jobs: list[int], pay: list[int], living: list[int], weights: list[float]
) -> list[list[list[int]]]:
    """Jobs, pay and jobs at a living wage by area of work and of home."""
    many = range(len(jobs))
    free = shares_of(sum(jobs), weights)
    near = [min(free[at], jobs[at]) for at in many]
    free = [free[at] - near[at] for at in many]
    told = [[[0 for _ in many] for _ in many] for _ in range(3)]
    for home in many:
        seats = in_steps(jobs[home] - near[home], free)
        free = [free[at] - seats[at] for at in many]
        seats[home] += near[home]
        for part, split in enumerate(
            (seats, in_steps(pay[home], seats), in_steps(living[home], seats))
        ):
            for work in many:
                told[part][work][home] += split[work]
    return told
