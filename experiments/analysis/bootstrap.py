"""How sure a mean over futures is: the spread it would have had with other futures.

A 95 % percentile bootstrap over replicates with 2,000 keyed draws (Efron and Tibshirani 1993,
ch. 13). The same draws serve every measure and policy, so that paired numbers stay paired.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

DRAWS = 2_000
LEVEL = 0.95
_KEY = 0x706F756E64666C6F


@cache
def resamples(replicates: int) -> NDArray[np.int64]:
    """Which replicates each draw takes, with replacement.

    Returns
    -------
    int64[DRAWS, replicates]
        Positions from 0 to `replicates` - 1; they depend on the number of replicates only.
    """
    generator = np.random.Generator(np.random.Philox(key=_KEY))
    return generator.integers(0, replicates, size=(DRAWS, replicates), dtype=np.int64)


def mean_interval(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """The mean and the interval that holds 95 % of the bootstrapped means.

    Parameters
    ----------
    values : float64[n]
        One number a replicate, n at least 1, none nan.

    Returns
    -------
    tuple of float
        Mean, low, high. With one replicate all three are the same number: it shows no spread.
    """
    mean = float(np.mean(values))
    means = values[resamples(values.size)].mean(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return mean, min(float(low), mean), max(float(high), mean)
