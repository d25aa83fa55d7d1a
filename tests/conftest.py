"""Settings that every test shares: no terminal, no clock in the random tests, kernels known."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("fixed")

os.environ["NO_COLOR"] = "1"
os.environ["COLUMNS"] = "100"
os.environ.setdefault("MPLBACKEND", "agg")

INTERPRETED = os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, where the compiler is off, what is too slow without it."""
    if not INTERPRETED:
        return
    skip = pytest.mark.skip(reason="needs compiled kernels; NUMBA_DISABLE_JIT is set")
    for item in items:
        if item.get_closest_marker("compiled"):
            item.add_marker(skip)


@pytest.fixture
def no_files_left() -> Iterator[None]:
    """Ways of buying that a test takes from files are gone after it."""
    from simulation.procurement import registry

    yield
    registry.take_files([])
