"""How kernels are compiled.

A kernel reads and writes arrays that it is given, makes none, and returns numbers. So numba need
not count references to arrays, which it would do for each one that a loop hands to a part of the
kernel: fifteen atomic additions a payer, four times the cost of a payment. The compiler refuses
such a kernel if it makes an array after all.
"""

from numba import njit

kernel = njit(cache=True, nogil=True, _nrt=False)  # type: ignore[call-overload]  # numba's own, unannounced
"""Compile a loop over arrays; kept on disk. Other threads may run meanwhile."""

part = njit(inline="always")
"""Set a step into the kernels that use it, as if it were written there."""

AT_ONCE = 512
"""Rows that a kernel reckons with before it pays: 4 kB a column of workings, which stay near."""
