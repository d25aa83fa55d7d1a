"""Kernels are compiled without counting references, and that is safe because they make no array."""

import numpy as np
import pytest
from numba.core.errors import TypingError

from simulation.kernels.compiling import kernel, part


@part
def doubled(number):
    """Double a number."""
    return number * 2


@kernel
def double_all(numbers):
    """Double what stands in an array."""
    for k in range(numbers.size):
        numbers[k] = doubled(numbers[k])


@kernel
def make_an_array(n):
    """Do what a kernel must not."""
    return np.zeros(n).sum()


def test_a_kernel_writes_into_what_it_is_given():
    """Parts are set into it as if they were written there."""
    numbers = np.array([1, 2, 3])

    double_all(numbers)

    assert numbers.tolist() == [2, 4, 6]


@pytest.mark.compiled
def test_a_kernel_that_makes_an_array_is_refused():
    """Nobody would give its memory back, so the compiler does not let it pass."""
    with pytest.raises(TypingError, match="zeros"):
        make_an_array(3)
