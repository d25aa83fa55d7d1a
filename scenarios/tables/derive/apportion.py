"""A published total is shared among places by weight, and the shares sum to it exactly.

Largest remainder (Hamilton's method): everyone gets the whole part of a proportional share, and
what is left goes one by one to the largest fractions.
"""

from collections.abc import Mapping

from scenarios.errors import PoundflowError


class WeightlessError(PoundflowError):
    """Raised when a total is to be shared among places of which none has a weight."""

    def __init__(self, total: int, names: tuple[str, ...]) -> None:
        self.total, self.names = total, names
        super().__init__(
            f"{total} cannot be shared among {', '.join(names)}: no weight is above 0. "
            "Choose another weight for this figure."
        )

    def __reduce__(self) -> tuple[type, tuple[int, tuple[str, ...]]]:
        return type(self), (self.total, self.names)


def apportion(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Share a whole number by weight.

    Parameters
    ----------
    total : int
        What is shared, not negative.
    weights : mapping of str to int
        Place -> weight, none negative.

    Returns
    -------
    dict of str to int
        Place -> share, sum `total`; among equal fractions the place first by name gets more.

    Raises
    ------
    WeightlessError
        Where there is something to share and no weight is above 0.
    """
    whole = sum(weights.values())
    if whole == 0:
        if total == 0:
            return dict.fromkeys(weights, 0)
        raise WeightlessError(total, tuple(weights))
    out = {name: total * weight // whole for name, weight in weights.items()}
    by_fraction = sorted(weights, key=lambda name: (-(total * weights[name] % whole), name))
    for name in by_fraction[: total - sum(out.values())]:
        out[name] += 1
    return out
