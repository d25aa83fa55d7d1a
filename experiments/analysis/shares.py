"""How large a part is, seen from a few cases, and whether some cases hit more often than others.

The exact interval of a share (Clopper and Pearson 1934) is every share that the count does not
refute on either side. It holds the truth at least as often as it says, also where nothing, or
everything, was hit. Whether hits are more often among some cases is Fisher's exact test (1935).
"""

from dataclasses import dataclass

from experiments.analysis.bootstrap import LEVEL


@dataclass(frozen=True, slots=True)
class Share:
    """A count among cases, with its interval.

    Attributes
    ----------
    hits, cases : int
    low, high : float
        Ends of the interval of the share.
    """

    hits: int
    cases: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """Hits over cases; None without cases."""
        return self.hits / self.cases if self.cases else None


def exact_share(hits: int, cases: int, level: float = LEVEL) -> Share:
    """Give a share its exact interval.

    Parameters
    ----------
    hits, cases : int
        Independent cases, and those among them where it happened.
    level : float

    Returns
    -------
    Share
        From 0 to 1 where there are no cases.
    """
    from scipy.stats import beta

    tail = (1.0 - level) / 2.0
    low = float(beta.ppf(tail, hits, cases - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1.0 - tail, hits + 1, cases - hits)) if hits < cases else 1.0
    return Share(hits, cases, low, high)


def chance_of_more(hits: int, cases: int, finds: int, every: int) -> float:
    """Return the chance of at least so many hits among cases taken blindly: Fisher's exact test.

    Parameters
    ----------
    hits, cases : int
        Cases that were taken, and the finds among them.
    finds, every : int
        All finds, and all cases that they were taken from.
    """
    from scipy.stats import hypergeom

    return float(hypergeom.sf(hits - 1, every, finds, cases))
